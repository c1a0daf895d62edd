// Builtins that are real machine code, assembled into code space when the isolate starts: the Deoptimizer's entries,
// NotifyDeoptimized, and what continues builtins. Their addresses go to isolate data, where deopt exits find them through r13; a startup snapshot has them.

import {
  type DeoptimizationEntryTargets,
  emitContinueToJavaScriptBuiltin,
  emitDeoptimizationEntry,
  emitNotifyDeoptimized,
} from '../deoptimizer/index.ts';
import { FrameType } from '../frames/index.ts';
import { cageHi, type Heap, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { Code, CodeKind, type Factory, Root, root, StaticRoot, setRoot } from '../objects/index.ts';
import { BuiltinId, builtinAddress } from '../runtime/index.ts';
import { Assembler } from '../x64/index.ts';

export interface MachineBuiltins {
  readonly deoptimizationEntryEager: Tagged;
  readonly deoptimizationEntryLazy: Tagged;
  readonly notifyDeoptimized: Tagged;
  readonly continueToJavaScriptBuiltin: Tagged;
  readonly continueToJavaScriptBuiltinWithResult: Tagged;
}

const address64 = (id: BuiltinId): bigint => (BigInt(cageHi) << 32n) | BigInt(builtinAddress(id));

/** The machine builtins of an isolate, assembled unless its memory came with them. */
export function installMachineBuiltins(heap: Heap, factory: Factory): MachineBuiltins {
  if (root(heap, Root.NotifyDeoptimized) === StaticRoot.Undefined) assembleMachineBuiltins(heap, factory);
  return {
    deoptimizationEntryEager: root(heap, Root.DeoptimizationEntryEager),
    deoptimizationEntryLazy: root(heap, Root.DeoptimizationEntryLazy),
    notifyDeoptimized: root(heap, Root.NotifyDeoptimized),
    continueToJavaScriptBuiltin: root(heap, Root.ContinueToJavaScriptBuiltin),
    continueToJavaScriptBuiltinWithResult: root(heap, Root.ContinueToJavaScriptBuiltinWithResult),
  };
}

function assembleMachineBuiltins(heap: Heap, factory: Factory): void {
  const targets: DeoptimizationEntryTargets = {
    newDeoptimizer: address64(BuiltinId.NewDeoptimizer),
    computeOutputFrames: address64(BuiltinId.ComputeOutputFrames),
    notifyDeoptimized: address64(BuiltinId.NotifyDeoptimized),
    builtinContinuation: address64(BuiltinId.ContinueBuiltin),
  };
  const assemble = (at: Root, emit: (masm: Assembler) => void): Tagged => {
    const masm = new Assembler({ cageHi });
    emit(masm);
    const code = factory.newCode(CodeKind.Builtin, masm.pcOffset, (start) => masm.bytes(start));
    setRoot(heap, at, code);
    return code;
  };
  const publish = (field: IsolateData, code: Tagged): void => {
    heap.isolateWord(field, heap.getI32(code, Code.InstructionStart));
    heap.i32[(Region.IsolateData + field + 4) >> 2] = cageHi;
  };
  publish(
    IsolateData.DeoptimizationEntryEager,
    assemble(Root.DeoptimizationEntryEager, (masm) => emitDeoptimizationEntry(masm, 0, targets)),
  );
  publish(
    IsolateData.DeoptimizationEntryLazy,
    assemble(Root.DeoptimizationEntryLazy, (masm) => emitDeoptimizationEntry(masm, 1, targets)),
  );
  assemble(Root.NotifyDeoptimized, (masm) => emitNotifyDeoptimized(masm, FrameType.Internal << 1, targets));
  assemble(Root.ContinueToJavaScriptBuiltin, (masm) => emitContinueToJavaScriptBuiltin(masm, false, targets));
  assemble(Root.ContinueToJavaScriptBuiltinWithResult, (masm) => emitContinueToJavaScriptBuiltin(masm, true, targets));
}
