// THIRD-PARTY-NOTICES.txt: whose code is in the bundles, and under what licence. Made in the build from what esbuild read; a package
// without a licence text, or with a licence that nobody has looked at, fails the build.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Licences (SPDX) that allow to ship the code with a notice. */
const permissive = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
]);

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly texts: readonly string[];
}

/** Folder of the package that a file belongs to; undefined for the project's own files. */
export function packageFolder(file: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1];
}

function read(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Package;
  if (!permissive.has(license))
    throw new Error(`${name} ${version}: its licence '${license}' is in no list (scripts/notices.ts)`);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|third-?party-?notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  if (texts.length === 0) throw new Error(`${name} ${version} has no licence text`);
  return { name, version, license, texts };
}

/** @param files what the bundles were made of, relative to `root` */
export function thirdPartyNotices(root: string, files: Iterable<string>): string {
  const folders = new Set<string>();
  for (const file of files) {
    const folder = packageFolder(file);
    if (folder !== undefined && existsSync(path.join(root, folder, 'package.json'))) folders.add(folder);
  }
  const packages = [...folders].map((folder) => read(path.join(root, folder)));
  packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
  const line = '-'.repeat(100);
  const list = packages.map(({ name, version, license }) => `  ${name} ${version} (${license})`);
  const sections = packages.map(
    ({ name, version, license, texts }) => `${line}\n${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`,
  );
  return `Bailout contains code of these packages:\n\n${list.join('\n')}\n\n${sections.join('\n')}`;
}
