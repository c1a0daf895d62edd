// What the fast paths are written with, after V8's InterpreterAssembler: the interpreter's registers as locals of one
// WebAssembly function, operands by the bytecode table, tagging, allocation, the write barrier, feedback.
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
import { cageHi, Region } from '../heap/index.ts';
import {
  BytecodeArray,
  FeedbackVector,
  FixedArray,
  HeapNumber,
  InstanceType,
  MapObject,
  StaticRoot,
} from '../objects/index.ts';
import {
  add,
  and,
  block,
  branch,
  branchIf,
  type Code,
  eq,
  eqz,
  FunctionAssembler,
  geU,
  gtU,
  i32,
  i64,
  increase,
  Label,
  type Local,
  load,
  load8S,
  load8U,
  load16S,
  load16U,
  loop,
  ltU,
  ne,
  or,
  returns,
  select,
  set,
  shl,
  shrU,
  store,
  store8,
  store64,
  storeF64,
  sub,
  type Value,
  ValueType,
  when,
} from '../wasm/index.ts';
import type { TailName } from './fast-paths/table.ts';
import { bytecodeCountWord, newSpaceLimitWord, newSpaceTopWord, noFeedback } from './frame.ts';
import { type Exit, StateAddress } from './state.ts';

/** Byte offsets from fp; registers follow below the feedback vector. */
export enum FrameOffset {
  Receiver = 16,
  ReturnPc = 8,
  CallerFp = 0,
  Context = -8,
  Function = -16,
  ArgumentCount = -24,
  BytecodeArray = -32,
  BytecodeOffset = -40,
  FeedbackVector = -48,
  Register0 = -56,
}

/** Byte offsets from the fp of a construct frame (builtin-frames.ts draws it). */
export enum ConstructFrameOffset {
  Marker = -8,
  Context = -16,
  Receiver = -24,
}

const newSpaceTop = newSpaceTopWord << 2;
const newSpaceLimit = newSpaceLimitWord << 2;

/** The upper half of a 64-bit slot that holds a tagged value. */
const upperHalf = BigInt(cageHi) << 32n;

export class InterpreterAssembler {
  readonly f = new FunctionAssembler([]);
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

  /** Inputs of the Call tail: `argc` counts the receiver; arguments at `first`, `second`, and down from there. */
  readonly call = {
    callee: this.f.local(),
    receiver: this.f.local(),
    argc: this.f.local(),
    first: this.f.local(),
    second: this.f.local(),
  };
  private readonly tails = new Map<TailName, Label>();

  /** Runs the bytecode at pc. */
  readonly dispatch = new Label('dispatch');
  /** Leaves for the handler of the bytecode at pc. */
  readonly slow = new Label('slow');

  private bytecode: Bytecode = 0;
  /** Operand scale 1, 2 (after Wide) as its row in the tables. */
  private scale: 0 | 1 = 0;

  /** What follows is about `bytecode` at an operand scale. */
  begin(bytecode: Bytecode, scale: 0 | 1): void {
    this.bytecode = bytecode;
    this.scale = scale;
  }

  local(type: ValueType = ValueType.I32): Local {
    return this.f.local(type);
  }
  double(): Local {
    return this.f.local(ValueType.F64);
  }

  // --- operands -----------------------------------------------------------------------------------------------------------

  /** Bytes of the bytecode with its prefix. */
  get size(): number {
    return this.scale + BYTECODE_SIZES[this.scale]![this.bytecode]!;
  }

  /** An operand, sign- or zero-extended as its type says. */
  operand(index: number): Code {
    const type = BYTECODES[this.bytecode]!.operands[index]!;
    const offset = this.scale + OPERAND_OFFSETS[this.scale]![this.bytecode * MAX_OPERANDS + index]!;
    if (operandSize(type, this.scale === 0 ? 1 : 2) === 1)
      return isSigned(type) ? load8S(this.pc, offset) : load8U(this.pc, offset);
    return isSigned(type) ? load16S(this.pc, offset) : load16U(this.pc, offset);
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
    return [increase(this.pc, this.scale === 0 ? distance : add(distance, this.scale)), branch(this.dispatch)];
  }
  /** Goes on with a shared tail. */
  goTo(tail: TailName): Code {
    return branch(this.tail(tail));
  }
  tail(name: TailName): Label {
    let label = this.tails.get(name);
    if (label === undefined) this.tails.set(name, (label = new Label(name)));
    return label;
  }
  goSlow(): Code {
    return branch(this.slow);
  }
  slowIf(condition: Value): Code {
    return branchIf(this.slow, condition);
  }
  slowUnless(condition: Value): Code {
    return branchIf(this.slow, eqz(condition));
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

  // --- values ------------------------------------------------------------------------------------------------------------------

  isSmi(value: Value): Code {
    return eqz(and(value, 1));
  }
  areSmis(a: Value, b: Value): Code {
    return eqz(and(or(a, b), 1));
  }
  /** A tagged field; `offset` is from the object's start. */
  field(object: Value, offset: number): Code {
    return load(object, offset - 1);
  }
  map(object: Value): Code {
    return load(sub(object, 1));
  }
  instanceType(object: Value): Code {
    return load16U(this.map(object), MapObject.InstanceType - 1);
  }
  isReceiver(object: Value): Code {
    return geU(this.instanceType(object), InstanceType.FirstJSReceiver);
  }
  boolean(condition: Value): Code {
    return select(condition, StaticRoot.True, StaticRoot.False);
  }
  isHeapNumber(object: Value): Code {
    return eq(this.map(object), StaticRoot.HeapNumberMap);
  }
  /** A Smi as what fits: the Smi of an int32. Only for values known to fit. */
  toSmi(value: Value): Code {
    return shl(value, 1);
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

  // --- memory ------------------------------------------------------------------------------------------------------------------

  /** `top = ` the address of `size` fresh bytes in new space (a multiple of 8, at most a page), or slow. */
  allocate(top: Local, size: Value): Code {
    return this.f.scope(() => {
      const end = this.local();
      return [
        set(top, load(0, newSpaceTop)),
        set(end, add(top, size)),
        this.slowIf(gtU(end, load(0, newSpaceLimit))),
        store(0, newSpaceTop, end),
      ];
    });
  }

  /** `target = ` a new HeapNumber, or slow. */
  allocateHeapNumber(target: Local, value: Local): Code {
    return [
      this.allocate(target, i32(HeapNumber.Size)),
      store(target, 0, StaticRoot.HeapNumberMap),
      storeF64(target, HeapNumber.Value, value),
      increase(target, 1),
    ];
  }

  /** After `value` was stored at `address` in `object`: an old object that points to a young one is remembered. */
  writeBarrier(object: Value, address: Value, value: Local): Code {
    return when(
      and(and(value, 1), ltU(sub(value, Region.NewSpace), Region.NewSpaceEnd - Region.NewSpace)),
      when(geU(object, Region.NewSpaceEnd), this.remember(address)),
    );
  }
  private remember(address: Value): Code {
    return this.f.scope(() => {
      const slot = this.local();
      const byte = this.local();
      return [
        set(slot, address),
        set(byte, shrU(slot, 5)),
        store8(byte, Region.RememberedSet, or(load8U(byte, Region.RememberedSet), shl(i32(1), and(shrU(slot, 2), 7)))),
      ];
    });
  }

  /** Writes a tagged value as the 64-bit slot that a frame holds. */
  storeSlot(address: Value, offset: number, value: Value): Code {
    return [store(address, offset, value), store(address, offset + 4, cageHi)];
  }
  /** Writes a constant as a 64-bit slot. */
  storeConstantSlot(address: Value, offset: number, word: number): Code {
    return store64(address, offset, i64(upperHalf | BigInt(word >>> 0)));
  }
}
