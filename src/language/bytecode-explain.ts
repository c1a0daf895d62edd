// What one bytecode does, from the engine's bytecode table: nothing about single bytecodes is written here.

import { BYTECODES, type BytecodeRow, ControlFlow, OperandType } from '../engine/index.ts';

const operandText: Readonly<Record<keyof typeof OperandType, string>> = {
  Reg: 'a register it reads',
  RegList: 'the first of the registers it reads',
  RegPair: 'the first of two registers it reads',
  RegInOut: 'a register it reads and writes',
  RegOut: 'the register it writes',
  RegOutList: 'the first of the registers it writes',
  RegOutPair: 'the first of two registers it writes',
  RegOutTriple: 'the first of three registers it writes',
  RegCount: 'how many registers',
  Idx: 'an index',
  ConstantPoolIdx: 'an entry of the constant pool',
  FeedbackSlot: 'the feedback slot: what was seen here is recorded there, and TurboFan speculates on it',
  ContextSlot: 'a slot of a context',
  NativeContextIndex: 'a slot of the native context',
  UImm: 'an unsigned number',
  Imm: 'a signed number',
  Flag8: 'flags',
  Flag16: 'flags',
  IntrinsicId: 'an intrinsic',
  RuntimeId: 'a runtime function',
};

const flowText: Readonly<Record<keyof typeof ControlFlow, string>> = {
  Next: '',
  Jump: 'Always jumps.',
  Branch: 'Jumps, or goes on with the next bytecode.',
  Loop: 'Jumps backwards. Here the interrupt budget is paid, interrupts are handled, and a hot loop may enter optimized code (OSR).',
  Switch: 'Jumps through a table in the constant pool.',
  Exit: 'Control does not go on with the next bytecode.',
};

const byName = new Map<string, BytecodeRow>(BYTECODES.map((row) => [row.name, row]));

/** Explains a bytecode in Markdown; undefined if there is none of that name. `.Wide` and `.ExtraWide` are understood. */
export function explainBytecode(text: string): string | undefined {
  const [name = '', scale] = text.split('.');
  const row = byName.get(name);
  if (row === undefined) return undefined;
  const operands = row.operands.map((type, i) => `${`operand ${i}`.replace('operand ', '$')} ${OperandType[type]}`);
  const lines = [
    `\`\`\`bailout-bytecode\n${row.name} ${operands.map((operand) => operand.split(' ')[0]).join(', ')}`.trimEnd() +
      '\n```',
  ];
  if (row.doc !== '') lines.push(`\`${row.doc}\``);
  if (scale !== undefined) lines.push(`\`.${scale}\`: its operands are ${scale === 'Wide' ? 2 : 4} bytes wide.`);
  if (row.operands.length > 0) {
    lines.push(
      row.operands
        .map((type, i) => `- \`$${i}\` ${operandText[OperandType[type] as keyof typeof OperandType]}`)
        .join('\n'),
    );
  }
  const accumulator = [
    row.readsAccumulator ? 'reads it' : '',
    row.writesAccumulator ? 'writes it' : '',
    row.clobbersAccumulator ? 'leaves garbage in it' : '',
  ].filter((part) => part !== '');
  lines.push(`Accumulator: ${accumulator.length === 0 ? 'untouched' : accumulator.join(', ')}.`);
  const effects = [
    row.canThrow ? 'may throw' : '',
    row.canCall ? 'may run other JavaScript (a lazy bailout can happen here)' : '',
  ].filter((part) => part !== '');
  if (effects.length > 0) lines.push(`It ${effects.join(' and ')}.`);
  const flow = flowText[ControlFlow[row.controlFlow] as keyof typeof ControlFlow];
  if (flow !== '') lines.push(flow);
  return lines.join('\n\n');
}
