// Reads bytecodes in place. An accessor stands on one bytecode of a byte array; nothing is allocated per bytecode, so the
// compiler's graph builder, the analyses and the listing all use it. The byte array may be a window into linear memory.
//
//   currentOffset ──▶ [prefix] opcode operand operand …
//                     └ prefixSize (0 or 1)

import type { RegisterIndex } from '../objects/index.ts';
import {
  BYTECODE_SIZES,
  BYTECODES,
  Bytecode,
  ControlFlow,
  isJump,
  isRegisterOutput,
  isSigned,
  MAX_OPERANDS,
  OPERAND_OFFSETS,
  type OperandScale,
  OperandType,
  operandSize,
} from './bytecodes.ts';
import { operandToRegister } from './registers.ts';

/** Unsigned little-endian value of 1, 2 or 4 bytes. */
export function readUnsigned(bytes: Uint8Array, offset: number, size: number): number {
  if (size === 1) return bytes[offset]!;
  if (size === 2) return bytes[offset]! | (bytes[offset + 1]! << 8);
  return (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>> 0;
}

/** Two's complement little-endian value of 1, 2 or 4 bytes. */
export function readSigned(bytes: Uint8Array, offset: number, size: number): number {
  if (size === 1) return (bytes[offset]! << 24) >> 24;
  if (size === 2) return ((bytes[offset]! | (bytes[offset + 1]! << 8)) << 16) >> 16;
  return bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24);
}

/** Where jump distances and jump tables are read from: the constant pool's Smis. */
export interface JumpConstants {
  /** Smi at an index; undefined where the entry is a hole (an unused jump table entry). */
  smiAt(index: number): number | undefined;
}

/** One bound entry of a jump table. */
export interface JumpTableTarget {
  readonly caseValue: number;
  readonly target: number;
}

export class BytecodeArrayAccessor {
  readonly bytes: Uint8Array;
  /** Offset of bytecode 0 in `bytes`. */
  readonly start: number;
  /** Length of the bytecode array. */
  readonly length: number;
  readonly #constants: JumpConstants | undefined;
  /** Offset of the current bytecode, its prefix included. */
  currentOffset = 0;
  scale: OperandScale = 1;
  prefixSize = 0;
  bytecode: Bytecode = Bytecode.Illegal;

  constructor(bytes: Uint8Array, constants?: JumpConstants, start = 0, length = bytes.length - start) {
    this.bytes = bytes;
    this.#constants = constants;
    this.start = start;
    this.length = length;
    if (length > 0) this.setOffset(0);
  }

  /** Stands on the bytecode (or its prefix) at `offset`; past the end is allowed and means done. */
  setOffset(offset: number): void {
    this.currentOffset = offset;
    if (offset >= this.length) return;
    let opcode = this.bytes[this.start + offset]!;
    if (opcode <= Bytecode.ExtraWide || opcode === Bytecode.DebugBreakWide || opcode === Bytecode.DebugBreakExtraWide) {
      this.scale = opcode === Bytecode.Wide || opcode === Bytecode.DebugBreakWide ? 2 : 4;
      this.prefixSize = 1;
      opcode = this.bytes[this.start + offset + 1]!;
    } else {
      this.scale = 1;
      this.prefixSize = 0;
    }
    this.bytecode = opcode;
  }

  get done(): boolean {
    return this.currentOffset >= this.length;
  }

  advance(): void {
    this.setOffset(this.nextOffset);
  }

  /** Size with prefix. */
  get size(): number {
    return this.prefixSize + BYTECODE_SIZES[this.scale >> 1]![this.bytecode]!;
  }

  get nextOffset(): number {
    return this.currentOffset + this.size;
  }

  get operandCount(): number {
    return BYTECODES[this.bytecode]!.operands.length;
  }

  operandType(index: number): OperandType {
    return BYTECODES[this.bytecode]!.operands[index]!;
  }

  #operandAddress(index: number): number {
    return (
      this.start +
      this.currentOffset +
      this.prefixSize +
      OPERAND_OFFSETS[this.scale >> 1]![this.bytecode * MAX_OPERANDS + index]!
    );
  }

  /** Unsigned operand: indices, slots, counts, flags, ids, UImm. */
  unsigned(index: number): number {
    return readUnsigned(this.bytes, this.#operandAddress(index), operandSize(this.operandType(index), this.scale));
  }

  /** Imm. */
  immediate(index: number): number {
    return readSigned(this.bytes, this.#operandAddress(index), this.scale);
  }

  /** Register index (r0 = 0; see registers.ts) of a register operand, the first of a list, pair or triple. */
  register(index: number): RegisterIndex {
    return operandToRegister(readSigned(this.bytes, this.#operandAddress(index), this.scale));
  }

  /** The operand as its type wants it, registers as encoded. */
  raw(index: number): number {
    const type = this.operandType(index);
    const size = operandSize(type, this.scale);
    const address = this.#operandAddress(index);
    return isSigned(type) ? readSigned(this.bytes, address, size) : readUnsigned(this.bytes, address, size);
  }

  /** Register that a Star, long or short, writes. */
  get starTarget(): number {
    return BYTECODES[this.bytecode]!.isShortStar ? Bytecode.Star0 - this.bytecode : this.register(0);
  }

  /** Offset that a jump goes to. */
  get jumpTarget(): number {
    if (!isJump(this.bytecode))
      throw new Error(`${BYTECODES[this.bytecode]!.name} at ${this.currentOffset} is not a jump`);
    const base = this.currentOffset + this.prefixSize;
    if (BYTECODES[this.bytecode]!.controlFlow === ControlFlow.Loop) return base - this.unsigned(0);
    const isConstant = BYTECODES[this.bytecode]!.operands[0] === OperandType.ConstantPoolIdx;
    if (!isConstant) return base + this.unsigned(0);
    const distance = this.#constants?.smiAt(this.unsigned(0));
    if (distance === undefined)
      throw new Error(`jump at ${this.currentOffset}: constant ${this.unsigned(0)} is not a Smi`);
    return base + distance;
  }

  /** First constant, size and first case value of a switch's jump table. */
  get jumpTable(): { readonly start: number; readonly size: number; readonly caseBase: number } {
    if (this.bytecode === Bytecode.SwitchOnGeneratorState)
      return { start: this.unsigned(1), size: this.unsigned(2), caseBase: 0 };
    if (this.bytecode === Bytecode.SwitchOnSmiNoFeedback) {
      return { start: this.unsigned(0), size: this.unsigned(1), caseBase: this.immediate(2) };
    }
    throw new Error(`${BYTECODES[this.bytecode]!.name} at ${this.currentOffset} has no jump table`);
  }

  /** Bound entries of a switch's jump table. */
  jumpTableTargets(): JumpTableTarget[] {
    const { start, size, caseBase } = this.jumpTable;
    const targets: JumpTableTarget[] = [];
    for (let i = 0; i < size; i++) {
      const distance = this.#constants?.smiAt(start + i);
      if (distance === undefined) continue;
      targets.push({ caseValue: caseBase + i, target: this.currentOffset + this.prefixSize + distance });
    }
    return targets;
  }
}

/** Register indices that the bytecode writes (parameters have negative indices). */
export function writtenRegisters(a: BytecodeArrayAccessor): number[] {
  const row = BYTECODES[a.bytecode]!;
  if (row.isShortStar) return [a.starTarget];
  const out: number[] = [];
  row.operands.forEach((type, i) => {
    if (!isRegisterOutput(type)) return;
    const r = a.register(i);
    let count = 1;
    if (type === OperandType.RegOutPair) count = 2;
    else if (type === OperandType.RegOutTriple) count = 3;
    else if (type === OperandType.RegOutList) count = a.unsigned(i + 1);
    for (let k = 0; k < count; k++) out.push(r >= 0 ? r + k : r - k);
  });
  return out;
}
