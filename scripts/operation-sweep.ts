// Every operation on every pair of kinds of values, each in a function of its own that is made hot again and again: what the
// loop check asks beside the programs people write. A guard that turns away what its feedback has seen shows here as a
// function that bails out at every round.

/** Expressions in `a` and `b`. Statements end with a semicolon. */
const operations: Readonly<Record<string, readonly string[]>> = {
  arithmetic: ['a + b', 'a - b', 'a * b', 'a / b', 'a % b', 'a ** b', '-a', '+a', '++a', 'a += b'],
  bits: ['a | b', 'a & b', 'a ^ b', 'a << b', 'a >> b', 'a >>> b', '~a'],
  compare: [
    'a < b',
    'a >= b',
    'a == b',
    'a === b',
    'a != null',
    'a === undefined',
    '!a',
    'a ? 1 : 2',
    'a ?? b',
    'a && b',
  ],
  test: ['typeof a', "typeof a === 'string'", 'a instanceof b', 'b in a', 'Object.is(a, b)', 'Array.isArray(a)'],
  load: [
    'a[b]',
    'a.x',
    'a.length',
    'a?.[b]',
    'a?.x',
    'const { x, ...rest } = a; return rest;',
    'const [x, y] = a; return y;',
  ],
  store: ['a[b] = 1;', 'a[b] = 1.5;', "a[b] = 's';", 'a.x = b;', 'a[b]++;', 'delete a[b];', 'a.x ??= b;'],
  string: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is the program's
    '`${a}${b}`',
    'a.charCodeAt(b)',
    'a.at(b)',
    'a.slice(b)',
    'a.indexOf(b)',
    'a.concat(b)',
    'String(a)',
    'a.startsWith(b)',
    'a.codePointAt(b)',
  ],
  array: [
    'a.push(b)',
    'a.pop()',
    'a.includes(b)',
    'a.map((x) => x)',
    '[...a]',
    '[a, b]',
    'a.forEach((x) => x)',
    'a.shift()',
    'a.fill(b)',
    'a.join(b)',
  ],
  call: ['a(b)', 'new a(b)', 'a.call(b)', 'a.apply(null, b)', 'a(...b)', 'a.f(b)', 'b.f?.(a)'],
  iterate: [
    'for (const x of a) b = x;',
    'for (const x in a) b = x;',
    'for (const x in a) b = a[x];',
    'for (let i = 0; i < a.length; i++) b = a[i];',
    '({ ...a })',
    'Object.keys(a)',
  ],
  math: [
    'Math.max(a, b)',
    'Math.floor(a)',
    'Math.abs(a)',
    'Math.round(a)',
    'Math.sqrt(a)',
    'Math.imul(a, b)',
    'Math.sign(a)',
    'Math.clz32(a)',
    'Math.trunc(a)',
    'Number(a)',
    'Number.isInteger(a)',
    'isNaN(a)',
    'parseInt(a)',
  ],
  literal: [
    '({ x: a, y: b })',
    '({ [a]: b })',
    '[a, , b]',
    '(() => a)',
    '(function () { return arguments[b]; })(a)',
    '((...r) => r[b])(a)',
  ],
  objects: [
    'a[b] += 1;',
    'a.x++;',
    'a[b]()',
    'a.f?.(b)',
    'const { x = b, y: { z } = {} } = a; return x;',
    'const [{ x } = b] = a; return x;',
    'Object.assign({}, a, b)',
    'Object.entries(a)',
    'Reflect.get(a, b)',
    'Reflect.has(a, b)',
    'Object.hasOwn(a, b)',
    'Object.getPrototypeOf(a)',
    'Object.create(a)',
    'a.constructor === b',
    'switch (a) { case 1: return 1; case b: return 2; default: return 3; }',
  ],
  library: [
    'Array.from(a)',
    'new Map([[a, b]]).get(a)',
    'new Set([a]).has(b)',
    'sharedMap.get(a)',
    'sharedSet.add(a).has(b)',
    'String.fromCharCode(a)',
    '/x/.test(a)',
    'JSON.stringify(a)',
    'BigInt.asIntN(64, a)',
    'BigInt.asUintN(64, a)',
    'Array.of(a, b)',
    'new Array(a)',
    'new Uint8Array(a)',
    'Symbol(a)',
    'Promise.resolve(a)',
    'a.toString()',
    'a.valueOf()',
    'a.hasOwnProperty(b)',
    'Function.prototype.call.call(b, a)',
  ],
  flow: [
    'let n = 0; while (n < a && n < 9) n += 1; return n;',
    'let n = a; for (let i = 0; i < 5; i++) n = n + b; return n;',
    'let n = b; for (let i = 0; i < 5; i++) n = a[i]; return n;',
    'for (let i = 0; i < 5; i++) a[i] = b;',
    'try { return a.x; } catch { return b; }',
    'try { throw a; } catch (e) { return e === b; }',
    'const g = (v) => v + b; return g(a) + g(b);',
    'const g = (o) => o.x; return g(a) ?? g(b);',
    'let n = a; const g = () => { n = b; }; g(); return n;',
    'const o = { x: a }; o.x = b; return o.x;',
    'class C { y = b; constructor() { this.x = a; } } return new C().x;',
    'class C { #p = a; get() { return this.#p; } } return new C().get();',
  ],
};

/** Made anew at every use, unless a `$` stands before: then it is one value for the whole program. */
const values: Readonly<Record<string, string>> = {
  smi: '3',
  zero: '0',
  minusOne: '-1',
  minusZero: '-0',
  double: '1.5',
  integralDouble: 'half + half',
  big: '4294967297',
  huge: '1e300',
  nan: 'NaN',
  true: 'true',
  null: 'null',
  undefined: 'undefined',
  string: "'x'",
  computedString: "'abcx'.slice(one + 2)",
  consString: "'the first half, ' + one",
  digits: "'1'",
  computedDigits: 'String(one)',
  empty: "''",
  symbol: '$Symbol.iterator',
  bigint: '5n',
  bigBigint: '(1n << 70n)',
  object: '({ x: 1, y: 2, f() { return 1; }, valueOf() { return 1; } })',
  plain: '({ x: 1 })',
  sharedObject: '$({ x: 1, 3: 2 })',
  smis: '[1, 2, 3, 4]',
  doubles: '[1.5, 2.5, 3.5]',
  mixed: "['x', 1, {}]",
  holey: '[1, , 3]',
  emptyArray: '[]',
  sharedArray: '$[1, 2, 3, 4]',
  longArray: '$Array.from({ length: 40 }, (_, i) => i)',
  typedArray: '$new Uint8Array(4)',
  floatArray: '$new Float64Array(4)',
  function: '$function plain(x) { return x; }',
  arrow: '$(x) => x',
  class: '$class { constructor(x) { this.x = x; } }',
  builtin: '$Math.max',
  instance: 'new Point(1)',
  date: 'new Date(0)',
  map: '$new Map([[1, 2]])',
  set: '$new Set([1, 2])',
  regExp: '$/x/g',
  frozen: '$Object.freeze({ x: 1 })',
  dictionary: '$(() => { const o = { x: 1, y: 2 }; delete o.x; return o; })()',
  proxy: '$new Proxy({ x: 1 }, {})',
  wrapped: "new String('xyz')",
};

const names = Object.keys(values);
/** The second value for a first one: over as many parts as there are values every pair is met. */
const partner = (first: number, part: number): string => names[(first * 5 + part * 7) % names.length]!;

export const operationGroups = Object.keys(operations);

/** One program: all operations of a group, each with every first value and one second value, another in each part. */
export function generateOperations(group: string, part: number): string {
  const lines = [
    '// Made by the operation sweep.',
    'const half = 0.5; const one = 1;',
    'const sharedMap = new Map([[1, 2]]); const sharedSet = new Set();',
    'class Point { constructor(x) { this.x = x; } f(v) { return v; } }',
  ];
  for (const [name, text] of Object.entries(values))
    lines.push(
      text.startsWith('$')
        ? `const shared_${name} = ${text.slice(1)}; const ${name}_ = () => shared_${name};`
        : `const ${name}_ = () => (${text});`,
    );
  lines.push(
    'function rounds(f, a, b, c, d) {',
    '  for (let round = 0; round < 6; round++) {',
    '    %PrepareFunctionForOptimization(f);',
    '    for (let i = 0; i < 2; i++) { try { f(a(), b()); } catch {} try { if (round > 0) f(c(), d()); } catch {} }',
    '    %OptimizeFunctionOnNextCall(f);',
    '    for (let i = 0; i < 2; i++) { try { f(a(), b()); } catch {} try { f(c(), d()); } catch {} }',
    '  }',
    '}',
  );
  let id = 0;
  for (const operation of operations[group]!)
    for (let first = 0; first < names.length; first++) {
      const second = partner(first, part);
      const name = `f${id++}_${names[first]}_${second}`;
      const other = names[(first * 3 + id) % names.length]!;
      const body = /[;}]$/.test(operation) && !operation.startsWith('(') ? operation : `return ${operation};`;
      lines.push(
        `function ${name}(a, b) { ${body} }`,
        `rounds(${name}, ${names[first]}_, ${second}_, ${names[first]}_, ${second}_);`,
        `function w${name}(a, b) { ${body} }`,
        `rounds(w${name}, ${names[first]}_, ${second}_, ${other}_, ${second}_);`,
      );
    }
  return `${lines.join('\n')}\n`;
}
