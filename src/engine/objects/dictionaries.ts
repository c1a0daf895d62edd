import type { Heap, Tagged } from '../heap/index.ts';
import type { Factory } from './factory.ts';
declare const todo: () => never;
// NameDictionary, GlobalDictionary, NumberDictionary: open addressing in FixedArray-shaped objects.
export const newNameDictionary = (_factory: Factory, _capacity?: number): Tagged => todo();
export const newNumberDictionary = (_factory: Factory, _capacity?: number): Tagged => todo();
export const newGlobalDictionary = (_factory: Factory, _capacity?: number): Tagged => todo();
/** Entry index or −1. */
export const nameDictionaryFind = (_heap: Heap, _d: Tagged, _name: Tagged): number => todo();
export const nameDictionaryKeyAt = (_heap: Heap, _d: Tagged, _e: number): Tagged => todo();
export const nameDictionaryValueAt = (_heap: Heap, _d: Tagged, _e: number): Tagged => todo();
export const nameDictionaryDetailsAt = (_heap: Heap, _d: Tagged, _e: number): Tagged => todo();
export const nameDictionarySetValueAt = (_heap: Heap, _d: Tagged, _e: number, _v: Tagged): void => todo();
export const nameDictionarySetDetailsAt = (_heap: Heap, _d: Tagged, _e: number, _details: Tagged): void => todo();
/** Adds; returns the dictionary (maybe a grown copy). The enumeration index is assigned here. */
export const nameDictionaryAdd = (_factory: Factory, _d: Tagged, _name: Tagged, _value: Tagged, _details: Tagged): Tagged => todo();
export const nameDictionaryDelete = (_factory: Factory, _d: Tagged, _e: number): Tagged => todo();
/** Entries in enumeration order. */
export const nameDictionaryEntriesInOrder = (_heap: Heap, _d: Tagged): number[] => todo();
export const numberDictionaryFind = (_heap: Heap, _d: Tagged, _index: number): number => todo();
export const numberDictionaryValueAt = (_heap: Heap, _d: Tagged, _e: number): Tagged => todo();
export const numberDictionaryDetailsAt = (_heap: Heap, _d: Tagged, _e: number): Tagged => todo();
export const numberDictionarySet = (_factory: Factory, _d: Tagged, _index: number, _value: Tagged, _details: Tagged): Tagged => todo();
export const numberDictionaryDelete = (_factory: Factory, _d: Tagged, _e: number): Tagged => todo();
export const numberDictionaryIndices = (_heap: Heap, _d: Tagged): number[] => todo();
/** GlobalDictionary: name → PropertyCell. 0 if absent. */
export const globalDictionaryFindCell = (_heap: Heap, _d: Tagged, _name: Tagged): Tagged => todo();
export const globalDictionaryAddCell = (_factory: Factory, _d: Tagged, _cell: Tagged): Tagged => todo();
/** Writes a property cell: updates its cell type (Undefined/Constant/ConstantType/Mutable); returns whether dependent code must be deoptimized. */
export const writePropertyCell = (_heap: Heap, _factory: Factory, _cell: Tagged, _value: Tagged): boolean => todo();
/** ScriptContextTable: FixedArray-shaped list of ScriptContexts, in the heap's root. Lookup gives (context, slot). */
export interface ScriptContextSlot { context: Tagged; slot: number; mode: number; contextIndex: number }
export const scriptContextTableLookup = (_heap: Heap, _table: Tagged, _name: Tagged): ScriptContextSlot | undefined => todo();
export const scriptContextTableAdd = (_factory: Factory, _table: Tagged, _context: Tagged): Tagged => todo();
