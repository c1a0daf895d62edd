// What the reference prints of these programs' feedback (%GetFeedback), addresses and sizes gone. The corpus has more
// (npm run parity -- feedback).

import assert from 'node:assert/strict';
import test from 'node:test';
import { feedbackTexts } from '../feedback/index.ts';
import { FeedbackCell, JSFunction } from '../objects/index.ts';
import { getNamed, NativeContextSlot, toHost } from '../runtime/index.ts';
import { Isolate, RecordingHost } from './index.ts';

/** Feedback of `f` after some statements, a text a slot. */
const textsOf = (definition: string, statements: string): string[] => {
  const isolate = new Isolate({ host: new RecordingHost(), allowNatives: true });
  isolate.runScript(`${definition}\n%EnsureFeedbackVectorForFunction(f);\n${statements}`, 't.js');
  const { heap, rt } = isolate;
  const fn = getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'f');
  const vector = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
  return feedbackTexts(heap, vector).map(([kind, text]) =>
    `${kind} ${text}`
      .replace(/0x[0-9a-f]+ (?=<)/g, '')
      .replace(/0x[0-9a-f]+/g, '0x')
      .replace(/<Map\[\d+\]/g, '<Map')
      .replace(/\s+/g, ' ')
      .replace(/do access check on lookup start object = (\d), lookup on lookup start object = (\d)/, '$1$2')
      .trim(),
  );
};

const map = '<Map(HOLEY_ELEMENTS)>';
const cell = 'validity cell = <Cell value= 0>';
const read = 'function f(o) { return o.x; }';
const write = 'function f(o, v) { o.x = v; }';
const store = 'function f(a, i, v) { a[i] = v; }';

/** Definition of f, statements, and what the reference says of the first slot. */
const cases: readonly (readonly [definition: string, statements: string, expected: string])[] = [
  [read, '', 'LoadProperty UNINITIALIZED'],
  [
    read,
    'f({ x: 1 })',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(Smi)(kind = kField, is in object = 1, is double = 0, field index = 3)`,
  ],
  [
    read,
    'f(Object.create({ x: 1 }))',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(00, kind = kConstantFromPrototype, data1 = 1, ${cell})`,
  ],
  [
    read,
    'f(new (class { get x() { return 1; } }))',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(00, kind = kAccessorFromPrototype, data1 = [weak] <JSFunction get x (sfi = 0x)>, ${cell})`,
  ],
  [
    read,
    'f({})',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(00, kind = kNonExistent, data1 = <null>, ${cell})`,
  ],
  [
    read,
    'const d = { x: 1, y: 2 }; delete d.x; f(d)',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(01, kind = kNonExistent, data1 = <null>, ${cell})`,
  ],
  [
    read,
    'const o = { a: 1 }; Object.defineProperty(o, "x", { get() { return 1; } }); f(o)',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(<unexpected>)(<AccessorPair>)`,
  ],
  [
    'function f(g) { return g.prototype; }',
    'f(f)',
    `LoadProperty MONOMORPHIC [weak] ${map}: LoadHandler(Code)(LoadIC_FunctionPrototype)`,
  ],
  [
    read,
    'f(new Proxy({}, {}))',
    'LoadProperty MONOMORPHIC [weak] <Map(JS_PROXY_TYPE)>: LoadHandler(Smi)(kind = kProxy)',
  ],
  [
    write,
    'f({ x: 1 }, 1)',
    `SetNamedSloppy MONOMORPHIC ${map}: StoreHandler(Smi)(kind = kField, descriptor = 0, is in object = 1, representation = s, field index = 3)`,
  ],
  [write, 'f({}, 1)', `SetNamedSloppy MONOMORPHIC ${map}: StoreHandler(field transition to ${map})`],
  [
    write,
    'f(new (class { set x(v) {} }), 1)',
    `SetNamedSloppy MONOMORPHIC ${map}: StoreHandler(00, kind = kAccessorFromPrototype, data1 = [weak] <JSFunction set x (sfi = 0x)>, ${cell})`,
  ],
  [
    write,
    'f(Object.freeze({ x: 1 }), 2)',
    'SetNamedSloppy MONOMORPHIC <Map(HOLEY_FROZEN_ELEMENTS)>: StoreHandler(Smi)(kind = kSlow, keyed access store mode = kInBounds)',
  ],
  [
    write,
    'const d = { y: 1, z: 2 }; delete d.y; f(d, 1)',
    `SetNamedSloppy MONOMORPHIC ${map}: StoreHandler(01, kind = kNormal, ${cell})`,
  ],
  [
    store,
    'const a = []; f(a, 0, 1); f(a, 1, 1)',
    `StoreKeyedSloppy MONOMORPHIC <Map(PACKED_SMI_ELEMENTS)>: StoreHandler(builtin = <Code BUILTIN StoreFastElementIC_NoTransitionGrowAndHandleCOW>, ${cell})`,
  ],
  [
    store,
    'f(new Uint8Array(2), 5, 1)',
    'StoreKeyedSloppy MONOMORPHIC <Map(UINT8ELEMENTS)>: StoreHandler(builtin = <Code BUILTIN StoreFastElementIC_NoTransitionIgnoreTypedArrayOOB>)',
  ],
  [
    store,
    'f({ x: 1 }, "x", 2)',
    `StoreKeyedSloppy MONOMORPHIC with name <String[1]: #x> [weak] ${map}: StoreHandler(Smi)(kind = kField, descriptor = 0, is in object = 1, representation = s, field index = 3)`,
  ],
  [store, 'f({}, 0, 1); Object.prototype.added = 1; f({}, 0, 1)', 'StoreKeyedSloppy MEGAMORPHIC'],
  ['function f(g) { g(); }', 'f(() => 1); f(() => 2)', 'Call GENERIC'],
  ['function f(g) { g(); }', 'const make = () => () => 1; f(make()); f(make())', 'Call POLYMORPHIC'],
  ['function f(g) { g(); }', 'f(Math.abs); f(Math.max)', 'Call POLYMORPHIC'],
  ['function f(a, b) { return a === b; }', 'f(1, true)', 'CompareOp CompareOp:Any'],
  ['function f(a, b) { return a == b; }', 'f(1, true)', 'CompareOp CompareOp:NumberOrBoolean'],
  ['function f(a, b) { return a == b; }', 'f(1, null)', 'CompareOp CompareOp:Any'],
  ['function f(a, b) { return a ** b; }', 'f(2n, 3n)', 'BinaryOp BinaryOp:BigInt'],
  ['function f(a) { return typeof a; }', 'f(1); f("a")', 'TypeOf POLYMORPHIC'],
  // The handler asks no prototype: it holds as long as none has changed.
  [
    'function f(o, i) { o[i] = 1; }',
    'const p = { a: 1 }; const o = Object.create(p); o[0] = 0; f(o, 0); f(o, 0); p.b = 2; f(o, 0)',
    'StoreKeyedSloppy MEGAMORPHIC',
  ],
];

// Seen to fail: constants of prototypes kept as fields of their holders; stores of an equal value leaving a field const.
for (const [definition, statements, expected] of cases)
  test(`R27: feedback of ${definition} after ${statements || 'nothing'}`, () => {
    assert.equal(textsOf(definition, statements)[0], expected);
  });

// Seen to fail: setOwnDataValue keeping the validity cell of a prototype whose field stops being const.
test('R27: a constant of a prototype is read anew once it has changed', () => {
  const host = new RecordingHost();
  const isolate = new Isolate({ host, allowNatives: true });
  isolate.runScript(
    `const p = { x: 1, y: 1.5, z: p => p }; const o = Object.create(p);
     function f() { return [o.x, o.y, typeof o.z].join(); }
     %EnsureFeedbackVectorForFunction(f);
     f(); f(); p.x = 2; p.y = 2.5; p.z = 0; globalThis.result = f() + ' ' + f();`,
    't.js',
  );
  const { rt } = isolate;
  const result = getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'result');
  assert.equal(toHost(rt, result), '2,2.5,number 2,2.5,number');
});

// Seen to fail: loadWithHandler not looking at the receiver first.
test('R27: a dictionary that had no such property may have got one', () => {
  const isolate = new Isolate({ host: new RecordingHost(), allowNatives: true });
  isolate.runScript(
    `function f(o) { return o.x; } %EnsureFeedbackVectorForFunction(f);
     const d = { x: 1, y: 2 }; delete d.x; f(d); d.x = 5; globalThis.result = String(f(d));`,
    't.js',
  );
  const { rt } = isolate;
  assert.equal(toHost(rt, getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'result')), '5');
});

// Seen to fail: `map` leaving its result holey; `fill` leaving the holes' kind.
test('R27: what builtins make has the least general elements kind', () => {
  const isolate = new Isolate({ host: new RecordingHost(), allowNatives: true });
  isolate.runScript(
    `const kind = (a) => (%HasSmiElements(a) ? 'smi' : %HasDoubleElements(a) ? 'double' : 'any') + (%HasHoleyElements(a) ? ' holey' : '');
     globalThis.result = [[1, 2].map((x) => x), [1.5, 2].map(() => 1), [1, 2].map((x) => x / 2), [1, , 2].map((x) => x), ['a'].map((x) => x),
       Array.from({ length: 2 }, (_, i) => i), new Array(2).fill(0), Array.of(1.5), [1].concat('a')].map(kind).join();`,
    't.js',
  );
  const { rt } = isolate;
  const result = getNamed(rt, rt.intrinsic(NativeContextSlot.GlobalObject), 'result');
  assert.equal(toHost(rt, result), 'smi,smi,double,smi holey,any,smi,smi,double,any holey');
});
