// Built-in modules by name: what `require('fs')` and `import 'node:fs'` find. Each is made when it is asked for first.

import type { Tagged } from '../heap/index.ts';

/** What the loaders ask. Names are without `node:`. */
export interface BuiltinModules {
  has(name: string): boolean;
  /** The module's exports: the same object at every call. */
  require(name: string): Tagged;
}
