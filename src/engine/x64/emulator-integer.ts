/**
 * Integer micro-ops of the emulator's loop: moves and extensions, arithmetic and logic with their flags, multiplication and
 * division, shifts and bits. Texts; see emulator-form.ts.
 */
import { arithmeticFlags, keepingCarryFlags, Lazy, logicFlags } from './emulator-flags.ts';
import {
  addressOf,
  effectiveAddress,
  type Family,
  fetch,
  type MicroForm,
  store,
  Word,
  writeRegister,
} from './emulator-form.ts';

// Moves -------------------------------------------------------------------------------------------------------------

const move = ({ shape, size }: MicroForm): string =>
  shape === 'RI' && size === 64
    ? 'i = ops[pc + 1]; r[i] = ops[pc + 6]; r[i + 1] = ops[pc + 7];'
    : `${addressOf(shape, size)} ${fetch(shape[1]!, 1, size, 'v', 'h')} ${store(shape[0]!, size)}`;

/** Zero extension to 32 bits, and so to 64. */
const moveZeroExtended = ({ shape, size }: MicroForm): string => {
  const mask = shape === 'RR' ? ` v &= ${2 ** size - 1};` : '';
  return `${addressOf(shape, size)} ${fetch(shape[1]!, 1, size, 'v', 'h')}${mask} ${store('R', 32)}`;
};

const moveSignExtended = ({ shape, size, to }: MicroForm): string => {
  const extend = size < 32 ? `v = (v << ${32 - size}) >> ${32 - size};` : '';
  return `${addressOf(shape, size)} ${fetch(shape[1]!, 1, size, 'v', 'h')} ${extend} h = v >> 31; ${store('R', to)}`;
};

const loadAddress = ({ size }: MicroForm): string =>
  size === 32
    ? `${effectiveAddress} v = ea; ${store('R', 32)}`
    : `i = ops[pc + 3]; j = ops[pc + 4]; k = ops[pc + 5];
       al = r[i]; ah = r[i + 1];
       bl = r[j]; bh = (r[j + 1] << k) | ((bl >>> 1) >>> (31 - k)); bl <<= k;
       v = (al + bl) | 0;
       ah = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
       bl = ops[pc + 6];
       ea = (v + bl) | 0;
       i = ops[pc + 1]; r[i] = ea; r[i + 1] = (ah + (bl >> 31) + (((v & bl) | ((v | bl) & ~ea)) >>> 31)) | 0;`;

// Arithmetic and logic: result in v (and h), carry and overflow as the sign bits of cf and of ------------------------------

const add = (size: number): string =>
  size === 64
    ? `v = (al + bl) | 0; h = (ah + bh + (((al & bl) | ((al | bl) & ~v)) >>> 31)) | 0;
       cf = (ah & bh) | ((ah | bh) & ~h); of = (ah ^ h) & (bh ^ h); ${arithmeticFlags(64)}`
    : `v = (a + b) | 0; cf = (a & b) | ((a | b) & ~v); of = (a ^ v) & (b ^ v); ${arithmeticFlags(32)}`;

/** Narrow ones work in the upper bits of a word. */
const subtract = (size: number): string => {
  if (size === 64) {
    return `v = (al - bl) | 0; h = (ah - bh - (((~al & bl) | ((~al | bl) & v)) >>> 31)) | 0;
       cf = (~ah & bh) | ((~ah | bh) & h); of = (ah ^ bh) & (ah ^ h); ${arithmeticFlags(64)}`;
  }
  const narrow = size === 32 ? '' : `a <<= ${32 - size}; b <<= ${32 - size};`;
  const lowByte = size === 32 ? '' : `fw = (fw & ~255) | ((v >> ${32 - size}) & 255);`;
  return `${narrow} v = (a - b) | 0; cf = (~a & b) | ((~a | b) & v); of = (a ^ b) & (a ^ v); ${arithmeticFlags(32)} ${lowByte}`;
};

const logic =
  (operator: string) =>
  (size: number): string =>
    size === 64
      ? `v = al ${operator} bl; h = ah ${operator} bh; ${logicFlags(64)}`
      : `v = a ${operator} b; ${size < 32 ? `v = (v << ${32 - size}) >> ${32 - size};` : ''} ${logicFlags(32)}`;

/** Two operands of one size; the result goes to the first unless it is only compared. */
const binary =
  (compute: (size: number) => string, writes = true) =>
  ({ shape, size }: MicroForm): string => {
    const [to, from] = [shape[0]!, shape[1]!];
    // The word of a 32-bit register destination is kept in i; 64-bit fetches do it by themselves.
    const first =
      to === 'R' && size <= 32 ? 'i = ops[pc + 1]; a = r[i];' : fetch(to, 0, size, size === 64 ? 'al' : 'a', 'ah');
    const second = fetch(from, 1, size, size === 64 ? 'bl' : 'b', 'bh');
    const write = !writes ? '' : to === 'R' ? writeRegister(size) : store('M', size);
    return `${addressOf(shape, size)} ${first} ${second} ${compute(size)} ${write}`;
  };

const negate = ({ size }: MicroForm): string =>
  size === 64
    ? `i = ops[pc + 1]; al = ah = 0; bl = r[i]; bh = r[i + 1]; ${subtract(64)} ${writeRegister(64)}`
    : `i = ops[pc + 1]; b = r[i]; a = 0; ${subtract(32)} ${writeRegister(32)}`;

const complement = ({ size }: MicroForm): string =>
  `i = ops[pc + 1]; r[i] = ~r[i]; r[i + 1] = ${size === 64 ? '~r[i + 1]' : '0'};`;

const step = (result: string, overflow: string) => (): string =>
  `i = ops[pc + 1]; a = r[i]; v = ${result}; of = ${overflow}; ${keepingCarryFlags} ${writeRegister(32)}`;

// Multiplication and division ---------------------------------------------------------------------------------------

/** High 32 bits of the unsigned product. */
export function mulHighUnsigned(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const low = Math.imul(al, bl) >>> 16;
  const mid = (Math.imul(ah, bl) >>> 0) + low;
  const mid2 = (Math.imul(al, bh) >>> 0) + (mid & 0xffff);
  return (Math.imul(ah, bh) + Math.floor(mid / 65536) + Math.floor(mid2 / 65536)) | 0;
}

export function mulHighSigned(a: number, b: number): number {
  return (mulHighUnsigned(a, b) - (a < 0 ? b : 0) - (b < 0 ? a : 0)) | 0;
}

const product = (high: string, fits: string): string =>
  `v = Math.imul(a, b); h = ${high}(a, b); fq = v; fw = (v & 255) | (${fits} ? 0 : ${Lazy.Sign | Lazy.Overflow});`;
const signedProduct = product('mulHighSigned', 'h === v >> 31');
const unsignedProduct = product('mulHighUnsigned', 'h === 0');

/** rdx:rax, 32 bits each. */
const wide = (compute: string): string =>
  `a = r[${Word.Rax}]; b = r[ops[pc + 1]]; ${compute}
   r[${Word.Rax}] = v; r[${Word.Rax + 1}] = 0; r[${Word.Rdx}] = h; r[${Word.Rdx + 1}] = 0;`;

const multiplySigned = ({ shape }: MicroForm): string => {
  if (shape === 'R') return wide(signedProduct);
  const operands =
    shape === 'RRI'
      ? 'i = ops[pc + 1]; a = r[ops[pc + 2]]; b = ops[pc + 7];'
      : `${addressOf(shape, 32)} i = ops[pc + 1]; a = r[i]; ${fetch(shape[1]!, 1, 32, 'b', '')}`;
  return `${operands} ${signedProduct} ${writeRegister(32)}`;
};

/** Of a dividend that is a 32-bit number in rdx:rax; all others, and what faults, are for the slow path. */
const divide = (declines: string, quotient: string) => (): string =>
  `a = r[${Word.Rax}]; b = r[ops[pc + 1]];
   if (b === 0 || ${declines}) break slowly;
   v = (${quotient}) | 0; h = (a - Math.imul(v, b)) | 0;
   r[${Word.Rax}] = v; r[${Word.Rdx}] = h; r[${Word.Rax + 1}] = r[${Word.Rdx + 1}] = 0;`;

// Shifts and bits -----------------------------------------------------------------------------------------------------

/** By k, which is not 0. */
const shifts32 = {
  Shl: 'v = a << k; cf = a << (k - 1); of = v ^ cf;',
  Shr: 'v = (a >>> k) | 0; cf = (a >>> (k - 1)) << 31; of = a;',
  Sar: 'v = a >> k; cf = (a >> (k - 1)) << 31; of = 0;',
};
const shifts64 = {
  Shl: `if (k < 32) { cf = ah << (k - 1); h = (ah << k) | (al >>> (32 - k)); v = al << k; }
        else { cf = k === 32 ? ah << 31 : al << (k - 33); h = al << (k - 32); v = 0; }
        of = h ^ cf;`,
  Shr: `of = ah;
        if (k < 32) { cf = (al >>> (k - 1)) << 31; v = (al >>> k) | (ah << (32 - k)); h = (ah >>> k) | 0; }
        else { cf = k === 32 ? al & ${Lazy.Sign} : (ah >>> (k - 33)) << 31; v = (ah >>> (k - 32)) | 0; h = 0; }`,
  Sar: `of = 0;
        if (k < 32) { cf = (al >>> (k - 1)) << 31; v = (al >>> k) | (ah << (32 - k)); h = ah >> k; }
        else { cf = k === 32 ? al & ${Lazy.Sign} : (ah >> (k - 33)) << 31; v = ah >> (k - 32); h = ah >> 31; }`,
};

/** By an immediate that is not 0 (the decoder sees to it), or by cl, where 0 leaves the flags alone. */
const shift =
  (name: keyof typeof shifts32) =>
  ({ shape, size }: MicroForm): string =>
    size === 64
      ? `i = ops[pc + 1]; al = r[i]; ah = r[i + 1]; k = ops[pc + 7]; ${shifts64[name]} ${arithmeticFlags(64)} ${writeRegister(64)}`
      : `i = ops[pc + 1]; a = r[i];
         ${shape === 'RI' ? 'k = ops[pc + 7];' : `k = r[${Word.Rcx}] & 31; if (k === 0) { r[i + 1] = 0; pc += 8; continue; }`}
         ${shifts32[name]} ${arithmeticFlags(32)} ${writeRegister(32)}`;

/** The three-operand shifts, which leave the flags alone. */
const plainShift = (operator: string) => (): string =>
  `i = ops[pc + 1]; r[i] = r[ops[pc + 2]] ${operator} r[ops[pc + 3]]; r[i + 1] = 0;`;

export const integerFamily: Family = {
  Nop: () => '',
  Mov: move,
  Movzx: moveZeroExtended,
  Movsx: moveSignExtended,
  Lea: loadAddress,
  Add: binary(add),
  Sub: binary(subtract),
  Cmp: binary(subtract, false),
  And: binary(logic('&')),
  Or: binary(logic('|')),
  Xor: binary(logic('^')),
  Test: binary(logic('&'), false),
  Neg: negate,
  Not: complement,
  Inc: step('(a + 1) | 0', 'v & ~a'),
  Dec: step('(a - 1) | 0', 'a & ~v'),
  Imul: multiplySigned,
  Mul: () => wide(unsignedProduct),
  Idiv: divide(`r[${Word.Rdx}] !== a >> 31 || (b === -1 && a === -2147483648)`, 'a / b'),
  Div: divide(`r[${Word.Rdx}] !== 0`, '(a >>> 0) / (b >>> 0)'),
  Cdq: () => `r[${Word.Rdx}] = r[${Word.Rax}] >> 31; r[${Word.Rdx + 1}] = 0;`,
  Cqo: () => `r[${Word.Rdx}] = r[${Word.Rdx + 1}] = r[${Word.Rax + 1}] >> 31;`,
  Shl: shift('Shl'),
  Shr: shift('Shr'),
  Sar: shift('Sar'),
  Shlx: plainShift('<<'),
  Shrx: plainShift('>>>'),
  Sarx: plainShift('>>'),
  Bt: () => `fw = (fw & ${~Lazy.Sign}) | ((r[ops[pc + 1]] << (31 - (ops[pc + 7] & 31))) & ${Lazy.Sign});`,
  Lzcnt: () =>
    `i = ops[pc + 1]; a = r[ops[pc + 2]]; v = Math.clz32(a);
     fq = v; fw = v | (a === 0 ? ${Lazy.Sign} : 0); ${writeRegister(32)}`,
  Set: () => 'i = ops[pc + 1]; r[i] = (r[i] & -256) | (holds(ops[pc + 7], fq, fw) ? 1 : 0);',
  Cmov: ({ size }) =>
    size === 64
      ? 'i = ops[pc + 1]; j = ops[pc + 2]; if (holds(ops[pc + 7], fq, fw)) { r[i] = r[j]; r[i + 1] = r[j + 1]; }'
      : 'i = ops[pc + 1]; if (holds(ops[pc + 7], fq, fw)) r[i] = r[ops[pc + 2]]; r[i + 1] = 0;',
  Xchg: () =>
    `i = ops[pc + 1]; j = ops[pc + 2]; v = r[i]; h = r[i + 1];
     r[i] = r[j]; r[i + 1] = r[j + 1]; r[j] = v; r[j + 1] = h;`,
};
