// Small programs, each with lines that must be found (`// raw: name`) and others that must not. A line marked so that is not
// found fails, and so does one that is found and not marked: every rule of flow.ts and call-graph.ts was seen to fail that way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'classic-typescript';
import { maxExceptions } from './exceptions.ts';
import { judge, lineOf, placeOf, rawWordsIn } from './raw-words.ts';

const prelude = `
export type Tagged = number & { readonly flavor?: 'tagged' };
export function scavenge(): void { moved = true; }
let moved = false;
export const load = (word: Tagged): Tagged => word;
export const use = (...words: readonly Tagged[]): void => void words;
export const run = (): Tagged => { scavenge(); return 0; };
export const fail = (): never => { scavenge(); throw new Error(); };
export type Immovable = Tagged & { readonly isImmovable: true };
export interface Host { notify(): void; quiet(): void }
export const handle = (word: Tagged): (() => Tagged) => () => word;
export const quietly = (): void => undefined;
export const loudly = (): void => void run();
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

const header = `import { type Host, type Immovable, type Tagged, fail, handle, load, loudly, quietly, run, scavenge, use } from './heap/scavenger.ts';
void [fail, handle, load, loudly, quietly, run, scavenge, use]; export type H = [Host, Immovable, Tagged];
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
class Loud { notify(): void { run(); } quiet(): void { void this; } }
export const loud: Host = new Loud();
export function f(a: Tagged, host: Host, hook: { readonly call: () => void }): void {
  host.quiet();
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
  'a class that is given, and what its fields are made of': `
class Loud { readonly word = run(); }
class Quiet { readonly word = load(0); }
const part = <T>(kind: new () => T): T => new kind();
export function f(a: Tagged): void {
  part(Quiet);
  use(a);
  part(Loud);
  use(a); // raw: a
}`,
  'lists of functions: constant, added to, taken apart, given to the library': `
const quiet = [quietly];
const rows = [['a', loudly, quietly]] as const;
class Later {
  private readonly work: (() => void)[] = [];
  private readonly shared: (() => void)[] = [];
  add(): void { this.work.push(quietly); this.give(this.shared); }
  private give(list: (() => void)[]): void { list.push(loudly); }
  run(): void { for (const each of this.work) each(); }
  runShared(): void { for (const each of this.shared) each(); }
}
export function f(a: Tagged, later: Later): void {
  quiet[0]!();
  for (const each of quiet) each();
  quiet.forEach((each) => each());
  for (const [, , second] of rows) second();
  rows.find(([, , second]) => second());
  later.run();
  use(a);
  later.runShared();
  use(a); // raw: a
  a = 0;
  for (const [, first] of rows) first();
  use(a); // raw: a
}
export function g(a: Tagged): void {
  rows.find(([, first]) => first());
  use(a); // raw: a
}
export function h(a: Tagged, list: readonly (() => void)[]): void {
  list.forEach((each) => each());
  use(a); // raw: a
}`,
  'rest parameters': `
const all = (...each: (() => void)[]): void => { for (const one of each) one(); };
export function f(a: Tagged): void {
  all(quietly, quietly);
  use(a);
  all(quietly, loudly);
  use(a); // raw: a
}`,
  'a function that is kept is called later, by whoever calls its keeper': `
class Keeper {
  private readonly kept: (() => void) | undefined;
  constructor(kept: (() => void) | undefined) { this.kept = kept; }
  go(): void { this.kept?.(); }
}
class Silent {
  private readonly kept: () => void;
  constructor(kept: () => void) { this.kept = kept; }
  go(): void { this.kept(); }
}
export const made = [new Keeper(loudly), new Silent(quietly)];
export function f(a: Tagged, keeper: Keeper, silent: Silent): void {
  silent.go();
  use(a);
  keeper.go();
  use(a); // raw: a
}`,
  'a function in a function calls what that was given': `
const later = (work: () => void): (() => void) => () => work();
const loud = later(loudly);
export function f(a: Tagged): void {
  loud();
  use(a); // raw: a
}`,
  'what the library keeps it does not call; what it gives back may be anything': `
const table = new Map<string, () => void>();
table.set('a', quietly);
export function f(a: Tagged): void {
  table.set('b', loudly);
  use(a);
  table.get('b')!();
  use(a); // raw: a
  a = 0;
  loudly.bind(undefined)();
  use(a); // raw: a
}`,
  'types are structural: literals without a type, spreads, generic interfaces': `
interface Hooks { readonly first: () => void; readonly second: () => void }
interface Row<T> { readonly name: string; readonly act: (value: T) => void }
const loose = { first: loudly, second: quietly };
const copied: Partial<Hooks> = { ...{ second: loudly } };
const row = { name: 'r', act: (value: number): void => void [value, run()] };
class Act { readonly other = 1; act(): void { run(); } }
export const all: [Hooks, Partial<Hooks>, Act, Row<number>] = [loose, copied, new Act(), row];
interface Calm<T> { readonly calm: string; readonly act: (value: T) => void }
export const calm: Calm<number> = { calm: '', act: () => undefined };
export function f(a: Tagged, hooks: Hooks): void {
  hooks.first();
  use(a); // raw: a
}
export function g(a: Tagged, hooks: Hooks): void {
  hooks.second();
  use(a); // raw: a
}
export function h<T>(a: Tagged, row: Row<T>, calm: Calm<T>, value: T): void {
  calm.act(value);
  use(a);
  row.act(value);
  use(a); // raw: a
}`,
  'what has no type is asked for what the library has, or for anything': `
export function f(a: Tagged, tree: any): void {
  tree.children.map((child: any) => child.kind);
  tree.children.at(-1);
  use(a);
  tree.children.map(() => run());
  use(a); // raw: a
}
export function g(a: Tagged, tree: any): void {
  tree.visit();
  use(a); // raw: a
}`,
  'taking apart assigns anew': `
const again = (..._words: readonly Tagged[]): Tagged[] => { run(); return [load(0), load(1)]; };
export function f(a: Tagged, b: Tagged): void {
  [a, b] = again(a, b) as [Tagged, Tagged];
  use(a, b);
}`,
  'immovable by its type': `
export function f(name: Immovable, a: Tagged): void {
  run();
  use(name);
  use(a); // raw: a
}`,
  'words that were read from memory': `
export function f(i32: Int32Array): void {
  const a = i32[0]!;
  const b = i32[1]!;
  const count = i32[2]!;
  run();
  use(a); // raw: a
  void i32[(b - 1) >> 2]; // raw: b
  void i32[count + 1];
}`,
  'a local function is walked where it is called': `
export function f(a: Tagged): void {
  const act = (): void => { use(a); run(); };
  act();
  use(a); // raw: a
}
export function g(a: Tagged): void {
  const twice = (again: boolean): void => {
    if (again) twice(false);
    use(a); // raw: a
    run();
  };
  twice(true);
}`,
};

for (const [name, body] of Object.entries(cases)) test(name, () => check(body));

test('an exception is for one callee in one function, is needed, and stands in a short list', () => {
  const program = compiled({
    '/a.ts': `${header}export class C { f(a: Tagged): void { run(); use(a); scavenge(); use(a); } }\n`,
  });
  const { findings } = rawWordsIn(program, (name) => name === '/a.ts' || name === '/heap/scavenger.ts');
  const all = [...findings.values()].flat();
  const of = placeOf(all[0]!);
  assert.match(of, /a\.ts C\.f: run$/);
  assert.equal(judge(all, []).length, 2);
  assert.deepEqual(judge(all, [{ of, why: 'so' }]), []);
  assert.match(judge(all, [{ of: of.replace('run', 'scavenge'), why: 'so' }]).at(-1)!, /nothing needs/);
  const many = Array.from({ length: maxExceptions + 1 }, () => ({ of, why: 'so' }));
  assert.match(judge(all, many).at(-1)!, /at most 20/);
});
