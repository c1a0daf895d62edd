// The columns of the machine view: rows of source, bytecode and x64 of a function and of those inlined into it, tied together by
// the places of the script that they were made of. What is here says nothing of a stop: see machine-views.ts.

import type { ListingRow, ListingSection } from '../../picture/index.ts';
import {
  BYTECODES,
  type BytecodeArrayAccessor,
  formatBytecode,
  isJump,
  isRegisterInput,
  isRegisterOutput,
  isShortStar,
  OperandType,
  registerName,
} from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { isMap, SharedFunctionInfo } from '../objects/index.ts';
import type { DisassembledInstruction } from '../x64/index.ts';
import type { Functions } from './functions.ts';
import type { Listings } from './listings.ts';
import { type RegisterUse, registersOfText } from './machine-values.ts';
import { describeMap } from './preview.ts';
import type { Location, SourceRef } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { DebugTarget, ScriptRecord } from './target.ts';

/** Longer texts are cut. */
const longestText = 200;
const cut = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text);

export const sourceRow = (fn: number, line: number): string => `s${fn}.${line}`;
export const bytecodeRow = (fn: number, offset: number): string => `b${fn}.${offset}`;
export const codeRow = (offset: number): string => `x${offset}`;

/** A section before it is cut to what is shown. */
export interface WholeSection extends Omit<ListingSection, 'before' | 'after'> {
  /** Bytecode and x64: what each row does to registers. */
  readonly uses: readonly RegisterUse[];
}

export class MachineColumns {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly listings: Listings;

  constructor(target: DebugTarget, functions: Functions, sources: Sources, listings: Listings) {
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.listings = listings;
  }

  // --- source ---------------------------------------------------------------------------------------------------------------

  /** Undefined for code that nobody wrote. */
  source(sfi: Tagged, fn: number): WholeSection | undefined {
    const record = this.functions.scriptOf(sfi);
    const declaration = this.sources.declarationOf(sfi);
    if (record === undefined || declaration === undefined) return undefined;
    const groups = this.groupsByLine(sfi, fn, declaration.source);
    const lines = this.linesOf(sfi, record, declaration, [...groups.keys()]);
    return {
      id: `s${fn}`,
      title: this.functions.nameOf(sfi),
      note: `${declaration.source.name}:${declaration.line}`,
      document: declaration.source,
      rows: lines.map(
        ({ line, text }): ListingRow => ({
          id: sourceRow(fn, line),
          line,
          label: String(line),
          text: cut(text),
          groups: groups.get(line) ?? [],
        }),
      ),
      uses: [],
    };
  }

  /** The places that bytecodes were made of, by line. */
  private groupsByLine(sfi: Tagged, fn: number, source: SourceRef): Map<number, string[]> {
    const groups = new Map<number, string[]>();
    const bytecodes = this.functions.bytecodes(sfi);
    if (bytecodes === 0) return groups;
    for (const position of new Set(this.functions.positions(bytecodes).map((entry) => entry.position))) {
      const location = this.sources.locationOf(sfi, position);
      if (location === undefined || !isSame(location.source, source)) continue;
      groups.set(location.line, [...(groups.get(location.line) ?? []), groupOf(fn, position)]);
    }
    return groups;
  }

  private linesOf(
    sfi: Tagged,
    record: ScriptRecord,
    { source, line: first }: Location,
    named: readonly number[],
  ): { line: number; text: string }[] {
    const end = this.target.heap.getI32(sfi, SharedFunctionInfo.EndPosition);
    const original = this.sources.original(record, this.target.heap.getI32(sfi, SharedFunctionInfo.StartPosition));
    const isMapped = original !== undefined && original !== 'nothing';
    const endLocation = this.sources.locationOf(sfi, Math.max(0, end - 1));
    const last = Math.max(
      first,
      ...named,
      endLocation !== undefined && isSame(endLocation.source, source) ? endLocation.line : 0,
    );
    const from = Math.min(first, ...named);
    return Array.from({ length: last - from + 1 }, (_, i) => {
      const line = from + i;
      const text = isMapped
        ? this.target.originalLine(record.id, { ...original, line })
        : this.sources.lineText(record, line);
      return { line, text };
    });
  }

  // --- bytecode ---------------------------------------------------------------------------------------------------------------

  bytecode(sfi: Tagged, fn: number): WholeSection | undefined {
    const start = this.listings.bytecodeLocation(sfi, 0);
    if (start === undefined) return undefined;
    const bytecodes = this.functions.bytecodes(sfi);
    const bytes = this.functions.bytes(bytecodes);
    const { constants } = this.functions.listingSource(sfi);
    const rows: ListingRow[] = [];
    const uses: RegisterUse[] = [];
    const targets = new Set<string>();
    for (const accessor = this.functions.accessor(bytecodes); !accessor.done; accessor.advance()) {
      const offset = accessor.currentOffset;
      const id = bytecodeRow(fn, offset);
      const target = isJump(accessor.bytecode) ? accessor.jumpTarget : undefined;
      if (target !== undefined) targets.add(bytecodeRow(fn, target));
      rows.push({
        id,
        line: start.line + rows.length,
        label: String(offset),
        text: cut(target === undefined ? formatBytecode(accessor) : `${formatBytecode(accessor)} → ${target}`),
        comment: constantsOf(accessor, constants),
        about: aboutBytecode(accessor),
        bytes: Buffer.from(bytes.subarray(offset, accessor.nextOffset))
          .toString('hex')
          .replace(/..(?=.)/g, '$& '),
        groups: [groupOf(fn, this.functions.positionAt(bytecodes, offset))],
        target: target === undefined ? undefined : bytecodeRow(fn, target),
      });
      uses.push({ row: id, ...registerUse(accessor), isBarrier: false });
    }
    return {
      id: `b${fn}`,
      title: this.functions.nameOf(sfi),
      note: `${bytes.length} bytes`,
      document: start.source,
      rows,
      uses: uses.map((use) => (targets.has(use.row) ? { ...use, isBarrier: true } : use)),
    };
  }

  // --- machine code -----------------------------------------------------------------------------------------------------------

  /** @param functions the function that was compiled, then those that were inlined */
  code(view: CodeView, functions: readonly Tagged[]): WholeSection {
    const { instructions } = view;
    const document = this.listings.codeSource(view);
    const targets = new Set(instructions.flatMap(({ target }) => (target === undefined ? [] : [target - view.start])));
    const exitOfJump = new Map([...view.guards].flatMap(([exit, jumps]) => jumps.map((jump) => [jump, exit] as const)));
    const uses: RegisterUse[] = [];
    const rows = instructions.map((line): ListingRow => {
      const id = codeRow(line.offset);
      const own = view.exitCount > 0 ? view.exitAt(line.offset) : -1;
      const exit = own >= 0 ? own : exitOfJump.get(line.offset);
      const inside = line.target !== undefined && exit === undefined && view.contains(line.target);
      uses.push({ row: id, ...registersOfText(line.text), isBarrier: line.isCall || targets.has(line.offset) });
      return {
        id,
        line: view.lineAt(line.offset),
        label: line.offset.toString(16),
        text: cut(plainText(view, line)),
        comment: own >= 0 ? undefined : this.commentOf(line),
        bytes: line.bytes.replace(/..(?=.)/g, '$& '),
        groups: this.groupsOfInstruction(view, line.offset, functions),
        target: inside ? codeRow(line.target! - view.start) : undefined,
        exit,
        isExit: own >= 0 ? true : undefined,
      };
    });
    return {
      id: 'x',
      title: view.isOptimized ? this.functions.nameOf(view.sfi) : view.name,
      note: view.isOptimized
        ? `optimized #${view.optimizationId}${view.osrOffset >= 0 ? ', OSR' : ''}, ${view.size} bytes`
        : `builtin, ${view.size} bytes`,
      document,
      rows,
      uses,
    };
  }

  /** What stands behind an instruction, without addresses; of a map, what objects it describes. */
  private commentOf({ text, comment = '' }: DisassembledInstruction): string | undefined {
    const note = / \((?:external value|root|builtin) \(([^)]+)\)\)/.exec(text)?.[1];
    const address = /0x[0-9a-f]*?([0-9a-f]{1,8}) <Map/.exec(comment)?.[1];
    const word = address === undefined ? 0 : Number.parseInt(address, 16) | 0;
    const { heap, rt } = this.target;
    if (word > 0 && word < heap.size - 16 && isMap(heap, word)) return cut(`map ${describeMap(rt, word)}`);
    const object = comment.replace(/^.*?object: |^near builtin entry$/, '').replace(/0x[0-9a-f]+ ?/g, '');
    const found = [note, object].filter((part) => part !== undefined && part !== '');
    return found.length === 0 ? undefined : cut(found.join(' '));
  }

  private groupsOfInstruction(view: CodeView, offset: number, functions: readonly Tagged[]): string[] {
    if (!view.isOptimized) return [];
    // Before the first entry stands the prologue, which nothing was written for.
    const first = view.positions[0];
    if (view.exitAt(offset) < 0 && (first === undefined || offset < first.pc)) return [];
    const level = view.levelsAt(offset)[0];
    if (level === undefined || level.position < 0) return [];
    return [groupOf(functions.indexOf(level.sfi), level.position)];
  }
}

export const groupOf = (fn: number, position: number): string => `${fn}:${position}`;

const isSame = (a: SourceRef, b: SourceRef): boolean => a.id === b.id && a.path === b.path;

/** `"width"`: what operands name in the constant pool. */
function constantsOf(accessor: BytecodeArrayAccessor, constants: readonly string[]): string | undefined {
  if (isJump(accessor.bytecode)) return undefined;
  const found: string[] = [];
  for (let i = 0; i < accessor.operandCount; i++)
    if (accessor.operandType(i) === OperandType.ConstantPoolIdx) {
      const text = constants[accessor.unsigned(i)];
      if (text !== undefined) found.push(plainConstant(text));
    }
  return found.length === 0 ? undefined : cut(found.join(', '));
}

/** `0x… <String[5]: #width>` → `"width"`; `0x… <SharedFunctionInfo f>` → `SharedFunctionInfo f`. */
function plainConstant(text: string): string {
  const string = /^0x[0-9a-f]+ <String\[\d+\]: #?([\s\S]*)>$/.exec(text);
  if (string !== null) return JSON.stringify(string[1]);
  return /^0x[0-9a-f]+ <([\s\S]*)>$/.exec(text)?.[1] ?? text;
}

const aboutBytecode = (accessor: BytecodeArrayAccessor): string | undefined =>
  BYTECODES[accessor.bytecode]?.doc.replace(/\$(\d)/g, (_, n) => `operand ${n}`);

function registerUse(accessor: BytecodeArrayAccessor): { reads: string[]; writes: string[] } {
  const row = BYTECODES[accessor.bytecode];
  const reads: string[] = row?.readsAccumulator === true ? ['accumulator'] : [];
  const writes: string[] = row?.writesAccumulator === true ? ['accumulator'] : [];
  if (isShortStar(accessor.bytecode)) return { reads: ['accumulator'], writes: [registerName(accessor.starTarget)] };
  for (let i = 0; i < accessor.operandCount; i++) {
    const type = accessor.operandType(i);
    const count =
      type === OperandType.RegList || type === OperandType.RegOutList
        ? accessor.unsigned(i + 1)
        : type === OperandType.RegPair || type === OperandType.RegOutPair
          ? 2
          : type === OperandType.RegOutTriple
            ? 3
            : 1;
    const isInput = type !== OperandType.RegCount && isRegisterInput(type);
    const isOutput = isRegisterOutput(type);
    if (!isInput && !isOutput) continue;
    for (let n = 0; n < Math.min(count, 4); n++) {
      const name = registerName(accessor.register(i) + n);
      if (isInput) reads.push(name);
      if (isOutput) writes.push(name);
    }
  }
  return { reads, writes };
}

/** Without the operand size that the names of registers say already; jumps by offset, calls by name. */
function plainText(view: CodeView, { text, target }: DisassembledInstruction): string {
  const plain = text.replace(/^REX\.W /, '').replace(/ \((?:external value|root|builtin) \([^)]*\)\)/, '');
  if (target === undefined) return plain;
  const name = / {2}\(([^)]+)\)/.exec(plain)?.[1];
  const to = view.contains(target) ? (target - view.start).toString(16) : name;
  return to === undefined ? plain : `${plain.split(' ')[0]} ${to}`;
}
