// The programs whose exits are forced: the corpus of bailouts, the random programs that were kept, and the examples.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folders = ['test/corpus/bailout', 'test/corpus/fuzz', 'test/corpus/kernels', 'examples'];

/** Programs that print what the tiers know: optimized copies teach their allocation site nothing. */
const looksAtItself = new Set(['budget-inlined.js', 'budget-tier-up.js', 'invalidate-site-by-push.js']);

/** All of them, in an order that the seed gives. */
export function corpusPrograms(seed: number): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.js') && !looksAtItself.has(name))
      .map((name) => path.join(root, folder, name)),
  );
  const hash = (text: string): number => {
    let h = 2166136261 ^ seed;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    return h >>> 0;
  };
  return files
    .map((file) => ({ file, at: hash(path.relative(root, file)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ file }) => file);
}
