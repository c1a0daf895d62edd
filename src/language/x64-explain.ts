// What one x64 instruction does, in words: the sentence comes from the table of mnemonics below, the operands, registers,
// flags and memory from iced-x86.

import {
  Decoder,
  DecoderOptions,
  FlowControl,
  Formatter,
  FormatterSyntax,
  InstructionInfoFactory,
  Mnemonic,
  OpAccess,
  Register,
  RflagsBits,
} from 'iced-x86';

const condition = {
  e: 'equal (ZF = 1)',
  ne: 'not equal (ZF = 0)',
  b: 'below, unsigned (CF = 1)',
  ae: 'above or equal, unsigned (CF = 0)',
  be: 'below or equal, unsigned (CF = 1 or ZF = 1)',
  a: 'above, unsigned (CF = 0 and ZF = 0)',
  l: 'less, signed (SF ≠ OF)',
  ge: 'greater or equal, signed (SF = OF)',
  le: 'less or equal, signed (ZF = 1 or SF ≠ OF)',
  g: 'greater, signed (ZF = 0 and SF = OF)',
  o: 'overflow (OF = 1)',
  no: 'no overflow (OF = 0)',
  s: 'negative (SF = 1)',
  ns: 'not negative (SF = 0)',
  p: 'parity, or an unordered comparison (PF = 1)',
  np: 'no parity, or an ordered comparison (PF = 0)',
} as const;

/** Mnemonic → what it does. Conditional families are made from `condition`. */
const sentences: Readonly<Record<string, string>> = {
  mov: 'copies the source into the destination',
  movabs: 'loads a 64-bit constant',
  movzx: 'copies and extends with zeros',
  movsx: 'copies and extends with the sign',
  movsxd: 'copies 32 bits and extends with the sign to 64',
  lea: 'computes the address without reading memory',
  add: 'adds the source to the destination',
  adc: 'adds source and carry to the destination',
  sub: 'subtracts the source from the destination',
  sbb: 'subtracts source and borrow from the destination',
  imul: 'multiplies, signed',
  mul: 'multiplies, unsigned, into rdx:rax',
  div: 'divides rdx:rax, unsigned: quotient to rax, remainder to rdx',
  idiv: 'divides rdx:rax, signed: quotient to rax, remainder to rdx',
  neg: 'negates',
  not: 'inverts every bit',
  inc: 'adds one; CF stays',
  dec: 'subtracts one; CF stays',
  and: 'bitwise and',
  or: 'bitwise or',
  xor: 'bitwise exclusive or; of a register with itself: sets it to zero',
  cmp: 'subtracts, keeps only the flags',
  test: 'bitwise and, keeps only the flags; with 1 it is the Smi check (tag bit)',
  shl: 'shifts left',
  sal: 'shifts left',
  shr: 'shifts right, filling with zeros',
  sar: 'shifts right, filling with the sign',
  shlx: 'shifts left without touching the flags',
  shrx: 'shifts right with zeros without touching the flags',
  sarx: 'shifts right with the sign without touching the flags',
  rol: 'rotates left',
  ror: 'rotates right',
  bt: 'copies one bit into CF',
  bsr: 'finds the highest set bit',
  bsf: 'finds the lowest set bit',
  lzcnt: 'counts leading zeros',
  tzcnt: 'counts trailing zeros',
  popcnt: 'counts set bits',
  cdq: 'extends the sign of eax into edx',
  cqo: 'extends the sign of rax into rdx',
  cdqe: 'extends the sign of eax into rax',
  push: 'pushes onto the stack (rsp falls by 8)',
  pop: 'pops from the stack (rsp rises by 8)',
  call: 'pushes the return address and jumps',
  ret: 'pops the return address and jumps there',
  jmp: 'jumps',
  xchg: 'exchanges both operands',
  cmpxchg: 'compares with rax and exchanges if equal',
  nop: 'does nothing',
  int3: 'stops in the debugger',
  ud2: 'is never reached: an invalid instruction on purpose',
  movsd: 'copies a float64',
  movss: 'copies a float32',
  movapd: 'copies a whole XMM register (two float64)',
  movaps: 'copies a whole XMM register',
  movups: 'copies 16 bytes, aligned or not',
  movdqu: 'copies 16 bytes, aligned or not',
  movd: 'copies 32 bits between general and XMM registers',
  movq: 'copies 64 bits between general and XMM registers',
  addsd: 'adds float64',
  subsd: 'subtracts float64',
  mulsd: 'multiplies float64',
  divsd: 'divides float64',
  sqrtsd: 'takes the square root of a float64',
  minsd: 'takes the smaller float64',
  maxsd: 'takes the larger float64',
  roundsd: 'rounds a float64 (the immediate says how)',
  ucomisd: 'compares float64: ZF, PF, CF; PF = 1 means one is NaN',
  comisd: 'compares float64: ZF, PF, CF; PF = 1 means one is NaN',
  cvtsi2sd: 'converts an integer to float64',
  cvttsd2si: 'converts a float64 to an integer, towards zero; 0x80000000… when it does not fit',
  cvtsd2si: 'converts a float64 to an integer, rounding; 0x80000000… when it does not fit',
  cvtss2sd: 'converts float32 to float64',
  cvtsd2ss: 'converts float64 to float32',
  xorpd: 'bitwise exclusive or of XMM registers; with itself: sets it to 0.0',
  xorps: 'bitwise exclusive or of XMM registers; with itself: sets it to 0.0',
  andpd: 'bitwise and of XMM registers',
  andps: 'bitwise and of XMM registers',
  orpd: 'bitwise or of XMM registers',
  movmskpd: 'copies the sign bits of both float64',
};

function sentence(mnemonic: string): string | undefined {
  const plain = sentences[mnemonic] ?? (mnemonic.startsWith('v') ? sentences[mnemonic.slice(1)] : undefined);
  if (plain !== undefined) return plain;
  for (const [prefix, text] of [
    ['j', 'jumps if'],
    ['set', 'sets the byte to 1, else 0, if'],
    ['cmov', 'copies if'],
  ] as const) {
    const name = mnemonic.startsWith(prefix) ? mnemonic.slice(prefix.length) : '';
    if (Object.hasOwn(condition, name)) return `${text} ${condition[name as keyof typeof condition]}`;
  }
  return undefined;
}

/** Registers with a fixed meaning in generated code. */
const roles: Readonly<Record<string, string>> = {
  rsi: 'context',
  rdi: 'function being called',
  rax: 'argument count, accumulator or result',
  rdx: 'new.target',
  r9: 'bytecode offset',
  r12: 'bytecode array',
  r13: 'root register: isolate data',
  r14: 'cage base of compressed pointers',
  r15: 'dispatch table',
  rbp: 'frame pointer',
  rsp: 'stack pointer',
};

const flagNames: readonly (readonly [number, string])[] = [
  [RflagsBits.CF, 'CF'],
  [RflagsBits.ZF, 'ZF'],
  [RflagsBits.SF, 'SF'],
  [RflagsBits.OF, 'OF'],
  [RflagsBits.PF, 'PF'],
  [RflagsBits.AF, 'AF'],
];

const flags = (bits: number): string =>
  flagNames
    .filter(([bit]) => (bits & bit) !== 0)
    .map(([, name]) => name)
    .join(' ');

const isWrite = (access: OpAccess): boolean =>
  access === OpAccess.Write ||
  access === OpAccess.CondWrite ||
  access === OpAccess.ReadWrite ||
  access === OpAccess.ReadCondWrite;
const isRead = (access: OpAccess): boolean =>
  access === OpAccess.Read ||
  access === OpAccess.CondRead ||
  access === OpAccess.ReadWrite ||
  access === OpAccess.ReadCondWrite;

const name = <T extends object>(values: T, value: number): string =>
  ((values as Record<number, string>)[value] ?? `${value}`).toLowerCase();

/** Explains machine code in Markdown; undefined if the bytes are no instruction. */
export function explainInstruction(bytes: Uint8Array, address = 0n): string | undefined {
  const decoder = new Decoder(64, bytes, DecoderOptions.None);
  decoder.ip = address;
  const instruction = decoder.decode();
  const formatter = new Formatter(FormatterSyntax.Intel);
  const factory = new InstructionInfoFactory();
  const info = factory.info(instruction);
  try {
    if (instruction.isInvalid) return undefined;
    const mnemonic = name(Mnemonic, instruction.mnemonic);
    const lines = [`\`\`\`bailout-x64\n${formatter.format(instruction)}\n\`\`\``];
    const does = sentence(mnemonic);
    lines.push(does === undefined ? `**${mnemonic}**` : `**${mnemonic}** ${does}.`);
    const read: string[] = [];
    const written: string[] = [];
    for (const used of info.usedRegisters()) {
      const register = name(Register, used.register);
      const text = roles[register] === undefined ? `\`${register}\`` : `\`${register}\` (${roles[register]})`;
      if (isRead(used.access) && !read.includes(text)) read.push(text);
      if (isWrite(used.access) && !written.includes(text)) written.push(text);
      used.free();
    }
    for (const used of info.usedMemory()) {
      if (isRead(used.access)) read.push('memory');
      if (isWrite(used.access)) written.push('memory');
      used.free();
    }
    if (read.length > 0) lines.push(`Reads ${read.join(', ')}.`);
    if (written.length > 0) lines.push(`Writes ${written.join(', ')}.`);
    const flagsRead = flags(instruction.rflagsRead);
    const flagsWritten = flags(instruction.rflagsModified);
    if (flagsRead !== '') lines.push(`Flags read: ${flagsRead}.`);
    if (flagsWritten !== '') lines.push(`Flags written: ${flagsWritten}.`);
    if (instruction.flowControl === FlowControl.IndirectCall && instruction.memoryBase === Register.R13) {
      lines.push('A call through the root register: a deoptimization exit calls the Deoptimizer this way.');
    }
    return lines.join('\n\n');
  } finally {
    info.free();
    factory.free();
    formatter.free();
    instruction.free();
    decoder.free();
  }
}
