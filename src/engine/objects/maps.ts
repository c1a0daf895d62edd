import type { Heap, Tagged } from '../heap/index.ts';
import type { ElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
import type { PropertyConstness, Representation } from './property-details.ts';
declare const todo: () => never;
export const mapOf = (_heap: Heap, _o: Tagged): Tagged => todo();
export const instanceTypeOf = (_heap: Heap, _o: Tagged): number => todo();
export const mapInstanceType = (_heap: Heap, _m: Tagged): number => todo();
export const mapInstanceSize = (_heap: Heap, _m: Tagged): number => todo();
export const mapElementsKind = (_heap: Heap, _m: Tagged): ElementsKind => todo();
export const mapInObjectProperties = (_heap: Heap, _m: Tagged): number => todo();
export const mapUnusedPropertyFields = (_heap: Heap, _m: Tagged): number => todo();
export const mapPrototype = (_heap: Heap, _m: Tagged): Tagged => todo();
export const mapConstructor = (_heap: Heap, _m: Tagged): Tagged => todo();
export const mapBackPointer = (_heap: Heap, _m: Tagged): Tagged => todo();
export const mapOwnDescriptors = (_heap: Heap, _m: Tagged): number => todo();
export const mapDescriptors = (_heap: Heap, _m: Tagged): Tagged => todo();
export const isDictionaryMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isDeprecatedMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isStableMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isPrototypeMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isExtensibleMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isCallableMap = (_heap: Heap, _m: Tagged): boolean => todo();
export const isConstructorMap = (_heap: Heap, _m: Tagged): boolean => todo();
/** Index of the own descriptor named `name`, or −1. */
export const findOwnDescriptor = (_heap: Heap, _map: Tagged, _name: Tagged): number => todo();
export const descriptorKey = (_heap: Heap, _descriptors: Tagged, _i: number): Tagged => todo();
export const descriptorDetails = (_heap: Heap, _descriptors: Tagged, _i: number): Tagged => todo();
/** Field type (Smi FieldType.Any / .None, or weak Map) of a field; constant / AccessorPair of a descriptor property. */
export const descriptorValue = (_heap: Heap, _descriptors: Tagged, _i: number): Tagged => todo();
/** Representation of a value. */
export const representationOf = (_heap: Heap, _value: Tagged): Representation => todo();
/** The map after adding a data property in a field. Follows or makes the transition; may return a dictionary map. Generalizes the field for `value`. */
export const transitionToDataProperty = (_heap: Heap, _factory: Factory, _map: Tagged, _name: Tagged, _value: Tagged, _attributes: number, _constness: PropertyConstness): Tagged => todo();
export const transitionToAccessorProperty = (_heap: Heap, _factory: Factory, _map: Tagged, _name: Tagged, _pair: Tagged, _attributes: number): Tagged => todo();
/** Makes sure that field `descriptor` of `map` can hold `value`; returns the map to use (generalized in place or a new one). */
export const prepareForDataProperty = (_heap: Heap, _factory: Factory, _map: Tagged, _descriptor: number, _constness: PropertyConstness, _value: Tagged): Tagged => todo();
/** Existing transition by name and attributes, data kind, or 0. */
export const findTransition = (_heap: Heap, _map: Tagged, _name: Tagged, _attributes: number): Tagged => todo();
export const transitionElementsKind = (_heap: Heap, _factory: Factory, _map: Tagged, _kind: ElementsKind): Tagged => todo();
export const transitionToPrototype = (_heap: Heap, _factory: Factory, _map: Tagged, _prototype: Tagged): Tagged => todo();
export const normalizeMap = (_heap: Heap, _factory: Factory, _map: Tagged, _kind?: ElementsKind): Tagged => todo();
export const copyForPreventExtensions = (_heap: Heap, _factory: Factory, _map: Tagged, _attributes: number): Tagged => todo();
export const copyMap = (_heap: Heap, _factory: Factory, _map: Tagged): Tagged => todo();
/** The up to date version of a deprecated map; 0 if there is none. */
export const tryUpdateMap = (_heap: Heap, _map: Tagged): Tagged => todo();
export const updateMap = (_heap: Heap, _factory: Factory, _map: Tagged): Tagged => todo();
/** Moves an instance of a deprecated map to the updated map. */
export const migrateInstance = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
/** Moves `object` to `newMap` (a descendant or generalization), converting representations and growing the property array. */
export const migrateToMap = (_heap: Heap, _factory: Factory, _object: Tagged, _newMap: Tagged): void => todo();
/** Makes the object's map a prototype map of its own. */
export const makePrototypeMap = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
/** Cell with Smi 0 while the prototype chain of `map` is unchanged; Smi 1 afterwards. Smi 0 instead of a cell: no prototype chain. */
export const prototypeValidityCell = (_heap: Heap, _factory: Factory, _map: Tagged): Tagged => todo();
/** Called before any change to an object that is a prototype. */
export const invalidatePrototypeChains = (_heap: Heap, _map: Tagged): void => todo();
export enum FieldType { None = 0, Any = 2 } // tagged Smis 0 and 1; otherwise a weak Map
