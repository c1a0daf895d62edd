// ES module resolution: from a specifier and the importer's URL to a URL ("Modules: ECMAScript modules", ESM_RESOLVE).

import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CommonJsPaths, nodeModulePaths } from './commonjs-paths.ts';
import type { FileQuestions, WarningSink } from './file-questions.ts';
import {
  directoryImport,
  invalidSpecifier,
  ModuleError,
  moduleNotFound,
  packageNotFound,
  unsupportedRequest,
} from './module-error.ts';
import { type Importer, PackageMaps } from './package-exports.ts';
import { type PackageConfig, PackageJsonReader } from './package-json.ts';
import { TsConfigs } from './tsconfig.ts';
import { asksAsTypeScript, TypeScriptPaths } from './typescript-paths.ts';

export const importConditions: ReadonlySet<string> = new Set(['node', 'import', 'module-sync', 'node-addons']);

/** What `main` may leave out, and where the entry is without it. */
const mainSuffixes = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];
const indexFiles = ['index.js', 'index.json', 'index.node'];
const requireExtensions = ['.js', '.json', '.node'];

const isRelativeSpecifier = (specifier: string): boolean => /^\.{1,2}(?:$|\/)/.test(specifier);
const isPathSpecifier = (specifier: string): boolean => specifier.startsWith('/') || isRelativeSpecifier(specifier);

export interface ModuleResolverOptions {
  readonly files: FileQuestions;
  readonly warn: WarningSink;
  /** Whether a built-in module may be asked for by this name without `node:`. */
  isBuiltin(name: string): boolean;
  currentDirectory(): string;
}

export class ModuleResolver {
  readonly packages: PackageJsonReader;
  readonly commonJs: CommonJsPaths;
  readonly tsConfigs: TsConfigs;
  readonly typeScript: TypeScriptPaths;
  private readonly files: FileQuestions;
  private readonly options: ModuleResolverOptions;
  private readonly maps: PackageMaps;

  constructor(options: ModuleResolverOptions) {
    this.options = options;
    this.files = options.files;
    this.packages = new PackageJsonReader(options.files);
    this.maps = new PackageMaps(options.warn, (specifier, packageJson, conditions) =>
      this.package(specifier, pathToFileURL(packageJson), conditions),
    );
    this.commonJs = new CommonJsPaths(options.files, this.packages, this.maps, options.warn);
    this.tsConfigs = new TsConfigs(options.files);
    this.typeScript = new TypeScriptPaths(options.files, this.packages, this.tsConfigs);
  }

  /** The URL that `specifier` means in the module `parent` (a URL). Throws ModuleError. */
  resolve(specifier: string, parent: string): string {
    const absolute = isPathSpecifier(specifier) ? undefined : parseUrl(specifier);
    if (absolute?.protocol === 'data:') return absolute.href;
    if (absolute?.protocol === 'node:') return specifier;
    const importer = parent.startsWith('file:') ? fileURLToPath(parent) : '';
    const alias = this.typeScript.alias(specifier, importer);
    if (alias !== undefined) return pathToFileURL(alias).href;
    try {
      const url = this.module(specifier, parent);
      // a package.json that is broken is noticed where Node notices it
      if (url.protocol === 'file:' && ['.js', ''].includes(extname(url.pathname)))
        this.packages.scopeOf(fileURLToPath(url));
      return url.href;
    } catch (error) {
      if (
        !(error instanceof ModuleError) ||
        (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'ERR_UNSUPPORTED_DIR_IMPORT')
      )
        throw error;
      const found = this.typeScript.relative(specifier, importer) ?? this.asCompiled(specifier, importer);
      if (found !== undefined) return pathToFileURL(found).href;
      throw this.withHint(error, specifier.startsWith('file://') ? fileURLToPath(specifier) : specifier, parent);
    }
  }

  /** What a TypeScript file's import means once it is compiled to require(): `package/file` without its extension. */
  private asCompiled(specifier: string, importer: string): string | undefined {
    if (!asksAsTypeScript(importer) || isPathSpecifier(specifier) || parseUrl(specifier) !== undefined)
      return undefined;
    try {
      return this.commonJs.find(specifier, nodeModulePaths(resolve(importer, '..')), requireExtensions);
    } catch (error) {
      if (error instanceof ModuleError) return undefined;
      throw error;
    }
  }

  /** The file that `request` means to require() in the file `parent`. Throws ModuleError. */
  require(request: string, parent: string): string | undefined {
    const folder = resolve(parent, '..');
    return (
      this.typeScript.alias(request, parent) ??
      (request.startsWith('#') ? this.commonJs.findImport(request, parent) : undefined) ??
      this.commonJs.findSelf(request, parent) ??
      this.commonJs.find(
        request,
        isRelativeSpecifier(request) ? [folder] : nodeModulePaths(folder),
        requireExtensions,
      ) ??
      this.typeScript.relative(request, parent)
    );
  }

  /** `module.findPackageJSON`: the package.json of a package, or of the file that a specifier means. Throws ModuleError. */
  findPackageJson(specifier: string, base: string): string | undefined {
    const parent = base.startsWith('/') ? pathToFileURL(base) : new URL(base);
    if (specifier !== '' && !/^[./]/.test(specifier) && !URL.canParse(specifier)) {
      const importer = { path: fileURLToPath(parent), text: parent.href };
      return this.packageConfig(packageName(specifier, importer.path).name, specifier, importer).path;
    }
    let url: string;
    try {
      url = this.resolve(specifier, parent.href);
    } catch (error) {
      if (!(error instanceof ModuleError) || error.code !== 'ERR_UNSUPPORTED_DIR_IMPORT') throw error;
      url = error.parts.properties!.url!;
    }
    return this.packages.scopeOf(fileURLToPath(url))?.path;
  }

  private module(specifier: string, parent: string): URL {
    let url: URL;
    if (isPathSpecifier(specifier)) {
      const relative = parseUrl(specifier, parent);
      if (relative === undefined) throw unsupportedRequest(specifier, parent);
      url = relative;
    } else if (parent.startsWith('file:') && specifier.startsWith('#')) {
      const path = fileURLToPath(parent);
      url = this.maps.resolveImports(this.packages.scopeOf(path), specifier, { path, text: parent }, importConditions);
    } else {
      const absolute = parseUrl(specifier);
      if (absolute === undefined && parent.startsWith('data:') && !this.options.isBuiltin(specifier))
        throw unsupportedRequest(specifier, parent);
      url = absolute ?? this.package(specifier, new URL(parent), importConditions);
    }
    return url.protocol === 'file:' ? this.finalize(url, parent) : url;
  }

  /** PACKAGE_RESOLVE. */
  private package(specifier: string, parent: URL, conditions: ReadonlySet<string>): URL {
    if (this.options.isBuiltin(specifier)) return new URL(`node:${specifier}`);
    const importer: Importer = { path: fileURLToPath(parent), text: parent.href };
    const { name, subpath } = packageName(specifier, importer.path);
    const config = this.packageConfig(name, specifier, importer);
    if (config.exports !== undefined) return this.maps.resolveExports(config, subpath, importer, conditions);
    if (subpath === '.') return this.legacyMain(config, importer.path);
    return new URL(subpath, pathToFileURL(config.path));
  }

  /** The package's own package.json, or the nearest node_modules that has the package (with an empty one if need be). */
  private packageConfig(name: string, specifier: string, { path }: Importer): PackageConfig {
    const self = this.packages.scopeOf(path);
    if (self?.exports !== undefined && self.name === name) return self;
    for (const folder of nodeModulePaths(resolve(path, '..'))) {
      if (this.files.kindOf(`${folder}/${name}`) !== 'directory') continue;
      const file = `${folder}/${name}/package.json`;
      return this.packages.read(file, `"${specifier}" from ${path}`) ?? { path: file };
    }
    throw packageNotFound(name, path);
  }

  private legacyMain({ path, main }: PackageConfig, importer: string): URL {
    const folder = resolve(path, '..');
    const candidates = [
      ...(main === undefined ? [] : mainSuffixes.map((suffix) => resolve(folder, `${main || './'}${suffix}`))),
      ...indexFiles.map((file) => resolve(folder, file)),
    ];
    const found = candidates.find((candidate) => this.files.kindOf(candidate) === 'file');
    if (found === undefined) throw packageNotFound(candidates[0]!, importer, true);
    this.warnOfLegacyMain(folder, main, found, importer);
    return pathToFileURL(found);
  }

  private warnOfLegacyMain(folder: string, main: string | undefined, found: string, importer: string): void {
    const isModule =
      found.endsWith('.mjs') || (found.endsWith('.js') && this.packages.scopeOf(found)?.type === 'module');
    if (!isModule) return;
    const rest = found.slice(folder.length + 1);
    if (!main)
      this.options.warn(
        `No "main" or "exports" field defined in the package.json for ${folder}/ resolving the main entry point "${rest}", ` +
          `imported from ${importer}.\nDefault "index" lookups for the main are deprecated for ES modules.`,
        'DeprecationWarning',
        'DEP0151',
      );
    else if (resolve(folder, main) !== found)
      this.options.warn(
        `Package ${folder}/ has a "main" field set to "${main}", excluding the full filename and extension to the resolved file ` +
          `at "${rest}", imported from ${importer}.\n Automatic extension resolution of the "main" field is deprecated for ES modules.`,
        'DeprecationWarning',
        'DEP0151',
      );
  }

  /** A file URL must name a file; links are followed. */
  private finalize(url: URL, parent: string): URL {
    const importer = parent.startsWith('file:') ? fileURLToPath(parent) : parent;
    if (/%2f|%5c/i.test(url.pathname))
      throw invalidSpecifier(url.pathname, 'must not include encoded "/" or "\\" characters', importer);
    if (url.host !== '' && url.host !== 'localhost')
      throw new ModuleError({
        kind: 'TypeError',
        code: 'ERR_INVALID_FILE_URL_HOST',
        message: 'File URL host must be "localhost" or empty on linux',
        properties: { input: url.href, module: parent },
        messageFirst: true,
      });
    const path = fileURLToPath(url);
    const kind = this.files.kindOf(path);
    if (kind === 'directory') throw directoryImport(path, importer, url.href);
    if (kind !== 'file' || path.endsWith('/')) throw moduleNotFound(path, importer, url.href);
    const real = pathToFileURL(this.files.realpath(path));
    real.search = url.search;
    real.hash = url.hash;
    return real;
  }

  /** What Node's require() would have found: relative paths from the current directory. */
  private withHint(error: ModuleError, specifier: string, parent: string): ModuleError {
    const found = this.asCommonJs(specifier, parent);
    if (found === undefined || found === specifier) return error;
    const message = `${error.message}\nDid you mean to import ${JSON.stringify(found)}?`;
    return new ModuleError({ ...error.parts, message });
  }

  private asCommonJs(specifier: string, parent: string): string | undefined {
    let found: string | undefined;
    try {
      const isRelative = isRelativeSpecifier(specifier);
      const folders = isRelative ? [this.options.currentDirectory()] : nodeModulePaths(fileURLToPath(parent));
      found = this.commonJs.find(specifier, folders, requireExtensions);
    } catch {
      return undefined;
    }
    if (found === undefined) return undefined;
    if (isRelativeSpecifier(specifier)) {
      const from = new URL('.', parent).pathname.split('/').slice(1, -1);
      const to = pathToFileURL(found).pathname.split('/').slice(1);
      let common = 0;
      while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
      const relative = [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
      return relative.startsWith('../') ? relative : `./${relative}`;
    }
    if (specifier === '' || specifier.startsWith('/')) return found;
    const name = specifier.split('/', 1)[0]!;
    const needle = `/node_modules/${name}/`;
    const at = found.lastIndexOf(needle);
    if (at < 0) return pathToFileURL(found).href;
    return `${name}/${found
      .slice(at + needle.length)
      .split('/')
      .map(encodeURIComponent)
      .join('/')}`;
  }
}

/** `@scope/name/sub/path` → the package's name and `./sub/path`. */
const packageName = (specifier: string, importer: string): { readonly name: string; readonly subpath: string } => {
  const first = specifier.indexOf('/');
  const isScoped = specifier.startsWith('@');
  const end = isScoped && first >= 0 ? specifier.indexOf('/', first + 1) : first;
  const name = end < 0 ? specifier : specifier.slice(0, end);
  if ((isScoped && first < 0) || /^\.|%|\\/.test(name))
    throw invalidSpecifier(specifier, 'is not a valid package name', importer);
  return { name, subpath: end < 0 ? '.' : `.${specifier.slice(end)}` };
};

const parseUrl = (text: string, base?: string): URL | undefined =>
  URL.canParse(text, base) ? new URL(text, base) : undefined;
