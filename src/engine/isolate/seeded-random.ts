// Math.random with --random-seed: V8's numbers (math-random.cc): xorshift128+ whose state comes of the seed by MurmurHash3's
// finalizer, made 64 at a time and handed out from the last to the first.

const mask = (1n << 64n) - 1n;
const cacheSize = 64;

const murmur = (seed: bigint): bigint => {
  let h = seed & mask;
  h ^= h >> 33n;
  h = (h * 0xff51_afd7_ed55_8ccdn) & mask;
  h ^= h >> 33n;
  h = (h * 0xc4ce_b9fe_1a85_ec53n) & mask;
  return h ^ (h >> 33n);
};

/** Numbers in [0, 1), the same for the same seed. */
export const seededRandom = (seed: number): (() => number) => {
  let s0 = murmur(BigInt(seed));
  let s1 = murmur(~BigInt(seed));
  const cache: number[] = [];
  const refill = (): void => {
    for (let i = 0; i < cacheSize; i++) {
      let a = s0;
      const b = s1;
      s0 = b;
      a ^= (a << 23n) & mask;
      a ^= a >> 17n;
      a ^= b;
      a ^= b >> 26n;
      s1 = a;
      cache.push(Number(s0 >> 11n) / 2 ** 53);
    }
  };
  return () => {
    if (cache.length === 0) refill();
    return cache.pop()!;
  };
};
