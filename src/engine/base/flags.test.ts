import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  FlagError,
  Flags,
  flagNames,
  flagRow,
  isMeaningfulFlag,
  MEANINGFUL,
  parseFlags,
  passesFilter,
  READERS,
} from './index.ts';

test('the table has the reference flags with their defaults', () => {
  assert.ok(flagNames().length > 850);
  const flags = new Flags();
  assert.equal(flags.number('invocation-count-for-turbofan'), 3000);
  assert.equal(flags.number('max-inlined-bytecode-size'), 460);
  assert.equal(flags.number('max-inlined-bytecode-size-cumulative'), 920);
  assert.equal(flags.number('max-inlined-bytecode-size-small'), 27);
  assert.equal(flags.number('invocation-count-for-feedback-allocation'), 8);
  assert.equal(flags.string('print-bytecode-filter'), '*');
  assert.equal(flags.bool('allow-natives-syntax'), false);
  assert.throws(() => flags.bool('does-not-exist'), FlagError);
});

test('every flag that is said to have a meaning exists', () => {
  for (const name of MEANINGFUL) {
    assert.ok(flagRow(name) !== undefined && isMeaningfulFlag(name), name);
  }
});

test('spellings: dashes, underscores, one dash, --no-x, --nox, =value and a value of its own', () => {
  const { flags, rest } = parseFlags([
    '--trace_deopt',
    '-allow-natives-syntax',
    '--no-turbo-escape',
    '--nolazy',
    '--stack-size',
    '500',
    '--max_inlined-bytecode-size=10',
    'a.js',
    '--trace-opt',
    'b.js',
  ]);
  assert.equal(flags.bool('trace-deopt'), true);
  assert.equal(flags.bool('allow-natives-syntax'), true);
  assert.equal(flags.bool('turbo-escape'), false);
  assert.equal(flags.bool('lazy'), false);
  assert.equal(flags.number('stack-size'), 500);
  assert.equal(flags.number('max-inlined-bytecode-size'), 10);
  assert.equal(flags.bool('trace-opt'), true);
  assert.deepEqual(rest, ['a.js', 'b.js']);
});

test('a program keeps its own arguments', () => {
  const parsed = parseFlags(['--trace-opt', 'a.js', '--unknown'], { stopAtFirstFile: true });
  assert.deepEqual(parsed.rest, ['a.js', '--unknown']);
  assert.deepEqual(parseFlags(['a.js', '--', '--unknown']).afterDashes, ['--unknown']);
  assert.equal(parseFlags(['--module', 'm.js'], { shellFlags: ['module'] }).shell.get('module'), true);
});

test('unknown flags and illegal values are errors', () => {
  assert.throws(() => parseFlags(['--no-such-flag-exists']), /bad option: --no-such-flag-exists/);
  assert.throws(() => parseFlags(['--stack-size=x']), /illegal value for flag --stack-size=x of type int/);
  assert.throws(() => parseFlags(['--stack-size']), /illegal value for flag --stack-size of type int/);
  assert.throws(() => parseFlags(['--no-stack-size']), /illegal value/);
  assert.throws(() => parseFlags(['--emulator=fast']), /expected interpret, translate, auto/);
});

test('flags without a meaning: silent when they switch off, one line when they switch on', () => {
  assert.deepEqual(parseFlags(['--no-maglev', '--no-sparkplug', '--single-threaded']).warnings, []);
  assert.deepEqual(parseFlags(['--maglev-assert']).warnings, ['warning: --maglev-assert has no meaning here']);
});

test('implications and our own flags', () => {
  const { flags } = parseFlags(['--single-threaded', '--gc-at-every-safepoint', '--emulator=interpret']);
  assert.equal(flags.bool('concurrent-recompilation'), false);
  assert.equal(flags.bool('gc-at-every-safepoint'), true);
  assert.equal(flags.string('emulator'), 'interpret');
  assert.deepEqual(Flags.from(JSON.parse(JSON.stringify(flags))).changes(), flags.changes());
});

test('filters', () => {
  assert.ok(passesFilter('*', 'f') && passesFilter('f', 'f') && passesFilter('f*', 'foo') && passesFilter('-f', 'g'));
  assert.ok(!passesFilter('f', 'foo') && !passesFilter('-f', 'f') && !passesFilter('', 'f'));
});

const engine = path.resolve(import.meta.dirname, '..');

/** Names of flags that a file asks for: as the only argument of a call, or as a key. */
const flagsReadIn = (text: string): Set<string> => {
  const calls = text.matchAll(/\b(?:bool|boolean|number|string|get|isSet)\('([a-z0-9-]+)'\)/g);
  const keys = text.matchAll(/^ {2}'(turbo-[a-z0-9-]+)': 'V8\./gm);
  return new Set([...calls, ...keys].map((match) => match[1]!).filter((name) => flagRow(name) !== undefined));
};

// Seen to fail: --lazy in the table, which nobody read; --use-ic taken out of it.
test('the table of readers says who reads each flag, and all who do', () => {
  const found: Record<string, string[]> = {};
  for (const file of readdirSync(engine, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith('base')) continue;
    const text = readFileSync(path.join(engine, file), 'utf8');
    if (!text.includes('flags') && !text.includes("'V8.TF")) continue;
    const names = flagsReadIn(text);
    if (names.size > 0) found[file.replaceAll('\\', '/')] = [...names].sort();
  }
  const claimed = Object.fromEntries(Object.entries(READERS).map(([file, names]) => [file, names.split(/\s+/).sort()]));
  assert.deepEqual(found, claimed);
});

test('a flag that nobody reads says so on one line; what the engine is anyway is silent', () => {
  assert.deepEqual(parseFlags(['--log-ic', '--trace-gc-nvp', '--use-strict']).warnings, [
    'warning: --log-ic has no meaning here',
    'warning: --trace-gc-nvp has no meaning here',
    'warning: --use-strict has no meaning here',
  ]);
  assert.deepEqual(parseFlags(['--jitless', '--predictable', '--no-inline-new', '--no-use-ic']).warnings, [
    'warning: --no-inline-new has no meaning here',
  ]);
});
