// What a URL holds, by its scheme, extension, MIME type and package; and what import attributes must say then.

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleError } from './module-error.ts';
import type { PackageJsonReader } from './package-json.ts';

/** 'ambiguous': JavaScript whose text decides. */
export type ModuleFormat = 'builtin' | 'commonjs' | 'module' | 'json' | 'ambiguous' | 'addon';

const formats: Readonly<Record<string, ModuleFormat>> = {
  '.cjs': 'commonjs',
  '.mjs': 'module',
  '.json': 'json',
  '.node': 'addon',
  '.cts': 'commonjs',
  '.mts': 'module',
};

/** What the package or the text decides. */
const undecided = ['.js', '', '.ts', '.tsx', '.jsx'];

const javaScriptMime = /^\s*(?:text|application)\/javascript\s*(?:;\s*charset=utf-?8\s*)?$/i;

/** Throws ModuleError for what cannot be imported. */
export const formatOf = (url: URL, packages: PackageJsonReader): ModuleFormat => {
  switch (url.protocol) {
    case 'node:':
      return 'builtin';
    case 'data:':
      return dataFormat(url);
    case 'file:':
      return fileFormat(fileURLToPath(url), packages);
    default:
      throw unsupportedScheme(url);
  }
};

const dataFormat = (url: URL): ModuleFormat => {
  const mime = /^([^/]+\/[^;,]+)(?:;[^,]*)?,/.exec(url.pathname)?.[1] ?? null;
  if (mime !== null && javaScriptMime.test(mime)) return 'module';
  if (mime === 'application/json') return 'json';
  throw new ModuleError({
    kind: 'RangeError',
    code: 'ERR_UNKNOWN_MODULE_FORMAT',
    message: `Unknown module format: ${mime} for URL ${url.href}`,
  });
};

const fileFormat = (path: string, packages: PackageJsonReader): ModuleFormat => {
  const extension = extname(path);
  if (/\.[cm]?ts$/.test(path) && path.includes('/node_modules/')) throw typesInPackage(path);
  if (undecided.includes(extension)) return packages.scopeOf(path)?.type ?? 'ambiguous';
  const format = formats[extension];
  if (format !== undefined) return format;
  throw new ModuleError({
    kind: 'TypeError',
    code: 'ERR_UNKNOWN_FILE_EXTENSION',
    message: `Unknown file extension "${extension}" for ${path}`,
  });
};

/** Packages come as JavaScript. */
export const typesInPackage = (path: string): ModuleError =>
  new ModuleError({
    code: 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
    message: `Stripping types is currently unsupported for files under node_modules, for "${path}"`,
  });

const unsupportedScheme = (url: URL): ModuleError => {
  const schemes = /^https?:$/.test(url.protocol) ? 'file and data' : 'file, data, and node';
  return new ModuleError({
    code: 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
    message: `Only URLs with a scheme in: ${schemes} are supported by the default ESM loader. Received protocol '${url.protocol}'`,
  });
};

const attributeError = (code: string, message: string): ModuleError =>
  new ModuleError({ kind: 'TypeError', code, message });

/** An attribute that nothing has. */
export const unsupportedAttribute = (key: string, value: string, url: string): ModuleError =>
  attributeError(
    'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED',
    `Import attribute "${key}" with value "${value}" is not supported in ${url}`,
  );

/** JSON is imported `with { type: 'json' }`, everything else without a type. Throws ModuleError. */
export const checkTypeAttribute = (url: string, format: ModuleFormat, type: string | undefined): void => {
  if (format === 'addon') return;
  if (type === undefined) {
    if (format === 'json')
      throw attributeError('ERR_IMPORT_ATTRIBUTE_MISSING', `Module "${url}" needs an import attribute of "type: json"`);
    return;
  }
  if (type !== 'json') throw unsupportedAttribute('type', type, url);
  if (format !== 'json')
    throw attributeError('ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', `Module "${url}" is not of type "${type}"`);
};
