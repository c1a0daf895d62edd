export {
  type DeoptimizationEntryTargets,
  emitContinueToJavaScriptBuiltin,
  emitDeoptimizationEntry,
  emitNotifyDeoptimized,
} from './deoptimization-entry.ts';
export {
  DeoptimizeReason,
  type DeoptimizeReasonInfo,
  deoptimizeReasons,
  deoptimizeReasonTable,
  type LazyDeoptimizeReason,
} from './deoptimize-reason.ts';
export {
  type Deoptimization,
  type DeoptimizeKind,
  Deoptimizer,
  type DeoptimizerBuiltins,
  type DeoptimizerHost,
  type DeoptimizerObserver,
  type DeoptimizerPhase,
  deoptExitSize,
} from './deoptimizer.ts';
export { EntryShortcuts } from './entry-shortcuts.ts';
export { everyExitOnce, ForcedExits, forcesExits } from './forced-exits.ts';
export { FrameDescription, FrameDescriptionLayout } from './frame-description.ts';
export { argumentsElements, CreateArgumentsType, FrameTranslationBuilder } from './frame-translation-builder.ts';
export { FrameTranslationReader, printTranslation, verifyTranslation } from './frame-translation-reader.ts';
export type { WrittenSlot } from './frame-writer.ts';
export {
  isObject,
  type Materialization,
  type Materialized,
  materializations,
  type WaitingSlot,
} from './materialization-plan.ts';
export { type OutputSlot, outputLayout, slotCount } from './output-layout.ts';
export { describeValue } from './trace.ts';
export {
  type FrameInput,
  TranslatedFrame,
  TranslatedState,
  TranslatedValue,
} from './translated-state.ts';
export {
  type FrameKind,
  TranslationOpcode,
  translationOpcodes,
  type ValueRepresentation,
  type ValueSource,
} from './translation-opcode.ts';
