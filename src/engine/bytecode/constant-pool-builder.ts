// The constant pool while it is built: entries in order of first use, equal ones shared, and reservations for forward
// jumps whose distance may turn out not to fit the operand.
//
// Indices are cut in three slices, by the operand size that reaches them: [0, 256), [256, 65536), the rest. A jump
// reserves room in the smallest slice with room, so that its later commit is certain to fit the operand already emitted.
// Invariant: entries.length + reserved <= capacity in every slice.

import type { OperandScale } from './bytecodes.ts';
import type { Constant } from './compiled-function.ts';

interface Slice {
  readonly start: number;
  readonly capacity: number;
  readonly scale: OperandScale;
  readonly entries: (Constant | undefined)[];
  reserved: number;
}

const HOLE: Constant = { kind: 'oddball', value: 'the_hole' };

export class ConstantPoolBuilder {
  readonly #slices: readonly Slice[] = [
    { start: 0, capacity: 0x100, scale: 1, entries: [], reserved: 0 },
    { start: 0x100, capacity: 0x10000 - 0x100, scale: 2, entries: [], reserved: 0 },
    { start: 0x10000, capacity: 0x7fff0000, scale: 4, entries: [], reserved: 0 },
  ];
  readonly #byKey = new Map<unknown, number>();
  readonly #smis = new Map<number, number>();

  /** Entries so far, holes between slices included. */
  get size(): number {
    for (let i = this.#slices.length - 1; i >= 0; i--) {
      const slice = this.#slices[i]!;
      if (slice.entries.length > 0) return slice.start + slice.entries.length;
    }
    return 0;
  }

  /** Index of an entry; entries with the same key share one. Numbers, strings, bigints, symbols and oddballs have keys of their own. */
  insert(constant: Constant, key: unknown = defaultKey(constant)): number {
    if (constant.kind === 'smi') return this.insertSmi(constant.value);
    if (key !== undefined) {
      const found = this.#byKey.get(key);
      if (found !== undefined) return found;
    }
    const index = this.#allocate(constant, 1);
    if (key !== undefined) this.#byKey.set(key, index);
    return index;
  }

  insertSmi(value: number): number {
    const found = this.#smis.get(value);
    if (found !== undefined) return found;
    const index = this.#allocate({ kind: 'smi', value }, 1);
    this.#smis.set(value, index);
    return index;
  }

  /** Room for a value that is known later (`setDeferred`). */
  insertDeferred(): number {
    return this.#allocate(undefined, 1);
  }

  setDeferred(index: number, constant: Constant): void {
    const slice = this.#sliceOf(index);
    if (slice.entries[index - slice.start] !== undefined) throw new Error(`constant pool entry ${index} is set twice`);
    slice.entries[index - slice.start] = constant;
  }

  /** Room for `count` consecutive entries, to be filled with `setDeferred`; unbound entries stay holes. */
  insertJumpTable(count: number): number {
    return this.#allocate(undefined, count);
  }

  /** Reserves one entry for a forward jump; the operand must have the returned scale. */
  reserve(minimum: OperandScale): OperandScale {
    for (const slice of this.#slices) {
      if (slice.scale < minimum || available(slice) <= 0) continue;
      slice.reserved++;
      return slice.scale;
    }
    throw new Error('constant pool is full');
  }

  discard(scale: OperandScale): void {
    const slice = this.#slices[scale >> 1]!;
    if (slice.reserved <= 0) throw new Error('no constant pool reservation to discard');
    slice.reserved--;
  }

  /** Turns a reservation into the index of a Smi that an operand of `scale` reaches. */
  commit(scale: OperandScale, value: number): number {
    this.discard(scale);
    const slice = this.#slices[scale >> 1]!;
    const found = this.#smis.get(value);
    if (found !== undefined && found < slice.start + slice.capacity) return found;
    const index = slice.start + slice.entries.length;
    slice.entries.push({ kind: 'smi', value });
    this.#smis.set(value, index);
    return index;
  }

  build(): Constant[] {
    const result: Constant[] = [];
    for (const slice of this.#slices) {
      if (slice.reserved !== 0)
        throw new Error(`${slice.reserved} constant pool reservations were never committed or discarded`);
      if (slice.entries.length === 0) continue;
      while (result.length < slice.start) result.push(HOLE);
      for (const entry of slice.entries) result.push(entry ?? HOLE);
    }
    return result;
  }

  #allocate(constant: Constant | undefined, count: number): number {
    for (const slice of this.#slices) {
      if (available(slice) < count) continue;
      const index = slice.start + slice.entries.length;
      for (let i = 0; i < count; i++) slice.entries.push(constant);
      return index;
    }
    throw new Error('constant pool is full');
  }

  #sliceOf(index: number): Slice {
    return this.#slices.find((slice) => index < slice.start + slice.capacity)!;
  }
}

function available(slice: Slice): number {
  return slice.capacity - slice.reserved - slice.entries.length;
}

function defaultKey(constant: Constant): unknown {
  switch (constant.kind) {
    case 'number':
      return Object.is(constant.value, -0) ? 'number:-0' : `number:${constant.value}`;
    case 'string':
      return `string:${constant.value}`;
    case 'bigint':
      return `bigint:${constant.value}`;
    case 'oddball':
      return `oddball:${constant.value}`;
    case 'symbol':
      return `symbol:${constant.value}`;
    default:
      return undefined;
  }
}
