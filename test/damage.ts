// Damage for files that must show it: flipped bits, other bytes, zeroed and exchanged stretches, cuts, additions. The same for
// the same seed.

export interface Damaged {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `count` damaged copies of a file; each differs from it. */
export function* damaged(file: Uint8Array, count: number, seed: number): Generator<Damaged> {
  let state = seed | 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  for (let made = 0; made < count; ) {
    let bytes = Uint8Array.from(file);
    const at = below(file.length);
    const length = 1 + below(Math.min(4096, file.length - at));
    const kind = made % 8;
    let name = '';
    if (kind === 0) {
      const bit = below(8);
      bytes[at]! ^= 1 << bit;
      name = `bit ${bit} of byte ${at}`;
    } else if (kind === 1) {
      bytes[at] = below(256);
      name = `byte ${at}`;
    } else if (kind === 2) {
      bytes = bytes.slice(0, at);
      name = `cut at ${at}`;
    } else if (kind === 3) {
      bytes.fill(0, at, at + length);
      name = `zeroes from ${at}, ${length} bytes`;
    } else if (kind === 4) {
      bytes.copyWithin(at, below(file.length), below(file.length));
      name = `other bytes from ${at}`;
    } else if (kind === 5) {
      for (let i = at; i < at + length; i++) bytes[i] = below(256);
      name = `noise from ${at}, ${length} bytes`;
    } else if (kind === 6) {
      bytes = Uint8Array.from([...bytes, ...bytes.subarray(0, length)]);
      name = `${length} bytes more`;
    } else {
      const bits = 2 + below(30);
      for (let i = 0; i < bits; i++) bytes[below(file.length)]! ^= 1 << below(8);
      name = `${bits} bits anywhere`;
    }
    if (Buffer.compare(bytes, file) === 0) continue;
    made++;
    yield { name: `damage ${made - 1}: ${name}`, bytes };
  }
}
