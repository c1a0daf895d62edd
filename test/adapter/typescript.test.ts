// TypeScript as a client of the adapter debugs it: a project with path aliases, of files whose types are blanked and files that are
// transformed; and JavaScript that a compiler made, through its source maps.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'classic-typescript';
import { Client } from './client.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const cli = path.join(root, 'dist/cli.js');
const skip = existsSync(path.join(root, 'dist/engine-worker.js')) ? false : 'the engine worker is not built';
const options = { skip, timeout: 60_000 };
const project = path.join(here, 'testdata/typescript');
const main = path.join(project, 'src/main.ts');

const clients: Client[] = [];
const open = (): Client => {
  const client = Client.spawn(cli, 'dap');
  clients.push(client);
  return client;
};
after(() => {
  for (const client of clients) client.dispose();
});

const output = (client: Client, category = 'stdout'): string =>
  client.events
    .filter((event) => event.event === 'output' && event.body.category === category)
    .map((event) => event.body.output)
    .join('');

type Frame = {
  id: number;
  name: string;
  line: number;
  column: number;
  source?: { path?: string; sourceReference?: number };
};

const frames = async (client: Client): Promise<Frame[]> =>
  (await client.request('stackTrace', { threadId: 1 })).stackFrames;
const place = ({ name, line, source }: Frame): string => `${name} ${path.basename(source?.path ?? '')}:${line}`;
const breakAt =
  (file: string, ...lines: number[]) =>
  (client: Client) =>
    client.request('setBreakpoints', { source: { path: file }, breakpoints: lines.map((line) => ({ line })) });
const go = async (client: Client, command: string): Promise<Frame[]> => {
  await client.request(command, { threadId: 1 });
  await client.event('stopped');
  return frames(client);
};

test('a TypeScript project prints what it should', options, async () => {
  const client = open();
  await client.start({ program: main, noDebug: true });
  assert.equal((await client.event('exited')).exitCode, 0);
  assert.equal(output(client), 'areas: <90000>, <33> small after set and get\nsection(squares list(0,1,4))\n');
});

test('breakpoints bind where the files are loaded: blanked, transformed and decorated ones', options, async () => {
  const client = open();
  const lines = { 'src/util/range.ts': 3, 'src/app/report.ts': 17, 'src/util/size.ts': 11, 'src/store/store.ts': 13 };
  await client.start({ program: main }, async () => {
    for (const [name, line] of Object.entries(lines)) await breakAt(path.join(project, name), line)(client);
  });
  const stops: string[] = [];
  for (let i = 0; i < 4; i++) {
    await client.event('stopped');
    const [top] = await frames(client);
    stops.push(place(top!));
    // types are blanked in place: the column is that of the file
    if (i === 0) assert.equal(top!.column, 16);
    if (i === 0)
      await client.request('setBreakpoints', {
        source: { path: path.join(project, 'src/util/range.ts') },
        breakpoints: [],
      });
    await client.request('continue', { threadId: 1 });
  }
  assert.deepEqual(stops, ['range range.ts:3', 'text report.ts:17', 'set store.ts:13', 'nameOf size.ts:11']);
  await client.event('terminated');
  const bound = client.events.filter(({ event, body }) => event === 'breakpoint' && body.breakpoint.verified);
  assert.deepEqual(
    bound.map(({ body }) => `${path.basename(body.breakpoint.source.path)}:${body.breakpoint.line}`).sort(),
    ['range.ts:3', 'report.ts:17', 'size.ts:11', 'store.ts:13'],
  );
});

test('steps go by the lines of the TypeScript', options, async () => {
  const client = open();
  await client.start({ program: main }, breakAt(main, 13));
  await client.event('stopped');
  assert.equal(place((await frames(client))[0]!), '(script) main.ts:13');
  assert.equal(place((await go(client, 'next'))[0]!), '(script) main.ts:14');
  assert.equal(place((await go(client, 'stepIn'))[0]!), 'add report.ts:12');
  assert.equal(place((await go(client, 'next'))[0]!), 'add report.ts:13');
  assert.equal(place((await go(client, 'stepOut'))[0]!), '(script) main.ts:15');
  const { result } = await client.request('evaluate', {
    expression: 'report.title',
    frameId: (await frames(client))[0]!.id,
    context: 'watch',
  });
  assert.equal(result, "'areas'");
});

test('a bailout stops in the TypeScript, and is explained with its line', options, async () => {
  const client = open();
  await client.start({ program: main, stopOnBailout: true });
  for (;;) {
    const { description } = await client.event('stopped');
    if (/wrong map/.test(description)) break;
    await client.request('continue', { threadId: 1 });
  }
  const [top] = await frames(client);
  assert.equal(top!.source!.path, path.join(project, 'src/shapes/total.ts'));
  assert.equal(top!.line, 4);
  const { description } = await client.request('exceptionInfo', { threadId: 1 });
  assert.match(description, /at `shape\.area`/);
});

// --- what a compiler made --------------------------------------------------------------------------------------------------

const source = `interface Box { width: number }
enum Unit { Metre = 1 }
function area(box: Box, unit: Unit): number {
  const side: number = box.width * unit;

  return side * side;
}
let sum: number = 0;
for (let i = 0; i < 3000; i++) {
  sum += area({ width: i % 7 }, Unit.Metre);
}
sum += area({ width: 1, depth: 2 } as Box, Unit.Metre);
console.log(sum);
`;

type Change = (text: string, map: string) => readonly [text: string, map?: string];

const compiled = (name: string, change: Change) => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'bailout-maps-')), name);
  mkdirSync(path.join(folder, 'out'), { recursive: true });
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName: '../box.ts',
    compilerOptions: { target: ts.ScriptTarget.ES2015, sourceMap: true },
  });
  const map = { ...JSON.parse(sourceMapText!), sources: ['../box.ts'] };
  const [text, written] = change(outputText.replace(/\n\/\/# sourceMappingURL=.*/, ''), JSON.stringify(map));
  const program = path.join(folder, 'out/box.js');
  writeFileSync(path.join(folder, 'box.ts'), source);
  writeFileSync(program, text);
  if (written !== undefined) writeFileSync(`${program}.map`, written);
  return { program, original: path.join(folder, 'box.ts') };
};

const external = '\n//# sourceMappingURL=box.js.map\n';
const inline = (map: string): string =>
  `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
const indexed = (map: string): string =>
  JSON.stringify({ version: 3, sections: [{ offset: { line: 1, column: 0 }, map: JSON.parse(map) }] });

const changes = (rows: readonly (readonly [string, Change])[]) => rows;

for (const [kind, change] of changes([
  ['external', (text, map) => [text + external, map]],
  ['inline', (text, map) => [text + inline(map)]],
  ['indexed', (text, map) => [`'a first line';\n${text}${external}`, indexed(map)]],
]))
  test(`through an ${kind} source map`, options, async () => {
    const { program, original } = compiled(kind, change);
    const client = open();
    let bound: { verified: boolean; line: number; source: { path: string } } | undefined;
    await client.start({ program }, async () => {
      [bound] = (await breakAt(original, 5)(client)).breakpoints;
    });
    assert.deepEqual([bound!.verified, bound!.line, bound!.source.path], [true, 6, original]);
    await client.event('stopped');
    assert.deepEqual((await frames(client)).map(place), ['area box.ts:6', '(script) box.ts:10']);
    await breakAt(original)(client);
    const [above] = await go(client, 'stepOut');
    assert.equal(place(above!), '(script) box.ts:9', 'the loop that goes on, as in V8');
    const { sources } = await client.request('loadedSources');
    assert.ok(sources.some((loaded: { path?: string }) => loaded.path === original));
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.doesNotMatch(output(client, 'console'), /source map/);
  });

test('an exception is shown with the stack of the original; the program reads its own', options, async () => {
  const { program, original } = compiled('thrown', (text, map) => [
    `${text.replace('let sum', "try { area(null, 1) } catch (e) { console.log(e.stack.split('\\n')[1]) }\nlet sum")}${external}`,
    map,
  ]);
  const client = open();
  await client.start({ program }, () => client.request('setExceptionBreakpoints', { filters: ['caught'] }));
  await client.event('stopped');
  const { details } = await client.request('exceptionInfo', { threadId: 1 });
  assert.ok(details.stackTrace.includes(`at area (${original}:4:`), details.stackTrace);
  await client.request('continue', { threadId: 1 });
  await client.event('terminated');
  assert.match(output(client), /at area \(.*out\/box\.js:\d+:\d+\)/);
});

test('without permission to read there is no map, and the program runs', options, async () => {
  const { program, original } = compiled('untrusted', (text, map) => [text + external, map]);
  const client = open();
  await client.start({ program, allowFileAccess: false }, async () => {
    const [bound] = (await breakAt(original, 4)(client)).breakpoints;
    assert.equal(bound.verified, false);
  });
  await client.event('terminated');
  assert.match(output(client), /^\d+\n$/);
  assert.match(output(client, 'console'), /not used: reading files is not allowed/);
});

test('an original that is no file is shown from its map', options, async () => {
  const { program } = compiled('bundled', (text, map) => [
    text + external,
    JSON.stringify({ ...JSON.parse(map), sources: ['webpack://app/src/box.ts'], sourcesContent: [source] }),
  ]);
  const client = open();
  await client.start({ program }, breakAt(program, 7));
  await client.event('stopped');
  const [top] = await frames(client);
  assert.ok(top!.source!.sourceReference! > 0);
  assert.equal((await client.request('source', { sourceReference: top!.source!.sourceReference })).content, source);
  assert.equal(top!.line, 6);
});

for (const [kind, change] of changes([
  ['missing', (text) => [text + external]],
  ['broken', (text) => [text + external, '{ "mappings": 1 ']],
  ['meaningless', (text) => [text + external, '[]']],
]))
  test(`a ${kind} source map is said once and does no harm`, options, async () => {
    const { program, original } = compiled(kind, change);
    const client = open();
    await client.start({ program }, async () => {
      await breakAt(original, 4)(client);
      await breakAt(program, 9)(client);
    });
    await client.event('stopped');
    assert.equal((await frames(client))[0]!.source!.path, program);
    await client.request('continue', { threadId: 1 });
    await client.event('terminated');
    assert.equal(output(client, 'console').match(/its source map 'box\.js\.map' is not used/g)?.length, 1);
    assert.match(output(client), /^\d+\n$/);
  });

test('a program that is no TypeScript is refused with its place', options, async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bailout-ts-')), 'bad.ts');
  writeFileSync(file, 'const a: number = 1;\nconst b: string = ;\n');
  const client = open();
  await assert.rejects(client.start({ program: file }), (error: Error) => {
    assert.match(
      error.message,
      /bad\.ts:2\n(?:.*\n)?const b: string = ;\n {18}\^\n\nSyntaxError \[ERR_INVALID_TYPESCRIPT_SYNTAX\]/,
    );
    return true;
  });
});
