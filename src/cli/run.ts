// `bailout run`, `bailout d8` and `bailout report`: V8's flags, then files.

import type { ParsedFlags } from '../engine/index.ts';

type Engine = typeof import('../engine/index.ts');
type Entry = (parsed: ParsedFlags) => number;

/** Parses the flags and runs; an unknown flag is a usage error (status 2). */
const command =
  (name: string, options: Parameters<Engine['parseFlags']>[1], entryOf: (engine: Engine) => Entry | Promise<Entry>) =>
  async (args: readonly string[]): Promise<number> => {
    const engine = await import('../engine/index.ts');
    let parsed: ParsedFlags;
    try {
      parsed = engine.parseFlags(args, options);
    } catch (error) {
      if (!(error instanceof engine.FlagError)) throw error;
      process.stderr.write(`bailout ${name}: ${error.message}\n`);
      return 2;
    }
    for (const warning of parsed.warnings) process.stderr.write(`${warning}\n`);
    if (parsed.rest.length === 0) {
      process.stderr.write(`bailout ${name}: expected a JavaScript file; see 'bailout --help'\n`);
      return 2;
    }
    return (await entryOf(engine))(parsed);
  };

export const run = command(
  'run',
  { stopAtFirstFile: true, shellFlags: ['allow-fs-write', 'enable-source-maps'] },
  ({ runProgram }) => runProgram,
);

export const d8 = command(
  'd8',
  { shellFlags: ['module', 'ignore-unhandled-promises', 'omit-quit', 'fuzzing'] },
  ({ runD8 }) => runD8,
);

export const report = command(
  'report',
  { stopAtFirstFile: true },
  async () => (await import('../engine/debug/index.ts')).report,
);
