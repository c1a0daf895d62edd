// Decides which machine code is translated, and runs it: cold code in the emulator, slice by slice, hot Code objects as
// WebAssembly. Nobody watches meanwhile: with a debugger attached or while stepping, everything stays in the emulator.
//
//   rip ─▶ an entry of a translation: run it          somewhere inside one: emulate up to the next entry
//          cold: count, emulate a slice               refused: emulate

import { findCode } from '../frames/index.ts';
import { cageHi, type Heap, IsolateData, Region } from '../heap/index.ts';
import { ByteArray, Code } from '../objects/index.ts';
import { type Cpu, CpuState, type Emulator, ExitReason, type Translation, Translator } from '../x64/index.ts';

/** Instructions of a slice in the emulator. */
const slice = 50_000;
/** Entries at one address before its code is translated. */
const hot = 100;
/** Back edges before a translation comes back, so that the host can enter the optimized version of it. */
const fuel = 1 << 14;

/** What is known about an address where execution arrived. */
interface Site {
  /** The translation that has an entry here. */
  readonly translation: Translation | undefined;
  readonly block: number;
  visits: number;
  /** Start of the translated or refused code; 0 while cold. */
  readonly code: number;
}

export class TranslatedCode {
  /** Code objects translated and refused, for tests and reports. */
  translated = 0;
  refused = 0;
  /** Why objects were refused. */
  readonly reasons: string[] = [];
  private readonly sites = new Map<number, Site>();
  /** Per start of code: its translation, or undefined when refused. */
  private readonly objects = new Map<number, Translation | undefined>();
  private readonly heap: Heap;
  private readonly cpu: Cpu;
  private readonly emulator: Emulator;
  private readonly translator: Translator;
  private readonly threshold: number;

  /** @param eager translate at first sight */
  constructor(heap: Heap, cpu: Cpu, emulator: Emulator, eager: boolean) {
    this.heap = heap;
    this.cpu = cpu;
    this.emulator = emulator;
    this.threshold = eager ? 0 : hot;
    this.translator = new Translator(emulator.code, Region.IsolateData + IsolateData.Cpu, heap.memory);
  }

  /** Runs from rip until it leaves code space, or something unusual stops the emulator. */
  run(): ExitReason {
    const { cpu, sites } = this;
    const { words } = cpu;
    try {
      for (;;) {
        const rip = words[CpuState.Rip >> 2]!;
        const site = sites.get(rip);
        if (site !== undefined && site.translation !== undefined) {
          site.translation.run(site.block, fuel);
          continue;
        }
        if (rip < Region.Code || rip >= Region.CodeEnd || words[(CpuState.Rip >> 2) + 1] !== cageHi)
          return ExitReason.LeftCode;
        const reason = this.emulate(rip, site);
        if (reason !== ExitReason.Budget) return reason;
      }
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw new Error(`translated machine code entered at 0x${cpu.rip.toString(16)} failed: ${error.message}`);
    }
  }

  private emulate(rip: number, site: Site | undefined): ExitReason {
    const { emulator } = this;
    if (site === undefined || site.code === 0) {
      const visits = (site?.visits ?? 0) + 1;
      if (visits > this.threshold) {
        this.translate(rip);
        return ExitReason.Budget;
      }
      if (site === undefined) this.sites.set(rip, { translation: undefined, block: 0, visits, code: 0 });
      else site.visits = visits;
    } else if (this.objects.get(site.code) !== undefined) return this.approach();
    const reason = emulator.run(slice);
    if (reason === ExitReason.Budget) {
      // It was in machine code all the time: what it is in now is hot.
      const now = this.cpu.rip;
      const at = this.sites.get(now);
      if (at === undefined || at.code === 0) this.translate(now);
    }
    return reason;
  }

  /** Inside translated code, but not at an entry: one instruction at a time up to the next one. */
  private approach(): ExitReason {
    for (let i = 0; i < 500; i++) {
      const reason = this.emulator.run(1);
      if (reason !== ExitReason.Budget) return reason;
      if (this.sites.get(this.cpu.rip)?.translation !== undefined) return reason;
    }
    return ExitReason.Budget;
  }

  /** Translates the Code object around `rip`, and makes a site for `rip` in any case. */
  private translate(rip: number): void {
    const { heap, objects, sites } = this;
    const code = findCode(heap, rip);
    const start = code === 0 ? rip : heap.getI32(code, Code.InstructionStart);
    if (code !== 0 && !objects.has(start)) {
      const roots = [start];
      const table = heap.get(code, Code.HandlerTable);
      const rows = heap.get(table, ByteArray.Length) >> 1;
      for (let at = table + ByteArray.Bytes - 1; at < table + ByteArray.Bytes - 1 + rows; at += 8)
        roots.push(start + heap.i32[(at >> 2) + 1]!);
      const made = this.translator.translate(start, start + heap.getI32(code, Code.InstructionSize), roots);
      objects.set(start, made);
      if (made === undefined) {
        this.refused++;
        this.reasons.push(this.translator.reason);
      } else {
        this.translated++;
        for (const [address, block] of made.entries)
          sites.set(address, { translation: made, block, visits: 0, code: start });
      }
    }
    if (sites.get(rip)?.translation === undefined)
      sites.set(rip, { translation: undefined, block: 0, visits: 0, code: start });
  }

  /** Forgets what was known about code in `[start, end)`. */
  invalidate(start: number, end: number): void {
    for (const [address, site] of this.sites) {
      if ((address >= start && address < end) || (site.code >= start && site.code < end)) this.sites.delete(address);
    }
    for (const address of this.objects.keys()) if (address >= start && address < end) this.objects.delete(address);
  }
}
