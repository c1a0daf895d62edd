// Hash tables with open addressing (triangular probing), FixedArray-shaped:
//
//   [map][length] [elements][deleted][capacity][next enumeration index][identity hash] [entry 0] [entry 1] …
//
//   NameDictionary    entry = [name][value][details]     PropertyDetails with enumeration index
//   GlobalDictionary  entry = [PropertyCell]
//   NumberDictionary  entry = [Smi or HeapNumber][value][details]
//
// A free entry's first word is undefined, a deleted one's the_hole. Invariant: at least one entry is free.

import { type Heap, Space, type Tagged } from '../heap/index.ts';
import {
  Context,
  DependencyGroup,
  Dictionary,
  FixedArray,
  GlobalDictionary,
  HeapObject,
  MapBits3,
  MapObject,
  NameDictionary,
  NumberDictionary,
  PropertyCell,
  ScopeInfo,
  StaticRoot,
} from '../layout/index.ts';
import { deoptimizeDependents } from './dependent-code.ts';
import type { Factory } from './factory.ts';
import { numberValue } from './numbers.ts';
import {
  detailsCellType,
  detailsEnumerationIndex,
  PropertyCellType,
  withCellType,
  withEnumerationIndex,
} from './property-details.ts';
import { hashOf } from './strings.ts';

const roundUpToPowerOf2 = (n: number): number => (n <= 1 ? 1 : 1 << (32 - Math.clz32(n - 1)));
/** V8: HashTableBase::ComputeCapacity. */
const capacityFor = (n: number): number => Math.max(4, roundUpToPowerOf2(n + (n >> 1)));

export const newNameDictionary = (factory: Factory, n = 2): Tagged =>
  factory.newHashTable(StaticRoot.NameDictionaryMap, capacityFor(n), 3);
export const newNumberDictionary = (factory: Factory, n = 2): Tagged =>
  factory.newHashTable(StaticRoot.NumberDictionaryMap, capacityFor(n), 3);
export const newGlobalDictionary = (factory: Factory, n = 64): Tagged =>
  factory.newHashTable(StaticRoot.GlobalDictionaryMap, capacityFor(n), 1, Space.Old);

export const dictionaryCount = (heap: Heap, d: Tagged): number => heap.get(d, Dictionary.Count) >> 1;
export const dictionaryCapacity = (heap: Heap, d: Tagged): number => heap.get(d, Dictionary.Capacity) >> 1;
export const dictionaryIdentityHash = (heap: Heap, d: Tagged): number => heap.get(d, Dictionary.Hash) >> 1;
export const setDictionaryIdentityHash = (heap: Heap, d: Tagged, hash: number): void =>
  heap.init(d, Dictionary.Hash, hash << 1);

/** Whether one more element fits without a new table. */
const hasRoom = (heap: Heap, d: Tagged): boolean => {
  const capacity = heap.get(d, Dictionary.Capacity) >> 1;
  const count = (heap.get(d, Dictionary.Count) >> 1) + 1;
  const deleted = heap.get(d, Dictionary.Deleted) >> 1;
  return count + (count >> 1) <= capacity && deleted <= (capacity - count) >> 1;
};

// --- NameDictionary -------------------------------------------------------------------------------------------------------

/** Entry index or −1. `name` must be unique (internalized or symbol). */
export const nameDictionaryFind = (heap: Heap, d: Tagged, name: Tagged): number => {
  const i32 = heap.i32;
  const mask = (heap.get(d, Dictionary.Capacity) >> 1) - 1;
  const base = (d - 1 + NameDictionary.Entries) >> 2;
  let entry = hashOf(heap, name) & mask;
  for (let step = 1; ; step++) {
    const key = i32[base + 3 * entry]!;
    if (key === name) return entry;
    if (key === StaticRoot.Undefined) return -1;
    entry = (entry + step) & mask;
  }
};

/** Name at an entry; undefined or the_hole where there is none. */
export const nameDictionaryKeyAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NameDictionary.Entries, 3 * e);
export const nameDictionaryValueAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NameDictionary.Entries, 3 * e + 1);
export const nameDictionaryDetailsAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NameDictionary.Entries, 3 * e + 2);
export const nameDictionarySetValueAt = (heap: Heap, d: Tagged, e: number, v: Tagged): void =>
  heap.setElement(d, NameDictionary.Entries, 3 * e + 1, v);
/** Keeps the enumeration index that the entry has. */
export const nameDictionarySetDetailsAt = (heap: Heap, d: Tagged, e: number, details: Tagged): void =>
  heap.initElement(
    d,
    NameDictionary.Entries,
    3 * e + 2,
    withEnumerationIndex(details, detailsEnumerationIndex(heap.getElement(d, NameDictionary.Entries, 3 * e + 2))),
  );

const insertEntry = (heap: Heap, d: Tagged, key: Tagged, hash: number): number => {
  const mask = (heap.get(d, Dictionary.Capacity) >> 1) - 1;
  let entry = hash & mask;
  for (let step = 1; ; step++) {
    const k = heap.getElement(d, NameDictionary.Entries, 3 * entry);
    if (k === StaticRoot.Undefined || k === StaticRoot.TheHole) {
      if (k === StaticRoot.TheHole) heap.init(d, Dictionary.Deleted, heap.get(d, Dictionary.Deleted) - 2);
      break;
    }
    entry = (entry + step) & mask;
  }
  heap.setElement(d, NameDictionary.Entries, 3 * entry, key);
  heap.init(d, Dictionary.Count, heap.get(d, Dictionary.Count) + 2);
  return entry;
};

const rehashNames = (factory: Factory, d: Tagged, capacity: number): Tagged => {
  const { heap } = factory;
  const grown = factory.newHashTable(
    StaticRoot.NameDictionaryMap,
    capacity,
    3,
    heap.isYoung(d) ? Space.Young : Space.Old,
  );
  heap.init(grown, Dictionary.Hash, heap.get(d, Dictionary.Hash));
  // Enumeration indices start anew, so that they never run out of bits.
  let next = 1;
  for (const e of nameDictionaryEntriesInOrder(heap, d)) {
    const name = nameDictionaryKeyAt(heap, d, e);
    const to = insertEntry(heap, grown, name, hashOf(heap, name));
    heap.setElement(grown, NameDictionary.Entries, 3 * to + 1, nameDictionaryValueAt(heap, d, e));
    heap.initElement(
      grown,
      NameDictionary.Entries,
      3 * to + 2,
      withEnumerationIndex(nameDictionaryDetailsAt(heap, d, e), next++),
    );
  }
  heap.init(grown, Dictionary.NextEnumeration, next << 1);
  return grown;
};

/** Adds; returns the dictionary (maybe a grown copy). The enumeration index is assigned here. */
export const nameDictionaryAdd = (
  factory: Factory,
  d: Tagged,
  name: Tagged,
  value: Tagged,
  details: Tagged,
): Tagged => {
  const { heap } = factory;
  let next = heap.get(d, Dictionary.NextEnumeration) >> 1;
  if (!hasRoom(heap, d) || next >= 0x7ffff0) {
    d = rehashNames(factory, d, capacityFor((dictionaryCount(heap, d) + 1) * 2));
    next = heap.get(d, Dictionary.NextEnumeration) >> 1;
  }
  const entry = insertEntry(heap, d, name, hashOf(heap, name));
  heap.setElement(d, NameDictionary.Entries, 3 * entry + 1, value);
  heap.initElement(d, NameDictionary.Entries, 3 * entry + 2, withEnumerationIndex(details, next));
  heap.init(d, Dictionary.NextEnumeration, (next + 1) << 1);
  return d;
};

/** Deletes entry `e`; returns the dictionary to store. */
export const nameDictionaryDelete = (factory: Factory, d: Tagged, e: number): Tagged => {
  const { heap } = factory;
  heap.initElement(d, NameDictionary.Entries, 3 * e, StaticRoot.TheHole);
  heap.initElement(d, NameDictionary.Entries, 3 * e + 1, StaticRoot.TheHole);
  heap.initElement(d, NameDictionary.Entries, 3 * e + 2, 0);
  heap.init(d, Dictionary.Count, heap.get(d, Dictionary.Count) - 2);
  heap.init(d, Dictionary.Deleted, heap.get(d, Dictionary.Deleted) + 2);
  return d;
};

/** More than a dictionary has entries. */
const entriesBound = 0x400_0000;

/** Entries in enumeration order. */
export const nameDictionaryEntriesInOrder = (heap: Heap, d: Tagged): number[] => {
  const capacity = dictionaryCapacity(heap, d);
  // Index and entry in one number each, so that the sort compares no words of the heap.
  const order = new Float64Array(capacity);
  let count = 0;
  for (let e = 0; e < capacity; e++) {
    const key = nameDictionaryKeyAt(heap, d, e);
    if (key === StaticRoot.Undefined || key === StaticRoot.TheHole) continue;
    order[count++] = detailsEnumerationIndex(nameDictionaryDetailsAt(heap, d, e)) * entriesBound + e;
  }
  return Array.from(order.subarray(0, count).sort(), (both) => both % entriesBound);
};

// --- NumberDictionary -----------------------------------------------------------------------------------------------------

const hashIndex = (index: number): number => {
  let h = index | 0;
  h = (~h + (h << 15)) | 0;
  h ^= h >>> 12;
  h = (h + (h << 2)) | 0;
  h ^= h >>> 4;
  h = Math.imul(h, 2057);
  return (h ^ (h >>> 16)) & 0x3fffffff;
};

export const numberDictionaryFind = (heap: Heap, d: Tagged, index: number): number => {
  const mask = (heap.get(d, Dictionary.Capacity) >> 1) - 1;
  let entry = hashIndex(index) & mask;
  for (let step = 1; ; step++) {
    const key = heap.getElement(d, NumberDictionary.Entries, 3 * entry);
    if (key === StaticRoot.Undefined) return -1;
    if (key !== StaticRoot.TheHole && numberValue(heap, key) === index) return entry;
    entry = (entry + step) & mask;
  }
};
export const numberDictionaryKeyAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NumberDictionary.Entries, 3 * e);
export const numberDictionaryValueAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NumberDictionary.Entries, 3 * e + 1);
export const numberDictionaryDetailsAt = (heap: Heap, d: Tagged, e: number): Tagged =>
  heap.getElement(d, NumberDictionary.Entries, 3 * e + 2);

/** Adds or overwrites value and details; returns the dictionary to store. */
export const numberDictionarySet = (
  factory: Factory,
  d: Tagged,
  index: number,
  value: Tagged,
  details: Tagged,
): Tagged => {
  const { heap } = factory;
  let entry = numberDictionaryFind(heap, d, index);
  if (entry < 0) {
    if (!hasRoom(heap, d)) {
      const capacity = capacityFor((dictionaryCount(heap, d) + 1) * 2);
      const grown = factory.newHashTable(
        StaticRoot.NumberDictionaryMap,
        capacity,
        3,
        heap.isYoung(d) ? Space.Young : Space.Old,
      );
      const old = dictionaryCapacity(heap, d);
      for (let e = 0; e < old; e++) {
        const key = heap.getElement(d, NumberDictionary.Entries, 3 * e);
        if (key === StaticRoot.Undefined || key === StaticRoot.TheHole) continue;
        const to = insertEntry(heap, grown, key, hashIndex(numberValue(heap, key)));
        heap.setElement(
          grown,
          NumberDictionary.Entries,
          3 * to + 1,
          heap.getElement(d, NumberDictionary.Entries, 3 * e + 1),
        );
        heap.initElement(
          grown,
          NumberDictionary.Entries,
          3 * to + 2,
          heap.getElement(d, NumberDictionary.Entries, 3 * e + 2),
        );
      }
      d = grown;
    }
    entry = insertEntry(heap, d, factory.newNumber(index), hashIndex(index));
  }
  heap.setElement(d, NumberDictionary.Entries, 3 * entry + 1, value);
  heap.initElement(d, NumberDictionary.Entries, 3 * entry + 2, details);
  return d;
};
export const numberDictionaryDelete = nameDictionaryDelete;

/** Ascending. */
export const numberDictionaryIndices = (heap: Heap, d: Tagged): number[] => {
  const capacity = dictionaryCapacity(heap, d);
  const result: number[] = [];
  for (let e = 0; e < capacity; e++) {
    const key = heap.getElement(d, NumberDictionary.Entries, 3 * e);
    if (key !== StaticRoot.Undefined && key !== StaticRoot.TheHole) result.push(numberValue(heap, key));
  }
  return result.sort((a, b) => a - b);
};

// --- GlobalDictionary and property cells ------------------------------------------------------------------------------------

/** Entry of the cell named `name`, or −1. */
export const globalDictionaryFind = (heap: Heap, d: Tagged, name: Tagged): number => {
  const mask = (heap.get(d, Dictionary.Capacity) >> 1) - 1;
  let entry = hashOf(heap, name) & mask;
  for (let step = 1; ; step++) {
    const cell = heap.getElement(d, GlobalDictionary.Entries, entry);
    if (cell === StaticRoot.Undefined) return -1;
    if (cell !== StaticRoot.TheHole && heap.get(cell, PropertyCell.Name) === name) return entry;
    entry = (entry + step) & mask;
  }
};

/** GlobalDictionary: name → PropertyCell. 0 if absent. */
export const globalDictionaryFindCell = (heap: Heap, d: Tagged, name: Tagged): Tagged => {
  const entry = globalDictionaryFind(heap, d, name);
  return entry < 0 ? 0 : heap.getElement(d, GlobalDictionary.Entries, entry);
};

const insertCell = (heap: Heap, d: Tagged, cell: Tagged): void => {
  const mask = (heap.get(d, Dictionary.Capacity) >> 1) - 1;
  let entry = hashOf(heap, heap.get(cell, PropertyCell.Name)) & mask;
  for (let step = 1; ; step++) {
    const k = heap.getElement(d, GlobalDictionary.Entries, entry);
    if (k === StaticRoot.Undefined || k === StaticRoot.TheHole) {
      if (k === StaticRoot.TheHole) heap.init(d, Dictionary.Deleted, heap.get(d, Dictionary.Deleted) - 2);
      break;
    }
    entry = (entry + step) & mask;
  }
  heap.setElement(d, GlobalDictionary.Entries, entry, cell);
  heap.init(d, Dictionary.Count, heap.get(d, Dictionary.Count) + 2);
};

/** Adds the cell (enumeration index assigned here); returns the dictionary to store. */
export const globalDictionaryAddCell = (factory: Factory, d: Tagged, cell: Tagged): Tagged => {
  const { heap } = factory;
  if (!hasRoom(heap, d)) {
    const grown = factory.newHashTable(
      StaticRoot.GlobalDictionaryMap,
      capacityFor((dictionaryCount(heap, d) + 1) * 2),
      1,
      Space.Old,
    );
    const old = dictionaryCapacity(heap, d);
    for (let e = 0; e < old; e++) {
      const c = heap.getElement(d, GlobalDictionary.Entries, e);
      if (c !== StaticRoot.Undefined && c !== StaticRoot.TheHole) insertCell(heap, grown, c);
    }
    heap.init(grown, Dictionary.NextEnumeration, heap.get(d, Dictionary.NextEnumeration));
    heap.init(grown, Dictionary.Hash, heap.get(d, Dictionary.Hash));
    d = grown;
  }
  const next = heap.get(d, Dictionary.NextEnumeration) >> 1;
  heap.init(cell, PropertyCell.Details, withEnumerationIndex(heap.get(cell, PropertyCell.Details), next));
  heap.init(d, Dictionary.NextEnumeration, (next + 1) << 1);
  insertCell(heap, d, cell);
  return d;
};

/** Removes the entry and empties its cell (the_hole); code that used the cell is deoptimized. */
export const globalDictionaryDelete = (factory: Factory, d: Tagged, e: number): void => {
  const { heap } = factory;
  const cell = heap.getElement(d, GlobalDictionary.Entries, e);
  heap.initElement(d, GlobalDictionary.Entries, e, StaticRoot.TheHole);
  heap.init(d, Dictionary.Count, heap.get(d, Dictionary.Count) - 2);
  heap.init(d, Dictionary.Deleted, heap.get(d, Dictionary.Deleted) + 2);
  heap.init(cell, PropertyCell.Value, StaticRoot.TheHole);
  heap.init(cell, PropertyCell.Details, withCellType(heap.get(cell, PropertyCell.Details), PropertyCellType.Mutable));
  deoptimizeDependents(factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
};

/** Cells in enumeration order. */
export const globalDictionaryCells = (heap: Heap, d: Tagged): Tagged[] => {
  const capacity = dictionaryCapacity(heap, d);
  const cells: Tagged[] = [];
  for (let e = 0; e < capacity; e++) {
    const c = heap.getElement(d, GlobalDictionary.Entries, e);
    if (c !== StaticRoot.Undefined && c !== StaticRoot.TheHole) cells.push(c);
  }
  return cells.sort(
    (a, b) =>
      detailsEnumerationIndex(heap.get(a, PropertyCell.Details)) -
      detailsEnumerationIndex(heap.get(b, PropertyCell.Details)),
  );
};

/** Cell type of a new property with this first value. */
export const initialCellType = (value: Tagged): PropertyCellType =>
  value === StaticRoot.Undefined ? PropertyCellType.Undefined : PropertyCellType.Constant;

const remainsConstantType = (heap: Heap, old: Tagged, value: Tagged): boolean => {
  if ((old & 1) === 0 || (value & 1) === 0) return ((old | value) & 1) === 0;
  const map = heap.get(old, HeapObject.Map);
  return map === heap.get(value, HeapObject.Map) && (heap.getI32(map, MapObject.BitField3) & MapBits3.IsUnstable) === 0;
};

/** Cell type after writing `value`. */
export const updatedCellType = (heap: Heap, cell: Tagged, value: Tagged): PropertyCellType => {
  const old = heap.get(cell, PropertyCell.Value);
  if (old === StaticRoot.TheHole) return initialCellType(value);
  switch (detailsCellType(heap.get(cell, PropertyCell.Details))) {
    case PropertyCellType.Undefined:
      return PropertyCellType.Constant;
    case PropertyCellType.Constant:
      if (value === old) return PropertyCellType.Constant;
      return remainsConstantType(heap, old, value) ? PropertyCellType.ConstantType : PropertyCellType.Mutable;
    case PropertyCellType.ConstantType:
      return remainsConstantType(heap, old, value) ? PropertyCellType.ConstantType : PropertyCellType.Mutable;
    default:
      return PropertyCellType.Mutable;
  }
};

/** Writes a property cell and updates its cell type; returns whether the type changed (dependent code was then marked). */
export const writePropertyCell = (heap: Heap, factory: Factory, cell: Tagged, value: Tagged): boolean => {
  const details = heap.get(cell, PropertyCell.Details);
  const type = updatedCellType(heap, cell, value);
  heap.set(cell, PropertyCell.Value, value);
  if (type === detailsCellType(details)) return false;
  heap.init(cell, PropertyCell.Details, withCellType(details, type));
  deoptimizeDependents(factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
  return true;
};

// --- protectors: property cells holding Smi 1 while the assumption is intact ---------------------------------------------------

export const isProtectorIntact = (heap: Heap, cell: Tagged): boolean => heap.get(cell, PropertyCell.Value) === 1 << 1;

export const invalidateProtector = (factory: Factory, cell: Tagged): void => {
  if (!isProtectorIntact(factory.heap, cell)) return;
  factory.heap.init(cell, PropertyCell.Value, 0);
  deoptimizeDependents(factory, cell, PropertyCell.DependentCode, DependencyGroup.PropertyCellChanged);
};

// --- ScriptContextTable -------------------------------------------------------------------------------------------------------

/** Where a script-scope variable lives. */
export interface ScriptContextSlot {
  context: Tagged;
  /** Index among the context's slots (0 = ScopeInfo). */
  slot: number;
  /** 0 var, 1 let, 2 const, 3 using. */
  mode: number;
  contextIndex: number;
  needsInitialization: boolean;
}

/** Slot of `name` among a ScopeInfo's context locals, or −1. */
export const scopeInfoContextSlot = (heap: Heap, scopeInfo: Tagged, name: Tagged): number => {
  const count = heap.get(scopeInfo, ScopeInfo.ContextLocalCount) >> 1;
  const first = ((heap.get(scopeInfo, ScopeInfo.Flags) >> 1) & (1 << 5)) !== 0 ? 3 : 2;
  for (let i = 0; i < count; i++) if (heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i) === name) return first + i;
  return -1;
};

/** Table: word 0 counts (Smi), then ScriptContexts. */
export const scriptContextTableLookup = (heap: Heap, table: Tagged, name: Tagged): ScriptContextSlot | undefined => {
  const count = heap.get(table, FixedArray.Elements) >> 1;
  for (let i = 0; i < count; i++) {
    const context = heap.getElement(table, FixedArray.Elements, i + 1);
    const scopeInfo = heap.get(context, Context.ScopeInfo);
    const slot = scopeInfoContextSlot(heap, scopeInfo, name);
    if (slot < 0) continue;
    const first = ((heap.get(scopeInfo, ScopeInfo.Flags) >> 1) & (1 << 5)) !== 0 ? 3 : 2;
    const word = heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * (slot - first) + 1) >> 1;
    return { context, slot, mode: word & 3, contextIndex: i, needsInitialization: (word & 4) !== 0 };
  }
  return undefined;
};

export const scriptContextTableLength = (heap: Heap, table: Tagged): number =>
  heap.get(table, FixedArray.Elements) >> 1;
export const scriptContextAt = (heap: Heap, table: Tagged, i: number): Tagged =>
  heap.getElement(table, FixedArray.Elements, i + 1);

/** Returns the table to store. */
export const scriptContextTableAdd = (factory: Factory, table: Tagged, context: Tagged): Tagged => {
  const { heap } = factory;
  const count = heap.get(table, FixedArray.Elements) >> 1;
  const capacity = (heap.get(table, FixedArray.Length) >> 1) - 1;
  if (count === capacity) {
    const grown = factory.newArrayLike(StaticRoot.ScriptContextTableMap, 1 + 2 * capacity + 4, 0, Space.Old);
    for (let i = 0; i <= count; i++)
      heap.setElement(grown, FixedArray.Elements, i, heap.getElement(table, FixedArray.Elements, i));
    table = grown;
  }
  heap.setElement(table, FixedArray.Elements, count + 1, context);
  heap.init(table, FixedArray.Elements, (count + 1) << 1);
  return table;
};
