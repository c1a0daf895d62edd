// The `bailout` command. One row per subcommand; each returns the exit status. What a subcommand does not need is not loaded.

import { installCodeCache } from './code-cache.ts';
import { dap } from './dap.ts';
import { d8, report, run } from './run.ts';

interface Subcommand {
  readonly usage: string;
  readonly summary: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  run: {
    usage: 'bailout run [--allow-fs-write=DIR] [--enable-source-maps] [V8 flags] file.js [-- args]',
    summary: 'run a program as Node does: console, modules, timers',
    run,
  },
  d8: {
    usage: 'bailout d8 [V8 flags] a.js b.js',
    summary: 'run scripts in one realm as V8 does in its shell',
    run: d8,
  },
  report: {
    usage: 'bailout report [V8 flags] file.js',
    summary: 'run a program and explain every tier-up and bailout',
    run: report,
  },
  dap: { usage: 'bailout dap [--port N]', summary: 'the debug adapter, on stdio or a loopback port', run: dap },
};

function usage(): string {
  return Object.values(subcommands)
    .map(({ usage, summary }) => `  ${usage.padEnd(44)}${summary}\n`)
    .join('');
}

const [name, ...args] = process.argv.slice(2);
const subcommand = name !== undefined && Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
if (subcommand === undefined) {
  const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
  if (!asked) process.stderr.write(`bailout: unknown command '${name}'\n`);
  (asked ? process.stdout : process.stderr).write(`Usage:\n${usage()}`);
  process.exitCode = asked && name !== undefined ? 0 : 2;
} else {
  installCodeCache();
  subcommand.run(args).then((status) => {
    process.exitCode = status;
  });
}
