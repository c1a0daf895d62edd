// Literals at the borders where an engine changes its mind: Smi and int32 ranges, −0, NaN, holes, one- and two-byte strings.

import type { Random } from './random.ts';

const ints = [
  '0', '1', '-1', '2', '3', '5', '7', '8', '10', '16', '31', '32', '33', '63', '100', '127', '128', '255', '256', '1000', '65535', '65536',
  '1073741822', '1073741823', '1073741824', '-1073741823', '-1073741824', '-1073741825', '2147483646', '2147483647',
  '-2147483647', '-2147483648', '536870912', '-7', '-100',
]; // biome-ignore format: a table
const wide = [
  '2147483648',
  '-2147483649',
  '4294967295',
  '4294967296',
  '-4294967296',
  '9007199254740991',
  '-9007199254740991',
  '9007199254740992',
  '1e15',
  '0xdeadbeef',
];
const doubles = [
  '-0',
  '0.5',
  '-0.5',
  '1.5',
  '-1.5',
  '2.25',
  'NaN',
  'Infinity',
  '-Infinity',
  '5e-324',
  '1.7976931348623157e308',
  '0.1',
  '1e21',
  '1e-7',
  '4294967295.5',
  '2147483647.5',
  '-2147483648.5',
  '1073741823.5',
  '0.49999999999999994',
  '123456.789',
  '-2.5',
  '3.0000000000000004',
];
const strings = [
  "''",
  "'a'",
  "'b'",
  "'abc'",
  "'x'",
  "'0'",
  "'1'",
  "'-1'",
  "'1.5'",
  "'length'",
  "'hello world'",
  "'é'",
  "'\\u4e2d\\u6587'",
  "'\\ud83d\\ude00'",
  "'\\ud800'",
  "'constructor'",
  "'a,b,c'",
  "' 12 '",
  "'0x1f'",
  "'NaN'",
  "'the quick brown fox jumps over'",
  "'Infinity'",
  "'1073741824'",
  "'4294967295'",
];
const bigints = [
  '0n',
  '1n',
  '-1n',
  '2n',
  '7n',
  '255n',
  '4294967296n',
  '9223372036854775807n',
  '9223372036854775808n',
  '-9223372036854775808n',
  '-9223372036854775809n',
  '18446744073709551615n',
  '18446744073709551616n',
  '123456789012345678901234567890n',
  '-3n',
  '64n',
];

export const smallInt = (r: Random): string => String(r.between(-2, 12));
export const intLiteral = (r: Random): string => (r.chance(0.6) ? smallInt(r) : r.pick(ints));
export const numberLiteral = (r: Random): string =>
  r.weighted([
    [4, () => smallInt(r)],
    [3, () => r.pick(ints)],
    [2, () => r.pick(wide)],
    [6, () => r.pick(doubles)],
  ]);
export const stringLiteral = (r: Random): string => r.pick(strings);
export const bigintLiteral = (r: Random): string => r.pick(bigints);

/** Property names that objects share, so that accesses meet objects with and without them. */
export const propertyNames = ['a', 'b', 'c', 'd', 'x', 'y'] as const;
export const methodNames = ['m0', 'm1', 'm2'] as const;
