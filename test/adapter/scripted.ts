// The adapter over the scripted engine, on a port, for a window's `debugServer`.

import { spawn } from 'node:child_process';
import path from 'node:path';

export async function startScriptedAdapter(
  repository = process.cwd(),
): Promise<{ readonly port: number; stop(): void }> {
  const child = spawn(process.execPath, [path.join(repository, 'dist/test/fake-adapter.js'), '--port', '0'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())));
  });
  return { port, stop: () => void child.kill() };
}
