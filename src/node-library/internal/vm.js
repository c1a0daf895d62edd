// What a sandbox makes of a context's global object: traps that are asked before it (V8's interceptors of node:vm).
//
//   read      the sandbox has it, or something it inherits from does: that; otherwise the global object's
//   assign    both, unless one says that it cannot be written
//   declare   a function like an assignment, a var when it is assigned: the engine sees to that
//
// `target` is the global object behind the traps; it must reach nobody: what is called gets the global proxy. An assignment to a
// variable has it as its receiver, one to a property of the global has the global proxy.

const { isProxy } = require('internal/util/types');

const { hasOwn } = Object;
const { apply, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf, has, ownKeys, set } =
  Reflect;

/** The property as it is found along the chain. */
const descriptorOf = (object, key) => {
  for (let at = object; at !== null; at = getPrototypeOf(at)) {
    const descriptor = getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
};
const isReadOnly = (descriptor) => descriptor?.writable === false;
const isAccessor = (descriptor) => descriptor !== undefined && !('value' in descriptor);

/** Whether `change` may be made to a property that is as `current` says. */
const isAllowed = (current, change) =>
  current === undefined || defineProperty(Object.defineProperty({}, 'x', current), 'x', change);

const newVariable = (value) => ({ value, writable: true, enumerable: true, configurable: true });

/** What of a definition goes to the sandbox. */
const forSandbox = (change) => {
  const result = { __proto__: null };
  if ('get' in change || 'set' in change) {
    result.get = change.get;
    result.set = change.set;
  } else {
    result.value = change.value;
    if ('writable' in change) result.writable = change.writable;
  }
  if ('enumerable' in change) result.enumerable = change.enumerable;
  if ('configurable' in change) result.configurable = change.configurable;
  return result;
};

/** @param globalOf gives the global proxy, once it is there */
const trapsOf = (sandbox, globalOf) => {
  // a proxy is believed to have whatever it is asked for
  const isTransparent = isProxy(sandbox);
  const assignOnGlobal = (target, key, value, found) => {
    // no [[Set]]: a proxy on the global's chain would be told of the object behind the traps
    if (!isAccessor(found)) return defineProperty(target, key, hasOwn(target, key) ? { value } : newVariable(value));
    if (found.set === undefined) return false;
    apply(found.set, globalOf(), [value]);
    return true;
  };
  return {
    __proto__: null,
    get(target, key) {
      if (!isTransparent && !has(sandbox, key)) return get(target, key, globalOf());
      const value = sandbox[key];
      return value === sandbox ? globalOf() : value;
    },
    set(target, key, value, receiver) {
      if (receiver !== target && receiver !== globalOf()) return set(target, key, value, receiver);
      const onGlobal = descriptorOf(target, key);
      const onSandbox = descriptorOf(sandbox, key);
      if (isReadOnly(onGlobal)) return false;
      if (isReadOnly(onSandbox)) return onGlobal !== undefined && assignOnGlobal(target, key, value, onGlobal);
      if (onGlobal === undefined && onSandbox === undefined && typeof key === 'symbol')
        return assignOnGlobal(target, key, value);
      set(sandbox, key, value);
      if (isAccessor(getOwnPropertyDescriptor(sandbox, key))) return true;
      return assignOnGlobal(target, key, value, onGlobal);
    },
    has(target, key) {
      return (!isTransparent && has(sandbox, key)) || has(target, key);
    },
    deleteProperty(target, key) {
      return deleteProperty(sandbox, key) && deleteProperty(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      return getOwnPropertyDescriptor(sandbox, key) ?? getOwnPropertyDescriptor(target, key);
    },
    defineProperty(target, key, change) {
      const onGlobal = descriptorOf(target, key);
      const current = getOwnPropertyDescriptor(sandbox, key) ?? getOwnPropertyDescriptor(target, key);
      if (!isAllowed(current, change)) return false;
      if (!(isReadOnly(onGlobal) && onGlobal.configurable === false)) defineProperty(sandbox, key, forSandbox(change));
      return defineProperty(target, key, change);
    },
    ownKeys(target) {
      return [...new Set([...ownKeys(target), ...ownKeys(sandbox)])];
    },
  };
};
module.exports = { trapsOf };
