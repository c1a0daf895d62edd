// The `process` object.

const { codes } = require('internal/errors');
const { validateInteger, validateObject, validateString } = require('internal/validators');
const EventEmitter = require('events');
const { nextTick } = require('internal/process/task_queues');
const binding = internalBinding('process');

function process() {}
Object.defineProperty(process, 'name', { value: 'process' });
const proto = Object.create(EventEmitter.prototype, {
  constructor: { value: process, writable: true, configurable: true, enumerable: false },
  [Symbol.toStringTag]: { value: 'process', configurable: true },
});
const self = Object.create(proto);
EventEmitter.call(self);
for (const key of ['_events', '_eventsCount', '_maxListeners'])
  Object.defineProperty(self, key, { value: self[key], writable: true, enumerable: true, configurable: true });

const version = 'v24.21.0';
const method = (name, fn) => {
  self[name] = fn;
};

Object.assign(self, {
  version,
  versions: Object.freeze({
    node: version.slice(1),
    acorn: '8.16.0',
    ada: '2.9.2',
    ares: '1.34.6',
    brotli: '1.2.0',
    cjs_module_lexer: '2.2.0',
    cldr: '48.2',
    icu: '78.3',
    llhttp: '9.3.1',
    modules: '137',
    napi: '10',
    nghttp2: '1.69.0',
    openssl: '3.5.7',
    simdjson: '4.6.4',
    simdutf: '6.4.2',
    tz: '2026b',
    undici: '7.28.0',
    unicode: '17.0',
    uv: '1.52.1',
    uvwasi: '0.0.23',
    v8: '13.6.233.17-node.54',
    zlib: '1.3.1',
    zstd: '1.5.7',
  }),
  arch: 'x64',
  platform: 'linux',
  release: {
    name: 'node',
    lts: 'Krypton',
    sourceUrl: `https://nodejs.org/download/release/${version}/node-${version}.tar.gz`,
    headersUrl: `https://nodejs.org/download/release/${version}/node-${version}-headers.tar.gz`,
  },
});

const argv = binding.argv();
self.argv = argv;
self.execArgv = binding.execArgv();
self.execPath = argv[0];
self.argv0 = 'node';
self.title = 'node';
self.pid = 1;
self.ppid = 0;
self.debugPort = 9229;
self.moduleLoadList = [];
self.config = Object.freeze({ target_defaults: Object.freeze({}), variables: Object.freeze({}) });
self.features = Object.freeze({
  inspector: true,
  debug: false,
  uv: true,
  ipv6: true,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: true,
  tls: true,
  cached_builtins: true,
  require_module: true,
  typescript: 'strip',
});
self.allowedNodeEnvironmentFlags = new Set();
self._exiting = false;
self.report = {
  compact: false,
  directory: '',
  filename: '',
  excludeNetwork: false,
  signal: 'SIGUSR2',
  reportOnFatalError: false,
  reportOnSignal: false,
  reportOnUncaughtException: false,
  getReport: () => ({}),
  writeReport: () => refuse('report'),
};
const refuse = (name) => {
  throw require('internal/errors').accessDenied('', name);
};

// --- environment: values are strings -----------------------------------------------------------------------------------------

const envTarget = binding.env();
self.env = new Proxy(envTarget, {
  set(target, key, value) {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    target[key] = `${value}`;
    return true;
  },
  defineProperty(target, key, descriptor) {
    if ('value' in descriptor) {
      if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
        const error = new TypeError(
          "'process.env' only accepts a configurable, writable, and enumerable data descriptor",
        );
        error.code = 'ERR_INVALID_OBJECT_DEFINE_PROPERTY';
        throw error;
      }
      target[key] = `${descriptor.value}`;
      return true;
    }
    const error = new TypeError("'process.env' does not accept an accessor(getter/setter) descriptor");
    error.code = 'ERR_INVALID_OBJECT_DEFINE_PROPERTY';
    throw error;
  },
});

// --- time, memory -------------------------------------------------------------------------------------------------------------

const start = binding.monotonic();
method('uptime', function uptime() {
  return (binding.monotonic() - start) / 1000 + 0.02;
});

function hrtime(time) {
  const now = binding.monotonic();
  const seconds = Math.floor(now / 1000);
  const nanoseconds = Math.floor((now % 1000) * 1e6);
  if (time === undefined) return [seconds, nanoseconds];
  require('internal/validators').validateArray(time, 'time');
  if (time.length !== 2) throw new codes.ERR_OUT_OF_RANGE('time', 2, time.length);
  let s = seconds - time[0];
  let n = nanoseconds - time[1];
  if (n < 0) {
    s--;
    n += 1e9;
  }
  return [s, n];
}
hrtime.bigint = function bigint() {
  return BigInt(Math.floor(binding.monotonic() * 1e6));
};
self.hrtime = hrtime;

function memoryUsage() {
  const { total, used, resident } = binding.memory();
  return { rss: resident, heapTotal: total, heapUsed: used, external: 0, arrayBuffers: 0 };
}
memoryUsage.rss = function rss() {
  return binding.memory().resident;
};
self.memoryUsage = memoryUsage;
method('constrainedMemory', function constrainedMemory() {
  return binding.memory().limit;
});
method('availableMemory', function availableMemory() {
  const { limit, used } = binding.memory();
  return limit - used;
});
method('cpuUsage', function cpuUsage(previous) {
  if (previous !== undefined) validateObject(previous, 'prevValue');
  const user = Math.floor(binding.monotonic() * 1000);
  return { user: user - (previous?.user ?? 0), system: 0 };
});
method('threadCpuUsage', function threadCpuUsage(previous) {
  return self.cpuUsage(previous);
});
method('resourceUsage', function resourceUsage() {
  return {
    userCPUTime: Math.floor(binding.monotonic() * 1000),
    systemCPUTime: 0,
    maxRSS: Math.floor(binding.memory().resident / 1024),
    sharedMemorySize: 0,
    unsharedDataSize: 0,
    unsharedStackSize: 0,
    minorPageFault: 0,
    majorPageFault: 0,
    swappedOut: 0,
    fsRead: 0,
    fsWrite: 0,
    ipcSent: 0,
    ipcReceived: 0,
    signalsCount: 0,
    voluntaryContextSwitches: 0,
    involuntaryContextSwitches: 0,
  };
});

// --- folders, users, signals --------------------------------------------------------------------------------------------------

let cwd;
method('cwd', function wrappedCwd() {
  cwd ??= binding.cwd();
  return cwd;
});
const denied = (flag, permission, resource) => {
  throw require('internal/errors').accessDenied(flag, permission, resource);
};
method('chdir', function wrappedChdir(directory) {
  validateString(directory, 'directory');
  denied('', 'ChangeDirectory', directory);
});
let mask = 0o22;
method('umask', function wrappedUmask(value) {
  const before = mask;
  if (value !== undefined) mask = require('internal/validators').parseFileMode(value, 'mask') & 0o777;
  return before;
});
for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) method(name, { [name]: () => 1000 }[name]);
method('getgroups', function getgroups() {
  return [1000];
});
for (const name of ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'])
  method(name, { [name]: () => denied('', name) }[name]);
const signals = () => require('os').constants.signals;
method('kill', function kill(pid, signal) {
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  const number = typeof signal === 'number' ? signal : signal === undefined ? 15 : signals()[signal];
  if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  if (number === 0 && (pid | 0) === self.pid) return true;
  denied('', 'Signal', `${pid}`);
});
method('abort', function abort() {
  self.reallyExit(134);
});

// --- events -------------------------------------------------------------------------------------------------------------------

method('nextTick', nextTick);

function toExitCode(code) {
  if (code === undefined || code === null) return undefined;
  if (typeof code === 'string' && code !== '') {
    const number = +code;
    if (Number.isInteger(number)) return number;
  }
  validateInteger(code, 'code');
  return code;
}
let exitCode;
Object.defineProperty(self, 'exitCode', {
  configurable: true,
  enumerable: true,
  get: () => exitCode,
  set: (code) => {
    exitCode = toExitCode(code) === undefined ? undefined : code;
  },
});

method('reallyExit', function reallyExit(code) {
  binding.reallyExit(code || 0);
});
method('exit', function exit(code) {
  if (code !== undefined) self.exitCode = code;
  if (!self._exiting) {
    self._exiting = true;
    self.emit('exit', +exitCode || 0);
  }
  self.reallyExit(+exitCode || 0);
});

binding.setCallback('exitCode', () => +exitCode || 0);
binding.setCallback('exit', (status) => {
  if (self._exiting) return +exitCode || status;
  self._exiting = true;
  if (status !== 0) exitCode = status;
  self.emit('exit', status);
  return +exitCode || 0;
});
binding.setCallback('beforeExit', () => {
  self.emit('beforeExit', +exitCode || 0);
});

let capture = null;
method('setUncaughtExceptionCaptureCallback', function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    capture = null;
    return;
  }
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (capture !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  capture = fn;
});
method('hasUncaughtExceptionCaptureCallback', function hasUncaughtExceptionCaptureCallback() {
  return capture !== null;
});

const fatal = (error, origin = 'uncaughtException') => {
  self.emit('uncaughtExceptionMonitor', error, origin);
  if (capture !== null) {
    capture(error);
    return true;
  }
  return self.emit('uncaughtException', error, origin);
};
method('_fatalException', fatal);
binding.setCallback('fatal', (error) => fatal(error));
binding.setCallback('rejection', (promise, reason) => {
  if (self.listenerCount('unhandledRejection') > 0) return self.emit('unhandledRejection', reason, promise);
  if (
    self.listenerCount('uncaughtException') === 0 &&
    self.listenerCount('uncaughtExceptionMonitor') === 0 &&
    capture === null
  )
    return false;
  const isError = internalBinding('util').kind(reason) === 'Error';
  return fatal(
    isError ? reason : new codes.ERR_UNHANDLED_REJECTION(internalBinding('util').inspect(reason, {})),
    'unhandledRejection',
  );
});

// --- warnings -----------------------------------------------------------------------------------------------------------------

const printWarning = (warning) => {
  if (!(warning instanceof Error)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && self.noDeprecation) return;
  const trace = self.traceProcessWarnings || (isDeprecation && self.traceDeprecation);
  let text = `(node:${self.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  if (trace && warning.stack) text += warning.stack;
  else
    text += typeof warning.toString === 'function' ? `${warning.toString()}` : Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!trace && !hinted) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  binding.write(2, `${text}\n`);
};
let hinted = false;

method('emitWarning', function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = '';
  } else if (code !== undefined) validateString(code, 'code');
  if (typeof warning === 'string') {
    const error = new Error(warning);
    error.name = `${type || 'Warning'}`;
    if (code !== undefined) error.code = code;
    if (detail !== undefined) error.detail = detail;
    Error.captureStackTrace(error, ctor || emitWarning);
    warning = error;
  } else if (!(warning instanceof Error)) throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  if (warning.name === 'DeprecationWarning') {
    if (self.noDeprecation) return;
    if (self.throwDeprecation) {
      nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  nextTick(() => self.emit('warning', warning));
});
self.on('warning', printWarning);

// --- streams ------------------------------------------------------------------------------------------------------------------

for (const [name, fd] of [
  ['stdin', 0],
  ['stdout', 1],
  ['stderr', 2],
]) {
  let stream;
  Object.defineProperty(self, name, {
    configurable: true,
    enumerable: true,
    get: () => (stream ??= require('internal/stdio').open(fd)),
    set: undefined,
  });
}
method('openStdin', function openStdin() {
  self.stdin.resume();
  return self.stdin;
});

// --- other --------------------------------------------------------------------------------------------------------------------

method('binding', function binding_(name) {
  validateString(name, 'module');
  throw new Error(`No such module: ${name}`);
});
Object.defineProperty(self.binding, 'name', { value: 'binding' });
method('_linkedBinding', function _linkedBinding(name) {
  validateString(name, 'module');
  throw new Error(`No such module: ${name}`);
});
method('dlopen', function dlopen() {
  throw new codes.ERR_DLOPEN_DISABLED();
});
method('getBuiltinModule', function getBuiltinModule(id) {
  validateString(id, 'id');
  const name = id.startsWith('node:') ? id.slice(5) : id;
  return require('internal/builtin_names').includes(name) ? require(name) : undefined;
});
method('getActiveResourcesInfo', function getActiveResourcesInfo() {
  return [];
});
method('_getActiveHandles', function _getActiveHandles() {
  return [];
});
method('_getActiveRequests', function _getActiveRequests() {
  return [];
});
method('setSourceMapsEnabled', function setSourceMapsEnabled(enabled) {
  const { setSourceMapsSupport } = require('internal/source_maps');
  setSourceMapsSupport(enabled, { nodeModules: enabled, generatedCode: enabled });
});
method('ref', function ref(value) {
  value?.[Symbol.for('nodejs.ref')]?.() ?? value?.ref?.();
});
method('unref', function unref(value) {
  value?.[Symbol.for('nodejs.unref')]?.() ?? value?.unref?.();
});
method('loadEnvFile', function loadEnvFile(path = '.env') {
  const values = require('util').parseEnv(require('fs').readFileSync(path, 'utf8'));
  for (const key of Object.keys(values)) if (self.env[key] === undefined) self.env[key] = values[key];
});
method('execve', function execve(path) {
  denied('allow-child-process', 'ChildProcess', path);
});
self.finalization = {
  register() {},
  registerBeforeExit() {},
  unregister() {},
};
self.permission = {
  has(scope, reference) {
    validateString(scope, 'scope');
    if (reference != null) validateString(reference, 'reference');
    return binding.hasPermission(scope, reference);
  },
};
Object.defineProperty(self, 'sourceMapsEnabled', {
  enumerable: true,
  configurable: true,
  get: () => internalBinding('typescript').mapsStacks(),
});

module.exports = self;
