/** The emulator against a real CPU: see hardware.ts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hardwareCases } from './hardware.ts';

// Seen to fail, a line each: `cf = 0` in Sar; Sqrtsd negated; Ucomisd with `>` for `>=`; 64-bit Sar filling with zeros; 16-bit stores
// of one byte.
test('R1: every instruction family computes what an x64 processor computes, flags included', () => {
  const expected = readFileSync(new URL('./hardware.expected', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  let line = 0;
  const wrong: string[] = [];
  for (const { subject, cases } of hardwareCases()) {
    const actual = `${subject.name} ${cases.map((one) => one.outcome.toString(16)).join(' ')}`;
    if (actual !== expected[line++]) wrong.push(`${actual}\n  hardware: ${expected[line - 1]}`);
  }
  assert.equal(line, expected.length);
  assert.deepEqual(wrong, []);
});
