// Host exceptions of the engine and how an uncaught exception is reported.

import { inspect } from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { JsSyntaxError } from '../ignition/index.ts';
import { describeException, isErrorObject, type Runtime } from '../runtime/index.ts';
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
): string => {
  const isError = isErrorObject(rt, exception);
  const made =
    isError && style === 'node' && location === undefined
      ? firstFrame(scripts, describeException(rt, exception))
      : undefined;
  let head = made ?? '';
  if (typeof location === 'string') head = location;
  else if (location !== undefined && (location.script & 1) !== 0) {
    const position = scripts.positionAt(location.script, location.offset);
    const line = scripts.lineAt(location.script, location.offset);
    const indent = line.slice(0, position.column - 1).replace(/[^\t]/g, ' ');
    head =
      style === 'node'
        ? `${position.scriptName}:${position.line}\n${line}\n${indent}^\n\n`
        : `${position.scriptName}:${position.line}: ${describeException(rt, exception).split('\n')[0]!}\n${line}\n${indent}^\n`;
  }
  // a file that does not parse has a stack without frames, which inspection would put in brackets
  const isInspected = typeof location !== 'string' || describeException(rt, exception).includes('\n    at ');
  const text = isError && style === 'node' && isInspected ? inspect : describeException;
  return `${head}${text(rt, exception)}\n`;
};

/** Where an error was made, if nobody knows where it was thrown: the first frame of its stack that has a script. */
const firstFrame = (scripts: Scripts, stack: string): string | undefined => {
  for (const [, name, line, column] of stack.matchAll(/^ {4}at (?:.*\()?(.+):(\d+):(\d+)\)?$/gm)) {
    const text = scripts.shownLine(name!, Number(line));
    if (text === undefined) continue;
    return `${name}:${line}\n${text}\n${text.slice(0, Number(column) - 1).replace(/[^\t]/g, ' ')}^\n\n`;
  }
  return undefined;
};

/** file:line, the source line and carets, as they stand above a report. */
export const syntaxErrorPlace = ({ start, end }: JsSyntaxError, file: string, source: string): string => {
  const before = source.slice(0, start);
  const line = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const text = source.slice(lineStart).split(/\r?\n/, 1)[0]!;
  const carets = '^'.repeat(Math.max(1, Math.min(end, lineStart + text.length) - start));
  return `${file}:${line}\n${text}\n${text.slice(0, start - lineStart).replace(/[^\t]/g, ' ')}${carets}\n\n`;
};

/** The whole report of a file that does not parse. */
export const syntaxErrorReport = (error: JsSyntaxError, file: string, source: string): string =>
  `${syntaxErrorPlace(error, file, source)}SyntaxError: ${error.message}\n`;
