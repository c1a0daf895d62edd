// Runs the Mocha suite of test/vscode/suite inside a real VS Code: an installed one through @vscode/test-electron
// (BAILOUT_VSCODE=/path/to/code, or --electron to download one), else VS Code's server in a browser. Prints a line per test,
// then the counts.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Result } from '../test/vscode/suite/index.ts';
import { root } from './vscode-server.ts';
import type { Host } from './vscode-walks.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const bundle = path.join(root, 'dist/test/vscode/index.cjs');
const limit = 300_000;

/** Prints results as they come; resolves at the end of the suite. */
async function follow(file: string, counts: Counts, stopped: () => boolean): Promise<void> {
  let seen = 0;
  const end = Date.now() + limit;
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(seen)) {
      const result = JSON.parse(line) as Result;
      if (result.kind === 'end') return;
      if (result.kind === 'pass') counts.passed++;
      else if (result.kind === 'skip') counts.skipped++;
      else counts.failed++;
      const mark = { pass: '✔', skip: '﹣', fail: '✖' }[result.kind];
      console.log(`${mark} vscode: ${result.title} (${result.milliseconds} ms)`);
      if (result.error !== undefined) console.log(result.error.replace(/^/gm, '    '));
    }
    seen = lines.length;
    if (stopped() || Date.now() > end) {
      counts.failed++;
      console.log(`✖ vscode: the suite did not come to its end${stopped() ? '' : ` within ${limit / 1000} s`}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const results = path.join(root, '.cache', `vscode-results-${process.pid}.jsonl`);
const workspace = path.join(root, 'examples');

/** Where the extension host tells results. */
export const suiteEnvironment: NodeJS.ProcessEnv = { BAILOUT_TEST_RESULTS: results };

export async function takeSuite(host: Host): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const executable = process.env.BAILOUT_VSCODE;
  try {
    if (executable !== undefined || process.argv.includes('--electron')) await inElectron(executable, counts);
    else await inBrowser(host, counts);
  } finally {
    rmSync(results, { force: true });
  }
  return counts;
}

async function inElectron(executable: string | undefined, counts: Counts): Promise<void> {
  let stopped = false;
  const electron = runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: bundle,
    extensionTestsEnv: suiteEnvironment as Record<string, string>,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--no-sandbox'],
  }).then(
    () => (stopped = true),
    () => (stopped = true),
  );
  await follow(results, counts, () => stopped);
  await electron;
}

async function inBrowser({ server, browser }: Host, counts: Counts): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.on('console', (message) => {
    if (process.env.BAILOUT_VERBOSE === '1') console.log(`    [window] ${message.text()}`);
  });
  await page.goto(server.url(workspace, { tests: bundle }));
  await follow(results, counts, () => false);
  if (counts.failed > 0) {
    const file = path.join(root, '.cache/screenshots/suite-failed.png');
    await page.screenshot({ path: file }).then(
      () => console.log(`    screenshot: ${file}`),
      () => {},
    );
  }
  await page.close();
}
