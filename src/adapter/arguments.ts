// The arguments of every request: one row each. A row reads what a client sent into exactly the type its route takes, or
// throws an error that names the argument, what was expected and what was found.
//
// Invariant: a route sees nothing that is not in its row. Attributes a row does not name are dropped (clients add their own);
// `null` counts as absent, as some clients mean it.

import { exceptionFilters } from './capabilities.ts';

/** Reads one value; `name` is its path in the arguments, for the error. */
export type Reader<T> = (value: unknown, name: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

/** An argument that is not what its row says. */
export class ArgumentError extends Error {
  constructor(name: string, expected: string, found: unknown) {
    super(
      `${name === '' ? 'The arguments are wrong' : `'${name}' is wrong`}: expected ${expected}, found ${shown(found)}.`,
    );
  }
}

const longestShown = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, longestShown) : value);
  return typeof value === 'string' && value.length > longestShown ? `${text}…` : text;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const string: Reader<string> = (value, name) => {
  if (typeof value !== 'string') throw new ArgumentError(name, 'a string', value);
  return value;
};

const boolean: Reader<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw new ArgumentError(name, 'true or false', value);
  return value;
};

const integer =
  (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (value, name) => {
    if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) {
      const range =
        least === most
          ? String(least)
          : most < Number.MAX_SAFE_INTEGER
            ? `an integer from ${least} to ${most}`
            : least > Number.MIN_SAFE_INTEGER
              ? `an integer not below ${least}`
              : 'an integer below 2^53';
      throw new ArgumentError(name, range, value);
    }
    return value as number;
  };

const oneOf =
  <T extends string>(...names: readonly T[]): Reader<T> =>
  (value, name) => {
    if (!names.includes(value as T))
      throw new ArgumentError(name, names.map((known) => `'${known}'`).join(' or '), value);
    return value as T;
  };

const either =
  <A, B>(expected: string, a: Reader<A>, b: Reader<B>): Reader<A | B> =>
  (value, name) => {
    for (const reader of [a, b]) {
      try {
        return reader(value, name);
      } catch (error) {
        if (!(error instanceof ArgumentError)) throw error;
      }
    }
    throw new ArgumentError(name, expected, value);
  };

const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, name) =>
    isAbsent(value) ? undefined : reader(value, name);

const withDefault =
  <T>(reader: Reader<T>, absent: T): Reader<T> =>
  (value, name) =>
    isAbsent(value) ? absent : reader(value, name);

const list =
  <T>(reader: Reader<T>, what = 'a list'): Reader<T[]> =>
  (value, name) => {
    if (!Array.isArray(value)) throw new ArgumentError(name, what, value);
    return value.map((item, i) => reader(item, `${name}[${i}]`));
  };

const listOfStrings: Reader<string[]> = (value, name) => {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new ArgumentError(name, 'a list of strings', value);
  return value;
};

/** Names to texts; a name without a value is left out, as VS Code writes what takes a variable away. */
const mapOfStrings: Reader<Record<string, string>> = (value, name) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ArgumentError(name, 'an object', value);
  const entries = Object.entries(value).filter(([, text]) => text !== null);
  for (const [key, text] of entries) string(text, `${name}.${key}`);
  return Object.fromEntries(entries) as Record<string, string>;
};

const object =
  <R extends Readonly<Record<string, Reader<unknown>>>>(readers: R): Reader<{ [K in keyof R]: Read<R[K]> }> =>
  (value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ArgumentError(name, 'an object', value);
    const result: Record<string, unknown> = {};
    for (const [key, reader] of Object.entries(readers)) {
      const own = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      result[key] = reader(own, name === '' ? key : `${name}.${key}`);
    }
    return result as { [K in keyof R]: Read<R[K]> };
  };

const base64: Reader<Uint8Array> = (value, name) => {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))
    throw new ArgumentError(name, 'bytes in base64', value);
  return new Uint8Array(Buffer.from(value, 'base64'));
};

// ── What several requests take ───────────────────────────────────────────────────────────────────────────────────────

const id = integer(0);
const line = integer(0);
const count = integer(0);

/** `readMemory` answers at most this many bytes: a larger answer does not fit into a message. */
const mostMemory = 16 * 1024 * 1024;
const mostInstructions = 100_000;

/** There is one thread. */
const thread = { threadId: optional(integer(1, 1)) };
const source = object({ name: optional(string), path: optional(string), sourceReference: optional(id) });
const breakpoint = { condition: optional(string), hitCondition: optional(string), logMessage: optional(string) };
const lineBreakpoint = object({ ...breakpoint, line, column: optional(line) });
const at = { memoryReference: string, offset: withDefault(integer(), 0) };
const granularity = withDefault(oneOf('statement', 'line', 'instruction'), 'statement');
const step = object({ ...thread, granularity });

/** Attributes of a launch configuration; package.json describes them to users. */
const launch = object({
  program: optional(string),
  args: withDefault(listOfStrings, []),
  cwd: optional(string),
  v8Flags: withDefault(listOfStrings, []),
  stopOnEntry: withDefault(boolean, false),
  stopOnBailout: withDefault(boolean, false),
  /** Compile so that every local variable of optimized code can be seen: V8's --no-analyze-environment-liveness. */
  keepLocals: withDefault(boolean, false),
  logBailouts: withDefault(boolean, true),
  /** Before the session ends, send the pictures of its bailouts: the client may show them afterwards. */
  sendFrameTranslations: withDefault(boolean, false),
  allowFileAccess: withDefault(boolean, true),
  allowFileWrite: withDefault(listOfStrings, []),
  env: withDefault(mapOfStrings, {}),
  trace: withDefault(either('true, false or the path of a file', boolean, string), false),
  noDebug: withDefault(boolean, false),
});

/** Lines and columns are counted from 1, sources named by paths: the defaults of the protocol, and all that VS Code uses. */
const initialize = object({
  linesStartAt1: withDefault(onlyTrue, true),
  columnsStartAt1: withDefault(onlyTrue, true),
  pathFormat: withDefault(oneOf('path'), 'path'),
});

function onlyTrue(value: unknown, name: string): boolean {
  if (value !== true) throw new ArgumentError(name, 'true (Bailout counts lines and columns from 1)', value);
  return value;
}

// ── The table ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const requestArguments = {
  initialize,
  launch,
  configurationDone: object({}),
  restart: object({ arguments: optional(launch) }),
  terminate: object({}),
  disconnect: object({}),
  cancel: object({ requestId: optional(integer()) }),

  setBreakpoints: object({
    source,
    breakpoints: optional(list(lineBreakpoint)),
    /** The protocol's older form. */
    lines: withDefault(list(line), []),
  }),
  setFunctionBreakpoints: object({ breakpoints: list(object({ ...breakpoint, name: string })) }),
  setInstructionBreakpoints: object({
    breakpoints: list(object({ ...breakpoint, instructionReference: string, offset: withDefault(integer(), 0) })),
  }),
  setExceptionBreakpoints: object({
    filters: withDefault(list(oneOf(...exceptionFilters.map(({ filter }) => filter))), []),
    filterOptions: withDefault(
      list(object({ filterId: oneOf(...exceptionFilters.map(({ filter }) => filter)), condition: optional(string) })),
      [],
    ),
  }),
  breakpointLocations: object({ source, line, endLine: optional(line) }),
  exceptionInfo: object(thread),

  threads: object({}),
  stackTrace: object({ ...thread, startFrame: withDefault(count, 0), levels: withDefault(count, 0) }),
  scopes: object({ frameId: id }),
  variables: object({
    variablesReference: id,
    filter: optional(oneOf('indexed', 'named')),
    start: withDefault(count, 0),
    count: withDefault(count, 0),
  }),
  setVariable: object({ variablesReference: id, name: string, value: string }),
  setExpression: object({ expression: string, value: string, frameId: withDefault(id, 0) }),
  evaluate: object({ expression: string, frameId: withDefault(id, 0), context: withDefault(string, 'watch') }),
  completions: object({
    text: string,
    column: integer(1),
    line: withDefault(integer(1), 1),
    frameId: withDefault(id, 0),
  }),
  source: object({ source: optional(source), sourceReference: optional(id) }),
  loadedSources: object({}),

  continue: object(thread),
  next: step,
  stepIn: step,
  stepOut: step,
  pause: object(thread),

  disassemble: object({
    ...at,
    instructionOffset: withDefault(integer(), 0),
    instructionCount: integer(0, mostInstructions),
  }),
  readMemory: object({ ...at, count: integer(0, mostMemory) }),
  writeMemory: object({ ...at, data: base64 }),

  'bailout/listing': object({
    kind: oneOf('bytecode', 'code'),
    frameId: optional(id),
    function: optional(string),
  }),
  'bailout/timeline': object({}),
  /** The picture of a finished bailout by its number; without one, of the bailout that the program is stopped in. */
  'bailout/frameTranslation': object({ bailout: optional(integer(1)) }),
  /** Source, bytecode and x64 of a frame's function; without one, of the innermost. */
  'bailout/machineView': object({ frameId: optional(id) }),
  /** The heap; of an object, by address or expression, what keeps it; of a function, by name, its optimized code. */
  'bailout/heap': object({
    address: optional(string),
    expression: optional(string),
    frameId: optional(id),
    function: optional(string),
  }),
  'bailout/setGuardBreakpoints': object({
    breakpoints: list(
      object({
        ...breakpoint,
        function: optional(string),
        reason: optional(string),
        exit: optional(object({ source: id, index: integer(0) })),
      }),
    ),
  }),
} satisfies Readonly<Record<string, Reader<object>>>;

/** A line breakpoint that is a line and nothing else. */
export const bareLine = (at: number): Read<typeof lineBreakpoint> => lineBreakpoint({ line: at }, '');

export type RequestName = keyof typeof requestArguments;
/** What the route of a request takes. */
export type RequestArguments<N extends RequestName> = Read<(typeof requestArguments)[N]>;
export type LaunchConfiguration = RequestArguments<'launch'>;

export const isRequestName = (name: string): name is RequestName => Object.hasOwn(requestArguments, name);
