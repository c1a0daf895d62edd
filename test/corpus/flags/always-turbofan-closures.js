// flags: --always-turbofan --trace-opt --trace-deopt
function makesAdder(a) { return function innerAdder(b) { return a + b; }; }
const adders = [1, 2, 3, 4].map((a) => makesAdder(a));
console.log(adders.map((add) => add(1)).join());
console.log(adders.map((add) => add(2)).join());
console.log(adders.map((add) => add('x')).join());
