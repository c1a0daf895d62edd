import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tagged } from '../heap/index.ts';
import { Cell, Code, CodeFlags, DependencyGroup, DescriptorArray, MapObject, StaticRoot } from '../layout/index.ts';
import { deoptimizeDependents, registerDependency } from './dependent-code.ts';
import { preventExtensions, setPrototype } from './integrity.ts';
import { addAccessorProperty, addDataProperty, deleteProperty, setOwnDataValue } from './js-objects.ts';
import {
  descriptorDetails,
  findOwnDescriptor,
  isDeprecatedMap,
  isDictionaryMap,
  isStableMap,
  mapDescriptors,
  mapOf,
} from './maps.ts';
import { migrateInstance, migrateSlowToFast } from './migration.ts';
import { numberValue } from './numbers.ts';
import { fastPropertyAt, identityHash } from './object-fields.ts';
import { lookupOwn, ownPropertyNames } from './own-property.ts';
import {
  detailsConstness,
  detailsRepresentation,
  PropertyAttributes,
  PropertyConstness,
  Representation,
} from './property-details.ts';
import { prototypeValidityCell } from './prototypes.ts';
import { toHostString } from './strings.ts';
import { newTestHeap, type TestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

const make = (t: TestHeap, properties: Record<string, number | string>, inObject = 2): Tagged => {
  const o = t.factory.newJSObject(t.objectMap(inObject));
  for (const [k, v] of Object.entries(properties)) {
    addDataProperty(
      t.heap,
      t.factory,
      o,
      t.factory.internalize(k),
      typeof v === 'number' ? t.factory.newNumber(v) : t.factory.internalize(v),
    );
  }
  return o;
};
const read = (t: TestHeap, o: Tagged, name: string): Tagged => {
  const own = lookupOwn(t.heap, t.factory, o, t.factory.internalize(name));
  assert.ok(own.found, name);
  return own.value;
};
const details = (t: TestHeap, o: Tagged, name: string): Tagged => {
  const map = mapOf(t.heap, o);
  return descriptorDetails(
    t.heap,
    mapDescriptors(t.heap, map),
    findOwnDescriptor(t.heap, map, t.factory.internalize(name)),
  );
};

test('objects built alike share maps; in-object and out-of-object fields', () => {
  const t = newTestHeap();
  const a = make(t, { x: 1, y: 2, z: 3, w: 4, v: 5, u: 6 });
  const b = make(t, { x: 7, y: 8, z: 9, w: 10, v: 11, u: 12 });
  assert.equal(mapOf(t.heap, a), mapOf(t.heap, b));
  assert.equal(read(t, a, 'v') >> 1, 5);
  assert.equal(read(t, b, 'u') >> 1, 12);
  assert.notEqual(mapOf(t.heap, make(t, { y: 1, x: 2 })), mapOf(t.heap, make(t, { x: 1, y: 2 })));
  verifyHeap(t.heap);
});

test('Smi to Tagged generalizes in place, and every map of the tree sees it', () => {
  const t = newTestHeap();
  const a = make(t, { x: 1 });
  const longer = make(t, { x: 1, y: 2 });
  assert.equal(detailsRepresentation(details(t, a, 'x')), Representation.Smi);
  const map = mapOf(t.heap, a);
  setOwnDataValue(t.heap, t.factory, a, t.factory.internalize('x'), t.factory.internalize('text'));
  assert.equal(mapOf(t.heap, a), map);
  assert.equal(detailsRepresentation(details(t, a, 'x')), Representation.Tagged);
  assert.equal(detailsRepresentation(details(t, longer, 'x')), Representation.Tagged);
  assert.equal(detailsConstness(details(t, longer, 'x')), PropertyConstness.Mutable);
  verifyHeap(t.heap);
});

test('Smi to Double deprecates the branch, and instances migrate', () => {
  const t = newTestHeap();
  const a = make(t, { x: 1, y: 2, z: 3 });
  const b = make(t, { x: 4, y: 5, z: 6 });
  const old = mapOf(t.heap, b);
  setOwnDataValue(t.heap, t.factory, a, t.factory.internalize('y'), t.factory.newNumber(2.5));
  assert.ok(isDeprecatedMap(t.heap, old));
  assert.equal(numberValue(t.heap, read(t, a, 'y')), 2.5);
  assert.equal(detailsRepresentation(details(t, a, 'y')), Representation.Double);
  migrateInstance(t.heap, t.factory, b);
  assert.equal(mapOf(t.heap, b), mapOf(t.heap, a));
  assert.equal(numberValue(t.heap, read(t, b, 'y')), 5);
  assert.equal(read(t, b, 'z') >> 1, 6);
  const c = make(t, { x: 1, y: 2, z: 3 });
  assert.equal(mapOf(t.heap, c), mapOf(t.heap, a));
  assert.equal(numberValue(t.heap, read(t, c, 'y')), 2);
  // The box belongs to the object: a copy read earlier does not change.
  const before = read(t, c, 'y');
  setOwnDataValue(t.heap, t.factory, c, t.factory.internalize('y'), t.factory.newNumber(9.25));
  assert.equal(numberValue(t.heap, before), 2);
  assert.equal(numberValue(t.heap, read(t, c, 'y')), 9.25);
  verifyHeap(t.heap);
});

test('a second store makes a const field mutable and deoptimizes exactly its dependents', () => {
  const told: Tagged[] = [];
  const t = newTestHeap(64, (codes) => told.push(...codes));
  const a = make(t, { x: 1 });
  const map = mapOf(t.heap, a);
  const onConst = t.factory.newCode(9, 1, () => Uint8Array.of(0xc3));
  const onPrototype = t.factory.newCode(9, 1, () => Uint8Array.of(0xc3));
  registerDependency(t.factory, map, MapObject.DependentCode, onConst, DependencyGroup.FieldConst);
  registerDependency(t.factory, map, MapObject.DependentCode, onPrototype, DependencyGroup.PrototypeCheck);
  setOwnDataValue(t.heap, t.factory, a, t.factory.internalize('x'), 1 << 1); // be it of the same value
  assert.deepEqual(told, [onConst]);
  assert.notEqual(t.heap.getI32(onConst, Code.Flags) & CodeFlags.MarkedForDeoptimization, 0);
  assert.ok(isStableMap(t.heap, map));
  addDataProperty(t.heap, t.factory, a, t.factory.internalize('y'), 0);
  assert.deepEqual(told, [onConst, onPrototype]);
  assert.equal(deoptimizeDependents(t.factory, map, MapObject.DependentCode, DependencyGroup.FieldConst), 0);
});

test('field types follow stable receiver maps, then give up', () => {
  const t = newTestHeap();
  const inner = make(t, { p: 1 });
  const set = (o: Tagged, v: Tagged): void => addDataProperty(t.heap, t.factory, o, t.factory.internalize('ref'), v);
  const a = make(t, {});
  set(a, inner);
  const map = mapOf(t.heap, a);
  const type = t.heap.getElement(mapDescriptors(t.heap, map), DescriptorArray.Entries, 2);
  assert.equal(type, mapOf(t.heap, inner) | 2);
  const b = make(t, {});
  set(b, make(t, { q: 1 }));
  assert.equal(mapOf(t.heap, b), map);
  assert.equal(t.heap.getElement(mapDescriptors(t.heap, map), DescriptorArray.Entries, 2), 2);
});

test('deleting and too many properties go to dictionary mode and back', () => {
  const t = newTestHeap(1024);
  const o = make(t, {});
  for (let i = 0; i < 300; i++) addDataProperty(t.heap, t.factory, o, t.factory.internalize(`p${i}`), i << 1);
  assert.ok(isDictionaryMap(t.heap, mapOf(t.heap, o)));
  for (let i = 0; i < 300; i++) assert.equal(read(t, o, `p${i}`) >> 1, i);
  const hash = identityHash(t.heap, t.factory, o);
  assert.ok(deleteProperty(t.heap, t.factory, o, t.factory.internalize('p7')));
  assert.ok(!deleteProperty(t.heap, t.factory, o, t.factory.internalize('p7')));
  for (let i = 0; i < 300; i++)
    if (i % 3 !== 0 && i !== 7) deleteProperty(t.heap, t.factory, o, t.factory.internalize(`p${i}`));
  migrateSlowToFast(t.heap, t.factory, o);
  assert.ok(!isDictionaryMap(t.heap, mapOf(t.heap, o)));
  assert.deepEqual(
    ownPropertyNames(t.heap, o).map((n) => toHostString(t.heap, n)),
    Array.from({ length: 100 }, (_, i) => `p${3 * i}`),
  );
  assert.equal(read(t, o, 'p297') >> 1, 297);
  assert.equal(identityHash(t.heap, t.factory, o), hash);
  verifyHeap(t.heap);
});

test('integrity levels and prototypes are transitions of their own', () => {
  const t = newTestHeap();
  const a = make(t, { x: 1 });
  const b = make(t, { x: 2 });
  preventExtensions(t.heap, t.factory, a, PropertyAttributes.Frozen);
  preventExtensions(t.heap, t.factory, b, PropertyAttributes.Frozen);
  assert.equal(mapOf(t.heap, a), mapOf(t.heap, b));
  assert.equal((details(t, a, 'x') >> 3) & 7, PropertyAttributes.Frozen);
  const p = make(t, { m: 1 });
  const c = make(t, { x: 1 });
  const d = make(t, { x: 1 });
  setPrototype(t.heap, t.factory, c, p);
  setPrototype(t.heap, t.factory, d, p);
  assert.equal(mapOf(t.heap, c), mapOf(t.heap, d));
  verifyHeap(t.heap);
});

test('validity cells: a change anywhere up the chain invalidates, once', () => {
  const t = newTestHeap();
  const top = make(t, { a: 1 });
  const middle = make(t, { b: 1 });
  setPrototype(t.heap, t.factory, middle, top);
  const leaf = make(t, { c: 1 });
  setPrototype(t.heap, t.factory, leaf, middle);
  const cell = prototypeValidityCell(t.heap, t.factory, mapOf(t.heap, leaf));
  assert.equal(t.heap.get(cell, Cell.Value), 0);
  assert.equal(prototypeValidityCell(t.heap, t.factory, mapOf(t.heap, leaf)), cell);
  addDataProperty(t.heap, t.factory, leaf, t.factory.internalize('d'), 0);
  assert.equal(t.heap.get(cell, Cell.Value), 0);
  addDataProperty(t.heap, t.factory, top, t.factory.internalize('late'), 0);
  assert.equal(t.heap.get(cell, Cell.Value), 1 << 1);
  const next = prototypeValidityCell(t.heap, t.factory, mapOf(t.heap, leaf));
  assert.notEqual(next, cell);
  addDataProperty(t.heap, t.factory, middle, t.factory.internalize('x2'), 0);
  assert.equal(t.heap.get(next, Cell.Value), 1 << 1);
  const again = prototypeValidityCell(t.heap, t.factory, mapOf(t.heap, leaf));
  addDataProperty(t.heap, t.factory, top, t.factory.internalize('later'), 0);
  assert.equal(t.heap.get(again, Cell.Value), 1 << 1);
  verifyHeap(t.heap);
});

test('accessors stand in descriptors and in dictionaries', () => {
  const t = newTestHeap();
  const o = make(t, { x: 1 });
  const pair = t.factory.newAccessorPair(StaticRoot.Null, StaticRoot.Null);
  addAccessorProperty(t.heap, t.factory, o, t.factory.internalize('acc'), pair);
  assert.equal(fastPropertyAt(t.heap, t.factory, o, 1), pair);
  deleteProperty(t.heap, t.factory, o, t.factory.internalize('x'));
  assert.equal(read(t, o, 'acc'), pair);
  verifyHeap(t.heap);
});
