// The debugger's table of optimized code: where each bytecode begins in it, and where its registers are there.
//
//   DebugPoint (graph) ──schedule──▶ block, between two nodes ──selection──▶ instructions lo … hi ──▶ pc, translation
//
// A bytecode begins after the effect and the control that were before it, and ends where the next effect begins: between the two only
// values are computed, and nobody can tell when. Of the places in between the one is taken where most registers have a value; the
// instruction of the next effect gives what its own frame state keeps (objects that escape analysis removed).
//
// Invariant: made of what the compiler decided, after it decided; nothing is made in the heap, no use is added. The translations are
// the deoptimizer's, with what is not there optimized out.

import type { ValueRepresentation } from '../../deoptimizer/index.ts';
import { type Heap, smi, smiMax, smiMin, type Tagged } from '../../heap/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import type { DebugFrame, DebugPoint, DebugPoints, WeakUse } from '../graph/debug-points.ts';
import { isTagged, type MachineType, MachineTypes, translationRepresentation } from '../graph/machine-type.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import { type BasicBlock, dominates, type Schedule } from '../graph/scheduler.ts';
import type { ConstantValue, Instruction, InstructionBlock, StateOperand, VirtualRegister } from './instruction.ts';
import { Location } from './instruction.ts';
import { homeOf, type InstructionSelector } from './instruction-selector.ts';
import { constantOf } from './operands.ts';
import { type Recipe, recipeOf } from './recipes.ts';
import type { Allocation } from './register-allocator.ts';
import { type Literals, TranslationWriter } from './translation-writer.ts';

/** One place where a bytecode begins. */
export interface CodePoint {
  readonly sfi: Tagged;
  readonly bytecodeOffset: number;
  /** Offset in the code. */
  readonly pc: number;
  /** Index of its translation in the table's bytes. */
  readonly translation: number;
  /** Values that the translation has not, because they are computed later. */
  readonly computed: readonly ComputedValue[];
  /** Values that somebody reads later and that are nowhere now: by frame, their indices. */
  readonly pending: readonly (readonly number[])[];
}

/** A value of a frame (translation order) that is computed from others. */
export interface ComputedValue {
  readonly frame: number;
  readonly value: number;
  readonly recipe: Recipe;
  readonly representation: ValueRepresentation;
}

export interface DebugTable {
  /** In the order in which those run that begin at one instruction. */
  readonly points: readonly CodePoint[];
  /** Bytecodes that optimized code runs without a place of its own for them. */
  readonly merged: readonly { readonly sfi: Tagged; readonly bytecodeOffset: number }[];
  readonly translations: Uint8Array;
  readonly literals: readonly DebugLiteral[];
}

/** A tagged word, or a number that has no object yet. */
export type DebugLiteral = { readonly word: Tagged } | { readonly number: number };

interface Place {
  readonly block: BasicBlock;
  /** In `block.nodes`: the last node before it. */
  readonly index: number;
}

interface Best {
  readonly pc: number;
  /** Of the register allocator (instruction.ts). */
  readonly position: number;
  readonly values: StateOperand[][];
  readonly count: number;
}

/** @param starts offsets of the instructions in the code, in emission order */
export function makeDebugTable(
  heap: Heap,
  points: DebugPoints,
  selector: InstructionSelector,
  blocks: readonly InstructionBlock[],
  allocation: Allocation,
  starts: readonly number[],
): DebugTable {
  return new DebugTableWriter(heap, points, selector, blocks, allocation, starts).write();
}

class DebugTableWriter {
  private readonly points: DebugPoints;
  private readonly selector: InstructionSelector;
  private readonly schedule: Schedule;
  private readonly blocks: readonly InstructionBlock[];
  private readonly allocation: Allocation;
  private readonly starts: readonly number[];
  private readonly literals = new HostLiterals();
  private readonly writer: TranslationWriter;
  /** Position of each scheduled node in its block. */
  private readonly positions = new Map<Node, number>();

  constructor(
    heap: Heap,
    points: DebugPoints,
    selector: InstructionSelector,
    blocks: readonly InstructionBlock[],
    allocation: Allocation,
    starts: readonly number[],
  ) {
    this.writer = new TranslationWriter(heap, this.literals);
    this.points = points;
    this.selector = selector;
    this.schedule = selector.schedule;
    this.blocks = blocks;
    this.allocation = allocation;
    this.starts = starts;
    for (const block of this.schedule.order) for (const [i, node] of block.nodes.entries()) this.positions.set(node, i);
  }

  write(): DebugTable {
    const found: CodePoint[] = [];
    const merged: { sfi: Tagged; bytecodeOffset: number }[] = [];
    for (const point of this.points.points.toSorted(inOrder)) {
      const { sfi, bytecodeOffset } = point;
      // Nothing comes here: the interpreter does, behind a bailout.
      if (point.control.node.opcode === 'Dead' || point.effect.node.opcode === 'Dead') continue;
      const place = this.placeOf(point);
      const at = place && this.best(point, place);
      if (at === undefined) merged.push({ sfi, bytecodeOffset });
      else
        found.push({
          sfi,
          bytecodeOffset,
          pc: at.pc,
          translation: this.translate(point, at.values),
          ...this.missing(point, at),
        });
    }
    return {
      points: found,
      merged,
      translations: this.writer.builder.toBytes(),
      literals: this.literals.list,
    };
  }

  // --- where ---------------------------------------------------------------------------------------------------------------

  /** Behind the effect and the control that the bytecode comes after. */
  private placeOf({ effect, control }: DebugPoint): Place | undefined {
    const a = this.behind(effect.node);
    const b = this.behind(control.node);
    if (a === undefined || b === undefined) return undefined;
    if (a.block === b.block) return a.index > b.index ? a : b;
    if (dominates(a.block, b.block)) return b;
    return dominates(b.block, a.block) ? a : undefined;
  }

  private behind(node: Node): Place | undefined {
    const block = this.schedule.blockOf.get(node);
    const index = this.positions.get(node);
    return block === undefined || index === undefined ? undefined : { block, index };
  }

  /** Of the instructions from a place to the next effect, the one before which most values are there. */
  private best(point: DebugPoint, { block, index }: Place): Best | undefined {
    const lir = this.selector.lirBlock(block);
    const counts = this.selector.instructionCounts!.get(block);
    if (lir === undefined || counts === undefined) return undefined;
    let first = 0;
    for (let i = 0; i <= index; i++) first += counts[i]!;
    let last = first;
    for (let i = index + 1; i < block.nodes.length && !isEffect(block.nodes[i]!); i++) last += counts[i]!;
    let best: Best | undefined;
    for (let i = first; i <= last; i++) {
      const pc = this.ownPc(lir, i);
      if (pc === undefined) continue;
      const values = this.valuesAt(point, lir, i, i === last ? lir.instructions[i] : undefined);
      let count = 0;
      for (const frame of values) for (const { kind } of frame) if (kind !== 'optimizedOut') count++;
      if (best === undefined || count > best.count) best = { pc, position: 4 * (lir.first + i), values, count };
    }
    return best;
  }

  /** Offset of a block's i-th instruction, if what comes by there comes from this block. */
  private ownPc(block: InstructionBlock, i: number): number | undefined {
    if (i >= block.instructions.length) return undefined;
    const pc = this.starts[block.first + i]!;
    const next = this.blocks[this.blocks.indexOf(block) + 1];
    if (next === undefined || next.instructions.length === 0 || this.starts[next.first] !== pc) return pc;
    return next.predecessors.length === 1 && next.predecessors[0] === block ? pc : undefined;
  }

  // --- what ----------------------------------------------------------------------------------------------------------------

  private valuesAt(
    point: DebugPoint,
    block: InstructionBlock,
    i: number,
    instruction: Instruction | undefined,
  ): StateOperand[][] {
    const position = 4 * (block.first + i);
    const state = instruction?.deopt === undefined ? undefined : this.stateAt(point, instruction);
    return point.frames.map((frame, f) => {
      const known = frame.values.map((use): StateOperand => (use && this.operandAt(use, position)) ?? optimizedOut);
      const other = state?.[f];
      return other === undefined ? known : known.map((value, v) => this.filled(value, other[v]));
    });
  }

  /** What is gone, of what the frame state of the next effect has for it. */
  private filled(value: StateOperand, other: StateOperand | undefined): StateOperand {
    return value.kind === 'optimizedOut' && other !== undefined ? other : value;
  }

  /** By frame and value, what the frame state of an instruction has that is the point's, too. */
  private stateAt(point: DebugPoint, { deopt }: Instruction): (readonly (StateOperand | undefined)[])[] | undefined {
    const frames = deopt!.frames;
    if (frames.length !== point.frames.length) return undefined;
    const infos = frames.map(({ node }) => node.parameterOf('FrameState'));
    if (infos.some((info, f) => info.sharedInfo !== point.frames[f]!.info.sharedInfo)) return undefined;
    const inner = infos[infos.length - 1]!;
    const later = point.group.get(inner.bailoutId);
    if (later === undefined || inner.type !== point.frames[frames.length - 1]!.info.type) return undefined;
    return frames.map(({ values }, f) => {
      const mine: DebugFrame = point.frames[f]!;
      const theirs: DebugFrame | undefined = later.frames[f];
      return values.map((value, v) =>
        theirs !== undefined && mine.values[v] === theirs.values[v] ? value : undefined,
      );
    });
  }

  private operandAt(use: WeakUse, position: number): StateOperand | undefined {
    return (
      this.directAt(use, position) ??
      use.others.map((other) => this.directAt(other, position)).find((operand) => operand !== undefined)
    );
  }

  private directAt({ node, type }: WeakUse, position: number): StateOperand | undefined {
    if (type === undefined) return undefined;
    const constant = literalOf(node);
    if (constant !== undefined) {
      const isGone = constant.kind === 'tagged' && constant.value === StaticRoot.OptimizedOut;
      return isGone ? undefined : { kind: 'constant', value: constant, type: constantType(node, type) };
    }
    if (node.opcode === 'Parameter') {
      const home = homeOf(node);
      // Arguments, context and function stand in the frame as long as it does.
      if (home !== undefined) return inSlot(home);
    }
    const vreg = this.selector.knownVreg(node);
    if (vreg === undefined || !isSame(machineTypeOf(node), type)) return undefined;
    if (!this.allocation.isLiveAt(vreg, position)) return undefined;
    return { kind: 'vreg', use: { vreg, policy: 'any' }, type };
  }

  /** What the translation says of values that are not there: how to compute them, or that they are still to come. */
  private missing({ frames }: DebugPoint, { values, position }: Best): Pick<CodePoint, 'computed' | 'pending'> {
    const computed: ComputedValue[] = [];
    const pending = frames.map((frame, f) =>
      frame.values.flatMap((use, v) => {
        if (use === undefined || values[f]![v]!.kind !== 'optimizedOut') return [];
        const found = this.computedAt(use, position);
        if (found === undefined) return [v];
        computed.push({ frame: f, value: v, ...found });
        return [];
      }),
    );
    return { computed, pending };
  }

  private computedAt(use: WeakUse, position: number): Pick<ComputedValue, 'recipe' | 'representation'> | undefined {
    for (const { node, type } of [use, ...use.others]) {
      const representation = type && translationRepresentation(type);
      if (representation === undefined || !isSame(machineTypeOf(node), type!)) continue;
      const recipe = recipeOf(node, (at) => this.locationAt(at, position));
      if (recipe !== undefined) return { recipe, representation };
    }
    return undefined;
  }

  private locationAt(node: Node, position: number): Location | undefined {
    const home = node.opcode === 'Parameter' ? homeOf(node) : undefined;
    if (home !== undefined) return Location.slot(home);
    const vreg = this.selector.knownVreg(node);
    return vreg !== undefined && this.allocation.isLiveAt(vreg, position) ? vreg.location : undefined;
  }

  private translate({ frames }: DebugPoint, values: readonly (readonly StateOperand[])[]): number {
    const objects = new Objects(values);
    return this.writer.write(
      frames.map(({ info }, f) => ({ info, values: values[f]!.map((value) => objects.inOrder(value)) })),
    );
  }
}

/** Objects that are mentioned more than once: the first mention has the fields, wherever it is now. */
class Objects {
  private readonly captured = new Map<number, StateOperand>();
  private readonly seen = new Set<number>();

  constructor(values: readonly (readonly StateOperand[])[]) {
    for (const frame of values) for (const value of frame) this.note(value);
  }

  private note(value: StateOperand): void {
    if (value.kind !== 'captured') return;
    this.captured.set(value.id, value);
    for (const field of value.fields) this.note(field);
  }

  inOrder(value: StateOperand): StateOperand {
    if (value.kind !== 'captured' && value.kind !== 'duplicate') return value;
    const { id } = value;
    if (this.seen.has(id)) return { kind: 'duplicate', id };
    const object = value.kind === 'captured' ? value : this.captured.get(id);
    // Whoever has its fields is not here.
    if (object?.kind !== 'captured') return optimizedOut;
    this.seen.add(id);
    return { ...object, fields: object.fields.map((field) => this.inOrder(field)) };
  }
}

/** The order in which bytecodes run that nothing separates: by the bytecode of the outermost function that differs. */
function inOrder(a: DebugPoint, b: DebugPoint): number {
  for (const [f, { info }] of a.frames.entries()) {
    const other = b.frames[f]?.info;
    if (other === undefined) return 1;
    if (info.bailoutId !== other.bailoutId) return info.bailoutId - other.bailoutId;
  }
  return a.frames.length - b.frames.length;
}

const optimizedOut: StateOperand = { kind: 'optimizedOut' };

/** A literal array on the host: the debugger puts it where the collector sees it. */
class HostLiterals implements Literals {
  readonly list: DebugLiteral[] = [];
  private readonly words = new Map<Tagged, number>();

  literal(word: Tagged): number {
    let index = this.words.get(word);
    if (index === undefined) {
      index = this.list.push({ word }) - 1;
      this.words.set(word, index);
    }
    return index;
  }

  number(value: number): number {
    if (Number.isInteger(value) && value >= smiMin && value <= smiMax && !Object.is(value, -0))
      return this.literal(smi(value));
    return this.list.push({ number: value }) - 1;
  }
}

/** Whether a node does something that must not come before a bytecode that begins earlier. */
const isEffect = (node: Node): boolean =>
  (node.op.effectIn > 0 || node.op.controlIn > 0) && !['Projection', 'Phi', 'EffectPhi'].includes(node.opcode);

const literalOf = (node: Node): ConstantValue | undefined =>
  node.opcode === 'NumberConstant' ? { kind: 'float64', value: node.parameterOf('NumberConstant') } : constantOf(node);

const constantType = (node: Node, type: MachineType): MachineType =>
  node.opcode === 'NumberConstant' ? MachineTypes.Float64 : type;

const isSame = (a: MachineType, b: MachineType): boolean => a.rep === b.rep || (isTagged(a.rep) && isTagged(b.rep));

function inSlot(index: number): StateOperand {
  const vreg = { location: Location.slot(index), isCompressed: false } as unknown as VirtualRegister;
  return { kind: 'vreg', use: { vreg, policy: 'any' }, type: MachineTypes.AnyTagged };
}
