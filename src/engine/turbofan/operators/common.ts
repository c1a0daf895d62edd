// Operators of every level: control, phis, constants, frame states, bailouts, calls.

import { ParameterIndex } from '../graph/frame-states.ts';
import { type MachineType, Rep, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type ArgumentsType,
  BranchHint,
  type BranchParameters,
  type CallDescriptor,
  type DeoptimizeParameters,
  type FrameStateInfo,
  type IsolateField,
  type ObjectStateParameters,
  type ProjectionParameters,
  type StateValuesParameters,
} from '../graph/parameters.ts';
import { intersect, numberConstantType, type Type, Types, union } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import { produces, uses } from './lowering.ts';
import { type OperatorRow, type Parts, row, type TypeOf } from './row.ts';
import { Uses, type UseTruncation } from './use-info.ts';

const common = <P = undefined>(counts: string, flags: string, doc: string, parts: Parts<P> = {}): OperatorRow<P> =>
  row('common', counts, flags, doc, parts);
const constant = <P>(doc: string, machineType: MachineType, rep: Rep): OperatorRow<P> =>
  common<P>('> v1', 'pm', doc, { machineType, lowering: produces(rep) });

// biome-ignore format: one operator, one line
export const commonOperators = {
  Start: common('> v1 e1 c1', 'm', 'entry of the function; Parameters hang off it', { lowering: (l, node) => l.rest(node, 0) }),
  End: common('cn', 'm', 'all ways out'),
  Dead: common('> v1 e1 c1', 'tm', 'unreachable control or effect'),
  Loop: common('cn > c1', 'tm', 'loop header: input 0 entry, the rest back edges'),
  Merge: common('cn > c1', 'tm', 'control join'),
  Branch: common<BranchParameters>('v1 c1 > c2', 'tm', 'IfTrue / IfFalse by condition', { lowering: uses([Uses.bool]) }),
  IfTrue: common('c1 > c1', 'tm', 'true projection'),
  IfFalse: common('c1 > c1', 'tm', 'false projection'),
  IfSuccess: common('c1 > c1', 'tm', 'normal continuation of a throwing node'),
  IfException: common('e1 c1 > v1 e1 c1', 'tmq', 'exceptional continuation; value = the exception', { machineType: T.AnyTagged, typing: () => Types.NonInternal }),
  Phi: common<MachineType>('vn c1 > v1', 'mg', 'value join', { takes: '?', operationTyping: typePhi, lowering: (l, node, truncation) => l.phi(node, truncation) }),
  EffectPhi: common('en c1 > e1', 'tm', 'effect join'),
  Terminate: common('e1 c1 > c1', 'tm', 'keeps an endless loop reachable from End'),
  Return: common('vn e1 c1 > c1', 'tm', 'inputs: value', { lowering: uses([Uses.anyTagged]) }),
  Throw: common('e1 c1 > c1', 'tm', 'control never gets here; after a call that always throws'),
  Deoptimize: common<DeoptimizeParameters>('f1 e1 c1 > c1', 'tm', 'unconditional bailout'),
  DeoptimizeIf: common<DeoptimizeParameters>('v1 f1 e1 c1 > e1 c1', 'tmq', 'bailout if the bit is 1', { lowering: uses([Uses.bool]) }),
  DeoptimizeUnless: common<DeoptimizeParameters>('v1 f1 e1 c1 > e1 c1', 'tmq', 'bailout if the bit is 0', { lowering: uses([Uses.bool]) }),
  Parameter: common<number>('v1 > v1', 'pam', 'parameter index: 0 receiver, 1… arguments; see ParameterIndex for the others; input Start', { machineType: T.AnyTagged, typing: typeParameter, lowering: lowerTaggedInput }),
  OsrValue: common<number>('v1 > v1', 'pam', 'interpreter register value on OSR entry; parameter register index; input Start', { machineType: T.AnyTagged, lowering: lowerTaggedInput }),
  Int32Constant: constant<number>('the word', T.Int32, Rep.Word32),
  Int64Constant: constant<bigint>('the word', T.Int64, Rep.Word64),
  Float64Constant: constant<number>('the double', T.Float64, Rep.Float64),
  NumberConstant: common<number>('> v1', 'p', 'JS number, representation chosen by simplified lowering', { machineType: T.AnyTagged, typing: (_, __, value) => numberConstantType(value), lowering: lowerNumberConstant }),
  HeapConstant: common<number>('> v1', 'pm', 'tagged word (heap object, old or read-only)', { machineType: T.TaggedPointer, typing: (_, __, word, broker) => broker.typeOfConstant(word), lowering: produces(Rep.TaggedPointer) }),
  SmiConstant: constant<number>('the number; the tagged Smi', T.TaggedSigned, Rep.TaggedSigned),
  ExternalConstant: constant<IsolateField>('name of an isolate data field', T.Pointer, Rep.Word64),
  FrameState: common<FrameStateInfo>('v5 f1 > v1', 'pam', 'parameters, locals, stack, context, function, outer FrameState (Start: none)', { typing: () => Types.None, lowering: lowerFrameState }),
  StateValues: common<StateValuesParameters>('vn > v1', 'pa', 'sparse list of tagged values of a FrameState', { typing: () => Types.None, lowering: lowerStateValues }),
  TypedStateValues: common<StateValuesParameters>('vn > v1', 'pam', 'the same with a MachineType per value'),
  ObjectState: common<ObjectStateParameters>('vn > v1', 'pa', 'fields of a virtual object (map first)', { lowering: lowerObjectState }),
  TypedObjectState: common<ObjectStateParameters>('vn > v1', 'pam', 'the same with a MachineType per field'),
  ObjectId: common<number>('> v1', 'pam', 'another mention of virtual object `id`'),
  ArgumentsElementsState: common<ArgumentsType>('> v1', 'pam', "elements that a bailout makes of the frame's arguments"),
  ArgumentsLengthState: common('> v1', 'pam', "how many arguments the frame has, for a bailout"),
  Checkpoint: common('f1 e1 c1 > e1', 'trq', 'frame state before: where eager bailouts after it resume'),
  LoopExitEffect: common('e1 > e1', 'tq', 'the way out of a loop, up to peeling: bailouts behind it have a checkpoint of their own'),
  BeginRegion: common('e1 > e1', 'tqr', 'start of an allocation with its stores'),
  FinishRegion: common('v1 e1 > v1 e1', 'tqr', 'end of the allocation; value = the object', { machineType: T.TaggedPointer, typing: typeOfInput, lowering: uses([Uses.anyTagged], Rep.TaggedPointer) }),
  TypeGuard: common<Type>('v1 e1 c1 > v1 e1', 'tr', 'is known to be of the type, here', { takes: '?', machineType: T.AnyTagged, typing: (node, type, known) => intersect(type(node.value(0)), known), lowering: (l, node, truncation) => l.typeGuard(node, truncation), linearization: (_, node) => node.value(0) }),
  Select: common('v3 > v1', 'p', 'condition ? a : b', { takes: 'b??', machineType: T.AnyTagged, operationTyping: typeSelect, lowering: (l, node, truncation) => l.select(node, truncation), linearization: linearizeSelect }),
  Projection: common<ProjectionParameters>('v1 c1 > v1', 'pam', 'result n of a node with several', { typing: typeProjection, lowering: lowerProjection }),
  Call: common<CallDescriptor>('vn xn fn en cn > vn en cn', 'm', 'inputs as the descriptor says', { takes: 't' }),
} as const;

// --- typing ----------------------------------------------------------------------------------------------------------------

function typePhi(node: Node, type: TypeOf): Type {
  let t: Type = Types.None;
  for (let i = 0; i < node.op.valueIn; i++) t = union(t, type(node.value(i)));
  return t;
}

function typeSelect(node: Node, type: TypeOf): Type {
  return union(type(node.value(1)), type(node.value(2)));
}

function typeOfInput(node: Node, type: TypeOf): Type {
  return type(node.value(0));
}

function typeParameter(_node: Node, _type: TypeOf, index: number): Type {
  switch (index) {
    case ParameterIndex.Closure:
      return Types.Callable;
    case ParameterIndex.Context:
      return Types.OtherInternal;
    case 0:
      return Types.Any; // the receiver
    default:
      return Types.NonInternal;
  }
}

function typeProjection(node: Node, _type: TypeOf, { index }: ProjectionParameters): Type {
  if (node.value(0).opcode !== 'JSForInPrepare') return Types.Any;
  return index === 2 ? Types.UnsignedSmall : Types.OtherInternal;
}

// --- lowering --------------------------------------------------------------------------------------------------------------

type Selector = RepresentationSelector;

function lowerTaggedInput(l: Selector, node: Node): void {
  l.rest(node, 0);
  l.output(node, Rep.Tagged);
}

function lowerNumberConstant(l: Selector, node: Node, _: UseTruncation, value: number): void {
  l.output(node, isSmiValue(value) ? Rep.TaggedSigned : Rep.Tagged);
}

/** Whether a number is a Smi. */
export const isSmiValue = (n: number): boolean =>
  Number.isInteger(n) && n >= -0x40000000 && n <= 0x3fffffff && !Object.is(n, -0);

const isRebuilt = ({ opcode }: Node): boolean =>
  opcode === 'ObjectState' || opcode === 'TypedObjectState' || opcode === 'ObjectId';

/** Parameters, locals and stack are StateValues; context and function tagged, or rebuilt. */
function lowerFrameState(l: Selector, node: Node): void {
  for (let i = 0; i < 3; i++) l.input(node, i, Uses.any);
  for (let i = 3; i < 5; i++) l.input(node, i, isRebuilt(node.inputs[i]!) ? Uses.any : Uses.anyTagged);
  l.rest(node, 5);
  l.output(node, Rep.Tagged);
}

function lowerStateValues(l: Selector, node: Node, _: UseTruncation, { present }: StateValuesParameters): void {
  for (let i = 0; i < node.inputs.length; i++) l.input(node, i, Uses.any);
  l.output(node, Rep.Tagged);
  if (!l.lower) return;
  const types = node.inputs.map((input) => l.deoptType(input));
  l.change(node, 'TypedStateValues', { present, types }, { valueIn: node.inputs.length });
}

function lowerObjectState(l: Selector, node: Node, _: UseTruncation, { id }: ObjectStateParameters): void {
  for (let i = 0; i < node.inputs.length; i++) l.input(node, i, Uses.any);
  l.output(node, Rep.Tagged);
  if (!l.lower) return;
  const types = node.inputs.map((input) => l.deoptType(input));
  l.change(node, 'TypedObjectState', { id, types }, { valueIn: node.inputs.length });
}

function lowerProjection(l: Selector, node: Node): void {
  l.input(node, 0, Uses.none);
  l.rest(node, 1);
  l.output(node, Rep.Tagged);
}

// --- linearization -----------------------------------------------------------------------------------------------------------

function linearizeSelect(a: GraphAssembler, node: Node): Node {
  return a.diamond(
    node.value(0),
    BranchHint.None,
    node.machineType ?? T.AnyTagged,
    () => node.value(1),
    () => node.value(2),
  );
}
