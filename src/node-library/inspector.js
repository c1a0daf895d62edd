const EventEmitter = require('events');
const refused = require('internal/refused');

class Session extends EventEmitter {
  connect() {
    throw refused.inspector();
  }
  connectToMainThread() {
    throw refused.inspector();
  }
  post() {
    throw refused.inspector();
  }
  disconnect() {}
}

module.exports = {
  open() {
    throw refused.inspector();
  },
  close() {},
  url: () => undefined,
  waitForDebugger() {
    throw refused.inspector();
  },
  console: globalThis.console,
  Session,
  Network: {},
  NetworkResources: {},
};
