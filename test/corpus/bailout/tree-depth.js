// The depth of trees of object literals.
function depth(t) { if (t === null) return 0; const l = depth(t.left), r = depth(t.right); return 1 + (l > r ? l : r); }
const leaf = { left: null, right: null };
const tree = { left: leaf, right: { left: leaf, right: null } };
for (let i = 0; i < 2500; i++) depth(tree);
console.log(depth(tree));
console.log(depth({ right: null, left: leaf }));
try { depth({ left: null }); } catch (error) { console.log(error.constructor.name); }
