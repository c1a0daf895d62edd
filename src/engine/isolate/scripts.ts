// Scripts and their functions: source text → SharedFunctionInfos, lazy compilation, positions.
//
// Host-side state here is a cache: which compiler reference belongs to a SharedFunctionInfo, and the line starts of a script.

import { type CompiledFunction, type FunctionRef, SourcePositionIterator } from '../bytecode/index.ts';
import type { RootVisitor, Tagged } from '../heap/index.ts';
import { compileEval, compileScript } from '../ignition/index.ts';
import {
  ByteArray,
  BytecodeArray,
  isCompiled,
  isNative,
  Script,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import {
  type MagicComments,
  magicComments,
  type OriginalPosition,
  type SourceMap,
  SourceMaps,
} from '../source-maps/index.ts';
import { installBytecode, newSharedFunctionInfoFor, scopeInfoData } from './install-bytecode.ts';

export interface ScriptOptions {
  /** Parameters of a wrapper function (CommonJS). */
  readonly wrapper?: readonly string[];
  readonly allowNatives?: boolean;
  readonly isNative?: (name: string) => boolean;
  readonly strict?: boolean;
  readonly isModule?: boolean;
  /** The library's own code. */
  readonly native?: boolean;
  /** What stack traces and import() call the script, when that is not its file: an ES module's URL. */
  readonly url?: string;
  /** What import() in it is relative to, when that is not its name: the file whose code made it (eval, new Function, vm). */
  readonly referrer?: string;
  /** The text was made from another one, and carries its map: stack traces always show the original positions. */
  readonly isTransformed?: boolean;
  /** Code of an eval or `new Function`: where that was called, as stack traces say it. */
  readonly evalOrigin?: string;
  /** What this source was compiled to before, with these options. */
  readonly compiled?: FunctionRef;
}

export interface Position {
  readonly scriptName: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** In the script, always. */
  readonly offset: number;
  /** Name, line and column are those of the text that the script was made of. */
  readonly isMapped: boolean;
}

/** Learns of functions that get their bytecode. Collects nothing. */
export interface CompilationObserver {
  compiled(sfi: Tagged, compiled: CompiledFunction): void;
}

const maxCachedEvals = 64;

export class Scripts {
  private readonly rt: Runtime;
  /** By SharedFunctionInfo.UniqueId. */
  private readonly refs = new Map<number, FunctionRef>();
  private readonly infos = new WeakMap<FunctionRef, Tagged>();
  private readonly lineStarts = new Map<number, number[]>();
  private nextId = 1;
  readonly sourceMaps: SourceMaps;
  /** By script id; only of scripts that have such comments. */
  private readonly comments = new Map<
    number,
    MagicComments & { readonly file: string; readonly isTransformed: boolean }
  >();
  /** Every script by id, for the debugger. */
  readonly all: {
    readonly id: number;
    readonly name: string;
    readonly source: string;
    readonly script: Tagged;
    readonly sfi: Tagged;
  }[] = [];
  private readonly observers: CompilationObserver[] = [];
  private readonly allowNatives: boolean;

  /** @param readFile for source maps; throws */
  constructor(rt: Runtime, readFile: (path: string) => string, allowNatives: boolean) {
    this.rt = rt;
    this.allowNatives = allowNatives;
    this.sourceMaps = new SourceMaps(readFile);
    rt.heap.afterMarking.push((isLive) => this.dropDead(isLive));
  }

  /** Scripts of files live as long as the isolate; those of evals while their functions do, or somebody may look at them. */
  visitRoots(visitor: RootVisitor): void {
    for (const { id, script, sfi } of this.all) {
      if (this.evalOrigins.has(id) && !this.rt.heap.keepsCode) continue;
      visitor.forward(script);
      visitor.forward(sfi);
    }
  }

  /** Scripts and functions are forgotten that are no more, and evals, whose keys name scopes that may be no more. */
  private dropDead(isLive: (object: Tagged) => boolean): void {
    this.evals.clear();
    const dead = this.all.filter(({ script }) => !isLive(script));
    if (dead.length > 0) {
      const live = this.all.filter(({ script }) => isLive(script));
      this.all.splice(0, this.all.length, ...live);
      for (const { id } of dead)
        for (const known of [this.lineStarts, this.comments, this.referrers, this.evalOrigins]) known.delete(id);
    }
    for (const [id, ref] of this.refs) {
      const sfi = this.infos.get(ref);
      if (sfi === undefined || isLive(sfi)) continue;
      this.refs.delete(id);
      this.infos.delete(ref);
    }
  }

  observe(observer: CompilationObserver): void {
    this.observers.push(observer);
  }

  /** Whether a text is a program. Throws the parser's JsSyntaxError. */
  check(source: string, options: ScriptOptions = {}): void {
    compileScript(source, { allowNatives: this.allowNatives, ...options });
  }

  /** The SharedFunctionInfo of a script's top-level code. Throws the parser's JsSyntaxError. */
  load(source: string, name: string, options: ScriptOptions = {}): Tagged {
    const ref = options.compiled ?? compileScript(source, { allowNatives: this.allowNatives, ...options });
    return this.enter(ref, source, name, options);
  }

  /** The SharedFunctionInfo of an eval's code inside the scope `outer` (a ScopeInfo; the_hole: the global scope). */
  loadEval(source: string, outer: Tagged, strict: boolean, referrer = '', evalOrigin = ''): Tagged {
    const key = `${outer}:${strict}:${referrer}:${evalOrigin}:${source}`;
    const known = this.evals.get(key);
    if (known !== undefined) return known;
    const data = outer === StaticRoot.TheHole ? undefined : scopeInfoData(this.rt.factory, outer);
    const sfi = this.enter(compileEval(source, data, { allowNatives: this.allowNatives, strict }), source, '', {
      referrer,
      evalOrigin,
    });
    // ScopeInfos and SharedFunctionInfos do not move.
    if (this.evals.size >= maxCachedEvals) this.evals.clear();
    this.evals.set(key, sfi);
    return sfi;
  }
  private readonly referrers = new Map<number, string>();
  private readonly evalOrigins = new Map<number, string>();

  /** Where the code was made that an eval made; undefined for other scripts. */
  evalOriginOf(script: Tagged): string | undefined {
    return script === StaticRoot.Undefined ? undefined : this.evalOrigins.get(this.rt.heap.get(script, Script.Id) >> 1);
  }

  /** The file that import() in this script is relative to. */
  referrerOf(script: Tagged): string {
    if (script === StaticRoot.Undefined) return '';
    return this.referrers.get(this.rt.heap.get(script, Script.Id) >> 1) ?? this.nameOf(script);
  }

  private readonly evals = new Map<string, Tagged>();

  private enter(ref: FunctionRef, source: string, name: string, options: ScriptOptions): Tagged {
    const { rt } = this;
    const id = this.nextId++;
    const file = options.url ?? name;
    const shown = this.readComments(id, source, file, name, options);
    const script = rt.factory.newScript(rt.factory.newString(source), rt.factory.internalize(shown), id);
    rt.heap.init(script, Script.Wrapper, (options.wrapper?.length ?? -1) << 1);
    const sfi = this.infoFor(ref, script);
    if (options.native) this.markNative(sfi);
    const referrer = options.referrer ?? (shown === file ? undefined : file);
    if (referrer !== undefined) this.referrers.set(id, referrer);
    if (options.evalOrigin !== undefined) this.evalOrigins.set(id, options.evalOrigin);
    this.all.push({ id, name: name === '' ? shown : name, source, script, sfi });
    return sfi;
  }

  /** What the script is called: by its own `sourceURL` if it has one. */
  private readComments(id: number, source: string, file: string, name: string, options: ScriptOptions): string {
    if (options.native) return file;
    const comments = magicComments(source);
    if (comments.sourceUrl === undefined && comments.sourceMappingUrl === undefined) return file;
    const isTransformed = options.isTransformed === true;
    this.comments.set(id, { ...comments, file: name === '' ? file : name, isTransformed });
    return comments.sourceUrl ?? file;
  }

  /** The source map of a script, by its id. */
  mapOf(id: number): SourceMap | undefined {
    const comments = this.comments.get(id);
    if (comments?.sourceMappingUrl === undefined) return undefined;
    return this.sourceMaps.of({ id, name: comments.file, sourceMappingUrl: comments.sourceMappingUrl });
  }

  /** Where a stack trace says that a position is, if that is not in the script itself. */
  private shownPosition(script: Tagged, line: number, column: number): OriginalPosition | undefined {
    if (this.comments.size === 0) return undefined;
    return this.shownMapOf(this.rt.heap.get(script, Script.Id) >> 1)?.original(line, column);
  }

  /** The map that stack traces go through; undefined where they show the script's own places. */
  shownMapOf(id: number): SourceMap | undefined {
    const isShown = this.sourceMaps.mapsStacks || this.comments.get(id)?.isTransformed === true;
    return isShown ? this.mapOf(id) : undefined;
  }

  /** A line of what stack traces call `name`; undefined where nothing is called so. */
  shownLine(name: string, line: number): string | undefined {
    for (const id of this.comments.keys()) {
      const map = this.shownMapOf(id);
      if (map?.sources.includes(name)) return this.originalLine(map, name, line);
    }
    const record = this.all.findLast(({ script }) => this.nameOf(script) === name);
    return record === undefined ? undefined : this.lineText(record.script, line);
  }

  /** A line of a text that a script was made of. */
  originalLine(map: SourceMap | undefined, source: string, line: number): string {
    const text = map?.contentOf(source) ?? this.sourceMaps.textOf(source) ?? '';
    return text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? '';
  }

  private markNative(sfi: Tagged): void {
    const { heap } = this.rt;
    heap.setI32(sfi, SharedFunctionInfo.Flags, heap.getI32(sfi, SharedFunctionInfo.Flags) | SharedFunctionFlags.Native);
  }

  private infoFor(ref: FunctionRef, script: Tagged): Tagged {
    const known = this.infos.get(ref);
    if (known !== undefined) return known;
    const { rt } = this;
    const sfi = newSharedFunctionInfoFor(rt.factory, ref, script);
    this.infos.set(ref, sfi);
    this.refs.set(rt.heap.getI32(sfi, SharedFunctionInfo.UniqueId), ref);
    return sfi;
  }

  refOf(sfi: Tagged): FunctionRef | undefined {
    return this.refs.get(this.rt.heap.getI32(sfi, SharedFunctionInfo.UniqueId));
  }

  /** Gives `sfi` its bytecode. */
  compile(sfi: Tagged): void {
    const { rt } = this;
    if (isCompiled(rt.heap, sfi)) return;
    let ref = this.refOf(sfi);
    const script = rt.heap.get(sfi, SharedFunctionInfo.Script);
    if (ref === undefined) {
      // a standard library function written in JavaScript: its script's text is one function expression
      const source = toHostString(rt.heap, rt.heap.get(script, Script.Source));
      ref = libraryFunction(source);
      this.refs.set(rt.heap.getI32(sfi, SharedFunctionInfo.UniqueId), ref);
    }
    const compiled = ref.compile();
    const native = isNative(rt.heap, sfi);
    const resolve = (inner: FunctionRef): Tagged => {
      const info = this.infoFor(inner, script);
      if (native) this.markNative(info);
      return info;
    };
    installBytecode(rt.factory, sfi, compiled, resolve);
    for (const observer of this.observers) observer.compiled(sfi, compiled);
  }

  // --- positions ---------------------------------------------------------------------------------------------------------

  sourceOf(script: Tagged): string {
    return script === StaticRoot.Undefined ? '' : toHostString(this.rt.heap, this.rt.heap.get(script, Script.Source));
  }

  nameOf(script: Tagged): string {
    return script === StaticRoot.Undefined ? '' : toHostString(this.rt.heap, this.rt.heap.get(script, Script.Name));
  }

  private startsOf(script: Tagged): number[] {
    const id = this.rt.heap.get(script, Script.Id);
    let starts = id < 0 ? undefined : this.lineStarts.get(id);
    if (starts === undefined) {
      starts = [0];
      const source = this.sourceOf(script);
      for (let i = 0; i < source.length; i++) {
        const c = source.charCodeAt(i);
        if (c === 10 || c === 0x2028 || c === 0x2029 || (c === 13 && source.charCodeAt(i + 1) !== 10))
          starts.push(i + 1);
      }
      if (id >= 0) this.lineStarts.set(id, starts);
    }
    return starts;
  }

  /** Line and column (1-based) of a source offset. */
  positionAt(script: Tagged, offset: number): Position {
    const starts = this.startsOf(script);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - starts[low]! + 1;
    const original = this.shownPosition(script, low + 1, column);
    if (original !== undefined) {
      const { source: scriptName, line, column: shownColumn } = original;
      return { scriptName, line, column: shownColumn, offset, isMapped: true };
    }
    return { scriptName: this.nameOf(script), line: low + 1, column, offset, isMapped: false };
  }

  /** The line that a position is on, in the text that `positionAt` names. */
  lineAt(script: Tagged, offset: number): string {
    const { scriptName, line, isMapped } = this.positionAt(script, offset);
    if (!isMapped) return this.lineText(script, line);
    return this.originalLine(this.mapOf(this.rt.heap.get(script, Script.Id) >> 1), scriptName, line);
  }

  lineText(script: Tagged, line: number): string {
    const starts = this.startsOf(script);
    const source = this.sourceOf(script);
    const start = starts[line - 1] ?? source.length;
    const end = starts[line] ?? source.length + 1;
    return source.slice(start, end).replace(/[\r\n\u2028\u2029]+$/, '');
  }

  /** Source offset of the bytecode at `offset` of a function: the last entry at or before it. */
  offsetOf(bytecodes: Tagged, offset: number): number {
    const { heap } = this.rt;
    const table = heap.get(bytecodes, BytecodeArray.SourcePositionTable);
    const start = table - 1 + ByteArray.Bytes;
    let position = 0;
    for (
      const it = new SourcePositionIterator(heap.u8, start, heap.get(table, ByteArray.Length) >> 1);
      !it.done && it.offset <= offset;
      it.advance()
    ) {
      position = it.position;
    }
    return position;
  }
}

/** Compiles a library function expression `function name(…) {…}` to its own reference. */
const libraryFunction = (source: string): FunctionRef => {
  const script = compileScript(`(${source})`, { strict: true, allowNatives: true, isNative: () => true });
  for (const constant of script.compile().constants) if (constant.kind === 'function') return constant.value;
  throw new Error(`no function in the library source ${source.slice(0, 60)}`);
};
