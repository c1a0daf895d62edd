// What a marking collection treats in its own way: tables with weak keys, WeakRefs, the string table.
//
//   ephemerons    a value lives because its key does; entries whose keys died go
//   WeakRef       its target becomes undefined
//   registries    cells whose targets died say so, and the FinalizationRegistry is put into the list of those whose cleanup is to run
//   string table  internalized strings that nobody holds leave it, and the host's caches
//   code list     Code objects that nothing enters leave it, and their instructions are given back
//   functions     whose code was deoptimized go on in the interpreter: their next call would have them do so, and until then
//                 they would keep the code

import {
  type Address,
  addressOf,
  type Heap,
  type Marker,
  type Tagged,
  unroundedSize,
  type WeakTypes,
} from '../heap/index.ts';
import {
  Code,
  CodeFlags,
  HeapObject,
  InstanceType,
  JSFinalizationRegistry,
  JSFunction,
  JSWeakRef,
  MapObject,
  RegistryCell,
  StaticRoot,
} from '../layout/index.ts';
import { sweepCode } from './code-space.ts';
import { filterEphemerons, successorOf } from './ordered-hash-table.ts';
import { registryCellCount, registryWord, setRegistryWord } from './registry-cells.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';
import { forgetDeadStrings } from './strings.ts';

/** Who runs code. */
export interface CodeOwner {
  /** What enters the interpreter for a function. */
  trampolineOf(fn: Tagged): Tagged;
  /** Nothing is known of code in the range any more. */
  readonly codeFreed: (start: Address, end: Address) => void;
}

export class WeakObjects implements WeakTypes {
  static readonly types = [
    InstanceType.EphemeronHashTable,
    InstanceType.JSWeakRef,
    InstanceType.JSFinalizationRegistry,
    InstanceType.JSFunction,
    InstanceType.JSClassConstructor,
  ];
  readonly types = WeakObjects.types;
  private readonly heap: Heap;
  private tables: Tagged[] = [];
  private references: Tagged[] = [];
  private registries: Tagged[] = [];

  private readonly owner: CodeOwner;

  constructor(heap: Heap, owner: CodeOwner) {
    this.heap = heap;
    this.owner = owner;
  }

  begin(marker: Marker): void {
    const { heap } = this;
    marker.markUnvisited(root(heap, Root.StringTable));
    // as V8's caches of results: a collection that marks empties it
    setRoot(heap, Root.StringSplitCache, StaticRoot.Undefined);
    const codes = root(heap, Root.CodeList);
    if (!heap.keepsCode && codes !== StaticRoot.EmptyFixedArray) marker.markUnvisited(codes);
  }

  visit(marker: Marker, object: Tagged): void {
    const { heap } = this;
    if (heap.get(object, HeapObject.Map) === StaticRoot.EphemeronHashTableMap) {
      marker.mark(successorOf(heap, object));
      this.tables.push(object);
      return;
    }
    const at = object - 1;
    const end = at + unroundedSize(heap, at, heap.get(object, HeapObject.Map));
    switch (heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType)) {
      case InstanceType.JSWeakRef: {
        this.references.push(object);
        const target = addressOf(object, JSWeakRef.Target);
        marker.visitRange(at + 4, target);
        marker.visitRange(target + 4, end);
        break;
      }
      case InstanceType.JSFinalizationRegistry:
        this.registries.push(object);
        this.visitCells(marker, heap.get(object, JSFinalizationRegistry.Cells));
        marker.visitRange(at + 4, end);
        break;
      default:
        this.leaveDeoptimizedCode(object);
        marker.visitRange(at + 4, end);
    }
  }

  /** Marks what registrations hold, but not their targets and tokens. */
  private visitCells(marker: Marker, cells: Tagged): void {
    const { heap } = this;
    marker.markUnvisited(cells);
    for (let cell = registryCellCount(heap, cells) - 1; cell >= 0; cell--)
      marker.mark(registryWord(heap, cells, cell, RegistryCell.Holdings));
  }

  /** Finds the cells of a registry whose targets died. */
  private finishRegistry(marker: Marker, registry: Tagged): void {
    const { heap } = this;
    const cells = heap.get(registry, JSFinalizationRegistry.Cells);
    let isDirty = false;
    for (let cell = registryCellCount(heap, cells) - 1; cell >= 0; cell--) {
      if (!marker.isMarked(registryWord(heap, cells, cell, RegistryCell.Token)))
        setRegistryWord(heap, cells, cell, RegistryCell.Token, StaticRoot.Undefined);
      if (marker.isMarked(registryWord(heap, cells, cell, RegistryCell.Target))) continue;
      setRegistryWord(heap, cells, cell, RegistryCell.Target, StaticRoot.TheHole);
      isDirty = true;
    }
    if (!isDirty || heap.get(registry, JSFinalizationRegistry.NextDirty) !== 0) return;
    heap.set(registry, JSFinalizationRegistry.NextDirty, root(heap, Root.DirtyRegistries));
    setRoot(heap, Root.DirtyRegistries, registry);
  }

  private leaveDeoptimizedCode(fn: Tagged): void {
    const { heap } = this;
    const code = heap.get(fn, JSFunction.Code);
    if ((code & 1) === 0 || heap.get(code, HeapObject.Map) !== StaticRoot.CodeMap) return;
    if ((heap.getI32(code, Code.Flags) & CodeFlags.MarkedForDeoptimization) === 0) return;
    heap.set(fn, JSFunction.Code, this.owner.trampolineOf(fn));
  }

  markEphemerons(marker: Marker): boolean {
    const { heap } = this;
    let changed = false;
    for (const table of this.tables)
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
    for (const registry of this.registries) this.finishRegistry(marker, registry);
    this.registries = [];
    if (!heap.keepsCode) sweepCode(heap, (code) => marker.isMarked(code), this.owner.codeFreed);
    forgetDeadStrings(heap, (s) => marker.isMarked(s));
  }
}
