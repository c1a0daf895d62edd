// SharedFunctionInfos and their parts, as questions: kinds, bytecode, constant pools.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  FixedArray,
  HeapObject,
  ScopeInfo,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../layout/index.ts';

/** SharedFunctionFlags.KindMask indexes this. */
export const functionKinds = [
  'normal',
  'arrow',
  'method',
  'getter',
  'setter',
  'classConstructor',
  'derivedConstructor',
  'defaultConstructor',
  'defaultDerivedConstructor',
  'classMembersInitializer',
  'classStaticInitializer',
  'generator',
  'asyncFunction',
  'asyncArrow',
  'asyncGenerator',
  'script',
  'module',
  'eval',
] as const;

/** ObjectBoilerplateDescription.Flags: the compiler's literal flags, and this bit for `__proto__: null`. */
export const boilerplateNullPrototype = 1 << 16;

/** Whether it belongs to the library: to a program a builtin, also where it is written in JavaScript (V8: native). */
export const isNative = (heap: Heap, sfi: Tagged): boolean =>
  (heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.Native) !== 0;

/** Whether it has bytecode, or is a builtin. */
export const isCompiled = (heap: Heap, sfi: Tagged): boolean =>
  heap.get(sfi, SharedFunctionInfo.FunctionData) !== StaticRoot.Undefined;

/** The BytecodeArray, or 0. */
export const bytecodeArrayOf = (heap: Heap, sfi: Tagged): Tagged => {
  const data = heap.get(sfi, SharedFunctionInfo.FunctionData);
  return (data & 1) !== 0 && heap.get(data, HeapObject.Map) === StaticRoot.BytecodeArrayMap ? data : 0;
};

/** FixedArray's words as a host array, for inspection. */
export const fixedArrayWords = (heap: Heap, array: Tagged): Tagged[] => {
  const n = heap.get(array, FixedArray.Length) >> 1;
  const result: Tagged[] = [];
  for (let i = 0; i < n; i++) result.push(heap.getElement(array, FixedArray.Elements, i));
  return result;
};

/** Slots of the context of a scope: header and locals (V8: ScopeInfo::ContextLength). */
export const contextLength = (heap: Heap, scopeInfo: Tagged): number =>
  ((heap.get(scopeInfo, ScopeInfo.Flags) & (1 << 6)) !== 0 ? 3 : 2) +
  (heap.get(scopeInfo, ScopeInfo.ContextLocalCount) >> 1);
