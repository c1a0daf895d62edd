// A whole random program: classes and factories, functions that call one another, what changes the world between rounds, and a
// driver that makes each function hot, optimizes it, and then calls it with what it has not seen.

import { builtinCalls } from './builtin-calls.ts';
import { argumentsFor, expression, kinds, leaf, someKind } from './expressions.ts';
import { block, type ClassInfo, type FunctionInfo, Generator, type Kind } from './generator.ts';
import { Random } from './random.ts';
import { statement } from './statements.ts';
import { methodNames, numberLiteral, propertyNames } from './values.ts';

/** What every program begins with: how values are printed, and results taken. Nothing here calls the program's functions. */
const prelude = `const lines = [];
function show(v, d = 0) {
  if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
  if (typeof v === 'string') return v.length > 60 ? JSON.stringify(v.slice(0, 60)) + v.length : JSON.stringify(v);
  if (typeof v === 'bigint') return v + 'n';
  if (typeof v === 'function') return 'function ' + v.name;
  if (typeof v !== 'object' || v === null) return String(v);
  if (d > 2) return '…';
  if (v instanceof Error) return v.name + ': ' + v.message;
  if (v instanceof Map || v instanceof Set) return Object.prototype.toString.call(v) + show([...v].slice(0, 8), d + 1);
  const parts = [];
  const list = Array.isArray(v) || ArrayBuffer.isView(v);
  if (list) {
    for (let i = 0; i < v.length && i < 16; i++) parts.push(i in v ? show(v[i], d + 1) : '');
    if (v.length > 16) parts.push('… ' + v.length);
  }
  for (const key of Reflect.ownKeys(v)) {
    if (parts.length > 24) break;
    if (list && (typeof key === 'symbol' || String(+key) === key || key === 'length')) continue;
    const slot = Reflect.getOwnPropertyDescriptor(v, key);
    parts.push(String(key) + ': ' + ('value' in slot ? show(slot.value, d + 1) : 'accessor'));
  }
  return list ? '[' + parts.join() + ']' : '{' + parts.join() + '}';
}
function note(e) { if (lines.length < 400) lines.push('  caught ' + show(e)); }
function take(name, f) {
  let text;
  try { text = show(f()); } catch (e) { text = 'throws ' + show(e); }
  if (lines.length < 400) lines.push(name + ' ' + text);
}
let hash = 0, calls = 0, rounds = 0;
function mix(f) {
  let v;
  try { v = f(); } catch (e) { v = e.message; }
  rounds = (rounds + 1) & 31;
  if (typeof v === 'number') hash = (Math.imul(hash, 31) + v * 4) | 0;
  else if (rounds === 0) for (const c of show(v)) hash = (Math.imul(hash, 31) + c.charCodeAt(0)) | 0;
}
function tick(at) { if (++calls % 512 === at) shock(at); }`;

const parameterKinds: readonly Kind[] = [
  'int',
  'int',
  'int',
  'num',
  'num',
  'obj',
  'obj',
  'arr',
  'arr',
  'str',
  'any',
  'bool',
  'ta',
  'fn',
  'big',
];

function factory(g: Generator): string {
  const { random: r } = g;
  const name = g.fresh('make');
  const rows = propertyNames
    .filter(() => r.chance(0.45))
    .map((key) => `${key}: ${r.pick(['p', 'q', 'p', 'q', numberLiteral(r), '[q, 1]', '{ a: p }'])}`);
  g.factories.push(name);
  return `function ${name}(p, q) { return ${rows.length === 0 ? '{ a: p }' : `{ ${rows.join(', ')} }`}; }`;
}

function classDeclaration(g: Generator): string {
  const { random: r } = g;
  const name = g.fresh('C');
  const base = g.classes.length > 0 && r.chance(0.6) ? r.pick(g.classes) : undefined;
  const info = { name, constructorParameters: r.int(3), derived: base !== undefined };
  const rows: string[] = [];
  const method = (head: string, parameters: readonly Kind[], count: number): string => {
    const body = functionBody(g, 'plain', r.pick<Kind>(['num', 'num', 'any', 'obj']), parameters, count, info);
    return `${head}(${body.parameters}) ${block([...(base !== undefined && r.chance(0.4) ? [`const up = super.${r.pick(methodNames)}?.(1);`] : []), ...body.lines])}`;
  };
  for (const key of propertyNames)
    if (r.chance(0.25))
      rows.push(
        `${r.chance(0.1) ? 'static ' : ''}${key}${r.chance(0.8) ? ` = ${leaf(g, r.chance(0.7) ? 'num' : someKind(g)).replace(/^\{/, '{')}` : ''};`,
      );
  const hidden = r.chance(0.4);
  if (hidden) rows.push(`#p = ${leaf(g, 'num')};`);
  const names = Array.from({ length: info.constructorParameters }, (_, i) => `p${i}`);
  const lines = names.map((p) => `this.${r.pick(propertyNames)} = ${p};`);
  if (hidden && r.chance(0.5)) lines.push(`this.#p = ${names[0] ?? '1'};`);
  if (base !== undefined)
    lines.unshift(
      `super(${Array.from({ length: base.constructorParameters }, (_, i) => names[i] ?? leaf(g, 'num')).join(', ')});`,
    );
  if (r.chance(0.08)) lines.push(`if (${names[0] ?? '0'} === 3) return { a: 1, m0() { return 7; } };`);
  rows.push(`constructor(${names.join(', ')}) ${block(lines)}`);
  for (const key of methodNames)
    if (r.chance(0.6)) rows.push(method(key, ['num', 'num'].slice(0, r.int(3)) as Kind[], r.int(3)));
  if (hidden)
    rows.push(
      r.pick([
        'm0(q) { return this.#p += q; }',
        'm1(q) { return #p in this ? this.#p++ : q; }',
        'get x() { return this.#p; }\nset x(q) { this.#p = q; }',
      ]),
    );
  else if (r.chance(0.2))
    rows.push(
      r.pick([
        '#h(q) { return (this.a ?? 0) + q; }\nm0(q) { return this.#h(q); }',
        '#h() { return this.x; }\nm1(q) { return #h in Object(q) ? this.#h() : q; }',
        'get #h() { return this.a; }\nset #h(q) { this.a = q; }\nm2(q) { return this.#h = q; }',
        'static #s = 1;\nm0(q) { return new.target ?? q; }',
      ]),
    );
  else if (r.chance(0.3)) rows.push(`get ${r.pick(propertyNames)}() { return ${r.pick(['1', 'this.a', '0.5'])}; }`);
  if (r.chance(0.15)) rows.push(`valueOf() { return ${r.pick(['7', 'this.a', '-0', '1.5'])}; }`);
  if (r.chance(0.1)) rows.push(`*[Symbol.iterator]() { yield this.a; yield ${numberLiteral(r)}; }`);
  g.classes.push(info);
  return `class ${name}${base === undefined ? '' : ` extends ${base.name}`} ${block(rows)}`;
}

interface WrittenBody {
  readonly parameters: string;
  readonly lines: readonly string[];
  readonly cost: number;
}

function functionBody(
  g: Generator,
  flavour: FunctionInfo['flavour'],
  returns: Kind,
  parameters: readonly Kind[],
  count: number,
  classOf?: ClassInfo,
): WrittenBody {
  const { random: r } = g;
  const outer = g.body;
  g.body = g.freshBody(flavour, returns, r.chance(0.12), classOf);
  try {
    return g.scoped(() => {
      const simple = r.chance(0.8);
      const names = parameters.map((kind) => {
        const name = g.fresh('p');
        g.declare(name, kind);
        return simple || r.chance(0.6) ? name : `${name} = ${leaf(g, kind)}`;
      });
      if (!simple && r.chance(0.3)) {
        const rest = g.fresh('p');
        g.declare(rest, 'arr');
        names.push(`...${rest}`);
      }
      // Locals stay in scope for the return.
      const lines = Array.from({ length: count }, () => statement(g, 2)).filter((text) => text !== '');
      lines.push(`return ${expression(g, returns)};`);
      return { parameters: names.join(', '), lines, cost: g.body.cost + 5 };
    });
  } finally {
    g.body = outer;
  }
}

function functionDeclaration(g: Generator): string {
  const { random: r } = g;
  const flavour = r.weighted<FunctionInfo['flavour']>([
    [14, () => 'plain'],
    [2, () => 'generator'],
    [2, () => 'async'],
  ]);
  const name = g.fresh('f');
  const returns: Kind =
    flavour === 'plain'
      ? r.pick<Kind>(['int', 'int', 'num', 'num', 'num', 'obj', 'str', 'bool', 'arr', 'any', 'big'])
      : 'any';
  const parameters = Array.from({ length: r.between(0, 4) }, () => r.pick(parameterKinds));
  const body = functionBody(g, flavour, returns, parameters, r.pick([0, 1, 2, 3, 4, 6]));
  g.functions.push({ name, parameters, returns, cost: body.cost, flavour });
  const head = flavour === 'generator' ? 'function*' : flavour === 'async' ? 'async function' : 'function';
  const strict = r.chance(0.15) && !/[=.]/.test(body.parameters) ? ["'use strict';"] : [];
  return `${head} ${name}(${body.parameters}) ${block([...strict, ...body.lines])}`;
}

/** Changes of the world that optimized code has assumptions about. */
function shock(g: Generator): string {
  const { random: r } = g;
  const className = (): string => (g.classes.length > 0 ? r.pick(g.classes).name : 'Object');
  const cases = Array.from({ length: 8 }, () =>
    r.weighted([
      [
        3,
        () =>
          `${className()}.prototype.${r.pick(methodNames)} = function (q) { return ${r.pick(['q', '1.5', 'this.a', "'shock'"])}; };`,
      ],
      [2, () => `${className()}.prototype.${r.pick(propertyNames)} = ${numberLiteral(r)};`],
      [
        1,
        () =>
          `Object.defineProperty(${className()}.prototype, '${r.pick(propertyNames)}', { get() { return 42; }, set(q) {}, configurable: true });`,
      ],
      [3, () => `g0 = ${expression(g, 'num', 1)};`],
      [2, () => `g1 = ${leaf(g, 'arr')};`],
      [3, () => `g2.${r.pick(propertyNames)} = ${expression(g, someKind(g), 1)};`],
      [1, () => `g1.length = ${r.int(4)};`],
      [1, () => `g1[${r.int(6)}] = ${leaf(g, r.pick(kinds))};`],
      [1, () => `delete g2.${r.pick(propertyNames)};`],
      [1, () => 'Object.freeze(g2);'],
      [1, () => 'Array.prototype[2] = 0.25;'],
      [1, () => "Object.prototype[1] = 'proto';"],
      [1, () => `delete ${className()}.prototype.${r.pick(methodNames)};`],
      [
        1,
        () => `Object.setPrototypeOf(${className()}.prototype, ${r.pick(['null', '{ m0() { return 8; }, a: 5 }'])});`,
      ],
      [1, () => (g.functions.length > 0 ? `%DeoptimizeFunction(${r.pick(g.functions).name});` : '')],
      [1, () => 'Array.prototype.push = function (q) { this[this.length] = q; return 5; };'],
      [1, () => 'Math.floor = (q) => 3;'],
      [1, () => 'Number.prototype.valueOf = function () { return 1; };'],
    ]),
  );
  return `function shock(at) {\n  switch (at & 7) {\n${cases.map((text, i) => `    case ${i}: ${text} break;`).join('\n')}\n  }\n}`;
}

function driverFor(g: Generator, f: FunctionInfo): string[] {
  const { random: r } = g;
  const call = (odd: boolean): string => {
    const parameters = f.parameters.map((kind) => (odd && r.chance(0.5) ? r.pick(kinds) : kind));
    const text = `${f.name}(${argumentsFor(g, parameters, odd ? 2 : 1)})`;
    if (f.flavour === 'generator') return `[...${text}].slice(0, 20)`;
    return text;
  };
  if (f.flavour === 'async') {
    const lines = [`%PrepareFunctionForOptimization(${f.name});`];
    for (let i = 0; i < 4; i++) lines.push(`await settle('${f.name}', () => ${call(i > 2)});`);
    lines.push(`%OptimizeFunctionOnNextCall(${f.name});`);
    for (let i = 0; i < 3; i++) lines.push(`await settle('${f.name}', () => ${call(i > 0)});`);
    return lines;
  }
  const taken = (odd: boolean): string => `take('${f.name}', () => ${call(odd)});`;
  const lines: string[] = [];
  // Some programs wait for the budget to run out; most ask for optimization.
  const work = g.light ? 300 : r.chance(0.08) ? 30000 : 2500;
  const rounds = Math.max(3, Math.min(g.light ? 12 : 4000, Math.floor(work / (f.cost + 10))));
  if (r.chance(0.6)) {
    for (let round = 0; round < 2; round++) {
      lines.push(`%PrepareFunctionForOptimization(${f.name});`);
      for (let i = 0; i < 3; i++) lines.push(taken(round > 0 && r.chance(0.2)));
      lines.push(`%OptimizeFunctionOnNextCall(${f.name});`);
      lines.push(taken(false));
      for (let i = 0; i < 3; i++) lines.push(taken(r.chance(0.6)));
      if (r.chance(0.3)) lines.push(`shock(${r.int(8)});`, taken(false));
    }
  } else {
    const a = call(false);
    const b = call(false);
    const n = rounds;
    lines.push(`for (let n = 0; n < ${n}; n++) mix(() => ${r.chance(0.5) ? a : `n & 1 ? ${a} : ${b}`});`);
    lines.push(taken(true), taken(true));
    lines.push(`for (let n = 0; n < ${n}; n++) mix(() => n === ${Math.floor(n * 0.8)} ? ${call(true)} : ${a});`);
    lines.push(`take('${f.name}', () => hash);`);
  }
  return lines;
}

/** Every so many seeds, calls of the standard library instead. */
const builtinCallsEvery = 8;
const libraries = [
  'Array',
  'String',
  'Object',
  'Number',
  'Math',
  'Reflect',
  'Map',
  'Set',
  'RegExp',
  'Date',
  'JSON',
  'Symbol',
  'BigInt',
  'Promise',
  'Iterator',
  'DataView',
  'ArrayBuffer',
  'Atomics',
  'Dispos',
  'Generator',
  'URI',
  'parse',
  'Function',
  'Error',
  'Proxy',
  'Weak',
];

/** The program of a seed. */
export function generateProgram(seed: number, light: boolean): string {
  if (seed % builtinCallsEvery === builtinCallsEvery - 1) {
    const only = new Random(seed).pick(libraries);
    return builtinCalls(seed, { only, perFunction: 1 });
  }
  const g = new Generator(seed, light);
  const { random: r } = g;
  g.scope.push(
    { name: 'g0', kind: 'num', constant: false, global: true },
    { name: 'g1', kind: 'arr', constant: false, global: true },
    { name: 'g2', kind: 'obj', constant: false, global: true },
  );
  const parts = [prelude];
  const declarations: string[] = [];
  for (let i = r.between(1, 2); i > 0; i--) declarations.push(factory(g));
  for (let i = r.between(0, 3); i > 0; i--) declarations.push(classDeclaration(g));
  for (let i = r.between(2, 5); i > 0; i--) declarations.push(functionDeclaration(g));
  parts.push(`let g0 = ${leaf(g, 'num')}, g1 = ${leaf(g, 'arr')}, g2 = ${leaf(g, 'obj')};`, ...declarations);
  parts.push(shock(g));
  const drivers = g.functions.map((f) => driverFor(g, f));
  parts.push(
    `async function settle(name, f) {\n  let text;\n  try { text = show(await f()); } catch (e) { text = 'throws ' + show(e); }\n  if (lines.length < 400) lines.push(name + ' ' + text);\n}`,
  );
  const async = g.functions.some((f) => f.flavour === 'async');
  const main = `${async ? 'async ' : ''}function main() ${block(drivers.flat())}`;
  parts.push(main);
  parts.push(
    async
      ? "main().catch(note).then(() => console.log(lines.join('\\n')));"
      : "try { main(); } catch (e) { note(e); }\nconsole.log(lines.join('\\n'));",
  );
  return `${parts.join('\n')}\n`;
}
