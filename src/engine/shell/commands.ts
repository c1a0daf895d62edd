// An isolate as flags ask for it, and what the command line's `d8` does, as a function: flags and files in, exit status out.

import type { Flags, ParsedFlags } from '../base/index.ts';
import { IsolateData } from '../heap/index.ts';
import {
  everyExitOnce,
  FileError,
  type Host,
  Isolate,
  largestStackSize,
  nodeHost,
  startupSnapshot,
} from '../isolate/index.ts';
import { attachListings } from '../listings/index.ts';
import type { Embedder } from '../runtime/index.ts';
import { D8Shell } from './d8-shell.ts';
import { installFlagGlobals } from './flag-globals.ts';

/** Memory that is not heap: code, stack, side tables. */
const regionsMiB = 96;

/** An isolate set up by V8's flags: natives, traces, listings. */
export const isolateFor = (flags: Flags, host: Host = nodeHost(), embedder: Embedder = {}): Isolate => {
  if (flags.number('stack-size') > largestStackSize)
    host.write('stderr', `--stack-size: ${largestStackSize} KB is all there is\n`);
  const semiSpace = flags.get('max-semi-space-size') as number;
  const oldSpace = flags.get('max-old-space-size') as number;
  const heapSize = flags.get('max-heap-size') as number;
  const verbose = flags.get('trace-deopt-verbose') === true;
  const isolate = new Isolate({
    flags,
    host,
    embedder,
    machine: {
      deopt: verbose || flags.get('trace-deopt') === true,
      verbose,
      write: (text) => host.write('stdout', text),
    },
    snapshot: startupSnapshot(),
    allowNatives: flags.get('allow-natives-syntax') === true,
    ...(heapSize > 0 ? { memoryMiB: heapSize + regionsMiB } : {}),
    ...(oldSpace > 0 ? { oldSpaceMiB: oldSpace } : {}),
    ...(semiSpace > 0 ? { semiSpaceKiB: semiSpace * 1024 } : {}),
  });
  installFlagGlobals(isolate, flags);
  isolate.collectAtEverySafepoint = flags.get('gc-at-every-safepoint') === true;
  const every = flags.bool('deopt-at-every-exit') ? everyExitOnce : (flags.get('deopt-every-n-times') as number);
  isolate.heap.isolateWord(IsolateData.DeoptEveryNTimes, every);
  isolate.heap.isolateWord(IsolateData.StressDeoptCount, every);
  attachListings(isolate, flags);
  return isolate;
};

/** The file that the command line names; undefined after a report why it cannot be read. */
export const readOrReport = (host: Host, command: string, file: string): string | undefined => {
  try {
    return host.readFile(file, { mayBePipe: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    host.write('stderr', `bailout ${command}: cannot read '${file}': ${error.message}\n`);
    return undefined;
  }
};

/** `bailout d8`: scripts in one realm. */
export const runD8 = (parsed: ParsedFlags, host: Host = nodeHost()): number => {
  const files: { name: string; source: string; isModule: boolean }[] = [];
  for (const [i, name] of parsed.rest.entries()) {
    const source = readOrReport(host, 'd8', name);
    if (source === undefined) return 1;
    files.push({ name, source, isModule: parsed.moduleFiles.includes(i) || name.endsWith('.mjs') });
  }
  if (files.length === 0) {
    host.write('stderr', 'bailout d8: expected JavaScript files\n');
    return 2;
  }
  const shell = new D8Shell((embedder) => isolateFor(parsed.flags, host, embedder), {
    scriptArguments: parsed.afterDashes,
  });
  shell.isolate.ignoreUnhandledRejections = parsed.shell.has('ignore-unhandled-promises');
  return shell.run(files);
};
