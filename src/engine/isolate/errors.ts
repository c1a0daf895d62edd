// Host exceptions of the engine and how an uncaught exception is reported.

import type { Tagged } from '../heap/index.ts';
import type { JsSyntaxError } from '../ignition/index.ts';
import { inspect } from '../inspect/index.ts';
import { describeException, isErrorObject, isJSReceiver, isSymbol, type Runtime } from '../runtime/index.ts';
import type { Scripts } from './scripts.ts';

/** The program was terminated from outside; unwinds everything, is caught by no handler. */
export class Termination extends Error {
  constructor() {
    super('execution terminated');
    this.name = 'Termination';
  }
}

/** The shell's `quit(status)`. */
export class Quit extends Error {
  readonly status: number;
  constructor(status: number) {
    super('quit');
    this.status = status;
  }
}

/** Where an exception was thrown. */
export interface ThrowLocation {
  readonly script: Tagged;
  readonly offset: number;
  readonly end: number;
}

/**
 * The report of an uncaught exception:
 *
 *   file.js:3
 *     throw new Error('x');
 *     ^
 *
 *   Error: x
 *       at f (file.js:3:9)
 */
export const uncaughtReport = (
  rt: Runtime,
  scripts: Scripts,
  exception: Tagged,
  location: ThrowLocation | string | undefined,
  style: 'node' | 'd8',
  /** What an object that is no Error says of itself. */
  ownText?: string,
): string => {
  const isError = isErrorObject(rt, exception);
  if (style === 'node' && !isError) return valueReport(rt, scripts, exception, location);
  const made =
    isError && style === 'node' && location === undefined
      ? firstFrame(scripts, describeException(rt, exception))
      : undefined;
  let head = made ?? '';
  if (typeof location === 'string') head = location;
  else if (location !== undefined && (location.script & 1) !== 0) {
    if (style === 'node') head = `${nodePlace(scripts, location)}\n`;
    else {
      const position = scripts.positionAt(location.script, location.offset);
      const line = scripts.lineAt(location.script, location.offset);
      const start = position.column - 1;
      const carets = underline(line, start, start + location.end - location.offset);
      head = `${position.scriptName}:${position.line}: ${(ownText ?? describeException(rt, exception)).split('\n')[0]!}\n${line}\n${carets}`;
    }
  }
  // a file that does not parse has a stack without frames, which inspection would put in brackets
  const isOfFile = typeof location === 'string' && !location.startsWith('node:');
  const text = isError && style === 'node' && !isOfFile ? inspect : describeException;
  return `${head}${ownText ?? text(rt, exception)}\n`;
};

/** Where an exception was thrown, as Node writes it: file:line, the line, carets. */
const nodePlace = (scripts: Scripts, { script, offset, end }: ThrowLocation): string => {
  const position = scripts.positionAt(script, offset);
  const line = scripts.lineAt(script, offset);
  const start = position.column - 1;
  return `${position.scriptName || '<anonymous_script>'}:${position.line}\n${line}\n${underline(line, start, start + end - offset)}`;
};

/** The report of an exception that is no Error: objects inspected, other values as strings. */
const valueReport = (
  rt: Runtime,
  scripts: Scripts,
  exception: Tagged,
  location: ThrowLocation | string | undefined,
): string => {
  const place = typeof location === 'string' ? location : location === undefined ? '' : nodePlace(scripts, location);
  if (isJSReceiver(rt, exception)) return `\n${place}${inspect(rt, exception)}\n`;
  const text = isSymbol(rt, exception) ? '' : describeException(rt, exception);
  return `\n${place}${text}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)\n`;
};

/** Where an error was made, if nobody knows where it was thrown: the first frame of its stack that has a script. */
const firstFrame = (scripts: Scripts, stack: string): string | undefined => {
  for (const [, place, line, column] of stack.matchAll(/^ {4}at (.+):(\d+):(\d+)\)?$/gm)) {
    // a URL of data may have parentheses of its own
    const record = scripts.all.findLast(({ script }) => {
      const known = scripts.nameOf(script);
      return known !== '' && (place === known || place!.endsWith(`(${known}`) || place === `async ${known}`);
    });
    // a text that a script was made of is no script
    const name = record === undefined ? place!.replace(/^.*\((?=[^(]*$)/, '') : scripts.nameOf(record.script);
    const text = scripts.shownLine(name, Number(line));
    if (text === undefined) continue;
    return `${name}:${line}\n${text}\n${underline(text, Number(column) - 1, Number(column))}\n`;
  }
  return undefined;
};

/** file:line, the source line and carets, as they stand above a report. */
export const syntaxErrorPlace = ({ start, end }: JsSyntaxError, file: string, source: string): string => {
  const before = source.slice(0, start);
  const line = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const text = source.slice(lineStart).split(/\r?\n/, 1)[0]!;
  return `${file}:${line}\n${text}\n${underline(text, start - lineStart, end - lineStart)}\n`;
};

/** The longest line of carets that Node writes. */
const longestUnderline = 1020;

/** The line below a source line; none for a range that ends behind it (which Node measures in bytes). */
export const underline = (text: string, start: number, end: number): string => {
  if (end > Buffer.byteLength(text)) return '';
  const carets = text.slice(0, start).replace(/[^\t]/g, ' ') + '^'.repeat(Math.min(end, text.length) - start);
  return `${carets.slice(0, longestUnderline)}\n`;
};

/** The whole report of a file that does not parse. */
export const syntaxErrorReport = (error: JsSyntaxError, file: string, source: string): string =>
  `${syntaxErrorPlace(error, file, source)}SyntaxError: ${error.message}\n`;
