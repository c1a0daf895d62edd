// Walks through real windows: each has a workspace, a window and steps of its own; they share VS Code's server and the browser.
// Screenshots go to .cache/screenshots; with `--keep` those that the README and the walkthrough show are copied to where these look.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser, root, startServer, type VSCodeServer } from './vscode-server.ts';
import { ContactSheet } from './vscode-sheet.ts';
import { newWorkspace, type Step, takeSteps } from './vscode-steps.ts';
import type { Counts } from './vscode-suite.ts';
import type { VSCodeWindow } from './vscode-window.ts';

export const shots = path.join(root, '.cache/screenshots');

/** What all windows share. */
export interface Host {
  readonly server: VSCodeServer;
  readonly browser: Browser;
  readonly sheet: ContactSheet;
}

export interface Walk<W extends VSCodeWindow = VSCodeWindow> {
  readonly name: string;
  readonly window: new (...args: ConstructorParameters<typeof VSCodeWindow>) => W;
  readonly steps: (window: W, host: Host) => readonly Step[];
  /** Each step needs the one before. */
  readonly isChain?: boolean;
  /** Of the workspace: copied from examples/, or written. */
  readonly examples: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly launch?: object;
  readonly settings?: object;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Which screenshots are shown where. */
  readonly kept?: readonly (readonly [shot: string, file: string])[];
}

/** F5 stops at bailouts, whatever file is open. */
export const stopAtBailouts = {
  type: 'bailout',
  request: 'launch',
  name: 'Bailout',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code substitutes it
  program: '${file}',
  stopOnBailout: true,
};

/** Starts the server and the browser for what `use` does with them. */
export async function withHost<T>(env: NodeJS.ProcessEnv, use: (host: Host) => Promise<T>): Promise<T> {
  const server = await startServer({ env });
  const browser = await launchBrowser();
  try {
    return await use({ server, browser, sheet: new ContactSheet() });
  } finally {
    await browser.close();
    await server.stop();
  }
}

export async function takeWalk<W extends VSCodeWindow>(host: Host, walk: Walk<W>): Promise<Counts> {
  const folder = path.join(shots, walk.name);
  rmSync(folder, { recursive: true, force: true });
  const workspace = newWorkspace(`${walk.name}-walk`, walk.launch, walk.settings);
  for (const file of walk.examples) copyFileSync(path.join(root, 'examples', file), path.join(workspace, file));
  for (const [file, text] of Object.entries(walk.files ?? {})) writeFileSync(path.join(workspace, file), text);
  const page = await host.browser.newPage({ viewport: walk.viewport });
  page.setDefaultTimeout(30_000);
  await page.goto(host.server.url(workspace));
  const window = new walk.window(page, { workspace, shots: folder }, host.sheet);
  const steps = walk.steps(window, host);
  const counts = await takeSteps(walk.name, steps, walk.isChain === true, (count) => window.shot(`failed-${count}`));
  if (process.argv.includes('--keep') && counts.failed === 0)
    for (const [shot, file] of walk.kept ?? []) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      copyFileSync(path.join(folder, `${shot}.png`), path.join(root, file));
    }
  await page.close();
  return counts;
}
