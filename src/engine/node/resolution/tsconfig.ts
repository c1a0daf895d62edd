// tsconfig.json (jsconfig.json) files: what running a program asks of them, with what they extend.

import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { nodeModulePaths } from './commonjs-paths.ts';
import type { FileQuestions } from './file-questions.ts';

/** Compiler options that change what runs; anything may stand in the file. */
export interface TsOptions {
  readonly verbatimModuleSyntax?: boolean;
  readonly useDefineForClassFields?: boolean;
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  /** JSON files are modules as they are. */
  readonly resolveJsonModule?: boolean;
  readonly module?: unknown;
  readonly esModuleInterop?: boolean;
  readonly target?: unknown;
  readonly jsx?: unknown;
  readonly jsxFactory?: unknown;
  readonly jsxFragmentFactory?: unknown;
  readonly jsxImportSource?: unknown;
}

export interface TsConfig {
  readonly path: string;
  readonly options: TsOptions;
  /** Absolute. */
  readonly baseUrl?: string;
  /** Patterns and what they stand for, absolute. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class TsConfigs {
  private readonly files: FileQuestions;
  private readonly byFolder = new Map<string, TsConfig | undefined>();

  constructor(files: FileQuestions) {
    this.files = files;
  }

  /** The configuration of a file: the nearest one above it. Packages have none. */
  of(file: string): TsConfig | undefined {
    return /[\\/]node_modules[\\/]/.test(file) ? undefined : this.ofFolder(dirname(file));
  }

  private ofFolder(folder: string): TsConfig | undefined {
    if (this.byFolder.has(folder)) return this.byFolder.get(folder);
    const path = ['tsconfig.json', 'jsconfig.json'].map((name) => join(folder, name)).find((name) => this.isFile(name));
    const parent = dirname(folder);
    const config = path !== undefined ? this.read(path) : parent === folder ? undefined : this.ofFolder(parent);
    this.byFolder.set(folder, config);
    return config;
  }

  private isFile(path: string): boolean {
    return this.files.kindOf(path) === 'file';
  }

  private read(path: string): TsConfig {
    const { options, ...rest } = this.merged(path, dirname(path), new Set());
    return { path, options, ...rest };
  }

  private merged(path: string, leaf: string, seen: Set<string>): Omit<TsConfig, 'path'> {
    let result: Omit<TsConfig, 'path'> = { options: {}, paths: [] };
    if (seen.has(path)) return result;
    const json = this.json(path);
    const folder = dirname(path);
    for (const name of [json.extends ?? []].flat()) {
      const base = typeof name === 'string' ? this.extended(name, folder) : undefined;
      if (base === undefined) continue;
      const inherited = this.merged(base, leaf, new Set([...seen, path]));
      result = {
        ...result,
        ...inherited,
        options: { ...result.options, ...inherited.options },
        paths: inherited.paths.length > 0 ? inherited.paths : result.paths,
      };
    }
    const own = isObject(json.compilerOptions) ? json.compilerOptions : {};
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the compiler's variable
    const absolute = (name: string): string => resolve(folder, name.replace('${configDir}', leaf));
    const baseUrl = typeof own.baseUrl === 'string' ? absolute(own.baseUrl) : result.baseUrl;
    const pathsBase = baseUrl ?? folder;
    const paths = isObject(own.paths)
      ? Object.entries(own.paths).map(([pattern, targets]): readonly [string, readonly string[]] => [
          pattern,
          [targets ?? []]
            .flat()
            .filter((target): target is string => typeof target === 'string')
            .map((target) => (target.startsWith('$') ? absolute(target) : resolve(pathsBase, target))),
        ])
      : result.paths;
    return { options: { ...result.options, ...own }, paths, ...(baseUrl === undefined ? {} : { baseUrl }) };
  }

  /** What cannot be read says nothing. */
  private json(path: string): Json {
    try {
      const value: unknown = parse(this.files.readFile(path).replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
      return isObject(value) ? value : {};
    } catch {
      return {};
    }
  }

  private extended(name: string, folder: string): string | undefined {
    const isPath = /^\.{1,2}(?:[\\/]|$)/.test(name) || isAbsolute(name);
    const places = isPath ? [folder] : nodeModulePaths(folder);
    for (const place of places) {
      const path = resolve(place, name);
      const found = [path, `${path}.json`, join(path, 'tsconfig.json')].find((candidate) => this.isFile(candidate));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
