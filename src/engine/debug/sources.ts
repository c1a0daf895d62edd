// Sources: scripts with and without a file, and listings, by the id under which clients ask for their text.

import path from 'node:path';
import type { Tagged } from '../heap/index.ts';
import { isRegularFile, realPath } from '../isolate/index.ts';
import { SharedFunctionInfo } from '../objects/index.ts';
import type { Functions } from './functions.ts';
import type { Location, Position, SourceRef } from './protocol.ts';
import type { DebugTarget, ScriptRecord } from './target.ts';

interface TextSource {
  readonly ref: SourceRef;
  text(): string;
}

export class Sources {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly refs = new Map<number, SourceRef>();
  private readonly starts = new Map<number, readonly number[]>();
  private readonly realPaths = new Map<string, string>();
  private readonly byId = new Map<number, TextSource>();
  private nextId = 1;

  constructor(target: DebugTarget, functions: Functions) {
    this.target = target;
    this.functions = functions;
  }

  // --- scripts --------------------------------------------------------------------------------------------------------

  refOf(record: ScriptRecord): SourceRef {
    let ref = this.refs.get(record.id);
    if (ref === undefined) {
      const isFile = path.isAbsolute(record.name) && isRegularFile(record.name);
      ref = isFile
        ? { kind: 'script', id: 0, path: record.name, name: path.basename(record.name) }
        : this.add('script', path.basename(record.name) || `script ${record.id}`, () => record.source);
      this.refs.set(record.id, ref);
    }
    return ref;
  }

  /** The script that a source names; undefined while it is not loaded. */
  scriptOf(source: SourceRef): ScriptRecord | undefined {
    const asked = source.path === undefined ? '' : this.realPathOf(source.path);
    return this.target.scripts.find((record) => {
      const ref = this.refOf(record);
      if (source.id !== 0) return ref.id === source.id;
      return ref.id === 0 && (samePath(ref.path!, source.path ?? '') || samePath(ref.path!, asked));
    });
  }

  /** Modules are known without symbolic links; a client may name a file with them. */
  private realPathOf(file: string): string {
    let real = this.realPaths.get(file);
    if (real === undefined) {
      try {
        real = realPath(file);
      } catch {
        real = file;
      }
      this.realPaths.set(file, real);
    }
    return real;
  }

  private startsOf(record: ScriptRecord): readonly number[] {
    let starts = this.starts.get(record.id);
    if (starts === undefined) {
      const found = [0];
      for (const match of record.source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) found.push(match.index + match[0].length);
      this.starts.set(record.id, (starts = found));
    }
    return starts;
  }

  /** 1-based line and column of a script offset. */
  position(record: ScriptRecord, offset: number): Position {
    const starts = this.startsOf(record);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** Script offset of a line's first column; past the last line, the end. */
  offset(record: ScriptRecord, line: number, column = 1): number {
    const start = this.startsOf(record)[line - 1];
    return start === undefined ? record.source.length + 1 : start + column - 1;
  }

  lineText(record: ScriptRecord, line: number): string {
    return record.source.slice(this.offset(record, line), this.offset(record, line + 1)).trimEnd();
  }

  /** Where a position of a function is; undefined for the standard library's. */
  locationOf(sfi: Tagged, position: number): Location | undefined {
    const record = this.functions.scriptOf(sfi);
    if (record === undefined || position < 0 || this.functions.isNative(sfi)) return undefined;
    return { source: this.refOf(record), ...this.position(record, position) };
  }

  declarationOf(sfi: Tagged): Location | undefined {
    return this.locationOf(sfi, this.target.heap.getI32(sfi, SharedFunctionInfo.StartPosition));
  }

  // --- texts with an id --------------------------------------------------------------------------------------------------

  add(kind: SourceRef['kind'], name: string, text: () => string): SourceRef {
    const ref: SourceRef = { kind, id: this.nextId++, name };
    this.byId.set(ref.id, { ref, text });
    return ref;
  }

  text(id: number): { readonly text: string; readonly kind: SourceRef['kind'] } {
    const source = this.byId.get(id);
    if (source === undefined) throw new Error(`No source has the id ${id}.`);
    return { text: source.text(), kind: source.ref.kind };
  }

  all(): SourceRef[] {
    const scripts = this.target.scripts.filter((record) => !this.functions.isNative(record.sfi));
    const listings = [...this.byId.values()].map(({ ref }) => ref).filter((ref) => ref.kind !== 'script');
    return [...scripts.map((record) => this.refOf(record)), ...listings];
  }
}

const samePath = (a: string, b: string): boolean =>
  a === b || (process.platform === 'win32' && a.toLowerCase() === b.toLowerCase());
