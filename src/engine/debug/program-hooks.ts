// Where a running program comes into the debugger: patched bytecodes, steps, `debugger` statements, safepoints, exceptions, machine
// breakpoints, events of the Deoptimizer. Each decides whether this is a stop.

import type { Bytecode } from '../bytecode/index.ts';
import { FrameOffset } from '../frames/index.ts';
import { type Address, Interrupt, IsolateData, type Tagged } from '../heap/index.ts';
import { Termination } from '../isolate/index.ts';
import { ExitReason } from '../x64/index.ts';
import { type DeoptimizerEvent, liveRegisters } from './bailouts.ts';
import { EvaluationInterrupted } from './evaluate.ts';
import { describeThrown, predictCatch } from './exceptions.ts';
import { internalScript } from './functions.ts';
import type { GuardHit } from './guards.ts';
import { type LaunchArguments, Request } from './protocol.ts';
import type { Session } from './session.ts';
import type { FrameView } from './stack.ts';
import type { StopParts, Stops } from './stops.ts';

export class ProgramHooks {
  private readonly parts: StopParts;
  private readonly s: Session;
  private readonly stops: Stops;
  private readonly launched: LaunchArguments;
  /** A step stopped at this bytecode already: its breakpoint is not another stop. */
  private stoppedAt: Address = -1;
  /** Addresses of bytecodes that the interpreter repeats after a bailout. */
  private readonly passed = new Set<Address>();
  private lastThrown: Tagged = 0;
  private hasStopped = false;

  constructor(parts: StopParts, stops: Stops, launched: LaunchArguments) {
    this.parts = parts;
    this.s = parts.session;
    this.stops = stops;
    this.launched = launched;
  }

  /** Whether what happens is no business of the user's: nothing is debugged, or the debugger itself runs code. */
  get isIgnored(): boolean {
    return this.launched.noDebug || this.s.evaluator.running;
  }

  /** A function got bytecode. */
  compiled(sfi: Tagged): void {
    const { functions, breakpoints, events, sources, target } = this.s;
    const record = functions.scriptOf(sfi);
    if (record === undefined || record.name === internalScript) return;
    breakpoints.compiled(sfi);
    for (const status of events.compiled(functions.nameOf(sfi))) this.parts.channel.emit('breakpoint', status);
    if (record.sfi === sfi && !functions.isNative(sfi) && target.scripts.length > 1)
      for (const source of sources.documentsOf(record))
        this.parts.channel.emit('loadedSource', { source, reason: 'new' });
  }

  /** Before every bytecode while stepping. */
  beforeBytecode(): void {
    if (this.s.evaluator.running) this.s.sideEffects.beforeBytecode();
    if (this.isIgnored) return;
    const { heap, interpreter } = this.s.target;
    const fp = interpreter.fp << 2;
    const bytecodes = heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
    const sfi = this.s.functions.sfiOf(heap.i32[(fp + FrameOffset.Function) >> 2]!);
    const offset = interpreter.pc - this.s.functions.bytecodeStart(bytecodes);
    if (!this.parts.stepper.shouldStopAt(fp, sfi, bytecodes, offset)) return;
    const isEntry = this.launched.stopOnEntry && !this.hasStopped;
    this.hasStopped = true;
    const at = interpreter.pc;
    const hits = this.s.breakpoints.atBytecode(at);
    this.stoppedAt = hits.length > 0 ? at : -1;
    this.stops.stop('interpreter', {
      reason: isEntry ? 'entry' : 'step',
      description: isEntry ? 'Stopped on entry' : 'Step',
      hitBreakpoints: hits.map(({ wanted }) => wanted.id),
    });
  }

  /** A patched bytecode at `at`: returns what it replaces. */
  debugBreak(at: Address): number {
    const { breakpoints, target } = this.s;
    const original = breakpoints.originalAt(at);
    if (original === undefined) throw new Error(`a DebugBreak at 0x${at.toString(16)} that no breakpoint made`);
    const fp = target.interpreter.fp << 2;
    if (!this.isIgnored) {
      const bytecodes = target.heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
      const offset = at - this.s.functions.bytecodeStart(bytecodes);
      const isStep = breakpoints.isStepAt(at) && this.parts.stepper.returned(fp, bytecodes, offset);
      const hits = breakpoints.atBytecode(at);
      const wasStoppedAt = this.passed.delete(at) || this.stoppedAt === at;
      this.stoppedAt = -1;
      if (hits.length > 0 && !wasStoppedAt && this.stops.stopAtHits('interpreter', hits)) return original as Bytecode;
      if (isStep) {
        this.stoppedAt = -1;
        this.beforeBytecode();
        this.stoppedAt = -1;
      }
    }
    return original as Bytecode;
  }

  debuggerStatement(): void {
    if (this.isIgnored) return;
    this.stops.stop('interpreter', {
      reason: 'debugger statement',
      description: 'Paused on debugger statement',
      hitBreakpoints: [],
    });
  }

  /** At a safepoint, asked by the adapter. */
  interrupt(): void {
    const requests = this.parts.channel.takeRequests();
    if (this.s.evaluator.running) {
      // Whoever asked for the evaluation answers first: what is left is done then.
      this.parts.channel.returnRequests(requests & (Request.Commands | Request.Terminate));
      if ((requests & (Request.Pause | Request.Terminate)) !== 0 || this.parts.channel.isCancelled())
        throw new EvaluationInterrupted();
      if ((requests & Request.StopEvaluation) !== 0) throw new EvaluationInterrupted(true);
      return;
    }
    if ((requests & Request.Terminate) !== 0) throw new Termination();
    if ((requests & Request.Commands) !== 0) this.parts.channel.poll(this.parts.handlers);
    const isPause = (requests & Request.Pause) !== 0;
    const { isolate, events } = this.s;
    if ((!isPause && !events.isWaiting) || this.isIgnored) return;
    if (isolate.traces.currentLocation() === undefined) {
      // Only what stands around the program runs: there is nothing to show yet.
      if (isPause) this.parts.channel.returnRequests(Request.Pause);
      isolate.heap.requestInterrupt(Interrupt.Pause);
      return;
    }
    if (this.stopForCode()) return;
    if (isPause) this.stops.stop('interpreter', { reason: 'pause', description: 'Paused', hitBreakpoints: [] });
  }

  /** Code was made or invalidated since the last safepoint, and a breakpoint waits for that. */
  private stopForCode(): boolean {
    const waiting = this.s.events.takeWaiting();
    const hits = waiting.flatMap(({ breakpoints }) => this.stops.stoppingIds('interpreter', breakpoints));
    if (hits.length === 0) return false;
    const text = waiting.map((event) => event.text).join('; ');
    this.stops.stop('interpreter', {
      reason: 'function breakpoint',
      description: `Paused: ${text}`,
      text,
      hitBreakpoints: hits,
    });
    return true;
  }

  exceptionThrown(exception: Tagged): void {
    if (this.isIgnored) return;
    const caught = predictCatch(this.s, this.parts.stepper);
    if (exception === this.lastThrown) return;
    this.lastThrown = exception;
    const { filters } = this.s.guards;
    const filter = caught ? 'caught' : 'uncaught';
    if (!filters[filter]) return;
    const { rt } = this.s.target;
    const key = this.s.objects.keep(exception);
    try {
      const condition = filters.conditions?.[filter];
      let wanted = true;
      if (condition !== undefined)
        this.stops.withTop('interpreter', (top) => {
          wanted = this.filterIsTrue('Exception', condition, top);
        });
      if (!wanted) return;
      const thrown = describeThrown(rt, this.s.objects.at(key), !caught);
      const details = { ...thrown, stack: this.s.sources.mapStack(thrown.stack) };
      this.stops.stop('interpreter', {
        reason: 'exception',
        description: 'Paused on exception',
        text: `${details.name}: ${details.message}`,
        hitBreakpoints: [],
        exception: details,
      });
      this.s.target.heap.isolateWord(IsolateData.PendingException, this.s.objects.at(key));
    } finally {
      this.s.objects.truncate(key);
    }
  }

  /** The condition of a filter; what is not known counts as true, as at breakpoints. */
  private filterIsTrue(filter: 'Exception' | 'Bailout', condition: string, top: FrameView | undefined): boolean {
    const { is, message } = this.s.evaluator.condition(condition, top);
    if (message !== undefined)
      this.parts.channel.emit('output', { category: 'important', text: `${filter} filter condition: ${message}\n` });
    return is !== false;
  }

  /** At a breakpoint of the emulator, or before an instruction while stepping. True: execute it and go on. */
  machineStop(reason: ExitReason): boolean {
    if (this.isIgnored) return true;
    const { breakpoints, guards, target } = this.s;
    const { cpu } = target;
    const address = cpu.rip;
    if (reason === ExitReason.Breakpoint || breakpoints.isGuardAt(address)) {
      if (breakpoints.isGuardAt(address)) {
        const hit = guards.hit(address);
        if (hit !== undefined && this.guardFails(hit)) return true;
      }
    }
    if (!this.breakpointIn(address)) this.stepIn(address, reason);
    this.stepByBytecode(address);
    return true;
  }

  private stepIn(address: Address, reason: ExitReason): void {
    const { stepper } = this.parts;
    const hasReturned = this.s.breakpoints.isMachineStepAt(address) && stepper.returnedToMachine();
    if (hasReturned || (reason === ExitReason.Budget && stepper.shouldStopAtInstruction()))
      this.stops.stop('machine', { reason: 'step', description: 'Step', hitBreakpoints: [] });
  }

  /** Steps that end at an instruction, for one bytecode after the other that begins there. */
  private stepByBytecode(address: Address): void {
    for (;;) {
      const place = this.parts.stepper.placeToStopAt(address);
      if (place === undefined) return;
      this.stops.stopStepInCode(place);
    }
  }

  /** Breakpoints at an instruction; true if one stopped, and how to go on was said there. */
  private breakpointIn(address: Address): boolean {
    const { breakpoints } = this.s;
    const hits = breakpoints.atInstruction(address).filter(({ instructions }) => instructions.includes(address));
    let hasStopped = hits.length > 0 && this.stops.stopAtHits('machine', hits);
    // Statements that begin at one instruction, one after the other.
    for (const { place, hits: inCode } of breakpoints.placesAt(address)) {
      if (hasStopped && this.parts.stepper.isActive) break;
      if (this.stops.stopInCode(place, inCode)) hasStopped = true;
    }
    return hasStopped;
  }

  /** A guard is about to fail, or invalidated code is about to be left. True: it was a stop. */
  private guardFails(hit: GuardHit): boolean {
    const { guards } = this.s;
    const filter = guards.filterFor(hit);
    const stopping: number[] = [];
    let byFilter = filter !== undefined;
    this.stops.withTop('machine', (top) => {
      const condition = filter === undefined || filter === 'reason' ? undefined : guards.filters.conditions?.[filter];
      if (condition !== undefined) byFilter = this.filterIsTrue('Bailout', condition, top);
      for (const guard of guards.matching(hit)) if (this.stops.wantsToStop(guard, top)) stopping.push(guard.wanted.id);
    });
    if (!byFilter && stopping.length === 0) {
      guards.decline(hit);
      return false;
    }
    const report = this.parts.bailouts.preview(hit.view, hit.exit, liveRegisters(this.s.target.cpu));
    this.stops.stop(
      'machine',
      {
        reason: 'bailout',
        description: `Bailout: ${hit.isLazy ? 'invalidated code' : report.reason}`,
        text: report.explanation,
        hitBreakpoints: stopping,
        bailout: report,
        phase: 'guard failed',
      },
      hit,
    );
    guards.accept(hit);
    return true;
  }

  /**
   * A guard failed: the interpreter goes on at its checkpoint. What begins between that and the guard has run in optimized code, without
   * an effect, and its breakpoints have been seen there.
   */
  private passBreakpoints(): void {
    const { target, breakpoints, codes, functions } = this.s;
    const { code, exitIndex } = target.deoptimizer.current!;
    const view = codes.of(code);
    this.passed.clear();
    if (exitIndex < 0 || view.isLazyExit(exitIndex) || !view.resumesInBytecode(exitIndex)) return;
    const { sfi, position } = view.levelsOfExit(exitIndex)[0]!;
    const bytecodes = functions.bytecodes(sfi);
    const start = functions.bytecodeStart(bytecodes);
    const from = view.bytecodeOffsetOf(exitIndex);
    const to = functions.offsetOf(bytecodes, position, from);
    for (const { offset } of functions.breakLocations(bytecodes)) {
      if (offset < from || offset > to) continue;
      const isSeen = breakpoints
        .atBytecode(start + offset)
        .some(({ inCode }) =>
          inCode.some(({ address, place }) => view.contains(address) && place.sfi === sfi && place.offset === offset),
        );
      if (isSeen) this.passed.add(start + offset);
    }
  }

  /** The Deoptimizer at a phase, or at a slot or object inside one. */
  deoptimizerEvent({ phase, title, text, isInside }: DeoptimizerEvent): void {
    if (this.isIgnored) return;
    const { events, target } = this.s;
    const { bailouts, stepper } = this.parts;
    const deoptimization = target.deoptimizer.current!;
    if (phase === 'resume') this.passBreakpoints();
    if (phase === 'resume') stepper.deoptimized(deoptimization);
    const isWatched = events.watchesDeoptimizer && !bailouts.isOfLibrary(deoptimization);
    const hits = isWatched ? this.stops.stoppingIds('deoptimizer', events.inDeoptimizer(bailouts.point())) : [];
    if (hits.length === 0 && !stepper.shouldStopInDeoptimizer(isInside)) return;
    this.stops.stop('deoptimizer', {
      reason: hits.length > 0 ? 'function breakpoint' : 'deoptimizer',
      description: `Deoptimizer: ${title}`,
      text: text(),
      hitBreakpoints: hits,
      bailout: bailouts.currentReport,
      phase,
    });
  }
}
