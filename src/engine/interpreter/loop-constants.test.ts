import assert from 'node:assert/strict';
import test from 'node:test';
import { cageHi } from '../heap/index.ts';
import * as frame from './frame.ts';
import { LoopConstant } from './interpreter.ts';

test("the loop's literals are what the memory map says", () => {
  assert.deepEqual(
    {
      CageHi: cageHi,
      StackLimitWord: frame.stackLimitWord,
      NewSpaceTopWord: frame.newSpaceTopWord,
      NewSpaceLimitWord: frame.newSpaceLimitWord,
      CEntryFpWord: frame.cEntryFpWord,
      BytecodeCountWord: frame.bytecodeCountWord,
      NoFeedback: frame.noFeedback,
      InterpreterEntryReturn: frame.interpreterEntryReturn,
      BytecodesBias: frame.bytecodesBias,
      InitialBytecodeOffset: frame.initialBytecodeOffset,
      HardStackLimit: frame.hardStackLimit,
    },
    Object.fromEntries(Object.entries(LoopConstant).filter(([, value]) => typeof value === 'number')),
  );
});
