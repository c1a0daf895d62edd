// Stepping. A plan says where to stop next; the interpreter asks before every bytecode while `interpreter.stepping`, the machine
// before every instruction while `machine.stepping`.
//
//   interpreter   in    the next statement, in any frame                over  … in this frame or its callers
//                 out   the first bytecode in a caller                  instruction: every bytecode
//   machine       the same, where the code's table says that a bytecode begins (code-places.ts); instruction: every instruction
//   Deoptimizer   in    the next slot or phase                          over  the next phase      out  the resumed bytecode
//
// A frame is a frame pointer and, in optimized code, the calls that were inlined around it. A bailout makes frames of both.
//
// An await does not end a step: it goes on where the same activation is resumed, and from the end of an async function where
// the function is resumed that awaits it.
//
// Calls are not walked through: when a step over enters a deeper frame, a one-time breakpoint goes on the bytecode after the
// call, and the callee runs at full speed. While the interpreter steps, nothing tiers up: OSR would take the frame away.

import { Bytecode } from '../bytecode/index.ts';
import type { Deoptimization } from '../deoptimizer/index.ts';
import { FrameOffset, registerOffset } from '../frames/index.ts';
import { type Address, Region, type Tagged } from '../heap/index.ts';
import { awaitingFunctions, type CodeView, type CodeViews } from '../isolate/index.ts';
import {
  BytecodeArray,
  InstanceType,
  instanceTypeOf,
  JSFunction,
  JSGeneratorObject,
  SharedFunctionFlags,
  StaticRoot,
} from '../objects/index.ts';
import { Gpr } from '../x64/index.ts';
import type { Breakpoints } from './breakpoints.ts';
import { type CodePlace, type CodePlaces, commonCallers, type Relation, relationOf } from './code-places.ts';
import type { Functions } from './functions.ts';
import type { ObjectTable } from './object-table.ts';
import type { Granularity, StepKind } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { DebugTarget } from './target.ts';

/** What the stepper turns on and off. */
export interface SteppingSwitches {
  /** Per bytecode; also keeps the program in the interpreter. */
  bytecodes(on: boolean): void;
  /** Per machine instruction. */
  instructions(on: boolean): void;
}

/** A step that begins when optimized code was left. */
interface NextStep {
  readonly kind: StepKind;
  readonly granularity: Granularity;
  /** The frame that it began in is gone. */
  readonly hasLeft: boolean;
  /** Where in the interpreter's terms it was asked for; undefined: at the next bytecode. */
  readonly from: { readonly bytecodes: Tagged; readonly offset: number } | undefined;
}

interface Plan {
  kind: StepKind;
  readonly granularity: Granularity;
  /** Frame that the step began in (offset), 0 = any; after an await the one it is resumed in. */
  fp: Address;
  /** Statement that the step began on: not stopped at again in that frame. */
  position: number;
  /** Bytecode that it began at: who comes back to the statement from behind has gone round a loop. */
  offset: number;
  hasBegun: boolean;
  /** Stop at the very next bytecode of the program; or begin the step there that was asked for in optimized code. */
  atNextBytecode: boolean;
  readonly next: NextStep | undefined;
  /** The frame is one of optimized code, in which these calls were inlined, outermost first. */
  view: CodeView | undefined;
  callers: readonly string[];
  /** The frame that the step began in is gone; this one called it, and the next place for a breakpoint in it ends the step. */
  hasLeft: boolean;
  /** The place in machine code that the step began at: what begins at that instruction up to it has been seen. */
  readonly start: { readonly pc: Address; readonly index: number } | undefined;
  /** The last bytecode that was seen to begin in machine code. */
  passed: CodePlace | undefined;
  /** What the interpreter repeats behind a bailout, and optimized code ran already. */
  repeats: { readonly fp: Address; at: number; readonly until: number } | undefined;
  /** Frame of machine code that a callee returns to. */
  waitingIn: Address;
  /** What to stop at in the Deoptimizer. */
  readonly deoptimizer: 'event' | 'phase' | 'none';
  /** The machine's place at the start: line key of the position, and instructions retired. */
  line: string;
  /** The frame is an async function's. */
  isAsync: boolean;
  /** A suspended generator is waited for. */
  isResuming: boolean;
  readonly retired: number;
  /** A callee runs at full speed until the frame is back. */
  isWaiting: boolean;
}

export class Stepper {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly breakpoints: Breakpoints;
  private readonly codes: CodeViews;
  private readonly places: CodePlaces;
  private readonly switches: SteppingSwitches;
  /** Keys: of the generator whose function awaits the stepped one, and of the one whose resumption is waited for. */
  private readonly objects: ObjectTable;
  private readonly awaiter: number;
  private readonly resuming: number;
  private plan: Plan | undefined;

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    breakpoints: Breakpoints,
    codes: CodeViews,
    places: CodePlaces,
    objects: ObjectTable,
    switches: SteppingSwitches,
  ) {
    this.places = places;
    this.objects = objects;
    this.awaiter = objects.keep(StaticRoot.Undefined);
    this.resuming = objects.keep(StaticRoot.Undefined);
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.breakpoints = breakpoints;
    this.codes = codes;
    this.switches = switches;
  }

  get isActive(): boolean {
    return this.plan !== undefined;
  }

  /** The step is over, whatever it was. */
  clear(): void {
    if (this.plan === undefined) return;
    this.plan = undefined;
    this.breakpoints.clearSteps();
    this.switches.bytecodes(false);
    this.switches.instructions(false);
  }

  // --- beginning ------------------------------------------------------------------------------------------------------------

  /** Stops at the first statement that runs. */
  startAtEntry(): void {
    this.begin({ kind: 'in', granularity: 'line', fp: 0, position: -1 });
    this.switches.bytecodes(true);
  }

  /** From a stop in the interpreter: the innermost frame is at `fp`, before the bytecode at `offset`. */
  fromInterpreter(kind: StepKind, granularity: Granularity, fp: Address, bytecodes: Tagged, offset: number): void {
    // Paused on its way in, a function is shown at its first statement.
    const position = this.statementOf(
      bytecodes,
      Math.max(offset, this.functions.statements(bytecodes)[0]?.offset ?? 0),
    );
    this.begin({ kind, granularity, fp, position, offset, line: this.lineKey(position, this.frameSfi(fp)) });
    this.findAwaiter(fp);
    if (kind === 'out') {
      if (this.endsJob(this.plan!, fp) && this.waitForResume(this.awaiter)) return;
      this.waitForReturn(fp);
      return;
    }
    this.switches.bytecodes(true);
    if (kind === 'in') this.switches.instructions(true);
    this.watchCaller(fp);
    // Stopped at a return, this is the last that is seen of the frame.
    if (granularity === 'line' && !this.leavesAsync(this.plan!, fp, this.frameSfi(fp), bytecodes, offset))
      this.leaveJob(this.plan!, bytecodes, offset);
  }

  /** From a stop in machine code. @param place where that is; undefined in builtins, and while a frame is made or left */
  fromMachine(kind: StepKind, granularity: Granularity, place: CodePlace | undefined): void {
    const { cpu } = this.target;
    const pc = cpu.rip;
    const view = this.codes.at(pc);
    if (place === undefined)
      this.begin({ kind: granularity === 'line' ? 'in' : kind, granularity, fp: 0, position: -1 });
    else {
      const { sfi, bytecodes, offset, callers } = place;
      const position = this.statementOf(bytecodes, offset);
      const index = view === undefined ? -1 : this.places.indexAt(view, pc, place);
      const line = this.lineKey(position, sfi);
      const passed = place;
      const fp = cpu.lo(Gpr.rbp);
      this.begin({ kind, granularity, fp, position, offset, line, view, callers, passed, start: { pc, index } });
    }
    const offset = view === undefined ? 0 : pc - view.start;
    const instruction = view?.instructions[view.indexAt(offset)];
    const isExit = view?.isOptimized && view.exitAt(offset) >= 0;
    if (granularity === 'instruction' && kind === 'over' && instruction?.isCall && !isExit) {
      this.breakpoints.setMachine(pc + instruction.length, 'step');
      this.plan!.isWaiting = true;
      return;
    }
    if (kind === 'out' && place !== undefined && place.callers.length === 0) {
      this.waitForReturn(this.plan!.fp);
      return;
    }
    this.switches.instructions(true);
    this.switches.bytecodes(true);
    if (place !== undefined) this.watchCaller(this.plan!.fp);
  }

  /** From optimized code that host code interrupts: it is left there, as V8 does, and the step begins in the interpreter. */
  fromOptimized(kind: StepKind, granularity: Granularity, { code }: CodeView, from: NextStep['from']): void {
    this.target.deoptimizeCode(code, 'step');
    this.leave(kind, granularity, false, from);
  }

  private leave(kind: StepKind, granularity: Granularity, hasLeft = false, from?: NextStep['from']): void {
    this.begin({
      kind: 'in',
      granularity: 'line',
      fp: 0,
      position: -1,
      atNextBytecode: true,
      next: { kind, granularity, hasLeft, from },
    });
    this.switches.bytecodes(true);
  }

  /** From a guard or from inside the Deoptimizer: by its own phases, and by the instructions of its entry code between them. */
  throughDeoptimizer(kind: StepKind, granularity: Granularity): void {
    const isByInstruction = granularity === 'instruction' && kind !== 'out';
    this.begin({
      kind,
      granularity: isByInstruction ? 'instruction' : 'line',
      fp: 0,
      position: -1,
      deoptimizer: kind === 'in' ? 'event' : kind === 'over' ? 'phase' : 'none',
      atNextBytecode: true,
    });
    this.switches.bytecodes(true);
    if (isByInstruction) this.switches.instructions(true);
  }

  private begin(plan: Partial<Plan> & Pick<Plan, 'kind' | 'granularity' | 'fp' | 'position'>): void {
    this.clear();
    this.plan = {
      offset: -1,
      hasBegun: false,
      atNextBytecode: false,
      next: undefined,
      view: undefined,
      callers: [],
      hasLeft: false,
      start: undefined,
      passed: undefined,
      repeats: undefined,
      waitingIn: 0,
      deoptimizer: plan.granularity === 'instruction' && plan.kind === 'in' ? 'event' : 'none',
      line: '',
      isAsync: false,
      isResuming: false,
      retired: this.target.cpu.retired,
      isWaiting: false,
      ...plan,
    };
  }

  private frameSfi(fp: Address): Tagged {
    const fn = this.target.heap.i32[(fp + FrameOffset.Function) >> 2]!;
    return this.target.heap.get(fn, JSFunction.SharedFunctionInfo);
  }

  private statementOf(bytecodes: Tagged, offset: number): number {
    let position = -1;
    for (const location of this.functions.statements(bytecodes)) {
      if (location.offset > offset) break;
      position = location.position;
    }
    return position;
  }

  private lineKey(position: number, sfi: Tagged): string {
    const record = this.functions.scriptOf(sfi);
    if (record === undefined || position < 0) return '';
    return this.sources.lineKey(record, position);
  }

  // --- waiting for a frame to come back ------------------------------------------------------------------------------------------

  /** The caller of the frame at `fp` goes on: after its call, or in machine code at the return address. */
  private waitForReturn(fp: Address): void {
    const plan = this.plan!;
    const caller = this.callerOf(fp);
    plan.isWaiting = true;
    if (caller === undefined) plan.isWaiting = false;
    else if (caller.view === undefined) this.stopAfterCall(caller.fp);
    else this.stopAtReturn(caller.fp, caller.pc);
    if (!plan.isWaiting) this.switches.bytecodes(true);
  }

  /** When the frame at `fp` is left, the step goes on in the optimized code that called it. */
  private watchCaller(fp: Address): void {
    const caller = this.callerOf(fp);
    if (caller?.view !== undefined) this.stopAtReturn(caller.fp, caller.pc);
  }

  private stopAtReturn(fp: Address, pc: Address): void {
    this.breakpoints.setMachine(pc, 'step');
    this.plan!.waitingIn = fp;
  }

  /** The next frame of the program outside the one at `fp`; in optimized code with the address that is returned to. */
  private callerOf(fp: Address): { fp: Address; pc: Address; view: CodeView | undefined } | undefined {
    const { heap } = this.target;
    for (let at = fp; ; ) {
      const pc = heap.i32[(at + FrameOffset.ReturnPc) >> 2]!;
      at = heap.i32[at >> 2]!;
      if (at === 0) return undefined;
      const view = pc >= Region.BuiltinCodeEnd && pc < Region.CodeEnd ? this.codes.at(pc - 1) : undefined;
      if (view?.isOptimized && !this.functions.isNative(view.sfi)) return { fp: at, pc, view };
      if (this.isInterpreted(at)) return { fp: at, pc, view: undefined };
    }
  }

  /** Whether an interpreted frame of the program stands at `fp`. */
  private isInterpreted(fp: Address): boolean {
    const { heap } = this.target;
    if ((heap.i32[(fp + FrameOffset.Marker) >> 2]! & 1) === 0) return false;
    const sfi = this.frameSfi(fp);
    const bytecodes = heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
    return this.functions.bytecodes(sfi) === bytecodes && !this.functions.isNative(sfi);
  }

  private stopAfterCall(fp: Address): void {
    const { heap } = this.target;
    const bytecodes = heap.i32[(fp + FrameOffset.BytecodeArray) >> 2]!;
    const offset = (heap.i32[(fp + FrameOffset.BytecodeOffset) >> 2]! >> 1) - (BytecodeArray.Bytes - 1);
    const next = this.functions.nextOffset(bytecodes, offset);
    if (next < this.functions.length(bytecodes)) this.breakpoints.stepAt(this.frameSfi(fp), bytecodes, next);
    this.plan!.isWaiting = true;
  }

  // --- awaiting ------------------------------------------------------------------------------------------------------------

  /** Who awaits the running job: known only before that is done. */
  private findAwaiter(fp: Address): void {
    this.plan!.isAsync = this.isAsyncFrame(fp);
    this.objects.set(this.awaiter, awaitingFunctions(this.target.rt, 1)[0]?.generator ?? StaticRoot.Undefined);
  }

  /** An async function that was resumed: nothing of the program called it. */
  private endsJob(plan: Plan, fp: Address): boolean {
    return plan.isAsync && this.callerOf(fp) === undefined;
  }

  /** Whether the frame at `fp` is about to be left, and the step goes on in another one that will be resumed. */
  private leavesAsync(plan: Plan, fp: Address, sfi: Tagged, bytecodes: Tagged, offset: number): boolean {
    if (!plan.isAsync || fp !== plan.fp || plan.granularity !== 'line') return false;
    const generator = this.asyncFunctionAt(fp, bytecodes, offset, Bytecode.SuspendGenerator);
    if (generator !== 0) {
      this.objects.set(this.resuming, generator);
      return this.waitForResume(this.resuming);
    }
    if (this.functions.bytes(bytecodes)[offset] !== Bytecode.Return || !this.endsJob(plan, fp)) return false;
    const statement = this.functions.statementAt(bytecodes, offset);
    // a return is a place of its own on a line of its own
    return (statement < 0 || this.lineKey(statement, sfi) === plan.line) && this.waitForResume(this.awaiter);
  }

  /** The step goes on where a suspended generator is resumed; false if it is none of an async function of the program. */
  private waitForResume(key: number): boolean {
    const { heap } = this.target;
    const generator = this.objects.at(key);
    if (generator === StaticRoot.Undefined) return false;
    const sfi = this.functions.sfiOf(heap.get(generator, JSGeneratorObject.Function));
    const bytecodes = this.functions.bytecodes(sfi);
    if (bytecodes === 0 || this.functions.isNative(sfi)) return false;
    const plan = this.plan!;
    this.objects.set(this.resuming, generator);
    plan.isResuming = true;
    plan.isWaiting = true;
    this.switches.bytecodes(false);
    const accessor = this.functions.accessor(bytecodes);
    for (; !accessor.done; accessor.advance())
      if (accessor.bytecode === Bytecode.ResumeGenerator)
        this.breakpoints.stepAt(sfi, bytecodes, accessor.currentOffset);
    return true;
  }

  /** The generator of the frame at `fp` if its bytecode at `offset` suspends, or resumes, an async function; else 0. */
  private asyncFunctionAt(fp: Address, bytecodes: Tagged, offset: number, wanted: Bytecode): Tagged {
    const accessor = this.functions.accessor(bytecodes);
    accessor.setOffset(offset);
    if (accessor.bytecode !== wanted) return 0;
    const generator = this.target.heap.i32[(fp + registerOffset(accessor.register(0))) >> 2]!;
    return instanceTypeOf(this.target.heap, generator) === InstanceType.JSAsyncFunctionObject ? generator : 0;
  }

  /** The awaited generator runs again, in the frame at `fp`. */
  private resumed(plan: Plan, fp: Address, bytecodes: Tagged, offset: number): boolean {
    if (this.asyncFunctionAt(fp, bytecodes, offset, Bytecode.ResumeGenerator) !== this.objects.at(this.resuming))
      return false;
    plan.isResuming = false;
    plan.isWaiting = false;
    this.goOnIn(plan, fp, bytecodes, offset);
    this.findAwaiter(fp);
    this.breakpoints.clearSteps();
    this.switches.bytecodes(true);
    this.watchCaller(fp);
    return true;
  }

  /** The step is one over the statement that this frame stands in. */
  private goOnIn(plan: Plan, fp: Address, bytecodes: Tagged, offset: number): void {
    plan.kind = 'over';
    plan.fp = fp;
    plan.offset = offset;
    plan.position = this.statementOf(bytecodes, offset);
    plan.line = this.lineKey(plan.position, this.frameSfi(fp));
  }

  private isAsyncFrame(fp: Address): boolean {
    const flags = this.functions.flags(this.frameSfi(fp));
    return (flags & SharedFunctionFlags.Async) !== 0 && (flags & SharedFunctionFlags.Generator) === 0;
  }

  // --- asked by the interpreter ------------------------------------------------------------------------------------------------------

  /** Before the bytecode at `offset` of the frame at `fp`. */
  shouldStopAt(fp: Address, sfi: Tagged, bytecodes: Tagged, offset: number): boolean {
    const { plan } = this;
    if (plan === undefined || plan.isWaiting) return false;
    if (this.functions.isNative(sfi)) return false;
    const isFirst = !plan.hasBegun;
    plan.hasBegun = true;
    // A pause stands before the bytecode that a breakpoint stands on.
    if (isFirst && fp === plan.fp && offset === plan.offset) return false;
    if (plan.atNextBytecode) {
      if (plan.next === undefined) return plan.deoptimizer === 'none' || this.target.deoptimizer.current === undefined;
      const { kind, granularity, hasLeft, from } = plan.next;
      const isFrom = from?.bytecodes === bytecodes;
      this.fromInterpreter(hasLeft ? 'over' : kind, granularity, fp, bytecodes, isFrom ? from.offset : offset);
      this.plan!.hasLeft = hasLeft;
      if (isFrom && !hasLeft) return this.shouldStopAt(fp, sfi, bytecodes, offset);
      return hasLeft && this.functions.isBreakLocation(bytecodes, offset);
    }
    if (this.isRepeated(plan, fp, offset)) return false;
    const isDeeper = plan.fp !== 0 && fp < plan.fp;
    if (isDeeper && plan.kind !== 'in') {
      this.letRun(plan, fp);
      return false;
    }
    if (plan.granularity === 'instruction') return true;
    if (plan.hasLeft && fp === plan.fp) return this.functions.isBreakLocation(bytecodes, offset);
    if (this.leavesAsync(plan, fp, sfi, bytecodes, offset)) return false;
    if (plan.fp !== 0 && fp > plan.fp) {
      // The frame was left. An async caller most likely awaits what it got: the step ends at its next statement.
      if (!plan.isAsync || !this.isAsyncFrame(fp)) return this.functions.isBreakLocation(bytecodes, offset);
      this.goOnIn(plan, fp, bytecodes, offset);
    }
    const isStop = this.isNewStatement(plan, fp === plan.fp, sfi, bytecodes, offset);
    if (!isStop && fp === plan.fp) this.leaveJob(plan, bytecodes, offset);
    return isStop;
  }

  /** @param isOwn of the frame that the step began in */
  private isNewStatement(plan: Plan, isOwn: boolean, sfi: Tagged, bytecodes: Tagged, offset: number): boolean {
    const statement = this.functions.statementAt(bytecodes, offset);
    if (statement < 0) return false;
    if (this.isPassed(statement, sfi, isOwn ? plan.line : '')) return false;
    if (!isOwn) return true;
    if (plan.kind === 'out') return false;
    if (statement === plan.position) return offset <= plan.offset;
    // A return is a place of its own; on the line that we come from it is no other line.
    const isReturn = this.functions.bytes(bytecodes)[offset] === Bytecode.Return;
    return !(isReturn && this.lineKey(statement, sfi) === plan.line);
  }

  /** Nothing of the program called the frame that is left: the step goes on in whatever the program does next. */
  private leaveJob(plan: Plan, bytecodes: Tagged, offset: number): void {
    if (this.functions.bytes(bytecodes)[offset] !== Bytecode.Return || this.callerOf(plan.fp) !== undefined) return;
    plan.kind = 'in';
    plan.fp = 0;
    plan.position = -1;
    plan.isAsync = false;
    this.switches.instructions(true);
  }

  /** In a script that was made of something else, steps go by lines of that, and through what nobody wrote. */
  private isPassed(statement: number, sfi: Tagged, line: string): boolean {
    const record = this.functions.scriptOf(sfi);
    if (record === undefined || this.target.sourceMapOf(record.id) === undefined) return false;
    const key = this.sources.lineKey(record, statement);
    return key === 'nothing' || key === line;
  }

  /** A step over got into a callee: full speed until it returns. */
  private letRun(plan: Plan, fp: Address): void {
    plan.isWaiting = true;
    this.switches.bytecodes(false);
    if (plan.view !== undefined) {
      this.waitForReturnInto(plan, fp);
      return;
    }
    this.stopAfterCall(plan.fp);
    const outer = this.callerOf(plan.fp);
    if (outer !== undefined && outer.view === undefined) this.stopAfterCall(outer.fp);
  }

  /** The machine code of the step's frame goes on where the call returns that led to the frame at `fp`. */
  private waitForReturnInto(plan: Plan, fp: Address): void {
    const { heap } = this.target;
    let at = fp;
    while (heap.i32[at >> 2]! !== plan.fp && heap.i32[at >> 2]! !== 0) at = heap.i32[at >> 2]!;
    this.switches.instructions(false);
    this.stopAtReturn(plan.fp, heap.i32[(at + FrameOffset.ReturnPc) >> 2]!);
  }

  /** A frame of machine code was taken apart: its functions have frames of their own, in which the step goes on. */
  deoptimized({ inputFp, outputs, state }: Deoptimization): void {
    const { plan } = this;
    if (plan === undefined || plan.granularity === 'instruction' || plan.deoptimizer !== 'none') return;
    if (plan.waitingIn === inputFp && plan.fp !== inputFp) {
      // The call that is waited for will return into the interpreter.
      if (plan.isWaiting) this.leave(plan.kind, plan.granularity, plan.kind === 'out');
      else plan.waitingIn = 0;
      return;
    }
    if (plan.view === undefined || plan.fp !== inputFp) return;
    const frames = state!.frames.flatMap((frame, i) =>
      frame.kind === 'interpreted' ? [{ frame, fp: outputs[i]!.fp }] : [],
    );
    const inner = this.places.ofFrames(frames.map(({ frame }) => frame));
    const level = Math.min(commonCallers(plan.callers, inner.callers), frames.length - 1);
    plan.hasLeft ||= relationOf(plan.callers, inner.callers) === 'outer' || level < plan.callers.length;
    plan.fp = frames[level]!.fp;
    plan.callers = [];
    plan.view = undefined;
    const { passed } = plan;
    const isSeen = passed?.sfi === inner.sfi && relationOf(passed.callers, inner.callers) === 'same';
    if (isSeen && inner.offset <= passed.offset)
      plan.repeats = { fp: frames.at(-1)!.fp, at: inner.offset, until: passed.offset };
    if (!plan.isWaiting) return;
    plan.isWaiting = false;
    this.breakpoints.clearSteps();
    this.switches.bytecodes(true);
  }

  /** The interpreter goes on at the checkpoint before what optimized code ran without an effect, and stepped through. */
  private isRepeated(plan: Plan, fp: Address, offset: number): boolean {
    const { repeats } = plan;
    if (repeats === undefined || fp < repeats.fp) return false;
    const is = fp === repeats.fp && offset >= repeats.at && offset <= repeats.until;
    if (is) repeats.at = offset;
    else plan.repeats = undefined;
    return is;
  }

  /** A one-time breakpoint was reached in the frame at `fp`: true if this ends the wait, and stepping goes on here. */
  returned(fp: Address, bytecodes: Tagged, offset: number): boolean {
    const { plan } = this;
    if (plan === undefined || !plan.isWaiting) return false;
    if (plan.isResuming) return this.resumed(plan, fp, bytecodes, offset);
    if (plan.fp !== 0 && fp < plan.fp) return false; // a deeper activation of the same function
    if (plan.kind === 'out' && fp === plan.fp) return false;
    plan.isWaiting = false;
    this.breakpoints.clearSteps();
    this.switches.bytecodes(true);
    if (plan.fp !== 0) this.watchCaller(plan.fp);
    return true;
  }

  /** An exception will continue in the handler at `offset` of the frame at `fp`. */
  willCatch(fp: Address, bytecodes: Tagged, offset: number): void {
    const { plan } = this;
    if (plan === undefined || !plan.isWaiting || (plan.fp !== 0 && fp < plan.fp)) return;
    this.breakpoints.stepAt(this.frameSfi(fp), bytecodes, offset);
  }

  /** As `willCatch`: the handler in optimized code, whose frame is at `fp`. */
  willCatchInCode(fp: Address, handler: Address): void {
    const { plan } = this;
    if (plan === undefined || plan.granularity === 'instruction' || (plan.fp !== 0 && fp < plan.fp)) return;
    this.breakpoints.setMachine(handler, 'step');
    plan.waitingIn = plan.waitingIn === 0 ? fp : Math.min(plan.waitingIn, fp);
  }

  // --- asked by the machine ----------------------------------------------------------------------------------------------------------------

  /** Every instruction is a step. */
  shouldStopAtInstruction(): boolean {
    const { plan } = this;
    if (plan === undefined || plan.isWaiting || plan.granularity !== 'instruction') return false;
    return this.target.cpu.retired !== plan.retired;
  }

  /** The bytecode to stop for, of those that begin at an instruction. */
  placeToStopAt(pc: Address): CodePlace | undefined {
    const { plan } = this;
    if (plan === undefined || plan.isWaiting || plan.granularity === 'instruction') return undefined;
    if (plan.deoptimizer !== 'none' || plan.atNextBytecode) return undefined;
    const view = this.codes.at(pc);
    if (view === undefined || !view.isOptimized || this.functions.isNative(view.sfi)) return undefined;
    const { cpu } = this.target;
    if (pc === view.start && plan.kind !== 'in' && plan.fp !== 0 && cpu.lo(Gpr.rsp) < plan.fp) {
      this.letCodeRun(plan);
      return undefined;
    }
    const isStart = plan.start?.pc === pc && plan.retired === cpu.retired;
    for (const [i, place] of this.places.at(view, pc).entries()) {
      if (isStart && i <= plan.start!.index) continue;
      if (this.isStopInCode(plan, cpu.lo(Gpr.rbp), place)) return place;
      plan.passed = place;
    }
    return undefined;
  }

  private isStopInCode(plan: Plan, fp: Address, { sfi, bytecodes, offset, callers }: CodePlace): boolean {
    const relation = plan.fp === 0 ? 'beside' : this.relation(plan, fp, callers);
    if (plan.fp !== 0 && relation === 'beside') {
      // The frame was left, and its caller stands in another call that was inlined.
      plan.callers = plan.callers.slice(0, commonCallers(plan.callers, callers));
      plan.hasLeft = true;
      if (plan.kind !== 'in') return false;
    }
    if (relation === 'deeper' && plan.kind !== 'in') return false;
    const isNext = relation === 'outer' || (relation === 'same' && plan.hasLeft);
    if (isNext) return this.functions.isBreakLocation(bytecodes, offset);
    return this.isNewStatement(plan, relation === 'same', sfi, bytecodes, offset);
  }

  private relation(plan: Plan, fp: Address, callers: readonly string[]): Relation {
    if (fp !== plan.fp) return fp < plan.fp ? 'deeper' : 'outer';
    return relationOf(plan.callers, callers);
  }

  /** A step over got to the first instruction of optimized code that was called: full speed until it returns. */
  private letCodeRun(plan: Plan): void {
    const { cpu, heap } = this.target;
    plan.isWaiting = true;
    this.switches.bytecodes(false);
    const caller = cpu.lo(Gpr.rbp);
    if (plan.view === undefined) {
      this.switches.instructions(false);
      this.stopAfterCall(plan.fp);
    } else if (caller !== plan.fp) this.waitForReturnInto(plan, caller);
    else {
      this.switches.instructions(false);
      this.stopAtReturn(caller, heap.i32[cpu.lo(Gpr.rsp) >> 2]!);
    }
  }

  /** A one-time machine breakpoint was reached: true if the step ends here. */
  returnedToMachine(): boolean {
    const { plan } = this;
    const { cpu } = this.target;
    if (plan === undefined) return false;
    const fp = cpu.lo(Gpr.rbp);
    if (plan.granularity === 'instruction') {
      // A deeper activation has a lower stack pointer than the frame that waits.
      return plan.isWaiting && !(plan.kind === 'out' && plan.fp !== 0 && cpu.lo(Gpr.rsp) < plan.fp);
    }
    if (plan.waitingIn === 0 || fp < plan.waitingIn) return false;
    const view = this.codes.at(cpu.rip - 1);
    if (plan.fp !== fp && view !== undefined) {
      // Out of the frame that the step began in.
      plan.callers = this.places.callersAtReturn(view, cpu.rip);
      plan.fp = fp;
      plan.view = view;
      plan.hasLeft = true;
      if (plan.kind === 'out') plan.kind = 'over';
    }
    plan.waitingIn = 0;
    plan.isWaiting = false;
    this.breakpoints.clearSteps();
    this.switches.bytecodes(true);
    this.switches.instructions(true);
    this.watchCaller(fp);
    return false;
  }

  // --- asked by the Deoptimizer --------------------------------------------------------------------------------------------------------------

  /** @param isInside inside a phase: at a slot or an object */
  shouldStopInDeoptimizer(isInside: boolean): boolean {
    const { plan } = this;
    if (plan === undefined) return false;
    return plan.deoptimizer === 'event' || (plan.deoptimizer === 'phase' && !isInside);
  }
}
