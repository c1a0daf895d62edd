// Bailout: (lazy) while an inlined constructor's instance is made, whose map a proxy's trap is asked for: the construct stub goes on with
// it. Too few arguments, and constructors in each other.
let leave = false;
const { construct } = Reflect;
class A {
  constructor(x, y = 7) {
    this.x = x;
    this.sum = x + y + arguments.length;
    this.isDerived = new.target !== A;
  }
}
class Few extends A {
  constructor(x) {
    super(x);
    this.few = x;
  }
}
class Nested extends Few {
  field = 1;
  constructor(x) {
    super(x + 1);
    this.own = this.field + x;
  }
}
function trapped(C) {
  return new Proxy(C, {
    get(t, k) {
      if (k === 'prototype' && leave) %DeoptimizeFunction(C);
      return t[k];
    },
  });
}
function main() {
  const lines = [];
  for (const C of [Few, Nested]) {
    const target = trapped(C);
    for (const D of [A, Few, C]) %PrepareFunctionForOptimization(D);
    for (let i = 0; i < 4; i++) {
      new C(i);
      construct(C, [i], target);
      construct(C, [i], A);
    }
    %OptimizeFunctionOnNextCall(C);
    lines.push(JSON.stringify(construct(C, [3], target)));
    leave = true;
    lines.push(JSON.stringify(construct(C, [4], target)));
    leave = false;
  }
  return lines.join('\n');
}
console.log(main());
