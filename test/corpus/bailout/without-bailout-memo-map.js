// Memoized Fibonacci numbers, asked with strings at the end.
const memo = new Map();
function fib(n) {
  if (memo.has(n)) return memo.get(n);
  const value = n < 2 ? n : fib(n - 1) + fib(n - 2);
  memo.set(n, value);
  return value;
}
for (let i = 0; i < 6000; i++) fib(i % 40);
console.log(fib(30));
console.log(fib(41.5) > 0);
console.log(fib('7'));
