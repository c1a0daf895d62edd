// The table of heap types: what follows from a row, and what a wrong row or a wrong read is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heap } from '../heap/index.ts';
import { elements, f64, heapType, i32, padding, records, row, smi, smiCount, tagged, u8, u16 } from './heap-type.ts';
import type { HeapTypeDescription } from './heap-types.ts';
import * as layout from './index.ts';
import { instanceTypesOf } from './instance-type.ts';
import { pointerMapOf } from './pointer-maps.ts';
import { staticMapsOf } from './static-roots.ts';

const { BytecodeArray, Context, DescriptorArray, FixedArray, InstanceType, JSFunction, StaticRoot } = layout;

/** For the type checker alone: an error that is expected and does not come fails `npm run check`. */
const wrongReads = (heap: Heap, object: number): void => {
  // @ts-expect-error a bare number is no field
  heap.get(object, 12);
  // @ts-expect-error nor is a field and a number
  heap.set(object, FixedArray.Elements + 4, 0);
  // @ts-expect-error an int32 is not tagged
  heap.get(object, BytecodeArray.FrameSize);
  // @ts-expect-error nor a tagged word an int32
  heap.getI32(object, JSFunction.Context);
  // @ts-expect-error a size is no field
  heap.get(object, JSFunction.Size);
  // @ts-expect-error nor is padding
  heap.getI32(object, BytecodeArray.Padding);
  // @ts-expect-error no such field
  void JSFunction.Contexts;
  // @ts-expect-error no such part of an entry
  void DescriptorArray.EntryKeys;
  // @ts-expect-error no such instance type
  void InstanceType.JSFunctions;
  // @ts-expect-error no such static root
  void StaticRoot.Undefine;
};

test('wrong reads do not compile', () => assert.equal(typeof wrongReads, 'function'));

test('fields follow each other where their kinds allow, after those of the parent', () => {
  const Parent = heapType({ fields: { Map: tagged(), A: u8, B: u16 } });
  const Child = heapType({ parent: Parent, fields: { C: i32, D: f64, E: tagged() }, ends: { Short: 'D' } });
  assert.deepEqual({ ...Child, [row]: 0 }, { Map: 0, A: 4, B: 6, C: 8, D: 16, E: 24, Short: 24, Size: 28, [row]: 0 });
});

test('children of a type with elements name the first of them', () => {
  const List = heapType({
    fields: { Map: tagged(), Length: smi },
    rest: { Elements: elements(tagged(), smiCount('Length')) },
  });
  const Named = heapType({
    parent: List,
    fields: { Count: smi },
    rest: { Entries: records({ Key: tagged(), Value: smi }) },
  });
  const { Elements, Count, Entries, EntryKey, EntryValue, EntrySize } = Named;
  assert.deepEqual(
    { Elements, Count, Entries, EntryKey, EntryValue, EntrySize },
    { Elements: 8, Count: 8, Entries: 12, EntryKey: 0, EntryValue: 4, EntrySize: 8 },
  );
  const First = heapType({
    parent: List,
    rest: { Slots: elements(tagged()) },
    first: { One: tagged(), Two: tagged() },
  });
  assert.deepEqual([First.Slots, First.One, First.Two], [8, 8, 12]);
  assert.deepEqual([Context.Slots, Context.Previous], [8, 12]);
});

test('a pointer map covers tagged words, and Smis and padding beside them', () => {
  const mapOf = (definition: Parameters<typeof heapType>[0], isReceiver = false) => {
    const type = heapType({ parent: layout.HeapObject, ...definition })[row];
    return pointerMapOf({ ...type, name: 'Test', parent: '', isReceiver }).join();
  };
  const fixed = '-1,0,-1,0,0';
  assert.equal(mapOf({ fields: { A: smi, B: tagged() } }), `${fixed},4,0,-1,-1`);
  assert.equal(mapOf({ fields: { A: smi, B: i32 } }), `${fixed},-1,-1,-1,-1`);
  assert.equal(mapOf({ fields: { A: tagged(), B: i32, C: tagged(), P: padding(4) } }), `${fixed},4,8,12,0`);
  assert.equal(mapOf({ fields: { A: tagged(), B: i32 } }, true), `${fixed},4,8,12,0`);
  assert.equal(
    mapOf({ fields: { N: smi }, rest: { Bytes: elements(u8, smiCount('N', 0x3f)) } }),
    '4,1,63,8,1,-1,-1,-1,-1',
  );
  assert.throws(
    () => mapOf({ fields: { A: tagged(), B: i32, C: tagged(), D: i32, E: tagged() } }),
    /Test has 3 runs of tagged words/,
  );
});

test('a rest without a count, a count or an end of no field are told', () => {
  assert.throws(() => heapType({ rest: { Elements: elements(tagged()) } }), /nothing says how many Elements/);
  assert.throws(
    () => heapType({ rest: { Elements: elements(u8, smiCount('Length')) } }),
    /counted by Length, which is no field/,
  );
  assert.throws(() => heapType({ ends: { Half: 'Length' } }), /Half is where Length ends/);
});

test('instance types and static Maps have names both ways, and addresses by their places', () => {
  assert.equal(InstanceType.JSArray, 0x423);
  assert.equal(InstanceType[0x423], 'JSArray');
  assert.equal(InstanceType[InstanceType.LastJSFunction], 'JSClassConstructor');
  assert.equal(StaticRoot.MetaMap, 0x0020_1001);
  assert.equal(StaticRoot.FixedArrayMap - StaticRoot.MetaMap, 9 * layout.MapObject.Size);
  assert.deepEqual(layout.staticMaps[9], [StaticRoot.FixedArrayMap, InstanceType.FixedArray, 0]);
});

test('a number of an instance type or a place of a static Map that is taken, and a gap, are told', () => {
  const type = (name: string, instanceType: number, place: number): HeapTypeDescription => ({
    ...layout.heapTypes().find((other) => other.name === 'Cell')!,
    name,
    instanceTypes: { [name]: instanceType },
    maps: { [`${name}Map`]: place },
  });
  assert.deepEqual(
    [...instanceTypesOf([type('A', 0x91, 0), type('B', 0x92, 1)])],
    [
      ['A', 0x91],
      ['B', 0x92],
    ],
  );
  assert.throws(
    () => [...instanceTypesOf([type('A', 0x91, 0), type('B', 0x91, 1)])],
    /B takes instance type 145, which is A's/,
  );
  assert.deepEqual(
    staticMapsOf([type('B', 0x92, 1), type('A', 0x91, 0)]).map(({ name }) => name),
    ['AMap', 'BMap'],
  );
  assert.throws(
    () => staticMapsOf([type('A', 0x91, 0), type('B', 0x92, 2)]),
    /BMap stands at place 2 of the static Maps; 1 is free/,
  );
  assert.throws(() => staticMapsOf([type('A', 0x91, 0), type('B', 0x92, 0)]), /taken twice/);
});
