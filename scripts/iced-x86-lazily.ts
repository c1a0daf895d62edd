// An esbuild plugin: in bundles, iced-x86 is loaded when the first instruction is encoded or decoded, not at start-up (half a
// megabyte of glue and its WebAssembly cost as much as everything else that a short program needs).
//
//   import { Code, Encoder } from 'iced-x86'
//     Code, Register, … (frozen tables of numbers)  → a TypeScript enum of the same members, which esbuild inlines
//     Encoder, Instruction, … (classes), Mnemonic   → a property of `require('./iced-x86.cjs')`, read at each use
//
// dist/iced-x86.cjs is the package's own file, minified; its .wasm stands beside it.

import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/** The package's own module. */
export const icedEntry = require.resolve('iced-x86');
export const icedWasm = path.join(path.dirname(icedEntry), 'iced_x86_bg.wasm');
export const icedBundle = 'iced-x86.cjs';

const isIdentifier = /^[A-Za-z_]\w*$/;

/** What is read from the package at run time: classes, and the table that is only looked up by computed names. */
const isLate = (name: string, value: unknown): boolean => typeof value === 'function' || name === 'Mnemonic';

/** The package as a TypeScript module: enums in full, the rest from `classes`. */
function facade(classes: string): string {
  const exports: Readonly<Record<string, unknown>> = require('iced-x86');
  const names: string[] = [];
  let text = '';
  for (const [name, value] of Object.entries(exports)) {
    if (name.startsWith('__')) continue;
    if (isLate(name, value)) names.push(name);
    else {
      const members = Object.entries(value as object).filter(([member]) => isIdentifier.test(member));
      text += `export enum ${name} { ${members.map(([member, number]) => `${member} = ${number}`).join(', ')} }\n`;
    }
  }
  return `${text}export { ${names.join(', ')} } from '${classes}';\n`;
}

/** A CommonJS module whose properties load the package when they are read. */
function classes(): string {
  const names = Object.entries(require('iced-x86')).filter(([name, value]) => isLate(name, value));
  const getters = names.map(([name]) => `  get ${name}() { return iced().${name}; },\n`).join('');
  return `let loaded;\nconst iced = () => (loaded ??= require('./${icedBundle}'));\nmodule.exports = {\n${getters}};\n`;
}

export const icedLazily: Plugin = {
  name: 'iced-x86-lazily',
  setup(build) {
    const namespace = 'iced-x86';
    build.onResolve({ filter: /^iced-x86(\/classes)?$/ }, ({ path }) => ({ path, namespace, sideEffects: false }));
    build.onResolve({ filter: /^\.\/iced-x86\.cjs$/, namespace }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /^iced-x86$/, namespace }, () => ({ contents: facade('iced-x86/classes'), loader: 'ts' }));
    build.onLoad({ filter: /^iced-x86\/classes$/, namespace }, () => ({ contents: classes(), loader: 'js' }));
  },
};
