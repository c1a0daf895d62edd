// path: one implementation of what both systems share, and what each has of its own.

const { validateObject, validateString } = require('internal/validators');

const isLetter = (text, i) => /[A-Za-z]/.test(text[i] ?? '');

/** Resolves . and .. in a path without root. */
const normalizeParts = (path, allowAbove, separator) => {
  const result = [];
  for (const part of path.split(separator === '/' ? '/' : /[\\/]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') result.push(part);
    else if (result.length > 0 && result[result.length - 1] !== '..') result.pop();
    else if (allowAbove) result.push('..');
  }
  return result.join(separator);
};

const isSlash = (c) => c === '/';
const isEither = (c) => c === '/' || c === '\\';

const formatWith = (separator) =>
  function format(pathObject) {
    validateObject(pathObject, 'pathObject');
    const dir = pathObject.dir || pathObject.root;
    const extension = pathObject.ext ? `${pathObject.ext[0] === '.' ? '' : '.'}${pathObject.ext}` : '';
    const base = pathObject.base || `${pathObject.name || ''}${extension}`;
    if (!dir) return base;
    return dir === pathObject.root ? `${dir}${base}` : `${dir}${separator}${base}`;
  };

/** The last part; `start` is where the root ends. */
const basenameOf = (path, suffix, start, isSeparator) => {
  let end = path.length;
  while (end > start && isSeparator(path[end - 1])) end--;
  let from = end;
  while (from > start && !isSeparator(path[from - 1])) from--;
  const base = path.slice(from, end);
  if (suffix !== undefined && suffix.length > 0 && suffix.length <= path.length) {
    if (suffix === path) return '';
    if (base.length > suffix.length && base.endsWith(suffix)) return base.slice(0, -suffix.length);
  }
  return base;
};

/** Where the separator before the last part is, at `start` or later; −1 where there is none. */
const separatorBeforeLast = (path, start, isSeparator) => {
  let inPart = false;
  for (let i = path.length - 1; i >= start; i--) {
    if (!isSeparator(path[i])) inPart = true;
    else if (inPart) return i;
  }
  return -1;
};

const extensionOf = (base) => {
  const dot = base.lastIndexOf('.');
  if (dot <= 0 || base === '..') return '';
  return base.slice(dot);
};

const globs = (isWindows) =>
  function matchesGlob(path, pattern) {
    validateString(path, 'path');
    validateString(pattern, 'pattern');
    return require('internal/glob')
      .toRegExp(pattern, isWindows)
      .test(isWindows ? path.replaceAll('\\', '/') : path);
  };

const cwd = () => process.cwd();

/** What normalizing changes: empty parts, and . and .. */
const unnormal = /\/\/|(?:^|\/)\.\.?(?:\/|$)/;

const posix = {
  resolve(...args) {
    let resolved = '';
    let absolute = false;
    for (let i = args.length - 1; i >= 0 && !absolute; i--) {
      validateString(args[i], `paths[${i}]`);
      if (args[i].length === 0) continue;
      resolved = `${args[i]}/${resolved}`;
      absolute = args[i][0] === '/';
    }
    if (!absolute) {
      const here = cwd();
      resolved = `${here}/${resolved}`;
      absolute = here[0] === '/';
    }
    const text = normalizeParts(resolved, !absolute, '/');
    if (absolute) return `/${text}`;
    return text.length > 0 ? text : '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    if (!unnormal.test(path)) return path;
    const absolute = path[0] === '/';
    const trailing = path.endsWith('/');
    let text = normalizeParts(path, !absolute, '/');
    if (text.length === 0) {
      if (absolute) return '/';
      return trailing ? './' : '.';
    }
    if (trailing) text += '/';
    return absolute ? `/${text}` : text;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return path.length > 0 && path[0] === '/';
  },
  join(...args) {
    let joined = '';
    for (let i = 0; i < args.length; i++) {
      const part = args[i];
      validateString(part, 'path');
      if (part.length > 0) joined = joined === '' ? part : `${joined}/${part}`;
    }
    return joined === '' ? '.' : posix.normalize(joined);
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    from = posix.resolve(from);
    to = posix.resolve(to);
    if (from === to) return '';
    const a = from.split('/').filter(Boolean);
    const b = to.split('/').filter(Boolean);
    let common = 0;
    while (common < a.length && common < b.length && a[common] === b[common]) common++;
    return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('/');
  },
  toNamespacedPath(path) {
    return path;
  },
  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const end = separatorBeforeLast(path, 1, isSlash);
    if (end < 0) return path[0] === '/' ? '/' : '.';
    return path[0] === '/' && end === 1 ? '//' : path.slice(0, end);
  },
  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    return basenameOf(path, suffix, 0, isSlash);
  },
  extname(path) {
    validateString(path, 'path');
    return extensionOf(basenameOf(path, undefined, 0, isSlash));
  },
  format: formatWith('/'),
  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    const absolute = path[0] === '/';
    if (absolute) result.root = '/';
    const base = basenameOf(path, undefined, absolute ? 1 : 0, isSlash);
    result.base = base;
    // as Node has it: '..' behind a root is a name with an extension
    result.ext = absolute && base === '..' && separatorBeforeLast(path, 1, isSlash) < 0 ? '.' : extensionOf(base);
    result.name = result.ext === '' ? base : base.slice(0, -result.ext.length);
    let end = path.length;
    while (end > 0 && path[end - 1] === '/') end--;
    const start = end - base.length;
    if (start > 1) result.dir = path.slice(0, start - 1);
    else if (start === 1 && absolute) result.dir = '/';
    else if (absolute) result.dir = '/';
    return result;
  },
  matchesGlob: globs(false),
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

// --- Windows ------------------------------------------------------------------------------------------------------------------

/** [device, root end, absolute]: `C:`, `\\server\share`. */
const windowsRoot = (path) => {
  const { length } = path;
  if (length === 0) return { device: '', end: 0, absolute: false };
  if (isEither(path[0])) {
    const unc = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
    if (unc !== null) {
      if (unc[1] === '.' || unc[1] === '?') return { device: `\\\\${unc[1]}`, end: 4, absolute: true };
      return { device: `\\\\${unc[1]}\\${unc[2]}`, end: unc[0].length, absolute: true, isUnc: true };
    }
    return { device: '', end: 1, absolute: true };
  }
  if (isLetter(path, 0) && path[1] === ':') {
    if (length > 2 && isEither(path[2])) return { device: path.slice(0, 2), end: 3, absolute: true };
    return { device: path.slice(0, 2), end: 2, absolute: false };
  }
  return { device: '', end: 0, absolute: false };
};

const win32 = {
  resolve(...args) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = args.length - 1; i >= -1; i--) {
      let path;
      if (i >= 0) {
        path = args[i];
        validateString(path, `paths[${i}]`);
        if (path.length === 0) continue;
      } else path = cwd();
      const root = windowsRoot(path);
      if (root.device.length > 0) {
        if (device.length > 0) {
          if (root.device.toLowerCase() !== device.toLowerCase()) continue;
        } else device = root.device;
      }
      if (absolute) {
        if (device.length > 0) break;
      } else {
        tail = `${path.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
        if (absolute && device.length > 0) break;
      }
    }
    tail = normalizeParts(tail, !absolute, '\\');
    return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
  },
  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const { device, end, absolute } = windowsRoot(path);
    if (path.length === 1) return isEither(path) ? '\\' : path;
    let tail = end < path.length ? normalizeParts(path.slice(end), !absolute, '\\') : '';
    if (tail.length === 0 && !absolute) tail = '.';
    if (tail.length > 0 && isEither(path[path.length - 1])) tail += '\\';
    if (!absolute && device === '' && path.includes(':')) {
      if (isLetter(tail, 0) && tail[1] === ':') return `.\\${tail}`;
      for (let at = path.indexOf(':'); at !== -1; at = path.indexOf(':', at + 1))
        if (at === path.length - 1 || isEither(path[at + 1])) return `.\\${tail}`;
    }
    if (device === '') return absolute ? `\\${tail}` : tail;
    return absolute ? `${device}\\${tail}` : `${device}${tail}`;
  },
  isAbsolute(path) {
    validateString(path, 'path');
    return (
      path.length > 0 &&
      (isEither(path[0]) || (path.length > 2 && isLetter(path, 0) && path[1] === ':' && isEither(path[2])))
    );
  },
  join(...args) {
    const parts = [];
    for (const part of args) {
      validateString(part, 'path');
      if (part.length > 0) parts.push(part);
    }
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // two separators at the start name a server only where the first part did
    let slashes = 0;
    let needsReplace = true;
    if (isEither(parts[0][0])) {
      slashes++;
      if (parts[0].length > 1 && isEither(parts[0][1])) {
        slashes++;
        if (parts[0].length > 2) {
          if (isEither(parts[0][2])) slashes++;
          else needsReplace = false;
        }
      }
    }
    if (needsReplace) {
      while (slashes < joined.length && isEither(joined[slashes])) slashes++;
      if (slashes >= 2) joined = `\\${joined.slice(slashes)}`;
    }
    return win32.normalize(joined);
  },
  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const fromPath = win32.resolve(from);
    const toPath = win32.resolve(to);
    if (fromPath.toLowerCase() === toPath.toLowerCase()) return '';
    const a = fromPath.split('\\').filter(Boolean);
    const b = toPath.split('\\').filter(Boolean);
    let common = 0;
    while (common < a.length && common < b.length && a[common].toLowerCase() === b[common].toLowerCase()) common++;
    if (common === 0) return toPath;
    return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('\\');
  },
  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved[0] === '\\' && resolved[1] === '\\') {
      if (resolved[2] !== '?' && resolved[2] !== '.') return `\\\\?\\UNC\\${resolved.slice(2)}`;
    } else if (isLetter(resolved, 0) && resolved[1] === ':' && resolved[2] === '\\') return `\\\\?\\${resolved}`;
    return resolved;
  },
  dirname(path) {
    validateString(path, 'path');
    const { length } = path;
    if (length === 0) return '.';
    if (length === 1) return isEither(path) ? path : '.';
    const root = windowsRoot(path);
    let rootEnd = root.end;
    if (root.isUnc) {
      if (rootEnd === length) return path;
      rootEnd++;
    }
    const end = separatorBeforeLast(path, rootEnd, isEither);
    if (end >= 0) return path.slice(0, end);
    return rootEnd === 0 ? '.' : path.slice(0, rootEnd);
  },
  basename(path, suffix) {
    if (suffix !== undefined) validateString(suffix, 'suffix');
    validateString(path, 'path');
    const start = path.length >= 2 && isLetter(path, 0) && path[1] === ':' ? 2 : 0;
    return basenameOf(path, suffix, start, isEither);
  },
  extname(path) {
    validateString(path, 'path');
    return extensionOf(win32.basename(path));
  },
  format: formatWith('\\'),
  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    const root = windowsRoot(path);
    let rootEnd = root.end;
    if (root.isUnc && rootEnd < path.length) rootEnd++;
    if (rootEnd > 0) result.root = path.slice(0, rootEnd);
    const base = basenameOf(path, undefined, rootEnd, isEither);
    result.base = base;
    result.ext = extensionOf(base);
    result.name = result.ext === '' ? base : base.slice(0, -result.ext.length);
    let end = path.length;
    while (end > rootEnd && isEither(path[end - 1])) end--;
    const start = end - base.length;
    result.dir = start > rootEnd ? path.slice(0, start - 1) : result.root;
    return result;
  },
  matchesGlob: globs(true),
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

posix.win32 = win32.win32 = win32;
posix.posix = win32.posix = posix;
win32._makeLong = win32.toNamespacedPath;
posix._makeLong = posix.toNamespacedPath;

module.exports = posix;
