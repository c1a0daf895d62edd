import type { Heap, Tagged } from '../heap/index.ts';
import type { ElementsKind } from './elements-kind.ts';
import type { Factory } from './factory.ts';
declare const todo: () => never;
/** Reads field `fieldIndex` (a Double field's box is copied into a fresh number unless it fits a Smi… a fresh HeapNumber always). */
export const fastPropertyAt = (_heap: Heap, _factory: Factory, _object: Tagged, _descriptor: number): Tagged => todo();
export const rawFieldAt = (_heap: Heap, _object: Tagged, _fieldIndex: number): Tagged => todo();
/** Writes; the map must already allow the value. */
export const fastPropertyAtPut = (_heap: Heap, _factory: Factory, _object: Tagged, _descriptor: number, _value: Tagged): void => todo();
/** Adds or overwrites nothing: adds a new own data property (fast with transition, or dictionary). */
export const addDataProperty = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged, _value: Tagged, _attributes?: number): void => todo();
export const addAccessorProperty = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged, _pair: Tagged, _attributes?: number): void => todo();
/** Changes value and attributes of an existing own property into a data property. */
export const reconfigureToDataProperty = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged, _value: Tagged, _attributes: number): void => todo();
export const deleteProperty = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged): boolean => todo();
/** Result of ownProperty: reused, not allocated. */
export interface OwnProperty { found: boolean; details: Tagged; value: Tagged; descriptor: number; entry: number; cell: Tagged }
/** Own named property lookup (fast, dictionary, global). Value is the AccessorPair/AccessorInfo for accessors. Fills and returns a shared record. */
export const lookupOwn = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged): OwnProperty => todo();
/** Sets the value of an existing own data property (attributes unchanged), with generalization and constness. */
export const setOwnDataValue = (_heap: Heap, _factory: Factory, _object: Tagged, _name: Tagged, _value: Tagged): void => todo();
export const normalizeProperties = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
export const migrateSlowToFast = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
/** Own names (strings, then symbols), in property order without elements. */
export const ownPropertyNames = (_heap: Heap, _object: Tagged): Tagged[] => todo();
export const identityHash = (_heap: Heap, _factory: Factory, _object: Tagged): number => todo();
export const setPrototype = (_heap: Heap, _factory: Factory, _object: Tagged, _prototype: Tagged): void => todo();
export const preventExtensions = (_heap: Heap, _factory: Factory, _object: Tagged, _attributes: number): void => todo();

/** Own element; the_hole where absent. For accessors in dictionaries the AccessorPair. */
export const getElement = (_heap: Heap, _factory: Factory, _object: Tagged, _index: number): Tagged => todo();
export const hasElement = (_heap: Heap, _object: Tagged, _index: number): boolean => todo();
/** Attributes of own element, −1 where absent. */
export const elementAttributes = (_heap: Heap, _object: Tagged, _index: number): number => todo();
/** Adds or overwrites an own data element: transitions the kind, grows, may go to dictionary elements; updates a JSArray's length. */
export const setElement = (_heap: Heap, _factory: Factory, _object: Tagged, _index: number, _value: Tagged): void => todo();
export const defineElement = (_heap: Heap, _factory: Factory, _object: Tagged, _index: number, _value: Tagged, _attributes: number, _accessor?: boolean): void => todo();
export const deleteElement = (_heap: Heap, _factory: Factory, _object: Tagged, _index: number): boolean => todo();
/** Moves the object to a more general elements kind, copying the backing store where needed. */
export const transitionElements = (_heap: Heap, _factory: Factory, _object: Tagged, _kind: ElementsKind): void => todo();
export const normalizeElements = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
export const ensureWritableElements = (_heap: Heap, _factory: Factory, _object: Tagged): void => todo();
export const growElements = (_heap: Heap, _factory: Factory, _object: Tagged, _capacity: number): void => todo();
export const arrayLength = (_heap: Heap, _array: Tagged): number => todo();
/** Sets a JSArray's length; false if a non-configurable element stopped it. */
export const setArrayLength = (_heap: Heap, _factory: Factory, _array: Tagged, _length: number): boolean => todo();
/** Indices of own elements, ascending. */
export const ownElementIndices = (_heap: Heap, _object: Tagged): number[] => todo();
export const newElementsCapacity = (old: number): number => old + (old >> 1) + 16;
