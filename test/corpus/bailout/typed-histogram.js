// A histogram of bytes in typed arrays of several kinds.
function histogram(bytes, counts) { for (let i = 0; i < bytes.length; i++) counts[bytes[i]]++; return counts; }
const bytes = new Uint8Array([1, 2, 3, 1]);
const counts = new Uint32Array(256);
for (let i = 0; i < 4000; i++) histogram(bytes, counts);
console.log(counts[1]);
console.log(histogram(new Uint8Array([0]), new Float64Array(4))[0]);
console.log(histogram([1, 300], counts)[1]);
