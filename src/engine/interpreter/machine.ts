// Leaving the interpreter: what the next piece of machine code or host builtin finds in the CPU state.

import { cageHi, IsolateData, Region, type Tagged } from '../heap/index.ts';

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
  R12 = 24,
  R13 = 26,
  R14 = 28,
  Rip = 96,
}

export const readCpu = (i32: Int32Array, register: CpuWord): number => i32[cpu + register]!;

export const writeCpu = (i32: Int32Array, register: CpuWord, low: number, high: number = cageHi): void => {
  i32[cpu + register] = low;
  i32[cpu + register + 1] = high;
};

/** Return to `address` with the accumulator in rax. */
export const leaveByReturn = (i32: Int32Array, address: number, sp: number, fp: number, result: Tagged): void => {
  writeCpu(i32, CpuWord.Rax, result);
  writeCpu(i32, CpuWord.Rsp, sp << 2);
  writeCpu(i32, CpuWord.Rbp, fp << 2);
  writeCpu(i32, CpuWord.Rip, address);
};
