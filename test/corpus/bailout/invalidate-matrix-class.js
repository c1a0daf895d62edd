// A matrix in a flat Float64Array, transposed, and in an Array.
class Matrix { constructor(n, data) { this.n = n; this.data = data; } at(i, j) { return this.data[i * this.n + j]; } trace() { let s = 0; for (let i = 0; i < this.n; i++) s += this.at(i, i); return s; } }
const identity = new Matrix(2, new Float64Array([1, 0, 0, 1]));
for (let i = 0; i < 4000; i++) identity.trace();
console.log(identity.trace());
console.log(new Matrix(2, [1, 2, 3, 4]).trace());
console.log(new Matrix(3, new Float64Array(4)).trace());
