// What fs's functions share: paths, flags, options, Stats, Dirent.

const { codes } = require('internal/errors');
const {
  validateBoolean,
  validateFunction,
  validateInt32,
  validateInteger,
  validateObject,
} = require('internal/validators');
const { normalizeEncoding } = require('internal/encodings');
const { Buffer } = require('buffer');

const constants = Object.freeze(Object.assign(Object.create(null), internalBinding('fs').constants()));
const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = constants;

const checkNull = (path, name) => {
  if (path.includes('\u0000'))
    throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
};

const isUrl = (value) => Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);

/** A path as text. */
const toPath = (path, name = 'path') => {
  if (isUrl(path)) path = require('internal/url').fileURLToPath(path);
  if (typeof path === 'string') {
    checkNull(path, name);
    return path;
  }
  if (ArrayBuffer.isView(path) && path instanceof Uint8Array) {
    const text = Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString();
    checkNull(text, name);
    return text;
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
};

const toFd = (fd) => {
  validateInteger(fd, 'fd', 0, 2147483647);
  return fd;
};

const flagNames = {
  __proto__: null,
  r: O_RDONLY,
  rs: O_RDONLY | O_SYNC,
  sr: O_RDONLY | O_SYNC,
  'r+': O_RDWR,
  'rs+': O_RDWR | O_SYNC,
  'sr+': O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY,
  wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  xw: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY,
  ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  xa: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  sa: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
  'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
  'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};
const toFlags = (flags, name = 'flags') => {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags == null) return O_RDONLY;
  const known = flagNames[flags];
  if (known === undefined) throw new codes.ERR_INVALID_ARG_VALUE(name, flags);
  return known;
};

const checkEncoding = (encoding) => {
  if (encoding && encoding !== 'buffer' && normalizeEncoding(encoding) === undefined)
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
};

const getOptions = (options, defaults = {}) => {
  if (options == null || typeof options === 'function') return defaults;
  if (typeof options === 'string') options = { ...defaults, encoding: options };
  else if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  if (options.encoding !== 'buffer') checkEncoding(options.encoding);
  if (options.signal !== undefined)
    require('internal/validators').validateAbortSignal(options.signal, 'options.signal');
  return options;
};

const makeCallback = (callback) => {
  validateFunction(callback, 'cb');
  return callback;
};

/** A name in the encoding that was asked for. */
const encoded = (text, encoding) => {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return text;
  const buffer = Buffer.from(text);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
};

// --- Stats --------------------------------------------------------------------------------------------------------------------

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}
const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = constants;
for (const [name, kind] of [
  ['isDirectory', S_IFDIR],
  ['isFile', S_IFREG],
  ['isBlockDevice', S_IFBLK],
  ['isCharacterDevice', S_IFCHR],
  ['isSymbolicLink', S_IFLNK],
  ['isFIFO', S_IFIFO],
  ['isSocket', S_IFSOCK],
])
  StatsBase.prototype[name] = {
    [name]() {
      return (Number(this.mode) & S_IFMT) === kind;
    },
  }[name];

const dateOf = (ms) => new Date(Math.round(Number(ms)));
const kTimes = ['atime', 'mtime', 'ctime', 'birthtime'];

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
function BigIntStats(...args) {
  Reflect.apply(StatsBase, this, args.slice(0, 10));
  [this.atimeMs, this.mtimeMs, this.ctimeMs, this.birthtimeMs] = args.slice(10).map((ns) => ns / 1000000n);
  [this.atimeNs, this.mtimeNs, this.ctimeNs, this.birthtimeNs] = args.slice(10);
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
Object.setPrototypeOf(BigIntStats, StatsBase);
for (const { prototype } of [Stats, BigIntStats])
  for (const name of kTimes)
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get() {
        const date = dateOf(this[`${name}Ms`]);
        this[name] = date;
        return date;
      },
      set(value) {
        Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: true });
      },
    });

/** Of the binding's numbers. */
const statsFrom = (values, bigint) => {
  if (bigint) return new BigIntStats(...values);
  const numbers = values.map((value, i) => (i < 10 ? Number(value) : Number(value) / 1e6));
  return new Stats(...numbers);
};

// --- Dirent -------------------------------------------------------------------------------------------------------------------

const kType = Symbol('type');
class Dirent {
  constructor(name, type, path) {
    this.name = name;
    this.parentPath = path;
    this[kType] = type;
  }
}
for (const [name, kind] of [
  ['isDirectory', 2],
  ['isFile', 1],
  ['isBlockDevice', 7],
  ['isCharacterDevice', 6],
  ['isSymbolicLink', 3],
  ['isFIFO', 4],
  ['isSocket', 5],
])
  Dirent.prototype[name] = {
    [name]() {
      return this[kType] === kind;
    },
  }[name];

const toTimestamp = (time, name = 'time') => {
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (internalBinding('util').kind(time) === 'Date') return time.getTime() / 1000;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
};

const checkRm = (options) => {
  if (options === undefined) options = {};
  validateObject(options, 'options');
  const result = { force: false, recursive: false, retryDelay: 100, maxRetries: 0, ...options };
  validateBoolean(result.force, 'options.force');
  validateBoolean(result.recursive, 'options.recursive');
  return result;
};

module.exports = {
  BigIntStats,
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
};
