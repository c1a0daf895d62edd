/**
 * The translator: machine code reachable from a root → one WebAssembly function over the same memory.
 *
 * ```
 *   run(block, fuel, depth):
 *     what is live at entrances → locals
 *     blocks, structured (translator-structure.ts): loops are loops, forward jumps leave blocks
 *     per set of dirty registers: locals → CPU block, rip
 *     retired, rip → result
 * ```
 *
 * Registers are i64 locals, low XMM lanes f64 locals. Calls of other code and of host functions are WebAssembly calls
 * (translator-linkage.ts): dirty registers are written back before, live ones read after. Whatever else leaves (returns, jumps
 * out, int3, an instruction without translation) sets rip and ends the run; whoever drives it finds out there what is next.
 *
 * Invariant: at the end of a run the CPU block is what the emulator would have left, except for flags (dead at every exit and
 * entry) and upper XMM lanes. `fuel` bounds the back edges of one run, `depth` the runs on the host's stack. A fault traps and
 * loses the state: fatal to the program.
 */
import { encodeModule } from '../wasm/index.ts';
import type { CodeMap } from './decoder.ts';
import { BlockGraph } from './translator-blocks.ts';
import { LOCALS } from './translator-emitter.ts';
import { analyzeFlags } from './translator-flags.ts';
import { FunctionBuilder } from './translator-function.ts';
import { HOST_TYPE, type Linkage, RUN_TYPE, type TranslatedRun } from './translator-linkage.ts';
import { Refused } from './translator-steps.ts';

export interface Translation {
  readonly run: TranslatedRun;
  /** Block numbers by address where execution may enter; the root's is 0. */
  readonly entries: ReadonlyMap<number, number>;
  readonly instructions: number;
  readonly bytes: number;
}

export class Translator {
  /** Why the last `translate` gave nothing. */
  reason = '';
  private readonly code: CodeMap;
  private readonly cpuBase: number;
  private readonly memory: WebAssembly.Memory;
  private readonly linkage: Linkage | undefined;
  private readonly pages: number;
  private readonly shared: boolean;

  /** @param linkage without it, every call ends the run */
  constructor(code: CodeMap, cpuBase: number, memory: WebAssembly.Memory, linkage?: Linkage) {
    this.code = code;
    this.cpuBase = cpuBase;
    this.memory = memory;
    this.linkage = linkage;
    this.pages = memory.buffer.byteLength >> 16;
    this.shared = !(memory.buffer instanceof ArrayBuffer);
  }

  /**
   * Translates what is reachable from `root` inside `[start, end)`; undefined if something there forbids it.
   * @param handlers exception handlers by the address that their call returns to
   */
  translate(
    start: number,
    end: number,
    root: number,
    handlers: ReadonlyMap<number, number> = new Map(),
  ): Translation | undefined {
    try {
      const graph = new BlockGraph(this.code, start, end, root, handlers);
      if (graph.blocks.length > 2500) throw new Refused(`${graph.blocks.length} basic blocks`);
      analyzeFlags(this.code, graph);
      const { body, entries } = new FunctionBuilder(this.code, this.cpuBase, this.linkage, graph, root).build();
      const { binary, imports } = this.encode(body);
      const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { m: imports });
      const instructions = graph.blocks.reduce((sum, block) => sum + block.steps.length, 0);
      return { run: instance.exports.f as TranslatedRun, entries, instructions, bytes: binary.length };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.reason = error.message;
      return undefined;
    }
  }

  private encode(body: readonly number[]): {
    readonly binary: Uint8Array<ArrayBuffer>;
    readonly imports: Record<string, WebAssembly.ImportValue>;
  } {
    const { linkage, memory } = this;
    const run = { ...RUN_TYPE, locals: LOCALS, body, exported: 'f' };
    if (linkage === undefined) return { binary: encodeModule([run], this.pages, this.shared), imports: { m: memory } };
    const binary = encodeModule([run], this.pages, this.shared, {
      functions: [{ ...HOST_TYPE, name: 'h' }],
      table: true,
    });
    return { binary, imports: { m: memory, h: linkage.host.call, t: linkage.table } };
  }
}
