// What the adapter says of itself. Every `true` here has a row in the session's routing table.

import type { DebugProtocol } from '@vscode/debugprotocol';

export const exceptionFilters: readonly DebugProtocol.ExceptionBreakpointsFilter[] = [
  {
    filter: 'uncaught',
    label: 'Uncaught exceptions',
    description: 'Stop where an exception that nothing catches is thrown.',
    default: true,
    supportsCondition: true,
    conditionDescription: 'JavaScript expression',
  },
  {
    filter: 'caught',
    label: 'Caught exceptions',
    description: 'Stop where an exception is thrown that something catches.',
    supportsCondition: true,
    conditionDescription: 'JavaScript expression',
  },
  {
    filter: 'eager',
    label: 'Eager bailout',
    description: 'Stop on a guard of optimized code that is about to fail, before its jump is taken.',
    supportsCondition: true,
    conditionDescription: 'JavaScript expression in the scope of the guard',
  },
  {
    filter: 'lazy',
    label: 'Lazy bailout',
    description: 'Stop when optimized code that was invalidated is about to be left.',
    supportsCondition: true,
    conditionDescription: 'JavaScript expression',
  },
  {
    filter: 'reason',
    label: 'Bailout reason…',
    description: 'Stop at bailouts of the given reasons only.',
    supportsCondition: true,
    conditionDescription: 'Reasons as V8 prints them, separated by commas: wrong map, not a Smi',
  },
];

export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  exceptionBreakpointFilters: [...exceptionFilters],
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsRestartRequest: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.', '['],
  supportsLoadedSourcesRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsBreakpointLocationsRequest: true,
  supportsClipboardContext: true,
  supportsCancelRequest: true,
  supportsDisassembleRequest: true,
  supportsInstructionBreakpoints: true,
  supportsSteppingGranularity: true,
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
};
