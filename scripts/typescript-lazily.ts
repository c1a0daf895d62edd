// esbuild plugins: what makes JavaScript of TypeScript is loaded when the first such file is met, from bundles of its own.
//
//   src/engine/node/typescript/libraries.ts   → `require('./swc-typescript.cjs')`, `require('./typescript.cjs')`
//   @swc/wasm-typescript                      its WebAssembly stands beside dist/swc-typescript.cjs, not in it as text

import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

export const swcEntry = require.resolve('@swc/wasm-typescript');
export const swcBundle = 'swc-typescript.cjs';
const swcWasm = 'swc-typescript.wasm';
export const typeScriptEntry = require.resolve('classic-typescript');
export const typeScriptBundle = 'typescript.cjs';

const libraries = `
export const loadSwc = () => require('./${swcBundle}');
export const loadTypeScript = () => require('./${typeScriptBundle}');
`;

export const typeScriptLazily: Plugin = {
  name: 'typescript-lazily',
  setup(build) {
    build.onLoad({ filter: /node[\\/]typescript[\\/]libraries\.ts$/ }, () => ({ contents: libraries, loader: 'js' }));
    build.onResolve({ filter: /^\.\/(?:swc-)?typescript\.cjs$/ }, ({ path: name }) => ({ path: name, external: true }));
  },
};

/** Takes the WebAssembly out of the package's module. @param dist where it goes */
export const swcApart = (dist: string): Plugin => ({
  name: 'swc-apart',
  setup(build) {
    build.onLoad({ filter: /wasm-typescript[\\/]wasm\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const match = /Buffer\.from\('([A-Za-z0-9+/=]{1000,})', 'base64'\)/.exec(text);
      if (match === null) throw new Error(`no WebAssembly in ${file}: look how the package keeps it now`);
      writeFileSync(path.join(dist, swcWasm), Buffer.from(match[1]!, 'base64'));
      const read = `require('node:fs').readFileSync(require('node:path').join(__dirname, '${swcWasm}'))`;
      return { contents: text.replace(match[0], () => read), loader: 'js' };
    });
  },
});
