import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeapObject, StaticRoot } from '../layout/index.ts';
import {
  arrayIndexOf,
  charCodeAt,
  compareStrings,
  flatten,
  hashOf,
  isInternalized,
  stringEquals,
  stringLength,
  toHostString,
} from './strings.ts';
import { newTestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

test('host strings make a round trip in one and two bytes', () => {
  const { heap, factory } = newTestHeap();
  for (const text of [
    '',
    'a',
    'é',
    'Ā',
    'hello',
    'x'.repeat(5000),
    '\u{1f600} mixed',
    'ÿ'.repeat(40),
    '中文'.repeat(30),
  ]) {
    const s = factory.newString(text);
    assert.equal(toHostString(heap, s), text);
    assert.equal(toHostString(heap, factory.internalize(text)), text);
    assert.equal(stringLength(heap, s), text.length);
  }
  verifyHeap(heap);
});

test('internalized strings are unique by contents, and the original becomes thin', () => {
  const { heap, factory } = newTestHeap();
  const a = factory.newString('counter');
  const b = factory.newConsString(factory.newString('co'), factory.newString('unter'));
  const i = factory.internalizeString(a);
  assert.equal(factory.internalizeString(b), i);
  assert.equal(factory.internalize('counter'), i);
  assert.ok(isInternalized(heap, i));
  assert.equal(heap.get(a, HeapObject.Map), StaticRoot.ThinOneByteStringMap);
  assert.equal(toHostString(heap, a), 'counter');
  assert.ok(stringEquals(heap, a, i));
  verifyHeap(heap);
});

test('the string table grows and finds everything again without its host cache', () => {
  const { heap, factory } = newTestHeap();
  const all = Array.from({ length: 6000 }, (_, i) => factory.internalize(`name${i}`));
  heap.internalizedByHost.clear();
  heap.hostOfInternalized.clear();
  for (let i = 0; i < all.length; i++) {
    assert.equal(factory.internalize(`name${i}`), all[i]);
    assert.equal(toHostString(heap, all[i]!), `name${i}`);
  }
});

test('cons strings flatten in place, deep on either side', () => {
  const { heap, factory } = newTestHeap(2048);
  let left = factory.newString('start-of-the-string');
  let right = factory.newString('end-of-the-string');
  let expectLeft = 'start-of-the-string';
  let expectRight = 'end-of-the-string';
  for (let i = 0; i < 3000; i++) {
    left = factory.newConsString(left, factory.newString(String(i)));
    expectLeft += String(i);
    right = factory.newConsString(factory.newString(i % 7 === 0 ? 'Ω' : 'r'), right);
    expectRight = (i % 7 === 0 ? 'Ω' : 'r') + expectRight;
  }
  assert.equal(heap.get(left, HeapObject.Map), StaticRoot.ConsOneByteStringMap);
  assert.equal(charCodeAt(heap, left, 5), expectLeft.charCodeAt(5));
  assert.equal(toHostString(heap, left), expectLeft);
  assert.equal(toHostString(heap, right), expectRight);
  assert.equal(heap.get(flatten(heap, left), HeapObject.Map), StaticRoot.SeqOneByteStringMap);
  verifyHeap(heap);
});

test('substrings are sliced from 13 characters on, and slices of slices share the parent', () => {
  const { heap, factory } = newTestHeap();
  const s = factory.newString('the quick brown fox jumps over the lazy dog');
  const slice = factory.newSubString(s, 4, 40);
  assert.equal(heap.get(slice, HeapObject.Map), StaticRoot.SlicedOneByteStringMap);
  const inner = factory.newSubString(slice, 6, 30);
  assert.equal(toHostString(heap, inner), 'the quick brown fox jumps over the lazy dog'.slice(10, 34));
  assert.equal(toHostString(heap, factory.newSubString(inner, 0, 5)), 'brown');
  assert.equal(factory.newSubString(s, 4, 5), factory.newString('q'));
});

test('hashes, array indices and order', () => {
  const { heap, factory } = newTestHeap();
  assert.equal(hashOf(heap, factory.newString('abc')), hashOf(heap, factory.internalize('abc')));
  for (const [text, index] of [
    ['0', 0],
    ['7', 7],
    ['01', -1],
    ['4294967294', 4294967294],
    ['4294967295', -1],
    ['-1', -1],
    ['1e3', -1],
    ['x', -1],
    ['', -1],
  ] as const) {
    assert.equal(arrayIndexOf(heap, factory.internalize(text)), index, text);
    assert.equal(arrayIndexOf(heap, factory.newString(text)), index, text);
  }
  assert.equal(compareStrings(heap, factory.newString('ab'), factory.newString('abc')), -1);
  assert.equal(compareStrings(heap, factory.newString('b'), factory.newString('abc')), 1);
});
