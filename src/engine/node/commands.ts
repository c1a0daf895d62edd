// What the command line's `run` does, as a function: flags and a file in, exit status out.

import { resolve } from 'node:path';
import type { ParsedFlags } from '../base/index.ts';
import { type Host, nodeHost } from '../isolate/index.ts';
import { isolateFor, readOrReport } from '../shell/index.ts';
import { NodeShell, type ShellOptions } from './node-shell.ts';

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** `bailout run`: one program. */
export const runProgram = (parsed: ParsedFlags, host: Host = nodeHost(), options: ShellOptions = {}): number => {
  const [file, ...rest] = parsed.rest;
  if (file === undefined) {
    host.write('stderr', 'bailout run: expected a JavaScript file\n');
    return 2;
  }
  const source = readOrReport(host, 'run', file);
  if (source === undefined) return 1;
  const path = resolve(file);
  // `run file.js -- args`: the dashes are ours, not the program's
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  const argv = ['/usr/local/bin/node', path, ...args, ...parsed.afterDashes];
  const shell = new NodeShell((embedder) => isolateFor(parsed.flags, host, embedder), argv, {
    permissions: { read: true, write: parsed.shellLists.get('allow-fs-write') ?? [] },
    env: definedOnly(process.env),
    ...options,
  });
  shell.isolate.scripts.sourceMaps.mapsStacks = parsed.shell.has('enable-source-maps');
  return shell.run(path, source);
};
