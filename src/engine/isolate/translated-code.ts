// Runs machine code as WebAssembly: a Code object is translated when execution first arrives in it. The emulator executes
// what has no translation: it is made only then.
//
//   rip ─▶ an entry of a translation: run it          elsewhere in code: translate from there
//          an instruction without translation: one step of the emulator
//          refused code: the emulator
//          code with a breakpoint: an emulator of its own, which is left with it
//
// Whoever changes what may run translated, or begins to step, does so inside a host function that machine code called: every
// translation on the host's stack is then left at its call.

import { findCode } from '../frames/index.ts';
import { type Address, cageHi, type Heap, IsolateData, Region } from '../heap/index.ts';
import { ByteArray, Code } from '../objects/index.ts';
import {
  CodeMap,
  type Cpu,
  CpuState,
  Emulator,
  ExitReason,
  Linkage,
  type Translation,
  Translator,
} from '../x64/index.ts';

/** Instructions of refused code between two looks at rip. */
const slice = 50_000;
const watchedSlice = 0x3fff_ffff;
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
  /** Executes it where there is none; undefined: everybody's. */
  readonly emulator: Emulator | undefined;
  /** Instructions that the emulator executes before the next look. */
  readonly steps: number;
  /** Start of the Code object. */
  readonly code: number;
}

/** A Code object with breakpoints. */
interface WatchedCode {
  readonly end: Address;
  readonly emulator: Emulator;
  readonly breakpoints: Set<Address>;
}

const pageSize = 1 << 12;

export class TranslatedCode {
  /** Code objects translated and refused, for tests and reports. */
  translated = 0;
  refused = 0;
  /** Why objects were refused. */
  readonly reasons: string[] = [];
  private readonly sites = new Map<number, Site>();
  /** Starts of the Code objects that were tried, and whether they have a translation. */
  private readonly objects = new Map<number, boolean>();
  /** By the start of the Code object. */
  private readonly watched = new Map<Address, WatchedCode>();
  /** Goes up when translations on the host's stack must be left. */
  private epoch = 0;
  private readonly heap: Heap;
  private readonly cpu: Cpu;
  private readonly emulator: () => Emulator;
  private readonly decoded: CodeMap;
  private readonly translator: Translator;

  private readonly linkage: Linkage;
  private readonly hasShortcut: (rip: Address) => boolean;
  /** Translations on the host's stack that host functions went on to. */
  private hostCalls = 0;

  /**
   * @param emulator makes the emulator, at its first use
   * @param callHost runs the host function at an address; the new rip, or 0 when the run must end
   * @param hasShortcut whether the dispatcher has a host function for a builtin's code
   */
  constructor(
    heap: Heap,
    cpu: Cpu,
    emulator: () => Emulator,
    callHost: (address: number) => number,
    hasShortcut: (rip: Address) => boolean,
  ) {
    this.hasShortcut = hasShortcut;
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
   * @param resume do not stop at a breakpoint on the first instruction
   */
  run(depth: number, resume = false): ExitReason {
    const { cpu, sites } = this;
    const { words } = cpu;
    let skip = resume;
    try {
      for (;;) {
        const rip = words[CpuState.Rip >> 2]!;
        let site = sites.get(rip);
        if (site === undefined) {
          if (rip < Region.Code || rip >= Region.CodeEnd || words[(CpuState.Rip >> 2) + 1] !== cageHi)
            return ExitReason.LeftCode;
          if (rip < Region.BuiltinCodeEnd && this.hasShortcut(rip)) return ExitReason.LeftCode;
          site = this.arrive(rip);
        }
        if (site.translation !== undefined) {
          const { epoch } = this;
          site.translation.run(site.block, fuel, depth);
          if (epoch !== this.epoch) return ExitReason.Budget;
        } else {
          const reason = (site.emulator ?? this.emulator()).run(site.steps, skip);
          if (reason !== ExitReason.Budget && (reason !== ExitReason.LeftCode || site.emulator === undefined))
            return reason;
        }
        skip = false;
      }
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw new Error(`translated machine code entered at 0x${cpu.rip.toString(16)} failed: ${error.message}`);
    }
  }

  /** A host function, and what it jumped to when that is the start of translated code: `Call` goes to its callee so. */
  private callHost(address: number, call: (address: number) => number): number {
    const { epoch } = this;
    const rip = call(address);
    if (epoch !== this.epoch) return 0;
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
    const emulator = this.watched.get(start)?.emulator;
    if (emulator !== undefined) {
      const site = { translation: undefined, block: 0, emulator, steps: watchedSlice, code: start };
      sites.set(rip, site);
      return site;
    }
    if (code !== 0 && objects.get(start) !== false) {
      const end = start + heap.getI32(code, Code.InstructionSize);
      if (!objects.has(start)) this.translate(start, end, start, this.handlers(code, start));
      // Lazy deopt exits are reached by redirected return addresses only.
      if (objects.get(start) === true && !sites.has(rip)) this.translate(start, end, rip);
    }
    let site = sites.get(rip);
    if (site === undefined) {
      const steps = objects.get(start) === true ? 1 : slice;
      site = { translation: undefined, block: 0, emulator: undefined, steps, code: start };
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
      if (!sites.has(address))
        sites.set(address, { translation: made, block, emulator: undefined, steps: 0, code: start });
  }

  // --- code that is watched ------------------------------------------------------------------------------------------------

  /** The Code object around `address` runs in an emulator that stops there. */
  setBreakpoint(address: Address): void {
    const { heap, cpu } = this;
    const code = findCode(heap, address);
    if (code === 0) return;
    const start = heap.getI32(code, Code.InstructionStart);
    let watched = this.watched.get(start);
    if (watched === undefined) {
      const end = start + heap.getI32(code, Code.InstructionSize);
      const emulator = new Emulator({
        memory: heap.buffer,
        cpuBase: cpu.base,
        cageHi,
        codeStart: start & -pageSize,
        codeEnd: end,
        first: start,
      });
      watched = { end, emulator, breakpoints: new Set() };
      this.watched.set(start, watched);
      this.invalidate(start, end);
      this.leaveTranslations();
    }
    watched.breakpoints.add(address);
    watched.emulator.setBreakpoint(address);
  }

  /** Whether the builtin that begins at `start` has breakpoints. */
  isWatched(start: Address): boolean {
    return this.watched.has(start);
  }

  clearBreakpoint(address: Address): void {
    for (const [start, { end, emulator, breakpoints }] of this.watched) {
      if (!breakpoints.delete(address)) continue;
      emulator.clearBreakpoint(address);
      if (breakpoints.size > 0) return;
      this.watched.delete(start);
      this.invalidate(start, end);
      return;
    }
  }

  /** Every translation on the host's stack is left at the host function that it is in. */
  leaveTranslations(): void {
    this.epoch++;
  }

  /** Forgets what was known about code in `[start, end)`. */
  invalidate(start: number, end: number): void {
    this.decoded.invalidate(start, end);
    this.linkage.remove(start, end);
    for (const { emulator } of this.watched.values()) emulator.invalidate(start, end);
    for (const [address, site] of this.sites)
      if ((address >= start && address < end) || (site.code >= start && site.code < end)) this.sites.delete(address);
    for (const address of this.objects.keys()) if (address >= start && address < end) this.objects.delete(address);
  }
}
