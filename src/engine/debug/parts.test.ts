// The debugger's small parts, each alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi } from '../heap/index.ts';
import { Cpu, CpuState, Rflag } from '../x64/index.ts';
import { hex64, parseAddress } from './addresses.ts';
import { hitCounts } from './hit-condition.ts';
import { conditionHolds, jumpOutcome } from './jump-outcome.ts';
import { messageParts } from './log-message.ts';
import { numberText, quote } from './preview.ts';
import { PureEvaluator, primitiveText } from './pure-evaluator.ts';
import { References } from './references.ts';
import { flagsText } from './registers.ts';

test('hit conditions', () => {
  const hits = (condition: string | undefined): number[] => [1, 2, 3, 4, 5, 6].filter((n) => hitCounts(condition, n));
  assert.deepEqual(hits(undefined), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(hits('3'), [3]);
  assert.deepEqual(hits('== 3'), [3]);
  assert.deepEqual(hits('>4'), [5, 6]);
  assert.deepEqual(hits('>= 4'), [4, 5, 6]);
  assert.deepEqual(hits('<2'), [1]);
  assert.deepEqual(hits('<=2'), [1, 2]);
  assert.deepEqual(hits('%2'), [2, 4, 6]);
  assert.throws(() => hits('often'), /Expected a hit condition/);
});

test('addresses: full, short, and wrong', () => {
  assert.equal(parseAddress('0x1c2f00400010'), 0x400010);
  assert.equal(parseAddress('0x400010', -16), 0x400000);
  assert.throws(() => parseAddress('0xffff000000000000'), /outside/);
  assert.throws(() => parseAddress('here'), /Expected an address/);
  assert.equal(hex64(-1, cageHi), '0x00001c2fffffffff');
});

// Seen to fail: `be` from CF alone.
test('R1: whether a conditional jump would be taken is read from the flags, for all sixteen conditions', () => {
  const cpu = new Cpu(new ArrayBuffer(CpuState.Size), 0);
  const taken = (flags: number): number[] => {
    cpu.flags = flags;
    return Array.from({ length: 16 }, (_, cc) => cc).filter((cc) => conditionHolds(cpu, cc));
  };
  // Of each pair, exactly one holds.
  for (let bits = 0; bits < 32; bits++) {
    const flags = [Rflag.CF, Rflag.PF, Rflag.ZF, Rflag.SF, Rflag.OF].reduce(
      (f, bit, i) => f | ((bits >> i) & 1 ? bit : 0),
      0,
    );
    assert.equal(taken(flags).length, 8, `flags ${flags}`);
  }
  assert.deepEqual(taken(Rflag.ZF), [1, 3, 4, 6, 9, 11, 13, 14]);
  assert.deepEqual(taken(Rflag.CF), [1, 2, 5, 6, 9, 11, 13, 15]);
  assert.deepEqual(taken(Rflag.OF), [0, 3, 5, 7, 9, 11, 12, 14]);
  cpu.flags = Rflag.ZF;
  assert.equal(jumpOutcome(cpu, '0f8486020000'), 1); // jz near
  assert.equal(jumpOutcome(cpu, '0f8586020000'), 0); // jnz near
  assert.equal(jumpOutcome(cpu, '7510'), 0); // jnz short
  assert.equal(jumpOutcome(cpu, 'e900000000'), 1); // jmp
  assert.equal(jumpOutcome(cpu, '4889e5'), -1); // no jump
});

test('texts of primitives', () => {
  assert.equal(quote("it's"), '"it\'s"');
  assert.equal(quote('a\nb'), "'a\\nb'");
  assert.equal(numberText(-0), '-0');
  assert.equal(primitiveText(12n), '12n');
  assert.equal(primitiveText(undefined), 'undefined');
  assert.equal(flagsText(Rflag.ZF | Rflag.PF | Rflag.Reserved1), '0x46 [PF ZF]');
});

test('expressions without side effects, on primitives', () => {
  const evaluator = new PureEvaluator(undefined as never, new Map());
  const value = (text: string): unknown => (evaluator.evaluate(text) as { primitive: unknown }).primitive;
  assert.equal(value('1 + 2 * 3'), 7);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the debuggee's template
  assert.equal(value('`a${1 + 1}b`'), 'a2b');
  assert.equal(value('typeof "x" + (true ? 1 : 2)'), 'string1');
  assert.equal(value('null ?? "d"'), 'd');
  assert.equal(value('2n ** 64n'), 2n ** 64n);
  assert.equal(value('-1 >>> 0'), 4294967295);
  for (const text of ['f()', 'x = 1', 'new X', 'i++', 'delete a.b', '() => 1', '[1]', 'await x', '/x/'])
    assert.throws(() => evaluator.evaluate(text), /may change|delete|not defined/, text);
});

test('children come in pages, named and indexed', () => {
  const references = new References();
  const ref = references.add({
    named: () => [{ name: 'length', value: '3', ref: 0 }],
    indexedCount: 3,
    indexed: (start, count) =>
      Array.from({ length: count }, (_, i) => ({ name: String(start + i), value: 'x', ref: 0 })),
  });
  const names = (...args: [number, number, ('named' | 'indexed')?]): string =>
    references
      .children(ref, args[0], args[1], args[2])
      .map((v) => v.name)
      .join();
  assert.equal(names(0, 0), '0,1,2,length');
  assert.equal(names(1, 2, 'indexed'), '1,2');
  assert.equal(names(0, 0, 'named'), 'length');
  assert.equal(names(2, 2), '2,length');
  references.clear();
  assert.throws(() => references.get(ref), /earlier stop/);
});

// Seen to fail: an expression ended at the first closing brace, or was none when it had one of its own.
test('expressions of log messages end where JavaScript says', () => {
  const shown = (message: string): string =>
    messageParts(message)
      .map((part) => ('text' in part ? part.text : `<${part.expression}>`))
      .join('');
  assert.equal(shown('a {b} c'), 'a <b> c');
  assert.equal(
    shown('{ {a: {b: 1}}.a.b } and {[1, 2].map((x) => { return x; })}'),
    '< {a: {b: 1}}.a.b > and <[1, 2].map((x) => { return x; })>',
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a person types it
  assert.equal(shown('{`x${`y}${z}`}`} {"}"} {/[}]/.source}'), '<`x${`y}${z}`}`> <"}"> </[}]/.source>');
  assert.equal(shown('{a /* } */}{b,c}'), '<a /* } */><b,c>');
  assert.equal(shown('{} { } } { open'), '{} { } } { open');
  assert.equal(shown('{a.} {b}'), '<a.> <b>');
});
