// The heap verifier. Callable at any moment when no object is half made. Rules:
//
//   1  spaces are walkable: every object has a Map, and sizes add up to the space's top
//   2  a Map's map is the meta map; its visitor id is a known one, right for its instance type
//   3  every tagged field of every live object is a Smi or points to the start of an object in a live region
//   4  the static roots stand where StaticRoot says, with the maps they must have
//   5  descriptors: used ≤ capacity; own ≤ used; keys are unique names; field indices ascend
//   6  a young pointer in an old object made before the last collection is in the remembered set
//   7  a field's value fits its representation
//   8  code does not stand in two places: CodeList is sorted
//   9  a field holds what the row of its heap type says (verify-fields.ts)
//
// The error names rule, object, field and what was found.

import { type Heap, IsolateData, pointerMaps, Region, type Tagged, unroundedSize, visitorOf } from '../heap/index.ts';
import {
  Code,
  DescriptorArray,
  FixedArray,
  HeapObject,
  InstanceType,
  JSObject,
  MapObject,
  PropertyArray,
  StaticRoot,
  staticMaps,
} from '../layout/index.ts';
import { codeAt, codeCount } from './code-space.ts';
import { descriptorDetails, descriptorKey, isDictionaryMap, mapDescriptors, mapOwnDescriptors } from './maps.ts';
import { rawFieldAt } from './object-fields.ts';
import { addressText, brief } from './printing.ts';
import {
  detailsFieldIndex,
  detailsLocation,
  detailsRepresentation,
  PropertyLocation,
  Representation,
} from './property-details.ts';
import { root } from './root-slots.ts';
import { Root } from './roots.ts';
import { fieldRules, wrongField } from './verify-fields.ts';

const fail = (rule: number, what: string): never => {
  throw new Error(`heap verification, rule ${rule}: ${what}`);
};

/** The walkable ranges of a heap: [start, end) of read-only, old and the active half of new space. */
export const liveRanges = (heap: Heap): [number, number][] => [
  [Region.ReadOnly, heap.readOnlyTop],
  ...heap.oldSpace.walkableRanges(),
  [heap.toSpace, heap.readIsolateWord(IsolateData.NewSpaceTop)],
];

/** Checks the whole heap; throws an Error naming rule, object and field. */
export const verifyHeap = (heap: Heap): void => {
  const starts = new Uint8Array(heap.size >> 6); // one bit per 8 bytes
  const ranges = liveRanges(heap);
  const rules = fieldRules();
  for (const [start, end] of ranges) {
    for (let at = start; at < end; ) {
      const map = heap.i32[at >> 2]!;
      if (
        (map & 3) !== 1 ||
        map < Region.ReadOnly ||
        map >= heap.size ||
        heap.i32[(map - 1) >> 2] !== StaticRoot.MetaMap
      ) {
        fail(1, `${addressText(at + 1)} has no Map; its first word is ${(map >>> 0).toString(16)}`);
      }
      const id = heap.u8[map - 1 + MapObject.VisitorId]!;
      const type = heap.getU16(map, MapObject.InstanceType);
      if (id === 0 || id !== visitorOf(type)) {
        fail(2, `${addressText(map)}: visitor id ${id} for instance type ${type}`);
      }
      const size = (unroundedSize(heap, at, map) + 7) & ~7;
      if (size < 8 || at + size > end)
        fail(1, `${addressText(at + 1)} ${InstanceType[type]} claims ${size} bytes, ${end - at} are left in its space`);
      starts[at >> 6]! |= 1 << ((at >> 3) & 7);
      at += size;
    }
  }
  const isStart = (w: Tagged): boolean => {
    const at = (w & ~3) >>> 0;
    return (at & 7) === 0 && at < heap.size && (starts[at >> 6]! & (1 << ((at >> 3) & 7))) !== 0;
  };
  const checkWord = (w: Tagged, where: () => string): void => {
    if ((w & 1) === 0 || w === 3) return;
    if (!isStart(w)) fail(3, `${where()} holds ${(w >>> 0).toString(16)}, which is no object's start`);
  };

  for (const [map, type, size] of staticMaps) {
    if (
      heap.get(map, HeapObject.Map) !== StaticRoot.MetaMap ||
      heap.getU16(map, MapObject.InstanceType) !== type ||
      heap.getU8(map, MapObject.InstanceSizeInWords) << 2 !== size
    ) {
      fail(4, `static map ${StaticRoot[map]} is damaged`);
    }
  }
  if (heap.get(StaticRoot.Undefined, HeapObject.Map) !== StaticRoot.UndefinedMap) fail(4, 'undefined has another map');
  if (heap.get(StaticRoot.EmptyFixedArray, FixedArray.Length) !== 0) fail(4, 'empty_fixed_array is not empty');
  for (let r = 0; r < Root.End; r++) checkWord(root(heap, r), () => `root ${Root[r] ?? r}`);
  for (let at = heap.readIsolateWord(IsolateData.HandleTop); at < heap.size; at += 4)
    checkWord(heap.i32[at >> 2]!, () => `handle ${at.toString(16)}`);

  for (const [start, end] of ranges) {
    for (let at = start; at < end; ) {
      const map = heap.i32[at >> 2]!;
      const id = heap.u8[map - 1 + MapObject.VisitorId]!;
      const size = unroundedSize(heap, at, map);
      for (let range = 0; range < 2; range++) {
        const from = (range === 0 ? pointerMaps.start : pointerMaps.start2)[id]!;
        if (from < 0) continue;
        const to = (range === 0 ? pointerMaps.end : pointerMaps.end2)[id]! || size;
        for (let offset = from; offset + 4 <= to; offset += 4) {
          const w = heap.i32[(at + offset) >> 2]!;
          checkWord(w, () => `field +${offset} of ${brief(heap, at + 1)}`);
          if ((w & 1) !== 0 && w !== 3 && heap.isYoung(w) && at >= Region.OldSpace && !heap.oldSpace.isNew(at)) {
            const slot = at + offset;
            if ((heap.u8[Region.RememberedSet + (slot >>> 5)]! & (1 << ((slot >>> 2) & 7))) === 0) {
              fail(
                6,
                `field +${offset} of old ${brief(heap, at + 1)} holds young ${brief(heap, w)} without a remembered slot`,
              );
            }
          }
        }
      }
      const wrong = wrongField(heap, at + 1, size, rules);
      if (wrong !== '') fail(9, wrong);
      const type = heap.getU16(map, MapObject.InstanceType);
      if (type === InstanceType.Map) verifyMap(heap, at + 1);
      else if (type >= InstanceType.FirstJSReceiver && type !== InstanceType.JSProxy) verifyObject(heap, at + 1);
      at += (size + 7) & ~7;
    }
  }
  verifyCodeList(heap);
};

const verifyMap = (heap: Heap, map: Tagged): void => {
  const descriptors = mapDescriptors(heap, map);
  const used = heap.getU16(descriptors, DescriptorArray.NumberOfDescriptors);
  if (used > heap.getU16(descriptors, DescriptorArray.NumberOfAllDescriptors))
    fail(5, `${brief(heap, descriptors)} uses more than its capacity`);
  const own = mapOwnDescriptors(heap, map);
  if (own > used) fail(5, `${brief(heap, map)} owns ${own} of ${used} descriptors`);
  if (isDictionaryMap(heap, map)) return;
  let last = -1;
  for (let i = 0; i < own; i++) {
    const key = descriptorKey(heap, descriptors, i);
    const type = (key & 1) === 0 ? -1 : heap.getU16(heap.get(key, HeapObject.Map), MapObject.InstanceType);
    if (
      type !== InstanceType.Symbol &&
      type !== InstanceType.InternalizedOneByteString &&
      type !== InstanceType.InternalizedTwoByteString
    ) {
      fail(5, `key ${i} of ${brief(heap, descriptors)} is ${brief(heap, key)}, not a unique name`);
    }
    const details = descriptorDetails(heap, descriptors, i);
    if (detailsLocation(details) === PropertyLocation.Descriptor) continue;
    const field = detailsFieldIndex(details);
    // A prototype's reconfigured property may take a later field.
    if (field === last) fail(5, `field index ${field} stands twice in ${brief(heap, map)}`);
    last = field;
  }
};

const verifyObject = (heap: Heap, object: Tagged): void => {
  const map = heap.get(object, HeapObject.Map);
  if (isDictionaryMap(heap, map)) return;
  const descriptors = mapDescriptors(heap, map);
  const own = mapOwnDescriptors(heap, map);
  const inObject =
    heap.getU8(map, MapObject.InstanceSizeInWords) - heap.getU8(map, MapObject.InObjectPropertiesStartInWords);
  for (let i = 0; i < own; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    if (detailsLocation(details) === PropertyLocation.Descriptor) continue;
    const field = detailsFieldIndex(details);
    if (field >= inObject) {
      const properties = heap.get(object, JSObject.PropertiesOrHash);
      const length =
        (properties & 1) !== 0 && heap.get(properties, HeapObject.Map) === StaticRoot.PropertyArrayMap
          ? (heap.get(properties, PropertyArray.LengthAndHash) >> 1) & 0x3ff
          : 0;
      if (field - inObject >= length)
        fail(7, `field ${field} of ${brief(heap, object)} lies beyond its ${inObject} + ${length} words`);
    }
    const w = rawFieldAt(heap, object, field);
    const name = brief(heap, descriptorKey(heap, descriptors, i));
    // A field that was just added still holds the uninitialized marker.
    if (w === StaticRoot.Uninitialized || w === StaticRoot.Undefined) continue;
    switch (detailsRepresentation(details)) {
      case Representation.Smi:
        if ((w & 1) !== 0) fail(7, `Smi field ${name} of ${brief(heap, object)} holds ${brief(heap, w)}`);
        break;
      case Representation.Double:
        if ((w & 1) === 0 || heap.get(w, HeapObject.Map) !== StaticRoot.HeapNumberMap)
          fail(7, `Double field ${name} of ${brief(heap, object)} holds ${brief(heap, w)}`);
        break;
      case Representation.HeapObject:
        if ((w & 1) === 0) fail(7, `HeapObject field ${name} of ${brief(heap, object)} holds ${brief(heap, w)}`);
        break;
      default:
    }
  }
};

const verifyCodeList = (heap: Heap): void => {
  let end: number = Region.Code;
  for (let i = 0; i < codeCount(heap); i++) {
    const code = codeAt(heap, i);
    const start = heap.getI32(code, Code.InstructionStart);
    if (start < end) fail(8, `${brief(heap, code)} starts at ${start.toString(16)}, inside the code before it`);
    end = start + heap.getI32(code, Code.InstructionSize);
  }
};
