const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
for (const n of [
  'process',
  'Buffer',
  'URL',
  'setTimeout',
  'structuredClone',
  'performance',
  'navigator',
  'crypto',
  'fetch',
  'Blob',
  'Intl',
  'AbortController',
  'Event',
  'queueMicrotask',
  'atob',
  'TextDecoder',
  'ReadableStream',
  'MessageChannel',
  'global',
  'DOMException',
  'Headers',
]) {
  const d = Object.getOwnPropertyDescriptor(globalThis, n);
  console.log(
    n,
    'value' in d,
    d.writable,
    d.enumerable,
    d.configurable,
    d.get?.name,
    d.set?.name,
    typeof globalThis[n],
  );
}
console.log(
  Object.keys(globalThis).sort(),
  typeof print,
  globalThis === global,
  Object.prototype.toString.call(globalThis),
);
const te = new TextEncoder();
console.log(
  te.encode('€'),
  te.encodeInto('aé', new Uint8Array(3)),
  te,
  new TextDecoder('utf-16le').decode(new Uint8Array([104, 0])),
  new TextDecoder('utf-8', { fatal: true }),
  new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 97])),
);
const sd = new TextDecoder();
console.log(sd.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + sd.decode(new Uint8Array([0xac])));
show(() => new TextDecoder('nope'));
show(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])));
show(() => new TextDecoder().decode('x'));
show(() => te.encodeInto(1));
const ac = new AbortController();
ac.signal.onabort = (e) => console.log('onabort', e.type);
ac.abort('why');
console.log(ac.signal.aborted, ac.signal.reason, AbortSignal.abort().reason.name, AbortSignal.any([ac.signal]).aborted);
show(() => ac.signal.throwIfAborted());
show(() => AbortSignal.abort().throwIfAborted());
show(() => new AbortSignal());
console.log(ac);
const de = new DOMException('msg', 'NotFoundError');
console.log(
  de.name,
  de.code,
  de.message,
  String(de),
  de instanceof Error,
  DOMException.NOT_FOUND_ERR,
  Object.prototype.toString.call(de),
  de.stack.split('\n')[0],
);
const src = {
  d: new Date(0),
  r: /x/gi,
  m: new Map([[1, new Set([2])]]),
  e: new RangeError('r'),
  b: new Uint8Array([1, 2]),
  n: null,
  u: undefined,
  big: 5n,
  nested: [{}],
};
src.self = src;
const cl = structuredClone(src);
delete cl.e.stack;
console.log(cl, cl.self === cl, cl.m !== src.m);
const ab = new ArrayBuffer(4);
console.log(structuredClone({ ab }, { transfer: [ab] }).ab.byteLength, ab.byteLength, ab.detached);
show(() => structuredClone(() => {}));
show(() => structuredClone(Symbol('s')));
show(() => structuredClone());
show(() => structuredClone(1, { transfer: [1] }));
try {
  structuredClone({ f() {} });
} catch (e) {
  console.log(e instanceof DOMException, e.code, e.name);
}
console.log(
  atob('eA=='),
  btoa('x'),
  performance.now() > 0,
  typeof performance.timeOrigin,
  performance.mark('m').name,
  performance.measure('z', 'm').entryType,
  performance.getEntries().length,
  navigator.language,
  navigator.hardwareConcurrency > 0,
  Object.prototype.toString.call(performance),
);
(async () => {
  const { port1, port2 } = new MessageChannel();
  const got = new Promise((res) =>
    port2.on('message', (m) => {
      console.log('port', m);
      port2.close();
      res();
    }),
  );
  port1.postMessage({ hello: [1] });
  await got;
  const b = new Blob(['ab', new Uint8Array([99])], { type: 'text/plain' });
  console.log(
    b,
    await b.text(),
    b.size,
    b.slice(1, 2).size,
    await b.slice(1).text(),
    (await b.arrayBuffer()).byteLength,
  );
  const f = new File(['x'], 'n.txt', { lastModified: 5 });
  console.log(f.name, f.lastModified, f.size, f instanceof Blob, f);
  const rs = new ReadableStream({
    start(c) {
      c.enqueue('a');
      c.enqueue('b');
      c.close();
    },
  });
  const out = [];
  for await (const x of rs) out.push(x);
  console.log(out, rs.locked);
  const ts = new TransformStream({
    transform(c, k) {
      k.enqueue(c * 2);
    },
  });
  const w = ts.writable.getWriter();
  w.write(21);
  w.close();
  console.log(await ts.readable.getReader().read());
  console.log(
    await new Response(
      new Blob(['zip'])
        .stream()
        .pipeThrough(new CompressionStream('gzip'))
        .pipeThrough(new DecompressionStream('gzip')),
    ).text(),
  );
  const h = new Headers({ A: '1' });
  h.append('a', '2');
  h.append('set-cookie', 'x');
  console.log([...h], h.get('A'), h.has('b'), h.getSetCookie());
  const r = Response.json({ ok: 1 }, { status: 201 });
  console.log(
    r.status,
    r.ok,
    r.headers.get('content-type'),
    await r.json(),
    new Request('http://x/y', { method: 'post', body: 'b' }).method,
  );
  const fd = new FormData();
  fd.append('k', 'v');
  console.log([...fd]);
  console.log(
    new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(1234.5),
    new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'long' }).format(0),
    new Intl.PluralRules('en').select(1),
    new Intl.ListFormat('en').format(['a', 'b', 'c']),
    new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-1, 'day'),
    ['b', 'ä', 'a'].sort(new Intl.Collator('de').compare),
    Intl.getCanonicalLocales('EN-us'),
    new Intl.Locale('en-Latn-US').language,
    [...new Intl.Segmenter('en', { granularity: 'word' }).segment('Hi you')].map((s) => s.segment),
    new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).formatToParts(0).length,
    Intl.DateTimeFormat().resolvedOptions().locale,
    Object.prototype.toString.call(Intl),
  );
  show(() => new Intl.NumberFormat('xx-invalid-locale-zz'));
  show(() => new Intl.NumberFormat('en', { style: 'currency' }));
  show(() => new Intl.DateTimeFormat('en', { timeZone: 'Nope' }));
  show(() => Intl.PluralRules('en'));
})();
