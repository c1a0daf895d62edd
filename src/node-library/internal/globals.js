// Globals that are accessors in Node, too.

let processValue;
let bufferValue;
let performanceValue;
let cryptoValue;
let navigatorValue;

const own = (name, value) =>
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true });

const accessors = Object.defineProperties(
  {},
  {
    process: {
      get() {
        processValue ??= require('internal/process');
        return processValue;
      },
      set(value) {
        processValue = value;
      },
    },
    Buffer: {
      get() {
        bufferValue ??= require('buffer').Buffer;
        return bufferValue;
      },
      set(value) {
        bufferValue = value;
      },
    },
    performance: {
      get: {
        performance() {
          performanceValue ??= require('perf_hooks').performance;
          return performanceValue;
        },
      }.performance,
      set: {
        performance(value) {
          own('performance', value);
        },
      }.performance,
    },
    crypto: {
      get: {
        crypto() {
          cryptoValue ??= require('internal/crypto').crypto;
          return cryptoValue;
        },
      }.crypto,
      set: undefined,
    },
    navigator: {
      get: {
        navigator() {
          navigatorValue ??= require('internal/navigator').navigator;
          return navigatorValue;
        },
      }.navigator,
      set: undefined,
    },
  },
);

for (const name of ['performance', 'crypto', 'navigator']) {
  const { get, set } = Object.getOwnPropertyDescriptor(accessors, name);
  Object.defineProperty(get, 'name', { value: `get ${name}` });
  if (set !== undefined) Object.defineProperty(set, 'name', { value: `set ${name}` });
}

module.exports = { accessors };
