const EventEmitter = require('events');
const refused = require('internal/refused');

class Socket extends EventEmitter {
  constructor(type) {
    super();
    this.type = typeof type === 'object' ? type.type : type;
  }
  bind(port) {
    process.nextTick(() => this.emit('error', refused.net(`:${typeof port === 'object' ? port.port : (port ?? '')}`)));
    return this;
  }
  connect(port, address = 'localhost') {
    throw refused.net(`${address}:${port}`);
  }
  send() {
    throw refused.net('');
  }
  close(callback) {
    if (callback) this.once('close', callback);
    process.nextTick(() => this.emit('close'));
    return this;
  }
  address() {
    throw refused.net('');
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

module.exports = { createSocket: (type) => new Socket(type), Socket, _createSocketHandle: undefined };
delete module.exports._createSocketHandle;
