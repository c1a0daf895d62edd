// What a stranger may send: a port takes messages and nothing else, arguments are what their request says, work can be
// cancelled. The long form of it is `npm run fuzz-dap`.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client } from './client.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'bailout-hostile-'));
const children: ChildProcess[] = [];
const clients: Client[] = [];
after(() => {
  for (const client of clients) client.dispose();
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const program = path.join(folder, 'program.js');
writeFileSync(program, 'const list = [1, 2, 3];\ndebugger;\nconsole.log(list.length);\n');
const onStdio = (): Client => {
  const client = Client.spawn(cli, 'dap');
  clients.push(client);
  return client;
};

async function listen(): Promise<number> {
  const child = spawn(process.execPath, [cli, 'dap', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  return new Promise((resolve) =>
    child.stderr.once('data', (data: Buffer) => resolve(Number(/:(\d+)/.exec(data.toString())![1]))),
  );
}

/** What comes back for bytes, until the other side closes. */
const exchange = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    socket.setTimeout(20_000, () =>
      reject(new Error(`the connection stays open after ${JSON.stringify(bytes.slice(0, 40))}`)),
    );
  });

const framed = (message: object): string => {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

// Seen to fail: MessageReader without `foreign`.
test('a port closes on the first byte that is no message, and does nothing of what follows', async () => {
  const port = await listen();
  const mark = path.join(folder, 'written-by-a-page');
  const launch = framed({ seq: 1, type: 'request', command: 'launch', arguments: { program, trace: mark } });
  for (const before of [
    `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${launch.length}\r\n\r\n`,
    'GET / HTTP/1.1\r\n\r\n',
    '\x16\x03\x01',
    '\r\n',
    'Host: here\r\n',
    'Content-Length: many\r\n\r\n',
    'Content-Length: 99999999999\r\n\r\n',
  ]) {
    assert.equal(await exchange(port, before + launch), '', before);
    assert.ok(!existsSync(mark));
  }
  const client = await Client.connect(port);
  clients.push(client);
  assert.equal((await client.request('initialize', {})).supportsCancelRequest, true);
});

// Seen to fail: `mayNameFiles` true for a port.
test('a client of a port names no file to write; trace goes to its console', async () => {
  const port = await listen();
  const client = await Client.connect(port);
  clients.push(client);
  const log = path.join(folder, 'trace.log');
  assert.match((await client.response('launch', { program, trace: log })).message!, /'trace' names a file/);
  assert.ok(!existsSync(log));
  await client.start({ program, trace: true });
  await client.event('stopped');
  const said = client.events.filter(({ event }) => event === 'output').map(({ body }) => body.output);
  assert.ok(
    said.some((line: string) => line.startsWith('From client: configurationDone')),
    said.join(''),
  );
});

// Seen to fail: a row of the table with `string` for a number.
test('a wrong argument is answered with an error that names it', async () => {
  const client = onStdio();
  await client.request('initialize', {});
  for (const [command, args, message] of [
    ['initialize', { linesStartAt1: false }, /'linesStartAt1'.*expected true .*found false/],
    ['launch', { program: 5 }, /'program' is wrong: expected a string, found 5/],
    ['launch', { program, args: 'x' }, /'args'.*a list of strings/],
    ['launch', { program, trace: 1 }, /'trace'.*true, false or the path/],
    ['restart', { arguments: { stopOnEntry: 'yes' } }, /'arguments\.stopOnEntry'.*true or false, found "yes"/],
    ['cancel', { requestId: '1' }, /'requestId'/],
    ['setBreakpoints', undefined, /'source'.*an object, found nothing/],
    [
      'setBreakpoints',
      { source: { path: program }, breakpoints: [{ line: 1 }, { line: '2' }] },
      /'breakpoints\[1\]\.line'/,
    ],
    ['setBreakpoints', { source: { path: 3 } }, /'source\.path'/],
    ['setFunctionBreakpoints', { breakpoints: [{}] }, /'breakpoints\[0\]\.name'/],
    [
      'setInstructionBreakpoints',
      { breakpoints: [{ instructionReference: 1 }] },
      /'breakpoints\[0\]\.instructionReference'/,
    ],
    ['setExceptionBreakpoints', { filters: ['everything'] }, /'filters\[0\]'.*'uncaught'/],
    ['breakpointLocations', { source: { path: program }, line: 1.5 }, /'line'/],
    ['stackTrace', { threadId: 7 }, /'threadId'.*expected 1, found 7/],
    ['stackTrace', { levels: -1 }, /'levels'/],
    ['scopes', {}, /'frameId'/],
    ['variables', { variablesReference: -1 }, /'variablesReference'/],
    ['variables', { variablesReference: 1, filter: 'all' }, /'filter'.*'indexed' or 'named'/],
    ['setVariable', { variablesReference: 1, name: 'x' }, /'value'/],
    ['setExpression', { expression: [], value: '1' }, /'expression'.*found a list/],
    ['evaluate', { expression: null }, /'expression'/],
    ['completions', { text: 'a', column: 0 }, /'column'/],
    ['source', { sourceReference: 1e308 }, /'sourceReference'/],
    ['next', { granularity: 'page' }, /'granularity'/],
    ['disassemble', { memoryReference: '0x0', instructionCount: 1e9 }, /'instructionCount'.*from 0 to 100000/],
    ['readMemory', { memoryReference: '0x0', count: 1e308 }, /'count'/],
    ['readMemory', { memoryReference: '0x0', count: 1, offset: 1e308 }, /'offset'/],
    ['writeMemory', { memoryReference: '0x0', data: '*' }, /'data'.*base64/],
    ['bailout/listing', { kind: 'graph' }, /'kind'/],
    ['bailout/setGuardBreakpoints', {}, /'breakpoints'/],
  ] as const) {
    assert.match((await client.response(command, args)).message ?? 'no error', message, command);
  }
  assert.match((await client.response('next', [1] as never)).message!, /arguments are wrong: expected an object/);
});

// Seen to fail: Trace.message without its catch.
test('arguments nested 200,000 deep are answered', async () => {
  const client = onStdio();
  await client.start({ program, trace: true });
  await client.event('stopped');
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const text = `{"seq":500,"type":"request","command":"threads","arguments":{"threadId":${deep}}}`;
  client.raw(`Content-Length: ${text.length}\r\n\r\n${text}`);
  assert.equal((await client.request('threads')).threads.length, 1);
});

// Seen to fail: EngineChannel.isCancelled always false.
test('cancel ends an evaluation that would not end; the program is as it was', async () => {
  const client = onStdio();
  await client.start({ program });
  await client.event('stopped');
  const endless = client.response('evaluate', { expression: '(() => { for (;;); })()', frameId: 1, context: 'repl' });
  await client.request('cancel', { requestId: 4 }); // initialize, launch, configurationDone are 1 to 3
  assert.equal((await endless).message, 'cancelled');
  assert.equal(
    (await client.request('evaluate', { expression: 'list.map((x) => 2 * x)', frameId: 1, context: 'repl' })).result,
    '(3) [2, 4, 6]',
  );
  await client.request('continue', { threadId: 1 });
  await client.event('terminated');
});

test('a second launch is refused; restart is there for that', async () => {
  const client = onStdio();
  await client.start({ program });
  await client.event('stopped');
  assert.match((await client.response('launch', { program })).message!, /launched already/);
  await client.request('restart', {});
  assert.equal((await client.event('stopped')).reason, 'breakpoint');
});

// Seen to fail: readTextFile without its test for regular files.
test('a device is no program', { skip: process.platform === 'win32' }, async () => {
  const client = onStdio();
  for (const file of ['/dev/zero', '/dev/null', '/dev'])
    assert.match(
      (await client.response('launch', { program: file })).message!,
      /^Cannot read '.*': it is (?:no regular file|a directory)\.$/,
    );
  assert.match((await client.response('launch', { program: 'a\0b' })).message!, /zero byte/);
});

test('mutated input leaves the adapter standing', () => {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'scripts/fuzz/dap-inputs.ts'), '--seed', '7', '--count', '700'],
    { cwd: root, encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout);
});
