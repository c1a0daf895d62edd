// What the client asked to stop at, kept so that a restart can say it again, and the ids by which the engine speaks of it.

import type {
  BreakpointStatus,
  EventBreakpoint,
  ExceptionFilters,
  FunctionBreakpoint,
  GuardBreakpoint,
  InstructionBreakpoint,
  LineBreakpoint,
  SourceRef,
} from '../engine/debug/index.ts';
import type { RequestArguments } from './arguments.ts';
import { breakpointName, star } from './breakpoint-names.ts';

const text = (s: string | undefined): string | undefined => (s === undefined || s.trim() === '' ? undefined : s);

export class Breakpoints {
  #nextId = 1;
  /** By path or source id. */
  readonly lines = new Map<
    string | number,
    { readonly source: SourceRef; readonly breakpoints: readonly LineBreakpoint[] }
  >();
  functions: readonly FunctionBreakpoint[] = [];
  /** Guards that function breakpoints named (`guard:area`), and those that commands set. */
  namedGuards: readonly GuardBreakpoint[] = [];
  guards: readonly GuardBreakpoint[] = [];
  /** Phases, slots, tier-ups and invalidations that function breakpoints named (`phase:write`). */
  events: readonly EventBreakpoint[] = [];
  /** Names that mean nothing, with what would. */
  refused: readonly BreakpointStatus[] = [];
  instructions: readonly InstructionBreakpoint[] = [];
  filters: ExceptionFilters = { uncaught: false, caught: false, eager: false, lazy: false };

  #base(b: { readonly condition?: string; readonly hitCondition?: string; readonly logMessage?: string }) {
    return {
      id: this.#nextId++,
      condition: text(b.condition),
      hitCondition: text(b.hitCondition),
      logMessage: text(b.logMessage),
    };
  }

  setLines(
    source: SourceRef,
    wanted: RequestArguments<'setBreakpoints'>['breakpoints'] & {},
  ): readonly LineBreakpoint[] {
    const breakpoints = wanted.map((b) => ({ ...this.#base(b), line: b.line, column: b.column }));
    const key = source.id === 0 ? source.path! : source.id;
    if (breakpoints.length === 0) this.lines.delete(key);
    else this.lines.set(key, { source, breakpoints });
    return breakpoints;
  }

  /** Sorts names by what they ask for; returns the ids in the order asked. */
  setFunctions(wanted: RequestArguments<'setFunctionBreakpoints'>['breakpoints']): readonly number[] {
    const functions: FunctionBreakpoint[] = [];
    const guards: GuardBreakpoint[] = [];
    const events: EventBreakpoint[] = [];
    const refused: BreakpointStatus[] = [];
    const ids = wanted.map((b) => {
      const base = this.#base(b);
      const asked = breakpointName(b.name);
      if (asked.kind === 'function') functions.push({ ...base, name: asked.name });
      else if (asked.kind === 'guard') guards.push({ ...base, ...asked.guard });
      else if (asked.kind === 'event') events.push({ ...base, ...asked.event });
      else refused.push({ id: base.id, verified: false, isWrong: true, message: asked.message });
      return base.id;
    });
    this.functions = functions;
    this.namedGuards = guards;
    this.events = events;
    this.refused = refused;
    return ids;
  }

  setGuards(wanted: RequestArguments<'bailout/setGuardBreakpoints'>['breakpoints']): readonly GuardBreakpoint[] {
    this.guards = wanted.map((b) => ({
      ...this.#base(b),
      function: star(b.function),
      reason: star(b.reason),
      exit: b.exit,
    }));
    return this.guards;
  }

  get allGuards(): readonly GuardBreakpoint[] {
    return [...this.namedGuards, ...this.guards];
  }

  setInstructions(
    wanted: RequestArguments<'setInstructionBreakpoints'>['breakpoints'],
  ): readonly InstructionBreakpoint[] {
    this.instructions = wanted.map((b) => ({
      ...this.#base(b),
      address: offsetAddress(b.instructionReference, b.offset),
    }));
    return this.instructions;
  }

  setFilters(args: RequestArguments<'setExceptionBreakpoints'>): ExceptionFilters {
    const conditions = new Map<string, string | undefined>(args.filters.map((filter) => [filter, undefined]));
    for (const option of args.filterOptions) conditions.set(option.filterId, text(option.condition));
    const condition = (filter: string) => conditions.get(filter);
    this.filters = {
      uncaught: conditions.has('uncaught'),
      caught: conditions.has('caught'),
      eager: conditions.has('eager'),
      lazy: conditions.has('lazy'),
      reasons: conditions.has('reason') ? reasons(condition('reason')) : undefined,
      conditions: {
        uncaught: condition('uncaught'),
        caught: condition('caught'),
        eager: condition('eager'),
        lazy: condition('lazy'),
      },
    };
    return this.filters;
  }
}

const reasons = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((reason) => reason.trim().replace(/^['"]|['"]$/g, ''))
    .filter((reason) => reason !== '');

export function offsetAddress(reference: string, offset: number): string {
  let address: bigint;
  try {
    address = BigInt(reference);
  } catch {
    throw new Error(`Expected an address such as 0x1c2f00400000, found '${reference.slice(0, 100)}'.`);
  }
  return `0x${(address + BigInt(offset)).toString(16)}`;
}
