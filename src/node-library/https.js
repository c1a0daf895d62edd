const http = require('http');

class Agent extends http.Agent {
  constructor(options) {
    super(options);
    this.defaultPort = 443;
    this.protocol = 'https:';
    this.maxCachedSessions = 100;
  }
}
const AgentFunction = require('internal/http').callable(Agent);
let globalAgent = new AgentFunction({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  http.Server.call(this, options, requestListener);
}
Object.setPrototypeOf(Server.prototype, http.Server.prototype);
Object.setPrototypeOf(Server, http.Server);

const merged = (url, options, callback) => {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const base =
    typeof url === 'string' || require('internal/url').isURL(url)
      ? require('internal/url').urlToHttpOptions(typeof url === 'string' ? new URL(url) : url)
      : url;
  return [
    {
      protocol: 'https:',
      ...base,
      ...options,
      agent: options?.agent ?? base?.agent ?? globalAgent,
      _defaultProtocol: 'https:',
      defaultPort: 443,
    },
    callback,
  ];
};
function request(url, options, callback) {
  return new http.ClientRequest(...merged(url, options, callback));
}
function get(url, options, callback) {
  const made = request(url, options, callback);
  made.end();
  return made;
}

module.exports = {
  Agent: AgentFunction,
  Server,
  createServer: (options, listener) => new Server(options, listener),
  get,
  request,
};
Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get: () => globalAgent,
  set: (value) => {
    globalAgent = value;
  },
});
