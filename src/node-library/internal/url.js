// URL and URLSearchParams (WHATWG URL): the host parses, on strings; here are the objects.

const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const binding = internalBinding('url');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

// --- URLSearchParams ------------------------------------------------------------------------------------------------------------

/** Lists of [name, value], and the URL that they belong to. */
const lists = new WeakMap();
const owners = new WeakMap();
const listOf = (self) => {
  const list = lists.get(self);
  if (list === undefined) throw new codes.ERR_INVALID_THIS('URLSearchParams');
  return list;
};
const usv = (value) => `${value}`.toWellFormed();

const parseParams = (text) => {
  const list = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const decode = (part) => {
      part = part.replaceAll('+', ' ');
      return /%/.test(part) ? binding.percentDecode(part) : part;
    };
    list.push([decode(at < 0 ? pair : pair.slice(0, at)), at < 0 ? '' : decode(pair.slice(at + 1))]);
  }
  return list;
};
const encodePart = (text) =>
  encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const serialize = (list) => list.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join('&');

const changed = (self) => {
  const url = owners.get(self);
  if (url !== undefined) updateSearch(url, serialize(lists.get(self)));
};

class URLSearchParams {
  constructor(init = undefined) {
    let list = [];
    if (init == null) {
      // empty
    } else if (typeof init === 'object' || typeof init === 'function') {
      const method = init[Symbol.iterator];
      if (lists.has(init) && method === URLSearchParams.prototype[Symbol.iterator])
        list = lists.get(init).map((pair) => [...pair]);
      else if (method != null) {
        if (typeof method !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
        for (const pair of init) {
          if (pair == null) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          if ((typeof pair !== 'object' && typeof pair !== 'function') || typeof pair[Symbol.iterator] !== 'function')
            throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          const items = [...pair];
          if (items.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          list.push([usv(items[0]), usv(items[1])]);
        }
      } else {
        for (const key of Reflect.ownKeys(init)) {
          if (Reflect.getOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
          const name = usv(key);
          const value = usv(init[key]);
          const known = list.find((pair) => pair[0] === name);
          if (known !== undefined) known[1] = value;
          else list.push([name, value]);
        }
      }
    } else {
      init = usv(init);
      list = parseParams(init[0] === '?' ? init.slice(1) : init);
    }
    lists.set(this, list);
  }
  [inspectCustom](recurseTimes, ctx) {
    const list = listOf(this);
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const { inspect } = require('internal/util/inspect');
    const options = { ...ctx };
    if (recurseTimes !== null) options.depth = recurseTimes - 1;
    const output = list.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
    const length = output.reduce((sum, text) => sum + text.replace(/\u001b\[\d\d?m/g, '').length + 2, -2);
    if (length > ctx.breakLength) return `${this.constructor.name} {\n  ${output.join(',\n  ')} }`;
    return output.length > 0 ? `${this.constructor.name} { ${output.join(', ')} }` : `${this.constructor.name} {}`;
  }
  get size() {
    return listOf(this).length;
  }
  append(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    list.push([usv(name), usv(value)]);
    changed(this);
  }
  delete(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = usv(name);
    if (value !== undefined) value = usv(value);
    for (let i = list.length - 1; i >= 0; i--)
      if (list[i][0] === name && (value === undefined || list[i][1] === value)) list.splice(i, 1);
    changed(this);
  }
  get(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = usv(name);
    return list.find((pair) => pair[0] === name)?.[1] ?? null;
  }
  getAll(name) {
    const list = listOf(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = usv(name);
    return list.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }
  has(name, value = undefined) {
    const list = listOf(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    name = usv(name);
    if (value !== undefined) value = usv(value);
    return list.some((pair) => pair[0] === name && (value === undefined || pair[1] === value));
  }
  set(name, value) {
    const list = listOf(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    name = usv(name);
    value = usv(value);
    const first = list.findIndex((pair) => pair[0] === name);
    if (first < 0) list.push([name, value]);
    else {
      list[first][1] = value;
      for (let i = list.length - 1; i > first; i--) if (list[i][0] === name) list.splice(i, 1);
    }
    changed(this);
  }
  sort() {
    const list = listOf(this);
    list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    changed(this);
  }
  entries() {
    return iterator(listOf(this), 'key+value');
  }
  forEach(callback, thisArg = undefined) {
    const list = listOf(this);
    validateFunction(callback, 'callback');
    for (let i = 0; i < list.length; i++) callback.call(thisArg, list[i][1], list[i][0], this);
  }
  keys() {
    return iterator(listOf(this), 'key');
  }
  values() {
    return iterator(listOf(this), 'value');
  }
  toString() {
    return serialize(listOf(this));
  }
}
for (const name of [
  'append',
  'delete',
  'get',
  'getAll',
  'has',
  'set',
  'size',
  'sort',
  'entries',
  'forEach',
  'keys',
  'values',
  'toString',
])
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
Object.defineProperties(URLSearchParams.prototype, {
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: { configurable: true, writable: true, value: URLSearchParams.prototype.entries },
});

const iterations = new WeakMap();
const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  next: {
    enumerable: true,
    configurable: true,
    writable: true,
    value: function next() {
      const state = iterations.get(this);
      if (state === undefined) throw new codes.ERR_INVALID_THIS('URLSearchParamsIterator');
      if (state.index >= state.list.length) return { value: undefined, done: true };
      const [name, value] = state.list[state.index++];
      return { value: state.kind === 'key' ? name : state.kind === 'value' ? value : [name, value], done: false };
    },
  },
  [inspectCustom]: {
    enumerable: false,
    configurable: true,
    writable: true,
    value: function (recurseTimes, ctx) {
      const state = iterations.get(this);
      if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
      const { inspect } = require('internal/util/inspect');
      const rest = state.list
        .slice(state.index)
        .map(([name, value]) => (state.kind === 'key' ? name : state.kind === 'value' ? value : [name, value]));
      const output = rest.map((item) => inspect(item, { ...ctx, depth: recurseTimes }));
      return `URLSearchParams Iterator { ${output.join(', ')} }`;
    },
  },
  [Symbol.toStringTag]: { configurable: true, value: 'URLSearchParams Iterator' },
});
const iterator = (list, kind) => {
  const result = Object.create(iteratorPrototype);
  iterations.set(result, { list, kind, index: 0 });
  return result;
};

// --- URL --------------------------------------------------------------------------------------------------------------------------

/** Parts of URLs: href, origin, protocol, username, password, host, hostname, port, pathname, search, hash. */
const states = new WeakMap();
const params = new WeakMap();
const stateOf = (self) => {
  const state = states.get(self);
  if (state === undefined) throw new TypeError('Receiver must be an instance of class URL');
  return state;
};
const partNames = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
];
const fromParts = (parts) => {
  const state = {};
  for (let i = 0; i < partNames.length; i++) state[partNames[i]] = parts[i];
  return state;
};

const updateSearch = (url, query) => {
  const parts = binding.set(stateOf(url).href, 'search', query);
  if (parts !== undefined) states.set(url, fromParts(parts));
};

const invalidUrl = (input, base) => {
  const error = new codes.ERR_INVALID_URL();
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
};

class URL {
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = `${input}`.toWellFormed();
    if (base !== undefined) base = `${base}`.toWellFormed();
    const parts = binding.parse(input, base);
    if (parts === undefined) throw invalidUrl(input, base);
    states.set(this, fromParts(parts));
  }
  static canParse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return binding.parse(`${input}`, base === undefined ? undefined : `${base}`) !== undefined;
  }
  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    const parts = binding.parse(`${input}`, base === undefined ? undefined : `${base}`);
    if (parts === undefined) return null;
    const url = Object.create(URL.prototype);
    states.set(url, fromParts(parts));
    return url;
  }
  static createObjectURL(object) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('obj');
    return require('internal/blob').createObjectURL(object);
  }
  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(`${url}`);
  }
  [inspectCustom](depth, options) {
    stateOf(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const constructor = this.constructor || URL;
    const object = Object.create({ constructor });
    for (const name of [
      'href',
      'origin',
      'protocol',
      'username',
      'password',
      'host',
      'hostname',
      'port',
      'pathname',
      'search',
      'searchParams',
      'hash',
    ])
      object[name] = this[name];
    return `${constructor.name} ${require('internal/util/inspect').inspect(object, options)}`.replace(
      /^(\S+) \1 /,
      '$1 ',
    );
  }
  toString() {
    return stateOf(this).href;
  }
  get href() {
    return stateOf(this).href;
  }
  set href(value) {
    stateOf(this);
    value = `${value}`;
    const parts = binding.parse(value);
    if (parts === undefined) throw invalidUrl(value);
    states.set(this, fromParts(parts));
    refreshParams(this);
  }
  get origin() {
    return stateOf(this).origin;
  }
  get searchParams() {
    stateOf(this);
    let result = params.get(this);
    if (result === undefined) {
      result = new URLSearchParams(stateOf(this).search);
      owners.set(result, this);
      params.set(this, result);
    }
    return result;
  }
  toJSON() {
    return stateOf(this).href;
  }
}
const refreshParams = (url) => {
  const known = params.get(url);
  if (known === undefined) return;
  const list = lists.get(known);
  list.length = 0;
  list.push(...parseParams(stateOf(url).search.slice(1)));
};
for (const name of ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
  const accessor = Object.getOwnPropertyDescriptor(
    {
      get [name]() {
        return stateOf(this)[name];
      },
      set [name](value) {
        const parts = binding.set(stateOf(this).href, name, `${value}`.toWellFormed());
        if (parts !== undefined) states.set(this, fromParts(parts));
        if (name === 'search') refreshParams(this);
      },
    },
    name,
  );
  Object.defineProperty(URL.prototype, name, accessor);
}
for (const name of ['toString', 'href', 'origin', 'searchParams', 'toJSON'])
  Object.defineProperty(URL.prototype, name, { enumerable: true });
for (const name of ['canParse', 'parse', 'createObjectURL', 'revokeObjectURL'])
  Object.defineProperty(URL, name, { enumerable: true });
Object.defineProperty(URL.prototype, Symbol.toStringTag, { configurable: true, value: 'URL' });

// --- files ------------------------------------------------------------------------------------------------------------------------

const isURL = (value) => Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);

function fileURLToPath(path, options = undefined) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  if (options?.windows) {
    const { pathname } = path;
    if (/%(?:2f|5c)/i.test(pathname))
      throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded \\ or / characters');
    const text = decodeURIComponent(pathname.replaceAll('/', '\\'));
    if (path.hostname !== '') return `\\\\${path.hostname}${text}`;
    if (!/^\\[A-Za-z]:/.test(text)) throw new codes.ERR_INVALID_FILE_URL_PATH('must be absolute');
    return text.slice(1);
  }
  if (path.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST('linux');
  const { pathname } = path;
  if (/%2f/i.test(pathname)) {
    const error = new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
    error.input = path;
    throw error;
  }
  return decodeURIComponent(pathname);
}
function fileURLToPathBuffer(path, options) {
  return Buffer.from(fileURLToPath(path, options));
}

function pathToFileURL(filepath, options = undefined) {
  validateString(filepath, 'path');
  const { win32, posix } = require('path');
  const windows = options?.windows ?? false;
  let resolved = (windows ? win32 : posix).resolve(filepath);
  const last = filepath.at(-1);
  if ((last === '/' || (windows && last === '\\')) && !resolved.endsWith(windows ? '\\' : '/')) resolved += '/';
  const text = resolved
    .replaceAll('%', '%25')
    .replaceAll(windows ? '\u0000' : '\\', windows ? '%00' : '%5C')
    .replaceAll('\n', '%0A')
    .replaceAll('\r', '%0D')
    .replaceAll('\t', '%09')
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  return new URL(windows ? `file:///${text.replaceAll('\\', '/')}` : `file://${text}`);
}

function urlToHttpOptions(url) {
  validateObject(url, 'url', { allowArray: true, allowFunction: true });
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = {
  domainToASCII: (domain) => binding.domainToASCII(`${domain}`),
  domainToUnicode: (domain) => {
    const text = binding.domainToASCII(`${domain}`);
    return require('internal/punycode').toUnicode(text);
  },
  fileURLToPath,
  fileURLToPathBuffer,
  isURL,
  pathToFileURL,
  URL,
  URLSearchParams,
  urlToHttpOptions,
};
