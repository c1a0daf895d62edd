// A compiled script as bytes: what Ignition made of it, so that a start needs neither parser nor Ignition.
//
// An image is the graph of FunctionRefs and CompiledFunctions in the host's structured format, all functions compiled, source
// positions packed. It belongs to one build: bytecodes and constants mean something to the engine that wrote them only.

import { createRequire } from 'node:module';
import type { CompiledFunction, FunctionRef, SourcePosition } from '../bytecode/index.ts';

type Plain = Record<string, unknown>;

/** `node:v8` loads streams: only who reads or writes an image waits for it. */
const structuredFormat = (): typeof import('node:v8') => createRequire(import.meta.url)('node:v8');

const pack = (positions: readonly SourcePosition[]): Int32Array =>
  Int32Array.from(
    positions.flatMap(({ offset, position, isStatement }) => [offset, 2 * position + (isStatement ? 1 : 0)]),
  );

const unpack = (words: Int32Array): SourcePosition[] => {
  const positions: SourcePosition[] = [];
  for (let i = 0; i < words.length; i += 2)
    positions.push({ offset: words[i]!, position: words[i + 1]! >> 1, isStatement: (words[i + 1]! & 1) !== 0 });
  return positions;
};

/** The image of a script's function, with every function in it. */
export function functionImage(ref: FunctionRef): Uint8Array {
  const seen = new Map<object, unknown>();
  const refs: Plain[] = [];
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value)) {
      const list: unknown[] = [];
      seen.set(value, list);
      for (const item of value) list.push(plain(item));
      return list;
    }
    const copy: Plain = {};
    seen.set(value, copy);
    for (const [key, item] of Object.entries(value)) {
      if (key === 'sourcePositions') copy[key] = pack(item as SourcePosition[]);
      else if (typeof item !== 'function') copy[key] = plain(item);
    }
    if (typeof (value as Partial<FunctionRef>).compile === 'function') {
      refs.push(copy);
      copy.compiled = plain((value as FunctionRef).compile());
    }
    return copy;
  };
  return structuredFormat().serialize({ root: plain(ref), refs });
}

/** The function that an image is of. Throws where the bytes are none. */
export function functionFromImage(image: Uint8Array): FunctionRef {
  const { root, refs } = structuredFormat().deserialize(image) as {
    root: FunctionRef;
    refs: (Plain & { compiled: Plain })[];
  };
  for (const ref of refs) {
    ref.compile = (): CompiledFunction => {
      const { compiled } = ref;
      if (compiled.sourcePositions instanceof Int32Array) compiled.sourcePositions = unpack(compiled.sourcePositions);
      return compiled as unknown as CompiledFunction;
    };
  }
  return root;
}
