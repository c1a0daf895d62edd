// Sources: scripts with and without a file, the texts that they were made of, and listings, by the id under which clients ask for
// their text. What a script's source map knows is shown in the original, everywhere.

import path from 'node:path';
import type { Tagged } from '../heap/index.ts';
import { isRegularFile, realPath } from '../isolate/index.ts';
import { SharedFunctionInfo } from '../objects/index.ts';
import type { OriginalPosition, SourceMap } from '../source-maps/index.ts';
import type { Functions } from './functions.ts';
import type { Location, Position, SourceRef } from './protocol.ts';
import type { DebugTarget, ScriptRecord } from './target.ts';

interface TextSource {
  readonly ref: SourceRef;
  text(): string;
}

/** A script that a source is in: it is the source, or was made of it. */
export interface SourceInScript {
  readonly record: ScriptRecord;
  readonly made?: { readonly map: SourceMap; readonly original: string };
}

export class Sources {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly refs = new Map<number, SourceRef>();
  private readonly starts = new Map<number, readonly number[]>();
  private readonly realPaths = new Map<string, string>();
  private readonly byId = new Map<number, TextSource>();
  private nextId = 1;
  /** Originals by their names; undefined: nobody has their text. */
  private readonly originals = new Map<string, SourceRef | undefined>();
  /** By source: the scripts it is in, of the first `examined` ones. */
  private readonly found = new Map<string, { examined: number; readonly scripts: SourceInScript[] }>();

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

  /** The scripts that a source is in; empty while it is not loaded. */
  scriptsOf(source: SourceRef): readonly SourceInScript[] {
    const key = source.id === 0 ? (source.path ?? '') : `${source.id}`;
    let known = this.found.get(key);
    if (known === undefined) {
      known = { examined: 0, scripts: [] };
      this.found.set(key, known);
    }
    const { scripts } = this.target;
    for (; known.examined < scripts.length; known.examined++) {
      const record = scripts[known.examined]!;
      const map = this.target.sourceMapOf(record.id);
      const original = map?.sources.find((name) => this.isOriginal(name, source));
      if (map !== undefined && original !== undefined) known.scripts.push({ record, made: { map, original } });
      else if (this.isScript(record, source)) known.scripts.push({ record });
    }
    return known.scripts;
  }

  private isScript(record: ScriptRecord, source: SourceRef): boolean {
    const ref = this.refOf(record);
    if (source.id !== 0) return ref.id === source.id;
    return ref.id === 0 && this.isFile(ref.path!, source);
  }

  private isOriginal(name: string, source: SourceRef): boolean {
    if (source.id !== 0) return this.originals.get(name)?.id === source.id;
    return path.basename(name) === path.basename(source.path ?? '') && this.isFile(name, source);
  }

  private isFile(name: string, { path: asked = '' }: SourceRef): boolean {
    return samePath(name, asked) || samePath(name, this.realPathOf(asked)) || samePath(this.realPathOf(name), asked);
  }

  /** The document of an original; undefined where nobody has its text. */
  private originalRef(name: string, map: SourceMap): SourceRef | undefined {
    if (!this.originals.has(name)) this.originals.set(name, this.newOriginalRef(name, map));
    return this.originals.get(name);
  }

  private newOriginalRef(name: string, map: SourceMap): SourceRef | undefined {
    const shown = path.basename(name.replace(/[?#].*$/, '')) || name;
    if (path.isAbsolute(name) && isRegularFile(name)) return { kind: 'script', id: 0, path: name, name: shown };
    const content = map.contentOf(name);
    return content === undefined ? undefined : this.add('script', shown, () => content);
  }

  /** What a script's map says about an offset; undefined without a map, 'nothing' for code that nobody wrote. */
  original(record: ScriptRecord, offset: number): OriginalPosition | 'nothing' | undefined {
    const map = this.target.sourceMapOf(record.id);
    if (map === undefined) return undefined;
    const { line, column } = this.position(record, offset);
    return map.original(line, column) ?? 'nothing';
  }

  /** A line, as a key: of the original where there is one. 'nothing': of code that nobody wrote. */
  lineKey(record: ScriptRecord, offset: number): string {
    const original = this.original(record, offset);
    if (original === 'nothing') return original;
    if (original !== undefined) return `${original.source}:${original.line}`;
    return `${record.id}:${this.position(record, offset).line}`;
  }

  /** A stack trace's text with its places in the originals. */
  mapStack(stack: string): string {
    return stack.replace(/^( {4}at (?:.*\()?)(\S+):(\d+):(\d+)(?=\)?$)/gm, (frame, before, name, line, column) => {
      const record = this.target.scripts.findLast((script) => this.target.nameInStacks(script) === name);
      if (record === undefined) return frame;
      const original = this.original(record, this.offset(record, Number(line), Number(column)));
      if (original === undefined || original === 'nothing') return frame;
      return `${before}${original.source}:${original.line}:${original.column}`;
    });
  }

  /** The source line that an offset is on. */
  lineAt(record: ScriptRecord, offset: number): string {
    const original = this.original(record, offset);
    if (original === undefined || original === 'nothing')
      return this.lineText(record, this.position(record, offset).line);
    return this.target.originalLine(record.id, original);
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
      starts = found;
      this.starts.set(record.id, starts);
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
    return this.locationIn(record, position);
  }

  private locationIn(record: ScriptRecord, offset: number): Location {
    const map = this.target.sourceMapOf(record.id);
    const original = this.original(record, offset);
    if (map === undefined || original === undefined)
      return { source: this.refOf(record), ...this.position(record, offset) };
    if (original !== 'nothing') {
      const source = this.originalRef(original.source, map);
      if (source !== undefined) return { source, line: original.line, column: original.column };
    }
    // the file holds another text than the script
    if (map.sources.includes(record.name)) return { source: this.refOf(record), line: 1, column: 1 };
    return { source: this.refOf(record), ...this.position(record, offset) };
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
    return [...scripts.flatMap((record) => this.documentsOf(record)), ...listings];
  }

  /** What a script is shown as: itself, and what it was made of. */
  documentsOf(record: ScriptRecord): SourceRef[] {
    const own = this.refOf(record);
    const map = this.target.sourceMapOf(record.id);
    const originals = (map?.sources ?? []).map((name) => this.originalRef(name, map!));
    return [
      own,
      ...originals.filter((ref) => ref !== undefined && (ref.id !== 0 || ref.path !== own.path)),
    ] as SourceRef[];
  }
}

const samePath = (a: string, b: string): boolean =>
  a === b || (process.platform === 'win32' && a.toLowerCase() === b.toLowerCase());
