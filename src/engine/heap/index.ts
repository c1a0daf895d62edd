export type { Address, Handle, RegisterIndex, RegisterOperand, SlotIndex, WordIndex } from '../layout/index.ts';
export { addressOf, elementAt, fieldAtWord } from './elements.ts';
export { Heap, type HeapOptions, OutOfMemory, Space, zapWord } from './heap.ts';
export { type HeapImage, type ImageRun, takeImage } from './heap-image.ts';
export { type RootVisitor, visitHeapRoots } from './heap-roots.ts';
export { type Marker, type MarkResult, MarkSnapshot, markAndSweep, type WeakTypes } from './marker.ts';
export {
  builtinAddressStride,
  cageHi,
  Interrupt,
  IsolateData,
  isReadOnlyOrOld,
  PageKind,
  pageBytes,
  Region,
  rootRegisterBias,
} from './memory-map.ts';
export { objectSize, pointerMaps, unroundedSize, visitorOf } from './pointer-maps.ts';
export { type ScavengeOptions, type ScavengeResult, scavenge } from './scavenger.ts';
export {
  clearedWeak,
  fitsSmi,
  type Immovable,
  isCleared,
  isHeapObject,
  isSmi,
  isWeak,
  smi,
  smiMax,
  smiMin,
  smiValue,
  strong,
  type Tagged,
  weak,
} from './tagging.ts';
