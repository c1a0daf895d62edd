// MessageChannel, MessagePort, BroadcastChannel, MessageEvent: within this one thread.

const { codes } = require('internal/errors');
const { defineEventHandler, Event, EventTarget, initTarget, trust } = require('internal/event_target');
const { DOMException } = require('internal/dom_exception');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class MessageEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = { data: null, origin: '', lastEventId: '', source: null, ports: [], ...init };
  }
  get data() {
    return this.#init.data;
  }
  get origin() {
    return this.#init.origin;
  }
  get lastEventId() {
    return this.#init.lastEventId;
  }
  get source() {
    return this.#init.source;
  }
  get ports() {
    return Object.freeze([...this.#init.ports]);
  }
}
for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports'])
  Object.defineProperty(MessageEvent.prototype, name, { enumerable: true });
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });

const ports = new WeakMap();
const portOf = (self) => {
  const state = ports.get(self);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('MessagePort');
  return state;
};
const isPort = (value) => ports.has(value);

/** An open, started and referenced port keeps the program alive: an interval that nobody sees. */
const hold = (state) => {
  const wanted = state.isReferenced && state.started && !state.closed;
  if (wanted && state.keeper === undefined) state.keeper = require('timers').setInterval(() => {}, 0x7fffffff);
  else if (!wanted && state.keeper !== undefined) {
    require('timers').clearInterval(state.keeper);
    state.keeper = undefined;
  }
};

const deliver = (state) => {
  if (state.scheduled || !state.started || state.closed || state.queue.length === 0) return;
  state.scheduled = true;
  require('internal/timers').enqueueResult(() => {
    state.scheduled = false;
    if (state.closed || !state.started) return;
    const message = state.queue.shift();
    if (message === undefined) return;
    deliver(state);
    state.port.dispatchEvent(trust(new MessageEvent('message', { data: message.value, ports: message.ports })));
  });
};

class MessagePort extends EventTarget {
  constructor() {
    throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('MessagePort');
  }
  postMessage(message, options = undefined) {
    const state = portOf(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const list = Array.isArray(options) ? options : (options?.transfer ?? []);
    if (list.includes(this)) throw new DOMException('Transfer list contains source port', 'DataCloneError');
    const { result, ports: moved } = require('internal/structured_clone').cloneWithTransfer(message, list);
    const other = state.other;
    if (other === undefined || other.closed) return;
    other.queue.push({ value: result, ports: moved });
    deliver(other);
  }
  start() {
    const state = portOf(this);
    if (state.closed) return;
    state.started = true;
    hold(state);
    deliver(state);
  }
  close() {
    const state = portOf(this);
    for (const end of [state, state.other]) {
      if (end === undefined || end.closed) continue;
      end.closed = true;
      hold(end);
      require('timers').setImmediate(() => end.port.dispatchEvent(trust(new Event('close'))));
    }
  }
  ref() {
    const state = portOf(this);
    state.isReferenced = true;
    hold(state);
  }
  unref() {
    const state = portOf(this);
    state.isReferenced = false;
    hold(state);
  }
  hasRef() {
    const state = portOf(this);
    return state.isReferenced && state.started;
  }
  on(type, listener) {
    addNodeListener(this, type, listener, false);
    return this;
  }
  addListener(type, listener) {
    return this.on(type, listener);
  }
  once(type, listener) {
    addNodeListener(this, type, listener, true);
    return this;
  }
  off(type, listener) {
    const wrapped = portOf(this).listeners.get(listener);
    this.removeEventListener(type, wrapped ?? listener);
    return this;
  }
  removeListener(type, listener) {
    return this.off(type, listener);
  }
  removeAllListeners(type) {
    for (const listener of require('internal/event_target').listenersOf(this, type) ?? [])
      this.removeEventListener(type, listener);
    return this;
  }
  emit(type, arg) {
    return this.dispatchEvent(type === 'message' ? new MessageEvent('message', { data: arg }) : new Event(type));
  }
  listenerCount(type) {
    return (require('internal/event_target').listenersOf(this, type) ?? []).length;
  }
  eventNames() {
    return [];
  }
  [inspectCustom]() {
    const state = portOf(this);
    const { inspect } = require('internal/util/inspect');
    return `MessagePort ${inspect({ active: !state.closed, refed: state.isReferenced && state.started })}`;
  }
}
const addNodeListener = (port, type, listener, once) => {
  const state = portOf(port);
  const wrapped = (event) => listener.call(port, type === 'message' ? event.data : event);
  state.listeners.set(listener, wrapped);
  port.addEventListener(type, wrapped, { once });
  if (type === 'message') port.start();
};
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
Object.defineProperty(MessagePort.prototype, 'onmessage', {
  ...onmessage,
  set(value) {
    onmessage.set.call(this, value);
    if (typeof value === 'function') this.start();
    else {
      const state = portOf(this);
      state.started = false;
      hold(state);
    }
  },
});
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { configurable: true, value: 'MessagePort' });

const makePort = () => {
  const port = Object.create(MessagePort.prototype);
  initTarget(port);
  ports.set(port, {
    port,
    other: undefined,
    queue: [],
    started: false,
    closed: false,
    isReferenced: true,
    scheduled: false,
    keeper: undefined,
    listeners: new Map(),
  });
  return port;
};
const entangle = (a, b) => {
  ports.get(a).other = ports.get(b);
  ports.get(b).other = ports.get(a);
};

/** The port's new object, with its queue and its other end. */
const movePort = (port) => {
  const state = portOf(port);
  const next = makePort();
  const fresh = ports.get(next);
  fresh.queue = state.queue;
  fresh.other = state.other;
  if (state.other !== undefined) state.other.other = fresh;
  state.other = undefined;
  state.closed = true;
  hold(state);
  return next;
};

class MessageChannel {
  constructor() {
    this.port1 = makePort();
    this.port2 = makePort();
    entangle(this.port1, this.port2);
  }
}

const broadcasts = new Map();
class BroadcastChannel extends EventTarget {
  #name;
  #closed = false;
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    if (!broadcasts.has(this.#name)) broadcasts.set(this.#name, new Set());
    broadcasts.get(this.#name).add(this);
  }
  get name() {
    return this.#name;
  }
  postMessage(message) {
    if (this.#closed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    const { result } = require('internal/structured_clone').cloneWithTransfer(message, []);
    for (const other of broadcasts.get(this.#name))
      if (other !== this)
        require('internal/timers').enqueueResult(() => {
          if (!other.#closed)
            other.dispatchEvent(trust(new MessageEvent('message', { data: structuredClone(result) })));
        });
  }
  close() {
    this.#closed = true;
    broadcasts.get(this.#name)?.delete(this);
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

/** worker_threads.receiveMessageOnPort */
const receive = (port) => {
  const message = portOf(port).queue.shift();
  return message === undefined ? undefined : { message: message.value };
};

module.exports = { BroadcastChannel, isPort, MessageChannel, MessageEvent, MessagePort, movePort, receive };
