// Runs the built command line (dist/cli.js) in child processes, as a user would.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/**
 * Runs `bailout ...args` to its end.
 * @param during is called with the process once it runs
 */
export const bailout = (
  args: readonly string[],
  { seconds = 60, during }: { readonly seconds?: number; readonly during?: (child: ChildProcess) => void } = {},
): Promise<Finished> => {
  if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`);
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr, milliseconds: performance.now() - started });
    });
    during?.(child);
  });
};
