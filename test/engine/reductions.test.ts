// Calls that optimized code makes something else of: functions that feedback knows, `call`, methods of arrays, DataViews; and arguments
// that are never made. What they answer is what the host answers, whatever comes after what the code was made for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeoptimizeReason } from '../../src/engine/deoptimizer/index.ts';
import { turbofanStubId } from '../../src/engine/turbofan/stubs.ts';
import { agrees, everyPair, heat } from './on-host.ts';
import { Program } from './program.ts';

/** Says how often each runs; none is inlined, so that the call itself is looked at. */
const targets = `
  const teller = (name) => function (x) { 'use strict'; return name + ':' + String(this) + ':' + x + ':' + new.target?.name; };
  const one = teller('one'), two = teller('two');
  class A { constructor(x) { this.x = x; } toString() { return 'A' + this.x; } }
  class B extends A { constructor(x) { super(x + 1); } }`;

// Seen to fail: the guard before a known target left out; the callee put in its place before the guard.
test('a function that a call always had is guarded: another one is called', () => {
  const others = ['one', 'two', 'Math.abs', 'undefined', '{}', 'A'];
  agrees(
    everyPair(`${targets} function f(x, y) { return x(y); }`, heat('f(one, 1); f(one, 2);'), others, ['1', "'s'"]),
  );
  agrees(everyPair(`${targets} function f(x, y) { return x(y); }`, heat('f(one, 1); f(two, 2);'), others, ['1']));
  agrees(
    everyPair(
      `${targets} function f(x, y) { return new x(y); }`,
      heat('f(A, 1); f(A, 2);'),
      ['A', 'B', 'one', 'Math.abs', '1'],
      ['1'],
    ),
  );
});

test('a closure that a call always had is guarded by its cell', () => {
  const closures = `const make = (n) => (x) => n + x, other = (n) => (x) => n * x;`;
  const warm = heat('f(make(1), 1); f(make(2), 2); f(make(3), 2);');
  agrees(
    everyPair(`${closures} function f(x, y) { return x(y); }`, warm, ['make(5)', 'other(5)', 'Math.abs', '7'], ['3']),
  );
});

// Seen to fail: the first argument of `call` left in the call; a receiver that was never converted.
test('call: the first argument is the receiver, whatever it is', () => {
  const functions = `
    const sloppy = function (a, b) { return typeof this + ':' + (this === globalThis) + ':' + a + ':' + b + ':' + arguments.length; };
    const strict = function (a, b) { 'use strict'; return typeof this + ':' + String(this) + ':' + a + ':' + b + ':' + arguments.length; };`;
  const inlined = '%EnsureFeedbackVectorForFunction(sloppy); %EnsureFeedbackVectorForFunction(strict);';
  for (const call of ['x.call(y)', 'x.call()', 'sloppy.call(y, 1, 2, 3)'])
    for (const warm of ['f(sloppy, 1);', 'f(strict, 1);', `${inlined} f(sloppy, 1);`, `${inlined} f(strict, 1);`])
      agrees(
        everyPair(
          `${functions} function f(x, y) { return ${call}; }`,
          heat(warm),
          ['sloppy', 'strict', '{}', '{ call: (z) => z }'],
          ['undefined', 'null', '1', "'s'", '{}'],
        ),
      );
});

const arrays = ['[1, 2, 3]', '[1, , 3]', '[1.5, 2.5]', '[1.5, , 2.5]', `['s', 1]`, `['s', , 1]`, '[]', '[NaN, -0, 0]'];
// What no guard minds comes first: a call site speculates until one fails.
const counted = ['0', '1', '2', '-1', '-2', '9', '-9', '-0', 'undefined', '1.5', "'1'", 'NaN', '1e9', '-1e9'];

// Seen to fail: the shorter length not stored; the hole not stored; an element of a literal's own array written.
test('pop: any array, until it is empty', () => {
  const f = `function f(a, x) { const got = []; for (let i = 0; i < 3; i++) got.push(String(a.pop())); a.length += 1; return got + ':' + a.length + ':' + (0 in a) + a.join(); }`;
  for (const array of arrays) agrees(everyPair(f, heat(`f(${array}, 1);`), [array, '[1, 2]', '{ length: 2 }'], ['0']));
  // The array that a literal is a copy of.
  agrees(`function f() { const a = [1, 2, 3]; return a.pop() + ':' + a + ':' + a.length; }
    ${heat('f(); f();')} console.log(f()); console.log(f());`);
});

test('at, indexOf, includes: any array, any position', () => {
  for (const call of [
    'x.at(y)',
    'x.indexOf(2, y)',
    'x.includes(2, y)',
    'x.indexOf(3, y)',
    'x.includes(NaN, y)',
    'x.indexOf(NaN, y)',
  ])
    for (const warm of ['[1, 2, 3]', `['s', , 1]`])
      agrees(everyPair(`function f(x, y) { return ${call}; }`, heat(`f(${warm}, 1);`), arrays, counted));
});

test('indexOf and includes: any value', () => {
  const values = ['1', '1.5', '-0', 'NaN', 'undefined', "'s'", 'null', '2n'];
  for (const call of ['x.indexOf(y)', 'x.includes(y)', 'x.indexOf(y, 1)'])
    for (const warm of ['[1, 2, 3]', '[1.5, 2.5]', `['s', 1]`, `['s', , 1]`])
      agrees(everyPair(`function f(x, y) { return ${call}; }`, heat(`f(${warm}, 1);`), arrays, values));
});

// Seen to fail: a copy that is the array itself.
test('slice: a copy of the whole array', () => {
  const f = `function f(x, y) { const copy = x.slice(); copy[0] = 'new'; return x.join() + '|' + copy.join() + '|' + (copy === x) + copy.length; }`;
  for (const array of arrays) agrees(everyPair(f, heat(`f(${array}, 1);`), [array, "'text'", '[1, 2]'], ['0']));
  for (const call of ['x.slice(1)', 'x.slice(0, 1)', 'x.slice(-1)', 'x.slice(y)'])
    agrees(
      everyPair(
        `function f(x, y) { return ${call}; }`,
        heat('f([1, 2, 3], 0);'),
        ['[1, 2, 3]', "['s', 1]"],
        ['0', '1'],
      ),
    );
});

const offsets = ['0', '1', '3', '7', '8', '-1', '-0', '1.5', 'undefined', "'1'", 'NaN', '2 ** 31', '2 ** 32'];
const kinds = ['Int8', 'Uint16', 'Int32', 'Float64'];
const views = `
  const bytes = Uint8Array.from([0xff, 0x80, 3, 4, 0xc0, 0x7f, 7, 0xfe, 9, 10]);
  const view = () => new DataView(bytes.slice().buffer, 1, 8);
  const short = () => new DataView(new ArrayBuffer(1));
  const shrunk = () => { const b = new ArrayBuffer(8, { maxByteLength: 16 }); const v = new DataView(b); b.resize(2); return v; };`;

// Seen to fail: an offset up to the length; the byte order turned round.
test('DataView: every kind at any offset, in both orders', () => {
  for (const kind of kinds)
    for (const order of ['', ', y']) {
      const get = `function f(x, y) { return x.get${kind}(y${order}); }`;
      agrees(everyPair(views + get, heat('f(view(), 0);'), ['view()', 'short()', 'shrunk()', '{}'], offsets));
      const set = `function f(x, y) { x.set${kind}(y, 0x12345.8p0, 0${order.slice(0, 6)}); return x.getUint8(0) + ':' + x.getUint8(1); }`;
      agrees(
        everyPair(
          views + set.replace('.8p0', '').replace(', 0,', ',').replace(', 0)', ')'),
          heat('f(view(), 0);'),
          ['view()', 'short()'],
          offsets,
        ),
      );
    }
});

test('DataView: a view that became too short leaves; an offset outside leaves by its bounds', () => {
  agrees(
    everyPair(`${views} function f(x, y) { return x.getInt16(y); }`, heat('f(view(), 0);'), ['shrunk()'], ['1', '4']),
  );
  const program = new Program(`${views} function f(x, y) { return x.getInt16(y); } ${heat('f(view(), 0);')}
    try { f(view(), 7); } catch (e) { console.log(e.name); }`);
  assert.equal(program.run(), 'RangeError\n');
  assert.deepEqual(
    program.bailouts.map((b) => DeoptimizeReason[b.reason]),
    ['OutOfBounds'],
  );
});

test('DataView: any value, BigInts too', () => {
  const values = ['1', '-1.5', '-0', 'NaN', '2 ** 40', "'7'", 'undefined', '5n', '-5n', '2n ** 64n', '{}'];
  for (const kind of [
    'Int8',
    'Uint8',
    'Int16',
    'Uint16',
    'Int32',
    'Uint32',
    'Float32',
    'Float64',
    'BigInt64',
    'BigUint64',
  ]) {
    const set = `function f(x, y) { x.set${kind}(0, y); return x.get${kind}(0) + ':' + x.getUint8(0) + ':' + x.getUint8(7); }`;
    agrees(
      everyPair(views + set, heat(kind.startsWith('Big') ? 'f(view(), 1n);' : 'f(view(), 1);'), ['view()'], values),
    );
  }
});

// Seen to fail: a rest array that begins at the first argument; a length that counts the receiver; a mapped entry for what was not
// passed; elements read after the frames were written.
test('arguments and rest: however many are passed, whatever is read', () => {
  const bodies = [
    'function f(...r) { return r.length + ":" + r[0] + r[1]; }',
    'function f(a, ...r) { a += 1; return a + ":" + r.length + ":" + r[0]; }',
    'function f(a, b, ...r) { let s = 0; for (const x of r) s += x; return s + ":" + a + b; }',
    'function f(a) { "use strict"; a = 9; return arguments.length + ":" + arguments[0] + arguments[1] + a; }',
    'function f() { let s = ""; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s; }',
    'function f(a, b) { a = 9; return arguments.length + ":" + arguments[0] + arguments[1] + arguments[2]; }',
    'function f(a, b) { const n = arguments.length; b = 4; return n + ":" + a + b; }',
    'function f(a, b) { "use strict"; return [...arguments].join() + Array.isArray(arguments) + typeof arguments; }',
    'function f(a, b) { arguments[0] = 7; return a + ":" + arguments.length; }',
    'function f(...r) { r.push(a(r)); return r.join(); } function a(r) { return r.length; }',
  ];
  const lists = ['', '1', '1, 2', '1, 2, 3', '1.5, "s"', '"s", 2, 3, 4', 'undefined, null, {}'];
  for (const body of bodies)
    for (const warm of ['f(1, 2, 3); f(4, 5, 6);', 'f(1); f();'])
      agrees(`${body} ${heat(warm)} ${lists.map((list) => `console.log(String(f(${list})));`).join(' ')}`);
});

// Seen to fail: a field that is what the first way stored; objects of which one counts as the other.
test('objects that are never made: fields are what was stored last, whichever way it went', () => {
  const bodies = [
    'const a = { p: x, q: 0 }; if (y) a.p = 1; else a.q = x; return a.p + ":" + a.q;',
    'const a = { n: 0 }; for (let i = 0; i < 3; i++) a.n += y ? x : 1; return a.n;',
    'const a = [x, 7]; let s = ""; for (let i = 0; i < 2; i++) s += a[i] + ":"; return s;',
    'const a = { p: x }, b = { p: x }; return (a === b) + ":" + (a === a) + ":" + (b === kept);',
    'const a = { p: x }, b = { p: 2 }, c = y ? a : b; c.p = 3; return a.p + ":" + b.p + ":" + (c === a);',
    'const inner = { p: x }, outer = { inner }; kept = outer; inner.p = 4; return kept.inner.p + ":" + kept.inner.q;',
    'const inner = { p: x }, list = [inner]; kept.list = list; inner.p = 5; return kept.list[0].p;',
    'const make = () => x, a = { make }; let n = 0; for (let i = 0; i < 3; i++) n += a.make(); return n;',
  ];
  for (const body of bodies)
    agrees(
      everyPair(
        `let kept = {}; function f(x, y) { ${body} }`,
        heat('f(1, true); f(2, false);'),
        ['1', '2.5', "'s'"],
        ['true', 'false'],
      ),
    );
});

/** The words that a bailout made of captured arguments, and what the program then printed. */
test('R20: arguments of the frame are rebuilt from it: what was passed, not what the parameters are by now', () => {
  const program = new Program(
    `function f(a, b, ...rest) { a = 7; const v = rest[0].v; return v === 2 ? [a, v, rest] : v; }
    function g(a) { 'use strict'; a = 7; const v = arguments[1].v; return v === 2 ? [a, v, arguments.length, arguments[0], arguments] : v; }
    function h(a, b) { a = 7; const n = arguments.length, v = b.v; return v === 2 ? [v, n, arguments[0], arguments] : v; }
    function i(...rest) {
      const box = { n: rest.length }, pair = { one: box, two: box }, v = rest[1].v;
      return v === 2 ? [pair, pair.one === pair.two, v, rest] : pair.one.n + v;
    }
    const o = { v: 1 };
    for (const k of [f, g, h, i]) {
      %PrepareFunctionForOptimization(k);
      k(1, o, o); k(1, o, o);
      %OptimizeFunctionOnNextCall(k);
      k(1, o, o);
      console.log(JSON.stringify(k(1, { w: 0, v: 2 }, { w: 0, v: 2 }, 4)));
    }`,
    ['--turbo-verify'],
  );
  const output = program.run();
  assert.equal(
    output,
    `${[
      '[7,2,[{"w":0,"v":2},4]]',
      '[7,2,4,1,{"0":1,"1":{"w":0,"v":2},"2":{"w":0,"v":2},"3":4}]',
      '[2,4,7,{"0":7,"1":{"w":0,"v":2},"2":{"w":0,"v":2},"3":4}]',
      '[{"one":{"n":4},"two":{"n":4}},true,2,[1,{"w":0,"v":2},{"w":0,"v":2},4]]',
    ].join('\n')}\n`,
  );
  assert.deepEqual(
    program.bailouts.map((b) => DeoptimizeReason[b.reason]),
    ['WrongMap', 'WrongMap', 'WrongMap', 'WrongMap'],
  );
});

test('R20: arguments and rest that are only read are not made', () => {
  const makes = (body: string): boolean => {
    const program = new Program(`let kept; ${body}
      %PrepareFunctionForOptimization(f); f(1, 2); f(1, 2); %OptimizeFunctionOnNextCall(f); console.log(f(1, 2, 3));`);
    const call = `movl rbx,0x${turbofanStubId('TurbofanNewArgumentsElements')!.toString(16)}`;
    let isMade = false;
    program.onCode = ({ instructions }) => {
      isMade ||= instructions.some(({ text }) => text === call);
    };
    program.run();
    assert.equal(program.codes.length, 1);
    return isMade;
  };
  assert.ok(!makes('function f(...args) { return args.length + args[0]; }'));
  assert.ok(
    !makes('function f() { let s = 0; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s; }'),
  );
  assert.ok(!makes('function f(a, b) { b = 1; return arguments.length; }'));
  assert.ok(makes('function f(...args) { kept = args; return args.length; }'));
});
