// A sealed file: content that is taken as it was written or not at all.
//
//    0   build id     16 ASCII characters
//   16   length       of the content, in bytes
//   20   checksum     four words, over the kind, the length and the content
//   36   zero         to 40, so that the content is aligned to 8
//   40   content
//
// Invariant: `openSealed` gives what `sealedFile` was given, or nothing: for a file of another build or another kind, of another
// length, or with any byte changed. The checksum has four lanes as xxHash has; each word goes into its lane by a bijection, so
// one changed word always shows. It guards against accidents, not against somebody who can compute it too.

import { factor, lanesOf } from './lanes.ts';

const idLength = 16;
const headerLength = 40;

/** Four words over a kind and bytes. `bytes` begins at a multiple of 4 in its buffer. */
function checksum(kind: string, bytes: Uint8Array): Int32Array {
  let a = bytes.length;
  for (let i = 0; i < kind.length; i++) a = Math.imul(((a << 15) | (a >>> 17)) ^ kind.charCodeAt(i), factor);
  const words = (bytes.length >> 2) & ~3;
  const sum = lanesOf(
    Int32Array.of(a, ~a, a ^ factor, ~(a ^ factor)),
    new Int32Array(bytes.buffer, bytes.byteOffset, words),
  );
  let b = sum[1]!;
  for (let i = 4 * words; i < bytes.length; i++) b = Math.imul(((b << 15) | (b >>> 17)) ^ bytes[i]!, factor);
  sum[1] = b;
  return sum;
}

/** The file's bytes. `kind` says what the content is and for whom: `code cache of engine, v20.1.0, x64`. */
export function sealedFile(buildId: string, kind: string, parts: readonly Uint8Array[]): Uint8Array {
  if (!/^[!-~]{16}$/.test(buildId)) throw new Error(`build id '${buildId}' must have ${idLength} ASCII characters`);
  const file = new Uint8Array(headerLength + parts.reduce((sum, { length }) => sum + length, 0));
  for (let i = 0; i < idLength; i++) file[i] = buildId.charCodeAt(i);
  let at = headerLength;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  const content = file.subarray(headerLength);
  new Int32Array(file.buffer, idLength, 5).set([content.length, ...checksum(kind, content)]);
  return file;
}

/** The content of a file's bytes, as a view of them; undefined when they are not what `sealedFile` wrote. */
export function openSealed(file: Uint8Array, buildId: string, kind: string): Uint8Array | undefined {
  if (file.length < headerLength) return undefined;
  for (let i = 0; i < idLength; i++) if (file[i] !== buildId.charCodeAt(i)) return undefined;
  const aligned = file.byteOffset % 8 === 0 ? file : new Uint8Array(file);
  const [length, ...sum] = new Int32Array(aligned.buffer, aligned.byteOffset + idLength, 6);
  const content = aligned.subarray(headerLength);
  // The sixth word is the zero.
  return length === content.length && [...checksum(kind, content), 0].every((word, i) => word === sum[i])
    ? content
    : undefined;
}
