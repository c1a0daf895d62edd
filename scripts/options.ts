// The command lines of the long runs: `--name value` or `--name=value`. `--help` prints the usage; what is unknown, or no number
// where one is wanted, ends with status 2.

import { parseArgs } from 'node:util';

export type OptionKind = 'number' | 'text' | 'switch';
type ValueOf<K extends OptionKind> = K extends 'number' ? number : K extends 'text' ? string : boolean;
export type Options<T extends Readonly<Record<string, OptionKind>>> = { readonly [K in keyof T]?: ValueOf<T[K]> } & {
  /** What is no option: files, names. */
  readonly rest: readonly string[];
};

function quit(message: string): never {
  console.error(message);
  process.exit(2);
}

export function readOptions<const T extends Readonly<Record<string, OptionKind>>>(
  usage: string,
  kinds: T,
  { rest = '' }: { /** What the rest is, for the message; none is allowed without. */ rest?: string } = {},
  args: readonly string[] = process.argv.slice(2),
): Options<T> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'switch' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  // A value may look like an option: `--flags --no-opt`.
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const kind = args[i]!.startsWith('--') ? kinds[args[i]!.slice(2)] : undefined;
    if (kind !== undefined && kind !== 'switch' && i + 1 < args.length) joined.push(`${args[i]}=${args[++i]}`);
    else joined.push(args[i]!);
  }
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: joined,
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: rest !== '',
    }) as typeof parsed;
  } catch (error) {
    quit(`${(error as Error).message.split('.')[0]}\nusage: ${usage}`);
  }
  if (parsed.values.help === true) {
    console.log(`usage: ${usage}`);
    process.exit(0);
  }
  const result: Record<string, unknown> = { rest: parsed.positionals };
  for (const [name, value] of Object.entries(parsed.values)) {
    if (kinds[name] !== 'number') {
      result[name] = value;
      continue;
    }
    const number = Number(value);
    if (value === '' || !Number.isFinite(number) || number < 0) quit(`--${name} wants a number, found '${value}'`);
    result[name] = number;
  }
  return result as Options<T>;
}
