// docs/test262.md, from the results of a run.

import { causeOf, type Failure } from './causes.ts';

export interface Summary {
  readonly commit: string;
  readonly recordedCommit: string;
  readonly reference: string;
  /** Tests in scope, and those that the reference does not pass. */
  readonly inScope: number;
  readonly excluded: number;
  /** Tests that the reference passes and that were not run yet. */
  readonly pending: number;
  /** Tests that have passed with an earlier build and were not run with this one. */
  readonly takenOver: number;
  readonly passed: readonly string[];
  readonly failures: readonly Failure[];
}

export const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(2)} %`;

const folderOf = (name: string): string => name.split('/').slice(0, -1).slice(0, 2).join('/');

/** Passed and run, by folder. */
export function byFolder(summary: Pick<Summary, 'passed' | 'failures'>): [string, { passed: number; run: number }][] {
  const folders = new Map<string, { passed: number; run: number }>();
  const count = (name: string, passed: number): void => {
    const folder = folders.get(folderOf(name)) ?? { passed: 0, run: 0 };
    folders.set(folderOf(name), folder);
    folder.run++;
    folder.passed += passed;
  };
  for (const name of summary.passed) count(name, 1);
  for (const { name } of summary.failures) count(name, 0);
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Failures by cause, the commonest first. What has no cause in the table goes by the folder it is in. */
export function byCause(failures: readonly Failure[]): [string, Failure[]][] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const cause = causeOf(failure) ?? `other, in ${folderOf(failure.name)}`;
    groups.set(cause, [...(groups.get(cause) ?? []), failure]);
  }
  return [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

export function report(summary: Summary): string {
  const { passed, failures, pending, takenOver } = summary;
  const run = passed.length + failures.length;
  const notes = [
    pending > 0 ? `; ${pending} were not run yet` : '',
    takenOver > 0 ? `; ${takenOver} of them passed with an earlier build and were not run again` : '',
  ];
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const folders = byFolder(summary).map(
    ([folder, count]) => `| ${folder} | ${count.passed} | ${count.run} | ${percent(count.passed, count.run)} |`,
  );
  const groups = byCause(failures).map(
    ([cause, group]) => `| ${group.length} | ${cell(cause)} | \`${group[0]!.name}\` |`,
  );
  return `# The language's own tests

tc39/test262 is the conformance suite of ECMAScript. None of it is in this repository; a checkout lies in DIR:

    npm run test262 -- --dir DIR [--minutes M]

runs all of it, in as many calls as one likes: results are kept by commit and build, so that a call goes on where the last one
stopped. In scope are \`language\`, \`built-ins\` and \`annexB\`, each test in sloppy and in strict mode unless it says otherwise; it
passes when all its modes do. What counts is what the reference passes: \`test/test262/reference-fails.txt\` names the rest
(\`--record-reference\` makes it). A part of the host that is missing here is a failure like any other. \`--report\` writes this file.

Commit ${summary.commit}; what the reference (${summary.reference}) passes was recorded at ${summary.recordedCommit === summary.commit ? 'that commit' : summary.recordedCommit}:
${summary.inScope - summary.excluded} of ${summary.inScope} tests.

**${passed.length} of ${run} pass (${percent(passed.length, run)})**${notes.join('')}.

## Why tests fail

| tests | cause | for example |
|---|---|---|
${groups.join('\n')}

## By folder

| folder | passed | of | |
|---|---|---|---|
${folders.join('\n')}
`;
}
