// `bailout run` and `bailout d8`: V8's flags, then files.

import {
  FlagError,
  type ParsedFlags,
  parseFlags,
  report as reportBailouts,
  runD8,
  runProgram,
} from '../engine/index.ts';

/** Parses the flags and runs; an unknown flag is a usage error (status 2). */
const withFlags = (
  command: string,
  args: readonly string[],
  options: Parameters<typeof parseFlags>[1],
  run: (parsed: ParsedFlags) => number,
): Promise<number> => {
  let parsed: ParsedFlags;
  try {
    parsed = parseFlags(args, options);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    process.stderr.write(`bailout ${command}: ${error.message}\n`);
    return Promise.resolve(2);
  }
  for (const warning of parsed.warnings) process.stderr.write(`${warning}\n`);
  if (parsed.rest.length === 0) {
    process.stderr.write(`bailout ${command}: expected a JavaScript file; see 'bailout --help'\n`);
    return Promise.resolve(2);
  }
  return Promise.resolve(run(parsed));
};

export const run = (args: readonly string[]): Promise<number> =>
  withFlags('run', args, { stopAtFirstFile: true }, runProgram);

export const d8 = (args: readonly string[]): Promise<number> =>
  withFlags('d8', args, { shellFlags: ['module', 'ignore-unhandled-promises', 'omit-quit', 'fuzzing'] }, runD8);

export const report = (args: readonly string[]): Promise<number> =>
  withFlags('report', args, { stopAtFirstFile: true }, reportBailouts);
