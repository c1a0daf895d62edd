/**
 * How translations reach each other and the host without leaving WebAssembly.
 *
 * ```
 *   table[(start of code − codeStart) / 64]    its translation, or a function that does nothing and gives 0
 *   callHost(address)                           runs the host function at an address, gives the new rip
 * ```
 *
 * Both are calls of the emulated machine that are also calls of the host. The caller compares the rip that comes back with its own
 * return address: when the callee went elsewhere (an exception, a bailout, a redirected return address), it leaves too.
 */
import { encodeModule, ValueType, Wasm, WasmWriter } from '../wasm/index.ts';

/** Code starts at multiples of 64. */
export const CODE_ALIGNMENT_BITS = 6;

export type TranslatedRun = (block: number, fuel: number, depth: number) => number;

export const RUN_TYPE = { parameters: [ValueType.I32, ValueType.I32, ValueType.I32], results: [ValueType.I32] };
export const HOST_TYPE = { parameters: [ValueType.I32], results: [ValueType.I32] };

export interface HostFunctions {
  /** Addresses of host functions: `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** Runs the function at `address` on the machine state; the new rip, or 0 when the machine must be looked at. */
  readonly call: (address: number) => number;
}

export class Linkage {
  readonly table: WebAssembly.Table;
  readonly host: HostFunctions;
  readonly codeStart: number;
  private readonly nothing: unknown;

  constructor(memory: WebAssembly.Memory, codeStart: number, host: HostFunctions) {
    this.codeStart = codeStart;
    this.host = host;
    const w = new WasmWriter();
    w.op(Wasm.I32Const, 0);
    const shared = !(memory.buffer instanceof ArrayBuffer);
    const body = { ...RUN_TYPE, locals: [], body: w.bytes, exported: 'f' };
    const module = new WebAssembly.Module(encodeModule([body], memory.buffer.byteLength >> 16, shared));
    this.nothing = new WebAssembly.Instance(module, { m: { m: memory } }).exports.f;
    this.table = new WebAssembly.Table({ element: 'anyfunc', initial: 4096 }, this.nothing);
  }

  isHost(address: number): boolean {
    return address >= this.host.start && address < this.host.end;
  }

  /** Calls of `start` go to `run` from now on. */
  install(start: number, run: TranslatedRun): void {
    const index = this.index(start);
    const { length } = this.table;
    if (index >= length) this.table.grow(Math.max(length, index + 1 - length), this.nothing);
    this.table.set(index, run);
  }

  /** Forgets translations of code in `[start, end)`. */
  remove(start: number, end: number): void {
    const last = Math.min(this.index(end - 1), this.table.length - 1);
    for (let index = this.index(start); index <= last; index++) this.table.set(index, this.nothing);
  }

  private index(address: number): number {
    return (address - this.codeStart) >> CODE_ALIGNMENT_BITS;
  }
}
