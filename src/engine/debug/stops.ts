// Stops: a stop is a call that returns when the user goes on. The engine's thread blocks in `channel.serve`, wherever the program
// is (before a bytecode, on a machine instruction, inside the Deoptimizer), and answers commands itself. Whether a breakpoint
// stops is judged here, too: conditions and messages are evaluated where a stop would be.

import { Interrupt } from '../heap/index.ts';
import { Termination } from '../isolate/index.ts';
import type { Bailouts } from './bailouts.ts';
import { type BoundBreakpoint, type Judged, judgeHit } from './breakpoints.ts';
import type { DebugChannel } from './channel.ts';
import type { CodePlace } from './code-places.ts';
import type { BytecodePlace } from './code-tables.ts';
import type { CurrentStop } from './current-stop.ts';
import type { BoundEvent } from './event-breakpoints.ts';
import type { GuardHit } from './guards.ts';
import { messageParts } from './log-message.ts';
import type { MachineViews } from './machine-views.ts';
import { type CommandHandlers, type Commands, EngineState, type Location, type Stop } from './protocol.ts';
import type { Scopes } from './scopes.ts';
import type { Session } from './session.ts';
import type { FrameView, StopPlace } from './stack.ts';
import type { Stepper } from './stepping.ts';

/** The parts of a session that a stop works with. */
export interface StopParts {
  readonly session: Session;
  readonly channel: DebugChannel;
  readonly handlers: CommandHandlers;
  readonly stepper: Stepper;
  readonly bailouts: Bailouts;
  readonly scopes: Scopes;
  readonly machineViews: MachineViews;
}

export class Stops {
  private readonly parts: StopParts;
  private readonly s: Session;
  private readonly channel: DebugChannel;
  private readonly current: CurrentStop;
  private resumed = false;
  private next: Commands['step']['args'] | undefined;

  constructor(parts: StopParts) {
    this.parts = parts;
    this.s = parts.session;
    this.channel = parts.channel;
    this.current = parts.session.stop;
  }

  /** Goes on when the stop's commands are answered. @param next the step to take; undefined: none */
  goOn(next: Commands['step']['args'] | undefined): void {
    this.need();
    this.next = next;
    this.resumed = true;
  }

  /** Blocks until the user goes on; then the next step's plan is made. */
  stop(place: StopPlace, what: Stop, guard?: GuardHit): void {
    const { s, parts, current } = this;
    const { interpreter } = s.target;
    parts.stepper.clear();
    const scope = s.objects.size;
    current.at = { place, what, guard };
    if (place === 'interpreter') current.keepAccumulator(interpreter.acc);
    else s.registers.snapshot();
    current.frames = this.stackAt(place);
    this.resumed = false;
    this.next = undefined;
    this.channel.state = EngineState.Stopped;
    this.channel.emit('stopped', what);
    const terminate = this.channel.serve(parts.handlers, () => this.resumed);
    this.channel.state = EngineState.Running;
    if (place === 'interpreter') interpreter.acc = current.accumulator;
    const [top] = current.frames;
    const codePlace = place === 'machine' ? s.codePlaces.ofStop(current.frames) : undefined;
    current.end();
    s.objects.truncate(scope);
    s.references.clear();
    if (what.reason !== 'bailout' && place !== 'deoptimizer') s.materialized.forget();
    if (terminate) throw new Termination();
    // An evaluation may have served the interrupt.
    if (s.events.isWaiting) s.isolate.heap.requestInterrupt(Interrupt.Pause);
    if (this.next !== undefined) this.plan(place, this.next, what, top, codePlace);
  }

  private stackAt(place: StopPlace): FrameView[] {
    const { stack, enclosing } = this.s;
    const frames =
      place === 'machine'
        ? stack.fromMachine(this.current.codePlace)
        : place === 'deoptimizer'
          ? stack.fromDeoptimizer(this.parts.bailouts.stop())
          : stack.fromInterpreter();
    enclosing.frames = frames;
    return frames;
  }

  private plan(
    place: StopPlace,
    { kind, granularity }: Commands['step']['args'],
    what: Stop,
    top: FrameView | undefined,
    codePlace: CodePlace | undefined,
  ): void {
    const stepper = this.parts.stepper;
    if (place === 'deoptimizer') {
      stepper.throughDeoptimizer(kind, granularity);
      return;
    }
    if (place === 'machine') {
      if (what.reason === 'bailout' && granularity === 'line') stepper.throughDeoptimizer(kind, granularity);
      else stepper.fromMachine(kind, granularity, codePlace);
      return;
    }
    const frame = top?.interpreted;
    if (frame !== undefined) stepper.fromInterpreter(kind, granularity, frame.fp, frame.bytecodes, frame.offset);
    else if (top?.machine?.view.isOptimized === true) {
      const inner = top.translated?.frame;
      const from = inner && { bytecodes: inner.bytecodeArray, offset: inner.bytecodeOffset };
      stepper.fromOptimized(kind, granularity, top.machine.view, from);
    } else stepper.startAtEntry();
  }

  /** A step ends where a bytecode begins in optimized code. */
  stopStepInCode(place: BytecodePlace): void {
    this.current.codePlace = place;
    try {
      this.stop('machine', { reason: 'step', description: 'Step', hitBreakpoints: [] });
    } finally {
      this.current.codePlace = undefined;
    }
  }

  /** As `stopAtHits`, for what begins at an instruction of optimized code. */
  stopInCode(place: BytecodePlace, hits: readonly BoundBreakpoint[]): boolean {
    this.current.codePlace = place;
    try {
      return this.stopAtHits('machine', hits);
    } finally {
      this.current.codePlace = undefined;
    }
  }

  /** Judges breakpoints that were reached; stops if one wants to. */
  stopAtHits(place: StopPlace, hits: readonly BoundBreakpoint[]): boolean {
    let stopping: BoundBreakpoint[] = [];
    this.withTop(place, (top) => {
      stopping = hits.filter((hit) => this.wantsToStop(hit, top, hit.location));
    });
    if (stopping.length === 0) {
      this.s.materialized.forget();
      return false;
    }
    const { kind } = stopping[0]!;
    const reason =
      kind === 'line' ? 'breakpoint' : kind === 'function' ? 'function breakpoint' : 'instruction breakpoint';
    const doubt = stopping.find((hit) => hit.doubt !== undefined)?.doubt;
    this.stop(place, {
      reason,
      description: `Paused on ${kind === 'line' ? 'breakpoint' : reason}${doubt === undefined ? '' : ': condition unknown'}`,
      text: doubt,
      hitBreakpoints: stopping.map(({ wanted }) => wanted.id),
    });
    return true;
  }

  /** Counts a hit, and logs if that is what is wanted. */
  wantsToStop(hit: Judged, top: FrameView | undefined, location?: Location): boolean {
    const verdict = judgeHit(hit, {
      condition: (text) => this.s.evaluator.condition(text, top),
      report: (message) => this.channel.emit('output', { category: 'important', text: `${message}\n`, location }),
    });
    if (verdict === 'log') this.log(hit.wanted.logMessage!, top);
    return verdict === 'stop';
  }

  /** Of breakpoints on events, the ids of those that want to stop. */
  stoppingIds(place: StopPlace, hits: readonly BoundEvent[]): number[] {
    let ids: number[] = [];
    if (hits.length === 0) return ids;
    this.withTop(place, (top) => {
      ids = hits.filter((hit) => this.wantsToStop(hit, top)).map(({ wanted }) => wanted.id);
    });
    return ids;
  }

  /** Runs `body` with the innermost frame that has variables; what it evaluates runs as at a stop. */
  withTop(place: StopPlace, body: (top: FrameView | undefined) => void): void {
    const { objects, target, references } = this.s;
    const scope = objects.size;
    const key = place === 'interpreter' ? objects.keep(target.interpreter.acc) : -1;
    const { current } = this;
    const before = current.at;
    current.at ??= { place, what: { reason: 'step', description: '', hitBreakpoints: [] }, guard: undefined };
    try {
      const frames = this.stackAt(place).filter((frame) => frame.kind !== 'label');
      body(place === 'deoptimizer' ? frames.find(({ translated }) => translated !== undefined) : frames[0]);
    } finally {
      current.at = before;
      if (key >= 0) target.interpreter.acc = objects.at(key);
      objects.truncate(scope);
      references.clear();
      // What the adapter sent meanwhile waits: an evaluation answers nothing.
      target.heap.requestInterrupt(Interrupt.Pause);
    }
  }

  private log(message: string, top: FrameView | undefined): void {
    const text = messageParts(message)
      .map((part) => ('text' in part ? part.text : this.s.evaluator.logText(part.expression, top)))
      .join('');
    this.channel.emit('output', { category: 'console', text: `${text}\n`, location: top?.location });
  }

  need(): NonNullable<CurrentStop['at']> {
    const { at } = this.current;
    if (at === undefined) throw new Error('The program is running.');
    return at;
  }

  frame(id: number): FrameView | undefined {
    if (id === 0) return undefined;
    const frame = this.current.frames[id - 1];
    if (frame === undefined) throw new Error('This stack frame belongs to an earlier stop.');
    return frame;
  }

  /** Words in frame views may be stale after an evaluation: the stack is read again, in the same order. */
  refreshFrames(): void {
    const { current } = this;
    if (current.at !== undefined) current.frames = this.stackAt(current.at.place);
  }
}
