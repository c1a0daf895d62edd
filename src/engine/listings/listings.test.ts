// --print-opt-code prints what the reference prints, section by section (recorded from V8 13.6, node --print-opt-code; instructions,
// addresses and sizes are this compiler's own).

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { RecordingHost } from '../isolate/index.ts';
import { runProgram } from '../node/commands.ts';

const run = (source: string, ...flags: string[]): string => {
  const host = new RecordingHost(new Map([['/t.js', source]]));
  assert.equal(runProgram(parseFlags([...flags, '/t.js'], { stopAtFirstFile: true }), host), 0, host.stderr);
  return host.stdout;
};

const source = 'function f(a){return a+1} for(let i=0;i<100000;i++) f(i);';

// Seen to fail: attachOptimizedCode not attached; lazy exits printed with a reason; slots printed from fp to sp.
test('--print-opt-code: the sections of a listing, as in the reference', () => {
  const text = run(source, '--print-opt-code', '--print-opt-code-filter=f');
  const lines = text
    .replace(/0x[0-9a-f]{6,}/g, 'ADDRESS')
    .split('\n')
    .filter((line) => !/^ADDRESS +[0-9a-f]+ {2}[0-9a-f]+ /.test(line));
  assert.deepEqual(lines.slice(0, 11), [
    '--- Raw source ---',
    '(a){return a+1} ',
    '',
    '--- Optimized code ---',
    'optimization_id = 0',
    'source_position = 10',
    'kind = TURBOFAN_JS',
    'name = f',
    'compiler = turbofan',
    'address = ADDRESS',
    '',
  ]);
  assert.match(lines[11]!, /^Instructions \(size = \d+\)$/);
  const from = (start: string): string[] => lines.slice(lines.findIndex((line) => line.startsWith(start)));
  assert.deepEqual(from('Source positions:').slice(0, 2), ['Source positions:', ' pc offset  position']);
  assert.match(text, /\n {8,9}[0-9a-f]{1,2} {8}22\n {8,9}[0-9a-f]{1,2} {8}24\n\nInlined functions \(count = 0\)\n/);
  const deopt = from('Deoptimization Input Data');
  assert.deepEqual(deopt.slice(0, 4), [
    'Deoptimization Input Data (deopt points = 3)',
    ' index  bytecode-offset    pc',
    '     0                2    NA ',
    '     1                2    NA ',
  ]);
  assert.match(deopt[4]!, /^ {5}2 {15}-1 {2,}[0-9a-f]+ $/);
  assert.match(
    text,
    /Safepoints \(stack slots = 6, entries = \d+, byte size = \d+\)\n.* {2}deopt {6}2 trampoline: +[0-9a-f]+\n/,
  );
  assert.match(text, /;; debug: deopt reason 'not a Smi'\n +;; debug: deopt index 0\n/);
  assert.match(text, /;; debug: deopt reason '\(unknown\)'\n +;; debug: deopt index 2\n/);
  assert.match(text, /\nRelocInfo \(size = \d+\)\n/);
  assert.deepEqual(lines.slice(-2), ['--- End code ---', '']);
});

test('--print-opt-code-filter chooses functions by name', () => {
  assert.equal(run(source, '--print-opt-code', '--print-opt-code-filter=g'), '');
});
