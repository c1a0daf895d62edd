// Abstract operations without an interpreter: the hooks fail loudly if anything tries to run JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Heap, type Tagged } from '../heap/index.ts';
import { Factory, numberValue, StaticRoot, toHostString } from '../objects/index.ts';
import {
  add,
  arithmetic,
  compare,
  createDataProperty,
  createRealm,
  defineOwnProperty,
  deleteProperty,
  getNamed,
  getOwnProperty,
  getProperty,
  jsException,
  looselyEquals,
  newPlainObject,
  ownPropertyKeys,
  preventExtensions,
  Runtime,
  sameValue,
  sameValueZero,
  setProperty,
  strictEquals,
  toBoolean,
  toHost,
  toNumberValue,
  toPropertyKey,
  typeOf,
} from './index.ts';

const fresh = (): Runtime => {
  const heap = new Heap({ memoryMiB: 128 });
  const rt = new Runtime(heap, new Factory(heap));
  createRealm(rt);
  return rt;
};

const rt = fresh();
const { factory } = rt;
const number = (value: number): Tagged => factory.newNumber(value);
const string = (text: string): Tagged => factory.newString(text);
const { Undefined, Null, True, False } = StaticRoot;

test('conversions follow ECMA-262 §7.1', () => {
  assert.equal(toBoolean(rt, number(0)), false);
  assert.equal(toBoolean(rt, number(Number.NaN)), false);
  assert.equal(toBoolean(rt, string('0')), true);
  assert.equal(toBoolean(rt, StaticRoot.EmptyString), false);
  assert.equal(toBoolean(rt, factory.newBigInt(0n)), false);
  assert.equal(toNumberValue(rt, string(' 12 ')), 12);
  assert.ok(Number.isNaN(toNumberValue(rt, Undefined)));
  assert.equal(toNumberValue(rt, Null), 0);
  assert.equal(toNumberValue(rt, True), 1);
  assert.equal(toHost(rt, number(-0)), '0');
  assert.equal(toHost(rt, number(1e21)), '1e+21');
  assert.equal(toHost(rt, factory.newBigInt(-(2n ** 70n))), String(-(2n ** 70n)));
  assert.equal(toHostString(rt.heap, typeOf(rt, Null)), 'object');
  assert.equal(toHostString(rt.heap, typeOf(rt, newPlainObject(rt))), 'object');
});

test('equality: strict, loose, SameValue, SameValueZero', () => {
  const values: readonly (readonly [Tagged, unknown])[] = [
    [number(0), 0],
    [factory.newHeapNumber(-0), -0],
    [number(Number.NaN), Number.NaN],
    [number(1), 1],
    [string('1'), '1'],
    [StaticRoot.EmptyString, ''],
    [True, true],
    [False, false],
    [Undefined, undefined],
    [Null, null],
    [factory.newBigInt(1n), 1n],
    [number(2 ** 40), 2 ** 40],
  ];
  for (const [a, x] of values) {
    for (const [b, y] of values) {
      const what = `${String(x)} and ${String(y)}`;
      assert.equal(strictEquals(rt, a, b), x === y, `=== of ${what}`);
      // biome-ignore lint/suspicious/noDoubleEquals: the operator under test
      assert.equal(looselyEquals(rt, a, b), x == y, `== of ${what}`);
      assert.equal(sameValue(rt, a, b), Object.is(x, y), `SameValue of ${what}`);
      assert.equal(sameValueZero(rt, a, b), [x].includes(y), `SameValueZero of ${what}`);
      assert.equal(compare(rt, '<', a, b), (x as number) < (y as number), `< of ${what}`);
      assert.equal(compare(rt, '>=', a, b), (x as number) >= (y as number), `>= of ${what}`);
    }
  }
});

test('arithmetic over Number and BigInt; + concatenates', () => {
  assert.equal(numberValue(rt.heap, arithmetic(rt, '**', number(2), number(10))), 1024);
  assert.equal(numberValue(rt.heap, arithmetic(rt, '>>>', number(-1), number(0))), 4294967295);
  assert.equal(toHost(rt, arithmetic(rt, '**', factory.newBigInt(2n), factory.newBigInt(100n))), String(2n ** 100n));
  assert.equal(toHost(rt, add(rt, string('a'), number(1))), 'a1');
  assert.throws(
    () => arithmetic(rt, '-', factory.newBigInt(1n), number(1)),
    (error) => error === jsException,
  );
  const message = getNamed(rt, rt.takeException(), 'message');
  assert.equal(toHost(rt, message), 'Cannot mix BigInt and other types, use explicit conversions');
});

test('property keys keep the specification order; attributes hold', () => {
  const object = newPlainObject(rt);
  for (const key of ['b', '10', 'a', '2']) createDataProperty(rt, object, toPropertyKey(rt, string(key)), True);
  assert.deepEqual(
    ownPropertyKeys(rt, object).map((key) => toHost(rt, key)),
    ['2', '10', 'b', 'a'],
  );
  const name = factory.internalize('locked');
  assert.ok(
    defineOwnProperty(
      rt,
      object,
      name,
      { value: number(1), writable: false, enumerable: false, configurable: false },
      true,
    ),
  );
  assert.equal(setProperty(rt, object, name, number(2), false), false);
  assert.equal(deleteProperty(rt, object, name, false), false);
  assert.equal(numberValue(rt.heap, getProperty(rt, object, name)), 1);
  assert.deepEqual(getOwnProperty(rt, object, name)?.enumerable, false);
  assert.throws(() => setProperty(rt, object, name, number(2), true));
  assert.equal(
    toHost(rt, getNamed(rt, rt.takeException(), 'message')),
    // This realm has no standard library: objects have no constructor to be named after.
    "Cannot assign to read only property 'locked' of object '[object Object]'",
  );
  preventExtensions(rt, object, 0, true);
  assert.equal(setProperty(rt, object, factory.internalize('fresh'), number(1), false), false);
});

test('messages are worded as V8 words them', () => {
  assert.throws(() => getProperty(rt, Undefined, factory.internalize('x')));
  assert.equal(
    toHost(rt, getNamed(rt, rt.takeException(), 'message')),
    "Cannot read properties of undefined (reading 'x')",
  );
  assert.throws(() => setProperty(rt, Null, factory.internalize('x'), True, false));
  assert.equal(toHost(rt, getNamed(rt, rt.takeException(), 'message')), "Cannot set properties of null (setting 'x')");
});
