// Access to the root slots in isolate data.

import { cageHi, type Heap, type Immovable, IsolateData, Region, type Tagged } from '../heap/index.ts';
import { Root, type RootSymbolName, rootSymbols } from './roots.ts';

const base = (Region.IsolateData + IsolateData.Roots) >> 2;

/** Byte offset of a root slot's low word, for code that is generated. */
export const rootAddress = (r: Root): number => (base + 2 * r) << 2;
export const root = (heap: Heap, r: Root): Tagged => heap.i32[base + 2 * r]!;
export const setRoot = (heap: Heap, r: Root, value: Tagged): void => {
  heap.i32[base + 2 * r] = value;
  heap.i32[base + 2 * r + 1] = cageHi;
};

const symbolIndex = new Map<string, number>(rootSymbols.map((row, i) => [row[0], i]));

/** A well-known or private symbol. */
export const rootSymbol = (heap: Heap, name: RootSymbolName): Immovable =>
  heap.i32[base + 2 * (Root.FirstSymbol + symbolIndex.get(name)!)]! as Immovable;
