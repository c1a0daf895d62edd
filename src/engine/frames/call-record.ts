// The call record: the call that is being made, from the moment its arguments are pushed until its callee has a frame. It
// stands in isolate data, so that whatever happens in between (lazy compilation, installing of code) may collect.
//
//   isolate data                              stack                          (addresses grow upwards)
//     callee, new target   tagged               sp ─▶   the caller's own
//     argument count       with the receiver           undefined, where the caller pushed some for missing arguments
//     return address                                   argument count - 2 … argument 0
//     caller's fp                               base ─▶ receiver
//     sp, base                                         return address, frame: once the callee is entered
//
// Invariant: the argument count is 0 when no call is being made; else the collector visits callee, new target, and the arguments
// where they stand. No JavaScript runs meanwhile: what must run some puts an exit frame over the call (`suspend`).

import { type Address, type Heap, IsolateData, Region, type Tagged, type WordIndex } from '../heap/index.ts';
import { CpuWord, readCpu } from './cpu-block.ts';
import { pushExitFrame } from './frame-builders.ts';
import { ExitFrameWord, FrameWord } from './frame-constants.ts';
import { fillUndefined, writeTagged } from './stack-slots.ts';

const record = Region.IsolateData + IsolateData.CallRecord;

/** Addresses of the fields, for generated code. Those that are addresses hold byte offsets. */
export enum CallRecordAddress {
  Callee = record,
  NewTarget = record + 4,
  ArgumentCount = record + 8,
  Base = record + 12,
  ReturnAddress = record + 16,
  CallerFp = record + 20,
  Sp = record + 24,
}

const calleeWord = record >> 2;
const newTargetWord = calleeWord + 1;
const argumentCountWord = calleeWord + 2;
const baseWord = calleeWord + 3;
const returnAddressWord = calleeWord + 4;
const callerFpWord = calleeWord + 5;
const spWord = calleeWord + 6;

/** The record as host code sees it: places on the stack are word indices. */
export class CallRecord {
  private readonly heap: Heap;
  private readonly i32: Int32Array;

  constructor(heap: Heap) {
    this.heap = heap;
    this.i32 = heap.i32;
  }

  // --- who calls whom --------------------------------------------------------------------------------------------------------

  get callee(): Tagged {
    return this.i32[calleeWord]!;
  }
  set callee(word: Tagged) {
    this.i32[calleeWord] = word;
  }
  /** undefined for a [[Call]]; the generator, for a generator's function. */
  get newTarget(): Tagged {
    return this.i32[newTargetWord]!;
  }
  set newTarget(word: Tagged) {
    this.i32[newTargetWord] = word;
  }
  /** Where the callee returns to. After a host builtin: where it shall go on, for the caller's code may be deoptimized meanwhile. */
  get returnAddress(): Address {
    return this.i32[returnAddressWord]!;
  }
  set returnAddress(address: Address) {
    this.i32[returnAddressWord] = address;
  }
  get callerFp(): WordIndex {
    return this.i32[callerFpWord]! >> 2;
  }
  set callerFp(word: WordIndex) {
    this.i32[callerFpWord] = word << 2;
  }
  /** The lowest slot that is the caller's own. */
  get sp(): WordIndex {
    return this.i32[spWord]! >> 2;
  }
  set sp(word: WordIndex) {
    this.i32[spWord] = word << 2;
  }

  /** A call from the frame at `callerFp`, whose stack ends at `sp`. */
  from(returnAddress: Address, callerFp: WordIndex, sp: WordIndex): this {
    this.i32[argumentCountWord] = 0;
    this.i32[returnAddressWord] = returnAddress;
    this.i32[callerFpWord] = callerFp << 2;
    this.i32[spWord] = sp << 2;
    return this;
  }

  /** The call that machine code makes: rdi callee, rdx new target, rax argument count, rbp caller, the return address at rsp. */
  fromMachine(): this {
    const { i32 } = this;
    const rsp = readCpu(i32, CpuWord.Rsp) >> 2;
    const count = readCpu(i32, CpuWord.Rax);
    i32[calleeWord] = readCpu(i32, CpuWord.Rdi);
    i32[newTargetWord] = readCpu(i32, CpuWord.Rdx);
    i32[argumentCountWord] = count;
    i32[baseWord] = (rsp + 2) << 2;
    i32[returnAddressWord] = i32[rsp]!;
    i32[callerFpWord] = readCpu(i32, CpuWord.Rbp);
    i32[spWord] = (rsp + 2 + (count << 1)) << 2;
    return this;
  }

  // --- arguments -------------------------------------------------------------------------------------------------------------

  /** With the receiver; 0: no call is being made. */
  get argumentCount(): number {
    return this.i32[argumentCountWord]!;
  }
  /** The receiver's slot. */
  get base(): WordIndex {
    return this.i32[baseWord]! >> 2;
  }
  get receiver(): Tagged {
    return this.i32[this.base]!;
  }
  set receiver(word: Tagged) {
    this.i32[this.base] = word;
  }
  /** Argument i; 0 is the first after the receiver. */
  argument(i: number): Tagged {
    return this.i32[this.base + 2 + (i << 1)]!;
  }

  /** Makes room below sp for `count` arguments and the receiver, all of which must be set before anything may collect. */
  reserve(callee: Tagged, newTarget: Tagged, receiver: Tagged, count: number): void {
    const { i32 } = this;
    const base = (i32[spWord]! >> 2) - 2 - (count << 1);
    i32[calleeWord] = callee;
    i32[newTargetWord] = newTarget;
    i32[argumentCountWord] = count + 1;
    i32[baseWord] = base << 2;
    writeTagged(i32, base, receiver);
  }
  setArgument(i: number, word: Tagged): void {
    writeTagged(this.i32, this.base + 2 + (i << 1), word);
  }
  setArguments(words: readonly Tagged[]): void {
    const { i32 } = this;
    for (let i = 0, at = this.base + 2; i < words.length; i++, at += 2) writeTagged(i32, at, words[i]!);
  }
  /** The arguments without the receiver, for one who calls anew: this call ends. */
  takeArguments(): Tagged[] {
    const words: Tagged[] = [];
    for (let i = 0, count = this.argumentCount - 1; i < count; i++) words.push(this.argument(i));
    this.end();
    return words;
  }

  /** Makes room for `count` arguments before the first, to be set at once (bound functions). */
  prepend(count: number): void {
    const { i32, base, receiver } = this;
    i32[baseWord] = (base - (count << 1)) << 2;
    i32[argumentCountWord] = this.argumentCount + count;
    writeTagged(i32, base - (count << 1), receiver);
  }

  /** Moves the arguments down to end at `sp`, which becomes the caller's end. */
  moveTo(sp: WordIndex): void {
    this.sp = sp;
    this.moveArguments(sp - (this.argumentCount << 1));
  }

  /** As many slots as the callee has parameters, undefined in those that the caller has no arguments for. */
  pad(slots: number): void {
    const { sp, argumentCount } = this;
    const base = sp - (slots << 1);
    this.moveArguments(base);
    fillUndefined(this.heap, base + (argumentCount << 1), sp);
  }

  private moveArguments(to: number): void {
    const { i32, base } = this;
    if (to === base) return;
    for (let i = 0, end = this.argumentCount << 1; i < end; i++) i32[to + i] = i32[base + i]!;
    i32[baseWord] = to << 2;
  }

  // --- in between ------------------------------------------------------------------------------------------------------------

  /** The call is the callee's frame's from here on, or given up. */
  end(): void {
    this.i32[argumentCountWord] = 0;
  }

  /**
   * JavaScript may run before the callee has a frame: an exit frame over the arguments, callee and new target keeps them. Returns
   * its fp, for `resume`.
   */
  suspend(context: Tagged): WordIndex {
    const { i32, base, argumentCount } = this;
    writeTagged(i32, base - 2, this.callee);
    writeTagged(i32, base - 4, this.newTarget);
    i32[base - 6] = this.returnAddress;
    const fp = pushExitFrame(i32, base - 6, this.callerFp, context, argumentCount + 2);
    this.end();
    return fp;
  }

  /** Takes the call up again from the exit frame at `fp`. */
  resume(fp: WordIndex, sp: WordIndex): void {
    const { i32 } = this;
    const base = fp + FrameWord.ReturnPc + 6;
    this.from(i32[fp + FrameWord.ReturnPc]!, i32[fp]! >> 2, sp);
    i32[baseWord] = base << 2;
    i32[argumentCountWord] = i32[fp + ExitFrameWord.ArgumentCount]! - 2;
    this.callee = i32[base - 2]!;
    this.newTarget = i32[base - 4]!;
  }
}

/** Roots of the call that is being made. */
export function visitCallRecord(heap: Heap, visit: (slot: Address) => void): void {
  const { i32 } = heap;
  const count = i32[argumentCountWord]!;
  if (count === 0) return;
  visit(CallRecordAddress.Callee);
  visit(CallRecordAddress.NewTarget);
  for (let i = 0, slot = i32[baseWord]!; i < count; i++, slot += 8) visit(slot);
}
