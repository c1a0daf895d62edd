// net: addresses, and the classes; connecting and listening are refused.

const { codes } = require('internal/errors');
const {
  validateFunction,
  validateInt32,
  validatePort,
  validateString,
  validateUint32,
} = require('internal/validators');
const EventEmitter = require('events');
const { Duplex } = require('stream');
const refused = require('internal/refused');

// --- addresses ------------------------------------------------------------------------------------------------------------------

const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const isIPv4 = (text) => v4.test(`${text}`);
const isIPv6 = (value) => {
  let text = `${value}`;
  const zone = /%[0-9a-zA-Z-.:]+$/.exec(text);
  if (zone !== null) text = text.slice(0, zone.index);
  const tail = /(^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    if (!isIPv4(tail[2])) return false;
    text = `${text.slice(0, text.length - tail[2].length)}0:0`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = groups.flat().length;
  return halves.length === 2 ? count < 8 : count === 8;
};
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** An address as a number. */
const numberOf = (address, family) => {
  if (family === 'ipv4') return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
  let text = address;
  const tail = /(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    const value = numberOf(tail[1], 'ipv4');
    text = `${text.slice(0, -tail[1].length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  }
  const [head, rest] = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = rest === undefined ? head : [...head, ...new Array(8 - head.length - rest.length).fill('0'), ...rest];
  return groups.reduce((value, group) => value * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
};

class SocketAddress {
  #address;
  #family;
  #port;
  #flowlabel;
  constructor(options = {}) {
    const { family = 'ipv4', address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    if (family !== 'ipv4' && family !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE('options.family', family);
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (isIP(address) !== (family === 'ipv4' ? 4 : 6)) {
      const error = new Error('Invalid address');
      error.code = 'ERR_INVALID_ADDRESS';
      throw error;
    }
    this.#address = address;
    this.#family = family;
    this.#port = Number(port);
    this.#flowlabel = flowlabel;
  }
  get address() {
    return this.#address;
  }
  get port() {
    return this.#port;
  }
  get family() {
    return this.#family;
  }
  get flowlabel() {
    return this.#family === 'ipv4' ? 0 : Number(this.#flowlabel);
  }
  toJSON() {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }
  static isSocketAddress(value) {
    return value instanceof SocketAddress;
  }
}

class BlockList {
  #rules = [];
  static isBlockList(value) {
    return value instanceof BlockList;
  }
  #read(address, family) {
    if (SocketAddress.isSocketAddress(address)) ({ family, address } = address);
    validateString(address, 'address');
    family = `${family}`.toLowerCase();
    if (family !== 'ipv4' && family !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE('family', family);
    return { family, value: numberOf(address, family), address };
  }
  addAddress(address, family = 'ipv4') {
    const one = this.#read(address, family);
    this.#rules.push({
      family: one.family,
      from: one.value,
      to: one.value,
      text: `Address: ${one.family.replace('ip', 'IP')} ${one.address}`,
    });
  }
  addRange(start, end, family = 'ipv4') {
    const a = this.#read(start, family);
    const b = this.#read(end, family);
    if (a.value > b.value) throw new codes.ERR_INVALID_ARG_VALUE('start', start, 'must come before end');
    this.#rules.push({
      family: a.family,
      from: a.value,
      to: b.value,
      text: `Range: ${a.family.replace('ip', 'IP')} ${a.address}-${b.address}`,
    });
  }
  addSubnet(network, prefix, family = 'ipv4') {
    const one = this.#read(network, family);
    const bits = one.family === 'ipv4' ? 32 : 128;
    validateInt32(prefix, 'prefix', 0, bits);
    const size = 1n << BigInt(bits - prefix);
    const from = one.value - (one.value % size);
    this.#rules.push({
      family: one.family,
      from,
      to: from + size - 1n,
      text: `Subnet: ${one.family.replace('ip', 'IP')} ${one.address}/${prefix}`,
    });
  }
  check(address, family = 'ipv4') {
    const one = this.#read(address, family);
    return this.#rules.some((rule) => rule.family === one.family && one.value >= rule.from && one.value <= rule.to);
  }
  get rules() {
    return this.#rules.map(({ text }) => text).reverse();
  }
  toJSON() {
    return this.rules;
  }
  fromJSON() {}
}

// --- sockets --------------------------------------------------------------------------------------------------------------------

/** A socket that is connected to nothing: it takes what is written, and reads nothing. */
class Socket extends Duplex {
  constructor(options = {}) {
    if (typeof options === 'number') options = { fd: options };
    super({
      ...options,
      autoDestroy: true,
      emitClose: true,
      decodeStrings: false,
      allowHalfOpen: options?.allowHalfOpen ?? false,
    });
    this.connecting = false;
    this._hadError = false;
    this._parent = null;
    this._host = null;
    this.server = null;
    this._server = null;
    this.timeout = 0;
  }
  connect(...args) {
    const callback = args.at(-1);
    if (typeof callback === 'function') this.once('connect', callback);
    const options = args[0];
    const target =
      typeof options === 'object' && options !== null
        ? (options.path ?? `${options.host ?? 'localhost'}:${options.port}`)
        : `${typeof args[1] === 'string' ? args[1] : 'localhost'}:${options}`;
    process.nextTick(() => this.destroy(refused.net(target)));
    return this;
  }
  _read() {}
  _write(_chunk, _encoding, callback) {
    callback();
  }
  _final(callback) {
    callback();
  }
  setTimeout(milliseconds, callback) {
    this.timeout = milliseconds;
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      if (milliseconds === 0) this.removeListener('timeout', callback);
      else this.once('timeout', callback);
    }
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  setTypeOfService() {
    return this;
  }
  getTypeOfService() {
    return 0;
  }
  address() {
    return {};
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }
  resetAndDestroy() {
    return this.destroy();
  }
  get pending() {
    return true;
  }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }
  get bufferSize() {
    return this.writableLength;
  }
  get bytesRead() {
    return 0;
  }
  get bytesWritten() {
    return 0;
  }
  get remoteAddress() {
    return undefined;
  }
  get remoteFamily() {
    return undefined;
  }
  get remotePort() {
    return undefined;
  }
  get localAddress() {
    return undefined;
  }
  get localPort() {
    return undefined;
  }
  get localFamily() {
    return undefined;
  }
}

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
  }
  if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  this._connections = 0;
  this._handle = null;
  this.allowHalfOpen = options?.allowHalfOpen || false;
  this.pauseOnConnect = !!options?.pauseOnConnect;
  this.noDelay = Boolean(options?.noDelay);
  this.keepAlive = Boolean(options?.keepAlive);
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);
Server.prototype.listen = function (...args) {
  const [first] = args;
  const where =
    typeof first === 'object' && first !== null
      ? (first.path ?? `${first.host ?? ''}:${first.port}`)
      : `${first ?? ''}`;
  const error = refused.net(where);
  process.nextTick(() => this.emit('error', error));
  return this;
};
Server.prototype.address = () => null;
Server.prototype.close = function (callback) {
  if (typeof callback === 'function') this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
  process.nextTick(() => this.emit('close'));
  return this;
};
Server.prototype.getConnections = function (callback) {
  process.nextTick(callback, null, 0);
  return this;
};
Server.prototype.ref = Server.prototype.unref = function () {
  return this;
};
Object.defineProperty(Server.prototype, 'listening', { configurable: true, enumerable: true, get: () => false });
Server.prototype[Symbol.asyncDispose] = async () => {};

function connect(...args) {
  return new Socket(typeof args[0] === 'object' ? args[0] : {}).connect(...args);
}
let autoSelect = true;
let attempt = 250;
module.exports = {
  _createServerHandle: undefined,
  _normalizeArgs: (args) => [
    typeof args[0] === 'object' ? args[0] : { port: args[0] },
    typeof args.at(-1) === 'function' ? args.at(-1) : null,
  ],
  BlockList,
  SocketAddress,
  connect,
  createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: () => autoSelect,
  setDefaultAutoSelectFamily: (value) => {
    autoSelect = value;
  },
  getDefaultAutoSelectFamilyAttemptTimeout: () => attempt,
  setDefaultAutoSelectFamilyAttemptTimeout: (value) => {
    attempt = value;
  },
};
delete module.exports._createServerHandle;
