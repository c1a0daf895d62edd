// Flags set and tested in an integer, and in something else.
function toggle(flags, bit) { return (flags & (1 << bit)) !== 0 ? flags & ~(1 << bit) : flags | (1 << bit); }
for (let i = 0; i < 5000; i++) toggle(i & 255, i & 7);
console.log(toggle(5, 1));
console.log(toggle(2 ** 32 + 5, 0));
console.log(toggle('6', 31));
