// Places in optimized code as a step sees them: a bytecode that begins there (by the code's table), in a frame that is told from others
// by the calls that were inlined around it.
//
//   total ─ area (at `area(a)`)      callers of a place in area: [total@61]
//         └ area (at `area(b)`)                                  [total@82]       beside the first
//
// Calls are named by function and script offset, which exits, positions and the table know alike.

import type { FrameInput, TranslatedFrame } from '../deoptimizer/index.ts';
import { type Address, IsolateData, Region, type Tagged } from '../heap/index.ts';
import type { CodeView, InlinedLevel } from '../isolate/index.ts';
import { CpuState, Gpr } from '../x64/index.ts';
import type { CodePoint, CodeTables } from './code-tables.ts';
import type { Functions } from './functions.ts';
import type { FrameView } from './stack.ts';
import type { DebugTarget } from './target.ts';

export interface CodePlace {
  readonly sfi: Tagged;
  readonly bytecodes: Tagged;
  readonly offset: number;
  /** The calls that were inlined around its frame, outermost first. */
  readonly callers: readonly string[];
}

/** How a frame stands to another of the same optimized frame. */
export type Relation = 'same' | 'deeper' | 'outer' | 'beside';

/** @param from callers of the frame that is asked about, `to` of the other one: what that is */
export function relationOf(from: readonly string[], to: readonly string[]): Relation {
  const common = commonCallers(from, to);
  if (common < from.length) return common < to.length ? 'beside' : 'outer';
  return common < to.length ? 'deeper' : 'same';
}

export function commonCallers(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

export class CodePlaces {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly codeTables: CodeTables;
  private readonly known = new WeakMap<CodePoint, CodePlace>();

  constructor(target: DebugTarget, functions: Functions, codeTables: CodeTables) {
    this.target = target;
    this.functions = functions;
    this.codeTables = codeTables;
  }

  /** Bytecodes that begin at an instruction, in the order in which they run. */
  at(view: CodeView, pc: Address): readonly CodePlace[] {
    return this.codeTables.at(view, pc - view.start).map((point) => this.placeOf(view, point));
  }

  private placeOf(view: CodeView, point: CodePoint): CodePlace {
    let place = this.known.get(point);
    if (place === undefined) {
      place = this.ofFrames(this.codeTables.stateAt(view, point, this.input()).jsFrames);
      this.known.set(point, place);
    }
    return place;
  }

  private input(): FrameInput {
    const { cpu } = this.target;
    const fp = cpu.lo(Gpr.rbp);
    const at = Region.IsolateData + IsolateData.Cpu;
    return { fp, slotsAt: fp, gpr: at + CpuState.Gpr, xmm: at + CpuState.Xmm, xmmStride: 16 };
  }

  /** The innermost of interpreted frames that are in each other, outermost first. */
  ofFrames(frames: readonly TranslatedFrame[]): CodePlace {
    const { sharedFunctionInfo: sfi, bytecodeArray: bytecodes, bytecodeOffset } = frames.at(-1)!;
    const callers = frames
      .slice(0, -1)
      .map((frame) =>
        callerKey(frame.sharedFunctionInfo, this.functions.positionAt(frame.bytecodeArray, frame.bytecodeOffset)),
      );
    return { sfi, bytecodes, offset: bytecodeOffset, callers };
  }

  /** Where the innermost of a stop's frames stands, if that is in optimized code. @param frames innermost first */
  ofStop(frames: readonly FrameView[]): CodePlace | undefined {
    const fp = frames[0]?.machine?.fp ?? 0;
    if (fp === 0 || frames[0]!.machine!.view.isOptimized !== true) return undefined;
    const mine = frames.filter(({ machine }) => machine?.isTop === true && machine.fp === fp);
    const translated = mine.flatMap((frame) => frame.translated?.frame ?? []);
    if (translated.length === mine.length) return this.ofFrames(translated.toReversed());
    const { view, pc } = frames[0]!.machine!;
    const [inner, ...outer] = view.levelsAt(pc - view.start);
    if (inner === undefined) return undefined;
    const bytecodes = this.functions.bytecodes(inner.sfi);
    const offset = this.functions.offsetOf(bytecodes, inner.position, 0);
    return { sfi: inner.sfi, bytecodes, offset, callers: callersOf(outer) };
  }

  /** The place's index among those that begin at an instruction; −1: it is none of them. */
  indexAt(view: CodeView, pc: Address, { sfi, offset }: CodePlace): number {
    return this.codeTables
      .at(view, pc - view.start)
      .findLastIndex((point) => point.sfi === sfi && point.bytecodeOffset === offset);
  }

  /** Calls around the one that returns to `pc`. */
  callersAtReturn(view: CodeView, pc: Address): readonly string[] {
    const exit = this.target.deoptimizer.lazyExitIndex(view.code, pc - view.start);
    const [, ...outer] = exit >= 0 ? view.levelsOfExit(exit) : view.levelsAt(pc - view.start - 1);
    return callersOf(outer);
  }
}

const callerKey = (sfi: Tagged, position: number): string => `${sfi}@${position}`;

/** @param levels innermost first */
const callersOf = (levels: readonly InlinedLevel[]): string[] =>
  levels.map(({ sfi, position }) => callerKey(sfi, position)).reverse();
