// Writes bytecodes with operand scaling, and resolves jumps. It also drops what cannot matter: code after an exit until the
// next label, and a pure accumulator load that the next bytecode overwrites (unless both carry a source position).
//
// Forward jumps are emitted with a placeholder of the size of their constant pool reservation and patched when the label is
// bound: a distance that fits the operand stays in it, else it goes to the reserved constant and the jump becomes its
// constant form. Distances count from the jump's opcode, after its prefix.

import type { RegisterIndex } from '../objects/index.ts';
import {
  BYTECODES,
  Bytecode,
  ControlFlow,
  isRegister,
  isScalable,
  isSigned,
  jumpConstantForm,
  type OperandScale,
  operandSize,
} from './bytecodes.ts';
import type { HandlerEntry, SourcePosition } from './compiled-function.ts';
import type { ConstantPoolBuilder } from './constant-pool-builder.ts';
import { registerToOperand } from './registers.ts';

/** A source position to attach to the next bytecode. */
export interface PositionInfo {
  readonly position: number;
  readonly isStatement: boolean;
}

/** Target of one forward jump. */
export class BytecodeLabel {
  bound = false;
  /** Offset of the jump's first byte (its prefix, if it has one), -1 while no jump refers to it. */
  jumpOffset = -1;

  get hasJump(): boolean {
    return this.jumpOffset >= 0;
  }
}

/** Target of any number of forward jumps. */
export class BytecodeLabels {
  readonly #labels: BytecodeLabel[] = [];
  #bound = false;

  /** A label for one more jump. */
  next(): BytecodeLabel {
    if (this.#bound) throw new Error('labels are bound already');
    const label = new BytecodeLabel();
    this.#labels.push(label);
    return label;
  }

  get isBound(): boolean {
    return this.#bound;
  }

  get isEmpty(): boolean {
    return this.#labels.length === 0;
  }

  bind(writer: BytecodeWriter): void {
    this.#bound = true;
    for (const label of this.#labels) writer.bind(label);
  }
}

/** Target of a JumpLoop. */
export class BytecodeLoopHeader {
  offset = -1;
}

/** A range of constant pool entries with jump distances. */
export class BytecodeJumpTable {
  readonly constantIndex: number;
  readonly size: number;
  readonly caseBase: number;
  switchOffset = -1;
  readonly bound: boolean[] = [];

  constructor(constantIndex: number, size: number, caseBase: number) {
    this.constantIndex = constantIndex;
    this.size = size;
    this.caseBase = caseBase;
  }
}

/** Scale that a signed value needs. */
export function scaleForSigned(value: number): OperandScale {
  return value >= -0x80 && value <= 0x7f ? 1 : value >= -0x8000 && value <= 0x7fff ? 2 : 4;
}

/** Scale that an unsigned value needs. */
export function scaleForUnsigned(value: number): OperandScale {
  return value <= 0xff ? 1 : value <= 0xffff ? 2 : 4;
}

/** Scale that all operands (raw values; registers as operands, see registers.ts) need together. */
export function scaleForOperands(bytecode: Bytecode, operands: readonly number[]): OperandScale {
  const types = BYTECODES[bytecode]!.operands;
  let scale: OperandScale = 1;
  for (let i = 0; i < types.length; i++) {
    if (!isScalable(types[i]!)) continue;
    const needed = isSigned(types[i]!) ? scaleForSigned(operands[i]!) : scaleForUnsigned(operands[i]!);
    if (needed > scale) scale = needed;
  }
  return scale;
}

/** 0x7f, 0x7f7f, 0x7f7f7f7f: as large as the operand that it stands for. */
const PLACEHOLDER: Record<OperandScale, number> = { 1: 0x7f, 2: 0x7f7f, 4: 0x7f7f7f7f };

export class BytecodeWriter {
  readonly #constants: ConstantPoolBuilder;
  readonly #positions: SourcePosition[] = [];
  readonly #handlers: { -readonly [K in keyof HandlerEntry]: HandlerEntry[K] }[] = [];
  /** Bytes past `#length` were dropped. A list: most functions are short, and a buffer for each costs more than they do. */
  readonly #bytes: number[] = [];
  #length = 0;
  #exitSeen = false;
  #unboundJumps = 0;
  #lastBytecode: Bytecode = Bytecode.Illegal;
  #lastOffset = 0;
  #lastHadPosition = false;
  #elide: boolean;

  constructor(constants: ConstantPoolBuilder, elideNoneffectful = true) {
    this.#constants = constants;
    this.#elide = elideNoneffectful;
  }

  /** Offset of the next bytecode. */
  get offset(): number {
    return this.#length;
  }

  /** Whether what is emitted now can be reached. */
  get isReachable(): boolean {
    return !this.#exitSeen;
  }

  get positions(): readonly SourcePosition[] {
    return this.#positions;
  }

  get handlers(): readonly HandlerEntry[] {
    return this.#handlers;
  }

  bytes(): readonly number[] {
    if (this.#unboundJumps !== 0) throw new Error(`${this.#unboundJumps} jumps to labels that were never bound`);
    this.#bytes.length = this.#length;
    return this.#bytes;
  }

  /** Position of the stack check at function entry, at bytecode offset -1 in the table. */
  setFunctionEntryPosition(position: number): void {
    this.#positions.push({ offset: -1, position, isStatement: false });
  }

  /** Emits a bytecode that does not jump. Register operands are given as register indices (r0 = 0), see registers.ts. */
  emit(bytecode: Bytecode, operands: readonly number[] = [], info?: PositionInfo): void {
    if (this.#exitSeen) return;
    this.#prepare(bytecode, info);
    this.#emit(bytecode, encodeRegisters(bytecode, operands));
  }

  /** Emits `Star`, short where there is a short form. */
  emitStar(register: RegisterIndex, info?: PositionInfo): void {
    if (register >= 0 && register <= 15) this.emit((Bytecode.Star0 - register) as Bytecode, [], info);
    else this.emit(Bytecode.Star, [register], info);
  }

  /** Emits a forward jump; `operands` are those after the distance. */
  emitJump(bytecode: Bytecode, label: BytecodeLabel, operands: readonly number[] = [], info?: PositionInfo): void {
    if (this.#exitSeen) return;
    if (label.bound || label.hasJump) throw new Error('a label takes one jump, before it is bound');
    this.#prepare(bytecode, info);
    const all = encodeRegisters(bytecode, [0, ...operands]);
    label.jumpOffset = this.#length;
    this.#unboundJumps++;
    all[0] = PLACEHOLDER[this.#constants.reserve(scaleForOperands(bytecode, all))];
    this.#emit(bytecode, all);
  }

  emitJumpLoop(header: BytecodeLoopHeader, loopDepth: number, feedbackSlot: number, info?: PositionInfo): void {
    if (this.#exitSeen) return;
    this.#prepare(Bytecode.JumpLoop, info);
    const operands = [this.#length - header.offset, loopDepth, feedbackSlot];
    if (scaleForOperands(Bytecode.JumpLoop, operands) > 1) operands[0]!++;
    this.#emit(Bytecode.JumpLoop, operands);
  }

  emitSwitch(bytecode: Bytecode, table: BytecodeJumpTable, operands: readonly number[], info?: PositionInfo): void {
    if (this.#exitSeen) return;
    this.#prepare(bytecode, info);
    const raw = encodeRegisters(bytecode, operands);
    table.switchOffset = this.#length + (scaleForOperands(bytecode, raw) > 1 ? 1 : 0);
    this.#emit(bytecode, raw);
  }

  bind(label: BytecodeLabel): void {
    if (label.hasJump) this.#patch(label.jumpOffset);
    label.bound = true;
    this.startBasicBlock();
  }

  bindLoopHeader(header: BytecodeLoopHeader): void {
    header.offset = this.#length;
    this.startBasicBlock();
  }

  bindJumpTableEntry(table: BytecodeJumpTable, caseValue: number): void {
    // An unreachable switch leaves its table unused, but its targets may still be bound.
    const index = caseValue - table.caseBase;
    this.#constants.setDeferred(table.constantIndex + index, { kind: 'smi', value: this.#length - table.switchOffset });
    table.bound[index] = true;
    this.startBasicBlock();
  }

  newHandler(): number {
    this.#handlers.push({ start: 0, end: 0, handler: 0, prediction: 'uncaught', data: 0 });
    return this.#handlers.length - 1;
  }

  markTryBegin(handler: number, contextRegister: number): void {
    this.invalidateLast();
    this.#handlers[handler]!.start = this.#length;
    this.#handlers[handler]!.data = contextRegister;
  }

  markTryEnd(handler: number): void {
    this.invalidateLast();
    this.#handlers[handler]!.end = this.#length;
  }

  markHandler(handler: number, prediction: HandlerEntry['prediction']): void {
    this.startBasicBlock();
    this.#handlers[handler]!.handler = this.#length;
    this.#handlers[handler]!.prediction = prediction;
  }

  /** Something may jump here: what precedes stays, what follows is reachable. */
  startBasicBlock(): void {
    this.invalidateLast();
    this.#exitSeen = false;
  }

  /** The last bytecode must not be dropped: its end is a boundary. */
  invalidateLast(): void {
    this.#lastBytecode = Bytecode.Illegal;
  }

  #prepare(bytecode: Bytecode, info: PositionInfo | undefined): void {
    const row = BYTECODES[bytecode]!;
    this.#exitSeen =
      row.controlFlow === ControlFlow.Exit ||
      row.controlFlow === ControlFlow.Jump ||
      row.controlFlow === ControlFlow.Loop;
    let hasPosition = info !== undefined;
    if (
      this.#elide &&
      BYTECODES[this.#lastBytecode]!.isPureLoad &&
      row.writesAccumulator &&
      !row.readsAccumulator &&
      (!this.#lastHadPosition || !hasPosition)
    ) {
      this.#length = this.#lastOffset;
      hasPosition ||= this.#lastHadPosition;
    }
    this.#lastBytecode = bytecode;
    this.#lastHadPosition = hasPosition;
    this.#lastOffset = this.#length;
    if (info !== undefined)
      this.#positions.push({ offset: this.#length, position: info.position, isStatement: info.isStatement });
  }

  #emit(bytecode: Bytecode, operands: readonly number[]): void {
    const scale = scaleForOperands(bytecode, operands);
    const types = BYTECODES[bytecode]!.operands;
    if (operands.length !== types.length) {
      throw new Error(`${BYTECODES[bytecode]!.name} takes ${types.length} operands, got ${operands.length}`);
    }
    if (scale > 1) this.#bytes[this.#length++] = scale === 2 ? Bytecode.Wide : Bytecode.ExtraWide;
    this.#bytes[this.#length++] = bytecode;
    for (let i = 0; i < types.length; i++) {
      const size = operandSize(types[i]!, scale);
      this.#put(this.#length, operands[i]!, size);
      this.#length += size;
    }
  }

  #put(offset: number, value: number, size: number): void {
    for (let i = 0; i < size; i++) this.#bytes[offset + i] = (value >> (8 * i)) & 0xff;
  }

  #patch(jumpOffset: number): void {
    const prefix = this.#bytes[jumpOffset]!;
    const scale: OperandScale = prefix === Bytecode.Wide ? 2 : prefix === Bytecode.ExtraWide ? 4 : 1;
    const opcodeOffset = jumpOffset + (scale > 1 ? 1 : 0);
    const delta = this.#length - opcodeOffset;
    if (scaleForUnsigned(delta) <= scale) {
      this.#constants.discard(scale);
      this.#put(opcodeOffset + 1, delta, scale);
    } else {
      const index = this.#constants.commit(scale, delta);
      this.#bytes[opcodeOffset] = jumpConstantForm(this.#bytes[opcodeOffset]! as Bytecode);
      this.#put(opcodeOffset + 1, index, scale);
    }
    this.#unboundJumps--;
  }
}

function encodeRegisters(bytecode: Bytecode, operands: readonly number[]): number[] {
  const types = BYTECODES[bytecode]!.operands;
  return operands.map((value, i) => (isRegister(types[i]!) ? registerToOperand(value) : value));
}
