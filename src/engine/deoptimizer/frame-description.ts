// FrameDescription (V8: frame-description.h): one frame as a buffer in linear memory, with the registers around it.
// DeoptimizationEntry copies the optimized frame into the input description and the output descriptions onto the stack.
//
//   Region.Deoptimizer ─▶ ┌ Deoptimizer ─────────────┐
//                         │ input, output count,     │
//                         │ output array, caller top │
//                         │ output[0 … 63] addresses │
//                         ├ FrameDescription (input) ┤
//                         │ frame size               │
//                         │ 16 general registers     │
//                         │ 16 double registers      │
//                         │ top, pc, fp, context,    │
//                         │ continuation             │
//                         │ frame content …          │  content[0] is the slot at the lowest address (top)
//                         ├ FrameDescription (0) ────┤
//                         └ …                        ┘

import { type Address, cageHi, type Heap, OutOfMemory, Region } from '../heap/index.ts';

/** The Deoptimizer's own fields, from Region.Deoptimizer. */
export enum DeoptimizerLayout {
  Input = 0,
  OutputCount = 8,
  Output = 16,
  CallerFrameTop = 24,
  Outputs = 64,
  MaxOutputs = 256,
  Descriptions = 64 + 256 * 8,
}

export enum FrameDescriptionLayout {
  FrameSize = 0,
  Registers = 8,
  DoubleRegisters = 136,
  Top = 264,
  Pc = 272,
  Fp = 280,
  Context = 288,
  Continuation = 296,
  FrameContent = 304,
}

/** A view of one FrameDescription; `address` is its offset in linear memory. */
export class FrameDescription {
  readonly address: Address;
  private readonly heap: Heap;

  private constructor(heap: Heap, address: Address) {
    this.heap = heap;
    this.address = address;
  }

  /** Lays out a description with `frameSize` bytes of content at `address`, content zapped. Throws OutOfMemory past the region. */
  static create(heap: Heap, address: Address, frameSize: number): FrameDescription {
    const description = new FrameDescription(heap, address);
    if (description.address + FrameDescriptionLayout.FrameContent + frameSize > Region.DeoptimizerEnd)
      throw new OutOfMemory(frameSize);
    description.setWord(FrameDescriptionLayout.FrameSize, frameSize, 0);
    heap.i32.fill(0xbadbad1 | 0, (address + 8) >> 2, (address + FrameDescriptionLayout.FrameContent + frameSize) >> 2);
    return description;
  }

  /** The description that stands at `address` already. */
  static at(heap: Heap, address: Address): FrameDescription {
    return new FrameDescription(heap, address);
  }

  get frameSize(): number {
    return this.low(FrameDescriptionLayout.FrameSize);
  }
  /** First byte after the description. */
  get end(): number {
    return this.address + FrameDescriptionLayout.FrameContent + this.frameSize;
  }
  get content(): Address {
    return this.address + FrameDescriptionLayout.FrameContent;
  }
  get top(): Address {
    return this.low(FrameDescriptionLayout.Top);
  }
  set top(value: Address) {
    this.setAddress(FrameDescriptionLayout.Top, value);
  }
  get pc(): Address {
    return this.low(FrameDescriptionLayout.Pc);
  }
  set pc(value: Address) {
    this.setAddress(FrameDescriptionLayout.Pc, value);
  }
  get fp(): Address {
    return this.low(FrameDescriptionLayout.Fp);
  }
  set fp(value: Address) {
    this.setAddress(FrameDescriptionLayout.Fp, value);
  }
  get continuation(): Address {
    return this.low(FrameDescriptionLayout.Continuation);
  }
  set continuation(value: Address) {
    this.setAddress(FrameDescriptionLayout.Continuation, value);
  }
  set context(value: number) {
    this.setAddress(FrameDescriptionLayout.Context, value);
  }

  register(code: number): number {
    return this.low(FrameDescriptionLayout.Registers + 8 * code);
  }
  setRegister(code: number, value: number): void {
    this.setAddress(FrameDescriptionLayout.Registers + 8 * code, value);
  }
  copyRegistersFrom(other: FrameDescription): void {
    const from = other.address + FrameDescriptionLayout.Registers;
    this.heap.u8.copyWithin(
      this.address + FrameDescriptionLayout.Registers,
      from,
      from + FrameDescriptionLayout.Top - FrameDescriptionLayout.Registers,
    );
  }

  /** Writes a 64-bit slot at byte `offset` of the content. */
  setSlot(offset: number, lo: number, hi: number): void {
    const i = (this.content + offset) >> 2;
    this.heap.i32[i] = lo;
    this.heap.i32[i + 1] = hi;
  }
  slot(offset: number): number {
    return this.heap.i32[(this.content + offset) >> 2]!;
  }

  private low(field: number): number {
    return this.heap.i32[(this.address + field) >> 2]!;
  }
  private setAddress(field: number, value: number): void {
    this.setWord(field, value, cageHi);
  }
  private setWord(field: number, lo: number, hi: number): void {
    const i = (this.address + field) >> 2;
    this.heap.i32[i] = lo;
    this.heap.i32[i + 1] = hi;
  }
}
