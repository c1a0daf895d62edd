// The `bailout` command. One row per subcommand; each returns the exit status.

import { dap } from './dap.ts';

interface Subcommand {
  readonly usage: string;
  readonly summary: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
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
  process.exitCode = await subcommand.run(args);
}
