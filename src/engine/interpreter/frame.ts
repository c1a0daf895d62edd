// What the interpreter's loop and handlers know by number: return addresses, word indices of isolate data, bases of the tables
// that a frame refers to.

import { IsolateData, Region } from '../heap/index.ts';
import { FeedbackVector, FixedArray } from '../objects/index.ts';
import { BuiltinCode, BuiltinId, builtinAddress, builtinCodeAddress } from '../runtime/index.ts';

export const interpreterEntryReturn: number = builtinCodeAddress(BuiltinCode.InterpreterEntryReturn);

/** Word index that stands in for the slots of a missing feedback vector, amid a region that has no bytes: no IC hits there. */
export const noFeedback: number = (Region.Builtins + Region.BuiltinsEnd) >> 3;

/** Word index of slot 0 of a feedback vector. */
export const feedbackBase = (vector: number): number => (vector - 1 + FeedbackVector.Slots) >> 2;
/** Word index of the first constant. */
export const constantsBase = (pool: number): number => (pool - 1 + FixedArray.Elements) >> 2;

/** Word indices of isolate data. */
export const stackLimitWord: number = (Region.IsolateData + IsolateData.StackLimit) >> 2;
export const newSpaceTopWord: number = (Region.IsolateData + IsolateData.NewSpaceTop) >> 2;
export const newSpaceLimitWord: number = (Region.IsolateData + IsolateData.NewSpaceLimit) >> 2;
export const bytecodeCountWord: number = (Region.IsolateData + IsolateData.BytecodeCountLo) >> 2;
export const pendingExceptionWord: number = (Region.IsolateData + IsolateData.PendingException) >> 2;

/** No frame is built below this offset: the zone under the real stack limit belongs to host builtins. */
export const hardStackLimit: number = Region.Stack + 0x2000;

/** Return addresses that mean something to the interpreter. */
export const constructReturn: number = builtinCodeAddress(BuiltinCode.ConstructReturn);
export const jsExit: number = builtinAddress(BuiltinId.JSExit);
