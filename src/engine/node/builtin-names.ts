// The names of Node's built-in modules: what a request means.

import { builtinModuleNames } from './public-modules.ts';

/** `require('module').builtinModules`; those with `node:` are found under that name only. */
export const allBuiltinNames: readonly string[] = [
  ...builtinModuleNames,
  ...['node:sea', 'node:sqlite', 'node:test', 'node:test/reporters'],
];

const known = new Set(allBuiltinNames);

/** The name without `node:` of the built-in module that `request` means; undefined when it means none. */
export const builtinId = (request: string): string | undefined => {
  if (!request.startsWith('node:')) return known.has(request) ? request : undefined;
  const name = request.slice('node:'.length);
  return known.has(name) || known.has(request) ? name : undefined;
};
