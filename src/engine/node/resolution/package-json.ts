// package.json files: what resolution asks of them, read once each.

import { dirname, join } from 'node:path';
import type { FileQuestions } from './file-questions.ts';
import { invalidPackageConfig } from './module-error.ts';

export type PackageTarget = string | null | readonly PackageTarget[] | { readonly [condition: string]: PackageTarget };

export interface PackageConfig {
  /** The path of the file. */
  readonly path: string;
  readonly name?: string;
  readonly main?: string;
  readonly type?: 'module' | 'commonjs';
  /** undefined where the field is neither text nor object nor array. */
  readonly exports?: PackageTarget;
  readonly imports?: { readonly [specifier: string]: PackageTarget };
}

const parse = (path: string, text: string): PackageConfig | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name, main, type, exports, imports } = value as Record<string, unknown>;
  return {
    path,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof main === 'string' ? { main } : {}),
    ...(type === 'module' || type === 'commonjs' ? { type } : {}),
    ...(typeof exports === 'string' || (typeof exports === 'object' && exports !== null)
      ? { exports: exports as PackageTarget }
      : {}),
    ...(typeof imports === 'object' && imports !== null
      ? { imports: imports as PackageConfig['imports'] & object }
      : {}),
  };
};

export class PackageJsonReader {
  private readonly files: FileQuestions;
  /** undefined: there is none; 'invalid': it is no JSON object. */
  private readonly byPath = new Map<string, PackageConfig | 'invalid' | undefined>();
  private readonly scopes = new Map<string, PackageConfig | undefined>();

  constructor(files: FileQuestions) {
    this.files = files;
  }

  /** The package.json at `path`; `importer` is named when it is broken. Throws ModuleError. */
  read(path: string, importer?: string): PackageConfig | undefined {
    if (!this.byPath.has(path)) {
      let config: PackageConfig | 'invalid' | undefined;
      if (this.files.kindOf(path) === 'file') config = parse(path, this.files.readFile(path)) ?? 'invalid';
      this.byPath.set(path, config);
    }
    const config = this.byPath.get(path);
    if (config === 'invalid') throw invalidPackageConfig(path, importer);
    return config;
  }

  /** The package that a file belongs to: the nearest package.json above it, but not above a node_modules. Throws ModuleError. */
  scopeOf(file: string): PackageConfig | undefined {
    const folder = dirname(file);
    if (this.scopes.has(folder)) return this.scopes.get(folder);
    const config = folder.endsWith('/node_modules')
      ? undefined
      : (this.read(join(folder, 'package.json')) ?? (folder === '/' ? undefined : this.scopeOf(folder)));
    this.scopes.set(folder, config);
    return config;
  }
}
