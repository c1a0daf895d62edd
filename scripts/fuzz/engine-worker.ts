// Runs programs one after another in the built engine (dist/engine.cjs), each in an isolate of its own.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installCodeCache } from '../../src/cli/code-cache.ts';

type Engine = typeof import('../../src/engine/index.ts');

installCodeCache();
const dist = process.argv[2] ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../dist');
const { parseFlags, runProgram } = createRequire(import.meta.url)(path.join(dist, 'engine.cjs')) as Engine;

process.on('message', ({ id, source, flags }: { id: number; source: string; flags: readonly string[] }) => {
  let stdout = '';
  let stderr = '';
  let failed = '';
  let time = 0;
  let random = 1;
  try {
    const parsed = parseFlags(['--allow-natives-syntax', ...flags, '/program.js'], { stopAtFirstFile: true });
    const host: Parameters<Engine['runProgram']>[1] = {
      write: (stream, text) => {
        if (stream === 'stdout') stdout += text;
        else stderr += text;
      },
      currentTime: () => 1_700_000_000_000 + time,
      monotonicTime: () => time,
      random: () => {
        random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
        return random / 0x80000000;
      },
      readFile: (file) => {
        if (file === '/program.js') return source;
        throw Object.assign(new Error(`no such file: ${file}`), { code: 'ENOENT' });
      },
      kindOf: () => undefined,
      realpath: (path) => path,
      currentDirectory: () => '/',
      sleep: (milliseconds) => {
        time += milliseconds;
      },
      readLine: () => undefined,
      readInput: () => undefined,
      writeBytes: () => undefined,
      processId: 1,
      residentBytes: () => 0,
      terminal: () => undefined,
    };
    // as in the reference's worker
    const status = runProgram(parsed, host, { ignoresRejections: true });
    if (status !== 0) failed = /^(\w*Error)\b/m.exec(stderr)?.[1] ?? `status ${status}`;
  } catch (error) {
    failed = `engine: ${(error as Error).stack?.split('\n').slice(0, 3).join(' ').replace(/\s+/g, ' ') ?? String(error)}`;
  }
  process.send!({ id, stdout, failed, stderr });
});
