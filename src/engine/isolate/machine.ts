// The optimizing tier of an isolate: emulated CPU, compiler, Deoptimizer and collector, attached to the dispatcher's and the
// tiering manager's hooks. The emulator is made when something must run in it.

import {
  CpuWord,
  cEntryFpWord,
  FrameOffset,
  leaveHost,
  StackFrameIterator,
  safepointPc,
  slotOffset,
  visitStackRoots,
  writeCpu,
} from '../frames/index.ts';
import { cageHi, IsolateData, Region, type ScavengeResult, scavenge, type Tagged } from '../heap/index.ts';
import { constructReturn } from '../interpreter/index.ts';
import { ByteArray, Code, StaticRoot } from '../objects/index.ts';
import { BuiltinId } from '../runtime/index.ts';
import { compileOptimized, registerDependencies } from '../turbofan/index.ts';
import { Cpu, Emulator, ExitReason } from '../x64/index.ts';
import { type CompilerChoices, compilerChoices } from './compiler-choices.ts';
import { DeoptimizationManager, type DeoptimizationTrace } from './deoptimization.ts';
import type { Isolate } from './isolate.ts';
import { installMachineBuiltins } from './machine-builtins.ts';
import { SourcePositions } from './source-position.ts';
import type { OptimizedActivation } from './stack-trace.ts';
import { TranslatedCode } from './translated-code.ts';
import { TurbolizerTrace } from './turbolizer-trace.ts';

/** Stops inside machine code, for the debugger: returns true to execute the instruction at rip and go on. */
export type MachineStop = (reason: ExitReason) => boolean;

const noStop: MachineStop = () => false;
const budget = 0x3fff_ffff;
/** Calls among translations on the host's stack, unless many dispatchers are on it. */
const calls = 64;
const manyNested = 8;

export class Machine {
  readonly positions: SourcePositions;
  readonly cpu: Cpu;
  readonly deoptimization: DeoptimizationManager;
  /** Called at breakpoints of the emulator and after single steps. */
  onStop: MachineStop = noStop;
  /** Step one instruction at a time, calling `onStop` before each. */
  stepping = false;
  onCollected: (result: ScavengeResult) => void = () => {};
  private readonly isolate: Isolate;
  private emulatorInstance: Emulator | undefined;
  /** How machine code runs: --emulator. */
  private readonly mode: string;
  private translatedInstance: TranslatedCode | undefined;

  constructor(isolate: Isolate, trace: DeoptimizationTrace) {
    this.isolate = isolate;
    this.mode = (isolate.flags?.get('emulator') as string | undefined) ?? 'interpret';
    isolate.machine = this;
    const { heap, rt, dispatcher } = isolate;
    this.positions = new SourcePositions(heap);
    this.cpu = new Cpu(heap.buffer, Region.IsolateData + IsolateData.Cpu);
    this.deoptimization = new DeoptimizationManager(
      heap,
      rt.factory,
      this.cpu,
      installMachineBuiltins(heap, rt.factory),
      this.positions,
      trace,
      (closure) => rt.trampolineOf(closure),
      () => performance.now(),
    );
    this.deoptimization.onTieringReset = (closure) => isolate.tiering.onDeoptimized(closure);
    dispatcher.machineCode = { run: () => this.run() };
    for (const id of hostFunctions) {
      dispatcher.machineBuiltins[id] = () => {
        this.deoptimization.callHost(id);
        this.returnFromHost();
      };
    }
    const interpret = dispatcher.machineBuiltins[BuiltinId.CompileLazyDeoptimizedCode]!;
    dispatcher.machineBuiltins[BuiltinId.CompileLazyDeoptimizedCode] = () => {
      this.deoptimization.unlink(heap.i32[(Region.IsolateData + IsolateData.Cpu + 8 * 7) >> 2]!);
      interpret();
    };
    isolate.deoptimizeFunction = (fn) => this.deoptimization.deoptimizeFunction(fn, 'for testing');
    isolate.traces.readOptimized = (code, fp, pc) => this.readOptimized(code, fp, pc);
    isolate.unwindOptimized = (fp, pc) => this.unwindOptimized(fp, pc);
    isolate.collector = { collect: (full) => this.collect(full) };
    isolate.tiering.promote = (fn) => {
      const scope = heap.openHandles();
      const handle = heap.handle(fn);
      isolate.collect(true);
      const moved = heap.deref(handle);
      heap.closeHandles(scope);
      return moved;
    };
    isolate.tiering.compiler = {
      compile: (request) => this.compile(request.fn, request.osrOffset, request.optimizationId),
    };
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
    );
    return this.translatedInstance;
  }

  // --- running machine code --------------------------------------------------------------------------------------------

  /** Runs from rip until it leaves code space. */
  private run(): void {
    // Where nobody can stop, it need not be possible.
    const translated = this.onStop === noStop && !this.stepping ? this.translated : undefined;
    leaveHost(this.isolate.heap.i32);
    for (let resume = false; ; ) {
      const reason =
        translated !== undefined && !resume
          ? translated.run(this.isolate.rt.nesting < manyNested ? calls : 0)
          : this.stepping
            ? this.step()
            : this.emulator.run(budget, resume);
      switch (reason) {
        case ExitReason.LeftCode:
          return;
        case ExitReason.Budget:
          resume = false;
          break;
        case ExitReason.Breakpoint:
          this.onStop(reason);
          resume = true;
          break;
        default:
          throw new Error(`emulated CPU: ${this.emulator.describeExit(reason)}`);
      }
    }
  }

  private step(): ExitReason {
    this.onStop(ExitReason.Budget);
    // The stop may have ended stepping; then the loop goes on at full speed.
    return this.stepping ? this.emulator.step() : this.emulator.run(budget, true);
  }

  /** A translation calls the host function at `address`: the new rip, or 0 when somebody watches from now on. */
  private callHost(address: number): number {
    const { heap, dispatcher } = this.isolate;
    dispatcher.callBuiltin(address);
    leaveHost(heap.i32);
    return this.onStop === noStop && !this.stepping ? this.cpu.rip : 0;
  }

  /** Continues at the return address on the stack. */
  private returnFromHost(): void {
    const { cpu } = this;
    const i32 = this.isolate.heap.i32;
    const rsp = cpu.words[8]!;
    cpu.words[8] = rsp + 8;
    cpu.setRip(i32[rsp >> 2]!, cageHi);
  }

  private choices: CompilerChoices | undefined;

  // --- compiling ---------------------------------------------------------------------------------------------------------

  private compile(
    fn: Tagged,
    osrOffset: number,
    optimizationId: number,
  ): { readonly code: Tagged } | { readonly bailout: string } {
    const { rt, flags } = this.isolate;
    this.choices ??= compilerChoices(flags, (line) => rt.host.write('stdout', `${line}\n`));
    const trace = TurbolizerTrace.begin(this.isolate, flags, fn, optimizationId);
    const result = compileOptimized(rt, fn, {
      ...this.choices,
      osrOffset,
      optimizationId,
      ...(trace === undefined ? {} : { onPhase: trace.onPhase }),
    });
    trace?.end(result);
    if ('bailout' in result) return result;
    registerDependencies(rt, result.code, result.dependencies);
    const start = rt.heap.getI32(result.code, Code.InstructionStart);
    const end = start + rt.heap.getI32(result.code, Code.InstructionSize);
    this.emulatorInstance?.invalidate(start, end);
    this.translatedInstance?.invalidate(start, end);
    return { code: result.code };
  }

  // --- exceptions ----------------------------------------------------------------------------------------------------------

  /** Continues in the handler of the call that returns to `pc`, if the code has one. The exception goes to rax. */
  private unwindOptimized(fp: number, pc: number): boolean {
    const { heap } = this.isolate;
    const code = new StackFrameIterator(heap, fp, pc).code;
    if (code === 0) return false;
    const offset = safepointPc(heap, code, pc);
    const table = heap.get(code, Code.HandlerTable);
    const rows = heap.get(table, ByteArray.Length) >> 1;
    for (let at = table + ByteArray.Bytes - 1; at < table + ByteArray.Bytes - 1 + rows; at += 8) {
      if (heap.i32[at >> 2] !== offset) continue;
      const exception = heap.readIsolateWord(IsolateData.PendingException);
      heap.isolateWord(IsolateData.PendingException, StaticRoot.TheHole);
      writeCpu(heap.i32, CpuWord.Rax, exception);
      writeCpu(heap.i32, CpuWord.Rbp, fp);
      writeCpu(heap.i32, CpuWord.Rsp, fp + slotOffset(heap.getI32(code, Code.StackSlots) - 1));
      writeCpu(heap.i32, CpuWord.Rip, heap.getI32(code, Code.InstructionStart) + heap.i32[(at >> 2) + 1]!);
      return true;
    }
    return false;
  }

  // --- stack traces --------------------------------------------------------------------------------------------------------

  /** What the lazy exit of the call that returns to `pc` would make of an optimized frame: the activations in it. */
  private readOptimized(code: Tagged, fp: number, pc: number): OptimizedActivation[] {
    const { heap } = this.isolate;
    const { deoptimizer } = this.deoptimization;
    const exit = deoptimizer.lazyExitIndex(code, safepointPc(heap, code, pc));
    if (exit < 0) return [];
    const state = deoptimizer.inspect(code, exit, { fp, slotsAt: fp, gpr: 0, xmm: 0, xmmStride: 16 });
    const activations: OptimizedActivation[] = [];
    let isConstructor = heap.i32[(fp + FrameOffset.ReturnPc) >> 2] === constructReturn;
    for (const frame of state.frames) {
      if (frame.kind === 'interpreted') {
        activations.unshift({
          sfi: frame.sharedFunctionInfo,
          fn: state.valueOf(frame.function),
          receiver: state.valueOf(frame.parameter(0)),
          offset: frame.bytecodeOffset,
          isConstructor,
        });
        isConstructor = false;
      } else if (frame.kind !== 'inlinedExtraArguments') isConstructor = frame.kind.startsWith('construct');
    }
    return activations;
  }

  // --- collecting ------------------------------------------------------------------------------------------------------------

  /** Scavenges, with the stack walked from the innermost frame. @param promote every survivor goes to old space */
  private collect(promote: boolean): void {
    const { isolate } = this;
    const { heap, interpreter } = isolate;
    const fp = heap.i32[cEntryFpWord]! !== 0 ? heap.i32[cEntryFpWord]! : interpreter.fp << 2;
    const result = scavenge(
      heap,
      (visitor) => visitStackRoots(heap, new StackFrameIterator(heap, fp, 0), (slot) => visitor.visitSlot(slot)),
      {
        zap: isolate.collectAtEverySafepoint,
        keepYoung: isolate.collectAtEverySafepoint && !promote,
        promoteAll: promote,
      },
    );
    this.onCollected(result);
  }
}

const hostFunctions: readonly BuiltinId[] = [
  BuiltinId.NewDeoptimizer,
  BuiltinId.ComputeOutputFrames,
  BuiltinId.NotifyDeoptimized,
  BuiltinId.DoubleToInt32,
  BuiltinId.Float64Mod,
  BuiltinId.Float64Pow,
  BuiltinId.Float64Atan2,
  BuiltinId.Float64Sin,
  BuiltinId.Float64Cos,
  BuiltinId.Float64Tan,
  BuiltinId.Float64Exp,
  BuiltinId.Float64Log,
  BuiltinId.Float64Acos,
  BuiltinId.Float64Acosh,
  BuiltinId.Float64Asin,
  BuiltinId.Float64Asinh,
  BuiltinId.Float64Atan,
  BuiltinId.Float64Atanh,
  BuiltinId.Float64Cbrt,
  BuiltinId.Float64Cosh,
  BuiltinId.Float64Expm1,
  BuiltinId.Float64Log1p,
  BuiltinId.Float64Log10,
  BuiltinId.Float64Log2,
  BuiltinId.Float64Sinh,
  BuiltinId.Float64Tanh,
  BuiltinId.RecordWrite,
];
