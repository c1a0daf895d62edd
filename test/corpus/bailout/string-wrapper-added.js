// Bailout: not a String or a string wrapper: what is added to a string is neither.
function j(a) { return 'x' + a; }
for (let i = 0; i < 4000; i++) j(new String('a'));
console.log(j(new String('x')));
console.log(j({}));
