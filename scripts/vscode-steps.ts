// What the walks through a real window share: the workspace they open, and steps that are taken one after the other and counted.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, testSettings } from './vscode-server.ts';
import type { Counts } from './vscode-suite.ts';

export type Step = readonly [title: string, take: () => Promise<void>];

/** An empty workspace below .cache with the tests' settings, and a launch configuration if there is one. Its folder. */
export function newWorkspace(name: string, launch?: object, settings: object = {}): string {
  const folder = path.join(root, '.cache', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  const write = (file: string, content: object): void =>
    writeFileSync(path.join(folder, '.vscode', file), JSON.stringify(content));
  write('settings.json', { ...testSettings, ...settings });
  if (launch !== undefined) write('launch.json', { version: '0.2.0', configurations: [launch] });
  return folder;
}

/**
 * Takes the steps. Where each needs the one before (`isChain`), those after a failure are skipped; else they are tried all the same,
 * once the first has succeeded. `failed` may take a picture of what went wrong; what it gives is told too.
 */
export async function takeSteps(
  name: string,
  steps: readonly Step[],
  isChain: boolean,
  failed: (count: number) => Promise<string>,
): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [title, take] of steps) {
    if (counts.failed > 0 && (isChain || counts.passed === 0)) {
      counts.skipped++;
      console.log(`﹣ vscode ${name}: ${title}`);
      continue;
    }
    const begin = Date.now();
    try {
      await take();
      counts.passed++;
      console.log(`✔ vscode ${name}: ${title} (${Date.now() - begin} ms)`);
    } catch (error) {
      counts.failed++;
      const lines = [(error as Error).message, await failed(counts.failed).catch(() => '')].filter(Boolean).join('\n');
      console.log(`✖ vscode ${name}: ${title}\n    ${lines.replaceAll('\n', '\n    ')}`);
    }
  }
  return counts;
}
