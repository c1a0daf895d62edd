// Node's errors: one table of codes, their classes and their messages.
//
//   throw new codes.ERR_INVALID_ARG_TYPE('path', 'string', value)

const util = internalBinding('util');

/** Sorts classes of an expected type from primitive types in ERR_INVALID_ARG_TYPE. */
const primitiveTypes = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];
const className = /^([A-Z][a-z0-9]*)+$/;

const listed = (items, word) => {
  if (items.length < 3) return items.join(` ${word} `);
  return `${items.slice(0, -1).join(', ')}, ${word} ${items[items.length - 1]}`;
};

/** What was received, as messages say it. */
const received = (value) => {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'function':
      return `function ${value.name}`;
    case 'object': {
      if (value.constructor && 'name' in value.constructor) return `an instance of ${value.constructor.name}`;
      return util.inspect(value, { depth: -1 });
    }
    case 'bigint':
      return `type bigint (${value}n)`;
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : value})`;
    case 'string': {
      const text = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return text.includes("'") ? `type string (${JSON.stringify(text)})` : `type string ('${text}')`;
    }
    default:
      return `type ${typeof value} (${String(value)})`;
  }
};

const invalidArgType = (name, expected, actual) => {
  if (!Array.isArray(expected)) expected = [expected];
  const subject = name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  const types = [];
  const instances = [];
  const others = [];
  for (const item of expected) {
    if (primitiveTypes.includes(item)) types.push(item.toLowerCase());
    else if (className.test(item)) instances.push(item);
    else others.push(item);
  }
  if (instances.length > 0) {
    const at = types.indexOf('object');
    if (at >= 0) {
      types.splice(at, 1);
      instances.push('Object');
    }
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${listed(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${listed(instances, 'or')}`);
  if (others.length > 1) parts.push(`one of ${listed(others, 'or')}`);
  else if (others.length === 1) parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  return `The ${subject} must be ${parts.join(' or ')}. Received ${received(actual)}`;
};

const withSeparators = (value) => {
  const text = String(value);
  const start = text[0] === '-' ? 1 : 0;
  let result = '';
  let i = text.length;
  for (; i >= start + 4; i -= 3) result = `_${text.slice(i - 3, i)}${result}`;
  return `${text.slice(0, i)}${result}`;
};

const outOfRange = (name, range, value, replace = false) => {
  const start = replace ? name : `The value of "${name}" is out of range.`;
  let text;
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) text = withSeparators(value);
  else if (typeof value === 'bigint') {
    text = value > 2n ** 32n || value < -(2n ** 32n) ? withSeparators(value) : String(value);
    text += 'n';
  } else text = util.inspect(value);
  return `${start} It must be ${range}. Received ${text}`;
};

const invalidArgValue = (name, value, reason = 'is invalid') => {
  let text = util.inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${text}`;
};

const missingArgs = (...names) => {
  const quoted = names.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
  return `The ${listed(quoted, 'and')} argument${names.length > 1 ? 's' : ''} must be specified`;
};

const unhandledError = (shown) => (shown === undefined ? 'Unhandled error.' : `Unhandled error. (${shown})`);

/** code: [class, message or its maker] */
const table = {
  ABORT_ERR: [Error, 'The operation was aborted'],
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, reason) => `The "${name}" argument is ambiguous. ${reason}`],
  ERR_ARG_NOT_ITERABLE: [TypeError, (name) => `${name} must be iterable`],
  ERR_ASYNC_CALLBACK: [TypeError, (name) => `${name} must be a function`],
  ERR_ASYNC_TYPE: [TypeError, (name) => `Invalid name for async "type": ${name}`],
  ERR_BROTLI_INVALID_PARAM: [RangeError, (name) => `${name} is not a valid Brotli parameter`],
  ERR_BUFFER_OUT_OF_BOUNDS: [
    RangeError,
    (name) =>
      name === undefined ? 'Attempt to access memory outside buffer bounds' : `"${name}" is outside of buffer bounds`,
  ],
  ERR_BUFFER_TOO_LARGE: [RangeError, (size) => `Cannot create a Buffer larger than ${size} bytes`],
  ERR_CHILD_PROCESS_STDIO_MAXBUFFER: [RangeError, (name) => `${name} maxBuffer length exceeded`],
  ERR_CONSOLE_WRITABLE_STREAM: [TypeError, (name) => `Console expects a writable stream instance for ${name}`],
  ERR_CONSTRUCT_CALL_REQUIRED: [TypeError, (name) => `Class constructor ${name} cannot be invoked without \`new\``],
  ERR_CRYPTO_HASH_FINALIZED: [Error, 'Digest already called'],
  ERR_CRYPTO_INVALID_DIGEST: [TypeError, (name) => `Invalid digest: ${name}`],
  ERR_CRYPTO_INVALID_KEYLEN: [RangeError, 'Invalid key length'],
  ERR_CRYPTO_INVALID_STATE: [Error, (name) => `Invalid state for operation ${name}`],
  ERR_CRYPTO_HASH_UPDATE_FAILED: [Error, 'Hash update failed'],
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: [RangeError, 'Input buffers must have the same byte length'],
  ERR_CRYPTO_UNKNOWN_CIPHER: [Error, 'Unknown cipher'],
  ERR_CRYPTO_UNKNOWN_DH_GROUP: [Error, 'Unknown DH group'],
  ERR_DIR_CLOSED: [Error, 'Directory handle was closed'],
  ERR_DIR_CONCURRENT_OPERATION: [
    Error,
    'Cannot do synchronous work on directory handle with concurrent asynchronous operations',
  ],
  ERR_DLOPEN_DISABLED: [Error, 'Cannot load native addon because loading addons is disabled.'],
  ERR_DOMAIN_CALLBACK_NOT_AVAILABLE: [
    Error,
    'A callback was registered through process.setUncaughtExceptionCaptureCallback(), which is mutually exclusive with using the `domain` module',
  ],
  ERR_ENCODING_INVALID_ENCODED_DATA: [
    TypeError,
    (encoding) => `The encoded data was not valid for encoding ${encoding}`,
  ],
  ERR_ENCODING_NOT_SUPPORTED: [RangeError, (encoding) => `The "${encoding}" encoding is not supported`],
  ERR_EVENT_RECURSION: [Error, (type) => `The event "${type}" is already being dispatched`],
  ERR_FALSY_VALUE_REJECTION: [Error, 'Promise was rejected with falsy value'],
  ERR_FEATURE_UNAVAILABLE_ON_PLATFORM: [
    TypeError,
    (name) => `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`,
  ],
  ERR_FS_CP_DIR_TO_NON_DIR: [Error, 'Cannot overwrite non-directory with directory'],
  ERR_FS_CP_EEXIST: [Error, 'Target already exists'],
  ERR_FS_CP_EINVAL: [Error, 'Invalid src or dest'],
  ERR_FS_CP_NON_DIR_TO_DIR: [Error, 'Cannot overwrite directory with non-directory'],
  ERR_FS_EISDIR: [Error, 'Path is a directory'],
  ERR_FS_FILE_TOO_LARGE: [RangeError, (size) => `File size (${size}) is greater than 2 GiB`],
  ERR_FS_INVALID_SYMLINK_TYPE: [
    Error,
    (type) => `Symlink type must be one of "dir", "file", or "junction". Received "${type}"`,
  ],
  ERR_HTTP_BODY_NOT_ALLOWED: [Error, 'Adding content for this request method or response status is not allowed.'],
  ERR_HTTP_CONTENT_LENGTH_MISMATCH: [
    Error,
    (body, length) =>
      `Response body's content-length of ${body} byte(s) does not match the content-length of ${length} byte(s) set in header`,
  ],
  ERR_HTTP_HEADERS_SENT: [Error, (verb) => `Cannot ${verb} headers after they are sent to the client`],
  ERR_HTTP_INVALID_HEADER_VALUE: [TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  ERR_HTTP_INVALID_STATUS_CODE: [RangeError, (code) => `Invalid status code: ${code}`],
  ERR_HTTP_SOCKET_ASSIGNED: [Error, 'ServerResponse has an already assigned socket'],
  ERR_HTTP_TRAILER_INVALID: [Error, 'Trailers are invalid with this transfer encoding'],
  ERR_ILLEGAL_CONSTRUCTOR: [TypeError, 'Illegal constructor'],
  ERR_INCOMPATIBLE_OPTION_PAIR: [TypeError, (a, b) => `Option "${a}" cannot be used in combination with option "${b}"`],
  ERR_INVALID_ARG_TYPE: [TypeError, invalidArgType],
  ERR_INVALID_ARG_VALUE: [TypeError, invalidArgValue],
  ERR_INVALID_ASYNC_ID: [RangeError, (name, value) => `Invalid ${name} value: ${value}`],
  ERR_INVALID_BUFFER_SIZE: [RangeError, (size) => `Buffer size must be a multiple of ${size}`],
  ERR_INVALID_CHAR: [
    TypeError,
    (name, field) => `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`,
  ],
  ERR_INVALID_CURSOR_POS: [TypeError, 'Cannot set cursor row without setting its column'],
  ERR_INVALID_FILE_URL_HOST: [TypeError, (platform) => `File URL host must be "localhost" or empty on ${platform}`],
  ERR_INVALID_FILE_URL_PATH: [TypeError, (why) => `File URL path ${why}`],
  ERR_INVALID_HTTP_TOKEN: [TypeError, (name, field) => `${name} must be a valid HTTP token ["${field}"]`],
  ERR_INVALID_MODULE: [Error, (name) => `No such module: ${name}`],
  ERR_INVALID_PROTOCOL: [TypeError, (actual, expected) => `Protocol "${actual}" not supported. Expected "${expected}"`],
  ERR_INVALID_RETURN_VALUE: [
    TypeError,
    (input, name, value) =>
      `Expected ${input} to be returned from the "${name}" function but got ${
        value?.constructor?.name
          ? `instance of ${value.constructor.name}`.replace(
              /^instance of (String|Number|Boolean|BigInt|Symbol|Function)$/,
              (_, kind) => `type ${kind.toLowerCase()}`,
            )
          : `type ${typeof value}`
      }.`,
  ],
  ERR_INVALID_STATE: [Error, (why) => `Invalid state: ${why}`],
  ERR_INVALID_SYNC_FORK_INPUT: [
    TypeError,
    (value) => `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${value}`,
  ],
  ERR_INTERNAL_ASSERTION: [
    Error,
    (message) =>
      `${message}\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n` +
      'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n',
  ],
  ERR_INVALID_THIS: [TypeError, (type) => `Value of "this" must be of type ${type}`],
  ERR_INVALID_TUPLE: [TypeError, (name, kind) => `${name} must be an iterable ${kind} tuple`],
  ERR_INVALID_URI: [URIError, 'URI malformed'],
  ERR_INVALID_URL: [TypeError, 'Invalid URL'],
  ERR_INVALID_URL_SCHEME: [TypeError, (expected) => `The URL must be of scheme ${[].concat(expected).join(' or ')}`],
  ERR_METHOD_NOT_IMPLEMENTED: [Error, (name) => `The ${name} method is not implemented`],
  ERR_MISSING_ARGS: [TypeError, missingArgs],
  ERR_MISSING_OPTION: [TypeError, (name) => `${name} is required`],
  ERR_MULTIPLE_CALLBACK: [Error, 'Callback called multiple times'],
  ERR_NO_ASYNC_DISPOSE: [Error, 'no async dispose'],
  ERR_OPERATION_FAILED: [Error, (why) => `Operation failed: ${why}`],
  ERR_OUT_OF_RANGE: [RangeError, outOfRange],
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: [TypeError, (message) => message],
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: [
    TypeError,
    (argument) => `Unexpected argument '${argument}'. This command does not take positional arguments`,
  ],
  ERR_PARSE_ARGS_UNKNOWN_OPTION: [
    TypeError,
    (option, positionals) =>
      `Unknown option '${option}'${
        positionals
          ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(option)}`
          : ''
      }`,
  ],
  ERR_PERFORMANCE_INVALID_TIMESTAMP: [TypeError, (value) => `${value} is not a valid timestamp`],
  ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS: [TypeError, (why) => why],
  ERR_SERVER_ALREADY_LISTEN: [Error, 'Listen method has been called more than once without closing.'],
  ERR_SERVER_NOT_RUNNING: [Error, 'Server is not running.'],
  ERR_SOCKET_BAD_PORT: [
    RangeError,
    (name, port, zero = true) => `${name} should be ${zero ? '>=' : '>'} 0 and < 65536. Received ${received(port)}.`,
  ],
  ERR_SOCKET_CLOSED: [Error, 'Socket is closed'],
  ERR_STREAM_ALREADY_FINISHED: [Error, (name) => `Cannot call ${name} after a stream was finished`],
  ERR_STREAM_CANNOT_PIPE: [Error, 'Cannot pipe, not readable'],
  ERR_STREAM_DESTROYED: [Error, (name) => `Cannot call ${name} after a stream was destroyed`],
  ERR_STREAM_NULL_VALUES: [TypeError, 'May not write null values to stream'],
  ERR_STREAM_PREMATURE_CLOSE: [Error, 'Premature close'],
  ERR_STREAM_PUSH_AFTER_EOF: [Error, 'stream.push() after EOF'],
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: [Error, 'stream.unshift() after end event'],
  ERR_STREAM_WRAP: [Error, 'Stream has StringDecoder set or is in objectMode'],
  ERR_STREAM_WRITE_AFTER_END: [Error, 'write after end'],
  ERR_SYNTHETIC: [Error, 'JavaScript Callstack'],
  ERR_SYSTEM_ERROR: [Error, 'A system error occurred'],
  ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET: [
    Error,
    '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active',
  ],
  ERR_UNHANDLED_ERROR: [Error, unhandledError],
  ERR_UNHANDLED_REJECTION: [
    Error,
    (reason) =>
      'This error originated either by throwing inside of an async function without a catch block, ' +
      `or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${reason}".`,
  ],
  ERR_UNKNOWN_BUILTIN_MODULE: [Error, (name) => `No such built-in module: ${name}`],
  ERR_UNKNOWN_ENCODING: [TypeError, (encoding) => `Unknown encoding: ${encoding}`],
  ERR_UNKNOWN_SIGNAL: [TypeError, (signal) => `Unknown signal: ${signal}`],
  ERR_USE_AFTER_CLOSE: [Error, (name) => `${name} was closed`],
  ERR_VM_MODULE_NOT_MODULE: [Error, 'Provided module is not an instance of Module'],
  ERR_WORKER_PATH: [
    TypeError,
    (path) =>
      `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'. Received "${path}"`,
  ],
  ERR_WORKER_UNSUPPORTED_OPERATION: [TypeError, (name) => `${name} is not supported in workers`],
  ERR_ZLIB_INITIALIZATION_FAILED: [Error, 'Initialization failed'],
};

/** The class of one code's errors: the stack begins with the code, `name` and `constructor` are the base's. */
const errorClass = (Base, code, text) => {
  function NodeError(...args) {
    const message = typeof text === 'function' ? text(...args) : text;
    const error = Reflect.construct(Base, [message], NodeError);
    setCodedStack(error, code, NodeError);
    error.code = code;
    return error;
  }
  NodeError.prototype = Object.create(Base.prototype, {
    constructor: { value: Base, writable: true, configurable: true },
    toString: {
      value: function toString() {
        return `${this.name} [${code}]: ${this.message}`;
      },
      writable: true,
      configurable: true,
    },
  });
  return NodeError;
};

/** Captures the stack anew, above `cut`, beginning with "Name [CODE]". */
const setCodedStack = (error, code, cut) => {
  Object.defineProperty(error, 'name', { value: `${error.name} [${code}]`, configurable: true, writable: true });
  Error.captureStackTrace(error, cut);
  void error.stack; // formatted now, with this name
  delete error.name;
};

/** Classes by code, each made when it is first named. */
const codes = new Proxy(
  { __proto__: null },
  {
    get(made, code) {
      if (made[code] === undefined && Object.hasOwn(table, code)) {
        const [Base, text] = table[code];
        made[code] = errorClass(Base, code, text);
        // what a few codes also come as
        made[code].TypeError = errorClass(TypeError, code, text);
        made[code].RangeError = errorClass(RangeError, code, text);
      }
      return made[code];
    },
  },
);

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object')
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

/** Errors of a function that checks arguments seem to come from its caller. */
const hideStackFrames = (fn) => {
  const wrapped = (...args) => {
    try {
      return fn(...args);
    } catch (error) {
      if (error !== null && typeof error === 'object' && Error.stackTraceLimit) {
        if (error.code !== undefined) setCodedStack(error, error.code, wrapped);
      }
      throw error;
    }
  };
  return wrapped;
};

/** "what ran into a permission that the program has not got": ERR_ACCESS_DENIED. */
const accessDenied = (flag, permission, resource = '') => {
  const error = new Error(
    `Access to this API has been restricted.${flag === '' ? '' : ` Use --${flag} to manage permissions.`}`,
  );
  Error.captureStackTrace(error, accessDenied);
  error.code = 'ERR_ACCESS_DENIED';
  error.permission = permission;
  error.resource = resource;
  return error;
};

const aggregateTwoErrors = (inner, outer) => {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const error = new AggregateError([outer, inner], outer.message);
    error.code = outer.code;
    return error;
  }
  return inner || outer;
};

module.exports = {
  AbortError,
  accessDenied,
  aggregateTwoErrors,
  codes,
  determineSpecificType: received,
  formatList: listed,
  hideStackFrames,
  setCodedStack,
};
