// What generated code does with the heap: fields, maps, tags, allocation in new space, the write barrier.
//
// Whatever cannot be done in place branches to `slow`, a label that the user of the assembler puts where its way out is.

import { type FrameLayout, type FrameSlot, frameLayouts, type SlotContent, type SlotKey } from '../frames/index.ts';
import { cageHi, Region } from '../heap/index.ts';
import { HeapNumber, InstanceType, MapObject, StaticRoot } from '../objects/index.ts';
import {
  add,
  and,
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
  load8U,
  load16U,
  loadF64,
  ltU,
  or,
  select,
  set,
  shl,
  shrS,
  shrU,
  store,
  store8,
  store64,
  storeF64,
  sub,
  toF64S,
  type Value,
  ValueType,
  when,
} from '../wasm/index.ts';
import { newSpaceLimitWord, newSpaceTopWord } from './frame.ts';

const newSpaceTop = newSpaceTopWord << 2;
const newSpaceLimit = newSpaceLimitWord << 2;

/** The upper half of a 64-bit slot that holds a tagged value. */
const upperHalf = BigInt(cageHi) << 32n;

export class HeapAssembler {
  readonly f: FunctionAssembler;
  /** Where code goes that gives up; nothing has changed then that would be done again. */
  readonly slow = new Label('slow');

  constructor(parameters: readonly ValueType[]) {
    this.f = new FunctionAssembler(parameters);
  }

  local(type: ValueType = ValueType.I32): Local {
    return this.f.local(type);
  }
  double(): Local {
    return this.f.local(ValueType.F64);
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
  /** `x = ` a number's double; anything but a Smi or HeapNumber is slow. */
  toDouble(x: Local, value: Local): Code {
    return when(this.isSmi(value), set(x, toF64S(shrS(value, 1))), [
      this.slowUnless(this.isHeapNumber(value)),
      set(x, loadF64(value, HeapNumber.Value - 1)),
    ]);
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

  newSpaceTop(): Code {
    return load(0, newSpaceTop);
  }
  setNewSpaceTop(top: Local): Code {
    return store(0, newSpaceTop, top);
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
        store8(shrU(slot, 15), Region.RememberedSummary, 1),
      ];
    });
  }

  /** Writes a tagged value as the 64-bit slot that a frame holds. */
  storeSlot(address: Value, offset: number, value: Value): Code {
    return [store(address, offset, value), store(address, offset + 4, cageHi)];
  }
  /**
   * Writes slots of a frame's fixed part, as its layout has them. `below` is the address `depth` bytes from the frame's fp (a
   * negative number, beyond the slots).
   */
  storeFixedPart<Layout extends FrameLayout>(
    below: Local,
    depth: number,
    layout: Layout,
    values: Partial<Record<SlotKey<Layout>, Value>>,
  ): Code {
    const slots: readonly FrameSlot[] = frameLayouts[layout];
    return slots.map(({ key, offset, content }) => {
      const value = (values as Readonly<Partial<Record<string, Value>>>)[key];
      return value === undefined ? [] : this.storeFrameSlot(below, offset - depth, content, value);
    });
  }
  private storeFrameSlot(below: Local, offset: number, content: SlotContent, value: Value): Code {
    if (content === 'raw' || content === 'marker') return [store(below, offset, value), store(below, offset + 4, 0)];
    return typeof value === 'number'
      ? this.storeConstantSlot(below, offset, value)
      : this.storeSlot(below, offset, value);
  }
  /** Writes a constant as a 64-bit slot. */
  storeConstantSlot(address: Value, offset: number, word: number): Code {
    return store64(address, offset, i64(upperHalf | BigInt(word >>> 0)));
  }
}
