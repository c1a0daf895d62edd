// Small programs, each with lines that must be found (`// raw: name`) and others that must not. A line marked so that is not
// found fails, and so does one that is found and not marked: every rule of flow.ts and call-graph.ts was seen to fail that way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'classic-typescript';
import { lineOf, rawWordsIn } from './raw-words.ts';

const prelude = `
export type Tagged = number & { readonly flavor?: 'tagged' };
export function scavenge(): void { moved = true; }
let moved = false;
export const load = (word: Tagged): Tagged => word;
export const use = (...words: readonly Tagged[]): void => void words;
export const run = (): Tagged => { scavenge(); return 0; };
export const fail = (): never => { scavenge(); throw new Error(); };
export interface Host { notify(): void; quiet(): void; /** @neverCollects */ believed(): void }
export const handle = (word: Tagged): (() => Tagged) => () => word;
`;

const compiled = (files: Readonly<Record<string, string>>): ts.Program => {
  const texts = new Map(Object.entries({ '/heap/scavenger.ts': prelude, ...files }));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    strict: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, rest[0], true);
  };
  host.directoryExists = () => true;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  return ts.createProgram([...texts.keys()], options, host);
};

const header = `import { type Host, type Tagged, fail, handle, load, run, scavenge, use } from './heap/scavenger.ts';
void [fail, handle, load, run, scavenge, use]; export type H = Host; export type T = Tagged;
`;

const check = (body: string): void => {
  const text = header + body;
  const program = compiled({ '/a.ts': text });
  const [file] = program.getSourceFiles().filter(({ fileName }) => fileName === '/a.ts');
  const errors = program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  assert.deepEqual(errors, []);
  const { findings } = rawWordsIn(program, (name) => name === '/a.ts' || name === '/heap/scavenger.ts');
  const found = (findings.get('/a.ts') ?? []).map(({ node, name }) => `${lineOf(node)} ${name}`);
  const expected = text.split('\n').flatMap((line, i) => {
    const names = /\/\/ raw: (.*)/.exec(line)?.[1];
    return names === undefined ? [] : names.split(', ').map((name) => `${i + 1} ${name}`);
  });
  assert.deepEqual([...new Set(found)].sort(), expected.sort());
};

const cases: Readonly<Record<string, string>> = {
  'a word is raw after a call that collects, and not when it is assigned anew': `
export function f(a: Tagged): void {
  use(a);
  run();
  use(a); // raw: a
  a = load(0);
  use(a);
}`,
  'what a function infers has a type, too': `
export function f(): void {
  const a = load(1);
  run();
  use(a); // raw: a
}`,
  'through a function that calls one': `
const inner = (): void => { run(); };
class Machine { step(): void { inner(); } get ready(): boolean { run(); return true; } }
export function f(a: Tagged, machine: Machine): void {
  machine.step();
  use(a); // raw: a
}
export function g(a: Tagged, machine: Machine): void {
  if (machine.ready) use(a); // raw: a
}`,
  'arguments are evaluated in order': `
export function f(a: Tagged): void {
  use(run(), a); // raw: a
  a = 0;
  use(a, run()); // raw: a
  use(run(), run()); // raw: run()
}`,
  'one branch is enough, and what does not return takes no part': `
export function f(a: Tagged, b: boolean): void {
  if (b) run();
  use(a); // raw: a
}
export function g(a: Tagged, b: boolean): void {
  if (b) fail();
  use(a);
  if (b) { run(); return; }
  use(a);
}`,
  'a loop comes back': `
export function f(a: Tagged): void {
  for (let i = 0; i < 2; i++) {
    use(a); // raw: a
    run();
  }
}
export function g(a: Tagged): void {
  while (true) {
    use(a);
    run();
    break;
  }
  use(a); // raw: a
}`,
  'a catch sees what was thrown on the way, even by a call that only throws': `
export function f(a: Tagged): void {
  try {
    fail();
  } catch {
    use(a); // raw: a
  }
}
export function g(a: Tagged): void {
  try {
    use(a);
  } catch {
    use(a);
  }
}`,
  'functions given to a call, to a library and to one of ours': `
const twice = (body: (i: number) => void): void => { body(0); body(1); };
export function f(a: Tagged): void {
  [1, 2].forEach(() => {
    use(a); // raw: a
    run();
  });
}
export function g(a: Tagged): void {
  twice(() => void run());
  use(a); // raw: a
}
export function h(a: Tagged): void {
  twice((i) => void i);
  use(a);
}`,
  'callees that are not known, and members of interfaces': `
class Loud { notify(): void { run(); } quiet(): void { void this; } believed(): void { void this; } }
export const loud: Host = new Loud();
export function f(a: Tagged, host: Host, hook: { readonly call: () => void }): void {
  host.quiet();
  host.believed();
  use(a);
  host.notify();
  use(a); // raw: a
  a = 0;
  hook.call();
  use(a); // raw: a
}`,
  'tables of functions': `
const quiet = { a: (): void => undefined, b: (): void => undefined };
const loud = { a: (): void => undefined, b: (): void => void run() };
export function f(a: Tagged, key: 'a' | 'b'): void {
  quiet[key]();
  use(a);
  loud[key]();
  use(a); // raw: a
}`,
  'lists of words, and words that may be missing': `
export function f(list: readonly Tagged[], a: Tagged | undefined): void {
  run();
  use(...list); // raw: list
  if (a !== undefined) use(a); // raw: a
}`,
  'a function that is kept holds what it has captured': `
export function f(a: Tagged): () => void {
  return () => {
    run();
    use(a); // raw: a
  };
}`,
};

for (const [name, body] of Object.entries(cases)) test(name, () => check(body));

test('a mark that does not hold is a problem', () => {
  const program = compiled({
    '/a.ts': `${header}/** @neverCollects */\nexport function f(): void { run(); }\n/** @neverCollects */\nexport function g(): void {}\n`,
  });
  const { graph } = rawWordsIn(program, (name) => name === '/a.ts' || name === '/heap/scavenger.ts');
  assert.deepEqual(
    [...graph.brokenMarks()].map(([node]) => node.name?.getText()),
    ['f'],
  );
});
