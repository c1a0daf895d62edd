// Isolates from a startup snapshot against bootstrapped ones: the same memory, before and after programs; refused files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damaged } from '../../../test/damage.ts';
import { Flags, parseFlags } from '../base/index.ts';
import { IsolateData } from '../heap/index.ts';
import { NodeShell } from '../node/node-shell.ts';
import type { Embedder } from '../runtime/index.ts';
import { Isolate } from './isolate.ts';
import { RecordingHost } from './recording-host.ts';
import { createStartupSnapshot, readStartupSnapshot, type StartupSnapshot } from './startup-snapshot.ts';

const buildId = '0123456789abcdef';
const file = createStartupSnapshot(buildId);
const snapshot = readStartupSnapshot(file, buildId)!;

interface Engine {
  readonly isolate: Isolate;
  readonly host: RecordingHost;
}

const quiet = { deopt: false, verbose: false, write: () => undefined };

function engine(
  from: StartupSnapshot | undefined,
  args: readonly string[] = [],
  semiSpaceKiB = 1024,
  embedder: Embedder = {},
): Engine {
  const host = new RecordingHost();
  const { flags } = parseFlags(args, {});
  const isolate = new Isolate({
    flags,
    host,
    memoryMiB: 128,
    semiSpaceKiB,
    ...(from && { snapshot: from }),
    machine: quiet,
    embedder,
  });
  isolate.collectAtEverySafepoint = flags.get('gc-at-every-safepoint') === true;
  isolate.heap.isolateWord(IsolateData.DeoptEveryNTimes, flags.get('deopt-every-n-times') as number);
  isolate.heap.isolateWord(IsolateData.StressDeoptCount, flags.get('deopt-every-n-times') as number);
  return { isolate, host };
}

/** Where the two memories differ first, or −1. */
function firstDifference(a: Engine, b: Engine): number {
  const x = a.isolate.heap.u8;
  const y = b.isolate.heap.u8;
  assert.equal(x.length, y.length);
  return Buffer.compare(x, y) === 0 ? -1 : x.findIndex((byte, i) => byte !== y[i]);
}

function assertSame(a: Engine, b: Engine, when: string): void {
  assert.equal(firstDifference(a, b), -1, `memories differ ${when}`);
  for (const top of ['top', 'limit', 'end'] as const)
    assert.equal(a.isolate.heap.oldSpace[top], b.isolate.heap.oldSpace[top], `${top} of old space ${when}`);
  for (const top of ['readOnlyTop', 'codeTop', 'toSpace', 'fromSpace', 'bootstrapping'] as const)
    assert.equal(a.isolate.heap[top], b.isolate.heap[top], `${top} ${when}`);
  assert.deepEqual(
    a.isolate.rt.builtins.map((builtin) => builtin?.name),
    b.isolate.rt.builtins.map((builtin) => builtin?.name),
  );
  assert.deepEqual({ ...a.isolate.rt.names }, { ...b.isolate.rt.names });
}

test('an isolate from a snapshot has the memory of one that was bootstrapped', () => {
  assertSame(engine(undefined), engine(snapshot), 'after the start');
  assertSame(engine(undefined, [], 256), engine(snapshot, [], 256), 'with a small semispace');
});

// Properties of the library by name, symbols, host closures, bailouts, collections, regular expressions, errors, JSON.
const program = `
  const area = (box) => box.width * box.height;
  let total = 0;
  for (let i = 0; i < 3000; i++) total += area({ width: i % 10, height: 2 });
  total += area({ height: 3, width: 4 });
  const map = new Map([[1, 'one'], [Symbol.for('two'), [2]]]);
  class Own extends Error { get name() { return 'Own'; } }
  const fresh = Symbol('fresh');
  const garbage = []; for (let i = 0; i < 2e4; i++) garbage.push({ i, s: 'x' + i });
  function* count() { for (const value of [3, 1, 2]) yield value; }
  console.log(total, map, { [fresh]: 1 }, [...count()].sort(), 'a-b'.replace(/(a)-(b)/, '$2$1'));
  console.log(JSON.stringify({ a: [1, { b: null }] }), new Date(0).toISOString(), Math.max(1, 2), 10n ** 20n);
  try { throw new Own('thrown'); } catch (error) { console.log(String(error), error instanceof Own); }
  try { null.x } catch (error) { console.log(error.message); }
  Promise.resolve(1).then((value) => console.log('then', value));
  (async () => { await null; console.log('async'); })();
  const { proxy, revoke } = Proxy.revocable({}, {}); revoke();
  console.log(Object.getOwnPropertyNames(globalThis).length, Iterator.prototype.constructor === Iterator, typeof proxy);
  console.log(garbage.length, Array.from(new Set([1, 1, 2])), new Uint8Array(3), Object.keys(process).length);`;

for (const args of [[], ['--no-opt'], ['--deopt-every-n-times=3'], ['--gc-at-every-safepoint']]) {
  test(`programs run the same from a snapshot${args.map((arg) => ` (${arg})`).join('')}`, () => {
    const text = args[0] === '--gc-at-every-safepoint' ? program.replace('2e4', '200').replace('3000', '100') : program;
    // One after the other: the hook of feedback changes is the newest isolate's.
    const engines = [undefined, snapshot].map((from) => {
      let made: Engine | undefined;
      const shell = new NodeShell(
        (embedder) => {
          made = engine(from, args, 1024, embedder);
          return made.isolate;
        },
        ['node', '/program.js'],
      );
      assert.equal(shell.run('/program.js', text), 0, made!.host.stderr);
      return made!;
    }) as [Engine, Engine];
    assert.match(engines[0].host.stdout, /async/);
    assert.equal(engines[1].host.stdout, engines[0].host.stdout);
    assertSame(...engines, 'after the program');
  });
}

test('the snapshot holds the interpreter loop for its memory and no other', () => {
  const other = new Isolate({ flags: new Flags(), host: new RecordingHost(), memoryMiB: 160, snapshot });
  assert.notEqual(other.heap.size >> 16, snapshot.loopPages);
  assert.equal(other.runScript('let s = 0; for (let i = 0; i < 10; i++) s += i; s', 'sum.js'), 45 << 1);
});

// Seen to fail: openSealed without its checksum.
test('a snapshot of another build, or damaged in any way, is refused', () => {
  assert.equal(readStartupSnapshot(file, 'fedcba9876543210'), undefined);
  assert.notEqual(readStartupSnapshot(file, buildId), undefined);
  let count = 0;
  for (const { name, bytes } of damaged(file, 100, 9)) {
    assert.equal(readStartupSnapshot(bytes, buildId), undefined, name);
    count++;
  }
  assert.equal(count, 100);
});
