// The site of an empty literal learns from push; of a nested literal from its copies; optimized copies teach nothing.
function empty() { return []; }
function nested() { return { list: [1] }; }
function doubles() { return [1.5, 2.5]; }
for (const f of [empty, nested, doubles]) { %PrepareFunctionForOptimization(f); f(); f(); }
const [a, b, c] = [empty(), nested(), doubles()];
for (const f of [empty, nested, doubles]) { %OptimizeFunctionOnNextCall(f); f(); }
c[0] = 's';
console.log(%HasDoubleElements(doubles()));
b.list.push('s');
console.log(%HasObjectElements(nested().list));
a.push('s');
console.log(%HasObjectElements(empty()));
function smis() { return [1, 2, 3]; }
%PrepareFunctionForOptimization(smis); smis(); smis();
const d = smis();
%OptimizeFunctionOnNextCall(smis); smis();
d[0] = 1.5;
console.log(%HasDoubleElements(smis()));
function fresh() { return []; }
%PrepareFunctionForOptimization(fresh); fresh(); fresh();
%OptimizeFunctionOnNextCall(fresh);
fresh().push('s');
console.log(%HasSmiElements(fresh()));
