// Objects seen through the rows of their heap types.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heap, Tagged } from '../heap/index.ts';
import { Code, CodeFlags, StaticRoot } from '../layout/index.ts';
import { newNameDictionary } from './dictionaries.ts';
import { fieldLabel, fieldValue, heapTypeOfObject, restField, restLength } from './heap-object-view.ts';
import { shortPrint } from './printing.ts';
import { newTestHeap } from './test-heap.ts';

const shown = (heap: Heap, object: Tagged): Record<string, number | string> =>
  Object.fromEntries(
    heapTypeOfObject(heap, object)!.fields.map((field) => {
      const value = fieldValue(heap, object, field);
      return [fieldLabel(field.name), 'word' in value ? value.word : value.text];
    }),
  );

test('labels are words', () => {
  assert.deepEqual(['InvocationCount', 'PropertiesOrHash', 'Length'].map(fieldLabel), [
    'invocation count',
    'properties',
    'length',
  ]);
});

test('fields have their kinds, and bits their names', () => {
  const { heap, factory } = newTestHeap();
  const code = factory.newCodeAt(9, 0x500, 12, -1);
  heap.setI32(code, Code.Flags, 9 | CodeFlags.IsTurbofanned | CodeFlags.MarkedForDeoptimization);
  const fields = shown(heap, code);
  assert.equal(fields.map, StaticRoot.CodeMap);
  assert.equal(fields['builtin id'], '-1');
  assert.equal(fields.flags, '57 (marked for deoptimization, is turbofanned)');
  assert.equal(fields['embedded objects'], StaticRoot.EmptyFixedArray);
  const cell = factory.newPropertyCell(StaticRoot.EmptyString, StaticRoot.True, 5 << 1);
  assert.deepEqual([shown(heap, cell).details, shown(heap, cell).value], ['5', StaticRoot.True]);
});

test('a rest is read by index, entries by their parts', () => {
  const { heap, factory } = newTestHeap();
  const restOf = (object: Tagged): string[] => {
    const { rest } = heapTypeOfObject(heap, object)!;
    return Array.from({ length: restLength(heap, object, rest!) }, (_, i) => {
      const field = restField(rest!, i);
      const value = fieldValue(heap, object, field);
      return `${field.name}: ${'word' in value ? shortPrint(heap, value.word) : value.text}`;
    });
  };
  assert.deepEqual(restOf(factory.newFixedArrayFrom([2, StaticRoot.Null])), ['0: <Smi 1>', '1: <null>']);
  assert.deepEqual(restOf(factory.newByteArrayFrom(Uint8Array.of(7, 200))), ['0: 7', '1: 200']);
  const dictionary = restOf(newNameDictionary(factory, 2));
  assert.equal(dictionary.length, 12);
  assert.deepEqual(
    dictionary.slice(3, 6).map((text) => text.split(':')[0]),
    ['1 key', '1 value', '1 details'],
  );
});

test('short prints count what the row counts', () => {
  const { heap, factory } = newTestHeap();
  const texts = [
    factory.newFixedArray(3),
    factory.newByteArrayFrom(Uint8Array.of(1, 2)),
    factory.newPropertyCell(StaticRoot.EmptyString, 0, 0),
  ];
  assert.deepEqual(
    texts.slice(0, 2).map((o) => shortPrint(heap, o)),
    ['<FixedArray[3]>', '<ByteArray[2]>'],
  );
  assert.equal(shortPrint(heap, StaticRoot.EmptyPropertyArray), '<PropertyArray[0]>');
  assert.equal(shortPrint(heap, factory.newAccessorPair(StaticRoot.Null, StaticRoot.Null)), '<AccessorPair>');
});
