// Methods of arrays in optimized code (V8: ReduceArrayPrototype…). What a receiver's map is, the guard before the method's load said.

import type { Tagged } from '../../heap/index.ts';
import { ElementsKind, isDoubleElementsKind, isSmiElementsKind, mapElementsKind, Root } from '../../objects/index.ts';
import { elementAccess, Fields, jsArrayLength } from '../broker/access-builder.ts';
import type { Node } from '../graph/node.ts';
import { Types } from '../graph/types.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { inferMaps } from './map-inference.ts';
import type { Chain } from './property-access-builder.ts';

type Reduction = (call: BuiltinCall) => Node | undefined;

/** Arrays of one sort of elements. */
interface Case {
  readonly maps: Tagged[];
  readonly kind: ElementsKind;
}

/** Smis, doubles and anything else; the more general kind of each. */
function casesOf({ broker }: BuiltinCall, maps: readonly Tagged[]): Case[] {
  const cases: Case[] = [];
  for (const map of maps) {
    const kind = mapElementsKind(broker.heap, map);
    const same = cases.findIndex((one) => one.kind >> 1 === kind >> 1);
    if (same < 0) cases.push({ maps: [map], kind });
    else cases[same] = { maps: [...cases[same]!.maps, map], kind: Math.max(cases[same]!.kind, kind) };
  }
  return cases;
}

function push(call: BuiltinCall): Node | undefined {
  const { broker, receiver, feedback, access, at } = call;
  if (feedback === undefined) return undefined;
  const inference = inferMaps(receiver, call.node.effect);
  if (inference === undefined || !inference.maps.every((map) => broker.canResizeArray(map))) return undefined;
  if (!broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
  if (!inference.isReliable) access.checkMaps(receiver, inference.maps, at, feedback);
  const cases = casesOf(call, inference.maps);
  return cases.length === 1
    ? append(call, cases[0]!, at)
    : access.byMaps(receiver, cases, at, feedback, (one, place) => append(call, one, place), true);
}

/** All arguments to the end of the receiver; the new length. */
function append(call: BuiltinCall, { kind }: Case, c: Chain): Node {
  const { access, graph, receiver, feedback, count } = call;
  const isDouble = isDoubleElementsKind(kind);
  const values = Array.from({ length: count }, (_, i) => {
    const value = call.argument(i);
    if (isSmiElementsKind(kind)) return access.check('CheckSmi', value, c, feedback);
    return isDouble ? call.pure('NumberSilenceNaN', access.check('CheckNumber', value, c, feedback)) : value;
  });
  const length = access.loadField(jsArrayLength(kind), receiver, c);
  if (count === 0) return length;
  const end = (n: number): Node => {
    const sum = call.pure('NumberAdd', length, graph.number(n));
    sum.type = Types.UnsignedSmall;
    return sum;
  };
  const elements = access.loadField(Fields.elements, receiver, c);
  const capacity = access.loadField(Fields.fixedArrayLength, elements, c);
  const mode = isDouble ? 'double' : 'smiOrObject';
  const grown = graph.newNode('MaybeGrowFastElements', { mode, feedback }, [
    receiver,
    elements,
    end(count - 1),
    capacity,
    c.effect,
    c.control,
  ]);
  c.effect = grown;
  const raised = end(count);
  access.storeField(jsArrayLength(kind), receiver, raised, c);
  // Storing needs no hole in the element's type.
  const row = elementAccess(kind === ElementsKind.Holey ? kind : ((kind & ~1) as ElementsKind));
  values.forEach((value, i) => {
    const index = i === 0 ? length : end(i);
    c.effect = graph.newNode('StoreElement', row, [grown, index, value, c.effect, c.control]);
  });
  return raised;
}

export const arrayReductions: Readonly<Record<string, Reduction>> = {
  'Array.prototype.push': push,
};
