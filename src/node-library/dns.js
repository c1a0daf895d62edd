// dns: everything but a look-up.

const { validateFunction, validateString } = require('internal/validators');
const { isIP } = require('net');
const refused = require('internal/refused');

const errors = {
  NODATA: 'ENODATA',
  FORMERR: 'EFORMERR',
  SERVFAIL: 'ESERVFAIL',
  NOTFOUND: 'ENOTFOUND',
  NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED',
  BADQUERY: 'EBADQUERY',
  BADNAME: 'EBADNAME',
  BADFAMILY: 'EBADFAMILY',
  BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED',
  TIMEOUT: 'ETIMEOUT',
  EOF: 'EOF',
  FILE: 'EFILE',
  NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION',
  BADSTR: 'EBADSTR',
  BADFLAGS: 'EBADFLAGS',
  NONAME: 'ENONAME',
  BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED',
  LOADIPHLPAPI: 'ELOADIPHLPAPI',
  ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
};
const queries = [
  'resolve',
  'resolve4',
  'resolve6',
  'resolveAny',
  'resolveCaa',
  'resolveCname',
  'resolveMx',
  'resolveNaptr',
  'resolveNs',
  'resolvePtr',
  'resolveSoa',
  'resolveSrv',
  'resolveTlsa',
  'resolveTxt',
  'reverse',
];

/** Addresses are their own names; localhost is this machine. */
const known = (hostname, options) => {
  const family = typeof options === 'number' ? options : (options?.family ?? 0);
  if (hostname === 'localhost')
    return family === 6 || family === 'IPv6' ? { address: '::1', family: 6 } : { address: '127.0.0.1', family: 4 };
  const version = isIP(hostname);
  return version === 0 ? undefined : { address: hostname, family: version };
};

let order = 'verbatim';
const settings = {
  getDefaultResultOrder: () => order,
  setDefaultResultOrder: (value) => {
    require('internal/validators').validateOneOf(value, 'dnsOrder', ['verbatim', 'ipv4first', 'ipv6first']);
    order = value;
  },
  getServers: () => [],
  setServers() {},
};

function lookup(hostname, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  if (hostname) validateString(hostname, 'hostname');
  validateFunction(callback, 'callback');
  const found = hostname ? known(hostname, options) : undefined;
  process.nextTick(() => {
    if (!hostname) callback(null, options?.all ? [] : null, options?.family === 6 ? 6 : 4);
    else if (found === undefined) callback(refused.net(hostname));
    else if (options?.all) callback(null, [found]);
    else callback(null, found.address, found.family);
  });
  return {};
}
function lookupService(address, port, callback) {
  validateString(address, 'address');
  validateFunction(callback, 'callback');
  process.nextTick(callback, refused.net(`${address}:${port}`));
}
class Resolver {
  cancel() {}
  getServers() {
    return [];
  }
  setServers() {}
  setLocalAddress() {}
}
const query = (name) =>
  ({
    [name](hostname, ...rest) {
      validateString(hostname, 'name');
      const callback = rest.at(-1);
      validateFunction(callback, 'callback');
      process.nextTick(callback, refused.net(hostname));
      return {};
    },
  })[name];

const dns = { lookup, lookupService, Resolver, ...settings, ADDRCONFIG: 32, ALL: 16, V4MAPPED: 8, ...errors };
for (const name of queries) {
  dns[name] = query(name);
  Resolver.prototype[name] = dns[name];
}

class PromisesResolver extends Resolver {}
const promises = {
  async lookup(hostname, options) {
    if (hostname) validateString(hostname, 'hostname');
    const found = known(hostname, options);
    if (found === undefined) throw refused.net(hostname);
    return options?.all ? [found] : found;
  },
  async lookupService(address, port) {
    throw refused.net(`${address}:${port}`);
  },
  Resolver: PromisesResolver,
  ...settings,
  ...errors,
};
for (const name of queries) {
  promises[name] = {
    async [name](hostname) {
      validateString(hostname, 'name');
      throw refused.net(hostname);
    },
  }[name];
  PromisesResolver.prototype[name] = promises[name];
}
Object.defineProperty(dns, 'promises', { configurable: true, enumerable: true, get: () => promises });

module.exports = dns;
