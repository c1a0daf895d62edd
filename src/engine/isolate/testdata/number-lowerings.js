// Border values through every lowering of Math and of the number operators: a row is the hash of all results and the first few.
// Powers are left out: their last digit is the host's.

const values = [0, -0, 1, -1, 0.5, -0.5, 0.49999999999999994, -0.49999999999999994, 1.5, -1.5, 2.5, -2.5, 0.1, -0.1, 5e-324, -5e-324, NaN, Infinity, -Infinity,
  2 ** 31, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 32 - 1, 2 ** 52, 2 ** 52 + 0.5, 2 ** 51 + 0.5, -(2 ** 51) - 0.5, 2 ** 53, -(2 ** 53), 2 ** 53 - 1, 4503599627370497, 4503599627370495.5, -4503599627370495.5, 9007199254740991,
  1e21, -1e21, 1e300, 1.7976931348623157e308, 2 ** 63, 2 ** 64, -(2 ** 63), 3.9999999999999996, 0.9999999999999999, -0.9999999999999999, 1073741823, 1073741824, -1073741824, -1073741825, 123456.789, 2147483647.5, 4294967295.5, 1e-320, 3.4028235677973366e+38, 3.4028234663852886e38, 1.401298464324817e-45, 7e-46];
const odd = [undefined, null, true, false, '12', ' -0 ', 'x', '', {}, [], [7], { valueOf() { return -0; } }];
const show = (v) => Object.is(v, -0) ? '-0' : String(v);
const unary = ['abs','acos','acosh','asin','asinh','atan','atanh','cbrt','ceil','clz32','cos','cosh','exp','expm1','floor','fround','log','log10','log1p','log2','round','sign','sin','sinh','sqrt','tan','tanh','trunc'];
const binary = ['atan2','imul','max','min','hypot'];
const forms = {
  plain: (m) => `return Math.${m}(x)`,
  inv: (m) => `return 1 / Math.${m}(x)`,
  int: (m) => `return Math.${m}(x) | 0`,
  neg: (m) => `return Math.${m}(-x)`,
  int32in: (m) => `return Math.${m}(x | 0)`,
  uint32in: (m) => `return Math.${m}(x >>> 0)`,
  index: (m) => `return [10, 20, 30][Math.${m}(x)]`,
  twice: (m) => `return Math.${m}(Math.${m}(x))`,
};
const bforms = {
  plain: (m) => `return Math.${m}(x, y)`,
  inv: (m) => `return 1 / Math.${m}(x, y)`,
  int: (m) => `return Math.${m}(x, y) | 0`,
  intin: (m) => `return Math.${m}(x | 0, y | 0)`,
  uintin: (m) => `return Math.${m}(x >>> 0, y | 0)`,
  half: (m) => `return Math.${m}(x * 0.5, y)`,
  one: (m) => `return Math.${m}(x)`,
  none: (m) => `return Math.${m}()`,
  three: (m) => `return Math.${m}(x, y, 1)`,
  const0: (m) => `return Math.${m}(x, 0)`,
  constm0: (m) => `return Math.${m}(-0, x)`,
};
const train = [[1, 2], [3, 4], [-5, 6]];
const trainD = [[1.5, 2.5], [-3.25, 4.5], [0.1, -7.5]];
const run = (name, body, binaryArgs) => {
  for (const [kind, samples] of name.startsWith('round') || !name.includes(' ') ? [['smi', train], ['both', [...train, ...trainD]]] : [['both', [...train, ...trainD]]]) {
    const f = new Function('x', 'y', body);
    eval('%PrepareFunctionForOptimization(f)');
    for (const [a, b] of samples) f(a, b);
    eval('%OptimizeFunctionOnNextCall(f)');
    for (const [a, b] of samples) f(a, b);
    let out = '';
    for (const x of values) {
      if (!binaryArgs) out += show(f(x)) + ' ';
      else for (const y of binaryArgs) out += show(f(x, y)) + ' ';
    }
    for (const x of odd) { try { out += show(f(x, 2)) + ' '; } catch (e) { out += e.name + ' '; } }
    let h = 0;
    for (let i = 0; i < out.length; i++) h = (h * 31 + out.charCodeAt(i)) | 0;
    console.log(name, kind, h, out.slice(0, 40));
  }
};
for (const m of unary) for (const k in forms) run(`${m} ${k}`, forms[k](m));
const ys = [0, -0, 1, -1, 2, 0.5, -0.5, NaN, Infinity, -Infinity, 31, 32, -31, 2 ** 31, 2 ** 32, 0.3333, 1e10];
for (const m of binary) for (const k in bforms) run(`${m} ${k}`, bforms[k](m), ys);
const ops = ['x + y','x - y','x * y','x / y','x % y','x ** y','x | y','x & y','x ^ y','x << y','x >> y','x >>> y','x < y','x <= y','x == y','-x','~x','+x','x++ + y','--x - y','(x % y) | 0','(x / y) | 0','(x * y) | 0','(x + y) >>> 0','-(x * y)','x % y === 0','1 / (x * y)','1 / (x % y)','1 / -x','(x|0) * (y|0)','(x|0) % (y|0)','(x|0) / (y|0)','(x>>>0) % (y>>>0)','(x>>>0) / (y>>>0)', '(x>>>0) + (y|0)', '(x|0) - (y>>>0)', 'x ** 2', 'x ** 0.5', '(x|0) ** 2', '2 ** y', 'Object.is(x*y, -0)', 'Number.isInteger(x)', 'Number.isSafeInteger(x)', 'isNaN(x - y)', 'Number.isFinite(x / y)', 'parseInt(x)', 'x >>> 0 > y', '(x & 255) << 24', '(x|0) < (y>>>0)', '-(x|0)', '-(x>>>0)', 'Math.abs(x|0)', 'Math.abs(x) | 0', '(x|0) >>> 31', '~~x', '(x - 0)', 'x && y', '!x', 'x ? 1 : 2', 'x || y', 'x ?? y', "'' + x", '`${x}${y}`', 'String(x)', '(x|0)===x', '(x>>>0)===x'];
for (const o of ops) if (!o.includes('**')) run(o, `return ${o}`, ys);
