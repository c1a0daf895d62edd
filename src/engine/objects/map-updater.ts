// Generalization of fields, deprecation and migration targets (V8: MapUpdater).
//
//   in place    HeapObject, Smi or Double → Tagged; None → anything but Double; Const → Mutable; field types → Any:
//               every map of the field owner's transition tree is updated, dependents of the owner are deoptimized.
//   new branch  Smi or None → Double needs boxes in the instances: the old branch below the field's owner is deprecated and
//               a new one is made; instances migrate when they are next met.
//
// Invariant: two maps that share a field (same owner) always agree on its representation, constness and type.

import type { Heap, Tagged } from '../heap/index.ts';
import { DependencyGroup, DescriptorArray, MapBits3, MapObject, StaticRoot } from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import { ElementsKind, nextElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import {
  copyAddDescriptor,
  copyForPreventExtensions,
  markUnstable,
  normalizeMap,
  rootAsElementsKind,
} from './map-copies.ts';
import {
  accountAddedField,
  descriptorDetails,
  descriptorKey,
  descriptorValue,
  FieldType,
  findRootMap,
  isDeprecatedMap,
  isDictionaryMap,
  isExtensibleMap,
  isFieldDetails,
  mapBackPointer,
  mapDescriptors,
  mapElementsKind,
  mapOwnDescriptors,
  setDescriptorDetails,
  setDescriptorValue,
  setMapBits3,
} from './maps.ts';
import {
  detailsAttributes,
  detailsConstness,
  detailsKind,
  detailsRepresentation,
  generalizeRepresentation,
  PropertyAttributes,
  PropertyConstness,
  Representation,
  withConstness,
  withRepresentation,
} from './property-details.ts';
import { root as rootAt, rootSymbol } from './root-slots.ts';
import { Root } from './roots.ts';
import { findSpecialTransition, findTransition, transitionCount, transitionTarget } from './transition-store.ts';

/** V8: Representation::CanBeInPlaceChangedTo. */
const canChangeInPlace = (from: Representation, to: Representation): boolean =>
  from === to || (from === Representation.None ? to !== Representation.Double : to === Representation.Tagged);

const generalizeType = (oldRep: Representation, oldType: Tagged, newRep: Representation, newType: Tagged): Tagged => {
  if (oldType === newType) return oldType;
  if (oldType === FieldType.None && oldRep === Representation.None) return newType;
  if (newType === FieldType.None && newRep === Representation.None) return oldType;
  return FieldType.Any;
};

const generalizeConstness = (a: PropertyConstness, b: PropertyConstness): PropertyConstness =>
  a === PropertyConstness.Mutable || b === PropertyConstness.Mutable
    ? PropertyConstness.Mutable
    : PropertyConstness.Const;

/** The map where the transition tree first had this descriptor. */
export const findFieldOwner = (heap: Heap, map: Tagged, descriptor: number): Tagged => {
  for (;;) {
    const back = mapBackPointer(heap, map);
    if (back === 0 || mapOwnDescriptors(heap, back) <= descriptor) return map;
    map = back;
  }
};

/** Rewrites one field in every map of the tree below (and with) `map`. */
const updateFieldInTree = (
  heap: Heap,
  map: Tagged,
  descriptor: number,
  name: Tagged,
  details: Tagged,
  type: Tagged,
): void => {
  const descriptors = mapDescriptors(heap, map);
  if (descriptor < mapOwnDescriptors(heap, map) && descriptorKey(heap, descriptors, descriptor) === name) {
    const old = descriptorDetails(heap, descriptors, descriptor);
    // Attributes and field index are this map's own (a frozen copy has others).
    const d = withRepresentation(withConstness(old, detailsConstness(details)), detailsRepresentation(details));
    setDescriptorDetails(heap, descriptors, descriptor, d);
    // The enum cache says which fields are Double.
    const isDouble = (of: Tagged): boolean => detailsRepresentation(of) === Representation.Double;
    if (isDouble(old) !== isDouble(d)) heap.init(descriptors, DescriptorArray.EnumCache, StaticRoot.EmptyFixedArray);
    setDescriptorValue(heap, descriptors, descriptor, type);
  } else return;
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    const target = transitionTarget(heap, map, i);
    // Prototype transitions are trees of their own.
    if (target !== 0 && mapBackPointer(heap, target) === map)
      updateFieldInTree(heap, target, descriptor, name, details, type);
  }
};

const generalizeInPlace = (
  factory: Factory,
  map: Tagged,
  descriptor: number,
  constness: PropertyConstness,
  representation: Representation,
  type: Tagged,
): void => {
  const { heap } = factory;
  const owner = findFieldOwner(heap, map, descriptor);
  const descriptors = mapDescriptors(heap, owner);
  const old = descriptorDetails(heap, descriptors, descriptor);
  const oldType = descriptorValue(heap, descriptors, descriptor);
  const name = descriptorKey(heap, descriptors, descriptor);
  updateFieldInTree(
    heap,
    owner,
    descriptor,
    name,
    withRepresentation(withConstness(old, constness), representation),
    type,
  );
  let groups = 0;
  if (detailsConstness(old) !== constness) groups |= DependencyGroup.FieldConst;
  if (oldType !== type) groups |= DependencyGroup.FieldType;
  if (detailsRepresentation(old) !== representation) groups |= DependencyGroup.FieldRepresentation;
  if (groups !== 0) deoptimizeDependents(factory, owner, MapObject.DependentCode, groups);
};

/** Generalizes field `descriptor` so that it can hold the given; returns the map to use: the same one, or one on a new branch. */
export const generalizeField = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  descriptor: number,
  constness: PropertyConstness,
  representation: Representation,
  type: Tagged,
): Tagged => {
  const descriptors = mapDescriptors(heap, map);
  const old = descriptorDetails(heap, descriptors, descriptor);
  const oldRep = detailsRepresentation(old);
  const oldType = descriptorValue(heap, descriptors, descriptor);
  const newConstness = generalizeConstness(detailsConstness(old), constness);
  const newRep = generalizeRepresentation(oldRep, representation);
  let newType =
    newRep === Representation.HeapObject || newRep === Representation.None
      ? generalizeType(oldRep, oldType, representation, type)
      : FieldType.Any;
  if (newRep === Representation.None) newType = FieldType.None;
  if (newRep === oldRep && newConstness === detailsConstness(old) && newType === oldType) return map;
  if (canChangeInPlace(oldRep, newRep)) {
    generalizeInPlace(factory, map, descriptor, newConstness, newRep, newType);
    return map;
  }
  return replayDescriptors(heap, factory, map, mapElementsKind(heap, map), descriptor, newConstness, newRep, newType);
};

/** V8: DeprecateTransitionTree. */
const deprecateTree = (factory: Factory, map: Tagged): void => {
  const { heap } = factory;
  if (isDeprecatedMap(heap, map)) return;
  const count = transitionCount(heap, map);
  for (let i = 0; i < count; i++) {
    const target = transitionTarget(heap, map, i);
    if (target !== 0 && mapBackPointer(heap, target) === map) deprecateTree(factory, target);
  }
  setMapBits3(heap, map, MapBits3.IsDeprecated, true);
  deoptimizeDependents(factory, map, MapObject.DependentCode, DependencyGroup.Transition);
  markUnstable(factory, map);
};

/** Where a non-extensible map left its extensible tree: that map, the transition's symbol, the attributes it gave; undefined for others. */
const integrityLevelOf = (
  heap: Heap,
  map: Tagged,
): { readonly source: Tagged; readonly symbol: Tagged; readonly attributes: PropertyAttributes } | undefined => {
  if (isExtensibleMap(heap, map) || !isExtensibleMap(heap, findRootMap(heap, map))) return undefined;
  let level = map;
  while (!isExtensibleMap(heap, mapBackPointer(heap, level))) level = mapBackPointer(heap, level);
  const source = mapBackPointer(heap, level);
  for (const [name, attributes] of [
    ['frozen_symbol', PropertyAttributes.Frozen],
    ['sealed_symbol', PropertyAttributes.Sealed],
  ] as const) {
    const symbol = rootSymbol(heap, name);
    if (findSpecialTransition(heap, source, symbol) === level) return { source, symbol, attributes };
  }
  return { source, symbol: rootSymbol(heap, 'nonextensible_symbol'), attributes: PropertyAttributes.None };
};

/**
 * Finds or builds, from the root map with elements kind `kind`, the map with the same properties as `map`, where field
 * `modified` (if ≥ 0) has at least the given constness, representation and type. Branches in the way are deprecated.
 */
export const replayDescriptors = (
  heap: Heap,
  factory: Factory,
  map: Tagged,
  kind: ElementsKind,
  modified = -1,
  constness: PropertyConstness = PropertyConstness.Const,
  representation: Representation = Representation.None,
  type: Tagged = FieldType.None,
): Tagged => {
  const root = findRootMap(heap, map);
  // An integrity level is re-applied on top of the updated extensible map.
  const level = integrityLevelOf(heap, map);
  if (level !== undefined) {
    const { source, attributes } = level;
    const updated = replayDescriptors(
      heap,
      factory,
      source,
      mapElementsKind(heap, source),
      modified,
      constness,
      representation,
      type,
    );
    return copyForPreventExtensions(heap, factory, updated, attributes);
  }
  const count = mapOwnDescriptors(heap, map);
  const start = mapOwnDescriptors(heap, root);
  let current = mapElementsKind(heap, root) === kind ? root : rootAsElementsKind(factory, root, kind);
  if (modified >= 0 && modified < start) {
    // A field of the root map itself (a prototype's map, an unconnected copy) cannot get boxes later: it becomes Tagged.
    generalizeInPlace(factory, map, modified, constness, Representation.Tagged, FieldType.Any);
    return map;
  }
  const descriptors = mapDescriptors(heap, map);
  for (let i = start; i < count; i++) {
    const key = descriptorKey(heap, descriptors, i);
    const details = descriptorDetails(heap, descriptors, i);
    const isField = isFieldDetails(details);
    let wantConstness = detailsConstness(details);
    let wantRep = detailsRepresentation(details);
    let wantType = descriptorValue(heap, descriptors, i);
    if (i === modified) {
      wantConstness = constness;
      wantRep = representation;
      wantType = type;
    }
    const target = findTransition(heap, current, key, detailsAttributes(details), detailsKind(details));
    if (target !== 0 && !isDeprecatedMap(heap, target)) {
      const targetDescriptors = mapDescriptors(heap, target);
      const have = descriptorDetails(heap, targetDescriptors, i);
      if (!isField) {
        if (descriptorValue(heap, targetDescriptors, i) === wantType) {
          current = target;
          continue;
        }
        return normalizeMap(heap, factory, map);
      }
      const merged = generalizeRepresentation(detailsRepresentation(have), wantRep);
      if (canChangeInPlace(detailsRepresentation(have), merged)) {
        const haveType = descriptorValue(heap, targetDescriptors, i);
        const mergedType =
          merged === Representation.HeapObject
            ? generalizeType(detailsRepresentation(have), haveType, wantRep, wantType)
            : merged === Representation.None
              ? FieldType.None
              : FieldType.Any;
        const mergedConstness = generalizeConstness(detailsConstness(have), wantConstness);
        if (
          merged !== detailsRepresentation(have) ||
          mergedType !== haveType ||
          mergedConstness !== detailsConstness(have)
        ) {
          generalizeInPlace(factory, target, i, mergedConstness, merged, mergedType);
        }
        current = target;
        continue;
      }
      wantRep = merged;
      wantType = FieldType.Any;
      wantConstness = generalizeConstness(detailsConstness(have), wantConstness);
      deprecateTree(factory, target);
    }
    // A new branch from here on: the transition of the same key is replaced.
    const next = withRepresentation(withConstness(details, wantConstness), wantRep);
    current = copyAddDescriptor(factory, current, key, next, wantType, true);
    if (isField) accountAddedField(heap, current);
  }
  return current;
};

/** From `root`, along existing transitions, the map with the properties of `map`, each at least as general; 0 if there is none. */
const tryReplayProperties = (heap: Heap, root: Tagged, map: Tagged): Tagged => {
  const descriptors = mapDescriptors(heap, map);
  const count = mapOwnDescriptors(heap, map);
  let current = root;
  for (let i = mapOwnDescriptors(heap, root); i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    const target = findTransition(
      heap,
      current,
      descriptorKey(heap, descriptors, i),
      detailsAttributes(details),
      detailsKind(details),
    );
    if (target === 0) return 0;
    const have = descriptorDetails(heap, mapDescriptors(heap, target), i);
    const rep = detailsRepresentation(have);
    if (generalizeRepresentation(rep, detailsRepresentation(details)) !== rep) return 0;
    if (
      !isFieldDetails(details) &&
      descriptorValue(heap, mapDescriptors(heap, target), i) !== descriptorValue(heap, descriptors, i)
    )
      return 0;
    current = target;
  }
  return isDeprecatedMap(heap, current) ? 0 : current;
};

/** The up to date version of a deprecated map, if one exists already; 0 if there is none. */
export const tryUpdateMap = (heap: Heap, map: Tagged): Tagged => {
  if (!isDeprecatedMap(heap, map)) return map;
  const level = integrityLevelOf(heap, map);
  if (level !== undefined) {
    const source = tryUpdateMap(heap, level.source);
    const updated = source === 0 ? 0 : findSpecialTransition(heap, source, level.symbol);
    return updated === 0 || isDeprecatedMap(heap, updated) ? 0 : updated;
  }
  const kind = mapElementsKind(heap, map);
  let root = findRootMap(heap, map);
  while (root !== 0 && mapElementsKind(heap, root) !== kind) root = nextElementsRoot(heap, root);
  return root === 0 || isDeprecatedMap(heap, root) ? 0 : tryReplayProperties(heap, root, map);
};

/** The root map with the next more general elements kind, 0 if there is none yet. */
const nextElementsRoot = (heap: Heap, map: Tagged): Tagged => {
  const next = nextElementsKind(mapElementsKind(heap, map));
  if (next === undefined || next === ElementsKind.Dictionary) return 0;
  if (map === rootAt(heap, Root.FirstArrayMap + mapElementsKind(heap, map)))
    return rootAt(heap, Root.FirstArrayMap + next);
  return findSpecialTransition(heap, map, rootSymbol(heap, 'elements_transition_symbol'));
};

/**
 * The most general of `candidates` that an instance of `map` becomes by an elements kind transition alone; 0 if none
 * (V8: Map::FindElementsKindTransitionedMap). From a packed kind a packed one is reached last of all.
 */
export const findElementsKindTransitionedMap = (heap: Heap, map: Tagged, candidates: readonly Tagged[]): Tagged => {
  const kind = mapElementsKind(heap, map);
  if (isDeprecatedMap(heap, map) || nextElementsKind(kind) === undefined) return 0;
  let root = findRootMap(heap, map);
  while (root !== 0 && mapElementsKind(heap, root) !== kind) root = nextElementsRoot(heap, root);
  if (root === 0) return 0;
  let packed = (kind & 1) === 0;
  let found = 0;
  for (let at = nextElementsRoot(heap, root); at !== 0; at = nextElementsRoot(heap, at)) {
    const atKind = mapElementsKind(heap, at);
    if (!candidates.some((c) => mapElementsKind(heap, c) === atKind)) continue;
    const current = tryReplayProperties(heap, at, map);
    const currentIsPacked = (atKind & 1) === 0;
    if (current === 0 || !candidates.includes(current) || (!packed && currentIsPacked)) continue;
    found = current;
    packed &&= currentIsPacked;
  }
  return found;
};

/** The up to date version of a map, made if needed (maybe a dictionary map). */
export const updateMap = (heap: Heap, factory: Factory, map: Tagged): Tagged => {
  if (!isDeprecatedMap(heap, map) || isDictionaryMap(heap, map)) return map;
  const known = tryUpdateMap(heap, map);
  return known !== 0 ? known : replayDescriptors(heap, factory, map, mapElementsKind(heap, map));
};
