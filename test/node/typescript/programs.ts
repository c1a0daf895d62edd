// The programs of this folder, the flags that Node needs for them, and their output without what is not theirs.

import { readdirSync } from 'node:fs';
import path from 'node:path';

export const tree = path.join(import.meta.dirname, 'testdata');

const names = (folder: string): string[] =>
  readdirSync(path.join(tree, folder))
    .filter((name) => /\.[cm]?[jt]s$/.test(name) && name !== 'box.ts')
    .map((name) => path.join(folder, name));

export const programs: readonly string[] = [...names('.'), ...names('maps')];

/** What Node transforms, and what it shows through maps, only when asked. */
export const nodeFlags = (program: string): readonly string[] => [
  ...(program.startsWith('transform-') ? ['--experimental-transform-types'] : []),
  ...(program.startsWith('maps/') ? ['--enable-source-maps'] : []),
];

export const expectedFile = (program: string): string =>
  path.join(import.meta.dirname, 'expected', `${program.replaceAll('/', '-')}.txt`);

/** Whole stacks; without the frames of Node's loaders, and where Node shows its own code above an error. */
export const normalized = (stdout: string, stderr: string, status: number): string =>
  `${stdout}--- ${status}\n${stderr}`
    .replace(/^node:internal.*\n.*\n *\^\n\n/m, '')
    .split('\n')
    .filter((line) => !/^ {4}at .*node:internal|^Node\.js v/.test(line))
    .map((line) => (/^ {4}at .*node:internal.* \{$/.test(line) ? '{' : line))
    .join('\n')
    .replace(/ \{\n {2}code: '(\w+)'\n\}/, '')
    .replace(/\n {2}code: '\w+'\n\}/, '')
    .replace(/\n{2,}/g, '\n')
    .replaceAll(tree, '/tree');
