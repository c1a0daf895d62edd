// Linear interpolation in doubles, given integers and strings.
function mix(a, b, t) { return a + (b - a) * t; }
for (let i = 0; i < 5000; i++) mix(0.5, 1.5, 0.25);
console.log(mix(1.5, 2.5, 0.5));
console.log(mix(1, 2, 0));
console.log(mix('1', 2, 3));
