// Accesses of typed arrays (V8: JSNativeContextSpecialization::BuildElementAccess, for external arrays): the guards, and the number in
// the buffer. Views of buffers that change their length are left to the inline caches.
//
//   array ─▶ buffer ─▶ detached?  by the protector, or by a check           index ─▶ CheckBounds, or outside nothing happens

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  ElementsKind,
  HeapObject,
  InstanceType,
  mapInstanceType,
  Root,
  StaticRoot,
  typedElementCount,
  viewByteLength,
} from '../../objects/index.ts';
import { Fields } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import { type MachineType, MachineTypes as T } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { Chain, PropertyAccessBuilder } from './property-access-builder.ts';

const elementTypes: ReadonlyMap<ElementsKind, MachineType> = new Map([
  [ElementsKind.Uint8, T.Uint8],
  [ElementsKind.Int8, T.Int8],
  [ElementsKind.Uint16, T.Uint16],
  [ElementsKind.Int16, T.Int16],
  [ElementsKind.Uint32, T.Uint32],
  [ElementsKind.Int32, T.Int32],
  [ElementsKind.Uint8Clamped, T.Uint8],
  [ElementsKind.Float32, T.Float32],
  [ElementsKind.Float64, T.Float64],
]);

/** How an element stands in memory; undefined where it is not accessed inline. */
export const typedElementType = (kind: ElementsKind): MachineType | undefined => elementTypes.get(kind);

/** V8 keeps the elements of arrays up to this many bytes in its heap, and embeds no length of theirs. */
const maxBytesOnHeap = 64;

export class TypedArrayAccess {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;
  private readonly access: PropertyAccessBuilder;

  constructor(graph: Graph, broker: HeapBroker, access: PropertyAccessBuilder) {
    this.graph = graph;
    this.broker = broker;
    this.access = access;
  }

  /** @param outOfBounds the site reads undefined past the end */
  load(kind: ElementsKind, array: Node, index: Node, c: Chain, outOfBounds: boolean): Node {
    const { access, graph } = this;
    const length = this.lengthOf(array, c);
    const store = this.backingStore(array, c);
    const read = (at: Node, on: Chain): Node => this.loadElement(kind, array, store, at, on);
    if (!outOfBounds) return read(this.checkedIndex(array, index, length, c), c);
    const small = this.smallIndex(index, c);
    return access.inBoundsOrUndefined(small, length, graph.heapConstant(StaticRoot.Undefined), c, (at) =>
      read(small, at),
    );
  }

  /** @param outOfBounds the site stores nothing past the end */
  store(kind: ElementsKind, array: Node, index: Node, value: Node, c: Chain, outOfBounds: boolean): void {
    const { graph } = this;
    const length = this.lengthOf(array, c);
    const store = this.backingStore(array, c);
    const at = outOfBounds ? this.smallIndex(index, c) : this.checkedIndex(array, index, length, c);
    const hint = { hint: 'NumberOrOddball', feedback: undefined } as const;
    c.effect = graph.newNode('SpeculativeToNumber', hint, [value, c.effect, c.control]);
    const number =
      kind === ElementsKind.Uint8Clamped ? graph.newNode('NumberToUint8Clamped', undefined, [c.effect]) : c.effect;
    const write = (on: Chain): void => this.storeElement(kind, array, store, at, number, on);
    if (outOfBounds) this.access.onlyIf(graph.newNode('NumberLessThan', undefined, [at, length]), c, write);
    else write(c);
  }

  /** V8's guards of an access to an array of BigInts, which is left to its inline cache. @param value what is stored */
  guardBigInts(array: Node, index: Node, value: Node | undefined, c: Chain, outOfBounds: boolean): void {
    const length = this.lengthOf(array, c);
    this.backingStore(array, c);
    if (outOfBounds) this.access.check('CheckSmi', index, c);
    else this.checkedIndex(array, index, length, c);
    if (value !== undefined) this.access.check('CheckBigInt', value, c);
  }

  // --- the array -----------------------------------------------------------------------------------------------------------

  /** A typed array that is known and that V8 would have outside of its heap; 0 for others. */
  private constant(array: Node): Tagged {
    if (array.opcode !== 'HeapConstant') return 0;
    const { heap } = this.broker;
    const word = array.parameterOf('HeapConstant');
    if (mapInstanceType(heap, heap.get(word, HeapObject.Map)) !== InstanceType.JSTypedArray) return 0;
    return viewByteLength(heap, word) > maxBytesOnHeap ? word : 0;
  }

  private lengthOf(array: Node, c: Chain): Node {
    const known = this.constant(array);
    if (known !== 0) return this.graph.number(typedElementCount(this.broker.heap, known));
    return this.access.loadField(Fields.typedArrayLength, array, c);
  }

  private backingStore(array: Node, c: Chain): Node {
    const { access, graph } = this;
    const buffer = access.loadField(Fields.typedArrayBuffer, array, c);
    if (!this.broker.dependOnProtector(Root.ArrayBufferDetachingProtector)) {
      const store = access.loadField(Fields.arrayBufferBackingStore, buffer, c);
      const detached = graph.newNode('ReferenceEqual', undefined, [store, graph.heapConstant(StaticRoot.Undefined)]);
      access.checkIf(graph.newNode('BooleanNot', undefined, [detached]), DeoptimizeReason.ArrayBufferWasDetached, c);
    }
    c.effect = graph.newNode('LoadBackingStore', undefined, [buffer, c.effect, c.control]);
    return c.effect;
  }

  private checkedIndex(array: Node, index: Node, length: Node, c: Chain): Node {
    return this.access.checkBounds(index, length, c, undefined, this.constant(array) === 0);
  }

  /** A Smi as an unsigned word: negative ones are past every end. */
  private smallIndex(index: Node, c: Chain): Node {
    const smi = this.access.check('CheckSmi', index, c);
    return this.graph.newNode('NumberShiftRightLogical', undefined, [smi, this.graph.number(0)]);
  }

  // --- the element -----------------------------------------------------------------------------------------------------------

  private loadElement(kind: ElementsKind, array: Node, store: Node, index: Node, c: Chain): Node {
    const parameter = { machineType: typedElementType(kind)! };
    const start = this.access.loadField(Fields.typedArrayByteOffset, array, c);
    c.effect = this.graph.newNode('LoadTypedElement', parameter, [store, start, index, c.effect, c.control]);
    return c.effect;
  }

  private storeElement(kind: ElementsKind, array: Node, store: Node, index: Node, value: Node, c: Chain): void {
    const parameter = { machineType: typedElementType(kind)! };
    const start = this.access.loadField(Fields.typedArrayByteOffset, array, c);
    c.effect = this.graph.newNode('StoreTypedElement', parameter, [store, start, index, value, c.effect, c.control]);
  }
}
