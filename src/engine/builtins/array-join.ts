// join, toString and toLocaleString of arrays and of what is like them.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  type BuiltinFunction,
  getIndex,
  getProperty,
  invoke,
  isCallable,
  isUndefinedOrNull,
  lengthOfArrayLike,
  maxStringLength,
  NativeContextSlot,
  type Runtime,
  throwRangeError,
  throwTypeError,
  toHost,
} from '../runtime/index.ts';
import { maxLength, self, sparseIndices } from './array-store.ts';
import { held } from './object.ts';

const { Undefined } = StaticRoot;

/** The text of a join, made of the elements that have one; separators are made when the next element comes. */
export class Joiner {
  private readonly rt: Runtime;
  private readonly separator: string;
  private text = '';
  private last = 0;

  constructor(rt: Runtime, separator: string) {
    this.rt = rt;
    this.separator = separator;
  }

  /** The text of element `index`: ascending. */
  add(index: number, text: string): void {
    this.separate(index);
    if (this.text.length + text.length > maxStringLength) throwRangeError(this.rt, 'InvalidStringLength');
    this.text += text;
  }

  end(length: number): string {
    this.separate(Math.max(length - 1, 0));
    return this.text;
  }

  private separate(index: number): void {
    const count = index - this.last;
    this.last = index;
    if (count === 0 || this.separator === '') return;
    if (this.text.length + count * this.separator.length > maxStringLength)
      throwRangeError(this.rt, 'InvalidStringLength');
    this.text += count === 1 ? this.separator : this.separator.repeat(count);
  }
}

/** Separator of toString and toLocaleString. */
export const comma = (): string => ',';

/**
 * @param separatorOf runs after the length was read
 * @param locale the locales and options that each element's toLocaleString gets
 */
export const arrayJoin = (
  rt: Runtime,
  receiver: Tagged,
  separatorOf: () => string,
  locale?: () => readonly Tagged[],
  lengthOf: (rt: Runtime, object: Tagged) => number = lengthOfArrayLike,
): string => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  const handle = heap.handle(receiver);
  let entered = false;
  try {
    const length = lengthOf(rt, receiver);
    if (length > maxLength) throwTypeError(rt, 'InvalidArrayLength');
    const separator = separatorOf();
    if (length === 0 || rt.joining.some((other) => heap.deref(other) === heap.deref(handle))) return '';
    rt.joining.push(handle);
    entered = true;
    const joined = new Joiner(rt, separator);
    const sparse = sparseIndices(rt, heap.deref(handle));
    const count = sparse?.length ?? length;
    for (let i = 0; i < count; i++) {
      rt.poll();
      const index = sparse?.[i] ?? i;
      const value = getIndex(rt, heap.deref(handle), index);
      if (isUndefinedOrNull(value)) continue;
      const text = locale
        ? toHost(
            rt,
            held(rt, [value], (v) => invoke(rt, v(), rt.factory.internalize('toLocaleString'), ...locale())),
          )
        : toHost(rt, value);
      joined.add(index, text);
    }
    return joined.end(length);
  } finally {
    if (entered) rt.joining.pop();
    heap.closeHandles(scope);
  }
};

export const ArrayPrototypeToString: BuiltinFunction = (rt, args) => {
  self(rt, args, 'toString');
  const join = getProperty(rt, args.receiver, rt.names.join);
  if (isCallable(rt, join)) return rt.call(join, args.receiver);
  return rt.call(rt.intrinsic(NativeContextSlot.ObjectPrototypeToString), args.receiver);
};

/** The locales and options of a toLocaleString, as far as they are given. */
export const localeArguments = (args: Arguments): (() => readonly Tagged[]) => {
  const count = args.at(1) !== Undefined ? 2 : args.at(0) !== Undefined ? 1 : 0;
  return () => args.slice(0).slice(0, count);
};
