// The program's own functions that inspecting calls: [util.inspect.custom], toString for %s, toJSON for %j.
//
// Inspecting reads memory and calls nothing, so it goes in passes. A pass notes the calls that it would need, and goes on with
// placeholders; then the calls are made, and another pass finds their results. As many passes as calls nest.
//
// Invariant: JavaScript runs between passes only; what is remembered across it is in handles.

import type { Tagged } from '../heap/index.ts';
import type { Runtime } from '../runtime/index.ts';

export enum CallKind {
  /** object[util.inspect.custom](depth, options, inspect) */
  Custom,
  /** String(object) */
  Text,
  /** JSON.stringify(object) */
  Json,
  /** Number(object) */
  Number,
}

/** Makes a call; its result. May collect. */
export type InspectCaller = (kind: CallKind, object: Tagged, depth: number) => Tagged;

interface Noted {
  readonly kind: CallKind;
  readonly object: number;
  readonly depth: number;
  result: number;
}

export class InspectCalls {
  private readonly rt: Runtime;
  private readonly calls: Noted[] = [];
  private byKey = new Map<string, Noted>();
  private made = 0;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** The result of a call; undefined where it was not made yet: then it will be. */
  result(kind: CallKind, object: Tagged, depth: number): Tagged | undefined {
    const key = `${kind}:${object}:${depth}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known.result < 0 ? undefined : this.rt.heap.deref(known.result);
    const noted = { kind, object: this.rt.heap.handle(object), depth, result: -1 };
    this.calls.push(noted);
    this.byKey.set(key, noted);
    return undefined;
  }

  /** Makes the calls that are noted; whether there were any. Objects may have moved afterwards. */
  settle(call: InspectCaller): boolean {
    const { heap } = this.rt;
    if (this.made === this.calls.length) return false;
    for (; this.made < this.calls.length; this.made++) {
      const noted = this.calls[this.made]!;
      noted.result = heap.handle(call(noted.kind, heap.deref(noted.object), noted.depth));
    }
    this.byKey = new Map(
      this.calls.map((noted) => [`${noted.kind}:${heap.deref(noted.object)}:${noted.depth}`, noted]),
    );
    return true;
  }
}

/** Runs passes over `words` until none needs a call. */
export const inPasses = (
  rt: Runtime,
  words: readonly Tagged[],
  call: InspectCaller,
  pass: (words: readonly Tagged[], calls: InspectCalls) => string,
): string => {
  const { heap } = rt;
  const scope = heap.openHandles();
  const handles = words.map((word) => heap.handle(word));
  const calls = new InspectCalls(rt);
  try {
    for (;;) {
      const text = pass(
        handles.map((handle) => heap.deref(handle)),
        calls,
      );
      if (!calls.settle(call)) return text;
    }
  } finally {
    heap.closeHandles(scope);
  }
};
