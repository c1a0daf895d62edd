// Strings, BigInts and numbers at their limits.
const t = (n, f) => {
  let r;
  try {
    r = f();
    r = typeof r === 'object' || typeof r === 'function' ? typeof r : String(r).slice(0, 60);
  } catch (e) {
    r = e.name + ': ' + e.message;
  }
  console.log(n, String(r).slice(0, 100));
};
const M = 2 ** 29 - 24;
const half = 'x'.repeat(2 ** 28),
  big = 'x'.repeat(2 ** 27);
t('+', () => (half + half).length);
t('+=', () => {
  let s = 'abc';
  for (;;) s += s;
});
t('concat', () => half.concat(half).length);
t('tpl', () => `${half}${half}`.length);
t('padEnd', () => 'a'.padEnd(2 ** 29).length);
t('padStart', () => 'a'.padStart(2 ** 30, 'abc').length);
t('padEnd empty', () => 'a'.padEnd(2 ** 30, '').length);
t('padEnd inf', () => 'a'.padEnd(Infinity).length);
t('join', () => [big, big, big, big, big].join('').length);
t('join sep', () => new Array(2 ** 20).join('x'.repeat(1024)).length);
t('join sep', () => new Array(2 ** 32 - 1).join('ab').length);
t('toString arr', () => String([big, big, big, big, big]));
t('replaceAll', () => 'a'.repeat(2 ** 15).replaceAll('a', 'b'.repeat(2 ** 15)).length);
t('replace re', () => 'a'.repeat(2 ** 15).replace(/a/g, 'b'.repeat(2 ** 15)).length);
t('replace $`', () => 'a'.repeat(2 ** 15).replace(/a/g, "$`$'").length);
t('JSON', () => JSON.stringify([big, big, big, big, big]).length);
t('JSON esc', () => JSON.stringify('\n'.repeat(2 ** 27) + '\x01'.repeat(2 ** 26)).length);
t('raw', () => String.raw({ raw: { length: 5, 0: big, 1: big, 2: big, 3: big, 4: big } }));
t('raw long', () =>
  String.raw({
    raw: {
      length: 2 ** 53 - 1,
      get 5() {
        throw new Error('stop');
      },
    },
  }),
);
t('at', () => 'a'.at(2 ** 53));
t('number', () => (1e21).toString(2).length);
t('toFixed', () => (1).toFixed(101));
t('toPrecision', () => (1).toPrecision(0));
t('toExp', () => (1).toExponential(-1));
t('radix', () => (1).toString(37));
t('BigInt(1.5)', () => BigInt(1.5));
t('BigInt(1e400)', () => BigInt(Infinity));
t('div0', () => 1n / 0n);
t('mod0', () => 1n % 0n);
t('BigInt("")', () => BigInt('1x'));
t('big literal', () => eval('0x' + 'f'.repeat(2 ** 20) + 'n') > 0n);
console.log('alive');
