// The denominator: what the pinned reference passes. `reference-fails.txt` names what it does not pass:
//
//   # commit COMMIT of tc39/test262
//   # by REFERENCE
//   language/folder/        every test below
//   language/folder/a.js    one test
//
// It is made by `--record-reference`. A folder stands for its tests when the reference passes none of them.

import { readFileSync, writeFileSync } from 'node:fs';

export interface Exceptions {
  readonly commit: string;
  readonly reference: string;
  has(name: string): boolean;
}

/** The shortest list that means exactly `failing` of `all`. */
export function compact(all: readonly string[], failing: ReadonlySet<string>): string[] {
  const passing = new Set<string>();
  const foldersOf = (name: string): string[] =>
    name.split('/').flatMap((_, i, parts) => (i === 0 ? [] : [`${parts.slice(0, i).join('/')}/`]));
  for (const name of all) if (!failing.has(name)) for (const folder of foldersOf(name)) passing.add(folder);
  const entries = new Set<string>();
  for (const name of all)
    if (failing.has(name)) entries.add(foldersOf(name).find((folder) => !passing.has(folder)) ?? name);
  return [...entries].sort();
}

export function parseExceptions(text: string): Exceptions {
  const entries = new Set<string>();
  for (const line of text.split('\n')) if (line !== '' && !line.startsWith('#')) entries.add(line);
  return {
    commit: /^# commit (\w+)/m.exec(text)?.[1] ?? 'none',
    reference: /^# by (.*)/m.exec(text)?.[1] ?? 'none',
    has: (name) => {
      if (entries.has(name)) return true;
      for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1))
        if (entries.has(name.slice(0, at + 1))) return true;
      return false;
    },
  };
}

export function readExceptions(file: string): Exceptions {
  try {
    return parseExceptions(readFileSync(file, 'utf8'));
  } catch {
    return parseExceptions('');
  }
}

export const writeExceptions = (file: string, commit: string, reference: string, entries: readonly string[]): void =>
  writeFileSync(file, `# commit ${commit} of tc39/test262\n# by ${reference}\n${entries.join('\n')}\n`);
