// Bailout: out of bounds: an element of a DataView that would end behind its buffer.
function read(view, at) { return view.getInt16(at, true); }
%PrepareFunctionForOptimization(read);
const view = new DataView(new Uint8Array([1, 2, 255, 255]).buffer);
read(view, 0); read(view, 1);
%OptimizeFunctionOnNextCall(read);
console.log(read(view, 0), read(view, 2));
function tried(v) { try { return read(v, 2); } catch (e) { return e.message; } }
console.log(tried(new DataView(new ArrayBuffer(3))));
