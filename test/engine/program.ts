// Drives the real engine in this process: one small program with natives, and hooks on what the machine does meanwhile.

import assert from 'node:assert/strict';
import { parseFlags } from '../../src/engine/base/index.ts';
import type {
  Deoptimization,
  DeoptimizerPhase,
  Materialized,
  WrittenSlot,
} from '../../src/engine/deoptimizer/index.ts';
import { cageHi, type Heap, IsolateData, type Tagged } from '../../src/engine/heap/index.ts';
import { type Isolate, type Machine, RecordingHost } from '../../src/engine/isolate/index.ts';
import { NodeShell } from '../../src/engine/node/index.ts';
import { ByteArray, brief, Code } from '../../src/engine/objects/index.ts';
import { isolateFor } from '../../src/engine/shell/index.ts';
import { type DisassembledInstruction, disassemble, ExitReason } from '../../src/engine/x64/index.ts';

/** Machine code of one Code object. */
export interface Listing {
  readonly code: Tagged;
  readonly start: number;
  readonly exitStart: number;
  readonly instructions: readonly DisassembledInstruction[];
}

export interface Bailout {
  readonly kind: 'eager' | 'lazy';
  readonly reason: number;
  readonly exitIndex: number;
  readonly bytecodeOffset: number;
}

export class Program {
  readonly host = new RecordingHost();
  private readonly shell: NodeShell;
  readonly isolate: Isolate;
  readonly machine: Machine;
  readonly heap: Heap;
  /** Optimized code in the order it was compiled. */
  readonly codes: Tagged[] = [];
  readonly bailouts: Bailout[] = [];
  onCode: (listing: Listing) => void = () => {};
  onPhase: (phase: DeoptimizerPhase, deoptimization: Deoptimization) => void = () => {};
  onSlot: (slot: WrittenSlot, deoptimization: Deoptimization) => void = () => {};
  onMaterialized: (made: Materialized, deoptimization: Deoptimization) => void = () => {};
  readonly source: string;

  constructor(source: string, flags: readonly string[] = []) {
    this.source = source;
    const parsed = parseFlags(['--allow-natives-syntax', '--turbo-verify-allocation', ...flags]);
    this.shell = new NodeShell((embedder) => isolateFor(parsed.flags, this.host, embedder), ['/node', '/t.js']);
    this.isolate = this.shell.isolate;
    this.machine = this.isolate.machine!;
    this.heap = this.isolate.heap;
    this.isolate.tiering.observe({
      // A function that cannot be compiled stays in the interpreter; an error of the compiler is ours.
      happened(event) {
        if (event.kind === 'aborted' && event.reason.startsWith('internal error')) throw new Error(event.reason);
      },
      codeMade: (code) => {
        this.codes.push(code);
        this.onCode(this.listing(code));
      },
    });
    this.deoptimizer.observe({
      phase: (phase, deoptimization) => this.onPhase(phase, deoptimization),
      slot: (slot, deoptimization) => this.onSlot(slot, deoptimization),
      materialized: (made, deoptimization) => this.onMaterialized(made, deoptimization),
    });
    this.machine.deoptimization.observe({
      bailedOut: ({ kind, reason, exitIndex, bytecodeOffset }) =>
        void this.bailouts.push({ kind, reason, exitIndex, bytecodeOffset }),
    });
  }

  get deoptimizer(): Machine['deoptimization']['deoptimizer'] {
    return this.machine.deoptimization.deoptimizer;
  }

  /** Runs to the end and returns what the program printed. */
  run(): string {
    const status = this.shell.run('/t.js', this.source);
    assert.equal(this.host.stderr, '');
    assert.equal(status, 0);
    return this.host.stdout;
  }

  listing(code: Tagged): Listing {
    const { heap } = this;
    const start = heap.getI32(code, Code.InstructionStart);
    const exitStart = start + heap.getI32(code, Code.DeoptExitStart);
    const exits = heap.getI32(code, Code.EagerDeoptCount) + heap.getI32(code, Code.LazyDeoptCount);
    const bytes = heap.u8.slice(start, exitStart + 4 * exits);
    return { code, start, exitStart, instructions: disassemble(bytes, address64(start)) };
  }

  /** [script offset, inlining id, reason] of an exit, as the heap has them. */
  exitInfo(code: Tagged, exit: number): [number, number, number] {
    const at = (this.heap.get(code, Code.DeoptExitInfo) + ByteArray.Bytes - 1 + 12 * exit) >> 2;
    return [this.heap.i32[at]!, this.heap.i32[at + 1]!, this.heap.i32[at + 2]!];
  }

  /** Calls `action` before the instruction at `address`, each time; it may turn on `machine.stepping`. */
  breakAt(address: number, action: () => void): void {
    this.machine.setBreakpoint(address);
    this.machine.watch({
      stopped: (reason) => {
        if (reason === ExitReason.Breakpoint && this.machine.cpu.rip === address) action();
      },
    });
  }

  /** Calls `each` before every instruction from now on, until it returns false. */
  stepWhile(each: () => boolean): void {
    this.machine.stepping = true;
    const unwatch = this.machine.watch({
      stopped: () => {
        if (!this.machine.stepping || each()) return;
        this.machine.stepping = false;
        unwatch();
      },
    });
  }

  get bytecodes(): number {
    return this.heap.readIsolateWord(IsolateData.BytecodeCountLo);
  }

  show(word: Tagged): string {
    return brief(this.heap, word);
  }
}

export const address64 = (offset: number): bigint => (BigInt(cageHi) << 32n) | BigInt(offset >>> 0);

/** `area`'s guard fails at its third call; the inlined version has `total` around it. */
export const shapes = `function area(shape) {
  return shape.width * shape.height;
}
const square = { width: 3, height: 3 }, tall = { height: 5, width: 2 };
%PrepareFunctionForOptimization(area);
area(square); area(square);
%OptimizeFunctionOnNextCall(area);
console.log(area(square));
console.log(area(tall));
console.log(area(square), area(tall));
`;
