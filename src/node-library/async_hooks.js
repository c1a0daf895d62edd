// async_hooks: AsyncLocalStorage over the engine's continuation data; hooks exist and are never called.

const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { getContext, setContext } = internalBinding('context');

/** The current frame: an immutable Map of storages to values. */
const frameOf = () => getContext();
const empty = new Map();

class AsyncLocalStorage {
  #default;
  #name;
  constructor(options = {}) {
    validateObject(options, 'options');
    this.#default = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }
  get name() {
    return this.#name || '';
  }
  static bind(fn) {
    validateFunction(fn, 'fn');
    return AsyncResource.bind(fn);
  }
  static snapshot() {
    const frame = frameOf();
    return (fn, ...args) => within(frame, () => fn(...args));
  }
  disable() {
    const frame = new Map(frameOf() ?? empty);
    frame.delete(this);
    setContext(frame);
  }
  enterWith(value) {
    setContext(new Map(frameOf() ?? empty).set(this, value));
  }
  run(value, fn, ...args) {
    const before = frameOf();
    if (before?.has(this) && Object.is(before.get(this), value)) return Reflect.apply(fn, null, args);
    setContext(new Map(before ?? empty).set(this, value));
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      setContext(before);
    }
  }
  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }
  getStore() {
    const frame = frameOf();
    return frame?.has(this) ? frame.get(this) : this.#default;
  }
}

const within = (frame, fn) => {
  const before = frameOf();
  setContext(frame);
  try {
    return fn();
  } finally {
    setContext(before);
  }
};

let nextAsyncId = 2;
class AsyncResource {
  #frame = frameOf();
  #id = nextAsyncId++;
  #trigger;
  constructor(type, options = {}) {
    validateString(type, 'type');
    let trigger = options;
    if (typeof options !== 'number') trigger = options?.triggerAsyncId ?? 1;
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    this.#trigger = trigger;
  }
  runInAsyncScope(fn, thisArg, ...args) {
    return within(this.#frame, () => Reflect.apply(fn, thisArg, args));
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return this.#id;
  }
  triggerAsyncId() {
    return this.#trigger;
  }
  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const self = this;
    const bound =
      thisArg === undefined
        ? function (...args) {
            return self.runInAsyncScope(fn, this, ...args);
          }
        : (...args) => self.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperty(bound, 'length', {
      configurable: true,
      enumerable: false,
      value: fn.length,
      writable: false,
    });
    return bound;
  }
  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

class AsyncHook {
  enable() {
    return this;
  }
  disable() {
    return this;
  }
}
function createHook(hooks) {
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve'])
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function')
      throw new codes.ERR_ASYNC_CALLBACK(`hook.${name}`);
  return new AsyncHook();
}

const resource = {};
module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId: () => 1,
  triggerAsyncId: () => 0,
  executionAsyncResource: () => resource,
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
  AsyncResource,
};
