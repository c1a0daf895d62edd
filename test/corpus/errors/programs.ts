// Broken programs, and what Node writes to stderr for each.
//
//   syntax.txt, runtime.txt            programs, each below a line `//// file name`
//   syntax.expected, runtime.expected  below the same line: exit status and stderr, without Node's own frames and its version
//
// Recorded by `node --import tsx scripts/record-reference.ts errors [program …]`.

import { readFileSync } from 'node:fs';
import path from 'node:path';

export const lists = ['syntax', 'runtime'] as const;
export type List = (typeof lists)[number];

export interface Section {
  readonly name: string;
  readonly text: string;
}

export const fileOf = (list: List, suffix: 'txt' | 'expected'): string =>
  path.join(import.meta.dirname, `${list}.${suffix}`);

/** The sections of a file, in their order. */
export const sections = (file: string): Section[] =>
  readFileSync(file, 'utf8')
    .split(/^\/\/\/\/ /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return { name: section.slice(0, end), text: section.slice(end + 1) };
    });

export const formatSections = (all: readonly Section[]): string =>
  all.map(({ name, text }) => `//// ${name}\n${text}`).join('');

/** A program's text: without the line break that ends its section when it says so. */
export const programText = (text: string): string =>
  text.replaceAll('<CR>\n', '\r\n').replace(/<EOF>\n$/, '');

/** What of a run is compared: Node's own frames are not, nor is where the program lies. */
export function normalized(folder: string, status: number | null, stderr: string): string {
  const lines: string[] = [];
  for (const line of stderr.replaceAll(folder, '/errors').split('\n')) {
    const isNodes = /^ *at .*\bnode:/.test(line) || /^ *\.\.\. \d+ lines matching cause stack trace/.test(line);
    // what follows the last frame of an error stays
    if (isNodes && lines.length > 0) lines.push(lines.pop()! + (/(?: \{|,)$/.exec(line)?.[0] ?? ''));
    else if (!line.startsWith('Node.js v')) lines.push(line.replace(/^\(node:\d+\)/, '(node:PID)'));
  }
  while (lines.at(-1) === '') lines.pop();
  return `status ${status}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** The parts of a report, each compared on its own. */
export interface Report {
  readonly message: string;
  readonly caret: string;
  readonly whole: string;
}

/** `name: message` as the report's first line after its place; the place is file:line, the line and the carets below. */
export function partsOf(text: string): Report {
  const lines = text.split('\n');
  const caretAt = lines.findIndex((line, at) => at > 2 && at < 6 && /^\s*\^+$/.test(line));
  const caret = caretAt < 0 ? '' : lines.slice(1, caretAt + 1).join('\n');
  const rest = caretAt < 0 ? lines.slice(1) : lines.slice(caretAt + 1).filter((line, at) => at > 0 || line !== '');
  const end = rest.findIndex((line) => /^ +at /.test(line));
  return { message: `${lines[0]}\n${rest.slice(0, end < 0 ? rest.length : end).join('\n')}`, caret, whole: text };
}
