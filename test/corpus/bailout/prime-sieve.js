// Primes by trial, over a list that grows.
function primes(n) { const list = []; for (let i = 2; list.length < n; i++) { let prime = true; for (let j = 0; j < list.length; j++) { if (list[j] * list[j] > i) break; if (i % list[j] === 0) { prime = false; break; } } if (prime) list.push(i); } return list; }
for (let i = 0; i < 1000; i++) primes(8);
console.log(primes(10)[9]);
console.log(primes(2.5).length);
