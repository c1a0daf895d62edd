const url = require('url');
const { fileURLToPath, pathToFileURL, urlToHttpOptions, domainToASCII, domainToUnicode } = url;
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, e.input, e.base);
  }
};
const u = new URL('https://user:pa%20ss@Exämple.com:8080/a/../b c?x=1&y=ä#frag');
console.log(
  u,
  String(u),
  JSON.stringify({ u }),
  u.searchParams.get('y'),
  u.origin,
  Object.prototype.toString.call(u),
  Object.keys(u),
  u instanceof URL,
);
u.port = '443';
u.hash = '';
u.search = '?q=2';
u.searchParams.append('q', 'a b&c');
u.pathname = '/new path';
u.hostname = 'h.org';
u.protocol = 'http';
u.username = 'x@y';
u.host = 'z:99';
console.log(u.href, u.searchParams);
u.href = 'ftp://f/';
console.log(u.href);
u.searchParams.set('k', 'v');
console.log(u.href);
const s = new URLSearchParams('?a=1&b=2&a=3&c=%20+x');
console.log(s, s.getAll('a'), s.has('b'), s.has('b', '9'), s.size, [...s], [...s.keys()], s.toString(), s.entries());
s.delete('a');
s.sort();
s.forEach((v, k) => console.log(k, v));
console.log(
  new URLSearchParams({ x: 1, y: [2, 3] }).toString(),
  new URLSearchParams([['p', 'q']]).toString(),
  new URLSearchParams(new Map([['m', 1]])).toString(),
  new URLSearchParams().toString(),
);
show(() => new URL('nope'));
show(() => new URL('/x', 'nope'));
show(() => new URL());
show(() => {
  u.href = 'bad';
});
show(() => new URLSearchParams([[1]]));
show(() => new URLSearchParams([1]));
show(() => s.get());
show(() => fileURLToPath('http://x'));
show(() => fileURLToPath(5));
show(() => fileURLToPath('file://host/x'));
show(() => fileURLToPath('file:///a%2fb'));
show(() => pathToFileURL(5));
show(() => URL.prototype.href);
console.log(
  URL.canParse('x:'),
  URL.parse('nope'),
  new URL('//h/p', 'https://b').href,
  fileURLToPath('file:///a%20b'),
  pathToFileURL('/a b#?%').href,
  urlToHttpOptions(new URL('http://a:b@c:81/d?e#f')),
  domainToASCII('español.com'),
  domainToUnicode('xn--espaol-zwa.com'),
  url.format(new URL('http://a.com/p?q#h'), { fragment: false }),
);
const oldParse = url.parse;
process.noDeprecation = true;
console.log(
  oldParse('http://user:pass@host.com:8080/p/a/t/h?query=string#hash'),
  oldParse('/a?b=c&d=e', true).query,
  oldParse('//h/p', false, true).host,
  url.format({ protocol: 'http', host: 'h', pathname: 'p', query: { a: 1 } }),
  url.resolve('http://a.com/b/c/d', '../e'),
  url.resolve('/one/two', 'three'),
);
show(() => oldParse(5));
show(() => url.format(5));
