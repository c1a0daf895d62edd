// Bailouts as they happen: the Deoptimizer's observer. It collects a report, and stops at phases and slots when the user walks
// through. A stop blocks the engine's thread right inside the Deoptimizer; nothing there runs JavaScript.

import type { FrameTranslation } from '../../picture/index.ts';
import {
  type Deoptimization,
  DeoptimizeReason,
  type DeoptimizerObserver,
  deoptExitSize,
  type DeoptimizerPhase as EnginePhase,
  FrameDescription,
  FrameDescriptionLayout,
  type FrameInput,
  isObject,
  type Materialized,
  type OutputSlot,
  outputLayout,
  type TranslatedState,
  type WrittenSlot,
} from '../deoptimizer/index.ts';
import { FrameOffset } from '../frames/index.ts';
import { type Heap, IsolateData, Region, type Tagged } from '../heap/index.ts';
import type { CodeView, CodeViews } from '../isolate/index.ts';
import { type Cpu, CpuState, Gpr } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import { BailoutSites } from './bailout-sites.ts';
import type { DeoptimizerPoint } from './event-breakpoints.ts';
import { explainBailout } from './explain.ts';
import { Expressions, isAfterLoop } from './expressions.ts';
import { type FrameNames, slotAliases } from './frame-names.ts';
import type { FrameTranslations } from './frame-translations.ts';
import type { Functions } from './functions.ts';
import { type GuardFacts, guardFacts, type RegisterFile } from './guard-facts.ts';
import type { Listings } from './listings.ts';
import { type MaterializationTexts, madeTitle } from './materialization-texts.ts';
import type { Materialized as LookedAt } from './materialized.ts';
import { phaseText, stepText } from './phase-texts.ts';
import type { BailoutReport, DeoptimizerPhase } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { DeoptimizerStop, FrameView } from './stack.ts';
import type { DebugTarget } from './target.ts';

const phaseNames: Readonly<Record<EnginePhase, DeoptimizerPhase>> = {
  entry: 'entry',
  lookup: 'lookup',
  readInputFrame: 'read input frame',
  translateFrame: 'translate frame',
  writeFrames: 'write frames',
  materialize: 'materialize objects',
  invalidate: 'invalidate and unlink',
  resume: 'resume',
};

/** Registers as the guard left them, saved in the input FrameDescription. */
export function savedRegisters(heap: Heap): RegisterFile {
  const input = FrameDescription.at(heap, heap.i32[Region.Deoptimizer >> 2]!).address;
  return {
    lo: (i) => heap.i32[(input + FrameDescriptionLayout.Registers + 8 * i) >> 2]!,
    hi: (i) => heap.i32[((input + FrameDescriptionLayout.Registers + 8 * i) >> 2) + 1]!,
    double: (i) => heap.f64[(input + FrameDescriptionLayout.DoubleRegisters + 8 * i) >> 3]!,
  };
}

export const liveRegisters = (cpu: Cpu): RegisterFile => ({
  lo: (i) => cpu.lo(i),
  hi: (i) => cpu.hi(i),
  double: (i) => cpu.xmmF64(i),
});

/** Why code was left, for the next time that it is made. */
export const leftText = ({ number, kind, reason }: BailoutReport): string =>
  kind === 'lazy' ? `bailout ${number}, lazy` : `bailout ${number}, ${reason}`;

/** What the Deoptimizer has just done. */
export interface DeoptimizerEvent {
  readonly phase: DeoptimizerPhase;
  /** The phase; inside one, the slot that was written or the object that was made. */
  readonly title: string;
  readonly text: () => string;
  /** It is one of the things that the phase consists of. */
  readonly isInside: boolean;
}

/** What the rest of the debugger does at events. */
export interface BailoutListener {
  /** May block. */
  event(event: DeoptimizerEvent): void;
  /** @param picture makes the picture of it; to be called now or never */
  ended(report: BailoutReport, deoptimization: Deoptimization, picture: () => FrameTranslation | undefined): void;
}

export class Bailouts implements DeoptimizerObserver {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly codes: CodeViews;
  private readonly listings: Listings;
  private readonly names: FrameNames;
  private readonly translations: FrameTranslations;
  private readonly listener: BailoutListener;
  private readonly lookedAt: LookedAt;
  private readonly madeTexts: MaterializationTexts;
  /** By code: how often each exit was taken, and by which bailout last. */
  private readonly byExit = new Map<CodeView, Map<number, { readonly count: number; readonly last: number }>>();
  private readonly sites = new BailoutSites();
  private readonly expressions: Expressions;
  /** What the guard of the bailout in progress compared. */
  private facts: GuardFacts | undefined;
  private isSeeded = false;
  private count = 0;
  private startedAt = 0;
  /** Time spent in stops, which is not the bailout's. */
  private paused = 0;
  private callerFp = 0;
  private callerPc = 0;
  private input: readonly FrameView[] = [];
  private phaseNow: DeoptimizerPhase = 'entry';
  private report: BailoutReport | undefined;
  /** Before the translation is read: what it will be, and from where. */
  private early: TranslatedState | undefined;
  private pushed: FrameInput | undefined;
  /** Why code was invalidated, by Code. */
  readonly invalidations = new Map<Tagged, string>();
  /** The slot that was written last, if that was the last thing that was done. */
  private newest: WrittenSlot | undefined;
  /** What was materialized last, likewise. */
  private newestMade: Materialized | undefined;

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    codes: CodeViews,
    listings: Listings,
    names: FrameNames,
    translations: FrameTranslations,
    madeTexts: MaterializationTexts,
    lookedAt: LookedAt,
    listener: BailoutListener,
  ) {
    this.madeTexts = madeTexts;
    this.lookedAt = lookedAt;
    this.expressions = new Expressions(functions, sources);
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.codes = codes;
    this.listings = listings;
    this.names = names;
    this.translations = translations;
    this.listener = listener;
  }

  phase(enginePhase: EnginePhase, deoptimization: Deoptimization): void {
    const phase = phaseNames[enginePhase];
    if (phase === 'entry') this.startedAt = performance.now();
    // What the debugger does here is not the bailout's time.
    const before = performance.now();
    this.phaseNow = phase;
    if (phase === 'entry') this.begin(deoptimization);
    if (!this.isSeeded && deoptimization.state !== undefined) this.seed(deoptimization, deoptimization.state);
    if (phase === 'read input frame') this.input = this.inputFrames(deoptimization);
    this.newest = undefined;
    this.newestMade = undefined;
    const text = (): string => phaseText(phase, deoptimization, deoptimization.currentFrame);
    this.listener.event({ phase, title: phase, text, isInside: false });
    this.paused += performance.now() - before;
    if (phase === 'resume') this.end(deoptimization);
  }

  /** What somebody looked at before is what the frames get. */
  private seed(deoptimization: Deoptimization, state: TranslatedState): void {
    this.isSeeded = true;
    const { inputFp: fp, code } = deoptimization;
    this.lookedAt.seed(state, { fp, code, exit: this.exitOf(deoptimization) });
  }

  slot(slot: WrittenSlot, _deoptimization: Deoptimization): void {
    this.newest = slot;
    this.inside('translate frame', slot.name, () => slot.name);
  }

  materialized(made: Materialized, deoptimization: Deoptimization): void {
    this.newestMade = made;
    this.inside('materialize objects', madeTitle(made), () =>
      this.madeTexts.sentence(deoptimization.state!, deoptimization.kind, made, made.word),
    );
  }

  private inside(phase: DeoptimizerPhase, title: string, text: () => string): void {
    this.phaseNow = phase;
    const before = performance.now();
    this.listener.event({ phase, title, text, isInside: true });
    this.paused += performance.now() - before;
  }

  private begin(deoptimization: Deoptimization): void {
    const { heap } = this.target;
    this.paused = 0;
    const fp = deoptimization.inputFp;
    this.callerFp = heap.i32[fp >> 2]!;
    this.callerPc = heap.i32[(fp + FrameOffset.ReturnPc) >> 2]!;
    this.pushed = this.pushedRegisters(deoptimization);
    const exit = this.exitOf(deoptimization);
    this.early = exit < 0 ? undefined : this.target.deoptimizer.inspect(deoptimization.code, exit, this.pushed);
    if (this.early !== undefined) this.lookedAt.seed(this.early, { fp, code: deoptimization.code, exit });
    this.isSeeded = false;
    this.report =
      exit < 0 ? undefined : this.reportOf(this.viewOf(deoptimization), exit, this.registers, this.count + 1);
    this.input = this.inputFrames(deoptimization);
  }

  /** Where the entry code has pushed the registers, at its first call of the host. */
  private pushedRegisters({ inputFp }: Deoptimization): FrameInput {
    const top = this.target.cpu.lo(Gpr.rsp) + 8;
    return { fp: inputFp, slotsAt: inputFp, gpr: top + 8 * 15, gprStride: -8, xmm: top + 8 * 16, xmmStride: 8 };
  }

  /** The registers at the guard, wherever they are now. */
  private get registers(): RegisterFile {
    if (this.phaseNow !== 'entry') return savedRegisters(this.target.heap);
    const { i32, f64 } = this.target.heap;
    const { gpr, xmm } = this.pushed!;
    return {
      lo: (i) => i32[(gpr - 8 * i) >> 2]!,
      hi: (i) => i32[((gpr - 8 * i) >> 2) + 1]!,
      double: (i) => f64[(xmm + 8 * i) >> 3]!,
    };
  }

  /** The translation: as it was read, or before that, as it will be. */
  stateOf(deoptimization: Deoptimization): TranslatedState | undefined {
    return deoptimization.state ?? this.early;
  }

  /** Where the Deoptimizer is, by the names that breakpoints use. */
  point(): DeoptimizerPoint {
    const { newest, newestMade, phaseNow: phase } = this;
    const deoptimization = this.target.deoptimizer.current!;
    const { state, currentFrame } = deoptimization;
    const index = phase === 'translate frame' ? currentFrame : (newestMade?.waiting.frame ?? -1);
    const frame = state?.frames[index];
    let slot: string[] | undefined;
    if (newest !== undefined) {
      const planned = this.plannedSlot(deoptimization, index, newest.offset);
      slot = slotAliases(planned, this.names.ofSlot(frame!, planned));
    }
    // The phase of materialization is reached with each object that is made, or at its end if there is none.
    const isPassed = newestMade === undefined ? deoptimization.materialized.some(isObject) : !isObject(newestMade);
    return {
      phase: phase === 'materialize objects' && isPassed ? undefined : phase,
      functions: this.input.map(({ sfi }) => this.functions.nameOf(sfi)),
      frame: frame === undefined ? undefined : this.functions.nameOf(frame.sharedFunctionInfo),
      slot,
    };
  }

  private plannedSlot(deoptimization: Deoptimization, frame: number, offset: number): OutputSlot {
    const slots = outputLayout(deoptimization.state!, frame, deoptimization.kind).flat();
    return slots[slots.length - 1 - offset / 8]!;
  }

  private viewOf(deoptimization: Deoptimization): CodeView {
    return this.codes.of(deoptimization.code);
  }

  private exitOf(deoptimization: Deoptimization): number {
    const view = this.viewOf(deoptimization);
    return view.exitAt(deoptimization.pc - deoptExitSize - view.start);
  }

  /** The optimized frame's levels, innermost first; with values once they are read. */
  private inputFrames(deoptimization: Deoptimization): FrameView[] {
    const view = this.viewOf(deoptimization);
    const exit = this.exitOf(deoptimization);
    const levels = exit >= 0 ? view.levelsOfExit(exit) : [{ sfi: view.sfi, position: -1 }];
    const state = this.stateOf(deoptimization);
    const js = state?.jsFrames ?? [];
    const pc = deoptimization.pc - deoptExitSize;
    return levels.map((level, i): FrameView => {
      const depth = levels.length - 1 - i;
      const frame = js[js.length - 1 - i];
      const name = this.functions.nameOf(level.sfi);
      return {
        kind: depth === 0 ? 'optimized' : 'inlined',
        name: depth === 0 ? `${name} (optimized)` : `${name} (inlined into ${this.functions.nameOf(view.sfi)})`,
        sfi: level.sfi,
        location: this.sources.locationOf(level.sfi, level.position) ?? this.sources.declarationOf(level.sfi),
        instructionPointer: addressText(pc),
        machine: { view, fp: deoptimization.inputFp, pc, isTop: true, level: depth },
        translated: frame === undefined ? undefined : { state: state!, frame },
      };
    });
  }

  /** The slot that was written or filled last, and its frame. */
  get newestSlot(): { readonly frame: number; readonly offset: number } | undefined {
    return this.newest ?? (this.newestMade?.holder === undefined ? this.newestMade?.waiting : undefined);
  }

  /** Where the stack is while the Deoptimizer is stopped. */
  stop(): DeoptimizerStop {
    const deoptimization = this.target.deoptimizer.current!;
    const total = deoptimization.state?.frames.length ?? 0;
    const frame = Math.max(0, deoptimization.currentFrame) + 1;
    let name: string = this.phaseNow;
    if (name === 'translate frame') name += ` ${Math.min(frame, total)} of ${total}`;
    if (this.newestMade !== undefined) name = `materialize: ${madeTitle(this.newestMade)}`;
    return {
      deoptimization,
      name: `Deoptimizer: ${name}`,
      callerFp: this.callerFp,
      callerPc: this.callerPc,
      input: this.input,
      written: this.isWritten,
    };
  }

  /** The output frames stand on the stack, complete. */
  get isWritten(): boolean {
    return (
      this.phaseNow === 'materialize objects' || this.phaseNow === 'invalidate and unlink' || this.phaseNow === 'resume'
    );
  }

  get currentReport(): BailoutReport | undefined {
    return this.report;
  }

  /** The bailout in progress, as far as it is. */
  picture(report = this.report): FrameTranslation | undefined {
    const deoptimization = this.target.deoptimizer.current;
    const state = deoptimization && this.stateOf(deoptimization);
    if (deoptimization === undefined || state === undefined || report === undefined) return undefined;
    const phase = this.phaseNow;
    return this.translations.of({
      report,
      view: this.viewOf(deoptimization),
      state,
      input: this.inputOf(deoptimization),
      sp: deoptimization.inputFp - deoptimization.fpToSpDelta,
      phase,
      deoptimization,
      slot: this.newest,
      made: this.newestMade,
      phaseText: (of, frame) => stepText(of, frame, phase, report, deoptimization),
    });
  }

  /** The bailout that a guard is about to begin. */
  pictureAtGuard(view: CodeView, report: BailoutReport): FrameTranslation {
    const { cpu, deoptimizer } = this.target;
    const at = Region.IsolateData + IsolateData.Cpu;
    const fp = cpu.lo(Gpr.rbp);
    const input = { fp, slotsAt: fp, gpr: at + CpuState.Gpr, xmm: at + CpuState.Xmm, xmmStride: 16 };
    return this.translations.of({
      report,
      view,
      state: deoptimizer.inspect(view.code, report.exitIndex, input),
      input,
      sp: cpu.lo(Gpr.rsp),
      phase: 'guard failed',
      deoptimization: undefined,
      slot: undefined,
      made: undefined,
      phaseText: (phase, frame) => stepText(phase, frame, 'guard failed', report, undefined),
    });
  }

  /** Where the optimized frame's registers and stack are now: pushed by the entry code, then in the input FrameDescription. */
  private inputOf({ inputFp, fpToSpDelta }: Deoptimization): FrameInput {
    if (this.phaseNow === 'entry') return this.pushed!;
    const input = FrameDescription.at(this.target.heap, this.target.heap.i32[Region.Deoptimizer >> 2]!);
    return {
      fp: inputFp,
      slotsAt: input.content + fpToSpDelta,
      gpr: input.address + FrameDescriptionLayout.Registers,
      xmm: input.address + FrameDescriptionLayout.DoubleRegisters,
      xmmStride: 8,
    };
  }

  /** The report of the bailout that a guard is about to begin. */
  preview(view: CodeView, exit: number, registers: RegisterFile): BailoutReport {
    return this.reportOf(view, exit, registers, this.count + 1);
  }

  private reportOf(view: CodeView, exit: number, registers: RegisterFile, number: number): BailoutReport {
    const levels = view.levelsOfExit(exit);
    const isLazy = view.isLazyExit(exit);
    const guard = view.guards.get(exit)?.at(-1) ?? view.exitOffset(exit);
    const innermost = levels[0];
    const location = innermost === undefined ? undefined : this.sources.locationOf(innermost.sfi, innermost.position);
    const isCall = view.reasonCode(exit) === DeoptimizeReason.WrongCallTarget;
    const expression = innermost && this.expressions.at(innermost.sfi, innermost.position, isCall);
    this.facts = guardFacts(this.target.rt, view, exit, registers);
    const isFree = !isLazy && isAfterLoop(this.functions, view, exit);
    const quoted = expression?.text ?? this.quote(innermost?.sfi, innermost?.position ?? -1);
    return {
      number,
      kind: isLazy ? 'lazy' : 'eager',
      reason: isLazy ? '(unknown)' : view.reasonOf(exit),
      explanation: explainBailout(view, exit, {
        facts: this.facts,
        source: quoted,
        operator: expression?.operator,
        invalidation: this.invalidations.get(view.code),
        isFree,
      }),
      finding: this.facts?.sentence,
      expression: expression?.text,
      expressionRange: expression?.location,
      isFree: isFree || undefined,
      function: this.functions.nameOf(view.sfi),
      optimizationId: view.optimizationId,
      inlined: levels.map((level) => ({
        function: this.functions.nameOf(level.sfi),
        location: this.sources.locationOf(level.sfi, level.position),
      })),
      location: location ?? (innermost === undefined ? undefined : this.sources.declarationOf(innermost.sfi)),
      bytecodeOffset: view.bytecodeOffsetOf(exit),
      exitIndex: exit,
      pc: addressText(view.start + guard),
      code: this.listings.codeLocation(view, guard),
      frames: [],
    };
  }

  /** The source line around a position, for people. */
  private quote(sfi: number | undefined, position: number): string {
    const record = sfi === undefined ? undefined : this.functions.scriptOf(sfi);
    if (record === undefined || position < 0) return '';
    const text = this.sources.lineAt(record, position).trim();
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }

  /** How often the program left code through an exit, and the number of the newest bailout that did. */
  through(view: CodeView, exit: number): { readonly count: number; readonly last?: number } {
    return this.byExit.get(view)?.get(exit) ?? { count: 0 };
  }

  private siteOf(deoptimization: Deoptimization, { kind, reason }: BailoutReport): string {
    const exit = this.exitOf(deoptimization);
    const level = exit < 0 ? undefined : this.viewOf(deoptimization).levelsOfExit(exit)[0];
    return `${level?.sfi ?? 0}.${level?.position ?? -1}.${kind}.${reason}`;
  }

  private countExit(deoptimization: Deoptimization): void {
    const view = this.viewOf(deoptimization);
    const exit = this.exitOf(deoptimization);
    let exits = this.byExit.get(view);
    if (exits === undefined) {
      exits = new Map();
      this.byExit.set(view, exits);
    }
    exits.set(exit, { count: (exits.get(exit)?.count ?? 0) + 1, last: this.count });
  }

  /** The program knows nothing of it, and nobody is told. */
  isOfLibrary(deoptimization: Deoptimization): boolean {
    return this.functions.isNative(this.viewOf(deoptimization).sfi);
  }

  private end(deoptimization: Deoptimization): void {
    if (this.isOfLibrary(deoptimization)) {
      this.lookedAt.forget();
      return;
    }
    this.count++;
    this.countExit(deoptimization);
    const report =
      this.report ??
      this.reportOf(
        this.viewOf(deoptimization),
        deoptimization.exitIndex,
        savedRegisters(this.target.heap),
        this.count,
      );
    const frames = deoptimization.state?.frames ?? [];
    const array = /^([\w$.]+)\[/.exec(report.expression ?? '')?.[1];
    const ended: BailoutReport = {
      ...report,
      number: this.count,
      repeats: this.sites.add(this.siteOf(deoptimization, report), this.facts, array),
      microseconds: (performance.now() - this.startedAt - this.paused) * 1000,
      frames: frames
        .map((frame, i) => ({ frame, slots: deoptimization.slots.filter((slot) => slot.frame === i).length }))
        .filter(({ frame }) => frame.kind === 'interpreted')
        .map(({ frame, slots }) => ({
          function: this.functions.nameOf(frame.sharedFunctionInfo),
          bytecodeOffset: frame.bytecodeOffset,
          slots,
        })),
    };
    this.lookedAt.forget();
    this.listener.ended(ended, deoptimization, () => this.picture(ended));
  }
}
