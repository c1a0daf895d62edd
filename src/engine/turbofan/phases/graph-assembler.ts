// GraphAssembler (V8: graph-assembler.cc): builds machine operators in their place of an effect and control chain.
//
// Invariant: `effect` and `control` are the ends of the chain so far; what is made with an effect adds to both. `frameState` is
// the state that a bailout here goes back to; undefined after a write that others see.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { HeapNumber, holeNanWord, MapObject, StaticRoot } from '../../objects/index.ts';
import { CompilationBailout } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import { type MachineType, MachineTypes, Rep } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  BranchHint,
  type CallDescriptor,
  type DeoptimizeParameters,
  type FeedbackSource,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import type { MachineOpcode } from '../operators/machine.ts';

const T = MachineTypes;

/** Stands for "no value" in linearizations. */
export const noValue: Node = Object.freeze({ id: -1, toString: () => 'no value' }) as unknown as Node;

export class GraphAssembler {
  readonly graph: Graph;
  effect: Node;
  control: Node;
  frameState: Node | undefined;
  inAllocationRegion = false;
  position = -1;
  inliningId = -1;

  /** What a linearization returns whose operator has no value. */
  readonly noValue = noValue;

  constructor(graph: Graph) {
    this.graph = graph;
    this.effect = graph.start;
    this.control = graph.start;
  }

  // --- makers ----------------------------------------------------------------------------------------------------------

  m(opcode: MachineOpcode, ...inputs: Node[]): Node {
    return this.graph.newNode(opcode, undefined, inputs);
  }
  typed(node: Node, type: MachineType): Node {
    node.machineType = type;
    return node;
  }
  i32(n: number): Node {
    return this.graph.int32(n);
  }
  f64(n: number): Node {
    return this.graph.float64(n);
  }
  root(word: StaticRoot): Node {
    return this.graph.heapConstant(word);
  }
  not(bit: Node): Node {
    return this.m('Word32Equal', bit, this.i32(0));
  }

  load(type: MachineType, base: Node, offset: Node): Node {
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
  store(rep: Rep, barrier: WriteBarrierKind, base: Node, offset: Node, value: Node): void {
    this.effect = this.graph.newNode('Store', { rep, barrier }, [base, offset, value, this.effect, this.control]);
  }
  /** A field of a tagged object. */
  field(type: MachineType, object: Node, offset: number): Node {
    return this.load(type, object, this.i32(offset - 1));
  }
  mapOf(object: Node): Node {
    return this.field(T.TaggedPointer, object, MapObject.Map);
  }

  deopt(
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
  deoptIf(reason: DeoptimizeReason, feedback: FeedbackSource | undefined, condition: Node): void {
    this.deopt('DeoptimizeIf', reason, feedback, condition);
  }
  deoptUnless(reason: DeoptimizeReason, feedback: FeedbackSource | undefined, condition: Node): void {
    this.deopt('DeoptimizeUnless', reason, feedback, condition);
  }

  /** condition ? whenTrue() : whenFalse(), as branches; the hint says which is likely. */
  diamond(
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
    if (type === undefined) return noValue;
    return this.graph.phi([a!, b!], merge, type);
  }

  callRuntime(name: string, args: readonly Node[], options: { context?: Node; frameState?: Node } = {}): Node {
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

  isSmi(tagged: Node): Node {
    return this.m(
      'Word32Equal',
      this.m('Word32And', this.m('BitcastTaggedToWord32', tagged), this.i32(1)),
      this.i32(0),
    );
  }
  smiToInt32(tagged: Node): Node {
    return this.m('Word32Sar', this.m('BitcastTaggedToWord32', tagged), this.i32(1));
  }
  int31ToSmi(word: Node): Node {
    return this.m('BitcastWord32ToTaggedSigned', this.m('Word32Shl', word, this.i32(1)));
  }
  heapNumberValue(object: Node): Node {
    return this.field(T.Float64, object, HeapNumber.Value);
  }
  instanceType(map: Node): Node {
    return this.field(T.Uint16, map, MapObject.InstanceType);
  }
  isMap(object: Node, map: StaticRoot): Node {
    return this.m('TaggedEqual', this.mapOf(object), this.root(map));
  }

  /** New-space bump allocation; offsets are 32 bits. */
  allocate(size: Node): Node {
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

  newHeapNumber(value: Node): Node {
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

  isHole(value: Node): Node {
    return this.m('Word32Equal', this.m('Float64ExtractHighWord32', value), this.i32(holeNanWord));
  }

  /** A Smi's word, else something else. */
  smiOr(value: Node, type: MachineType, whenSmi: (word: Node) => Node, otherwise: () => Node): Node {
    return this.diamond(this.isSmi(value), BranchHint.True, type, () => whenSmi(this.smiToInt32(value)), otherwise);
  }

  notSmiAnd(v: Node, test: () => Node): Node {
    return this.diamond(this.isSmi(v), BranchHint.None, T.Bool, () => this.i32(0), test);
  }

  mapBit(v: Node, bit: number): Node {
    return this.not(
      this.m(
        'Word32Equal',
        this.m('Word32And', this.field(T.Uint8, this.mapOf(v), MapObject.BitField), this.i32(bit)),
        this.i32(0),
      ),
    );
  }
}
