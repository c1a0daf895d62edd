// The debugger's view of an isolate.

import type { Isolate } from '../isolate/index.ts';
import type { DebugTarget } from './target.ts';

export function isolateTarget(isolate: Isolate): DebugTarget {
  const { machine } = isolate;
  if (machine === undefined) throw new Error('the isolate has no machine: make it with isolateFor');
  return {
    heap: isolate.heap,
    factory: isolate.rt.factory,
    rt: isolate.rt,
    interpreter: isolate.interpreter,
    setMachineBreakpoint: (address) => machine.setBreakpoint(address),
    clearMachineBreakpoint: (address) => machine.clearBreakpoint(address),
    codeWritten: (start, end) => machine.codeWritten(start, end),
    cpu: machine.cpu,
    deoptimizer: machine.deoptimization.deoptimizer,
    keepsDeadValues: isolate.flags?.bool('analyze-environment-liveness') === false,
    get scripts() {
      return isolate.scripts.all;
    },
    nameInStacks: ({ id, script }) =>
      isolate.scripts.shownMapOf(id) === undefined ? isolate.scripts.nameOf(script) : undefined,
    sourceMapOf: (id) => isolate.scripts.mapOf(id),
    originalLine: (id, { source, line }) => isolate.scripts.originalLine(isolate.scripts.mapOf(id), source, line),
    compile: (sfi) => isolate.compileShared(sfi),
    deoptimizeCode: (code, reason) => machine.deoptimization.deoptimizeCode(code, reason),
    withoutCollection: (body) => isolate.withoutCollection(body),
    inBytecode: (body) => inBytecode(isolate, body),
  };
}

function inBytecode<T>({ interpreter, tiering }: Isolate, body: () => T): T {
  const { stepping, staysInBytecode } = interpreter;
  const { flags } = tiering;
  interpreter.stepping = true;
  interpreter.staysInBytecode = true;
  tiering.flags = { ...flags, turbofan: false };
  try {
    return body();
  } finally {
    interpreter.stepping = stepping;
    interpreter.staysInBytecode = staysInBytecode;
    tiering.flags = flags;
  }
}
