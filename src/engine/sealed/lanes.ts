// The four lanes of a checksum, over whole groups of four words: lane = (lane rotated left by 15 ^ word) * factor.
//
// Twice, as a start runs this once and cold, over megabytes: in JavaScript, and in WebAssembly (a fifth of the time, but it costs
// half a millisecond before its first word). The test holds them to the same sums.

export const factor = 0x9e3779b1;

/** Words as one lane after the other takes them in; `words.length` is a multiple of 4. */
export type Lanes = (start: Int32Array, words: Int32Array) => Int32Array;

export const lanesInJavaScript: Lanes = ([a = 0, b = 0, c = 0, d = 0], words) => {
  // Written out: a call per word costs three times as much.
  for (let i = 0; i < words.length; i += 4) {
    a = Math.imul(((a << 15) | (a >>> 17)) ^ words[i]!, factor);
    b = Math.imul(((b << 15) | (b >>> 17)) ^ words[i + 1]!, factor);
    c = Math.imul(((c << 15) | (c >>> 17)) ^ words[i + 2]!, factor);
    d = Math.imul(((d << 15) | (d >>> 17)) ^ words[i + 3]!, factor);
  }
  return Int32Array.of(a, b, c, d);
};

/** Lanes first, then words, a page at a time. */
const lanesBytes = 16;
const pageBytes = 65536;
const chunkWords = (pageBytes - lanesBytes) >> 2;

// (import "m" "m" (memory 1)) (func (export "f") (param $from i32) (param $to i32) (local $lanes v128) …)
// biome-ignore format: an instruction a line
const moduleBytes = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 6, 1, 0x60, 2, 0x7f, 0x7f, 0,
  2, 8, 1, 1, 0x6d, 1, 0x6d, 2, 0, 1,
  3, 2, 1, 0,
  7, 5, 1, 1, 0x66, 0, 0,
  10, 74, 1, 72, 1, 1, 0x7b,
  0x41, 0, 0xfd, 0x00, 2, 0, 0x21, 2, //              lanes = v128.load(0)
  0x03, 0x40, //                                       loop
  0x20, 2, 0x41, 15, 0xfd, 0xab, 0x01, //                i32x4.shl(lanes, 15)
  0x20, 2, 0x41, 17, 0xfd, 0xad, 0x01, //                i32x4.shr_u(lanes, 17)
  0xfd, 0x50, //                                         v128.or
  0x20, 0, 0xfd, 0x00, 2, 0, 0xfd, 0x51, //              v128.xor with v128.load(from)
  0x41, 0xb1, 0xf3, 0xdd, 0xf1, 0x79, 0xfd, 0x11, //     i32x4.splat(factor)
  0xfd, 0xb5, 0x01, 0x21, 2, //                          lanes = i32x4.mul
  0x20, 0, 0x41, 16, 0x6a, 0x22, 0, //                   from += 16
  0x20, 1, 0x49, 0x0d, 0, //                             br_if from < to
  0x0b,
  0x41, 0, 0x20, 2, 0xfd, 0x0b, 2, 0, //               v128.store(0, lanes)
  0x0b,
);

/** Throws on a processor without vectors. */
export const lanesInWebAssembly: Lanes = (start, words) => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes), { m: { m: memory } });
  const run = exports.f as (from: number, to: number) => void;
  const lanes = new Int32Array(memory.buffer, 0, lanesBytes >> 2);
  const page = new Int32Array(memory.buffer, lanesBytes);
  lanes.set(start);
  for (let at = 0; at < words.length; at += chunkWords) {
    const chunk = words.subarray(at, at + chunkWords);
    page.set(chunk);
    run(lanesBytes, lanesBytes + chunk.byteLength);
  }
  return lanes;
};

const manyWords = 50_000;

export const lanesOf: Lanes = (start, words) => {
  if (words.length < manyWords) return lanesInJavaScript(start, words);
  try {
    return lanesInWebAssembly(start, words);
  } catch {
    return lanesInJavaScript(start, words);
  }
};
