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
        return (processValue ??= require('internal/process'));
      },
      set(value) {
        processValue = value;
      },
    },
    Buffer: {
      get() {
        return (bufferValue ??= require('buffer').Buffer);
      },
      set(value) {
        bufferValue = value;
      },
    },
    performance: {
      get: {
        performance() {
          return (performanceValue ??= require('perf_hooks').performance);
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
          return (cryptoValue ??= require('internal/crypto').crypto);
        },
      }.crypto,
      set: undefined,
    },
    navigator: {
      get: {
        navigator() {
          return (navigatorValue ??= require('internal/navigator').navigator);
        },
      }.navigator,
      set: undefined,
    },
  },
);

for (const name of ['performance', 'crypto', 'navigator'])
  Object.defineProperty(Object.getOwnPropertyDescriptor(accessors, name).get, 'name', { value: `get ${name}` });

module.exports = { accessors };
