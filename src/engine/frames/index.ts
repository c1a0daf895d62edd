export { findCode } from './code-lookup.ts';
export { FrameOffset, FrameType, registerOffset, slotOffset } from './frame-constants.ts';
export { type FrameSummary, summarizeInterpretedFrame } from './frame-summary.ts';
export { decodeSafepointTable, encodeSafepointTable, findSafepoint, type SafepointEntry } from './safepoint-table.ts';
export { type StackFrame, StackFrameIterator } from './stack-frame-iterator.ts';
export { safepointPc, visitStackRoots } from './visit-roots.ts';
