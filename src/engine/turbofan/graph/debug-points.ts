// Where each bytecode begins in the graph, and what its function's registers are there: what a debugger's table of optimized code is
// made of (backend/debug-table.ts). Kept only when a debugger asks.
//
//   DebugPoint ─ effect, control ─▶ the bytecode begins right after both
//             └ frames ─ values ──▶ a node per register, outermost function first
//
// Invariant: all of it is referred to weakly. A `WeakUse` is no use: no phase sees it, nothing lives longer for it, no node is made for
// it, so the code is the same with and without. It follows its node where uses are replaced (Node.replaceUses); a node that
// goes without a replacement is one that is not scheduled in the end, and its value is gone.

import type { Tagged } from '../../heap/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import { frameStateValues, outerFrameState } from './frame-states.ts';
import { type MachineType, MachineTypes, Rep, Semantic } from './machine-type.ts';
import { machineTypeOf, type Node } from './node.ts';
import { type FrameStateInfo, FrameStateType } from './parameters.ts';
import { Bits, bitset, is, type Type, Types } from './types.ts';

export type WeakUseKind = 'value' | 'effect' | 'control';

export class WeakUse {
  node: Node;
  readonly kind: WeakUseKind;
  /** How the value stands in a register; undefined: not known yet, or it holds less than the value (a truncation). */
  type: MachineType | undefined = undefined;
  /** What the value is, as far as the typer knows. */
  valueType: Type | undefined = undefined;
  /** The same value in another representation. */
  others: readonly WeakUse[] = [];

  constructor(node: Node, kind: WeakUseKind) {
    this.node = node;
    this.kind = kind;
    node.weakUses ??= [];
    node.weakUses.push(this);
  }
}

/** One frame at a point; values as its translation has them (frameStateValues), undefined = optimized out. */
export interface DebugFrame {
  readonly info: FrameStateInfo;
  readonly values: readonly (WeakUse | undefined)[];
}

export interface DebugPoint {
  readonly sfi: Tagged;
  readonly bytecodeOffset: number;
  readonly effect: WeakUse;
  readonly control: WeakUse;
  /** Outermost first. */
  readonly frames: readonly DebugFrame[];
  /** Of one walk over a function's bytecode, and of one copy of it. */
  readonly group: DebugGroup;
}

/** The points of one inlined, or peeled, copy of a function, by bytecode offset. */
export type DebugGroup = Map<number, DebugPoint>;

export class DebugPoints {
  readonly points: DebugPoint[] = [];
  private readonly outerFrames = new Map<Node, readonly DebugFrame[]>();

  /** The weak use of a node, shared by all who mean the same. */
  weak(node: Node, kind: WeakUseKind): WeakUse {
    return node.weakUses?.find((use) => use.kind === kind) ?? new WeakUse(node, kind);
  }

  value(node: Node | undefined): WeakUse | undefined {
    if (node === undefined || isOptimizedOut(node)) return undefined;
    return this.weak(node, 'value');
  }

  add(point: DebugPoint): void {
    this.points.push(point);
    point.group.set(point.bytecodeOffset, point);
  }

  /** The frames of a frame state and those around it. */
  framesOf(frameState: Node): readonly DebugFrame[] {
    if (frameState.opcode !== 'FrameState') return [];
    let frames = this.outerFrames.get(frameState);
    if (frames === undefined) {
      const outer = outerFrameState(frameState);
      const info = frameState.parameterOf('FrameState');
      const values = frameStateValues(frameState).map((value) => this.value(value?.node));
      frames = [...(outer === undefined ? [] : this.framesOf(outer)), { info, values }];
      this.outerFrames.set(frameState, frames);
    }
    return frames;
  }

  // --- loops that are copied ------------------------------------------------------------------------------------------------

  /** Points of a loop are points of its copy, too. */
  copy(isInside: (node: Node) => boolean, copyOf: (node: Node) => Node): void {
    const groups = new Map<DebugGroup, DebugGroup>();
    for (const point of [...this.points]) {
      if (!isInside(point.control.node)) continue;
      let group = groups.get(point.group);
      if (group === undefined) {
        group = new Map();
        groups.set(point.group, group);
      }
      this.add({
        ...this.mapped(point, (use) => this.weak(copyOf(use.node), use.kind)),
        group,
      });
    }
  }

  /** Points behind a loop see what left it: @param outside what a node of the loop is there; undefined: nothing has it */
  leave(isInside: (node: Node) => boolean, outside: (use: WeakUse) => Node | undefined): void {
    for (const [i, point] of this.points.entries()) {
      if (isInside(point.control.node)) continue;
      const mapped = this.mapped(point, (use) => {
        if (!isInside(use.node)) return use;
        const node = outside(use);
        return node === undefined ? undefined : this.weak(node, use.kind);
      });
      this.points[i] = mapped;
      if (point.group.get(point.bytecodeOffset) === point) point.group.set(point.bytecodeOffset, mapped);
    }
  }

  private mapped(point: DebugPoint, map: (use: WeakUse) => WeakUse | undefined): DebugPoint {
    return {
      ...point,
      effect: map(point.effect) ?? point.effect,
      control: map(point.control) ?? point.control,
      frames: point.frames.map(({ info, values }) => ({ info, values: values.map((use) => use && map(use)) })),
    };
  }

  // --- representations ---------------------------------------------------------------------------------------------------------

  /** Before representations are chosen: from then on a node may be only congruent to its value. */
  noteTypes(): void {
    for (const use of this.values()) use.valueType = use.node.type;
  }

  /** Representations are chosen: what each value is in a register, and where else it is. */
  settle(): void {
    for (const use of this.values()) {
      use.type = exactType(use.node, use.valueType);
      use.others = this.conversions(use.node);
    }
  }

  private values(): Set<WeakUse> {
    const values = new Set<WeakUse>();
    for (const { frames } of this.points)
      for (const frame of frames) for (const use of frame.values) if (use !== undefined) values.add(use);
    return values;
  }

  private conversions(node: Node): readonly WeakUse[] {
    const same = node.uses.filter(({ user, index }) => index === 0 && isExactConversion(user)).map(({ user }) => user);
    if (isExactConversion(node)) same.push(node.value(0));
    return same.flatMap((other) => {
      const type = exactType(other, node.type);
      if (type === undefined) return [];
      const use = this.weak(other, 'value');
      use.type ??= type;
      return [use];
    });
  }
}

const isOptimizedOut = (node: Node): boolean =>
  node.opcode === 'HeapConstant' && node.op.parameter === StaticRoot.OptimizedOut;

/** Of a frame that has bytecode: of which the debugger asks. */
export const isUnoptimized = ({ info }: DebugFrame): boolean => info.type === FrameStateType.Unoptimized;

/** A node's machine type, if a register of that type holds all of its value. @param valueType what the value is */
function exactType(node: Node, valueType: Type | undefined): MachineType | undefined {
  if (node.opcode === 'NumberConstant') return MachineTypes.Float64;
  const type = machineTypeOf(node);
  const domain = domainOf(type);
  if (domain === 'anything') return type;
  if (domain === undefined) return undefined;
  if (isConversionOf(node) && !/Truncate/.test(node.opcode)) return type;
  const isExact = [valueType, node.type].some((known) => known !== undefined && is(known, domain));
  return isExact ? type : undefined;
}

function domainOf({ rep, semantic }: MachineType): Type | 'anything' | undefined {
  switch (rep) {
    case Rep.TaggedSigned:
    case Rep.TaggedPointer:
    case Rep.Tagged:
      return 'anything';
    case Rep.Bit:
      return Types.Boolean;
    case Rep.Word32:
      return semantic === Semantic.Uint32 ? Types.Unsigned32 : semantic === Semantic.Int32 ? Types.Signed32 : undefined;
    case Rep.Float64:
      return semantic === Semantic.HoleyFloat64 ? bitset(Bits.Number | Bits.Hole | Bits.Undefined) : Types.Number;
    default:
      return undefined;
  }
}

const isConversionOf = (node: Node): boolean => node.op.valueIn === 1 && /^(Change|Checked)/.test(node.opcode);

/** A conversion whose result is its input, if there is a result. */
function isExactConversion(node: Node): boolean {
  if (!isConversionOf(node) || /Truncate|Hole/.test(node.opcode)) return false;
  const input = node.value(0);
  if (node.opcode === 'CheckedTaggedSignedToInt32' || node.opcode === 'CheckedTaggedToTaggedSigned') return true;
  const type = input.type ?? Types.Any;
  // `-0` would be 0, and `undefined` NaN.
  switch (machineTypeOf(node).rep) {
    case Rep.Word32:
      return is(type, Types.Integral32);
    case Rep.Float64:
      return is(type, Types.Number);
    default:
      return true;
  }
}
