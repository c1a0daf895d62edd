// FrameTranslationBuilder (V8: frame-translation-builder.h): the compiler writes the translations of a code object here.
//
// Stream: per opcode one byte, then its operands as zig-zag VLQ (7 bits a byte, high bit = more). A translation is found
// by the index of its BEGIN. Equal translations are written once.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { ValueRepresentation, ValueSource } from './translation-opcode.ts';
import { maxTranslationOperands, TranslationOpcode, translationOpcodes, valueOpcode } from './translation-opcode.ts';

/** Arguments object flavours of ARGUMENTS_ELEMENTS (V8: CreateArgumentsType). */
export enum CreateArgumentsType {
  MappedArguments = 0,
  UnmappedArguments = 1,
  RestParameter = 2,
}

/** The words of such elements. @param formal parameters of the function @param count arguments that were passed */
export function argumentsElements(
  type: CreateArgumentsType,
  formal: number,
  count: number,
  argument: (i: number) => Tagged,
): Tagged[] {
  const words: Tagged[] = [];
  for (let i = type === CreateArgumentsType.RestParameter ? formal : 0; i < count; i++)
    words.push(type === CreateArgumentsType.MappedArguments && i < formal ? StaticRoot.TheHole : argument(i));
  return words;
}

export class FrameTranslationBuilder {
  private bytes: number[] = [];
  private start = -1;
  private readonly known = new Map<string, number>();

  /** Starts the translation of one deopt point; `finish` gives its index. */
  begin(frames: number, jsFrames: number): void {
    if (this.start >= 0) throw new Error('begin: the translation before was not finished');
    this.start = this.bytes.length;
    this.emit(TranslationOpcode.Begin, frames, jsFrames);
  }

  /** Right after `begin`: a bailout here forbids speculation at that call site (V8: UPDATE_FEEDBACK). */
  updateFeedback(vectorLiteral: number, slot: number): void {
    this.emit(TranslationOpcode.UpdateFeedback, vectorLiteral, slot);
  }

  /** Ends the translation and returns its index in the stream, that of an equal earlier one where there is one. */
  finish(): number {
    const start = this.start;
    if (start < 0) throw new Error('finish: no translation was begun');
    this.start = -1;
    const key = this.bytes.slice(start).join();
    const known = this.known.get(key);
    if (known !== undefined) {
      this.bytes.length = start;
      return known;
    }
    this.known.set(key, start);
    return start;
  }

  /**
   * @param bytecodeOffset where the frame is; −1 for the function's entry
   * @param height registers of the frame, without the accumulator
   * @param returnOffset,returnCount where a lazy bailout's result lands: 0 the accumulator, n > 0 the n-th register from the end
   */
  interpretedFrame(
    bytecodeOffset: number,
    functionLiteral: number,
    bytecodeArrayLiteral: number,
    height: number,
    returnOffset = 0,
    returnCount = 0,
  ): void {
    if (returnCount === 0) {
      this.emit(
        TranslationOpcode.InterpretedFrameWithoutReturn,
        bytecodeOffset,
        functionLiteral,
        bytecodeArrayLiteral,
        height,
      );
    } else {
      this.emit(
        TranslationOpcode.InterpretedFrameWithReturn,
        bytecodeOffset,
        functionLiteral,
        bytecodeArrayLiteral,
        height,
        returnOffset,
        returnCount,
      );
    }
  }

  /** A frame of another kind, with its opcode's operands; its values follow. */
  frame(opcode: TranslationOpcode, ...operands: number[]): void {
    this.emit(opcode, ...operands);
  }

  /** `length` values follow: map first, then every field. */
  capturedObject(length: number): void {
    this.emit(TranslationOpcode.CapturedObject, length);
  }

  duplicatedObject(index: number): void {
    this.emit(TranslationOpcode.DuplicatedObject, index);
  }

  argumentsElements(type: CreateArgumentsType): void {
    this.emit(TranslationOpcode.ArgumentsElements, type);
  }

  argumentsLength(): void {
    this.emit(TranslationOpcode.ArgumentsLength);
  }

  /**
   * A value of `representation` in a register (its code), an XMM register, or a stack slot.
   * Slots count as V8's: slot i is at fp + 8 − 8·i (0 return address, 1 caller fp, 2 context …), parameters are negative (−1 the receiver).
   */
  storeValue(source: ValueSource, representation: ValueRepresentation, index: number): void {
    this.emit(valueOpcode(source, representation), index);
  }

  storeLiteral(literal: number): void {
    this.emit(TranslationOpcode.Literal, literal);
  }

  storeOptimizedOut(): void {
    this.emit(TranslationOpcode.OptimizedOut);
  }

  toBytes(): Uint8Array {
    if (this.start >= 0) throw new Error('toBytes: a translation is unfinished');
    return Uint8Array.from(this.bytes);
  }

  private emit(opcode: TranslationOpcode, ...operands: number[]): void {
    const info = translationOpcodes[opcode];
    if (operands.length !== info.operands.length || operands.length > maxTranslationOperands) {
      throw new Error(`${info.name} takes ${info.operands.length} operands, got ${operands.length}`);
    }
    if (this.start < 0) throw new Error(`${info.name} outside a translation`);
    this.bytes.push(opcode);
    for (const operand of operands) this.vlq(operand);
  }

  private vlq(value: number): void {
    if (!Number.isInteger(value) || value < -0x40000000 || value > 0x3fffffff)
      throw new RangeError(`operand out of range: ${value}`);
    let bits = ((value << 1) ^ (value >> 31)) >>> 0;
    while (bits > 0x7f) {
      this.bytes.push((bits & 0x7f) | 0x80);
      bits >>>= 7;
    }
    this.bytes.push(bits);
  }
}
