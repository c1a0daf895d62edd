// AbortController and AbortSignal.

const { codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const { defineEventHandler, Event, EventTarget, initTarget, trust } = require('internal/event_target');
const { DOMException } = require('internal/dom_exception');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const states = new WeakMap();
const stateOf = (signal) => {
  const state = states.get(signal);
  if (state === undefined) throw new codes.ERR_INVALID_THIS('AbortSignal');
  return state;
};

class AbortSignal extends EventTarget {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get aborted() {
    return stateOf(this).aborted;
  }
  get reason() {
    return stateOf(this).reason;
  }
  throwIfAborted() {
    const { aborted, reason } = stateOf(this);
    if (aborted) throw reason;
  }
  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    return create({ aborted: true, reason });
  }
  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = create();
    require('timers')
      .setTimeout(
        () => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
        delay,
      )
      .unref();
    return signal;
  }
  static any(signals) {
    if (signals === null || typeof signals !== 'object' || typeof signals[Symbol.iterator] !== 'function')
      throw new codes.ERR_INVALID_ARG_TYPE('signals', 'Array', signals);
    const list = [...signals];
    list.forEach((signal, i) => {
      if (!states.has(signal)) throw new codes.ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', signal);
    });
    const result = create();
    for (const signal of list) {
      const { aborted, reason } = stateOf(signal);
      if (aborted) {
        const state = stateOf(result);
        state.aborted = true;
        state.reason = reason;
        return result;
      }
    }
    for (const signal of list) signal.addEventListener('abort', () => abort(result, signal.reason), { once: true });
    return result;
  }
  [inspectCustom](depth, options, inspect) {
    const opts = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect({ aborted: this.aborted }, opts)}`;
  }
}
Object.defineProperties(AbortSignal.prototype, {
  aborted: { enumerable: true },
  reason: { enumerable: true },
  throwIfAborted: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'AbortSignal' },
});
defineEventHandler(AbortSignal.prototype, 'abort');

const create = ({ aborted = false, reason = undefined } = {}) => {
  const signal = Object.create(AbortSignal.prototype);
  initTarget(signal);
  states.set(signal, { aborted, reason });
  return signal;
};

const abort = (signal, reason) => {
  const state = stateOf(signal);
  if (state.aborted) return;
  state.aborted = true;
  state.reason = reason;
  signal.dispatchEvent(trust(new Event('abort')));
};

const controllers = new WeakMap();
const signalOf = (controller) => {
  const signal = controllers.get(controller);
  if (signal === undefined) throw new codes.ERR_INVALID_THIS('AbortController');
  return signal;
};

class AbortController {
  constructor() {
    controllers.set(this, create());
  }
  get signal() {
    return signalOf(this);
  }
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    abort(signalOf(this), reason);
  }
  [inspectCustom](depth, options, inspect) {
    const opts = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect({ signal: this.signal }, opts)}`;
  }
}
Object.defineProperties(AbortController.prototype, {
  signal: { enumerable: true },
  abort: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'AbortController' },
});

module.exports = { AbortController, AbortSignal };
