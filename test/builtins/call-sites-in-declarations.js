// What a failed call or iteration is called in messages: inside function declarations, and where a call is there to be iterated.
const message = (f) => {
  try {
    f();
  } catch (e) {
    console.log(e.message);
  }
};
const number = 5;
const empty = {};
const five = () => 5;
function declared() {
  ({ a: 1 }).m1();
}
function outer() {
  function inner() {
    empty.a.b?.(1);
  }
  {
    function block() {
      ({ a: 1, b: 2 })?.m0(3);
    }
    message(block);
  }
  message(inner);
  (function* () {
    (-number).x();
  })().next();
}
message(declared);
message(outer);
message(() => (empty.q += 4).x());
message(() => { let [a] = five(); });
message(() => { let [a] = number.x(); });
message(() => { let [a] = five()(); });
message(() => { let a; [a] = empty.m(); });
message(() => { for (const x of five()); });
message(() => { for (const x of empty.m()); });
message(() => { for (const x of (five(), 3)); });
message(() => { [...five()]; });
message(() => { [1, ...empty.m()]; });
message(() => { Math.max(...five()); });
message(() => { Math.max(...empty.m()); });
message(() => { [].push(...empty.x); });
message(() => { [].push(...null); });
message(() => { (([a]) => a)(five()); });
message(() => {
  'use strict';
  (5n).x = 1;
});
message(() => {
  const o = {};
  o[0] = { x: [o] };
  JSON.stringify(o);
});
