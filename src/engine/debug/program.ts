// The program to debug: flags, file and outside world, up to the point where it could run.

import { FlagError, type ParsedFlags, parseFlags } from '../base/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { FileError, type Host, type Isolate, nodeHost, readTextFile, syntaxErrorReport } from '../isolate/index.ts';
import { NodeShell, TypeScriptSyntaxError } from '../node/index.ts';
import { isolateFor } from '../shell/index.ts';
import type { LaunchArguments } from './protocol.ts';

/** The parts of the outside world that the debugger stands between. */
export interface HostActions {
  output(stream: 'stdout' | 'stderr', text: string): void;
  sleep(milliseconds: number): void;
}

/** What the program may touch: the process's world, within the launch's permissions. */
export function programHost(args: LaunchArguments, { output, sleep }: HostActions): Host {
  const host = nodeHost();
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const mayRead = (path: string): boolean => args.permissions.read || path === args.program;
  return {
    ...host,
    write: output,
    readFile: (path) => {
      if (!mayRead(path)) throw new FileError('EACCES', 'reading files is not allowed in an untrusted workspace');
      return host.readFile(path);
    },
    kindOf: (path) => (mayRead(path) ? host.kindOf(path) : undefined),
    realpath: (path) => (mayRead(path) ? host.realpath(path) : path),
    currentDirectory: () => args.cwd,
    sleep,
    readLine: () => undefined,
    readInput: () => undefined,
    writeBytes: (stream, bytes) => output(stream, decoders[stream].decode(bytes, { stream: true })),
    terminal: () => undefined,
  };
}

/** An isolate with the program compiled, not run. Throws errors that say what to change. */
export function prepareProgram(
  args: LaunchArguments,
  host: Host,
  warn: (text: string) => void,
): { readonly isolate: Isolate; readonly shell: NodeShell; readonly source: string } {
  const { flags, warnings } = parseLaunchFlags(args.v8Flags);
  const source = readProgram(args.program);
  for (const warning of warnings) warn(warning);
  const { permissions, env } = args;
  const argv = ['/usr/local/bin/node', args.program, ...args.args];
  const shell = new NodeShell((embedder) => isolateFor(flags, host, embedder), argv, {
    permissions: { read: permissions.read || [args.program], write: permissions.write ?? [] },
    ...(env === undefined ? {} : { env }),
  });
  try {
    shell.preload(args.program, source);
  } catch (error) {
    if (error instanceof JsSyntaxError) throw new Error(syntaxErrorReport(error, args.program, source).trimEnd());
    if (error instanceof TypeScriptSyntaxError) throw new Error(error.report);
    throw error;
  }
  return { isolate: shell.isolate, shell, source };
}

function parseLaunchFlags(v8Flags: readonly string[]): ParsedFlags {
  let parsed: ParsedFlags;
  try {
    parsed = parseFlags([...v8Flags]);
  } catch (error) {
    if (error instanceof FlagError) throw new Error(`Launch failed: ${error.message}`);
    throw error;
  }
  if (parsed.rest.length > 0) throw new Error(`'${parsed.rest[0]}' in v8Flags is no flag.`);
  return parsed;
}

function readProgram(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Error(`Cannot read '${file}': ${error.message}.`);
  }
}
