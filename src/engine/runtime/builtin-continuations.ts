// Functions that continue builtins, in each realm: one for every BuiltinContinuation.

import { BuiltinContinuation } from '../frames/index.ts';
import type { Tagged } from '../heap/index.ts';
import { FixedArray } from '../objects/index.ts';
import { type JavaScriptSource, newBuiltinFunction } from './functions.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';

const numbers = Object.values(BuiltinContinuation).filter((value) => typeof value === 'number');
const first = Math.min(...numbers);

export const setBuiltinContinuations = (
  rt: Runtime,
  sources: Readonly<Record<BuiltinContinuation, JavaScriptSource>>,
): void => {
  const { heap, factory } = rt;
  rt.setIntrinsic(NativeContextSlot.BuiltinContinuations, factory.newFixedArray(Math.max(...numbers) - first + 1));
  for (const continuation of numbers) {
    const source = sources[continuation];
    const name = factory.internalize(/^function (\w+)/.exec(source.javascript)![1]!);
    const fn = newBuiltinFunction(rt, name, source, 0);
    heap.setElement(
      rt.intrinsic(NativeContextSlot.BuiltinContinuations),
      FixedArray.Elements,
      continuation - first,
      fn,
    );
  }
};

/** The current realm's function that continues a builtin. */
export const builtinContinuation = (rt: Runtime, continuation: BuiltinContinuation): Tagged =>
  rt.heap.getElement(rt.intrinsic(NativeContextSlot.BuiltinContinuations), FixedArray.Elements, continuation - first);

export { BuiltinContinuation };
