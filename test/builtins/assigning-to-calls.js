// A call as a target: the call happens, then a ReferenceError; the value is not evaluated. In patterns it is an early error.
globalThis.f = () => {
  console.log('called');
  return {};
};
globalThis.holder = { m: f };
const targets = ['f()', '(f())', 'holder.m()', 'f`a`', 'new f()', 'f()?.()', 'import("x")', 'f().x'];
const uses = (t) => [
  `${t} = console.log('value')`,
  `${t} += 1`,
  `${t} &&= 1`,
  `${t} ??= 1`,
  `${t}++`,
  `-- ${t}`,
  `for (${t} of [1, 2]);`,
  `for (${t} in { a: 1 });`,
  `for (${t} of []);`,
  `for (${t} = 1; ;) break;`,
  `[${t}] = [1]`,
  `({ a: ${t} } = {})`,
  `[...${t}] = []`,
  `[${t} = 1] = []`,
  `(${t}) => 1`,
  `"use strict"; ${t} = 1`,
];
for (const text of targets.flatMap(uses)) {
  try {
    (0, eval)(text);
    console.log(text, 'is fine');
  } catch (error) {
    console.log(text, String(error));
  }
}
function place() {
  f(1)
    .x() = 2;
}
f = () => ({ x() {} });
try {
  place();
} catch (error) {
  console.log(error.stack.split('\n')[1].replace(/\(.*[\\/]/, '('));
}
