// Goldens: a file beside the test that holds what was seen last time. `npm run rebaseline` (BAILOUT_REBASELINE=1) writes them
// anew, and refuses when the run fails.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export async function golden(file: string, actual: string): Promise<void> {
  if (process.env.BAILOUT_REBASELINE === '1') {
    writeFileSync(file, actual);
    return;
  }
  if (!existsSync(file))
    assert.fail(`${file} does not exist: look at the output, then run npm run rebaseline.\n${actual}`);
  assert.equal(
    actual,
    readFileSync(file, 'utf8'),
    `differs from ${file}; if the new output is right, run npm run rebaseline`,
  );
}
