const EventEmitter = require('events');
const { once, on, errorMonitor, getEventListeners } = EventEmitter;
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const e = new EventEmitter();
e.on('newListener', (n) => console.log('new', n)); e.on('removeListener', (n) => console.log('removed', n));
const f = (...a) => console.log('f', a);
e.on('a', f); e.prependListener('a', () => console.log('first')); e.once('a', () => console.log('once'));
console.log(e.emit('a', 1, 2, 3), e.emit('a'), e.emit('none'));
e.off('a', f); console.log(e.listenerCount('a'), e.eventNames(), e.rawListeners('a').length, e.getMaxListeners());
show(() => e.emit('error', new Error('boom'))); show(() => e.emit('error', 'text')); show(() => e.emit('error', { a: 1 })); show(() => e.emit('error'));
show(() => e.on('x', 5)); show(() => e.setMaxListeners(-1)); show(() => new EventEmitter({ captureRejections: 1 })); show(() => { EventEmitter.defaultMaxListeners = -1; });
e.on(errorMonitor, (x) => console.log('monitor', x.message)); show(() => e.emit('error', new Error('m')));
class My extends EventEmitter {} console.log(new My() instanceof EventEmitter, EventEmitter.EventEmitter === EventEmitter, Object.keys(new My()));
console.log(new EventEmitter());
(async () => {
  const x = new EventEmitter(); setTimeout(() => x.emit('go', 1, 2), 1); console.log(await once(x, 'go'));
  setTimeout(() => x.emit('error', new Error('once error')), 1); try { await once(x, 'other'); } catch (err) { console.log(err.message); }
  const ac = new AbortController(); setTimeout(() => ac.abort(), 1); try { await once(x, 'never', { signal: ac.signal }); } catch (err) { console.log(err.name, err.code, err.message); }
  setTimeout(() => { x.emit('n', 1); x.emit('n', 2); x.emit('end'); }, 1); for await (const v of on(x, 'n', { close: ['end'] })) console.log('on', v);
  const t = new EventTarget(); t.addEventListener('foo', (ev) => console.log(ev.type, ev.constructor.name, ev.isTrusted), { once: true }); console.log(getEventListeners(t, 'foo').length, t.dispatchEvent(new Event('foo')), t.dispatchEvent(new Event('foo')));
  const ce = new CustomEvent('c', { detail: 5, cancelable: true }); t.addEventListener('c', (ev) => ev.preventDefault()); console.log(t.dispatchEvent(ce), ce.detail, ce.defaultPrevented);
  show(() => new Event()); show(() => t.dispatchEvent({})); show(() => t.addEventListener('x'));
  const cap = new EventEmitter({ captureRejections: true }); cap.on('ev', async () => { throw new Error('captured'); }); cap.on('error', (er) => console.log('captured:', er.message)); cap.emit('ev');
})();
