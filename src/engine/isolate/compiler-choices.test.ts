import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlags } from '../base/index.ts';
import { compilerChoices } from './compiler-choices.ts';

const choices = (...args: string[]) => compilerChoices(parseFlags(args).flags);

test('every flag changes what is compiled', () => {
  const usual = choices();
  assert.deepEqual([...usual.without!], []);
  assert.equal(usual.inlining!.enabled, true);
  assert.equal(choices('--no-turbo-inlining').inlining!.enabled, false);
  assert.equal(choices('--max-inlined-bytecode-size=1').inlining!.maxBytecodeSize, 1);
  assert.equal(choices('--max-inlined-bytecode-size-small=2').inlining!.smallSize, 2);
  assert.equal(choices('--max-inlined-bytecode-size-absolute=3').inlining!.maxAbsolute, 3);
  assert.equal(choices('--max-inlined-bytecode-size-cumulative=4').inlining!.maxCumulative, 4);
  assert.equal(choices('--reserve-inline-budget-scale-factor=1.5').inlining!.reserveScaleFactor, 1.5);
  assert.equal(choices('--min-inlining-frequency=0.5').inlining!.minFrequency, 0.5);
  assert.deepEqual(
    [...choices('--no-turbo-escape', '--no-turbo-loop-peeling').without!],
    ['V8.TFLoopPeeling', 'V8.TFEscapeAnalysis'],
  );
  assert.equal(choices('--turbo-verify').verify, true);
  assert.equal(usual.inlining!.trace, undefined);
  const trace = (): void => {};
  assert.equal(compilerChoices(parseFlags(['--trace-turbo-inlining']).flags, trace).inlining!.trace, trace);
  assert.deepEqual([...choices('--no-turbo-load-elimination').without!], ['V8.TFLoadElimination']);
});
