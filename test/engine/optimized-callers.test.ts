// What stands on the stack above an optimized frame finds the frame by its return address: calls that fail before they have a
// frame of their own, proxies' traps, and stack traces through inlined calls.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

const optimized = (functions: string, use: string): string => `
${functions}
for (const f of [${[...functions.matchAll(/^function (\w+)/gm)].map(([, name]) => name).join()}]) %PrepareFunctionForOptimization(f);
const use = () => { ${use} };
use(); use();
console.log('hot');
%OptimizeFunctionOnNextCall(outer);
use(); use();
`;

/** The program prints the same before and after `hot`, and runs `outer` optimized. */
const same = (name: string, functions: string, use: string): void => {
  test(name, () => {
    for (const flags of [[], ['--emulator=interpret'], ['--gc-at-every-safepoint']]) {
      const program = new Program(optimized(functions, use), flags);
      const [cold, hot] = program.run().split('hot\n');
      assert.equal(hot, cold);
      assert.ok(program.codes.length >= 1);
    }
  });
};

const failing = `function outer(f, C) {
  try { f(1); } catch (e) { console.log(e.message); }
  try { f.x.y(1, 2); } catch (e) { console.log(e.message); }
  try { new C(3); } catch (e) { console.log(e.message); }
}`;

// Seen to fail: Dispatcher.callFromMachine with the caller's fp for CEntryFp and no frame of its own.
same(
  'R31: what is not callable, or a class, fails under the optimized caller',
  failing,
  'outer({}, 5); outer(undefined, () => 1); outer(class C {}, {}); outer({ x: { y: 1 } }, null); outer(3, Symbol.iterator);',
);

same(
  'R31: traps of proxies run above the optimized caller, which a collection sees',
  `function outer(f, C, o) { const before = { v: o }; const a = f(1, o); const b = new C(2, o); return [a, b.v, before.v]; }`,
  `const trapped = new Proxy(function () {}, { apply: (t, r, args) => { let s = []; for (let i = 0; i < 50; i++) s.push({ i }); return args.length + s.length; }, construct: (t, args) => { let s = []; for (let i = 0; i < 50; i++) s.push({ i }); return { v: args.length + s.length }; } });
   console.log(JSON.stringify(outer(trapped, trapped, 'kept')));
   console.log(JSON.stringify(outer(trapped.bind(null, 7), trapped.bind(null, 8), 'kept')));`,
);

// Seen to fail: StackTraces.readOptimized returning no activations.
same(
  'R15: a stack trace names inlined functions, their positions and receivers',
  `function inner(o) { return o.a.b; }
class Box { constructor(v) { this.v = inner(v); } get(o) { return new Box(o); } }
function middle(box, o) { return box.get(o); }
function outer(box, o) { return middle(box, o) }`,
  `const box = Object.create(Box.prototype);
   outer(box, { a: 1 });
   try { outer(box, {}); } catch (e) { console.log(e.stack.replace(/\\n    at use[^]*/, '')); }`,
);

// Seen to fail: TurbofanGetIterator rendering the value.
same(
  'R22: what cannot be iterated is named in optimized code as it is in the interpreter',
  `function outer(list) { const [first] = list; for (const x of list) if (x > 5) return x; return first; }`,
  `for (const list of [[1, 7], 'ab', 5, undefined, null, {}, 5n])
     try { console.log(outer(list)); } catch (e) { console.log(e.message); }`,
);

// Seen to fail: Dispatcher.callFromMachine treating a class with a new target as one that is called.
test('R24: a class whose optimized code was invalidated before it ran is constructed in the interpreter', () => {
  const program = new Program(
    `class Shape { x; }
    let made;
    function make() { return new Shape(); }
    function run(f) { f(); }
    for (let n = 0; n < 32; n++) run(() => make());
    function redefine() { made = new Shape(); Object.assign(made, { get x() { return 1; } }); return made.x; }
    console.log(redefine(), redefine());`,
    [
      '--invocation-count-for-turbofan=30',
      '--invocation-count-for-osr=10',
      '--minimum-invocations-after-ic-update=2',
      '--no-lazy-feedback-allocation',
    ],
  );
  assert.equal(program.run(), '1 1\n');
});
