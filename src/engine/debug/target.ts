// What the debugger needs of a running engine. The isolate has all of it; tests may hand in less.

import type { Deoptimizer } from '../deoptimizer/index.ts';
import type { Address, Heap, Tagged } from '../heap/index.ts';
import type { Interpreter } from '../interpreter/index.ts';
import type { Factory } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import type { OriginalPosition, SourceMap } from '../source-maps/index.ts';
import type { Cpu } from '../x64/index.ts';

export interface ScriptRecord {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly script: Tagged;
  /** Its top-level code. */
  readonly sfi: Tagged;
}

export interface DebugTarget {
  readonly heap: Heap;
  readonly factory: Factory;
  readonly rt: Runtime;
  readonly interpreter: Interpreter;
  /** The machine stops before the instruction at an address. */
  setMachineBreakpoint(address: Address): void;
  clearMachineBreakpoint(address: Address): void;
  /** Code in `[start, end)` was written. */
  readonly codeWritten: (start: Address, end: Address) => void;
  readonly cpu: Cpu;
  readonly deoptimizer: Deoptimizer;
  /** Whether optimized code keeps what no later bytecode reads (--no-analyze-environment-liveness). */
  readonly keepsDeadValues: boolean;
  /** Every script that was loaded, in order. */
  readonly scripts: readonly ScriptRecord[];
  /** What stack traces call a script; undefined where they show its originals themselves. */
  nameInStacks(script: ScriptRecord): string | undefined;
  /** The source map of a script, by its id. */
  sourceMapOf(id: number): SourceMap | undefined;
  /** The text of a line that such a map names. */
  originalLine(id: number, position: OriginalPosition): string;
  /** Gives a function its bytecode now; makes the SharedFunctionInfos of the functions inside. Throws on a syntax error. */
  compile(sfi: Tagged): void;
  /** Marks code: every activation and closure leaves it at its next call or return. */
  deoptimizeCode(code: Tagged, reason: string): void;
  /** Runs `body` while nothing is collected: machine registers may hold pointers that no table describes. */
  withoutCollection<T>(body: () => T): T;
  /** Runs `body` with every call in the interpreter, which asks before each bytecode; nothing tiers up. */
  inBytecode<T>(body: () => T): T;
}
