// Lines of listings: which instruction a line shows, what it does, and where it jumps. Pure functions over text, in the
// formats of --print-bytecode and --print-opt-code:
//
//     42 E> 0x3a10b520197e @    6 : 75 f8 00          TestLessThan r1, [0]
//           0x3a10b5201981 @    9 : a3 1d             JumpIfFalse [29] (0x3a10b520199e @ 38)
//   0x1c2f00400140    40  483b65e0       cmpq rsp,[rbp-0x20]
//   0x1c2f00400144    44  0f86a0000000   jna 0x1c2f004001ea  <+0xea>

import { explainBytecode } from './bytecode-explain.ts';
import { explainInstruction } from './x64-explain.ts';

export interface Explanation {
  readonly markdown: string;
  /** Columns that it is about. */
  readonly start: number;
  readonly end: number;
}

const bytecodeLine =
  /^(\s*(?:\d+ [SE]>)?\s*(?:0x[0-9a-f]+)? ?@ +(\d+) : (?:[0-9a-f]{2} )+\s*)([A-Z]\w*(?:\.(?:Wide|ExtraWide))?)(.*)$/;
const codeLine = /^(\s*(0x[0-9a-f]+) +([0-9a-f]+) +)((?:[0-9a-f]{2})+)(\s+)(.*)$/i;

/** No instruction's line is longer; a file that only looks like a listing may have any. */
const longestLine = 1000;
const matched = (pattern: RegExp, line: string): RegExpExecArray | null =>
  line.length > longestLine ? null : pattern.exec(line);

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export function explainLine(language: string, line: string, column: number): Explanation | undefined {
  if (language === 'bailout-bytecode') {
    const match = matched(bytecodeLine, line);
    if (match === null || column < match[1]!.length) return undefined;
    const markdown = explainBytecode(match[3]!);
    return markdown === undefined
      ? undefined
      : { markdown, start: match[1]!.length, end: match[1]!.length + match[3]!.length };
  }
  const match = matched(codeLine, line);
  if (match === null || column < match[1]!.length) return undefined;
  const markdown = explainInstruction(bytesOf(match[4]!), BigInt(match[2]!));
  const start = match[1]!.length + match[4]!.length + match[5]!.length;
  return markdown === undefined
    ? undefined
    : { markdown, start, end: Math.max(start, line.replace(/\s*;;.*$/, '').length) };
}

/** The line that the jump on `line` goes to. */
export function jumpTargetLine(lines: readonly string[], line: number): number | undefined {
  const text = lines[line] ?? '';
  const bytecode = matched(bytecodeLine, text);
  if (bytecode !== null) {
    const target = / @ (\d+)\)/.exec(bytecode[4]!);
    return target === null
      ? undefined
      : find(lines, (candidate) => matched(bytecodeLine, candidate)?.[2] === target[1]);
  }
  const code = matched(codeLine, text);
  const target = code === null ? null : /^(?:j\w+|call\w*)\s+(0x[0-9a-f]+)/i.exec(code[6]!);
  if (target === null) return undefined;
  const address = BigInt(target[1]!);
  return find(lines, (candidate) => {
    const match = matched(codeLine, candidate);
    return match !== null && BigInt(match[2]!) === address;
  });
}

function find(lines: readonly string[], wanted: (line: string) => boolean): number | undefined {
  const index = lines.findIndex(wanted);
  return index < 0 ? undefined : index;
}
