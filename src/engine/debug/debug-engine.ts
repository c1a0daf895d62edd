// The engine's side of the debugger: one method per command, and the hooks through which a running program comes here.
//
// A stop is a call that returns when the user goes on: the engine's thread blocks in `channel.serve`, wherever the program is
// (before a bytecode, on a machine instruction, inside the Deoptimizer), and answers commands itself.

import { FrameType, StackFrameIterator } from '../frames/index.ts';
import { Interrupt, IsolateData, Region } from '../heap/index.ts';
import { Termination } from '../isolate/index.ts';
import { parseAddress } from './addresses.ts';
import { Bailouts, leftText } from './bailouts.ts';
import type { DebugChannel } from './channel.ts';
import { MachineViews } from './machine-views.ts';
import { prepareProgram, programHost } from './program.ts';
import { ProgramHooks } from './program-hooks.ts';
import {
  type CommandHandlers,
  type Commands,
  EngineState,
  type Events,
  type LaunchArguments,
  Request,
} from './protocol.ts';
import { Scopes } from './scopes.ts';
import { Session } from './session.ts';
import { Stepper } from './stepping.ts';
import { type StopParts, Stops } from './stops.ts';
import { attachTimeline } from './timeline.ts';

type Args<N extends keyof Commands> = Commands[N]['args'];
type Result<N extends keyof Commands> = Commands[N]['result'];

const none: Record<string, never> = {};

export class DebugEngine implements CommandHandlers {
  private readonly channel: DebugChannel;
  private session: Session | undefined;
  private parts: StopParts | undefined;
  private stops: Stops | undefined;
  private hooks: ProgramHooks | undefined;
  private launched: LaunchArguments | undefined;
  /** As it was compiled: the file may have changed since. */
  private programSource = '';
  private isRunRequested = false;
  private ended = false;

  constructor(channel: DebugChannel) {
    this.channel = channel;
  }

  private get at(): Stops {
    if (this.stops === undefined) throw new Error('No program is launched.');
    return this.stops;
  }

  private frame(id: number) {
    return this.at.frame(id);
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
    isolate.scripts.sourceMaps.observe({
      problem: (text) => this.channel.emit('output', { category: 'console', text: `${text}\n` }),
    });
    this.session = new Session(isolate, shell, (milliseconds) => {
      this.channel.limit = milliseconds;
    });
    this.attach(this.session, args);
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
    if (this.launched!.stopOnEntry && !this.launched!.noDebug) this.parts!.stepper.startAtEntry();
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
    this.parts?.stepper.clear();
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
    const location =
      this.session === undefined || this.session.stop.at !== undefined ? undefined : this.outputLocation();
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

  private attach(session: Session, launched: LaunchArguments): void {
    const { channel } = this;
    const bailouts = this.newBailouts(session);
    const scopes = new Scopes({ ...session, bailouts });
    const stepper = this.newStepper(session);
    const machineViews = new MachineViews(session, bailouts);
    this.parts = { session, channel, handlers: this, stepper, bailouts, scopes, machineViews };
    const stops = new Stops(this.parts);
    const hooks = new ProgramHooks(this.parts, stops, launched);
    this.stops = stops;
    this.hooks = hooks;
    const { isolate, target } = session;
    session.breakpoints.observe({ changed: (status) => channel.emit('breakpoint', status) });
    isolate.attach({
      debugBreak: (at) => hooks.debugBreak(at),
      debuggerStatement: () => hooks.debuggerStatement(),
      step: () => hooks.beforeBytecode(),
      pause: () => hooks.interrupt(),
      isStopped: () => session.stop.at !== undefined && !session.evaluator.running,
      exceptionThrown: (exception) => hooks.exceptionThrown(exception),
      compiled: (sfi) => hooks.compiled(sfi),
      // A program that is only run pays for no table.
      codeTable: launched.noDebug ? undefined : (code, table) => session.codeTables.take(code, table),
    });
    isolate.machine!.watch({ stopped: (reason) => hooks.machineStop(reason) });
    target.deoptimizer.observe(bailouts);
    if (!launched.noDebug) isolate.collector.observe(session.collections);
    attachTimeline(
      session,
      bailouts,
      (event, body) => channel.emit(event, body),
      () => !hooks.isIgnored,
    );
  }

  private newStepper(s: Session): Stepper {
    const { isolate } = s;
    const savedFlags = { current: isolate.tiering.flags };
    return new Stepper(s.target, s.functions, s.sources, s.breakpoints, s.codes, s.codePlaces, s.objects, {
      bytecodes: (on) => {
        isolate.interpreter.stepping = on;
        // On-stack replacement would take the frame away from under a step.
        if (on && isolate.tiering.flags.turbofan) {
          savedFlags.current = isolate.tiering.flags;
          isolate.tiering.flags = { ...isolate.tiering.flags, turbofan: false };
        } else if (!on) isolate.tiering.flags = savedFlags.current;
      },
      instructions: (on) => {
        isolate.machine!.stepping = on;
      },
    });
  }

  private newBailouts(s: Session): Bailouts {
    return new Bailouts(
      s.target,
      s.functions,
      s.sources,
      s.codes,
      s.listings,
      s.names,
      s.translations,
      s.madeTexts,
      s.materialized,
      {
        event: (event) => this.hooks!.deoptimizerEvent(event),
        ended: (report, { code }, picture) => {
          s.tierUps.wasLeft(s.codes.of(code), leftText(report));
          this.channel.emit('bailout', report);
          const done = this.hooks!.isIgnored ? undefined : picture();
          if (done !== undefined)
            this.channel.emit('frameTranslation', { number: report.number, json: JSON.stringify(done) });
        },
      },
    );
  }

  resume(_args: Args<'resume'> = none): Result<'resume'> {
    this.at.goOn(undefined);
    return none;
  }

  step(args: Args<'step'>): Result<'step'> {
    this.at.goOn(args);
    return none;
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
    return this.s.guards.set(breakpoints, this.s.listings);
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
    const { stack, stop } = this.s;
    const end = count === 0 ? undefined : start + count;
    return {
      frames: stop.frames.slice(start, end).map((frame, i) => stack.present(frame, start + i + 1)),
      total: stop.frames.length,
    };
  }

  scopes({ frame }: Args<'scopes'>): Result<'scopes'> {
    const view = this.frame(frame);
    return view === undefined || view.kind === 'label' ? [] : this.parts!.scopes.of(view);
  }

  variables({ ref, start, count, filter }: Args<'variables'>): Result<'variables'> {
    return this.s.references.children(ref, start, count, filter);
  }

  setVariable({ ref, name, value }: Args<'setVariable'>): Result<'setVariable'> {
    const node = this.s.references.get(ref);
    if (node.set === undefined) throw new Error(`'${name}' cannot be changed.`);
    const result = node.set(name, value);
    this.at.refreshFrames();
    return result;
  }

  evaluate({ expression, frame, context }: Args<'evaluate'>): Result<'evaluate'> {
    const { evaluator } = this.s;
    const copied = context === 'clipboard' ? this.copied(expression, frame) : undefined;
    if (copied !== undefined) return copied;
    const { runs } = evaluator;
    const effects = context === 'repl' ? 'any' : context === 'watch' ? 'calls' : 'none';
    try {
      return evaluator.evaluate(expression, this.frame(frame), effects);
    } finally {
      if (evaluator.runs !== runs) this.at.refreshFrames();
    }
  }

  private copied(expression: string, frame: number): Result<'evaluate'> | undefined {
    try {
      return this.s.evaluator.whole(expression, this.frame(frame));
    } catch {
      return undefined;
    }
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
    return view === undefined ? undefined : listings.ofFrame(kind, view);
  }

  frameTranslation(_args: Args<'frameTranslation'> = none): Result<'frameTranslation'> {
    const { place, what, guard } = this.at.need();
    if (place === 'deoptimizer') return this.parts!.bailouts.picture();
    return guard === undefined || what.bailout === undefined
      ? undefined
      : this.parts!.bailouts.pictureAtGuard(guard.view, what.bailout);
  }

  machineView({ frame }: Args<'machineView'>): Result<'machineView'> {
    const { place, guard } = this.at.need();
    const view = this.frame(frame ?? 1);
    if (view === undefined) return undefined;
    const { stop } = this.s;
    return this.parts!.machineViews.of(stop.frames, view, { place, guard, accumulator: stop.accumulator });
  }

  heap({ address, expression, frame = 0, function: name }: Args<'heap'>): Result<'heap'> {
    const { heapView, collections, target, evaluator } = this.s;
    this.at.need();
    const at = address ?? (expression && evaluator.evaluate(expression, this.frame(frame), 'none').memory);
    if (at === undefined && expression !== undefined) throw new Error(`'${expression}' is no object of the heap.`);
    return {
      object: at === undefined ? undefined : heapView.object(parseAddress(at)),
      codes: name === undefined ? undefined : heapView.codes(name),
      spaces: heapView.spaces(),
      kinds: heapView.histogram(),
      collections: target.heap.collections,
      collection: collections.newest?.at === target.heap.collections ? collections.newest.text : undefined,
    };
  }

  loadedSources(_args: Args<'loadedSources'> = none): Result<'loadedSources'> {
    return this.s.sources.all();
  }
}
