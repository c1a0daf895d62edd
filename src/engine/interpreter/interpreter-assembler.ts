// What the fast paths are written with, after V8's InterpreterAssembler: the interpreter's registers as locals of one
// WebAssembly function, operands by the bytecode table, feedback, frames. What the heap needs is HeapAssembler's.
//
//   fp   frame pointer          pc   address of the current bytecode       acc  accumulator
//   sp   lowest used slot       fv   address of feedback slot 0            cp   address of constant 0
//
// All are byte offsets in linear memory. A fast path ends with `next()` or a branch; one that falls out, or that branches to
// `slow`, has changed nothing that its handler would do again.

import {
  BYTECODE_SIZES,
  BYTECODES,
  type Bytecode,
  isSigned,
  MAX_OPERANDS,
  OPERAND_OFFSETS,
  operandSize,
} from '../bytecode/index.ts';
import { FrameOffset } from '../frames/index.ts';
import { BytecodeArray, FeedbackVector, FixedArray, StaticRoot } from '../objects/index.ts';
import {
  add,
  and,
  block,
  branch,
  type Code,
  eq,
  geU,
  increase,
  Label,
  type Local,
  load,
  load8S,
  load8U,
  load16S,
  load16U,
  loop,
  ne,
  or,
  returns,
  select,
  set,
  shl,
  store,
  sub,
  type Value,
  when,
} from '../wasm/index.ts';
import { bytecodeCountWord, noFeedback } from './frame.ts';
import { HeapAssembler } from './heap-assembler.ts';
import { type Exit, StateAddress } from './state.ts';

/** Code that several fast paths go on with (fast-paths/table.ts). */
export type TailName =
  | 'Add'
  | 'Sub'
  | 'Mul'
  | 'Div'
  | 'Mod'
  | 'BitwiseOr'
  | 'BitwiseXor'
  | 'BitwiseAnd'
  | 'ShiftLeft'
  | 'ShiftRight'
  | 'ShiftRightLogical'
  | 'Call'
  | 'Enter';

/** Operand scales 1, 2 (after Wide), 4 (after ExtraWide), as rows of the bytecode tables. */
export type Scale = 0 | 1 | 2;

export class InterpreterAssembler extends HeapAssembler {
  readonly fp = this.f.local();
  readonly sp = this.f.local();
  readonly pc = this.f.local();
  readonly acc = this.f.local();
  readonly fv = this.f.local();
  readonly cp = this.f.local();
  /** Bytecodes run. */
  readonly counter = this.f.local();
  /** Operands of the shared tails of arithmetic and comparison: `left op right`, feedback slot, next pc. */
  readonly left = this.f.local();
  readonly right = this.f.local();
  readonly slotAddress = this.f.local();
  readonly nextPc = this.f.local();

  /** Inputs of the Call and Enter tails: `argc` counts the receiver; arguments at `first`, `second`, and down from there. */
  readonly call = {
    callee: this.f.local(),
    receiver: this.f.local(),
    argc: this.f.local(),
    first: this.f.local(),
    second: this.f.local(),
    bytecodes: this.f.local(),
    vector: this.f.local(),
    newTarget: this.f.local(),
    returnAddress: this.f.local(),
  };
  private readonly tails = new Map<TailName, Label>();

  /** Runs the bytecode at pc. */
  readonly dispatch = new Label('dispatch');

  constructor() {
    super([]);
  }

  private bytecode: Bytecode = 0;
  private scale: Scale = 0;

  /** What follows is about `bytecode` at an operand scale. */
  begin(bytecode: Bytecode, scale: Scale): void {
    this.bytecode = bytecode;
    this.scale = scale;
  }

  // --- operands -----------------------------------------------------------------------------------------------------------

  /** Bytes of the bytecode with its prefix. */
  get size(): number {
    return this.prefix + BYTECODE_SIZES[this.scale]![this.bytecode]!;
  }

  /** Size without the prefix: what the bytecode itself takes from the interrupt budget. */
  get weight(): number {
    return this.size - this.prefix;
  }

  /** Size of the prefix. */
  private get prefix(): number {
    return this.scale === 0 ? 0 : 1;
  }

  /** An operand, sign- or zero-extended as its type says. */
  operand(index: number): Code {
    const type = BYTECODES[this.bytecode]!.operands[index]!;
    const offset = this.prefix + OPERAND_OFFSETS[this.scale]![this.bytecode * MAX_OPERANDS + index]!;
    const size = operandSize(type, (1 << this.scale) as 1 | 2 | 4);
    if (size === 1) return isSigned(type) ? load8S(this.pc, offset) : load8U(this.pc, offset);
    if (size === 2) return isSigned(type) ? load16S(this.pc, offset) : load16U(this.pc, offset);
    return load(this.pc, offset);
  }

  registerAddress(index: number): Code {
    return add(this.fp, shl(this.operand(index), 3));
  }
  register(index: number): Code {
    return load(this.registerAddress(index));
  }
  setRegister(index: number, value: Value): Code {
    return store(this.registerAddress(index), 0, value);
  }
  /** The immediate as a Smi. */
  smi(index: number): Code {
    return shl(this.operand(index), 1);
  }
  constant(index: number): Code {
    return load(add(this.cp, shl(this.operand(index), 2)));
  }
  /** Address of a feedback slot. */
  slot(index: number): Code {
    return add(this.fv, shl(this.operand(index), 2));
  }
  get context(): Code {
    return load(this.fp, FrameOffset.Context);
  }
  get closure(): Code {
    return load(this.fp, FrameOffset.Function);
  }

  // --- leaving a fast path ---------------------------------------------------------------------------------------------------

  next(): Code {
    return [increase(this.pc, this.size), branch(this.dispatch)];
  }
  /** Jumps by a distance from the opcode (which stands behind its prefix). */
  jumpBy(distance: Value): Code {
    return [increase(this.pc, this.prefix === 0 ? distance : add(distance, this.prefix)), branch(this.dispatch)];
  }
  /** Goes on with a shared tail. */
  goTo(tail: TailName): Code {
    return branch(this.tail(tail));
  }
  tail(name: TailName): Label {
    let label = this.tails.get(name);
    if (label === undefined) {
      label = new Label(name);
      this.tails.set(name, label);
    }
    return label;
  }
  goesTo(tail: TailName): boolean {
    return this.tails.has(tail);
  }
  /** Accumulates `value`, which is evaluated before pc moves. */
  result(value: Value): Code {
    return [set(this.acc, value), this.next()];
  }

  /** Loads the registers from isolate data. */
  restore(): Code {
    return [
      this.saved.map(([local, address]) => set(local, load(0, address))),
      set(this.counter, load(0, bytecodeCountWord << 2)),
    ];
  }
  /** Writes the registers to isolate data. */
  save(): Code {
    return [
      this.saved.map(([local, address]) => store(0, address, local)),
      store(0, bytecodeCountWord << 2, this.counter),
    ];
  }
  leave(exit: Exit): Code {
    return [this.save(), returns(exit)];
  }
  private get saved(): readonly (readonly [Local, StateAddress])[] {
    return [
      [this.fp, StateAddress.Fp],
      [this.sp, StateAddress.Sp],
      [this.pc, StateAddress.Pc],
      [this.acc, StateAddress.Acc],
      [this.fv, StateAddress.Fv],
      [this.cp, StateAddress.Cp],
    ];
  }
  /** The frame says where it is: before a callee's frame is built on it. */
  saveBytecodeOffset(): Code {
    return store(
      add(this.fp, FrameOffset.BytecodeOffset),
      0,
      shl(sub(this.pc, load(this.fp, FrameOffset.BytecodeArray)), 1),
    );
  }

  // --- feedback ----------------------------------------------------------------------------------------------------------------

  /** Joins bits of a lattice into the slot at `address`, which must be a local. */
  feedback(address: Local, bits: number): Code {
    return store(address, 0, or(load(address), bits << 1));
  }
  /** Reads or joins the slot that is operand `index`. */
  operandFeedback(index: number, bits: number): Code {
    return this.f.scope(() => {
      const slot = this.local();
      return [set(slot, this.slot(index)), this.feedback(slot, bits)];
    });
  }
  /** `handler = ` the inline cache's handler for `map` in the two-word slot at `slot`: monomorphic or from its list, else slow. */
  findHandler(map: Local, slot: Local, handler: Local): Code {
    const found = new Label('handler found');
    return this.f.scope(() => {
      const entry = this.local();
      const end = this.local();
      const again = new Label('next entry');
      return [
        set(entry, load(slot)),
        set(handler, or(map, 2)),
        when(
          eq(entry, handler),
          set(handler, load(slot, 4)), // monomorphic
          [
            // a list of [weak map, handler]
            this.slowIf(ne(and(entry, 3), 1)),
            this.slowIf(ne(this.map(entry), StaticRoot.FixedArrayMap)),
            set(end, add(entry, shl(this.field(entry, FixedArray.Length), 1))),
            block(found, [
              loop(again, [
                this.slowIf(geU(entry, end)),
                when(eq(this.field(entry, FixedArray.Elements), handler), [
                  set(handler, this.field(entry, FixedArray.Elements + 4)),
                  branch(found),
                ]),
                increase(entry, 8),
                branch(again),
              ]),
            ]),
          ],
        ),
      ];
    });
  }

  /** Loads `cp` and `fv` for the frame at fp, whose BytecodeArray is given. */
  loadConstantsAndFeedback(bytecodes: Local): Code {
    return this.f.scope(() => {
      const vector = this.local();
      return [
        set(this.cp, add(this.field(bytecodes, BytecodeArray.ConstantPool), FixedArray.Elements - 1)),
        set(vector, load(this.fp, FrameOffset.FeedbackVector)),
        set(this.fv, select(eq(vector, StaticRoot.Undefined), noFeedback << 2, add(vector, FeedbackVector.Slots - 1))),
      ];
    });
  }
}
