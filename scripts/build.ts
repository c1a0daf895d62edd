// Builds everything that ships, and the test bundles, with esbuild.
//
//   dist/extension.cjs          VS Code's extension host loads it (CommonJS; `vscode` stays external)
//   dist/cli.js                 the `bailout` command; `bailout dap` is the debug adapter
//   dist/engine-worker.js       the engine's thread
//   dist/collector-worker.js    the collector's threads
//   dist/language-server.js     hovers and jumps in listings
//   dist/test/…                 suites that run inside VS Code, and the scripted engine of the adapter's tests
//
// `--minify-syntax` because it inlines enum members across modules: the interpreter's and emulator's switches then have
// literal labels. Names and whitespace stay readable.

import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

interface Bundle {
  readonly entry: string;
  readonly out: string;
  readonly format?: 'cjs';
  readonly external?: readonly string[];
  /** Part of the tests, not of the product. */
  readonly test?: true;
  /** May be absent until the folder it belongs to has landed. */
  readonly optional?: true;
}

const bundles: readonly Bundle[] = [
  { entry: 'src/extension/extension.ts', out: 'dist/extension.cjs', format: 'cjs', external: ['vscode'] },
  { entry: 'src/cli/main.ts', out: 'dist/cli.js' },
  { entry: 'src/engine/debug/worker.ts', out: 'dist/engine-worker.js' },
  { entry: 'src/engine/heap/collector-worker.ts', out: 'dist/collector-worker.js', optional: true },
  { entry: 'src/language/server.ts', out: 'dist/language-server.js' },
  {
    entry: 'test/vscode/suite/index.ts',
    out: 'dist/test/vscode/index.cjs',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    test: true,
  },
  { entry: 'test/adapter/fake-engine.ts', out: 'dist/test/fake-engine.js', test: true },
  { entry: 'test/adapter/fake-adapter.ts', out: 'dist/test/fake-adapter.js', test: true },
];

/** CommonJS dependencies inside an ES module bundle want `require` and `__dirname`. */
const esmBanner = [
  "import { createRequire as createRequire$ } from 'node:module';",
  "import { fileURLToPath as fileURLToPath$ } from 'node:url';",
  "const require = createRequire$(import.meta.url), __filename = fileURLToPath$(import.meta.url), __dirname = fileURLToPath$(new URL('.', import.meta.url));",
].join('\n');

function options(bundle: Bundle, production: boolean): esbuild.BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: bundle.format ?? 'esm',
    external: [...(bundle.external ?? [])],
    mainFields: ['module', 'main'],
    minifySyntax: true,
    keepNames: false,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    define: { 'process.env.BAILOUT_BUNDLED': '"1"' },
    ...(bundle.format === 'cjs' ? {} : { banner: { js: esmBanner } }),
  };
}

async function build(production: boolean): Promise<void> {
  if (production) await rm(path.join(root, 'dist'), { recursive: true, force: true });
  await mkdir(path.join(root, 'dist/test'), { recursive: true });
  const wanted = bundles.filter((bundle) => {
    if (production && bundle.test) return false;
    if (existsSync(path.join(root, bundle.entry))) return true;
    if (!bundle.optional) throw new Error(`build: entry point ${bundle.entry} is missing`);
    return false;
  });
  // esbuild prints its own messages; one broken bundle does not keep the others from being written.
  const built = await Promise.allSettled(wanted.map((bundle) => esbuild.build(options(bundle, production))));
  const iced = createRequire(import.meta.url).resolve('iced-x86');
  for (const folder of ['dist', 'dist/test']) {
    if (production && folder !== 'dist') continue;
    await copyFile(path.join(path.dirname(iced), 'iced_x86_bg.wasm'), path.join(root, folder, 'iced_x86_bg.wasm'));
  }
  const broken = wanted.filter((_, i) => built[i]!.status === 'rejected').map((bundle) => bundle.out);
  if (broken.length > 0) {
    console.error(`build: ${broken.join(', ')} could not be built`);
    process.exitCode = 1;
  }
}

async function watch(): Promise<void> {
  await build(false);
  for (const bundle of bundles) {
    if (!existsSync(path.join(root, bundle.entry))) continue;
    const context = await esbuild.context(options(bundle, false));
    await context.watch();
  }
  console.log('[watch] build finished');
}

if (process.argv.includes('--watch')) await watch();
else await build(process.argv.includes('--production'));
