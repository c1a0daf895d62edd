import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scavenge, type Tagged } from '../heap/index.ts';
import { StaticRoot } from '../layout/index.ts';
import { setPrototype } from './integrity.ts';
import { addDataProperty, deleteProperty, reconfigureToDataProperty, setOwnDataValue } from './js-objects.ts';
import { isDeprecatedMap, isDictionaryMap, mapOf } from './maps.ts';
import { migrateSlowToFast, normalizeProperties } from './migration.ts';
import { isNumber, numberValue } from './numbers.ts';
import { lookupOwn, ownPropertyNames } from './own-property.ts';
import { detailsAttributes } from './property-details.ts';
import { toHostString } from './strings.ts';
import { newTestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

test('random property traffic over many objects agrees with a host model, across collections', () => {
  for (let seed = 1; seed <= 5; seed++) {
    let state = seed * 7919;
    const random = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >>> 8) % n;
    };
    const t = newTestHeap(256);
    const { heap, factory } = t;
    const count = 24;
    const models: Map<string, { value: unknown; attributes: number }>[] = [];
    const handles: number[] = [];
    for (let i = 0; i < count; i++) {
      models.push(new Map());
      handles.push(heap.handle(factory.newJSObject(t.objectMap(i % 3))));
    }
    const toWord = (v: unknown): Tagged =>
      typeof v === 'number'
        ? factory.newNumber(v)
        : typeof v === 'string'
          ? factory.newString(v)
          : heap.deref(handles[(v as { index: number }).index]!);
    const randomValue = (): unknown => {
      switch (random(5)) {
        case 0:
        case 1:
          return random(100);
        case 2:
          return random(100) + 0.25;
        case 3:
          return `text ${random(10)}`;
        default:
          return { index: random(count) };
      }
    };
    for (let step = 0; step < 4000; step++) {
      const i = random(count);
      const model = models[i]!;
      const o = heap.deref(handles[i]!);
      // Few names, in a frequent order, so that maps are shared.
      const name = random(4) === 0 ? `n${random(40)}` : `n${Math.min(model.size, 12)}`;
      const key = factory.internalize(name);
      const op = random(40);
      const known = model.get(name);
      if (op < 30) {
        const value = randomValue();
        if (known === undefined) {
          const attributes = random(12) === 0 ? 2 : 0;
          model.set(name, { value, attributes });
          addDataProperty(heap, factory, o, key, toWord(value), attributes);
        } else {
          known.value = value;
          setOwnDataValue(heap, factory, o, key, toWord(value));
        }
      } else if (op < 32) {
        assert.equal(deleteProperty(heap, factory, o, key), model.delete(name));
      } else if (op === 32 && known !== undefined) {
        known.attributes = random(8);
        known.value = randomValue();
        reconfigureToDataProperty(heap, factory, o, key, toWord(known.value), known.attributes);
      } else if (op === 33) normalizeProperties(heap, factory, o);
      else if (op < 36 && isDictionaryMap(heap, mapOf(heap, o))) migrateSlowToFast(heap, factory, o);
      else if (op === 36)
        setPrototype(heap, factory, o, random(2) === 0 ? StaticRoot.Null : heap.deref(handles[random(count)]!));
      else if (op === 37 && random(20) === 0) {
        const h = heap.openHandles();
        handles[i] = handles[i]!;
        heap.setHandle(handles[i]!, factory.newJSObject(t.objectMap(i % 3)));
        models[i] = new Map();
        heap.closeHandles(h);
        // Others may still refer to the object that was replaced: forget such values.
        for (const [j, other] of models.entries()) {
          for (const [n, p] of other) {
            if (typeof p.value === 'object') {
              p.value = 0;
              setOwnDataValue(heap, factory, heap.deref(handles[j]!), factory.internalize(n), 0);
            }
          }
        }
      }
      if (step % 250 === 249) scavenge(heap, () => undefined, { zap: true });
      if (step % 500 === 499) {
        verifyHeap(heap);
        for (let j = 0; j < count; j++) {
          const object = heap.deref(handles[j]!);
          assert.deepEqual(
            ownPropertyNames(heap, object).map((n) => toHostString(heap, n)),
            [...models[j]!.keys()],
            `order, step ${step}`,
          );
          for (const [n, p] of models[j]!) {
            const own = lookupOwn(heap, factory, object, factory.internalize(n));
            assert.ok(own.found);
            assert.equal(detailsAttributes(own.details), p.attributes);
            if (typeof p.value === 'number') {
              assert.ok(isNumber(heap, own.value), `${n} deprecated ${isDeprecatedMap(heap, mapOf(heap, object))}`);
              assert.equal(numberValue(heap, own.value), p.value);
            } else if (typeof p.value === 'string') assert.equal(toHostString(heap, own.value), p.value);
            else assert.equal(own.value, heap.deref(handles[(p.value as { index: number }).index]!));
          }
        }
      }
    }
  }
});
