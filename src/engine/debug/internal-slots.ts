// Internal slots of objects as lines in double brackets, as V8's inspector names them: what a promise holds, where a generator
// stands, what a collection has, what a function was made of.

import { suspendedAt } from '../builtins/index.ts';
import { type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  ByteArray,
  brief,
  bufferLength,
  bufferWithBytes,
  Code,
  FeedbackCell,
  FixedArray,
  InstanceType,
  instanceTypeOf,
  JSArrayBuffer,
  JSBoundFunction,
  JSCollection,
  JSCollectionIterator,
  JSFunction,
  JSGeneratorObject,
  JSPrimitiveWrapper,
  JSPromise,
  JSProxy,
  JSWeakRef,
  orderedKeyAt,
  orderedUsed,
  orderedValueAt,
  StaticRoot,
} from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { addressText } from './addresses.ts';
import type { Functions } from './functions.ts';
import type { ObjectTable } from './object-table.ts';
import { generatorState, preview, promiseState } from './preview.ts';
import type { Variable } from './protocol.ts';
import type { Sources } from './sources.ts';
import type { Values } from './values.ts';

const internal = { hint: 'internal', readOnly: true } as const;
const iteratorKinds = ['keys', 'values', 'entries'] as const;
/** Entries of a collection that one group shows. */
const entriesInGroup = 1000;

export class InternalSlots {
  private readonly rt: Runtime;
  private readonly heap: Heap;
  private readonly objects: ObjectTable;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly values: Values;

  constructor(rt: Runtime, objects: ObjectTable, functions: Functions, sources: Sources, values: Values) {
    this.rt = rt;
    this.heap = rt.heap;
    this.objects = objects;
    this.functions = functions;
    this.sources = sources;
    this.values = values;
  }

  of(object: Tagged): Variable[] {
    const { heap } = this;
    switch (instanceTypeOf(heap, object)) {
      case InstanceType.JSFunction:
      case InstanceType.JSClassConstructor:
        return this.ofFunction(object);
      case InstanceType.JSBoundFunction:
        return this.ofBoundFunction(object);
      case InstanceType.JSProxy:
        return this.ofProxy(object);
      case InstanceType.JSMap:
      case InstanceType.JSSet:
      case InstanceType.JSWeakMap:
      case InstanceType.JSWeakSet:
        return [this.entriesLine(object, heap.get(object, JSCollection.Table), 0, hasValues(heap, object) ? 2 : 1)];
      case InstanceType.JSMapIterator:
      case InstanceType.JSSetIterator:
        return this.ofCollectionIterator(object);
      case InstanceType.JSPromise:
        return [
          this.values.text('[[PromiseState]]', promiseState(heap, object), internal),
          this.line('[[PromiseResult]]', promiseResult(heap, object)),
        ];
      case InstanceType.JSGeneratorObject:
      case InstanceType.JSAsyncGeneratorObject:
        return this.ofGenerator(object);
      case InstanceType.JSWeakRef:
        return [this.line('[[WeakRefTarget]]', heap.get(object, JSWeakRef.Target))];
      case InstanceType.JSPrimitiveWrapper:
        return [this.line('[[PrimitiveValue]]', heap.get(object, JSPrimitiveWrapper.Value))];
      case InstanceType.JSArrayBuffer:
        return this.ofArrayBuffer(object);
      default:
        return [];
    }
  }

  private line(name: string, word: Tagged): Variable {
    return this.values.variable(name, word, internal);
  }

  private ofFunction(fn: Tagged): Variable[] {
    const { heap } = this;
    const lines: Variable[] = [];
    const location = this.sources.declarationOf(this.functions.sfiOf(fn));
    if (location !== undefined)
      lines.push(
        this.values.text('[[FunctionLocation]]', `${location.source.name}:${location.line}`, {
          ...internal,
          declaration: location,
        }),
      );
    const code = heap.get(fn, JSFunction.Code);
    lines.push(
      this.values.text('[[Code]]', isSmi(code) ? '' : brief(heap, code).replace(/^0x[0-9a-f]+ /, ''), {
        ...internal,
        memory: isSmi(code) ? undefined : addressText(heap.getI32(code, Code.InstructionStart)),
      }),
    );
    const cell = heap.get(heap.get(fn, JSFunction.FeedbackCell), FeedbackCell.Value);
    if (cell !== StaticRoot.Undefined) lines.push(this.line('[[FeedbackVector]]', cell));
    lines.push(this.line('[[Context]]', heap.get(fn, JSFunction.Context)));
    return lines;
  }

  private ofBoundFunction(fn: Tagged): Variable[] {
    const { heap } = this;
    const bound = heap.get(fn, JSBoundFunction.BoundArguments);
    const key = this.objects.keep(bound);
    const count = smiValue(heap.get(bound, FixedArray.Length));
    const at = (i: number): Tagged => heap.getElement(this.objects.at(key), FixedArray.Elements, i);
    return [
      this.line('[[TargetFunction]]', heap.get(fn, JSBoundFunction.BoundTarget)),
      this.line('[[BoundThis]]', heap.get(fn, JSBoundFunction.BoundThis)),
      this.values.group(
        '[[BoundArgs]]',
        `(${count})`,
        () => Array.from({ length: count }, (_, i) => this.values.variable(String(i), at(i), { readOnly: true })),
        { hint: 'internal' },
      ),
    ];
  }

  private ofProxy(proxy: Tagged): Variable[] {
    const handler = this.heap.get(proxy, JSProxy.Handler);
    return [
      this.line('[[Target]]', this.heap.get(proxy, JSProxy.Target)),
      this.line('[[Handler]]', handler),
      this.values.text('[[IsRevoked]]', String(handler === StaticRoot.Null), internal),
    ];
  }

  private ofGenerator(generator: Tagged): Variable[] {
    const { heap } = this;
    const state = generatorState(heap, generator);
    const lines = [this.values.text('[[GeneratorState]]', state, internal)];
    const fn = heap.get(generator, JSGeneratorObject.Function);
    const sfi = this.functions.sfiOf(fn);
    if (state === 'suspended') {
      const position = this.functions.positionAt(this.functions.bytecodes(sfi), suspendedAt(this.rt, generator));
      const location = this.sources.locationOf(sfi, position);
      if (location !== undefined)
        lines.push(
          this.values.text('[[GeneratorLocation]]', `${location.source.name}:${location.line}:${location.column}`, {
            ...internal,
            declaration: location,
          }),
        );
    }
    lines.push(this.line('[[GeneratorFunction]]', fn));
    lines.push(this.line('[[GeneratorReceiver]]', heap.get(generator, JSGeneratorObject.Receiver)));
    return lines;
  }

  private ofArrayBuffer(buffer: Tagged): Variable[] {
    const bytes = this.heap.get(bufferWithBytes(this.heap, buffer), JSArrayBuffer.BackingStore);
    if (bytes === StaticRoot.Undefined) return [this.values.text('[[ArrayBufferData]]', 'detached', internal)];
    const memory = addressText(bytes + ByteArray.Bytes - 1);
    return [
      this.values.text('[[ArrayBufferByteLength]]', String(bufferLength(this.heap, buffer)), internal),
      this.values.text('[[ArrayBufferData]]', memory, { ...internal, memory }),
    ];
  }

  // --- collections ------------------------------------------------------------------------------------------------------

  private ofCollectionIterator(iterator: Tagged): Variable[] {
    const { heap } = this;
    const table = heap.get(iterator, JSCollectionIterator.Table);
    const kind = smiValue(heap.get(iterator, JSCollectionIterator.Kind));
    const index = smiValue(heap.get(iterator, JSCollectionIterator.Index));
    const hasMore = table !== StaticRoot.Undefined && this.used(table, index).length > 0;
    const lines = [
      this.values.text('[[IteratorHasMore]]', String(hasMore), internal),
      this.values.text('[[IteratorIndex]]', String(index), internal),
      this.values.text('[[IteratorKind]]', iteratorKinds[kind] ?? '', internal),
    ];
    return hasMore
      ? [...lines, this.entriesLine(iterator, table, index, isMapIterator(heap, iterator) ? kind : 1)]
      : lines;
  }

  /** Places of a table's entries, from one on. */
  private used(table: Tagged, from: number): number[] {
    const places: number[] = [];
    const end = orderedUsed(this.heap, table);
    for (let e = from; e < end; e++) if (orderedKeyAt(this.heap, table, e) !== StaticRoot.TheHole) places.push(e);
    return places;
  }

  /** @param kind what an entry shows: 0 its key, 1 the key or, of a map's iterator, the value, 2 both */
  private entriesLine(owner: Tagged, table: Tagged, from: number, kind: number): Variable {
    const key = this.objects.keep(table);
    const places = this.used(table, from);
    const isOfMap = isMapIterator(this.heap, owner);
    const lines = (some: readonly number[], first: number): Variable[] =>
      some.map((e, i) => this.entryLine(this.objects.at(key), e, first + i, kind, isOfMap));
    if (places.length <= entriesInGroup)
      return this.values.group('[[Entries]]', `(${places.length})`, () => lines(places, 0), { hint: 'internal' });
    const groups = (): Variable[] =>
      Array.from({ length: Math.ceil(places.length / entriesInGroup) }, (_, g) => {
        const first = g * entriesInGroup;
        const some = places.slice(first, first + entriesInGroup);
        return this.values.group(`[${first} … ${first + some.length - 1}]`, '', () => lines(some, first));
      });
    return this.values.group('[[Entries]]', `(${places.length})`, groups, { hint: 'internal' });
  }

  private entryLine(table: Tagged, e: number, index: number, kind: number, isOfMap: boolean): Variable {
    const { heap } = this;
    const word = kind === 1 && isOfMap ? orderedValueAt(heap, table, e) : orderedKeyAt(heap, table, e);
    if (kind !== 2) return this.values.variable(String(index), word, { readOnly: true });
    const value = orderedValueAt(heap, table, e);
    const keys = [this.objects.keep(word), this.objects.keep(value)];
    return this.values.group(String(index), `${preview(this.rt, word, 0)} → ${preview(this.rt, value, 0)}`, () => [
      this.values.variable('key', this.objects.at(keys[0]!), { readOnly: true }),
      this.values.variable('value', this.objects.at(keys[1]!), { readOnly: true }),
    ]);
  }
}

const isMapIterator = (heap: Heap, object: Tagged): boolean =>
  instanceTypeOf(heap, object) === InstanceType.JSMapIterator;

const hasValues = (heap: Heap, object: Tagged): boolean => {
  const type = instanceTypeOf(heap, object);
  return type === InstanceType.JSMap || type === InstanceType.JSWeakMap;
};

const promiseResult = (heap: Heap, promise: Tagged): Tagged =>
  promiseState(heap, promise) === 'pending' ? StaticRoot.Undefined : heap.get(promise, JSPromise.ReactionsOrResult);
