// `npm run packages [name …]`: npm packages as they are shipped, in drivers that print something deterministic; here and in the
// reference. Installs the packages of this folder's lock when they are not there (the only part that needs the network).
//
//   --record       writes expected/ with what the reference prints
//   --all-modes    without the optimizer, under a stress of bailouts, and with a collection at every safepoint, too
//
// What fails is listed in failing.json with its first complaint; an entry that no longer fails is a failure of the list.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readOptions } from '../../scripts/options.ts';
import { childEnvironment, referenceBinary } from '../../scripts/reference.ts';

const here = import.meta.dirname;
const cli = path.resolve(here, '../../dist/cli.js');
const modes: readonly (readonly string[])[] = [
  [],
  ['--no-opt'],
  ['--deopt-every-n-times=3'],
  ['--gc-at-every-safepoint'],
];
const options = readOptions(
  'npm run packages -- [--record] [--all-modes] [name …]',
  { record: 'switch', 'all-modes': 'switch' },
  { rest: 'name' },
);
const wanted = options.rest;

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (binary: string, before: readonly string[], driver: string, seconds: number): Result =>
  spawnSync(binary, [...before, path.join(here, 'drivers', driver)], {
    cwd: here,
    encoding: 'utf8',
    timeout: 1000 * seconds,
    maxBuffer: 1 << 26,
    env: { ...childEnvironment(), TZ: 'UTC', FORCE_COLOR: '0' },
  });

/** Without the frames of Node's own modules. */
const text = ({ status, stdout }: Result): string =>
  `${stdout.replaceAll(here, '/packages').replace(/^ +at .*\(?node:.*\n/gm, '')}--- ${status}\n`;
const expectedFile = (driver: string): string => path.join(here, 'expected', `${driver}.txt`);
const complaint = ({ status, stderr, stdout }: Result, expected: string): string => {
  if (status === null) return 'does not end in time';
  const error = stderr.split('\n').find((line) => /^\w*Error\b/.test(line));
  if (error !== undefined) return error.slice(0, 160);
  const lines = expected.split('\n');
  const at = stdout.split('\n').findIndex((line, i) => line.replaceAll(here, '/packages') !== lines[i]);
  return `prints ${JSON.stringify(stdout.split('\n')[at])?.slice(0, 80)} for ${JSON.stringify(lines[at])?.slice(0, 80)}`;
};

if (!existsSync(path.join(here, 'node_modules')))
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
mkdirSync(path.join(here, 'expected'), { recursive: true });

const drivers = readdirSync(path.join(here, 'drivers')).filter(
  (driver) => wanted.length === 0 || wanted.includes(path.parse(driver).name),
);
const failing = JSON.parse(readFileSync(path.join(here, 'failing.json'), 'utf8')) as Readonly<Record<string, string>>;
const problems: string[] = [];
let passed = 0;
for (const driver of drivers) {
  if (options.record === true) {
    const result = run(referenceBinary(), [], driver, 60);
    if (result.status !== 0) problems.push(`${driver}: the reference fails: ${result.stderr.slice(0, 300)}`);
    writeFileSync(expectedFile(driver), text(result));
    continue;
  }
  const expected = readFileSync(expectedFile(driver), 'utf8');
  for (const flags of options['all-modes'] === true ? modes : [[]]) {
    const result = run(process.execPath, [cli, 'run', ...flags], driver, 300);
    const name = `${driver} ${flags.join(' ')}`.trimEnd();
    if (text(result) === expected) {
      passed++;
      if (flags.length === 0 && driver in failing)
        problems.push(`${driver}: no longer fails; take it out of failing.json`);
      console.log(`ok      ${name}`);
    } else {
      const why = complaint(result, expected);
      console.log(`${driver in failing ? 'known ' : 'FAILS '}  ${name}: ${why}`);
      if (!(driver in failing)) problems.push(`${name}: ${why}`);
    }
  }
}
console.log(`${passed} runs as in Node; ${Object.keys(failing).length} drivers are known to fail`);
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
