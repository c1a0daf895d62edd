// The startup snapshot: the memory of an isolate that has its standard library and its machine builtins and has run nothing,
// and the interpreter's loop, generated. The build makes it (dist/startup-snapshot.bin); an isolate begins with a copy of it.
//
//   SnapshotWord …   header, 32-bit words
//   start, length    of each run of used pages
//   loop             WebAssembly
//   bytes            of each run
//
// All of it is sealed (src/engine/sealed): with the build id, and a checksum over the whole.
//
// Invariant: an isolate from a snapshot and one that was bootstrapped have equal memories. So the snapshot must be of this very
// engine: addresses, layouts, builtin ids. `buildId` is the hash of the engine's bundle (and of the encoder that assembled the
// builtins); no option of an isolate has a part in what the bootstrap writes, so none is in the hash. A snapshot of another
// build or with damage is not used, and without one the isolate bootstraps.

import { readFileSync } from 'node:fs';
import type { HeapImage, ImageRun } from '../heap/index.ts';
import { takeImage } from '../heap/index.ts';
import { generateLoop } from '../interpreter/index.ts';
import { openSealed, sealedFile } from '../sealed/index.ts';
import { Isolate } from './isolate.ts';

export interface StartupSnapshot {
  readonly image: HeapImage;
  /** The interpreter's loop for memories of that many pages. */
  readonly loop: Uint8Array<ArrayBuffer>;
  readonly loopPages: number;
}

enum SnapshotWord {
  OldTop = 0,
  ReadOnlyTop = 1,
  CodeTop = 2,
  LoopPages = 3,
  LoopBytes = 4,
  Runs = 5,
  OldLimit = 6,
  OldEnd = 7,
  HeaderEnd = 8,
}

const kind = 'startup snapshot';

/** A snapshot of this engine, as the file's bytes. */
export function createStartupSnapshot(buildId: string): Uint8Array {
  const isolate = new Isolate({ machine: { deopt: false, verbose: false, write: () => undefined } });
  const image = takeImage(isolate.heap);
  const loopPages = isolate.heap.size >> 16;
  const loop = generateLoop(loopPages);
  const header = new Int32Array(SnapshotWord.HeaderEnd + 2 * image.runs.length);
  header[SnapshotWord.OldTop] = image.oldTop;
  header[SnapshotWord.OldLimit] = image.oldLimit;
  header[SnapshotWord.OldEnd] = image.oldEnd;
  header[SnapshotWord.ReadOnlyTop] = image.readOnlyTop;
  header[SnapshotWord.CodeTop] = image.codeTop;
  header[SnapshotWord.LoopPages] = loopPages;
  header[SnapshotWord.LoopBytes] = loop.length;
  header[SnapshotWord.Runs] = image.runs.length;
  image.runs.forEach(({ start, bytes }, i) => void header.set([start, bytes.length], SnapshotWord.HeaderEnd + 2 * i));
  const parts = [new Uint8Array(header.buffer), loop, ...image.runs.map(({ bytes }) => bytes)];
  return sealedFile(buildId, kind, parts);
}

/** The snapshot in a file's bytes; undefined when another build made it, or it is not as it was made. */
export function readStartupSnapshot(file: Uint8Array, buildId: string): StartupSnapshot | undefined {
  const content = openSealed(file, buildId, kind);
  if (content === undefined) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const word = (at: number): number => view.getInt32(4 * at, true);
  const runsEnd = SnapshotWord.HeaderEnd + 2 * word(SnapshotWord.Runs);
  let at = 4 * runsEnd;
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(content.buffer as ArrayBuffer, content.byteOffset + at, length);
    at += length;
    return bytes;
  };
  const loop = take(word(SnapshotWord.LoopBytes));
  const runs: ImageRun[] = [];
  for (let i = SnapshotWord.HeaderEnd; i < runsEnd; i += 2) runs.push({ start: word(i), bytes: take(word(i + 1)) });
  return {
    image: {
      oldTop: word(SnapshotWord.OldTop),
      oldLimit: word(SnapshotWord.OldLimit),
      oldEnd: word(SnapshotWord.OldEnd),
      readOnlyTop: word(SnapshotWord.ReadOnlyTop),
      codeTop: word(SnapshotWord.CodeTop),
      runs,
    },
    loop,
    loopPages: word(SnapshotWord.LoopPages),
  };
}

let shipped: StartupSnapshot | undefined | null = null;
let asked = 0;

/** Not bundled, the engine has none beside it: who makes isolate after isolate in one process, as tests do, takes one for those that follow. */
function snapshotOfSources(): StartupSnapshot | undefined {
  if (++asked === 3) shipped = readStartupSnapshot(createStartupSnapshot(sourcesId), sourcesId);
  return shipped ?? undefined;
}
const sourcesId = 'made-of-sources.';

/** The snapshot beside the engine's bundle, if there is one of this build. */
export function startupSnapshot(): StartupSnapshot | undefined {
  if (shipped !== null) return shipped;
  const buildId = process.env.BAILOUT_BUILD_ID; // a constant in bundles
  if (buildId === undefined) return snapshotOfSources();
  shipped = undefined;
  try {
    shipped = readStartupSnapshot(readFileSync(new URL('./startup-snapshot.bin', import.meta.url)), buildId);
  } catch {
    // not there: bootstrap
  }
  return shipped;
}
