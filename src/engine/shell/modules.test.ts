// ES modules: test/builtins/modules prints what V8 13.6 printed for it (expected.txt, recorded with Node.js); what the shells
// do with module files; scripts' top-level declarations, which V8 keeps in script contexts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { nodeHost } from '../isolate/host.ts';
import { RecordingHost } from '../isolate/recording-host.ts';
import { runProgram } from '../node/commands.ts';
import { runD8 } from './commands.ts';

const folder = path.resolve(import.meta.dirname, '../../../test/builtins/modules');

for (const flags of [['--no-opt'], [], ['--gc-at-every-safepoint']]) {
  test(`modules print what they print in V8 (${flags.join(' ') || 'default flags'})`, () => {
    let text = '';
    const host = {
      ...nodeHost(),
      write: (_stream: 'stdout' | 'stderr', chunk: string) => {
        text += chunk;
      },
    };
    const parsed = parseFlags([...flags, path.join(folder, 'main.mjs')], { stopAtFirstFile: true });
    assert.equal(runProgram(parsed, host), 0);
    assert.equal(text, readFileSync(path.join(folder, 'expected.txt'), 'utf8'));
  });
}

const d8 = (files: Readonly<Record<string, string>>, args: readonly string[]): { status: number; stdout: string } => {
  const host = new RecordingHost(new Map(Object.entries(files)));
  const status = runD8(parseFlags(args, { shellFlags: ['module'] }), host);
  return { status, stdout: host.stdout };
};

test('d8 --module runs the file behind it as a module, the others as scripts', () => {
  const files = {
    '/m.js': `import { v } from './dep.js'; print(v, typeof this, import.meta.url); await 0; print('after');`,
    '/dep.js': 'export const v = 1;',
    '/s.js': 'print(typeof this);',
  };
  const { status, stdout } = d8(files, ['--module', '/m.js', '/s.js']);
  assert.equal(stdout, '1 undefined file:///m.js\nafter\nobject\n');
  assert.equal(status, 0);
});

test('a module that throws fails the run, with the message', () => {
  const { status, stdout } = d8({ '/m.mjs': `await 0; throw new TypeError('late');` }, ['/m.mjs']);
  assert.equal(status, 1);
  assert.match(stdout, /TypeError: late/);
});

test('a source without an extension of its own is a module when it only parses as one', () => {
  const host = new RecordingHost(new Map([['/t.js', `import assert from 'node:assert'; console.log(typeof assert);`]]));
  assert.equal(runProgram(parseFlags(['/t.js'], { stopAtFirstFile: true }), host), 0);
  assert.equal(host.stdout, 'function\n');
});

test('the host decides which files are there', () => {
  const host = new RecordingHost(new Map([['/t.mjs', `import('./no.mjs').catch((e) => console.log(e.code));`]]));
  assert.equal(runProgram(parseFlags(['/t.mjs'], { stopAtFirstFile: true }), host), 0);
  assert.equal(host.stdout, 'ERR_MODULE_NOT_FOUND\n');
});

test('top-level let and const are shared by scripts, and keep their own slots', () => {
  const files = {
    '/a.js': 'let x = 41; const c = 1; function self() { return this; } function next() { return x++ + c; }',
    '/b.js': `
      print(typeof self(), self() === globalThis, next(), x);
      x = 1;
      for (let i = 0; i < 20000; i++) next();
      print(x);
      try { c = 2; } catch (e) { print(e.name); }`,
    '/c.js': 'let x;',
  };
  const { status, stdout } = d8(files, ['/a.js', '/b.js', '/c.js']);
  assert.equal(status, 1);
  assert.match(stdout, /^object true 42 42\n20001\nTypeError\n.*Identifier 'x' has already been declared/s);
});

test('CommonJS: one main module, JSON is cached, a missing module has a code, process.exit() takes exitCode', () => {
  const files = {
    '/main.js': `const a = require('./a'), data = require('./data.json');
      console.log(a.isMain, require.main === module, a.data === data, data.n);
      try { require('./missing'); } catch (error) { console.log(error.code); }
      process.exitCode = 9;
      setTimeout(() => process.exit(), 1);`,
    '/a.js': `exports.isMain = require.main === module; exports.data = require('./data.json');`,
    '/data.json': '{"n": 1}',
  };
  const host = new RecordingHost(new Map(Object.entries(files)));
  assert.equal(runProgram(parseFlags(['/main.js'], { stopAtFirstFile: true }), host), 9);
  assert.equal(host.stdout, 'false true true 1\nMODULE_NOT_FOUND\n');
});
