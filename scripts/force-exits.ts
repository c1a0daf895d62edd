// npm run force-exits -- [--only TEXT] [--seed S] [--minutes M]
//
// Each program of the corpus and each example, with a bailout forced at every exit of its optimized code, once each
// (fuzz/exits.ts), compared with a run that is never optimized. Programs come in an order that the seed gives, as many as the
// minutes allow (without them all). The tests have a share of it (fuzz/exits.test.ts).
//
// Exit status: 0 clean, 1 differences.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { corpusPrograms } from './fuzz/exit-programs.ts';
import { forceExits } from './fuzz/exits.ts';
import { readOptions } from './options.ts';

const {
  only,
  seed = 0,
  minutes,
} = readOptions('npm run force-exits -- [--only TEXT] [--seed S] [--minutes M]', {
  only: 'text',
  seed: 'number',
  minutes: 'number',
});

const end = minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + 60_000 * minutes;
const programs = corpusPrograms(seed).filter((file) => only === undefined || file.includes(only));
let [done, exits, runs, failed] = [0, 0, 0, 0];
for (const file of programs) {
  if (Date.now() > end) break;
  const result = forceExits(readFileSync(file, 'utf8'));
  done++;
  exits += result.exits;
  runs += result.runs;
  if (result.difference === undefined) continue;
  failed++;
  console.log(`${path.relative(process.cwd(), file)}: differs in run ${result.runs}\n${result.difference}`);
}
console.log(`${done} of ${programs.length} programs, ${runs} runs, ${exits} exits taken; ${failed} programs differ`);
process.exit(failed === 0 ? 0 : 1);
