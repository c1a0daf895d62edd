// Streams: the readable-stream package, with what it has not.

const streams = require('internal/packages/readable-stream');
const { Readable, Writable, Duplex } = streams;

// Node's sizes since 22
streams.setDefaultHighWaterMark?.(false, 64 * 1024);

const web = () => require('internal/web_adapters');
Readable.fromWeb = (stream, options) => web().readableFromWeb(stream, options);
Readable.toWeb = (stream, options) => web().readableToWeb(stream, options);
Writable.fromWeb = (stream, options) => web().writableFromWeb(stream, options);
Writable.toWeb = (stream) => web().writableToWeb(stream);
Duplex.fromWeb = (pair, options) => web().duplexFromWeb(pair, options);
Duplex.toWeb = (duplex) => web().duplexToWeb(duplex);

/** Two ends: what is written to one is read from the other, which asks for the next piece when it has been read. */
class DuplexSide extends Duplex {
  #other = null;
  #written = null;
  static pair(options) {
    const sides = [new DuplexSide(options), new DuplexSide(options)];
    sides[0].#other = sides[1];
    sides[1].#other = sides[0];
    return sides;
  }
  _read() {
    const callback = this.#written;
    this.#written = null;
    callback?.();
  }
  _write(chunk, _encoding, callback) {
    if (chunk.length === 0) return process.nextTick(callback);
    this.#other.push(chunk);
    this.#other.#written = callback;
  }
  _final(callback) {
    this.#other.on('end', callback);
    this.#other.push(null);
  }
}
function duplexPair(options) {
  return DuplexSide.pair(options);
}

const Stream = streams.Stream ?? streams;
Stream.duplexPair = duplexPair;
Stream.Stream = Stream;

module.exports = Stream;

require('internal/stdio').upgradeAll();
