// An esbuild plugin: in bundles, src/engine/layout is what its index exports, written out. The table of heap types is read when
// the bundle is made; the bundle holds neither the rows nor what reads them.
//
//   JSFunction = { Map: 0, …, Context: 16, Size: 32 }   → a TypeScript enum of the same members, which esbuild inlines
//   staticMaps = [[…], …], holeNanWord                  → a literal
//   heapTypes = () => […]                               → a literal that is made when it is first asked for
//
// So generated code and hot host code have literals where tsc and tsx see objects with typed fields.

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import * as layout from '../src/engine/layout/index.ts';

type Members = Readonly<Record<string, number | string>>;

/** Offsets of a heap type, or a TypeScript enum: numbers by name, and perhaps names by number. */
const isEnum = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, member]) =>
    /^\d+$/.test(name) ? typeof member === 'string' : typeof member === 'number',
  );

function declaration(name: string, value: unknown): string {
  if (isEnum(value)) {
    const members = Object.entries(value).filter(([, number]) => typeof number === 'number');
    return `export enum ${name} { ${members.map(([member, number]) => `${member} = ${number}`).join(', ')} }`;
  }
  if (typeof value !== 'function') return `export const ${name} = ${JSON.stringify(value)};`;
  return `let ${name}$;\nexport const ${name} = () => (${name}$ ??= ${JSON.stringify(value())});`;
}

const text = (): string =>
  Object.entries(layout)
    .map(([name, value]) => declaration(name, value))
    .join('\n');

const index = fileURLToPath(new URL('../src/engine/layout/index.ts', import.meta.url));

export const layoutLiterals: Plugin = {
  name: 'layout-literals',
  setup(build) {
    build.onLoad({ filter: /[\\/]layout[\\/]index\.ts$/ }, ({ path: file }) =>
      file === index ? { contents: text(), loader: 'ts' } : undefined,
    );
  },
};
