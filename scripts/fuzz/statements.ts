// Random statements: declarations, stores, loops, exceptions, switches, destructuring, calls of what was made before.

import { argumentsFor, arrow, bounded, expression, leaf, operand, plain, someKind, sub } from './expressions.ts';
import { block, type Generator, type Kind } from './generator.ts';
import { propertyNames, smallInt, stringLiteral } from './values.ts';

export function statements(g: Generator, count: number, depth: number): string[] {
  return g.scoped(() => Array.from({ length: count }, () => statement(g, depth)).filter((text) => text !== ''));
}

const nested = (g: Generator, depth: number): string => block(statements(g, g.random.between(1, 3), depth - 1));

/** `expression;`, not to be taken for a block or a declaration. */
const asStatement = (text: string): string => (/^(\{|function|class|let\b)/.test(text) ? `(${text});` : `${text};`);

export function statement(g: Generator, depth: number): string {
  const { random: r } = g;
  g.spend(1);
  const compound = depth > 0 && g.body.times < 400;
  return r.weighted<string>([
    [12, () => declaration(g)],
    [10, () => assign(g)],
    [8, () => store(g)],
    [3, () => asStatement(expression(g, someKind(g), 2))],
    [3, () => arrayStep(g)],
    [2, () => destructuring(g)],
    [1, () => closure(g)],
    [1, () => tick(g)],
    [
      compound ? 6 : 0,
      () => `if (${expression(g, 'bool', 2)}) ${nested(g, depth)}${r.chance(0.4) ? ` else ${nested(g, depth)}` : ''}`,
    ],
    [compound ? 7 : 0, () => loop(g, depth)],
    [compound ? 4 : 0, () => tryStatement(g, depth)],
    [compound ? 2 : 0, () => switchStatement(g, depth)],
    [compound ? 1 : 0, () => labelled(g, depth)],
    [leavesLoop(g) ? 2 : 0, () => `if (${expression(g, 'bool', 1)}) ${jump(g)}`],
    [
      1,
      () =>
        g.body.flavour === 'plain' && r.chance(0.5)
          ? `if (${expression(g, 'bool', 1)}) return ${expression(g, g.body.returns, 1)};`
          : '',
    ],
    [
      1,
      () =>
        r.chance(0.4)
          ? `if (${expression(g, 'bool', 1)}) throw ${r.pick(['new Error(', 'new RangeError(', '('])}${r.chance(0.6) ? stringLiteral(r) : leaf(g, 'any').replace(/^Symbol.*/, '1')});`
          : '',
    ],
    [g.body.flavour === 'generator' ? 6 : 0, () => suspend(g, 'yield')],
    [g.body.flavour === 'async' ? 6 : 0, () => suspend(g, 'await')],
  ]);
}

const leavesLoop = (g: Generator): boolean => g.body.breakable || g.body.labels.length > 0;

function jump(g: Generator): string {
  const { random: r } = g;
  if (g.body.labels.length > 0 && (r.chance(0.4) || !g.body.breakable))
    return `${r.pick(['break', 'continue'])} ${r.pick(g.body.labels)};`;
  return g.body.loops > 0 && r.chance(0.5) && g.body.continuable ? 'continue;' : 'break;';
}

function declaration(g: Generator): string {
  const { random: r } = g;
  const kind = someKind(g);
  const value = bounded(g, kind, expression(g, kind));
  const name = g.fresh('v');
  const constant = r.chance(0.3);
  g.declare(name, kind, constant);
  return `${constant ? 'const' : r.pick(['let', 'let', 'let', 'var'])} ${name} = ${value};`;
}

function assign(g: Generator): string {
  const { random: r } = g;
  const kind = someKind(g);
  const variable = g.variable(kind, true);
  if (variable === undefined) return declaration(g);
  // A variable that changes what it holds changes representations too.
  const value = r.chance(0.05) ? someKind(g) : kind;
  if ((kind === 'int' || kind === 'num') && r.chance(0.4))
    return `${variable.name} ${r.pick(['+=', '-=', '*=', '+=', '&=', '<<=', '/='])} ${expression(g, value, 2)};`;
  return `${variable.name} = ${bounded(g, value, expression(g, value))};`;
}

function store(g: Generator): string {
  const { random: r } = g;
  const kind = r.chance(0.7) ? 'num' : someKind(g);
  const value = bounded(g, kind, expression(g, kind, 2));
  const name = r.pick(propertyNames);
  const object = g.body.classOf !== undefined && r.chance(0.5) ? 'this' : sub(g, 'obj', 0);
  return asStatement(
    r.weighted([
      [6, () => `${object}.${name} = ${value}`],
      [2, () => `${object}.${name} ${r.pick(['+=', '-=', '*='])} ${expression(g, 'num', 1)}`],
      [2, () => `${object}.${name}${r.pick(['++', '--'])}`],
      [1, () => `${object}[${stringLiteral(r)}] = ${value}`],
      [1, () => `delete ${object}.${name}`],
      [
        1,
        () =>
          `Object.defineProperty(${object}, '${name}', ${r.pick([`{ value: ${value} }`, `{ get() { return ${leaf(g, 'num')}; }, configurable: true }`, `{ value: ${value}, writable: true, enumerable: true, configurable: true }`])})`,
      ],
    ]),
  );
}

function arrayStep(g: Generator): string {
  const { random: r } = g;
  const array = sub(g, r.chance(0.2) ? 'ta' : 'arr', 0);
  const at = r.chance(0.5)
    ? (g.variable('int')?.name ?? '0')
    : r.pick([smallInt(r), '20', `${array}.length`, '-1', '0.5']);
  const masked = r.chance(0.7) && /^[a-z]\w*$/.test(at) ? `${at} & 7` : at;
  const kind = r.pick<Kind>(['int', 'int', 'num', 'num', 'obj', 'str', 'any']);
  const value = bounded(g, kind, expression(g, kind, 2));
  // What was computed may be any number: a huge index makes a dictionary, which is fine; a huge length is not.
  return asStatement(
    r.weighted([
      [8, () => `${array}[${masked}] = ${value}`],
      [2, () => `${array}[${masked}] ${r.pick(['+=', '-=', '|='])} ${expression(g, 'num', 1)}`],
      [2, () => `${array}.push(${value})`],
      [1, () => `${array}.${r.pick(['pop', 'shift'])}()`],
      [1, () => `${array}.unshift(${value})`],
      [1, () => `${array}.length = ${r.int(6)}`],
      [1, () => `${array}.forEach(${arrow(g, someKind(g), 2)})`],
      [1, () => `delete ${array}[${r.int(4)}]`],
    ]),
  );
}

function destructuring(g: Generator): string {
  const { random: r } = g;
  const names = Array.from({ length: r.between(1, 3) }, () => g.fresh('v'));
  const withDefault = (name: string): string => (r.chance(0.4) ? `${name} = ${leaf(g, 'num')}` : name);
  if (r.chance(0.5)) {
    const source = expression(g, 'obj', 2);
    const rows = names.map((name) => {
      const key = r.pick(propertyNames);
      return `${key}: ${withDefault(name)}`;
    });
    if (r.chance(0.2)) {
      const rest = g.fresh('v');
      rows.push(`...${rest}`);
      g.declare(rest, 'obj');
    }
    for (const name of names) g.declare(name, 'num');
    return `let { ${rows.join(', ')} } = ${source};`;
  }
  const source = expression(g, r.chance(0.9) ? 'arr' : 'str', 2);
  const rows = names.map(withDefault);
  if (r.chance(0.3)) {
    const rest = g.fresh('v');
    rows.push(`...${rest}`);
    g.declare(rest, 'arr');
  }
  if (r.chance(0.1)) rows.unshift('');
  for (const name of names) g.declare(name, 'num');
  return `let [${rows.join(', ')}] = ${source};`;
}

/** A closure over what is in scope, and calls of it. */
function closure(g: Generator): string {
  const { random: r } = g;
  const name = g.fresh('k');
  const returns = someKind(g);
  const inner = plain(g, () => {
    const parameter = g.fresh('q');
    g.declare(parameter, 'num');
    const { breakable, labels, loops } = g.body;
    Object.assign(g.body, { breakable: false, labels: [], loops: 0, returns });
    const body = g.repeated(5, () => [
      ...Array.from({ length: r.int(2) }, () => assign(g)),
      `return ${expression(g, returns, 2)};`,
    ]);
    Object.assign(g.body, { breakable, labels, loops });
    return `(${parameter}) => ${block(body)}`;
  });
  g.declare(name, 'fn', true);
  return `const ${name} = ${inner};`;
}

/** Counts calls; at one of them the world changes under the feet of who is running. */
function tick(g: Generator): string {
  return `tick(${g.random.between(1, g.light ? 30 : 200)});`;
}

function suspend(g: Generator, word: 'yield' | 'await'): string {
  const kind = someKind(g);
  const value = expression(g, kind, 2);
  const suspended = operand(value);
  if (word === 'yield' && g.random.chance(0.1)) return `yield* ${sub(g, 'arr', 1)};`;
  if (g.random.chance(0.5)) return `${word} ${suspended};`;
  const name = g.fresh('v');
  g.declare(name, word === 'await' ? kind : 'num');
  return word === 'await' && g.random.chance(0.4)
    ? `let ${name} = await Promise.resolve(${value});`
    : `let ${name} = ${word} ${suspended};`;
}

function loop(g: Generator, depth: number): string {
  const { random: r } = g;
  const many = g.body.loops === 0 && g.body.times === 1 && !g.light && r.chance(0.12);
  const turns = many ? r.pick([40, 100, 200]) : r.between(2, g.body.loops > 0 ? 5 : 12);
  const { breakable, continuable } = g.body;
  g.body.breakable = g.body.continuable = true;
  const text = g.scoped(() => {
    const i = g.fresh('i');
    const inside = (...more: (readonly [string, Kind])[]): string =>
      g.repeated(turns, () => {
        for (const [name, kind] of more) g.declare(name, kind, true);
        const body = statements(g, r.between(1, 4), depth - 1);
        return block(body);
      });
    return r.weighted([
      [
        8,
        () => {
          const step = r.chance(0.8) ? `${i}++` : `${i} += ${r.pick(['2', '1.5', '3'])}`;
          return `for (let ${i} = ${r.pick(['0', '0', '0', '1', '-1', '0.5'])}; ${i} < ${turns}; ${step}) ${inside([i, 'int'])}`;
        },
      ],
      [2, () => `for (let ${i} = ${turns}; ${i} > 0; ${i}--) ${inside([i, 'int'])}`],
      [2, () => `{ let ${i} = 0; while (${i}++ < ${turns}) ${inside([i, 'int'])} }`],
      [
        1,
        () =>
          `{ let ${i} = 0; do ${inside([i, 'int'])} while (++${i} < ${turns}${r.chance(0.3) ? ` && ${expression(g, 'bool', 1)}` : ''}); }`,
      ],
      [3, () => `for (const ${i} of ${sub(g, 'arr', 2)}.slice(0, ${turns})) ${inside([i, 'num'])}`],
      [1, () => `for (const ${i} of ${sub(g, 'str', 1)}.slice(0, ${turns})) ${inside([i, 'str'])}`],
      [2, () => `for (const ${i} in ${sub(g, r.pick<Kind>(['obj', 'arr']), 1)}) ${inside([i, 'str'])}`],
      [
        1,
        () => {
          const value = g.fresh('w');
          return `for (const [${i}, ${value}] of ${sub(g, 'arr', 1)}.slice(0, ${turns}).entries()) ${inside([i, 'int'], [value, 'num'])}`;
        },
      ],
      [
        1,
        () =>
          `for (const ${i} of ${r.pick(['new Set', 'new Map', 'Object.entries'])}(${r.chance(0.5) ? '[[1, 2], [3.5, 4]]' : '[[0, 1]]'})) ${inside([i, 'any'])}`,
      ],
    ]);
  });
  Object.assign(g.body, { breakable, continuable });
  return text;
}

function tryStatement(g: Generator, depth: number): string {
  const { random: r } = g;
  const name = g.fresh('e');
  const body = nested(g, depth);
  const caught = g.scoped(() => {
    g.declare(name, 'any');
    const handled = statements(g, r.between(0, 2), depth - 1);
    if (r.chance(0.5)) handled.unshift(`note(${name});`);
    return block(handled);
  });
  return r.weighted([
    [5, () => `try ${body} catch (${name}) ${caught}`],
    [1, () => `try ${body} catch ${block(statements(g, 1, depth - 1))}`],
    [2, () => `try ${body} finally ${nested(g, depth)}`],
    [2, () => `try ${body} catch (${name}) ${caught} finally ${nested(g, depth)}`],
  ]);
}

function switchStatement(g: Generator, depth: number): string {
  const { random: r } = g;
  const [value, keys] = r.weighted<readonly [string, readonly string[]]>([
    [
      4,
      () => [
        r.chance(0.5) ? `${expression(g, 'int', 1)} & 3` : expression(g, 'int', 2),
        ['0', '1', '2', '3', '-1', '1073741824'],
      ],
    ],
    [2, () => [expression(g, 'str', 1), ["'a'", "'b'", "'abc'", "''", "'0'"]]],
    [1, () => [expression(g, 'num', 1), ['0.5', '-0', 'NaN', '1', '2', "'1'"]]],
    [1, () => [`typeof ${sub(g, 'any', 1)}`, ["'number'", "'string'", "'object'", "'undefined'", "'function'"]]],
  ]);
  const { breakable, continuable } = g.body;
  g.body.breakable = true;
  if (!breakable) g.body.continuable = false;
  const cases = keys
    .slice(0, r.between(1, keys.length))
    .map((key) => `case ${key}: ${nested(g, depth)}${r.chance(0.7) ? ' break;' : ''}`);
  if (r.chance(0.6))
    cases.splice(r.int(cases.length + 1), 0, `default: ${nested(g, depth)}${r.chance(0.7) ? ' break;' : ''}`);
  Object.assign(g.body, { breakable, continuable });
  return `switch (${value}) ${block(cases)}`;
}

function labelled(g: Generator, depth: number): string {
  const label = g.fresh('L');
  g.body.labels.push(label);
  const text = loop(g, depth);
  g.body.labels.pop();
  // `continue L` needs the label right before the loop.
  const inner = /^\{ (let \w+ = 0;) ([\s\S]*) \}$/.exec(text);
  return inner ? `{ ${inner[1]} ${label}: ${inner[2]} }` : `${label}: ${text}`;
}

/** A call whose result is kept. */
export const callStatement = (g: Generator, name: string, parameters: readonly Kind[]): string =>
  `${name}(${argumentsFor(g, parameters, 1)})`;
