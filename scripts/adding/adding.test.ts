import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { applied, filesOf } from './adding.ts';
import { things } from './things.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test('every step of every thing has its place, in as many files as it says', () => {
  for (const thing of things) {
    const { name, files, steps } = thing;
    const texts = new Map<string, string>();
    for (const step of steps) texts.set(step.file, applied(texts.get(step.file) ?? read(step.file), step));
    assert.equal(filesOf(thing).size, files, name);
  }
});

test('docs/adding.md names each thing and each of its files', () => {
  const page = read('docs/adding.md');
  for (const { name, steps } of things) {
    const start = page.search(new RegExp(`^(?:## )?(?:${name}|A \\*\\*${name.replace(/^an? /, '')}\\*\\*)`, 'im'));
    assert.ok(start >= 0, `docs/adding.md says nothing of ${name}`);
    const next = page.indexOf('\n## ', start + 1);
    const section = page.slice(start, next < 0 ? undefined : next);
    for (const { file } of steps) {
      const folder = path.posix.dirname(file).split('/').at(-1)!;
      assert.ok(section.includes(path.posix.basename(file)) || section.includes(`${folder}/`), `${name}: ${file}`);
    }
  }
});
