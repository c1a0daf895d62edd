// The reader of frame translations: the Deoptimizer, the printer, the verifier and the debugger all go through it.

import { maxTranslationOperands, TranslationOpcode, translationOpcodes } from './translation-opcode.ts';

/** Iterates over the opcodes from one translation's BEGIN on. */
export class FrameTranslationReader {
  readonly operands = new Int32Array(maxTranslationOperands);
  opcode: TranslationOpcode = TranslationOpcode.Begin;
  private readonly bytes: Uint8Array;
  private position: number;
  private readonly end: number;

  /** @param start,end the stream's bounds in `bytes` @param index the translation's index from `start` */
  constructor(bytes: Uint8Array, start: number, end: number, index: number) {
    this.bytes = bytes;
    this.position = start + index;
    this.end = end;
    if (index < 0 || start + index >= end)
      throw new RangeError(`translation index ${index} is outside the stream of ${end - start} bytes`);
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  /** The opcode that `next` would read, or −1 at the end. */
  peek(): TranslationOpcode | -1 {
    return this.position < this.end ? this.bytes[this.position]! : -1;
  }

  /** Reads one opcode with its operands; throws a RangeError on an unknown opcode or a truncated stream. */
  next(): TranslationOpcode {
    if (this.position >= this.end) throw new RangeError('translation ends in the middle');
    const opcode = this.bytes[this.position++]! as TranslationOpcode;
    const info = translationOpcodes[opcode];
    if (info === undefined) throw new RangeError(`unknown translation opcode ${opcode} at ${this.position - 1}`);
    for (let i = 0; i < info.operands.length; i++) this.operands[i] = this.vlq();
    this.opcode = opcode;
    return opcode;
  }

  operand(index: number): number {
    return this.operands[index]!;
  }

  private vlq(): number {
    let bits = 0;
    let shift = 0;
    for (;;) {
      if (this.position >= this.end) throw new RangeError('translation ends in the middle of an operand');
      const byte = this.bytes[this.position++]!;
      bits |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
      if (shift > 28) throw new RangeError('translation operand is longer than 32 bits');
    }
    return (bits >>> 1) ^ -(bits & 1);
  }
}

/** How many values follow a frame opcode in the stream (nested fields of captured objects not counted). */
export function frameValueCount(
  opcode: TranslationOpcode,
  operands: Int32Array,
  parameterCountOf: (literal: number) => number,
): number {
  const { frame, at, name } = translationOpcodes[opcode];
  if (frame === undefined || at === undefined) throw new Error(`${name} begins no frame`);
  const parameterCount = frame.kind === 'interpreted' ? parameterCountOf(operands[at.function!]!) : 0;
  return frame.values(at.height === undefined ? 0 : operands[at.height]!, parameterCount);
}

/** Prints one translation, an opcode a line, values indented under their frame; survives a broken stream by saying where it broke. */
export function printTranslation(bytes: Uint8Array, start: number, end: number, index: number): string {
  const lines: string[] = [];
  try {
    const reader = new FrameTranslationReader(bytes, start, end, index);
    reader.next();
    const show = (indent: string): void => {
      const info = translationOpcodes[reader.opcode];
      const operands = info.operands.map((name, i) => `${name}=${reader.operand(i)}`);
      lines.push(`${indent}${info.name}${operands.length ? ` {${operands.join(', ')}}` : ''}`);
    };
    show('');
    const open: number[] = [];
    while (!reader.done && reader.peek() !== TranslationOpcode.Begin) {
      reader.next();
      const frame = translationOpcodes[reader.opcode].category === 'frame';
      if (frame) open.length = 0;
      show(frame ? '  ' : `    ${'  '.repeat(open.length)}`);
      while (open.length && --open[open.length - 1]! === 0) open.pop();
      if (reader.opcode === TranslationOpcode.CapturedObject && reader.operand(0) > 0) open.push(reader.operand(0));
    }
  } catch (error) {
    lines.push(`  <broken: ${(error as Error).message}>`);
  }
  return lines.join('\n');
}

/**
 * Verifies one translation. Rules:
 *  1. it starts with BEGIN, whose frame count is the number of frames that follow, JS frames being at most that many;
 *     between them at most one UPDATE_FEEDBACK;
 *  2. only frames stand at the top level, each followed by exactly its values;
 *  3. a captured object is followed by as many values as its length, recursively;
 *  4. a duplicated object names an object that was begun before it;
 *  5. literals are inside the literal array.
 * Throws an Error naming the rule.
 */
export function verifyTranslation(
  bytes: Uint8Array,
  start: number,
  end: number,
  index: number,
  literalCount: number,
  parameterCountOf: (literal: number) => number,
): void {
  const reader = new FrameTranslationReader(bytes, start, end, index);
  const fail = (rule: number, text: string): never => {
    throw new Error(`translation ${index} breaks rule ${rule}: ${text}`);
  };
  if (reader.next() !== TranslationOpcode.Begin) fail(1, `starts with ${translationOpcodes[reader.opcode].name}`);
  const frames = reader.operand(0);
  if (reader.operand(1) > frames) fail(1, `${reader.operand(1)} JS frames of ${frames} frames`);
  let objects = 0;
  const readValue = (): void => {
    if (reader.done) fail(2, 'values are missing');
    reader.next();
    const info = translationOpcodes[reader.opcode];
    if (info.category !== 'value' && info.category !== 'object') fail(2, `${info.name} where a value was expected`);
    if (reader.opcode === TranslationOpcode.Literal && reader.operand(0) >= literalCount)
      fail(5, `literal ${reader.operand(0)} of ${literalCount}`);
    if (reader.opcode === TranslationOpcode.DuplicatedObject) {
      if (reader.operand(0) >= objects) fail(4, `object ${reader.operand(0)} of ${objects}`);
    } else if (reader.opcode === TranslationOpcode.CapturedObject) {
      objects++;
      for (let n = reader.operand(0); n > 0; n--) readValue();
    } else if (reader.opcode === TranslationOpcode.ArgumentsElements) {
      objects++;
    }
  };
  if (!reader.done && reader.peek() === TranslationOpcode.UpdateFeedback) {
    reader.next();
    if (reader.operand(0) >= literalCount) fail(5, `literal ${reader.operand(0)} of ${literalCount}`);
  }
  for (let frame = 0; frame < frames; frame++) {
    if (reader.done) fail(1, `${frame} frames of ${frames}`);
    reader.next();
    if (translationOpcodes[reader.opcode].category !== 'frame')
      fail(2, `${translationOpcodes[reader.opcode].name} where frame ${frame} was expected`);
    for (let n = frameValueCount(reader.opcode, reader.operands, parameterCountOf); n > 0; n--) readValue();
  }
  if (!reader.done && reader.peek() !== TranslationOpcode.Begin) fail(1, `more than ${frames} frames`);
}
