import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tagged } from '../heap/index.ts';
import { addDataProperty, deleteProperty } from './js-objects.ts';
import { isDictionaryMap, mapInObjectProperties, mapInstanceSize, mapOf } from './maps.ts';
import { migrateInstance } from './migration.ts';
import { numberValue } from './numbers.ts';
import { lookupOwn } from './own-property.ts';
import {
  completeSlackTracking,
  constructionCounter,
  isSlackTracked,
  predictedInstanceSize,
  startSlackTracking,
} from './slack-tracking.ts';
import { newTestHeap, type TestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

const instance = (t: TestHeap, map: Tagged, ...values: readonly number[]): Tagged => {
  const object = t.factory.newJSObject(map);
  values.forEach((value, i) => {
    addDataProperty(t.heap, t.factory, object, t.factory.internalize(`p${i}`), t.factory.newNumber(value));
  });
  return object;
};

const valuesOf = (t: TestHeap, object: Tagged, count: number): number[] =>
  Array.from({ length: count }, (_, i) =>
    numberValue(t.heap, lookupOwn(t.heap, t.factory, object, t.factory.internalize(`p${i}`)).value),
  );

// Seen to fail: the tree left as it was after the seventh instance.
test('seven instances settle the size of a tree, and the instances shrink with it', () => {
  const t = newTestHeap();
  const map = t.objectMap(10);
  startSlackTracking(t.heap, map);
  const objects = Array.from({ length: 6 }, (_, i) => instance(t, map, i, i));
  assert.equal(constructionCounter(t.heap, map), 1);
  assert.equal(mapInObjectProperties(t.heap, mapOf(t.heap, objects[0]!)), 10);
  assert.equal(predictedInstanceSize(t.heap, map), 12 + 4 * 2);
  verifyHeap(t.heap);
  objects.push(instance(t, map, 6, 6, 6));
  assert.equal(isSlackTracked(t.heap, map), false);
  // the seventh was counted before it had its fields: a third one lies outside
  assert.equal(mapInstanceSize(t.heap, map), 12 + 4 * 2);
  assert.equal(mapInObjectProperties(t.heap, mapOf(t.heap, objects[0]!)), 2);
  objects.forEach((object, i) => {
    assert.deepEqual(valuesOf(t, object, 2), [i, i]);
  });
  verifyHeap(t.heap);
});

// Seen to fail: fields copied by their old places.
test('an instance whose map was deprecated before its tree shrank takes its fields along', () => {
  const t = newTestHeap();
  const map = t.objectMap(8);
  startSlackTracking(t.heap, map);
  const old = instance(t, map, 1, 2, 3, 4);
  instance(t, map, 0.5);
  completeSlackTracking(t.heap, map);
  assert.equal(mapInObjectProperties(t.heap, map), 1);
  migrateInstance(t.heap, t.factory, old);
  assert.equal(mapInObjectProperties(t.heap, mapOf(t.heap, old)), 1);
  assert.deepEqual(valuesOf(t, old, 4), [1, 2, 3, 4]);
  verifyHeap(t.heap);
});

// Seen to fail: a dictionary map made for each object.
test('objects of one constructor share a dictionary map, without fields in the object', () => {
  const t = newTestHeap();
  const [a, b] = [instance(t, t.objectMap(4), 1, 2), instance(t, t.objectMap(2), 1, 2, 3)];
  for (const object of [a, b]) deleteProperty(t.heap, t.factory, object!, t.factory.internalize('p0'));
  assert.equal(isDictionaryMap(t.heap, mapOf(t.heap, a!)), true);
  assert.equal(mapOf(t.heap, a!), mapOf(t.heap, b!));
  assert.equal(mapInObjectProperties(t.heap, mapOf(t.heap, a!)), 0);
  verifyHeap(t.heap);
});
