// Which loops of a function's bytecode an offset stands in, as the Deoptimizer asks for OSR code: code that was entered at a
// loop is still good when it was left behind the outermost loop around it, and code of a whole function takes the OSR code of
// the loops around its exit along (V8: DeoptExitIsInsideOsrLoop, DeoptAllOsrLoopsContainingDeoptExit).

import { Bytecode, BytecodeArrayAccessor } from '../bytecode/index.ts';
import type { Heap, Tagged } from '../heap/index.ts';
import { BytecodeArray } from '../objects/index.ts';

interface Loop {
  readonly header: number;
  /** Offset of its JumpLoop. */
  readonly end: number;
  /** 0: outermost. */
  readonly depth: number;
  /** Feedback slot that caches its OSR code. */
  readonly slot: number;
}

/** The loops that end at `from` or later, in the order of their ends. */
function* loopsFrom(heap: Heap, bytecodeArray: Tagged, from: number): Generator<Loop> {
  const start = bytecodeArray - 1 + BytecodeArray.Bytes;
  const length = heap.get(bytecodeArray, BytecodeArray.Length) >> 1;
  const a = new BytecodeArrayAccessor(heap.u8.subarray(start, start + length));
  for (a.setOffset(from); !a.done; a.advance())
    if (a.bytecode === Bytecode.JumpLoop)
      yield { header: a.jumpTarget, end: a.currentOffset, depth: a.immediate(1), slot: a.unsigned(2) };
}

/** Whether `exit` is inside the outermost loop around the loop whose JumpLoop is at `osrOffset`. */
export const isInsideOsrLoop = (heap: Heap, bytecodeArray: Tagged, exit: number, osrOffset: number): boolean => {
  for (const loop of loopsFrom(heap, bytecodeArray, osrOffset)) {
    if (exit >= loop.header && exit <= loop.end) return true;
    if (loop.depth === 0) return false;
  }
  return false;
};

/** Feedback slots of the loops that contain `exit` and of those beside it within the outermost one. */
export const osrSlotsAround = (heap: Heap, bytecodeArray: Tagged, exit: number): number[] => {
  const slots: number[] = [];
  for (const loop of loopsFrom(heap, bytecodeArray, exit)) {
    if (slots.length === 0 && (exit < loop.header || exit > loop.end)) continue;
    slots.push(loop.slot);
    if (loop.depth === 0) break;
  }
  return slots;
};

/** Feedback slots of all loops. */
export const osrSlots = (heap: Heap, bytecodeArray: Tagged): number[] =>
  [...loopsFrom(heap, bytecodeArray, 0)].map((loop) => loop.slot);
