// process.stdin, stdout and stderr.
//
// A program that only writes does not load the streams: until something else is asked of an output, it is an object of its own
// whose members become a Writable's when they are first touched.

const binding = internalBinding('process');

const writeTo = (fd, chunk, encoding) => {
  if (typeof chunk === 'string' && encoding && encoding !== 'utf8' && encoding !== 'utf-8')
    chunk = require('buffer').Buffer.from(chunk, encoding);
  binding.write(fd, chunk);
};

const outputs = [];

/** Makes an output the Writable that it is in Node. */
const upgrade = (stream) => {
  const { Writable } = require('internal/packages/readable-stream');
  const { fd } = stream;
  if (Object.getPrototypeOf(stream) !== light) return;
  Object.setPrototypeOf(stream, prototypeOf(Writable));
  Reflect.apply(Writable, stream, [
    {
      decodeStrings: false,
      write(chunk, encoding, callback) {
        writeTo(fd, chunk, encoding);
        callback();
      },
    },
  ]);
  stream._destroy = (error, callback) => {
    callback(error);
  };
  stream.destroySoon = stream.destroy;
};
/** SyncWriteStream, whose instances these are. */
let prototype;
const prototypeOf = (Writable) => {
  if (prototype === undefined) {
    function WriteStream() {}
    Object.setPrototypeOf(WriteStream, Writable);
    prototype = Object.create(Writable.prototype, {
      constructor: { value: WriteStream, writable: true, configurable: true },
    });
    prototype.write = lightWrite;
  }
  return prototype;
};

/** Writes at once where nothing waits: order is what the program's is. */
function lightWrite(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  const state = this._writableState;
  const isPlain = typeof chunk === 'string' || (ArrayBuffer.isView(chunk) && chunk instanceof Uint8Array);
  if (
    !isPlain ||
    (state !== undefined &&
      (state.corked || state.length > 0 || state.ending || state.destroyed || state.defaultEncoding !== 'utf8'))
  ) {
    upgrade(this);
    return require('internal/packages/readable-stream').Writable.prototype.write.call(this, chunk, encoding, callback);
  }
  writeTo(this.fd, chunk, encoding);
  if (typeof callback === 'function') process.nextTick(callback);
  return true;
}

const light = Object.create(Object.prototype, { write: { value: lightWrite, writable: true, configurable: true } });
for (const name of [
  '_writableState',
  '_events',
  '_eventsCount',
  '_maxListeners',
  '_write',
  '_writev',
  '_final',
  '_destroy',
  'destroySoon',
  'constructor',
  'addListener',
  'on',
  'once',
  'off',
  'removeListener',
  'removeAllListeners',
  'prependListener',
  'prependOnceListener',
  'emit',
  'listeners',
  'rawListeners',
  'listenerCount',
  'eventNames',
  'setMaxListeners',
  'getMaxListeners',
  'pipe',
  'end',
  'cork',
  'uncork',
  'destroy',
  'destroyed',
  'setDefaultEncoding',
  'writable',
  'writableEnded',
  'writableFinished',
  'writableLength',
  'writableHighWaterMark',
  'writableObjectMode',
  'writableNeedDrain',
  'writableCorked',
  'writableBuffer',
  'closed',
  'errored',
  'compose',
])
  Object.defineProperty(light, name, {
    configurable: true,
    get() {
      if (this === light) return undefined;
      upgrade(this);
      return this[name];
    },
    set(value) {
      upgrade(this);
      this[name] = value;
    },
  });

const openOutput = (fd) => {
  const stream = Object.create(light);
  outputs.push(stream);
  stream.fd = fd;
  stream._type = 'fs';
  stream._isStdio = true;
  const terminal = binding.terminal(fd);
  if (terminal.columns !== undefined) {
    stream.isTTY = true;
    stream.columns = terminal.columns;
    stream.rows = terminal.rows;
    stream._type = 'tty';
    for (const name of [
      'getColorDepth',
      'hasColors',
      'cursorTo',
      'moveCursor',
      'clearLine',
      'clearScreenDown',
      'getWindowSize',
    ])
      stream[name] = (...args) => require('tty').WriteStream.prototype[name].apply(stream, args);
  }
  internalBinding('util').routeConsole(fd, stream, lightWrite);
  return stream;
};

const openInput = () => {
  const { Readable } = require('stream');
  const { setInputReader } = require('internal/timers');
  const { Buffer } = require('buffer');
  const stream = new Readable({
    highWaterMark: 65536,
    read() {
      setInputReader(() => {
        const bytes = binding.readInput(65536);
        if (bytes === undefined) {
          setInputReader(undefined);
          this.push(null);
        } else if (!this.push(Buffer.from(bytes))) setInputReader(undefined);
      });
    },
  });
  stream.fd = 0;
  const terminal = binding.terminal(0);
  if (terminal.columns !== undefined) {
    stream.isTTY = true;
    stream.isRaw = false;
    stream.setRawMode = (mode) => {
      stream.isRaw = !!mode;
      return stream;
    };
  }
  stream.ref = () => stream;
  stream.unref = () => stream;
  const { pause } = stream;
  stream.pause = function () {
    setInputReader(undefined);
    return pause.call(this);
  };
  return stream;
};

module.exports = {
  open: (fd) => (fd === 0 ? openInput() : openOutput(fd)),
  /** For `instanceof`: who loads the streams sees streams. */
  upgradeAll: () => outputs.forEach(upgrade),
};
