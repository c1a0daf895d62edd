// Programs made of texts, for tests of the rules that read types.

import { createRequire } from 'node:module';
import type TypeScript from 'classic-typescript';

export const ts: typeof TypeScript = createRequire(import.meta.url)('classic-typescript');

const options: TypeScript.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
};
const host = ts.createCompilerHost(options);
const libraries = new Map<string, TypeScript.SourceFile | undefined>();

/** The name of one of a program's own files; undefined for libraries. */
export const nameOf = (file: string): string | undefined => (file.startsWith('/p/') ? file.slice(3) : undefined);

/** A program of these files. */
export const programOf = (texts: Readonly<Record<string, string>>): TypeScript.Program =>
  ts.createProgram(
    Object.keys(texts).map((name) => `/p/${name}`),
    options,
    {
      ...host,
      directoryExists: () => true,
      fileExists: (file) => nameOf(file) !== undefined || host.fileExists(file),
      getSourceFile: (file, target) => {
        const text = texts[nameOf(file) ?? ''];
        if (text !== undefined) return ts.createSourceFile(file, text, target, true);
        if (!libraries.has(file)) libraries.set(file, host.getSourceFile(file, target));
        return libraries.get(file);
      },
    },
  );
