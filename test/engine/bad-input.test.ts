// What can be wrong with a program or a command: each ends in a clear message and an exit status, soon.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { bailout } from './command-line.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bailout-bad-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
};

// Seen to fail, with all these lines broken in one build: syntaxErrorReport without file and line; readOrReport without the file's
// name; flag errors with status 1; `expected a JavaScript file` and `unknown command` with other words; uncaughtReport without its
// caret; the StackOverflow message; runGuarded without OutOfMemory; a SIGINT handler that does nothing.
describe('bad input ends in a clear error', { concurrency: 2 }, () => {
  for (const command of ['run', 'd8', 'report']) {
    test(`${command}: a syntax error shows file, line and place`, async () => {
      const { status, stdout, stderr } = await bailout([
        command,
        file(`syntax-${command}.js`, 'let a = 1;\nlet b = (2;\n'),
      ]);
      assert.equal(status, 1);
      const text = stdout + stderr;
      assert.match(text, /SyntaxError: /);
      assert.match(text, /syntax-\w+\.js:2/);
      assert.doesNotMatch(text, /\.ts:\d|cli\.js/, 'no stack of the engine');
    });

    test(`${command}: a missing file is said to be missing`, async () => {
      const { status, stderr } = await bailout([command, path.join(folder, 'nowhere.js')]);
      assert.equal(status, 1);
      assert.match(stderr, /nowhere\.js.*no such file/s);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });

    test(`${command}: an unknown flag is a usage error that names it`, async () => {
      const { status, stderr } = await bailout([command, '--no-such-flag', file('fine.js', '1;')]);
      assert.equal(status, 2);
      assert.match(stderr, /no-such-flag/);
    });

    test(`${command}: no file at all is a usage error`, async () => {
      const { status, stderr } = await bailout([command]);
      assert.equal(status, 2);
      assert.match(stderr, /expected a JavaScript file/);
    });
  }

  test('a folder, an unknown command and a flag without its value', async () => {
    const directory = await bailout(['run', folder]);
    assert.equal(directory.status, 1);
    assert.match(directory.stderr, /it is a directory/);
    const command = await bailout(['fly']);
    assert.equal(command.status, 2);
    assert.match(command.stderr, /unknown command 'fly'/);
    const value = await bailout(['run', '--deopt-every-n-times=many', file('fine2.js', '1;')]);
    assert.equal(value.status, 2);
    assert.match(value.stderr, /deopt-every-n-times/);
  });

  test('an exception that nobody catches', async () => {
    const { status, stderr } = await bailout(['run', file('throws.js', 'function f() { null.x; }\nf();')]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /throws\.js:1\n.*\n +\^\n\nTypeError: Cannot read properties of null \(reading 'x'\)\n {4}at f /,
    );
  });

  test('infinite recursion is a RangeError of the program, in every tier', async () => {
    const source = file('recursion.js', 'function f(n) { return f(n + 1) + 1; }\nf(0);');
    for (const flags of [[], ['--no-opt']]) {
      const { status, stderr } = await bailout(['run', ...flags, source]);
      assert.equal(status, 1);
      assert.match(stderr, /RangeError: Maximum call stack size exceeded\n {4}at f /);
    }
  });

  test('an allocation without end', async () => {
    const { status, stderr, milliseconds } = await bailout([
      'run',
      '--max-heap-size=160',
      file('allocates.js', 'const a = []; for (;;) a.push({ x: a.length });'),
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /JavaScript heap out of memory.*--max-heap-size/s);
    assert.doesNotMatch(stderr, /\n {4}at /);
    assert.ok(milliseconds < 50_000, `${milliseconds} ms`);
  });

  test('an endless loop ends at Ctrl+C', async () => {
    const { status, signal, stdout, milliseconds } = await bailout(
      ['run', file('loops.js', 'console.log("on"); for (;;);')],
      {
        seconds: 60,
        during: (child) => {
          child.stdout!.once('data', () => setTimeout(() => child.kill('SIGINT'), 300));
        },
      },
    );
    assert.equal(stdout, 'on\n');
    assert.ok(signal === 'SIGINT' || status === 130, `status ${status}, signal ${signal}`);
    assert.ok(milliseconds < 50_000, `${milliseconds} ms`);
  });
});
