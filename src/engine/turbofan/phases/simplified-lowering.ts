// SimplifiedLowering (V8: simplified-lowering.cc): chooses a machine representation for every value.
//
//   1. propagate  from uses to definitions: what of each value is looked at (truncation)
//   2. retype     from definitions to uses: types again, with what the chosen checks guarantee
//   3. lower      replace operators by machine operators, insert Change…/Checked… conversions
//
// All three call the same part of each operator's row, `lowering`, which states the uses of its inputs, the representation of its
// output, and (phase 3) what it becomes. Invariant: phase 3 sees exactly the representations that phase 2 settled on.

import type { Graph } from '../graph/graph.ts';
import { isTagged, type MachineType, MachineTypes, Rep } from '../graph/machine-type.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import { CheckForMinusZero } from '../graph/parameters.ts';
import { Bits, intersect, is, type Type, Types } from '../graph/types.ts';
import { typeInRegister } from '../graph/verifier-representations.ts';
import { isSmiValue } from '../operators/common.ts';
import type { MachineOpcode } from '../operators/machine.ts';
import { type Counts, type Opcode, operator, type ParameterOf, rowOf } from '../operators/operators.ts';
import {
  generalizeTruncation,
  Truncation,
  type UseInfo,
  Uses,
  type UseTruncation,
  usedAsFloat64,
  usedAsWord32,
} from '../operators/use-info.ts';
import { RepresentationChanger } from './representation-change.ts';

enum Phase {
  Propagate,
  Retype,
  Lower,
}

class NodeInfo {
  truncation: UseTruncation = { kind: Truncation.None, identifyZeros: false };
  rep: Rep = Rep.None;
  /** Type with feedback of checks; undefined before phase 2. */
  feedbackType: Type | undefined = undefined;
  restriction: Type = Types.Any;
  queued = false;
}

/** V8's RepresentationSelector: what a `lowering` speaks to. */
export class RepresentationSelector {
  readonly graph: Graph;
  private readonly changer: RepresentationChanger;
  private readonly infos: (NodeInfo | undefined)[] = [];
  private readonly nodes: Node[];
  private phase = Phase.Propagate;
  private queue: Node[] = [];
  private readonly replacements: [Node, Node][] = [];

  /** Makes an old HeapNumber. */
  private readonly heapNumber: (value: number) => number;

  constructor(graph: Graph, heapNumber: (value: number) => number) {
    this.graph = graph;
    this.heapNumber = heapNumber;
    this.changer = new RepresentationChanger(graph);
    this.nodes = graph.reachable();
  }

  run(): void {
    this.phase = Phase.Propagate;
    // Uses first: reverse post-order of the def-use graph, then to a fixpoint.
    for (let i = this.nodes.length - 1; i >= 0; i--) this.enqueueForPropagation(this.nodes[i]!);
    this.drainPropagation();
    this.phase = Phase.Retype;
    this.retype();
    this.phase = Phase.Lower;
    for (const node of this.nodes) {
      if (node.inputs.length === 0 && node.uses.length === 0 && node !== this.graph.end) continue;
      this.graph.currentPosition = node.position;
      this.graph.currentInliningId = node.inliningId;
      this.graph.currentBytecodeOffset = node.bytecodeOffset;
      this.visit(node);
    }
    // A replacement may itself have been replaced.
    const final = new Map(this.replacements);
    for (const [node, first] of this.replacements) {
      let by = first;
      for (let next = final.get(by); next !== undefined && by !== node; next = final.get(by)) by = next;
      node.replaceUses(by);
    }
    for (const [node] of this.replacements) node.kill();
    for (const node of this.graph.reachable()) this.settleType(node);
  }

  /** From here on a node's type is what it is after its checks, in its representation; what lowering made gets one too. */
  publishTypes(): void {
    for (const node of this.graph.reachable()) {
      const type = this.infos[node.id]?.feedbackType;
      if (type !== undefined) node.type = type;
      else if (isConversion(node) && node.value(0).type !== undefined)
        node.type = typeInRegister(node.value(0).type!, machineTypeOf(node));
    }
  }

  private info(node: Node): NodeInfo {
    let info = this.infos[node.id];
    if (info === undefined) {
      info = new NodeInfo();
      this.infos[node.id] = info;
    }
    return info;
  }

  // --- phase drivers -------------------------------------------------------------------------------------------------

  private enqueueForPropagation(node: Node): void {
    const info = this.info(node);
    if (info.queued) return;
    info.queued = true;
    this.queue.push(node);
  }

  private drainPropagation(): void {
    for (let head = 0; head < this.queue.length; head++) {
      const node = this.queue[head]!;
      this.info(node).queued = false;
      this.visit(node);
      if (head > 1_000_000) throw new Error('truncation propagation does not end');
    }
    this.queue = [];
  }

  private retype(): void {
    const queue = [...this.nodes];
    const queued = new Set(queue);
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head]!;
      queued.delete(node);
      const info = this.info(node);
      const [oldRep, oldType] = [info.rep, info.feedbackType];
      this.updateFeedbackType(node);
      this.visit(node);
      if (info.rep !== oldRep || info.feedbackType !== oldType) {
        for (const { user } of node.uses) {
          if (!queued.has(user) && this.infos[user.id] !== undefined) {
            queued.add(user);
            queue.push(user);
          }
        }
      }
      if (head > 1_000_000) throw new Error('retyping does not end');
    }
  }

  private updateFeedbackType(node: Node): void {
    if (node.op.valueOut === 0) return;
    const info = this.info(node);
    const static_ = node.type ?? Types.Any;
    const type = node.op.row.operationTyping?.(node, (n) => this.feedbackType(n));
    let next: Type;
    if (type === undefined || node.opcode === 'Select') next = static_;
    else next = intersect(intersect(type, static_), info.restriction);
    const old = info.feedbackType;
    if (old !== undefined && is(next, old) && (is(old, next) || node.opcode !== 'Phi')) {
      if (is(old, next)) return;
    }
    if (node.opcode === 'Phi' && old !== undefined && node.control.opcode === 'Loop') {
      // Grow, and give up precision quickly: the static type bounds it.
      if (is(next, old)) return;
      const rounds = (this.growth.get(node) ?? 0) + 1;
      this.growth.set(node, rounds);
      if (rounds > 3) next = widenTo(next, static_, this.restrictionOfInputs(node));
    }
    info.feedbackType = next;
  }

  private readonly growth = new Map<Node, number>();

  /** Whether all number inputs of a phi stay in Signed32 because their operations check it. */
  private restrictionOfInputs(node: Node): Type {
    for (let i = 0; i < node.op.valueIn; i++) {
      const input = node.value(i);
      if (!is(this.feedbackType(input), Types.Signed32)) return Types.Any;
    }
    return Types.Signed32;
  }

  private feedbackType(node: Node): Type {
    const info = this.infos[node.id];
    return (
      info?.feedbackType ??
      (this.phase === Phase.Retype && node.op.row.typedAnew ? Types.None : (node.type ?? Types.Any))
    );
  }

  typeOf(node: Node): Type {
    if (this.phase === Phase.Propagate) return node.type ?? Types.Any;
    return this.infos[node.id]?.feedbackType ?? node.type ?? Types.Any;
  }

  // --- what visit uses --------------------------------------------------------------------------------------------------

  /** Whether this is the phase that replaces operators. */
  get lower(): boolean {
    return this.phase === Phase.Lower;
  }

  /** @param type what the input is taken for; its own type where there is none */
  input(node: Node, index: number, use: UseInfo, type?: Type): void {
    const input = node.inputs[index]!;
    switch (this.phase) {
      case Phase.Propagate: {
        const info = this.info(input);
        const next = generalizeTruncation(info.truncation, use.truncation);
        if (next.kind !== info.truncation.kind || next.identifyZeros !== info.truncation.identifyZeros) {
          info.truncation = next;
          this.enqueueForPropagation(input);
        }
        break;
      }
      case Phase.Lower: {
        if (use.rep === Rep.None) break;
        const info = this.infos[input.id];
        const rep = info?.rep ?? input.machineType?.rep ?? input.op.row.machineType?.rep ?? Rep.Tagged;
        const converted = this.changer.convert(input, rep, type ?? this.typeOf(input), node, use);
        if (converted !== input) node.replaceInput(index, converted);
        break;
      }
    }
  }

  /** Effect, control and frame state inputs. */
  rest(node: Node, from: number): void {
    if (this.phase !== Phase.Propagate) return;
    for (let i = from; i < node.inputs.length; i++) this.input(node, i, i < node.effectIndex ? Uses.any : Uses.none);
  }

  output(node: Node, rep: Rep, restriction: Type = Types.Any): void {
    const info = this.info(node);
    if (this.phase === Phase.Propagate) info.restriction = restriction;
    else if (this.phase === Phase.Retype) info.rep = rep;
  }

  change<O extends Opcode>(node: Node, opcode: O, parameter?: ParameterOf<O>, counts?: Counts): void {
    node.op = operator(opcode, parameter as ParameterOf<O>, counts);
  }

  /** Replaces a node that had effect and control by a pure operator. */
  toPure(node: Node, opcode: MachineOpcode): void {
    if (node.op.effectIn > 0) {
      const effect = node.effect;
      const control = node.control;
      node.replaceUsesByKind(undefined, effect, control);
      node.truncateInputs(node.op.valueIn);
    } else if (node.inputs.length > node.op.valueIn) node.truncateInputs(node.op.valueIn);
    const needsControl = rowOf(opcode).controlIn > 0;
    node.op = operator(opcode, undefined);
    if (needsControl) node.appendInput(this.graph.start);
  }

  defer(node: Node, by: Node): void {
    if (node.op.effectIn > 0)
      node.replaceUsesByKind(undefined, node.effect, node.op.controlIn > 0 ? node.control : undefined);
    this.replacements.push([node, by]);
    // Values that refer to the replaced node see the replacement's representation.
    const info = this.info(by);
    if (this.infos[by.id] === undefined || info.rep === Rep.None) info.rep = this.info(node).rep;
    if (info.feedbackType === undefined) info.feedbackType = this.info(node).feedbackType;
  }

  binop(node: Node, left: UseInfo, right: UseInfo, rep: Rep, restriction: Type = Types.Any): void {
    this.input(node, 0, left);
    this.input(node, 1, right);
    this.rest(node, 2);
    this.output(node, rep, restriction);
  }

  /** The value goes on as it is. */
  passOn(node: Node, truncation: UseTruncation = Uses.any.truncation): void {
    const rep = this.outputRepOf(node.value(0));
    this.unop(node, { ...Uses.any, rep, truncation }, rep);
    if (this.lower) this.defer(node, node.value(0));
  }

  isTagged(node: Node): boolean {
    return isTagged(this.outputRepOf(node));
  }

  unop(node: Node, use: UseInfo, rep: Rep, restriction: Type = Types.Any): void {
    this.input(node, 0, use);
    this.rest(node, 1);
    this.output(node, rep, restriction);
  }

  /** Both inputs by their static types. */
  bothUpper(node: Node, type: Type): boolean {
    return is(this.upper(node.value(0)), type) && is(this.upper(node.value(1)), type);
  }

  both(node: Node, type: Type): boolean {
    return is(this.typeOf(node.value(0)), type) && is(this.typeOf(node.value(1)), type);
  }

  // --- the visit ----------------------------------------------------------------------------------------------------------

  private visit(node: Node): void {
    const { lowering } = node.op.row;
    if (lowering === undefined) this.visitOther(node);
    else lowering(this, node, this.info(node).truncation, node.op.parameter);
  }

  /** Calls, JavaScript operators, control: all values tagged. */
  private visitOther(node: Node): void {
    for (let i = 0; i < node.op.valueIn; i++) this.input(node, i, Uses.anyTagged);
    for (let i = 0; i < node.op.contextIn; i++) this.input(node, node.contextIndex + i, Uses.anyTagged);
    this.rest(node, node.frameStateIndex);
    if (node.op.valueOut > 0) this.output(node, node.op.row.machineType?.rep ?? Rep.Tagged);
  }

  outputRepOf(node: Node): Rep {
    const rep = this.infos[node.id]?.rep;
    return rep === undefined || rep === Rep.None ? Rep.Tagged : rep;
  }

  upper(node: Node): Type {
    return node.type ?? Types.Any;
  }

  // --- phis ----------------------------------------------------------------------------------------------------------------

  private phiRep(type: Type, truncation: UseTruncation): Rep {
    if (is(type, Types.None)) return Rep.None;
    if (is(type, Types.Signed32) || is(type, Types.Unsigned32)) return Rep.Word32;
    if (is(type, Types.NumberOrOddball) && usedAsWord32(truncation)) return Rep.Word32;
    if (is(type, Types.Boolean)) return Rep.Bit;
    if (is(type, Types.NumberOrOddball) && usedAsFloat64(truncation)) return Rep.Float64;
    if (is(type, { ...Types.Signed32, bits: Types.Signed32.bits | Bits.MinusZero }) && truncation.identifyZeros)
      return Rep.Word32;
    if (is(type, Types.Number)) return Rep.Float64;
    return Rep.Tagged;
  }

  phi(node: Node, truncation: UseTruncation): void {
    const type = this.phase === Phase.Lower ? this.typeOf(node) : this.feedbackType(node);
    const rep =
      this.phase === Phase.Lower
        ? this.info(node).rep
        : this.phiRep(this.phase === Phase.Propagate ? (node.type ?? Types.Any) : type, truncation);
    this.output(node, rep);
    const use: UseInfo = {
      rep: this.phase === Phase.Lower ? rep : Rep.Tagged,
      truncation,
      check: 'none',
      minusZero: CheckForMinusZero.Check,
      feedback: undefined,
    };
    for (let i = 0; i < node.op.valueIn; i++) this.input(node, i, use);
    this.rest(node, node.op.valueIn);
    if (this.lower) {
      const machineType = this.machineTypeFor(rep === Rep.None ? Rep.Tagged : rep, type);
      node.op = operator('Phi', machineType, { valueIn: node.op.valueIn });
      node.machineType = machineType;
    }
  }

  /** The best representation for the type it asserts; to convert to that, the input is of the type. */
  typeGuard(node: Node, truncation: UseTruncation): void {
    const type = this.typeOf(node);
    const rep = this.phase === Phase.Lower ? this.info(node).rep : this.phiRep(type, truncation);
    const use: UseInfo = { rep, truncation, check: 'none', minusZero: CheckForMinusZero.Check, feedback: undefined };
    this.input(node, 0, use, type);
    this.rest(node, 1);
    this.output(node, rep);
    if (this.lower) node.machineType = this.machineTypeFor(rep, type);
  }

  select(node: Node, truncation: UseTruncation): void {
    const rep = this.phase === Phase.Lower ? this.info(node).rep : this.phiRep(this.typeOf(node), truncation);
    this.input(node, 0, Uses.bool);
    this.output(node, rep);
    const use: UseInfo = { rep, truncation, check: 'none', minusZero: CheckForMinusZero.Check, feedback: undefined };
    this.input(node, 1, use);
    this.input(node, 2, use);
    if (this.lower) node.machineType = this.machineTypeFor(rep, this.typeOf(node));
  }

  machineTypeFor(rep: Rep, type: Type): MachineType {
    switch (rep) {
      case Rep.Bit:
        return MachineTypes.Bool;
      case Rep.Word32:
        return is(type, Types.Signed32)
          ? MachineTypes.Int32
          : is(type, Types.Unsigned32)
            ? MachineTypes.Uint32
            : MachineTypes.Int32;
      case Rep.Float64:
        return (type.bits & (Bits.Hole | Bits.Undefined)) !== 0 && (type.bits & (Bits.Null | Bits.Boolean)) === 0
          ? MachineTypes.HoleyFloat64
          : MachineTypes.Float64;
      case Rep.Word64:
        return MachineTypes.Int64;
      case Rep.TaggedSigned:
        return MachineTypes.TaggedSigned;
      case Rep.TaggedPointer:
        return MachineTypes.TaggedPointer;
      default:
        return MachineTypes.AnyTagged;
    }
  }

  // --- frame states ----------------------------------------------------------------------------------------------------------

  /** Type under which the deoptimizer reads a value (V8: DeoptMachineTypeOf). */
  deoptType(node: Node): MachineType {
    const info = this.infos[node.id];
    const rep = info?.rep ?? Rep.Tagged;
    if (rep === Rep.None) return MachineTypes.AnyTagged;
    return this.machineTypeFor(rep, this.typeOf(node));
  }

  /** After lowering: literals get their final form, every value a machine type. */
  private settleType(node: Node): void {
    const info = this.infos[node.id];
    const machine = node.op.row.machineType !== undefined && node.op.row.category === 'machine';
    if (
      !machine &&
      node.machineType === undefined &&
      info !== undefined &&
      node.op.valueOut > 0 &&
      info.rep !== Rep.None &&
      node.opcode !== 'FrameState'
    )
      node.machineType = this.machineTypeFor(info.rep, this.typeOf(node));
    for (let i = 0; i < node.inputs.length; i++) {
      const input = node.inputs[i]!;
      if (input.opcode !== 'NumberConstant') continue;
      const n = input.parameterOf('NumberConstant');
      if (isSmiValue(n)) {
        node.replaceInput(i, this.graph.smi(n));
        continue;
      }
      // A heap number literal: made when the code is, so that it is old. In frame states a double literal does.
      if (node.opcode === 'TypedStateValues' || node.opcode === 'TypedObjectState') {
        const p = node.parameterOf('TypedStateValues', 'TypedObjectState');
        const types = [...(p.types ?? [])];
        types[i] = MachineTypes.Float64;
        node.op = operator(node.opcode, { ...p, types }, { valueIn: node.inputs.length });
        node.replaceInput(i, this.graph.float64(n));
      } else node.replaceInput(i, this.graph.heapConstant(this.heapNumber(n)));
    }
  }
}

/** What the changer puts between a value and its use: the same value, in another representation. */
const isConversion = (node: Node): boolean => node.op.valueIn === 1 && /^(Change|Checked|Truncate)/.test(node.opcode);

/** A growing loop phi jumps to what its checked inputs allow, or to the static type. */
function widenTo(next: Type, static_: Type, restriction: Type): Type {
  if (is(next, Types.Signed32) && is(restriction, Types.Signed32)) return intersect(static_, Types.Signed32);
  return static_;
}
