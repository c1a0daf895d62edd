// What the functions around a frame's function declare and their closures did not capture: it stands in no context, but on the
// declaring function's frame while that is on the stack. Names hide each other as the scopes nest, so each of these variables
// has its place among the scopes of the context chain.
//
// Which activation made a closure: the one whose own context is in the closure's chain; without a context, the one that holds the
// closure in the register where its bytecode puts it. Where that does not decide, nothing is shown but why.

import { Bytecode, isShortStar } from '../bytecode/index.ts';
import { FrameOffset, registerOffset } from '../frames/index.ts';
import { type Heap, isSmi, type RegisterIndex, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  Context,
  FixedArray,
  JSFunction,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../objects/index.ts';
import { type Functions, registersOf } from './functions.ts';
import type { FrameView, Stack } from './stack.ts';
import type { DebugTarget } from './target.ts';
import { wordOf } from './translated-text.ts';

/** One function around another. */
export interface EnclosingFunction {
  readonly sfi: Tagged;
  /** The activation that made the inner closure. */
  readonly frame: FrameView | undefined;
  /** `not captured by area`, and why its frame does not help. */
  readonly notCaptured: string;
  readonly why: string;
  /** Where in it the inner function stands. */
  readonly position: number;
  readonly start: number;
  readonly isArrow: boolean;
}

/** Contexts on a way outwards, before it is given up. */
const longestChain = 1000;

export class Enclosing {
  private readonly heap: Heap;
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly stack: Stack;
  private readonly known = new Map<Tagged, readonly Tagged[]>();
  /** The frames of the stop, innermost first. */
  frames: readonly FrameView[] = [];

  constructor(target: DebugTarget, functions: Functions, stack: Stack) {
    this.target = target;
    this.heap = target.heap;
    this.functions = functions;
    this.stack = stack;
  }

  /** Functions around a frame's function in its script, innermost first. */
  of(frame: FrameView): EnclosingFunction[] {
    const around = this.around(frame);
    const { frames } = this;
    const at = frames.indexOf(frame);
    const outer = frames.slice(at < 0 ? 0 : at + 1);
    const found: EnclosingFunction[] = [];
    let closure = this.closureOf(frame);
    let inner = frame.sfi;
    const chain = closure === 0 ? [] : this.chain(this.heap.get(closure, JSFunction.Context));
    for (const sfi of around) {
      const candidates = outer.filter(
        (view) => view.sfi === sfi && (view.interpreted ?? view.translated) !== undefined,
      );
      const maker = this.makerOf(closure, chain, candidates);
      closure = maker === undefined ? 0 : this.closureOf(maker);
      found.push({
        sfi,
        frame: maker,
        notCaptured: `not captured by ${this.functions.nameOf(frame.sfi)}`,
        why: this.whyGone(sfi, candidates.length),
        position: this.heap.getI32(inner, SharedFunctionInfo.StartPosition),
        start: this.heap.getI32(sfi, SharedFunctionInfo.StartPosition),
        isArrow: (this.functions.flags(sfi) & SharedFunctionFlags.Arrow) !== 0,
      });
      inner = sfi;
    }
    return found;
  }

  private whyGone(sfi: Tagged, activations: number): string {
    const name = this.functions.nameOf(sfi);
    return activations === 0 ? `${name} has returned` : `which activation of ${name} made it cannot be told`;
  }

  /** SharedFunctionInfos around one, innermost first. */
  private around(frame: FrameView): readonly Tagged[] {
    let around = this.known.get(frame.sfi);
    if (around === undefined) {
      const { heap } = this;
      const from = heap.getI32(frame.sfi, SharedFunctionInfo.StartPosition);
      const to = heap.getI32(frame.sfi, SharedFunctionInfo.EndPosition);
      const record = this.functions.scriptOf(frame.sfi);
      const all = record === undefined ? [] : this.functions.functionsOf(record, from, from + 1);
      around = all
        .filter(
          (other) =>
            other !== frame.sfi &&
            heap.getI32(other, SharedFunctionInfo.StartPosition) <= from &&
            heap.getI32(other, SharedFunctionInfo.EndPosition) >= to,
        )
        .reverse();
      this.known.set(frame.sfi, around);
    }
    return around;
  }

  /** The JSFunction that a frame runs; 0 if it is not known. */
  private closureOf({ interpreted, translated }: FrameView): Tagged {
    if (interpreted !== undefined) return this.heap.i32[(interpreted.fp + FrameOffset.Function) >> 2]!;
    if (translated === undefined) return 0;
    const { state, frame } = translated;
    return frame.function.kind === 'value' && state.isSimple(frame.function) ? state.valueOf(frame.function) : 0;
  }

  private chain(innermost: Tagged): Tagged[] {
    const chain: Tagged[] = [];
    for (let at = innermost; !isSmi(at) && at !== this.target.rt.nativeContext && chain.length < longestChain; ) {
      chain.push(at);
      at = this.heap.get(at, Context.Previous);
    }
    return chain;
  }

  private makerOf(closure: Tagged, chain: readonly Tagged[], candidates: readonly FrameView[]): FrameView | undefined {
    for (const view of candidates) {
      const own = this.ownContext(view);
      if (own !== 0 && chain.includes(own)) return view;
    }
    if (closure === 0) return undefined;
    const holders = candidates.filter((view) => this.ownContext(view) === 0 && this.holds(view, closure));
    return holders.length === 1 ? holders[0] : undefined;
  }

  /** The context that a frame's function made for its own variables; 0 if it made none. */
  private ownContext(view: FrameView): Tagged {
    const scopeInfo = this.heap.get(view.sfi, SharedFunctionInfo.ScopeInfo);
    const context = this.stack.contextOf(view);
    if (context === 0) return 0;
    return this.chain(context).find((at) => this.heap.get(at, Context.ScopeInfo) === scopeInfo) ?? 0;
  }

  /** Whether a frame holds a closure where it puts those that it makes, or has given one to the call that runs. */
  private holds(view: FrameView, closure: Tagged): boolean {
    const { interpreted, translated } = view;
    const bytecodes = interpreted?.bytecodes ?? translated!.frame.bytecodeArray;
    const offset = interpreted?.offset ?? translated!.frame.bytecodeOffset;
    const made = this.madeIn(bytecodes, this.functions.sfiOf(closure));
    const words = made.map((register) => this.register(view, register));
    if (words.includes(closure)) return true;
    const given = made.filter((_, i) => words[i] === StaticRoot.OptimizedOut);
    return given.length > 0 && this.registersUsed(bytecodes, offset).some((register) => given.includes(register));
  }

  /** Registers that closures of a function go to right after they were made. */
  private madeIn(bytecodes: Tagged, sfi: Tagged): RegisterIndex[] {
    const accessor = this.functions.accessor(bytecodes);
    const pool = this.heap.get(bytecodes, BytecodeArray.ConstantPool);
    const registers: RegisterIndex[] = [];
    for (let isMade = false; !accessor.done; accessor.advance()) {
      const { bytecode } = accessor;
      if (isMade && (bytecode === Bytecode.Star || isShortStar(bytecode))) registers.push(accessor.starTarget);
      isMade =
        bytecode === Bytecode.CreateClosure &&
        this.heap.getElement(pool, FixedArray.Elements, accessor.unsigned(0)) === sfi;
    }
    return registers;
  }

  private registersUsed(bytecodes: Tagged, offset: number): RegisterIndex[] {
    const accessor = this.functions.accessor(bytecodes);
    accessor.setOffset(Math.max(0, offset));
    return registersOf(accessor);
  }

  private register({ interpreted, translated }: FrameView, index: RegisterIndex): Tagged {
    if (interpreted !== undefined) return this.heap.i32[(interpreted.fp + registerOffset(index)) >> 2]!;
    const { state, frame } = translated!;
    const value = frame.register(index);
    return value === undefined ? StaticRoot.OptimizedOut : (wordOf(state, value) ?? 0);
  }
}
