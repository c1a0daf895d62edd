// The tables of optimized code that the compiler makes for a debugger (turbofan/backend/debug-table.ts): where a bytecode begins in
// it, and where its registers are there. They stand beside the Code object, which knows nothing of them.
//
// Invariant: a table lives as long as its code can be entered; its translations and literals are objects in old space, so that the
// deoptimizer's own reader reads them.

import { type FrameInput, TranslatedState, TranslatedValue, type ValueRepresentation } from '../deoptimizer/index.ts';
import { slotOffset } from '../frames/index.ts';
import { Space, smiValue, type Tagged } from '../heap/index.ts';
import type { CodeView, DebugTable, Recipe } from '../isolate/index.ts';
import { ByteArray, type Factory, StaticRoot } from '../objects/index.ts';
import { follow } from './code-recipes.ts';
import type { ObjectTable } from './object-table.ts';

type Location = (Recipe & { readonly kind: 'place' })['location'];

export type CodePoint = DebugTable['points'][number];

/** A bytecode, wherever its function is inlined. */
export interface BytecodePlace {
  readonly sfi: Tagged;
  readonly offset: number;
}

interface Kept {
  readonly byPc: ReadonlyMap<number, readonly CodePoint[]>;
  readonly merged: DebugTable['merged'];
  /** Keys of a ByteArray and a FixedArray. */
  readonly translations: number;
  readonly literals: number;
}

export class CodeTables {
  private readonly factory: Factory;
  private readonly objects: ObjectTable;
  private readonly tables = new Map<Tagged, Kept>();
  /** Keys of tables that are gone. */
  private readonly free: number[] = [];

  /** @param objects nobody else's: its keys stay */
  constructor(factory: Factory, objects: ObjectTable) {
    this.factory = factory;
    this.objects = objects;
  }

  take(code: Tagged, { points, merged, translations, literals }: DebugTable): void {
    this.forget(code);
    const { factory } = this;
    const byPc = new Map<number, CodePoint[]>();
    for (const point of points) {
      const list = byPc.get(point.pc);
      if (list === undefined) byPc.set(point.pc, [point]);
      else list.push(point);
    }
    const words = literals.map((literal) =>
      'word' in literal ? literal.word : factory.newHeapNumber(literal.number, Space.Old),
    );
    this.tables.set(code, {
      byPc,
      merged,
      translations: this.keep(factory.newByteArrayFrom(translations, Space.Old)),
      literals: this.keep(factory.newFixedArrayFrom(words, Space.Old)),
    });
  }

  private keep(word: Tagged): number {
    const key = this.free.pop();
    if (key === undefined) return this.objects.keep(word);
    this.objects.set(key, word);
    return key;
  }

  /** The code is not entered any more. */
  forget(code: Tagged): void {
    const kept = this.tables.get(code);
    if (kept === undefined) return;
    this.tables.delete(code);
    for (const key of [kept.translations, kept.literals]) {
      this.objects.set(key, StaticRoot.Undefined);
      this.free.push(key);
    }
  }

  /** Offsets in the code at which a bytecode begins. */
  placesOf({ code }: CodeView, { sfi, offset }: BytecodePlace): number[] {
    const places: number[] = [];
    for (const [pc, points] of this.tables.get(code)?.byPc ?? [])
      if (points.some((point) => point.sfi === sfi && point.bytecodeOffset === offset)) places.push(pc);
    return places;
  }

  /** Whether the code runs a bytecode without a place of its own for it. */
  isMerged({ code }: CodeView, { sfi, offset }: BytecodePlace): boolean {
    const merged = this.tables.get(code)?.merged ?? [];
    return merged.some((point) => point.sfi === sfi && point.bytecodeOffset === offset);
  }

  /** The bytecodes that begin at an offset in the code, in the order in which they run. */
  at({ code }: CodeView, pc: number): readonly CodePoint[] {
    return this.tables.get(code)?.byPc.get(pc) ?? [];
  }

  /** What begins at an offset in the code: the bytecode that is asked for, else the last one. */
  pointAt(view: CodeView, pc: number, wanted: BytecodePlace | undefined): CodePoint | undefined {
    const points = this.at(view, pc);
    const isWanted = (point: CodePoint): boolean => point.sfi === wanted?.sfi && point.bytecodeOffset === wanted.offset;
    return points.find(isWanted) ?? points.at(-1);
  }

  /** The frames at a point. */
  stateAt({ code }: CodeView, { translation, computed }: CodePoint, input: FrameInput): TranslatedState {
    const { translations, literals } = this.tables.get(code)!;
    const { heap } = this.factory;
    const bytes = this.objects.at(translations);
    const state = new TranslatedState(
      heap,
      this.factory,
      bytes + ByteArray.Bytes - 1,
      smiValue(heap.get(bytes, ByteArray.Length)),
      translation,
      this.objects.at(literals),
      input,
    );
    for (const { frame, value, recipe, representation } of computed) {
      const result = follow(recipe, ({ location, isDouble }) => this.read(location, isDouble, input));
      const { opcode } = state.frames[frame]!.values[value]!;
      const [lo, double] = isDoubleIn(representation) ? [0, result] : [result | 0, 0];
      state.frames[frame]!.values[value] = new TranslatedValue(
        'value',
        opcode,
        'none',
        representation,
        0,
        lo,
        0,
        double,
        -1,
      );
    }
    return state;
  }

  private read({ kind, index }: Location, isDouble: boolean, { slotsAt, gpr, xmm, xmmStride }: FrameInput): number {
    const { i32, f64 } = this.factory.heap;
    const at =
      kind === 'slot' ? slotsAt + slotOffset(index) : kind === 'gpr' ? gpr + 8 * index : xmm + xmmStride * index;
    return isDouble ? f64[at >> 3]! : i32[at >> 2]!;
  }
}

const isDoubleIn = (representation: ValueRepresentation): boolean =>
  representation === 'float64' || representation === 'holeyFloat64';
