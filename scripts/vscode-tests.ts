// All tests in a real VS Code: the Mocha suite, then Playwright walks. `--suite`, `--walk`, `--picture`,
// `--machine` and `--first` choose.

import { runFirstWalk } from './vscode-first.ts';
import { runMachineWalk } from './vscode-machine.ts';
import { runPictureWalk } from './vscode-picture.ts';
import { runSuite } from './vscode-suite.ts';
import { runWalk } from './vscode-walk.ts';

const chosen = process.argv.filter((argument) => /^--(suite|walk|picture|machine|first)$/.test(argument));
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, run] of [
  ['--suite', runSuite],
  ['--walk', runWalk],
  ['--picture', runPictureWalk],
  ['--machine', runMachineWalk],
  ['--first', runFirstWalk],
] as const) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  try {
    const { passed, failed, skipped } = await run();
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
  } catch (error) {
    counts.failed++;
    console.log(`✖ vscode ${name}: ${(error as Error).stack}`);
  }
}
console.log(`# vscode: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
