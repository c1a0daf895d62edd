// `new Array(…)` in the caller's code (V8: ReduceJSCreateArray). What the array begins with is the allocation site's, on which the
// code depends; what the arguments must be for that is guarded, as long as the site says that no such guard has failed yet.
//
//   none                a store of four holes
//   a number            up to 16 that are known: that many holes; else a store of so many, made by the runtime
//   one that is none,
//   or several          a store of the values

import {
  canInlineCall,
  ElementsKind,
  isDoubleElementsKind,
  isMoreGeneralElementsKind,
  isSmiElementsKind,
  PropertyCell,
  Root,
  root,
} from '../../objects/index.ts';
import { maxInlinedArrayLength, preallocatedElements } from '../../runtime/index.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { intersect, is, maybe, range, type Type, Types } from '../graph/types.ts';
import type { Chain } from './property-access-builder.ts';

/** Longest array whose holes are written one by one (V8: kElementLoopUnrollLimit). */
const unrollLimit = 16;

/** What the array is made of. */
export interface ConstructedArray {
  readonly kind: ElementsKind;
  /** Its length, a number or what is known to be one. */
  readonly length: number | Node;
  readonly elements: { readonly values: readonly Node[] } | { readonly holes: number } | { readonly store: Node };
}

/** Guards go to `at`; undefined: the call stays one. */
export function constructedArray(
  graph: Graph,
  broker: HeapBroker,
  node: Node,
  at: Chain,
): ConstructedArray | undefined {
  const { site, arity } = node.parameterOf('JSConstructArray');
  const args = Array.from({ length: arity }, (_, i) => node.value(i));
  const { heap } = broker;
  const kind = site === 0 ? ElementsKind.PackedSmi : broker.dependOnElementsKind(site);
  const isInlined =
    site === 0
      ? heap.get(root(heap, Root.ArrayConstructorProtector), PropertyCell.Value) === 2
      : canInlineCall(heap, site);
  const [first] = args;
  if (first === undefined) return { kind, length: 0, elements: { holes: preallocatedElements } };
  if (args.length > 1) return ofValues(graph, args, kind, isInlined, at);
  const type = typeOf(first);
  if (!maybe(type, Types.Number)) return ofValues(graph, args, general(kind, ElementsKind.Packed), isInlined, at);
  const holey = (kind | 1) as ElementsKind;
  if (is(type, Types.SignedSmall) && type.min === type.max && type.min! >= 0 && type.max! <= unrollLimit)
    return { kind: holey, length: type.max!, elements: { holes: type.max! } };
  return maybe(type, Types.UnsignedSmall) && isInlined ? ofLength(graph, first, holey, at) : undefined;
}

const typeOf = (node: Node): Type => node.type ?? Types.Any;

/** `to`, or its holey form, where that is more general than `kind`. */
const general = (kind: ElementsKind, to: ElementsKind): ElementsKind => {
  const same = (to | (kind & 1)) as ElementsKind;
  return isMoreGeneralElementsKind(kind, same) ? same : kind;
};

function ofLength(graph: Graph, length: Node, kind: ElementsKind, at: Chain): ConstructedArray {
  const put = (check: Node): Node => {
    at.effect = check;
    return check;
  };
  const number = put(graph.newNode('CheckNumber', { feedback: undefined }, [length, at.effect, at.control]));
  number.type = intersect(typeOf(length), Types.Number);
  const limit = graph.number(maxInlinedArrayLength);
  limit.type = range(maxInlinedArrayLength, maxInlinedArrayLength);
  const bounds = { feedback: undefined, convert: false };
  const checked = put(graph.newNode('CheckBounds', bounds, [number, limit, at.effect, at.control]));
  checked.type = range(0, maxInlinedArrayLength - 1);
  const isDouble = isDoubleElementsKind(kind);
  const store = put(graph.newNode('NewArrayElements', { isDouble }, [checked, at.effect, at.control]));
  store.type = Types.OtherInternal;
  return { kind, length: checked, elements: { store } };
}

/** The kind that the values ask for where that is certain; else the site's, with a guard for each value. */
function ofValues(
  graph: Graph,
  args: readonly Node[],
  from: ElementsKind,
  isInlined: boolean,
  at: Chain,
): ConstructedArray | undefined {
  const types = args.map(typeOf);
  let kind = from;
  if (!types.every((type) => is(type, Types.SignedSmall))) {
    if (types.every((type) => is(type, Types.Number))) kind = general(kind, ElementsKind.PackedDouble);
    else if (types.some((type) => !maybe(type, Types.Number))) kind = general(kind, ElementsKind.Packed);
    else if (!isInlined) return undefined;
  }
  const guard = (opcode: 'CheckSmi' | 'CheckNumber', value: Node, type: Type): Node => {
    if (is(typeOf(value), type)) return value;
    at.effect = graph.newNode(opcode, { feedback: undefined }, [value, at.effect, at.control]);
    at.effect.type = intersect(typeOf(value), type);
    return at.effect;
  };
  const values = args.map((value) => {
    if (isSmiElementsKind(kind)) return guard('CheckSmi', value, Types.SignedSmall);
    if (!isDoubleElementsKind(kind)) return value;
    const quiet = graph.newNode('NumberSilenceNaN', undefined, [guard('CheckNumber', value, Types.Number)]);
    quiet.type = Types.Number;
    return quiet;
  });
  return { kind, length: values.length, elements: { values } };
}
