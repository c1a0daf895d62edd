// Files of the outside world for `fs`, by permission: what may be read and what may be written, checked on real paths.
//
// Invariant: nothing blocks and nothing is endless: only regular files are opened, none of a process's own. A path is
// checked as it is after its symbolic links, and so is what it would create: a link inside an allowed folder leads
// nowhere else. Descriptors are numbers of our own.

import * as fs from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isViewOfProcess } from '../isolate/index.ts';

/** What a launch allows. Folders and files are absolute. */
export interface FilePermissions {
  /** true: every file; else these files and folders. */
  readonly read: boolean | readonly string[];
  readonly write: readonly string[];
}

/** The program lacks a permission: ERR_ACCESS_DENIED. */
export class AccessDenied extends Error {
  readonly permission: 'FileSystemRead' | 'FileSystemWrite';
  readonly resource: string;
  constructor(permission: 'FileSystemRead' | 'FileSystemWrite', resource: string) {
    super(permission);
    this.permission = permission;
    this.resource = resource;
  }
}

/** The system refused; `code` and `errno` are its own. */
export class SystemError extends Error {
  readonly code: string;
  readonly errno: number;
  constructor(code: string, errno: number) {
    super(code);
    this.code = code;
    this.errno = errno;
  }
}

const bigints = { bigint: true } as const;

/** A real path of what may not be there yet: that of its nearest ancestor, and the rest. */
const realPath = (path: string): string => {
  let existing = path;
  for (let i = 0; i < 4096; i++) {
    try {
      const real = fs.realpathSync.native(existing);
      return existing === path ? real : join(real, relative(existing, path));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return path;
      // a link that leads to nothing: writing through it would create its target
      try {
        const target = fs.readlinkSync(existing);
        const rest = relative(existing, path);
        path = rest === '' ? resolve(dirname(existing), target) : join(resolve(dirname(existing), target), rest);
        existing = path;
      } catch {
        const parent = dirname(existing);
        if (parent === existing) return path;
        existing = parent;
      }
    }
  }
  return path;
};

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_NONBLOCK = 0 } = fs.constants;

export class FileSystem {
  private readonly read: boolean | readonly string[];
  private readonly writable: readonly string[];
  private readonly cwd: () => string;
  /** The host's descriptors by ours. */
  private readonly descriptors = new Map<number, number>();
  private next = 3;

  constructor(permissions: FilePermissions, cwd: () => string) {
    this.read = permissions.read === true ? true : permissions.read === false ? [] : permissions.read.map(realPath);
    this.writable = permissions.write.map((folder) => realPath(resolve(folder)));
    this.cwd = cwd;
  }

  absolute(path: string): string {
    return resolve(this.cwd(), path);
  }

  private mayRead(path: string): boolean {
    if (this.read === true) return true;
    return [...(this.read as readonly string[]), ...this.writable].some((folder) => isWithin(path, folder));
  }

  /** The path to use for reading. Throws AccessDenied. */
  readable(path: string): string {
    const absolute = this.absolute(path);
    if (this.read !== true && !this.mayRead(realPath(absolute))) throw new AccessDenied('FileSystemRead', path);
    return absolute;
  }

  /** As `readable`, for what is read at once: no device, which has no end, and no view of a process. */
  contentOf(path: string): string {
    const absolute = this.readable(path);
    const isFile = fs.statSync(absolute, { throwIfNoEntry: false })?.isFile() ?? true;
    if (!isFile || isViewOfProcess(absolute)) throw new AccessDenied('FileSystemRead', path);
    return absolute;
  }

  /** As `readable`, for what does not follow a last link. */
  readableEntry(path: string): string {
    const absolute = this.absolute(path);
    if (
      this.read !== true &&
      !this.mayRead(join(realPath(dirname(absolute)), absolute.slice(dirname(absolute).length)))
    )
      throw new AccessDenied('FileSystemRead', path);
    return absolute;
  }

  /** The path to use for writing, its links followed. Throws AccessDenied. */
  writablePath(path: string): string {
    const real = realPath(this.absolute(path));
    if (!this.writable.some((folder) => isWithin(real, folder))) throw new AccessDenied('FileSystemWrite', path);
    return real;
  }

  /** As `writablePath`, for the name itself and not what a link behind it leads to. */
  writableEntry(path: string): string {
    const absolute = this.absolute(path);
    const folder = dirname(absolute);
    const real = join(realPath(folder), absolute.slice(folder.length));
    if (!this.writable.some((allowed) => isWithin(real, allowed) && real !== allowed))
      throw new AccessDenied('FileSystemWrite', path);
    return real;
  }

  hasWritePermission(path: string | undefined): boolean {
    if (path === undefined) return this.writable.length > 0;
    const real = realPath(this.absolute(path));
    return this.writable.some((folder) => isWithin(real, folder));
  }

  hasReadPermission(path: string | undefined): boolean {
    return path === undefined ? this.read === true : this.mayRead(realPath(this.absolute(path)));
  }

  // --- descriptors -------------------------------------------------------------------------------------------------------------

  open(path: string, flags: number, mode: number): number {
    const writes = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) !== 0;
    const target = writes ? this.writablePath(path) : this.readable(path);
    const descriptor = fs.openSync(target, flags | O_NONBLOCK, mode);
    const stat = fs.fstatSync(descriptor);
    if ((!stat.isFile() && !stat.isDirectory()) || isViewOfProcess(target)) {
      fs.closeSync(descriptor);
      throw new AccessDenied(writes ? 'FileSystemWrite' : 'FileSystemRead', path);
    }
    const own = this.next++;
    this.descriptors.set(own, descriptor);
    return own;
  }

  /** The host's descriptor. Throws SystemError. */
  descriptor(own: number): number {
    const descriptor = this.descriptors.get(own);
    if (descriptor === undefined) throw new SystemError('EBADF', -9);
    return descriptor;
  }

  close(own: number): void {
    const descriptor = this.descriptor(own);
    this.descriptors.delete(own);
    fs.closeSync(descriptor);
  }

  /** Closes what the program left open. */
  closeAll(): void {
    for (const descriptor of this.descriptors.values()) {
      try {
        fs.closeSync(descriptor);
      } catch {
        // it is closed
      }
    }
    this.descriptors.clear();
  }

  stat(path: string): fs.BigIntStats {
    return fs.statSync(this.readable(path), bigints);
  }

  lstat(path: string): fs.BigIntStats {
    return fs.lstatSync(this.readableEntry(path), bigints);
  }
}
