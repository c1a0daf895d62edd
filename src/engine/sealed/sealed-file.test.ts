import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSealed, sealedFile } from './index.ts';

const id = '0123456789abcdef';
const content = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3);

test('what was sealed comes back, at every length and alignment', () => {
  for (const length of [0, 1, 3, 4, 5, 15, 16, 17, 31, 1000, 4099]) {
    const file = sealedFile(id, 'test', [
      content(length).subarray(0, length >> 1),
      content(length).subarray(length >> 1),
    ]);
    assert.deepEqual(openSealed(file, id, 'test'), content(length), `${length} bytes`);
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    assert.deepEqual(openSealed(shifted.subarray(3), id, 'test'), content(length), `${length} bytes, not aligned`);
  }
});

// Seen to fail: the last bytes left out of the checksum.
test('every flipped bit is noticed, in the header and in the content', () => {
  const file = sealedFile(id, 'test', [content(101)]);
  for (let bit = 0; bit < 8 * file.length; bit++) {
    const damaged = file.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(openSealed(damaged, id, 'test'), undefined, `bit ${bit}`);
  }
});

test('another build, another kind, another length, exchanged words: nothing', () => {
  const file = sealedFile(id, 'test', [content(64)]);
  assert.equal(openSealed(file, 'fedcba9876543210', 'test'), undefined);
  assert.equal(openSealed(file, id, 'tesu'), undefined);
  for (let length = 0; length < file.length; length++)
    assert.equal(openSealed(file.subarray(0, length), id, 'test'), undefined, `${length} bytes`);
  assert.equal(openSealed(Buffer.concat([file, new Uint8Array(1)]), id, 'test'), undefined);
  const exchanged = file.slice();
  exchanged.copyWithin(40, 48, 52);
  assert.equal(openSealed(exchanged, id, 'test'), undefined);
});
