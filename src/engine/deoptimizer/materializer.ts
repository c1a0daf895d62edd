// Materialization: tagged values that did not exist while the optimized code ran.
//
// `box` undoes one lowering (int32 → Smi or HeapNumber, word64 → BigInt, float64 → HeapNumber, bit → boolean).
// `materialize` rebuilds an object that escape analysis removed, its fields through the translated state, so that cycles
// and duplicates end at the same object: the object is allocated and known before its fields are asked for.

import { fieldAtWord, type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  type Factory,
  FixedDoubleArray,
  HeapNumber,
  HeapObject,
  holeNanWord,
  InstanceType,
  JSObject,
  MapObject,
  StaticRoot,
} from '../objects/index.ts';
import type { TranslatedState, TranslatedValue } from './translated-state.ts';

export class Materializer {
  private readonly heap: Heap;
  private readonly factory: Factory;

  constructor(heap: Heap, factory: Factory) {
    this.heap = heap;
    this.factory = factory;
  }

  /** The tagged form of a machine value. −0 and NaN become HeapNumbers; a number that is a Smi becomes one. */
  box(value: TranslatedValue): Tagged {
    const { factory } = this;
    switch (value.representation) {
      case 'tagged':
      case 'compressed':
        return value.lo;
      case 'bit':
        return (value.lo & 0xff) !== 0 ? StaticRoot.True : StaticRoot.False;
      case 'int32':
        return factory.newNumber(value.lo);
      case 'uint32':
        return factory.newNumber(value.lo >>> 0);
      case 'int64':
        return factory.newNumber(value.hi * 0x100000000 + (value.lo >>> 0));
      case 'uint64':
        return factory.newNumber((value.hi >>> 0) * 0x100000000 + (value.lo >>> 0));
      case 'bigint64':
        return factory.newBigInt((BigInt(value.hi) << 32n) | BigInt(value.lo >>> 0));
      case 'biguint64':
        return factory.newBigInt((BigInt(value.hi >>> 0) << 32n) | BigInt(value.lo >>> 0));
      case 'holeyFloat64':
        return value.hi === holeNanWord ? StaticRoot.TheHole : factory.newNumber(value.double);
      case 'float32':
      case 'float64':
        return factory.newNumber(value.double);
    }
  }

  /** Allocates the captured object, records it in `value`, then fills its fields. */
  materialize(state: TranslatedState, value: TranslatedValue): void {
    const { heap, factory } = this;
    const children = value.children;
    const map = state.valueOf(children[0]!);
    const instanceType = heap.getU16(map, MapObject.InstanceType);
    if (instanceType === InstanceType.HeapNumber) {
      this.known(value, factory.newHeapNumber(this.numberOf(state, children[1]!)));
      return;
    }
    if (instanceType === InstanceType.FixedDoubleArray) {
      const length = smiValue(state.valueOf(children[1]!));
      const array = factory.newFixedDoubleArray(length);
      this.known(value, array);
      for (let i = 0; i < length; i++) {
        const element = children[2 + i]!;
        const slot = (array + FixedDoubleArray.Elements - 1 + 8 * i) >> 2;
        if (state.fitsWord(element) && state.valueOf(element) === StaticRoot.TheHole) {
          heap.i32[slot] = holeNanWord;
          heap.i32[slot + 1] = holeNanWord;
        } else heap.f64[slot >> 1] = this.numberOf(state, element);
      }
      return;
    }
    // Everything else is a map and tagged words, one child each. Slack the children do not name is undefined.
    const words = children.length;
    const size = Math.max(heap.getU8(map, MapObject.InstanceSizeInWords), words) * 4;
    const object = heap.allocate(size);
    heap.init(object, HeapObject.Map, map);
    for (let i = 1; i < size >> 2; i++) heap.init(object, fieldAtWord(i), StaticRoot.Undefined);
    if (instanceType >= InstanceType.FirstJSReceiver) {
      heap.init(object, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray);
      heap.init(object, JSObject.Elements, StaticRoot.EmptyFixedArray);
    }
    this.known(value, object);
    for (let i = 1; i < words; i++) heap.set(object, fieldAtWord(i), state.valueOf(children[i]!));
  }

  private known(value: TranslatedValue, object: Tagged): void {
    value.tagged = object;
    value.hasTagged = true;
  }

  /** What stands in a box or among double elements: one that the machine holds raw gets no box of its own. */
  private numberOf(state: TranslatedState, value: TranslatedValue): number {
    const raw = value.kind === 'value' ? rawNumber(value) : undefined;
    if (raw !== undefined) return raw;
    const word = state.valueOf(value);
    return isSmi(word) ? smiValue(word) : this.heap.getF64(word, HeapNumber.Value);
  }
}

function rawNumber({ representation, lo, hi, double }: TranslatedValue): number | undefined {
  switch (representation) {
    case 'int32':
      return lo;
    case 'uint32':
      return lo >>> 0;
    case 'int64':
      return hi * 0x100000000 + (lo >>> 0);
    case 'uint64':
      return (hi >>> 0) * 0x100000000 + (lo >>> 0);
    case 'float32':
    case 'float64':
    case 'holeyFloat64':
      return double;
    default:
      return undefined;
  }
}

/** Fields of a captured object that need an object themselves, in order. */
export function fieldsToMake(state: TranslatedState, { kind, children }: TranslatedValue): TranslatedValue[] {
  if (kind !== 'captured') return [];
  const isRawNumber = (field: TranslatedValue): boolean => field.kind === 'value' && rawNumber(field) !== undefined;
  const holdsRaw = children[0] !== undefined && state.holdsRawNumbers(children[0]);
  return children.filter((field) => !state.fitsWord(field) && !(holdsRaw && isRawNumber(field)));
}

/** Whether what a map describes is made of raw numbers. */
export const isRawNumberType = (type: InstanceType): boolean =>
  type === InstanceType.HeapNumber || type === InstanceType.FixedDoubleArray;
