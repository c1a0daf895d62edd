// From an address in code space to its Code object, by binary search in the sorted CodeList root.

import { type Address, type Heap, Region, type Tagged } from '../heap/index.ts';
import { Code, codeAt, codeCount } from '../objects/index.ts';

/** The Code whose instructions contain `pc` (an offset in the cage; also their end, for a return address); 0 if none. */
export function findCode(heap: Heap, pc: Address): Tagged {
  if (pc < Region.Code || pc >= Region.CodeEnd) return 0;
  let low = 0;
  let high = codeCount(heap) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const code = codeAt(heap, middle);
    const start = heap.getI32(code, Code.InstructionStart);
    if (pc < start) high = middle - 1;
    else if (pc > start + heap.getI32(code, Code.InstructionSize)) low = middle + 1;
    else return code;
  }
  return 0;
}
