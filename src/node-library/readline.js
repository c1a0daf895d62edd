// readline: lines of a stream, questions, and the cursor's control sequences.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');

const control = (text, ...values) => `\x1b[${String.raw(text, ...values)}`;

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (stream == null || (typeof x !== 'number' && typeof y !== 'number')) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  if (typeof x !== 'number') throw new codes.ERR_INVALID_CURSOR_POS();
  return stream.write(typeof y !== 'number' ? control`${x + 1}G` : control`${y + 1};${x + 1}H`, callback);
}
function moveCursor(stream, dx, dy, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream == null || !(dx || dy)) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  let data = '';
  if (dx < 0) data += control`${-dx}D`;
  else if (dx > 0) data += control`${dx}C`;
  if (dy < 0) data += control`${-dy}A`;
  else if (dy > 0) data += control`${dy}B`;
  return stream.write(data, callback);
}
function clearLine(stream, direction, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream == null) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(direction < 0 ? control`1K` : direction > 0 ? control`0K` : control`2K`, callback);
}
function clearScreenDown(stream, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream == null) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(control`0J`, callback);
}

const lineEnd = /\r\n|\n|\r|\u2028|\u2029/;

class InterfaceConstructor extends EventEmitter {
  constructor(input, output, completer, terminal) {
    super();
    let options = {};
    if (input?.input) {
      options = input;
      ({ output, completer, terminal } = input);
      input = input.input;
    }
    if (options.signal) validateAbortSignal(options.signal, 'options.signal');
    if (completer !== undefined && typeof completer !== 'function')
      throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
    this.input = input;
    this.output = output;
    this.terminal = !!(terminal ?? output?.isTTY);
    this.line = '';
    this.cursor = 0;
    this.history = options.history?.slice() ?? [];
    this.closed = false;
    this.paused = false;
    this.crlfDelay = Math.max(100, options.crlfDelay ?? 100);
    this._prompt = `${options.prompt ?? '> '}`;
    this._decoder = new StringDecoder('utf8');
    this._rest = '';
    this._sawReturn = false;
    this._question = undefined;
    if (input == null) throw new codes.ERR_INVALID_ARG_TYPE('input', 'Stream', input);
    const onData = (data) => this._onData(data);
    const onEnd = () => {
      const rest = this._rest + this._decoder.end();
      this._rest = '';
      if (rest.length > 0) this._onLine(rest);
      this.close();
    };
    input.on('data', onData);
    input.on('end', onEnd);
    input.on('error', (error) => this.emit('error', error));
    this.once('close', () => {
      input.removeListener('data', onData);
      input.removeListener('end', onEnd);
    });
    if (options.signal) {
      const abort = () => process.nextTick(() => this.close());
      if (options.signal.aborted) abort();
      else options.signal.addEventListener('abort', abort, { once: true });
    }
    input.resume();
  }
  get columns() {
    return this.output?.columns ?? Infinity;
  }
  getPrompt() {
    return this._prompt;
  }
  setPrompt(prompt) {
    this._prompt = prompt;
  }
  prompt() {
    if (this.paused) this.resume();
    this.output?.write(this._prompt);
  }
  question(query, options, callback) {
    callback = typeof options === 'function' ? options : callback;
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    const signal = typeof options === 'object' ? options?.signal : undefined;
    if (signal) {
      validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      signal.addEventListener('abort', () => (this._question = undefined), { once: true });
    }
    if (typeof callback !== 'function') return;
    if (this._question) this.prompt();
    else {
      this.output?.write(`${query}`);
      this._question = callback;
    }
    const waiting = this._waiting?.shift();
    if (waiting !== undefined) this._onLine(waiting);
  }
  _onData(data) {
    let text = this._rest + (typeof data === 'string' ? data : this._decoder.write(data));
    if (this._sawReturn && text[0] === '\n') text = text.slice(1);
    this._sawReturn = false;
    for (;;) {
      const end = lineEnd.exec(text);
      if (end === null) break;
      const line = text.slice(0, end.index);
      text = text.slice(end.index + end[0].length);
      if (end[0] === '\r' && text === '') this._sawReturn = true;
      this._onLine(line);
      if (this.closed) return;
    }
    this._rest = text;
  }
  _onLine(line) {
    if (this._question) {
      const callback = this._question;
      this._question = undefined;
      callback(line);
    } else this.emit('line', line);
  }
  close() {
    if (this.closed) return;
    this.pause();
    this.closed = true;
    this.emit('close');
  }
  pause() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }
  resume() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }
  write(data) {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) this.resume();
    if (data !== undefined && data !== null) this._onData(`${data}`);
  }
  getCursorPos() {
    return { rows: 0, cols: this.cursor };
  }
  [Symbol.asyncIterator]() {
    return lines(this);
  }
  [Symbol.dispose]() {
    this.close();
  }
}

/** The lines of an interface; nothing is lost between two. */
const lines = (readline) => {
  const events = EventEmitter.on(readline, 'line', { close: ['close'] });
  return {
    async next() {
      const { value, done } = await events.next();
      return { value: done ? undefined : value[0], done };
    },
    return() {
      readline.close();
      return events.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

const Interface = require('internal/callable')(InterfaceConstructor, 'Interface');
Object.defineProperty(Interface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), {
  configurable: true,
  value: function question(query, options) {
    if (options?.signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: options.signal.reason }));
    return new Promise((resolve) => this.question(query, options, resolve));
  },
});

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}
function emitKeypressEvents(stream) {
  if (stream.__keypress) return;
  Object.defineProperty(stream, '__keypress', { value: true });
  stream.on('data', (data) => {
    for (const c of `${data}`) {
      const name =
        c === '\r'
          ? 'return'
          : c === '\n'
            ? 'enter'
            : c === '\t'
              ? 'tab'
              : c === '\x1b'
                ? 'escape'
                : c === ' '
                  ? 'space'
                  : c === '\x7f' || c === '\b'
                    ? 'backspace'
                    : c.toLowerCase();
      const code = c.charCodeAt(0);
      const ctrl = code > 0 && code < 27 && !'\r\n\t\b'.includes(c);
      stream.emit('keypress', c, {
        sequence: c,
        name: ctrl ? String.fromCharCode(code + 96) : name,
        ctrl,
        meta: false,
        shift: /[A-Z]/.test(c),
      });
    }
  });
}

module.exports = { Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor };
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('readline/promises'),
});
