// What a marking collection treats in its own way: tables with weak keys, WeakRefs, the string table.
//
//   ephemerons    a value lives because its key does; entries whose keys died go
//   WeakRef       its target becomes undefined
//   string table  internalized strings that nobody holds leave it, and the host's caches

import { addressOf, type Heap, type Marker, type Tagged, unroundedSize, type WeakTypes } from '../heap/index.ts';
import { HeapObject, InstanceType, JSWeakRef, StaticRoot } from '../layout/index.ts';
import { filterEphemerons, successorOf } from './ordered-hash-table.ts';
import { root } from './root-slots.ts';
import { Root } from './roots.ts';
import { forgetDeadStrings } from './strings.ts';

export class WeakObjects implements WeakTypes {
  readonly types = [InstanceType.EphemeronHashTable, InstanceType.JSWeakRef];
  private readonly heap: Heap;
  private tables: Tagged[] = [];
  private references: Tagged[] = [];

  constructor(heap: Heap) {
    this.heap = heap;
  }

  begin(marker: Marker): void {
    marker.markUnvisited(root(this.heap, Root.StringTable));
  }

  visit(marker: Marker, object: Tagged): void {
    const { heap } = this;
    if (heap.get(object, HeapObject.Map) === StaticRoot.EphemeronHashTableMap) {
      marker.mark(successorOf(heap, object));
      this.tables.push(object);
      return;
    }
    this.references.push(object);
    const at = object - 1;
    const target = addressOf(object, JSWeakRef.Target);
    marker.visitRange(at + 4, target);
    marker.visitRange(target + 4, at + unroundedSize(heap, at, heap.get(object, HeapObject.Map)));
  }

  markEphemerons(marker: Marker): boolean {
    const { heap } = this;
    let changed = false;
    for (const table of [...this.tables])
      if (successorOf(heap, table) === 0)
        filterEphemerons(heap, table, (key, value) => {
          if (marker.isMarked(key) && !marker.isMarked(value)) {
            marker.mark(value);
            changed = true;
          }
          return true;
        });
    return changed;
  }

  finish(marker: Marker): void {
    const { heap } = this;
    for (const table of this.tables) filterEphemerons(heap, table, (key) => marker.isMarked(key));
    for (const reference of this.references)
      if (!marker.isMarked(heap.get(reference, JSWeakRef.Target)))
        heap.init(reference, JSWeakRef.Target, StaticRoot.Undefined);
    this.tables = [];
    this.references = [];
    forgetDeadStrings(heap, (s) => marker.isMarked(s));
  }
}
