const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
const t = setTimeout(() => {}, 10);
console.log(
  typeof t,
  t.constructor.name,
  t.hasRef(),
  t.unref() === t,
  t.hasRef(),
  t.ref().hasRef(),
  typeof +t,
  t[Symbol.toPrimitive]() === +t,
  t.refresh() === t,
);
clearTimeout(t);
console.log(t._destroyed);
const i = setImmediate(() => {});
console.log(i.constructor.name, i.hasRef());
clearImmediate(i);
show(() => setTimeout('code'));
show(() => setInterval());
show(() => setImmediate(1));
show(() => queueMicrotask(1));
clearTimeout(undefined);
clearTimeout('x');
clearTimeout(99999);
setTimeout((a, b) => console.log('args', a, b), 1, 'x', 'y');
let n = 0;
const { setTimeout: st, setImmediate: si, setInterval: sv, scheduler } = require('timers/promises');
(async () => {
  await st(20);
  setTimeout(() => console.log('900'), 900);
  setTimeout(() => console.log('30'), 30);
  setTimeout(() => console.log('also 900'), 900);
  await st(1500);
  await new Promise((done) => {
    const iv = setInterval(function () {
      console.log('tick', ++n, this === iv);
      if (n === 3) {
        clearInterval(iv);
        done();
      }
    }, 1);
  });
  const byId = setTimeout(() => console.log('never'), 3);
  clearTimeout(+byId);
  setTimeout(() => console.log('never too'), 100000).unref();
  console.log(await st(1, 'value'), await si('imm'));
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 1);
  try {
    await st(1000, null, { signal: ac.signal });
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
  let k = 0;
  for await (const v of sv(1, 'iv')) {
    console.log(v);
    if (++k === 2) break;
  }
  await scheduler.wait(1);
  console.log(await require('util').promisify(setTimeout)(1, 'promisified'));
  try {
    await st('x');
  } catch (e) {
    console.log(e.code, e.message);
  }
})();
// Entries about resources.
{
  const { performance, PerformanceObserver, PerformanceResourceTiming } = require('node:perf_hooks');
  const info = { startTime: 1, endTime: 5, finalServiceWorkerStartTime: 0, redirectStartTime: 0, redirectEndTime: 0, postRedirectStartTime: 1, finalConnectionTimingInfo: null, finalNetworkRequestStartTime: 2, finalNetworkResponseStartTime: 3, encodedBodySize: 10, decodedBodySize: 12 };
  const observer = new PerformanceObserver((list) => { console.log('observed', list.getEntries().map((e) => e.name)); observer.disconnect(); });
  observer.observe({ type: 'resource' });
  const entry = performance.markResourceTiming(info, 'http://a/', 'fetch', globalThis, '', {}, 200, '');
  console.log(entry instanceof PerformanceResourceTiming, JSON.stringify(entry), entry.transferSize, entry.nextHopProtocol, entry);
  const connection = { domainLookupStartTime: 1, domainLookupEndTime: 2, connectionStartTime: 3, connectionEndTime: 4, secureConnectionStartTime: 5, ALPNNegotiatedProtocol: 'h2' };
  performance.markResourceTiming({ ...info, finalConnectionTimingInfo: connection }, 'http://b/', 'fetch', globalThis, 'local');
  console.log(performance.getEntriesByType('resource').map((x) => x.toJSON())); performance.clearResourceTimings(); console.log(performance.getEntriesByType('resource').length);
  console.log(Object.keys(PerformanceResourceTiming.prototype), performance.onresourcetimingbufferfull, PerformanceObserver.supportedEntryTypes);
  try { performance.markResourceTiming(info, 'u', 'f', {}, 'x'); } catch (e) { console.log(e.code, e.message); }
}
