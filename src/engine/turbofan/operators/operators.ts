// The IR's operators: ONE table, in families; and an operator of a node: a row with its parameter.
//
// Inputs of a node stand in this order: values, context, frame state, effects, controls.
//
//   machine ← common ← number ← speculative
//                    ← bigint, checks, checked, changes, memory, arrays, arguments, typed arrays, data views, objects, strings
//                    ← javascript
//
// ── The machine-level contract ── what the backend gets after effect/control linearization. Only operators whose category is
// 'common' (marked `machine: true`) or 'machine' remain. Every value-producing node has a MachineType: `machineTypeOf(node)`.
// See machine-contract.md in the folder above.

import { argumentsOperators } from './arguments.ts';
import { arrayOperators } from './arrays.ts';
import { bigintOperators } from './bigint.ts';
import { changeOperators } from './changes.ts';
import { checkedOperators } from './checked.ts';
import { checkOperators } from './checks.ts';
import { commonOperators } from './common.ts';
import { dataViewOperators } from './data-view.ts';
import { javascriptOperators } from './javascript.ts';
import { machineOperators } from './machine.ts';
import { memoryOperators } from './memory.ts';
import { numberOperators } from './number.ts';
import { objectOperators } from './objects.ts';
import type { OperatorRow } from './row.ts';
import { speculativeOperators } from './speculative.ts';
import { stringOperators } from './strings.ts';
import { typedArrayOperators } from './typed-arrays.ts';

const operatorTable = {
  ...commonOperators,
  ...javascriptOperators,
  ...numberOperators,
  ...objectOperators,
  ...stringOperators,
  ...speculativeOperators,
  ...bigintOperators,
  ...checkOperators,
  ...memoryOperators,
  ...arrayOperators,
  ...argumentsOperators,
  ...typedArrayOperators,
  ...dataViewOperators,
  ...checkedOperators,
  ...changeOperators,
  ...machineOperators,
} as const;

export type Opcode = keyof typeof operatorTable;
/** What an operator carries. */
export type ParameterOf<O extends Opcode> = O extends Opcode
  ? (typeof operatorTable)[O] extends OperatorRow<infer P>
    ? P
    : never
  : never;
/** … of any. */
export type Parameter = ParameterOf<Opcode>;

export const opcodes = (): Opcode[] => Object.keys(operatorTable) as Opcode[];

export const rowOf = (opcode: Opcode): OperatorRow => operatorTable[opcode] as OperatorRow;

/** An operator instance: a row with its parameter and the counts that depend on it. */
export interface Operator {
  readonly opcode: Opcode;
  readonly row: OperatorRow;
  readonly parameter: Parameter;
  readonly valueIn: number;
  readonly contextIn: number;
  readonly frameStateIn: number;
  readonly effectIn: number;
  readonly controlIn: number;
  readonly valueOut: number;
  readonly effectOut: number;
  readonly controlOut: number;
}

export interface Counts {
  valueIn?: number;
  contextIn?: number;
  frameStateIn?: number;
  effectIn?: number;
  controlIn?: number;
  valueOut?: number;
  effectOut?: number;
  controlOut?: number;
}

/** Makes an operator; counts that the row leaves open must be given. */
export function operator<O extends Opcode>(opcode: O, parameter: ParameterOf<O>, counts: Counts = {}): Operator {
  const r = rowOf(opcode);
  const pick = (given: number | undefined, fixed: number, what: string): number => {
    const n = given ?? fixed;
    if (n < 0) throw new Error(`${opcode}: the number of ${what} depends on the node; pass it to operator()`);
    return n;
  };
  return {
    opcode,
    row: r,
    parameter,
    valueIn: pick(counts.valueIn, r.valueIn, 'value inputs'),
    contextIn: pick(counts.contextIn, r.contextIn, 'context inputs'),
    frameStateIn: pick(counts.frameStateIn, r.frameStateIn, 'frame state inputs'),
    effectIn: pick(counts.effectIn, r.effectIn, 'effect inputs'),
    controlIn: pick(counts.controlIn, r.controlIn, 'control inputs'),
    valueOut: pick(counts.valueOut, r.valueOut, 'value outputs'),
    effectOut: pick(counts.effectOut, r.effectOut, 'effect outputs'),
    controlOut: pick(counts.controlOut, r.controlOut < 0 ? 1 : r.controlOut, 'control outputs'),
  };
}
