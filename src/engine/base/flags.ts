// V8's command line flags: every flag of the reference, its rules of spelling, and our own three. Names are given with dashes
// everywhere in this program; a user may write underscores.
//
//   --flag  -flag  --no-flag  --noflag        bool flags
//   --flag=value  --flag value                the rest
//   --                                        what follows belongs to the program
//
// A flag that V8 does not know is an error. One that V8 knows and that means nothing here is accepted: silently where it only
// switches off what is not there or sets its default, else with a warning.

import { type FlagRow, V8_FLAGS } from './flags-data.ts';

export type FlagValue = boolean | number | string | undefined;

/** Flags that V8 does not have. */
const OWN_FLAGS: readonly FlagRow[] = [
  ['gc-at-every-safepoint', 'bool', false, 'collect at every safepoint and zap what was left behind'],
  ['deopt-at-every-exit', 'bool', false, 'take each exit of optimized code once, although its guard passes'],
  ['emulator', 'string', 'auto', 'how machine code runs: interpret, translate or auto'],
];

/** Values that an own string flag may have. */
const CHOICES: Readonly<Record<string, readonly string[]>> = { emulator: ['interpret', 'translate', 'auto'] };

/** What reads each flag, by file of the engine. Name, type and default stand in the rows (flags-data.ts, OWN_FLAGS). */
export const READERS: Readonly<Record<string, string>> = {
  'debug/isolate-target.ts': 'analyze-environment-liveness',
  'isolate/collector.ts': 'gc-global trace-gc trace-gc-ignore-scavenger trace-gc-verbose verify-heap',
  'isolate/compiler-choices.ts': `analyze-environment-liveness max-inlined-bytecode-size max-inlined-bytecode-size-absolute
    max-inlined-bytecode-size-cumulative max-inlined-bytecode-size-small min-inlining-frequency
    reserve-inline-budget-scale-factor trace-turbo-inlining turbo-inlining turbo-verify turbo-verify-allocation`,
  'isolate/isolate.ts': `always-osr always-turbofan invocation-count-for-feedback-allocation invocation-count-for-osr
    invocation-count-for-turbofan lazy-feedback-allocation max-optimized-bytecode-size
    minimum-invocations-after-ic-update minimum-invocations-before-optimization opt random-seed stack-size trace-opt
    trace-opt-verbose trace-osr turbofan use-ic use-osr`,
  'isolate/machine.ts': 'emulator',
  'isolate/turbolizer-trace.ts': 'trace-turbo trace-turbo-file-prefix trace-turbo-filter trace-turbo-path',
  'listings/listings.ts': 'print-bytecode print-bytecode-filter print-opt-code print-opt-code-filter',
  'node/commonjs-loader.ts': 'trace-deopt-verbose',
  'shell/commands.ts': `allow-natives-syntax deopt-at-every-exit deopt-every-n-times gc-at-every-safepoint max-heap-size
    max-old-space-size max-semi-space-size
    stack-size trace-deopt trace-deopt-verbose`,
  'shell/d8-shell.ts': 'expose-externalize-string',
  'shell/flag-globals.ts': 'expose-gc stack-trace-limit',
  'turbofan/pipeline.ts': 'turbo-escape turbo-load-elimination turbo-loop-peeling',
};

/** Flags that this engine reads. */
export const MEANINGFUL: ReadonlySet<string> = new Set(Object.values(READERS).flatMap((names) => names.split(/\s+/)));

/** Flags that ask for what this engine is in any case, or that only imply others. */
export const INHERENT: ReadonlySet<string> = new Set([
  'jitless',
  'predictable',
  'single-threaded',
  'single-threaded-gc',
]);

/** What this engine has and cannot do without: switching it off is no success. */
const ALWAYS_ON: ReadonlySet<string> = new Set('inline-new polymorphic-inlining'.split(' '));

/** Setting the first sets the second. */
const IMPLICATIONS: readonly (readonly [flag: string, value: FlagValue, implied: string, to: FlagValue])[] = [
  ['jitless', true, 'turbofan', false],
  ['jitless', true, 'maglev', false],
  ['jitless', true, 'sparkplug', false],
  ['predictable', true, 'single-threaded', true],
  ['single-threaded', true, 'single-threaded-gc', true],
  ['single-threaded', true, 'concurrent-recompilation', false],
  ['single-threaded', true, 'concurrent-osr', false],
  ['single-threaded-gc', true, 'parallel-scavenge', false],
  ['single-threaded-gc', true, 'concurrent-marking', false],
  ['trace-turbo', true, 'trace-turbo-graph', false],
  ['trace-opt-verbose', true, 'trace-opt', true],
  ['trace-gc-verbose', true, 'trace-gc', true],
];

const ROWS: ReadonlyMap<string, FlagRow> = new Map([...V8_FLAGS, ...OWN_FLAGS].map((row) => [row[0], row]));

/** Table row of a flag; undefined if there is none. */
export function flagRow(name: string): FlagRow | undefined {
  return ROWS.get(name.replaceAll('_', '-'));
}

export function flagNames(): string[] {
  return [...ROWS.keys()];
}

export function isMeaningfulFlag(name: string): boolean {
  return MEANINGFUL.has(name) || INHERENT.has(name);
}

/** A broken command line: what was expected, what was found. */
export class FlagError extends Error {}

/** Values of all flags: defaults, then what was set. */
export class Flags {
  readonly #values = new Map<string, FlagValue>();

  /** True if the user, an implication or a host set it. */
  isSet(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): FlagValue {
    const row = ROWS.get(name);
    if (row === undefined) throw new FlagError(`there is no flag --${name}`);
    return this.#values.has(name) ? this.#values.get(name) : row[2];
  }

  /** A bool or maybe_bool flag; an unset maybe_bool is false. */
  bool(name: string): boolean {
    const value = this.get(name);
    if (value !== undefined && typeof value !== 'boolean') throw new FlagError(`--${name} is no bool flag`);
    return value ?? false;
  }

  number(name: string): number {
    const value = this.get(name);
    if (typeof value !== 'number') throw new FlagError(`--${name} is no number flag`);
    return value;
  }

  string(name: string): string {
    const value = this.get(name);
    if (typeof value !== 'string') throw new FlagError(`--${name} is no string flag`);
    return value;
  }

  /** Sets a flag, and what it implies unless that was set already. */
  set(name: string, value: FlagValue): this {
    if (!ROWS.has(name)) throw new FlagError(`there is no flag --${name}`);
    this.#values.set(name, value);
    for (const [flag, when, implied, to] of IMPLICATIONS) {
      if (flag === name && when === value && !this.#values.has(implied)) this.set(implied, to);
    }
    return this;
  }

  /** Whether `name` passes a filter flag: `*`, a name, a prefix with `*`, each negated by a leading `-`. */
  passesFilter(flag: string, name: string): boolean {
    return passesFilter(this.string(flag), name);
  }

  /** Names and values that differ from their defaults, for printing. */
  changes(): [string, FlagValue][] {
    return [...this.#values].filter(([name, value]) => ROWS.get(name)![2] !== value);
  }

  /** What can cross to another thread; give it to `Flags.from`. */
  toJSON(): [string, FlagValue][] {
    return [...this.#values];
  }

  static from(values: readonly (readonly [string, FlagValue])[]): Flags {
    const flags = new Flags();
    for (const [name, value] of values) if (ROWS.has(name)) flags.#values.set(name, value);
    return flags;
  }
}

/** V8's filter rule for function names: `*` all, `` only anonymous, `f`, `f*`, `-f` (all but). */
export function passesFilter(filter: string, name: string): boolean {
  if (filter === '*') return true;
  if (filter.startsWith('-')) return !matches(filter.slice(1), name);
  return matches(filter, name);
}

function matches(filter: string, name: string): boolean {
  if (filter === '') return name === '';
  if (filter === '~') return name === '';
  return filter.endsWith('*') ? name.startsWith(filter.slice(0, -1)) : name === filter;
}

export interface ParsedFlags {
  readonly flags: Flags;
  /** What is no flag, in order: files, and arguments of the program. */
  readonly rest: string[];
  /** Arguments after `--`. */
  readonly afterDashes: string[];
  /** Shell flags that the caller allowed (`--module`), with their values. */
  readonly shell: Map<string, string | true>;
  /** Values of shell flags that may come several times, in order. */
  readonly shellLists: ReadonlyMap<string, readonly string[]>;
  /** Indices in `rest` of the files that stood behind --module. */
  readonly moduleFiles: readonly number[];
  /** One line each, for stderr. */
  readonly warnings: string[];
}

export interface ParseOptions {
  /** Stop at the first argument that is no flag: the rest belongs to the program (Node's rule). */
  readonly stopAtFirstFile?: boolean;
  /** Flags of the shell itself. They take a value only as `--flag=value`. */
  readonly shellFlags?: readonly string[];
}

/** Parses a command line; throws FlagError on an unknown flag or an illegal value. */
export function parseFlags(args: readonly string[], options: ParseOptions = {}): ParsedFlags {
  const flags = new Flags();
  const rest: string[] = [];
  const shell = new Map<string, string | true>();
  const shellLists = new Map<string, string[]>();
  const warnings: string[] = [];
  const moduleFiles: number[] = [];
  let afterDashes: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      afterDashes = args.slice(i + 1);
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      if (options.stopAtFirstFile) {
        rest.push(...args.slice(i));
        break;
      }
      rest.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const spelled = (equals < 0 ? arg : arg.slice(0, equals)).replace(/^--?/, '').replaceAll('_', '-');
    let value = equals < 0 ? undefined : arg.slice(equals + 1);
    if (options.shellFlags?.includes(spelled)) {
      if (spelled === 'module') moduleFiles.push(rest.length);
      shell.set(spelled, value ?? true);
      if (value !== undefined) shellLists.set(spelled, [...(shellLists.get(spelled) ?? []), value]);
      continue;
    }
    const { row, negated } = find(spelled, arg);
    const [name, type] = row;
    const isBool = type === 'bool' || type === 'maybe_bool';
    if (!isBool && value === undefined && !negated) value = args[++i];
    if (negated && !isBool) throw illegal(name, type, arg);
    const parsed = isBool ? !negated : parseValue(name, type, value);
    flags.set(name, parsed);
    const isEmpty = parsed === row[2] || (parsed === false && !ALWAYS_ON.has(name));
    if (!MEANINGFUL.has(name) && !INHERENT.has(name) && !isEmpty)
      warnings.push(`warning: --${parsed === false ? 'no-' : ''}${name} has no meaning here`);
  }
  return { flags, rest, afterDashes, shell, shellLists, moduleFiles, warnings };
}

function find(spelled: string, arg: string): { row: FlagRow; negated: boolean } {
  const row = ROWS.get(spelled);
  if (row !== undefined) return { row, negated: false };
  for (const prefix of ['no-', 'no']) {
    const positive = spelled.startsWith(prefix) ? ROWS.get(spelled.slice(prefix.length)) : undefined;
    if (positive !== undefined) return { row: positive, negated: true };
  }
  throw new FlagError(`bad option: ${arg}`);
}

function illegal(name: string, type: string, found: string | undefined): FlagError {
  return new FlagError(`illegal value for flag --${name}${found === undefined ? '' : `=${found}`} of type ${type}`);
}

function parseValue(name: string, type: string, text: string | undefined): FlagValue {
  if (text === undefined) throw illegal(name, type, text);
  if (type === 'string') {
    const choices = CHOICES[name];
    if (choices !== undefined && !choices.includes(text)) {
      throw new FlagError(`illegal value for flag --${name}=${text}: expected ${choices.join(', ')}`);
    }
    return text;
  }
  const pattern =
    type === 'float' ? /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i : type === 'int' ? /^[+-]?\d+$/ : /^\+?\d+$/;
  const value = Number(text);
  const limit = type === 'int' ? 0x7fffffff : type === 'uint' ? 0xffffffff : Number.POSITIVE_INFINITY;
  if (!pattern.test(text) || value > limit || value < -limit - 1) throw illegal(name, type, text);
  return value;
}
