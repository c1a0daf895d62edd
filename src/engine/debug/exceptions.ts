// Exceptions at the moment they are thrown: will the program catch this one, and what is it.

import { lookupHandler } from '../bytecode/index.ts';
import { FrameType, StackFrameIterator } from '../frames/index.ts';
import { type Address, IsolateData, type Tagged } from '../heap/index.ts';
import { isString, toHostString } from '../objects/index.ts';
import { dataPropertyOnChain, describeException, type Runtime } from '../runtime/index.ts';
import { isReceiver } from './properties.ts';
import type { ExceptionDetails } from './protocol.ts';
import type { Session } from './session.ts';

/** Frames that an exception may be caught in. */
export interface CatchWatcher {
  willCatch(fp: Address, bytecodes: Tagged, handler: number): void;
  willCatchInCode(fp: Address, handler: Address): void;
}

/**
 * Whether a handler of the program will catch what is thrown now, by the handler tables (V8: catch prediction).
 * @param watcher told about every handler on the way, innermost first
 */
export function predictCatch(session: Session, watcher: CatchWatcher): boolean {
  const { isolate, functions, stack, codes } = session;
  const { heap } = isolate;
  for (const it = new StackFrameIterator(heap, heap.readIsolateWord(IsolateData.CEntryFp), 0); !it.done; it.advance()) {
    if (it.type === FrameType.Interpreted) {
      const handler = lookupHandler(functions.handlers(it.bytecodeArray), it.bytecodeOffset);
      if (handler === undefined) continue;
      watcher.willCatch(it.fp, it.bytecodeArray, handler.handler);
      if (
        handler.prediction !== 'uncaught' &&
        handler.prediction !== 'uncaught_async_await' &&
        !functions.isNative(functions.sfiOf(it.function))
      )
        return true;
    } else if (it.type === FrameType.Turbofan) {
      const inCode = isolate.machine!.handlerOf(it.code, it.pc);
      if (inCode !== undefined) watcher.willCatchInCode(it.fp, inCode);
      for (const frame of stack.optimized(codes.of(it.code), it.fp, it.pc, false)) {
        if (frame.translated === undefined) continue;
        const { bytecodeArray, bytecodeOffset } = frame.translated.frame;
        const handler = lookupHandler(functions.handlers(bytecodeArray), bytecodeOffset);
        if (handler !== undefined && handler.prediction !== 'uncaught') return true;
      }
    }
  }
  return false;
}

/** Name, message and stack of a thrown value, without running the program's code. */
export function describeThrown(rt: Runtime, exception: Tagged, uncaught: boolean): ExceptionDetails {
  const { heap } = rt;
  const stack = describeException(rt, exception);
  if (!isReceiver(heap, exception)) return { name: 'throw', message: stack, stack, uncaught };
  const text = (word: Tagged): string => ((word & 1) === 1 && isString(heap, word) ? toHostString(heap, word) : '');
  const name = text(dataPropertyOnChain(rt, exception, rt.names.name)) || 'Error';
  return { name, message: text(dataPropertyOnChain(rt, exception, rt.names.message)), stack, uncaught };
}
