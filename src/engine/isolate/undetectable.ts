// %GetUndetectable: a callable object that is undefined to typeof, == and ToBoolean, as document.all is in browsers. It is a
// function with a map of its own that has the undetectable bit; every operation looks at the map.

import type { Tagged } from '../heap/index.ts';
import { copyMap, HeapObject, MapBits, MapObject, Root, StaticRoot } from '../objects/index.ts';
import { invalidateProtector, NativeContextSlot, setPrototypeOfOrdinary } from '../runtime/index.ts';
import { hostFunction } from './host-functions.ts';
import type { Isolate } from './isolate.ts';

const newCallable = (isolate: Isolate): Tagged => {
  const { rt } = isolate;
  const fn = hostFunction(isolate, '', () => StaticRoot.Null);
  setPrototypeOfOrdinary(rt, fn, rt.intrinsic(NativeContextSlot.ObjectPrototype), true);
  return fn;
};

const newUndetectable = (isolate: Isolate): Tagged => {
  const { rt } = isolate;
  const { heap } = rt;
  const fn = newCallable(isolate);
  const map = copyMap(heap, rt.factory, heap.get(fn, HeapObject.Map));
  heap.setU8(map, MapObject.BitField, heap.getU8(map, MapObject.BitField) | MapBits.IsUndetectable);
  heap.set(fn, HeapObject.Map, map);
  invalidateProtector(rt, Root.NoUndetectableObjectsProtector);
  return fn;
};

export const callableNatives = (isolate: Isolate): { getUndetectable(): Tagged; getCallable(): Tagged } => ({
  getUndetectable: () => newUndetectable(isolate),
  getCallable: () => newCallable(isolate),
});
