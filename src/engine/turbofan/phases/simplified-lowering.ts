// SimplifiedLowering (V8: simplified-lowering.cc): chooses a machine representation for every value.
//
//   1. propagate  from uses to definitions: what of each value is looked at (truncation)
//   2. retype     from definitions to uses: types again, with what the chosen checks guarantee
//   3. lower      replace operators by machine operators, insert Change…/Checked… conversions
//
// All three run the same `visit`, which states for each operator: uses of its inputs, representation of its output, and
// (phase 3) the lowering. Invariant: phase 3 sees exactly the representations that phase 2 settled on.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import type { Graph } from '../graph/graph.ts';
import { isTagged, type MachineType, MachineTypes, Rep as R, Rep, Semantic } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type CheckBoundsParameters,
  CheckForMinusZero,
  type ElementAccess,
  type FieldAccess,
  type HintParameter,
  type ObjectStateParameters,
  type StateValuesParameters,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import { Bits, bitset, intersect, is, maybe, type Type, Types } from '../graph/types.ts';
import { type Opcode, operator } from '../operators/operators.ts';
import {
  generalizeTruncation,
  RepresentationChanger,
  Truncation,
  type UseInfo,
  Uses,
  type UseTruncation,
  usedAsBool,
  usedAsFloat64,
  usedAsWord32,
} from './representation-change.ts';
import { numberOperator, toNumberType, typeOperation } from './typer.ts';

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

const NUMBER_TO_FLOAT: Partial<Record<Opcode, Opcode>> = {
  NumberAdd: 'Float64Add',
  NumberSubtract: 'Float64Sub',
  NumberMultiply: 'Float64Mul',
  NumberDivide: 'Float64Div',
  NumberModulus: 'Float64Mod',
  NumberPow: 'Float64Pow',
  NumberAtan2: 'Float64Atan2',
  NumberSqrt: 'Float64Sqrt',
  NumberSin: 'Float64Sin',
  NumberCos: 'Float64Cos',
  NumberTan: 'Float64Tan',
  NumberExp: 'Float64Exp',
  NumberLog: 'Float64Log',
  NumberFloor: 'Float64RoundDown',
  NumberCeil: 'Float64RoundUp',
  NumberTrunc: 'Float64RoundTruncate',
  NumberMax: 'Float64Max',
  NumberMin: 'Float64Min',
};
const NUMBER_TO_WORD: Partial<Record<Opcode, Opcode>> = {
  NumberAdd: 'Int32Add',
  NumberSubtract: 'Int32Sub',
  NumberMultiply: 'Int32Mul',
  NumberBitwiseOr: 'Word32Or',
  NumberBitwiseXor: 'Word32Xor',
  NumberBitwiseAnd: 'Word32And',
  NumberShiftLeft: 'Word32Shl',
  NumberShiftRight: 'Word32Sar',
  NumberShiftRightLogical: 'Word32Shr',
  NumberImul: 'Int32Mul',
};

export class SimplifiedLowering {
  private readonly graph: Graph;
  private readonly changer: RepresentationChanger;
  private readonly infos: (NodeInfo | undefined)[] = [];
  private readonly nodes: Node[];
  private phase = Phase.Propagate;
  private queue: Node[] = [];
  private readonly replacements: [Node, Node][] = [];

  constructor(graph: Graph) {
    this.graph = graph;
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
    const type = typeOperation(node, (n) => this.feedbackType(n));
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
      (this.phase === Phase.Retype && (node.opcode === 'Phi' || numberOperator(node.opcode) !== undefined)
        ? Types.None
        : (node.type ?? Types.Any))
    );
  }

  private typeOf(node: Node): Type {
    if (this.phase === Phase.Propagate) return node.type ?? Types.Any;
    return this.infos[node.id]?.feedbackType ?? node.type ?? Types.Any;
  }

  // --- what visit uses --------------------------------------------------------------------------------------------------

  private get lower(): boolean {
    return this.phase === Phase.Lower;
  }

  private input(node: Node, index: number, use: UseInfo): void {
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
        const rep = info?.rep ?? input.machineType?.rep ?? input.op.row.type?.rep ?? Rep.Tagged;
        const converted = this.changer.convert(input, rep, this.typeOf(input), node, use);
        if (converted !== input) node.replaceInput(index, converted);
        break;
      }
    }
  }

  /** Effect, control and frame state inputs. */
  private rest(node: Node, from: number): void {
    if (this.phase !== Phase.Propagate) return;
    for (let i = from; i < node.inputs.length; i++) this.input(node, i, i < node.effectIndex ? Uses.any : Uses.none);
  }

  private output(node: Node, rep: Rep, restriction: Type = Types.Any): void {
    const info = this.info(node);
    if (this.phase === Phase.Propagate) info.restriction = restriction;
    else if (this.phase === Phase.Retype) info.rep = rep;
  }

  private change(node: Node, opcode: Opcode, parameter?: unknown): void {
    node.op = operator(opcode, parameter);
  }

  /** Replaces a node that had effect and control by a pure operator. */
  private toPure(node: Node, opcode: Opcode, parameter?: unknown): void {
    if (node.op.effectIn > 0) {
      const effect = node.effect;
      const control = node.control;
      node.replaceUsesByKind(undefined, effect, control);
      node.truncateInputs(node.op.valueIn);
    } else if (node.inputs.length > node.op.valueIn) node.truncateInputs(node.op.valueIn);
    const needsControl = operatorNeedsControl(opcode);
    node.op = operator(opcode, parameter);
    if (needsControl) node.appendInput(this.graph.start);
  }

  private defer(node: Node, by: Node): void {
    if (node.op.effectIn > 0)
      node.replaceUsesByKind(undefined, node.effect, node.op.controlIn > 0 ? node.control : undefined);
    this.replacements.push([node, by]);
    // Values that refer to the replaced node see the replacement's representation.
    const info = this.info(by);
    if (this.infos[by.id] === undefined || info.rep === Rep.None) info.rep = this.info(node).rep;
    if (info.feedbackType === undefined) info.feedbackType = this.info(node).feedbackType;
  }

  private binop(node: Node, left: UseInfo, right: UseInfo, rep: Rep, restriction: Type = Types.Any): void {
    this.input(node, 0, left);
    this.input(node, 1, right);
    this.rest(node, 2);
    this.output(node, rep, restriction);
  }

  private unop(node: Node, use: UseInfo, rep: Rep, restriction: Type = Types.Any): void {
    this.input(node, 0, use);
    this.rest(node, 1);
    this.output(node, rep, restriction);
  }

  /** Both inputs by their static types. */
  private bothUpper(node: Node, type: Type): boolean {
    return is(this.upper(node.value(0)), type) && is(this.upper(node.value(1)), type);
  }

  private both(node: Node, type: Type): boolean {
    return is(this.typeOf(node.value(0)), type) && is(this.typeOf(node.value(1)), type);
  }

  // --- the visit ----------------------------------------------------------------------------------------------------------

  private visit(node: Node): void {
    const truncation = this.info(node).truncation;
    const { opcode } = node;
    switch (opcode) {
      case 'Start':
      case 'Parameter':
      case 'OsrValue':
        this.rest(node, 0);
        this.output(node, node.op.valueOut > 0 && opcode !== 'Start' ? Rep.Tagged : Rep.None);
        return;
      case 'Int32Constant':
        return this.output(node, Rep.Word32);
      case 'Float64Constant':
        return this.output(node, Rep.Float64);
      case 'Int64Constant':
      case 'ExternalConstant':
        return this.output(node, Rep.Word64);
      case 'HeapConstant':
        return this.output(node, Rep.TaggedPointer);
      case 'SmiConstant':
        return this.output(node, Rep.TaggedSigned);
      case 'NumberConstant': {
        const n = node.parameter<number>();
        const smi = Number.isInteger(n) && n >= -0x40000000 && n <= 0x3fffffff && !Object.is(n, -0);
        return this.output(node, smi ? Rep.TaggedSigned : Rep.Tagged);
      }
      case 'Phi':
        return this.visitPhi(node, truncation);
      case 'Select':
        return this.visitSelect(node, truncation);
      case 'FrameState':
        return this.visitFrameState(node);
      case 'StateValues':
        return this.visitStateValues(node);
      case 'ObjectState':
        return this.visitObjectState(node);
      case 'Branch':
        this.input(node, 0, Uses.bool);
        return this.rest(node, 1);
      case 'Switch':
        this.input(node, 0, Uses.truncatingWord32);
        return this.rest(node, 1);
      case 'Return':
        this.input(node, 0, Uses.anyTagged);
        return this.rest(node, 1);
      case 'DeoptimizeIf':
      case 'DeoptimizeUnless':
        this.input(node, 0, Uses.bool);
        return this.rest(node, 1);
      case 'TypeGuard':
        this.unop(node, repUse(this.outputRepOf(node.value(0))), this.outputRepOf(node.value(0)));
        if (this.lower) this.defer(node, node.value(0));
        return;
      case 'FinishRegion':
        this.input(node, 0, Uses.anyTagged);
        this.rest(node, 1);
        return this.output(node, Rep.TaggedPointer);
      case 'Projection':
        this.input(node, 0, Uses.none);
        this.rest(node, 1);
        return this.output(node, Rep.Tagged);

      // booleans
      case 'BooleanNot':
        this.unop(node, Uses.bool, Rep.Bit);
        if (this.lower) {
          node.appendInput(this.graph.int32(0));
          node.op = operator('Word32Equal');
        }
        return;
      case 'ToBoolean':
        // The conversion to a bit does the work.
        this.unop(node, Uses.bool, Rep.Bit);
        if (this.lower) this.defer(node, node.value(0));
        return;
      case 'NumberToBoolean':
        this.unop(node, Uses.float64, Rep.Bit);
        if (this.lower) {
          const abs = this.graph.newNode('Float64Abs', undefined, [node.value(0)]);
          this.defer(node, this.graph.newNode('Float64LessThan', undefined, [this.graph.float64(0), abs]));
        }
        return;
      case 'ReferenceEqual':
        this.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.Bit);
        if (this.lower) this.change(node, 'TaggedEqual');
        return;

      // number comparisons
      case 'NumberEqual':
      case 'NumberLessThan':
      case 'NumberLessThanOrEqual':
        return this.visitNumberCompare(node, undefined);
      case 'SpeculativeNumberEqual':
      case 'SpeculativeNumberLessThan':
      case 'SpeculativeNumberLessThanOrEqual':
        return this.visitNumberCompare(node, node.parameter<HintParameter>());

      // arithmetic
      case 'SpeculativeSmallIntegerAdd':
      case 'SpeculativeSmallIntegerSubtract':
      case 'SpeculativeAdditiveSafeIntegerAdd':
      case 'SpeculativeAdditiveSafeIntegerSubtract':
        return this.visitSmallIntegerAdditive(node, truncation);
      case 'SpeculativeNumberAdd':
      case 'SpeculativeNumberSubtract':
        return this.visitSpeculativeAdditive(node, truncation);
      case 'NumberAdd':
      case 'NumberSubtract':
        if (
          this.bothUpper(node, Types.AdditiveSafeIntegerOrMinusZero) &&
          (is(this.upper(node), Types.Signed32) || is(this.upper(node), Types.Unsigned32) || usedAsWord32(truncation))
        )
          return this.wordBinop(node, NUMBER_TO_WORD[opcode]!);
        return this.floatBinop(node, NUMBER_TO_FLOAT[opcode]!);
      case 'SpeculativeNumberMultiply':
      case 'NumberMultiply':
        return this.visitMultiply(node, truncation);
      case 'SpeculativeNumberDivide':
      case 'NumberDivide':
        return this.visitDivide(node, truncation);
      case 'SpeculativeNumberModulus':
      case 'NumberModulus':
        return this.visitModulus(node, truncation);
      case 'SpeculativeNumberPow':
        return this.speculativeFloat(node, 'Float64Pow');
      case 'NumberPow':
      case 'NumberAtan2':
        return this.floatBinop(node, NUMBER_TO_FLOAT[opcode]!);
      case 'NumberMax':
      case 'NumberMin':
        return this.visitMinMax(node, truncation);
      case 'SpeculativeNumberBitwiseOr':
      case 'SpeculativeNumberBitwiseXor':
      case 'SpeculativeNumberBitwiseAnd':
      case 'SpeculativeNumberShiftLeft':
      case 'SpeculativeNumberShiftRight':
      case 'SpeculativeNumberShiftRightLogical':
        return this.visitSpeculativeWord32(node);
      case 'NumberBitwiseOr':
      case 'NumberBitwiseXor':
      case 'NumberBitwiseAnd':
      case 'NumberShiftLeft':
      case 'NumberShiftRight':
      case 'NumberShiftRightLogical':
      case 'NumberImul':
        return this.wordBinop(node, NUMBER_TO_WORD[opcode]!);
      case 'NumberClz32':
        this.unop(node, Uses.truncatingWord32, Rep.Word32);
        if (this.lower) this.change(node, 'Word32Clz');
        return;
      case 'NumberToInt32':
      case 'NumberToUint32':
        this.unop(node, Uses.truncatingWord32, Rep.Word32);
        if (this.lower) this.defer(node, node.value(0));
        return;
      case 'NumberAbs':
      case 'NumberFloor':
      case 'NumberCeil':
      case 'NumberTrunc':
      case 'NumberRound':
      case 'NumberSqrt':
      case 'NumberSin':
      case 'NumberCos':
      case 'NumberTan':
      case 'NumberExp':
      case 'NumberLog':
      case 'NumberSign':
      case 'NumberFround':
        return this.visitNumberUnary(node);
      case 'NumberSilenceNaN':
        this.unop(node, Uses.float64, Rep.Float64);
        if (this.lower) this.change(node, 'Float64SilenceNaN');
        return;
      case 'NumberIsNaN':
        this.unop(node, Uses.float64, Rep.Bit);
        if (this.lower) {
          const equal = this.graph.newNode('Float64Equal', undefined, [node.value(0), node.value(0)]);
          this.defer(node, this.changer.not(equal));
        }
        return;
      case 'SpeculativeToNumber':
        return this.visitSpeculativeToNumber(node, truncation);
      case 'PlainPrimitiveToNumber':
        this.unop(node, Uses.anyTagged, Rep.Tagged);
        return;

      case 'SpeculativeBigIntAdd':
      case 'SpeculativeBigIntSubtract':
      case 'SpeculativeBigIntMultiply':
        return this.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.TaggedPointer);

      // strings
      case 'StringLength':
        this.unop(node, Uses.taggedPointer, Rep.Word32);
        return;
      case 'StringCharCodeAt':
        this.input(node, 0, Uses.taggedPointer);
        this.input(node, 1, Uses.word32);
        this.rest(node, 2);
        return this.output(node, Rep.Word32);
      case 'StringFromSingleCharCode':
        return this.unop(node, Uses.truncatingWord32, Rep.TaggedPointer);
      case 'StringEqual':
      case 'StringLessThan':
      case 'StringLessThanOrEqual':
        return this.binop(node, Uses.taggedPointer, Uses.taggedPointer, Rep.TaggedPointer);
      case 'StringConcat':
        this.input(node, 0, Uses.anyTagged);
        this.input(node, 1, Uses.taggedPointer);
        this.input(node, 2, Uses.taggedPointer);
        return this.output(node, Rep.TaggedPointer);

      // checks
      case 'CheckBounds':
        return this.visitCheckBounds(node);
      case 'CheckHeapObject':
        if ((this.typeOf(node.value(0)).bits & Bits.Signed31) === 0 && isTaggedRep(this.outputRepOf(node.value(0)))) {
          this.unop(node, Uses.anyTagged, Rep.TaggedPointer);
          if (this.lower) this.defer(node, node.value(0));
          return;
        }
        this.unop(node, Uses.checkedHeapObject(feedbackOf(node)), Rep.TaggedPointer);
        if (this.lower) this.defer(node, node.value(0));
        return;
      case 'CheckSmi':
        // Word32 if the use truncates (V8: VisitCheck… with SmiUse).
        if (usedAsWord32(truncation)) {
          this.unop(node, Uses.checkedSmiAsWord32(truncation.identifyZeros, feedbackOf(node)), Rep.Word32);
          if (this.lower) this.defer(node, node.value(0));
        } else {
          this.unop(node, Uses.checkedSmi(feedbackOf(node)), Rep.TaggedSigned);
          if (this.lower) this.defer(node, node.value(0));
        }
        return;
      case 'CheckNumber': {
        if (is(this.typeOf(node.value(0)), Types.Number)) {
          this.unop(node, repUse(this.outputRepOf(node.value(0))), this.outputRepOf(node.value(0)));
          if (this.lower) this.defer(node, node.value(0));
        } else {
          this.unop(node, Uses.checkedNumberAsFloat64(false, feedbackOf(node)), Rep.Float64);
          if (this.lower) this.defer(node, node.value(0));
        }
        return;
      }
      case 'CheckString':
      case 'CheckInternalizedString':
      case 'CheckSymbol':
      case 'CheckBigInt':
      case 'CheckReceiver':
      case 'CheckReceiverOrNullOrUndefined':
        return this.visitCheck(node, opcode);
      case 'TransitionElementsKind':
      case 'CheckMaps':
        this.input(node, 0, Uses.taggedPointer);
        return this.rest(node, 1);
      case 'CompareMaps':
        this.unop(node, Uses.taggedPointer, Rep.Bit);
        return;
      case 'CheckIf':
        this.input(node, 0, Uses.bool);
        return this.rest(node, 1);
      case 'CheckValue':
        this.input(node, 0, Uses.anyTagged);
        return this.rest(node, 1);
      case 'CheckClosure':
        return this.unop(node, Uses.checkedHeapObject(), Rep.TaggedPointer);
      case 'CheckEqualsInternalizedString':
      case 'CheckEqualsSymbol':
        this.input(node, 0, Uses.anyTagged);
        this.input(node, 1, Uses.anyTagged);
        return this.rest(node, 2);
      case 'CheckFloat64Hole':
        return this.visitCheckFloat64Hole(node, truncation);
      case 'CheckNotTaggedHole':
        return this.unop(node, Uses.anyTagged, Rep.Tagged);
      case 'ConvertTaggedHoleToUndefined':
        if (
          is(this.typeOf(node.value(0)), bitset(Bits.Number | Bits.Hole | Bits.Undefined)) &&
          usedAsWord32(truncation)
        ) {
          // The hole converts to 0 as undefined does.
        }
        this.unop(node, Uses.anyTagged, Rep.Tagged);
        if (this.lower && (this.typeOf(node.value(0)).bits & Bits.Hole) === 0) this.defer(node, node.value(0));
        return;

      // memory
      case 'LoadField': {
        const access = node.parameter<FieldAccess>();
        this.input(node, 0, access.untagged === true ? Uses.word : Uses.taggedPointer);
        this.rest(node, 1);
        return this.output(node, registerRep(access.machineType));
      }
      case 'StoreField': {
        const access = node.parameter<FieldAccess>();
        this.input(node, 0, access.untagged === true ? Uses.word : Uses.taggedPointer);
        this.input(node, 1, this.storeUse(access.machineType, node.value(1)));
        this.rest(node, 2);
        if (this.lower)
          node.op = operator('StoreField', { ...access, barrier: this.barrier(access.barrier, node.value(1)) });
        return;
      }
      case 'LoadElement': {
        const access = node.parameter<ElementAccess>();
        this.input(node, 0, Uses.taggedPointer);
        this.input(node, 1, Uses.word32);
        this.rest(node, 2);
        return this.output(node, registerRep(access.machineType));
      }
      case 'StoreElement': {
        const access = node.parameter<ElementAccess>();
        this.input(node, 0, Uses.taggedPointer);
        this.input(node, 1, Uses.word32);
        this.input(node, 2, this.storeUse(access.machineType, node.value(2)));
        this.rest(node, 3);
        if (this.lower)
          node.op = operator('StoreElement', { ...access, barrier: this.barrier(access.barrier, node.value(2)) });
        return;
      }
      case 'Allocate':
        this.input(node, 0, Uses.word32);
        this.rest(node, 1);
        return this.output(node, Rep.TaggedPointer);
      case 'MaybeGrowFastElements':
        this.input(node, 0, Uses.taggedPointer);
        this.input(node, 1, Uses.taggedPointer);
        this.input(node, 2, Uses.word32);
        this.input(node, 3, Uses.word32);
        this.rest(node, 4);
        return this.output(node, Rep.TaggedPointer);
      case 'EnsureWritableFastElements':
        this.input(node, 0, Uses.taggedPointer);
        this.input(node, 1, Uses.taggedPointer);
        this.rest(node, 2);
        return this.output(node, Rep.TaggedPointer);

      // predicates
      case 'ObjectIsNumber':
        this.unop(node, Uses.anyTagged, Rep.Bit);
        if (this.lower && is(this.typeOf(node.value(0)), Types.Number)) this.defer(node, this.graph.int32(1));
        return;
      case 'ObjectIsSmi':
      case 'ObjectIsString':
      case 'ObjectIsSymbol':
      case 'ObjectIsBigInt':
      case 'ObjectIsCallable':
      case 'ObjectIsDetectableCallable':
      case 'ObjectIsReceiver':
      case 'ObjectIsNonCallable':
      case 'ObjectIsUndetectable':
        return this.unop(node, Uses.anyTagged, Rep.Bit);
      case 'TypeOf':
        return this.unop(node, Uses.anyTagged, Rep.TaggedPointer);
      case 'SameValue':
        return this.visitSameValue(node);
      case 'NumberSameValue':
        return this.binop(node, Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Bit);
      case 'Int32Add':
      case 'Word32And':
        return this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
      default:
        return this.visitOther(node);
    }
  }

  /** Numbers are compared as such; where either is a value that is only the same as itself, words are. */
  private visitSameValue(node: Node): void {
    const types = [this.typeOf(node.value(0)), this.typeOf(node.value(1))];
    if (types.every((type) => is(type, Types.Number))) {
      this.binop(node, Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Bit);
      if (this.lower) this.change(node, 'NumberSameValue');
      return;
    }
    this.binop(node, Uses.anyTagged, Uses.anyTagged, Rep.Bit);
    if (this.lower && types.some((type) => is(type, Types.Unique))) this.change(node, 'TaggedEqual');
  }

  /** Calls, JavaScript operators, control: all values tagged. */
  private visitOther(node: Node): void {
    for (let i = 0; i < node.op.valueIn; i++) this.input(node, i, Uses.anyTagged);
    for (let i = 0; i < node.op.contextIn; i++) this.input(node, node.contextIndex + i, Uses.anyTagged);
    this.rest(node, node.frameStateIndex);
    if (node.op.valueOut > 0) this.output(node, node.op.row.type?.rep ?? Rep.Tagged);
  }

  private outputRepOf(node: Node): Rep {
    const rep = this.infos[node.id]?.rep;
    return rep === undefined || rep === Rep.None ? Rep.Tagged : rep;
  }

  private upper(node: Node): Type {
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

  private visitPhi(node: Node, truncation: UseTruncation): void {
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

  private visitSelect(node: Node, truncation: UseTruncation): void {
    const rep = this.phase === Phase.Lower ? this.info(node).rep : this.phiRep(this.typeOf(node), truncation);
    this.input(node, 0, Uses.bool);
    this.output(node, rep);
    const use: UseInfo = { rep, truncation, check: 'none', minusZero: CheckForMinusZero.Check, feedback: undefined };
    this.input(node, 1, use);
    this.input(node, 2, use);
    if (this.lower) node.machineType = this.machineTypeFor(rep, this.typeOf(node));
  }

  private machineTypeFor(rep: Rep, type: Type): MachineType {
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
  private deoptType(node: Node): MachineType {
    const info = this.infos[node.id];
    const rep = info?.rep ?? Rep.Tagged;
    if (rep === Rep.None) return MachineTypes.AnyTagged;
    return this.machineTypeFor(rep, this.typeOf(node));
  }

  private visitFrameState(node: Node): void {
    // parameters, locals, stack are StateValues; context and function tagged.
    for (let i = 0; i < 3; i++) this.input(node, i, Uses.any);
    this.input(node, 3, Uses.anyTagged);
    this.input(node, 4, Uses.anyTagged);
    this.rest(node, 5);
    this.output(node, Rep.Tagged);
  }

  private visitStateValues(node: Node): void {
    for (let i = 0; i < node.inputs.length; i++) this.input(node, i, Uses.any);
    this.output(node, Rep.Tagged);
    if (!this.lower) return;
    const p = node.parameter<StateValuesParameters>();
    const types = node.inputs.map((n) => this.deoptType(n));
    node.op = operator('TypedStateValues', { present: p.present, types } satisfies StateValuesParameters, {
      valueIn: node.inputs.length,
    });
  }

  private visitObjectState(node: Node): void {
    for (let i = 0; i < node.inputs.length; i++) this.input(node, i, Uses.any);
    this.output(node, Rep.Tagged);
    if (!this.lower) return;
    const p = node.parameter<ObjectStateParameters>();
    node.op = operator(
      'TypedObjectState',
      { id: p.id, types: node.inputs.map((n) => this.deoptType(n)) },
      { valueIn: node.inputs.length },
    );
  }

  // --- arithmetic ------------------------------------------------------------------------------------------------------------

  private floatBinop(node: Node, opcode: Opcode): void {
    this.binop(node, Uses.truncatingFloat64(), Uses.truncatingFloat64(), Rep.Float64);
    if (this.lower) this.toPure(node, opcode);
  }

  private wordBinop(node: Node, opcode: Opcode): void {
    this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
    if (this.lower) this.toPure(node, opcode);
  }

  private hintUse(hint: HintParameter, identifyZeros: boolean): UseInfo {
    switch (hint.hint) {
      case 'SignedSmall':
      case 'SignedSmallInputs':
        return Uses.checkedSmiAsWord32(identifyZeros, hint.feedback);
      case 'Number':
      case 'AdditiveSafeInteger':
        return Uses.checkedNumberAsFloat64(identifyZeros, hint.feedback);
      case 'NumberOrBoolean':
        return Uses.checkedNumberOrBooleanAsFloat64(hint.feedback);
      default:
        return Uses.checkedNumberOrOddballAsFloat64(identifyZeros, hint.feedback);
    }
  }

  private speculativeFloat(node: Node, opcode: Opcode): void {
    const hint = node.parameter<HintParameter>();
    // V8 checks for oddballs too, whatever the hint.
    const use = Uses.checkedNumberOrOddballAsFloat64(false, hint.feedback);
    this.binop(node, use, use, Rep.Float64, Types.Number);
    if (this.lower) this.toPure(node, opcode);
  }

  /** V8: VisitSpeculativeIntegerAdditiveOp. */
  private visitSmallIntegerAdditive(node: Node, truncation: UseTruncation): void {
    const left = this.upper(node.value(0));
    const right = this.upper(node.value(1));
    const number = numberOperator(node.opcode)!;
    const hint = node.parameter<HintParameter>();
    const type = this.upper(node);
    if (
      is(left, Types.AdditiveSafeIntegerOrMinusZero) &&
      is(right, Types.AdditiveSafeIntegerOrMinusZero) &&
      this.staticWord32(node, type, truncation)
    ) {
      // Nothing can overflow, or the overflow is cut off.
      this.wordBinop(node, NUMBER_TO_WORD[number]!);
      return;
    }
    // A left zero that is −0 shows only if the right is −0 too.
    const leftZeros = number === 'NumberAdd' ? !maybe(right, Types.MinusZero) : !maybe(right, range00);
    const leftUse = this.smallUse(left, hint, truncation.identifyZeros || leftZeros);
    const rightUse = this.smallUse(right, hint, true);
    if (usedAsWord32(truncation)) {
      this.binop(node, leftUse, rightUse, Rep.Word32);
      if (this.lower) this.toPure(node, NUMBER_TO_WORD[number]!);
      return;
    }
    this.binop(node, leftUse, rightUse, Rep.Word32, Types.Signed32);
    if (this.lower) {
      const safe = this.cannotOverflow(node);
      if (safe) this.toPure(node, NUMBER_TO_WORD[number]!);
      else
        this.change(node, number === 'NumberAdd' ? 'CheckedInt32Add' : 'CheckedInt32Sub', { feedback: hint.feedback });
    }
  }

  private staticWord32(node: Node, type: Type, truncation: UseTruncation): boolean {
    const t = node.type ?? type;
    return is(t, Types.Signed32) || is(t, Types.Unsigned32) || usedAsWord32(truncation);
  }

  private smallUse(type: Type, hint: HintParameter, identifyZeros: boolean): UseInfo {
    if (is(type, Types.Signed32)) return Uses.truncatingWord32;
    return hint.hint === 'SignedSmall' || hint.hint === 'SignedSmallInputs'
      ? Uses.checkedSmiAsWord32(identifyZeros, hint.feedback)
      : Uses.checkedSigned32AsWord32(identifyZeros, hint.feedback);
  }

  private cannotOverflow(node: Node): boolean {
    const [a, b] = [this.typeOf(node.value(0)), this.typeOf(node.value(1))];
    if (a.min === undefined || b.min === undefined || !is(a, Types.Signed32) || !is(b, Types.Signed32)) return false;
    const add = numberOperator(node.opcode) === 'NumberAdd';
    const min = add ? a.min + b.min : a.min - b.max!;
    const max = add ? a.max! + b.max! : a.max! - b.min;
    return min >= -0x80000000 && max <= 0x7fffffff;
  }

  private visitSpeculativeAdditive(node: Node, truncation: UseTruncation): void {
    const number = numberOperator(node.opcode)!;
    const type = this.upper(node);
    if (
      this.bothUpper(node, Types.AdditiveSafeIntegerOrMinusZero) &&
      (is(type, Types.Signed32) || is(type, Types.Unsigned32) || usedAsWord32(truncation))
    )
      return this.wordBinop(node, NUMBER_TO_WORD[number]!);
    return this.speculativeFloat(node, NUMBER_TO_FLOAT[number]!);
  }

  private visitMultiply(node: Node, truncation: UseTruncation): void {
    const type = this.upper(node);
    const hint = node.opcode === 'NumberMultiply' ? undefined : node.parameter<HintParameter>();
    const integers = this.bothUpper(node, { ...Types.Integer, bits: Types.Integer.bits | Bits.MinusZero });
    if (
      integers &&
      (is(type, Types.Signed32) ||
        is(type, Types.Unsigned32) ||
        (usedAsWord32(truncation) && is(type, Types.SafeIntegerOrMinusZero)))
    )
      return this.wordBinop(node, 'Int32Mul');
    const small = hint !== undefined && (hint.hint === 'SignedSmall' || hint.hint === 'SignedSmallInputs');
    if (small && hint!.hint === 'SignedSmall') {
      // Int32 multiplication with overflow and minus zero checks.
      const use = Uses.checkedSmiAsWord32(truncation.identifyZeros, hint!.feedback);
      if (this.both(node, Types.Signed32))
        this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32, Types.Signed32);
      else
        this.binop(
          node,
          is(this.typeOf(node.value(0)), Types.Signed32) ? Uses.truncatingWord32 : use,
          is(this.typeOf(node.value(1)), Types.Signed32) ? Uses.truncatingWord32 : use,
          Rep.Word32,
          Types.Signed32,
        );
      if (this.lower) {
        const unchecked = typeOperation(node, (n) => this.typeOf(n)) ?? Types.Number;
        const minusZero =
          truncation.identifyZeros || !maybe(unchecked, Types.MinusZero)
            ? CheckForMinusZero.DontCheck
            : CheckForMinusZero.Check;
        this.change(node, 'CheckedInt32Mul', { feedback: hint!.feedback, minusZero });
      }
      return;
    }
    if (hint !== undefined) return this.speculativeFloat(node, 'Float64Mul');
    return this.floatBinop(node, 'Float64Mul');
  }

  private visitDivide(node: Node, truncation: UseTruncation): void {
    const hint = node.opcode === 'NumberDivide' ? undefined : node.parameter<HintParameter>();
    if (this.both(node, Types.Signed32) && usedAsWord32(truncation)) {
      // Truncated division; the divisor may be zero: left to double arithmetic unless it is a constant.
      const d = node.value(1);
      if (d.opcode === 'NumberConstant' && d.parameter<number>() > 0) {
        this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
        if (this.lower) this.toPure(node, 'Int32Div');
        return;
      }
    }
    if (hint !== undefined && hint.hint === 'SignedSmall') {
      const use = (i: number): UseInfo =>
        is(this.typeOf(node.value(i)), Types.Signed32)
          ? Uses.truncatingWord32
          : Uses.checkedSmiAsWord32(i === 0 ? truncation.identifyZeros : false, hint.feedback);
      this.binop(node, use(0), use(1), Rep.Word32, Types.Signed32);
      if (this.lower)
        this.change(node, 'CheckedInt32Div', {
          feedback: hint.feedback,
          minusZero: truncation.identifyZeros ? CheckForMinusZero.DontCheck : CheckForMinusZero.Check,
        });
      return;
    }
    if (hint !== undefined) return this.speculativeFloat(node, 'Float64Div');
    return this.floatBinop(node, 'Float64Div');
  }

  private visitModulus(node: Node, truncation: UseTruncation): void {
    const hint = node.opcode === 'NumberModulus' ? undefined : node.parameter<HintParameter>();
    const d = node.value(1);
    const positiveConstant =
      d.opcode === 'NumberConstant' &&
      Number.isInteger(d.parameter<number>()) &&
      d.parameter<number>() > 0 &&
      d.parameter<number>() <= 0x7fffffff;
    const left = this.typeOf(node.value(0));
    if (positiveConstant && is(left, Types.Unsigned32) && !is(left, Types.Signed32)) {
      this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
      if (this.lower) this.toPure(node, 'Uint32Mod');
      return;
    }
    if (
      positiveConstant &&
      is(left, { ...Types.Signed32, bits: Types.Signed32.bits | Bits.MinusZero }) &&
      (usedAsWord32(truncation) || truncation.identifyZeros || (left.min !== undefined && left.min >= 0))
    ) {
      this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
      if (this.lower) this.toPure(node, 'Int32Mod');
      return;
    }
    if (hint !== undefined && (hint.hint === 'SignedSmall' || hint.hint === 'SignedSmallInputs')) {
      const use = (i: number): UseInfo =>
        is(this.typeOf(node.value(i)), Types.Signed32)
          ? Uses.truncatingWord32
          : Uses.checkedSmiAsWord32(i === 1 || truncation.identifyZeros, hint.feedback);
      this.binop(node, use(0), use(1), Rep.Word32, Types.Signed32);
      if (this.lower)
        this.change(node, 'CheckedInt32Mod', {
          feedback: hint.feedback,
          minusZero:
            truncation.identifyZeros || usedAsWord32(truncation)
              ? CheckForMinusZero.DontCheck
              : CheckForMinusZero.Check,
        });
      return;
    }
    if (hint !== undefined) return this.speculativeFloat(node, 'Float64Mod');
    return this.floatBinop(node, 'Float64Mod');
  }

  private visitMinMax(node: Node, truncation: UseTruncation): void {
    void truncation;
    if (this.both(node, Types.Signed32)) {
      this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
      if (this.lower) {
        const [a, b] = [node.value(0), node.value(1)];
        const less = this.graph.newNode('Int32LessThan', undefined, [a, b]);
        const select = this.graph.newNode(
          'Select',
          undefined,
          node.opcode === 'NumberMax' ? [less, b, a] : [less, a, b],
        );
        select.machineType = MachineTypes.Int32;
        this.defer(node, select);
      }
      return;
    }
    this.floatBinop(node, NUMBER_TO_FLOAT[node.opcode]!);
  }

  private visitSpeculativeWord32(node: Node): void {
    const number = numberOperator(node.opcode)!;
    const hint = node.parameter<HintParameter>();
    const machine = NUMBER_TO_WORD[number]!;
    const unsigned = number === 'NumberShiftRightLogical';
    if (this.both(node, Types.NumberOrOddball)) {
      this.wordBinop(node, machine);
      return;
    }
    const use = (i: number): UseInfo => {
      if (is(this.typeOf(node.value(i)), Types.NumberOrOddball)) return Uses.truncatingWord32;
      switch (hint.hint) {
        case 'SignedSmall':
        case 'SignedSmallInputs':
          return {
            ...Uses.checkedSmiAsWord32(true, hint.feedback),
            truncation: { kind: Truncation.Word32, identifyZeros: true },
          };
        case 'Number':
          return Uses.checkedNumberAsWord32(hint.feedback);
        default:
          return Uses.checkedNumberOrOddballAsWord32(hint.feedback);
      }
    };
    this.binop(node, use(0), use(1), Rep.Word32, unsigned ? Types.Unsigned32 : Types.Signed32);
    if (this.lower) this.toPure(node, machine);
  }

  private visitNumberCompare(node: Node, hint: HintParameter | undefined): void {
    const number = node.opcode.replace('Speculative', '') as Opcode;
    const words: [Opcode, Opcode, Opcode] =
      number === 'NumberEqual'
        ? ['Word32Equal', 'Word32Equal', 'Float64Equal']
        : number === 'NumberLessThan'
          ? ['Int32LessThan', 'Uint32LessThan', 'Float64LessThan']
          : ['Int32LessThanOrEqual', 'Uint32LessThanOrEqual', 'Float64LessThanOrEqual'];
    const signed = { ...Types.Signed32, bits: Types.Signed32.bits | Bits.MinusZero };
    const unsigned = { ...Types.Unsigned32, bits: Types.Unsigned32.bits | Bits.MinusZero };
    if (this.both(node, signed)) {
      this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Bit);
      if (this.lower) this.toPure(node, words[0]);
      return;
    }
    if (this.both(node, unsigned)) {
      this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Bit);
      if (this.lower) this.toPure(node, words[1]);
      return;
    }
    if (hint !== undefined && hint.hint === 'SignedSmall') {
      const use = (i: number): UseInfo =>
        is(this.typeOf(node.value(i)), Types.Signed32)
          ? Uses.truncatingWord32
          : Uses.checkedSmiAsWord32(true, hint.feedback);
      this.binop(node, use(0), use(1), Rep.Bit);
      if (this.lower) this.toPure(node, words[0]);
      return;
    }
    if (hint === undefined) {
      this.binop(node, Uses.truncatingFloat64(true), Uses.truncatingFloat64(true), Rep.Bit);
    } else {
      const use =
        hint.hint === 'NumberOrBoolean'
          ? Uses.checkedNumberOrBooleanAsFloat64(hint.feedback)
          : this.hintUse(hint, true);
      this.binop(node, use, use, Rep.Bit);
    }
    if (this.lower) this.toPure(node, words[2]);
  }

  private visitNumberUnary(node: Node): void {
    const t = this.typeOf(node.value(0));
    const { opcode } = node;
    if (opcode === 'NumberFloor' || opcode === 'NumberCeil' || opcode === 'NumberRound' || opcode === 'NumberTrunc') {
      if (is(t, Types.Signed32)) {
        this.unop(node, Uses.truncatingWord32, Rep.Word32);
        if (this.lower) this.defer(node, node.value(0));
        return;
      }
    }
    if (opcode === 'NumberAbs' && is(t, Types.Signed32)) {
      // |−2³¹| is not an int32, but is an uint32.
      this.unop(node, Uses.truncatingWord32, Rep.Word32);
      if (this.lower) {
        const input = node.value(0);
        const sign = this.graph.newNode('Word32Sar', undefined, [input, this.graph.int32(31)]);
        const flipped = this.graph.newNode('Word32Xor', undefined, [input, sign]);
        const out = this.graph.newNode('Int32Sub', undefined, [flipped, sign]);
        out.machineType = MachineTypes.Uint32;
        this.defer(node, out);
      }
      return;
    }
    this.unop(node, Uses.truncatingFloat64(), Rep.Float64);
    if (!this.lower) return;
    const direct = NUMBER_TO_FLOAT[opcode];
    if (direct !== undefined) return this.change(node, direct);
    const input = node.value(0);
    const f = (op: Opcode, ...inputs: Node[]): Node => this.graph.newNode(op, undefined, inputs);
    switch (opcode) {
      case 'NumberAbs':
        return this.change(node, 'Float64Abs');
      case 'NumberFround':
        return this.defer(node, f('ChangeFloat32ToFloat64', f('TruncateFloat64ToFloat32', input)));
      case 'NumberRound': {
        // ceil(x), less one if that is more than a half above x: ceil − ½ is exact, x + ½ would not be.
        const ceil = f('Float64RoundUp', input);
        const near = f('Float64LessThanOrEqual', f('Float64Sub', ceil, this.graph.float64(0.5)), input);
        const select = f('Select', near, ceil, f('Float64Sub', ceil, this.graph.float64(1)));
        select.machineType = MachineTypes.Float64;
        return this.defer(node, select);
      }
      default: {
        // NumberSign
        const inner = f('Select', f('Float64LessThan', this.graph.float64(0), input), this.graph.float64(1), input);
        inner.machineType = MachineTypes.Float64;
        const select = f('Select', f('Float64LessThan', input, this.graph.float64(0)), this.graph.float64(-1), inner);
        select.machineType = MachineTypes.Float64;
        return this.defer(node, select);
      }
    }
  }

  private visitSpeculativeToNumber(node: Node, truncation: UseTruncation): void {
    const hint = node.parameter<HintParameter>();
    const t = this.typeOf(node.value(0));
    if (is(t, Types.Number)) {
      const rep = this.outputRepOf(node.value(0));
      this.unop(node, repUse(this.lower ? rep : Rep.None, truncation), rep);
      if (this.lower) this.defer(node, node.value(0));
      return;
    }
    if (hint.hint === 'SignedSmall' || hint.hint === 'SignedSmallInputs') {
      this.unop(
        node,
        usedAsWord32(truncation)
          ? Uses.checkedSmiAsWord32(true, hint.feedback)
          : Uses.checkedSmiAsWord32(truncation.identifyZeros, hint.feedback),
        Rep.Word32,
        Types.SignedSmall,
      );
    } else if (usedAsWord32(truncation)) {
      this.unop(
        node,
        hint.hint === 'Number'
          ? Uses.checkedNumberAsWord32(hint.feedback)
          : Uses.checkedNumberOrOddballAsWord32(hint.feedback),
        Rep.Word32,
      );
    } else {
      this.unop(
        node,
        hint.hint === 'Number'
          ? Uses.checkedNumberAsFloat64(false, hint.feedback)
          : Uses.checkedNumberOrOddballAsFloat64(false, hint.feedback),
        Rep.Float64,
        Types.Number,
      );
    }
    if (this.lower) this.defer(node, node.value(0));
  }

  // --- checks ----------------------------------------------------------------------------------------------------------------

  private visitCheck(node: Node, opcode: Opcode): void {
    const want =
      opcode === 'CheckString'
        ? Types.String
        : opcode === 'CheckInternalizedString'
          ? Types.InternalizedString
          : opcode === 'CheckSymbol'
            ? Types.Symbol
            : opcode === 'CheckBigInt'
              ? Types.BigInt
              : opcode === 'CheckReceiver'
                ? Types.Receiver
                : bitset(Bits.Receiver | Bits.Null | Bits.Undefined);
    if (is(this.typeOf(node.value(0)), want)) {
      this.unop(node, Uses.anyTagged, Rep.TaggedPointer);
      if (this.lower) this.defer(node, node.value(0));
      return;
    }
    this.unop(node, Uses.checkedHeapObject(feedbackOf(node)), Rep.TaggedPointer);
  }

  private visitCheckBounds(node: Node): void {
    const p = node.parameter<CheckBoundsParameters>();
    const index = this.typeOf(node.value(0));
    const length = this.typeOf(node.value(1));
    if (is(length, Types.Unsigned32)) {
      // As uint32, negative indices are beyond every length.
      if (is(index, p.convert ? Types.Integral32OrMinusZero : Types.Integral32)) {
        this.binop(node, Uses.truncatingWord32, Uses.truncatingWord32, Rep.Word32);
        if (this.lower) {
          const inRange =
            index.min !== undefined && index.min >= 0 && length.min !== undefined && index.max! < length.min;
          if (inRange) this.defer(node, node.value(0));
          else this.change(node, 'CheckedUint32Bounds', { feedback: p.feedback });
        }
        return;
      }
      const use = p.convert ? Uses.checkedArrayIndex(p.feedback) : Uses.checkedSigned32AsWord32(false, p.feedback);
      this.binop(node, use, Uses.word32, Rep.Word32, Types.Unsigned32);
      if (this.lower) this.change(node, 'CheckedUint32Bounds', { feedback: p.feedback });
      return;
    }
    this.binop(node, Uses.checkedArrayIndex(p.feedback), Uses.checkedSigned32AsWord32(true, p.feedback), Rep.Word32);
    if (this.lower) this.change(node, 'CheckedUint32Bounds', { feedback: p.feedback });
  }

  private visitCheckFloat64Hole(node: Node, truncation: UseTruncation): void {
    const { allowHole } = node.parameter<{ allowHole: boolean }>();
    const input = this.typeOf(node.value(0));
    if ((input.bits & Bits.Hole) === 0) {
      this.unop(node, Uses.float64, Rep.Float64);
      if (this.lower) this.defer(node, node.value(0));
      return;
    }
    if (allowHole) {
      // The hole is undefined: NaN to arithmetic.
      this.unop(node, Uses.truncatingFloat64(), Rep.Float64);
      if (this.lower) {
        if (usedAsFloat64(truncation)) this.defer(node, node.value(0));
        else this.defer(node, node.value(0));
      }
      return;
    }
    this.unop(node, Uses.float64, Rep.Float64, Types.Number);
  }

  // --- memory ----------------------------------------------------------------------------------------------------------------

  private storeUse(type: MachineType, value: Node): UseInfo {
    switch (type.rep) {
      case Rep.TaggedSigned:
        return Uses.taggedSigned;
      case Rep.TaggedPointer:
        return is(this.typeOf(value), Types.Number) ? Uses.taggedPointer : Uses.anyTagged;
      case Rep.Tagged:
        return Uses.anyTagged;
      case Rep.Float64:
        return Uses.truncatingFloat64();
      case Rep.Word64:
        return Uses.word;
      default:
        return Uses.truncatingWord32;
    }
  }

  private barrier(kind: WriteBarrierKind, value: Node): WriteBarrierKind {
    if (kind === WriteBarrierKind.None) return kind;
    const t = value.type;
    if (
      value.opcode === 'SmiConstant' ||
      value.opcode === 'ChangeInt31ToTaggedSigned' ||
      (value.opcode === 'NumberConstant' && Number.isInteger(value.op.parameter))
    )
      return WriteBarrierKind.None;
    if (value.opcode === 'HeapConstant') {
      const word = value.parameter<number>();
      // Read-only and old constants never point into new space.
      if (word >>> 0 < 0x00400000 || word >>> 0 >= 0x04000000) return WriteBarrierKind.None;
    }
    if (t !== undefined && is(t, bitset(Bits.Boolean | Bits.Null | Bits.Undefined | Bits.Signed31)))
      return WriteBarrierKind.None;
    return kind;
  }

  /** After lowering: literals get their final form, every value a machine type. */
  private settleType(node: Node): void {
    const info = this.infos[node.id];
    const machine = node.op.row.type !== undefined && node.op.row.category === 'machine';
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
      const n = input.parameter<number>();
      const smi = Number.isInteger(n) && n >= -0x40000000 && n <= 0x3fffffff && !Object.is(n, -0);
      if (smi) {
        node.replaceInput(i, this.graph.smi(n));
        continue;
      }
      // A heap number literal: made when the code is, so that it is old. In frame states a double literal does.
      if (node.opcode === 'TypedStateValues' || node.opcode === 'TypedObjectState') {
        const p = node.parameter<StateValuesParameters>();
        const types = [...(p.types ?? [])];
        types[i] = MachineTypes.Float64;
        node.op = operator(node.opcode, { ...p, types }, { valueIn: node.inputs.length });
        node.replaceInput(i, this.graph.float64(n));
      } else node.replaceInput(i, this.graph.heapConstant(this.heapNumber(n)));
    }
  }

  /** Makes an old HeapNumber; set by the pipeline. */
  heapNumber: (value: number) => number = () => StaticRoot.NanValue;
}

const range00: Type = numberZero();
function numberZero(): Type {
  return { bits: Bits.Signed31, min: 0, max: 0, constant: undefined };
}

const feedbackOf = (node: Node): ReturnType<() => HintParameter['feedback']> =>
  node.parameter<{ feedback?: HintParameter['feedback'] } | undefined>()?.feedback;

/** Representation in a register of a value loaded with this memory type. */
function registerRep(type: MachineType): Rep {
  return type.rep === Rep.Word8 || type.rep === Rep.Word16 ? Rep.Word32 : type.rep;
}

const repUse = (rep: Rep, truncation: UseTruncation = { kind: Truncation.Any, identifyZeros: false }): UseInfo => ({
  rep,
  truncation,
  check: 'none',
  minusZero: CheckForMinusZero.Check,
  feedback: undefined,
});

const isTaggedRep = (rep: Rep): boolean => isTagged(rep);

const operatorNeedsControl = (opcode: Opcode): boolean =>
  opcode === 'Int32Div' || opcode === 'Int32Mod' || opcode === 'Uint32Div' || opcode === 'Uint32Mod';

/** A growing loop phi jumps to what its checked inputs allow, or to the static type. */
function widenTo(next: Type, static_: Type, restriction: Type): Type {
  if (is(next, Types.Signed32) && is(restriction, Types.Signed32)) return intersect(static_, Types.Signed32);
  return static_;
}

export { DeoptimizeReason, maybe, R, Semantic, toNumberType, usedAsBool };
