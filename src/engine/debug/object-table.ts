// Tagged words that the debugger holds while the program is stopped. They stand in a FixedArray in old space that a root
// refers to, so a collection during an evaluation updates them; host code holds keys.

import { Space, type Tagged } from '../heap/index.ts';
import { type Factory, FixedArray, Root, root, StaticRoot, setRoot } from '../objects/index.ts';

/** Root slots that only the debugger uses. */
const tableRoot = (Root.FirstUser + 128) as Root;
export const codeTableRoot = (Root.FirstUser + 129) as Root;

export class ObjectTable {
  private readonly factory: Factory;
  private used = 0;
  private capacity = 0;
  private readonly slot: Root;

  constructor(factory: Factory, slot: Root = tableRoot) {
    this.slot = slot;
    this.factory = factory;
  }

  /** Keeps a word; its key is valid until `truncate` goes below it. */
  keep(word: Tagged): number {
    const { heap } = this.factory;
    if (this.used === this.capacity) this.grow();
    heap.setElement(root(heap, this.slot), FixedArray.Elements, this.used, word);
    return this.used++;
  }

  at(key: number): Tagged {
    const { heap } = this.factory;
    return heap.getElement(root(heap, this.slot), FixedArray.Elements, key);
  }

  set(key: number, word: Tagged): void {
    const { heap } = this.factory;
    heap.setElement(root(heap, this.slot), FixedArray.Elements, key, word);
  }

  get size(): number {
    return this.used;
  }

  /** Forgets every key from `size` on. */
  truncate(size: number): void {
    const { heap } = this.factory;
    for (let i = size; i < this.used; i++)
      heap.initElement(root(heap, this.slot), FixedArray.Elements, i, StaticRoot.Undefined);
    this.used = Math.min(size, this.used);
  }

  private grow(): void {
    const { heap } = this.factory;
    const larger = this.factory.newFixedArray(Math.max(256, 2 * this.capacity), StaticRoot.Undefined, Space.Old);
    if (this.capacity > 0) {
      const old = root(heap, this.slot);
      for (let i = 0; i < this.used; i++) {
        heap.setElement(larger, FixedArray.Elements, i, heap.getElement(old, FixedArray.Elements, i));
      }
    }
    setRoot(heap, this.slot, larger);
    this.capacity = Math.max(256, 2 * this.capacity);
  }
}
