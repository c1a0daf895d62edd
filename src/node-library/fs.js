// fs: every operation once, synchronous; the callbacks' and the promises' forms are made of these (results come in the poll phase).

const { AbortError, codes } = require('internal/errors');
const {
  parseFileMode,
  validateBoolean,
  validateBuffer,
  validateFunction,
  validateInteger,
  validateObject,
  validateOneOf,
  validateString,
} = require('internal/validators');
const {
  checkRm,
  constants,
  Dirent,
  encoded,
  getOptions,
  makeCallback,
  Stats,
  statsFrom,
  toFd,
  toFlags,
  toPath,
  toTimestamp,
} = require('internal/fs_values');
const { Buffer } = require('buffer');
const { enqueueResult } = require('internal/timers');
const pathModule = require('path');
const binding = internalBinding('fs');
const standard = internalBinding('process');

const bytesFor = (data, encoding) => {
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
};

// --- descriptors ----------------------------------------------------------------------------------------------------------------

function openSync(path, flags, mode) {
  return binding.open(toPath(path), toFlags(flags), parseFileMode(mode, 'mode', 0o666));
}
function closeSync(fd) {
  fd = toFd(fd);
  if (fd > 2) binding.close(fd);
}

const readStandard = (bytes, offset, length) => {
  const got = standard.readInput(length);
  if (got === undefined) return 0;
  bytes.set(new Uint8Array(got), offset);
  return got.byteLength;
};

const readRange = (buffer, offset, length, position) => {
  if (offset !== undefined && offset !== null && typeof offset === 'object') {
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
  } else if (offset === undefined || offset === null) offset = 0;
  validateInteger(offset, 'offset', 0);
  length ??= buffer.byteLength - offset;
  length |= 0;
  if (length !== 0 && buffer.byteLength === 0)
    throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (length > buffer.byteLength - offset && buffer.byteLength > 0)
    throw new codes.ERR_OUT_OF_RANGE('length', `<= ${buffer.byteLength - offset}`, length);
  if (position === undefined || position === null) position = -1;
  else position = Number(position);
  return { offset, length, position };
};

function readSync(fd, buffer, offsetOrOptions, length, position) {
  fd = toFd(fd);
  validateBuffer(buffer);
  const range = readRange(buffer, offsetOrOptions, length, position);
  if (range.length === 0) return 0;
  if (fd === 0)
    return readStandard(Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength), range.offset, range.length);
  return binding.read(fd, buffer, range.offset, range.length, range.position);
}

const writeBytes = (fd, bytes, offset, length, position) => {
  if (fd === 1 || fd === 2) {
    standard.write(fd, new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
    return length;
  }
  return binding.write(fd, bytes, offset, length, position);
};

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  fd = toFd(fd);
  let offset = offsetOrOptions;
  if (ArrayBuffer.isView(buffer)) {
    if (position === undefined) position = null;
    if (typeof offset === 'object' && offset !== null)
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offsetOrOptions);
    offset ??= 0;
    validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    if (offset > buffer.byteLength) throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${buffer.byteLength}`, offset);
    if (length > buffer.byteLength - offset)
      throw new codes.ERR_OUT_OF_RANGE('length', `<= ${buffer.byteLength - offset}`, length);
    if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
    return writeBytes(fd, buffer, offset, length, typeof position === 'number' ? position : -1);
  }
  if (typeof buffer !== 'string')
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  const bytes = Buffer.from(buffer, length === undefined ? 'utf8' : length);
  return writeBytes(fd, bytes, 0, bytes.length, typeof offset === 'number' ? offset : -1);
}

function readvSync(fd, buffers, position) {
  let total = 0;
  for (const buffer of buffers) {
    const count = readSync(fd, buffer, 0, buffer.byteLength, typeof position === 'number' ? position + total : null);
    total += count;
    if (count < buffer.byteLength) break;
  }
  return total;
}
function writevSync(fd, buffers, position) {
  let total = 0;
  for (const buffer of buffers)
    total += writeSync(fd, buffer, 0, buffer.byteLength, typeof position === 'number' ? position + total : null);
  return total;
}

// --- whole files ------------------------------------------------------------------------------------------------------------------

const readAll = (fd) => {
  const pieces = [];
  for (;;) {
    const piece = Buffer.alloc(65536);
    const count = fd === 0 ? readStandard(piece, 0, piece.length) : binding.read(fd, piece, 0, piece.length, -1);
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, count));
  }
};
const isFd = (path) => Number.isInteger(path) && path >= 0;

function readFileSync(path, options) {
  options = getOptions(options, { flag: 'r' });
  let buffer;
  if (isFd(path)) buffer = readAll(path);
  else {
    const name = toPath(path);
    toFlags(options.flag);
    if (name === '/dev/stdin') buffer = readAll(0);
    else if (name === '/dev/null') buffer = Buffer.alloc(0);
    else buffer = Buffer.from(binding.readFile(name));
  }
  return options.encoding && options.encoding !== 'buffer' ? buffer.toString(options.encoding) : buffer;
}

function writeFileSync(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  if (options.flush !== undefined) validateBoolean(options.flush, 'options.flush');
  const bytes = bytesFor(data, options.encoding);
  const flag = options.flag || 'w';
  let fd = path;
  if (!isFd(path)) {
    const name = toPath(path);
    if (name === '/dev/null') return;
    if (name === '/dev/stdout' || name === '/dev/stderr') fd = name === '/dev/stdout' ? 1 : 2;
    else fd = openSync(name, flag, options.mode ?? 0o666);
  }
  try {
    let offset = 0;
    while (offset < bytes.length) offset += writeBytes(fd, bytes, offset, bytes.length - offset, -1);
  } finally {
    if (fd !== path) closeSync(fd);
  }
}
function appendFileSync(path, data, options) {
  options = getOptions(options, { encoding: 'utf8', mode: 0o666, flag: 'a' });
  writeFileSync(path, data, { ...options, flag: options.flag || 'a' });
}

// --- names ------------------------------------------------------------------------------------------------------------------------

const statOptions = (options) => {
  if (options !== undefined && options !== null) validateObject(options, 'options', { allowFunction: true });
  return options ?? {};
};
function statSync(path, options = { bigint: false, throwIfNoEntry: true }) {
  const { bigint, throwIfNoEntry = true } = statOptions(options);
  const values = binding.stat(toPath(path), !throwIfNoEntry);
  return values === undefined ? undefined : statsFrom(values, bigint);
}
function lstatSync(path, options = { bigint: false, throwIfNoEntry: true }) {
  const { bigint, throwIfNoEntry = true } = statOptions(options);
  const values = binding.lstat(toPath(path), !throwIfNoEntry);
  return values === undefined ? undefined : statsFrom(values, bigint);
}
function fstatSync(fd, options = { bigint: false }) {
  fd = toFd(fd);
  if (fd <= 2) {
    const now = BigInt(Date.now()) * 1000000n;
    const kind = standard.terminal(fd).columns === undefined ? constants.S_IFIFO : constants.S_IFCHR;
    return statsFrom(
      [0n, BigInt(kind | 0o600), 1n, 0n, 0n, 0n, 4096n, 0n, 0n, 0n, now, now, now, now],
      options?.bigint,
    );
  }
  return statsFrom(binding.fstat(fd), options?.bigint);
}
let warnedOfExists = false;
function existsSync(path) {
  try {
    path = toPath(path);
  } catch (error) {
    if (error?.code === 'ERR_INVALID_ARG_TYPE' && !warnedOfExists) {
      warnedOfExists = true;
      process.emitWarning(
        'Passing invalid argument types to fs.existsSync is deprecated',
        'DeprecationWarning',
        'DEP0187',
      );
    }
    return false;
  }
  return binding.exists(path);
}
const checkMode = (mode) => {
  if (mode === undefined) return;
  if (typeof mode !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('mode', 'integer', mode);
  if (Number.isInteger(mode) && mode >= 0 && mode <= 7) return;
  const error = new RangeError('mode is out of range: >= 0 && <= 7');
  error.code = 'ERR_OUT_OF_RANGE';
  throw error;
};
function accessSync(path, mode) {
  checkMode(mode);
  binding.access(toPath(path), mode ?? 0);
}

const readdirOnce = (path) => binding.readdir(path);
function readdirSync(path, options) {
  options = getOptions(options);
  path = toPath(path);
  if (options.recursive != null) validateBoolean(options.recursive, 'options.recursive');
  const { encoding, withFileTypes, recursive } = options;
  const result = [];
  const visit = (folder, prefix) => {
    const [names, kinds] = readdirOnce(folder);
    names.forEach((name, i) => {
      result.push(
        withFileTypes
          ? new Dirent(encoded(name, encoding), kinds[i], folder)
          : encoded(prefix === '' ? name : pathModule.join(prefix, name), encoding),
      );
    });
    if (!recursive) return;
    names.forEach((name, i) => {
      if (kinds[i] === 2) visit(pathModule.join(folder, name), prefix === '' ? name : pathModule.join(prefix, name));
    });
  };
  visit(path, '');
  return result;
}

function realpathSync(path, options) {
  options = getOptions(options);
  return encoded(binding.realpath(toPath(path)), options.encoding);
}
realpathSync.native = (path, options) => {
  options = getOptions(options);
  return encoded(binding.realpath(toPath(path), 'realpath'), options.encoding);
};
function readlinkSync(path, options) {
  options = getOptions(options);
  return encoded(binding.readlink(toPath(path)), options.encoding);
}

function mkdirSync(path, options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') mode = parseFileMode(options, 'mode');
  else if (options) {
    recursive = options.recursive ?? false;
    if (options.mode !== undefined) mode = parseFileMode(options.mode, 'options.mode');
    validateBoolean(recursive, 'options.recursive');
  }
  const made = binding.mkdir(toPath(path), mode, recursive);
  return recursive ? made : undefined;
}
function mkdtempSync(prefix, options) {
  options = getOptions(options);
  return encoded(binding.mkdtemp(toPath(prefix, 'prefix')), options.encoding);
}
function mkdtempDisposableSync(prefix, options) {
  const path = mkdtempSync(prefix, options);
  const remove = () => rmSync(path, { recursive: true, force: true });
  return { __proto__: null, path, remove, [Symbol.dispose]: remove };
}
function rmdirSync(path, options) {
  path = toPath(path);
  if (options?.recursive) {
    validateBoolean(options.recursive, 'options.recursive');
    return rmSync(path, { recursive: true });
  }
  binding.rmdir(path);
}
function rmSync(path, options) {
  path = toPath(path);
  const { force, recursive } = checkRm(options);
  let stats;
  try {
    stats = lstatSync(path);
  } catch (error) {
    if (force && error.code === 'ENOENT') return;
    if (error.code === 'ENOENT')
      throw Object.assign(new Error(`ENOENT: no such file or directory, lstat '${path}'`), {
        errno: -2,
        code: 'ENOENT',
        syscall: 'lstat',
        path,
      });
    throw error;
  }
  if (!stats.isDirectory()) {
    binding.unlink(path);
    return;
  }
  if (!recursive) {
    const error = new codes.ERR_FS_EISDIR();
    error.message = `Path is a directory: rm returned EISDIR (is a directory) ${path}`;
    Object.assign(error, { errno: 21, syscall: 'rm', path });
    throw error;
  }
  for (const name of readdirSync(path)) rmSync(pathModule.join(path, name), { recursive: true, force });
  binding.rmdir(path);
}
function unlinkSync(path) {
  binding.unlink(toPath(path));
}
function renameSync(oldPath, newPath) {
  binding.rename(toPath(oldPath, 'oldPath'), toPath(newPath, 'newPath'));
}
function copyFileSync(src, dest, mode) {
  checkMode(mode);
  binding.copyFile(toPath(src, 'src'), toPath(dest, 'dest'), mode ?? 0);
}
function cpSync(src, dest, options) {
  options = {
    dereference: false,
    errorOnExist: false,
    force: true,
    preserveTimestamps: false,
    recursive: false,
    ...options,
  };
  src = toPath(src, 'src');
  dest = toPath(dest, 'dest');
  const copy = (from, to) => {
    if (options.filter && !options.filter(from, to)) return;
    const stats = options.dereference ? statSync(from) : lstatSync(from);
    if (stats.isDirectory()) {
      if (!options.recursive) {
        const error = new codes.ERR_FS_EISDIR();
        error.message = `Recursive option not enabled, cannot copy a directory: ${from}`;
        throw error;
      }
      mkdirSync(to, { recursive: true });
      for (const name of readdirSync(from)) copy(pathModule.join(from, name), pathModule.join(to, name));
      return;
    }
    if (existsSync(to)) {
      if (!options.force) {
        if (options.errorOnExist) throw new codes.ERR_FS_CP_EEXIST();
        return;
      }
      unlinkSync(to);
    }
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else {
      mkdirSync(pathModule.dirname(to), { recursive: true });
      copyFileSync(from, to, options.mode);
    }
    if (options.preserveTimestamps) utimesSync(to, stats.atime, stats.mtime);
  };
  copy(src, dest);
}
function truncateSync(path, length = 0) {
  if (typeof path === 'number') return ftruncateSync(path, length);
  validateInteger(length, 'len');
  binding.truncate(toPath(path), Math.max(0, length));
}
function ftruncateSync(fd, length = 0) {
  validateInteger(length, 'len');
  binding.ftruncate(toFd(fd), Math.max(0, length));
}
function fsyncSync(fd) {
  fd = toFd(fd);
  if (fd > 2) binding.fsync(fd);
}
function fdatasyncSync(fd) {
  fsyncSync(fd);
}
function chmodSync(path, mode) {
  binding.chmod(toPath(path), parseFileMode(mode, 'mode'));
}
function fchmodSync(fd, mode) {
  toFd(fd);
  parseFileMode(mode, 'mode');
  throw require('internal/errors').accessDenied('allow-fs-write', 'FileSystemWrite');
}
function lchmodSync(path, mode) {
  chmodSync(path, mode);
}
const noOwner = (name) =>
  ({
    [name](path, uid, gid) {
      if (typeof path !== 'number') toPath(path);
      validateInteger(uid, 'uid', -1, 4294967295);
      validateInteger(gid, 'gid', -1, 4294967295);
      throw require('internal/errors').accessDenied('', 'FileSystemWrite', typeof path === 'number' ? '' : `${path}`);
    },
  })[name];
const chownSync = noOwner('chownSync');
const fchownSync = noOwner('fchownSync');
const lchownSync = noOwner('lchownSync');
function utimesSync(path, atime, mtime) {
  binding.utimes(toPath(path), toTimestamp(atime, 'atime'), toTimestamp(mtime, 'mtime'));
}
function futimesSync(fd, atime, mtime) {
  binding.futimes(toFd(fd), toTimestamp(atime, 'atime'), toTimestamp(mtime, 'mtime'));
}
function lutimesSync(path, atime, mtime) {
  utimesSync(path, atime, mtime);
}
function symlinkSync(target, path, type) {
  validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
  binding.symlink(toPath(target, 'target'), toPath(path));
}
function linkSync(existing, path) {
  binding.link(toPath(existing, 'existingPath'), toPath(path, 'newPath'));
}
function statfsSync(path, options = {}) {
  statSync(path);
  const number = options.bigint ? BigInt : Number;
  return {
    type: number(0),
    bsize: number(4096),
    blocks: number(0),
    bfree: number(0),
    bavail: number(0),
    files: number(0),
    ffree: number(0),
  };
}
function globSync(pattern, options = {}) {
  const { toRegExp } = require('internal/glob');
  const patterns = (Array.isArray(pattern) ? pattern : [pattern]).map((text) => {
    validateString(text, 'patterns');
    return toRegExp(text.replace(/^\.\//, ''), false);
  });
  const cwd = options.cwd ?? process.cwd();
  const excluded = options.exclude;
  const isExcluded =
    typeof excluded === 'function'
      ? excluded
      : Array.isArray(excluded)
        ? (
            (tests) => (name) =>
              tests.some((test) => test.test(name))
          )(excluded.map((text) => toRegExp(text, false)))
        : () => false;
  const result = [];
  const visit = (folder, prefix) => {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (isExcluded(options.withFileTypes ? entry : name)) continue;
      if (patterns.some((test) => test.test(name))) result.push(options.withFileTypes ? entry : name);
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`, name);
    }
  };
  visit(cwd, '');
  return result;
}

class Dir {
  #path;
  #entries;
  #closed = false;
  constructor(path, options) {
    this.#path = path;
    this.#entries = readdirSync(path, { ...options, withFileTypes: true });
  }
  get path() {
    return this.#path;
  }
  #check() {
    if (this.#closed) throw new codes.ERR_DIR_CLOSED();
  }
  readSync() {
    this.#check();
    return this.#entries.shift() ?? null;
  }
  read(callback) {
    this.#check();
    if (callback === undefined) return Promise.resolve(this.readSync());
    validateFunction(callback, 'callback');
    enqueueResult(() => callback(null, this.#entries.shift() ?? null));
  }
  closeSync() {
    this.#check();
    this.#closed = true;
  }
  close(callback) {
    if (callback === undefined) {
      if (this.#closed) return Promise.reject(new codes.ERR_DIR_CLOSED());
      this.#closed = true;
      return Promise.resolve();
    }
    validateFunction(callback, 'callback');
    this.#check();
    this.#closed = true;
    enqueueResult(() => callback(null));
  }
  async *entries() {
    try {
      for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
    } finally {
      if (!this.#closed) this.closeSync();
    }
  }
  [Symbol.dispose]() {
    if (!this.#closed) this.closeSync();
  }
  async [Symbol.asyncDispose]() {
    if (!this.#closed) this.closeSync();
  }
}
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries,
  enumerable: false,
  writable: true,
  configurable: true,
});
function opendirSync(path, options) {
  options = getOptions(options, { encoding: 'utf8' });
  path = toPath(path);
  try {
    return new Dir(path, options);
  } catch (error) {
    if (error?.syscall !== 'scandir') throw error;
    const { errno, code, message } = error;
    throw Object.assign(new Error(message.replace(/, scandir .*$/s, ', opendir')), { errno, code, syscall: 'opendir' });
  }
}

// --- callbacks: (…args, [options], callback) ----------------------------------------------------------------------------------------

/** The callback's form of an operation. `check` refuses arguments at once, as Node does. */
const withCallback = (
  name,
  operation,
  deliver = (callback, value) => (value === undefined ? callback(null) : callback(null, value)),
  turns = 1,
) =>
  ({
    [name](...args) {
      const last = args.pop();
      const callback = makeCallback(args.length === 0 && operation.length > 0 ? undefined : last);
      let result;
      let failure;
      let failed = false;
      try {
        result = Reflect.apply(operation, undefined, args);
      } catch (error) {
        // mistakes in the call are thrown, what the system says is given to the callback
        if (
          error?.syscall === undefined &&
          error?.code !== 'ERR_ACCESS_DENIED' &&
          /^ERR_(?:INVALID|OUT_OF)/.test(error?.code)
        )
          throw error;
        failed = true;
        failure = error;
      }
      enqueueResult(() => (failed ? callback(failure) : deliver(callback, result)), failed ? 1 : turns);
    },
  })[name];

const simple = {
  access: accessSync,
  appendFile: appendFileSync,
  chmod: chmodSync,
  chown: chownSync,
  copyFile: copyFileSync,
  cp: cpSync,
  fchmod: fchmodSync,
  fchown: fchownSync,
  fdatasync: fdatasyncSync,
  fstat: fstatSync,
  fsync: fsyncSync,
  ftruncate: ftruncateSync,
  futimes: futimesSync,
  glob: globSync,
  lchmod: lchmodSync,
  lchown: lchownSync,
  link: linkSync,
  lstat: lstatSync,
  lutimes: lutimesSync,
  mkdir: mkdirSync,
  mkdtemp: mkdtempSync,
  open: openSync,
  opendir: opendirSync,
  readdir: readdirSync,
  readFile: readFileSync,
  readlink: readlinkSync,
  realpath: realpathSync,
  rename: renameSync,
  rm: rmSync,
  rmdir: rmdirSync,
  stat: statSync,
  statfs: statfsSync,
  symlink: symlinkSync,
  truncate: truncateSync,
  unlink: unlinkSync,
  utimes: utimesSync,
  writeFile: writeFileSync,
};

/** How many turns of the loop an operation takes: one a system call. */
const systemCalls = { readFile: 4, writeFile: 3, appendFile: 3, truncate: 3 };

const fs = {};
for (const name of Object.keys(simple).sort()) {
  fs[name] = withCallback(name, simple[name], undefined, systemCalls[name]);
  Object.defineProperty(fs[name], 'length', { value: simple[name].length + 1, configurable: true });
}
fs.realpath.native = withCallback('native', realpathSync.native);

fs.close = function close(fd, callback) {
  if (callback !== undefined) makeCallback(callback);
  let failure = null;
  try {
    closeSync(fd);
  } catch (error) {
    if (error.syscall === undefined) throw error;
    failure = error;
  }
  enqueueResult(() => {
    if (callback !== undefined) callback(failure);
    else if (failure !== null) throw failure;
  });
};
fs.exists = function exists(path, callback) {
  validateFunction(callback, 'cb');
  const found = existsSync(path);
  enqueueResult(() => callback(found));
};
Object.defineProperty(fs.exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: (path) => Promise.resolve(existsSync(path)),
  configurable: true,
});
fs.read = function read(fd, buffer, offsetOrOptions, length, position, callback) {
  if (arguments.length <= 4 && typeof buffer === 'function') {
    callback = buffer;
    buffer = Buffer.alloc(16384);
    offsetOrOptions = undefined;
  } else if (arguments.length <= 3) {
    callback = offsetOrOptions;
    if (!ArrayBuffer.isView(buffer)) {
      const options = buffer ?? {};
      buffer = options.buffer ?? Buffer.alloc(16384);
      offsetOrOptions = options;
    } else offsetOrOptions = undefined;
  } else if (arguments.length === 4) callback = length;
  makeCallback(callback);
  const nothing = typeof offsetOrOptions === 'object' || offsetOrOptions === undefined || typeof length === 'function';
  withCallback(
    'read',
    () => readSync(fd, buffer, offsetOrOptions, nothing ? undefined : length, nothing ? undefined : position),
    (done, count) => done(null, count, buffer),
  )(callback);
};
fs.write = function write(fd, buffer, ...rest) {
  const callback = makeCallback(rest.pop());
  withCallback(
    'write',
    () => writeSync(fd, buffer, ...rest),
    (done, count) => done(null, count, buffer),
  )(callback);
};
fs.readv = function readv(fd, buffers, position, callback = position) {
  withCallback(
    'readv',
    () => readvSync(fd, buffers, position),
    (done, count) => done(null, count, buffers),
  )(callback);
};
fs.writev = function writev(fd, buffers, position, callback = position) {
  withCallback(
    'writev',
    () => writevSync(fd, buffers, position),
    (done, count) => done(null, count, buffers),
  )(callback);
};
const customArgs = (fn, names) => {
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    configurable: true,
    value: (...args) =>
      new Promise((resolve, reject) =>
        fn(...args, (error, ...values) =>
          error ? reject(error) : resolve(Object.fromEntries(names.map((name, i) => [name, values[i]]))),
        ),
      ),
  });
};
customArgs(fs.read, ['bytesRead', 'buffer']);
customArgs(fs.write, ['bytesWritten', 'buffer']);
customArgs(fs.readv, ['bytesRead', 'buffers']);
customArgs(fs.writev, ['bytesWritten', 'buffers']);

// An aborted signal rejects before anything is read.
for (const name of ['readFile', 'writeFile']) {
  const plain = fs[name];
  fs[name] = {
    [name](...args) {
      const options = args[args.length - 2];
      const callback = args[args.length - 1];
      if (options?.signal?.aborted) {
        makeCallback(callback);
        enqueueResult(() => callback(new AbortError(undefined, { cause: options.signal.reason })));
        return;
      }
      plain(...args);
    },
  }[name];
  Object.defineProperty(fs[name], 'length', { value: simple[name].length + 1, configurable: true });
}

const sync = {
  accessSync,
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  globSync,
  lchmodSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempDisposableSync,
  mkdtempSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  readvSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
  writevSync,
};
Object.assign(fs, sync);

fs.openAsBlob = async function openAsBlob(path, options = {}) {
  validateObject(options, 'options');
  return new (require('internal/blob').Blob)([readFileSync(path)], { type: options.type ?? '' });
};

// --- watching: nothing tells us of changes --------------------------------------------------------------------------------------------

const refuseWatch = (path) => {
  throw require('internal/errors').accessDenied('', 'FileSystemWatch', `${path}`);
};
fs.watch = function watch(path) {
  refuseWatch(toPath(path));
};
fs.watchFile = function watchFile(path) {
  refuseWatch(toPath(path));
};
fs.unwatchFile = function unwatchFile() {};
fs._toUnixTimestamp = toTimestamp;

Object.assign(fs, { Dir, Dirent, Stats });
for (const name of [
  'ReadStream',
  'WriteStream',
  'FileReadStream',
  'FileWriteStream',
  'createReadStream',
  'createWriteStream',
  'Utf8Stream',
]) {
  const from = name.replace(/^File/, '');
  Object.defineProperty(fs, name, {
    configurable: true,
    enumerable: true,
    get: () => require('internal/fs_streams')[from],
    set: (value) => Object.defineProperty(fs, name, { value, writable: true, configurable: true, enumerable: true }),
  });
}
for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK'])
  Object.defineProperty(fs, name, {
    configurable: false,
    enumerable: false,
    get() {
      const message = `fs.${name} is deprecated, use fs.constants.${name} instead`;
      require('internal/deprecations').warn('DEP0176', message);
      return constants[name];
    },
  });
Object.defineProperties(fs, {
  constants: { configurable: false, enumerable: true, value: constants },
  promises: { configurable: true, enumerable: true, get: () => require('fs/promises') },
});

module.exports = fs;
