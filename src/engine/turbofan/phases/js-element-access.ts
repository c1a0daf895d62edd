// Element accesses of JSNativeContextSpecialization (V8: ReduceElementAccess, BuildElementAccess): which maps a keyed site saw,
// what its handlers cover, and the guards and memory operations for just that.
//
//   maps of the site ─▶ groups: a map and those that transition to it ─▶ CheckMaps, CheckBounds, LoadElement / StoreElement
//   loads of like kinds need no transition: they read as the most general kind
//
// Whatever the feedback covers must not bail out, or the site would be compiled the same way again: holes and indices past
// the end are handled exactly where the inline cache says that it handles them.

import { elementLoadMode, KeyedAccessLoadMode, KeyedAccessStoreMode, storeModeOf } from '../../feedback/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  ElementsKind,
  findElementsKindTransitionedMap,
  holeyKindOf,
  InstanceType,
  isDoubleElementsKind,
  isHoleyElementsKind,
  isMoreGeneralElementsKind,
  isSmiElementsKind,
  isStableMap,
  isTypedArrayElementsKind,
  mapElementsKind,
  mapInstanceType,
  mapPrototype,
  maxGap,
  Root,
  StaticRoot,
} from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { elementAccess, Fields, jsArrayLength } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type FeedbackSource } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import { TypedArrayAccess, typedElementType } from './js-typed-array-access.ts';
import { inferCertainMaps, possibleMaps } from './map-inference.ts';
import type { Chain, PropertyAccessBuilder } from './property-access-builder.ts';

/** How the elements of some maps are accessed (V8: ElementAccessInfo). */
interface ElementAccessInfo {
  readonly maps: readonly Tagged[];
  readonly kind: ElementsKind;
  /** Maps whose instances become `maps[0]` first. */
  readonly sources: readonly Tagged[];
}

interface ElementFeedback {
  readonly maps: readonly Tagged[];
  readonly loadMode: KeyedAccessLoadMode;
  readonly storeMode: KeyedAccessStoreMode;
}

/** Length of the longest string (V8: String::kMaxLength), and the largest Smi. */
const maxStringLength = 536870888;
const maxSmi = 0x3fffffff;

const inlineTypes: ReadonlySet<InstanceType> = new Set([
  InstanceType.JSArray,
  InstanceType.JSObject,
  InstanceType.JSArgumentsObject,
]);

const canInlineElementAccess = (broker: HeapBroker, map: Tagged): boolean => {
  const type = mapInstanceType(broker.heap, map);
  const kind = mapElementsKind(broker.heap, map);
  if (type === InstanceType.JSTypedArray) return typedElementType(kind) !== undefined;
  return inlineTypes.has(type) && kind <= ElementsKind.HoleyDouble;
};

/** The kind as which both may be read; undefined where one is of doubles and the other is not. */
const generalizeKinds = (a: ElementsKind, b: ElementsKind): ElementsKind | undefined => {
  if (isHoleyElementsKind(a)) b = holeyKindOf(b);
  else if (isHoleyElementsKind(b)) a = holeyKindOf(a);
  if (a === b) return a;
  if (isTypedArrayElementsKind(a) || isTypedArrayElementsKind(b)) return undefined;
  if (isDoubleElementsKind(a) !== isDoubleElementsKind(b)) return undefined;
  return isMoreGeneralElementsKind(a, b) ? b : a;
};

export class JSElementAccess {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly access: PropertyAccessBuilder;
  private readonly typed: TypedArrayAccess;

  constructor(graph: Graph, broker: HeapBroker, access: PropertyAccessBuilder) {
    this.graph = graph;
    this.broker = broker;
    this.access = access;
    this.typed = new TypedArrayAccess(graph, broker, access);
  }

  /** The loaded or stored value, with `c` moved behind the access; undefined (and nothing built) where only a generic access will do. */
  reduce(object: Node, index: Node, value: Node | undefined, c: Chain, feedback: FeedbackSource): Node | undefined {
    const { broker, access } = this;
    const seen = this.feedbackOf(feedback);
    const known = value === undefined ? this.refined(seen, object, c.effect) : seen;
    if (known.maps.length === 0) return undefined;
    if (known.maps.every((m) => mapInstanceType(broker.heap, m) < InstanceType.FirstNonstring))
      return value === undefined ? this.loadFromString(object, index, c, feedback, known.loadMode) : undefined;
    const infos = this.accessInfos(known, value === undefined);
    if (infos === undefined) return undefined;
    if (value !== undefined && !this.holesMayBeFilled(infos, known.storeMode)) return undefined;
    access.check('CheckHeapObject', object, c, feedback);
    const build = (info: ElementAccessInfo, at: Chain): Node =>
      isTypedArrayElementsKind(info.kind)
        ? this.accessTyped(info, object, index, value, at, known)
        : value === undefined
          ? this.load(info, object, index, at, known.loadMode)
          : this.store(info, object, index, value, at, known.storeMode);
    if (infos.length === 1) {
      const info = infos[0]!;
      this.transition(info, object, c);
      access.checkMaps(object, info.maps, c, feedback);
      return build(info, c);
    }
    for (const info of infos) this.transition(info, object, c);
    return access.byMaps(object, infos, c, feedback, build);
  }

  /** Guards of a site that saw arrays of BigInts of one kind; false (and nothing built) where it saw others. */
  guardBigInts(object: Node, index: Node, value: Node | undefined, c: Chain, feedback: FeedbackSource): boolean {
    const { heap } = this.broker;
    const { maps, loadMode, storeMode } = this.feedbackOf(feedback);
    const map = maps[0];
    if (maps.length !== 1 || map === undefined || mapInstanceType(heap, map) !== InstanceType.JSTypedArray)
      return false;
    const kind = mapElementsKind(heap, map);
    if (kind !== ElementsKind.BigInt64 && kind !== ElementsKind.BigUint64) return false;
    this.access.check('CheckHeapObject', object, c, feedback);
    this.access.checkMaps(object, maps, c, feedback);
    const outOfBounds =
      value === undefined
        ? (loadMode & KeyedAccessLoadMode.HandleOutOfBounds) !== 0
        : storeMode === KeyedAccessStoreMode.IgnoreTypedArrayOutOfBounds;
    this.typed.guardBigInts(object, index, value, c, outOfBounds);
    return true;
  }

  /** Whether there is an element: true or false, with `c` moved behind the guards. */
  reduceHas(object: Node, index: Node, c: Chain, feedback: FeedbackSource): Node | undefined {
    const { access } = this;
    const known = this.refined(this.feedbackOf(feedback), object, c.effect);
    const infos = known.maps.length === 0 ? undefined : this.accessInfos(known, true);
    if (infos === undefined) return undefined;
    // No operator asks whether a double is the hole.
    if (infos.some(({ kind }) => isTypedArrayElementsKind(kind) || kind === ElementsKind.HoleyDouble)) return undefined;
    const has = (info: ElementAccessInfo, at: Chain): Node => this.has(info, object, index, at, known.loadMode);
    access.check('CheckHeapObject', object, c, feedback);
    if (infos.length > 1) return access.byMaps(object, infos, c, feedback, has);
    access.checkMaps(object, infos[0]!.maps, c, feedback);
    return has(infos[0]!, c);
  }

  private feedbackOf(feedback: FeedbackSource): ElementFeedback {
    const { broker } = this;
    const maps = broker.icMaps(feedback);
    let loadMode = KeyedAccessLoadMode.InBounds;
    let storeMode = KeyedAccessStoreMode.InBounds;
    for (const { handler } of broker.icHandlers(feedback)) {
      loadMode |= elementLoadMode(handler);
      if (storeMode === KeyedAccessStoreMode.InBounds) storeMode = storeModeOf(broker.heap, handler);
    }
    return { maps, loadMode, storeMode };
  }

  /** Without maps that the object cannot have here, as a guard before has shown (V8: TryRefineElementAccessFeedback). */
  private refined(feedback: ElementFeedback, object: Node, effect: Node): ElementFeedback {
    const { broker } = this;
    const inferred = inferCertainMaps(broker, object, effect);
    if (inferred === undefined) return feedback;
    const possible = possibleMaps(broker, object, inferred.maps);
    const maps = [...this.transitionGroups(feedback.maps)].flatMap(([target, sources]) => {
      const kept = sources.filter((map) => possible.includes(map));
      return possible.includes(target) || kept.length > 1 ? [target, ...kept] : kept;
    });
    return { ...feedback, maps };
  }

  /** Maps, each with those whose instances become its own first. */
  private transitionGroups(maps: readonly Tagged[]): Map<Tagged, Tagged[]> {
    const { heap } = this.broker;
    const groups = new Map<Tagged, Tagged[]>();
    for (const map of maps) {
      // Instances of stable maps are not transitioned: code may depend on them.
      const target = isStableMap(heap, map) ? 0 : findElementsKindTransitionedMap(heap, map, maps);
      if (target === 0) groups.set(map, groups.get(map) ?? []);
      else groups.set(target, [...(groups.get(target) ?? []), map]);
    }
    return groups;
  }

  /** Groups of maps; undefined where one of them cannot be accessed inline. */
  private accessInfos(feedback: ElementFeedback, isLoad: boolean): ElementAccessInfo[] | undefined {
    const { heap } = this.broker;
    const { maps } = feedback;
    if (!maps.every((m) => canInlineElementAccess(this.broker, m))) return undefined;
    if (isLoad) {
      const one = this.consolidatedLoad(maps);
      if (one !== undefined) return [one];
    }
    const groups = this.transitionGroups(maps);
    return [...groups].map(([map, sources]) => ({ maps: [map], kind: mapElementsKind(heap, map), sources }));
  }

  /** Loads of like kinds read as the worst of them, without a transition. */
  private consolidatedLoad(maps: readonly Tagged[]): ElementAccessInfo | undefined {
    const { heap } = this.broker;
    const type = mapInstanceType(heap, maps[0]!);
    let kind: ElementsKind | undefined = mapElementsKind(heap, maps[0]!);
    for (const map of maps) {
      if (mapInstanceType(heap, map) !== type) return undefined;
      kind = generalizeKinds(kind, mapElementsKind(heap, map));
      if (kind === undefined) return undefined;
    }
    return { maps, kind, sources: [] };
  }

  private transition(info: ElementAccessInfo, object: Node, c: Chain): void {
    const { heap } = this.broker;
    const target = info.maps[0]!;
    for (const source of info.sources) {
      const fast = isDoubleElementsKind(mapElementsKind(heap, source)) === isDoubleElementsKind(info.kind);
      c.effect = this.graph.newNode('TransitionElementsKind', { source, target, fast }, [object, c.effect, c.control]);
    }
  }

  /** Whether nothing on the prototypes of what may be filled or grown stops a store; depends on that (V8: PrototypesElementsDoNotHaveAccessorsOrThrow). */
  private holesMayBeFilled(infos: readonly ElementAccessInfo[], mode: KeyedAccessStoreMode): boolean {
    const { broker } = this;
    const { heap } = broker;
    const maps = infos
      .flatMap((info) => info.maps)
      .filter(
        (m) => mode === KeyedAccessStoreMode.GrowAndHandleCopyOnWrite || isHoleyElementsKind(mapElementsKind(heap, m)),
      );
    // The initial prototypes have no elements while the protector holds.
    if (maps.length === 0 || this.canTreatHoleAsUndefined(maps)) return true;
    for (const map of maps)
      for (let p = mapPrototype(heap, map); p !== StaticRoot.Null; p = mapPrototype(heap, broker.mapOf(p))) {
        const m = broker.mapOf(p);
        const type = mapInstanceType(heap, m);
        if (type < InstanceType.JSObject || !isStableMap(heap, m)) return false;
        if (mapElementsKind(heap, m) > ElementsKind.HoleyDouble) return false;
      }
    return maps.every((map) => broker.dependOnPrototypes(map, 0));
  }

  /** Whether a hole of these maps reads as undefined; depends on that. */
  private canTreatHoleAsUndefined(maps: readonly Tagged[]): boolean {
    const { broker } = this;
    const arrayPrototype = broker.intrinsic(NativeContextSlot.ArrayPrototype);
    const objectPrototype = broker.intrinsic(NativeContextSlot.ObjectPrototype);
    for (const map of maps) {
      const prototype = mapPrototype(broker.heap, map);
      if (prototype !== arrayPrototype && prototype !== objectPrototype) return false;
    }
    return broker.dependOnProtector(Root.NoElementsProtector);
  }

  private lengthOf(info: ElementAccessInfo, object: Node, elements: Node, c: Chain): Node {
    return this.isJSArray(info)
      ? this.access.loadField(jsArrayLength(info.kind), object, c)
      : this.access.loadField(Fields.fixedArrayLength, elements, c);
  }

  private isJSArray(info: ElementAccessInfo): boolean {
    return info.maps.every((m) => mapInstanceType(this.broker.heap, m) === InstanceType.JSArray);
  }

  private accessTyped(
    info: ElementAccessInfo,
    array: Node,
    index: Node,
    value: Node | undefined,
    c: Chain,
    { loadMode, storeMode }: ElementFeedback,
  ): Node {
    if (value === undefined)
      return this.typed.load(info.kind, array, index, c, (loadMode & KeyedAccessLoadMode.HandleOutOfBounds) !== 0);
    this.typed.store(info.kind, array, index, value, c, storeMode === KeyedAccessStoreMode.IgnoreTypedArrayOutOfBounds);
    return value;
  }

  // --- loads ---------------------------------------------------------------------------------------------------------------

  private load(info: ElementAccessInfo, object: Node, index: Node, c: Chain, mode: KeyedAccessLoadMode): Node {
    const { access, graph } = this;
    const elements = access.loadField(Fields.elements, object, c);
    const length = this.lengthOf(info, object, elements, c);
    const holey = isHoleyElementsKind(info.kind);
    const undefinedReads = (holey || mode !== KeyedAccessLoadMode.InBounds) && this.canTreatHoleAsUndefined(info.maps);
    // Tagged holes are converted whatever was seen: no type is lost by it.
    const handlesHoles = !isDoubleElementsKind(info.kind) || (mode & KeyedAccessLoadMode.HandleHoles) !== 0;
    const holes = undefinedReads && handlesHoles;
    if (!undefinedReads || (mode & KeyedAccessLoadMode.HandleOutOfBounds) === 0) {
      const checked = access.checkBounds(index, length, c, undefined);
      return access.loadElement(info.kind, elements, checked, c, holes);
    }
    const checked = access.checkBounds(index, graph.number(maxSmi), c, undefined);
    return access.inBoundsOrUndefined(checked, length, graph.heapConstant(StaticRoot.Undefined), c, (at) =>
      access.loadElement(info.kind, elements, checked, at, holes),
    );
  }

  private has(info: ElementAccessInfo, object: Node, index: Node, c: Chain, mode: KeyedAccessLoadMode): Node {
    const { access, graph } = this;
    const elements = access.loadField(Fields.elements, object, c);
    const length = this.lengthOf(info, object, elements, c);
    const holey = isHoleyElementsKind(info.kind);
    const outside = (mode & KeyedAccessLoadMode.HandleOutOfBounds) !== 0;
    const missingIsFalse = (holey || outside) && this.canTreatHoleAsUndefined(info.maps);
    const [yes, no] = [graph.heapConstant(StaticRoot.True), graph.heapConstant(StaticRoot.False)];
    const isThere = (at: Chain, checked: Node): Node => {
      if (!holey) return yes;
      const row = elementAccess(info.kind);
      const value = graph.newNode('LoadElement', row, [elements, checked, at.effect, at.control]);
      value.type = row.type;
      at.effect = value;
      if (!missingIsFalse) {
        access.check('CheckNotTaggedHole', value, at);
        return yes;
      }
      const isHole = graph.newNode('ReferenceEqual', undefined, [value, graph.heapConstant(StaticRoot.TheHole)]);
      return graph.newNode('BooleanNot', undefined, [isHole]);
    };
    if (!outside || !missingIsFalse) return isThere(c, access.checkBounds(index, length, c, undefined));
    const checked = access.checkBounds(index, graph.number(maxSmi), c, undefined);
    return access.inBoundsOrUndefined(checked, length, no, c, (at) => isThere(at, checked));
  }

  private loadFromString(
    object: Node,
    index: Node,
    c: Chain,
    feedback: FeedbackSource,
    mode: KeyedAccessLoadMode,
  ): Node {
    const { access, broker, graph } = this;
    const string = access.check('CheckString', object, c, feedback);
    const length = graph.newNode('StringLength', undefined, [string]);
    length.type = Types.StringLength;
    const character = (checked: Node, at: Chain): Node => {
      at.effect = graph.newNode('StringCharCodeAt', undefined, [string, checked, at.effect, at.control]);
      return graph.newNode('StringFromSingleCharCode', undefined, [at.effect]);
    };
    if ((mode & KeyedAccessLoadMode.HandleOutOfBounds) === 0 || !broker.dependOnProtector(Root.NoElementsProtector))
      return character(access.checkBounds(index, length, c, undefined), c);
    const checked = access.checkBounds(index, graph.number(maxStringLength), c, undefined);
    return access.inBoundsOrUndefined(checked, length, graph.heapConstant(StaticRoot.Undefined), c, (at) =>
      character(checked, at),
    );
  }

  // --- stores --------------------------------------------------------------------------------------------------------------

  private store(
    info: ElementAccessInfo,
    object: Node,
    index: Node,
    value: Node,
    c: Chain,
    mode: KeyedAccessStoreMode,
  ): Node {
    const { access, graph } = this;
    const { kind } = info;
    const isDouble = isDoubleElementsKind(kind);
    const grows = mode === KeyedAccessStoreMode.GrowAndHandleCopyOnWrite;
    let elements = access.loadField(Fields.elements, object, c);
    if (!isDouble && !grows && mode !== KeyedAccessStoreMode.HandleCopyOnWrite)
      access.checkMaps(elements, [StaticRoot.FixedArrayMap], c, undefined);
    const length = this.lengthOf(info, object, elements, c);
    if (!grows) index = access.checkBounds(index, length, c, undefined);
    let stored = value;
    if (isSmiElementsKind(kind)) stored = access.check('CheckSmi', value, c);
    else if (isDouble) stored = graph.newNode('NumberSilenceNaN', undefined, [access.check('CheckNumber', value, c)]);
    const ensureWritable = (): void => {
      if (isDouble) return;
      c.effect = graph.newNode('EnsureWritableFastElements', undefined, [object, elements, c.effect, c.control]);
      elements = c.effect;
    };
    if (mode === KeyedAccessStoreMode.HandleCopyOnWrite) ensureWritable();
    if (grows) {
      const capacity = access.loadField(Fields.fixedArrayLength, elements, c);
      const isArray = this.isJSArray(info);
      let limit = capacity;
      if (isHoleyElementsKind(kind)) limit = graph.newNode('NumberAdd', undefined, [capacity, graph.number(maxGap)]);
      else if (isArray) limit = graph.newNode('NumberAdd', undefined, [length, graph.number(1)]);
      index = access.checkBounds(index, limit, c, undefined);
      c.effect = graph.newNode(
        'MaybeGrowFastElements',
        { mode: isDouble ? 'double' : 'smiOrObject', feedback: undefined },
        [object, elements, index, capacity, c.effect, c.control],
      );
      elements = c.effect;
      ensureWritable();
      if (isArray) this.raiseLength(info, object, index, length, c);
    }
    // Storing needs no hole in the element's type.
    const row = elementAccess(kind === ElementsKind.Holey ? kind : ((kind & ~1) as ElementsKind));
    c.effect = graph.newNode('StoreElement', row, [elements, index, stored, c.effect, c.control]);
    return value;
  }

  /** The array's length becomes `index + 1` where it was not more. */
  private raiseLength(info: ElementAccessInfo, object: Node, index: Node, length: Node, c: Chain): void {
    const { graph } = this;
    const within = graph.newNode('NumberLessThan', undefined, [index, length]);
    const branch = graph.newNode('Branch', { hint: BranchHint.None }, [within, c.control]);
    const inside = graph.newNode('IfTrue', undefined, [branch]);
    const past: Chain = { effect: c.effect, control: graph.newNode('IfFalse', undefined, [branch]) };
    const raised = graph.newNode('NumberAdd', undefined, [index, graph.number(1)]);
    this.access.storeField(jsArrayLength(info.kind), object, raised, past);
    c.control = graph.merge([inside, past.control]);
    c.effect = graph.effectPhi([c.effect, past.effect], c.control);
  }
}
