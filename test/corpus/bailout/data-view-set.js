// Bailout: not a BigInt: a number is to be written as one.
function write(view, x) { view.setBigUint64(0, x); return view.getInt32(4); }
function tried(view, x) { try { return write(view, x); } catch (e) { return e.message; } }
%PrepareFunctionForOptimization(write);
const view = new DataView(new ArrayBuffer(8));
write(view, 1n); write(view, -1n);
%OptimizeFunctionOnNextCall(write);
console.log(write(view, 2n ** 70n - 5n), view.getBigUint64(0));
console.log(tried(view, 1));
