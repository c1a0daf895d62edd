// Cents as text.
function format(cents) { const whole = Math.floor(cents / 100), rest = cents % 100; return whole + '.' + (rest < 10 ? '0' : '') + rest; }
for (let i = 0; i < 4000; i++) format(i);
console.log(format(1234));
console.log(format(-5));
console.log(format(99.5));
