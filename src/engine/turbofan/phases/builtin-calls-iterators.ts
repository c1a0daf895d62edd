// Iterators in optimized code (V8: ReduceArrayIterator, ReduceArrayIteratorPrototypeNext). An array iterator that this code has made is
// stepped here; escape analysis then takes it and its results away, and a for-of loop is one over indices.

import type { Tagged } from '../../heap/index.ts';
import {
  ElementsKind,
  InstanceType,
  isDoubleElementsKind,
  isHoleyElementsKind,
  mapElementsKind,
  mapInstanceType,
  mapPrototype,
  Root,
  StaticRoot,
} from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { Fields, jsArrayLength } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, IterationKind } from '../graph/parameters.ts';
import { range, Types } from '../graph/types.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { inferMaps } from './map-inference.ts';
import type { Chain } from './property-access-builder.ts';

type Reduction = (call: BuiltinCall) => Node | undefined;

const arrayIterators: Readonly<Record<string, IterationKind>> = {
  'Array.prototype.keys': IterationKind.Keys,
  'Array.prototype.values': IterationKind.Values,
  'Array.prototype.entries': IterationKind.Entries,
};

/** What the builtin `name` gives as the iterator of a receiver with these maps; undefined where that takes a call. */
export function iteratorBy(
  name: string,
  receiver: Node,
  maps: readonly Tagged[],
  { broker, graph }: Pick<BuiltinCall, 'broker' | 'graph'>,
  c: Chain,
): Node | undefined {
  if (name === '%IteratorPrototype%.@@iterator') return receiver;
  const kind = arrayIterators[name];
  const isReceiver = (map: Tagged): boolean => mapInstanceType(broker.heap, map) >= InstanceType.FirstJSReceiver;
  if (kind === undefined || !maps.every(isReceiver)) return undefined;
  c.effect = graph.newNode('JSCreateArrayIterator', kind, [receiver, c.effect, c.control]);
  return c.effect;
}

const newIterator =
  (name: string): Reduction =>
  (call) => {
    const inference = inferMaps(call.broker, call.receiver, call.node.effect);
    return inference === undefined ? undefined : iteratorBy(name, call.receiver, inference.maps, call, call.at);
  };

/** The elements kind that arrays of all these maps can be read with; undefined if there is none (V8: CanInlineArrayIteratingBuiltin). */
export function iterableElementsKind(broker: HeapBroker, maps: readonly Tagged[]): ElementsKind | undefined {
  const { heap } = broker;
  const prototype = broker.intrinsic(NativeContextSlot.ArrayPrototype);
  const kinds = maps.map((map) => mapElementsKind(heap, map));
  const isIterable = (map: Tagged): boolean =>
    mapInstanceType(heap, map) === InstanceType.JSArray &&
    mapElementsKind(heap, map) <= ElementsKind.HoleyDouble &&
    mapPrototype(heap, map) === prototype;
  if (!maps.every(isIterable)) return undefined;
  const isDouble = isDoubleElementsKind(kinds[0]!);
  if (!kinds.every((kind) => isDoubleElementsKind(kind) === isDouble)) return undefined;
  const holey = kinds.some(isHoleyElementsKind) ? 1 : 0;
  return (Math.max(...kinds.map((kind) => kind & ~1)) | holey) as ElementsKind;
}

const validIndex = range(0, Types.FixedArrayLength.max! - 1);

/** Of an iterator that this code has made, over arrays whose maps it knew then. */
function next(call: BuiltinCall): Node | undefined {
  const { broker, graph, receiver: iterator, access, at, feedback } = call;
  if (iterator.opcode !== 'JSCreateArrayIterator') return undefined;
  const iterated = iterator.value(0);
  const maps = inferMaps(broker, iterated, iterator.effect)?.maps;
  const kind = maps === undefined ? undefined : iterableElementsKind(broker, maps);
  if (maps === undefined || kind === undefined) return undefined;
  if (isHoleyElementsKind(kind) && !broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
  access.checkMaps(iterated, maps, at, feedback);
  const index = access.loadField(Fields.arrayIteratorNextIndex, iterator, at);
  const elements = access.loadField(Fields.elements, iterated, at);
  const length = access.loadField(jsArrayLength(kind), iterated, at);
  const within = graph.newNode('NumberLessThan', undefined, [index, length]);
  const branch = graph.newNode('Branch', { hint: BranchHint.None }, [within, at.control]);
  const inside: Chain = { effect: at.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
  const value = step(call, { elements, index, kind }, inside);
  const outside: Chain = { effect: at.effect, control: graph.newNode('IfFalse', undefined, [branch]) };
  // Exhausted: an index that no length exceeds.
  access.storeField(Fields.arrayIteratorNextIndex, iterator, graph.number(Types.ArrayLength.max!), outside);
  access.join(inside, outside);
  const results = [graph.phi([value, graph.heapConstant(StaticRoot.Undefined)], inside.control)];
  results.push(
    graph.phi(
      [StaticRoot.False, StaticRoot.True].map((w) => graph.heapConstant(w)),
      inside.control,
    ),
  );
  at.control = inside.control;
  at.effect = graph.newNode('JSCreateIterResultObject', undefined, [...results, inside.effect, inside.control]);
  return at.effect;
}

interface Place {
  readonly elements: Node;
  readonly index: Node;
  readonly kind: ElementsKind;
}

/** What the iterator gives at an index in bounds; it goes on to the next. */
function step({ graph, receiver: iterator, access }: BuiltinCall, { elements, index, kind }: Place, c: Chain): Node {
  const valid = graph.newNode('TypeGuard', validIndex, [index, c.effect, c.control]);
  valid.type = validIndex;
  c.effect = valid;
  const iteration = iterator.parameterOf('JSCreateArrayIterator');
  let value: Node = valid;
  if (iteration !== IterationKind.Keys) value = access.loadElement(kind, elements, valid, c, true);
  if (iteration === IterationKind.Entries) {
    value = graph.newNode('JSCreateKeyValueArray', undefined, [valid, value, c.effect, c.control]);
    c.effect = value;
  }
  const following = graph.newNode('NumberAdd', undefined, [valid, graph.number(1)]);
  access.storeField(Fields.arrayIteratorNextIndex, iterator, following, c);
  return value;
}

export const iteratorReductions: Readonly<Record<string, Reduction>> = {
  'Array.prototype.keys': newIterator('Array.prototype.keys'),
  'Array.prototype.values': newIterator('Array.prototype.values'),
  'Array.prototype.entries': newIterator('Array.prototype.entries'),
  '%IteratorPrototype%.@@iterator': ({ receiver }) => receiver,
  '%ArrayIteratorPrototype%.next': next,
};
