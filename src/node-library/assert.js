// assert: Node's comparisons, and its messages.

const { deepEqual } = require('internal/comparisons');
const engine = internalBinding('util');

const inspect = (value) =>
  engine.inspect(
    value,
    {
      depth: 1000,
      breakLength: Infinity,
      compact: false,
      sorted: true,
      maxArrayLength: Infinity,
      maxStringLength: Infinity,
    },
    require('internal/util/inspect').makeCall,
  );

const readable = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};
const isObject = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';
const show = (v) => (v instanceof Error ? `[${v.name}${v.message === '' ? '' : `: ${v.message}`}]` : inspect(v));

// Lines of a longest common subsequence; a comma at an end makes no difference.
function lineDiff(actual, expected) {
  const same = (x, y) => x === y || `${x},` === y || x === `${y},`;
  const n = actual.length,
    m = expected.length;
  let start = 0;
  while (start < n && start < m && same(actual[start], expected[start])) start++;
  const diff = actual.slice(0, start).map((line) => [' ', line]);
  const rest = n - start,
    others = m - start;
  if (rest * others > 4e6) {
    for (let i = start; i < n; i++) diff.push(['+', actual[i]]);
    for (let j = start; j < m; j++) diff.push(['-', expected[j]]);
    return diff;
  }
  const table = Array.from({ length: rest + 1 }, () => new Uint32Array(others + 1));
  for (let i = rest - 1; i >= 0; i--)
    for (let j = others - 1; j >= 0; j--)
      table[i][j] = same(actual[start + i], expected[start + j])
        ? table[i + 1][j + 1] + 1
        : Math.max(table[i + 1][j], table[i][j + 1]);
  let i = 0,
    j = 0;
  while (i < rest || j < others) {
    if (i < rest && j < others && same(actual[start + i], expected[start + j])) {
      diff.push([' ', actual[start + i]]);
      i++;
      j++;
    } else if (i < rest && (j === others || table[i + 1][j] >= table[i][j + 1])) diff.push(['+', actual[start + i++]]);
    else diff.push(['-', expected[start + j++]]);
  }
  return diff;
}

const kept = 5;
function printDiff(diff) {
  let text = '',
    same = 0,
    skipped = false;
  for (let i = 0; i < diff.length; i++) {
    const [sign, line] = diff[i];
    if (sign !== ' ') {
      if (same === kept + 1) text += `  ${diff[i - 1][1]}\n`;
      else if (same === kept + 2) text += `  ${diff[i - 2][1]}\n  ${diff[i - 1][1]}\n`;
      else if (same > kept + 2) {
        text += `...\n  ${diff[i - 1][1]}\n`;
        skipped = true;
      }
      same = 0;
      text += `${sign} ${line}\n`;
    } else if (same++ < kept) text += `  ${line}\n`;
  }
  return { text: `\n${text.trimEnd()}`, skipped };
}

function stacked(actual, expected, areStrings) {
  let text = `\n+ ${actual}\n- ${expected}`;
  if (areStrings && Math.max(actual.length, expected.length) <= 80) {
    let i = 0;
    while (i < actual.length && actual[i] === expected[i]) i++;
    if (i > 2) text += `\n${' '.repeat(i + 2)}^`;
  }
  return text;
}

function difference(actual, expected, operator, custom) {
  if (operator === 'strictEqual' && isObject(actual) && isObject(expected)) operator = 'strictEqualObject';
  const shownActual = show(actual),
    shownExpected = show(expected);
  const lines = [shownActual.split('\n'), shownExpected.split('\n')];
  const header = custom ?? readable[operator];
  if (
    lines[0].length === 1 &&
    lines[1].length === 1 &&
    (shownActual !== shownExpected || typeof actual === 'function')
  ) {
    const length = shownActual.length + shownExpected.length;
    if ((!isObject(actual) || !isObject(expected)) && (actual !== 0 || expected !== 0) && length <= 12)
      return `${header}\n\n${shownActual} !== ${shownExpected}\n`;
    return (
      header +
      '\n+ actual - expected\n' +
      stacked(shownActual, shownExpected, typeof actual === 'string' && typeof expected === 'string') +
      '\n'
    );
  }
  if (shownActual === shownExpected && operator === 'strictEqualObject')
    return `${readable.notIdentical}\n\n${shownActual}\n`;
  const { text, skipped } = printDiff(lineDiff(...lines));
  return `${header}\n+ actual - expected${skipped ? '\n... Skipped lines' : ''}\n${text}\n`;
}

function messageFor(actual, expected, operator, custom) {
  if (/^(?:deepStrictEqual|strictEqual|partialDeepStrictEqual)$/.test(operator))
    return difference(actual, expected, operator, custom);
  if (custom !== undefined) return custom;
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const base = readable[operator === 'notStrictEqual' && isObject(actual) ? 'notStrictEqualObject' : operator];
    const lines = show(actual).split('\n');
    if (lines.length > 50) lines.splice(46, lines.length, '...');
    return lines.length === 1
      ? base + (lines[0].length > 5 ? '\n\n' : ' ') + lines[0]
      : `${base}\n\n${lines.join('\n')}\n`;
  }
  const cut = (text) => (text.length > 512 ? `${text.slice(0, 509)}...` : text);
  const shownActual = show(actual),
    shownExpected = show(expected);
  if (operator === 'notDeepEqual' && shownActual === shownExpected)
    return `${readable.notDeepEqual}\n\n${cut(shownActual)}`;
  if (operator === 'deepEqual')
    return `${readable.deepEqual}\n\n${cut(shownActual)}\n\nshould loosely deep-equal\n\n${cut(shownExpected)}`;
  if (operator === 'notDeepEqual')
    return (
      readable.notDeepEqualUnequal +
      '\n\n' +
      cut(shownActual) +
      '\n\nshould not loosely deep-equal\n\n' +
      cut(shownExpected)
    );
  return `${cut(shownActual)} ${operator} ${cut(shownExpected)}`;
}

const received = (v) => {
  if (v === undefined || v === null) return `Received ${v}`;
  if (typeof v === 'function') return `Received function ${v.name}`;
  if (typeof v === 'object')
    return v.constructor?.name ? `Received an instance of ${v.constructor.name}` : `Received ${inspect(v)}`;
  const text = inspect(v);
  return `Received type ${typeof v} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
};
const coded = (code, text) => {
  const error = new TypeError(text);
  error.code = code;
  return error;
};

class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null)
      throw coded('ERR_INVALID_ARG_TYPE', `The "options" argument must be of type object. ${received(options)}`);
    const { message, operator, actual, expected } = options;
    const custom = message === undefined || message === null ? undefined : String(message);
    super(messageFor(actual, expected, operator, custom));
    this.generatedMessage = custom === undefined;
    const name = (value) =>
      Object.defineProperty(this, 'name', { value, enumerable: false, writable: true, configurable: true });
    name('AssertionError [ERR_ASSERTION]');
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    this.diff = options.diff ?? 'simple';
    Error.captureStackTrace(this, AssertionError);
    this.stack;
    name('AssertionError');
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

const fail = (options) => {
  if (options.message instanceof Error) throw options.message;
  throw new AssertionError(options);
};
function truthy(_fn, count, value, message) {
  if (value) return;
  let generated = false;
  if (count === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  }
  if (message instanceof Error) throw message;
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==' });
  if (generated) error.generatedMessage = true;
  throw error;
}
function assert(...args) {
  truthy(assert, args.length, ...args);
}
function ok(...args) {
  truthy(ok, args.length, ...args);
}
Object.defineProperty(assert, 'name', { value: 'ok' });

/** A comparison: fails unless holds(actual, expected). */
const comparison = (operator, key, holds) => {
  const fn = {
    [key](actual, expected, message) {
      if (arguments.length < 2)
        throw coded('ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
      if (!holds(actual, expected)) fail({ actual, expected, message, operator });
    },
  }[key];
  return fn;
};
const equal = comparison('==', 'equal', (a, b) => a == b || (a !== a && b !== b));
const notEqual = comparison('!=', 'notEqual', (a, b) => !(a == b || (a !== a && b !== b)));
const strictEqual = comparison('strictEqual', 'strictEqual', Object.is);
const notStrictEqual = comparison('notStrictEqual', 'notStrictEqual', (a, b) => !Object.is(a, b));
const deep = comparison('deepEqual', 'deepEqual', (a, b) => deepEqual(a, b, 0));
const notDeep = comparison('notDeepEqual', 'notDeepEqual', (a, b) => !deepEqual(a, b, 0));
const deepStrictEqual = comparison('deepStrictEqual', 'deepStrictEqual', (a, b) => deepEqual(a, b, 1));
const notDeepStrictEqual = comparison('notDeepStrictEqual', 'notDeepStrictEqual', (a, b) => !deepEqual(a, b, 1));
const partialDeepStrictEqual = comparison('partialDeepStrictEqual', 'partialDeepStrictEqual', (a, b) =>
  deepEqual(a, b, 2),
);

const matching = (key, wanted) => {
  const fn = {
    [key](string, regexp, message) {
      if (Object.prototype.toString.call(regexp) !== '[object RegExp]')
        throw coded('ERR_INVALID_ARG_TYPE', `The "regexp" argument must be an instance of RegExp. ${received(regexp)}`);
      if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
      if (message instanceof Error) throw message;
      const generated = message === undefined;
      message ??=
        typeof string !== 'string'
          ? `The "string" argument must be of type string. ${received(string)}`
          : (wanted
              ? 'The input did not match the regular expression '
              : 'The input was expected to not match the regular expression ') +
            inspect(regexp) +
            '. Input:\n\n' +
            inspect(string) +
            '\n';
      const error = new AssertionError({ actual: string, expected: regexp, message, operator: key });
      error.generatedMessage = generated;
      throw error;
    },
  }[key];
  return fn;
};
const match = matching('match', true);
const doesNotMatch = matching('doesNotMatch', false);

/** Whether what was thrown is what was expected; throws when it is not. */
function checkThrown(actual, expected, message, fn) {
  const operator = fn.name;
  const complain = (text, generated = true) => {
    if (message instanceof Error) throw message;
    const error = new AssertionError({ actual, expected, message: message ?? text, operator });
    error.generatedMessage = message === undefined && generated;
    throw error;
  };
  if (typeof expected !== 'function') {
    if (Object.prototype.toString.call(expected) === '[object RegExp]') {
      const text = String(actual);
      if (RegExp.prototype.exec.call(expected, text) !== null) return;
      complain(`The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`);
    }
    if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual' });
      error.operator = operator;
      throw error;
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0)
      throw coded('ERR_INVALID_ARG_VALUE', "The argument 'error' may not be an empty object. Received {}");
    for (const key of keys) {
      if (
        typeof actual[key] === 'string' &&
        Object.prototype.toString.call(expected[key]) === '[object RegExp]' &&
        RegExp.prototype.exec.call(expected[key], actual[key]) !== null
      )
        continue;
      if (key in actual && deepEqual(actual[key], expected[key], 1)) continue;
      if (message !== undefined) complain(undefined);
      class Comparison {
        constructor(from, other) {
          for (const k of keys) {
            if (!(k in from)) continue;
            this[k] =
              other !== undefined &&
              typeof other[k] === 'string' &&
              Object.prototype.toString.call(from[k]) === '[object RegExp]' &&
              RegExp.prototype.exec.call(from[k], other[k]) !== null
                ? other[k]
                : from[k];
          }
        }
      }
      const error = new AssertionError({
        actual: new Comparison(actual),
        expected: new Comparison(expected, actual),
        operator: 'deepStrictEqual',
      });
      error.actual = actual;
      error.expected = expected;
      error.operator = operator;
      throw error;
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (Error.isPrototypeOf(expected) || expected === Error) {
    let text = `The error is expected to be an instance of "${expected.name}". Received `;
    if (actual instanceof Error) text += `"${actual.constructor.name}"\n\nError message:\n\n${actual.message}`;
    else text += `"${inspect(actual)}"`;
    complain(text);
  }
  const verdict = Reflect.apply(expected, {}, [actual]);
  if (verdict === true) return;
  const name = expected.name === '' ? '' : `"${expected.name}" `;
  complain(
    'The ' +
      name +
      'validation function is expected to return "true". Received ' +
      inspect(verdict) +
      (actual instanceof Error ? `\n\nCaught error:\n\n${actual}` : ''),
  );
}

const none = Symbol('none');
const thrownBy = (fn) => {
  if (typeof fn !== 'function')
    throw coded('ERR_INVALID_ARG_TYPE', `The "fn" argument must be of type function. ${received(fn)}`);
  try {
    fn();
  } catch (error) {
    return error;
  }
  return none;
};
async function rejectionOf(promise) {
  if (typeof promise === 'function') {
    promise = promise();
    if (typeof promise?.then !== 'function')
      throw coded(
        'ERR_INVALID_RETURN_VALUE',
        'Expected instance of Promise to be returned from the "promiseFn" function but got ' +
          received(promise).replace('Received ', '') +
          '.',
      );
  } else if (typeof promise?.then !== 'function' || typeof promise?.catch !== 'function')
    throw coded(
      'ERR_INVALID_ARG_TYPE',
      `The "promiseFn" argument must be of type function or an instance of Promise. ${received(promise)}`,
    );
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return none;
}
function expectsError(fn, actual, error, message) {
  if (typeof error === 'string') {
    if (message !== undefined)
      throw coded(
        'ERR_INVALID_ARG_TYPE',
        `The "error" argument must be of type function or an instance of Error, RegExp, or Object. ${received(error)}`,
      );
    const text = typeof actual === 'object' && actual !== null ? actual.message : actual;
    if (actual !== none && text === error)
      throw coded(
        'ERR_AMBIGUOUS_ARGUMENT',
        typeof actual === 'object' && actual !== null
          ? 'The "error/message" argument is ambiguous. The error message "' +
              actual.message +
              '" is identical to the message.'
          : `The "error/message" argument is ambiguous. The error "${actual}" is identical to the message.`,
      );
    message = error;
    error = undefined;
  } else if (error !== undefined && error !== null && typeof error !== 'object' && typeof error !== 'function')
    throw coded(
      'ERR_INVALID_ARG_TYPE',
      `The "error" argument must be of type function or an instance of Error, RegExp, or Object. ${received(error)}`,
    );
  if (actual === none) {
    const kind = fn.name === 'rejects' ? 'rejection' : 'exception';
    const details = (error?.name ? ` (${error.name})` : '') + (message ? `: ${message}` : '.');
    fail({ actual: undefined, expected: error, operator: fn.name, message: `Missing expected ${kind}${details}` });
  }
  if (error !== undefined && error !== null) checkThrown(actual, error, message, fn);
}
function expectsNoError(fn, actual, error, message) {
  if (actual === none) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  const matches =
    error === undefined ||
    (typeof error === 'function'
      ? actual instanceof error
      : RegExp.prototype.exec.call(error, String(actual)) !== null);
  if (!matches) throw actual;
  const kind = fn.name === 'doesNotReject' ? 'rejection' : 'exception';
  fail({
    actual,
    expected: error,
    operator: fn.name,
    message: `Got unwanted ${kind}${message ? `: ${message}` : '.'}\nActual message: "${actual?.message}"`,
  });
}
function throws(fn, ...args) {
  expectsError(throws, thrownBy(fn), ...args);
}
async function rejects(promise, ...args) {
  expectsError(rejects, await rejectionOf(promise), ...args);
}
function doesNotThrow(fn, ...args) {
  expectsNoError(doesNotThrow, thrownBy(fn), ...args);
}
async function doesNotReject(promise, ...args) {
  expectsNoError(doesNotReject, await rejectionOf(promise), ...args);
}
function ifError(value) {
  if (value === null || value === undefined) return;
  const text =
    typeof value === 'object' && typeof value.message === 'string'
      ? value.message.length === 0 && value.constructor
        ? value.constructor.name
        : value.message
      : inspect(value);
  throw new AssertionError({
    actual: value,
    expected: null,
    operator: 'ifError',
    message: `ifError got unwanted exception: ${text}`,
  });
}
assert.fail = function fail(message) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ operator: 'fail', message: message ?? 'Failed' });
  error.generatedMessage = message === undefined;
  throw error;
};
Object.assign(assert, {
  AssertionError,
  ok,
  fail: assert.fail,
  equal,
  notEqual,
  deepEqual: deep,
  notDeepEqual: notDeep,
  deepStrictEqual,
  notDeepStrictEqual,
  strictEqual,
  notStrictEqual,
  partialDeepStrictEqual,
  match,
  doesNotMatch,
  throws,
  rejects,
  doesNotThrow,
  doesNotReject,
  ifError,
});
const strict = (...args) => truthy(strict, args.length, ...args);
assert.strict = Object.assign(strict, assert, {
  equal: strictEqual,
  deepEqual: deepStrictEqual,
  notEqual: notStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
strict.strict = strict;

assert.Assert = class Assert {
  constructor(options) {
    const { diff = 'simple', strict: isStrict = true } = options ?? {};
    void diff;
    Object.assign(this, isStrict ? assert.strict : assert);
  }
};

module.exports = assert;
