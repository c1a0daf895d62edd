import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tagged } from '../heap/index.ts';
import { FixedArray, JSObject, StaticRoot } from '../layout/index.ts';
import { setArrayLength } from './array-length.ts';
import {
  arrayLength,
  defineElement,
  deleteElement,
  elementAttributes,
  getElement,
  ownElementIndices,
  setElement,
} from './elements.ts';
import { ElementsKind } from './elements-kind.ts';
import { preventExtensions } from './integrity.ts';
import { mapElementsKind, mapOf } from './maps.ts';
import { numberValue } from './numbers.ts';
import { PropertyAttributes } from './property-details.ts';
import { root } from './root-slots.ts';
import { Root } from './roots.ts';
import { newTestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

test('kinds follow the lattice, values survive, maps are shared', () => {
  const { heap, factory } = newTestHeap();
  const a = factory.newJSArray(ElementsKind.PackedSmi, 0, 0);
  const kind = (): ElementsKind => mapElementsKind(heap, mapOf(heap, a));
  setElement(heap, factory, a, 0, 1 << 1);
  assert.equal(kind(), ElementsKind.PackedSmi);
  assert.equal(heap.get(heap.get(a, JSObject.Elements), FixedArray.Length) >> 1, 17); // 1 + 0 + 16
  setElement(heap, factory, a, 1, factory.newNumber(2.5));
  assert.equal(kind(), ElementsKind.PackedDouble);
  setElement(heap, factory, a, 4, factory.newNumber(Number.NaN));
  assert.equal(kind(), ElementsKind.HoleyDouble);
  assert.equal(getElement(heap, factory, a, 3), StaticRoot.TheHole);
  assert.ok(Number.isNaN(numberValue(heap, getElement(heap, factory, a, 4))));
  setElement(heap, factory, a, 2, factory.internalize('s'));
  assert.equal(kind(), ElementsKind.Holey);
  assert.equal(mapOf(heap, a), root(heap, Root.FirstArrayMap + ElementsKind.Holey));
  assert.equal(numberValue(heap, getElement(heap, factory, a, 1)), 2.5);
  assert.equal(arrayLength(heap, a), 5);
  assert.deepEqual(ownElementIndices(heap, a), [0, 1, 2, 4]);
  verifyHeap(heap);
});

test('far indices and attributes need dictionaries', () => {
  const { heap, factory } = newTestHeap();
  const a = factory.newJSArray(ElementsKind.PackedSmi, 0, 0);
  setElement(heap, factory, a, 0, 0);
  setElement(heap, factory, a, 5_000_000, 2);
  assert.equal(mapElementsKind(heap, mapOf(heap, a)), ElementsKind.Dictionary);
  assert.equal(arrayLength(heap, a), 5_000_001);
  setElement(heap, factory, a, 4294967294, 4);
  assert.equal(arrayLength(heap, a), 4294967295);
  assert.equal(getElement(heap, factory, a, 4294967294), 4);
  defineElement(heap, factory, a, 10, 6, PropertyAttributes.DontDelete);
  assert.equal(elementAttributes(heap, a, 10), PropertyAttributes.DontDelete);
  assert.equal(setArrayLength(heap, factory, a, 3), false);
  assert.equal(arrayLength(heap, a), 11);
  verifyHeap(heap);
});

test('random element traffic agrees with a host array', () => {
  const { heap, factory } = newTestHeap(4096);
  let seed = 7;
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  for (let round = 0; round < 20; round++) {
    const model: unknown[] = [];
    const a = factory.newJSArray(ElementsKind.PackedSmi, 0, 0);
    for (let i = 0; i < 300; i++) {
      const op = random(10);
      const index = random(round % 4 === 0 ? 4000 : 40);
      if (op < 6) {
        const value =
          random(round + 2) < 4 ? random(1000) : random(2) === 0 ? random(1000) / 8 + 0.01 : `s${random(9)}`;
        model[index] = value;
        setElement(
          heap,
          factory,
          a,
          index,
          typeof value === 'number' ? factory.newNumber(value) : factory.internalize(value),
        );
      } else if (op < 8) {
        delete model[index];
        deleteElement(heap, factory, a, index);
      } else {
        const length = op === 8 ? model.length >> 1 : model.length + random(30);
        model.length = length;
        setArrayLength(heap, factory, a, length);
      }
    }
    assert.equal(arrayLength(heap, a), model.length);
    assert.deepEqual(ownElementIndices(heap, a), Object.keys(model).map(Number));
    for (const i of ownElementIndices(heap, a)) {
      const w = getElement(heap, factory, a, i);
      const v = model[i];
      if (typeof v === 'number') assert.equal(numberValue(heap, w), v);
      else assert.equal(w, factory.internalize(v as string));
    }
  }
  verifyHeap(heap);
});

test('frozen arrays keep their elements, with attributes', () => {
  const { heap, factory } = newTestHeap();
  const a = factory.newJSArrayFrom([2, 4, factory.internalize('x')] as Tagged[]);
  preventExtensions(heap, factory, a, PropertyAttributes.Frozen);
  assert.equal(mapElementsKind(heap, mapOf(heap, a)), ElementsKind.PackedFrozen);
  assert.equal(elementAttributes(heap, a, 1), PropertyAttributes.Frozen);
  const d = factory.newJSArrayFrom([2, 4] as Tagged[]);
  preventExtensions(heap, factory, d, PropertyAttributes.Frozen);
  assert.equal(elementAttributes(heap, d, 1), PropertyAttributes.Frozen);
  assert.equal(getElement(heap, factory, d, 1), 4);
  verifyHeap(heap);
});
