// A program that walks every path of the interpreter's loop, run once per host thread, in an isolate of its own without a
// standard library: nothing of it shows in the isolate of the debuggee.
//
// The host's optimizer compiles the loop for what it has seen. A path that it has never seen throws the whole compiled loop
// away when a program first gets there, and compiling it takes tens of milliseconds. A few milliseconds here save that.

import { setFlagsFromString } from 'node:v8';

const repeat = (text: string, times: number): string => Array.from({ length: times }, () => text).join('');

/** Long bodies make jumps whose distance stands in the constant pool. */
const far = repeat('x = x + 1; x = x - 1; ', 24);

const source = `(function () {
  'use strict';
  var sum = 0;
  for (var i = 0; i < 400; i++) sum = (sum + i) & 0xffff;

  function arithmetic(a, b, c) {
    var r = 0;
    r = a + b; r = a - b; r = a * b; r = a / b; r = a % b; r = a ** b;
    r = a | b; r = a & b; r = a ^ b; r = a << b; r = a >> b; r = a >>> b;
    r = a + 7; r = a - 7; r = a * 7; r = a / 7; r = a % 7; r = a ** 2;
    r = a | 7; r = a & 7; r = a ^ 7; r = a << 7; r = a >> 7; r = a >>> 7;
    r = -a; r = ~a; r = +a; r = a; r++; r--; r = !a; r = !r;
    r = a < b; r = a > b; r = a <= b; r = a >= b; r = a == b; r = a === b; r = a != b;
    r = false; r = true; r = c === undefined; r = c === null; r = c == null;
    return r;
  }
  var numbers = [0, 1, -1, 3, 1073741823, -1073741824, 1.5, -0, 1e300, -2.25, 4294967295.5, 536870912, -7];
  function tables() {
    for (var i = 0; i < numbers.length; i++) for (var j = 0; j < numbers.length; j++) arithmetic(numbers[i], numbers[j], undefined);
  }

  function branches(v) {
    var n = 0;
    if (v) n = 1; else n = 2;
    if (!v) n += 1;
    n = v ? n : n + 1;
    n = v || n; n = v && n; n = v ?? n;
    if (v === undefined) n = 1; if (v !== undefined) n = 2; if (v === null) n = 3; if (v !== null) n = 4; if (v == null) n = 5; if (v != null) n = 6;
    while (n === 77) n = 78;
    switch (v) { case 0: n = 1; break; case 1: n = 2; break; case 2: n = 3; break; case 3: n = 4; break; case 4: n = 5; break; case 5: n = 6; break; case 6: n = 8; break; default: n = 7; }
    return v?.x;
  }
  function farBranches(v) {
    var x = 0;
    if (v) { ${far} } else { ${far} }
    if (v === 1) { ${far} }
    if (v === undefined) { ${far} }
    if (v === null) { ${far} }
    if (v != null) { ${far} }
    for (var i = 0; i < 2; i++) { ${far} }
    v = v && (function () { return 1; })() ;
    return x;
  }

  function Point(x, y) { this.x = x; this.y = y; }
  Point.prototype.sum = function () { return this.x + this.y; };
  Point.prototype.one = function (a) { return this.x + a; };
  Point.prototype.two = function (a, b) { return this.x + a + b; };
  Point.prototype.more = function (a, b, c, d) { return d === undefined ? a : b; };
  class Base { constructor(v) { this.v = v; this.d = 1.5; } get w() { return this.v; } m(k) { return k; } }
  class Derived extends Base { constructor(v) { super(v); this.e = v; } m(k) { return super.m(k) + 1; } }
  function wide(o) { o.p0 = 1; o.p1 = 2; o.p2 = 3; o.p3 = 4; o.p4 = 5; o.p5 = 6.5; o.p6 = 7; return o.p4 + o.p5 + o.p6; }
  function properties() {
    var old = { a: 1, b: 2.5, c: {}, d: 'x' };
    for (var i = 0; i < 40; i++) {
      var p = new Point(i, i + 1), q = new Point(i + 0.5, 1);
      p.x = p.y; p.y = i; q.x = i + 0.25; p.sum(); p.one(1); p.two(1, 2); p.more(1); p.more(1, 2, 3, 4); p.more(1, 2, 3, 4, 5);
      var d = new Derived(i); d.m(i); d.w; d.d = d.d + 1; d.v = d.e; d.missing;
      var o = {}; wide(o); o.p4 = i; o.p5 = 2.5; o.p3 = o;
      old.c = { i: i }; old.a = i; old.b = i + 0.5; old.d = 'y' + i;
      'text'.length; [1, 2].length; p.sum.length;
      holder.slot = { i: i }; holder.slot2 = i;
    }
  }
  var holder = { slot: null, slot2: 0, host: host };

  function elements() {
    var smis = [], doubles = [1.5, 2.5, 3.5], objects = [{}, 'a', null], holey = [1, , 3], typed = 0;
    for (var i = 0; i < 30; i++) smis[i] = i;
    for (var k = 0; k < 40; k++) {
      var j = k % 3;
      smis[j] = smis[j + 1]; doubles[j] = doubles[2 - j]; doubles[j] = k; objects[j] = { k: k }; objects[j] = objects[2 - j];
      holey[0] = holey[2]; 'abc'[j];
      smis[k] = k;
    }
    return typed;
  }

  var outer = 0;
  let late = 1;
  function contexts() {
    var a = 1; let b = 2;
    var f = function () { a = a + b; outer = a; late = { a: a }; return function () { b = b + a; outer = { b: b }; a = { a: b }; a = b; return b; }; };
    for (let i = 0; i < 20; i++) { let k = i; (() => { k = k + i; a = k; return k; })(); f()(); }
  }
  function zero() { return 0; } function one(a) { return a; } function two(a, b) { return a; } function many(a, b, c, d) { return d; }
  function rest(...r) { return r; }
  function sloppy() { return 1; }
  function calls() {
    for (var i = 0; i < 40; i++) {
      zero(); zero(1); one(); one(1); one(1, 2); two(1); two(1, 2); two(1, 2, 3); many(); many(1); many(1, 2, 3, 4); many(1, 2, 3, 4, 5); rest(1, 2, 3);
      sloppy();
      host1(); host2(); host3(); host4(); host5(); host(); host(1); host(1, 2); host(1, 2, 3); holder.host(); holder.host(1); holder.host(1, 2); holder.host(1, 2, 3);
    }
  }
  function exceptions() { for (var i = 0; i < 5; i++) { try { try { throw i; } finally { i; } } catch (e) { outer = e; } } }
  var iterable = { [iterator]() { var n = 0; return { next() { return { done: n++ > 3, value: n }; } }; } };
  function iterate() { for (var k in { a: 1, b: 2 }) outer = k; for (var v of iterable) outer = v; }
  // stores of young objects into old ones
  var box = { slot: null, many: null, list: [null, null] };
  function old() {
    var local = null;
    var set = function (v) { local = v; outer = v; };
    for (var i = 0; i < 300; i++) {
      host();
      let inner = null;
      (function () { inner = { i: i }; local = { i: i }; outer = { i: i }; late = { i: i }; })();
      box.slot = { i: i }; box.list[1] = { i: i }; set({ i: i });
    }
    return local;
  }
  function big(a) { var r = a & 0xffff; r = r + 300; r = r - 70000; r = r & 300; r = r | 1000; r = 1000; r = 100000; return a + 1000000 + 123456789 - 300 + (a & 1000) * 1000 | 70000; }
  var values = [0, 1, 2, 3, 'x', '', null, undefined, true, false, {}, 1.5, 0 / 0];
  for (var round = 0; round < 3; round++) {
    tables(); properties(); elements(); contexts(); calls(); exceptions(); iterate(); old();
    for (var v = 0; v < values.length; v++) { branches(values[v]); farBranches(values[v]); big(v); }
  }
})`;

/** Receivers of sloppy functions are converted on a path of their own. */
const sloppySource = `(function () {
  function f() { return this; }
  var o = { f: f, g: function (a) { return a; } };
  for (var i = 0; i < 60; i++) { f(); o.f(); o.g(1); f(1, 2); }
})`;

let warm = false;

/** Runs the program in `isolate`, made by `make` at most once. */
export const warmUp = (make: () => { run(source: string): void }): void => {
  if (warm) return;
  warm = true;
  // not before every path has been seen
  setFlagsFromString('--max-optimized-bytecode-size=8000');
  const isolate = make();
  isolate.run(source);
  isolate.run(sloppySource);
  setFlagsFromString('--max-optimized-bytecode-size=61440');
};
