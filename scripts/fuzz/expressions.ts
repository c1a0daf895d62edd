// Random expressions, by the kind of value wanted.

import type { Generator, Kind } from './generator.ts';
import {
  bigintLiteral,
  intLiteral,
  methodNames,
  numberLiteral,
  propertyNames,
  smallInt,
  stringLiteral,
} from './values.ts';

export const kinds: readonly Kind[] = ['int', 'num', 'str', 'bool', 'big', 'obj', 'arr', 'ta', 'fn', 'any'];

/** Kinds as often as programs have them. */
export const someKind = (g: Generator): Kind =>
  g.random.weighted<Kind>([
    [7, () => 'int'],
    [6, () => 'num'],
    [3, () => 'str'],
    [2, () => 'bool'],
    [1, () => 'big'],
    [5, () => 'obj'],
    [4, () => 'arr'],
    [1, () => 'ta'],
    [1, () => 'fn'],
    [1, () => 'any'],
  ]);

export function expression(g: Generator, kind: Kind, depth = 3): string {
  const { random: r } = g;
  // Now and then something that nobody expected there.
  if (r.chance(0.02)) kind = r.pick(kinds);
  if (depth <= 0 || r.chance(0.3)) {
    const variable = r.chance(0.8) ? g.variable(kind) : undefined;
    if (variable !== undefined) return variable.name;
    if (depth <= 0) return leaf(g, kind);
  }
  if (r.chance(0.06))
    return `(${expression(g, 'bool', depth - 1)} ? ${expression(g, kind, depth - 1)} : ${expression(g, kind, depth - 1)})`;
  if (r.chance(0.12)) {
    const call = callOfKind(g, kind, depth);
    if (call !== undefined) return call;
  }
  g.spend(1);
  return makers[kind](g, depth - 1);
}

export function leaf(g: Generator, kind: Kind): string {
  const { random: r } = g;
  switch (kind) {
    case 'int':
      return intLiteral(r);
    case 'num':
      return numberLiteral(r);
    case 'str':
      return stringLiteral(r);
    case 'bool':
      return r.pick(['true', 'false']);
    case 'big':
      return bigintLiteral(r);
    case 'obj':
      return `{ ${r.pick(propertyNames)}: ${numberLiteral(r)} }`;
    case 'arr':
      return r.pick(['[]', '[1, 2, 3]', '[1.5, 2.5]', '[, 1]', "['a', 2]", '[0.5, , 1]', '[undefined]']);
    case 'ta':
      return `new ${r.pick(typedArrays)}(4)`;
    case 'fn':
      return `(q) => ${r.pick(['q', 'q + 1', 'undefined', '[q]', '({ a: q })'])}`;
    case 'any':
      return r.pick(['undefined', 'null', 'true', "'s'", '0', '-0', '1.5', '3n', '{}', '[]', 'NaN', 'Symbol.iterator']);
  }
}

export const typedArrays = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
];

/** Arguments for parameters of these kinds; sometimes too few or too many. */
export function argumentsFor(g: Generator, parameters: readonly Kind[], depth: number): string {
  const { random: r } = g;
  const list = parameters.map((kind) => expression(g, kind, depth));
  if (r.chance(0.06)) list.pop();
  if (r.chance(0.06)) list.push(expression(g, 'any', 0));
  if (r.chance(0.05)) list.push(`...${expression(g, 'arr', 0)}`);
  return list.join(', ');
}

/** A call of a function made before that returns this kind. */
function callOfKind(g: Generator, kind: Kind, depth: number): string | undefined {
  const fitting = g.functions.filter(
    (f) => f.flavour === 'plain' && (f.returns === kind || kind === 'any') && g.affords(f.cost + 5),
  );
  if (fitting.length === 0) return undefined;
  const callee = g.random.pick(fitting);
  g.spend(callee.cost + 5);
  const args = argumentsFor(g, callee.parameters, depth - 2);
  const { random: r } = g;
  if (r.chance(0.05)) return `${callee.name}.call(${expression(g, 'any', 0)}${args ? `, ${args}` : ''})`;
  if (r.chance(0.04)) return `${callee.name}.apply(${expression(g, 'any', 0)}, [${args}])`;
  if (r.chance(0.02)) return `Reflect.apply(${callee.name}, ${expression(g, 'any', 0)}, [${args}])`;
  return `${callee.name}(${args})`;
}

const index = (g: Generator): string =>
  g.random.weighted([
    [5, () => smallInt(g.random)],
    [5, () => g.variable('int')?.name ?? '0'],
    [2, () => `${g.variable('int')?.name ?? '5'} & 3`],
    [1, () => expression(g, 'int', 1)],
    [1, () => expression(g, 'num', 0)],
    [1, () => stringLiteral(g.random)],
  ]);

const property = (g: Generator): string => g.random.pick(propertyNames);

/** Runs `write` as the inside of a nested function, which neither yields nor awaits. */
export function plain<T>(g: Generator, write: () => T): T {
  const { flavour } = g.body;
  g.body.flavour = 'plain';
  try {
    return g.scoped(write);
  } finally {
    g.body.flavour = flavour;
  }
}

/** An arrow for array methods: (element, index) => kind. */
export function arrow(
  g: Generator,
  returns: Kind,
  depth: number,
  parameters: readonly Kind[] = ['any', 'int'],
): string {
  return plain(g, () => {
    const names = parameters.slice(0, g.random.between(1, parameters.length)).map((kind) => {
      const name = g.fresh('q');
      g.declare(name, kind === 'any' ? 'num' : kind);
      return name;
    });
    const body = g.repeated(4, () => expression(g, returns, depth));
    return `(${names.join(', ')}) => ${body.startsWith('{') ? `(${body})` : body}`;
  });
}

/** The text as an operand of anything: `9.at()`, `-x ** 2`, `{}.a` and `() => 1 + 1` are not what they look like. */
export const operand = (text: string): string =>
  /^[^\w('[`]|^\d|^new |^typeof |^delete |^function|^async /.test(text) || / (=|\?|=>) /.test(text)
    ? `(${text})`
    : text;
export const sub = (g: Generator, kind: Kind, depth: number): string => operand(expression(g, kind, depth));
const binary = (g: Generator, kind: Kind, operators: readonly string[], depth: number): string =>
  `(${sub(g, kind, depth)} ${g.random.pick(operators)} ${sub(g, kind, depth)})`;

/** What a value may look like where every kind is welcome. */
const anything = (g: Generator, depth: number): string => sub(g, someKind(g), depth);

function load(g: Generator, depth: number): string {
  const { random: r } = g;
  return r.weighted([
    [6, () => `${sub(g, 'obj', depth)}.${property(g)}`],
    [1, () => `${sub(g, 'obj', depth)}?.${property(g)}`],
    [1, () => `${sub(g, 'obj', depth)}[${stringLiteral(r)}]`],
    [4, () => `${sub(g, 'arr', depth)}[${index(g)}]`],
    [2, () => `${sub(g, 'ta', depth)}[${index(g)}]`],
    [1, () => (g.body.classOf === undefined ? '(typeof this)' : `this.${property(g)}`)],
    [1, () => (g.body.usesArguments ? `arguments[${index(g)}]` : `${sub(g, 'arr', depth)}.at(${index(g)})`)],
  ]);
}

function methodCall(g: Generator, depth: number): string {
  const { random: r } = g;
  if (!g.affords(40)) return load(g, depth);
  g.spend(40);
  const args = Array.from({ length: r.int(3) }, () => expression(g, 'num', depth)).join(', ');
  const receiver = g.body.classOf !== undefined && r.chance(0.3) ? 'this' : sub(g, 'obj', depth);
  return `${receiver}${r.chance(0.3) ? '?' : ''}.${r.pick(methodNames)}${r.chance(0.3) ? '?.' : ''}(${args})`;
}

/** `x = e`, `x += e`, `x++` and the like, as an expression of the kind. */
function assignment(g: Generator, kind: Kind, depth: number): string {
  const { random: r } = g;
  const variable = g.variable(kind, true);
  if (variable === undefined) return leaf(g, kind);
  const number = kind === 'int' || kind === 'num';
  if (number && r.chance(0.4))
    return r.pick(
      [`${variable.name}++`, `++${variable.name}`, `${variable.name}--`, `--${variable.name}`].map((t) => `(${t})`),
    );
  if (number && r.chance(0.5))
    return `(${variable.name} ${r.pick(['+=', '-=', '*=', '|=', '^=', '>>>=', '%='])} ${expression(g, kind, depth)})`;
  return `(${variable.name} = ${bounded(g, kind, expression(g, kind, depth))})`;
}

/** A value that is kept: cut so that no loop can make it huge. */
export function bounded(g: Generator, kind: Kind, text: string): string {
  const grown = /[+(.]/.test(text) && !/^\(?'[^']*'\)?$/.test(text);
  if (kind === 'str' && grown) return `(${text}).slice(-40)`;
  if (kind === 'arr' && grown && !text.startsWith('[')) return `(${text}).slice(0, 12)`;
  if (kind === 'big' && grown) return `BigInt.asIntN(${g.random.pick([64, 64, 65, 100, 32])}, ${text})`;
  return text;
}

type Maker = (g: Generator, depth: number) => string;

const makers: Readonly<Record<Kind, Maker>> = {
  int: (g, d) =>
    g.random.weighted([
      [4, () => intLiteral(g.random)],
      [5, () => `(${binary(g, 'int', ['+', '-', '*', '/', '%'], d)} | 0)`],
      [4, () => binary(g, 'int', ['+', '-', '*'], d)],
      [5, () => binary(g, 'int', ['&', '|', '^', '<<', '>>', '>>>'], d)],
      [2, () => `(${sub(g, 'int', d)} % ${g.random.pick(['2', '3', '7', '8', '16', '-4', '0'])})`],
      [1, () => `~${sub(g, 'int', d)}`],
      [1, () => `-${sub(g, 'int', d)}`],
      [1, () => `Math.imul(${expression(g, 'int', d)}, ${expression(g, 'num', d)})`],
      [1, () => `Math.${g.random.pick(['floor', 'ceil', 'trunc', 'round', 'sign'])}(${expression(g, 'num', d)})`],
      [1, () => `Math.clz32(${expression(g, 'num', d)})`],
      [2, () => `${sub(g, 'arr', d)}.length`],
      [1, () => `${sub(g, 'ta', d)}.length`],
      [1, () => `${sub(g, 'str', d)}.length`],
      [2, () => `${sub(g, 'str', d)}.charCodeAt(${index(g)})`],
      [1, () => `${sub(g, 'str', d)}.codePointAt(${index(g)})`],
      [1, () => `${sub(g, 'str', d)}.indexOf(${expression(g, 'str', 0)})`],
      [1, () => `${sub(g, 'arr', d)}.indexOf(${anything(g, 0)})`],
      [3, () => assignment(g, 'int', d)],
      [4, () => load(g, d)],
      [2, () => methodCall(g, d)],
      [1, () => `${sub(g, 'arr', d)}.push(${anything(g, d)})`],
      [1, () => (g.body.usesArguments ? 'arguments.length' : '1')],
      [1, () => `(${sub(g, 'num', d)} >>> ${g.random.pick(['0', '1', '31'])})`],
      [1, () => `Number(${expression(g, 'big', d)} & 0xffn)`],
      [1, () => `parseInt(${expression(g, 'str', d)}${g.random.chance(0.3) ? ', 16' : ''})`],
      [1, () => `(${expression(g, 'any', d)}, ${expression(g, 'int', d)})`],
    ]),
  num: (g, d) =>
    g.random.weighted([
      [4, () => numberLiteral(g.random)],
      [6, () => binary(g, 'num', ['+', '-', '*', '/', '%'], d)],
      [3, () => expression(g, 'int', d)],
      [1, () => `((${expression(g, 'int', d)}) ** ${g.random.pick(['2', '3', '0', '0.5', '-1'])})`],
      [2, () => `-${sub(g, 'num', d)}`],
      [
        2,
        () =>
          `Math.${g.random.pick(['abs', 'sqrt', 'fround', 'floor', 'ceil', 'round', 'trunc'])}(${expression(g, 'num', d)})`,
      ],
      [2, () => `Math.${g.random.pick(['min', 'max'])}(${expression(g, 'num', d)}, ${expression(g, 'num', d)})`],
      [1, () => `+${sub(g, 'str', d)}`],
      [1, () => `Number(${anything(g, d)})`],
      [2, () => assignment(g, 'num', d)],
      [5, () => load(g, d)],
      [2, () => methodCall(g, d)],
      [1, () => `(${anything(g, d)} - ${anything(g, d)})`],
      [
        1,
        () =>
          `${sub(g, 'arr', d)}.reduce(${reducer(g, d)}${g.random.chance(0.8) ? `, ${expression(g, 'num', 0)}` : ''})`,
      ],
      [1, () => `${sub(g, 'arr', d)}.${g.random.pick(['pop', 'shift'])}()`],
      [1, () => `(${load(g, d)} ?? ${sub(g, 'num', d)})`],
      [1, () => `(${load(g, d)} ${g.random.pick(['||', '&&'])} ${sub(g, 'num', d)})`],
    ]),
  str: (g, d) =>
    g.random.weighted([
      [4, () => stringLiteral(g.random)],
      [4, () => `(${sub(g, 'str', d)} + ${anything(g, d)})`],
      [2, () => `\`${g.random.pick(['', 'p', '\\n'])}\${${anything(g, d)}}-\${${expression(g, 'num', d)}}\``],
      [
        2,
        () =>
          `${sub(g, 'str', d)}.${g.random.pick(['slice', 'substring'])}(${index(g)}${g.random.chance(0.5) ? `, ${index(g)}` : ''})`,
      ],
      [2, () => `${sub(g, 'str', d)}[${index(g)}]`],
      [1, () => `${sub(g, 'str', d)}.${g.random.pick(['charAt', 'at'])}(${index(g)})`],
      [1, () => `String(${anything(g, d)})`],
      [1, () => `${sub(g, 'arr', d)}.join(${g.random.chance(0.5) ? expression(g, 'str', 0) : ''})`],
      [1, () => `typeof ${sub(g, 'any', d)}`],
      [1, () => `${sub(g, 'str', d)}.${g.random.pick(['toUpperCase', 'toLowerCase', 'trim'])}()`],
      [
        1,
        () =>
          `${sub(g, 'str', d)}.${g.random.pick(['padStart', 'padEnd'])}(${g.random.int(12)}, ${expression(g, 'str', 0)})`,
      ],
      [1, () => `${sub(g, 'str', d)}.repeat(${g.random.int(4)})`],
      [
        1,
        () =>
          `${sub(g, 'str', d)}.${g.random.pick(['replace', 'replaceAll'])}(${expression(g, 'str', 0)}, ${g.random.chance(0.5) ? expression(g, 'str', 0) : arrow(g, 'str', d, ['str'])})`,
      ],
      [1, () => `String.fromCharCode(${expression(g, 'int', d)})`],
      [
        1,
        () =>
          `JSON.stringify(${g.random.pick([() => expression(g, 'obj', d), () => expression(g, 'arr', d), () => expression(g, 'num', d)])()})`,
      ],
      [1, () => `(${sub(g, 'num', d)}).toString(${g.random.pick(['', '', '2', '16', '36'])})`],
      [2, () => assignment(g, 'str', d)],
      [1, () => load(g, d)],
    ]),
  bool: (g, d) =>
    g.random.weighted([
      [5, () => binary(g, 'num', ['<', '>', '<=', '>=', '===', '!==', '==', '!='], d)],
      [3, () => binary(g, 'int', ['<', '>', '<=', '>=', '===', '!=='], d)],
      [2, () => binary(g, 'str', ['<', '>=', '===', '!==', '=='], d)],
      [2, () => `(${anything(g, d)} ${g.random.pick(['===', '!==', '==', '!='])} ${anything(g, d)})`],
      [1, () => `(${anything(g, d)} ${g.random.pick(['<', '>='])} ${anything(g, d)})`],
      [2, () => `!${sub(g, someKind(g), d)}`],
      [2, () => `(${sub(g, 'bool', d)} ${g.random.pick(['&&', '||'])} ${sub(g, 'bool', d)})`],
      [1, () => `('${property(g)}' in ${sub(g, 'obj', d)})`],
      [1, () => `(${index(g)} in ${sub(g, 'arr', d)})`],
      [1, () => `(${sub(g, 'obj', d)} instanceof ${g.classes.length > 0 ? g.random.pick(g.classes).name : 'Object'})`],
      [1, () => `Object.is(${expression(g, 'num', d)}, ${g.random.pick(['-0', '0', 'NaN', expression(g, 'num', d)])})`],
      [1, () => `Array.isArray(${anything(g, d)})`],
      [1, () => `Object.hasOwn(${expression(g, 'obj', d)}, '${property(g)}')`],
      [1, () => `delete ${sub(g, 'obj', 0)}.${property(g)}`],
      [
        1,
        () =>
          `(typeof ${sub(g, 'any', d)} === '${g.random.pick(['number', 'string', 'undefined', 'object', 'function'])}')`,
      ],
      [1, () => `Number.${g.random.pick(['isInteger', 'isNaN', 'isFinite', 'isSafeInteger'])}(${anything(g, d)})`],
      [1, () => `${sub(g, 'arr', d)}.${g.random.pick(['some', 'every'])}(${arrow(g, 'bool', d)})`],
      [1, () => `${sub(g, 'arr', d)}.includes(${anything(g, 0)})`],
      [1, () => binary(g, 'big', ['<', '>', '===', '==', '<='], d)],
    ]),
  big: (g, d) =>
    g.random.weighted([
      [4, () => bigintLiteral(g.random)],
      [5, () => binary(g, 'big', ['+', '-', '*', '&', '|', '^'], d)],
      [3, () => `BigInt.as${g.random.pick(['Int', 'Uint'])}N(64, ${expression(g, 'big', d)})`],
      [
        1,
        () =>
          `(${sub(g, 'big', d)} ${g.random.pick(['/', '%'])} ${g.random.pick(['3n', '-7n', '0n', '18446744073709551616n'])})`,
      ],
      [1, () => `(${sub(g, 'big', d)} ${g.random.pick(['<<', '>>'])} ${g.random.pick(['1n', '63n', '64n', '3n'])})`],
      [1, () => `-${sub(g, 'big', d)}`],
      [1, () => `~${sub(g, 'big', d)}`],
      [2, () => `BigInt(${expression(g, 'int', d)} | 0)`],
      [2, () => assignment(g, 'big', d)],
    ]),
  obj: (g, d) =>
    g.random.weighted([
      [4, () => objectLiteral(g, d)],
      [
        4,
        () =>
          g.factories.length > 0
            ? `${g.random.pick(g.factories)}(${anything(g, d)}, ${expression(g, 'num', d)})`
            : objectLiteral(g, d),
      ],
      [5, () => construct(g, d)],
      [1, () => `{ ...${sub(g, 'obj', d)}, ${property(g)}: ${anything(g, d)} }`],
      [1, () => `Object.assign(${sub(g, 'obj', d)}, ${objectLiteral(g, d)})`],
      [1, () => `Object.create(${expression(g, 'obj', d)})`],
      [
        1,
        () =>
          `{ valueOf() { ${g.variable('int', true) === undefined ? '' : `${g.variable('int', true)!.name}++; `}return ${expression(g, 'num', 0)}; } }`,
      ],
      [1, () => `{ toString() { return ${expression(g, 'str', 0)}; }, ${property(g)}: ${anything(g, d)} }`],
      [1, () => `new Map([[${anything(g, 0)}, ${anything(g, 0)}]])`],
      [1, () => `new Set(${expression(g, 'arr', d)})`],
      [1, () => assignment(g, 'obj', d)],
      [1, () => `Object.freeze(${expression(g, 'obj', d)})`],
    ]),
  arr: (g, d) =>
    g.random.weighted([
      [6, () => arrayLiteral(g, d)],
      [1, () => `new Array(${g.random.pick(['0', '3', '8', "'x'", '2, 3'])})`],
      [2, () => `${sub(g, 'arr', d)}.${g.random.pick(['map', 'map', 'flatMap'])}(${arrow(g, someKind(g), d)})`],
      [1, () => `${sub(g, 'arr', d)}.filter(${arrow(g, 'bool', d)})`],
      [2, () => `${sub(g, 'arr', d)}.slice(${g.random.int(4)})`],
      [1, () => `${sub(g, 'arr', d)}.concat(${anything(g, 0)}).slice(0, 9)`],
      [2, () => `[...${sub(g, 'arr', d)}.slice(0, 6), ${anything(g, d)}]`],
      [1, () => `Array.from({ length: ${g.random.int(6)} }, ${arrow(g, someKind(g), d, ['any', 'int'])})`],
      [1, () => `Object.${g.random.pick(['keys', 'values', 'entries'])}(${expression(g, 'obj', d)})`],
      [1, () => `${sub(g, 'str', d)}.split(${expression(g, 'str', 0)})`],
      [1, () => `${sub(g, 'arr', d)}.${g.random.pick(['reverse', 'sort', 'toReversed', 'toSorted'])}()`],
      [1, () => `${sub(g, 'arr', d)}.sort((s, t) => ${g.random.pick(['s - t', 't - s', '(s > t) - (s < t)'])})`],
      [1, () => `${sub(g, 'arr', d)}.fill(${anything(g, 0)}, ${smallInt(g.random)})`],
      [1, () => `${sub(g, 'arr', d)}.splice(${smallInt(g.random)}, ${g.random.int(3)}, ${anything(g, 0)})`],
      [
        1,
        () =>
          `[...${g.random.pick([() => sub(g, 'str', d), () => `new Set(${expression(g, 'arr', d)})`, () => `new Map([[${anything(g, 0)}, 1]])`])()}]`,
      ],
      [1, () => assignment(g, 'arr', d)],
      [1, () => generatorCall(g) ?? arrayLiteral(g, d)],
      [1, () => (g.body.usesArguments ? 'Array.from(arguments)' : arrayLiteral(g, d))],
    ]),
  ta: (g, d) =>
    g.random.weighted([
      [3, () => `new ${g.random.pick(typedArrays)}(${g.random.int(9)})`],
      [3, () => `new ${g.random.pick(typedArrays)}([${[0, 1, 2].map(() => expression(g, 'num', 0)).join(', ')}])`],
      [1, () => `${sub(g, 'ta', d)}.subarray(${smallInt(g.random)})`],
      [1, () => `${sub(g, 'ta', d)}.map(${arrow(g, 'num', d)})`],
      [1, () => `${sub(g, 'ta', d)}.fill(${expression(g, 'num', 0)})`],
      [1, () => assignment(g, 'ta', d)],
    ]),
  fn: (g, d) =>
    g.random.weighted([
      [3, () => arrow(g, someKind(g), d, ['num', 'num'])],
      [1, () => `function (s, t) { return ${leaf(g, someKind(g))}; }`],
      [1, () => (g.functions.length > 0 && g.affords(200) ? g.random.pick(g.functions).name : '(() => 1)')],
      [1, () => `${g.random.pick(['Math.max', 'String', 'Number', 'Boolean', 'parseFloat', 'Array.of', 'Object'])}`],
    ]),
  any: (g, d) =>
    g.random.weighted([
      [3, () => leaf(g, 'any')],
      [6, () => expression(g, someKind(g), d)],
      [3, () => load(g, d)],
      [1, () => assignment(g, 'any', d)],
      [1, () => callValue(g, d)],
      [
        1,
        () =>
          g.body.flavour === 'async'
            ? `(await ${anything(g, d)})`
            : g.body.flavour === 'generator'
              ? `(yield ${anything(g, d)})`
              : leaf(g, 'any'),
      ],
    ]),
};

function reducer(g: Generator, depth: number): string {
  return plain(g, () => {
    const [sum, each] = [g.fresh('s'), g.fresh('e')];
    g.declare(sum, 'num');
    g.declare(each, 'num');
    return `(${sum}, ${each}) => ${g.repeated(4, () => operand(expression(g, 'num', depth)))}`;
  });
}

/** Calls a variable that should hold a function. */
function callValue(g: Generator, depth: number): string {
  const callee = g.variable('fn');
  if (callee === undefined || !g.affords(60)) return leaf(g, 'any');
  g.spend(60);
  return `${callee.name}(${expression(g, 'num', depth)}${g.random.chance(0.5) ? `, ${expression(g, 'num', 0)}` : ''})`;
}

function objectLiteral(g: Generator, depth: number): string {
  const { random: r } = g;
  const names = propertyNames.filter(() => r.chance(0.4));
  if (r.chance(0.3)) names.reverse();
  const rows = names.map((name) =>
    r.weighted([
      [8, () => `${name}: ${expression(g, r.chance(0.7) ? 'num' : someKind(g), depth)}`],
      [1, () => `get ${name}() { return ${leaf(g, 'num')}; }`],
      [1, () => `[${r.pick([`'${name}'`, '1', "'0'"])}]: ${expression(g, 'num', 0)}`],
    ]),
  );
  if (r.chance(0.15))
    rows.push(`${r.pick(methodNames)}(q) { return ${r.pick(['q', 'this', `this.${property(g)}`, 'q + 1'])}; }`);
  return rows.length === 0 ? '{}' : `{ ${rows.join(', ')} }`;
}

function arrayLiteral(g: Generator, depth: number): string {
  const { random: r } = g;
  const kind: Kind = r.pick(['int', 'int', 'num', 'num', 'obj', 'str', 'any']);
  const rows = Array.from({ length: r.int(6) }, () =>
    r.chance(0.06) ? '' : r.chance(0.05) ? `...${sub(g, 'arr', 0)}` : expression(g, kind, depth - 1),
  );
  return rows.length > 0 && rows.at(-1) === '' ? `[${rows.join(', ')},]` : `[${rows.join(', ')}]`;
}

function construct(g: Generator, depth: number): string {
  if (g.classes.length === 0 || !g.affords(40)) return objectLiteral(g, depth);
  g.spend(40);
  const made = g.random.pick(g.classes);
  const args = Array.from({ length: made.constructorParameters }, () =>
    expression(g, g.random.chance(0.8) ? 'num' : someKind(g), depth),
  );
  if (g.random.chance(0.05)) return `Reflect.construct(${made.name}, [${args.join(', ')}])`;
  return `new ${made.name}(${args.join(', ')})`;
}

function generatorCall(g: Generator): string | undefined {
  const fitting = g.functions.filter((f) => f.flavour === 'generator' && g.affords(f.cost + 20));
  if (fitting.length === 0) return undefined;
  const callee = g.random.pick(fitting);
  g.spend(callee.cost + 20);
  return `[...${callee.name}(${argumentsFor(g, callee.parameters, 0)})].slice(0, 12)`;
}
