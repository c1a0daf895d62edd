// Unwinding: from the frame that threw towards the caller, to the first handler. Interpreted frames look into the handler
// table of their bytecode; optimized frames ask the isolate; the entry frame of a nested run ends the search on the host.
//
// Invariant: every interpreted frame on the way has its bytecode offset written back, at the bytecode that threw or called.

import { HANDLER_ROW_SIZE, REGISTER_FILE_START } from '../bytecode/index.ts';
import {
  bytecodesBias,
  cEntryFpWord,
  FrameType,
  FrameWord,
  frameMarker,
  leaveHost,
  stackPointerWord,
} from '../frames/index.ts';
import { Region } from '../heap/index.ts';
import { ByteArray, BytecodeArray, StaticRoot } from '../objects/index.ts';
import { jsException } from '../runtime/index.ts';
import { pendingExceptionWord } from './frame.ts';
import type { Interpreter } from './interpreter.ts';
import { Next } from './next.ts';

const rowWords = HANDLER_ROW_SIZE >> 2;

/** Word index of the row of the innermost handler that covers `offset`, or −1. */
const findHandler = (i32: Int32Array, bytecodes: number, offset: number): number => {
  const table = i32[(bytecodes + BytecodeArray.HandlerTable - 1) >> 2]!;
  const bytes = i32[(table + ByteArray.Length - 1) >> 2]! >> 1;
  const start = (table + ByteArray.Bytes - 1) >> 2;
  for (let at = start + (bytes >> 2) - rowWords; at >= start; at -= rowWords) {
    if (offset >= i32[at]! && offset < i32[at + 1]!) return at;
  }
  return -1;
};

/** Finds the handler of the pending exception. Continue: the interpreter goes on there. Leave: the machine state does. Throws `jsException` at the nested run's entry. */
export const unwind = (t: Interpreter): Next => {
  const i32 = t.heap.i32;
  t.call.end(); // given up, if it was being made
  let fp = i32[cEntryFpWord]! >> 2;
  if (fp === 0) fp = t.fp;
  const innermost = i32[fp + FrameWord.Marker]!;
  // at an entry frame the search is over already: the exception comes from there
  if (innermost !== frameMarker(FrameType.Entry) && !t.rt.isRethrown) t.hooks.exceptionThrown();
  t.rt.isRethrown = false;
  let pc = Region.Builtins; // the innermost frame is interpreted or typed
  for (;;) {
    const marker = i32[fp + FrameWord.Marker]!;
    if ((marker & 1) === 0) {
      if (marker >> 1 === FrameType.Entry || marker >> 1 === FrameType.ConstructEntry) {
        i32[cEntryFpWord] = fp << 2;
        throw jsException;
      }
    } else if (pc >= Region.BuiltinCodeEnd && pc < Region.CodeEnd) {
      if (t.hooks.unwindOptimized(fp << 2, pc)) return Next.Leave;
    } else {
      const bytecodes = i32[fp + FrameWord.BytecodeArray]!;
      const offset = (i32[fp + FrameWord.BytecodeOffset]! >> 1) - bytecodesBias;
      const handler = findHandler(i32, bytecodes, offset);
      if (handler >= 0) {
        t.loadFrame(fp);
        const contextRegister = i32[handler + 3]!;
        i32[fp + FrameWord.Context] = i32[fp + ((REGISTER_FILE_START - contextRegister) << 1)]!;
        t.pc = bytecodes + bytecodesBias + (i32[handler + 2]! >>> 4);
        t.acc = i32[pendingExceptionWord]!;
        i32[pendingExceptionWord] = StaticRoot.TheHole;
        leaveHost(i32);
        i32[stackPointerWord] = t.sp << 2;
        return Next.Continue;
      }
    }
    pc = i32[fp + FrameWord.ReturnPc]!;
    fp = i32[fp + FrameWord.CallerFp]! >> 2;
  }
};
