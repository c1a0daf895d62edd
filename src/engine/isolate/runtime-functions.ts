// All runtime functions: the runtime's and the standard library's, the stubs of machine code, and those that an isolate alone can do.

import { builtinRuntimeFunctions } from '../builtins/index.ts';
import { IsolateData } from '../heap/index.ts';
import { RuntimeFunctionTable } from '../interpreter/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { RuntimeFunctionImpl } from '../runtime/index.ts';
import { turbofanStubEntries } from '../turbofan/index.ts';

/** A stack check of machine code failed: interrupts, or the end of the stack. */
const StackGuard: RuntimeFunctionImpl = (rt) => {
  rt.hooks.stackGuard?.(rt.heap.readIsolateWord(IsolateData.CEntryFp));
  return StaticRoot.Undefined;
};

/** A `debugger` statement in machine code. */
const HandleDebuggerStatement: RuntimeFunctionImpl = (rt) => {
  rt.hooks.debuggerStatement?.();
  return StaticRoot.Undefined;
};

export const runtimeFunctionTable = new RuntimeFunctionTable(
  { ...builtinRuntimeFunctions, StackGuard, StackGuardWithGap: StackGuard, HandleDebuggerStatement },
  turbofanStubEntries(),
);
