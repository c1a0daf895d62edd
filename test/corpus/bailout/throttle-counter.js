// A closure with three variables of its context.
function limiter(n) { let used = 0, refused = 0; return () => { if (used < n) { used++; return true; } refused++; return refused; }; }
const limited = limiter(6000);
for (let i = 0; i < 5000; i++) limited();
console.log(limited());
const none = limiter(0.5);
console.log(none(), none());
