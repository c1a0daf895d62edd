// V8's shell, and what both shells share.

export * from './commands.ts';
export * from './d8-shell.ts';
export * from './modules.ts';
export * from './shell.ts';
