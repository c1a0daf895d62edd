const { validateFunction } = require('internal/validators');
const { clearImmediate, clearTimeout, Immediate, insert, Timeout } = require('internal/timers');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function setTimeout(callback, after, ...args) {
  validateFunction(callback, 'callback');
  const timeout = new Timeout(callback, after, args.length > 0 ? args : undefined, false, true);
  insert(timeout);
  return timeout;
}
function setInterval(callback, repeat, ...args) {
  validateFunction(callback, 'callback');
  const timeout = new Timeout(callback, repeat, args.length > 0 ? args : undefined, true, true);
  insert(timeout);
  return timeout;
}
function setImmediate(callback, ...args) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, args.length > 0 ? args : undefined);
}
function clearInterval(timer) {
  clearTimeout(timer);
}

for (const fn of [setTimeout, setImmediate])
  Object.defineProperty(fn, kCustomPromisify, {
    enumerable: true,
    get: () => require('timers/promises')[fn.name],
  });

module.exports = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});
