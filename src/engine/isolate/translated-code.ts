// Runs machine code as WebAssembly: a Code object is translated when execution first arrives in it. The emulator executes
// what has no translation, and everything while somebody watches (a debugger, stepping): it is made only then.
//
//   rip ─▶ an entry of a translation: run it          elsewhere in code: translate from there
//          an instruction without translation: one step of the emulator
//          refused code: the emulator

import { findCode } from '../frames/index.ts';
import { cageHi, type Heap, IsolateData, Region } from '../heap/index.ts';
import { ByteArray, Code } from '../objects/index.ts';
import {
  CodeMap,
  type Cpu,
  CpuState,
  type Emulator,
  ExitReason,
  Linkage,
  type Translation,
  Translator,
} from '../x64/index.ts';

/** Instructions of refused code between two looks at rip. */
const slice = 50_000;
/** Back edges before a translation comes back, so that the host can enter the optimized version of it. */
const fuel = 1 << 14;

/** Translations that host functions go on to, one below the other, and calls among translations below each. */
const maxHostCalls = 12;
const depthBelowHost = 4;

/** What is known about an address where execution arrived. */
interface Site {
  /** The translation that has an entry here; undefined: the emulator goes on. */
  readonly translation: Translation | undefined;
  readonly block: number;
  /** Instructions that the emulator executes before the next look. */
  readonly steps: number;
  /** Start of the Code object. */
  readonly code: number;
}

export class TranslatedCode {
  /** Code objects translated and refused, for tests and reports. */
  translated = 0;
  refused = 0;
  /** Why objects were refused. */
  readonly reasons: string[] = [];
  private readonly sites = new Map<number, Site>();
  /** Starts of the Code objects that were tried, and whether they have a translation. */
  private readonly objects = new Map<number, boolean>();
  private readonly heap: Heap;
  private readonly cpu: Cpu;
  private readonly emulator: () => Emulator;
  private readonly decoded: CodeMap;
  private readonly translator: Translator;

  private readonly linkage: Linkage;
  /** Translations on the host's stack that host functions went on to. */
  private hostCalls = 0;

  /**
   * @param emulator makes the emulator, at its first use
   * @param callHost runs the host function at an address; the new rip, or 0 when the run must end
   */
  constructor(heap: Heap, cpu: Cpu, emulator: () => Emulator, callHost: (address: number) => number) {
    this.heap = heap;
    this.cpu = cpu;
    this.emulator = emulator;
    this.decoded = new CodeMap(heap.buffer, Region.Code, Region.CodeEnd, cageHi);
    const host = {
      start: Region.Builtins,
      end: Region.BuiltinsEnd,
      call: (address: number) => this.callHost(address, callHost),
    };
    this.linkage = new Linkage(heap.memory, Region.Code, host);
    this.translator = new Translator(this.decoded, Region.IsolateData + IsolateData.Cpu, heap.memory, this.linkage);
  }

  /**
   * Runs from rip until it leaves code space, or something unusual stops the emulator.
   * @param depth calls among translations that the host's stack has room for
   */
  run(depth: number): ExitReason {
    const { cpu, sites } = this;
    const { words } = cpu;
    try {
      for (;;) {
        const rip = words[CpuState.Rip >> 2]!;
        let site = sites.get(rip);
        if (site === undefined) {
          if (rip < Region.Code || rip >= Region.CodeEnd || words[(CpuState.Rip >> 2) + 1] !== cageHi)
            return ExitReason.LeftCode;
          site = this.arrive(rip);
        }
        if (site.translation !== undefined) site.translation.run(site.block, fuel, depth);
        else {
          const reason = this.emulator().run(site.steps);
          if (reason !== ExitReason.Budget) return reason;
        }
      }
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw new Error(`translated machine code entered at 0x${cpu.rip.toString(16)} failed: ${error.message}`);
    }
  }

  /** A host function, and what it jumped to when that is the start of translated code: `Call` goes to its callee so. */
  private callHost(address: number, call: (address: number) => number): number {
    const rip = call(address);
    const site = rip < Region.Code || this.hostCalls >= maxHostCalls ? undefined : this.sites.get(rip);
    if (site?.translation === undefined || site.block !== 0) return rip;
    this.hostCalls++;
    try {
      return site.translation.run(0, fuel, depthBelowHost);
    } finally {
      this.hostCalls--;
    }
  }

  /** A first time at `rip`: translates the Code object around it, or what of it can be reached from here. */
  private arrive(rip: number): Site {
    const { heap, objects, sites } = this;
    const code = findCode(heap, rip);
    const start = code === 0 ? rip : heap.getI32(code, Code.InstructionStart);
    if (code !== 0 && objects.get(start) !== false) {
      const end = start + heap.getI32(code, Code.InstructionSize);
      if (!objects.has(start)) this.translate(start, end, start, this.handlers(code, start));
      // Lazy deopt exits are reached by redirected return addresses only.
      if (objects.get(start) === true && !sites.has(rip)) this.translate(start, end, rip);
    }
    let site = sites.get(rip);
    if (site === undefined) {
      const steps = objects.get(start) === true ? 1 : slice;
      site = { translation: undefined, block: 0, steps, code: start };
      sites.set(rip, site);
    }
    return site;
  }

  /** Exception handlers by the address that their call returns to. */
  private handlers(code: number, start: number): Map<number, number> {
    const { heap } = this;
    const handlers = new Map<number, number>();
    const table = heap.get(code, Code.HandlerTable);
    const rows = heap.get(table, ByteArray.Length) >> 1;
    for (let at = table + ByteArray.Bytes - 1; at < table + ByteArray.Bytes - 1 + rows; at += 8)
      handlers.set(start + heap.i32[at >> 2]!, start + heap.i32[(at >> 2) + 1]!);
    return handlers;
  }

  /** Translates what is reachable from `root` in the Code object `[start, end)`; sites for its entries. */
  private translate(start: number, end: number, root: number, handlers?: ReadonlyMap<number, number>): void {
    const { objects, sites } = this;
    const made = this.translator.translate(start, end, root, handlers);
    if (made === undefined) {
      this.refused++;
      this.reasons.push(this.translator.reason);
      if (!objects.has(start)) objects.set(start, false);
      return;
    }
    if (!objects.has(start)) this.translated++;
    objects.set(start, true);
    if (root === start && made.entries.has(start)) this.linkage.install(start, made.run);
    for (const [address, block] of made.entries)
      if (!sites.has(address)) sites.set(address, { translation: made, block, steps: 0, code: start });
  }

  /** Forgets what was known about code in `[start, end)`. */
  invalidate(start: number, end: number): void {
    this.decoded.invalidate(start, end);
    this.linkage.remove(start, end);
    for (const [address, site] of this.sites)
      if ((address >= start && address < end) || (site.code >= start && site.code < end)) this.sites.delete(address);
    for (const address of this.objects.keys()) if (address >= start && address < end) this.objects.delete(address);
  }
}
