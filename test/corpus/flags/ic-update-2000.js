// flags: --minimum-invocations-after-ic-update=2000 --invocation-count-for-turbofan=100
function readsX(o) { return o.x; }
const shapes = [{ x: 1 }, { y: 1, x: 1 }];
let calls = 0;
while ((%GetOptimizationStatus(readsX) & 16) === 0) readsX(shapes[+(calls++ === 50)]);
console.log(calls);
