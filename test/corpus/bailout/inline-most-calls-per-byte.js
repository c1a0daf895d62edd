// What is inlined first is what is called most often for its size; when the budget is used up, the largest stays a call, and a bailout
// in it has no frame of the caller's.
const padded = (name, lines, at) => {
  const text = Array.from({ length: lines }, (_, i) => `t += (x & ${i + 1}) ^ (t >> 1);`).join(' ');
  return new Function(`return function ${name}(x, o) { let t = 0; ${text} return t + ${at}; }`)();
};
const small = padded('small', 4, 'o.a');
const middle = padded('middle', 20, 'o.b');
const large = padded('large', 33, 'o.c');
const other = padded('other', 32, 'o.d');
function all(x, o) {
  let r = large(x, o);
  if ((x & 1) === 0) r += small(x, o);
  r += middle(x, o);
  if ((x & 3) !== 0) r += other(x, o);
  return r;
}
const o = { a: 1, b: 2, c: 3, d: 4 };
for (const f of [small, middle, large, other]) %PrepareFunctionForOptimization(f);
%PrepareFunctionForOptimization(all);
for (let i = 0; i < 40; i++) all(i, o);
%OptimizeFunctionOnNextCall(all);
console.log(all(3, o));
for (const k of ['a', 'b', 'c', 'd']) {
  const other = { a: 1, b: 2, c: 3, d: 4 };
  other[k] = 1.5;
  console.log(all(2, other), all(3, other));
  %PrepareFunctionForOptimization(all);
  for (let i = 0; i < 40; i++) all(i, o);
  %OptimizeFunctionOnNextCall(all);
  all(3, o);
}
