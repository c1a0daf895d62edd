// The Console class: consoles over a program's own streams. The global one is the engine's.

const { codes } = require('internal/errors');
const { validateArray, validateInteger, validateObject, validateOneOf } = require('internal/validators');
const { formatWithOptions, inspect } = require('internal/util/inspect');

const kState = Symbol('state');

function Console(options, ...rest) {
  if (!new.target) return Reflect.construct(Console, [options, ...rest]);
  if (!options || typeof options.write === 'function')
    options = { stdout: options, stderr: rest[0], ignoreErrors: rest[1] };
  const {
    stdout,
    stderr = stdout,
    ignoreErrors = true,
    colorMode = 'auto',
    inspectOptions,
    groupIndentation,
  } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, 1000);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && options.colorMode !== undefined)
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
  }
  const hidden = (key, value) =>
    Object.defineProperty(this, key, { value, writable: true, configurable: true, enumerable: false });
  hidden(kState, {
    indent: '',
    step: groupIndentation ?? 2,
    counts: new Map(),
    timers: new Map(),
    colorMode,
    inspectOptions,
  });
  hidden('_stdout', stdout);
  hidden('_stderr', stderr);
  hidden('_ignoreErrors', Boolean(ignoreErrors));
  // methods are bound to their console
  for (const key of Object.keys(methods)) {
    this[key] = methods[key].bind(this);
    Object.defineProperty(this[key], 'name', { value: key });
  }
}

const optionsFor = (self, stream) => {
  const { colorMode, inspectOptions } = self[kState];
  const colors = colorMode === 'auto' ? Boolean(stream.isTTY && (stream.getColorDepth?.() ?? 1) > 2) : colorMode;
  return { colors, ...inspectOptions };
};
const write = (self, stream, text) => {
  const { indent } = self[kState];
  if (indent !== '') text = indent + text.replaceAll('\n', `\n${indent}`);
  if (!self._ignoreErrors) {
    stream.write(`${text}\n`);
    return;
  }
  // an error of the stream is nobody's
  const ignore = () => {};
  stream.once?.('error', ignore);
  try {
    stream.write(`${text}\n`, ignore);
  } catch {
    // as Node
  } finally {
    stream.removeListener?.('error', ignore);
  }
};
const elapsed = (start) => {
  const ms = internalBinding('process').monotonic() - start;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
};

const methods = {
  log(...args) {
    write(this, this._stdout, formatWithOptions(optionsFor(this, this._stdout), ...args));
  },
  warn(...args) {
    write(this, this._stderr, formatWithOptions(optionsFor(this, this._stderr), ...args));
  },
  dir(object, options) {
    write(this, this._stdout, inspect(object, { customInspect: false, ...optionsFor(this, this._stdout), ...options }));
  },
  time(label = 'default') {
    this[kState].timers.set(`${label}`, internalBinding('process').monotonic());
  },
  timeEnd(label = 'default') {
    const { timers } = this[kState];
    const start = timers.get(`${label}`);
    if (start === undefined) return;
    this.log('%s: %s', `${label}`, elapsed(start));
    timers.delete(`${label}`);
  },
  timeLog(label = 'default', ...data) {
    const start = this[kState].timers.get(`${label}`);
    if (start !== undefined) this.log('%s: %s', `${label}`, elapsed(start), ...data);
  },
  trace(...args) {
    const error = { name: 'Trace', message: formatWithOptions(optionsFor(this, this._stderr), ...args) };
    Error.captureStackTrace(error, this.trace);
    this.error(error.stack);
  },
  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },
  clear() {},
  count(label = 'default') {
    const { counts } = this[kState];
    const count = (counts.get(`${label}`) ?? 0) + 1;
    counts.set(`${label}`, count);
    this.log(`${label}: ${count}`);
  },
  countReset(label = 'default') {
    this[kState].counts.delete(`${label}`);
  },
  group(...data) {
    if (data.length > 0) this.log(...data);
    this[kState].indent += ' '.repeat(this[kState].step);
  },
  groupEnd() {
    const state = this[kState];
    state.indent = state.indent.slice(0, Math.max(0, state.indent.length - state.step));
  },
  table(data, columns) {
    if (columns !== undefined) validateArray(columns, 'columns');
    this.log(internalBinding('util').table(data, columns) ?? data);
  },
  profile() {},
  profileEnd() {},
  timeStamp() {},
  context() {},
};
methods.error = methods.warn;
methods.debug = methods.log;
methods.info = methods.log;
methods.dirxml = methods.log;
methods.groupCollapsed = methods.group;
for (const key of Object.keys(methods))
  Object.defineProperty(Console.prototype, key, {
    value: methods[key],
    writable: true,
    configurable: true,
    enumerable: true,
  });

module.exports = { Console };
