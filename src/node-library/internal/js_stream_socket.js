const net = require('net');

/** A stream of any kind as a socket: what TLSSocket puts around what has no handle of the system. */
module.exports = class JSStreamSocket extends net.Socket {
  constructor(stream) {
    super({ objectMode: false });
    this.stream = stream;
    stream.on('data', (chunk) => {
      if (!this.push(chunk)) stream.pause();
    });
    stream.pause();
    stream.on('end', () => this.push(null));
    stream.on('error', (error) => this.destroy(error));
    stream.on('close', () => this.destroy());
  }
  isClosing() {
    return !this.readable || !this.writable;
  }
  readStart() {
    this.stream.resume();
    return 0;
  }
  readStop() {
    this.stream.pause();
    return 0;
  }
  _read() {
    this.stream.resume();
  }
  _write(chunk, encoding, callback) {
    this.stream.write(chunk, encoding, callback);
  }
  _final(callback) {
    this.stream.end(callback);
  }
};
