// Matrices: product, transpose, determinant, Gauss elimination, powers. What it shows: nested element loads, arrays of Smis that become
// arrays of doubles, and bounds checks.
function create(rows, columns, fill) {
  const m = [];
  for (let i = 0; i < rows; i++) {
    const row = [];
    for (let j = 0; j < columns; j++) row.push(fill(i, j));
    m.push(row);
  }
  return m;
}

function multiply(a, b) {
  return create(a.length, b[0].length, (i, j) => {
    let sum = 0;
    for (let k = 0; k < b.length; k++) sum += a[i][k] * b[k][j];
    return sum;
  });
}

const transpose = (m) => create(m[0].length, m.length, (i, j) => m[j][i]);
const identity = (n) => create(n, n, (i, j) => (i === j ? 1 : 0));

function power(m, exponent) {
  let result = identity(m.length);
  while (exponent > 0) {
    if (exponent & 1) result = multiply(result, m);
    m = multiply(m, m);
    exponent >>= 1;
  }
  return result;
}

function determinant(source) {
  const m = source.map((row) => row.slice());
  let result = 1;
  for (let column = 0; column < m.length; column++) {
    let pivot = column;
    for (let i = column + 1; i < m.length; i++) if (Math.abs(m[i][column]) > Math.abs(m[pivot][column])) pivot = i;
    if (m[pivot][column] === 0) return 0;
    if (pivot !== column) {
      [m[pivot], m[column]] = [m[column], m[pivot]];
      result = -result;
    }
    result *= m[column][column];
    for (let i = column + 1; i < m.length; i++) {
      const factor = m[i][column] / m[column][column];
      for (let j = column; j < m.length; j++) m[i][j] -= factor * m[column][j];
    }
  }
  return result;
}

function print(name, m) {
  console.log(`${name}:`);
  for (const row of m) console.log(`  ${row.map((v) => (Number.isInteger(v) ? String(v) : v.toFixed(3)).padStart(9)).join('')}`);
}

const a = create(3, 3, (i, j) => i * 3 + j + 1);
const b = create(3, 3, (i, j) => (i === j ? 2 : i - j));
print('a', a);
print('b', b);
print('a x b', multiply(a, b));
print('transposed', transpose(multiply(a, b)));
print('fibonacci', power([[1, 1], [1, 0]], 30));
console.log(`det a = ${Math.abs(determinant(a)) < 1e-9 ? 0 : determinant(a)}, det b = ${determinant(b).toFixed(3)}`);
const hilbert = create(5, 5, (i, j) => 1 / (i + j + 1));
print('hilbert', hilbert);
console.log(`det hilbert = ${(determinant(hilbert) * 1e12).toFixed(4)}e-12`);
const big = create(24, 24, (i, j) => ((i * 7 + j * 13) % 11) - 5);
let trace = 0;
const product = multiply(big, multiply(big, big));
for (let i = 0; i < 24; i++) trace += product[i][i];
console.log(`trace of the cube = ${trace}`);
print('mixed', multiply(create(2, 2, (i, j) => i + j), [[0.5, 1], [1.5, 2]]));
