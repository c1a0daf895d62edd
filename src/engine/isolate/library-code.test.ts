// Library code from a file against what the parser's functions compile to; refused files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damaged } from '../../../test/damage.ts';
import type { CompiledFunction, Constant, FunctionRef } from '../bytecode/index.ts';
import { compileScript } from '../ignition/index.ts';
import { createLibraryCode, readLibraryCode } from './library-code.ts';

const buildId = '0123456789abcdef';
const script = {
  name: 'node:sample',
  source: `(function (host) {
    'use strict';
    const table = { a: 1, b: { c: -0 }, [host]: 0.5, m() { return super.toString; } }, list = [1.5, , 2], words = ['x', 2n];
    class Base { #secret = 1; static of() { return new this(); } get value() { return this.#secret; } }
    class Derived extends Base { constructor() { super(); } }
    function* walk() { try { yield* list; } finally { host(); } }
    const late = async (n) => { for (const x of words) await host(x, n, NaN, 1e300, 12345678901234567890n); };
    switch (host) { case 1: return table; case 2: return list; case 3: case 4: return /x/g; }
    return { Base, Derived, walk, late, tag: (strings) => host\`a\${table}b\`, inner: () => { let y = 1; return () => y++; } };
  })`,
};
const other = { name: 'node:other', source: 'function f() { return 1; } var g = f; f' };
const file = createLibraryCode(buildId, [script, other]);

/** Everything but what library code leaves out. */
const plain = (ref: FunctionRef): unknown => {
  const { ref: _, sourcePositions: __, constants, bytes, scopeInfo, ...rest } = ref.compile();
  const scope = (info: CompiledFunction['scopeInfo'] | undefined): unknown =>
    info && { ...info, stackLocals: [], outer: scope(info.outer) };
  const constant = (c: Constant): unknown => {
    if (c.kind === 'function') return plain(c.value);
    if (c.kind === 'scopeInfo') return scope(c.value);
    if (c.kind === 'globalDeclarations')
      return c.declarations.map((d) => (d.kind === 'function' ? { ...d, value: plain(d.value) } : d));
    return c;
  };
  const { compile: ___, ...fields } = ref;
  return { fields, rest, bytes: [...bytes], scope: scope(scopeInfo), constants: constants.map(constant) };
};
/** Comparable whatever the order of keys. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v) => (typeof v === 'bigint' || Object.is(v, -0) || Number.isNaN(v) ? `:${v}` : v)),
  );

// Seen to fail: numbers stored as JSON numbers; scopes without their outer one.
test('functions from the file compile to what the parser gives', () => {
  const code = readLibraryCode(file, buildId);
  for (const { name, source } of [script, other])
    assert.deepEqual(comparable(plain(code(name)!)), comparable(plain(compileScript(source, { allowNatives: true }))));
  assert.equal(code('node:none'), undefined);
  assert.equal(code('toString'), undefined);
});

test('functions of one script share their scopes', () => {
  const top = readLibraryCode(file, buildId)(script.name)!;
  const outer = top.compile().constants.find((c) => c.kind === 'function')!.value as FunctionRef;
  const inner = outer.compile().constants.flatMap((c) => (c.kind === 'function' ? [c.value.compile()] : []));
  const scopes = new Set(inner.map(({ scopeInfo }) => scopeInfo.outer).filter((scope) => scope !== undefined));
  assert.ok(inner.length > 3);
  assert.ok(scopes.has(outer.compile().scopeInfo));
});

test('a file of another build, or damaged in any way, is not used', () => {
  assert.equal(readLibraryCode(file, 'fedcba9876543210')(script.name), undefined);
  for (const { name, bytes } of damaged(file, 100, 9)) {
    const code = readLibraryCode(bytes, buildId);
    for (const [i, { name: wanted, source }] of [script, other].entries()) {
      const ref = code(wanted);
      if (ref !== undefined)
        assert.deepEqual(
          comparable(plain(ref)),
          comparable(plain(compileScript(source, { allowNatives: true }))),
          `${name} ${i}`,
        );
    }
  }
});
