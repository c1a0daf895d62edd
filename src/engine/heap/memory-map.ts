// The one linear memory and its regions. Offsets are from the cage base; emulated address = cage base + offset.
//
//   0x0000_0000 ─ null page, never used
//   0x0001_0000 ─ isolate data: what r13 points to (CPU state, limits, builtin entry table, roots)
//   0x0005_0000 ─ host builtin addresses: no bytes there, an address names a TypeScript function
//   0x0007_0000 ─ FrameDescriptions of the deoptimization in progress
//   0x0010_0000 ─ the stack, growing down from 0x0020_0000
//   0x0020_0000 ─ read-only space: static roots, immovable names
//   0x0040_0000 ─ code space: machine code
//   0x0200_0000 ─ new space: two semispaces
//   0x0400_0000 ─ side tables: remembered-set bits, their summary, mark bits, what each page of old space is
//   0x0700_0000 ─ old space, in pages, growing up; handles grow down from the end of the memory

import type { Address } from '../layout/index.ts';

/** Upper half of every cage address: 0x1c2f_0000_0000 is the cage base. */
export const cageHi = 0x1c2f;

export enum Region {
  IsolateData = 0x0001_0000,
  Builtins = 0x0005_0000,
  BuiltinsEnd = 0x0007_0000,
  /** FrameDescriptions of the deoptimization in progress. */
  Deoptimizer = 0x0007_0000,
  DeoptimizerEnd = 0x0010_0000,
  Stack = 0x0010_0000,
  StackEnd = 0x0020_0000,
  ReadOnly = 0x0020_0000,
  ReadOnlyEnd = 0x0040_0000,
  Code = 0x0040_0000,
  /** Machine builtins, each where everybody knows; behind them what is compiled. */
  BuiltinCodeEnd = 0x0040_4000,
  CodeEnd = 0x0200_0000,
  NewSpace = 0x0200_0000,
  NewSpaceEnd = 0x0400_0000,
  /** One bit per 4-byte slot of the whole memory (1 GiB at most = 32 MiB; old space starts after what the size needs). */
  RememberedSet = 0x0400_0000,
  /** One byte per 32 KiB of memory: its part of the remembered set may have bits. */
  RememberedSummary = 0x0600_0000,
  /** One bit per 8 bytes of new and old space: the object that begins there was reached. Zero but while a collection marks. */
  MarkBits = 0x0600_8000,
  /** One byte per page of the memory: PageKind. */
  PageTable = 0x06f9_0000,
  OldSpace = 0x0700_0000,
}

/** Old space is taken and given back in pages of so many bytes, as V8's. */
export const pageBytes = 1 << 18;

/** What a page of old space holds. */
export enum PageKind {
  Free = 0,
  /** Objects, each whole, and fillers between them. */
  Regular = 1,
  /** The beginning of an object of more than half a page, which has its pages for itself. */
  Large = 2,
  LargeContinued = 3,
}

/** Whether an object at this address can never be a new one. */
export const isReadOnlyOrOld = (address: Address): boolean =>
  address >>> 0 < Region.ReadOnlyEnd || address >>> 0 >= Region.NewSpaceEnd;

/** Bytes between two host builtin addresses. */
export const builtinAddressStride = 16;

/** r13 = cage base + Region.IsolateData + rootRegisterBias, so that the hottest fields are a one-byte displacement away. */
export const rootRegisterBias = 0x80;

/** Isolate data: offsets from Region.IsolateData. Addresses are 8 bytes, low word first. Machine code uses `[r13 + field - rootRegisterBias]`. */
export enum IsolateData {
  StackLimit = 0x20, // compared with rsp by every stack check; raised to force a safepoint (interrupt)
  RealStackLimit = 0x28,
  DeoptimizationEntryEager = 0x58, // address of the builtin: an exit is the 4 bytes `call [r13-0x28]`
  DeoptimizationEntryLazy = 0x60, // `call [r13-0x20]`
  NewSpaceTop = 0xd0,
  NewSpaceLimit = 0xd8,
  PendingException = 0x100, // tagged word; the_hole when none
  PendingMessage = 0x108,
  ContextSlot = 0x110, // current context while in the runtime
  CEntryFp = 0x118, // fp of the last JS frame while in host code (V8: c_entry_fp); 0 in JS
  HandleTop = 0x120, // the newest handle's slot (offset)
  InterruptRequests = 0x128, // bit set of Interrupt
  BytecodeCountLo = 0x130,
  BytecodeCountHi = 0x134,
  DeoptimizationCount = 0x138,
  DeoptEveryNTimes = 0x13c,
  NativeContext = 0x140,
  StressDeoptCount = 0x148, // counts down to the next forced bailout (--deopt-every-n-times)
  InterpreterState = 0x160, // the interpreter's registers between its loop and its handlers (interpreter/state.ts)
  CallRecord = 0x1a0, // the call being made (frames/call-record.ts)
  Cpu = 0x200, // x64's CpuState, 512 bytes reserved
  /** Base of the interpreter's dispatch table (r15): the address of each bytecode's handler, per operand scale. */
  DispatchTable = 0x1000, // 3 × 256 × 8
  /** Bytes of each bytecode with its operands; 0 where only a handler knows (prefixes, breakpoints). */
  BytecodeSizes = 0x2800, // 256
  /** Per builtin id, which fast form the interpreter's loop has of it; 0 none. */
  FastBuiltins = 0x2900, // 2048
  /** Bytes of each bytecode without its prefix, per operand scale. */
  OperandScaleSizes = 0x3100, // 3 × 256
  /** Builtin entry table: 8-byte addresses by builtin id. */
  BuiltinTable = 0x4000, // 2048 × 8
  Roots = 0x8000, // 8 bytes per Root
  /** Root slots from here on hold only read-only objects (symbols, single characters): the collector passes them by. */
  MovableRootsEnd = 0x8000 + 8 * 256,
  Size = 0x10000,
}

export enum Interrupt {
  Pause = 1,
  Terminate = 2,
  Collect = 4,
  InstallCode = 8,
  Tierup = 16,
  /** Ask the clock; stays requested while somebody has a deadline. */
  Deadline = 32,
}
