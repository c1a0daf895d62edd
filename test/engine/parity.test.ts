// Parity with the reference V8 has no difference that is not listed with its reason: bytecode listings, sequences of bailouts,
// rebuilt frames, invalidations, tier-up, feedback, output. Percentages are printed by `npm run parity`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/parity.ts', import.meta.url));

const parity = (...args: string[]): Promise<{ status: number | null; text: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.once('close', (status) => resolve({ status, text }));
  });

// Seen to fail: the Deoptimizer's trace giving each frame's bytecode offset plus 1 (frames); listings without frame sizes
// (bytecode).
for (const what of ['bytecode', 'bailout', 'feedback', 'output']) {
  test(`parity: ${what}: every difference is listed with its reason, and every entry of the list differs`, {
    timeout: 900_000,
  }, async (t) => {
    const { status, text } = await parity(what);
    t.diagnostic(text.trim());
    assert.equal(status, 0, text);
  });
}
