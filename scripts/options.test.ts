import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { readOptions } from './options.ts';

test('values stand after a space or an equals sign, and may look like options', () => {
  const { rest, ...options } = readOptions(
    'x',
    { count: 'number', flags: 'text', verbose: 'switch' },
    { rest: 'file' },
    ['--count', '3', 'a.js', '--flags', '--no-opt', '--verbose', 'b.js'],
  );
  assert.deepEqual(options, { count: 3, flags: '--no-opt', verbose: true });
  assert.deepEqual(rest, ['a.js', 'b.js']);
  assert.equal(readOptions('x', { count: 'number' }, {}, ['--count=7']).count, 7);
});

test('a command says how it is used, and starts nothing on what it does not know', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'fuzz/fuzz.ts'), ...args], {
      encoding: 'utf8',
    });
  assert.match(run('--help').stdout, /^usage: npm run fuzz/);
  for (const [args, complaint] of [
    [['--counts', '3'], /^Unknown option '--counts'/],
    [['--count', 'many'], /^--count wants a number, found 'many'/],
    [['seven'], /^Unexpected argument 'seven'/],
  ] as const) {
    const { status, stderr, stdout } = run(...args);
    assert.equal(status, 2);
    assert.match(stderr, complaint);
    assert.equal(stdout, '');
  }
});
