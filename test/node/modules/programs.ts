// The programs of this folder, and their output without what is not theirs: places, Node's own frames.

import { readdirSync } from 'node:fs';
import path from 'node:path';

export const tree = path.join(import.meta.dirname, 'tree');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(tree, folder))
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => path.join(folder, name));

/** Files beside the programs that are only loaded by them. */
const parts =
  /^(?:requests|child|hooked-target|throws|shebang|bom|returns|meta-other|broken|noname|nocjsname|throwing.*)\.m?js$/;

export const programs: readonly string[] = [
  ...filesIn('.').filter((name) => !parts.test(name)),
  ...filesIn('imp').filter((name) => name.includes('internal')),
  ...filesIn('fail'),
];

export const expectedFile = (program: string): string =>
  path.join(import.meta.dirname, 'expected', `${program.replaceAll('/', '-')}.txt`);

/** stderr begins with the error; its frames and the place above it are compared elsewhere. */
export function normalized(stdout: string, stderr: string, status: number): string {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => /^(?:\w*Error\b|Warning)/.test(line));
  const report = (start < 0 ? [] : lines.slice(start))
    .map((line) => line.replace(/^ {4}at .*?(?: \{)?$/, (frame) => (frame.endsWith(' {') ? '{' : '')))
    .filter((line) => line !== '' && !line.startsWith('Node.js v'));
  const text = `${stdout}--- ${status}\n${report.map((line) => `${line}\n`).join('')}`;
  return text.replaceAll(tree, '/tree').replaceAll(path.dirname(tree), '/parent');
}
