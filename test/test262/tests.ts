// The tests of a checkout of tc39/test262 that are in scope, and how each wants to be run (its INTERPRETING.md).

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What V8 calls the language and its library; Intl has a specification of its own, staging is no standard. */
export const scope: readonly string[] = ['annexB', 'built-ins', 'language'];

export interface Negative {
  readonly phase: string;
  readonly type: string;
}

/** One test, as a process is asked to run it. */
export interface Job {
  /** The checkout. */
  readonly dir: string;
  /** Below the checkout's `test`. */
  readonly name: string;
  /** Harness files, in order. */
  readonly includes: readonly string[];
  /** Sloppy, strict, or both: whether "use strict" goes before the test. */
  readonly modes: readonly boolean[];
  readonly module: boolean;
  readonly async: boolean;
  readonly negative: Negative | undefined;
}

export interface Test extends Job {
  readonly features: readonly string[];
  /** Parts of $262 that the test asks for. */
  readonly hooks: readonly string[];
}

interface Meta {
  readonly includes: readonly string[];
  readonly flags: readonly string[];
  readonly features: readonly string[];
  readonly negative: Negative | undefined;
}

/** The parts of a test's YAML header that decide how it is run. */
export function metaOf(source: string): Meta {
  const header = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1]?.replace(/\r\n?/g, '\n') ?? '';
  const list = (key: string): string[] => {
    const inline = new RegExp(`^\\s*${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(header)?.[1];
    if (inline !== undefined)
      return inline
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean);
    const block = new RegExp(`^\\s*${key}:\\s*\\n((?:\\s*-\\s+.*\\n?)+)`, 'm').exec(header)?.[1] ?? '';
    return [...block.matchAll(/-\s+(\S+)/g)].map((match) => match[1]!);
  };
  const phase = /^negative:[\s\S]*?phase:\s*(\w+)/m.exec(header)?.[1];
  const type = /^negative:[\s\S]*?type:\s*(\w+)/m.exec(header)?.[1];
  return {
    includes: list('includes'),
    flags: list('flags'),
    features: list('features'),
    negative: phase && type ? { phase, type } : undefined,
  };
}

const hooksIn = (source: string, meta: Meta): string[] => [
  ...new Set([
    ...[...source.matchAll(/\$262\s*\.\s*(createRealm|agent|AbstractModuleSource)/g)].map((match) => match[1]!),
    ...(meta.includes.includes('atomicsHelper.js') ? ['agent'] : []),
    ...(meta.flags.includes('CanBlockIsFalse') ? ['CanBlockIsFalse'] : []),
  ]),
];

export function readTest(dir: string, name: string): Test {
  const source = readFileSync(path.join(dir, 'test', name), 'utf8');
  const meta = metaOf(source);
  const has = (flag: string): boolean => meta.flags.includes(flag);
  const raw = has('raw');
  const fixed = has('onlyStrict') || has('noStrict') || raw || has('module');
  return {
    dir,
    name,
    includes: raw ? [] : ['assert.js', 'sta.js', ...(has('async') ? ['doneprintHandle.js'] : []), ...meta.includes],
    modes: fixed ? [has('onlyStrict')] : [false, true],
    module: has('module'),
    async: has('async'),
    negative: meta.negative,
    features: meta.features,
    hooks: hooksIn(source, meta),
  };
}

/** Names of all tests in scope, sorted. */
export const testNames = (dir: string): string[] =>
  scope
    .flatMap((folder) =>
      readdirSync(path.join(dir, 'test', folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, name.split(path.sep).join('/')),
      ),
    )
    .filter((name) => name.endsWith('.js') && !name.includes('_FIXTURE'))
    .sort();

/** The commit of a checkout; 'unknown' of a folder that is none. */
export function commitOf(dir: string): string {
  try {
    return execFileSync('git', ['-C', dir, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
