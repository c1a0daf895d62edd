import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainLine, jumpTargetLine } from './listings.ts';

const bytecode = [
  '   42 E> 0x3a10b520197e @    6 : 75 f8 00          TestLessThan r1, [0]',
  '         0x3a10b5201981 @    9 : a3 1d             JumpIfFalse [29] (0x3a10b520199e @ 38)',
  '   51 S> 0x3a10b5201983 @   11 : 0b f8             Ldar r1',
  '   64 S> 0x3a10b520199e @   38 : 0b f9             Ldar r0',
];
const code = [
  '0x1c2f00400140    40  483b65e0       REX.W cmpq rsp,[rbp-0x20]',
  '0x1c2f00400144    44  0f8606000000   jna 0x1c2f00400150  <+0x50>',
  "0x1c2f0040014a    4a  41ff55d8       call [r13-0x28]    ;; debug: deopt reason 'wrong map'",
  '0x1c2f00400150    50  c3             retl',
];

test('a bytecode is explained from the table', () => {
  const found = explainLine('bailout-bytecode', bytecode[0]!, 55);
  assert.match(found!.markdown, /TestLessThan \$0, \$1/);
  assert.match(found!.markdown, /feedback slot/);
  assert.equal(bytecode[0]!.slice(found!.start, found!.end), 'TestLessThan');
  assert.equal(explainLine('bailout-bytecode', bytecode[0]!, 3), undefined);
});

test('an instruction is explained from its bytes', () => {
  const found = explainLine('bailout-x64', code[0]!, 40);
  assert.match(found!.markdown, /\*\*cmpq\*\* subtracts, keeps only the flags/);
  assert.match(found!.markdown, /Flags written: CF PF ZF SF OF/);
  assert.match(explainLine('bailout-x64', code[1]!, 40)!.markdown, /jumps if below or equal/);
  assert.match(explainLine('bailout-x64', code[2]!, 40)!.markdown, /Deoptimizer/);
});

test('jumps lead to the line of their target', () => {
  assert.equal(jumpTargetLine(bytecode, 1), 3);
  assert.equal(jumpTargetLine(bytecode, 0), undefined);
  assert.equal(jumpTargetLine(code, 1), 3);
});

test('lines that are no instructions have no explanation', () => {
  for (const line of ['', 'Constant pool (size = 0)', 'Instructions (size = 40)', '   99 S> @ x : zz Bogus']) {
    assert.equal(explainLine('bailout-bytecode', line, 0), undefined);
    assert.equal(explainLine('bailout-x64', line, 0), undefined);
  }
});

// Seen to fail: a line of 200,000 spaces, which kept the server busy for more than a minute.
test('a saved listing is hostile input: hovers say nothing of its text', () => {
  const bait = '[x](command:workbench.action.quit) <img src=x onerror=alert(1)>';
  const lines = [
    `   42 E> 0x3a10b520197e @    6 : 75 f8 00          TestLessThan r1, ${bait}`,
    `0x1c2f00400140    40  483b65e0       ${bait}    ;; ${bait}`,
    `0x1c2f00400140    40  ff             ${bait}`,
    `0x${'f'.repeat(400)}    40  ${'48'.repeat(4000)}       nop`,
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty'].map(
      (name) => `   42 E> 0x3a10b520197e @    6 : 75 f8 00          ${name} r1, [0]`,
    ),
    ' '.repeat(200_000),
    `0x1 ${'0 '.repeat(100_000)}`,
  ];
  for (const language of ['bailout-bytecode', 'bailout-x64'])
    for (const line of lines)
      for (const column of [0, 40, 55, Math.max(0, line.length - 1)]) {
        const found = explainLine(language, line, column);
        assert.doesNotMatch(found?.markdown ?? '', /command:|<img|native code|\[object/, line.slice(0, 80));
      }
  assert.equal(jumpTargetLine(lines, 0), undefined);
});
