// for-in reads the keys of fast objects from the enum cache, which all maps of one descriptor array share: how many of them are an
// object's own, its map says.
//
// Seen to fail: the length of the shared keys taken for an object's own count, in the interpreter and in optimized code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

const run = (source: string): string => new Program(source).run();

const definitions = `
  function keys(o) { let r = ''; for (const k in o) r += k + ','; return r; }
  const made = (n) => { const o = {}; for (let i = 0; i < n; i++) o['k' + i] = i; return o; };
  const list = [made(4), made(2), made(5), made(0), made(1), made(3)];
  const all = () => console.log(list.map((o) => keys(o)).join(' '));`;
const expected = 'k0,k1,k2,k3, k0,k1, k0,k1,k2,k3,k4,  k0, k0,k1,k2,\n';

test('an object has the keys of its own map, whatever map the cache was made for', () => {
  assert.equal(run(`${definitions} all(); all();`), expected.repeat(2));
});

test('optimized code enumerates as the interpreter does', () => {
  const source = `${definitions}
    %PrepareFunctionForOptimization(keys); list.map((o) => keys(o)); list.map((o) => keys(o));
    %OptimizeFunctionOnNextCall(keys); keys(list[0]);
    console.log((%GetOptimizationStatus(keys) & 16) !== 0); all();`;
  assert.equal(run(source), `true\n${expected}`);
});

test('keys that only a longer map has do not make a prototype enumerable', () => {
  const source = `${definitions}
    const hidden = () => Object.defineProperty({}, 'h', { value: 1, configurable: true });
    const proto = hidden(), longer = hidden(); longer.seen = 1; keys(longer);
    const o = Object.create(proto); o.own = 1;
    console.log(keys(o), keys(proto), keys(longer));`;
  assert.equal(run(source), 'own,  seen,\n');
});
