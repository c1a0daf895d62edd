// Builds everything that ships, and the test bundles, with esbuild. All of it is CommonJS: dist/package.json says so.
//
//   dist/extension.cjs          VS Code's extension host loads it (`vscode` stays external)
//   dist/cli.js                 the `bailout` command: subcommands, and the code cache that loads the next ones
//   dist/engine-worker.js       the engine's thread: the same code cache, the same engine.cjs
//   dist/engine.cjs             the engine; dist/debugger.cjs and turbofan.cjs are parts of it that come later (engine-bundles.ts)
//   dist/adapter.cjs            the debug adapter, for `bailout dap`
//   dist/iced-x86.cjs, .wasm    encoder and decoder, loaded by the first machine code
//   dist/swc-typescript.cjs, .wasm, typescript.cjs   JavaScript of TypeScript, loaded by the first such file
//   dist/node-library.txt       Node's library: JavaScript for the engine to run
//   dist/node-library.code      the same, compiled
//   dist/startup-snapshot.bin   the engine's memory after its bootstrap
//   dist/library-code.bin       compiled code of what is written in JavaScript around the language
//   dist/*.bin                  code caches of engine.cjs, turbofan.cjs, debugger.cjs, adapter.cjs and iced-x86.cjs
//   dist/THIRD-PARTY-NOTICES.txt   whose code that is
//   dist/language-server.js     hovers and jumps in listings
//   dist/panel.js, panel.css    the drawn bailout, for a webview
//   dist/machine.js, machine.css   the machine view, for another
//   dist/test/…                 suites that run inside VS Code, and the scripted engine of the adapter's tests
//
// `--minify-syntax` because it inlines enum members across modules: the interpreter's and emulator's switches then have
// literal labels. Names stay readable; what the code cache loads has no comments and is ASCII. A dynamic import of another bundle's entry becomes a `require` of that bundle.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { buildEngine, engineBundles, engineEntry } from './engine-bundles.ts';
import { icedBundle, icedEntry, icedLazily, icedWasm } from './iced-x86-lazily.ts';
import { layoutLiterals } from './layout-literals.ts';
import { writeNodeLibrary } from './node-library.ts';
import { thirdPartyNotices } from './notices.ts';
import { latePackages, latestAcorn, packagesLazily } from './packages-lazily.ts';
import {
  swcApart,
  swcBundle,
  swcEntry,
  typeScriptBundle,
  typeScriptEntry,
  typeScriptLazily,
} from './typescript-lazily.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

interface Bundle {
  readonly entry: string;
  readonly out: string;
  readonly external?: readonly string[];
  /** Loaded through the code cache (src/cli/code-cache.ts). */
  readonly cached?: true;
  /** Holds iced-x86 itself: it runs without the code cache, which alone can load dist/iced-x86.cjs. */
  readonly withIced?: true;
  /** A script for a webview. */
  readonly isWeb?: true;
  /** A package by itself, as it is. */
  readonly isPackage?: true;
  /** Part of the tests, not of the product. */
  readonly test?: true;
}

const bundles: readonly Bundle[] = [
  { entry: 'src/extension/extension.ts', out: 'dist/extension.cjs', external: ['vscode'] },
  { entry: 'src/cli/main.ts', out: 'dist/cli.js' },
  { entry: 'src/cli/engine-worker.ts', out: 'dist/engine-worker.js' },
  { entry: 'src/adapter/index.ts', out: 'dist/adapter.cjs', cached: true },
  { entry: path.relative(root, icedEntry), out: `dist/${icedBundle}`, cached: true, isPackage: true },
  { entry: path.relative(root, swcEntry), out: `dist/${swcBundle}`, cached: true, isPackage: true },
  { entry: path.relative(root, typeScriptEntry), out: `dist/${typeScriptBundle}`, cached: true, isPackage: true },
  ...latePackages.map(
    ({ entry, bundle }): Bundle => ({
      entry: path.relative(root, entry),
      out: `dist/${bundle}`,
      cached: true,
      isPackage: true,
    }),
  ),
  { entry: 'src/language/server.ts', out: 'dist/language-server.js', withIced: true },
  { entry: 'src/panel/main.tsx', out: 'dist/panel.js', isWeb: true },
  { entry: 'src/panel/panel.css', out: 'dist/panel.css', isWeb: true },
  { entry: 'src/panel/machine.tsx', out: 'dist/machine.js', isWeb: true },
  { entry: 'src/panel/machine.css', out: 'dist/machine.css', isWeb: true },
  { entry: 'test/vscode/suite/index.ts', out: 'dist/test/vscode/index.cjs', external: ['vscode', 'mocha'], test: true },
  { entry: 'test/adapter/fake-engine.ts', out: 'dist/test/fake-engine.js', test: true },
  { entry: 'test/adapter/fake-adapter.ts', out: 'dist/test/fake-adapter.js', test: true },
];

/** Bundles are loaded apart: `import('…')` of another bundle's entry is a `require` of that bundle. */
const apart: esbuild.Plugin = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir, kind }) => {
      if (kind !== 'dynamic-import') return undefined;
      const entry = path.relative(root, path.resolve(resolveDir, specifier));
      const out = engineBundles[entry] ?? bundles.find((candidate) => candidate.entry === entry)?.out;
      return out === undefined ? undefined : { path: `./${path.basename(out)}`, external: true };
    });
  },
};

/** Stands for the hash of the bundle that it stands in. */
const buildIdPlace = '@bailout-build@@';

/** What src/cli/code-cache.ts asks of bundles: module functions, ASCII, behind the hash of what they are made of. */
function identify(texts: readonly string[]): string[] {
  const hash = createHash('sha256').update(readFileSync(icedWasm));
  for (const text of texts) hash.update(text);
  const id = hash.digest('hex').slice(0, 16);
  return texts.map((text) => {
    // esbuild escapes all but regular expressions.
    const ascii = text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const body = ascii.replaceAll(buildIdPlace, id);
    return `/* ${id} */ (function (exports, require, module, __filename, __dirname) { ${body}\n})\n`;
  });
}

const identified: esbuild.Plugin = {
  name: 'identified',
  setup(build) {
    build.onEnd(({ outputFiles = [] }) => {
      for (const { path: file, contents, text } of outputFiles) {
        if (!file.endsWith('.cjs')) {
          writeFileSync(file, contents);
          continue;
        }
        writeFileSync(file, identify([text])[0]!);
      }
    });
  },
};

/** What the source may ask for: `import.meta.url`, and BAILOUT_BUILD_ID where there is one. */
const banner = `"use strict";
const importMetaUrl$ = require('node:url').pathToFileURL(__filename).href;`;
const identifiedBanner = `${banner}\nconst buildId$ = '${buildIdPlace}';`;

function webOptions(bundle: Bundle, production: boolean): esbuild.BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    bundle: true,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    minify: production,
    metafile: true,
    // A webview could not load it.
    sourcemap: production ? false : 'inline',
    logLevel: 'warning',
  };
}

function options(bundle: Bundle, production: boolean): esbuild.BuildOptions {
  if (bundle.isWeb) return webOptions(bundle, production);
  const isOurs = bundle.isPackage !== true;
  const isCompiler = bundle.entry === path.relative(root, typeScriptEntry);
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: [...(bundle.external ?? [])],
    mainFields: ['module', 'main'],
    minifySyntax: true,
    ...(bundle.cached || production ? { minifyWhitespace: true, lineLimit: 160 } : {}),
    // A code cache holds a word for each name.
    ...(bundle.cached ? { minifyIdentifiers: true } : {}),
    keepNames: false,
    metafile: true,
    sourcemap: production || isCompiler ? false : 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    supported: { 'dynamic-import': false },
    ...(isOurs
      ? {
          define: { 'import.meta.url': 'importMetaUrl$', 'process.env.BAILOUT_BUILD_ID': 'buildId$' },
          banner: { js: bundle.cached ? identifiedBanner : banner },
        }
      : {}),
    plugins: [
      apart,
      ...(isOurs ? [typeScriptLazily, packagesLazily, latestAcorn, layoutLiterals] : [swcApart(dist)]),
      ...(isOurs && !bundle.withIced ? [icedLazily] : []),
      ...(bundle.cached ? [identified] : []),
    ],
    ...(bundle.cached ? { write: false } : {}),
  };
}

/** Writes the engine's bundles, one build id for all of them. @returns what they are made of */
async function writeEngine(production: boolean): Promise<readonly string[]> {
  const common = options({ entry: engineEntry, out: engineBundles[engineEntry]!, cached: true }, production);
  const plugins = common.plugins!.filter((plugin) => plugin !== identified);
  const { built, inputs } = await buildEngine({ ...common, plugins });
  const texts = identify(built.map(({ text }) => text));
  for (const [i, { file, map }] of built.entries()) {
    const mapped = common.sourcemap === false ? '' : `//# sourceMappingURL=${file}.map\n`;
    writeFileSync(path.join(dist, file), texts[i]! + mapped);
    if (mapped !== '') writeFileSync(path.join(dist, `${file}.map`), map);
  }
  return inputs;
}

/** The startup snapshot and the library's code; then code caches, as a warm-up leaves them: what a short program needs is inside, compiled. */
function warmUp(): void {
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', BAILOUT_CACHE: dist },
      input: '',
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`build: node ${args.join(' ')} failed\n${stderr}`);
  };
  const removeCaches = () => {
    for (const name of readdirSync(dist)) if (/-v.*\.bin$/.test(name)) rmSync(path.join(dist, name));
  };
  removeCaches();
  run('--import', 'tsx', 'scripts/write-snapshot.ts');
  removeCaches();
  run('dist/cli.js', 'run', 'examples/shape-change.js');
  run('dist/cli.js', 'report', 'examples/shape-change.js');
  run('dist/cli.js', 'dap');
}

async function build(production: boolean): Promise<void> {
  if (production) await rm(dist, { recursive: true, force: true });
  await mkdir(path.join(dist, 'test'), { recursive: true });
  writeFileSync(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  const wanted = bundles.filter((bundle) => !(production && bundle.test));
  // esbuild prints its own messages; one broken bundle does not keep the others from being written.
  const engine = writeEngine(production);
  const built = await Promise.allSettled(wanted.map((bundle) => esbuild.build(options(bundle, production))));
  const engineInputs = await engine.catch(() => undefined);
  const libraryInputs = await writeNodeLibrary(root, path.join(dist, 'node-library.txt'));
  await copyFile(icedWasm, path.join(dist, path.basename(icedWasm)));
  const broken = wanted.filter((_, i) => built[i]!.status === 'rejected').map((bundle) => bundle.out);
  if (engineInputs === undefined) broken.push(engineBundles[engineEntry]!);
  if (broken.length > 0) {
    console.error(`build: ${broken.join(', ')} could not be built`);
    process.exitCode = 1;
    return;
  }
  const inputs = built.flatMap((result, i) =>
    result.status === 'fulfilled' && !wanted[i]!.test ? Object.keys(result.value.metafile?.inputs ?? {}) : [],
  );
  writeFileSync(
    path.join(dist, 'THIRD-PARTY-NOTICES.txt'),
    thirdPartyNotices(root, [...inputs, ...engineInputs!, ...libraryInputs]),
  );
  warmUp();
}

await build(process.argv.includes('--production'));
