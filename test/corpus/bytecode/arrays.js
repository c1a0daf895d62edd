// corpus: script
function arrEmpty() { return []; }
function arrSmis() { return [1, 2, 3]; }
function arrDoubles() { return [1.5, 2.5]; }
function arrMixed(a) { return [1, 'two', a, null, undefined, true]; }
function arrHoles() { return [1, , 3, , ]; }
function arrNested(a) { return [[1, 2], [a, [3]]]; }
function arrSpread(a, b) { return [...a, 1, ...b]; }
function arrSpreadOnly(a) { return [...a]; }
function arrSwap(a, i, j) { const t = a[i]; a[i] = a[j]; a[j] = t; return a; }
function arrSwapPattern(a, i, j) { [a[i], a[j]] = [a[j], a[i]]; return a; }
function arrMatrix(n) { const m = []; for (let i = 0; i < n; i++) { m[i] = []; for (let j = 0; j < n; j++) m[i][j] = i * j; } return m; }
function arrCallbacks(a) { return a.map((x) => x * 2).filter((x) => x > 2).reduce((s, x) => s + x, 0); }
function arrLength(a) { a.length = 1; return a.length; }
function arrBig() { return [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180]; }
arrEmpty(); arrSmis(); arrDoubles(); arrMixed(1); arrHoles(); arrNested(1); arrSpread([1], [2]); arrSpreadOnly([1]); arrSwap([1, 2], 0, 1); arrSwapPattern([1, 2], 0, 1);
arrMatrix(2); arrCallbacks([1, 2]); arrLength([1, 2]); arrBig();
