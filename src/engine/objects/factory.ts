import type { Heap, Space, Tagged } from '../heap/index.ts';
import type { ElementsKind } from './elements-kind.ts';
import type { InstanceType } from './instance-type.ts';
declare const todo: () => never;
export class Factory {
  readonly heap: Heap;
  /** Creates the static roots at their addresses, unless the heap already holds them (snapshot). */
  constructor(heap: Heap) { this.heap = heap; }
  newNumber(_n: number): Tagged { return todo(); }
  newHeapNumber(_n: number): Tagged { return todo(); }
  newString(_host: string): Tagged { return todo(); }
  /** Internalized string for a host string. Immovable (old or read-only space). */
  internalize(_host: string): Tagged { return todo(); }
  internalizeString(_s: Tagged): Tagged { return todo(); }
  newConsString(_a: Tagged, _b: Tagged): Tagged { return todo(); }
  newSubString(_s: Tagged, _from: number, _to: number): Tagged { return todo(); }
  newSymbol(_description: Tagged, _flags?: number): Tagged { return todo(); }
  newBigInt(_value: bigint): Tagged { return todo(); }
  newFixedArray(_length: number, _fill?: Tagged, _space?: Space): Tagged { return todo(); }
  newFixedArrayFrom(_words: readonly Tagged[], _space?: Space): Tagged { return todo(); }
  newFixedDoubleArray(_length: number): Tagged { return todo(); }
  newByteArray(_length: number, _space?: Space): Tagged { return todo(); }
  newByteArrayFrom(_bytes: Uint8Array, _space?: Space): Tagged { return todo(); }
  newPropertyArray(_length: number): Tagged { return todo(); }
  /** `sizeBytes` of instances (0 = variable), in-object properties at its end. Maps are immovable. */
  newMap(_type: InstanceType, _sizeBytes: number, _kind?: ElementsKind, _inObject?: number): Tagged { return todo(); }
  newJSObject(_map: Tagged): Tagged { return todo(); }
  newJSArray(_kind: ElementsKind, _length: number, _capacity: number, _map?: Tagged): Tagged { return todo(); }
  newJSArrayFrom(_words: readonly Tagged[]): Tagged { return todo(); }
  newJSFunction(_sfi: Tagged, _context: Tagged, _map: Tagged, _feedbackCell?: Tagged): Tagged { return todo(); }
  newContext(_map: Tagged, _slots: number, _scopeInfo: Tagged, _previous: Tagged): Tagged { return todo(); }
  newCell(_value: Tagged): Tagged { return todo(); }
  newPropertyCell(_name: Tagged, _value: Tagged, _details: Tagged): Tagged { return todo(); }
  newFeedbackCell(_map: Tagged, _value: Tagged): Tagged { return todo(); }
  newAccessorPair(_getter: Tagged, _setter: Tagged): Tagged { return todo(); }
  newAccessorInfo(_name: Tagged, _kind: number): Tagged { return todo(); }
  newAllocationSite(_info: Tagged): Tagged { return todo(); }
  newScript(_source: Tagged, _name: Tagged, _id: number): Tagged { return todo(); }
  newSharedFunctionInfo(_name: Tagged, _functionData: Tagged, _script: Tagged): Tagged { return todo(); }
  newFeedbackVector(_sfi: Tagged, _closureCells: Tagged, _parentCell: Tagged): Tagged { return todo(); }
  newClosureFeedbackCellArray(_sfi: Tagged): Tagged { return todo(); }
  newCode(_kind: number, _instructions: Uint8Array): Tagged { return todo(); }
}
import type { Root, RootSymbolName } from './roots.ts';
export const root = (_heap: Heap, _r: Root): Tagged => todo();
export const setRoot = (_heap: Heap, _r: Root, _value: Tagged): void => todo();
/** A well-known or private symbol. */
export const rootSymbol = (_heap: Heap, _name: RootSymbolName): Tagged => todo();
