// Machine code to look at: one Code object, disassembled once, with its guards, positions and listing.
//
//   guard (jcc, or jmp when the code has nothing else to offer) ──▶ exit i: `call [r13 + entry]` at exit start + 4·i
//
// The listing is `--print-opt-code`'s, in the reference's format; line ↔ address both ways, so that the debugger's breakpoints
// in it work.

import {
  deoptExitSize,
  deoptimizeReasons,
  type FrameKind,
  FrameTranslationReader,
  type TranslationOpcode,
  translationOpcodes,
} from '../deoptimizer/index.ts';
import { decodeSafepointTable, findCode } from '../frames/index.ts';
import {
  builtinAddressStride,
  cageHi,
  type Heap,
  IsolateData,
  isSmi,
  Region,
  rootRegisterBias,
  smiValue,
  type Tagged,
} from '../heap/index.ts';
import {
  ByteArray,
  brief,
  builtinNames,
  Code,
  CodeFlags,
  CodeKind,
  codeAt,
  codeCount,
  DeoptimizationData,
  FixedArray,
  HeapObject,
  isMap,
  Root,
  Script,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinCodeAt } from '../runtime/index.ts';
import { type DisassembledInstruction, disassemble } from '../x64/index.ts';

/** Full 64-bit address of a cage offset. */
const fullAddress = (offset: number): bigint => (BigInt(cageHi) << 32n) + BigInt(offset >>> 0);
const hexAddress = (offset: number): string => `0x${fullAddress(offset).toString(16)}`;

export interface PositionEntry {
  readonly pc: number;
  readonly position: number;
  readonly inliningId: number;
}

/** One level of a position in optimized code, innermost first. */
export interface InlinedLevel {
  readonly sfi: Tagged;
  readonly position: number;
}

export class CodeView {
  readonly code: Tagged;
  /** Offset in the cage of the first instruction. */
  readonly start: number;
  readonly size: number;
  readonly exitStart: number;
  readonly eagerCount: number;
  readonly exitCount: number;
  readonly optimizationId: number;
  readonly sfi: Tagged;
  readonly name: string;
  private readonly heap: Heap;
  private decoded: readonly DisassembledInstruction[] | undefined;
  private guardsByExit: ReadonlyMap<number, readonly number[]> | undefined;
  private positionTable: readonly PositionEntry[] | undefined;
  private lines: { readonly text: readonly string[]; readonly lineOf: ReadonlyMap<number, number> } | undefined;

  constructor(heap: Heap, code: Tagged) {
    this.heap = heap;
    this.code = code;
    this.start = heap.getI32(code, Code.InstructionStart);
    this.size = heap.getI32(code, Code.InstructionSize);
    this.exitStart = heap.getI32(code, Code.DeoptExitStart);
    this.eagerCount = heap.getI32(code, Code.EagerDeoptCount);
    this.exitCount = this.eagerCount + heap.getI32(code, Code.LazyDeoptCount);
    this.optimizationId = heap.getI32(code, Code.OptimizationId);
    this.sfi = heap.get(code, Code.SharedFunctionInfo);
    this.name = this.isOptimized ? this.functionName() : this.builtinName();
  }

  get isOptimized(): boolean {
    return (this.heap.getI32(this.code, Code.Flags) & CodeFlags.KindMask) === CodeKind.Turbofan;
  }

  get isMarked(): boolean {
    return (this.heap.getI32(this.code, Code.Flags) & CodeFlags.MarkedForDeoptimization) !== 0;
  }

  get osrOffset(): number {
    return this.isOptimized ? this.heap.getI32(this.code, Code.OsrOffset) : -1;
  }

  private functionName(): string {
    const name = this.heap.get(this.sfi, SharedFunctionInfo.Name);
    return (isSmi(name) ? '' : toHostString(this.heap, name)) || '(anonymous)';
  }

  private builtinName(): string {
    const { heap } = this;
    const builtin = builtinCodeAt(this.start);
    if (builtin !== undefined) return BuiltinCode[builtin];
    const id = heap.getI32(this.code, Code.BuiltinId);
    return builtinNames[id] ?? BuiltinId[id] ?? 'builtin';
  }

  contains(pc: number): boolean {
    return pc >= this.start && pc < this.start + this.size;
  }

  // --- instructions -----------------------------------------------------------------------------------------------------

  get instructions(): readonly DisassembledInstruction[] {
    if (this.decoded === undefined) {
      const bytes = this.heap.u8.slice(this.start, this.start + this.size);
      this.decoded = disassemble(bytes, fullAddress(this.start), {
        nameOfTarget: (target) => this.nameOfTarget(target),
        nameOfRootOffset,
        comment: (line) => this.objectComment(line),
      });
    }
    return this.decoded;
  }

  /** Index of the instruction at or before `offset`. */
  indexAt(offset: number): number {
    const list = this.instructions;
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (list[middle]!.offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private nameOfTarget(target: number): string | undefined {
    if (target >= Region.Builtins && target < Region.BuiltinsEnd) {
      const id = (target - Region.Builtins) / builtinAddressStride;
      return builtinNames[id] ?? BuiltinId[id] ?? `builtin ${id}`;
    }
    const builtin = builtinCodeAt(target);
    return builtin === undefined || this.contains(target) ? undefined : BuiltinCode[builtin];
  }

  private objectComment(line: DisassembledInstruction): string | undefined {
    const { heap } = this;
    let word = 0;
    if (line.constant !== undefined && Number(BigInt.asUintN(64, line.constant) >> 32n) === cageHi)
      word = Number(BigInt.asIntN(32, line.constant));
    else {
      const immediate = /^(?:cmpl|movl|pushq|test)\b.*,?\b0x([0-9a-f]+)$/.exec(line.text);
      if (immediate !== null) word = Number.parseInt(immediate[1]!, 16) | 0;
    }
    if ((word & 1) === 0 || word < Region.ReadOnly || word >= heap.size - 64) return undefined;
    if (word >= Region.Code && word < Region.CodeEnd) return undefined;
    if (!isMap(heap, heap.get(word, HeapObject.Map))) return undefined;
    return `${line.constant === undefined ? '(compressed) ' : ''}object: ${brief(heap, word)}`;
  }

  // --- exits ------------------------------------------------------------------------------------------------------------

  /** Offset of exit `index`. */
  exitOffset(index: number): number {
    return this.exitStart + deoptExitSize * index;
  }

  /** Exit whose call is at `offset`, −1 if none. */
  exitAt(offset: number): number {
    const index = (offset - this.exitStart) / deoptExitSize;
    return Number.isInteger(index) && index >= 0 && index < this.exitCount ? index : -1;
  }

  isLazyExit(index: number): boolean {
    return index >= this.eagerCount;
  }

  /** Offsets of the jumps to each eager exit, in code order. */
  get guards(): ReadonlyMap<number, readonly number[]> {
    if (this.guardsByExit === undefined) {
      const guards = new Map<number, number[]>();
      for (const line of this.instructions) {
        if (line.target === undefined || line.offset >= this.exitStart) continue;
        const exit = this.exitAt(line.target - this.start);
        if (exit < 0 || this.isLazyExit(exit)) continue;
        guards.set(exit, [...(guards.get(exit) ?? []), line.offset]);
      }
      this.guardsByExit = guards;
    }
    return this.guardsByExit;
  }

  /** Exit that the jump at `offset` goes to, −1 if it is no guard. */
  exitOfGuard(offset: number): number {
    for (const [exit, jumps] of this.guards) if (jumps.includes(offset)) return exit;
    return -1;
  }

  private exitInfo(index: number): { position: number; inliningId: number; reason: number } {
    const at = (this.heap.get(this.code, Code.DeoptExitInfo) + ByteArray.Bytes - 1 + 12 * index) >> 2;
    const { i32 } = this.heap;
    return { position: i32[at]!, inliningId: i32[at + 1]!, reason: i32[at + 2]! };
  }

  reasonCode(index: number): number {
    return this.exitInfo(index).reason;
  }

  /** V8's message of an exit's reason. */
  reasonOf(index: number): string {
    return deoptimizeReasons[this.exitInfo(index).reason as keyof typeof deoptimizeReasons] as string;
  }

  private entryField(index: number, field: DeoptimizationData): number {
    const data = this.heap.get(this.code, Code.DeoptimizationData);
    const at = DeoptimizationData.FirstEntry + DeoptimizationData.EntrySize * index + field;
    return smiValue(this.heap.getElement(data, FixedArray.Elements, at));
  }

  /** Bytecode offset of the innermost frame of an exit. */
  bytecodeOffsetOf(index: number): number {
    return this.entryField(index, DeoptimizationData.EntryBytecodeOffset);
  }

  /** Offset that the call of a lazy exit returns to; −1 for eager exits. */
  returnPcOf(index: number): number {
    return this.entryField(index, DeoptimizationData.EntryPc);
  }

  /** Whether an exit goes on with a bytecode, and not in the middle of a builtin. */
  resumesInBytecode(index: number): boolean {
    const stream = this.heap.getElement(
      this.heap.get(this.code, Code.DeoptimizationData),
      FixedArray.Elements,
      DeoptimizationData.FrameTranslation,
    );
    const start = stream + ByteArray.Bytes - 1;
    const end = start + smiValue(this.heap.get(stream, ByteArray.Length));
    const reader = new FrameTranslationReader(this.heap.u8, start, end, this.translationIndexOf(index));
    let kind: FrameKind | undefined;
    for (reader.next(); !reader.done && translationOpcodes[reader.peek() as TranslationOpcode].category !== 'begin'; )
      kind = translationOpcodes[reader.next()].frame?.kind ?? kind;
    return kind === 'interpreted';
  }

  translationIndexOf(index: number): number {
    return this.entryField(index, DeoptimizationData.EntryTranslationIndex);
  }

  // --- positions ----------------------------------------------------------------------------------------------------------

  get positions(): readonly PositionEntry[] {
    if (this.positionTable === undefined) {
      const table = this.isOptimized ? this.heap.get(this.code, Code.SourcePositions) : StaticRoot.Undefined;
      const entries: PositionEntry[] = [];
      if (table !== StaticRoot.Undefined && !isSmi(table)) {
        const words = smiValue(this.heap.get(table, ByteArray.Length)) >> 2;
        const at = (table + ByteArray.Bytes - 1) >> 2;
        const { i32 } = this.heap;
        for (let i = 0; i + 2 < words; i += 3)
          entries.push({ pc: i32[at + i]!, position: i32[at + i + 1]!, inliningId: i32[at + i + 2]! });
      }
      this.positionTable = entries;
    }
    return this.positionTable;
  }

  /** The last entry at or before `offset`; before the first one, the first. */
  positionAt(offset: number): PositionEntry | undefined {
    let found: PositionEntry | undefined = this.positions[0];
    for (const entry of this.positions) {
      if (entry.pc > offset) break;
      found = entry;
    }
    return found;
  }

  /** Functions at a position, innermost first. */
  levels(position: number, inliningId: number): InlinedLevel[] {
    const { heap } = this;
    const levels: InlinedLevel[] = [];
    const data = heap.get(this.code, Code.DeoptimizationData);
    const table = heap.getElement(data, FixedArray.Elements, DeoptimizationData.InliningPositions);
    const inlined = heap.get(this.code, Code.InlinedFunctions);
    let at = position;
    for (let id = inliningId; id >= 0; ) {
      const row = (table + ByteArray.Bytes - 1 + 12 * id) >> 2;
      levels.push({ sfi: heap.getElement(inlined, FixedArray.Elements, heap.i32[row]!), position: at });
      at = heap.i32[row + 1]!;
      id = heap.i32[row + 2]!;
    }
    levels.push({ sfi: this.sfi, position: at });
    return levels;
  }

  levelsOfExit(index: number): InlinedLevel[] {
    const { position, inliningId } = this.exitInfo(index);
    return this.levels(position, inliningId);
  }

  levelsAt(offset: number): InlinedLevel[] {
    const exit = this.exitAt(offset);
    if (exit >= 0) return this.levelsOfExit(exit);
    const entry = this.positionAt(offset);
    return entry === undefined ? [{ sfi: this.sfi, position: -1 }] : this.levels(entry.position, entry.inliningId);
  }

  /** SharedFunctionInfos that were inlined, in order. */
  get inlinedFunctions(): Tagged[] {
    const list = this.heap.get(this.code, Code.InlinedFunctions);
    if (isSmi(list) || list === StaticRoot.Undefined) return [];
    const count = smiValue(this.heap.get(list, FixedArray.Length));
    return Array.from({ length: count }, (_, i) => this.heap.getElement(list, FixedArray.Elements, i));
  }

  // --- listing --------------------------------------------------------------------------------------------------------------

  get listing(): { readonly text: readonly string[]; readonly lineOf: ReadonlyMap<number, number> } {
    this.lines ??= this.list();
    return this.lines;
  }

  /** 1-based line of the instruction at `offset`. */
  lineAt(offset: number): number {
    return this.listing.lineOf.get(this.instructions[this.indexAt(offset)]?.offset ?? 0) ?? 1;
  }

  /** Offset of the first instruction on or after a line; −1 if there is none. */
  offsetOfLine(line: number): number {
    let best = -1;
    let bestLine = Number.POSITIVE_INFINITY;
    for (const [offset, at] of this.listing.lineOf) {
      if (at >= line && at < bestLine) {
        best = offset;
        bestLine = at;
      }
    }
    return best;
  }

  private list(): { text: string[]; lineOf: Map<number, number> } {
    const text: string[] = [];
    const lineOf = new Map<number, number>();
    if (this.isOptimized) {
      text.push('--- Raw source ---', ...this.sourceText().split('\n'), '', '--- Optimized code ---');
      text.push(`optimization_id = ${this.optimizationId}`);
      text.push(`source_position = ${this.heap.getI32(this.sfi, SharedFunctionInfo.StartPosition)}`);
      text.push('kind = TURBOFAN_JS');
    } else text.push('--- Code ---', 'kind = BUILTIN');
    if (this.printedName !== '') text.push(`name = ${this.printedName}`);
    text.push('compiler = turbofan', `address = ${hexAddress(this.code)}`, '', `Instructions (size = ${this.size})`);
    for (const line of this.instructions) {
      const head = `0x${line.address.toString(16)} ${line.offset.toString(16).padStart(5)}  ${line.bytes.padEnd(20)} ${line.text}`;
      const comments = this.commentsOf(line);
      text.push(comments.length > 0 ? `${head}    ;; ${comments[0]}` : head);
      lineOf.set(line.offset, text.length);
      for (const comment of comments.slice(1)) text.push(`${' '.repeat(61)};; ${comment}`);
    }
    if (this.isOptimized) text.push('', ...this.tables());
    text.push('--- End code ---');
    return { text, lineOf };
  }

  /** As V8 prints it: scripts have no name. */
  private get printedName(): string {
    return this.isOptimized && this.name === '(anonymous)' ? '' : this.name;
  }

  private sourceText(): string {
    const { heap } = this;
    const script = heap.get(this.sfi, SharedFunctionInfo.Script);
    if (isSmi(script) || script === StaticRoot.Undefined) return '';
    const source = heap.get(script, Script.Source);
    if (isSmi(source) || source === StaticRoot.Undefined) return '';
    // V8 prints one character more
    const start = heap.getI32(this.sfi, SharedFunctionInfo.StartPosition);
    return toHostString(heap, source).slice(start, heap.getI32(this.sfi, SharedFunctionInfo.EndPosition) + 1);
  }

  private commentsOf(line: DisassembledInstruction): string[] {
    const comments = line.comment === undefined ? [] : [line.comment];
    if (this.callsBuiltin(line)) comments.push('near builtin entry');
    const exit = this.exitCount > 0 ? this.exitAt(line.offset) : -1;
    if (exit >= 0) {
      const { position, inliningId } = this.exitInfo(exit);
      comments.push(`debug: deopt position, script offset '${(position >>> 0).toString(16)}'`);
      comments.push(`debug: deopt position, inlining id '${(inliningId >>> 0).toString(16)}'`);
      comments.push(`debug: deopt reason '${this.printedReason(exit)}'`);
      comments.push(`debug: deopt index ${exit}`);
    }
    return comments;
  }

  private callsBuiltin(line: DisassembledInstruction): boolean {
    return line.target !== undefined && this.nameOfTarget(line.target) !== undefined;
  }

  private printedReason(exit: number): string {
    return this.isLazyExit(exit) ? '(unknown)' : this.reasonOf(exit);
  }

  /** The tables behind the instructions, each with an empty line at its end. */
  private tables(): string[] {
    return [
      ...this.positionLines(),
      ...this.deoptimizationLines(),
      ...this.safepointLines(),
      ...this.relocationLines(),
    ];
  }

  private positionLines(): string[] {
    const out = ['Source positions:', ' pc offset  position'];
    for (const { pc, position, inliningId } of this.positions)
      out.push(
        `${pc.toString(16).padStart(10)}${String(position).padStart(10)}${inliningId >= 0 ? `  (inlined ${inliningId})` : ''}`,
      );
    const inlined = this.inlinedFunctions;
    out.push('', `Inlined functions (count = ${inlined.length})`);
    for (const sfi of inlined) out.push(` ${hexAddress(sfi)} ${brief(this.heap, sfi)}`);
    out.push('');
    return out;
  }

  private deoptimizationLines(): string[] {
    const out = [`Deoptimization Input Data (deopt points = ${this.exitCount})`];
    if (this.exitCount > 0) out.push(' index  bytecode-offset    pc');
    for (let i = 0; i < this.exitCount; i++) {
      const pc = this.entryField(i, DeoptimizationData.EntryPc);
      const offset = String(this.bytecodeOffsetOf(i)).padStart(15);
      out.push(`${String(i).padStart(6)}  ${offset}  ${(pc < 0 ? 'NA' : pc.toString(16)).padStart(4)} `);
    }
    out.push('');
    return out;
  }

  private safepointLines(): string[] {
    const { heap } = this;
    const table = heap.get(this.code, Code.SafepointTable);
    if (isSmi(table) || table === StaticRoot.Undefined) return [];
    const entries = decodeSafepointTable(heap, table);
    const stackSlots = heap.getI32(this.code, Code.StackSlots);
    const byteSize = smiValue(heap.get(table, ByteArray.Length));
    const out = [`Safepoints (stack slots = ${stackSlots}, entries = ${entries.length}, byte size = ${byteSize})`];
    const exits = Array.from({ length: this.exitCount }, (_, i) => this.entryField(i, DeoptimizationData.EntryPc));
    for (const { pc, slots } of entries) {
      // V8's slots count from fp's side down; the listing goes from sp up
      const bits = Array.from({ length: stackSlots }, (_, i) => (slots.includes(stackSlots - 1 - i) ? '1' : '0'));
      const exit = exits.indexOf(pc);
      const deopt =
        exit < 0
          ? ''
          : `  deopt ${String(exit).padStart(6)} trampoline: ${this.exitOffset(exit).toString(16).padStart(6)}`;
      out.push(
        `${hexAddress(this.start + pc)} ${pc.toString(16).padStart(6)}${slots.length > 0 ? `  slots (sp->fp): ${bits.join('')}` : ''}${deopt}`,
      );
    }
    out.push('');
    return out;
  }

  private relocationLines(): string[] {
    const { heap } = this;
    const rows: { readonly at: number; readonly text: string }[] = [];
    for (const line of this.instructions) {
      const object = /object: (.*)$/.exec(line.comment ?? '');
      const immediate = line.offset + line.length - (line.constant === undefined ? 4 : 8);
      if (object !== null)
        rows.push({
          at: immediate,
          text: `${line.constant === undefined ? 'compressed' : 'full'} embedded object  (${object[1]})`,
        });
      else if (this.callsBuiltin(line)) rows.push({ at: line.offset + line.length - 4, text: 'near builtin entry' });
    }
    for (let i = 0; i < this.exitCount; i++) {
      const { position, inliningId } = this.exitInfo(i);
      const at = this.exitOffset(i);
      rows.push({ at, text: `deopt script offset  (${(position >>> 0).toString(16)})` });
      rows.push({ at, text: `deopt inlining id  (${BigInt.asUintN(64, BigInt(inliningId)).toString(16)})` });
      rows.push({ at, text: `deopt reason  (${this.printedReason(i)})` });
      rows.push({ at, text: 'deopt index' });
    }
    const relocations = heap.get(this.code, Code.Relocations);
    const size =
      isSmi(relocations) || relocations === StaticRoot.Undefined
        ? 0
        : smiValue(heap.get(relocations, ByteArray.Length));
    return [`RelocInfo (size = ${size})`, ...rows.map(({ at, text }) => `${hexAddress(this.start + at)}  ${text}`), ''];
  }
}

/** Meaning of `[r13 + offset]`. */
export function nameOfRootOffset(offset: number): string | undefined {
  const field = offset + rootRegisterBias;
  if (field >= IsolateData.Roots) {
    const index = (field - IsolateData.Roots) >> 3;
    return Root[index] === undefined ? undefined : `root (${Root[index]})`;
  }
  if (field >= IsolateData.BuiltinTable) {
    const id = (field - IsolateData.BuiltinTable) >> 3;
    return `builtin (${builtinNames[id] ?? BuiltinId[id] ?? id})`;
  }
  if (field === IsolateData.DeoptimizationEntryEager || field === IsolateData.DeoptimizationEntryLazy) return undefined;
  const name = IsolateData[field];
  return name === undefined ? undefined : `external value (${name})`;
}

/** Code objects by address. Code does not move; as long as somebody shows it, it is not given back either. */
export class CodeViews {
  private readonly heap: Heap;
  private readonly views = new Map<Tagged, CodeView>();

  constructor(heap: Heap) {
    this.heap = heap;
    heap.keepsCode = true;
  }

  of(code: Tagged): CodeView {
    let view = this.views.get(code);
    if (view === undefined || view.start !== this.heap.getI32(code, Code.InstructionStart)) {
      view = new CodeView(this.heap, code);
      this.views.set(code, view);
    }
    return view;
  }

  /** The code that holds the instruction at `pc`, if any. */
  at(pc: number): CodeView | undefined {
    const code = findCode(this.heap, pc);
    if (code === 0) return undefined;
    const view = this.of(code);
    return view.contains(pc) ? view : undefined;
  }

  /** All code in code space, by address. */
  all(): CodeView[] {
    return Array.from({ length: codeCount(this.heap) }, (_, i) => this.of(codeAt(this.heap, i)));
  }

  optimized(): CodeView[] {
    return this.all().filter((view) => view.isOptimized);
  }

  find(sfi: Tagged): CodeView | undefined {
    return this.optimized()
      .filter((view) => view.sfi === sfi)
      .sort((a, b) => Number(a.isMarked) - Number(b.isMarked) || b.optimizationId - a.optimizationId)[0];
  }
}
