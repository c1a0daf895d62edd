// Getters and setters compute in integers, then in fractions.
class Temperature {
  constructor(c) { this.c = c; }
  get fahrenheit() { return this.c * 9 / 5 + 32; }
  set fahrenheit(f) { this.c = (f - 32) * 5 / 9; }
}
function convert(t) { t.fahrenheit = t.fahrenheit + 9; return t.c; }
const t = new Temperature(0);
for (let i = 0; i < 4000; i++) { t.c = 10; convert(t); }
console.log(convert(t));
console.log(convert(new Temperature(0.25)));
console.log(convert({ fahrenheit: 1, c: 4 }));
