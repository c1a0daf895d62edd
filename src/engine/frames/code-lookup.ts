// From an address in code space to its Code object, by binary search in the sorted CodeList root.

import { type Address, type Heap, Region, type Tagged } from '../heap/index.ts';
import { Code, FixedArray, Root, root } from '../objects/index.ts';

/** The Code whose instructions contain `pc` (an offset in the cage; also their end, for a return address); 0 if none. */
export function findCode(heap: Heap, pc: Address): Tagged {
  if (pc < Region.Code || pc >= Region.CodeEnd) return 0;
  const list = root(heap, Root.CodeList);
  if (heap.get(list, FixedArray.Length) === 0) return 0;
  let low = 1;
  let high = heap.get(list, FixedArray.Elements) >> 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const code = heap.getElement(list, FixedArray.Elements, middle);
    const start = heap.getI32(code, Code.InstructionStart);
    if (pc < start) high = middle - 1;
    else if (pc > start + heap.getI32(code, Code.InstructionSize)) low = middle + 1;
    else return code;
  }
  return 0;
}
