// npm run adding [-- NAME …]: proves docs/adding.md. Each thing of things.ts is added to a copy of the tree (.cache/adding): the types
// hold and its proof passes. Then each step is left out in turn: the proof fails, or the types do.
//
// Exit status: 0 all of that is so, 1 it is not.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../options.ts';
import { childEnvironment } from '../reference.ts';
import { type Step, type Thing, things } from './things.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(root, '.cache/adding');

/** What a step's text becomes; throws where it does not stand there once. */
export function applied(text: string, { file, at, put }: Step): string {
  const parts = text.split(at);
  if (parts.length !== 2) throw new Error(`${file}: the text of a step stands there ${parts.length - 1} times:\n${at}`);
  return parts.join(put);
}

function copy(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  for (const name of ['src', 'test', 'scripts', 'bench', 'package.json', 'tsconfig.json'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  cpSync(path.join(root, 'dist/node-library.txt'), path.join(folder, 'dist/node-library.txt'));
}

const runs = (...args: string[]): boolean =>
  spawnSync(process.execPath, args, { cwd: folder, env: childEnvironment(), stdio: 'ignore' }).status === 0;

const original = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What complains when only these steps are taken; undefined when nothing does. */
function complaint({ steps, proof }: Thing, taken: readonly Step[]): string | undefined {
  const texts = new Map(steps.map(({ file }) => [file, original(file)]));
  for (const step of taken) texts.set(step.file, applied(texts.get(step.file)!, step));
  for (const [file, text] of texts) writeFileSync(path.join(folder, file), text);
  const file = path.join(folder, proof.file);
  writeFileSync(file, proof.text);
  try {
    if (!runs('--import', 'tsx', '--test', proof.file)) return 'the proof fails';
    return runs('node_modules/typescript/bin/tsc', '-p', '.') ? undefined : 'the types do not fit';
  } finally {
    rmSync(file);
    for (const { file: changed } of steps) writeFileSync(path.join(folder, changed), original(changed));
  }
}

/** Files of the product that its steps touch. */
export const filesOf = ({ steps }: Thing): Set<string> =>
  new Set(steps.map(({ file }) => file).filter((file) => !file.startsWith('test/')));

/** Every way in which the thing is not as it says. */
function problemsOf(thing: Thing): string[] {
  const { name, files, steps } = thing;
  const problems: string[] = [];
  const touched = filesOf(thing).size;
  if (touched !== files) problems.push(`${name}: ${touched} files, not ${files}`);
  const whole = complaint(thing, steps);
  if (whole !== undefined) return [...problems, `${name}: ${whole}`];
  console.log(`${name}: added, ${files} file(s)`);
  for (const left of steps) {
    const why = complaint(
      thing,
      steps.filter((step) => step !== left),
    );
    if (why === undefined) problems.push(`${name}: nothing complains without its step in ${left.file}`);
    else console.log(`  without ${left.file}: ${why}`);
  }
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rest: names } = readOptions('npm run adding -- [NAME …]', {}, { rest: 'name' });
  const chosen = names.length === 0 ? things : things.filter(({ name }) => names.some((part) => name.includes(part)));
  if (chosen.length === 0) {
    console.error(`there are ${things.map(({ name }) => name).join(', ')}`);
    process.exit(1);
  }
  copy();
  const problems = chosen.flatMap(problemsOf);
  for (const problem of problems) console.error(problem);
  console.log(`${chosen.length} things, ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
