// How many broken programs print what Node prints: `node --import tsx test/corpus/errors/figures.ts [--differences] [program …]`.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileOf, lists, partsOf, sections } from './programs.ts';
import { runBroken } from './run.ts';

const args = process.argv.slice(2);
const only = args.filter((argument) => !argument.startsWith('--'));
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'errors-')));
for (const list of lists) {
  const expected = new Map(sections(fileOf(list, 'expected')).map(({ name, text }) => [name, text]));
  const count = { programs: 0, message: 0, caret: 0, whole: 0 };
  for (const program of sections(fileOf(list, 'txt'))) {
    if (only.length > 0 && !only.includes(program.name)) continue;
    const text = runBroken(folder, program);
    const [ours, theirs] = [partsOf(text), partsOf(expected.get(program.name) ?? '')];
    count.programs++;
    if (ours.message === theirs.message) count.message++;
    if (ours.caret === theirs.caret) count.caret++;
    if (ours.whole === theirs.whole) count.whole++;
    else if (args.includes('--differences')) console.log(`--- ${program.name}\n${text}+++ Node\n${theirs.whole}`);
  }
  const of = (equal: number): string => `${equal} (${((100 * equal) / count.programs).toFixed(1)} %)`;
  console.log(
    `${list}: ${count.programs} programs; equal: message ${of(count.message)}, caret ${of(count.caret)}, whole ${of(count.whole)}`,
  );
}
rmSync(folder, { recursive: true });
