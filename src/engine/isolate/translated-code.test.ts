import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFlags } from '../base/index.ts';
import { NodeShell } from '../node/node-shell.ts';
import { isolateFor } from '../shell/commands.ts';
import { RecordingHost } from './recording-host.ts';

const program = `
  function Point(x, y) { this.x = x; this.y = y; }
  Point.prototype.norm = function () { return Math.sqrt(this.x * this.x + this.y * this.y); };
  function sum(points) {
    let s = 0;
    for (let i = 0; i < points.length; i++) s += points[i].norm();
    return s;
  }
  function catcher(f, i) {
    try { return f(i); } catch (e) { return e.length; }
  }
  function thrower(i) { if (i % 3 === 0) throw 'odd' + i; return i | 0; }
  function main() {
    const points = [];
    for (let i = 0; i < 60; i++) points.push(new Point(i, i * 2));
    let total = 0;
    for (let i = 0; i < 400; i++) total += sum(points);
    let hash = 7;
    for (let i = 0; i < 60000; i++) hash = (Math.imul(hash, 31) + i) ^ (hash >>> 3);
    let caught = 0;
    for (let i = 0; i < 5000; i++) caught += catcher(thrower, i);
    points.push(new Point(0.5, -0));
    total += sum(points);
    points.push({ norm: () => 'bail' });
    return [total, hash, caught, sum(points)].join();
  }
  console.log(main());
  console.log(main());`;

function run(...flags: string[]) {
  const host = new RecordingHost();
  const parsed = parseFlags([...flags, '/t.js'], { stopAtFirstFile: true });
  const shell = new NodeShell((embedder) => isolateFor(parsed.flags, host, embedder), []);
  const status = shell.run('/t.js', program);
  const machine = shell.isolate.machine!;
  return { status, stdout: host.stdout, stderr: host.stderr, retired: machine.cpu.retired, machine };
}

// Seen to fail: a block retiring one instruction too many.
for (const flags of [[], ['--deopt-every-n-times=5'], ['--always-osr']]) {
  test(`R4: translated code prints the same and retires the same instructions (${flags.join(' ') || 'default'})`, () => {
    const emulated = run('--emulator=interpret', ...flags);
    assert.equal(emulated.stderr, '');
    assert.ok(emulated.retired > 10_000, `${emulated.retired} instructions`);
    for (const mode of ['auto', 'translate']) {
      const translated = run(`--emulator=${mode}`, ...flags);
      assert.equal(translated.stderr, '');
      assert.equal(translated.stdout, emulated.stdout);
      // the shortcuts past the interpreter's entry retire nothing
      if (mode === 'auto') assert.ok(translated.retired < emulated.retired);
      else assert.equal(translated.retired, emulated.retired, `${mode}: retired`);
      const { translated: count = 0, reasons = [] } = translated.machine.translated ?? {};
      assert.ok(mode === 'auto' || count > 0, reasons.join('; '));
      assert.deepEqual(reasons, [], 'every code object of this program has a translation');
    }
  });
}
