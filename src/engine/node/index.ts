// The place around the language: programs as Node 24 runs them.

export * from './commands.ts';
export { createNodeLibraryCode } from './library-scripts.ts';
export * from './node-shell.ts';
