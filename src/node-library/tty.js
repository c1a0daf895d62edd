const { validateInteger } = require('internal/validators');
const binding = internalBinding('process');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2 && binding.terminal(fd).columns !== undefined;
}

/** Terminals are the standard streams alone. */
const invalid = () => {
  const error = new Error('TTY initialization failed: uv_tty_init returned EINVAL (invalid argument)');
  error.code = 'ERR_TTY_INIT_FAILED';
  return error;
};

function ReadStream(fd) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd);
  if (fd >> 0 !== fd || fd < 0) throw fdError(fd);
  if (!isatty(fd)) throw invalid();
  Reflect.apply(require('net').Socket, this, []);
  this.isRaw = false;
  this.isTTY = true;
}
const fdError = (fd) => {
  const error = new RangeError(`"fd" must be a positive integer: ${fd}`);
  error.code = 'ERR_INVALID_FD';
  return error;
};
const socket = () => require('net').Socket;
Object.setPrototypeOf(ReadStream.prototype, require('stream').Duplex.prototype);
ReadStream.prototype.setRawMode = function (flag) {
  this.isRaw = !!flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  if (fd >> 0 !== fd || fd < 0) throw fdError(fd);
  if (!isatty(fd)) throw invalid();
  Reflect.apply(socket(), this, []);
  this.isTTY = true;
  const { columns, rows } = binding.terminal(fd);
  this.columns = columns;
  this.rows = rows;
}
Object.setPrototypeOf(WriteStream.prototype, require('stream').Duplex.prototype);
WriteStream.prototype.isTTY = true;
WriteStream.prototype.getColorDepth = function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    switch (env.FORCE_COLOR) {
      case '':
      case '1':
      case 'true':
        return 4;
      case '2':
        return 8;
      case '3':
        return 24;
      default:
        return 1;
    }
  }
  if (env.NODE_DISABLE_COLORS || env.NO_COLOR || env.TERM === 'dumb') return 1;
  return binding.terminal(this.fd ?? 1).colors ?? 1;
};
WriteStream.prototype.hasColors = function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else validateInteger(count, 'count', 2);
  return count <= 2 ** this.getColorDepth(env);
};
WriteStream.prototype.getWindowSize = function () {
  return [this.columns, this.rows];
};
for (const name of ['cursorTo', 'moveCursor', 'clearLine', 'clearScreenDown'])
  WriteStream.prototype[name] = {
    [name](...args) {
      return require('readline')[name](this, ...args);
    },
  }[name];

module.exports = { isatty, ReadStream, WriteStream };
