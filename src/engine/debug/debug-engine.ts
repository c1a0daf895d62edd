// The engine's side of the debugger: one method per command, and the hooks through which a running program comes here.
//
// A stop is a call that returns when the user goes on: the engine's thread blocks in `channel.serve`, wherever the program is
// (before a bytecode, on a machine instruction, inside the Deoptimizer), and answers commands itself.

import type { Bytecode } from '../bytecode/index.ts';
import type { WrittenSlot } from '../deoptimizer/index.ts';
import { FrameOffset, FrameType, StackFrameIterator } from '../frames/index.ts';
import { Interrupt, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { Termination } from '../isolate/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { ExitReason } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import { Bailouts, liveRegisters } from './bailouts.ts';
import { type BoundBreakpoint, judgeHit } from './breakpoints.ts';
import { EvaluationInterrupted } from './evaluate.ts';
import type { BoundEvent } from './event-breakpoints.ts';
import { describeThrown, predictCatch } from './exceptions.ts';
import { internalScript } from './functions.ts';
import type { GuardHit } from './guards.ts';
import { prepareProgram, programHost } from './program.ts';
import {
  type BreakpointStatus,
  type CommandHandlers,
  type Commands,
  type DeoptimizerPhase,
  EngineState,
  type EventName,
  type Events,
  type LaunchArguments,
  type Location,
  Request,
  type Stop,
} from './protocol.ts';
import { Scopes } from './scopes.ts';
import { Session } from './session.ts';
import type { FrameView, StopPlace } from './stack.ts';
import { Stepper } from './stepping.ts';
import { attachTimeline } from './timeline.ts';

/** The engine's end of the channel, as EngineChannel has it. */
export interface DebugChannel {
  emit<N extends EventName>(event: N, body: Events[N]): void;
  state: EngineState;
  takeRequests(): Request;
  returnRequests(requests: number): void;
  poll(handlers: CommandHandlers): void;
  isCancelled(): boolean;
  serve(handlers: CommandHandlers, done: () => boolean): boolean;
  sleep(milliseconds?: number): void;
}

type Args<N extends keyof Commands> = Commands[N]['args'];
type Result<N extends keyof Commands> = Commands[N]['result'];

const none: Record<string, never> = {};

/** What `judgeHit` needs of a breakpoint of any kind. */
type Judged = Parameters<typeof judgeHit>[0];

export class DebugEngine implements CommandHandlers {
  private readonly channel: DebugChannel;
  private session: Session | undefined;
  private stepper: Stepper | undefined;
  private bailouts: Bailouts | undefined;
  private scopeList: Scopes | undefined;
  private launched: LaunchArguments | undefined;
  /** As it was compiled: the file may have changed since. */
  private programSource = '';
  private isRunRequested = false;
  private stopped: { readonly place: StopPlace; readonly what: Stop; readonly guard: GuardHit | undefined } | undefined;
  private frames: FrameView[] = [];
  private resumed = false;
  private next: Args<'step'> | undefined;
  private accumulatorKey = -1;
  /** A step stopped at this bytecode already: its breakpoint is not another stop. */
  private stoppedAt = -1;
  private lastThrown: Tagged = 0;
  private ended = false;

  constructor(channel: DebugChannel) {
    this.channel = channel;
  }

  private get s(): Session {
    if (this.session === undefined) throw new Error('No program is launched.');
    return this.session;
  }

  // ── Launch and run ─────────────────────────────────────────────────────────────────────────────────────────────────

  launch(args: Args<'launch'>): Result<'launch'> {
    const { isolate, shell, source } = prepareProgram(
      args,
      programHost(args, {
        output: (stream, text) => this.output(stream, text),
        sleep: (milliseconds) => this.sleep(milliseconds),
      }),
      (warning) => this.channel.emit('output', { category: 'console', text: `${warning}\n` }),
    );
    this.launched = args;
    this.programSource = source;
    isolate.scripts.sourceMaps.onProblem = (text) =>
      this.channel.emit('output', { category: 'console', text: `${text}\n` });
    this.session = new Session(isolate, shell);
    this.attach(this.session);
    this.channel.emit('ready', {
      memory: isolate.heap.buffer,
      requests: Region.IsolateData + IsolateData.InterruptRequests,
      limit: Region.IsolateData + IsolateData.StackLimit,
      bit: Interrupt.Pause,
    });
    return none;
  }

  run(_args: Args<'run'> = none): Result<'run'> {
    this.isRunRequested = true;
    return none;
  }

  /** The thread's whole life: commands until `run`, the program, its end. */
  main(): void {
    this.channel.state = EngineState.Starting;
    if (this.channel.serve(this, () => this.isRunRequested)) {
      this.end(1);
      return;
    }
    this.channel.state = EngineState.Running;
    this.end(this.runProgram());
  }

  private runProgram(): number {
    const { shell } = this.s;
    const { program } = this.launched!;
    if (this.launched!.stopOnEntry && !this.launched!.noDebug) this.stepper!.startAtEntry();
    try {
      return shell.run(program, this.programSource);
    } catch (error) {
      if (error instanceof Termination) return 1;
      throw error;
    }
  }

  private end(code: number): void {
    if (this.ended) return;
    this.ended = true;
    this.stepper?.clear();
    this.channel.state = EngineState.Ended;
    this.channel.emit('exited', { code });
  }

  /** Timers of the program: sleeps, and answers commands meanwhile. */
  private sleep(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    for (;;) {
      this.channel.poll(this);
      const requests = this.channel.takeRequests();
      if ((requests & Request.Terminate) !== 0) throw new Termination();
      if ((requests & Request.Pause) !== 0) this.s.isolate.heap.requestInterrupt(Interrupt.Pause);
      if ((requests & Request.Pause) !== 0) this.channel.returnRequests(Request.Pause);
      const left = end - performance.now();
      if (left <= 0) return;
      this.channel.sleep(Math.min(left, 50));
    }
  }

  private output(stream: 'stdout' | 'stderr', text: string): void {
    const location = this.session === undefined || this.stopped !== undefined ? undefined : this.outputLocation();
    this.channel.emit('output', { category: stream, text, location });
  }

  /** Where the program is that prints: the innermost interpreted frame. */
  private outputLocation(): Events['output']['location'] {
    const { isolate, functions, sources } = this.s;
    const fp = isolate.heap.readIsolateWord(IsolateData.CEntryFp);
    let n = 0;
    for (const it = new StackFrameIterator(isolate.heap, fp, 0); !it.done && n < 20; it.advance(), n++) {
      if (it.type !== FrameType.Interpreted) continue;
      const sfi = functions.sfiOf(it.function);
      const location = sources.locationOf(sfi, functions.positionAt(it.bytecodeArray, it.bytecodeOffset));
      if (location !== undefined) return location;
    }
    return undefined;
  }

  // ── Hooks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  private attach(s: Session): void {
    const { isolate, target } = s;
    const machine = isolate.machine!;
    const savedFlags = { current: isolate.tiering.flags };
    this.stepper = new Stepper(target, s.functions, s.sources, s.breakpoints, s.codes, s.objects, {
      bytecodes: (on) => {
        isolate.interpreter.stepping = on;
        // On-stack replacement would take the frame away from under a step.
        if (on && isolate.tiering.flags.turbofan) {
          savedFlags.current = isolate.tiering.flags;
          isolate.tiering.flags = { ...isolate.tiering.flags, turbofan: false };
        } else if (!on) isolate.tiering.flags = savedFlags.current;
      },
      instructions: (on) => {
        machine.stepping = on;
      },
    });
    this.bailouts = new Bailouts(target, s.functions, s.sources, s.codes, s.listings, s.names, s.translations, {
      event: (phase, slot, text) => this.deoptimizerEvent(phase, slot, text),
      ended: (report, _deoptimization, picture) => {
        this.channel.emit('bailout', report);
        const done = this.isIgnored ? undefined : picture();
        if (done !== undefined)
          this.channel.emit('frameTranslation', { number: report.number, json: JSON.stringify(done) });
      },
    });
    this.scopeList = new Scopes({ ...s, bailouts: this.bailouts });
    this.scopeList.accumulator = () =>
      this.accumulatorKey < 0 ? StaticRoot.Undefined : s.objects.at(this.accumulatorKey);
    s.evaluator.inMachineCode = () => this.stopped?.place === 'machine' || this.stopped?.place === 'deoptimizer';
    s.evaluator.register = (name) => {
      if (this.scopeList!.showsMachine) return s.registers.named(name);
      return undefined;
    };
    s.values.actions = {
      callGetter: (getter, receiver) => s.evaluator.guarded(() => target.rt.call(getter, receiver)),
      setProperty: (object, key, text) => s.evaluator.assign(object, key, text, this.frames[0]),
    };
    s.guards.codeOfSource = (id) => s.listings.codeOf(id);
    s.breakpoints.onStatus = (status) => this.channel.emit('breakpoint', status);
    isolate.debug = {
      debugBreak: (at) => this.debugBreak(at),
      debuggerStatement: () => this.debuggerStatement(),
      step: () => this.beforeBytecode(),
      pause: () => this.interrupt(),
      exceptionThrown: (exception) => this.exceptionThrown(exception),
      compiled: (sfi) => this.compiled(sfi),
    };
    machine.watch({ stopped: (reason) => this.machineStop(reason) });
    target.deoptimizer.observe(this.bailouts);
    attachTimeline(
      s,
      this.bailouts,
      (event, body) => this.channel.emit(event, body),
      () => !this.isIgnored,
    );
  }

  private get isIgnored(): boolean {
    return this.launched!.noDebug || this.session === undefined || this.session.evaluator.running;
  }

  /** A function got bytecode. */
  private compiled(sfi: Tagged): void {
    const { functions, breakpoints, events, sources, target } = this.s;
    const record = functions.scriptOf(sfi);
    if (record === undefined || record.name === internalScript) return;
    breakpoints.compiled(sfi);
    for (const status of events.compiled(functions.nameOf(sfi))) this.channel.emit('breakpoint', status);
    if (record.sfi === sfi && !functions.isNative(sfi) && target.scripts.length > 1)
      for (const source of sources.documentsOf(record)) this.channel.emit('loadedSource', { source, reason: 'new' });
  }

  // ── Stops ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Blocks until the user goes on; then the next step's plan is made. */
  private stop(place: StopPlace, what: Stop, guard?: GuardHit): void {
    const { s } = this;
    const { interpreter } = s.target;
    this.stepper!.clear();
    this.stopped = { place, what, guard };
    const scope = s.objects.size;
    this.accumulatorKey = place === 'interpreter' ? s.objects.keep(interpreter.acc) : -1;
    this.scopeList!.showsMachine = place !== 'interpreter';
    if (place !== 'interpreter') s.registers.snapshot();
    this.frames = this.stackAt(place);
    this.resumed = false;
    this.next = undefined;
    this.channel.state = EngineState.Stopped;
    this.channel.emit('stopped', what);
    const terminate = this.channel.serve(this, () => this.resumed);
    this.channel.state = EngineState.Running;
    if (place === 'interpreter') interpreter.acc = s.objects.at(this.accumulatorKey);
    this.accumulatorKey = -1;
    s.objects.truncate(scope);
    s.references.clear();
    const top = this.frames[0];
    this.frames = [];
    this.stopped = undefined;
    if (terminate) throw new Termination();
    // An evaluation may have served the interrupt.
    if (s.events.isWaiting) s.isolate.heap.requestInterrupt(Interrupt.Pause);
    if (this.next !== undefined) this.plan(place, this.next, what, top);
  }

  private stackAt(place: StopPlace): FrameView[] {
    const { stack } = this.s;
    if (place === 'machine') return stack.fromMachine();
    if (place === 'deoptimizer') return stack.fromDeoptimizer(this.bailouts!.stop());
    return stack.fromInterpreter();
  }

  private plan(place: StopPlace, { kind, granularity }: Args<'step'>, what: Stop, top: FrameView | undefined): void {
    const stepper = this.stepper!;
    if (place === 'deoptimizer') {
      stepper.throughDeoptimizer(kind);
      return;
    }
    if (place === 'machine') {
      if (what.reason === 'bailout' && granularity === 'line') stepper.throughDeoptimizer(kind);
      else stepper.fromMachine(kind, granularity);
      return;
    }
    const frame = top?.interpreted;
    if (frame !== undefined) stepper.fromInterpreter(kind, granularity, frame.fp, frame.bytecodes, frame.offset);
    else stepper.startAtEntry();
  }

  resume(_args: Args<'resume'> = none): Result<'resume'> {
    this.needStop();
    this.resumed = true;
    return none;
  }

  step(args: Args<'step'>): Result<'step'> {
    this.needStop();
    this.next = args;
    this.resumed = true;
    return none;
  }

  private needStop(): void {
    if (this.stopped === undefined) throw new Error('The program is running.');
  }

  // ── In the interpreter ─────────────────────────────────────────────────────────────────────────────────────────────

  /** Before every bytecode while stepping. */
  private beforeBytecode(): void {
    if (this.isIgnored) return;
    const { heap, interpreter } = this.s.target;
    const fp = interpreter.fp << 2;
    const bytecodes = heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
    const sfi = this.s.functions.sfiOf(heap.i32[(fp + FrameOffset.Function) >> 2]!);
    const offset = interpreter.pc - this.s.functions.bytecodeStart(bytecodes);
    if (!this.stepper!.shouldStopAt(fp, sfi, bytecodes, offset)) return;
    const isEntry = this.launched!.stopOnEntry && !this.hasStopped;
    this.hasStopped = true;
    const at = interpreter.pc;
    const hits = this.s.breakpoints.atBytecode(at);
    this.stoppedAt = hits.length > 0 ? at : -1;
    this.stop('interpreter', {
      reason: isEntry ? 'entry' : 'step',
      description: isEntry ? 'Stopped on entry' : 'Step',
      hitBreakpoints: hits.map(({ wanted }) => wanted.id),
    });
  }
  private hasStopped = false;

  /** A patched bytecode at `at`: returns what it replaces. */
  private debugBreak(at: number): number {
    const { breakpoints, target } = this.s;
    const original = breakpoints.originalAt(at);
    if (original === undefined) throw new Error(`a DebugBreak at 0x${at.toString(16)} that no breakpoint made`);
    const fp = target.interpreter.fp << 2;
    if (!this.isIgnored) {
      const bytecodes = target.heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
      const offset = at - this.s.functions.bytecodeStart(bytecodes);
      const isStep = breakpoints.isStepAt(at) && this.stepper!.returned(fp, bytecodes, offset);
      const hits = breakpoints.atBytecode(at);
      const wasStoppedAt = this.stoppedAt === at;
      this.stoppedAt = -1;
      if (hits.length > 0 && !wasStoppedAt && this.stopAtHits('interpreter', hits)) return original as Bytecode;
      if (isStep) {
        this.stoppedAt = -1;
        this.beforeBytecode();
        this.stoppedAt = -1;
      }
    }
    return original as Bytecode;
  }

  /** Judges breakpoints that were reached; stops if one wants to. */
  private stopAtHits(place: StopPlace, hits: readonly BoundBreakpoint[]): boolean {
    let stopping: BoundBreakpoint[] = [];
    this.withTop(place, (top) => {
      stopping = hits.filter((hit) => this.wantsToStop(hit, top, hit.location));
    });
    if (stopping.length === 0) return false;
    const { kind } = stopping[0]!;
    const reason =
      kind === 'line' ? 'breakpoint' : kind === 'function' ? 'function breakpoint' : 'instruction breakpoint';
    this.stop(place, {
      reason,
      description: `Paused on ${kind === 'line' ? 'breakpoint' : reason}`,
      hitBreakpoints: stopping.map(({ wanted }) => wanted.id),
    });
    return true;
  }

  /** Counts a hit, and logs if that is what is wanted. */
  private wantsToStop(hit: Judged, top: FrameView | undefined, location?: Location): boolean {
    const verdict = judgeHit(hit, {
      isTrue: (condition, report) => this.s.evaluator.isTrue(condition, top, report),
      report: (message) => this.channel.emit('output', { category: 'important', text: `${message}\n`, location }),
    });
    if (verdict === 'log') this.log(hit.wanted.logMessage!, top);
    return verdict === 'stop';
  }

  /** Of breakpoints on events, the ids of those that want to stop. */
  private stoppingIds(place: StopPlace, hits: readonly BoundEvent[]): number[] {
    let ids: number[] = [];
    if (hits.length === 0) return ids;
    this.withTop(place, (top) => {
      ids = hits.filter((hit) => this.wantsToStop(hit, top)).map(({ wanted }) => wanted.id);
    });
    return ids;
  }

  /** Runs `body` with the innermost frame that has variables; what it evaluates runs as at a stop. */
  private withTop(place: StopPlace, body: (top: FrameView | undefined) => void): void {
    const { objects, target, references } = this.s;
    const scope = objects.size;
    const key = place === 'interpreter' ? objects.keep(target.interpreter.acc) : -1;
    const before = this.stopped;
    this.stopped ??= { place, what: { reason: 'step', description: '', hitBreakpoints: [] }, guard: undefined };
    try {
      const frames = this.stackAt(place).filter((frame) => frame.kind !== 'label');
      body(place === 'deoptimizer' ? frames.find(({ translated }) => translated !== undefined) : frames[0]);
    } finally {
      this.stopped = before;
      if (key >= 0) target.interpreter.acc = objects.at(key);
      objects.truncate(scope);
      references.clear();
      // What the adapter sent meanwhile waits: an evaluation answers nothing.
      target.heap.requestInterrupt(Interrupt.Pause);
    }
  }

  private log(message: string, top: FrameView | undefined): void {
    const text = message.replace(/\{([^{}]+)\}/g, (_, expression: string) => this.s.evaluator.logText(expression, top));
    this.channel.emit('output', { category: 'console', text: `${text}\n`, location: top?.location });
  }

  private debuggerStatement(): void {
    if (this.isIgnored) return;
    this.stop('interpreter', {
      reason: 'debugger statement',
      description: 'Paused on debugger statement',
      hitBreakpoints: [],
    });
  }

  /** At a safepoint, asked by the adapter. */
  private interrupt(): void {
    const requests = this.channel.takeRequests();
    if (this.session!.evaluator.running) {
      // Whoever asked for the evaluation answers first: what is left is done then.
      this.channel.returnRequests(requests & (Request.Commands | Request.Terminate));
      if ((requests & (Request.Pause | Request.Terminate)) !== 0 || this.channel.isCancelled())
        throw new EvaluationInterrupted();
      return;
    }
    if ((requests & Request.Terminate) !== 0) throw new Termination();
    if ((requests & Request.Commands) !== 0) this.channel.poll(this);
    const isPause = (requests & Request.Pause) !== 0;
    const { isolate, events } = this.s;
    if ((!isPause && !events.isWaiting) || this.isIgnored) return;
    if (isolate.traces.currentLocation() === undefined) {
      // Only what stands around the program runs: there is nothing to show yet.
      if (isPause) this.channel.returnRequests(Request.Pause);
      isolate.heap.requestInterrupt(Interrupt.Pause);
      return;
    }
    if (this.stopForCode()) return;
    if (isPause) this.stop('interpreter', { reason: 'pause', description: 'Paused', hitBreakpoints: [] });
  }

  /** Code was made or invalidated since the last safepoint, and a breakpoint waits for that. */
  private stopForCode(): boolean {
    const waiting = this.s.events.takeWaiting();
    const hits = waiting.flatMap(({ breakpoints }) => this.stoppingIds('interpreter', breakpoints));
    if (hits.length === 0) return false;
    const text = waiting.map((event) => event.text).join('; ');
    this.stop('interpreter', {
      reason: 'function breakpoint',
      description: `Paused: ${text}`,
      text,
      hitBreakpoints: hits,
    });
    return true;
  }

  // ── Exceptions ─────────────────────────────────────────────────────────────────────────────────────────────────────

  private exceptionThrown(exception: Tagged): void {
    if (this.isIgnored) return;
    const caught = predictCatch(this.s, (fp, bytecodes, handler) => this.stepper!.willCatch(fp, bytecodes, handler));
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
        this.withTop('interpreter', (top) => {
          wanted = this.s.evaluator.isTrue(condition, top, (message) =>
            this.channel.emit('output', { category: 'important', text: `Exception filter condition: ${message}\n` }),
          );
        });
      if (!wanted) return;
      const thrown = describeThrown(rt, this.s.objects.at(key), !caught);
      const details = { ...thrown, stack: this.s.sources.mapStack(thrown.stack) };
      this.stop('interpreter', {
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

  // ── In machine code ────────────────────────────────────────────────────────────────────────────────────────────────

  /** At a breakpoint of the emulator, or before an instruction while stepping. True: execute it and go on. */
  private machineStop(reason: ExitReason): boolean {
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
    const hits = breakpoints.atInstruction(address);
    if (hits.length > 0 && this.stopAtHits('machine', hits)) return true;
    if (breakpoints.isMachineStepAt(address) && this.stepper!.returnedToMachine()) {
      this.stop('machine', { reason: 'step', description: 'Step', hitBreakpoints: [] });
      return true;
    }
    if (reason === ExitReason.Budget && this.stepper!.shouldStopAtInstruction(address))
      this.stop('machine', { reason: 'step', description: 'Step', hitBreakpoints: [] });
    return true;
  }

  /** A guard is about to fail, or invalidated code is about to be left. True: it was a stop. */
  private guardFails(hit: GuardHit): boolean {
    const { guards, functions, evaluator } = this.s;
    const filter = guards.filterFor(hit);
    const stopping: number[] = [];
    let byFilter = filter !== undefined;
    this.withTop('machine', (top) => {
      const condition = filter === undefined || filter === 'reason' ? undefined : guards.filters.conditions?.[filter];
      if (condition !== undefined)
        byFilter = evaluator.isTrue(condition, top, (message) =>
          this.channel.emit('output', { category: 'important', text: `Bailout filter condition: ${message}\n` }),
        );
      for (const guard of guards.matching(hit, (sfi) => functions.nameOf(sfi)))
        if (this.wantsToStop(guard, top)) stopping.push(guard.wanted.id);
    });
    if (!byFilter && stopping.length === 0) {
      guards.decline(hit);
      return false;
    }
    const report = this.bailouts!.preview(hit.view, hit.exit, liveRegisters(this.s.target.cpu));
    this.stop(
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

  /** The Deoptimizer at a phase or slot. */
  private deoptimizerEvent(phase: DeoptimizerPhase, slot: WrittenSlot | undefined, text: string): void {
    if (this.isIgnored) return;
    const { events } = this.s;
    const hits = events.watchesDeoptimizer
      ? this.stoppingIds('deoptimizer', events.inDeoptimizer(this.bailouts!.point(phase, slot)))
      : [];
    if (hits.length === 0 && !this.stepper!.shouldStopInDeoptimizer(slot !== undefined)) return;
    this.stop('deoptimizer', {
      reason: hits.length > 0 ? 'function breakpoint' : 'deoptimizer',
      description: slot === undefined ? `Deoptimizer: ${phase}` : `Deoptimizer: ${slot.name}`,
      text,
      hitBreakpoints: hits,
      bailout: this.bailouts!.currentReport,
      phase,
    });
  }

  // ── Breakpoints ────────────────────────────────────────────────────────────────────────────────────────────────────

  setBreakpoints({ source, breakpoints }: Args<'setBreakpoints'>): Result<'setBreakpoints'> {
    return this.s.breakpoints.setLines(source, breakpoints);
  }

  setFunctionBreakpoints({ breakpoints }: Args<'setFunctionBreakpoints'>): Result<'setFunctionBreakpoints'> {
    return this.s.breakpoints.setFunctions(breakpoints);
  }

  setInstructionBreakpoints({ breakpoints }: Args<'setInstructionBreakpoints'>): Result<'setInstructionBreakpoints'> {
    return this.s.breakpoints.setInstructions(breakpoints);
  }

  setGuardBreakpoints({ breakpoints }: Args<'setGuardBreakpoints'>): Result<'setGuardBreakpoints'> {
    const { guards, listings, codes } = this.s;
    guards.bound = breakpoints.map((wanted) => ({ wanted, hits: 0, reported: false }));
    guards.update();
    return breakpoints.map((wanted): BreakpointStatus => {
      const wrongReason = guards.reasonProblem(wanted);
      if (wrongReason !== undefined) return { id: wanted.id, verified: false, isWrong: true, message: wrongReason };
      const views = codes.optimized().filter((view) => !view.isMarked);
      if (wanted.exit !== undefined) {
        const view = listings.codeOf(wanted.exit.source);
        const jump = view?.guards.get(wanted.exit.index)?.[0];
        if (view === undefined || jump === undefined)
          return { id: wanted.id, verified: false, message: 'There is no such guard.' };
        return {
          id: wanted.id,
          verified: true,
          location: listings.codeLocation(view, jump),
          address: addressText(view.start + jump),
        };
      }
      const exists = views.some((view) =>
        Array.from({ length: view.exitCount }, (_, exit) => ({
          view,
          exit,
          isLazy: view.isLazyExit(exit),
          rewound: false,
        })).some((hit) =>
          guards.matching(hit, (sfi) => this.s.functions.nameOf(sfi)).some(({ wanted: w }) => w.id === wanted.id),
        ),
      );
      return exists
        ? { id: wanted.id, verified: true }
        : { id: wanted.id, verified: false, message: 'Binds when optimized code has such a guard.' };
    });
  }

  setEventBreakpoints({ breakpoints }: Args<'setEventBreakpoints'>): Result<'setEventBreakpoints'> {
    const { events, functions } = this.s;
    return events.set(breakpoints, (name) => functions.named(name).length > 0);
  }

  setExceptionFilters(filters: Args<'setExceptionFilters'>): Result<'setExceptionFilters'> {
    const { guards } = this.s;
    guards.filters = filters;
    guards.update();
    return none;
  }

  breakpointLocations({ source, line, endLine }: Args<'breakpointLocations'>): Result<'breakpointLocations'> {
    return this.s.breakpoints.locations(source, line, endLine);
  }

  // ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────────────

  stackTrace({ start, count }: Args<'stackTrace'>): Result<'stackTrace'> {
    const { stack } = this.s;
    const end = count === 0 ? undefined : start + count;
    return {
      frames: this.frames.slice(start, end).map((frame, i) => stack.present(frame, start + i + 1)),
      total: this.frames.length,
    };
  }

  private frame(id: number): FrameView | undefined {
    if (id === 0) return undefined;
    const frame = this.frames[id - 1];
    if (frame === undefined) throw new Error('This stack frame belongs to an earlier stop.');
    return frame;
  }

  scopes({ frame }: Args<'scopes'>): Result<'scopes'> {
    const view = this.frame(frame);
    return view === undefined || view.kind === 'label' ? [] : this.scopeList!.of(view);
  }

  variables({ ref, start, count, filter }: Args<'variables'>): Result<'variables'> {
    return this.s.references.children(ref, start, count, filter);
  }

  setVariable({ ref, name, value }: Args<'setVariable'>): Result<'setVariable'> {
    const node = this.s.references.get(ref);
    if (node.set === undefined) throw new Error(`'${name}' cannot be changed.`);
    const result = node.set(name, value);
    this.refreshFrames();
    return result;
  }

  evaluate({ expression, frame, context }: Args<'evaluate'>): Result<'evaluate'> {
    const { evaluator } = this.s;
    const { runs } = evaluator;
    const effects = context === 'repl' ? 'any' : context === 'watch' ? 'calls' : 'none';
    try {
      return evaluator.evaluate(expression, this.frame(frame), effects);
    } finally {
      if (evaluator.runs !== runs) this.refreshFrames();
    }
  }

  /** Words in frame views may be stale after an evaluation: the stack is read again, in the same order. */
  private refreshFrames(): void {
    if (this.stopped !== undefined) this.frames = this.stackAt(this.stopped.place);
  }

  completions({ text, frame }: Args<'completions'>): Result<'completions'> {
    return this.s.evaluator.completions(text, this.frame(frame));
  }

  disassemble(args: Args<'disassemble'>): Result<'disassemble'> {
    return this.s.disassembler.disassemble(args);
  }

  readMemory(args: Args<'readMemory'>): Result<'readMemory'> {
    return this.s.disassembler.readMemory(args);
  }

  writeMemory(args: Args<'writeMemory'>): Result<'writeMemory'> {
    return this.s.disassembler.writeMemory(args);
  }

  source({ id }: Args<'source'>): Result<'source'> {
    return this.s.sources.text(id);
  }

  listing({ kind, frame, function: name }: Args<'listing'>): Result<'listing'> {
    const { listings, functions } = this.s;
    if (name !== undefined) {
      const sfi = functions.named(name).at(-1);
      return sfi === undefined ? undefined : listings.ofFunction(kind, sfi);
    }
    const view = this.frame(frame ?? 1);
    if (view === undefined) return undefined;
    if (kind === 'code') {
      if (view.machine !== undefined)
        return listings.codeLocation(view.machine.view, view.machine.pc - view.machine.view.start);
      const { deoptimizer } = view;
      if (deoptimizer !== undefined) {
        const code = this.s.codes.of(deoptimizer.code);
        return listings.codeLocation(code, deoptimizer.pc - 4 - code.start);
      }
      return view.sfi === 0 ? undefined : listings.ofFunction('code', view.sfi);
    }
    if (view.interpreted !== undefined) return listings.bytecodeLocation(view.sfi, view.interpreted.offset);
    if (view.translated !== undefined) return listings.bytecodeLocation(view.sfi, view.translated.frame.bytecodeOffset);
    return view.sfi === 0 ? undefined : listings.bytecodeLocation(view.sfi, 0);
  }

  frameTranslation(_args: Args<'frameTranslation'> = none): Result<'frameTranslation'> {
    this.needStop();
    const { place, what, guard } = this.stopped!;
    if (place === 'deoptimizer') return this.bailouts!.picture();
    return guard === undefined || what.bailout === undefined
      ? undefined
      : this.bailouts!.pictureAtGuard(guard.view, what.bailout);
  }

  loadedSources(_args: Args<'loadedSources'> = none): Result<'loadedSources'> {
    return this.s.sources.all();
  }
}
