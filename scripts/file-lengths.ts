// Files stay short enough to be read: no file of `src` has more than `mostLines` lines, but tables and what is generated. One that is
// listed and short must leave the list.

export const mostLines = 700;

/** Longer files, each with the reason. */
export const longFiles: readonly { readonly file: string; readonly why: string }[] = [
  { file: 'src/engine/base/flags-data.ts', why: 'generated: a row per flag of the reference' },
  { file: 'src/node-library/fs.js', why: "the table of fs: Node's functions in Node's order" },
  { file: 'src/node-library/internal/crypto.js', why: "the table of crypto: Node's functions in Node's order" },
];

/** `files` maps a path from the root to its text. */
export function checkLengths(files: ReadonlyMap<string, string>, known: typeof longFiles = longFiles): string[] {
  const listed = new Set(known.map(({ file }) => file));
  const long = new Map<string, number>();
  for (const [file, text] of files) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > mostLines) long.set(file, lines);
  }
  return [
    ...[...long]
      .filter(([file]) => !listed.has(file))
      .map(([file, lines]) => `${file}: ${lines} lines; no file has more than ${mostLines}`),
    ...known
      .filter(({ file }) => !long.has(file))
      .map(({ file }) => `scripts/file-lengths.ts: ${file} has no more than ${mostLines} lines, or is gone`),
  ];
}
