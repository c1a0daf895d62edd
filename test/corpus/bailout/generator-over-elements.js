// A generator over elements: doubles, holes, typed arrays, strings.
function* g(a) { for (let i = 0; i < a.length; i++) { yield a[i]; } }
function s(a) { let t = 0; for (const v of g(a)) t += v; return t; }
for (let i = 0; i < 3000; i++) s([1, 2, 3, 4]);
console.log(s([1, 2, 3])); console.log(s([1.5, 2])); console.log(s([1, , 3])); console.log(s(new Uint8Array([1, 2]))); console.log(s('abc')); console.log(s(['q']));
