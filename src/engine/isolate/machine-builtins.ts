// Builtins that are x64 code (`BuiltinCode`), assembled when the isolate starts, at the start of code space. Their Code objects, and
// the tables in isolate data that they read, come with a startup snapshot.

import { BYTECODE_SIZES } from '../bytecode/index.ts';
import {
  type DeoptimizationEntryTargets,
  emitContinueToJavaScriptBuiltin,
  emitDeoptimizationEntry,
  emitNotifyDeoptimized,
} from '../deoptimizer/index.ts';
import { FrameType } from '../frames/index.ts';
import { cageHi, type Heap, IsolateData, Region, Space } from '../heap/index.ts';
import {
  emitConstructCreateReturn,
  emitConstructReturn,
  emitInterpreterEnterAtBytecode,
  emitInterpreterEnterAtNextBytecode,
  emitInterpreterEntryReturn,
  emitInterpreterEntryTrampoline,
} from '../interpreter/index.ts';
import { CodeKind, type Factory, Root, root, StaticRoot, setRoot } from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinAddress, builtinCodeAddress, builtinCodeStride } from '../runtime/index.ts';
import { Assembler } from '../x64/index.ts';

const address64 = (offset: number): bigint => (BigInt(cageHi) << 32n) | BigInt(offset);

const targets: DeoptimizationEntryTargets = {
  newDeoptimizer: address64(builtinAddress(BuiltinId.NewDeoptimizer)),
  computeOutputFrames: address64(builtinAddress(BuiltinId.ComputeOutputFrames)),
  notifyDeoptimized: address64(builtinAddress(BuiltinId.RuntimeNotifyDeoptimized)),
  builtinContinuation: address64(builtinAddress(BuiltinId.ContinueBuiltin)),
};

const emitters: Readonly<Record<Exclude<BuiltinCode, BuiltinCode.Count>, (masm: Assembler) => void>> = {
  [BuiltinCode.InterpreterEntryTrampoline]: emitInterpreterEntryTrampoline,
  [BuiltinCode.InterpreterEntryReturn]: emitInterpreterEntryReturn,
  [BuiltinCode.ConstructReturn]: emitConstructReturn,
  [BuiltinCode.InterpreterEnterAtBytecode]: emitInterpreterEnterAtBytecode,
  [BuiltinCode.InterpreterEnterAtNextBytecode]: emitInterpreterEnterAtNextBytecode,
  [BuiltinCode.DeoptimizationEntry_Eager]: (masm) => emitDeoptimizationEntry(masm, 0, targets),
  [BuiltinCode.DeoptimizationEntry_Lazy]: (masm) => emitDeoptimizationEntry(masm, 1, targets),
  [BuiltinCode.NotifyDeoptimized]: (masm) => emitNotifyDeoptimized(masm, FrameType.Internal << 1, targets),
  [BuiltinCode.ContinueToJavaScriptBuiltin]: (masm) => emitContinueToJavaScriptBuiltin(masm, false, targets),
  [BuiltinCode.ContinueToJavaScriptBuiltinWithResult]: (masm) => emitContinueToJavaScriptBuiltin(masm, true, targets),
  [BuiltinCode.ConstructCreateReturn]: emitConstructCreateReturn,
};

/** The machine builtins of an isolate, assembled unless its memory came with them. */
export function installMachineBuiltins(heap: Heap, factory: Factory): void {
  if (root(heap, Root.MachineBuiltins) !== StaticRoot.Undefined) return;
  const codes = Object.entries(emitters).map(([key, emit]) => {
    const code: BuiltinCode = Number(key);
    const start = builtinCodeAddress(code);
    const masm = new Assembler({ cageHi });
    emit(masm);
    if (masm.pcOffset > builtinCodeStride)
      throw new Error(`${BuiltinCode[code]} has ${masm.pcOffset} bytes, and room for ${builtinCodeStride}`);
    return factory.newCodeWith(CodeKind.Builtin, start, masm.bytes(start));
  });
  setRoot(heap, Root.MachineBuiltins, factory.newFixedArrayFrom(codes, Space.Old));
  writeAddress(heap, IsolateData.DeoptimizationEntryEager, builtinCodeAddress(BuiltinCode.DeoptimizationEntry_Eager));
  writeAddress(heap, IsolateData.DeoptimizationEntryLazy, builtinCodeAddress(BuiltinCode.DeoptimizationEntry_Lazy));
  writeInterpreterTables(heap);
}

/** An address among isolate data, where machine code finds it through r13. */
function writeAddress(heap: Heap, field: number, address: number): void {
  heap.isolateWord(field, address);
  heap.i32[(Region.IsolateData + field + 4) >> 2] = cageHi;
}

/** A handler per bytecode and operand scale, and how many bytes each bytecode has. */
function writeInterpreterTables(heap: Heap): void {
  BYTECODE_SIZES.forEach((sizes, scale) => {
    for (let bytecode = 0; bytecode < 256; bytecode++) {
      const entry = scale * 256 + bytecode;
      const handler = sizes[bytecode] === undefined ? BuiltinId.Illegal : BuiltinId.BytecodeHandlers + entry;
      writeAddress(heap, IsolateData.DispatchTable + 8 * entry, builtinAddress(handler));
      heap.u8[Region.IsolateData + IsolateData.OperandScaleSizes + entry] = sizes[bytecode] ?? 0;
    }
  });
}
