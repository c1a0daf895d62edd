// Guards and their exits: where to stop so that the program stops on a guard that is about to fail, before its jump.
//
// While a filter or a guard breakpoint is set, every exit that can be reached by one jump only has an emulator breakpoint on
// the exit itself: a guard that holds costs nothing. When the exit is reached, rip goes back to that jump. A conditional jump
// changes nothing but rip, so this is the machine's state before the jump: flags, registers, memory and retired count. An
// exit with several jumps has breakpoints on the jumps, and a look at the flags. Lazy exits stop on themselves.

import { deoptimizeReasons } from '../deoptimizer/index.ts';
import type { Address } from '../heap/index.ts';
import type { CodeView, CodeViews } from '../isolate/index.ts';
import type { Cpu } from '../x64/index.ts';
import { addressText } from './addresses.ts';
import type { Breakpoints } from './breakpoints.ts';
import type { Functions } from './functions.ts';
import { jumpOutcome } from './jump-outcome.ts';
import type { Listings } from './listings.ts';
import type { BreakpointStatus, ExceptionFilters, GuardBreakpoint } from './protocol.ts';

export interface GuardHit {
  readonly view: CodeView;
  readonly exit: number;
  readonly isLazy: boolean;
  /** The exit was reached already: rip must be put back to it when nobody wants to stop. */
  readonly rewound: boolean;
}

export interface BoundGuard {
  readonly wanted: GuardBreakpoint;
  hits: number;
  reported: boolean;
}

export class Guards {
  private readonly cpu: () => Cpu;
  private readonly functions: Functions;
  private readonly codes: CodeViews;
  private readonly breakpoints: Breakpoints;
  private readonly armed = new Map<CodeView, number[]>();
  filters: ExceptionFilters = { uncaught: false, caught: false, eager: false, lazy: false };
  bound: readonly BoundGuard[] = [];
  /** The exit that a stopped guard is about to reach: passed once without a stop. */
  private pass: { readonly address: Address; readonly retired: number } | undefined;

  private readonly codeOfSource: (id: number) => CodeView | undefined;

  /** @param codeOfSource the code that a listing shows */
  constructor(
    cpu: () => Cpu,
    functions: Functions,
    codes: CodeViews,
    breakpoints: Breakpoints,
    codeOfSource: (id: number) => CodeView | undefined,
  ) {
    this.codeOfSource = codeOfSource;
    this.cpu = cpu;
    this.functions = functions;
    this.codes = codes;
    this.breakpoints = breakpoints;
  }

  get isActive(): boolean {
    const { filters } = this;
    return filters.eager || filters.lazy || filters.reasons !== undefined || this.bound.length > 0;
  }

  /** After filters or guard breakpoints changed. */
  update(): void {
    if (!this.isActive) {
      for (const addresses of this.armed.values())
        for (const address of addresses) this.breakpoints.clearMachine(address, 'guard');
      this.armed.clear();
      return;
    }
    for (const view of this.codes.optimized()) this.arm(view);
  }

  /** New code, or a changed filter. */
  arm(view: CodeView): void {
    if (!this.isActive || this.armed.has(view)) return;
    const addresses: number[] = [];
    for (let exit = 0; exit < view.exitCount; exit++) {
      const jumps = view.isLazyExit(exit) ? [] : (view.guards.get(exit) ?? []);
      if (jumps.length > 1) for (const jump of jumps) addresses.push(view.start + jump);
      else addresses.push(view.start + view.exitOffset(exit));
    }
    for (const address of addresses) this.breakpoints.setMachine(address, 'guard');
    this.armed.set(view, addresses);
  }

  /** A machine breakpoint of ours was reached: the guard that is about to fail, if one is. */
  hit(address: Address): GuardHit | undefined {
    const view = this.codes.at(address);
    if (view === undefined) return undefined;
    const cpu = this.cpu();
    const offset = address - view.start;
    const exit = view.exitAt(offset);
    if (exit >= 0) {
      if (this.pass !== undefined && this.pass.address === address && this.pass.retired === cpu.retired) {
        this.pass = undefined;
        return undefined;
      }
      if (view.isLazyExit(exit)) return { view, exit, isLazy: true, rewound: false };
      const jump = view.guards.get(exit)?.[0];
      if (jump === undefined) return { view, exit, isLazy: false, rewound: false };
      cpu.setRip(view.start + jump, cpu.ripHi);
      cpu.retired -= 1;
      return { view, exit, isLazy: false, rewound: true };
    }
    const guarded = view.exitOfGuard(offset);
    const instruction = view.instructions[view.indexAt(offset)];
    if (guarded < 0 || instruction === undefined || jumpOutcome(cpu, instruction.bytes) !== 1) return undefined;
    return { view, exit: guarded, isLazy: false, rewound: false };
  }

  /** Nobody wants to stop at a hit: the machine goes on as if nothing had been. */
  decline({ view, exit, rewound }: GuardHit): void {
    if (!rewound) return;
    const cpu = this.cpu();
    cpu.setRip(view.start + view.exitOffset(exit), cpu.ripHi);
    cpu.retired += 1;
  }

  /** The stop at a hit is over: the jump that follows is the same bailout. */
  accept({ view, exit, rewound }: GuardHit): void {
    const cpu = this.cpu();
    if (rewound) this.pass = { address: view.start + view.exitOffset(exit), retired: cpu.retired + 1 };
  }

  set(wanted: readonly GuardBreakpoint[], listings: Listings): BreakpointStatus[] {
    this.bound = wanted.map((breakpoint) => ({ wanted: breakpoint, hits: 0, reported: false }));
    this.update();
    return wanted.map((breakpoint): BreakpointStatus => {
      const { id } = breakpoint;
      const wrongReason = this.reasonProblem(breakpoint);
      if (wrongReason !== undefined) return { id, verified: false, isWrong: true, message: wrongReason };
      if (breakpoint.exit !== undefined) return this.statusAtExit(id, breakpoint.exit, listings);
      return this.exists(id)
        ? { id, verified: true }
        : { id, verified: false, message: 'Binds when optimized code has such a guard.' };
    });
  }

  private statusAtExit(id: number, { source, index }: NonNullable<GuardBreakpoint['exit']>, listings: Listings) {
    const view = listings.codeOf(source);
    const jump = view?.guards.get(index)?.[0];
    if (view === undefined || jump === undefined) return { id, verified: false, message: 'There is no such guard.' };
    return { id, verified: true, location: listings.codeLocation(view, jump), address: addressText(view.start + jump) };
  }

  /** Whether code that is there has a guard for a breakpoint. */
  private exists(id: number): boolean {
    const views = this.codes.optimized().filter((view) => !view.isMarked);
    return views.some((view) =>
      Array.from({ length: view.exitCount }, (_, exit) => exit).some((exit) =>
        this.matching({ view, exit, isLazy: view.isLazyExit(exit), rewound: false }).some(
          ({ wanted }) => wanted.id === id,
        ),
      ),
    );
  }

  /** Guard breakpoints that match a hit: in the library only those that are set on this very exit. */
  matching({ view, exit, isLazy }: GuardHit): BoundGuard[] {
    const isLibrary = this.functions.isNative(view.sfi);
    return this.bound.filter(({ wanted }) => {
      if (wanted.exit === undefined ? isLibrary : !this.isAt(wanted.exit, view, exit)) return false;
      if (wanted.reason !== undefined && (isLazy || !sameReason(wanted.reason, view.reasonOf(exit)))) return false;
      if (wanted.function === undefined) return true;
      const names = [view.sfi, ...view.levelsOfExit(exit).map((level) => level.sfi)].map((sfi) =>
        this.functions.nameOf(sfi),
      );
      return names.includes(wanted.function);
    });
  }

  private isAt({ source, index }: NonNullable<GuardBreakpoint['exit']>, view: CodeView, exit: number): boolean {
    return this.codeOfSource(source) === view && index === exit;
  }

  /** Says what would be right where a breakpoint names a reason that V8 does not have. */
  reasonProblem({ reason }: GuardBreakpoint): string | undefined {
    const known = Object.values(deoptimizeReasons);
    if (reason === undefined || known.some((name) => sameReason(name, reason))) return undefined;
    return `There is no bailout reason '${reason}'. Reasons: ${known.sort().join(', ')}.`;
  }

  /** Which exception filter wants a hit; undefined: none. */
  filterFor({ view, exit, isLazy }: GuardHit): 'eager' | 'lazy' | 'reason' | undefined {
    const { filters } = this;
    if (this.functions.isNative(view.sfi)) return undefined;
    if (isLazy) return filters.lazy ? 'lazy' : undefined;
    if (filters.eager) return 'eager';
    if (filters.reasons === undefined) return undefined;
    const reason = view.reasonOf(exit);
    return filters.reasons.length === 0 || filters.reasons.some((wanted) => sameReason(wanted, reason))
      ? 'reason'
      : undefined;
  }
}

/** Reasons are compared as people type them. */
const sameReason = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
