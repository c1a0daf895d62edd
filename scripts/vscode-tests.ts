// All tests in a real VS Code: the Mocha suite, then the Playwright walk. `--suite` or `--walk` runs one of them.

import { runSuite } from './vscode-suite.ts';
import { runWalk } from './vscode-walk.ts';

const only = process.argv.find((argument) => argument === '--suite' || argument === '--walk');
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, run] of [
  ['--suite', runSuite],
  ['--walk', runWalk],
] as const) {
  if (only !== undefined && only !== name) continue;
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
