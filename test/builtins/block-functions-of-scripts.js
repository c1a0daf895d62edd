// Annex B: a block's function is a var of its script from the start, undefined until the block is entered.
const { runInThisContext } = require('vm');
const attempt = (text) => {
  try {
    console.log(runInThisContext(text, { filename: 'script.js' }));
  } catch (error) {
    console.log(String(error));
  }
};
attempt('var r1 = [typeof f1, "f1" in this, Object.getOwnPropertyDescriptor(this, "f1").configurable]; { function f1() {} } [...r1, typeof f1].join()');
attempt('var r2 = f2; if (true) function f2() {} else; [r2, typeof f2].join()');
attempt('var r3 = f3; switch (1) { case 0: function f3() {} } [r3, typeof f3].join()');
attempt('var r4 = f4; try { throw 1 } catch (f4) { { function f4() { return 4 } } } [r4, f4()].join()');
attempt('let f5 = 5; { function f5() {} } typeof f5');
attempt('{ function f5() {} } typeof f5');
attempt('function f6() { return 6 } { function f6() { return 7 } } f6()');
attempt('"use strict"; { function f8() {} } typeof f8');
attempt('{ function* f9() {} async function f10() {} } typeof f9 + typeof f10');
attempt('for (let f11 of [1]) { { function f11() {} } } typeof f11');
