// Runs a broken program here, in this process.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseFlags } from '../../../src/engine/base/index.ts';
import { nodeHost } from '../../../src/engine/isolate/index.ts';
import { runProgram } from '../../../src/engine/node/index.ts';
import { normalized, programText, type Section } from './programs.ts';

/** What is recorded of a program, of this engine. The program lies in `folder` afterwards. */
export function runBroken(folder: string, { name, text }: Section, flags: readonly string[] = []): string {
  const file = path.join(folder, name);
  writeFileSync(file, programText(text));
  let stderr = '';
  const host = {
    ...nodeHost(),
    write: (stream: 'stdout' | 'stderr', chunk: string): void => {
      if (stream === 'stderr') stderr += chunk;
    },
    writeBytes: (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => {
      if (stream === 'stderr') stderr += Buffer.from(bytes).toString();
    },
    currentDirectory: () => folder,
  };
  const status = runProgram(parseFlags([...flags, file], { stopAtFirstFile: true }), host);
  return normalized(folder, status, stderr);
}
