// Files of the outside world, as text. Everything that the engine reads by a name which a program or a client gave comes
// through here.
//
// Invariant: nothing blocks and nothing is endless. Only regular files are read: a device such as /dev/zero has no end, a pipe
// waits for a writer. What the user names on the command line may also be a pipe: `bailout run <(make-program)`. Nor is what the
// system shows of a process (Linux's /proc/PID: memory, environment, arguments): the debuggee lives in a process of the host's.

import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';

/** Why a file cannot be read, in our words; `code` as the system calls it. */
export class FileError extends Error {
  readonly code: string;
  constructor(code: string, why: string) {
    super(why);
    this.code = code;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'a file name has no zero byte',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_STRING_TOO_LONG: 'it is too large',
};

function fileError(error: unknown): FileError {
  if (error instanceof FileError) return error;
  const code = (error as { code?: string }).code ?? 'EIO';
  return new FileError(code, reasons[code] ?? `the system says ${code}`);
}

/** Whether this is the system's view of a process, this one included; links followed. */
export function isViewOfProcess(path: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /^\/proc\/\d+\//.test(realpathSync.native(path));
  } catch {
    return false;
  }
}

/** Throws FileError. */
export function readTextFile(path: string, { mayBePipe = false } = {}): string {
  let descriptor: number | undefined;
  try {
    // Not blocking: opening a pipe would wait for its writer.
    descriptor = openSync(path, constants.O_RDONLY | (mayBePipe ? 0 : (constants.O_NONBLOCK ?? 0)));
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new FileError('EISDIR', reasons.EISDIR!);
    if (!stat.isFile() && !(mayBePipe && (stat.isFIFO() || stat.isSocket())))
      throw new FileError('EINVAL', 'it is no regular file');
    if (isViewOfProcess(path)) throw new FileError('EACCES', reasons.EACCES!);
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    throw fileError(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What a name is, links followed. `other`: a device, a pipe, a socket. */
export type FileKind = 'file' | 'directory' | 'other';

/** undefined when there is nothing. Opens nothing. */
export function fileKind(path: string): FileKind | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'directory' : stat && 'other';
  } catch {
    return undefined;
  }
}

/** Whether a regular file has this name. Opens nothing. */
export const isRegularFile = (path: string): boolean => fileKind(path) === 'file';

/** The path without symbolic links. Throws FileError. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw fileError(error);
  }
}
