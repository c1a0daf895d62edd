// flags: --always-turbofan --trace-opt --trace-deopt
function makesGetter(a) { return function innerGetter() { return a; }; }
console.log(makesGetter(0)());
const getters = [1, 2, 3, 4].map((a) => makesGetter(a));
console.log(getters.map((get) => get()).join());
console.log(getters.map((get) => get()).join());
