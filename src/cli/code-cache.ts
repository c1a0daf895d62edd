// V8's code cache for the bundles of dist/ (*.cjs). Compiling the engine costs ten times what reading its bytecode back costs.
//
//   engine.cjs        /* <build id> */ (function (exports, require, module, __filename, __dirname) { … })
//   engine-v20….bin   V8's cached data, sealed (src/engine/sealed)      made by the build, after a warm-up: lazily compiled functions are inside
//
// Invariant: what runs is what the bundle says. V8 looks for no damage in what it is given, and crashes on it; so a cache of
// another build, or with one byte changed, is not looked at. One of another V8 or with other V8 flags, V8 refuses. Then
// the bundle is compiled from its text, and a cache is left in the user's cache directory for the next time. Nothing here may
// keep a program from running: every failure means "no cache".

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { Script } from 'node:vm';
import { openSealed, sealedFile } from '../engine/sealed/index.ts';

const idLength = 16;
const idStart = '/* '.length;

/** Where caches go that did not come with the product. */
function userCacheDirectory(): string {
  const { BAILOUT_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (BAILOUT_CACHE) return BAILOUT_CACHE;
  const base =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? homedir())
      : process.platform === 'darwin'
        ? path.join(homedir(), 'Library/Caches')
        : (XDG_CACHE_HOME ?? path.join(homedir(), '.cache'));
  return path.join(base, 'bailout');
}

/** Sets a flag of the V8 that runs us. `node:v8` loads streams: only a start without a cache waits for it. */
const setFlag = (flag: string): void => {
  const v8: typeof import('node:v8') = createRequire(import.meta.url)('node:v8');
  v8.setFlagsFromString(flag);
};

const idIn = (source: string): string => source.slice(idStart, idStart + idLength);

/** The build id of a bundle. */
export const buildIdOf = (filename: string): string => idIn(readFileSync(filename, 'latin1'));

/** The cached data of build `id` in `file`. */
function readCache(file: string, id: string): Uint8Array | undefined {
  try {
    return openSealed(readFileSync(file), id, path.basename(file));
  } catch {
    return undefined;
  }
}

function writeCache(file: string, id: string, script: Script): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const fresh = `${file}.${process.pid}`;
    setFlag('--flush-bytecode'); // the cache is for these flags
    writeFileSync(fresh, sealedFile(id, path.basename(file), [script.createCachedData()]));
    renameSync(fresh, file); // whole or not at all, whoever else is writing
  } catch {
    // A read-only home: compile every time.
  }
}

/** The bundle's module function, from its cache where there is one. */
function compile(filename: string): (...args: unknown[]) => unknown {
  const source = readFileSync(filename, 'latin1');
  const id = idIn(source);
  const name = `${path.basename(filename, '.cjs')}-${process.version}-${process.arch}.bin`;
  const shipped = path.join(path.dirname(filename), name);
  const own = path.join(userCacheDirectory(), name);
  for (const file of [shipped, own]) {
    const cachedData = readCache(file, id);
    if (cachedData === undefined) continue;
    const script = new Script(source, {
      filename,
      cachedData: Buffer.from(cachedData.buffer, cachedData.byteOffset, cachedData.length),
    });
    if (script.cachedDataRejected === false) return script.runInThisContext();
  }
  // What ran once must still be there at the end, the bundle's whole top level above all.
  setFlag('--no-flush-bytecode');
  const script = new Script(source, { filename });
  process.once('exit', () => writeCache(own, id, script));
  return script.runInThisContext();
}

/** From now on, `require` of a .cjs file goes through the code cache. */
export function installCodeCache(): void {
  createRequire(import.meta.url).extensions['.cjs'] = (module, filename) => {
    compile(filename).call(
      module.exports,
      module.exports,
      createRequire(filename),
      module,
      filename,
      path.dirname(filename),
    );
  };
}
