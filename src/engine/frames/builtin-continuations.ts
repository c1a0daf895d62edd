// Builtins that go on where optimized code has left one of them in the middle: V8's, with the numbers that traces and frames show.
// What each does stands beside the builtin that it continues (builtins/array-continuations.ts).

export enum BuiltinContinuation {
  ArrayEveryLoopEagerDeoptContinuation = 1064,
  ArrayEveryLoopLazyDeoptContinuation = 1065,
  ArrayFilterLoopEagerDeoptContinuation = 1068,
  ArrayFilterLoopLazyDeoptContinuation = 1069,
  ArrayFindLoopEagerDeoptContinuation = 1072,
  ArrayFindLoopLazyDeoptContinuation = 1073,
  ArrayFindLoopAfterCallbackLazyDeoptContinuation = 1074,
  ArrayFindIndexLoopEagerDeoptContinuation = 1077,
  ArrayFindIndexLoopLazyDeoptContinuation = 1078,
  ArrayFindIndexLoopAfterCallbackLazyDeoptContinuation = 1079,
  ArrayForEachLoopEagerDeoptContinuation = 1090,
  ArrayForEachLoopLazyDeoptContinuation = 1091,
  ArrayMapLoopEagerDeoptContinuation = 1114,
  ArrayMapLoopLazyDeoptContinuation = 1115,
  ArrayReduceRightPreLoopEagerDeoptContinuation = 1119,
  ArrayReduceRightLoopEagerDeoptContinuation = 1120,
  ArrayReduceRightLoopLazyDeoptContinuation = 1121,
  ArrayReducePreLoopEagerDeoptContinuation = 1124,
  ArrayReduceLoopEagerDeoptContinuation = 1125,
  ArrayReduceLoopLazyDeoptContinuation = 1126,
  ArraySomeLoopEagerDeoptContinuation = 1132,
  ArraySomeLoopLazyDeoptContinuation = 1133,
}

/** What stands for a continuation where a frame state has a bytecode offset (V8: GetContinuationBytecodeOffset). */
export const continuationOffset = (continuation: BuiltinContinuation): number => continuation + 1;
export const continuationAt = (offset: number): BuiltinContinuation => offset - 1;

/**
 * Registers of a continuation frame below the builtin's number, from the highest address down: those that V8 allocates. The first
 * holds the argument count as a Smi; others that the builtin takes no argument in hold the function.
 */
export const continuationRegisters = [
  'rax',
  'rbx',
  'rdx',
  'rcx',
  'rsi',
  'rdi',
  'r8',
  'r9',
  'r11',
  'r12',
  'r15',
  'r14',
] as const;
