// DeadCodeElimination, CommonOperatorReducer and CheckpointElimination (V8's names), one file each in V8, small here.

import { StaticRoot } from '../../objects/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import { BranchHint } from '../graph/parameters.ts';
import { is, type Type, Types } from '../graph/types.ts';
import { type Opcode, operator } from '../operators/operators.ts';

const isDead = (node: Node | undefined): boolean => node?.opcode === 'Dead';

/** Removes what control or effect can never reach. */
export class DeadCodeElimination implements Reducer {
  readonly name = 'DeadCodeElimination';

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'Dead':
      case 'Start':
        return undefined;
      case 'End':
        return this.reduceEnd(node);
      case 'Merge':
      case 'Loop':
        return this.reduceMerge(node, editor);
      case 'Phi':
      case 'EffectPhi':
        if (isDead(node.control)) return editor.graph.dead;
        return undefined;
      case 'FrameState':
      case 'StateValues':
      case 'TypedStateValues':
      case 'Projection':
        if (node.opcode === 'Projection' && isDead(node.inputs[0])) return editor.graph.dead;
        return undefined;
      default: {
        const { op } = node;
        for (let i = 0; i < op.controlIn; i++) if (isDead(node.inputs[node.controlIndex + i])) return editor.graph.dead;
        for (let i = 0; i < op.effectIn; i++) if (isDead(node.inputs[node.effectIndex + i])) return editor.graph.dead;
        if (op.row.pure && op.controlIn === 0 && op.effectIn === 0)
          for (let i = 0; i < op.valueIn; i++) if (isDead(node.inputs[i])) return editor.graph.dead;
        return undefined;
      }
    }
  }

  private reduceEnd(node: Node): Node | undefined {
    const live = node.inputs.filter((n) => !isDead(n));
    if (live.length === node.inputs.length) return undefined;
    node.truncateInputs(0);
    for (const n of live) node.appendInput(n);
    node.op = operator('End', undefined, { controlIn: live.length });
    return node;
  }

  private reduceMerge(node: Node, editor: Editor): Node | undefined {
    if (node.opcode === 'Loop' && isDead(node.inputs[0])) return editor.graph.dead;
    const live: number[] = [];
    node.inputs.forEach((n, i) => {
      if (!isDead(n)) live.push(i);
    });
    if (live.length === 0) return editor.graph.dead;
    if (live.length === 1) {
      const only = live[0]!;
      for (const use of [...node.uses]) {
        const user = use.user;
        if ((user.opcode === 'Phi' || user.opcode === 'EffectPhi') && user.isControlUse(use.index)) {
          const value = user.inputs[only]!;
          editor.replace(user, value === user ? editor.graph.dead : value);
        } else if (user.opcode === 'Terminate') editor.replace(user, editor.graph.dead);
      }
      return node.inputs[only]!;
    }
    if (live.length === node.inputs.length) return undefined;
    for (const use of [...node.uses]) {
      const user = use.user;
      if ((user.opcode === 'Phi' || user.opcode === 'EffectPhi') && user.isControlUse(use.index)) {
        const values = live.map((i) => user.inputs[i]!);
        user.truncateInputs(0);
        for (const v of values) user.appendInput(v);
        user.appendInput(node);
        user.op =
          user.opcode === 'Phi'
            ? operator('Phi', user.parameterOf('Phi'), { valueIn: live.length })
            : operator('EffectPhi', undefined, { effectIn: live.length });
        editor.revisit(user);
      }
    }
    const inputs = live.map((i) => node.inputs[i]!);
    node.truncateInputs(0);
    for (const n of inputs) node.appendInput(n);
    node.op = operator(node.opcode, undefined, { controlIn: inputs.length });
    return node;
  }
}

export type Decision = boolean | undefined;

/** Truth of a condition that is a constant. */
export function decide(node: Node, broker: HeapBroker | undefined): Decision {
  switch (node.opcode) {
    case 'HeapConstant': {
      const word = node.parameterOf('HeapConstant');
      if (word === StaticRoot.True) return true;
      if (
        word === StaticRoot.False ||
        word === StaticRoot.Undefined ||
        word === StaticRoot.Null ||
        word === StaticRoot.EmptyString
      )
        return false;
      return broker === undefined ? undefined : undefined;
    }
    case 'Int32Constant':
      return node.parameterOf('Int32Constant') !== 0;
    case 'NumberConstant': {
      const n = node.parameterOf('NumberConstant');
      return n !== 0 && !Number.isNaN(n);
    }
    default:
      return undefined;
  }
}

/** What a comparison of words gives whatever they are; nothing has to be checked then (V8: TypedOptimization, and the types' constants). */
function decideByRanges(opcode: Opcode, a: Type | undefined, b: Type | undefined): Decision {
  if (a === undefined || b === undefined) return undefined;
  if (!(is(a, Types.Signed32) && is(b, Types.Signed32)) && !(is(a, Types.Unsigned32) && is(b, Types.Unsigned32)))
    return undefined;
  const [aMin, aMax, bMin, bMax] = [a.min, a.max, b.min, b.max];
  if (aMin === undefined || aMax === undefined || bMin === undefined || bMax === undefined) return undefined;
  switch (opcode) {
    case 'SpeculativeNumberLessThan':
      return aMax < bMin ? true : aMin >= bMax ? false : undefined;
    case 'SpeculativeNumberLessThanOrEqual':
      return aMax <= bMin ? true : aMin > bMax ? false : undefined;
    default:
      return aMax < bMin || bMax < aMin ? false : aMin === aMax && bMin === bMax ? aMin === bMin : undefined;
  }
}

/** Constant branches, redundant phis, trivial comparisons. */
export class CommonOperatorReducer implements Reducer {
  readonly name = 'CommonOperatorReducer';
  private readonly broker: HeapBroker | undefined;
  private readonly graph: Graph;

  constructor(graph: Graph, broker: HeapBroker | undefined) {
    this.graph = graph;
    this.broker = broker;
  }

  private boolean(value: boolean): Node {
    return this.graph.heapConstant(value ? StaticRoot.True : StaticRoot.False);
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    switch (node.opcode) {
      case 'Branch':
        return this.reduceBranch(node, editor);
      case 'DeoptimizeIf':
      case 'DeoptimizeUnless':
        return this.reduceDeoptimize(node, editor);
      case 'Phi':
        return this.reducePhi(node);
      case 'EffectPhi':
        return this.reducePhi(node);
      case 'Select': {
        const d = decide(node.value(0), this.broker);
        if (d !== undefined) return d ? node.value(1) : node.value(2);
        return node.value(1) === node.value(2) ? node.value(1) : undefined;
      }
      case 'BooleanNot': {
        const input = node.value(0);
        if (input.opcode === 'BooleanNot') return input.value(0);
        if (input.opcode === 'HeapConstant') {
          const d = decide(input, this.broker);
          if (d !== undefined) return this.boolean(!d);
        }
        return undefined;
      }
      case 'ToBoolean': {
        const d = decide(node.value(0), this.broker);
        if (d !== undefined) return this.boolean(d);
        return undefined;
      }
      case 'ReferenceEqual': {
        const [a, b] = [node.value(0), node.value(1)];
        if (a === b) return this.boolean(true);
        if (a.opcode === 'HeapConstant' && b.opcode === 'HeapConstant')
          return this.boolean(a.op.parameter === b.op.parameter);
        if (
          (a.opcode === 'NumberConstant' && b.opcode === 'HeapConstant') ||
          (b.opcode === 'NumberConstant' && a.opcode === 'HeapConstant')
        )
          return this.boolean(false);
        return undefined;
      }
      case 'NumberEqual': {
        const [a, b] = [node.value(0), node.value(1)];
        if (a.opcode !== 'NumberConstant' || b.opcode !== 'NumberConstant') return undefined;
        return this.boolean(a.parameterOf('NumberConstant') === b.parameterOf('NumberConstant'));
      }
      case 'SpeculativeNumberEqual':
      case 'SpeculativeNumberLessThan':
      case 'SpeculativeNumberLessThanOrEqual': {
        const decision = decideByRanges(node.opcode, node.value(0).type, node.value(1).type);
        if (decision === undefined) return undefined;
        editor.replaceWithValue(node, this.boolean(decision));
        return editor.graph.dead;
      }
      default:
        return undefined;
    }
  }

  private reduceBranch(node: Node, editor: Editor): Node | undefined {
    const condition = node.value(0);
    if (condition.opcode === 'BooleanNot') {
      // Swap the projections.
      for (const use of [...node.uses]) {
        const user = use.user;
        if (user.opcode === 'IfTrue') user.op = operator('IfFalse', undefined);
        else if (user.opcode === 'IfFalse') user.op = operator('IfTrue', undefined);
        editor.revisit(user);
      }
      node.replaceInput(0, condition.value(0));
      const { hint } = node.parameterOf('Branch');
      node.op = operator('Branch', {
        hint: hint === BranchHint.None ? hint : hint === BranchHint.True ? BranchHint.False : BranchHint.True,
      });
      return node;
    }
    const decision = decide(condition, this.broker);
    if (decision === undefined) return undefined;
    const control = node.control;
    for (const use of [...node.uses]) {
      const user = use.user;
      if (user.opcode === 'IfTrue') editor.replace(user, decision ? control : editor.graph.dead);
      else if (user.opcode === 'IfFalse') editor.replace(user, decision ? editor.graph.dead : control);
    }
    return editor.graph.dead;
  }

  private reduceDeoptimize(node: Node, editor: Editor): Node | undefined {
    let condition = node.value(0);
    let when = node.opcode === 'DeoptimizeIf';
    if (condition.opcode === 'BooleanNot') {
      condition = condition.value(0);
      when = !when;
      node.replaceInput(0, condition);
      node.op = operator(
        when ? 'DeoptimizeIf' : 'DeoptimizeUnless',
        node.parameterOf('DeoptimizeIf', 'DeoptimizeUnless'),
      );
      return node;
    }
    const decision = decide(condition, this.broker);
    if (decision === undefined) return undefined;
    if (decision === when) {
      const deopt = this.graph.newNode('Deoptimize', node.parameterOf('DeoptimizeIf', 'DeoptimizeUnless'), [
        node.frameState,
        node.effect,
        node.control,
      ]);
      this.graph.mergeToEnd(deopt);
      editor.revisit(this.graph.end);
      return editor.graph.dead;
    }
    editor.replaceWithValue(node, editor.graph.dead, node.effect, node.control);
    return editor.graph.dead;
  }

  private reducePhi(node: Node): Node | undefined {
    const count = node.opcode === 'Phi' ? node.op.valueIn : node.op.effectIn;
    let only: Node | undefined;
    for (let i = 0; i < count; i++) {
      const input = node.inputs[i]!;
      if (input === node || input === only) continue;
      if (only !== undefined) return undefined;
      only = input;
    }
    // An effect phi of a loop stays: it separates iterations. A loop's value phi of one value is that value.
    if (node.opcode === 'EffectPhi' && node.control.opcode === 'Loop') return undefined;
    return only;
  }
}

/**
 * A checkpoint is redundant behind another of the same activation, with nothing written in between. What is in between becomes something that
 * writes nothing without the checkpoint being told, so all are looked at again when the others are done.
 */
export class CheckpointElimination implements Reducer {
  readonly name = 'CheckpointElimination';
  private readonly left = new Set<Node>();

  reduce(node: Node): Node | undefined {
    if (node.opcode !== 'Checkpoint') return undefined;
    if (!isRedundant(node)) {
      this.left.add(node);
      return undefined;
    }
    this.left.delete(node);
    return node.effect;
  }

  finalize(editor: Editor): void {
    for (const node of this.left) {
      if (node.opcode !== 'Checkpoint' || node.inputs.length === 0) this.left.delete(node);
      else if (isRedundant(node)) editor.revisit(node);
    }
  }
}

function isRedundant(checkpoint: Node): boolean {
  const shared = (n: Node): number => n.inputs[0]!.parameterOf('FrameState').sharedInfo;
  let { effect } = checkpoint;
  while (effect.op.row.noWrite && effect.op.effectIn === 1 && !mayMigrate(effect)) {
    if (effect.opcode === 'Checkpoint')
      return (
        effect.inputs[0]!.opcode === 'FrameState' &&
        checkpoint.inputs[0]!.opcode === 'FrameState' &&
        shared(effect) === shared(checkpoint) &&
        outer(effect) === outer(checkpoint)
      );
    effect = effect.effect;
  }
  return false;
}

/** A guard that brings an object's map up to date writes. */
const mayMigrate = (node: Node): boolean => node.opcode === 'CheckMaps' && node.parameterOf('CheckMaps').tryMigrate;

const outer = (checkpoint: Node): Node => checkpoint.inputs[0]!.inputs[5]!;

export { machineTypeOf };
