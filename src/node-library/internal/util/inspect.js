// util.inspect, format: the engine inspects (it calls nothing); here are the options, and the program's own functions.

const { validateObject } = require('internal/validators');
const binding = internalBinding('util');

const custom = Symbol.for('nodejs.util.inspect.custom');

const defaults = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

/** Kinds of a call that inspecting needs; inspect/inspect-calls.ts. */
const kCustom = 0;
const kText = 1;
const kNumber = 3;

const colorTable = () => {
  const table = {};
  for (const style of Object.keys(inspect.styles)) {
    const codes = inspect.colors[inspect.styles[style]];
    if (codes !== undefined) table[style] = codes;
  }
  return JSON.stringify(table);
};

/** Options for the engine. */
const resolved = (options) => {
  const result = { ...defaults, ...options };
  if (result.colors) result.colorTable = colorTable();
  if (result.depth === undefined) result.depth = defaults.depth;
  if (result.maxArrayLength === null) result.maxArrayLength = Infinity;
  if (result.maxStringLength === null) result.maxStringLength = Infinity;
  if (result.maxArrayLength < 0) result.maxArrayLength = 0;
  return result;
};

const stylizeWithColor = (text, style) => {
  const codes = inspect.colors[inspect.styles[style]];
  return codes === undefined ? text : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`;
};
const stylizeNoColor = (text) => text;

/** What custom functions get. */
const userOptions = (options) => {
  const result = { ...defaults, ...options };
  delete result.colorTable;
  result.stylize = result.colors ? stylizeWithColor : stylizeNoColor;
  return result;
};

const json = (value) => {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError && /circular structure/.test(error.message)) return '[Circular]';
    throw error;
  }
};

function makeCall(kind, object, depth, options) {
  if (kind === kText) return String(object);
  if (kind === kNumber) return Number(object);
  if (kind !== kCustom) return json(object);
  const fn = object[custom];
  if (fn === inspect) return object;
  return fn.call(object, depth, userOptions(options), inspect);
}

function inspect(value, options, ...legacy) {
  let given;
  if (options === null || options === undefined) given = undefined;
  else if (typeof options === 'boolean') given = { showHidden: options };
  else given = options;
  const old = {};
  if (arguments.length >= 3) {
    if (legacy[0] !== undefined) old.depth = legacy[0];
    if (legacy.length > 1 && legacy[1] !== undefined) old.colors = legacy[1];
  }
  const all = resolved({ ...clean(old), ...clean(given) });
  return binding.inspect(value, all, all.customInspect ? makeCall : undefined);
}
const clean = (options) => {
  if (options === undefined) return {};
  const result = { ...options };
  for (const key of Object.keys(result)) if (result[key] === undefined && key !== 'depth') delete result[key];
  return result;
};

inspect.custom = custom;
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaults,
  set: (options) => {
    validateObject(options, 'options');
    Object.assign(defaults, options);
  },
});

const reset = [0, 0];
inspect.colors = {
  __proto__: null,
  reset,
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
  black: [30, 39],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  white: [37, 39],
  bgBlack: [40, 49],
  bgRed: [41, 49],
  bgGreen: [42, 49],
  bgYellow: [43, 49],
  bgBlue: [44, 49],
  bgMagenta: [45, 49],
  bgCyan: [46, 49],
  bgWhite: [47, 49],
  framed: [51, 54],
  overlined: [53, 55],
  gray: [90, 39],
  redBright: [91, 39],
  greenBright: [92, 39],
  yellowBright: [93, 39],
  blueBright: [94, 39],
  magentaBright: [95, 39],
  cyanBright: [96, 39],
  whiteBright: [97, 39],
  bgGray: [100, 49],
  bgRedBright: [101, 49],
  bgGreenBright: [102, 49],
  bgYellowBright: [103, 49],
  bgBlueBright: [104, 49],
  bgMagentaBright: [105, 49],
  bgCyanBright: [106, 49],
  bgWhiteBright: [107, 49],
};
const alias = (target, name) =>
  Object.defineProperty(inspect.colors, name, {
    configurable: true,
    enumerable: false,
    get() {
      return this[target];
    },
    set(value) {
      this[target] = value;
    },
  });
for (const [target, name] of [
  ['gray', 'grey'],
  ['gray', 'blackBright'],
  ['bgGray', 'bgGrey'],
  ['bgGray', 'bgBlackBright'],
  ['dim', 'faint'],
  ['strikethrough', 'crossedout'],
  ['strikethrough', 'strikeThrough'],
  ['strikethrough', 'crossedOut'],
  ['hidden', 'conceal'],
  ['inverse', 'swapColors'],
  ['inverse', 'swapcolors'],
  ['doubleunderline', 'doubleUnderline'],
])
  alias(target, name);
inspect.styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

function format(...args) {
  return binding.format(args, resolved({ breakLength: 80 }), makeCall);
}
function formatWithOptions(options, ...args) {
  validateObject(options, 'inspectOptions', { allowFunction: true });
  return binding.format(args, resolved({ breakLength: 80, ...clean(options) }), makeCall);
}

function stripVTControlCharacters(text) {
  require('internal/validators').validateString(text, 'str');
  return text.replace(ansi, '');
}
const ansi =
  /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;

module.exports = { defaults, format, formatWithOptions, inspect, makeCall, stripVTControlCharacters };
