// Every exit of a program's optimized code, taken once (--deopt-at-every-exit): what the program prints must not depend on it, and the
// interpreter's state after each bailout must be one that a run without optimized code has, at the same bytecode, in the same order.
//
//   forced runs   take what exits they reach, until one reaches none that was not taken before: states after their bailouts
//   one run       never optimized, stops at the bytecodes of those states, and compares the next one of each forced run
//
// One run takes as many as its code is made anew for. Early tier-up makes much code of short programs.

import { type Bytecode, debugBreakFor } from '../../src/engine/bytecode/index.ts';
import { type Address, smiValue, type Tagged } from '../../src/engine/heap/index.ts';
import { BytecodeArray, bytecodeArrayOf, isNative } from '../../src/engine/objects/index.ts';
import { Program } from '../../test/engine/program.ts';
import { type Difference, type InterpreterState, InterpreterStates, placeOf } from './interpreter-state.ts';
import { functionKey } from './value-text.ts';

/** So that short programs are optimized again and again. */
export const earlyFlags: readonly string[] = [
  '--invocation-count-for-turbofan=30',
  '--invocation-count-for-osr=10',
  '--minimum-invocations-after-ic-update=2',
  '--no-lazy-feedback-allocation',
];

export interface ForcedRuns {
  readonly runs: number;
  /** Exits taken. */
  readonly exits: number;
  /** Exits of code that no run came by. */
  readonly unreached: number;
  /** The runs were not enough: the last one still took new exits. */
  readonly isIncomplete: boolean;
  /** States compared with the interpreter's. */
  readonly states: number;
  /** What went wrong. */
  readonly difference: string | undefined;
}

export interface ForceOptions {
  /** How the program runs besides. */
  readonly flags?: readonly string[];
  readonly maxRuns?: number;
}

/** Output of a run, or how it ended. */
function outputOf(program: Program): string {
  try {
    return program.run();
  } catch (error) {
    return `${program.host.stdout}\n${program.host.stderr}\n${(error as Error).stack}`;
  }
}

export function forceExits(source: string, { flags = earlyFlags, maxRuns = 200 }: ForceOptions = {}): ForcedRuns {
  const outputs: { readonly output: string; readonly exits: readonly string[] }[] = [];
  const states: InterpreterState[][] = [];
  const taken = new Set<string>();
  const known = new Set<string>();
  let isIncomplete = true;
  while (isIncomplete && outputs.length < maxRuns) {
    const program = new Program(source, ['--deopt-at-every-exit', ...flags]);
    const forced = program.machine.forcedExits!;
    for (const exit of taken) forced.taken.add(exit);
    states.push(collectStates(program));
    const output = outputOf(program);
    const exits = [...forced.taken].filter((exit) => !taken.has(exit));
    outputs.push({ output, exits });
    for (const exit of exits) taken.add(exit);
    for (const exit of forced.known) known.add(exit);
    isIncomplete = exits.length > 0;
  }
  const interpreted = new InterpretedRun(source, states);
  const expected = interpreted.run();
  const other = outputs.find(({ output }) => output !== expected);
  return {
    runs: outputs.length,
    exits: taken.size,
    unreached: [...known].filter((exit) => !taken.has(exit)).length,
    isIncomplete,
    states: states.reduce((sum, { length }) => sum + length, 0),
    difference:
      other === undefined
        ? interpreted.difference()
        : `expected\n${expected}\nfound\n${other.output}\nexits\n${other.exits.join('\n')}`,
  };
}

/** The states after the bailouts of a program that is about to run. */
function collectStates(program: Program): InterpreterState[] {
  const states: InterpreterState[] = [];
  const reader = new InterpreterStates(program.isolate);
  program.machine.deoptimization.observe({
    bailedOut(deoptimization) {
      const state = reader.afterBailout(deoptimization);
      if (state !== undefined) states.push(state);
    },
  });
  return states;
}

/** What one forced run still waits for. */
interface Wanted {
  /** In their order, but for those in the middle of a builtin: the call that they are compared at began before. */
  readonly inOrder: InterpreterState[];
  next: number;
  readonly inBuiltins: Set<InterpreterState>;
  /** How the next one differed where it came closest. */
  closest: Difference | undefined;
}

/** The run without optimized code, which stops at every bytecode that a forced run went on at. */
class InterpretedRun {
  private readonly program: Program;
  private readonly reader: InterpreterStates;
  private readonly wanted: readonly Wanted[];
  /** Offsets by function. */
  private readonly places = new Map<string, Set<number>>();
  private readonly breaks = new Map<Address, { readonly place: string; readonly original: number }>();

  constructor(source: string, states: readonly (readonly InterpreterState[])[]) {
    this.program = new Program(source, ['--no-opt']);
    this.reader = new InterpreterStates(this.program.isolate);
    this.wanted = states.map((all) => ({
      inOrder: all.filter(({ isInBuiltin }) => !isInBuiltin),
      next: 0,
      inBuiltins: new Set(all.filter(({ isInBuiltin }) => isInBuiltin)),
      closest: undefined,
    }));
    for (const { frames } of states.flat()) {
      const { function: fn, offset } = frames[0]!;
      const offsets = this.places.get(fn) ?? new Set();
      this.places.set(fn, offsets.add(offset));
    }
    this.program.isolate.attach({ compiled: (sfi) => this.compiled(sfi), debugBreak: (at) => this.stopped(at) });
  }

  run(): string {
    return outputOf(this.program);
  }

  /** The first state that the interpreter never had. */
  difference(): string | undefined {
    for (const [run, { inOrder, next, inBuiltins, closest }] of this.wanted.entries()) {
      const state = inOrder[next] ?? [...inBuiltins][0];
      if (state === undefined) continue;
      const frames = state.frames.slice(0, 8).map((frame) => `    ${placeOf(frame)} (${frame.moment})`);
      const how =
        inOrder[next] === undefined
          ? 'never called there with these registers'
          : (closest?.what ?? 'its bytecode is not reached');
      return `in run ${run + 1} bailout ${next + 1} leads to a state that the interpreter has not: ${how}\n${frames.join('\n')}`;
    }
    return undefined;
  }

  private compiled(sfi: Tagged): void {
    const { heap } = this.program;
    const key = functionKey(heap, sfi);
    const bytecodes = bytecodeArrayOf(heap, sfi);
    const offsets = this.places.get(key);
    if (offsets === undefined || bytecodes === 0 || isNative(heap, sfi)) return;
    this.reader.prepare(bytecodes);
    const length = smiValue(heap.get(bytecodes, BytecodeArray.Length));
    for (const offset of offsets) {
      // Another function of the same name and place, in a script of the same name.
      if (offset >= length) continue;
      const at = bytecodes + BytecodeArray.Bytes - 1 + offset;
      const original = heap.u8[at]!;
      this.breaks.set(at, { place: `${key} ${offset}`, original });
      heap.u8[at] = debugBreakFor(original as Bytecode);
    }
  }

  private stopped(at: Address): number {
    const { place, original } = this.breaks.get(at)!;
    const accumulator = this.program.isolate.interpreter.acc;
    for (const wanted of this.wanted) {
      const state = wanted.inOrder[wanted.next];
      if (state !== undefined && placeOf(state.frames[0]!) === place) {
        const difference = this.reader.difference(state, accumulator);
        if (difference === undefined) wanted.next++;
        if (difference === undefined || difference.agreed >= (wanted.closest?.agreed ?? 0)) wanted.closest = difference;
      }
      for (const inBuiltin of wanted.inBuiltins)
        if (placeOf(inBuiltin.frames[0]!) === place && this.reader.difference(inBuiltin, accumulator) === undefined)
          wanted.inBuiltins.delete(inBuiltin);
    }
    return original;
  }
}
