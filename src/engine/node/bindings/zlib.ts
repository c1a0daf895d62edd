// Compression of the host, on whole inputs.

import { StaticRoot } from '../../objects/index.ts';
import { isNumber, toNumberValue } from '../../runtime/index.ts';
import {
  bytesAt,
  bytesOf,
  type Copied,
  elementsAt,
  type Family,
  newBytes,
  newNumber,
  numberAt,
  textAt,
  throwWith,
} from './binding.ts';
import { type HostZlib, loadZlib } from './host-modules.ts';

type Compressor = (bytes: Uint8Array, options: object) => Buffer;

const operations = [
  'deflate',
  'inflate',
  'gzip',
  'gunzip',
  'deflateRaw',
  'inflateRaw',
  'unzip',
  'brotliCompress',
  'brotliDecompress',
] as const satisfies readonly (keyof HostZlib)[];

const integer = (value: number): number | undefined => (Number.isInteger(value) ? value : undefined);

/** CRC-32 (polynomial 0xedb88320), which the host has only since Node 22. */
const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export const compression: Family = () => ({
  /** run(operation, bytes, level, windowBits, memLevel, strategy, finishFlush, maxOutputLength, dictionary, [param, value …]) */
  run: (rt, args) => {
    const name = textAt(rt, args, 0);
    const operation = operations.find((known) => known === name);
    if (operation === undefined) return StaticRoot.Undefined;
    const run: Compressor = loadZlib()[`${operation}Sync`];
    const dictionary = bytesOf(rt, args.at(8));
    const pairs = elementsAt(rt, args, 9).map((word) => (isNumber(rt, word) ? toNumberValue(rt, word) : 0));
    const params = Object.fromEntries(pairs.flatMap((key, i) => (i % 2 === 0 ? [[key, pairs[i + 1] ?? 0]] : [])));
    const isBrotli = operation.startsWith('brotli');
    const options = {
      level: integer(numberAt(rt, args, 2)),
      windowBits: integer(numberAt(rt, args, 3)),
      memLevel: integer(numberAt(rt, args, 4)),
      strategy: integer(numberAt(rt, args, 5)),
      finishFlush: integer(numberAt(rt, args, 6)),
      maxOutputLength: Math.min(integer(numberAt(rt, args, 7)) ?? 0x1000_0000, 0x1000_0000),
      ...(dictionary === undefined ? {} : { dictionary: Buffer.from(dictionary) }),
      ...(isBrotli ? { params } : {}),
    };
    try {
      return newBytes(rt, run(bytesAt(rt, args, 1).slice(), options));
    } catch (error) {
      const { message, code, errno } = error as { message: string; code?: string; errno?: number };
      const properties: { readonly [key: string]: Copied } = { errno, code };
      return throwWith(rt, code === 'ERR_BUFFER_TOO_LARGE' ? 'RangeError' : 'Error', message, properties);
    }
  },
  crc32: (rt, args) => {
    let crc = ~(numberAt(rt, args, 1) >>> 0);
    for (const byte of bytesAt(rt, args, 0)) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
    return newNumber(rt, ~crc >>> 0);
  },
});
