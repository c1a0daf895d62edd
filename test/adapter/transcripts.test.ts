// Golden transcripts of whole sessions against the real engine: every message there and back, in a form that is the same on every run
// (addresses of the emulated machine are; paths, times and process ids are not).

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { golden } from '../golden.ts';
import { Client } from './client.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const skip = existsSync(path.join(root, 'dist/engine-worker.js')) ? false : 'the engine worker is not built';
const options = { skip, timeout: 60_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'bailout-transcript-'));
const clients: Client[] = [];
after(() => {
  for (const client of clients) client.dispose();
});

const program = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

function open(): Client {
  const client = Client.spawn(path.join(root, 'dist/cli.js'), 'dap');
  clients.push(client);
  return client;
}

/** What differs from run to run, or from one build of the engine to the next, has one form. */
function normalised(client: Client): string {
  const names = new Map<string, string>();
  const named = (kind: string, text: string): string => {
    const key = `${kind} ${text}`;
    let name = names.get(key);
    if (name === undefined) {
      name = `<${kind} ${[...names.keys()].filter((other) => other.startsWith(`${kind} `)).length}>`;
      names.set(key, name);
    }
    return name;
  };
  return `${[...client.transcript, ...unasked(client)]
    .join('\n')
    .replaceAll(folder, '/folder')
    .replace(/"(at|milliseconds|microseconds|codeSize|duration)":[\d.]+/g, '"$1":0')
    .replace(/\\?"(microseconds|took)\\?":\\?[\d.]+/g, '"$1":0')
    .replace(/\d+ µs/g, '0 µs')
    .replace(/\b0x[0-9a-f]{5,16}\b/g, (address) => named('address', address))}\n`;
}

/** Events that nobody waited for, in their order: what the program and logpoints print, bailouts with their pictures. */
const unasked = (client: Client): string[] =>
  client.events.flatMap(({ event, body }) => {
    if (event === 'output' || event === 'breakpoint' || event === 'bailout/timeline')
      return [`… event ${event} ${JSON.stringify(body)}`];
    if (event !== 'bailout/frameTranslations') return [];
    const pictures = body.translations as { bailout: number; translation: { frames?: unknown[]; steps?: unknown[] } }[];
    return [`… event ${event} ${JSON.stringify(pictures.map((picture) => Object.keys(picture)))}`];
  });

const stackTop = async (client: Client, levels = 4) =>
  (await client.request('stackTrace', { threadId: 1, startFrame: 0, levels })).stackFrames as {
    id: number;
    name: string;
  }[];

/** Scopes of a frame, and the variables of those that are named. */
async function look(client: Client, frameId: number, ...wanted: string[]): Promise<void> {
  const { scopes } = await client.request('scopes', { frameId });
  for (const { name, variablesReference } of scopes as { name: string; variablesReference: number }[])
    if (wanted.includes(name)) await client.request('variables', { variablesReference });
}

async function finish(client: Client): Promise<void> {
  await client.event('exited');
  await client.event('terminated');
  await client.request('disconnect', {});
}

// Seen to fail: a phase's stop without its text; a Frame translation event that comes twice.
test(
  'breakpoints in phases, stepping through the Deoptimizer, Frame translation events: golden transcript',
  options,
  async () => {
    const file = program(
      'phases.js',
      `function area(shape) { return shape.width * shape.height; }
function total(list) {
  let sum = 0;
  for (let i = 0; i < list.length; i++) sum += area(list[i]);
  return sum;
}
const list = [];
for (let i = 0; i < 4; i++) list.push({ width: i, height: 2 });
for (const f of [area, total]) %PrepareFunctionForOptimization(f);
total(list); total(list);
%OptimizeFunctionOnNextCall(total);
console.log(total(list));
list[2] = { height: 3, width: 4 };
console.log(total(list));
`,
    );
    const client = open();
    const next = async (command: string, args: object = {}): Promise<{ description?: string; reason?: string }> => {
      await client.request(command, { threadId: 1, ...args });
      return client.event('stopped');
    };
    await client.start(
      { program: file, v8Flags: ['--allow-natives-syntax'], sendFrameTranslations: true },
      async () => {
        await client.request('setExceptionBreakpoints', { filters: ['eager'] });
        await client.request('setFunctionBreakpoints', {
          breakpoints: [{ name: 'phase:materialize' }, { name: 'phase:slot:sum:total' }],
        });
      },
    );
    assert.equal((await client.event('stopped')).reason, 'bailout');
    const [guard] = await stackTop(client);
    await client.request('exceptionInfo', { threadId: 1 });
    await look(client, guard!.id, 'Locals', 'Guard', 'FrameState');
    await client.request('bailout/frameTranslation', {});
    for (let i = 0; i < 3; i++) await next('stepIn');
    await stackTop(client);
    await next('next');
    await next('continue');
    const [phase] = await stackTop(client);
    await look(client, phase!.id, 'Output Frame', 'Translation');
    await next('stepIn');
    await next('next');
    await next('stepOut');
    await stackTop(client);
    await client.request('setFunctionBreakpoints', { breakpoints: [] });
    await client.request('continue', { threadId: 1 });
    await finish(client);
    await golden(path.join(here, 'phases.expected'), normalised(client));
  },
);

// Seen to fail: a logpoint without its expression's value; an async frame that is not there.
test('everyday debugging: golden transcript', options, async () => {
  const file = program(
    'everyday.js',
    `function add(a, b) {
  const sum = a + b;
  return sum;
}
class Counter {
  #count = 0;
  up(by) {
    this.#count += by;
    return this.#count;
  }
}
const counter = new Counter();
for (let i = 0; i < 5; i++) counter.up(add(i, 1));
async function inner() {
  await null;
  return counter.up(1);
}
async function outer() {
  const result = await inner();
  return result;
}
outer().then((value) => {
  console.log('value', value);
  try {
    null.x;
  } catch (error) {
    console.log(error.message);
  }
  for (;;) {}
});
`,
  );
  const client = open();
  const stop = async (command: string): Promise<{ reason?: string }> => {
    await client.request(command, { threadId: 1 });
    return client.event('stopped');
  };
  await client.start({ program: file, stopOnEntry: true }, async () => {
    await client.request('setBreakpoints', {
      source: { path: file },
      breakpoints: [
        { line: 3, condition: 'a === 2' },
        { line: 8, logMessage: 'up by {by}' },
        { line: 16 },
        { line: 9, hitCondition: '5' },
      ],
    });
    await client.request('setExceptionBreakpoints', { filters: ['caught', 'uncaught'] });
  });
  assert.equal((await client.event('stopped')).reason, 'entry');
  assert.equal((await stop('continue')).reason, 'breakpoint');
  const [top] = await stackTop(client);
  await look(client, top!.id, 'Locals', 'Bytecode Registers');
  await client.request('evaluate', { expression: 'sum', frameId: top!.id, context: 'hover' });
  await client.request('evaluate', { expression: 'a * 10 + b', frameId: top!.id, context: 'watch' });
  await client.request('evaluate', { expression: 'let mine = [sum, { a }]; mine', frameId: top!.id, context: 'repl' });
  await client.response('evaluate', { expression: 'nowhere', frameId: top!.id, context: 'watch' });
  await client.request('completions', { frameId: top!.id, text: 'counter.u', column: 10 });
  await stop('stepOut');
  await stackTop(client);
  await stop('stepIn');
  await stop('next');
  assert.equal((await stop('continue')).reason, 'breakpoint');
  await stackTop(client);
  assert.equal((await stop('continue')).reason, 'breakpoint');
  const frames = await stackTop(client, 10);
  assert.ok(
    frames.some(({ name }) => name.includes('outer')),
    'the awaiting function is in the stack',
  );
  await client.request('setBreakpoints', { source: { path: file }, breakpoints: [] });
  assert.equal((await stop('continue')).reason, 'exception');
  await client.request('exceptionInfo', { threadId: 1 });
  await client.request('restart', {});
  assert.equal((await client.event('stopped')).reason, 'entry');
  await client.request('setExceptionBreakpoints', { filters: [] });
  await client.request('continue', { threadId: 1 });
  await client.event('output');
  await client.request('terminate', {});
  await finish(client);
  await golden(path.join(here, 'everyday.expected'), normalised(client));
});
