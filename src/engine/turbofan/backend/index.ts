// The backend: machine graph in, Code object out (V8: pipeline.cc, "AssembleCode" and "FinalizeCode").
//
//   schedule → select instructions → allocate registers → generate code → Code object with its tables

import type { ForcedExits } from '../../deoptimizer/index.ts';
import { encodeSafepointTable, FrameOffset } from '../../frames/index.ts';
import { IsolateData, Space, smi, type Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  Code,
  CodeFlags,
  CodeKind,
  DeoptimizationData,
  type Factory,
  type Field,
  FixedArray,
} from '../../objects/index.ts';
import type { Graph } from '../graph/graph.ts';
import { computeSchedule } from '../graph/scheduler.ts';
import type { MachineGraph } from '../pipeline-types.ts';
import { recordOperands, verifyAllocation } from './allocation-verifier.ts';
import { bytecodeOffsetOf, CodeGenerator, type GeneratedCode } from './code-generator.ts';
import { type DebugTable, makeDebugTable } from './debug-table.ts';
import { InstructionSelector } from './instruction-selector.ts';
import { allocateRegisters } from './register-allocator.ts';
import { verifyStack } from './stack-verifier.ts';
import { CodeLiterals, TranslationWriter } from './translation-writer.ts';

export type { DebugTable } from './debug-table.ts';
export type { InstructionBlock } from './instruction.ts';
export type { Recipe, RecipeOpcode } from './recipes.ts';

/** Slots of the interpreter's fixed part below the argument count: bytecode array, offset, feedback vector. */
const interpreterFixedSlots = (FrameOffset.ArgumentCount - FrameOffset.FeedbackVector) / 8;

export interface GenerateOptions {
  /** Verify the register allocation and the stack heights of the finished code. */
  readonly verify?: boolean;
  /** Takes the debugger's table, if the graph has points for one. */
  readonly takeDebugTable?: (table: DebugTable) => void;
  /** Exits that are taken in any case (--deopt-at-every-exit). */
  readonly forcedExits?: ForcedExits | undefined;
}

/**
 * Generates the code and its Code object (old space, instructions in code space). Nothing refers to it yet: installing it
 * and registering its dependencies is the caller's.
 * @param runtimeId id of a runtime function or stub by name
 */
export function generateCode(
  { graph, info }: MachineGraph,
  factory: Factory,
  runtimeId: (name: string) => number,
  { verify = false, takeDebugTable, forcedExits }: GenerateOptions = {},
): Tagged {
  const { heap } = factory;
  const isOsr = info.osrOffset >= 0;
  const { debugPoints } = graph;
  const selector = new InstructionSelector(computeSchedule(graph), runtimeId, debugPoints !== undefined);
  const blocks = selector.select();
  const osrSlots = isOsr ? interpreterFixedSlots + (heap.getI32(info.bytecodeArray, BytecodeArray.FrameSize) >> 3) : 0;
  const record = verify ? recordOperands(blocks) : undefined;
  const allocation = allocateRegisters(blocks, selector.vregCount, osrSlots);
  const { slotCount } = allocation;
  if (record !== undefined) verifyAllocation(record, blocks, slotCount);
  const generated = new CodeGenerator(
    blocks,
    slotCount,
    info.parameterCount,
    isOsr,
    heap.readIsolateWord(IsolateData.DeoptEveryNTimes),
    forcedExits === undefined ? undefined : { exits: forcedExits, shared: info.sharedInfo },
  ).generate();
  if (debugPoints !== undefined)
    takeDebugTable?.(makeDebugTable(heap, debugPoints, selector, blocks, allocation, generated.starts));

  const { masm } = generated;
  const code = factory.newCode(CodeKind.Turbofan, masm.pcOffset, (start) => masm.bytes(start));
  const start = heap.getI32(code, Code.InstructionStart);
  if (verify)
    verifyStack(heap.u8.subarray(start, start + masm.pcOffset), start, {
      slotCount,
      isOsr,
      starts: generated.starts,
      safepoints: generated.safepoints.map(({ pc }) => pc),
      handlers: generated.handlers.map(({ handler }) => handler),
      exitStart: generated.exitStart,
    });
  if (generated.codeFlagsAt > 0) heap.view.setInt32(start + generated.codeFlagsAt, code + Code.Flags - 1, true);

  heap.setI32(code, Code.Flags, CodeKind.Turbofan | CodeFlags.IsTurbofanned);
  heap.setI32(code, Code.StackSlots, slotCount);
  heap.setI32(code, Code.OsrOffset, info.osrOffset);
  heap.setI32(code, Code.ParameterCount, info.parameterCount);
  heap.setI32(code, Code.DeoptExitStart, generated.exitStart);
  heap.setI32(code, Code.EagerDeoptCount, generated.eagerCount);
  heap.setI32(code, Code.LazyDeoptCount, generated.exits.length - generated.eagerCount);
  heap.setI32(code, Code.OptimizationId, info.optimizationId);
  const bytes = (field: Field<'tagged'>, words: readonly number[]): void =>
    heap.set(code, field, factory.newByteArrayFrom(wordBytes(words), Space.Old));
  heap.set(code, Code.SharedFunctionInfo, info.sharedInfo);
  heap.set(code, Code.SafepointTable, factory.newByteArrayFrom(encodeSafepointTable(generated.safepoints), Space.Old));
  bytes(
    Code.HandlerTable,
    generated.handlers.flatMap(({ pc, handler }) => [pc, handler]),
  );
  bytes(
    Code.SourcePositions,
    generated.positions.flatMap(({ pc, position, inliningId }) => [pc, position, inliningId]),
  );
  bytes(
    Code.DeoptExitInfo,
    generated.exits.flatMap(({ state }) => [state.position, state.inliningId, state.reason]),
  );
  heap.set(code, Code.InlinedFunctions, factory.newFixedArrayFrom(info.inlinedFunctions, Space.Old));
  heap.set(code, Code.DeoptimizationData, deoptimizationData(generated, info, factory));
  heap.set(code, Code.EmbeddedObjects, factory.newFixedArrayFrom(embeddedObjects(graph), Space.Old));
  return code;
}

/** Objects whose addresses may stand in the instructions: as constants, as bases of accesses. */
function embeddedObjects(graph: Graph): Tagged[] {
  const words = new Set<Tagged>();
  for (const node of graph.reachable()) if (node.opcode === 'HeapConstant') words.add(node.parameterOf('HeapConstant'));
  return [...words];
}

/** V8's DeoptimizationData: header, then four elements per exit. */
function deoptimizationData(generated: GeneratedCode, info: MachineGraph['info'], factory: Factory): Tagged {
  const { heap } = factory;
  const literals = new CodeLiterals(factory);
  const writer = new TranslationWriter(heap, literals);
  const inlined = info.inlinedFunctions.map((shared) => literals.literal(shared));
  const entries: number[] = [];
  for (const exit of generated.exits) {
    const translation = writer.writeExit(exit);
    entries.push(bytecodeOffsetOf(exit.state), translation, exit.returnPc, exit.state.nodeId);
  }
  const data = factory.newFixedArray(DeoptimizationData.FirstEntry + entries.length, smi(0), Space.Old);
  const put = (index: number, word: Tagged): void => heap.setElement(data, FixedArray.Elements, index, word);
  put(DeoptimizationData.FrameTranslation, factory.newByteArrayFrom(writer.builder.toBytes(), Space.Old));
  put(DeoptimizationData.InlinedFunctionCount, smi(inlined.length));
  put(DeoptimizationData.LiteralArray, factory.newFixedArrayFrom(literals.words, Space.Old));
  put(DeoptimizationData.OsrBytecodeOffset, smi(info.osrOffset));
  put(DeoptimizationData.OsrPcOffset, smi(info.osrOffset >= 0 ? 0 : -1));
  put(DeoptimizationData.OptimizationId, smi(info.optimizationId));
  put(DeoptimizationData.SharedFunctionInfo, info.sharedInfo);
  const positions = info.inliningPositions.flatMap((p) => [p.functionIndex, p.position, p.parentInliningId]);
  put(DeoptimizationData.InliningPositions, factory.newByteArrayFrom(wordBytes(positions), Space.Old));
  put(DeoptimizationData.DeoptExitStart, smi(generated.exitStart));
  put(DeoptimizationData.EagerDeoptCount, smi(generated.eagerCount));
  put(DeoptimizationData.LazyDeoptCount, smi(generated.exits.length - generated.eagerCount));
  for (const [i, value] of entries.entries()) put(DeoptimizationData.FirstEntry + i, smi(value));
  return data;
}

const wordBytes = (words: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(words).buffer);
