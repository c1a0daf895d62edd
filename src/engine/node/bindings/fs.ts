// Files, by permission (file-system.ts): each function is one of the system's calls, on copies. The host's errors become Node's
// "CODE: message, syscall 'path'".

import * as fs from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { StaticRoot } from '../../objects/index.ts';
import type { Arguments, Runtime } from '../../runtime/index.ts';
import { AccessDenied, type FileSystem, SystemError } from '../file-system.ts';
import {
  bytesAt,
  type Copied,
  type Family,
  flagAt,
  newBytes,
  newCopy,
  newFlag,
  newNumber,
  newText,
  numberAt,
  optionalText,
  textAt,
  throwWith,
} from './binding.ts';

/** The system's own words for its errors. */
const messages: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBADF: 'bad file descriptor',
  EBUSY: 'resource busy or locked',
  EEXIST: 'file already exists',
  EFBIG: 'file too large',
  EINVAL: 'invalid argument',
  EIO: 'i/o error',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many symbolic links encountered',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'name too long',
  ENODEV: 'no such device',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOSYS: 'function not implemented',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  ENOTSUP: 'operation not supported on socket',
  ENXIO: 'no such device or address',
  EPERM: 'operation not permitted',
  EPIPE: 'broken pipe',
  EROFS: 'read-only file system',
  ETXTBSY: 'text file is busy',
  EXDEV: 'cross-device link not permitted',
};

/** Makes a system call. Throws JavaScript errors. */
const call = <T>(
  rt: Runtime,
  syscall: string,
  path: string | undefined,
  dest: string | undefined,
  body: () => T,
): T => {
  try {
    return body();
  } catch (error) {
    if (error instanceof AccessDenied) {
      const isRead = error.permission === 'FileSystemRead';
      const flag = isRead ? 'allow-fs-read' : 'allow-fs-write';
      return throwWith(rt, 'Error', `Access to this API has been restricted. Use --${flag} to manage permissions.`, {
        code: 'ERR_ACCESS_DENIED',
        permission: error.permission,
        resource: error.resource,
      });
    }
    const { code = 'EIO', errno } = error as { code?: string; errno?: number };
    if (!(error instanceof SystemError) && !(error instanceof Error)) throw error;
    if (code.startsWith('ERR_')) return throwWith(rt, 'Error', (error as Error).message, { code });
    let text = `${code}: ${messages[code] ?? 'unknown error'}, ${syscall}`;
    if (path !== undefined) text += ` '${path}'`;
    if (dest !== undefined) text += ` -> '${dest}'`;
    return throwWith(rt, 'Error', text, { errno: errno ?? -5, code, syscall, path, dest });
  }
};

/** Numbers of a stat, as [dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeNs, mtimeNs, ctimeNs, birthtimeNs]. */
const statCopy = (stat: fs.BigIntStats): Copied => [
  stat.dev,
  stat.mode,
  stat.nlink,
  stat.uid,
  stat.gid,
  stat.rdev,
  stat.blksize,
  stat.ino,
  stat.size,
  stat.blocks,
  stat.atimeNs,
  stat.mtimeNs,
  stat.ctimeNs,
  stat.birthtimeNs,
];

const entryKind = (entry: fs.Dirent): number => {
  if (entry.isFile()) return 1;
  if (entry.isDirectory()) return 2;
  if (entry.isSymbolicLink()) return 3;
  if (entry.isFIFO()) return 4;
  if (entry.isSocket()) return 5;
  if (entry.isCharacterDevice()) return 6;
  return entry.isBlockDevice() ? 7 : 0;
};

export const fileSystem: Family = ({ files }) => {
  const path = (rt: Runtime, args: Arguments, i = 0): string => textAt(rt, args, i);
  const stats =
    (name: string, read: (files: FileSystem, path: string) => fs.BigIntStats) => (rt: Runtime, args: Arguments) => {
      const target = path(rt, args);
      // throwIfNoEntry: false
      if (flagAt(args, 1)) {
        try {
          return newCopy(rt, statCopy(read(files, target)));
        } catch (error) {
          const { code } = error as { code?: string };
          if (code === 'ENOENT' || code === 'ENOTDIR') return StaticRoot.Undefined;
        }
      }
      return newCopy(rt, statCopy(call(rt, name, target, undefined, () => read(files, target))));
    };
  /** A change of one name: (path) → nothing. */
  const change =
    (name: string, body: (path: string, rt: Runtime, args: Arguments) => void) => (rt: Runtime, args: Arguments) => {
      const target = path(rt, args);
      call(rt, name, target, undefined, () => body(target, rt, args));
      return StaticRoot.Undefined;
    };
  const seconds = (rt: Runtime, args: Arguments, i: number): number => numberAt(rt, args, i) || 0;
  return {
    open: (rt, args) => {
      const target = path(rt, args);
      return newNumber(
        rt,
        call(rt, 'open', target, undefined, () =>
          files.open(target, numberAt(rt, args, 1) | 0, numberAt(rt, args, 2) & 0o7777),
        ),
      );
    },
    close: (rt, args) => {
      call(rt, 'close', undefined, undefined, () => files.close(numberAt(rt, args, 0)));
      return StaticRoot.Undefined;
    },
    /** read(fd, bytes, offset, length, position): position −1 is the file's own. */
    read: (rt, args) => {
      const bytes = bytesAt(rt, args, 1);
      const offset = Math.min(Math.max(0, numberAt(rt, args, 2) | 0), bytes.length);
      const length = Math.min(Math.max(0, numberAt(rt, args, 3)), bytes.length - offset);
      const position = numberAt(rt, args, 4);
      return newNumber(
        rt,
        call(rt, 'read', undefined, undefined, () =>
          fs.readSync(files.descriptor(numberAt(rt, args, 0)), bytes, offset, length, position >= 0 ? position : null),
        ),
      );
    },
    write: (rt, args) => {
      const bytes = bytesAt(rt, args, 1);
      const offset = Math.min(Math.max(0, numberAt(rt, args, 2) | 0), bytes.length);
      const length = Math.min(Math.max(0, numberAt(rt, args, 3)), bytes.length - offset);
      const position = numberAt(rt, args, 4);
      return newNumber(
        rt,
        call(rt, 'write', undefined, undefined, () =>
          fs.writeSync(files.descriptor(numberAt(rt, args, 0)), bytes, offset, length, position >= 0 ? position : null),
        ),
      );
    },
    /** All of a regular file. */
    readFile: (rt, args) => {
      const target = path(rt, args);
      const bytes = call(rt, 'open', target, undefined, () => {
        const own = files.open(target, fs.constants.O_RDONLY, 0);
        try {
          const descriptor = files.descriptor(own);
          if (fs.fstatSync(descriptor).isDirectory()) throw new SystemError('EISDIR', -21);
          return fs.readFileSync(descriptor);
        } catch (error) {
          if ((error as { code?: string }).code === 'EISDIR') return undefined;
          throw error;
        } finally {
          files.close(own);
        }
      });
      if (bytes === undefined)
        return call(rt, 'read', undefined, undefined, () => {
          throw new SystemError('EISDIR', -21);
        });
      return newBytes(rt, bytes);
    },
    stat: stats('stat', (system, target) => system.stat(target)),
    lstat: stats('lstat', (system, target) => system.lstat(target)),
    fstat: (rt, args) =>
      newCopy(
        rt,
        statCopy(
          call(rt, 'fstat', undefined, undefined, () =>
            fs.fstatSync(files.descriptor(numberAt(rt, args, 0)), { bigint: true }),
          ),
        ),
      ),
    access: (rt, args) => {
      const target = path(rt, args);
      const mode = numberAt(rt, args, 1) | 0;
      call(rt, 'access', target, undefined, () => {
        if ((mode & fs.constants.W_OK) !== 0) files.writablePath(target);
        fs.accessSync(files.readable(target), mode);
      });
      return StaticRoot.Undefined;
    },
    exists: (rt, args) => {
      try {
        return newFlag(fs.existsSync(files.readable(textAt(rt, args, 0))));
      } catch {
        return newFlag(false);
      }
    },
    readdir: (rt, args) => {
      const target = path(rt, args);
      const entries = call(rt, 'scandir', target, undefined, () =>
        fs.readdirSync(files.readable(target), { withFileTypes: true, encoding: 'utf8' }),
      );
      return newCopy(rt, [entries.map((entry) => entry.name), entries.map(entryKind)]);
    },
    realpath: (rt, args) => {
      const target = path(rt, args);
      const syscall = optionalText(rt, args, 1) ?? 'lstat';
      return newText(
        rt,
        call(rt, syscall, target, undefined, () => fs.realpathSync.native(files.readable(target))),
      );
    },
    readlink: (rt, args) => {
      const target = path(rt, args);
      return newText(
        rt,
        call(rt, 'readlink', target, undefined, () => fs.readlinkSync(files.readableEntry(target))),
      );
    },
    mkdir: (rt, args) => {
      const target = path(rt, args);
      const mode = numberAt(rt, args, 1) & 0o7777;
      const recursive = flagAt(args, 2);
      const made = call(rt, 'mkdir', target, undefined, () =>
        fs.mkdirSync(files.writablePath(target), { mode, recursive }),
      );
      return made === undefined ? StaticRoot.Undefined : newText(rt, made);
    },
    mkdtemp: (rt, args) => {
      const prefix = path(rt, args);
      return newText(
        rt,
        call(rt, 'mkdtemp', `${prefix}XXXXXX`, undefined, () => {
          files.writableEntry(`${prefix}XXXXXX`);
          return fs.mkdtempSync(files.absolute(prefix) + (prefix.endsWith('/') ? '/' : ''));
        }),
      );
    },
    rmdir: change('rmdir', (target) => fs.rmdirSync(files.writableEntry(target))),
    unlink: change('unlink', (target) => fs.unlinkSync(files.writableEntry(target))),
    truncate: change('open', (target, rt, args) =>
      fs.truncateSync(files.writablePath(target), numberAt(rt, args, 1) || 0),
    ),
    ftruncate: (rt, args) => {
      call(rt, 'ftruncate', undefined, undefined, () =>
        fs.ftruncateSync(files.descriptor(numberAt(rt, args, 0)), numberAt(rt, args, 1) || 0),
      );
      return StaticRoot.Undefined;
    },
    fsync: (rt, args) => {
      call(rt, 'fsync', undefined, undefined, () => fs.fsyncSync(files.descriptor(numberAt(rt, args, 0))));
      return StaticRoot.Undefined;
    },
    chmod: change('chmod', (target, rt, args) =>
      fs.chmodSync(files.writablePath(target), numberAt(rt, args, 1) & 0o777),
    ),
    utimes: change('utime', (target, rt, args) =>
      fs.utimesSync(files.writablePath(target), seconds(rt, args, 1), seconds(rt, args, 2)),
    ),
    futimes: (rt, args) => {
      call(rt, 'futime', undefined, undefined, () =>
        fs.futimesSync(files.descriptor(numberAt(rt, args, 0)), seconds(rt, args, 1), seconds(rt, args, 2)),
      );
      return StaticRoot.Undefined;
    },
    rename: (rt, args) => {
      const [from, to] = [path(rt, args), path(rt, args, 1)];
      call(rt, 'rename', from, to, () => fs.renameSync(files.writableEntry(from), files.writableEntry(to)));
      return StaticRoot.Undefined;
    },
    copyFile: (rt, args) => {
      const [from, to] = [path(rt, args), path(rt, args, 1)];
      call(rt, 'copyfile', from, to, () => {
        const source = files.readable(from);
        if (fs.existsSync(source) && fs.statSync(source).isDirectory()) throw new SystemError('EISDIR', -21);
        fs.copyFileSync(files.contentOf(from), files.writablePath(to), numberAt(rt, args, 2) & 7);
      });
      return StaticRoot.Undefined;
    },
    /** A link must lead to where the program may write: it would be a way out of its folder. */
    symlink: (rt, args) => {
      const [target, at] = [path(rt, args), path(rt, args, 1)];
      call(rt, 'symlink', target, at, () => {
        const entry = files.writableEntry(at);
        const led = target.startsWith('/') ? target : `${entry.slice(0, entry.lastIndexOf('/'))}/${target}`;
        if (!files.hasReadPermission(led) && !files.hasWritePermission(led))
          throw new AccessDenied('FileSystemRead', target);
        fs.symlinkSync(target, entry);
      });
      return StaticRoot.Undefined;
    },
    link: (rt, args) => {
      const [from, to] = [path(rt, args), path(rt, args, 1)];
      call(rt, 'link', from, to, () => fs.linkSync(files.writablePath(from), files.writableEntry(to)));
      return StaticRoot.Undefined;
    },
    constants: (rt) => newCopy(rt, fs.constants as unknown as Copied),
    errorName: (rt, args) => {
      try {
        return newText(rt, getSystemErrorName(numberAt(rt, args, 0)));
      } catch {
        return StaticRoot.Undefined;
      }
    },
    errorMessage: (rt, args) => newText(rt, messages[textAt(rt, args, 0)] ?? 'unknown error'),
  };
};
