// JSCreateLowering (V8: js-create-lowering.cc): literals with a boilerplate, implicit receivers of known constructors, contexts
// and closures, arguments objects are allocated inline, field by field.
//
//   BeginRegion ─▶ Allocate ─▶ StoreField … ─▶ FinishRegion        nothing observes the object before FinishRegion
//
// The boilerplate never changes its contents after it was made; its map may be deprecated, then the runtime makes the copy.

import { fieldAtWord, type Tagged } from '../../heap/index.ts';
import {
  AllocationSite,
  Context,
  contextLength,
  descriptorDetails,
  detailsFieldIndex,
  detailsLocation,
  detailsRepresentation,
  ElementsKind,
  FeedbackCell,
  FixedArray,
  FixedDoubleArray,
  HeapNumber,
  InstanceType,
  isDeprecatedMap,
  isDictionaryMap,
  isDoubleElementsKind,
  JSArgumentsObject,
  JSArray,
  JSArrayIterator,
  JSFunction,
  JSIteratorResult,
  JSObject,
  MapBits,
  MapObject,
  mapDescriptors,
  mapInObjectProperties,
  mapInstanceSize,
  mapInstanceType,
  mapOwnDescriptors,
  noInterruptBudget,
  numberValue,
  PropertyLocation,
  Representation,
  StaticRoot,
  siteOf,
} from '../../objects/index.ts';
import { closureMap, mappedParameterSlots, NativeContextSlot, objectLiteralMap } from '../../runtime/index.ts';
import { Fields } from '../broker/access-builder.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import { stateValuesOf } from '../graph/frame-states.ts';
import type { Graph } from '../graph/graph.ts';
import type { Editor, Reducer } from '../graph/graph-reducer.ts';
import { type MachineType, MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import {
  type ArgumentsElementsParameters,
  type ArgumentsType,
  type CreateClosureParameters,
  type FieldAccess,
  FrameStateInput,
  FrameStateType,
  type IterationKind,
  WriteBarrierKind,
} from '../graph/parameters.ts';
import { range, type Type, Types, union } from '../graph/types.ts';
import { type ConstructedArray, constructedArray } from './js-array-constructor.ts';
import type { Chain } from './property-access-builder.ts';

/** Most words of one object, and objects of one literal, that are allocated inline (V8: kMaxFastLiteralProperties, -Depth). */
const maxWords = 24;
const maxDepth = 3;
/** Most slots of a context that is allocated inline (V8: kFunctionContextAllocationLimit). */
const maxContextSlots = 16;

/** What an object to allocate holds. */
interface Blueprint {
  readonly map: Tagged;
  readonly size: number;
  readonly type: Type;
  readonly fields: readonly {
    readonly offset: number;
    readonly machineType: MachineType;
    readonly value: FieldValue;
  }[];
}
type FieldValue =
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'word'; readonly word: Tagged }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'object'; readonly object: Blueprint }
  /** Elements of the frame's arguments. */
  | { readonly kind: 'elements'; readonly type: ArgumentsType; readonly formal: number };

const word = (w: Tagged): FieldValue => ({ kind: 'word', word: w });
const smi = (n: number): FieldValue => word(n << 1);
const emptyElements = word(StaticRoot.EmptyFixedArray);
const T = MachineTypes;

/** A list of these values. */
const fixedArray = (values: readonly FieldValue[], map: Tagged = StaticRoot.FixedArrayMap): FieldValue =>
  values.length === 0
    ? emptyElements
    : {
        kind: 'object',
        object: {
          map,
          size: FixedArray.Elements + 4 * values.length,
          type: Types.OtherInternal,
          fields: [
            { offset: FixedArray.Length, machineType: T.AnyTagged, value: word(values.length << 1) },
            ...values.map((value, i) => ({ offset: FixedArray.Elements + 4 * i, machineType: T.AnyTagged, value })),
          ],
        },
      };

/** A list of these numbers, none of which is the hole. */
const doubleArray = (values: readonly FieldValue[]): FieldValue => ({
  kind: 'object',
  object: {
    map: StaticRoot.FixedDoubleArrayMap,
    size: FixedDoubleArray.Elements + 8 * values.length,
    type: Types.OtherInternal,
    fields: [
      { offset: FixedArray.Length, machineType: T.AnyTagged, value: word(values.length << 1) },
      ...values.map((value, i) => ({ offset: FixedDoubleArray.Elements + 8 * i, machineType: T.Float64, value })),
    ],
  },
});

/** Arguments of which some are slots of the context: context, the others, where each is. */
function aliasedElements(given: readonly FieldValue[], aliases: readonly number[], context: Node): FieldValue {
  const others = given.map((value, i) => ((aliases[i] ?? -1) >= 0 ? word(StaticRoot.TheHole) : value));
  const places = aliases.map((slot) => word(slot >= 0 ? slot << 1 : StaticRoot.TheHole));
  return sloppyElements(context, fixedArray(others), places);
}

/** @param places context slots of the aliases, or the hole */
const sloppyElements = (context: Node, others: FieldValue, places: readonly FieldValue[]): FieldValue =>
  fixedArray([{ kind: 'node', node: context }, others, ...places], StaticRoot.SloppyArgumentsElementsMap);

/** As the typer will say. */
function typed(length: Node): Node {
  length.type = Types.ArgumentsLength;
  return length;
}

export class JSCreateLowering implements Reducer {
  readonly name = 'JSCreateLowering';
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  reduce(node: Node, editor: Editor): Node | undefined {
    let blueprint: Blueprint | undefined;
    const chain = { effect: node.effect, control: node.control };
    switch (node.opcode) {
      case 'JSCreateLiteralObject':
      case 'JSCreateLiteralArray': {
        const site = this.broker.rawFeedback(
          node.parameterOf('JSCreateLiteralObject', 'JSCreateLiteralArray').feedback,
        );
        if ((site & 3) !== 1 || this.broker.mapOf(site) !== StaticRoot.AllocationSiteMap) return undefined;
        const boilerplate = this.broker.heap.get(site, AllocationSite.TransitionInfoOrBoilerplate);
        if ((boilerplate & 3) !== 1) return undefined;
        blueprint = this.literal(boilerplate, 0);
        break;
      }
      case 'JSCreateEmptyLiteralArray': {
        const site = this.broker.rawFeedback(node.parameterOf('JSCreateEmptyLiteralArray').feedback);
        if ((site & 3) !== 1 || this.broker.mapOf(site) !== StaticRoot.AllocationSiteMap) return undefined;
        blueprint = this.array(this.broker.dependOnElementsKind(site), emptyElements, smi(0));
        break;
      }
      case 'JSCreateEmptyArray':
        blueprint = this.array(node.parameterOf('JSCreateEmptyArray'), emptyElements, smi(0));
        break;
      case 'JSCreateEmptyLiteralObject':
        blueprint = this.plainObject(objectLiteralMap(this.broker.rt, 4));
        break;
      case 'JSConstructArray': {
        const made = constructedArray(this.graph, this.broker, node, chain);
        blueprint = made && this.constructed(made, chain);
        break;
      }
      case 'JSCreate': {
        blueprint = this.instance(node.value(0), node.value(1));
        break;
      }
      case 'JSCreateFunctionContext': {
        const { scopeInfo, slots } = node.parameterOf('JSCreateFunctionContext');
        const count = Math.max(contextLength(this.broker.heap, scopeInfo), 2 + slots);
        blueprint = this.contextObject(
          StaticRoot.FunctionContextMap,
          scopeInfo,
          count,
          node.context,
          StaticRoot.Undefined,
        );
        break;
      }
      case 'JSCreateBlockContext': {
        const { scopeInfo } = node.parameterOf('JSCreateBlockContext');
        const count = contextLength(this.broker.heap, scopeInfo);
        blueprint = this.contextObject(
          StaticRoot.BlockContextMap,
          scopeInfo,
          count,
          node.context,
          StaticRoot.Undefined,
        );
        break;
      }
      case 'JSCreateCatchContext': {
        const { scopeInfo } = node.parameterOf('JSCreateCatchContext');
        blueprint = this.catchContext(scopeInfo, node.context, node.value(0));
        break;
      }
      case 'JSCreateClosure':
        blueprint = this.closure(node.parameterOf('JSCreateClosure'), node.context);
        break;
      case 'JSCreateArrayIterator':
        blueprint = this.arrayIterator(node.value(0), node.parameterOf('JSCreateArrayIterator'));
        break;
      case 'JSCreateIterResultObject':
        blueprint = this.iterResult(node.value(0), node.value(1));
        break;
      case 'JSCreateKeyValueArray':
        blueprint = this.keyValueArray(node.value(0), node.value(1));
        break;
      case 'JSCreateArguments':
        blueprint = this.arguments(node);
        break;
      default:
        return undefined;
    }
    if (blueprint === undefined) return undefined;
    const object = this.allocate(blueprint, chain);
    editor.replaceWithValue(node, object, chain.effect, chain.control);
    return object;
  }

  private arguments(node: Node): Blueprint | undefined {
    const outer = node.frameState.inputs[FrameStateInput.Outer]!;
    return outer.opcode === 'FrameState' ? this.inlinedArguments(node, outer) : this.frameArguments(node);
  }

  /** The arguments of the frame itself: how many there are is known when it runs. */
  private frameArguments(node: Node): Blueprint | undefined {
    const { graph } = this;
    const { parameterCount, sharedInfo } = node.frameState.parameterOf('FrameState');
    const formal = parameterCount - 1;
    const length = { kind: 'node', node: typed(graph.newNode('ArgumentsLength', undefined, [])) } as const;
    const elements = (type: ArgumentsType): FieldValue => ({ kind: 'elements', type, formal });
    switch (node.parameterOf('JSCreateArguments')) {
      case 'rest': {
        const restLength = typed(graph.newNode('RestLength', formal, []));
        return this.array(ElementsKind.Packed, elements('rest'), { kind: 'node', node: restLength });
      }
      case 'unmapped':
        return this.argumentsObject(NativeContextSlot.StrictArgumentsMap, elements('unmapped'), length);
      default: {
        const callee: FieldValue = { kind: 'node', node: node.frameState.inputs[FrameStateInput.Function]! };
        const slots = mappedParameterSlots(this.broker.rt, sharedInfo, formal);
        if (!slots.some((slot) => slot >= 0))
          return this.argumentsObject(NativeContextSlot.SloppyArgumentsMap, elements('unmapped'), length, callee);
        // Those that nobody mentions are no aliases: only the runtime leaves some out.
        if (!slots.every((slot) => slot >= 0)) return undefined;
        const places = slots.map((slot, i) => this.mappedPlace(slot, i, length.node));
        const aliased = sloppyElements(node.context, elements('mapped'), places);
        return this.argumentsObject(NativeContextSlot.FastAliasedArgumentsMap, aliased, length, callee);
      }
    }
  }

  /** The context slot of a parameter; the hole if no argument was passed for it. */
  private mappedPlace(slot: number, index: number, length: Node): FieldValue {
    const { graph } = this;
    const isPassed = graph.newNode('NumberLessThan', undefined, [graph.number(index), length]);
    isPassed.type = Types.Boolean;
    const [place, hole] = [graph.number(slot), graph.heapConstant(StaticRoot.TheHole)];
    place.type ??= this.broker.typeOfConstant(slot << 1);
    hole.type ??= this.broker.typeOfConstant(StaticRoot.TheHole);
    const select = graph.newNode('Select', undefined, [isPassed, place, hole]);
    select.type = union(place.type, hole.type);
    return { kind: 'node', node: select };
  }

  /** In an inlined function the arguments are the call's. */
  private inlinedArguments(node: Node, outer: Node): Blueprint | undefined {
    const state = node.frameState;
    const own = outer.parameterOf('FrameState').type === FrameStateType.InlinedExtraArguments ? outer : state;
    const values = stateValuesOf(own.inputs[FrameStateInput.Parameters]!).slice(1);
    const given = values.map((value): FieldValue => {
      if (value === undefined) throw new CompilationBailout('an argument of an inlined call is optimized out');
      return { kind: 'node', node: value.node };
    });
    const { parameterCount, sharedInfo } = state.parameterOf('FrameState');
    const length = smi(given.length);
    switch (node.parameterOf('JSCreateArguments')) {
      case 'rest': {
        const rest = given.slice(parameterCount - 1);
        return this.array(ElementsKind.Packed, fixedArray(rest), smi(rest.length));
      }
      case 'unmapped':
        return this.argumentsObject(NativeContextSlot.StrictArgumentsMap, fixedArray(given), length);
      default: {
        const callee: FieldValue = { kind: 'node', node: state.inputs[FrameStateInput.Function]! };
        const aliases = mappedParameterSlots(this.broker.rt, sharedInfo, parameterCount - 1).slice(0, given.length);
        if (!aliases.some((slot) => slot >= 0))
          return this.argumentsObject(NativeContextSlot.SloppyArgumentsMap, fixedArray(given), length, callee);
        const elements = aliasedElements(given, aliases, node.context);
        return this.argumentsObject(NativeContextSlot.FastAliasedArgumentsMap, elements, length, callee);
      }
    }
  }

  private argumentsObject(
    map: NativeContextSlot,
    elements: FieldValue,
    length: FieldValue,
    callee?: FieldValue,
  ): Blueprint {
    const own: Blueprint['fields'][number][] = [
      { offset: JSArgumentsObject.Length, machineType: T.AnyTagged, value: length },
    ];
    if (callee !== undefined) own.push({ offset: JSArgumentsObject.Callee, machineType: T.AnyTagged, value: callee });
    const size = callee === undefined ? JSArgumentsObject.StrictSize : JSArgumentsObject.SloppySize;
    return this.object(this.broker.intrinsic(map), size, elements, own);
  }

  /** What `new target` makes for a new.target whose initial map is the target's, as large as it will be after slack tracking. */
  private instance(target: Node, newTarget: Node): Blueprint | undefined {
    const { broker } = this;
    const { heap } = broker;
    if (target.opcode !== 'HeapConstant' || newTarget.opcode !== 'HeapConstant') return undefined;
    const fn = newTarget.parameterOf('HeapConstant');
    const initial = broker.instanceMap(target.parameterOf('HeapConstant'), fn);
    if (initial === 0 || mapInstanceType(heap, initial) !== InstanceType.JSObject) return undefined;
    return this.plainObject(initial, broker.dependOnInstanceSizePrediction(fn));
  }

  /** An object without properties or elements yet. */
  private plainObject(map: Tagged, size = mapInstanceSize(this.broker.heap, map)): Blueprint | undefined {
    const { heap } = this.broker;
    if (isDictionaryMap(heap, map) || isDeprecatedMap(heap, map) || !this.broker.canEmbed(map)) return undefined;
    const fields: { offset: number; machineType: MachineType; value: FieldValue }[] = [];
    for (let offset = JSObject.HeaderSize; offset < size; offset += 4)
      fields.push({ offset, machineType: T.AnyTagged, value: word(StaticRoot.Undefined) });
    return this.object(map, size, emptyElements, fields);
  }

  /** Fields of a context: scope info, the outer context, then locals that are not set yet. */
  private contextObject(map: Tagged, info: Tagged, slots: number, outer: Node, local: Tagged): Blueprint | undefined {
    if (slots > maxContextSlots || !this.broker.canEmbed(info)) return undefined;
    const fields: { offset: number; machineType: MachineType; value: FieldValue }[] = [
      { offset: Context.Length, machineType: T.AnyTagged, value: word(slots << 1) },
      { offset: Context.ScopeInfo, machineType: T.AnyTagged, value: word(info) },
      { offset: Context.Previous, machineType: T.AnyTagged, value: { kind: 'node', node: outer } },
    ];
    for (let slot = 2; slot < slots; slot++)
      fields.push({ offset: Context.Slots + 4 * slot, machineType: T.AnyTagged, value: word(local) });
    return { map, size: Context.Slots + 4 * slots, type: Types.OtherInternal, fields };
  }

  /** Its one local is what was thrown. */
  private catchContext(info: Tagged, outer: Node, thrown: Node): Blueprint | undefined {
    const count = contextLength(this.broker.heap, info);
    const context = this.contextObject(StaticRoot.CatchContextMap, info, count, outer, StaticRoot.Undefined);
    if (context === undefined) return undefined;
    const offset = Context.Slots + 4 * 2;
    const others = context.fields.filter((field) => field.offset !== offset);
    const value: FieldValue = { kind: 'node', node: thrown };
    return { ...context, fields: [...others, { offset, machineType: T.AnyTagged, value }] };
  }

  private arrayIterator(iterated: Node, kind: IterationKind): Blueprint {
    return this.object(this.broker.intrinsic(NativeContextSlot.ArrayIteratorMap), JSArrayIterator.Size, emptyElements, [
      { offset: JSArrayIterator.IteratedObject, machineType: T.AnyTagged, value: { kind: 'node', node: iterated } },
      { offset: JSArrayIterator.NextIndex, machineType: T.AnyTagged, value: word(0) },
      { offset: JSArrayIterator.Kind, machineType: T.AnyTagged, value: word(kind << 1) },
    ]);
  }

  private iterResult(value: Node, done: Node): Blueprint {
    return this.object(
      this.broker.intrinsic(NativeContextSlot.IteratorResultMap),
      JSIteratorResult.Size,
      emptyElements,
      [
        { offset: JSIteratorResult.Value, machineType: T.AnyTagged, value: { kind: 'node', node: value } },
        { offset: JSIteratorResult.Done, machineType: T.AnyTagged, value: { kind: 'node', node: done } },
      ],
    );
  }

  private keyValueArray(key: Node, value: Node): Blueprint {
    const pair = fixedArray([key, value].map((node) => ({ kind: 'node', node })));
    return this.array(ElementsKind.Packed, pair, smi(2));
  }

  private constructed({ kind, length, elements }: ConstructedArray, at: Chain): Blueprint {
    const size: FieldValue = typeof length === 'number' ? word(length << 1) : { kind: 'node', node: length };
    if ('store' in elements) return this.array(kind, { kind: 'node', node: elements.store }, size);
    if ('values' in elements) {
      const values = elements.values.map((node): FieldValue => ({ kind: 'node', node }));
      return this.array(kind, isDoubleElementsKind(kind) ? doubleArray(values) : fixedArray(values), size);
    }
    const holes = Array.from({ length: elements.holes }, () => word(StaticRoot.TheHole));
    if (!isDoubleElementsKind(kind) || holes.length === 0) return this.array(kind, fixedArray(holes), size);
    const count = this.graph.number(holes.length);
    count.type = range(holes.length, holes.length);
    const store = this.graph.newNode('NewArrayElements', { isDouble: true }, [count, at.effect, at.control]);
    store.type = Types.OtherInternal;
    at.effect = store;
    return this.array(kind, { kind: 'node', node: store }, size);
  }

  private array(kind: ElementsKind, elements: FieldValue, length: FieldValue): Blueprint {
    const { broker } = this;
    const map = broker.heap.getElement(broker.intrinsic(NativeContextSlot.ArrayMaps), FixedArray.Elements, kind);
    return this.object(map, JSArray.Size, elements, [
      { offset: JSArray.Length, machineType: T.AnyTagged, value: length },
    ]);
  }

  /** An object with a header and these fields, without properties that lie elsewhere. */
  private object(map: Tagged, size: number, elements: FieldValue, own: Blueprint['fields']): Blueprint {
    const fields: Blueprint['fields'] = [
      { offset: JSObject.PropertiesOrHash, machineType: T.AnyTagged, value: word(StaticRoot.EmptyFixedArray) },
      { offset: JSObject.Elements, machineType: T.AnyTagged, value: elements },
      ...own,
    ];
    return { map, size, type: Types.OtherObject, fields };
  }

  /** Only at sites that have made several closures, as V8: until then the runtime counts them. */
  private closure({ shared, feedbackCell }: CreateClosureParameters, context: Node): Blueprint | undefined {
    const { broker } = this;
    const { heap } = broker;
    if (broker.mapOf(feedbackCell) !== StaticRoot.ManyClosuresCellMap) return undefined;
    if (heap.getI32(feedbackCell, FeedbackCell.InterruptBudget) === noInterruptBudget) return undefined;
    const map = closureMap(broker.rt, shared);
    const code = broker.intrinsic(NativeContextSlot.InterpreterTrampolineCode);
    if (![shared, feedbackCell, map, code].every((w) => broker.canEmbed(w))) return undefined;
    const fields: { offset: number; machineType: MachineType; value: FieldValue }[] = [
      { offset: JSObject.PropertiesOrHash, machineType: T.AnyTagged, value: word(StaticRoot.EmptyFixedArray) },
      { offset: JSObject.Elements, machineType: T.AnyTagged, value: word(StaticRoot.EmptyFixedArray) },
      { offset: JSFunction.SharedFunctionInfo, machineType: T.AnyTagged, value: word(shared) },
      { offset: JSFunction.Context, machineType: T.AnyTagged, value: { kind: 'node', node: context } },
      { offset: JSFunction.FeedbackCell, machineType: T.AnyTagged, value: word(feedbackCell) },
      { offset: JSFunction.Code, machineType: T.AnyTagged, value: word(code) },
    ];
    if ((heap.getU8(map, MapObject.BitField) & MapBits.HasPrototypeSlot) !== 0)
      fields.push({
        offset: JSFunction.PrototypeOrInitialMap,
        machineType: T.AnyTagged,
        value: word(StaticRoot.TheHole),
      });
    return { map, size: mapInstanceSize(heap, map), type: Types.Callable, fields };
  }

  private literal(object: Tagged, depth: number): Blueprint | undefined {
    const { broker } = this;
    const { heap } = broker;
    const map = broker.mapOf(object);
    const instanceType = mapInstanceType(heap, map);
    if (depth > maxDepth || isDictionaryMap(heap, map) || isDeprecatedMap(heap, map) || !broker.canEmbed(map))
      return undefined;
    if (instanceType !== InstanceType.JSObject && instanceType !== InstanceType.JSArray) return undefined;
    const size = mapInstanceSize(heap, map);
    if (size > 4 * maxWords) return undefined;
    const site = siteOf(heap, object);
    if (site !== 0) broker.dependOnElementsKind(site);
    const properties = heap.get(object, JSObject.PropertiesOrHash);
    if (
      (properties & 1) !== 0 &&
      properties !== StaticRoot.EmptyFixedArray &&
      properties !== StaticRoot.EmptyPropertyArray
    )
      return undefined;
    const elements = this.elements(heap.get(object, JSObject.Elements), depth);
    if (elements === undefined) return undefined;
    const fields: { offset: number; machineType: MachineType; value: FieldValue }[] = [
      { offset: JSObject.PropertiesOrHash, machineType: T.AnyTagged, value: word(StaticRoot.EmptyFixedArray) },
      { offset: JSObject.Elements, machineType: T.AnyTagged, value: elements },
    ];
    let offset: number = JSObject.HeaderSize;
    if (instanceType === InstanceType.JSArray) {
      fields.push({ offset: JSArray.Length, machineType: T.AnyTagged, value: word(heap.get(object, JSArray.Length)) });
      offset = JSArray.Size;
    }
    const inObject = mapInObjectProperties(heap, map);
    const start = size - 4 * inObject;
    for (; offset < start; offset += 4)
      fields.push({ offset, machineType: T.AnyTagged, value: word(heap.get(object, fieldAtWord(offset >> 2))) });
    const doubles = new Set<number>();
    const descriptors = mapDescriptors(heap, map);
    for (let i = 0; i < mapOwnDescriptors(heap, map); i++) {
      const details = descriptorDetails(heap, descriptors, i);
      if (
        detailsLocation(details) === PropertyLocation.Field &&
        detailsRepresentation(details) === Representation.Double
      )
        doubles.add(start + 4 * detailsFieldIndex(details));
    }
    for (offset = start; offset < size; offset += 4) {
      const value = heap.get(object, fieldAtWord(offset >> 2));
      const field =
        doubles.has(offset) && broker.isHeapNumber(value)
          ? this.box(numberValue(heap, value))
          : this.value(value, depth);
      if (field === undefined) return undefined;
      fields.push({ offset, machineType: T.AnyTagged, value: field });
    }
    return { map, size, type: Types.OtherObject, fields };
  }

  private box(number: number): FieldValue {
    return {
      kind: 'object',
      object: {
        map: StaticRoot.HeapNumberMap,
        size: HeapNumber.Size,
        type: Types.OtherInternal,
        fields: [{ offset: HeapNumber.Value, machineType: T.Float64, value: { kind: 'number', number } }],
      },
    };
  }

  private value(value: Tagged, depth: number): FieldValue | undefined {
    if ((value & 1) === 0) return word(value);
    const type = this.broker.instanceType(value);
    if (type === InstanceType.JSObject || type === InstanceType.JSArray) {
      const object = this.literal(value, depth + 1);
      return object === undefined ? undefined : { kind: 'object', object };
    }
    return this.broker.canEmbed(value) ? word(value) : undefined;
  }

  private elements(elements: Tagged, depth: number): FieldValue | undefined {
    const { heap } = this.broker;
    const map = this.broker.mapOf(elements);
    const length = heap.get(elements, FixedArray.Length) >> 1;
    if (length === 0 || map === StaticRoot.CowFixedArrayMap)
      return this.broker.canEmbed(elements) ? word(elements) : undefined;
    if (length > maxWords / 2) return undefined;
    const fields: { offset: number; machineType: MachineType; value: FieldValue }[] = [
      { offset: FixedArray.Length, machineType: T.AnyTagged, value: word(length << 1) },
    ];
    if (map === StaticRoot.FixedDoubleArrayMap) {
      for (let i = 0; i < length; i++) {
        const number = heap.getF64Element(elements, FixedDoubleArray.Elements, i);
        if (Number.isNaN(number)) return undefined; // perhaps the hole
        fields.push({ offset: FixedArray.Elements + 8 * i, machineType: T.Float64, value: { kind: 'number', number } });
      }
      return {
        kind: 'object',
        object: { map, size: FixedArray.Elements + 8 * length, type: Types.OtherInternal, fields },
      };
    }
    if (map !== StaticRoot.FixedArrayMap) return undefined;
    for (let i = 0; i < length; i++) {
      const value = this.value(heap.getElement(elements, FixedArray.Elements, i), depth);
      if (value === undefined) throw new CompilationBailout('an argument of an inlined call is optimized out');
      fields.push({ offset: FixedArray.Elements + 4 * i, machineType: T.AnyTagged, value });
    }
    return {
      kind: 'object',
      object: { map, size: FixedArray.Elements + 4 * length, type: Types.OtherInternal, fields },
    };
  }

  private allocate(blueprint: Blueprint, c: { effect: Node; control: Node }): Node {
    const { graph } = this;
    // Inner objects first: a region holds one allocation.
    const values = blueprint.fields.map(({ value }) => {
      if (value.kind === 'object') return this.allocate(value.object, c);
      if (value.kind === 'node') return value.node;
      if (value.kind === 'elements') return this.argumentsElements(value, c);
      const node =
        value.kind === 'number'
          ? graph.number(value.number)
          : (value.word & 1) === 0
            ? graph.number(value.word >> 1)
            : this.constant(value.word);
      node.type ??= value.kind === 'number' ? this.broker.typeOfConstant(0) : this.broker.typeOfConstant(value.word);
      return node;
    });
    c.effect = graph.newNode('BeginRegion', undefined, [c.effect]);
    const size = graph.number((blueprint.size + 7) & ~7);
    const allocate = graph.newNode('Allocate', undefined, [size, c.effect, c.control]);
    allocate.type = blueprint.type;
    c.effect = allocate;
    c.effect = graph.newNode('StoreField', Fields.map, [
      allocate,
      graph.heapConstant(blueprint.map),
      c.effect,
      c.control,
    ]);
    blueprint.fields.forEach((field, i) => {
      const access: FieldAccess = {
        offset: field.offset,
        name: `+${field.offset}`,
        machineType: field.machineType,
        type: Types.Any,
        barrier: WriteBarrierKind.None,
      };
      c.effect = graph.newNode('StoreField', access, [allocate, values[i]!, c.effect, c.control]);
    });
    const finish = graph.newNode('FinishRegion', undefined, [allocate, c.effect]);
    finish.type = blueprint.type;
    c.effect = finish;
    return finish;
  }

  private argumentsElements({ type, formal }: ArgumentsElementsParameters, c: { effect: Node; control: Node }): Node {
    const elements = this.graph.newNode('NewArgumentsElements', { type, formal }, [c.effect, c.control]);
    elements.type = Types.OtherInternal;
    c.effect = elements;
    return elements;
  }

  private constant(w: Tagged): Node {
    if (this.broker.isHeapNumber(w)) return this.graph.number(numberValue(this.broker.heap, w));
    return this.graph.heapConstant(w);
  }
}
