// No raw word across a call: the programs of this folder print the same when everything young moves, and what it left is zapped, at
// each safepoint and after every call from host code. They need no reference: the engine is compared with itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFlags } from '../../src/engine/base/index.ts';
import { RecordingHost } from '../../src/engine/isolate/index.ts';
import { isolateFor } from '../../src/engine/shell/index.ts';

const output = (source: string, name: string, flags: readonly string[]): string[] => {
  const host = new RecordingHost();
  const isolate = isolateFor(parseFlags(['--no-opt', ...flags]).flags, host);
  isolate.runScript('globalThis.print ??= console.log; globalThis.stride = 41;', 'start.js');
  isolate.runScript(source, name);
  return host.stdout.split('\n');
};

// Seen to fail: the dispatcher not collecting after calls, with typedArraySetElement(rt, args.receiver, i, getIndex(…)) in the
// constructors of typed arrays; storeLookupSlot without a handle for the value.
for (const name of ['every-builtin.js', 'every-construct.js'])
  test(`${name} prints the same under --gc-at-every-safepoint`, () => {
    const source = readFileSync(new URL(name, import.meta.url), 'utf8');
    const expected = output(source, name, []);
    const actual = output(source, name, ['--gc-at-every-safepoint']);
    assert.ok(expected.length > 1000, 'the program ran');
    const different = expected.findIndex((text, i) => text !== actual[i]);
    assert.equal(actual[different], expected[different]);
    assert.equal(actual.length, expected.length);
  });
