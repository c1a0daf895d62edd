// corpus: script
function arithSum(a, b) { return a + b; }
function arithMix(a, b, c) { return (a - b) * c / 2 + a % b - b ** 2; }
function arithBits(a, b) { return ((a | b) ^ (a & b)) << 2 >> 1 >>> (b & 31); }
function arithSmis(a) { return a + 1 - 2 * 3 / a % 7 | 8; }
function arithCompound(a) { let x = a; x += 1; x -= 2; x *= 3; x /= 4; x %= 5; x **= 2; x <<= 1; x >>= 1; x >>>= 0; x &= 255; x |= 1; x ^= 3; return x; }
function arithUnary(a) { return -a + +a - ~a + (!a ? 1 : 0); }
function arithIncDec(a) { let n = a; n++; ++n; n--; --n; const old = n++; return old + n; }
function arithLiterals() { return [1, -1, 127, 128, -129, 32768, 1073741823, 1073741824, 1.5, 1e21, -0, 0x7fffffff, 5n]; }
function arithCompare(a, b) { return [a < b, a > b, a <= b, a >= b, a == b, a != b, a === b, a !== b]; }
function arithStrings(a, b) { return a + '-' + b + 'x' + 1 + 2; }
function arithNested(a, b, c, d) { return (a + b) * (c - d) + (a * b - (c + (d - a) * (b + c))); }
function arithBigInt(a, b) { return a * 2n + b ** 3n - 7n; }
function arithDoubles(x, y) { return Math.sqrt(x * x + y * y) * 0.5; }
arithSum(1, 2); arithMix(1, 2, 3); arithBits(5, 3); arithSmis(4); arithCompound(9); arithUnary(3); arithIncDec(1); arithLiterals();
arithCompare(1, 2); arithStrings('a', 'b'); arithNested(1, 2, 3, 4); arithBigInt(3n, 4n); arithDoubles(3, 4);
