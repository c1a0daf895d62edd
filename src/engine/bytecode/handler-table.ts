// The exception handler table of a bytecode array, in 16-byte rows of int32:
//
//   0 start offset   4 end offset   8 handler offset << 4 | was used << 3 | prediction   12 data (context register index)
//
// Rows stand in the order in which the try statements begin, outer before inner: the last row that covers an offset is the
// innermost.

import type { HandlerEntry } from './compiled-function.ts';

export const HANDLER_ROW_SIZE = 16;

/** V8's CatchPrediction, by number. */
export const CATCH_PREDICTIONS = ['uncaught', 'caught', 'promise', 'async_await', 'uncaught_async_await'] as const;

const EMPTY = new Uint8Array(0);

export function encodeHandlerTable(entries: readonly HandlerEntry[]): Uint8Array {
  if (entries.length === 0) return EMPTY; // most functions; a buffer of the host's for each costs more than their bytecode
  const bytes = new Uint8Array(entries.length * HANDLER_ROW_SIZE);
  const view = new DataView(bytes.buffer);
  entries.forEach((entry, i) => {
    const row = i * HANDLER_ROW_SIZE;
    view.setInt32(row, entry.start, true);
    view.setInt32(row + 4, entry.end, true);
    view.setInt32(row + 8, (entry.handler << 4) | CATCH_PREDICTIONS.indexOf(entry.prediction), true);
    view.setInt32(row + 12, entry.data, true);
  });
  return bytes;
}

export function decodeHandlerTable(bytes: Uint8Array): HandlerEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: HandlerEntry[] = [];
  for (let row = 0; row + HANDLER_ROW_SIZE <= bytes.length; row += HANDLER_ROW_SIZE) {
    const handler = view.getInt32(row + 8, true);
    entries.push({
      start: view.getInt32(row, true),
      end: view.getInt32(row + 4, true),
      handler: handler >>> 4,
      prediction: CATCH_PREDICTIONS[handler & 7] ?? 'uncaught',
      data: view.getInt32(row + 12, true),
    });
  }
  return entries;
}

/** Row index of the innermost handler that covers `offset`, -1 if none. */
export function lookupHandlerIndex(entries: readonly HandlerEntry[], offset: number): number {
  let found = -1;
  for (let i = 0; i < entries.length; i++) {
    if (offset >= entries[i]!.start && offset < entries[i]!.end) found = i;
  }
  return found;
}

/** The innermost handler that covers the bytecode at `offset` (its start, not its end). */
export function lookupHandler(entries: readonly HandlerEntry[], offset: number): HandlerEntry | undefined {
  const index = lookupHandlerIndex(entries, offset);
  return index < 0 ? undefined : entries[index];
}
