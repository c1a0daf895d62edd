export { Heap, type HeapOptions, OutOfMemory, Space } from './heap.ts';
export { builtinAddressStride, cageHi, Interrupt, IsolateData, Region, rootRegisterBias } from './memory-map.ts';
export {
  clearedWeak,
  fitsSmi,
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
