// Bailouts: what follows a spread in a literal is defined by the map that the site has seen; a second map makes it generic.
function merge(a, b, tag) { return { ...a, ...b, tag }; }
%PrepareFunctionForOptimization(merge);
for (let i = 0; i < 4; i++) merge({ x: i, y: 2 }, { y: 3, z: i }, i);
%OptimizeFunctionOnNextCall(merge);
console.log(JSON.stringify(merge({ x: 1, y: 2 }, { y: 3, z: 4 }, 5)));
console.log(JSON.stringify(merge({ q: 1 }, { y: 3, z: 'a' }, 5)));
%PrepareFunctionForOptimization(merge);
merge({ x: 1, y: 2 }, { y: 3, z: 4 }, 5);
%OptimizeFunctionOnNextCall(merge);
console.log(JSON.stringify(merge({ x: 1, y: 2 }, { y: 3, z: 4 }, 'tag')));
