const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished, addAbortSignal } = require('stream');
const sp = require('stream/promises');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
(async () => {
  console.log(
    new Readable().readableHighWaterMark,
    new Readable({ objectMode: true }).readableHighWaterMark,
    new Writable().writableHighWaterMark,
    require('stream').getDefaultHighWaterMark(false),
  );
  const r = new Readable({ read() {} });
  r.push('a');
  r.push('b');
  r.push(null);
  r.setEncoding('utf8');
  console.log(await r.toArray());
  const got = [];
  const w = new Writable({
    write(c, e, cb) {
      got.push(c.toString(), e);
      cb();
    },
    final(cb) {
      got.push('final');
      cb();
    },
  });
  w.write('x');
  w.write(Buffer.from('y'));
  w.end('z');
  await finishedP(w);
  console.log(got, w.writableEnded, w.writableFinished, w.destroyed);
  const up = new Transform({
    transform(c, e, cb) {
      cb(null, c.toString().toUpperCase());
    },
    flush(cb) {
      this.push('!');
      cb();
    },
  });
  await sp.pipeline(Readable.from(['h', 'i']), up, async (src) => {
    for await (const c of src) console.log('up', c.toString());
  });
  console.log(
    await Readable.from([1, 2, 3, 4])
      .filter((x) => x % 2)
      .map((x) => x * 10)
      .toArray(),
    await Readable.from([1, 2, 3]).reduce((a, b) => a + b),
    await Readable.from([3, 4]).take(1).toArray(),
    await Readable.from([3, 4]).drop(1).toArray(),
    await Readable.from('abc').toArray(),
  );
  const e = new Readable({
    read() {
      this.destroy(new Error('broke'));
    },
  });
  e.resume();
  await new Promise((res) =>
    finished(e, (err) => {
      console.log('finished', err.message);
      res();
    }),
  );
  try {
    await sp.pipeline(
      Readable.from(['a']),
      new Transform({
        transform(c, en, cb) {
          cb(new Error('t'));
        },
      }),
      new PassThrough(),
    );
  } catch (err) {
    console.log('pipeline', err.message);
  }
  const d = new Writable({ write() {} });
  d.on('error', (er) => console.log(er.code, er.message));
  d.end();
  d.write('late');
  await new Promise((x) => setTimeout(x, 1));
  const ac = new AbortController();
  const ab = addAbortSignal(ac.signal, new Readable({ read() {} }));
  ab.on('error', (er) => console.log(er.name, er.code));
  ac.abort();
  await new Promise((x) => setTimeout(x, 1));
  const h = new Writable({
    highWaterMark: 3,
    write(c, en, cb) {
      setTimeout(cb, 1);
    },
  });
  console.log(h.write('ab'), h.write('cd'), h.writableLength, h.writableNeedDrain);
  await new Promise((x) => h.once('drain', x));
  console.log('drained');
  h.cork();
  h.write('1');
  h.uncork();
  h.end();
  const dx = Duplex.from(async function* (src) {
    for await (const c of src) yield `<${c}>`;
  });
  dx.end('in');
  for await (const c of dx) console.log('dx', c.toString());
  const ws = Readable.toWeb(Readable.from(['w1', 'w2']));
  for await (const c of ws) console.log('web', c);
  console.log(
    await Readable.fromWeb(
      new ReadableStream({
        start(c) {
          c.enqueue('fw');
          c.close();
        },
      }),
    ).toArray(),
  );
  console.log(
    await require('stream/consumers').text(Readable.from(['te', 'xt'])),
    await require('stream/consumers').json(Readable.from(['{"a":', '1}'])),
  );
  show(() => new Writable().write(null));
  show(() => Readable.from(5));
  show(() => pipeline(new Readable()));
  const rd = new Readable({ read() {} });
  rd.on('error', (er) => console.log('push', er.code));
  rd.push(5);
  rd.push(null);
  const pt = new PassThrough();
  pt.pipe(
    new Writable({
      write(c, en, cb) {
        console.log('piped', c.toString());
        cb();
      },
    }),
  ).on('finish', () => console.log('pipe finished'));
  pt.end('P');
  console.log(
    Readable.prototype.constructor === Readable,
    new PassThrough() instanceof Readable,
    new PassThrough() instanceof Writable,
    typeof Readable.prototype.flatMap,
  );
})();
const finishedP = (s) => new Promise((res, rej) => finished(s, (e) => (e ? rej(e) : res())));
// Node's streams and web streams ask each other how they are.
const { isErrored, isReadable, isDisturbed, finished: whenFinished, promises: streamPromises } = require('node:stream');
const webStates = async () => {
  for (const type of ['bytes', undefined]) {
    let c; const s = new ReadableStream({ type, start(k) { c = k; } });
    whenFinished(s, (e) => console.log('finished', e));
    const r = s.getReader();
    console.log(isErrored(s), isReadable(s), isDisturbed(s));
    c.enqueue(new Uint8Array(3)); console.log(await r.read(), isDisturbed(s)); c.close(); console.log(isErrored(s), isReadable(s), await r.read());
    let d; const t = new ReadableStream({ type, start(k) { d = k; } });
    whenFinished(t, (e) => console.log('finished', e.message)); d.error(new Error('q')); console.log(isErrored(t), isReadable(t), isDisturbed(t));
  }
  const w = new WritableStream(); whenFinished(w, (e) => console.log('written', e)); await w.getWriter().close();
  const ac = new AbortController(); const rs = new ReadableStream({ pull() {} }); addAbortSignal(ac.signal, rs); const rd = rs.getReader(); ac.abort(); await rd.read().catch((e) => console.log(e.name, e.code));
  await streamPromises.finished(new ReadableStream({ start(c) { c.error(new Error('pe')); } })).catch((e) => console.log(e.message));
  const chunks = []; await streamPromises.pipeline(['x', 'y'], async function* (s) { for await (const c of s) yield c + c; }, new WritableStream({ write(x) { chunks.push(x); } })); console.log(chunks);
  await streamPromises.pipeline(new ReadableStream({ start(c) { c.error(new Error('bad')); } }), new WritableStream()).catch((e) => console.log('P', e.message));
  const { duplexPair } = require('node:stream');
  const [a, b] = duplexPair(); b.on('data', (d) => console.log('b got', String(d))); b.on('end', () => { console.log('b end'); b.end('bye'); }); a.on('data', (d) => console.log('a got', String(d))); a.on('end', () => console.log('a end')); a.on('finish', () => console.log('a finish')); a.on('close', () => console.log('a close')); a.write('x'); a.write(''); a.end('y');
  const [c, d] = duplexPair({ objectMode: true, highWaterMark: 1 }); c.write({ q: 1 }, () => console.log('written')); console.log(c.write({ q: 2 })); d.once('readable', () => { console.log(d.read(), d.read()); });
};
process.once('beforeExit', webStates);
