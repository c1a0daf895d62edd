/**
 * Micro-ops of the emulator's loop on XMM registers: moves, scalar doubles, conversions, bitwise logic. Texts; see
 * emulator-form.ts. An XMM register is four words of the CPU block; what a scalar operation does not write it takes from
 * its first source, in j.
 */
import { Lazy } from './emulator-flags.ts';
import { checkedAddress, type Family, type MicroForm, Word, writeRegister } from './emulator-form.ts';

const double = (word: string): string => `f[${word} >> 1]`;

/** The last operand, in memory or the register at `ops[pc + field]`, as a double: the statements of `use(its text)`. */
const withDouble = (shape: string, field: number, use: (operand: string) => string): string =>
  shape.endsWith('M')
    ? `${checkedAddress(64)} r[${Word.Scratch}] = m[ix]; r[${Word.Scratch + 1}] = m[ix + 1]; ${use(`f[${Word.Scratch >> 1}]`)}`
    : use(double(`ops[pc + ${field}]`));

const keepUpperHalf = 'if (j !== i) { r[i + 2] = r[j + 2]; r[i + 3] = r[j + 3]; }';

/** Destination i, first source j: the low double becomes `value`. */
const setDouble = (value: string): string => `i = ops[pc + 1]; j = ops[pc + 2]; f[i >> 1] = ${value}; ${keepUpperHalf}`;

const arithmetic =
  (value: (first: string, second: string) => string) =>
  ({ shape }: MicroForm): string =>
    withDouble(shape, 3, (second) => setDouble(value(double('j'), second)));

const bitwise = (value: (first: string, second: string) => string) => (): string =>
  `i = ops[pc + 1]; j = ops[pc + 2]; k = ops[pc + 3];
   ${[0, 1, 2, 3].map((n) => `r[i + ${n}] = ${value(`r[j + ${n}]`, `r[k + ${n}]`)};`).join(' ')}`;

const moveDouble = ({ shape }: MicroForm): string => {
  if (shape === 'XM')
    return `${checkedAddress(64)} i = ops[pc + 1]; r[i] = m[ix]; r[i + 1] = m[ix + 1]; r[i + 2] = r[i + 3] = 0;`;
  if (shape === 'MX') return `${checkedAddress(64)} i = ops[pc + 2]; m[ix] = r[i]; m[ix + 1] = r[i + 1];`;
  return `i = ops[pc + 1]; j = ops[pc + 2]; k = ops[pc + 3]; v = r[k]; h = r[k + 1]; ${keepUpperHalf} r[i] = v; r[i + 1] = h;`;
};

const moveFloat = ({ shape }: MicroForm): string =>
  shape === 'XM'
    ? `${checkedAddress(32)} i = ops[pc + 1]; r[i] = m[ix]; r[i + 1] = r[i + 2] = r[i + 3] = 0;`
    : `${checkedAddress(32)} m[ix] = r[ops[pc + 2]];`;

/** Bits between XMM and general registers; an XMM register's rest becomes zero. */
const moveBits = ({ shape, size }: MicroForm): string => {
  const toXmm = shape === 'XR';
  if (size === 64)
    return `i = ops[pc + 1]; j = ops[pc + 2]; r[i] = r[j]; r[i + 1] = r[j + 1];${toXmm ? ' r[i + 2] = r[i + 3] = 0;' : ''}`;
  return `i = ops[pc + 1]; r[i] = r[ops[pc + 2]]; r[i + 1] = ${toXmm ? 'r[i + 2] = r[i + 3] = 0' : '0'};`;
};

const fromInteger = ({ shape, size }: MicroForm): string => {
  if (size === 64) return `k = ops[pc + 3]; ${setDouble('r[k + 1] * 4294967296 + (r[k] >>> 0)')}`;
  return shape === 'XXM' ? `${checkedAddress(32)} ${setDouble('m[ix]')}` : setDouble('r[ops[pc + 3]]');
};

/** Truncation; what does not fit, NaN too, becomes the smallest integer. */
const toInteger = ({ shape, size }: MicroForm): string =>
  size === 64
    ? `i = ops[pc + 1]; x = Math.trunc(f[ops[pc + 2] >> 1]);
       if (x >= -9223372036854775808 && x < 9223372036854775808) { y = Math.floor(x / 4294967296); r[i] = x - y * 4294967296; r[i + 1] = y; }
       else { r[i] = 0; r[i + 1] = -2147483648; }`
    : withDouble(
        shape,
        2,
        (operand) =>
          `i = ops[pc + 1]; x = ${operand}; v = x | 0;
           if (!(x > -2147483649 && x < 2147483648)) v = -2147483648; ${writeRegister(32)}`,
      );

export const vectorFamily: Family = {
  Movsd: moveDouble,
  Movss: moveFloat,
  Movapd: () => `i = ops[pc + 1]; j = ops[pc + 2]; ${[0, 1, 2, 3].map((n) => `r[i + ${n}] = r[j + ${n}];`).join(' ')}`,
  Movd: moveBits,
  Addsd: arithmetic((first, second) => `${first} + ${second}`),
  Subsd: arithmetic((first, second) => `${first} - ${second}`),
  Mulsd: arithmetic((first, second) => `${first} * ${second}`),
  Divsd: arithmetic((first, second) => `${first} / ${second}`),
  Sqrtsd: arithmetic((_, second) => `Math.sqrt(${second})`),
  Ucomisd: ({ shape }) =>
    withDouble(
      shape,
      2,
      (second) =>
        `x = f[ops[pc + 1] >> 1]; y = ${second};
         fq = x < y || x > y ? 1 : 0; fw = (x >= y || x < y ? 1 : 0) | (x >= y ? 0 : ${Lazy.Sign});`,
    ),
  Cvtsi2sd: fromInteger,
  Cvttsd2si: toInteger,
  Cvtss2sd: () => setDouble('f32[ops[pc + 3]]'),
  Cvtsd2ss: () =>
    `i = ops[pc + 1]; j = ops[pc + 2]; f32[i] = f[ops[pc + 3] >> 1]; r[i + 1] = r[j + 1]; ${keepUpperHalf}`,
  Xorpd: bitwise((first, second) => `${first} ^ ${second}`),
  Andpd: bitwise((first, second) => `${first} & ${second}`),
  Andnpd: bitwise((first, second) => `~${first} & ${second}`),
  Orpd: bitwise((first, second) => `${first} | ${second}`),
};
