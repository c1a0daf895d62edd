// An esbuild plugin: packages that a short program does not need are bundles of their own, loaded when a function of theirs is read.
//
//   import { parse } from 'jsonc-parser'   → a property of `require('./jsonc-parser.cjs')`, read at each use

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

interface LatePackage {
  /** Its ES module, which bundles well (a UMD module's own `require` does not). */
  readonly module: string;
  /** What of it is used. */
  readonly members: readonly string[];
}

const packages: Readonly<Record<string, LatePackage>> = {
  'cjs-module-lexer': { module: 'dist/lexer.mjs', members: ['initSync', 'parse'] },
  'jsonc-parser': { module: 'lib/esm/main.js', members: ['parse'] },
};

/** The modules of these packages, and the bundles that they become. */
export const latePackages = Object.entries(packages).map(([name, { module }]) => ({
  entry: path.join(root, 'node_modules', name, module),
  bundle: `${name}.cjs`,
}));

function facade(name: string): string {
  const getters = packages[name]!.members.map((member) => `  get ${member}() { return load().${member}; },\n`).join('');
  return `let loaded;\nconst load = () => (loaded ??= require('./${name}.cjs'));\nmodule.exports = {\n${getters}};\n`;
}

export const packagesLazily: Plugin = {
  name: 'packages-lazily',
  setup(build) {
    const namespace = 'late-package';
    build.onResolve({ filter: /^[a-z]/ }, ({ path: name, kind }) =>
      packages[name] !== undefined && kind === 'import-statement'
        ? { path: name, namespace, sideEffects: false }
        : undefined,
    );
    build.onResolve({ filter: /\.cjs$/, namespace }, ({ path: name }) => ({ path: name, external: true }));
    build.onLoad({ filter: /./, namespace }, ({ path: name }) => ({ contents: facade(name), loader: 'js' }));
  },
};

/** acorn prepares the Unicode properties of every edition of the language when it loads. It parses the latest one here, only. */
export const latestAcorn: Plugin = {
  name: 'latest-acorn',
  setup(build) {
    build.onLoad({ filter: /acorn[\\/]dist[\\/]acorn\.mjs$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const editions = 'list = [9, 10, 11, 12, 13, 14]';
      if (!text.includes(editions)) throw new Error(`no '${editions}' in ${file}: look how acorn does it now`);
      return { contents: text.replace(editions, 'list = [14]'), loader: 'js' };
    });
  },
};
