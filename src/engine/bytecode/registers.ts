// Register operands. An operand is the register's place in the interpreted frame, in words from fp, so that a handler
// reaches it with one add:
//
//   operand   8·operand(fp)        index (r0 = 0)
//    3 + i    argument i, `a<i>`      -10 - i
//    2        receiver, `<this>`       -9
//    1        (return pc)  — the virtual accumulator's operand, never encoded
//   -1        context, `<context>`     -6
//   -2        JSFunction, `<closure>`  -5
//   -3..-6    argc, bytecode array, bytecode offset, feedback vector
//   -7 - i    register `r<i>`           i
//
// index = -7 - operand, both ways.

import type { RegisterIndex, RegisterOperand } from '../objects/index.ts';

/** Operand of r0: the register file's place in the frame, in words from fp. */
export const REGISTER_FILE_START = -7;
/** Operand of the receiver. */
export const RECEIVER_OPERAND: RegisterOperand = 2;
/** Operand of a0. */
export const FIRST_PARAMETER_OPERAND: RegisterOperand = 3;
export const CONTEXT_OPERAND: RegisterOperand = -1;
export const CLOSURE_OPERAND: RegisterOperand = -2;

/** Register indices of the registers that are not in the register file. */
export const RECEIVER_INDEX: RegisterIndex = REGISTER_FILE_START - RECEIVER_OPERAND;
export const FIRST_PARAMETER_INDEX: RegisterIndex = REGISTER_FILE_START - FIRST_PARAMETER_OPERAND;
export const CONTEXT_INDEX: RegisterIndex = REGISTER_FILE_START - CONTEXT_OPERAND;
export const CLOSURE_INDEX: RegisterIndex = REGISTER_FILE_START - CLOSURE_OPERAND;
/** Stands for the accumulator where a register index is wanted; never an operand. */
export const ACCUMULATOR_INDEX: RegisterIndex = REGISTER_FILE_START - 1;

/** Operand of register index (r0 = 0). */
export function registerToOperand(index: RegisterIndex): RegisterOperand {
  return REGISTER_FILE_START - index;
}

/** Register index of an operand. */
export function operandToRegister(operand: RegisterOperand): RegisterIndex {
  return REGISTER_FILE_START - operand;
}

/** Register index of parameter i, where 0 is the receiver and 1 is a0. */
export function parameterToRegister(parameter: number): RegisterIndex {
  return RECEIVER_INDEX - parameter;
}

/** Parameter number (0 = receiver) of a register index; only where `isParameter`. */
export function registerToParameter(index: RegisterIndex): number {
  return RECEIVER_INDEX - index;
}

export function isParameter(index: RegisterIndex): boolean {
  return index <= RECEIVER_INDEX;
}

/** The register's name in listings. */
export function registerName(index: RegisterIndex): string {
  if (index >= 0) return `r${index}`;
  if (index === RECEIVER_INDEX) return '<this>';
  if (index <= FIRST_PARAMETER_INDEX) return `a${FIRST_PARAMETER_INDEX - index}`;
  if (index === CONTEXT_INDEX) return '<context>';
  if (index === CLOSURE_INDEX) return '<closure>';
  if (index === ACCUMULATOR_INDEX) return '<accumulator>';
  return `<frame slot ${registerToOperand(index)}>`;
}
