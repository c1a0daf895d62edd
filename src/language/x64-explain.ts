// What one x64 instruction does, in words: the sentence comes from the table of mnemonics below; operands, registers, flags
// and memory from the engine's disassembler.

import { explainInstruction as factsOf } from '../engine/index.ts';

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

/** The other names of conditions in listings. */
const otherNames: Readonly<Record<string, keyof typeof condition>> = {
  z: 'e',
  nz: 'ne',
  c: 'b',
  nc: 'ae',
  na: 'be',
  nl: 'ge',
  ng: 'le',
  pe: 'p',
  po: 'np',
};

/** Mnemonic → what it does. Conditional families are made from `condition`; a size suffix (b, w, l, q) is left off. */
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
  for (const name of [mnemonic, mnemonic.replace(/[bwlq]$/, '')]) {
    const plain = sentences[name] ?? (name.startsWith('v') ? sentences[name.slice(1)] : undefined);
    if (plain !== undefined) return plain;
    for (const [prefix, text] of [
      ['j', 'jumps if'],
      ['set', 'sets the byte to 1, else 0, if'],
      ['cmov', 'copies if'],
    ] as const) {
      const suffix = name.startsWith(prefix) ? name.slice(prefix.length) : '';
      const key = otherNames[suffix] ?? suffix;
      if (Object.hasOwn(condition, key)) return `${text} ${condition[key as keyof typeof condition]}`;
    }
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

const named = (register: string): string =>
  roles[register] === undefined ? `\`${register}\`` : `\`${register}\` (${roles[register]})`;
const bytesText = (size: number): string => (size > 0 ? `, ${size} byte${size === 1 ? '' : 's'}` : '');

/** Explains machine code in Markdown; undefined if the bytes are no instruction. */
export function explainInstruction(bytes: Uint8Array, address = 0n): string | undefined {
  const facts = factsOf(bytes, address);
  if (facts.text.startsWith('(bad)')) return undefined;
  const mnemonic = /^(?:REX\S*\s+)?(?:lock |rep\w* )?(\w+)/.exec(facts.text)?.[1] ?? '';
  const lines = [`\`\`\`bailout-x64\n${facts.text}\n\`\`\``];
  const does = sentence(mnemonic);
  lines.push(does === undefined ? `**${mnemonic}**` : `**${mnemonic}** ${does}.`);
  const memory = (kind: string) =>
    facts.memory
      .filter(({ access }) => access.includes(kind))
      .map(({ operand, size }) => `\`${operand}\` (memory${bytesText(size)})`);
  const reads = [...facts.reads.map(named), ...memory('read')];
  const writes = [...facts.writes.map(named), ...memory('write')];
  if (reads.length > 0) lines.push(`Reads ${reads.join(', ')}.`);
  if (writes.length > 0) lines.push(`Writes ${writes.join(', ')}.`);
  if (facts.flagsRead.length > 0) lines.push(`Flags read: ${facts.flagsRead.join(' ')}.`);
  if (facts.flagsWritten.length > 0) lines.push(`Flags written: ${facts.flagsWritten.join(' ')}.`);
  if (facts.flagsUndefined.length > 0) lines.push(`Flags left undefined: ${facts.flagsUndefined.join(' ')}.`);
  if (mnemonic === 'call' && /\[r13/.test(facts.text)) {
    lines.push('A call through the root register: a deoptimization exit calls the Deoptimizer this way.');
  }
  return lines.join('\n\n');
}
