const { Console } = console;
const { Writable } = require('stream');
let out = '';
const sink = new Writable({ write(c, e, cb) { out += c; cb(); } });
const c = new Console({ stdout: sink, stderr: sink, inspectOptions: { depth: 0 } });
c.log('a %d', 1, { x: { y: 1 } }); c.group('g'); c.warn('in'); c.table([{ a: 1 }, { a: 2 }]); c.groupEnd(); c.count(); c.count('x'); c.count(); c.countReset(); c.count(); c.assert(1, 'no'); c.assert(false, 'yes %s', 'it'); c.dir({ a: { b: { c: 1 } } }, { depth: 1 }); c.error(new RangeError('shown').message);
const { log } = c; log('bound'); console.log(out, c instanceof Console, Console(sink) instanceof Console, typeof Console.prototype.log, console instanceof Object, Object.keys(console).includes('Console'));
for (const f of [() => new Console(), () => new Console({ stdout: sink, colorMode: 'x' })]) { try { f(); } catch (e) { console.log(e.code, e.message); } }
const { write } = process.stdout; const seen = []; process.stdout.write = (t) => { seen.push(t); return true; }; console.log('captured', 1); console.table([1]); process.stdout.write = write; console.log(seen);
console.log('%c styled', 'color: red', [1, 2], new Map([['k', { a: { b: { c: {} } } }]])); console.dir(Buffer.from('x')); console.group(); console.info('indented\nlines'); console.groupEnd(); console.log(require('console').Console === Console);
