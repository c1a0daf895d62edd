// The code cache in child processes: what is left behind, when it is used, when it is refused.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { damaged } from '../../test/damage.ts';
import { sealedFile } from '../engine/sealed/index.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'bailout-code-cache-'));
after(() => rmSync(directory, { recursive: true }));
const bundle = path.join(directory, 'bundle.cjs');
const caches = path.join(directory, 'caches');
const cacheFile = path.join(caches, `bundle-${process.version}-${process.arch}.bin`);

/** A bundle of build `id` whose only function returns one digit, so that all of them have the same length. */
const writeBundle = (id: string, digit: number): void =>
  writeFileSync(bundle, `/* ${id} */ (function (exports) { exports.answer = () => ${digit}; })\n`);

const idA = 'aaaaaaaaaaaaaaaa';
const idB = 'bbbbbbbbbbbbbbbb';

/** What the bundle answers when a new process loads it. */
function answer(cacheDirectory = caches): string {
  const script = `
    import { createRequire } from 'node:module';
    import { installCodeCache } from ${JSON.stringify(new URL('./code-cache.ts', import.meta.url).href)};
    installCodeCache();
    process.stdout.write(String(createRequire(${JSON.stringify(bundle)})('./bundle.cjs').answer()));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { encoding: 'utf8', env: { ...process.env, BAILOUT_CACHE: cacheDirectory } },
  );
  assert.equal(status, 0, stderr);
  return stdout;
}

test('the first load leaves a cache, the second runs from it', () => {
  writeBundle(idA, 1);
  assert.equal(answer(), '1');
  assert.deepEqual(readdirSync(caches), [path.basename(cacheFile)]);
  // V8 compares no more of the text than its length: the old answer shows that the cache was used.
  writeBundle(idA, 2);
  assert.equal(answer(), '1');
});

test('a cache of another build is refused and replaced', () => {
  writeBundle(idB, 3);
  assert.equal(answer(), '3');
  writeBundle(idB, 4);
  assert.equal(answer(), '3');
});

// Seen to fail: openSealed without its checksum (V8 ends with a signal on most of these).
test('a damaged cache is replaced', () => {
  const good = readFileSync(cacheFile);
  let digit = 4;
  for (const { name, bytes } of damaged(good, 8, 5)) {
    writeFileSync(cacheFile, bytes);
    writeBundle(idB, ++digit % 10);
    assert.equal(answer(), String(digit % 10), name);
    writeBundle(idB, 0);
    assert.equal(answer(), String(digit % 10), `${name}: the new cache`);
  }
});

test('a cache that V8 refuses is replaced', () => {
  const name = path.basename(cacheFile);
  writeFileSync(cacheFile, sealedFile(idB, name, [new Uint8Array(1000)]));
  writeBundle(idB, 5);
  assert.equal(answer(), '5');
  writeBundle(idB, 6);
  assert.equal(answer(), '5');
});

test('a cache directory that cannot be made keeps nothing from running', () => {
  writeBundle(idA, 7);
  assert.equal(answer(path.join(bundle, 'below-a-file')), '7');
});
