// --print-bytecode: a listing of each function when it gets its bytecode. --print-opt-code: of each optimized code when it is made.

import { type Flags, passesFilter } from '../base/index.ts';
import { type CompiledFunction, compiledFunctionSource, formatAddress, printBytecode } from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import { CodeView, type Isolate } from '../isolate/index.ts';
import {
  addressText,
  BytecodeArray,
  bytecodeArrayOf,
  Code,
  FixedArray,
  isNative,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';

const passes = (isolate: Isolate, sfi: Tagged, filter: string): boolean => {
  const name = isolate.heap.get(sfi, SharedFunctionInfo.Name);
  return (
    (name === StaticRoot.Undefined || passesFilter(filter, toHostString(isolate.heap, name))) &&
    !isNative(isolate.heap, sfi)
  );
};

/** The compiler's listing with the addresses that its parts got in the heap. */
const listing = ({ heap }: Isolate, sfi: Tagged, compiled: CompiledFunction): string => {
  const source = compiledFunctionSource(compiled);
  const bytecodes = bytecodeArrayOf(heap, sfi);
  const pool = heap.get(bytecodes, BytecodeArray.ConstantPool);
  const none = formatAddress(0);
  const placed = (text: string, word: Tagged): string => text.replace(none, addressText(word));
  return printBytecode({
    ...source,
    sharedFunctionInfo: placed(source.sharedFunctionInfo ?? '', sfi),
    constants: source.constants.map((text, i) => placed(text, heap.getElement(pool, FixedArray.Elements, i))),
    address: Number(BigInt(addressText(bytecodes + BytecodeArray.Bytes - 1))),
  });
};

const attachBytecode = (isolate: Isolate, filter: string): void =>
  isolate.scripts.observe({
    compiled(sfi, compiled) {
      if (passes(isolate, sfi, filter)) isolate.host.write('stdout', `${listing(isolate, sfi, compiled).trimEnd()}\n`);
    },
  });

const attachOptimizedCode = (isolate: Isolate, filter: string): void =>
  isolate.tiering.observe({
    codeMade(code) {
      if (passes(isolate, isolate.heap.get(code, Code.SharedFunctionInfo), filter))
        isolate.host.write('stdout', `${new CodeView(isolate.heap, code).listing.text.join('\n')}\n`);
    },
  });

/** Listings that the flags ask for. */
export const attachListings = (isolate: Isolate, flags: Flags): void => {
  if (flags.get('print-bytecode') === true) attachBytecode(isolate, flags.get('print-bytecode-filter') as string);
  if (flags.get('print-opt-code') === true) attachOptimizedCode(isolate, flags.get('print-opt-code-filter') as string);
};
