const { codes } = require('internal/errors');
const EventEmitter = require('events');
const messaging = require('internal/messaging');
const refused = require('internal/refused');

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    const isUrl = typeof filename === 'object' && filename?.href !== undefined;
    if (!options.eval && !isUrl) {
      if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
      if (!/^(?:\/|\.\.?\/)/.test(filename)) throw new codes.ERR_WORKER_PATH(filename);
    }
    throw refused.worker('');
  }
}

const untransferable = new WeakSet();
const shared = new Map();
module.exports = {
  isInternalThread: false,
  isMainThread: true,
  MessagePort: messaging.MessagePort,
  MessageChannel: messaging.MessageChannel,
  markAsUncloneable() {},
  markAsUntransferable(object) {
    if (typeof object === 'object' && object !== null) untransferable.add(object);
  },
  isMarkedAsUntransferable: (object) => untransferable.has(object),
  moveMessagePortToContext: (port) => port,
  receiveMessageOnPort: (port) => {
    if (!messaging.isPort(port))
      throw new codes.ERR_INVALID_ARG_TYPE('port', ['MessagePort', 'BroadcastChannel'], port);
    return messaging.receive(port);
  },
  resourceLimits: {},
  postMessageToThread: async () => {
    throw refused.worker('');
  },
  threadId: 0,
  threadName: '',
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel: messaging.BroadcastChannel,
  setEnvironmentData(key, value) {
    if (value === undefined) shared.delete(key);
    else shared.set(key, value);
  },
  getEnvironmentData: (key) => shared.get(key),
};
