// All tests in a real VS Code: the Mocha suite, and walks through windows. They wait more than they work, so two lanes of them go at the same
// time. `--suite`, `--everyday`, `--picture`, `--machine`, `--first` and `--clicks` choose. What the walks saw is in
// .cache/screenshots: index.html, and contact-sheet.png of it.

import { clicksWalk } from './vscode-clicks.ts';
import { firstWalk } from './vscode-first.ts';
import { machineWalk } from './vscode-machine.ts';
import { pictureWalk } from './vscode-picture.ts';
import type { Counts } from './vscode-suite.ts';
import { suiteEnvironment, takeSuite } from './vscode-suite.ts';
import { everydayWalk } from './vscode-walk.ts';
import { type Host, shots, takeWalk, withHost } from './vscode-walks.ts';

type Part = readonly [option: string, take: (host: Host) => Promise<Counts>];

const lanes: readonly (readonly Part[])[] = [
  [
    ['--suite', takeSuite],
    ['--everyday', (host) => takeWalk(host, everydayWalk)],
    ['--clicks', (host) => takeWalk(host, clicksWalk)],
  ],
  [
    ['--picture', (host) => takeWalk(host, pictureWalk)],
    ['--machine', (host) => takeWalk(host, machineWalk)],
    ['--first', (host) => takeWalk(host, firstWalk)],
  ],
];

const options = lanes.flat().map(([option]) => option);
const chosen = options.filter((option) => process.argv.includes(option));
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };

async function takeLane(host: Host, parts: readonly Part[]): Promise<void> {
  for (const [option, take] of parts) {
    if (chosen.length > 0 && !chosen.includes(option)) continue;
    try {
      const { passed, failed, skipped } = await take(host);
      counts.passed += passed;
      counts.failed += failed;
      counts.skipped += skipped;
    } catch (error) {
      fail(`${option}: ${(error as Error).stack}`);
    }
  }
}

function fail(what: string): void {
  counts.failed++;
  console.log(`✖ vscode ${what}`);
}

await withHost(suiteEnvironment, async (host) => {
  await Promise.all(lanes.map((parts) => takeLane(host, parts)));
  if (host.sheet.shots.length === 0) return;
  const blank = await host.sheet.write(host.browser, shots);
  for (const line of blank) fail(line);
  if (blank.length === 0) counts.passed++;
  console.log(
    `${blank.length === 0 ? '✔' : '✖'} vscode contact sheet: ${host.sheet.shots.length} pictures, ${shots}/index.html`,
  );
});
console.log(`# vscode: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
