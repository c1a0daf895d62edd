// Event, CustomEvent, EventTarget.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
/** Dispatching state of events. */
const states = new WeakMap();
/** Listeners by type, of event targets. */
const targets = new WeakMap();
const monotonic = () => internalBinding('process').monotonic();

const stateOf = (event) => {
  const state = states.get(event);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('Event');
  return state;
};

class Event {
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options != null) validateObject(options, 'options', { allowArray: true, allowFunction: true });
    states.set(this, {
      type: `${type}`,
      bubbles: !!options?.bubbles,
      cancelable: !!options?.cancelable,
      composed: !!options?.composed,
      canceled: false,
      stopped: false,
      propagationStopped: false,
      dispatching: false,
      trusted: false,
      passive: false,
      target: null,
      time: monotonic(),
    });
  }
  initEvent(type, bubbles = false, cancelable = false) {
    const state = stateOf(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (state.dispatching) return;
    state.type = `${type}`;
    state.bubbles = !!bubbles;
    state.cancelable = !!cancelable;
  }
  stopImmediatePropagation() {
    const state = stateOf(this);
    state.stopped = true;
    state.propagationStopped = true;
  }
  preventDefault() {
    const state = stateOf(this);
    if (state.cancelable && !state.passive) state.canceled = true;
  }
  stopPropagation() {
    stateOf(this).propagationStopped = true;
  }
  composedPath() {
    const { dispatching, target } = stateOf(this);
    return dispatching ? [target] : [];
  }
  get target() {
    return stateOf(this).target;
  }
  get currentTarget() {
    const { dispatching, target } = stateOf(this);
    return dispatching ? target : null;
  }
  get srcElement() {
    return stateOf(this).target;
  }
  get type() {
    return stateOf(this).type;
  }
  get cancelable() {
    return stateOf(this).cancelable;
  }
  get defaultPrevented() {
    const { cancelable, canceled } = stateOf(this);
    return cancelable && canceled;
  }
  get timeStamp() {
    return stateOf(this).time;
  }
  get returnValue() {
    return !this.defaultPrevented;
  }
  get bubbles() {
    return stateOf(this).bubbles;
  }
  get composed() {
    return stateOf(this).composed;
  }
  get eventPhase() {
    return stateOf(this).dispatching ? 2 : 0;
  }
  get cancelBubble() {
    return stateOf(this).propagationStopped;
  }
  set cancelBubble(value) {
    if (value) stateOf(this).propagationStopped = true;
  }
  [inspectCustom](depth, options, inspect) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const opts = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${inspect(
      {
        type: this.type,
        defaultPrevented: this.defaultPrevented,
        cancelable: this.cancelable,
        timeStamp: this.timeStamp,
      },
      opts,
    )}`;
  }
  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;
}
const enumerable = (proto, names) => {
  for (const name of names) Object.defineProperty(proto, name, { enumerable: true });
};
enumerable(Event.prototype, [
  'initEvent',
  'stopImmediatePropagation',
  'preventDefault',
  'target',
  'currentTarget',
  'srcElement',
  'type',
  'cancelable',
  'defaultPrevented',
  'timeStamp',
  'composedPath',
  'returnValue',
  'bubbles',
  'composed',
  'eventPhase',
  'cancelBubble',
  'stopPropagation',
]);
Object.defineProperty(Event.prototype, Symbol.toStringTag, { configurable: true, value: 'Event' });
const isTrusted = Object.getOwnPropertyDescriptor(
  {
    get isTrusted() {
      return states.get(this)?.trusted ?? false;
    },
  },
  'isTrusted',
).get;
Object.defineProperty(Event.prototype, 'isTrusted', { get: isTrusted, enumerable: true, configurable: false });

class CustomEvent extends Event {
  #detail;
  constructor(type, options) {
    super(type, options);
    this.#detail = options?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}
enumerable(CustomEvent.prototype, ['detail']);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'CustomEvent' });

// --- targets ------------------------------------------------------------------------------------------------------------------

const targetState = (target) => {
  const state = targets.get(target);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('EventTarget');
  return state;
};
const initTarget = (target) => targets.set(target, { listeners: new Map(), most: 10, warned: new Set() });

const flatten = (options) => {
  if (typeof options === 'boolean') return { capture: options, once: false, passive: undefined };
  if (options == null) return { capture: false, once: false, passive: undefined };
  validateObject(options, 'options', { allowArray: true, allowFunction: true });
  return { capture: !!options.capture, once: !!options.once, passive: options.passive, signal: options.signal };
};

class EventTarget {
  constructor() {
    initTarget(this);
  }
  addEventListener(type, listener, options = undefined) {
    const state = targetState(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const { capture, once, passive, signal } = flatten(options);
    if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
    if (listener == null) {
      const warning = new Error(
        `addEventListener called with ${listener === null ? 'null' : 'undefined'} which has no effect.`,
      );
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    if (typeof listener !== 'function' && typeof listener !== 'object')
      throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
    type = `${type}`;
    if (signal?.aborted) return;
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
    let list = state.listeners.get(type);
    if (list === undefined) {
      list = [];
      state.listeners.set(type, list);
    }
    if (list.some((item) => item.listener === listener && item.capture === capture)) return;
    list.push({ listener, capture, once, passive: !!passive, removed: false });
    if (state.most > 0 && list.length > state.most && !state.warned.has(type)) {
      state.warned.add(type);
      const warning = new Error(
        `Possible EventTarget memory leak detected. ${list.length} ${type} listeners added to ${internalBinding('util').inspect(this, { depth: -1 })}. MaxListeners is ${state.most}. Use events.setMaxListeners() to increase limit`,
      );
      warning.name = 'MaxListenersExceededWarning';
      warning.target = this;
      warning.type = type;
      warning.count = list.length;
      process.emitWarning(warning);
    }
    this[kNewListener]?.(list.length, type);
  }
  removeEventListener(type, listener, options = undefined) {
    const state = targetState(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    if (listener == null) return;
    const capture = typeof options === 'boolean' ? options : !!options?.capture;
    type = `${type}`;
    const list = state.listeners.get(type);
    const at = list?.findIndex((item) => item.listener === listener && item.capture === capture) ?? -1;
    if (at < 0) return;
    list[at].removed = true;
    state.listeners.set(type, list.toSpliced(at, 1));
    if (list.length === 1) state.listeners.delete(type);
    this[kRemoveListener]?.(list.length - 1, type);
  }
  dispatchEvent(event) {
    targetState(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    const state = states.get(event);
    if (state === undefined) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (state.dispatching) throw new codes.ERR_EVENT_RECURSION(event.type);
    dispatch(this, event, state);
    return !event.defaultPrevented;
  }
  [inspectCustom](depth, options, inspect) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const opts = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${inspect({}, opts)}`;
  }
}
enumerable(EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { configurable: true, value: 'EventTarget' });

const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');

const dispatch = (target, event, state) => {
  const { listeners } = targetState(target);
  state.target = target;
  state.dispatching = true;
  const list = listeners.get(state.type) ?? [];
  for (const item of list.slice()) {
    if (item.removed) continue;
    if (item.once) target.removeEventListener(state.type, item.listener, { capture: item.capture });
    state.passive = item.passive;
    try {
      const { listener } = item;
      const callback = typeof listener === 'function' ? listener : listener.handleEvent;
      const result = callback.call(typeof listener === 'function' ? target : listener, event);
      if (result !== undefined && result !== null && typeof result.then === 'function')
        result.then(undefined, (error) =>
          process.nextTick(() => {
            throw error;
          }),
        );
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
    state.passive = false;
    if (state.stopped) break;
  }
  state.dispatching = false;
};

/** `onmessage` and its like: an accessor whose function is one of the listeners. */
const defineEventHandler = (prototype, name, event = name) => {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${name}`, {
    configurable: true,
    enumerable: true,
    get: Object.getOwnPropertyDescriptor(
      {
        get [`on${name}`]() {
          return handlers.get(this)?.handler ?? null;
        },
      },
      `on${name}`,
    ).get,
    set: Object.getOwnPropertyDescriptor(
      {
        set [`on${name}`](value) {
          const before = handlers.get(this);
          const handler = typeof value === 'function' || (typeof value === 'object' && value !== null) ? value : null;
          if (before !== undefined) {
            before.handler = handler;
            if (handler !== null) return;
            this.removeEventListener(event, before.listener);
            handlers.delete(this);
            return;
          }
          if (handler === null) return;
          const entry = { handler, listener: undefined };
          entry.listener = function (e) {
            return typeof entry.handler === 'function' ? entry.handler.call(this, e) : undefined;
          };
          handlers.set(this, entry);
          this.addEventListener(event, entry.listener);
        },
      },
      `on${name}`,
    ).set,
  });
};

const trust = (event) => {
  states.get(event).trusted = true;
  return event;
};

module.exports = {
  CustomEvent,
  defineEventHandler,
  Event,
  EventTarget,
  initTarget,
  kNewListener,
  kRemoveListener,
  listenersOf: (target, type) =>
    targets.has(target) ? (targets.get(target).listeners.get(type) ?? []).map((item) => item.listener) : undefined,
  maxListenersOf: (target) => targets.get(target)?.most,
  setMaxListeners: (target, n) => {
    const state = targets.get(target);
    if (state === undefined) return false;
    state.most = n;
    return true;
  },
  trust,
};
