// `bailout report`: what it prints about one program.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { nodeHost } from '../isolate/index.ts';
import { report } from './report.ts';
import { areaProgram, writeProgram } from './test-driver.ts';

function run(...args: string[]): { status: number; text: string } {
  let text = '';
  const status = report(parseFlags(args), {
    ...nodeHost(),
    write: (_, part) => {
      text += part;
    },
  });
  return { status, text };
}

// Seen to fail: the listener without the first tier-up.
test('R27: the report tells tier-ups and bailouts between the lines of the program', () => {
  const { status, text } = run('--allow-natives-syntax', writeProgram(areaProgram));
  assert.equal(status, 0);
  const order = text.split('\n').filter((line) => /^[▲▼│]/.test(line) && !line.startsWith('▲ compiled'));
  assert.deepEqual(
    order.map((line) => line.slice(0, 12)),
    ['▲ tier-up 1:', '│ 90', '▼ bailout 1:', '│ 96'],
  );
  assert.match(text, /▼ bailout 1: area, inlined into total \(optimized #0\) {2}program-\d+\.js:2:16/);
  assert.match(text, /1 tier-up, 1 bailout\n$/);
});

// Seen to fail: a site that counts OSR code with the function's own.
test('R27: what was optimized again says how often and why, and a table at the end has it by function', () => {
  const { text } = run(
    '--allow-natives-syntax',
    writeProgram(`function f(o) { return o.v; }
const optimize = (o) => { %PrepareFunctionForOptimization(f); f(o); f(o); %OptimizeFunctionOnNextCall(f); f(o); };
optimize({ v: 1 });
f({ w: 1, v: 2 });
optimize({ w: 1, v: 2 });
`),
  );
  assert.match(
    text,
    /tier-up 2: f \(optimized #\d+, the 2nd time\) {2}program-\d+\.js:1:11\n {2}asked .*; left since: bailout 1, wrong map;/,
  );
  assert.match(text, /Optimized more than once\n {2}f {2}2 times {2}#\d+ #\d+\n\n2 tier-ups, 1 bailout\n$/);
});

// Seen to fail: `bailout` without guard, registers, frameState, frames, each in turn.
test('R9 R16: the report shows guard, registers, the FrameState tree and every slot', () => {
  const { text } = run('--allow-natives-syntax', writeProgram(areaProgram));
  const flat = text.replace(/\s+/g, ' ');
  assert.match(
    flat,
    /Expected \{width: Smi, height: Smi\}, found \{height: Smi, width: Smi\}: \{height: 3, width: 4\}\./,
  );
  assert.match(text, /▶ +[0-9a-f]+ {2}[0-9a-f]+ +jnz 0x.*;; to deopt exit \d+: wrong map/);
  assert.match(text, /Registers\n {4}r\w+ +0x0000[0-9a-f]{12} /);
  assert.match(text, /total @ \d+\n[\s\S]*└─ area @ \d+\n/);
  assert.match(text, /│ {2}a0 shape +r\w+ +tagged +→ \{height: 3, width: 4\}/);
  assert.match(text, /Frame 1 of 2 {3}total @ \d+, \d+ bytes/);
  assert.match(text, /Frame 2 of 2 {3}area @ \d+, \d+ bytes/);
  assert.match(text, /\[top \+ +\d+\] {2}feedback vector +<FeedbackVector\[\d+\]>/);
  assert.match(text, /\[top \+ {3}0\] {2}accumulator/);
});

test('a missing file is said plainly', () => {
  const { status, text } = run('/nowhere/at-all.js');
  assert.equal(status, 1);
  assert.match(text, /cannot read '\/nowhere\/at-all\.js': there is no such file/);
});
