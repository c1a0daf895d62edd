// Texts and bytes: encodings of Buffer, TextDecoder, searching and comparing bytes.

import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { StaticRoot } from '../../objects/index.ts';

import {
  bytesAt,
  type Family,
  flagAt,
  guarded,
  indexAt,
  newBytes,
  newFlag,
  newNumber,
  newText,
  numberAt,
  textAt,
  throwWith,
} from './binding.ts';

const encodings: readonly string[] = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];

const encodingAt = (name: string): BufferEncoding => (encodings.includes(name) ? (name as BufferEncoding) : 'utf8');

export const text: Family = () => ({
  encode: (rt, args) =>
    newBytes(
      rt,
      guarded(rt, () => Buffer.from(textAt(rt, args, 0), encodingAt(textAt(rt, args, 1)))),
    ),
  decode: (rt, args) => {
    const bytes = bytesAt(rt, args, 0);
    const start = indexAt(rt, args, 2, bytes.length);
    const end = indexAt(rt, args, 3, bytes.length);
    if (end <= start) return StaticRoot.EmptyString;
    const encoding = encodingAt(textAt(rt, args, 1));
    const host = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    try {
      return newText(rt, host.toString(encoding));
    } catch {
      return throwWith(rt, 'Error', 'Cannot create a string longer than 0x1fffffe8 characters', {
        code: 'ERR_STRING_TOO_LONG',
      });
    }
  },
  /** Writes whole characters of a text; how many bytes. */
  write: (rt, args) => {
    const bytes = bytesAt(rt, args, 0);
    const string = textAt(rt, args, 1);
    const offset = indexAt(rt, args, 3, bytes.length);
    const length = indexAt(rt, args, 4, bytes.length - offset);
    const host = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return newNumber(rt, host.write(string, offset, length, encodingAt(textAt(rt, args, 2))));
  },
  utf8Length: (rt, args) => newNumber(rt, Buffer.byteLength(textAt(rt, args, 0))),
  compare: (rt, args) => {
    const a = bytesAt(rt, args, 0);
    const b = bytesAt(rt, args, 3);
    const left = a.subarray(indexAt(rt, args, 1, a.length), indexAt(rt, args, 2, a.length));
    const right = b.subarray(indexAt(rt, args, 4, b.length), indexAt(rt, args, 5, b.length));
    return newNumber(rt, Buffer.compare(left, right));
  },
  /** indexOf(bytes, needle, from, limit, forward, step): −1 where it is not. */
  indexOf: (rt, args) => {
    const bytes = bytesAt(rt, args, 0);
    const needle = bytesAt(rt, args, 1);
    const limit = indexAt(rt, args, 3, bytes.length);
    const forward = flagAt(args, 4);
    const step = numberAt(rt, args, 5) === 2 ? 2 : 1;
    const from = indexAt(rt, args, 2, bytes.length);
    const host = Buffer.from(bytes.buffer, bytes.byteOffset, limit);
    const search = Buffer.from(needle);
    if (step === 1) {
      const at = forward ? host.indexOf(search, from) : host.lastIndexOf(search, from);
      return newNumber(rt, at);
    }
    for (let i = from - (from % 2); forward ? i + search.length <= limit : i >= 0; i += forward ? 2 : -2)
      if (i + search.length <= limit && host.compare(search, 0, search.length, i, i + search.length) === 0)
        return newNumber(rt, i);
    return newNumber(rt, -1);
  },
  isUtf8: (rt, args) => newFlag(isUtf8(bytesAt(rt, args, 0))),
  /** The name of a TextDecoder's encoding; undefined for what is none. */
  encodingName: (rt, args) => {
    try {
      return newText(rt, new TextDecoder(textAt(rt, args, 0)).encoding);
    } catch {
      return StaticRoot.Undefined;
    }
  },
  /** decodeWith(encoding, bytes, fatal, ignoreBOM): undefined where bytes are wrong. */
  decodeWith: (rt, args) => {
    const bytes = bytesAt(rt, args, 1);
    try {
      const decoder = new TextDecoder(textAt(rt, args, 0), { fatal: flagAt(args, 2), ignoreBOM: flagAt(args, 3) });
      return newText(rt, decoder.decode(bytes));
    } catch {
      return StaticRoot.Undefined;
    }
  },
});
