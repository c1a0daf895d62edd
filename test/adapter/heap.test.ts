// The heap over the protocol: spaces, an object's way from a root, and breakpoints on collections.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frames, open, options, program, resume, scope } from './real-engine.ts';

const file = program(
  'heap.js',
  `const kept = { list: [{ x: 1 }, { x: 2 }] };
function spin(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }
gc();
spin(10);
debugger;
console.log(kept.list.length);
`,
);

// Seen to fail: a route without its row of arguments; names of collections not refused.
test('R28 R30: bailout/heap, and breakpoints gc:scavenge, gc:mark, gc:finalize', options, async () => {
  const client = open();
  await client.start({ program: file, v8Flags: ['--expose-gc'] }, async () => {
    const { breakpoints } = await client.request('setFunctionBreakpoints', {
      breakpoints: ['gc:scavenge', 'gc:mark', 'gc:finalize', 'gc:sweep'].map((name) => ({ name })),
    });
    assert.deepEqual(
      breakpoints.map(({ verified }: { verified: boolean }) => verified),
      [true, true, true, false],
    );
    assert.match(breakpoints[3].message, /Expected gc:scavenge, gc:mark, gc:finalize\./);
  });
  const collected = await client.event('stopped', 40_000);
  assert.match(collected.description, /^Paused: scavenge: .*; mark: .*; finalize: /);
  const [top] = await frames(client);
  const lines = await scope(client, top!, 'Garbage Collection');
  assert.deepEqual(
    lines.map(({ name }) => name),
    ['scavenge', 'moved', 'mark', 'finalize'],
  );
  // A page of what was moved.
  const { variablesReference } = lines[1]!;
  const page = await client.request('variables', { variablesReference, filter: 'indexed', start: 1, count: 3 });
  assert.equal(page.variables.length, 3);
  for (const { name, value } of page.variables) {
    assert.match(name, /^0x[0-9a-f]+ → 0x[0-9a-f]+$/);
    assert.match(value, /^(copied|promoted), \d+ bytes/);
  }
  await resume(client);
  await client.event('stopped');
  const { heap } = await client.request('bailout/heap', {
    expression: 'kept.list[1]',
    frameId: (await frames(client))[0]!.id,
  });
  assert.deepEqual(
    heap.spaces.map(({ name }: { name: string }) => name),
    ['new space', 'old space', 'large objects', 'code space', 'read-only space'],
  );
  assert.equal(heap.object.value, '{x: 2}');
  assert.match(heap.object.generation, /^old/);
  assert.deepEqual(
    heap.object.path.slice(-3).map(({ by }: { by: string }) => by),
    ['list', 'elements', '[1]'],
  );
  assert.match((await client.response('bailout/heap', { address: 'nowhere' })).message!, /Expected an address/);
  assert.match((await client.response('bailout/heap', { address: 7 })).message!, /address/);
  await resume(client);
  await client.event('terminated');
  assert.equal((await client.response('bailout/heap', {})).success, false);
});
