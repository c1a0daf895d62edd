// The place around the language: programs as Node 24 runs them.

export * from './commands.ts';
export { createLibraryCode } from './library.ts';
export * from './node-shell.ts';
export { TypeScriptSyntaxError } from './typescript/transform.ts';
