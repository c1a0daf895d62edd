// CommonJS resolution: from a request and the folders to look in to a file ("Modules: CommonJS modules", LOAD_AS_FILE …).

import { dirname, isAbsolute, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileQuestions, WarningSink } from './file-questions.ts';
import { commonJsNotFound, invalidSpecifier, ModuleError } from './module-error.ts';
import type { PackageMaps } from './package-exports.ts';
import type { PackageJsonReader } from './package-json.ts';

export const commonJsConditions: ReadonlySet<string> = new Set(['node', 'require', 'module-sync', 'node-addons']);

/** `name/…` and `@scope/name/…`: what may be a package. */
const packageRequest = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/;

export const isRelative = (request: string): boolean => /^\.(?:$|\/|\.$|\.\/)/.test(request);

/** `/a/b` → `/a/b/node_modules`, `/a/node_modules`, `/node_modules`. */
export const nodeModulePaths = (from: string): string[] => {
  const paths: string[] = [];
  for (let folder = resolve(from); folder !== '/'; folder = dirname(folder))
    if (!folder.endsWith('/node_modules')) paths.push(`${folder}/node_modules`);
  return [...paths, '/node_modules'];
};

export class CommonJsPaths {
  private readonly files: FileQuestions;
  private readonly packages: PackageJsonReader;
  private readonly maps: PackageMaps;
  private readonly warn: WarningSink;

  constructor(files: FileQuestions, packages: PackageJsonReader, maps: PackageMaps, warn: WarningSink) {
    this.files = files;
    this.packages = packages;
    this.maps = maps;
    this.warn = warn;
  }

  /** The file that `request` names below one of `folders`; undefined when there is none. Throws ModuleError. */
  find(request: string, folders: readonly string[], extensions: readonly string[]): string | undefined {
    const isPath = isAbsolute(request);
    const needsFolder = /(?:^|\/)\.{0,2}$/.test(request);
    const staysInside = !isRelative(request) || !normalize(request).startsWith('..');
    for (const folder of isPath ? [''] : folders) {
      if (staysInside && folder !== '' && this.files.kindOf(folder) !== 'directory') continue;
      if (!isPath) {
        const exported = this.findExported(folder, request);
        if (exported !== undefined) return exported;
      }
      const base = resolve(folder, request);
      let found: string | undefined;
      if (!needsFolder) found = this.file(base) ?? this.withExtension(base, extensions);
      if (found === undefined && this.files.kindOf(base) === 'directory')
        found = this.folder(base, extensions, request);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `#name` in the package of `parent`; undefined when that has no imports. Throws ModuleError. */
  findImport(request: string, parent: string): string | undefined {
    const config = this.packages.scopeOf(parent);
    if (config?.imports === undefined) return undefined;
    try {
      const importer = { path: parent, text: parent };
      return this.exportedFile(
        this.maps.resolveImports(config, request, importer, commonJsConditions),
        parent,
        config.path,
      );
    } catch (error) {
      if (!(error instanceof ModuleError) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      throw commonJsNotFound(`Cannot find module '${request}'`, {});
    }
  }

  /** A package that requires itself by name. Throws ModuleError. */
  findSelf(request: string, parent: string): string | undefined {
    const config = this.packages.scopeOf(parent);
    if (config?.exports === undefined || config.name === undefined) return undefined;
    const { name } = config;
    if (request !== name && !request.startsWith(`${name}/`)) return undefined;
    const importer = { path: parent, text: new URL(`file://${parent}`).href };
    const subpath = `.${request.slice(name.length)}`;
    return this.exportedFile(
      this.maps.resolveExports(config, subpath, importer, commonJsConditions),
      parent,
      dirname(config.path),
    );
  }

  private findExported(folder: string, request: string): string | undefined {
    const match = packageRequest.exec(request);
    if (match === null) return undefined;
    const path = resolve(folder, match[1]!);
    const config = this.packages.read(`${path}/package.json`);
    if (config?.exports === undefined) return undefined;
    const url = this.maps.resolveExports(config, `.${match[2] ?? ''}`, undefined, commonJsConditions);
    return this.exportedFile(url, undefined, path);
  }

  /** What exports or imports name must be a file. */
  private exportedFile(url: URL, parent: string | undefined, packagePath: string): string {
    if (url.protocol !== 'file:')
      throw new ModuleError({
        kind: 'TypeError',
        code: 'ERR_INVALID_URL_SCHEME',
        message: 'The URL must be of scheme file',
      });
    if (/%2f|%5c/i.test(url.href))
      throw invalidSpecifier(url.href, 'must not include encoded "/" or "\\" characters', parent);
    const path = fileURLToPath(url);
    const found = this.file(path);
    if (found === undefined) throw commonJsNotFound(`Cannot find module '${path}'`, { path: packagePath });
    return found;
  }

  private file(path: string): string | undefined {
    return this.files.kindOf(path) === 'file' ? this.files.realpath(path) : undefined;
  }

  private withExtension(path: string, extensions: readonly string[]): string | undefined {
    for (const extension of extensions) {
      const found = this.file(path + extension);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private folder(path: string, extensions: readonly string[], request: string): string | undefined {
    const config = this.packages.read(`${path}/package.json`);
    const index = (): string | undefined => this.withExtension(`${path}/index`, extensions);
    if (!config?.main) return index();
    const main = resolve(path, config.main);
    const found =
      this.file(main) ?? this.withExtension(main, extensions) ?? this.withExtension(resolve(main, 'index'), extensions);
    if (found !== undefined) return found;
    const instead = index();
    if (instead === undefined)
      throw commonJsNotFound(
        `Cannot find module '${main}'. Please verify that the package.json has a valid "main" entry`,
        { path: config.path, requestPath: request },
      );
    this.warn(
      `Invalid 'main' field in '${config.path}' of '${config.main}'. Please either fix that or report it to the module author`,
      'DeprecationWarning',
      'DEP0128',
    );
    return instead;
  }
}
