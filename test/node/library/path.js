const path = require('path');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
const samples = [
  '',
  '/',
  '//',
  '///a',
  'a',
  './a',
  '../a',
  'a/b',
  'a//b/',
  '/a/b/c.txt',
  '/a/..',
  'a/../..',
  '/..',
  '.',
  '..',
  './',
  '../',
  'a/./b',
  '.bashrc',
  'a.b.c',
  'a.',
  '/a/b.',
  '/a/.b',
  'a/b/../../../c',
  'C:\\a\\b',
  'C:',
  'C:a',
  '\\\\srv\\share\\x',
  '\\\\srv\\share',
  'c:/x/y.z',
  'a\\b/c',
  '//a',
  '//a/b',
  '/a//',
  'x/y/.',
];
for (const s of samples)
  for (const p of [path, path.win32])
    console.log(
      JSON.stringify(s),
      p === path ? 'posix' : 'win32',
      p.normalize(s),
      p.dirname(s),
      p.basename(s),
      p.extname(s),
      p.isAbsolute(s),
      JSON.stringify(p.parse(s)),
      p.join(s, '..', 'q'),
      p.format(p.parse(s)),
      p.isAbsolute(s) ? p.toNamespacedPath(s) : '',
    );
for (const s of ['a.txt', '/x/a.txt', 'a.txt/', '.txt'])
  console.log(path.basename(s, '.txt'), path.win32.basename(s, '.txt'));
for (const [a, b] of [
  ['/a/b/c', '/a/d'],
  ['/a', '/a'],
  ['/a/b', '/a'],
  ['/', '/x'],
  ['/foo', '/foobar'],
])
  console.log(path.relative(a, b), path.win32.relative('C:' + a, 'C:' + b), path.win32.relative('C:\\x', 'D:\\y'));
console.log(
  path.resolve('/a', 'b', '../c'),
  path.resolve('/a', '/b'),
  path.win32.resolve('C:\\a', '..\\b'),
  path.win32.resolve('C:\\a', 'D:b', 'D:\\c'),
  path.join(),
  path.win32.join('a', '/b', 'c'),
  path.win32.join('//srv', 'share'),
  path.sep,
  path.delimiter,
  path.win32.sep,
  path.posix === path,
  path.format({ dir: '/x', name: 'f', ext: 'js' }),
  path.matchesGlob('/a/b.js', '/a/*.js'),
  require('path/posix') === path.posix,
);
show(() => path.join(5));
show(() => path.basename(null));
show(() => path.format('x'));
show(() => path.relative('a'));
show(() => path.resolve({}));
show(() => path.basename('a', 5));
