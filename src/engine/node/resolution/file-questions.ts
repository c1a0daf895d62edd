// What resolution asks about files; the Host answers. To ask what a name is opens nothing.

export interface FileQuestions {
  /** What a name is, links followed; undefined when there is nothing. */
  kindOf(path: string): 'file' | 'directory' | 'other' | undefined;
  /** Contents of a regular file as text. */
  readFile(path: string): string;
  /** The path without symbolic links. */
  realpath(path: string): string;
}

/** A warning of resolution, as `process.emitWarning` takes it. */
export type WarningSink = (message: string, type: 'DeprecationWarning', code: string) => void;
