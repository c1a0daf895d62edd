// npm run force-exits -- [--only TEXT] [--seed S] [--minutes M] [--max-runs N] [--verbose]
//
// Each program of the corpus and each example, with a bailout forced at every exit of its optimized code, once each
// (fuzz/exits.ts): its output, and the interpreter's state after each bailout, compared with a run that is never optimized. Programs
// come in an order that the seed gives, as many as the minutes allow (without them all). The tests have a share of it
// (fuzz/exits.test.ts). Said of a program: exits that no run came by; that N runs were not enough to take the others.
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
  'max-runs': maxRuns,
  verbose,
} = readOptions('npm run force-exits -- [--only TEXT] [--seed S] [--minutes M] [--max-runs N] [--verbose]', {
  only: 'text',
  seed: 'number',
  minutes: 'number',
  'max-runs': 'number',
  verbose: 'switch',
});

const end = minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + 60_000 * minutes;
const programs = corpusPrograms(seed).filter((file) => only === undefined || file.includes(only));
let [done, exits, unreached, states, runs, failed] = [0, 0, 0, 0, 0, 0];
const incomplete: string[] = [];
for (const file of programs) {
  if (Date.now() > end) break;
  const name = path.relative(process.cwd(), file);
  const result = forceExits(readFileSync(file, 'utf8'), { maxRuns });
  done++;
  exits += result.exits;
  unreached += result.unreached;
  states += result.states;
  runs += result.runs;
  if (result.isIncomplete) incomplete.push(name);
  if (verbose) console.log(`${name}: ${result.exits} exits in ${result.runs} runs, ${result.unreached} not reached`);
  if (result.difference === undefined) continue;
  failed++;
  console.log(`${name}: ${result.difference}`);
}
console.log(`${done} of ${programs.length} programs, ${runs} runs, ${exits} exits taken, ${states} states compared`);
console.log(`not covered: ${unreached} exits that no run came by, ${programs.length - done} programs`);
for (const name of incomplete) console.log(`not covered: exits of ${name} that were left after the last run`);
console.log(`${failed} programs differ`);
process.exit(failed === 0 ? 0 : 1);
