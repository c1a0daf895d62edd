// Programs whose first line gives flags: `// flags: --no-use-ic --trace-opt`. What they print and trace is compared with what the
// reference did (x.expected), by lines that can be: without addresses, node numbers and times, and without the functions of
// Node's own library.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

export const flagPrograms = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.slice(0, -3))
    .sort();

export const fileOf = (name: string, extension: 'js' | 'expected'): string => join(folder, `${name}.${extension}`);

export const flagsOf = (name: string): string[] =>
  /^\/\/ flags: (.*)\n/.exec(readFileSync(fileOf(name, 'js'), 'utf8'))![1]!.split(' ');

/** Names that the program gives its functions and classes. */
const functionNames = (text: string): Set<string> =>
  new Set([...text.matchAll(/(?:function|class) (\w+)|^class .*?\b(\w+)\(.*?\) \{|(\w+)\(\) \{ return (?:this|super)/gm)].flatMap((m) => m.slice(1)));

/** What of the output counts: the program's own lines, and traces of its functions. */
export function normalizedTrace(name: string, output: string): string {
  const names = functionNames(readFileSync(fileOf(name, 'js'), 'utf8'));
  const lines = output.split('\n').filter((line) => isOwn(line, names));
  return `${lines.map(normalizedLine).join('\n').trimEnd()}\n`;
}

function isOwn(line: string, names: ReadonlySet<string>): boolean {
  if (/^\[bailout end|^\[marking dependent|^ {2,}[^-]|^\[disabled/.test(line)) return false;
  const mentioned = /<(?:JSFunction|SharedFunctionInfo) ?([\w.]*)/.exec(line);
  return mentioned === null ? !/^\[(?:compiling|completed|marking|optimizing|bailout)/.test(line) : names.has(mentioned[1]!);
}

const normalizedLine = (line: string): string =>
  line
    .replace(/0x[0-9a-f]+/g, '0x…')
    .replace(/#\d+/g, '#…')
    .replace(/took .*/, 'took …')
    .replace('kConcurrent', 'kSynchronous')
    .replace(/(deoptimizing .*?>),.*?(bytecode offset \d+).*/, '$1 $2');
