// Checks a compiled function's bytecodes. The rules, by name:
//
//   decode      every byte belongs to a bytecode; no prefix before a bytecode without scalable operands or another prefix
//   scale       operands use the smallest scale that holds them
//   register    register operands name r0…, parameters, this, context or closure; lists end inside the register file
//   constant    constant pool operands are below the pool's size
//   jump        jumps and jump table entries land on bytecodes; forward jumps forward, JumpLoop backward
//   fallthrough the last bytecode does not fall through
//   handler     handler table rows have start <= end <= length and handler on a bytecode
//   position    source positions stand on bytecodes, in order
//   id          runtime functions and intrinsics have names

import { BytecodeArrayAccessor } from './bytecode-decoder.ts';
import type { BytecodeSource } from './bytecode-printer.ts';
import { scaleForOperands } from './bytecode-writer.ts';
import {
  BYTECODES,
  Bytecode,
  bytecodeName,
  isForwardJump,
  isJump,
  isRegister,
  isScalable,
  isSwitch,
  OperandType,
  unconditionallyLeaves,
} from './bytecodes.ts';
import { CLOSURE_INDEX, CONTEXT_INDEX, RECEIVER_INDEX } from './registers.ts';
import { IntrinsicId, RuntimeFunction } from './runtime-ids.ts';

export interface BytecodeViolation {
  readonly rule: string;
  readonly offset: number;
  readonly message: string;
}

/** Every broken rule; empty when the function is valid. */
export function validateBytecode(source: BytecodeSource): BytecodeViolation[] {
  const violations: BytecodeViolation[] = [];
  const fail = (rule: string, offset: number, message: string) => violations.push({ rule, offset, message });
  const starts = new Set<number>();
  const targets: { readonly from: number; readonly to: number }[] = [];
  const accessor = new BytecodeArrayAccessor(source.bytes, source);
  let last: Bytecode = Bytecode.Illegal;
  for (; !accessor.done; accessor.advance()) {
    const offset = accessor.currentOffset;
    const row = BYTECODES[accessor.bytecode];
    if (row === undefined) {
      fail('decode', offset, `byte ${accessor.bytecode} is no bytecode`);
      return violations;
    }
    if (accessor.nextOffset > accessor.length) {
      fail('decode', offset, `${row.name} ends at ${accessor.nextOffset}, after the last byte ${accessor.length}`);
      return violations;
    }
    starts.add(offset);
    last = accessor.bytecode;
    if (accessor.prefixSize > 0 && !row.operands.some(isScalable))
      fail('decode', offset, `${row.name} takes no prefix`);
    checkOperands(accessor, source, fail);
    if (isJump(accessor.bytecode)) {
      try {
        const target = accessor.jumpTarget;
        targets.push({ from: offset, to: target });
        if (isForwardJump(accessor.bytecode) ? target <= offset : target > offset) {
          fail('jump', offset, `${row.name} goes the wrong way, to ${target}`);
        }
      } catch (error) {
        fail('jump', offset, (error as Error).message);
      }
    } else if (isSwitch(accessor.bytecode)) {
      for (const { target } of accessor.jumpTableTargets()) targets.push({ from: offset, to: target });
    }
  }
  for (const { from, to } of targets)
    if (!starts.has(to)) fail('jump', from, `target ${to} is not the start of a bytecode`);
  if (!unconditionallyLeaves(last)) fail('fallthrough', source.bytes.length, `${bytecodeName(last)} falls off the end`);
  for (const { start, end, handler } of source.handlerTable) {
    if (start > end || end > source.bytes.length)
      fail('handler', start, `range (${start}, ${end}) is not inside the function`);
    if (!starts.has(handler)) fail('handler', start, `handler ${handler} is not the start of a bytecode`);
  }
  let previous = -1;
  for (const { offset, position } of source.sourcePositions) {
    if (offset >= 0 && !starts.has(offset)) fail('position', offset, `position ${position} stands inside a bytecode`);
    if (offset < previous)
      fail('position', offset, `position ${position} stands before its predecessor at ${previous}`);
    previous = offset;
  }
  return violations;
}

type Fail = (rule: string, offset: number, message: string) => void;

function checkOperands(accessor: BytecodeArrayAccessor, source: BytecodeSource, fail: Fail): void {
  const offset = accessor.currentOffset;
  const row = BYTECODES[accessor.bytecode]!;
  const raw: number[] = [];
  for (let i = 0; i < row.operands.length; i++) {
    const type = row.operands[i]!;
    raw.push(accessor.raw(i));
    if (isRegister(type)) {
      const first = accessor.register(i);
      const count = registerCount(accessor, i);
      if (count > 0 && !isValidRegister(first, count, source)) {
        fail(
          'register',
          offset,
          `${row.name} operand ${i}: register ${first} (${count}) outside ${source.registerCount} registers`,
        );
      }
    } else if (
      type === OperandType.ConstantPoolIdx &&
      accessor.unsigned(i) >= source.constants.length &&
      !isEmptyTable(accessor, i)
    ) {
      fail(
        'constant',
        offset,
        `${row.name} operand ${i}: constant ${accessor.unsigned(i)} of ${source.constants.length}`,
      );
    } else if (type === OperandType.RuntimeId && RuntimeFunction[accessor.unsigned(i)] === undefined) {
      fail('id', offset, `runtime function ${accessor.unsigned(i)} has no name`);
    } else if (type === OperandType.IntrinsicId && IntrinsicId[accessor.unsigned(i)] === undefined) {
      fail('id', offset, `intrinsic ${accessor.unsigned(i)} has no name`);
    }
  }
  // A forward jump keeps the scale of its reservation, so only other bytecodes must be smallest.
  if (!isJump(accessor.bytecode) && scaleForOperands(accessor.bytecode, raw) < accessor.scale) {
    fail('scale', offset, `${row.name} needs no prefix`);
  }
}

function isEmptyTable(accessor: BytecodeArrayAccessor, operand: number): boolean {
  return isSwitch(accessor.bytecode) && accessor.unsigned(operand + 1) === 0;
}

function registerCount(accessor: BytecodeArrayAccessor, operand: number): number {
  switch (accessor.operandType(operand)) {
    case OperandType.RegList:
    case OperandType.RegOutList:
      return accessor.unsigned(operand + 1);
    case OperandType.RegPair:
    case OperandType.RegOutPair:
      return 2;
    case OperandType.RegOutTriple:
      return 3;
    default:
      return 1;
  }
}

function isValidRegister(first: number, count: number, source: BytecodeSource): boolean {
  if (first >= 0) return first + count <= source.registerCount;
  if (first === CONTEXT_INDEX || first === CLOSURE_INDEX) return count === 1;
  return first <= RECEIVER_INDEX && RECEIVER_INDEX - (first - (count - 1)) < source.parameterCount;
}
