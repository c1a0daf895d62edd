// url: the WHATWG classes, and the old parser (the url package).

const { codes } = require('internal/errors');
const old = require('internal/packages/url');
const modern = require('internal/url');

const checked = (input) => {
  if (typeof input !== 'string' && !(input instanceof old.Url))
    throw new codes.ERR_INVALID_ARG_TYPE('url', 'string', input);
};

const parseAsItDoes = (url, parseQueryString, slashesDenoteHost) => {
  if (url instanceof old.Url) return url;
  checked(url);
  return old.parse(url, parseQueryString, slashesDenoteHost);
};
function parse(url, parseQueryString, slashesDenoteHost) {
  require('internal/deprecations').warnOutsideNodeModules(
    'DEP0169',
    '`url.parse()` behavior is not standardized and prone to errors that have security implications. Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
    parse,
  );
  return parseAsItDoes(url, parseQueryString, slashesDenoteHost);
}
function resolve(from, to) {
  return parseAsItDoes(from, false, true).resolve(to);
}
function resolveObject(from, to) {
  return from ? parseAsItDoes(from, false, true).resolveObject(to) : to;
}

function format(object, options) {
  if (typeof object === 'string') object = parseAsItDoes(object);
  else if (typeof object !== 'object' || object === null)
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], object);
  else if (modern.isURL(object)) {
    let { fragment = true, unicode = false, search = true, auth = true } = options ?? {};
    fragment = Boolean(fragment);
    let result = object.protocol;
    const { host, hostname, port, username, password } = object;
    if (object.href.startsWith(`${object.protocol}//`)) {
      result += '//';
      if (auth && (username !== '' || password !== ''))
        result += `${username}${password !== '' ? `:${password}` : ''}@`;
      result += unicode ? `${modern.domainToUnicode(hostname)}${port !== '' ? `:${port}` : ''}` : host;
    }
    result += object.pathname;
    if (search) result += object.search;
    if (fragment) result += object.hash;
    return result;
  }
  return old.Url.prototype.format.call(object instanceof old.Url ? object : Object.assign(new old.Url(), object));
}

module.exports = {
  Url: old.Url,
  parse,
  resolve,
  resolveObject,
  format,
  URL: modern.URL,
  URLPattern: undefined,
  URLSearchParams: modern.URLSearchParams,
  domainToASCII: modern.domainToASCII,
  domainToUnicode: modern.domainToUnicode,
  pathToFileURL: modern.pathToFileURL,
  fileURLToPath: modern.fileURLToPath,
  fileURLToPathBuffer: modern.fileURLToPathBuffer,
  urlToHttpOptions: modern.urlToHttpOptions,
};
delete module.exports.URLPattern;
