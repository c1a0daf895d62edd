// The optimizing tier of an isolate: emulated CPU, compiler, Deoptimizer and collector. The isolate makes it; dispatcher, tiering manager
// and stack traces ask it. The emulator is made when something must run in it.

import { ForcedExits, forcesExits } from '../deoptimizer/index.ts';
import {
  CpuWord,
  FrameOffset,
  leaveHost,
  StackFrameIterator,
  safepointPc,
  slotOffset,
  writeCpu,
} from '../frames/index.ts';
import { type Address, cageHi, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { constructReturn } from '../interpreter/index.ts';
import { ByteArray, Code, StaticRoot } from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinCodeAddress } from '../runtime/index.ts';
import { compileOptimized, registerDependencies } from '../turbofan/index.ts';
import { Cpu, Emulator, ExitReason } from '../x64/index.ts';
import { type CompilerChoices, compilerChoices } from './compiler-choices.ts';
import { DeoptimizationManager, type DeoptimizationTrace } from './deoptimization.ts';
import { deoptimizerShortcuts, type MachineCodeRunner } from './dispatcher.ts';
import type { Isolate } from './isolate.ts';
import { installMachineBuiltins } from './machine-builtins.ts';
import { SourcePositions } from './source-position.ts';
import type { OptimizedActivation } from './stack-trace.ts';
import type { CompilationRequest, OptimizingCompiler } from './tiering.ts';
import { TranslatedCode } from './translated-code.ts';
import { TurbolizerTrace } from './turbolizer-trace.ts';

/** Stops inside machine code: the debugger. */
export interface MachineWatcher {
  /** At breakpoints of the emulator and before each single step. Returns to go on. */
  stopped(reason: ExitReason): void;
}

const budget = 0x3fff_ffff;
/** Calls among translations on the host's stack, unless many dispatchers are on it. */
const calls = 64;
const manyNested = 8;

/** What of the machine's builtins host functions do as well, by its address. */
const byAddress = (names: readonly (keyof typeof BuiltinCode & keyof typeof BuiltinId)[]) =>
  new Map<Address, BuiltinId>(names.map((name) => [builtinCodeAddress(BuiltinCode[name]), BuiltinId[name]]));

const interpreterShortcuts = byAddress([
  'InterpreterEntryTrampoline',
  'InterpreterEntryReturn',
  'ConstructReturn',
  'InterpreterEnterAtBytecode',
  'InterpreterEnterAtNextBytecode',
]);
/** Where nobody observes the Deoptimizer. */
const allShortcuts = new Map([...interpreterShortcuts, ...byAddress(deoptimizerShortcuts)]);

export class Machine implements MachineCodeRunner, OptimizingCompiler {
  readonly positions: SourcePositions;
  readonly cpu: Cpu;
  readonly deoptimization: DeoptimizationManager;
  private isStepping = false;
  private readonly watchers: MachineWatcher[] = [];
  private readonly isolate: Isolate;
  private emulatorInstance: Emulator | undefined;
  /** How machine code runs: --emulator. */
  private readonly mode: string;
  private translatedInstance: TranslatedCode | undefined;

  constructor(isolate: Isolate, trace: DeoptimizationTrace) {
    this.isolate = isolate;
    this.mode = (isolate.flags?.get('emulator') as string | undefined) ?? 'interpret';
    const { heap, rt } = isolate;
    installMachineBuiltins(heap, rt.factory);
    this.positions = new SourcePositions(heap);
    this.cpu = new Cpu(heap.buffer, Region.IsolateData + IsolateData.Cpu);
    this.deoptimization = new DeoptimizationManager(
      heap,
      rt.factory,
      this.cpu,
      this.positions,
      trace,
      isolate.tiering,
      (closure) => rt.trampolineOf(closure),
      () => performance.now(),
    );
  }

  // --- parts of others ---------------------------------------------------------------------------------------------------

  /** Step one instruction at a time, each a stop. */
  get stepping(): boolean {
    return this.isStepping;
  }
  set stepping(on: boolean) {
    if (on && !this.isStepping) this.translatedInstance?.leaveTranslations();
    this.isStepping = on;
  }

  runHostFunction(id: BuiltinId): void {
    this.deoptimization.callHost(id);
    this.returnFromHost();
  }

  runDeoptimizerShortcut(id: BuiltinId): void {
    this.deoptimization.runShortcut(id);
  }

  unlink(fn: Tagged): void {
    this.deoptimization.unlink(fn);
  }

  promote(fn: Tagged): Tagged {
    const { heap } = this.isolate;
    const scope = heap.openHandles();
    const handle = heap.handle(fn);
    this.isolate.collect(true);
    const moved = heap.deref(handle);
    heap.closeHandles(scope);
    return moved;
  }

  /** Tells `watcher` of stops, until the function is called that this returns. */
  watch(watcher: MachineWatcher): () => void {
    this.watchers.push(watcher);
    return () => void this.watchers.splice(this.watchers.lastIndexOf(watcher), 1);
  }

  get emulator(): Emulator {
    this.emulatorInstance ??= new Emulator({
      memory: this.isolate.heap.buffer,
      cpuBase: Region.IsolateData + IsolateData.Cpu,
      cageHi,
      codeStart: Region.Code,
      codeEnd: Region.CodeEnd,
    });
    return this.emulatorInstance;
  }

  /** The second way to run machine code; undefined with --emulator=interpret. */
  get translated(): TranslatedCode | undefined {
    if (this.mode === 'interpret') return undefined;
    this.translatedInstance ??= new TranslatedCode(
      this.isolate.heap,
      this.cpu,
      () => this.emulator,
      (address) => this.callHost(address),
      (rip) => this.shortcutAt(rip) !== undefined,
    );
    return this.translatedInstance;
  }

  // --- running machine code --------------------------------------------------------------------------------------------

  /** Runs from rip until it leaves code space. */
  run(): void {
    leaveHost(this.isolate.heap.i32);
    for (let resume = false; ; ) {
      const reason = this.stepping ? this.step() : this.runFreely(resume);
      switch (reason) {
        case ExitReason.LeftCode:
          return;
        case ExitReason.Budget:
          resume = false;
          break;
        case ExitReason.Breakpoint:
          this.stop(reason);
          resume = true;
          break;
        default:
          throw new Error(`emulated CPU: ${this.emulator.describeExit(reason)}`);
      }
    }
  }

  shortcutAt(rip: Address): BuiltinId | undefined {
    const { translated } = this;
    if (this.mode !== 'auto' || translated === undefined || this.isStepping || translated.isWatched(rip))
      return undefined;
    return (this.deoptimization.deoptimizer.isObserved ? interpreterShortcuts : allShortcuts).get(rip);
  }

  private stop(reason: ExitReason): void {
    for (const watcher of [...this.watchers]) watcher.stopped(reason);
  }

  private step(): ExitReason {
    this.stop(ExitReason.Budget);
    // The stop may have ended stepping; then the loop goes on at full speed.
    return this.stepping ? this.emulator.step() : this.runFreely(true);
  }

  /** @param resume do not stop at a breakpoint on the first instruction */
  private runFreely(resume: boolean): ExitReason {
    const { translated } = this;
    return translated === undefined
      ? this.emulator.run(budget, resume)
      : translated.run(this.isolate.rt.nesting < manyNested ? calls : 0, resume);
  }

  /** The machine stops before the instruction at `address`: its Code object is not translated. */
  setBreakpoint(address: Address): void {
    this.emulator.setBreakpoint(address);
    this.translated?.setBreakpoint(address);
  }

  clearBreakpoint(address: Address): void {
    this.emulator.clearBreakpoint(address);
    this.translated?.clearBreakpoint(address);
  }

  /** Code in `[start, end)` was written, perhaps while it runs. */
  codeWritten(start: Address, end: Address): void {
    this.invalidate(start, end);
    this.translatedInstance?.leaveTranslations();
  }

  /** Code that stood in `[start, end)` is no more. */
  codeFreed(start: Address, end: Address): void {
    this.invalidate(start, end);
  }

  private invalidate(start: Address, end: Address): void {
    this.emulatorInstance?.invalidate(start, end);
    this.translatedInstance?.invalidate(start, end);
  }

  /** Whether something has run, or is to run, in the emulator. */
  get hasEmulator(): boolean {
    return this.emulatorInstance !== undefined;
  }

  /** A translation calls the host function at `address`: the new rip. */
  private callHost(address: number): number {
    const { heap, dispatcher } = this.isolate;
    dispatcher.callBuiltin(address);
    leaveHost(heap.i32);
    return this.cpu.rip;
  }

  /** Continues at the return address on the stack. */
  private returnFromHost(): void {
    const { cpu } = this;
    const i32 = this.isolate.heap.i32;
    const rsp = cpu.words[8]!;
    cpu.words[8] = rsp + 8;
    cpu.setRip(i32[rsp >> 2]!, cageHi);
  }

  /** The Deoptimizer has seen an exit. */
  private isRehearsed = false;
  private choices: CompilerChoices | undefined;
  private forced: ForcedExits | undefined;

  /** With --deopt-at-every-exit: what of it is done. */
  get forcedExits(): ForcedExits | undefined {
    const { heap } = this.isolate;
    if (this.forced === undefined && forcesExits(heap)) {
      const forced = new ForcedExits(heap);
      this.deoptimization.observe({ bailedOut: (deoptimization) => forced.took(deoptimization) });
      this.forced = forced;
    }
    return this.forced;
  }

  // --- compiling ---------------------------------------------------------------------------------------------------------

  compile({
    fn,
    osrOffset,
    optimizationId,
  }: CompilationRequest): { readonly code: Tagged } | { readonly bailout: string } {
    const { rt, flags, takeCodeTable } = this.isolate;
    this.choices ??= compilerChoices(flags, (line) => rt.host.write('stdout', `${line}\n`));
    const trace = TurbolizerTrace.begin(this.isolate, flags, fn, optimizationId);
    const result = compileOptimized(rt, fn, {
      ...this.choices,
      forcedExits: this.forcedExits,
      osrOffset,
      optimizationId,
      makesDebugTable: takeCodeTable !== undefined,
      ...(trace === undefined ? {} : { onPhase: trace.onPhase }),
    });
    trace?.end(result);
    if ('bailout' in result) return result;
    registerDependencies(rt, result.code, result.dependencies);
    const start = rt.heap.getI32(result.code, Code.InstructionStart);
    const end = start + rt.heap.getI32(result.code, Code.InstructionSize);
    this.invalidate(start, end);
    if (!this.isRehearsed) {
      this.isRehearsed = true;
      this.deoptimization.shortcuts.rehearse(result.code);
    }
    if (result.debugTable !== undefined) takeCodeTable?.(result.code, result.debugTable);
    return { code: result.code };
  }

  // --- exceptions ----------------------------------------------------------------------------------------------------------

  /** Continues in the handler of the call that returns to `pc`, if the code has one. The exception goes to rax. */
  unwindOptimized(fp: Address, pc: Address): boolean {
    const { heap } = this.isolate;
    const code = new StackFrameIterator(heap, fp, pc).code;
    const handler = code === 0 ? undefined : this.handlerOf(code, pc);
    if (handler === undefined) return false;
    const exception = heap.readIsolateWord(IsolateData.PendingException);
    heap.isolateWord(IsolateData.PendingException, StaticRoot.TheHole);
    writeCpu(heap.i32, CpuWord.Rax, exception);
    writeCpu(heap.i32, CpuWord.Rbp, fp);
    writeCpu(heap.i32, CpuWord.Rsp, fp + slotOffset(heap.getI32(code, Code.StackSlots) - 1));
    writeCpu(heap.i32, CpuWord.Rip, handler);
    return true;
  }

  /** Where optimized code catches what the call throws that returns to `pc`. */
  handlerOf(code: Tagged, pc: Address): Address | undefined {
    const { heap } = this.isolate;
    const offset = safepointPc(heap, code, pc);
    const table = heap.get(code, Code.HandlerTable);
    const rows = heap.get(table, ByteArray.Length) >> 1;
    for (let at = table + ByteArray.Bytes - 1; at < table + ByteArray.Bytes - 1 + rows; at += 8)
      if (heap.i32[at >> 2] === offset) return heap.getI32(code, Code.InstructionStart) + heap.i32[(at >> 2) + 1]!;
    return undefined;
  }

  // --- stack traces --------------------------------------------------------------------------------------------------------

  /** What the lazy exit of the call that returns to `pc` would make of an optimized frame: the activations in it. */
  readOptimized(code: Tagged, fp: Address, pc: Address): OptimizedActivation[] {
    const { heap } = this.isolate;
    const { deoptimizer } = this.deoptimization;
    const exit = deoptimizer.lazyExitIndex(code, safepointPc(heap, code, pc));
    if (exit < 0) return [];
    const state = deoptimizer.inspect(code, exit, { fp, slotsAt: fp, gpr: 0, xmm: 0, xmmStride: 16 });
    const activations: OptimizedActivation[] = [];
    let isConstructor = heap.i32[(fp + FrameOffset.ReturnPc) >> 2] === constructReturn;
    for (const frame of state.frames) {
      if (frame.kind === 'interpreted' || frame.kind === 'javaScriptBuiltinContinuation') {
        activations.unshift({
          sfi: frame.sharedFunctionInfo,
          fn: state.valueOf(frame.function),
          receiver: state.valueOf(frame.parameter(0)),
          offset: frame.kind === 'interpreted' ? frame.bytecodeOffset : -1,
          isConstructor,
        });
        isConstructor = false;
      } else if (frame.kind !== 'inlinedExtraArguments') isConstructor = frame.kind.startsWith('construct');
    }
    return activations;
  }
}
