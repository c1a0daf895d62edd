// Registrations of a FinalizationRegistry: an array of cells of RegistryCell.Length words each, in order, behind their number.
//
//   [count] [target, holdings, token] [target, holdings, token] … unused

import { elementAt, type Heap, type Tagged } from '../heap/index.ts';
import { FixedArray, RegistryCell, StaticRoot, type TaggedField } from '../layout/index.ts';
import type { Factory } from './factory.ts';

const wordAt = (cell: number, word: RegistryCell): TaggedField =>
  elementAt(FixedArray.Elements, 1 + RegistryCell.Length * cell + word);

export const registryCellCount = (heap: Heap, cells: Tagged): number =>
  heap.get(cells, FixedArray.Length) === 0 ? 0 : heap.get(cells, FixedArray.Elements) >> 1;

export const registryWord = (heap: Heap, cells: Tagged, cell: number, word: RegistryCell): Tagged =>
  heap.get(cells, wordAt(cell, word));

export const setRegistryWord = (heap: Heap, cells: Tagged, cell: number, word: RegistryCell, value: Tagged): void =>
  heap.set(cells, wordAt(cell, word), value);

/** Adds a cell; returns the array that has it. */
export const addRegistryCell = (
  factory: Factory,
  cells: Tagged,
  target: Tagged,
  holdings: Tagged,
  token: Tagged,
): Tagged => {
  const { heap } = factory;
  const count = registryCellCount(heap, cells);
  const room = ((heap.get(cells, FixedArray.Length) >> 1) - 1) / RegistryCell.Length;
  if (count >= room) {
    const grown = factory.newFixedArray(1 + RegistryCell.Length * Math.max(4, 2 * count), StaticRoot.Undefined);
    for (let i = 1; i <= RegistryCell.Length * count; i++)
      heap.setElement(grown, FixedArray.Elements, i, heap.getElement(cells, FixedArray.Elements, i));
    cells = grown;
  }
  setRegistryWord(heap, cells, count, RegistryCell.Target, target);
  setRegistryWord(heap, cells, count, RegistryCell.Holdings, holdings);
  setRegistryWord(heap, cells, count, RegistryCell.Token, token);
  heap.init(cells, FixedArray.Elements, (count + 1) << 1);
  return cells;
};

/** Takes the cells out for which `isGone`, in their order; how many those were. */
export const removeRegistryCells = (heap: Heap, cells: Tagged, isGone: (cell: number) => boolean): number => {
  const count = registryCellCount(heap, cells);
  let kept = 0;
  for (let cell = 0; cell < count; cell++) {
    if (isGone(cell)) continue;
    if (kept < cell)
      for (let word = 0; word < RegistryCell.Length; word++)
        setRegistryWord(heap, cells, kept, word, registryWord(heap, cells, cell, word));
    kept++;
  }
  for (let i = RegistryCell.Length * kept + 1; i <= RegistryCell.Length * count; i++)
    heap.initElement(cells, FixedArray.Elements, i, StaticRoot.Undefined);
  if (count > 0) heap.init(cells, FixedArray.Elements, kept << 1);
  return count - kept;
};
