// Breakpoints: what the client asked for, bound to bytecodes (patched with DebugBreak) and to machine instructions.
//
// Invariants: a patched byte is written once, however many breakpoints share it, and comes back when the last one goes. A breakpoint
// changes nothing about what is optimized: the compiler does not see it, and optimized code stops where its table says that the bytecode
// begins (code-tables.ts). Where it has no place for it, the breakpoint's message says so.

import { type Bytecode, debugBreakFor } from '../bytecode/index.ts';
import type { Address, Tagged } from '../heap/index.ts';
import type { CodeView, CodeViews } from '../isolate/index.ts';
import { parseAddress } from './addresses.ts';
import type { BytecodePlace, CodeTables } from './code-tables.ts';
import type { Condition } from './evaluate.ts';
import type { Functions } from './functions.ts';
import { hitCounts } from './hit-condition.ts';
import type { Listings } from './listings.ts';
import type {
  BreakpointBase,
  BreakpointStatus,
  FunctionBreakpoint,
  InstructionBreakpoint,
  LineBreakpoint,
  Location,
  Position,
  SourceRef,
} from './protocol.ts';
import type { SourceInScript, Sources } from './sources.ts';
import type { DebugTarget, ScriptRecord } from './target.ts';

export type BreakpointKind = 'line' | 'function' | 'instruction';

/** One breakpoint with where it is bound. */
export interface BoundBreakpoint extends Judged {
  readonly kind: BreakpointKind;
  readonly bytecodes: { readonly sfi: Tagged; readonly bytecodes: Tagged; readonly offset: number }[];
  readonly instructions: Address[];
  /** Where optimized code stops for `bytecodes`. */
  readonly inCode: { readonly address: Address; readonly place: BytecodePlace }[];
  /** Optimized code that passes it without stopping. */
  readonly passedBy: Set<CodeView>;
  location: Location | undefined;
}

/** Lines after the one that was asked for, to find code in. */
const mostLinesTried = 200;

/** Where a function can stop. */
interface Candidate {
  readonly sfi: Tagged;
  readonly offset: number;
  readonly position: number;
}

interface Patch {
  readonly sfi: Tagged;
  readonly original: number;
  readonly users: Set<BoundBreakpoint | 'step'>;
}

/** Learns of breakpoints that changed after they were set. */
export interface BreakpointObserver {
  changed(status: BreakpointStatus): void;
}

export class Breakpoints {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly codes: CodeViews;
  private readonly codeTables: CodeTables;
  private readonly listings: Listings;
  private readonly patches = new Map<Address, Patch>();
  /** By path or source id. */
  private readonly lines = new Map<string, { readonly source: SourceRef; readonly bound: BoundBreakpoint[] }>();
  private byFunction: BoundBreakpoint[] = [];
  private byInstruction: BoundBreakpoint[] = [];
  /** Machine breakpoints by address. */
  private readonly machine = new Map<Address, Set<BoundBreakpoint | 'guard' | 'step'>>();
  private isBinding = false;
  private readonly observers: BreakpointObserver[] = [];

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    codes: CodeViews,
    codeTables: CodeTables,
    listings: Listings,
  ) {
    this.codeTables = codeTables;
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.codes = codes;
    this.listings = listings;
  }

  // --- asking ---------------------------------------------------------------------------------------------------------------

  setLines(source: SourceRef, wanted: readonly LineBreakpoint[]): BreakpointStatus[] {
    const key = source.id === 0 ? `path ${source.path}` : `id ${source.id}`;
    for (const old of this.lines.get(key)?.bound ?? []) this.unbind(old);
    const bound = wanted.map((breakpoint) => newBound('line', breakpoint));
    this.lines.set(key, { source, bound });
    return bound.map((breakpoint) => this.bindLine(source, breakpoint));
  }

  setFunctions(wanted: readonly FunctionBreakpoint[]): BreakpointStatus[] {
    for (const old of this.byFunction) this.unbind(old);
    this.byFunction = wanted.map((breakpoint) => newBound('function', breakpoint));
    for (const record of this.target.scripts) if (!this.functions.isNative(record.sfi)) this.functionsIn(record);
    return this.byFunction.map((breakpoint) => this.bindFunction(breakpoint));
  }

  setInstructions(wanted: readonly InstructionBreakpoint[]): BreakpointStatus[] {
    for (const old of this.byInstruction) this.unbind(old);
    this.byInstruction = wanted.map((breakpoint) => newBound('instruction', breakpoint));
    return this.byInstruction.map((breakpoint) => this.bindInstruction(breakpoint));
  }

  /** Where line breakpoints may be set. */
  locations(source: SourceRef, line: number, endLine: number): Position[] {
    if (source.kind !== 'script') {
      return Array.from({ length: endLine - line + 1 }, (_, i) => ({ line: line + i, column: 1 })).filter(
        (position) => this.listings.target(source.id, position.line)?.line === position.line,
      );
    }
    const [place] = this.sources.scriptsOf(source);
    if (place === undefined) return [];
    const { record, made } = place;
    if (made !== undefined) return this.originalLocations(place, line, endLine);
    const from = this.sources.offset(record, line);
    const to = this.sources.offset(record, endLine + 1);
    const positions = new Set<number>();
    for (const { position } of this.candidates(record, from, to)) if (position < to) positions.add(position);
    return [...positions].sort((a, b) => a - b).map((position) => this.sources.position(record, position));
  }

  private originalLocations(place: SourceInScript, line: number, endLine: number): Position[] {
    const columns = new Map<string, Position>();
    for (let at = line; at <= endLine; at++) {
      const found = this.originalCandidates(place, at);
      if (found === undefined) break;
      if (found.line > endLine) break;
      for (const { column } of found.candidates) columns.set(`${found.line}:${column}`, { line: found.line, column });
      at = found.line;
    }
    return [...columns.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  }

  // --- binding --------------------------------------------------------------------------------------------------------------

  private functionsIn(record: ScriptRecord, from?: number, to?: number): Tagged[] {
    this.isBinding = true;
    try {
      return this.functions.functionsOf(record, from, to);
    } finally {
      this.isBinding = false;
    }
  }

  private candidates(record: ScriptRecord, from: number, to: number): Candidate[] {
    const found: Candidate[] = [];
    for (const sfi of this.functionsIn(record, from, to)) {
      for (const location of this.functions.breakLocations(this.functions.bytecodes(sfi)))
        if (location.position >= from) found.push({ sfi, ...location });
    }
    return found;
  }

  private bindLine(source: SourceRef, breakpoint: BoundBreakpoint): BreakpointStatus {
    const { line, column } = breakpoint.wanted as LineBreakpoint;
    if (source.kind !== 'script') return this.bindListingLine(source, breakpoint, line);
    const places = this.sources.scriptsOf(source);
    if (places.length === 0) return this.status(breakpoint, 'The file is not loaded yet.');
    for (const place of places) {
      if (place.made !== undefined) this.bindInOriginal(place, breakpoint, source);
      else this.bindInScript(place.record, breakpoint, line, column);
    }
    return this.status(breakpoint, 'There is no code on this line or after it.');
  }

  private bindInScript(record: ScriptRecord, breakpoint: BoundBreakpoint, line: number, column?: number): void {
    const from = this.sources.offset(record, line, column);
    const end = this.sources.offset(record, line + 1);
    let found = this.candidates(record, from, end).filter(({ position }) => position < end);
    if (found.length === 0 && column !== undefined)
      found = this.candidates(record, this.sources.offset(record, line), end).filter(({ position }) => position < end);
    if (found.length === 0) found = this.candidates(record, from, record.source.length + 1);
    if (found.length === 0) return;
    const position = found.reduce((least, candidate) => Math.min(least, candidate.position), Number.POSITIVE_INFINITY);
    this.bindFirst(breakpoint, found, position);
    breakpoint.location = { source: this.sources.refOf(record), ...this.sources.position(record, position) };
  }

  /** At a position, of each function the first bytecode: a statement, and not the call that begins it, too. */
  private bindFirst(breakpoint: BoundBreakpoint, candidates: readonly Candidate[], position: number): void {
    const bound = new Set<Tagged>();
    for (const { sfi, offset } of candidates.filter((candidate) => candidate.position === position)) {
      if (bound.has(sfi)) continue;
      bound.add(sfi);
      this.bindBytecode(breakpoint, sfi, offset);
    }
  }

  private bindInOriginal(place: SourceInScript, breakpoint: BoundBreakpoint, source: SourceRef): void {
    const { line, column = 1 } = breakpoint.wanted as LineBreakpoint;
    const found = this.originalCandidates(place, line);
    if (found === undefined) return;
    const isAfter = found.candidates.filter((candidate) => found.line > line || candidate.column >= column);
    const least = (isAfter.length > 0 ? isAfter : found.candidates).reduce((a, b) => (b.position < a.position ? b : a));
    this.bindFirst(breakpoint, found.candidates, least.position);
    breakpoint.location = { source, line: found.line, column: least.column };
  }

  /** Break locations of the first line at or after `line` that has one. */
  private originalCandidates({ record, made }: SourceInScript, line: number) {
    const { map, original } = made!;
    let tries = 0;
    for (let at = map.generated(original, line); at !== undefined && tries < mostLinesTried; tries++) {
      const from = this.sources.offset(record, at.first.line, at.first.column);
      const to = this.sources.offset(record, at.last.line, at.last.column);
      const candidates = this.candidates(record, from, to).flatMap((candidate) => {
        const position = this.sources.original(record, candidate.position);
        if (position === undefined || position === 'nothing') return [];
        if (position.source !== original || position.line !== at!.line) return [];
        return [{ ...candidate, column: position.column }];
      });
      if (candidates.length > 0) return { line: at.line, candidates };
      at = map.generated(original, at.line + 1);
    }
    return undefined;
  }

  private bindListingLine(source: SourceRef, breakpoint: BoundBreakpoint, line: number): BreakpointStatus {
    const target = this.listings.target(source.id, line);
    if (target === undefined) return this.status(breakpoint, 'There is no instruction on this line or after it.');
    if (target.kind === 'bytecode') this.bindBytecode(breakpoint, target.sfi, target.offset);
    else this.bindMachine(breakpoint, target.address);
    breakpoint.location = { source, line: target.line, column: 1 };
    return this.status(breakpoint);
  }

  private bindFunction(breakpoint: BoundBreakpoint): BreakpointStatus {
    const { name } = breakpoint.wanted as FunctionBreakpoint;
    for (const sfi of this.functions.named(name)) {
      const first = this.functions.statements(this.functions.bytecodes(sfi))[0];
      if (first === undefined) continue;
      this.bindBytecode(breakpoint, sfi, first.offset);
      breakpoint.location ??= this.sources.locationOf(sfi, first.position);
    }
    if (breakpoint.bytecodes.length === 0) return this.status(breakpoint, `There is no function '${name}' yet.`);
    return this.status(breakpoint);
  }

  private bindInstruction(breakpoint: BoundBreakpoint): BreakpointStatus {
    const { address } = breakpoint.wanted as InstructionBreakpoint;
    const at = parseAddress(address);
    const view = this.codes.at(at);
    if (view !== undefined) {
      const instruction = view.instructions[view.indexAt(at - view.start)];
      if (instruction?.offset !== at - view.start)
        return this.status(breakpoint, 'No instruction begins at this address.');
      this.bindMachine(breakpoint, at);
      return this.status(breakpoint);
    }
    const bytecode = this.functions.atAddress(at);
    if (bytecode === undefined) return this.status(breakpoint, 'There is no code at this address.');
    this.bindBytecode(breakpoint, bytecode.sfi, bytecode.offset);
    return this.status(breakpoint);
  }

  private status(breakpoint: BoundBreakpoint, message?: string): BreakpointStatus {
    const { wanted } = breakpoint;
    const verified = breakpoint.bytecodes.length + breakpoint.instructions.length > 0;
    const address = 'address' in wanted ? (wanted as InstructionBreakpoint).address : undefined;
    const passed = [...breakpoint.passedBy].map(({ name }) => name);
    const merged = passed.length === 0 ? undefined : mergedText(passed[0]!);
    return { id: wanted.id, verified, message: verified ? merged : message, location: breakpoint.location, address };
  }

  /** A function got bytecode, so breakpoints that wait for it may bind. */
  compiled(sfi: Tagged): void {
    this.functions.known.add(sfi);
    if (this.isBinding || this.functions.isNative(sfi)) return;
    const isWaiting = (breakpoint: BoundBreakpoint): boolean =>
      breakpoint.bytecodes.length + breakpoint.instructions.length === 0;
    for (const { source, bound } of this.lines.values()) {
      if (source.kind !== 'script') continue;
      for (const breakpoint of bound.filter(isWaiting)) {
        const status = this.bindLine(source, breakpoint);
        if (status.verified) this.tell(status);
      }
    }
    const name = this.functions.nameOf(sfi);
    for (const breakpoint of this.byFunction) {
      if ((breakpoint.wanted as FunctionBreakpoint).name !== name) continue;
      const wasWaiting = isWaiting(breakpoint);
      const status = this.bindFunction(breakpoint);
      if (wasWaiting && status.verified) this.tell(status);
    }
  }

  // --- bytecode -----------------------------------------------------------------------------------------------------------

  private bindBytecode(breakpoint: BoundBreakpoint, sfi: Tagged, offset: number): void {
    const bytecodes = this.functions.bytecodes(sfi);
    if (breakpoint.bytecodes.some((place) => place.bytecodes === bytecodes && place.offset === offset)) return;
    breakpoint.bytecodes.push({ sfi, bytecodes, offset });
    this.patch(sfi, bytecodes, offset, breakpoint);
    for (const view of this.codes.optimized()) if (!view.isMarked) this.bindInCode(breakpoint, view, { sfi, offset });
  }

  private *all(): Iterable<BoundBreakpoint> {
    for (const { bound } of this.lines.values()) yield* bound;
    yield* this.byFunction;
    yield* this.byInstruction;
  }

  /** Code was made: what stops in its functions stops in it. */
  codeMade(view: CodeView): void {
    for (const breakpoint of this.all()) {
      const could = breakpoint.passedBy.size === 0;
      for (const { sfi, offset } of breakpoint.bytecodes) this.bindInCode(breakpoint, view, { sfi, offset });
      if (could && breakpoint.passedBy.size > 0) this.tell(this.status(breakpoint));
    }
  }

  /** Code is left at its next call, and not entered any more. */
  codeGone(view: CodeView): void {
    for (const breakpoint of this.all())
      if (breakpoint.passedBy.delete(view) && breakpoint.passedBy.size === 0) this.tell(this.status(breakpoint));
  }

  private bindInCode(breakpoint: BoundBreakpoint, view: CodeView, place: BytecodePlace): void {
    if (view.sfi !== place.sfi && !view.inlinedFunctions.includes(place.sfi)) return;
    if (this.codeTables.isMerged(view, place)) breakpoint.passedBy.add(view);
    for (const pc of this.codeTables.placesOf(view, place)) {
      const address = view.start + pc;
      breakpoint.inCode.push({ address, place });
      this.setMachine(address, breakpoint);
    }
  }

  /** Where optimized code stops for breakpoints at an address: by bytecode, in the order in which they run. */
  placesAt(address: Address): { readonly place: BytecodePlace; readonly hits: readonly BoundBreakpoint[] }[] {
    const view = this.codes.at(address);
    if (view === undefined) return [];
    const all = this.atInstruction(address);
    return this.codeTables.at(view, address - view.start).flatMap(({ sfi, bytecodeOffset: offset }) => {
      const hits = all.filter(({ inCode }) =>
        inCode.some(({ address: at, place }) => at === address && place.sfi === sfi && place.offset === offset),
      );
      return hits.length === 0 ? [] : [{ place: { sfi, offset }, hits }];
    });
  }

  private patch(sfi: Tagged, bytecodes: Tagged, offset: number, user: BoundBreakpoint | 'step'): void {
    const { heap } = this.target;
    const address = this.functions.bytecodeStart(bytecodes) + offset;
    let patch = this.patches.get(address);
    if (patch === undefined) {
      const original = heap.u8[address]!;
      patch = { sfi, original, users: new Set() };
      this.patches.set(address, patch);
      this.functions.replaced.set(address, original);
      heap.u8[address] = debugBreakFor(original as Bytecode);
    }
    patch.users.add(user);
  }

  private unpatch(address: Address, user: BoundBreakpoint | 'step'): void {
    const patch = this.patches.get(address);
    if (patch === undefined || !patch.users.delete(user) || patch.users.size > 0) return;
    this.target.heap.u8[address] = patch.original;
    this.functions.replaced.delete(address);
    this.patches.delete(address);
  }

  observe(observer: BreakpointObserver): void {
    this.observers.push(observer);
  }

  private tell(status: BreakpointStatus): void {
    for (const observer of this.observers) observer.changed(status);
  }

  /** Runs `body` on bytecode as it is without breakpoints. */
  takePatchesOut(): void {
    const { heap } = this.target;
    for (const [address, patch] of this.patches) {
      this.takenOut.push({ address, byte: heap.u8[address]! });
      heap.u8[address] = patch.original;
    }
  }

  putPatchesBack(): void {
    for (const { address, byte } of this.takenOut.splice(0)) this.target.heap.u8[address] = byte;
  }
  private readonly takenOut: { readonly address: Address; readonly byte: number }[] = [];

  /** The byte that a DebugBreak replaced; undefined where none stands. */
  originalAt(address: Address): number | undefined {
    return this.patches.get(address)?.original;
  }

  /** Stops once when the frame gets to the bytecode; see `clearSteps`. */
  stepAt(sfi: Tagged, bytecodes: Tagged, offset: number): void {
    this.patch(sfi, bytecodes, offset, 'step');
  }

  isStepAt(address: Address): boolean {
    return this.patches.get(address)?.users.has('step') ?? false;
  }

  clearSteps(): void {
    for (const address of [...this.patches.keys()]) this.unpatch(address, 'step');
    for (const address of [...this.machine.keys()]) this.clearMachine(address, 'step');
  }

  /** Breakpoints at a bytecode's address. */
  atBytecode(address: Address): BoundBreakpoint[] {
    return [...(this.patches.get(address)?.users ?? [])].filter((user) => user !== 'step');
  }

  // --- machine code -------------------------------------------------------------------------------------------------------

  private bindMachine(breakpoint: BoundBreakpoint, address: Address): void {
    breakpoint.instructions.push(address);
    this.setMachine(address, breakpoint);
  }

  setMachine(address: Address, user: BoundBreakpoint | 'guard' | 'step'): void {
    let users = this.machine.get(address);
    if (users === undefined) {
      users = new Set();
      this.machine.set(address, users);
      this.target.setMachineBreakpoint(address);
    }
    users.add(user);
  }

  clearMachine(address: Address, user: BoundBreakpoint | 'guard' | 'step'): void {
    const users = this.machine.get(address);
    if (users === undefined || !users.delete(user) || users.size > 0) return;
    this.machine.delete(address);
    this.target.clearMachineBreakpoint(address);
  }

  isMachineStepAt(address: Address): boolean {
    return this.machine.get(address)?.has('step') ?? false;
  }

  isGuardAt(address: Address): boolean {
    return this.machine.get(address)?.has('guard') ?? false;
  }

  atInstruction(address: Address): BoundBreakpoint[] {
    return [...(this.machine.get(address) ?? [])].filter((user) => typeof user !== 'string');
  }

  private unbind(breakpoint: BoundBreakpoint): void {
    for (const { bytecodes, offset } of breakpoint.bytecodes)
      this.unpatch(this.functions.bytecodeStart(bytecodes) + offset, breakpoint);
    for (const address of breakpoint.instructions) this.clearMachine(address, breakpoint);
    for (const { address } of breakpoint.inCode) this.clearMachine(address, breakpoint);
    breakpoint.bytecodes.length = 0;
    breakpoint.instructions.length = 0;
    breakpoint.inCode.length = 0;
    breakpoint.passedBy.clear();
  }
}

const mergedText = (name: string): string =>
  `The optimized code of ${name} has no place of its own for this: the optimizer merged it with what is around it. It stops here only in the interpreter.`;

const newBound = (kind: BreakpointKind, wanted: BreakpointBase): BoundBreakpoint => ({
  kind,
  wanted,
  hits: 0,
  reported: false,
  bytecodes: [],
  instructions: [],
  inCode: [],
  passedBy: new Set(),
  location: undefined,
});

/** What a breakpoint that was reached wants. */
export type Verdict = 'stop' | 'log' | 'go on';

export interface HitActions {
  condition(text: string): Condition;
  report(message: string): void;
}

/** A breakpoint of any kind, as far as hits go. */
export interface Judged {
  readonly wanted: BreakpointBase;
  hits: number;
  /** Something was said of it already: it is said once. */
  reported: boolean;
  /** Of the last hit: why nobody knows whether the condition is true. */
  doubt?: string;
}

/**
 * Counts a hit and decides. A condition that throws is false, as in V8. One that reads what was optimized out counts as true: no answer
 * is no reason to pass by the very hit that somebody waits for. Debuggers of native code do so, too. Either is said.
 */
export function judgeHit(breakpoint: Judged, actions: HitActions): Verdict {
  const { condition, hitCondition, logMessage } = breakpoint.wanted;
  const once = (message: string): void => {
    if (breakpoint.reported) return;
    breakpoint.reported = true;
    actions.report(message);
  };
  const { is, message } = condition === undefined ? { is: true } : actions.condition(condition);
  breakpoint.doubt = is === 'unknown' ? `Nobody knows whether '${condition}' is true here: ${message}` : undefined;
  if (is === 'unknown') once(`${breakpoint.doubt} It is taken to be.`);
  else if (message !== undefined) once(`Breakpoint condition '${condition}': ${message}`);
  if (!is) return 'go on';
  breakpoint.hits++;
  try {
    if (!hitCounts(hitCondition, breakpoint.hits)) return 'go on';
  } catch (error) {
    once((error as Error).message);
    return 'go on';
  }
  return logMessage === undefined ? 'stop' : 'log';
}
