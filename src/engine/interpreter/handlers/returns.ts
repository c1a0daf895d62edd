// Returns off the loop's fast path: into machine code, through construct frames.

import { ConstructFrameWord, cEntryFpWord, FrameWord, leaveHost, returnTo } from '../../frames/index.ts';
import type { Address, Tagged, WordIndex } from '../../heap/index.ts';
import { BytecodeArray, InstanceType, StaticRoot } from '../../objects/index.ts';
import { throwTypeError } from '../../runtime/index.ts';
import { constructReturn, interpreterEntryReturn } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';
import { instanceType } from './calls.ts';

export const isReceiver = (t: Interpreter, value: Tagged): boolean =>
  (value & 1) !== 0 && instanceType(t, value) >= InstanceType.FirstJSReceiver;

/** Pops the current frame and goes on where its return address says, with the accumulator as result. */
export const returnFromFrame = (t: Interpreter): Next => {
  const { i32 } = t.heap;
  const { fp } = t;
  const formal = t.heap.getI32(i32[fp + FrameWord.BytecodeArray]!, BytecodeArray.ParameterCount);
  const actual = i32[fp + FrameWord.ArgumentCount]!;
  const address = i32[fp + FrameWord.ReturnPc]!;
  const caller = i32[fp + FrameWord.CallerFp]! >> 2;
  if (address === constructReturn) return finishConstruct(t, caller);
  return continueAt(t, address, caller, fp + FrameWord.Receiver + (Math.max(actual, formal) << 1));
};

/** Pops the construct frame at `fp`: the accumulator, or the implicit receiver when that is no object, is the result. */
export const finishConstruct = (t: Interpreter, fp: WordIndex): Next => {
  const { i32 } = t.heap;
  if (!isReceiver(t, t.acc)) {
    const receiver = i32[fp + ConstructFrameWord.ImplicitReceiver]!;
    if (receiver === StaticRoot.TheHole) {
      i32[cEntryFpWord] = fp << 2;
      if (t.rt.hasRealms) t.rt.realms.enter(t.rt.realms.of(i32[fp + ConstructFrameWord.Context]!));
      return throwTypeError(t.rt, 'DerivedConstructorReturnedNonObject');
    }
    t.acc = receiver;
  }
  const caller = i32[fp + FrameWord.CallerFp]! >> 2;
  return continueAt(t, i32[fp + FrameWord.ReturnPc]!, caller, fp + FrameWord.Receiver);
};

/** Goes on at a return address with the accumulator as result. */
const continueAt = (t: Interpreter, address: Address, fp: WordIndex, sp: WordIndex): Next => {
  leaveHost(t.heap.i32);
  if (address === interpreterEntryReturn) {
    const { acc } = t;
    t.loadFrame(fp);
    t.acc = acc;
    t.advance();
    return Next.Continue;
  }
  returnTo(t.heap.i32, address, sp, fp, t.acc);
  return Next.Leave;
};
