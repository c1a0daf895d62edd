// The CPU block: x64's registers in isolate data, where host code, machine code and the emulator meet; and the two words that
// host code leaves behind for whoever walks the stack below it.
//
// Invariant: while host code runs, CEntryFp is the innermost frame and rsp is below everything in use; while JavaScript
// runs, CEntryFp is 0.

import { type Address, cageHi, IsolateData, Region, type Tagged, type WordIndex } from '../heap/index.ts';

const cpu = (Region.IsolateData + IsolateData.Cpu) >> 2;

/** Word indices of the registers' low words in CpuState. */
export enum CpuWord {
  Rax = 0,
  Rcx = 2,
  Rdx = 4,
  Rbx = 6,
  Rsp = 8,
  Rbp = 10,
  Rsi = 12,
  Rdi = 14,
  R9 = 18,
  R10 = 20,
  R12 = 24,
  R13 = 26,
  R14 = 28,
  Rip = 96,
}

export const cEntryFpWord: WordIndex = (Region.IsolateData + IsolateData.CEntryFp) >> 2;
export const stackPointerWord: WordIndex = cpu + CpuWord.Rsp;

export const readCpu = (i32: Int32Array, register: CpuWord): number => i32[cpu + register]!;

export const writeCpu = (i32: Int32Array, register: CpuWord, low: number, high: number = cageHi): void => {
  i32[cpu + register] = low;
  i32[cpu + register + 1] = high;
};

/** Host code runs on the frame at `fp`, with the stack free below `sp` (word indices). */
export const enterHost = (i32: Int32Array, fp: WordIndex, sp: WordIndex): void => {
  i32[cEntryFpWord] = fp << 2;
  i32[stackPointerWord] = sp << 2;
};

/** JavaScript runs again. */
export const leaveHost = (i32: Int32Array): void => {
  i32[cEntryFpWord] = 0;
};

/** Return to `address` with `result` in rax; `sp` and `fp` are word indices. */
export const returnTo = (i32: Int32Array, address: Address, sp: WordIndex, fp: WordIndex, result: Tagged): void => {
  writeCpu(i32, CpuWord.Rax, result);
  writeCpu(i32, CpuWord.Rsp, sp << 2);
  writeCpu(i32, CpuWord.Rbp, fp << 2);
  writeCpu(i32, CpuWord.Rip, address);
};
