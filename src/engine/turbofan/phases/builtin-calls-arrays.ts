// Methods of arrays in optimized code (V8: ReduceArrayPrototype…). What a receiver's map is, the guard before the method's load said.

import type { Tagged } from '../../heap/index.ts';
import {
  ElementsKind,
  isDoubleElementsKind,
  isHoleyElementsKind,
  isSmiElementsKind,
  mapElementsKind,
  Root,
  StaticRoot,
} from '../../objects/index.ts';
import { elementAccess, Fields, jsArrayLength } from '../broker/access-builder.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint } from '../graph/parameters.ts';
import { range, Types } from '../graph/types.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { iterableElementsKind } from './builtin-calls-iterators.ts';
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

/** What changes the receiver's length, by the sort of its elements. */
const resizing =
  (
    kinds: (kind: ElementsKind) => boolean,
    build: (call: BuiltinCall, kind: ElementsKind, at: Chain) => Node,
  ): Reduction =>
  (call) => {
    const { broker, receiver, feedback, access, at } = call;
    if (feedback === undefined) return undefined;
    const inference = inferMaps(broker, receiver, call.node.effect);
    const isKnown = (map: Tagged): boolean => broker.canResizeArray(map) && kinds(mapElementsKind(broker.heap, map));
    if (inference === undefined || !inference.maps.every(isKnown)) return undefined;
    if (!broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
    call.relyOn(inference);
    const cases = casesOf(call, inference.maps);
    return cases.length === 1
      ? build(call, cases[0]!.kind, at)
      : access.byMaps(receiver, cases, at, feedback, (one, place) => build(call, one.kind, place), true);
  };

/** All arguments to the end of the receiver; the new length. */
function append(call: BuiltinCall, kind: ElementsKind, c: Chain): Node {
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

/** The last element, which a hole takes the place of; undefined where there is none. */
function takeLast(call: BuiltinCall, kind: ElementsKind, c: Chain): Node {
  const { access, graph, receiver } = call;
  const length = access.loadField(jsArrayLength(kind), receiver, c);
  const value = call.either(
    call.pure('NumberEqual', length, graph.number(0)),
    BranchHint.False,
    () => graph.heapConstant(StaticRoot.Undefined),
    (at) => {
      let elements = access.loadField(Fields.elements, receiver, at);
      if (!isDoubleElementsKind(kind)) {
        elements = graph.newNode('EnsureWritableFastElements', undefined, [receiver, elements, at.effect, at.control]);
        at.effect = elements;
      }
      const last = asIndex(call, call.pure('NumberSubtract', length, graph.number(1)), at);
      access.storeField(jsArrayLength(kind), receiver, last, at);
      const row = elementAccess(kind);
      const element = graph.newNode('LoadElement', row, [elements, last, at.effect, at.control]);
      element.type = row.type;
      at.effect = isDoubleElementsKind(kind)
        ? graph.newNode('StoreDoubleHole', undefined, [elements, last, element, at.control])
        : graph.newNode('StoreElement', elementAccess(ElementsKind.Holey), [
            elements,
            last,
            graph.heapConstant(StaticRoot.TheHole),
            element,
            at.control,
          ]);
      return element;
    },
    c,
  );
  return isHoleyElementsKind(kind) ? call.pure('ConvertTaggedHoleToUndefined', value) : value;
}

const validIndex = range(0, Types.FixedArrayLength.max! - 1);

/** A number that is known to be an index, here. */
function asIndex({ graph }: BuiltinCall, value: Node, c: Chain): Node {
  const index = graph.newNode('TypeGuard', validIndex, [value, c.effect, c.control]);
  index.type = validIndex;
  c.effect = index;
  return index;
}

/** A position that counts from the end where it is negative. */
const fromEnd = (call: BuiltinCall, position: Node, length: Node): Node =>
  call.pure(
    'Select',
    call.pure('NumberLessThan', position, call.graph.number(0)),
    call.pure('NumberAdd', length, position),
    position,
  );

/** An element of a receiver of each map, one after the other; the builtin's call, where it is another's. */
function at(call: BuiltinCall): Node | undefined {
  const { access, broker, graph, receiver, feedback, at: c } = call;
  if (feedback === undefined) return undefined;
  const inference = inferMaps(broker, receiver, call.node.effect);
  if (inference === undefined) return undefined;
  const known = inference.maps.filter((map) => iterableElementsKind(broker, [map]) !== undefined);
  if (known.length === 0 || !broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
  call.relyOn(inference);
  const position = call.smi(call.argument(0, graph.number(0)));
  const elements = access.loadField(Fields.elements, receiver, c);
  const isOther = known.length < inference.maps.length;
  const cases = known.map((map) => ({
    maps: [map],
    kind: mapElementsKind(broker.heap, map) as ElementsKind | undefined,
  }));
  if (isOther) cases.push({ maps: inference.maps.filter((map) => !known.includes(map)), kind: undefined });
  return access.byMaps(
    receiver,
    cases,
    c,
    feedback,
    ({ kind }, place) => (kind === undefined ? call.stay(place) : elementAt(call, { elements, position, kind }, place)),
    true,
  );
}

interface Place {
  readonly elements: Node;
  readonly position: Node;
  readonly kind: ElementsKind;
}

function elementAt(call: BuiltinCall, { elements, position, kind }: Place, c: Chain): Node {
  const { access, graph, receiver } = call;
  const length = access.loadField(jsArrayLength(kind), receiver, c);
  const index = fromEnd(call, position, length);
  const none = (): Node => graph.heapConstant(StaticRoot.Undefined);
  return call.either(
    call.pure('NumberLessThan', index, graph.number(0)),
    BranchHint.None,
    none,
    (inner) =>
      call.either(
        call.pure('NumberLessThan', index, length),
        BranchHint.None,
        (place) => access.loadElement(kind, elements, asIndex(call, index, place), place, true),
        none,
        inner,
      ),
    c,
  );
}

const search =
  (opcode: 'ArrayIndexOf' | 'ArrayIncludes'): Reduction =>
  (call) => {
    const { access, broker, graph, receiver, feedback, at: c } = call;
    if (feedback === undefined) return undefined;
    const inference = inferMaps(broker, receiver, call.node.effect);
    const kind = inference === undefined ? undefined : iterableElementsKind(broker, inference.maps);
    if (inference === undefined || kind === undefined) return undefined;
    if (!broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
    call.relyOn(inference);
    const elements = access.loadField(Fields.elements, receiver, c);
    const length = access.loadField(jsArrayLength(kind), receiver, c);
    let from = graph.number(0);
    if (call.count > 1) {
      from = call.pure('NumberMax', fromEnd(call, call.smi(call.argument(1)), length), from);
      from.type = Types.UnsignedSmall;
    }
    const isDouble = isDoubleElementsKind(kind);
    c.effect = graph.newNode(opcode, { isDouble }, [elements, call.argument(0), length, from, c.effect, c.control]);
    return c.effect;
  };

const isUndefined = (node: Node): boolean =>
  node.opcode === 'HeapConstant' && node.parameterOf('HeapConstant') === StaticRoot.Undefined;

/** The whole array; a part of one stays a call. */
function slice(call: BuiltinCall): Node | undefined {
  const { broker, graph, receiver, feedback, at: c } = call;
  const start = call.argument(0, graph.number(0));
  if (feedback === undefined || start.opcode !== 'NumberConstant' || !isUndefined(call.argument(1))) return undefined;
  if (!Object.is(start.parameterOf('NumberConstant'), 0)) return undefined;
  const inference = inferMaps(broker, receiver, call.node.effect);
  if (inference === undefined) return undefined;
  const kinds = inference.maps.map((map) => iterableElementsKind(broker, [map]));
  if (kinds.includes(undefined) || !broker.dependOnProtector(Root.ArraySpeciesProtector)) return undefined;
  if (kinds.some((kind) => isHoleyElementsKind(kind!)) && !broker.dependOnProtector(Root.NoElementsProtector))
    return undefined;
  call.relyOn(inference);
  c.effect = graph.newNode('CloneFastJSArray', undefined, [receiver, c.effect, c.control]);
  return c.effect;
}

export const arrayReductions: Readonly<Record<string, Reduction>> = {
  'Array.prototype.push': resizing(() => true, append),
  'Array.prototype.pop': resizing((kind) => kind !== ElementsKind.HoleyDouble, takeLast),
  'Array.prototype.at': at,
  'Array.prototype.indexOf': search('ArrayIndexOf'),
  'Array.prototype.includes': search('ArrayIncludes'),
  'Array.prototype.slice': slice,
};
