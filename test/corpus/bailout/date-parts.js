// Days of a month by arithmetic.
function leap(y) { return y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0); }
function days(y, m) { return m === 2 ? (leap(y) ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31; }
for (let i = 0; i < 6000; i++) days(2000 + (i & 15), i % 12 + 1);
console.log(days(2024, 2));
console.log(days(2023.5, 2));
console.log(days('1900', '2'));
