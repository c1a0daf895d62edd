// The source position table: bytecode offset → source position, as deltas in a byte string.
//
//   entry   := int(isStatement ? Δoffset : -Δoffset - 1)  int(Δvalue)
//   value   := (position + 1) << 1                        V8's SourcePosition: bit 0 "external", then the script offset + 1
//   int(n)  := zigzag, then 7 bits a byte, low first, bit 7 set on all but the last
//
// The first entry's deltas count from offset -1 (the function entry's stack check, never printed) and value 0.

import type { SourcePosition } from './compiled-function.ts';

const ENTRY_OFFSET = -1;

function pushInt(bytes: number[], value: number): void {
  let encoded = ((value << 1) ^ (value >> 31)) >>> 0;
  while (encoded > 0x7f) {
    bytes.push((encoded & 0x7f) | 0x80);
    encoded >>>= 7;
  }
  bytes.push(encoded);
}

export function encodeSourcePositions(positions: readonly SourcePosition[]): readonly number[] {
  const bytes: number[] = [];
  let offset = ENTRY_OFFSET;
  let value = 0;
  for (const entry of positions) {
    const delta = entry.offset - offset;
    if (delta < 0) throw new Error(`source positions out of order: ${entry.offset} after ${offset}`);
    const encoded = (entry.position + 1) * 2;
    pushInt(bytes, entry.isStatement ? delta : -delta - 1);
    pushInt(bytes, encoded - value);
    offset = entry.offset;
    value = encoded;
  }
  return bytes;
}

/** Walks a table without building it. `offset`, `position`, `isStatement` describe the current entry until `done`. */
export class SourcePositionIterator {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #cursor: number;
  #value = 0;
  offset = ENTRY_OFFSET;
  position = -1;
  isStatement = false;
  done = false;

  constructor(bytes: Uint8Array, start = 0, length = bytes.length - start) {
    this.#bytes = bytes;
    this.#cursor = start;
    this.#end = start + length;
    this.advance();
  }

  advance(): void {
    if (this.#cursor >= this.#end) {
      this.done = true;
      return;
    }
    const offsetDelta = this.#int();
    this.isStatement = offsetDelta >= 0;
    this.offset += offsetDelta >= 0 ? offsetDelta : -(offsetDelta + 1);
    this.#value += this.#int();
    this.position = (this.#value >> 1) - 1;
  }

  #int(): number {
    let result = 0;
    let shift = 0;
    let byte: number;
    do {
      if (this.#cursor >= this.#end) throw new Error('source position table ends inside an entry');
      byte = this.#bytes[this.#cursor++]!;
      result |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return (result >>> 1) ^ -(result & 1);
  }
}

export function decodeSourcePositions(bytes: Uint8Array): SourcePosition[] {
  const result: SourcePosition[] = [];
  for (const it = new SourcePositionIterator(bytes); !it.done; it.advance()) {
    result.push({ offset: it.offset, position: it.position, isStatement: it.isStatement });
  }
  return result;
}

/** Position of the bytecode at `offset`: the last entry at or before it; -1 if none. */
export function sourcePositionAt(positions: readonly SourcePosition[], offset: number): number {
  let position = -1;
  for (const entry of positions) {
    if (entry.offset > offset) break;
    position = entry.position;
  }
  return position;
}

/** Like `sourcePositionAt`, but the position of the enclosing statement. */
export function statementPositionAt(positions: readonly SourcePosition[], offset: number): number {
  let position = -1;
  for (const entry of positions) {
    if (entry.offset > offset) break;
    if (entry.isStatement) position = entry.position;
  }
  return position;
}
