// corpus: script
function destArray(a) { const [x, y] = a; return x + y; }
function destArrayRest(a) { const [x, , y = 5, ...rest] = a; return [x, y, rest]; }
function destObject(o) { const { a, b } = o; return a + b; }
function destRename(o) { const { a: x, b: y = 2, ['c' + 1]: z } = o; return [x, y, z]; }
function destNested(o) { const { p: { q: [first] }, r } = o; return first + r; }
function destRest(o) { const { a, ...others } = o; return others; }
function destParameters({ a, b = 2 }, [c, d = 4] = [1]) { return a + b + c + d; }
function destAssign(o) { let a, b; ({ a, b } = o); [a, b] = [b, a]; return a - b; }
function destMembers(o, t) { ({ x: t.x, y: t['y'] } = o); return t; }
function destDefaults({ a = 1, b = a + 1 } = {}) { return a * b; }
function destEmpty(o) { const {} = o; const [] = []; return o; }
destArray([1, 2]); destArrayRest([1, 2, 3, 4]); destObject({ a: 1, b: 2 }); destRename({ a: 1, c1: 3 }); destNested({ p: { q: [1] }, r: 2 }); destRest({ a: 1, b: 2 });
destParameters({ a: 1 }); destAssign({ a: 1, b: 2 }); destMembers({ x: 1, y: 2 }, {}); destDefaults(); destEmpty({});
