// `exports` and `imports` of package.json: PACKAGE_EXPORTS_RESOLVE, PACKAGE_IMPORTS_RESOLVE and PACKAGE_TARGET_RESOLVE of Node's
// "Modules: Packages". Results are URLs; whether a file is there is asked by whoever asked.

import { fileURLToPath, pathToFileURL } from 'node:url';
import type { WarningSink } from './file-questions.ts';
import {
  importNotDefined,
  invalidPackageConfig,
  invalidPackageTarget,
  invalidSpecifier,
  ModuleError,
  notExported,
} from './module-error.ts';
import type { PackageConfig, PackageTarget } from './package-json.ts';

/** Who asks: `path` names the importer in messages, `text` is how Node writes it in one of them. */
export interface Importer {
  readonly path: string;
  readonly text: string;
}

/** One question to one package. */
interface Query {
  readonly config: PackageConfig;
  readonly folder: string;
  readonly field: 'exports' | 'imports';
  readonly importer: Importer | undefined;
  readonly conditions: ReadonlySet<string>;
  /** The key of the map that was chosen. */
  readonly match: string;
  /** What the key's `*` stands for; undefined without one. */
  readonly wildcard: string | undefined;
  readonly endsInSlash: boolean;
}

/** `#dep` → a package of another name. */
export type BareTargetResolver = (specifier: string, packageJson: string, conditions: ReadonlySet<string>) => URL;

const encodedName = [...'node_modules']
  .map((c) =>
    c === '_'
      ? '(?:_|%5f)'
      : `(?:${c}|%${c.charCodeAt(0).toString(16)}|%${c.toUpperCase().charCodeAt(0).toString(16)})`,
  )
  .join('');
const dots = '(?:\\.|%2e)(?:\\.|%2e)?';
/** A segment that may not be there: `.`, `..`, `node_modules`, however encoded, or nothing. */
const invalidSegment = new RegExp(`(?:^|\\\\|/)(?:${dots}|${encodedName})?(?:\\\\|/|$)`, 'i');
const forbiddenSegment = new RegExp(`(?:^|\\\\|/)(?:${dots}|${encodedName})(?:\\\\|/|$)`, 'i');

const isObject = (target: PackageTarget): target is { readonly [condition: string]: PackageTarget } =>
  typeof target === 'object' && target !== null && !Array.isArray(target);

const isArrayIndex = (key: string): boolean => `${+key}` === key && +key >= 0 && +key < 0xffff_ffff;

export class PackageMaps {
  private readonly warn: WarningSink;
  private readonly resolveBare: BareTargetResolver;
  private readonly warned = new Set<string>();

  constructor(warn: WarningSink, resolveBare: BareTargetResolver) {
    this.warn = warn;
    this.resolveBare = resolveBare;
  }

  /** `subpath` is '.' or begins with './'. Throws ModuleError. */
  resolveExports(
    config: PackageConfig,
    subpath: string,
    importer: Importer | undefined,
    conditions: ReadonlySet<string>,
  ): URL {
    const folder = folderOf(config);
    const { exports } = config;
    const map: { readonly [key: string]: PackageTarget } = this.isSugar(config, importer)
      ? { '.': exports! }
      : (exports as { readonly [key: string]: PackageTarget });
    const query = { config, folder, field: 'exports', importer, conditions } as const;
    const found = this.lookUp(map, subpath, query, !subpath.endsWith('/'));
    if (found === undefined || found === null) throw notExported(folder, subpath, importer?.path);
    return found;
  }

  /** `name` begins with '#'. Throws ModuleError. */
  resolveImports(
    config: PackageConfig | undefined,
    name: string,
    importer: Importer,
    conditions: ReadonlySet<string>,
  ): URL {
    if (name === '#' || name.endsWith('/'))
      throw invalidSpecifier(name, 'is not a valid internal imports specifier name', importer.path);
    const folder = config === undefined ? undefined : folderOf(config);
    if (config?.imports !== undefined) {
      const query = { config, folder: folder!, field: 'imports', importer, conditions } as const;
      const found = this.lookUp(config.imports, name, query, true);
      if (found !== undefined && found !== null) return found;
    }
    throw importNotDefined(name, folder, importer.path);
  }

  /** Whether `exports` is the main target itself: text, an array or an object of conditions. */
  private isSugar({ exports, path }: PackageConfig, importer: Importer | undefined): boolean {
    if (!isObject(exports!)) return true;
    const keys = Object.keys(exports);
    const isSugar = keys.length > 0 && !keys[0]!.startsWith('.');
    if (keys.some((key) => !key.startsWith('.') !== isSugar))
      throw invalidPackageConfig(
        path,
        importer?.text,
        '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object of ' +
          'package subpath keys or an object of main entry condition name keys only.',
      );
    return isSugar;
  }

  /** The exact key, else the most specific pattern. undefined: no key, or no condition holds; null: excluded. */
  private lookUp(
    map: { readonly [key: string]: PackageTarget },
    request: string,
    query: Omit<Query, 'match' | 'wildcard' | 'endsInSlash'>,
    mayBeExact: boolean,
  ): URL | null | undefined {
    if (mayBeExact && Object.hasOwn(map, request) && !request.includes('*'))
      return this.target(map[request]!, { ...query, match: request, wildcard: undefined, endsInSlash: false });
    let best: { readonly key: string; readonly wildcard: string } | undefined;
    for (const key of Object.keys(map)) {
      const star = key.indexOf('*');
      if (star < 0 || !request.startsWith(key.slice(0, star))) continue;
      if (query.field === 'exports' && request.endsWith('/')) this.warnOfTrailingSlash(request, query);
      const trailer = key.slice(star + 1);
      if (request.length < key.length || !request.endsWith(trailer) || key.lastIndexOf('*') !== star) continue;
      if (best !== undefined && !isMoreSpecific(key, best.key)) continue;
      best = { key, wildcard: request.slice(star, request.length - trailer.length) };
    }
    if (best === undefined) return undefined;
    const endsInSlash = query.field === 'exports' && request.endsWith('/');
    return this.target(map[best.key]!, { ...query, match: best.key, wildcard: best.wildcard, endsInSlash });
  }

  private target(target: PackageTarget, query: Query): URL | null | undefined {
    if (typeof target === 'string') return this.textTarget(target, query);
    if (target === null) return null;
    if (Array.isArray(target)) return this.firstTarget(target, query);
    if (!isObject(target)) throw this.invalid(target, query);
    const keys = Object.keys(target);
    if (keys.some(isArrayIndex))
      throw invalidPackageConfig(
        query.config.path,
        query.importer?.text,
        '"exports" cannot contain numeric property keys.',
      );
    for (const key of keys) {
      if (key !== 'default' && !query.conditions.has(key)) continue;
      const found = this.target(target[key]!, query);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The first target of an array that is valid and there. */
  private firstTarget(targets: readonly PackageTarget[], query: Query): URL | null | undefined {
    let last: ModuleError | null | undefined = targets.length === 0 ? null : undefined;
    for (const target of targets) {
      try {
        const found = this.target(target, query);
        if (found !== undefined && found !== null) return found;
        if (found === null) last = null;
      } catch (error) {
        if (!(error instanceof ModuleError) || error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        last = error;
      }
    }
    if (last instanceof ModuleError) throw last;
    return last;
  }

  private textTarget(target: string, query: Query): URL {
    const { field, wildcard, match, config, importer } = query;
    const fill = (text: string): string => (wildcard === undefined ? text : text.replaceAll('*', () => wildcard));
    if (!target.startsWith('./')) {
      if (field === 'imports' && !target.startsWith('/') && !target.startsWith('../') && !URL.canParse(target))
        return this.resolveBare(fill(target), config.path, query.conditions);
      throw this.invalid(target, query);
    }
    const request = wildcard === undefined ? match : match.replace('*', () => wildcard);
    if (invalidSegment.test(target.slice(2))) {
      if (forbiddenSegment.test(target.slice(2))) throw this.invalid(target, query);
      if (!query.endsInSlash) this.warnOfSegment(fill(target), request, target, query);
    }
    const url = new URL(target, pathToFileURL(config.path));
    if (!url.pathname.startsWith(new URL('.', pathToFileURL(config.path)).pathname)) throw this.invalid(target, query);
    if (wildcard === undefined || wildcard === '') return url;
    if (invalidSegment.test(wildcard)) {
      if (forbiddenSegment.test(wildcard))
        throw invalidSpecifier(
          request,
          `request is not a valid match in pattern "${match}" for the "${field}" resolution of ${config.path}`,
          importer?.path,
        );
      if (!query.endsInSlash) this.warnOfSegment(fill(target), request, request, query);
    }
    return new URL(fill(url.href));
  }

  private invalid(target: unknown, { folder, match, field, importer }: Query): ModuleError {
    return invalidPackageTarget(folder, match, target, field === 'imports', importer?.path);
  }

  private warnOfTrailingSlash(
    request: string,
    { config, importer }: { config: PackageConfig; importer: Importer | undefined },
  ): void {
    const key = `${config.path}|${request}`;
    if (this.warned.has(key)) return;
    this.warned.add(key);
    this.warn(
      `Use of deprecated trailing slash pattern mapping "${request}" in the "exports" field module resolution of the package at ${
        config.path
      }${importer === undefined ? '' : ` imported from ${importer.path}`}. Mapping specifiers ending in "/" is no longer supported.`,
      'DeprecationWarning',
      'DEP0155',
    );
  }

  private warnOfSegment(target: string, request: string, inspected: string, query: Query): void {
    const { match, field, config, importer } = query;
    const what = /[/\\][/\\]/.test(inspected) ? 'double slash' : 'leading or trailing slash matching';
    this.warn(
      `Use of deprecated ${what} resolving "${target}" for module request "${request}" ${
        request === match ? '' : `matched to "${match}" `
      }in the "${field}" field module resolution of the package at ${config.path}${
        importer === undefined ? '' : ` imported from ${importer.path}`
      }.`,
      'DeprecationWarning',
      'DEP0166',
    );
  }
}

const folderOf = ({ path }: PackageConfig): string => fileURLToPath(new URL('.', pathToFileURL(path)));

/** PATTERN_KEY_COMPARE: longer before its star, then longer. */
const isMoreSpecific = (key: string, than: string): boolean => {
  const base = key.indexOf('*');
  const thanBase = than.indexOf('*');
  return base === thanBase ? key.length > than.length : base > thanBase;
};
