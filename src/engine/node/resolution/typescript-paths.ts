// What a request means in a TypeScript file beyond what it means in Node: `paths` and `baseUrl` of its configuration, names
// without extensions, and the `.js` that a `.ts` will be compiled to.

import { resolve } from 'node:path';
import type { FileQuestions } from './file-questions.ts';
import type { PackageJsonReader } from './package-json.ts';
import type { TsConfigs } from './tsconfig.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** A file whose requests are TypeScript's, by its name. */
export const asksAsTypeScript = (file: string): boolean => /\.(?:[cm]?ts|[jt]sx)$/.test(file);

export class TypeScriptPaths {
  private readonly files: FileQuestions;
  private readonly packages: PackageJsonReader;
  private readonly configs: TsConfigs;

  constructor(files: FileQuestions, packages: PackageJsonReader, configs: TsConfigs) {
    this.files = files;
    this.packages = packages;
    this.configs = configs;
  }

  /** What the importer's configuration says; undefined: nothing. */
  alias(request: string, importer: string): string | undefined {
    if (!asksAsTypeScript(importer) || /^(?:\.{0,2}\/|\.{1,2}$|#|node:|data:|file:)/.test(request)) return undefined;
    const config = this.configs.of(importer);
    if (config === undefined) return undefined;
    for (const target of matches(config.paths, request)) {
      const found = this.find(target);
      if (found !== undefined) return found;
    }
    return config.baseUrl === undefined ? undefined : this.find(resolve(config.baseUrl, request));
  }

  /** What a relative request names that Node finds nothing for. */
  relative(request: string, importer: string): string | undefined {
    if (!asksAsTypeScript(importer) || !/^(?:\.{0,2}\/|\.{1,2}$)/.test(request)) return undefined;
    return this.find(resolve(importer, '..', request));
  }

  private find(path: string): string | undefined {
    const file = this.file(path);
    if (file !== undefined) return file;
    if (this.files.kindOf(path) !== 'directory') return undefined;
    const main = this.packages.read(`${path}/package.json`)?.main;
    return (main === undefined ? undefined : this.file(resolve(path, main))) ?? this.file(`${path}/index`);
  }

  private file(path: string): string | undefined {
    const extension = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
    const candidates = [
      path,
      ...(sources[extension] ?? []).map((source) => path.slice(0, -extension.length) + source),
      ...extensions.map((added) => path + added),
    ];
    const found = candidates.find((candidate) => this.files.kindOf(candidate) === 'file');
    return found === undefined ? undefined : this.files.realpath(found);
  }
}

/** Targets of the pattern that fits best: an exact name, else the longest text before the `*`. */
const matches = (paths: readonly (readonly [string, readonly string[]])[], request: string): readonly string[] => {
  let best: { readonly length: number; readonly targets: readonly string[] } | undefined;
  for (const [pattern, targets] of paths) {
    if (pattern === request) return targets;
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (request.length < before.length + after.length || !request.startsWith(before) || !request.endsWith(after))
      continue;
    if (best !== undefined && best.length >= before.length) continue;
    const matched = request.slice(before.length, request.length - after.length);
    best = { length: before.length, targets: targets.map((target) => target.replace('*', () => matched)) };
  }
  return best?.targets ?? [];
};
