// `{...source}` (V8: CloneObjectIC). An object that a literal or Object has made is copied field by field, and keeps its map;
// everything else is read property by property into a new object.

import type { Tagged } from '../heap/index.ts';
import {
  descriptorDetails,
  descriptorKey,
  detailsAttributes,
  detailsFieldIndex,
  detailsKind,
  detailsRepresentation,
  ElementsKind,
  InstanceType,
  isDictionaryMap,
  isExtensibleMap,
  isFieldDetails,
  isPrivateSymbol,
  isPrototypeMap,
  isSlackTracked,
  JSObject,
  MapObject,
  mapConstructor,
  mapDescriptors,
  mapElementsKind,
  mapInObjectProperties,
  mapInObjectStart,
  mapOwnDescriptors,
  mapPrototype,
  newBox,
  PropertyAttributes,
  PropertyKind,
  Representation,
  rawFieldAt,
  rawFieldAtPut,
  StaticRoot,
} from '../objects/index.ts';
import { copyStore, copyWords, objectLiteralMap } from './literals.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';
import { copyDataProperties } from './runtime-functions.ts';
import { isUndefinedOrNull, mapOf } from './values.ts';

/** What a site learns of a source's map: how its clones are made, nothing (it stays as it is), or that it is no case for a cache. */
export type CloneMode = 'sameMap' | 'otherMap' | 'empty' | 'unknown' | 'generic';

/** @param source no Smi */
export const cloneMode = (rt: Runtime, source: Tagged): CloneMode => {
  const { heap } = rt;
  const map = mapOf(rt, source);
  const type = heap.getU16(map, MapObject.InstanceType);
  if (type === InstanceType.HeapNumber || type === InstanceType.Oddball) return 'empty';
  if (type !== InstanceType.JSObject || isDictionaryMap(heap, map)) return 'generic';
  const kind = mapElementsKind(heap, map);
  if (kind === ElementsKind.Dictionary) return 'generic';
  const descriptors = mapDescriptors(heap, map);
  let isPlain = isExtensibleMap(heap, map) && !isPrototypeMap(heap, map);
  for (let i = mapOwnDescriptors(heap, map) - 1; i >= 0; i--) {
    const details = descriptorDetails(heap, descriptors, i);
    const attributes = detailsAttributes(details);
    if (detailsKind(details) === PropertyKind.Accessor || (attributes & PropertyAttributes.DontEnum) !== 0)
      return 'generic';
    if (attributes !== PropertyAttributes.None || isPrivateSymbol(heap, descriptorKey(heap, descriptors, i)))
      isPlain = false;
  }
  if (isSlackTracked(heap, map)) return 'unknown';
  if (mapConstructor(heap, map) !== rt.intrinsic(NativeContextSlot.ObjectFunction)) return 'generic';
  return isPlain && mapPrototype(heap, map) === rt.intrinsic(NativeContextSlot.ObjectPrototype)
    ? 'sameMap'
    : 'otherMap';
};

/** May run JavaScript. */
export const cloneObject = (rt: Runtime, source: Tagged): Tagged => {
  const { heap } = rt;
  if ((source & 1) !== 0 && cloneMode(rt, source) === 'sameMap') return shallowCopy(rt, source);
  const object = rt.factory.newJSObject(objectLiteralMap(rt, 4));
  if (isUndefinedOrNull(source)) return object;
  const scope = heap.openHandles();
  const handle = heap.handle(object);
  copyDataProperties(rt, object, source, []);
  const result = heap.deref(handle);
  heap.closeHandles(scope);
  return result;
};

const shallowCopy = (rt: Runtime, source: Tagged): Tagged => {
  const { heap, factory } = rt;
  const map = mapOf(rt, source);
  const copy = factory.newJSObject(map);
  const start = mapInObjectStart(heap, map);
  for (let i = mapInObjectProperties(heap, map) - 1; i >= 0; i--)
    heap.setElement(copy, start, i, heap.getElement(source, start, i));
  const properties = heap.get(source, JSObject.PropertiesOrHash);
  if ((properties & 1) !== 0 && mapOf(rt, properties) === StaticRoot.PropertyArrayMap)
    heap.set(copy, JSObject.PropertiesOrHash, copyWords(rt, properties));
  const descriptors = mapDescriptors(heap, map);
  for (let i = mapOwnDescriptors(heap, map) - 1; i >= 0; i--) {
    const details = descriptorDetails(heap, descriptors, i);
    if (!isFieldDetails(details) || detailsRepresentation(details) !== Representation.Double) continue;
    const field = detailsFieldIndex(details);
    rawFieldAtPut(heap, copy, field, newBox(factory, rawFieldAt(heap, copy, field)));
  }
  heap.set(copy, JSObject.Elements, copyStore(rt, heap.get(source, JSObject.Elements)));
  return copy;
};
