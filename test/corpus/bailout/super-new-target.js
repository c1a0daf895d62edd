// A construct site of `super(…)` remembers new.target: another derived class is a wrong call target. Fields are initialized, and a
// default constructor passes its arguments on, in the caller's code.
class Base {
  constructor(x) {
    this.x = x;
  }
}
class Middle extends Base {
  constructor(x) {
    super(x);
    this.y = 1;
  }
}
class Leaf extends Middle {
  constructor(x) {
    super(x);
    this.z = 1;
  }
}
class Fields {
  a = 1;
  #b = 2;
  constructor(c) {
    this.c = c;
  }
  sum() {
    return this.a + this.#b + this.c;
  }
}
class More extends Fields {
  d = 3;
  total() {
    return this.sum() + this.d;
  }
}
function middle(i) {
  return new Middle(i).x;
}
function fields(i) {
  return new Fields(i).sum();
}
function more(i) {
  return new More(i).total();
}
let total = 0;
for (let i = 0; i < 20000; i++) total += middle(i) + fields(i) + more(i);
for (let i = 0; i < 200; i++) new Leaf(i);
for (let i = 0; i < 20000; i++) total += middle(i + 0.5) + new Leaf(i).x;
total += fields('x').length + more({}).length;
console.log(total);
