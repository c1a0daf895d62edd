// EffectControlLinearizer and MemoryOptimizer (V8's names): every remaining simplified operator becomes machine operators in
// its place of the schedule; checks become DeoptimizeIf/Unless with the frame state of the checkpoint before them.
//
// Invariant: walking blocks in order, `effect` and `control` are the ends of the chain so far; a lowering adds to both.
// Afterwards each block has one linear effect chain and only `machine` operators remain.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { smi } from '../../heap/index.ts';
import {
  FixedArray,
  HeapNumber,
  holeNanWord,
  InstanceType,
  JSFunction,
  MapBits,
  MapBits3,
  MapObject,
  Oddball,
  StaticRoot,
  StringBits,
  StringObject,
  ThinString,
} from '../../objects/index.ts';
import { CompilationBailout } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import { type MachineType, MachineTypes, Rep } from '../graph/machine-type.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import {
  BranchHint,
  type CallDescriptor,
  CheckForMinusZero,
  type CheckMapsParameters,
  type CheckNumericParameters,
  CheckTaggedInputMode,
  type DeoptimizeParameters,
  type ElementAccess,
  type ElementsTransition,
  type FeedbackSource,
  type FieldAccess,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import { type BasicBlock, computeSchedule } from '../graph/scheduler.ts';
import { Bits } from '../graph/types.ts';
import { type Opcode, operator } from '../operators/operators.ts';

const T = MachineTypes;

interface BlockState {
  effect: Node;
  control: Node;
  frameState: Node | undefined;
}

export class EffectControlLinearizer {
  private readonly graph: Graph;
  private effect: Node;
  private control: Node;
  private frameState: Node | undefined;
  private inAllocationRegion = false;
  private position = -1;
  private inliningId = -1;
  private readonly pendingEffectPhis: { phi: Node; block: BasicBlock }[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
    this.effect = graph.start;
    this.control = graph.start;
  }

  run(): void {
    const schedule = computeSchedule(this.graph);
    const exits = new Map<BasicBlock, BlockState>();
    for (const block of schedule.order) {
      this.enterBlock(block, exits);
      for (const node of block.nodes) {
        if (node === block.begin || node === block.controlInput) continue;
        if (node.opcode === 'EffectPhi' || node.opcode === 'Phi') continue;
        this.processNode(node);
      }
      if (block.controlInput !== undefined) this.processNode(block.controlInput);
      exits.set(block, { effect: this.effect, control: this.control, frameState: this.frameState });
    }
    // Joins take what their predecessors ended with.
    for (const block of schedule.order) {
      const begin = block.begin;
      if (begin.opcode === 'Merge' || begin.opcode === 'Loop') {
        block.predecessors.forEach((p, i) => {
          begin.replaceInput(i, exits.get(p)!.control);
        });
        for (const use of [...begin.uses]) {
          const user = use.user;
          if (user.opcode === 'EffectPhi' && user.isControlUse(use.index))
            block.predecessors.forEach((p, i) => user.replaceInput(i, exits.get(p)!.effect));
          else if (user.opcode === 'Terminate') user.replaceInput(0, this.loopEffect(block, exits, user));
        }
      }
    }
    for (const { phi, block } of this.pendingEffectPhis)
      block.predecessors.forEach((p, i) => phi.replaceInput(i, exits.get(p)!.effect));
    this.graph.trim();
    this.dropUnusedTerminates();
  }

  private loopEffect(block: BasicBlock, _exits: Map<BasicBlock, BlockState>, terminate: Node): Node {
    return this.effectPhiOf(block) ?? terminate.inputs[0]!;
  }

  private dropUnusedTerminates(): void {
    // Terminate is for graph walks; the schedule has what it needs.
  }

  private effectPhiOf(block: BasicBlock): Node | undefined {
    return (
      block.nodes.find((n) => n.opcode === 'EffectPhi') ?? this.pendingEffectPhis.find((p) => p.block === block)?.phi
    );
  }

  private enterBlock(block: BasicBlock, exits: Map<BasicBlock, BlockState>): void {
    const begin = block.begin;
    if (begin === this.graph.start) {
      this.effect = begin;
      this.control = begin;
      this.frameState = undefined;
      return;
    }
    const known = block.predecessors.map((p) => exits.get(p));
    if (block.predecessors.length === 1) {
      const from = known[0]!;
      this.effect = from.effect;
      this.frameState = from.frameState;
      this.control = begin;
      if (begin.opcode === 'IfException') this.effect = begin;
      // The success of a stack check that was lowered: control goes on behind it.
      if (begin.opcode === 'IfSuccess' && begin.inputs.length === 0) this.control = from.control;
      if (begin.opcode === 'Merge') {
        const phi = this.effectPhiOf(block);
        if (phi !== undefined) this.effect = phi;
      }
      return;
    }
    if (begin.opcode === 'End') return;
    this.control = begin;
    let phi = this.effectPhiOf(block);
    const first = known[0]?.effect;
    if (phi === undefined) {
      if (begin.opcode === 'Loop' || known.some((k) => k === undefined || k.effect !== first)) {
        phi = this.graph.effectPhi(
          block.predecessors.map((_p, i) => known[i]?.effect ?? this.graph.start),
          begin,
        );
        this.pendingEffectPhis.push({ phi, block });
      }
    }
    this.effect = phi ?? first!;
    const state = known[0]?.frameState;
    this.frameState =
      begin.opcode !== 'Loop' && known.every((k) => k !== undefined && k.frameState === state) ? state : undefined;
  }

  private processNode(node: Node): void {
    this.position = node.position;
    this.inliningId = node.inliningId;
    this.graph.currentPosition = node.position;
    this.graph.currentInliningId = node.inliningId;
    this.graph.currentBytecodeOffset = node.bytecodeOffset;
    switch (node.opcode) {
      case 'Checkpoint':
        this.frameState = node.frameState;
        node.replaceUses(this.effect);
        node.kill();
        return;
      case 'BeginRegion':
        node.replaceUses(this.effect);
        node.kill();
        return;
      case 'FinishRegion': {
        this.inAllocationRegion = false;
        const value = node.value(0);
        node.replaceUsesByKind(value, this.effect, undefined);
        node.kill();
        return;
      }
      case 'Allocate':
        this.inAllocationRegion = true;
        break;
      case 'IfSuccess':
      case 'IfException':
        break;
    }
    const lowered = this.lower(node);
    if (lowered !== undefined) {
      // Value uses get the new value; effect and control uses go on from here.
      node.replaceUsesByKind(lowered === NO_VALUE ? undefined : lowered, this.effect, this.control);
      node.kill();
      return;
    }
    const { op } = node;
    if (op.effectIn > 0) {
      node.replaceInput(node.effectIndex, this.effect);
      if (op.effectOut > 0) {
        this.effect = node;
        if (!op.row.noWrite && !this.inAllocationRegion) this.frameState = undefined;
      }
    }
    if (op.controlIn > 0) {
      if (node.opcode !== 'Projection') node.replaceInput(node.controlIndex, this.control);
      else node.replaceInput(node.controlIndex, this.control);
      if (op.controlOut > 0 && op.row.category !== 'common') this.control = node;
      else if (node.opcode === 'Call' || node.opcode === 'DeoptimizeIf' || node.opcode === 'DeoptimizeUnless')
        this.control = node;
    }
  }

  // --- makers ----------------------------------------------------------------------------------------------------------

  private m(opcode: Opcode, ...inputs: Node[]): Node {
    return this.graph.newNode(opcode, undefined, inputs);
  }
  private typed(node: Node, type: MachineType): Node {
    node.machineType = type;
    return node;
  }
  private i32(n: number): Node {
    return this.graph.int32(n);
  }
  private f64(n: number): Node {
    return this.graph.float64(n);
  }
  private root(word: StaticRoot): Node {
    return this.graph.heapConstant(word);
  }
  private not(bit: Node): Node {
    return this.m('Word32Equal', bit, this.i32(0));
  }

  private load(type: MachineType, base: Node, offset: Node): Node {
    const node = this.graph.newNode('Load', { type }, [base, offset, this.effect, this.control]);
    node.machineType =
      type.rep === Rep.Word8 || type.rep === Rep.Word16
        ? type.semantic === T.Int8.semantic
          ? T.Int32
          : T.Uint32
        : type;
    this.effect = node;
    return node;
  }
  private store(rep: Rep, barrier: WriteBarrierKind, base: Node, offset: Node, value: Node): void {
    this.effect = this.graph.newNode('Store', { rep, barrier }, [base, offset, value, this.effect, this.control]);
  }
  /** A field of a tagged object. */
  private field(type: MachineType, object: Node, offset: number): Node {
    return this.load(type, object, this.i32(offset - 1));
  }
  private mapOf(object: Node): Node {
    return this.field(T.TaggedPointer, object, MapObject.Map);
  }

  private deopt(
    opcode: 'DeoptimizeIf' | 'DeoptimizeUnless',
    reason: DeoptimizeReason,
    feedback: FeedbackSource | undefined,
    condition: Node,
  ): void {
    if (this.frameState === undefined)
      throw new CompilationBailout(`no frame state for a ${DeoptimizeReason[reason]} check`);
    const node = this.graph.newNode(opcode, { reason, feedback } satisfies DeoptimizeParameters, [
      condition,
      this.frameState,
      this.effect,
      this.control,
    ]);
    node.position = this.position;
    node.inliningId = this.inliningId;
    this.effect = node;
    this.control = node;
  }
  private deoptIf(reason: DeoptimizeReason, feedback: FeedbackSource | undefined, condition: Node): void {
    this.deopt('DeoptimizeIf', reason, feedback, condition);
  }
  private deoptUnless(reason: DeoptimizeReason, feedback: FeedbackSource | undefined, condition: Node): void {
    this.deopt('DeoptimizeUnless', reason, feedback, condition);
  }

  /** condition ? whenTrue() : whenFalse(), as branches; the hint says which is likely. */
  private diamond(
    condition: Node,
    hint: BranchHint,
    type: MachineType | undefined,
    whenTrue: () => Node | undefined,
    whenFalse: () => Node | undefined,
  ): Node {
    const branch = this.graph.newNode('Branch', { hint }, [condition, this.control]);
    const effect = this.effect;
    this.control = this.graph.newNode('IfTrue', undefined, [branch]);
    const a = whenTrue();
    const [ea, ca] = [this.effect, this.control];
    this.effect = effect;
    this.control = this.graph.newNode('IfFalse', undefined, [branch]);
    const b = whenFalse();
    const [eb, cb] = [this.effect, this.control];
    const merge = this.graph.merge([ca, cb]);
    this.control = merge;
    this.effect = ea === eb ? ea : this.graph.effectPhi([ea, eb], merge);
    if (type === undefined) return NO_VALUE;
    return this.graph.phi([a!, b!], merge, type);
  }

  private callRuntime(name: string, args: readonly Node[], options: { context?: Node; frameState?: Node } = {}): Node {
    const descriptor: CallDescriptor = {
      kind: 'Runtime',
      runtime: name,
      argumentCount: args.length,
      lazyDeopt: options.frameState !== undefined,
      canThrow: false,
      name,
    };
    const inputs = [...args, options.context ?? this.root(StaticRoot.Undefined)];
    if (options.frameState !== undefined) inputs.push(options.frameState);
    inputs.push(this.effect, this.control);
    const node = this.graph.newNode('Call', descriptor, inputs, {
      valueIn: args.length,
      contextIn: 1,
      frameStateIn: options.frameState !== undefined ? 1 : 0,
      effectIn: 1,
      controlIn: 1,
      valueOut: 1,
      effectOut: 1,
      controlOut: 1,
    });
    node.machineType = T.AnyTagged;
    node.position = this.position;
    node.inliningId = this.inliningId;
    this.effect = node;
    this.control = node;
    return node;
  }

  private isSmi(tagged: Node): Node {
    return this.m(
      'Word32Equal',
      this.m('Word32And', this.m('BitcastTaggedToWord32', tagged), this.i32(1)),
      this.i32(0),
    );
  }
  private smiToInt32(tagged: Node): Node {
    return this.m('Word32Sar', this.m('BitcastTaggedToWord32', tagged), this.i32(1));
  }
  private int31ToSmi(word: Node): Node {
    return this.m('BitcastWord32ToTaggedSigned', this.m('Word32Shl', word, this.i32(1)));
  }
  private heapNumberValue(object: Node): Node {
    return this.field(T.Float64, object, HeapNumber.Value);
  }
  private instanceType(map: Node): Node {
    return this.field(T.Uint16, map, MapObject.InstanceType);
  }
  private isMap(object: Node, map: StaticRoot): Node {
    return this.m('TaggedEqual', this.mapOf(object), this.root(map));
  }

  /** New-space bump allocation; offsets are 32 bits. */
  private allocate(size: Node): Node {
    const top = this.load(T.Uint32, this.graph.external('NewSpaceTop'), this.i32(0));
    const end = this.m('Int32Add', top, size);
    const limit = this.load(T.Uint32, this.graph.external('NewSpaceLimit'), this.i32(0));
    return this.diamond(
      this.m('Uint32LessThanOrEqual', end, limit),
      BranchHint.True,
      T.TaggedPointer,
      () => {
        this.store(Rep.Word32, WriteBarrierKind.None, this.graph.external('NewSpaceTop'), this.i32(0), end);
        return this.typed(this.m('BitcastWord32ToTaggedSigned', this.m('Int32Add', top, this.i32(1))), T.TaggedPointer);
      },
      () => {
        const words = this.callRuntime('AllocateInYoungGeneration', [this.int31ToSmi(size), this.graph.smi(0)]);
        return this.typed(words, T.TaggedPointer);
      },
    );
  }

  private newHeapNumber(value: Node): Node {
    const object = this.allocate(this.i32(HeapNumber.Size));
    this.store(
      Rep.TaggedPointer,
      WriteBarrierKind.None,
      object,
      this.i32(MapObject.Map - 1),
      this.root(StaticRoot.HeapNumberMap),
    );
    this.store(Rep.Float64, WriteBarrierKind.None, object, this.i32(HeapNumber.Value - 1), value);
    return object;
  }

  private int32ToTagged(word: Node): Node {
    const add = this.m('Int32AddWithOverflow', word, word);
    const overflow = this.graph.projection(1, add, this.graph.start, T.Bool);
    return this.diamond(
      overflow,
      BranchHint.False,
      T.AnyTagged,
      () => this.newHeapNumber(this.m('ChangeInt32ToFloat64', word)),
      () => this.m('BitcastWord32ToTaggedSigned', this.graph.projection(0, add, this.graph.start, T.Int32)),
    );
  }

  private float64ToTagged(value: Node, checkMinusZero: boolean): Node {
    const word = this.m('RoundFloat64ToInt32', value);
    const exact = this.m('Float64Equal', value, this.m('ChangeInt32ToFloat64', word));
    return this.diamond(
      exact,
      BranchHint.None,
      T.AnyTagged,
      () => {
        if (!checkMinusZero) return this.int32ToTagged(word);
        return this.diamond(
          this.m('Word32Equal', word, this.i32(0)),
          BranchHint.None,
          T.AnyTagged,
          () =>
            this.diamond(
              this.m('Int32LessThan', this.m('Float64ExtractHighWord32', value), this.i32(0)),
              BranchHint.False,
              T.AnyTagged,
              () => this.newHeapNumber(value),
              () => this.graph.smi(0),
            ),
          () => this.int32ToTagged(word),
        );
      },
      () => this.newHeapNumber(value),
    );
  }

  private isHole(value: Node): Node {
    return this.m('Word32Equal', this.m('Float64ExtractHighWord32', value), this.i32(holeNanWord));
  }

  private checkedFloat64ToInt32(
    value: Node,
    p: CheckNumericParameters,
    reason = DeoptimizeReason.LostPrecisionOrNaN,
  ): Node {
    const word = this.m('RoundFloat64ToInt32', value);
    this.deoptUnless(reason, p.feedback, this.m('Float64Equal', value, this.m('ChangeInt32ToFloat64', word)));
    if (p.minusZero === CheckForMinusZero.Check) {
      this.diamond(
        this.m('Word32Equal', word, this.i32(0)),
        BranchHint.False,
        undefined,
        () => {
          this.deoptIf(
            DeoptimizeReason.MinusZero,
            p.feedback,
            this.m('Int32LessThan', this.m('Float64ExtractHighWord32', value), this.i32(0)),
          );
          return undefined;
        },
        () => undefined,
      );
    }
    return word;
  }

  /** −0 is 0; an integer that is no int32 becomes −1, which is out of all bounds. */
  private checkedFloat64ToArrayIndex(value: Node, feedback: FeedbackSource | undefined): Node {
    const long = this.m('ChangeFloat64ToInt64', value);
    this.deoptUnless(
      DeoptimizeReason.LostPrecisionOrNaN,
      feedback,
      this.m('Float64Equal', value, this.m('ChangeInt64ToFloat64', long)),
    );
    this.deoptUnless(
      DeoptimizeReason.NotAnArrayIndex,
      feedback,
      this.m('Int64LessThan', long, this.graph.int64(BigInt(Number.MAX_SAFE_INTEGER))),
    );
    this.deoptUnless(
      DeoptimizeReason.NotAnArrayIndex,
      feedback,
      this.m('Int64LessThan', this.graph.int64(BigInt(Number.MIN_SAFE_INTEGER)), long),
    );
    const word = this.m('TruncateInt64ToInt32', long);
    return this.diamond(
      this.m('Word64Equal', this.m('ChangeInt32ToInt64', word), long),
      BranchHint.True,
      T.Int32,
      () => word,
      () => this.i32(-1),
    );
  }

  private checkedStringToArrayIndex(value: Node, map: Node, feedback: FeedbackSource | undefined): Node {
    this.deoptUnless(
      DeoptimizeReason.NotAString,
      feedback,
      this.m('Uint32LessThan', this.instanceType(map), this.i32(InstanceType.FirstNonstring)),
    );
    const state = this.frameState;
    const index = this.smiToInt32(this.callRuntime('TurbofanStringToArrayIndex', [value]));
    this.frameState = state;
    this.deoptIf(DeoptimizeReason.NotAnArrayIndex, feedback, this.m('Word32Equal', index, this.i32(-1)));
    return index;
  }

  private checkedHeapObjectToFloat64(
    object: Node,
    mode: CheckTaggedInputMode,
    feedback: FeedbackSource | undefined,
  ): Node {
    const map = this.mapOf(object);
    const isNumber = this.m('TaggedEqual', map, this.root(StaticRoot.HeapNumberMap));
    if (mode === CheckTaggedInputMode.Number) {
      this.deoptUnless(DeoptimizeReason.NotANumber, feedback, isNumber);
      return this.heapNumberValue(object);
    }
    return this.diamond(
      isNumber,
      BranchHint.None,
      T.Float64,
      () => this.heapNumberValue(object),
      () => {
        if (mode === CheckTaggedInputMode.NumberOrBoolean)
          this.deoptUnless(
            DeoptimizeReason.NotANumberOrBoolean,
            feedback,
            this.m('TaggedEqual', map, this.root(StaticRoot.BooleanMap)),
          );
        else
          this.deoptUnless(
            DeoptimizeReason.NotANumberOrOddball,
            feedback,
            this.m('Word32Equal', this.instanceType(map), this.i32(InstanceType.Oddball)),
          );
        return this.field(T.Float64, object, Oddball.ToNumberRaw);
      },
    );
  }

  /** HeapNumber or oddball, known to be one of them. */
  private numberOrOddballToFloat64(object: Node): Node {
    return this.diamond(
      this.isMap(object, StaticRoot.HeapNumberMap),
      BranchHint.True,
      T.Float64,
      () => this.heapNumberValue(object),
      () => this.field(T.Float64, object, Oddball.ToNumberRaw),
    );
  }

  private smiOr(value: Node, type: MachineType, whenSmi: (word: Node) => Node, otherwise: () => Node): Node {
    return this.diamond(this.isSmi(value), BranchHint.True, type, () => whenSmi(this.smiToInt32(value)), otherwise);
  }

  // --- the lowering table --------------------------------------------------------------------------------------------------

  /** The value that replaces the node; NO_VALUE if it had none; undefined if it stays. */
  private lower(node: Node): Node | undefined {
    if (node.op.row.category === 'machine') return undefined;
    const v = node.op.valueIn > 0 ? node.value(0) : NO_VALUE;
    switch (node.opcode) {
      case 'Select': {
        const type = machineTypeOf(node);
        return this.diamond(
          v,
          BranchHint.None,
          type,
          () => node.value(1),
          () => node.value(2),
        );
      }
      case 'JSStackCheck':
        return this.stackCheck(node);

      case 'JSLoadMessage':
        return this.load(T.AnyTagged, this.graph.external('PendingMessage'), this.i32(0));
      case 'JSStoreMessage':
        this.store(Rep.Tagged, WriteBarrierKind.None, this.graph.external('PendingMessage'), this.i32(0), v);
        this.frameState = undefined;
        return NO_VALUE;

      // changes
      case 'ChangeBitToTagged':
        return this.diamond(
          v,
          BranchHint.None,
          T.TaggedPointer,
          () => this.root(StaticRoot.True),
          () => this.root(StaticRoot.False),
        );
      case 'ChangeInt31ToTaggedSigned':
        return this.int31ToSmi(v);
      case 'ChangeInt32ToTagged':
        return this.int32ToTagged(v);
      case 'ChangeUint32ToTagged':
        return this.diamond(
          this.m('Uint32LessThanOrEqual', v, this.i32(0x3fffffff)),
          BranchHint.True,
          T.AnyTagged,
          () => this.int31ToSmi(v),
          () => this.newHeapNumber(this.m('ChangeUint32ToFloat64', v)),
        );
      case 'ChangeFloat64ToTagged':
        return this.float64ToTagged(
          v,
          node.parameter<{ minusZero: CheckForMinusZero }>()?.minusZero !== CheckForMinusZero.DontCheck,
        );
      case 'ChangeFloat64ToTaggedPointer':
        return this.newHeapNumber(v);
      case 'ChangeFloat64HoleToTagged':
        return this.diamond(
          this.isHole(v),
          BranchHint.False,
          T.AnyTagged,
          () => this.root(StaticRoot.Undefined),
          () => this.float64ToTagged(v, true),
        );
      case 'ChangeTaggedSignedToInt32':
        return this.smiToInt32(v);
      case 'ChangeTaggedToInt32':
        return this.smiOr(
          v,
          T.Int32,
          (w) => w,
          () => this.m('ChangeFloat64ToInt32', this.heapNumberValue(v)),
        );
      case 'ChangeTaggedToUint32':
        return this.smiOr(
          v,
          T.Uint32,
          (w) => w,
          () => this.m('ChangeFloat64ToUint32', this.heapNumberValue(v)),
        );
      case 'ChangeTaggedToFloat64':
        return this.smiOr(
          v,
          T.Float64,
          (w) => this.m('ChangeInt32ToFloat64', w),
          () => this.heapNumberValue(v),
        );
      case 'TruncateTaggedToFloat64':
        return this.smiOr(
          v,
          T.Float64,
          (w) => this.m('ChangeInt32ToFloat64', w),
          () => this.numberOrOddballToFloat64(v),
        );
      case 'TruncateTaggedToWord32':
        return this.smiOr(
          v,
          T.Int32,
          (w) => w,
          () => this.m('TruncateFloat64ToWord32', this.numberOrOddballToFloat64(v)),
        );
      case 'ChangeTaggedToTaggedSigned':
        return this.smiOr(
          v,
          T.TaggedSigned,
          () => v,
          () => this.int31ToSmi(this.m('ChangeFloat64ToInt32', this.heapNumberValue(v))),
        );
      case 'ChangeTaggedToBit':
        return this.m('TaggedEqual', v, this.root(StaticRoot.True));
      case 'TruncateTaggedToBit':
        return this.truthiness(v);

      // checked arithmetic
      case 'CheckedInt32Add':
      case 'CheckedInt32Sub': {
        const op = this.m(
          node.opcode === 'CheckedInt32Add' ? 'Int32AddWithOverflow' : 'Int32SubWithOverflow',
          v,
          node.value(1),
        );
        const p = node.parameter<CheckNumericParameters>();
        this.deoptIf(DeoptimizeReason.Overflow, p.feedback, this.graph.projection(1, op, this.graph.start, T.Bool));
        return this.graph.projection(0, op, this.graph.start, T.Int32);
      }
      case 'CheckedInt32Mul':
        return this.checkedMul(node);
      case 'CheckedInt32Div':
        return this.checkedDiv(node);
      case 'CheckedInt32Mod':
        return this.checkedMod(node);

      case 'SpeculativeBigIntAdd':
        return this.bigintOperation(node, 'TurbofanBigIntAdd');
      case 'SpeculativeBigIntSubtract':
        return this.bigintOperation(node, 'TurbofanBigIntSubtract');
      case 'SpeculativeBigIntMultiply':
        return this.bigintOperation(node, 'TurbofanBigIntMultiply');

      // checked conversions
      case 'CheckedInt32ToTaggedSigned': {
        const add = this.m('Int32AddWithOverflow', v, v);
        this.deoptIf(
          DeoptimizeReason.LostPrecision,
          node.parameter<CheckNumericParameters>().feedback,
          this.graph.projection(1, add, this.graph.start, T.Bool),
        );
        return this.m('BitcastWord32ToTaggedSigned', this.graph.projection(0, add, this.graph.start, T.Int32));
      }
      case 'CheckedUint32ToTaggedSigned':
        this.deoptUnless(
          DeoptimizeReason.LostPrecision,
          node.parameter<CheckNumericParameters>().feedback,
          this.m('Uint32LessThanOrEqual', v, this.i32(0x3fffffff)),
        );
        return this.int31ToSmi(v);
      case 'CheckedUint32ToInt32':
        this.deoptIf(
          DeoptimizeReason.LostPrecision,
          node.parameter<CheckNumericParameters>().feedback,
          this.m('Int32LessThan', v, this.i32(0)),
        );
        return v;
      case 'CheckedFloat64ToInt32':
        return this.checkedFloat64ToInt32(v, node.parameter<CheckNumericParameters>());
      case 'CheckedTaggedSignedToInt32':
        this.deoptUnless(DeoptimizeReason.NotASmi, node.parameter<CheckNumericParameters>().feedback, this.isSmi(v));
        return this.smiToInt32(v);
      case 'CheckedTaggedToInt32': {
        const p = node.parameter<CheckNumericParameters>();
        return this.smiOr(
          v,
          T.Int32,
          (w) => w,
          () => {
            this.deoptUnless(DeoptimizeReason.NotAHeapNumber, p.feedback, this.isMap(v, StaticRoot.HeapNumberMap));
            return this.checkedFloat64ToInt32(this.heapNumberValue(v), p);
          },
        );
      }
      case 'CheckedTaggedToArrayIndex': {
        const p = node.parameter<CheckNumericParameters>();
        return this.smiOr(
          v,
          T.Int32,
          (w) => w,
          () => {
            const map = this.mapOf(v);
            return this.diamond(
              this.m('TaggedEqual', map, this.root(StaticRoot.HeapNumberMap)),
              BranchHint.True,
              T.Int32,
              () => this.checkedFloat64ToArrayIndex(this.heapNumberValue(v), p.feedback),
              () => this.checkedStringToArrayIndex(v, map, p.feedback),
            );
          },
        );
      }
      case 'CheckedFloat64ToArrayIndex':
        return this.checkedFloat64ToArrayIndex(v, node.parameter<CheckNumericParameters>().feedback);
      case 'CheckedTaggedToFloat64': {
        const p = node.parameter<CheckNumericParameters>();
        return this.smiOr(
          v,
          T.Float64,
          (w) => this.m('ChangeInt32ToFloat64', w),
          () => this.checkedHeapObjectToFloat64(v, p.mode!, p.feedback),
        );
      }
      case 'CheckedTruncateTaggedToWord32': {
        const p = node.parameter<CheckNumericParameters>();
        return this.smiOr(
          v,
          T.Int32,
          (w) => w,
          () => this.m('TruncateFloat64ToWord32', this.checkedHeapObjectToFloat64(v, p.mode!, p.feedback)),
        );
      }
      case 'CheckedTaggedToTaggedSigned':
        this.deoptUnless(DeoptimizeReason.NotASmi, node.parameter<CheckNumericParameters>().feedback, this.isSmi(v));
        return v;
      case 'CheckedTaggedToTaggedPointer':
        this.deoptIf(DeoptimizeReason.Smi, node.parameter<CheckNumericParameters>().feedback, this.isSmi(v));
        return v;
      case 'CheckedUint32Bounds':
        this.deoptUnless(
          DeoptimizeReason.OutOfBounds,
          node.parameter<CheckNumericParameters>().feedback,
          this.m('Uint32LessThan', v, node.value(1)),
        );
        return v;

      // checks
      case 'CheckMaps':
        return this.checkMaps(node);
      case 'TransitionElementsKind': {
        const { source, target, fast } = node.parameter<ElementsTransition>();
        const state = this.frameState;
        this.diamond(
          this.m('TaggedEqual', this.mapOf(v), this.graph.heapConstant(source)),
          BranchHint.None,
          undefined,
          () => {
            if (fast)
              this.store(
                Rep.TaggedPointer,
                WriteBarrierKind.None,
                v,
                this.i32(MapObject.Map - 1),
                this.graph.heapConstant(target),
              );
            else this.callRuntime('TurbofanTransitionElements', [v, this.graph.heapConstant(target)]);
            return undefined;
          },
          () => undefined,
        );
        // Doing it twice does no harm: the state before still holds.
        this.frameState = state;
        return NO_VALUE;
      }
      case 'CompareMaps': {
        const map = this.mapOf(v);
        let any: Node | undefined;
        for (const m of node.parameter<CheckMapsParameters>().maps) {
          const same = this.m('TaggedEqual', map, this.graph.heapConstant(m));
          any = any === undefined ? same : this.m('Word32Or', any, same);
        }
        return any!;
      }
      case 'CheckString':
        this.deoptUnless(
          DeoptimizeReason.NotAString,
          node.parameter<CheckNumericParameters>()?.feedback,
          this.m('Uint32LessThan', this.instanceType(this.mapOf(v)), this.i32(InstanceType.FirstNonstring)),
        );
        return v;
      case 'CheckInternalizedString':
        this.deoptUnless(
          DeoptimizeReason.WrongInstanceType,
          undefined,
          this.m(
            'Word32Equal',
            this.m('Word32And', this.instanceType(this.mapOf(v)), this.i32(~StringBits.OneByte)),
            this.i32(0),
          ),
        );
        return v;
      case 'CheckSymbol':
        this.deoptUnless(DeoptimizeReason.NotASymbol, undefined, this.isMap(v, StaticRoot.SymbolMap));
        return v;
      case 'CheckBigInt':
        this.deoptUnless(DeoptimizeReason.NotABigInt, undefined, this.isMap(v, StaticRoot.BigIntMap));
        return v;
      case 'CheckReceiver':
        this.deoptUnless(
          DeoptimizeReason.NotAJavaScriptObject,
          undefined,
          this.m('Uint32LessThanOrEqual', this.i32(InstanceType.FirstJSReceiver), this.instanceType(this.mapOf(v))),
        );
        return v;
      case 'CheckReceiverOrNullOrUndefined': {
        const receiver = this.m(
          'Uint32LessThanOrEqual',
          this.i32(InstanceType.FirstJSReceiver),
          this.instanceType(this.mapOf(v)),
        );
        const other = this.m(
          'Word32Or',
          this.m('TaggedEqual', v, this.root(StaticRoot.Null)),
          this.m('TaggedEqual', v, this.root(StaticRoot.Undefined)),
        );
        this.deoptUnless(
          DeoptimizeReason.NotAJavaScriptObjectOrNullOrUndefined,
          undefined,
          this.m('Word32Or', receiver, other),
        );
        return v;
      }
      case 'CheckIf': {
        const p = node.parameter<DeoptimizeParameters>();
        this.deoptUnless(p.reason, p.feedback, v);
        return NO_VALUE;
      }
      case 'CheckEqualsInternalizedString':
        return this.checkEqualsInternalizedString(v, node.value(1));
      case 'CheckEqualsSymbol':
        this.deoptUnless(DeoptimizeReason.WrongName, undefined, this.m('TaggedEqual', v, node.value(1)));
        return NO_VALUE;
      case 'CheckClosure': {
        const { cell, feedback } = node.parameter<{ cell: number; feedback: FeedbackSource | undefined }>();
        const type = this.instanceType(this.mapOf(v));
        this.deoptUnless(
          DeoptimizeReason.WrongCallTarget,
          feedback,
          this.m(
            'Uint32LessThanOrEqual',
            this.m('Int32Sub', type, this.i32(InstanceType.FirstJSFunction)),
            this.i32(InstanceType.LastJSFunction - InstanceType.FirstJSFunction),
          ),
        );
        this.deoptUnless(
          DeoptimizeReason.WrongFeedbackCell,
          feedback,
          this.m('TaggedEqual', this.field(T.TaggedPointer, v, JSFunction.FeedbackCell), this.graph.heapConstant(cell)),
        );
        return v;
      }
      case 'CheckFloat64Hole':
        this.deoptIf(DeoptimizeReason.Hole, node.parameter<CheckNumericParameters>().feedback, this.isHole(v));
        return v;
      case 'CheckNotTaggedHole':
        this.deoptIf(
          DeoptimizeReason.Hole,
          node.parameter<CheckNumericParameters>().feedback,
          this.m('TaggedEqual', v, this.root(StaticRoot.TheHole)),
        );
        return v;
      case 'ConvertTaggedHoleToUndefined':
        return this.diamond(
          this.m('TaggedEqual', v, this.root(StaticRoot.TheHole)),
          BranchHint.False,
          T.AnyTagged,
          () => this.root(StaticRoot.Undefined),
          () => v,
        );

      // memory
      case 'LoadField': {
        const access = node.parameter<FieldAccess>();
        return this.load(access.machineType, v, this.i32(access.untagged === true ? access.offset : access.offset - 1));
      }
      case 'StoreField': {
        const access = node.parameter<FieldAccess>();
        this.store(
          access.machineType.rep,
          this.inAllocationRegion ? WriteBarrierKind.None : access.barrier,
          v,
          this.i32(access.offset - 1),
          node.value(1),
        );
        if (!this.inAllocationRegion) this.frameState = undefined;
        return NO_VALUE;
      }
      case 'LoadElement': {
        const access = node.parameter<ElementAccess>();
        return this.load(access.machineType, v, this.elementOffset(access, node.value(1)));
      }
      case 'StoreElement': {
        const access = node.parameter<ElementAccess>();
        this.store(access.machineType.rep, access.barrier, v, this.elementOffset(access, node.value(1)), node.value(2));
        this.frameState = undefined;
        return NO_VALUE;
      }
      case 'Allocate':
        return this.allocate(v);
      case 'MaybeGrowFastElements':
        return this.maybeGrow(node);
      case 'EnsureWritableFastElements': {
        const elements = node.value(1);
        const result = this.diamond(
          this.isMap(elements, StaticRoot.FixedArrayMap),
          BranchHint.True,
          T.TaggedPointer,
          () => elements,
          () => this.typed(this.callRuntime('TurbofanCopyFastElements', [v]), T.TaggedPointer),
        );
        return result;
      }

      // predicates
      case 'ObjectIsSmi':
        return this.isSmi(v);
      case 'ObjectIsNumber':
        return this.smiOr(
          v,
          T.Bool,
          () => this.i32(1),
          () => this.isMap(v, StaticRoot.HeapNumberMap),
        );
      case 'ObjectIsString':
        return this.notSmiAnd(v, () =>
          this.m('Uint32LessThan', this.instanceType(this.mapOf(v)), this.i32(InstanceType.FirstNonstring)),
        );
      case 'ObjectIsSymbol':
        return this.notSmiAnd(v, () => this.isMap(v, StaticRoot.SymbolMap));
      case 'ObjectIsBigInt':
        return this.notSmiAnd(v, () => this.isMap(v, StaticRoot.BigIntMap));
      case 'ObjectIsReceiver':
        return this.notSmiAnd(v, () =>
          this.m('Uint32LessThanOrEqual', this.i32(InstanceType.FirstJSReceiver), this.instanceType(this.mapOf(v))),
        );
      case 'ObjectIsCallable':
        return this.notSmiAnd(v, () => this.mapBit(v, MapBits.IsCallable));
      case 'ObjectIsUndetectable':
        return this.notSmiAnd(v, () => this.mapBit(v, MapBits.IsUndetectable));
      case 'ObjectIsDetectableCallable':
        return this.notSmiAnd(v, () =>
          this.m(
            'Word32Equal',
            this.m(
              'Word32And',
              this.field(T.Uint8, this.mapOf(v), MapObject.BitField),
              this.i32(MapBits.IsCallable | MapBits.IsUndetectable),
            ),
            this.i32(MapBits.IsCallable),
          ),
        );
      case 'ObjectIsNonCallable':
        return this.notSmiAnd(v, () => {
          const map = this.mapOf(v);
          const receiver = this.m(
            'Uint32LessThanOrEqual',
            this.i32(InstanceType.FirstJSReceiver),
            this.instanceType(map),
          );
          const plain = this.m(
            'Word32Equal',
            this.m(
              'Word32And',
              this.field(T.Uint8, map, MapObject.BitField),
              this.i32(MapBits.IsCallable | MapBits.IsUndetectable),
            ),
            this.i32(0),
          );
          return this.m('Word32And', receiver, plain);
        });

      // strings and the like: calls
      case 'StringLength':
        return this.field(T.Uint32, v, StringObject.Length);
      case 'StringCharCodeAt':
        return this.charCodeAt(v, node.value(1));
      case 'StringFromSingleCharCode':
        return this.typed(
          this.callRuntime('TurbofanStringFromCharCode', [this.int31ToSmi(this.m('Word32And', v, this.i32(0xffff)))]),
          T.TaggedPointer,
        );
      case 'StringEqual':
        return this.typed(this.callRuntime('TurbofanStringEqual', [v, node.value(1)]), T.TaggedPointer);
      case 'StringLessThan':
        return this.typed(this.callRuntime('TurbofanStringLessThan', [v, node.value(1)]), T.TaggedPointer);
      case 'StringLessThanOrEqual':
        return this.typed(this.callRuntime('TurbofanStringLessThanOrEqual', [v, node.value(1)]), T.TaggedPointer);
      case 'StringConcat':
        return this.typed(this.callRuntime('TurbofanStringConcat', [node.value(1), node.value(2)]), T.TaggedPointer);
      case 'TypeOf':
        return this.typed(this.callRuntime('TurbofanTypeOf', [v]), T.TaggedPointer);
      case 'SameValue':
        return this.diamond(
          this.m('TaggedEqual', v, node.value(1)),
          BranchHint.True,
          T.Bool,
          () => this.i32(1),
          () =>
            this.m(
              'TaggedEqual',
              this.callRuntime('TurbofanSameValue', [v, node.value(1)]),
              this.root(StaticRoot.True),
            ),
        );
      case 'NumberSameValue': {
        const w = node.value(1);
        // Equal numbers differ where both are zeros of other signs, others are the same where both are NaN.
        return this.diamond(
          this.m('Float64Equal', v, w),
          BranchHint.True,
          T.Bool,
          () => this.m('Float64Equal', this.m('Float64Div', this.f64(1), v), this.m('Float64Div', this.f64(1), w)),
          () => this.m('Word32And', this.not(this.m('Float64Equal', v, v)), this.not(this.m('Float64Equal', w, w))),
        );
      }
      case 'PlainPrimitiveToNumber':
        return this.callRuntime('TurbofanToNumber', [v]);
      case 'DeadValue':
        return this.i32(0);
      default:
        if (!node.op.row.machine) throw new CompilationBailout(`${node.opcode} is not lowered yet`);
        return undefined;
    }
  }

  private notSmiAnd(v: Node, test: () => Node): Node {
    return this.diamond(this.isSmi(v), BranchHint.None, T.Bool, () => this.i32(0), test);
  }

  private mapBit(v: Node, bit: number): Node {
    return this.not(
      this.m(
        'Word32Equal',
        this.m('Word32And', this.field(T.Uint8, this.mapOf(v), MapObject.BitField), this.i32(bit)),
        this.i32(0),
      ),
    );
  }

  private elementOffset(access: ElementAccess, index: Node): Node {
    const shift = access.machineType.rep === Rep.Float64 ? 3 : 2;
    if (index.opcode === 'Int32Constant') return this.i32(access.headerSize - 1 + (index.parameter<number>() << shift));
    const scaled = this.m('Word64Shl', this.m('ChangeUint32ToUint64', index), this.graph.int64(BigInt(shift)));
    return this.m('Int64Add', scaled, this.graph.int64(BigInt(access.headerSize - 1)));
  }

  private truthiness(v: Node): Node {
    const numberTruth = (d: Node): Node => this.m('Float64LessThan', this.f64(0), this.m('Float64Abs', d));
    return this.smiOr(
      v,
      T.Bool,
      (w) => this.not(this.m('Word32Equal', w, this.i32(0))),
      () =>
        this.diamond(
          this.m(
            'Word32Or',
            this.m('TaggedEqual', v, this.root(StaticRoot.False)),
            this.m('TaggedEqual', v, this.root(StaticRoot.EmptyString)),
          ),
          BranchHint.None,
          T.Bool,
          () => this.i32(0),
          () => {
            const map = this.mapOf(v);
            const undetectable = this.m(
              'Word32And',
              this.field(T.Uint8, map, MapObject.BitField),
              this.i32(MapBits.IsUndetectable),
            );
            return this.diamond(
              this.not(this.m('Word32Equal', undetectable, this.i32(0))),
              BranchHint.None,
              T.Bool,
              () => this.i32(0),
              () =>
                this.diamond(
                  this.m('TaggedEqual', map, this.root(StaticRoot.HeapNumberMap)),
                  BranchHint.None,
                  T.Bool,
                  () => numberTruth(this.heapNumberValue(v)),
                  () =>
                    this.diamond(
                      this.m('TaggedEqual', map, this.root(StaticRoot.BigIntMap)),
                      BranchHint.False,
                      T.Bool,
                      () =>
                        this.not(
                          this.m(
                            'Word32Equal',
                            this.m('Word32Shr', this.field(T.Uint32, v, 4), this.i32(1)),
                            this.i32(0),
                          ),
                        ),
                      // null and undefined are undetectable; strings that are empty are the empty string.
                      () =>
                        this.not(
                          this.m(
                            'Word32Or',
                            this.m('TaggedEqual', v, this.root(StaticRoot.Null)),
                            this.m('TaggedEqual', v, this.root(StaticRoot.Undefined)),
                          ),
                        ),
                    ),
                ),
            );
          },
        ),
    );
  }

  private checkedMul(node: Node): Node {
    const p = node.parameter<CheckNumericParameters>();
    const [l, r] = [node.value(0), node.value(1)];
    const mul = this.m('Int32MulWithOverflow', l, r);
    this.deoptIf(DeoptimizeReason.Overflow, p.feedback, this.graph.projection(1, mul, this.graph.start, T.Bool));
    const value = this.graph.projection(0, mul, this.graph.start, T.Int32);
    if (p.minusZero !== CheckForMinusZero.DontCheck) {
      this.diamond(
        this.m('Word32Equal', value, this.i32(0)),
        BranchHint.False,
        undefined,
        () => {
          this.deoptIf(
            DeoptimizeReason.MinusZero,
            p.feedback,
            this.m('Int32LessThan', this.m('Word32Or', l, r), this.i32(0)),
          );
          return undefined;
        },
        () => undefined,
      );
    }
    return value;
  }

  private checkedDiv(node: Node): Node {
    const p = node.parameter<CheckNumericParameters>();
    const [l, r] = [node.value(0), node.value(1)];
    const zero = this.i32(0);
    const divide = (): Node => {
      const node2 = this.graph.newNode('Int32Div', undefined, [l, r, this.control]);
      return node2;
    };
    const value = this.diamond(this.m('Int32LessThan', zero, r), BranchHint.True, T.Int32, divide, () => {
      this.deoptIf(DeoptimizeReason.DivisionByZero, p.feedback, this.m('Word32Equal', r, zero));
      if (p.minusZero !== CheckForMinusZero.DontCheck)
        this.deoptIf(DeoptimizeReason.MinusZero, p.feedback, this.m('Word32Equal', l, zero));
      return this.diamond(
        this.m('Word32Equal', l, this.i32(-0x80000000)),
        BranchHint.False,
        T.Int32,
        () => {
          this.deoptIf(DeoptimizeReason.Overflow, p.feedback, this.m('Word32Equal', r, this.i32(-1)));
          return divide();
        },
        divide,
      );
    });
    this.deoptUnless(
      DeoptimizeReason.LostPrecision,
      p.feedback,
      this.m('Word32Equal', l, this.m('Int32Mul', value, r)),
    );
    return value;
  }

  private checkedMod(node: Node): Node {
    const p = node.parameter<CheckNumericParameters>();
    const l = node.value(0);
    const zero = this.i32(0);
    const right = node.value(1);
    const r = this.diamond(
      this.m('Int32LessThanOrEqual', right, zero),
      BranchHint.False,
      T.Uint32,
      () => {
        const negated = this.m('Int32Sub', zero, right);
        this.deoptIf(DeoptimizeReason.DivisionByZero, p.feedback, this.m('Word32Equal', negated, zero));
        return negated;
      },
      () => right,
    );
    const mod = (x: Node): Node => this.graph.newNode('Uint32Mod', undefined, [x, r, this.control]);
    return this.diamond(
      this.m('Int32LessThan', l, zero),
      BranchHint.False,
      T.Int32,
      () => {
        const rest = mod(this.m('Int32Sub', zero, l));
        if (p.minusZero !== CheckForMinusZero.DontCheck)
          this.deoptIf(DeoptimizeReason.MinusZero, p.feedback, this.m('Word32Equal', rest, zero));
        return this.m('Int32Sub', zero, rest);
      },
      () => mod(l),
    );
  }

  private bigintOperation(node: Node, stub: string): Node {
    const { feedback } = node.parameter<{ feedback: FeedbackSource | undefined }>();
    for (const input of [node.value(0), node.value(1)]) {
      if (input.type?.bits === Bits.BigInt) continue;
      this.deoptIf(DeoptimizeReason.NotABigInt, feedback, this.isSmi(input));
      this.deoptUnless(DeoptimizeReason.NotABigInt, feedback, this.isMap(input, StaticRoot.BigIntMap));
    }
    const state = this.frameState;
    const result = this.callRuntime(stub, [node.value(0), node.value(1)]);
    this.frameState = state;
    this.deoptIf(DeoptimizeReason.BigIntTooBig, feedback, this.isSmi(result));
    return this.typed(result, T.TaggedPointer);
  }

  private checkMaps(node: Node): Node {
    const p = node.parameter<CheckMapsParameters>();
    const object = node.value(0);
    const anyOf = (map: Node): Node => {
      let any: Node | undefined;
      for (const m of p.maps) {
        const same = this.m('TaggedEqual', map, this.graph.heapConstant(m));
        any = any === undefined ? same : this.m('Word32Or', any, same);
      }
      return any!;
    };
    if (!p.tryMigrate) {
      const map = this.mapOf(object);
      // One compare and branch per map, the last one deoptimizes.
      const check = (i: number): void => {
        const same = this.m('TaggedEqual', map, this.graph.heapConstant(p.maps[i]!));
        if (i === p.maps.length - 1) {
          this.deoptUnless(DeoptimizeReason.WrongMap, p.feedback, same);
          return;
        }
        this.diamond(
          same,
          BranchHint.None,
          undefined,
          () => undefined,
          () => {
            check(i + 1);
            return undefined;
          },
        );
      };
      check(0);
      return NO_VALUE;
    }
    const map = this.mapOf(object);
    this.diamond(
      anyOf(map),
      BranchHint.True,
      undefined,
      () => undefined,
      () => {
        const deprecated = this.m(
          'Word32And',
          this.field(T.Int32, map, MapObject.BitField3),
          this.i32(MapBits3.IsDeprecated),
        );
        this.deoptIf(DeoptimizeReason.WrongMap, p.feedback, this.m('Word32Equal', deprecated, this.i32(0)));
        const state = this.frameState;
        const migrated = this.callRuntime('TryMigrateInstance', [object]);
        this.frameState = state;
        this.deoptIf(DeoptimizeReason.InstanceMigrationFailed, p.feedback, this.isSmi(migrated));
        this.deoptUnless(DeoptimizeReason.WrongMap, p.feedback, anyOf(this.mapOf(object)));
        return undefined;
      },
    );
    return NO_VALUE;
  }

  private maybeGrow(node: Node): Node {
    const p = node.parameter<{ feedback: FeedbackSource | undefined }>();
    const [object, elements, index, length] = [node.value(0), node.value(1), node.value(2), node.value(3)];
    const state = this.frameState;
    const result = this.diamond(
      this.m('Uint32LessThan', index, length),
      BranchHint.True,
      T.TaggedPointer,
      () => elements,
      () => {
        const grown = this.callRuntime('TurbofanGrowFastElements', [object, this.int31ToSmi(index)]);
        this.frameState = state;
        this.deoptIf(DeoptimizeReason.CouldNotGrowElements, p.feedback, this.isSmi(grown));
        return this.typed(grown, T.TaggedPointer);
      },
    );
    this.frameState = state;
    return result;
  }

  /** A key that is not the expected name itself can still be a string with the same text: thin, or not internalized yet. */
  private checkEqualsInternalizedString(expected: Node, key: Node): Node {
    const state = this.frameState;
    const deoptUnless = (condition: Node): void => {
      this.deoptUnless(DeoptimizeReason.WrongName, undefined, condition);
    };
    this.diamond(
      this.m('TaggedEqual', expected, key),
      BranchHint.True,
      undefined,
      () => undefined,
      () => {
        this.deoptIf(DeoptimizeReason.WrongName, undefined, this.isSmi(key));
        const type = this.instanceType(this.mapOf(key));
        const isThin = this.m(
          'Word32Equal',
          this.m('Word32And', type, this.i32(~StringBits.OneByte)),
          this.i32(InstanceType.ThinTwoByteString),
        );
        this.diamond(
          isThin,
          BranchHint.None,
          undefined,
          () => {
            deoptUnless(this.m('TaggedEqual', expected, this.field(T.TaggedPointer, key, ThinString.Actual)));
            return undefined;
          },
          () => {
            const kind = this.m('Word32And', type, this.i32(StringBits.NotString | StringBits.NotInternalized));
            deoptUnless(this.m('Word32Equal', kind, this.i32(StringBits.NotInternalized)));
            const found = this.callRuntime('TurbofanFindInternalizedString', [key]);
            this.frameState = state;
            deoptUnless(this.m('TaggedEqual', expected, found));
            return undefined;
          },
        );
        return undefined;
      },
    );
    this.frameState = state;
    return NO_VALUE;
  }

  private charCodeAt(string: Node, index: Node): Node {
    const type = this.instanceType(this.mapOf(string));
    const isSequential = this.m('Word32Equal', this.m('Word32And', type, this.i32(StringBits.ShapeMask)), this.i32(0));
    return this.diamond(
      isSequential,
      BranchHint.True,
      T.Uint32,
      () => {
        const oneByte = this.m('Word32And', type, this.i32(StringBits.OneByte));
        const wide = this.m('ChangeUint32ToUint64', index);
        return this.diamond(
          this.not(this.m('Word32Equal', oneByte, this.i32(0))),
          BranchHint.None,
          T.Uint32,
          () => this.load(T.Uint8, string, this.m('Int64Add', wide, this.graph.int64(BigInt(StringObject.Chars - 1)))),
          () =>
            this.load(
              T.Uint16,
              string,
              this.m(
                'Int64Add',
                this.m('Word64Shl', wide, this.graph.int64(1n)),
                this.graph.int64(BigInt(StringObject.Chars - 1)),
              ),
            ),
        );
      },
      () => {
        const state = this.frameState;
        const code = this.smiToInt32(this.callRuntime('TurbofanStringCharCodeAt', [string, this.int31ToSmi(index)]));
        this.frameState = state;
        return code;
      },
    );
  }

  private stackCheck(node: Node): Node {
    const kind = node.parameter<'functionEntry' | 'iteration'>();
    const exception = node.uses.find((u) => u.user.opcode === 'IfException')?.user;
    const success = node.uses.find((u) => u.user.opcode === 'IfSuccess')?.user;
    const limit = this.load(T.Pointer, this.graph.external('StackLimit'), this.i32(0));
    const check = this.graph.newNode('StackPointerGreaterThan', undefined, [limit, this.effect]);
    this.effect = check;
    this.diamond(
      check,
      BranchHint.True,
      undefined,
      () => undefined,
      () => {
        const call = this.callRuntime(
          kind === 'iteration' ? 'StackGuard' : 'StackGuardWithGap',
          kind === 'iteration' ? [] : [this.graph.smi(0)],
          { context: node.context, frameState: node.frameState },
        );
        if (exception !== undefined) {
          // The guard throws (stack overflow, termination) inside a try block.
          exception.replaceInput(0, call);
          exception.replaceInput(1, call);
          this.control = this.graph.newNode('IfSuccess', undefined, [call]);
        }
        return undefined;
      },
    );
    if (success !== undefined) {
      success.replaceUses(this.control);
      success.kill();
    }
    this.frameState = undefined;
    return NO_VALUE;
  }
}

/** Stands for "no value" in lowerings. */
const NO_VALUE: Node = Object.freeze({ id: -1, toString: () => 'no value' }) as unknown as Node;

export { Bits, FixedArray, operator, smi };
