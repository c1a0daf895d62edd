const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
const qs = require('querystring');
console.log(
  qs.parse('a=1&b=2&a=3&c=%20x+y&d'),
  qs.stringify({ a: [1, 2], b: 'x y', c: true, d: null, e: '€' }),
  qs.escape('a b&'),
  qs.unescape('%41'),
  qs.parse('a:1;b:2', ';', ':'),
  qs.parse('a=1&b=2', null, null, { maxKeys: 1 }),
);
const { StringDecoder } = require('string_decoder');
const sd = new StringDecoder('utf8');
console.log(
  sd.write(Buffer.from([0xe2, 0x82])),
  sd.write(Buffer.from([0xac])),
  sd.end(Buffer.from([0xe2])),
  new StringDecoder('base64').write(Buffer.from('abcd')),
  new StringDecoder('hex').end(Buffer.from('a')),
);
show(() => new StringDecoder('x'));
show(() => sd.write(5));
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const als = new AsyncLocalStorage(); let timed;
als.run({ id: 1 }, () => {
  new Promise((r) => setTimeout(() => { timed = als.getStore(); r(); }, 5)).then(() => {});
  process.nextTick(() => console.log('als tick', als.getStore()));
  Promise.resolve().then(() => console.log('als then', als.getStore()));
  queueMicrotask(() => console.log('als qm', als.getStore()));
  als.exit(() => console.log('exit', als.getStore()));
  (async () => {
    await 1;
    await new Promise((r) => setTimeout(r, 60));
    console.log('als async', als.getStore());
    als.enterWith({ id: 2 });
    await null;
    console.log('entered', als.getStore());
  })();
  const bound = AsyncResource.bind(() => als.getStore());
  als.run({ id: 9 }, () => console.log('bound', bound()));
});
console.log(als.getStore());
const dc = require('diagnostics_channel');
const ch = dc.channel('c');
console.log(ch.hasSubscribers);
dc.subscribe('c', (m, n) => console.log('dc', m, n));
ch.publish({ x: 1 });
console.log(
  ch.hasSubscribers,
  dc.tracingChannel('t').traceSync((a) => a + 1, {}, null, 4),
);
show(() => dc.channel(5));
show(() => dc.subscribe('c', 1));
const os = require('os');
console.log(
  os.EOL,
  os.platform(),
  os.type(),
  os.endianness(),
  os.arch(),
  os.cpus().length > 0,
  os.tmpdir(),
  os.constants.signals.SIGINT,
  os.constants.errno.ENOENT,
  `${os.platform}`,
  os.devNull,
);
const net = require('net');
console.log(
  net.isIP('1.2.3.4'),
  net.isIP('::1'),
  net.isIP('x'),
  net.isIPv4('256.1.1.1'),
  net.isIPv6('fe80::1%eth0'),
  net.isIPv6('1::2::3'),
  net.isIPv6('::ffff:1.2.3.4'),
);
const bl = new net.BlockList();
bl.addSubnet('10.0.0.0', 8);
bl.addAddress('::1', 'ipv6');
console.log(bl.check('10.1.2.3'), bl.check('11.0.0.1'), bl.check('::1', 'ipv6'), bl.rules);
const http = require('http');
console.log(
  http.METHODS.length,
  http.STATUS_CODES[418],
  http.Agent.name,
  typeof http.createServer,
  http.globalAgent.keepAlive,
  http.maxHeaderSize,
);
show(() => http.validateHeaderName('a b'));
show(() => http.validateHeaderValue('x', 'a\n'));
show(() => http.request('ftp://x'));
const res = new http.ServerResponse(new http.IncomingMessage(new net.Socket()));
res.setHeader('X-A', '1');
console.log(
  res.getHeader('x-a'),
  res.getHeaderNames(),
  res.getHeaders(),
  res.hasHeader('X-a'),
  res.headersSent,
  res.statusCode,
);
res.writeHead(404, { 'X-B': '2' });
console.log(res.headersSent, res.statusMessage);
show(() => res.setHeader('y', 1));
show(() => new http.ServerResponse({ method: 'GET' }).writeHead(1000));
show(() => res.setHeader());
const dns = require('dns');
dns.lookup('127.0.0.1', (e, a, f) => console.log('dns', e, a, f));
const punycode = ((process.noDeprecation = true), require('punycode'));
console.log(punycode.encode('mañana'), punycode.decode('maana-pta'), punycode.toASCII('☃.net'));
const vm = require('vm');
console.log(
  vm.runInThisContext('1 + 1'),
  new vm.Script('typeof process').runInThisContext(),
  vm.compileFunction('return a + b', ['a', 'b'])(1, 2),
  vm.isContext({}),
);
show(() => new vm.Script('x +'));
show(() => vm.runInThisContext('throw new TypeError("in vm")'));
const v8 = require('v8');
const round = v8.deserialize(v8.serialize({ a: [1, new Date(0), new Map([[1, 2n]])], u: undefined }));
console.log(round, typeof v8.getHeapStatistics().total_heap_size);
const wt = require('worker_threads');
console.log(wt.isMainThread, wt.threadId, wt.parentPort, wt.workerData);
show(() => new wt.Worker('x.js'));
const tty = require('tty');
console.log(tty.isatty(99), tty.isatty('x'));
const { performance, PerformanceObserver } = require('perf_hooks');
new PerformanceObserver((l, o) => {
  if (!l) return;
  console.log(
    'observed',
    l.getEntries().map((e) => e.name),
  );
  o.disconnect();
}).observe({ entryTypes: ['mark'] });
performance.mark('one');
performance.mark('two');
console.log(
  performance.timerify(function tf(a) {
    return a;
  })(3),
);
const { Readable } = require('stream');
const rl = require('readline').createInterface({ input: Readable.from(['l1\nl2\r\nl3']) });
rl.on('line', (l) => console.log('rl', l)).on('close', () => console.log('rl close'));
const { createInterface } = require('readline/promises');
const q = createInterface({ input: Readable.from(['answer\n']) });
q.question('').then((a) => console.log('q', a));
console.log(
  require('timers') !== undefined,
  require('constants').O_RDONLY,
  require('sys') === require('util'),
  require('node:fs') === require('fs'),
  require('console').log === console.log,
);

process.on('exit', () => console.log('als timer', timed));
// Who compiles a text says whether it has types.
{
  const { Module } = require('node:module');
  const file = require('node:path').join(process.argv[2], 'typed.cts');
  const shown = (name) => name.slice(name.lastIndexOf('/') + 1);
  require('node:fs').writeFileSync(file, 'const a: number = 1; exports.where = new Error("x").stack.split("\\n")[1];');
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    console.log(shown(filename), rest);
    return Reflect.apply(compile, this, [content, filename, ...rest]);
  };
  console.log(shown(require(file).where), require(file).where.includes('file:'));
  require.extensions['.ats'] = (module, filename) => module._compile('exports.where = new Error("x").stack.split("\\n")[1];', `${filename}.ts`);
  require('node:fs').writeFileSync(file.replace('.cts', '.ats'), '');
  console.log(require(file.replace('.cts', '.ats')).where.includes('file:'));
  Module.prototype._compile = compile;
  const module = new Module('/x/y.ts');
  for (const format of [undefined, 'commonjs', 'typescript', 'commonjs-typescript']) {
    try {
      module._compile('const a: number = 1; exports.a = a;', '/x/y.ts', format);
      console.log(format, module.exports);
    } catch (e) {
      console.log(format, e.name);
    }
  }
}
