// Parity with the reference V8 stays above its floor: bytecode listings, sequences of bailouts, rebuilt frames. Percentages
// are printed by `npm run parity`.

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
for (const [what, ...floors] of [
  ['bytecode', '--min-bytecode=85'],
  ['bailout', '--min-bailout=85', '--min-frame=80'],
] as const) {
  test(`parity: ${what} is above ${floors.join(' ')}`, { timeout: 280_000 }, async (t) => {
    const { status, text } = await parity(what, ...floors);
    t.diagnostic(text.trim());
    assert.equal(status, 0, text);
  });
}
