// Why a module cannot be found, in Node's words. The loaders make the program's exception of it.

export interface ModuleErrorParts {
  readonly kind?: 'Error' | 'TypeError' | 'RangeError' | 'SyntaxError';
  readonly code: string;
  readonly message: string;
  /** Further own properties of the error, in their order. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Errors of Node's C++ and of its CommonJS loader do not show their code in the stack. */
  readonly plain?: boolean;
  /** The message is an own property before the code, as in errors that Node hides frames of. */
  readonly messageFirst?: boolean;
  /** What a report shows above the error: file, line and carets. */
  readonly place?: string;
}

export class ModuleError extends Error {
  readonly parts: ModuleErrorParts;
  constructor(parts: ModuleErrorParts) {
    super(parts.message);
    this.parts = parts;
  }

  get code(): string {
    return this.parts.code;
  }
}

const importedFrom = (base: string | undefined): string => (base === undefined ? '' : ` imported from ${base}`);

// --- one function per code -------------------------------------------------------------------------------------------------
// `base` is the importer as a path; packages are named by their folder with its slash.

export const moduleNotFound = (path: string, base: string, url: string): ModuleError =>
  new ModuleError({
    code: 'ERR_MODULE_NOT_FOUND',
    message: `Cannot find module '${path}'${importedFrom(base)}`,
    properties: { url },
  });

export const packageNotFound = (name: string, base: string, plain = false): ModuleError =>
  new ModuleError({
    code: 'ERR_MODULE_NOT_FOUND',
    message: `Cannot find package '${name}'${importedFrom(base)}`,
    plain,
  });

export const directoryImport = (path: string, base: string, url: string): ModuleError =>
  new ModuleError({
    code: 'ERR_UNSUPPORTED_DIR_IMPORT',
    message: `Directory import '${path}' is not supported resolving ES modules${importedFrom(base)}`,
    properties: { url },
  });

export const invalidSpecifier = (request: string, reason: string, base: string | undefined): ModuleError =>
  new ModuleError({
    kind: 'TypeError',
    code: 'ERR_INVALID_MODULE_SPECIFIER',
    message: `Invalid module "${request}" ${reason}${importedFrom(base)}`,
  });

export const invalidPackageConfig = (path: string, base: string | undefined, why?: string): ModuleError =>
  new ModuleError({
    code: 'ERR_INVALID_PACKAGE_CONFIG',
    message: `Invalid package config ${path}${base === undefined ? '' : ` while importing ${base}`}.${why === undefined ? '' : ` ${why}`}`,
    plain: why === undefined,
  });

export const invalidPackageTarget = (
  folder: string,
  key: string,
  target: unknown,
  isImport: boolean,
  base: string | undefined,
): ModuleError => {
  const text = typeof target === 'object' && target !== null ? JSON.stringify(target) : `${target}`;
  const what = key === '.' ? '"exports" main target' : `"${isImport ? 'imports' : 'exports'}" target`;
  const where = key === '.' ? ' defined in' : ` defined for '${key}' in`;
  const hint = !isImport && text !== '' && !text.startsWith('./') ? '; targets must start with "./"' : '';
  return new ModuleError({
    code: 'ERR_INVALID_PACKAGE_TARGET',
    message: `Invalid ${what} ${JSON.stringify(text)}${where} the package config ${folder}package.json${importedFrom(base)}${hint}`,
  });
};

export const notExported = (folder: string, subpath: string, base: string | undefined): ModuleError =>
  new ModuleError({
    code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    message:
      subpath === '.'
        ? `No "exports" main defined in ${folder}package.json${importedFrom(base)}`
        : `Package subpath '${subpath}' is not defined by "exports" in ${folder}package.json${importedFrom(base)}`,
  });

export const importNotDefined = (specifier: string, folder: string | undefined, base: string): ModuleError =>
  new ModuleError({
    kind: 'TypeError',
    code: 'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    message: `Package import specifier "${specifier}" is not defined${
      folder === undefined ? '' : ` in package ${folder}package.json`
    }${importedFrom(base)}`,
  });

export const unsupportedRequest = (specifier: string, base: string): ModuleError =>
  new ModuleError({
    kind: 'TypeError',
    code: 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
    message: `Failed to resolve module specifier "${specifier}" from "${base}": Invalid relative URL or base scheme is not hierarchical.`,
  });

export const unknownBuiltin = (specifier: string): ModuleError =>
  new ModuleError({ code: 'ERR_UNKNOWN_BUILTIN_MODULE', message: `No such built-in module: ${specifier}` });

/** A file that CommonJS resolution was led to by a package and that is not there. */
export const commonJsNotFound = (message: string, properties: Readonly<Record<string, string>>): ModuleError =>
  new ModuleError({ code: 'MODULE_NOT_FOUND', message, properties, plain: true });
