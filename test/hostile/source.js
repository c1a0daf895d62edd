// Deep and long source text.
const t = (n, f) => {
  let r;
  try {
    r = f();
    r = typeof r === 'object' || typeof r === 'function' ? typeof r : String(r);
  } catch (e) {
    r = e.name + ': ' + e.message;
  }
  console.log(n, String(r).slice(0, 100));
};
t('pow', () => 2n ** -1n);
for (const d of [60, 100000]) {
  t('+ ' + d, () => eval('1' + '+1'.repeat(d)));
  t('str+ ' + d, () => eval('"a"' + '+"b"'.repeat(d)).length);
  t('&& ' + d, () => eval('1' + '&&1'.repeat(d)));
  t('|| ' + d, () => eval('0' + '||0'.repeat(d)));
  t('?? ' + d, () => eval('null' + '??null'.repeat(d)));
  t(', ' + d, () => eval('1' + ',1'.repeat(d)));
  t('[ ' + d, () => eval('['.repeat(d) + ']'.repeat(d)).length);
  t('{ ' + d, () => eval('(' + '{a:'.repeat(d) + '1' + '}'.repeat(d) + ')').a);
  t('( ' + d, () => eval('('.repeat(d) + '1' + ')'.repeat(d)));
  t('block ' + d, () => eval('{'.repeat(d) + '1' + '}'.repeat(d)));
  t('.b ' + d, () => {
    const a = {};
    a.b = a;
    return eval('a' + '.b'.repeat(d)) === a;
  });
  t('[0] ' + d, () => {
    const a = [];
    a[0] = a;
    return eval('a' + '[0]'.repeat(d)) === a;
  });
  t('() ' + d, () => {
    const f = () => f;
    return eval('f' + '()'.repeat(d)) === f;
  });
  t('.b() ' + d, () => {
    const f = {
      b() {
        return f;
      },
    };
    return eval('f' + '.b()'.repeat(d)) === f;
  });
  t('?. ' + d, () => {
    const a = {};
    a.b = a;
    return eval('a' + '?.b'.repeat(d)) === a;
  });
  t('! ' + d, () => eval('!'.repeat(d) + '1'));
  t('- ' + d, () => eval('- '.repeat(d) + '1'));
  t('typeof ' + d, () => eval('typeof '.repeat(d) + '1'));
  if (d < 1000) t('tern ' + d, () => eval('0?1:'.repeat(d) + '2'));
  t('else if ' + d, () => eval('if(0)0;else '.repeat(d) + '3'));
  t('if ' + d, () => eval('if(1)'.repeat(d) + '3'));
  if (d < 1000) t('for ' + d, () => eval('for(var i=0;i<1;i++)'.repeat(d) + '3'));
  t('label ' + d, () => eval(Array.from({ length: d }, (_, i) => 'l' + i + ':').join('') + '3'));
  t('new ' + d, () => eval('new '.repeat(d) + 'Object'));
  t('arrow ' + d, () => eval('()=>'.repeat(d) + '1'));
  t('function ' + d, () => eval('(function(){'.repeat(d) + '})'.repeat(d)));
  t('iife ' + d, () => eval('(function(){return '.repeat(d) + '1' + '})()'.repeat(d)));
  t('class ' + d, () => eval('(class{static a='.repeat(d) + '1' + '})'.repeat(d)).a);
  t('tpl ' + d, () => eval('`${'.repeat(d) + '1' + '}`'.repeat(d)));
  t('assign ' + d, () => eval('var x;' + 'x='.repeat(d) + '1'));
  t('destr ' + d, () => eval('var ' + '['.repeat(d) + 'x' + ']'.repeat(d) + '=[]'));
  t('destr obj ' + d, () => eval('var ' + '{a:'.repeat(d) + 'x' + '}'.repeat(d) + '={}'));
  t('params ' + d, () =>
    eval('(function(' + Array.from({ length: d }, (_, i) => 'a' + i).join() + '){return arguments.length})')(),
  );
  t('args ' + d, () => eval('(function(){return arguments.length})(' + '1,'.repeat(d) + '1)'));
  if (d < 1000)
    t('vars ' + d, () =>
      eval('(function(){var ' + Array.from({ length: d }, (_, i) => 'a' + i + '=' + i).join() + ';return a5})')(),
    );
  if (d < 1000) t('stmts ' + d, () => eval('1;'.repeat(d)));
  if (d < 1000)
    t('cases ' + d, () => eval('switch(5){' + Array.from({ length: d }, (_, i) => 'case ' + i + ':').join('') + '7}'));
  if (d < 1000)
    t(
      'props ' + d,
      () => Object.keys(eval('({' + Array.from({ length: d }, (_, i) => 'p' + i + ':1').join() + '})')).length,
    );
  if (d < 1000) t('elems ' + d, () => eval('[' + '1,'.repeat(d) + ']').length);
  if (d < 1000) t('holes ' + d, () => eval('[' + ','.repeat(d) + ']').length);
  t('await ' + d, () => eval('(async function(){' + 'await '.repeat(d) + '1})'));
  t('yield ' + d, () => eval('(function*(){' + 'yield '.repeat(d) + '1})'));
  t('spread ' + d, () => eval('[' + '...['.repeat(d) + ']'.repeat(d) + ']').length);
  t('** ' + d, () => eval('1' + '**1'.repeat(d)));
  if (d < 1000) t('regexp (' + d, () => new RegExp('('.repeat(d) + 'a' + ')'.repeat(d)).test('a'));
  if (d < 1000) t('regexp (?:' + d, () => new RegExp('(?:'.repeat(d) + 'a' + ')'.repeat(d)).test('a'));
  if (d < 1000) t('regexp |' + d, () => new RegExp('a|'.repeat(d) + 'b').test('b'));
  if (d < 1000) t('regexp seq' + d, () => new RegExp('a?'.repeat(d)).test('b'));
  if (d < 1000) t('json [ ' + d, () => JSON.parse('['.repeat(d) + ']'.repeat(d)).length);
  if (d < 1000) t('json { ' + d, () => JSON.parse('{"a":'.repeat(d) + '1' + '}'.repeat(d)).a);
  t('json reviver ' + d, () => JSON.parse('['.repeat(d) + ']'.repeat(d), (k, v) => v).length);
  t('json bad ' + d, () => JSON.parse('['.repeat(d)));
}
console.log('alive');
