import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { packageFolder, thirdPartyNotices } from './notices.ts';

const root = path.resolve(import.meta.dirname, '..');

function withPackage(
  manifest: Record<string, string>,
  licence: string | undefined,
  check: (root: string) => void,
): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailout-notices-'));
  try {
    mkdirSync(path.join(folder, 'node_modules/@a/b'), { recursive: true });
    writeFileSync(
      path.join(folder, 'node_modules/@a/b/package.json'),
      JSON.stringify({ name: '@a/b', version: '1.0.0', ...manifest }),
    );
    if (licence !== undefined) writeFileSync(path.join(folder, 'node_modules/@a/b/LICENSE.md'), licence);
    check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a file belongs to the innermost package', () => {
  assert.equal(packageFolder('node_modules/@a/b/lib/x.js'), 'node_modules/@a/b');
  assert.equal(packageFolder('node_modules/a/node_modules/b/x.js'), 'node_modules/a/node_modules/b');
  assert.equal(packageFolder('src/engine/index.ts'), undefined);
});

test('each package is named with its licence and its text', () => {
  withPackage({ license: 'MIT' }, 'Permission is granted.\n', (folder) => {
    const text = thirdPartyNotices(folder, ['src/x.ts', 'node_modules/@a/b/x.js', 'node_modules/@a/b/y.js']);
    assert.equal(text.match(/@a\/b 1\.0\.0 \(MIT\)/g)!.length, 2);
    assert.match(text, /Permission is granted\./);
  });
});

test('a package without a licence text, or with a licence that is in no list, is refused', () => {
  withPackage({ license: 'MIT' }, undefined, (folder) =>
    assert.throws(() => thirdPartyNotices(folder, ['node_modules/@a/b/x.js']), /@a\/b 1\.0\.0 has no licence text/),
  );
  withPackage({ license: 'GPL-3.0' }, 'text', (folder) =>
    assert.throws(() => thirdPartyNotices(folder, ['node_modules/@a/b/x.js']), /licence 'GPL-3\.0' is in no list/),
  );
});

test('the built notices name what the bundles contain, and only shipped files are in the package', () => {
  const text = readFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of [
    'acorn',
    'iced-x86',
    '@swc/wasm-typescript',
    'typescript',
    '@vscode/debugadapter',
    'readable-stream',
  ])
    assert.match(text, new RegExp(`^  ${name} \\d`, 'm'));
  assert.match(readFileSync(path.join(root, '.vscodeignore'), 'utf8'), /^!dist\/THIRD-PARTY-NOTICES\.txt$/m);
});
