// LIR: instructions over virtual registers, in block order.
//
// A rule of the instruction selector makes an Instruction: what it reads and writes with constraints, and a closure that
// emits it once every operand has a place. Positions, four per instruction i:
//
//   4i      gap: parallel moves into place (phi inputs, fixed inputs, two-address copies)
//   4i + 1  inputs are read
//   4i + 2  outputs are written
//   4i + 3  late inputs (deopt state of a call) have been read

import type { DeoptimizeKind, DeoptimizeReason } from '../../deoptimizer/index.ts';
import { isFloatingPoint, isTagged, type MachineType } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { ArgumentsType, FeedbackSource } from '../graph/parameters.ts';
import type { CodeGenerator } from './code-generator.ts';

/** Where a value is: a general register, an XMM register or a stack slot (V8's index: slot i at fp + 8 − 8·i). */
export class Location {
  readonly kind: 'gpr' | 'xmm' | 'slot';
  readonly index: number;
  private constructor(kind: 'gpr' | 'xmm' | 'slot', index: number) {
    this.kind = kind;
    this.index = index;
  }
  static readonly gprs: readonly Location[] = Array.from({ length: 16 }, (_, i) => new Location('gpr', i));
  static readonly xmms: readonly Location[] = Array.from({ length: 16 }, (_, i) => new Location('xmm', i));
  static slot(index: number): Location {
    return new Location('slot', index);
  }
  equals(other: Location): boolean {
    return this.kind === other.kind && this.index === other.index;
  }
}

/** A virtual register: one value, one live interval. */
export class VirtualRegister {
  readonly id: number;
  readonly type: MachineType;
  /** The stack slot that holds the value from the start (parameters, OSR values). */
  readonly home: number | undefined;
  location: Location | undefined = undefined;
  /** A tagged value whose upper half was never restored: nobody but 32-bit users and frame states reads it. */
  isCompressed = false;
  /** Where a deferred call keeps it while it clobbers its register; −1 until needed. */
  saveSlot = -1;

  constructor(id: number, type: MachineType, home?: number) {
    this.id = id;
    this.type = type;
    this.home = home;
  }
  get isFloat(): boolean {
    return isFloatingPoint(this.type.rep);
  }
  get isTagged(): boolean {
    return isTagged(this.type.rep);
  }
  toString(): string {
    return `v${this.id}`;
  }
}

export type UsePolicy = 'register' | 'any' | 'fixed' | 'slotOnly';

export interface Use {
  vreg: VirtualRegister;
  readonly policy: UsePolicy;
  /** For 'fixed': the register. */
  readonly fixed?: Location;
  /** Read at 4i + 3 (must survive the instruction's outputs and clobbers). */
  readonly late?: boolean;
}

export interface Definition {
  vreg: VirtualRegister;
  readonly policy: 'register' | 'fixed' | 'same' | 'home';
  readonly fixed?: Location;
  /** For 'same': the index of the use whose register it takes over. */
  readonly same?: number;
}

/** A constant that a gap move can load. */
export type ConstantValue =
  | { readonly kind: 'int32'; readonly value: number }
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'float64'; readonly value: number }
  | { readonly kind: 'tagged'; readonly value: number };

export type MoveOperand = VirtualRegister | Location | ConstantValue;

export interface Move {
  from: MoveOperand;
  to: MoveOperand;
}

/** A value of a frame state: a virtual register, a constant, or structure. */
export type StateOperand =
  | { readonly kind: 'vreg'; readonly use: Use; readonly type: MachineType }
  | { readonly kind: 'constant'; readonly value: ConstantValue; readonly type: MachineType }
  | { readonly kind: 'optimizedOut' }
  | { readonly kind: 'captured'; readonly id: number; readonly fields: readonly StateOperand[] }
  | { readonly kind: 'duplicate'; readonly id: number }
  | { readonly kind: 'argumentsElements'; readonly type: ArgumentsType }
  | { readonly kind: 'argumentsLength' };

/** One FrameState node, flattened. */
export interface StateFrame {
  readonly node: Node;
  /** function, parameters, context, locals, stack — or what the frame type has. */
  readonly values: readonly StateOperand[];
}

/** A deoptimization exit's description while it is still symbolic. */
export interface DeoptState {
  readonly kind: DeoptimizeKind;
  readonly reason: DeoptimizeReason;
  /** Outermost first. */
  readonly frames: readonly StateFrame[];
  readonly position: number;
  readonly inliningId: number;
  readonly nodeId: number;
  /** The feedback that an eager exit was planted for. */
  readonly feedback: FeedbackSource | undefined;
}

export class Instruction {
  readonly name: string;
  readonly node: Node | undefined;
  uses: Use[] = [];
  definitions: Definition[] = [];
  temps: Definition[] = [];
  /** Registers whose content is lost, besides outputs. */
  clobbers: Location[] = [];
  /** Parallel moves before the instruction. */
  readonly gap: Move[] = [];
  /** Moves after it. */
  readonly after: Move[] = [];
  /** A call: every register is lost, except in deferred blocks, where live ones are saved around it. */
  isCall = false;
  savesRegisters = false;
  deopt: DeoptState | undefined = undefined;
  /** Values that live across a saving call, filled in by the register allocator. */
  saved: VirtualRegister[] = [];
  /** Tagged values that live across a call in slots, filled in by the register allocator. */
  liveTagged: VirtualRegister[] = [];
  readonly emit: (masm: CodeGenerator, instruction: Instruction) => void;

  constructor(name: string, node?: Node, emit: Instruction['emit'] = () => {}) {
    this.name = name;
    this.node = node;
    this.emit = emit;
  }

  toString(): string {
    const place = (v: VirtualRegister): string =>
      v.location === undefined ? `${v}` : `${v}@${v.location.kind}${v.location.index}`;
    const defs = this.definitions.map((d) => place(d.vreg)).join(', ');
    const uses = this.uses.map((u) => place(u.vreg)).join(', ');
    return `${defs ? `${defs} = ` : ''}${this.name} ${uses}`;
  }
}

export class InstructionBlock {
  readonly id: number;
  readonly instructions: Instruction[] = [];
  readonly successors: InstructionBlock[] = [];
  readonly predecessors: InstructionBlock[] = [];
  readonly phis: { readonly vreg: VirtualRegister; readonly inputs: MoveOperand[] }[] = [];
  deferred = false;
  loopDepth = 0;
  isLoopHeader = false;
  isHandler = false;
  /** First and last instruction numbers, set by the register allocator. */
  first = 0;
  last = 0;

  constructor(id: number) {
    this.id = id;
  }
}
