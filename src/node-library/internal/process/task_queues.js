// process.nextTick and queueMicrotask. The shell calls processTicksAndRejections after each piece of the program.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { runMicrotasks } = internalBinding('util');
const { getContext, setContext } = internalBinding('context');
const binding = internalBinding('process');

let queue = [];
let head = 0;

function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) return;
  queue.push({ callback, args, context: getContext() });
}

const run = ({ callback, args }) => {
  switch (args.length) {
    case 0:
      return callback();
    case 1:
      return callback(args[0]);
    default:
      return callback(...args);
  }
};

function processTicksAndRejections() {
  do {
    while (head < queue.length) {
      const tick = queue[head++];
      if (head > 1024) {
        queue = queue.slice(head);
        head = 0;
      }
      setContext(tick.context);
      run(tick);
    }
    setContext(undefined);
    queue = [];
    head = 0;
    runMicrotasks();
  } while (queue.length > 0);
  return true;
}

function queueMicrotask(callback) {
  if (arguments.length === 0) throw new codes.ERR_INVALID_ARG_TYPE('callback', 'function', callback);
  validateFunction(callback, 'callback');
  internalBinding('util').enqueueMicrotask(callback);
}

binding.setCallback('ticks', processTicksAndRejections);

/** Between two callbacks of one phase. */
const runTicks = () => {
  if (head < queue.length) processTicksAndRejections.call(process);
  else {
    runMicrotasks();
    if (head < queue.length) processTicksAndRejections.call(process);
  }
};

module.exports = { nextTick, queueMicrotask, runTicks };
