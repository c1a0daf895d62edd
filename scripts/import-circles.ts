// Circles of imports by value: files that need one another to run. There is none in `src`: what two files need is below both, and where
// the recursion is real (a proxy's trap may do anything, syntax trees hold one another), it goes through an object that both are given.

import path from 'node:path';
import { importsOf } from './imports.ts';

/** Strongly connected groups of more than one file, each sorted. `files` maps a path from the root to its text. */
export function circlesOf(files: ReadonlyMap<string, string>): string[][] {
  const edges = new Map<string, string[]>();
  for (const [file, text] of files) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const targets = importsOf(text)
      .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
      .map(({ specifier }) => path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)));
    edges.set(
      file,
      targets.filter((target) => files.has(target)),
    );
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const target of edges.get(file)!) {
      if (!edges.has(target)) continue;
      if (!index.has(target)) {
        visit(target);
        low.set(file, Math.min(low.get(file)!, low.get(target)!));
      } else if (stack.includes(target)) low.set(file, Math.min(low.get(file)!, index.get(target)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) circles.push(group.sort());
  };
  for (const file of edges.keys()) if (!index.has(file)) visit(file);
  return circles;
}

/** Every broken rule, as one line each. */
export const checkCircles = (files: ReadonlyMap<string, string>): string[] =>
  circlesOf(files).map((circle) => `these files import each other by value: ${circle.join(' ')}`);
