// --print-bytecode: a listing of each function when it gets its bytecode.

import { type Flags, passesFilter } from '../base/index.ts';
import { printCompiledFunction } from '../bytecode/index.ts';
import { SharedFunctionInfo, StaticRoot, toHostString } from '../objects/index.ts';
import type { Isolate } from './isolate.ts';

export const attachListings = (isolate: Isolate, flags: Flags): void => {
  if (flags.get('print-bytecode') !== true) return;
  const filter = flags.get('print-bytecode-filter') as string;
  const next = isolate.scripts.onCompiled;
  isolate.scripts.onCompiled = (sfi, compiled) => {
    next(sfi, compiled);
    const name = isolate.heap.get(sfi, SharedFunctionInfo.Name);
    if (name !== StaticRoot.Undefined && !passesFilter(filter, toHostString(isolate.heap, name))) return;
    if (isolate.isNative(sfi)) return;
    isolate.host.write('stdout', `${printCompiledFunction(compiled).trimEnd()}\n`);
  };
};
