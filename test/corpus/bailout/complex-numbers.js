// Complex numbers, allocated in a loop and gone in optimized code.
class Complex { constructor(re, im) { this.re = re; this.im = im; } times(o) { return new Complex(this.re * o.re - this.im * o.im, this.re * o.im + this.im * o.re); } plus(o) { return new Complex(this.re + o.re, this.im + o.im); } }
function iterate(c, n) { let z = c; for (let i = 0; i < n; i++) z = z.times(z).plus(c); return z.re; }
for (let i = 0; i < 2000; i++) iterate(new Complex(0.1, 0.2), 4);
console.log(iterate(new Complex(0.25, 0.5), 3) < 1);
console.log(iterate({ re: 0.1, im: 0.1, times: Complex.prototype.times, plus: Complex.prototype.plus }, 1) > 0);
