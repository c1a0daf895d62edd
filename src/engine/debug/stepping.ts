// Stepping. A plan says where to stop next; the interpreter asks before every bytecode while `interpreter.stepping`, the machine
// before every instruction while `machine.stepping`.
//
//   interpreter   in    the next statement, in any frame                over  … in this frame or its callers
//                 out   the first bytecode in a caller                  instruction: every bytecode
//   machine       instruction by instruction; a line ends where the position table names another line
//   Deoptimizer   in    the next slot or phase                          over  the next phase      out  the resumed bytecode
//
// An await does not end a step: it goes on where the same activation is resumed, and from the end of an async function where
// the function is resumed that awaits it.
//
// Calls are not walked through: when a step over enters a deeper frame, a one-time breakpoint goes on the bytecode after the
// call, and the callee runs at full speed. While the interpreter steps, nothing tiers up: OSR would take the frame away.

import { Bytecode } from '../bytecode/index.ts';
import { FrameOffset, registerOffset } from '../frames/index.ts';
import { type Address, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { awaitingFunctions, type CodeView, type CodeViews, type InlinedLevel } from '../isolate/index.ts';
import {
  BytecodeArray,
  InstanceType,
  instanceTypeOf,
  JSFunction,
  JSGeneratorObject,
  SharedFunctionFlags,
  StaticRoot,
} from '../objects/index.ts';
import { CpuState, Gpr } from '../x64/index.ts';
import type { Breakpoints } from './breakpoints.ts';
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
  readonly next: { readonly kind: StepKind; readonly granularity: Granularity } | undefined;
  /** It began in machine code: the code, and how many inlined functions deep. */
  readonly view: CodeView | undefined;
  readonly depth: number;
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
    objects: ObjectTable,
    switches: SteppingSwitches,
  ) {
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
      this.waitForCaller(fp);
      return;
    }
    this.switches.bytecodes(true);
    if (kind === 'in') this.switches.instructions(true);
    // Stopped at a return, this is the last that is seen of the frame.
    if (granularity === 'line' && !this.leavesAsync(this.plan!, fp, this.frameSfi(fp), bytecodes, offset))
      this.leaveJob(this.plan!, bytecodes, offset);
  }

  /** From a stop in machine code. @param levels where that is, if something else than the position table says it */
  fromMachine(kind: StepKind, granularity: Granularity, levels?: readonly InlinedLevel[]): void {
    const { cpu } = this.target;
    const view = this.codes.at(cpu.rip);
    const offset = view === undefined ? 0 : cpu.rip - view.start;
    const fp = cpu.lo(Gpr.rbp);
    const here = levels ?? this.levelsAt(cpu.rip);
    const depth = here.length;
    this.begin({ kind, granularity, fp, position: -1, line: this.lineOf(here, depth), view, depth });
    if (kind === 'out' && depth <= 1) {
      this.waitForReturn(fp);
      return;
    }
    const instruction = view?.instructions[view.indexAt(offset)];
    const isExit = view?.isOptimized && view.exitAt(offset) >= 0;
    if (granularity === 'instruction' && kind === 'over' && instruction?.isCall && !isExit) {
      this.breakpoints.setMachine(cpu.rip + instruction.length, 'step');
      this.plan!.isWaiting = true;
      return;
    }
    this.switches.instructions(true);
    this.switches.bytecodes(true);
  }

  /** From optimized code that host code interrupts: it is left there, as V8 does, and the step begins in the interpreter. */
  fromOptimized(kind: StepKind, granularity: Granularity, { code }: CodeView): void {
    this.target.deoptimizeCode(code, 'step');
    this.leave(kind, granularity);
  }

  private leave(kind: StepKind, granularity: Granularity): void {
    this.begin({
      kind: 'in',
      granularity: 'line',
      fp: 0,
      position: -1,
      atNextBytecode: true,
      next: { kind, granularity },
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
      depth: 0,
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

  /** Functions that are in each other at an instruction of optimized code, innermost first: as the exit says that a guard here has. */
  private levelsAt(pc: Address): readonly InlinedLevel[] {
    const view = this.codes.at(pc);
    if (view === undefined || !view.isOptimized) return [];
    const exit = view.exitOfGuard(pc - view.start);
    const levels = view.levelsAt(pc - view.start);
    const fp = this.target.cpu.lo(Gpr.rbp);
    const cpu = Region.IsolateData + IsolateData.Cpu;
    const input = { fp, slotsAt: fp, gpr: cpu + CpuState.Gpr, xmm: cpu + CpuState.Xmm, xmmStride: 16 };
    const count = exit < 0 ? 0 : this.target.deoptimizer.inspect(view.code, exit, input).jsFrames.length;
    return count > levels.length
      ? [...new Array<InlinedLevel>(count - levels.length).fill(levels[0]!), ...levels]
      : levels;
  }

  private depthAt(pc: Address): number {
    return this.levelsAt(pc).length;
  }

  /** Line of the function `depth` levels deep at an instruction, or of the innermost one above that. */
  private machineLine(pc: Address, depth: number): string {
    return this.lineOf(this.levelsAt(pc), depth);
  }

  private lineOf(levels: readonly InlinedLevel[], depth: number): string {
    const level = levels[Math.max(0, levels.length - depth)];
    return level === undefined ? '' : this.lineKey(level.position, level.sfi);
  }

  // --- waiting for a frame to come back ------------------------------------------------------------------------------------------

  /** The caller of the interpreted frame at `fp` goes on: after its call, or in machine code at the return address. */
  private waitForCaller(fp: Address): void {
    this.waitForReturn(fp);
  }

  private waitForReturn(fp: Address): void {
    const { heap } = this.target;
    const plan = this.plan!;
    plan.isWaiting = true;
    const pc = heap.i32[(fp + FrameOffset.ReturnPc) >> 2]!;
    if (pc >= Region.BuiltinCodeEnd && pc < Region.CodeEnd) {
      this.breakpoints.setMachine(pc, 'step');
      plan.waitingIn = heap.i32[fp >> 2]!;
    }
    const caller = this.callerFrame(fp);
    if (caller !== 0) this.stopAfterCall(caller);
    else if (!(pc >= Region.BuiltinCodeEnd && pc < Region.CodeEnd)) plan.isWaiting = false;
    if (!plan.isWaiting) this.switches.bytecodes(true);
  }

  /** The next interpreted frame of the program outside `fp`; 0 if there is none. */
  private callerFrame(fp: Address): number {
    const { heap } = this.target;
    for (let at = heap.i32[fp >> 2]!, n = 0; at !== 0 && n < 10_000; at = heap.i32[at >> 2]!, n++) {
      const marker = heap.i32[(at + FrameOffset.Marker) >> 2]!;
      if ((marker & 1) === 0) continue;
      const bytecodes = heap.i32[(at + FrameOffset.BytecodeArray) >> 2]!;
      const sfi = this.frameSfi(at);
      if (this.functions.bytecodes(sfi) !== bytecodes || this.functions.isNative(sfi)) continue;
      return at;
    }
    return 0;
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
    return plan.isAsync && this.callerFrame(fp) === 0;
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
      this.fromInterpreter(plan.next.kind, plan.next.granularity, fp, bytecodes, offset);
      return false;
    }
    const isDeeper = plan.fp !== 0 && fp < plan.fp;
    if (isDeeper && plan.kind !== 'in') {
      this.letRun(plan, fp);
      return false;
    }
    if (plan.granularity === 'instruction') return true;
    if (this.leavesAsync(plan, fp, sfi, bytecodes, offset)) return false;
    if (plan.fp !== 0 && fp > plan.fp) {
      // The frame was left. An async caller most likely awaits what it got: the step ends at its next statement.
      if (!plan.isAsync || !this.isAsyncFrame(fp)) return this.functions.isBreakLocation(bytecodes, offset);
      this.goOnIn(plan, fp, bytecodes, offset);
    }
    const isStop = this.isNewStatement(plan, fp, sfi, bytecodes, offset);
    if (!isStop && fp === plan.fp) this.leaveJob(plan, bytecodes, offset);
    return isStop;
  }

  private isNewStatement(plan: Plan, fp: Address, sfi: Tagged, bytecodes: Tagged, offset: number): boolean {
    const statement = this.functions.statementAt(bytecodes, offset);
    if (statement < 0) return false;
    if (this.isPassed(statement, sfi, fp === plan.fp ? plan.line : '')) return false;
    if (fp !== plan.fp) return true;
    if (plan.kind === 'out') return false;
    if (statement === plan.position) return offset <= plan.offset;
    // A return is a place of its own; on the line that we come from it is no other line.
    const isReturn = this.functions.bytes(bytecodes)[offset] === Bytecode.Return;
    return !(isReturn && this.lineKey(statement, sfi) === plan.line);
  }

  /** Nothing of the program called the frame that is left: the step goes on in whatever the program does next. */
  private leaveJob(plan: Plan, bytecodes: Tagged, offset: number): void {
    if (this.functions.bytes(bytecodes)[offset] !== Bytecode.Return || this.callerFrame(plan.fp) !== 0) return;
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
    const outer = this.callerFrame(plan.fp);
    if (outer !== 0) this.stopAfterCall(outer);
  }

  /** The machine code that the step began in goes on where the call returns that led to the frame at `fp`. */
  private waitForReturnInto(plan: Plan, fp: Address): void {
    const { heap } = this.target;
    let at = fp;
    while (heap.i32[at >> 2]! !== plan.fp && heap.i32[at >> 2]! !== 0) at = heap.i32[at >> 2]!;
    this.switches.instructions(false);
    this.breakpoints.setMachine(heap.i32[(at + FrameOffset.ReturnPc) >> 2]!, 'step');
    plan.waitingIn = plan.fp;
  }

  /** A frame of machine code was taken apart: the call that a step waits for will return into the interpreter. */
  deoptimized(fp: Address): void {
    const { plan } = this;
    if (plan === undefined || !plan.isWaiting || plan.waitingIn !== fp) return;
    if (plan.kind === 'out') {
      this.begin({ kind: 'in', granularity: 'line', fp: 0, position: -1, atNextBytecode: true });
      this.switches.bytecodes(true);
    } else this.leave(plan.kind, plan.granularity);
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
    return true;
  }

  /** An exception will continue in the handler at `offset` of the frame at `fp`. */
  willCatch(fp: Address, bytecodes: Tagged, offset: number): void {
    const { plan } = this;
    if (plan === undefined || !plan.isWaiting || (plan.fp !== 0 && fp < plan.fp)) return;
    this.breakpoints.stepAt(this.frameSfi(fp), bytecodes, offset);
  }

  // --- asked by the machine ----------------------------------------------------------------------------------------------------------------

  shouldStopAtInstruction(pc: Address): boolean {
    const { plan } = this;
    if (plan === undefined || plan.isWaiting) return false;
    const { cpu } = this.target;
    if (plan.granularity === 'instruction') return cpu.retired !== plan.retired;
    if (plan.deoptimizer !== 'none' || plan.atNextBytecode) return false;
    const view = this.codes.at(pc);
    if (view === undefined || !view.isOptimized || this.functions.isNative(view.sfi)) return false;
    const offset = pc - view.start;
    if (!view.positions.some((entry) => entry.pc === offset)) return false;
    if (plan.view !== undefined && plan.kind !== 'in') {
      if (this.isDeeperCode(plan, view)) return false;
      const depth = this.depthAt(pc);
      if (view === plan.view && depth >= plan.depth && plan.kind === 'out') return false;
      if (view === plan.view && depth > plan.depth) return false;
    }
    const line = this.machineLine(pc, plan.kind === 'in' ? 1000 : plan.depth);
    return line !== '' && line !== plan.line;
  }

  /** Machine code that the step's own frame called. */
  private isDeeperCode(plan: Plan, view: CodeView): boolean {
    const { cpu } = this.target;
    return cpu.lo(Gpr.rbp) < plan.fp || (view !== plan.view && cpu.lo(Gpr.rsp) < plan.fp);
  }

  /** A one-time machine breakpoint was reached. */
  returnedToMachine(): boolean {
    const { plan } = this;
    if (plan === undefined || !plan.isWaiting) return false;
    const { cpu } = this.target;
    // A deeper activation has a lower stack pointer than the frame that waits.
    if (plan.kind === 'out' && plan.fp !== 0 && cpu.lo(Gpr.rsp) < plan.fp) return false;
    if (plan.kind === 'out' || plan.granularity === 'instruction') return true;
    if (cpu.lo(Gpr.rbp) !== plan.fp) return false;
    plan.isWaiting = false;
    this.breakpoints.clearSteps();
    this.switches.bytecodes(true);
    this.switches.instructions(true);
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
