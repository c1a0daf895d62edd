// The heap as a person looks at it: spaces and their pages, what is in them by map, and of one object where it lives, whether the last
// marking reached it, and what keeps it. Nothing here allocates in the heap or changes anything.

import {
  type Address,
  type Heap,
  IsolateData,
  isSmi,
  isWeak,
  PageKind,
  pageBytes,
  pointerMaps,
  Region,
  strong,
  type Tagged,
  unroundedSize,
  visitHeapRoots,
} from '../heap/index.ts';
import type { Isolate } from '../isolate/index.ts';
import {
  Code,
  CodeFlags,
  descriptorDetails,
  descriptorKey,
  detailsFieldIndex,
  FixedArray,
  fieldLabel,
  HeapObject,
  heapTypeOf,
  InstanceType,
  instanceTypeOf,
  isFieldDetails,
  liveRanges,
  MapObject,
  mapDescriptors,
  mapInObjectStart,
  mapOwnDescriptors,
  Root,
  SharedFunctionInfo,
  StaticRoot,
  WeakObjects,
} from '../objects/index.ts';
import { addressText } from './addresses.ts';
import { cut } from './chips.ts';
import type { Collections } from './collections.ts';
import type { Functions } from './functions.ts';
import { describeMap, preview } from './preview.ts';
import { keyText } from './properties.ts';
import type { HeapCode, HeapKind, HeapObjectInfo, HeapPage, HeapSpace, HeldBy } from './protocol.ts';
import type { DebugTarget } from './target.ts';

/** Rows of the histogram. */
const mostKinds = 200;

interface Walked {
  readonly at: Address;
  readonly map: Tagged;
  readonly bytes: number;
}

export class HeapView {
  private readonly target: DebugTarget;
  private readonly isolate: Isolate;
  private readonly functions: Functions;
  private readonly collections: Collections;

  constructor(target: DebugTarget, isolate: Isolate, functions: Functions, collections: Collections) {
    this.target = target;
    this.isolate = isolate;
    this.functions = functions;
    this.collections = collections;
  }

  // --- spaces -------------------------------------------------------------------------------------------------------------

  spaces(): HeapSpace[] {
    const { heap } = this.target;
    const top = heap.readIsolateWord(IsolateData.NewSpaceTop);
    const page = (start: Address, committed: number, used: number, kind: HeapPage['kind']): HeapPage => ({
      address: addressText(start),
      kind,
      committed,
      used,
    });
    const gaps = heap.codeGaps.reduce((sum, at, i) => sum + (i % 2 === 0 ? -at : at), 0);
    const old = this.oldPages();
    return [
      space('new space', [
        page(heap.toSpace, heap.semiSpaceSize, top - heap.toSpace, 'semispace in use'),
        page(heap.fromSpace, heap.semiSpaceSize, 0, 'semispace to copy to'),
      ]),
      space(
        'old space',
        old.filter(({ kind }) => kind === 'regular'),
      ),
      space(
        'large objects',
        old.filter(({ kind }) => kind === 'large'),
      ),
      space('code space', [page(Region.Code, Region.CodeEnd - Region.Code, heap.codeTop - Region.Code - gaps, 'code')]),
      space('read-only space', [
        page(Region.ReadOnly, Region.ReadOnlyEnd - Region.ReadOnly, heap.readOnlyTop - Region.ReadOnly, 'read-only'),
      ]),
    ];
  }

  private oldPages(): HeapPage[] {
    const { heap } = this.target;
    const { oldSpace } = heap;
    return oldSpace.walkableRanges().map(([start, end]): HeapPage => {
      const isLarge = oldSpace.kindOf(start) === PageKind.Large;
      let used = 0;
      let objects = 0;
      for (const { map, bytes } of this.walk(start, end)) {
        if (map === StaticRoot.FillerMap) continue;
        used += bytes;
        objects++;
      }
      const committed = Math.ceil((end - start) / pageBytes) * pageBytes;
      return { address: addressText(start), kind: isLarge ? 'large' : 'regular', committed, used, objects };
    });
  }

  /** From object to object; ends early where an allocation is under way and nothing stands yet. */
  private *walk(start: Address, end: Address): Iterable<Walked> {
    const { heap } = this.target;
    for (let at = start; at < end; ) {
      const map = heap.i32[at >> 2]!;
      if (!this.isMapWord(map)) return;
      const bytes = (unroundedSize(heap, at, map) + 7) & ~7;
      if (bytes < 8 || at + bytes > end) return;
      yield { at, map, bytes };
      at += bytes;
    }
  }

  private isMapWord(word: Tagged): boolean {
    const { heap } = this.target;
    const isPointer = (word & 3) === 1 && word >= Region.ReadOnly && word < heap.size;
    return isPointer && heap.i32[(word - 1) >> 2] === StaticRoot.MetaMap;
  }

  // --- by map ---------------------------------------------------------------------------------------------------------------

  /** What takes the most room, by map; maps that look the same are one row. */
  histogram(): HeapKind[] {
    const { heap } = this.target;
    const byMap = new Map<Tagged, { count: number; bytes: number }>();
    for (const [start, end] of liveRanges(heap)) {
      for (const { map, bytes } of this.walk(start, end)) {
        if (map === StaticRoot.FillerMap) continue;
        const row = byMap.get(map) ?? { count: 0, bytes: 0 };
        row.count++;
        row.bytes += bytes;
        byMap.set(map, row);
      }
    }
    const byName = new Map<string, HeapKind>();
    for (const [map, { count, bytes }] of byMap) {
      const name = this.kindName(map);
      const known = byName.get(name);
      byName.set(name, {
        name,
        count: count + (known?.count ?? 0),
        bytes: bytes + (known?.bytes ?? 0),
        maps: 1 + (known?.maps ?? 0),
      });
    }
    return [...byName.values()].sort((a, b) => b.bytes - a.bytes).slice(0, mostKinds);
  }

  private kindName(map: Tagged): string {
    const { heap, rt } = this.target;
    const type = heap.getU16(map, MapObject.InstanceType);
    if (type < InstanceType.FirstNonstring) return 'string';
    if (type < InstanceType.FirstJSReceiver) return InstanceType[type] ?? `type ${type}`;
    return cut(describeMap(rt, map)) || (InstanceType[type] ?? 'object');
  }

  // --- one object -----------------------------------------------------------------------------------------------------------

  /** @param address untagged, or the word itself */
  object(address: Address): HeapObjectInfo {
    const { heap, rt } = this.target;
    const at = (address & ~3) >>> 0;
    if (at < Region.ReadOnly || at >= heap.size || !this.isMapWord(heap.i32[at >> 2]!))
      throw new Error(`No object begins at ${addressText(at)}.`);
    const word = at + 1;
    const path = this.pathTo(word);
    return {
      address: addressText(at),
      value: cut(preview(rt, word)),
      map: this.kindName(heap.get(word, HeapObject.Map)),
      bytes: (unroundedSize(heap, at, heap.get(word, HeapObject.Map)) + 7) & ~7,
      generation: this.generation(at),
      mark: this.mark(word),
      path,
    };
  }

  private generation(at: Address): string {
    const { heap } = this.target;
    if (at < Region.ReadOnlyEnd) return 'read-only: it lives for ever';
    if (at < Region.NewSpaceEnd)
      return at < heap.ageMark
        ? 'new, survived one scavenge: the next one promotes it'
        : 'new, made since the last scavenge';
    const page = at & -pageBytes;
    const isLarge = heap.oldSpace.kindOf(page) === PageKind.Large;
    return `old${isLarge ? ', with pages of its own' : ''}${heap.oldSpace.isNew(at) ? ', since the last collection' : ''}`;
  }

  /** Marking is done in one go here: no object is grey when somebody looks. */
  private mark(word: Tagged): string {
    const marks = this.collections.lastMarks;
    if (word < Region.NewSpace) return 'none: read-only space is not marked';
    if (marks === undefined) return 'white: nothing has been marked yet';
    if (word < Region.OldSpace) return 'white: new objects are marked anew each time';
    if (this.target.heap.oldSpace.isNew(word - 1)) return 'white: made since the last marking';
    return marks.isMarked(word) ? 'black: the last marking reached it' : 'white: the last marking did not reach it';
  }

  // --- what keeps it --------------------------------------------------------------------------------------------------------

  /** From a root to the object, by strong fields, along a shortest way; empty if nothing keeps it. */
  private pathTo(target: Tagged): HeldBy[] {
    const { heap, rt } = this.target;
    const from = new Map<Tagged, { readonly holder: Tagged; readonly by: string }>();
    let waiting: Tagged[] = [];
    const root = (word: Tagged, by: string): void => {
      if ((word & 3) !== 1 || word < Region.NewSpace || from.has(word)) return;
      from.set(word, { holder: 0, by });
      waiting.push(word);
    };
    const slot = (at: Address): void => root(heap.i32[at >> 2]!, rootName(at, heap));
    const visitor = {
      visitSlot: slot,
      forward(word: Tagged): Tagged {
        root(word, 'code on the stack');
        return word;
      },
    };
    this.isolate.collector.visitRoots(visitor);
    visitHeapRoots(heap, {
      ...visitor,
      // what the debugger itself holds is no reason
      visitSlot: (at) => {
        if (!isDebuggersRoot(at)) slot(at);
      },
    });
    while (waiting.length > 0 && !from.has(target)) {
      const next: Tagged[] = [];
      for (const holder of waiting) {
        for (const [word, by] of this.strongFields(holder)) {
          if (word < Region.NewSpace || from.has(word)) continue;
          from.set(word, { holder, by });
          next.push(word);
        }
      }
      waiting = next;
    }
    const path: HeldBy[] = [];
    for (let word = target; from.has(word); ) {
      const { holder, by } = from.get(word)!;
      path.push({ by, address: addressText(word - 1), value: cut(preview(rt, word)) });
      if (holder === 0) break;
      word = holder;
    }
    return path.reverse();
  }

  private *strongFields(object: Tagged): Iterable<[Tagged, string]> {
    const { heap } = this.target;
    const at = object - 1;
    const map = heap.i32[at >> 2]!;
    yield [map, 'map'];
    const type = instanceTypeOf(heap, object);
    // Their fields are not simply strong.
    if (weakTypes.has(type)) return;
    const id = heap.u8[map - 1 + MapObject.VisitorId]!;
    const size = unroundedSize(heap, at, map);
    const ranges = [
      [pointerMaps.start[id]!, pointerMaps.end[id]!],
      [pointerMaps.start2[id]!, pointerMaps.end2[id]!],
    ] as const;
    for (const [start, end] of ranges) {
      if (start < 0) continue;
      for (let offset = start; offset < (end === 0 ? size : end); offset += 4) {
        const word = heap.i32[(at + offset) >> 2]!;
        if (isSmi(word) || isWeak(word)) continue;
        yield [word, this.fieldName(map, type, offset)];
      }
    }
  }

  /** `x`, `elements`, `[6]`. */
  private fieldName(map: Tagged, type: InstanceType, offset: number): string {
    const { heap } = this.target;
    const fields = heapTypeOf(type)?.fields ?? [];
    const field = fields.find((candidate) => candidate.offset === offset);
    if (field !== undefined) return fieldLabel(field.name);
    const start = mapInObjectStart(heap, map);
    if (type < InstanceType.FirstJSReceiver || offset < start) return `[${(offset >> 2) - fields.length}]`;
    const descriptors = mapDescriptors(heap, map);
    for (let i = 0, count = mapOwnDescriptors(heap, map); i < count; i++) {
      const details = descriptorDetails(heap, descriptors, i);
      if (isFieldDetails(details) && start + 4 * detailsFieldIndex(details) === offset)
        return cut(keyText(heap, descriptorKey(heap, descriptors, i)));
    }
    return `+${offset}`;
  }

  // --- code -----------------------------------------------------------------------------------------------------------------

  /** The Code objects on the weak lists of functions of a name. */
  codes(name: string): HeapCode[] {
    const { heap } = this.target;
    return this.functions.named(name).flatMap((sfi) => {
      const list = heap.get(sfi, SharedFunctionInfo.OptimizedCodes);
      const count = heap.get(list, FixedArray.Length) >> 1;
      return Array.from({ length: count }, (_, i) => heap.getElement(list, FixedArray.Elements, i))
        .filter((word) => isWeak(word) && word !== 3)
        .map((word): HeapCode => {
          const code = strong(word);
          return {
            address: addressText(code - 1),
            instructions: addressText(heap.getI32(code, Code.InstructionStart)),
            optimizationId: heap.getI32(code, Code.OptimizationId),
            isMarkedForDeoptimization: (heap.getI32(code, Code.Flags) & CodeFlags.MarkedForDeoptimization) !== 0,
          };
        });
    });
  }
}

const weakTypes: ReadonlySet<number> = new Set(WeakObjects.types);

const space = (name: string, pages: readonly HeapPage[]): HeapSpace => ({
  name,
  pages,
  committed: pages.reduce((sum, { committed }) => sum + committed, 0),
  used: pages.reduce((sum, { used }) => sum + used, 0),
});

const rootIndex = (at: Address): number => (at - Region.IsolateData - IsolateData.Roots) >> 3;

/** Root slots from 128 on are the debugger's tables. */
const isDebuggersRoot = (at: Address): boolean => {
  const index = rootIndex(at);
  return at < Region.Stack && index >= Root.FirstUser + 128 && index <= Root.FirstUser + 129;
};

function rootName(at: Address, heap: Heap): string {
  if (at >= heap.readIsolateWord(IsolateData.HandleTop)) return 'a handle of the runtime';
  if (at >= Region.Stack && at < Region.StackEnd) return `the stack, ${addressText(at)}`;
  const index = rootIndex(at);
  return at < Region.Stack && index >= 0 && index < Root.End ? `root ${Root[index] ?? index}` : 'the isolate';
}
