// The fuzzer's own parts: programs follow from their seeds, seeds add up, differences get small, and without a reference it says so.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { addSeed, countSeeds, holdsSeed, type Ranges } from './covered.ts';
import { modes, modesFor } from './modes.ts';
import { generateProgram } from './program.ts';
import { reduce } from './reduce.ts';

test('a seed makes one program, which parses', () => {
  for (let seed = 0; seed < 60; seed++) {
    const source = generateProgram(seed, seed % 2 === 0);
    assert.equal(source, generateProgram(seed, seed % 2 === 0));
    compileFunction(source.replace(/%(?=[A-Z]\w*\()/g, '$'), ['exports']);
  }
  assert.notEqual(generateProgram(1, false), generateProgram(2, false));
});

test('two modes a seed, and every pair of modes in turn', () => {
  const pairs = new Set<string>();
  for (let seed = 0; seed < modes.length * (modes.length - 1); seed++) {
    const [first, second] = modesFor(seed);
    assert.notEqual(first, second);
    pairs.add(`${first.name} ${second.name}`);
  }
  assert.equal(pairs.size, modes.length * (modes.length - 1));
});

// Seen to fail: addSeed without its last `if`: neighbours stayed apart.
test('seeds add up to ranges, in whatever order they come', () => {
  const ranges: Ranges = [];
  for (const seed of [5, 3, 4, 9, 10, 0, 8, 4]) addSeed(ranges, seed);
  assert.deepEqual(ranges, [
    [0, 1],
    [3, 6],
    [8, 11],
  ]);
  assert.equal(countSeeds(ranges), 7);
  assert.ok(holdsSeed(ranges, 10) && !holdsSeed(ranges, 7));
});

// Seen to fail: `removal` keeping the comma behind the last member.
test('a difference is reduced to what shows it', async () => {
  const source = `function f(a, b) { const o = { x: a, y: b }; for (let i = 0; i < 9; i++) { o.x += i; if (i > 3) break; } return [o.x, wanted(o.y), 3]; }
%PrepareFunctionForOptimization(f);
try { console.log(f(1, 2)); } catch (e) { console.log(e.message); } finally { f(3, 4); }
`;
  const small = await reduce(source, async (text) => /wanted\(/.test(text) && /%Prepare/.test(text));
  assert.ok(small.length < 90, small);
  assert.match(small, /wanted\(/);
  assert.match(small, /%PrepareFunctionForOptimization\(/);
});

test('without a reference it says so, with status 2', () => {
  const script = fileURLToPath(new URL('./fuzz.ts', import.meta.url));
  const env = { ...process.env, BAILOUT_REFERENCE: '/nowhere/node' };
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, '--count', '1'], {
    env,
    encoding: 'utf8',
  });
  assert.match(stderr, /no reference/);
  assert.equal(status, 2);
});
