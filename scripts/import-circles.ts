// Circles of imports by value: files that need one another to run. `npm run check` allows those of `knownCircles` and no other; one
// that is cut, or gets smaller, must leave the list.

import path from 'node:path';
import { importsOf } from './imports.ts';

/** What is still tied together, each with the reason; files sorted. */
export const knownCircles: readonly { readonly files: readonly string[]; readonly why: string }[] = [
  {
    files: [
      'array-likes',
      'call-site-info',
      'conversions',
      'define-property',
      'errors',
      'initial-maps',
      'lookup-iterator',
      'native-accessors',
      'object-methods',
      'operators',
      'ordinary-objects',
      'own-properties',
      'properties',
      'proxy',
      'typed-elements',
    ].map((name) => `src/engine/runtime/${name}.ts`),
    why: 'a property may be a getter that converts, a conversion reads properties, and each throws errors that name what it read',
  },
];

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
export function checkCircles(files: ReadonlyMap<string, string>, known = knownCircles): string[] {
  const found = circlesOf(files).map((circle) => circle.join(' '));
  const allowed = known.map((circle) => [...circle.files].sort().join(' '));
  return [
    ...found
      .filter((circle) => !allowed.includes(circle))
      .map((circle) => `these files import each other by value: ${circle}`),
    ...allowed
      .filter((circle) => !found.includes(circle))
      .map((circle) => `scripts/import-circles.ts: no such circle any more: ${circle}`),
  ];
}
