import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InstanceType, JSCollectionIterator, PropertyCell } from '../layout/index.ts';
import {
  globalDictionaryAddCell,
  globalDictionaryFindCell,
  nameDictionaryAdd,
  nameDictionaryDelete,
  nameDictionaryEntriesInOrder,
  nameDictionaryFind,
  nameDictionaryKeyAt,
  nameDictionaryValueAt,
  newGlobalDictionary,
  newNameDictionary,
  newNumberDictionary,
  numberDictionaryFind,
  numberDictionaryIndices,
  numberDictionarySet,
  numberDictionaryValueAt,
  writePropertyCell,
} from './dictionaries.ts';
import {
  newOrderedHashMap,
  newOrderedHashSet,
  orderedClear,
  orderedDelete,
  orderedFind,
  orderedIteratorNext,
  orderedKeyAt,
  orderedMapSet,
  orderedSetAdd,
  orderedShrink,
  orderedSize,
  orderedValueAt,
} from './ordered-hash-table.ts';
import { detailsCellType, dictionaryDetails, PropertyCellType, PropertyKind } from './property-details.ts';
import { toHostString } from './strings.ts';
import { newTestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

test('name dictionaries keep insertion order through growth and deletion', () => {
  const { heap, factory } = newTestHeap(1024);
  let d = newNameDictionary(factory);
  const model = new Map<string, number>();
  for (let i = 0; i < 500; i++) {
    const name = `k${(i * 7919) % 1000}`;
    model.set(name, i);
    d = nameDictionaryAdd(factory, d, factory.internalize(name), i << 1, dictionaryDetails(PropertyKind.Data, 0));
    if (i % 3 === 0) {
      const victim = [...model.keys()][i >> 2]!;
      model.delete(victim);
      d = nameDictionaryDelete(factory, d, nameDictionaryFind(heap, d, factory.internalize(victim)));
    }
  }
  const order = nameDictionaryEntriesInOrder(heap, d);
  assert.deepEqual(
    order.map((e) => [toHostString(heap, nameDictionaryKeyAt(heap, d, e)), nameDictionaryValueAt(heap, d, e) >> 1]),
    [...model],
  );
  verifyHeap(heap);
});

test('number dictionaries hold the whole index range', () => {
  const { heap, factory } = newTestHeap(1024);
  let d = newNumberDictionary(factory);
  const indices = [
    0,
    5,
    1 << 29,
    1 << 30,
    2 ** 31,
    4294967294,
    ...Array.from({ length: 100 }, (_, i) => 1000 + i * 77),
  ];
  indices.forEach((n, i) => {
    d = numberDictionarySet(factory, d, n, i << 1, 0);
  });
  indices.forEach(
    (n, i) => void assert.equal(numberDictionaryValueAt(heap, d, numberDictionaryFind(heap, d, n)), i << 1),
  );
  assert.deepEqual(
    numberDictionaryIndices(heap, d),
    [...indices].sort((a, b) => a - b),
  );
});

test('property cells go from undefined over constant and constant type to mutable', () => {
  const { heap, factory } = newTestHeap();
  let d = newGlobalDictionary(factory);
  const name = factory.internalize('g');
  const cell = factory.newPropertyCell(
    name,
    1 << 1,
    dictionaryDetails(PropertyKind.Data, 0, PropertyCellType.Constant),
  );
  d = globalDictionaryAddCell(factory, d, cell);
  assert.equal(globalDictionaryFindCell(heap, d, name), cell);
  const type = (): PropertyCellType => detailsCellType(heap.get(cell, PropertyCell.Details));
  assert.equal(writePropertyCell(heap, factory, cell, 1 << 1), false);
  assert.equal(writePropertyCell(heap, factory, cell, 2 << 1), true);
  assert.equal(type(), PropertyCellType.ConstantType);
  assert.equal(writePropertyCell(heap, factory, cell, factory.internalize('s')), true);
  assert.equal(type(), PropertyCellType.Mutable);
});

test('ordered tables agree with host Map and Set, also while iterated', () => {
  const { heap, factory } = newTestHeap(2048);
  let seed = 99;
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  const iteratorMap = factory.newMap(InstanceType.JSMapIterator, JSCollectionIterator.Size);
  for (let round = 0; round < 8; round++) {
    let table = newOrderedHashMap(factory);
    const model = new Map<unknown, number>();
    const key = (k: number): [unknown, number] =>
      k % 3 === 0
        ? [k, k << 1]
        : k % 3 === 1
          ? [`s${k}`, factory.newString(`s${k}`)]
          : [k + 0.5, factory.newNumber(k + 0.5)];
    const it = factory.newJSObject(iteratorMap);
    heap.set(it, JSCollectionIterator.Table, table);
    heap.init(it, JSCollectionIterator.Index, 0);
    const hostIt = model.entries();
    let done = false;
    for (let i = 0; i < 600; i++) {
      const [host, word] = key(random(60));
      const op = random(20);
      if (op < 10) {
        model.set(host, i);
        table = orderedMapSet(factory, table, word, i << 1);
      } else if (op < 15) {
        assert.equal(orderedDelete(heap, factory, table, word), model.delete(host));
        table = orderedShrink(factory, table);
      } else if (op === 15 && random(6) === 0) {
        model.clear();
        table = orderedClear(factory, table);
      } else if (!done) {
        const e = orderedIteratorNext(heap, it);
        const expected = hostIt.next();
        assert.equal(e < 0, expected.done === true, `round ${round} step ${i}`);
        if (e < 0) done = true;
        else {
          assert.equal(
            orderedValueAt(heap, heap.get(it, JSCollectionIterator.Table), e) >> 1,
            (expected.value as [unknown, number])[1],
          );
        }
      }
      assert.equal(orderedSize(heap, table), model.size);
      const e = orderedFind(heap, factory, table, word);
      assert.equal(e < 0 ? undefined : orderedValueAt(heap, table, e) >> 1, model.get(host));
    }
  }
  verifyHeap(heap);
});

test('NaN, −0 and integral doubles are the keys that SameValueZero says', () => {
  const { heap, factory } = newTestHeap();
  let s = newOrderedHashSet(factory);
  s = orderedSetAdd(factory, s, factory.newHeapNumber(-0));
  s = orderedSetAdd(factory, s, factory.newHeapNumber(Number.NaN));
  s = orderedSetAdd(factory, s, factory.newHeapNumber(7));
  s = orderedSetAdd(factory, s, factory.newBigInt(2n ** 70n));
  assert.equal(orderedKeyAt(heap, s, 0), 0);
  assert.ok(orderedFind(heap, factory, s, 0) >= 0);
  assert.ok(orderedFind(heap, factory, s, factory.newHeapNumber(Number.NaN)) >= 0);
  assert.ok(orderedFind(heap, factory, s, 7 << 1) >= 0);
  assert.ok(orderedFind(heap, factory, s, factory.newBigInt(2n ** 70n)) >= 0);
  assert.equal(orderedFind(heap, factory, s, factory.newBigInt(-(2n ** 70n))), -1);
});
