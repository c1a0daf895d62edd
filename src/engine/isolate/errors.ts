// Host exceptions of the engine and how an uncaught exception is reported.

import type { Tagged } from '../heap/index.ts';
import { describeException, type Runtime } from '../runtime/index.ts';
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
  location: ThrowLocation | undefined,
  style: 'node' | 'd8',
): string => {
  let head = '';
  if (location !== undefined && (location.script & 1) !== 0) {
    const position = scripts.positionAt(location.script, location.offset);
    const line = scripts.lineText(location.script, position.line);
    const indent = line.slice(0, position.column - 1).replace(/[^\t]/g, ' ');
    head =
      style === 'node'
        ? `${position.scriptName}:${position.line}\n${line}\n${indent}^\n\n`
        : `${position.scriptName}:${position.line}: ${describeException(rt, exception).split('\n')[0]!.replace(/^/, '')}\n${line}\n${indent}^\n`;
  }
  return `${head}${describeException(rt, exception)}\n`;
};
