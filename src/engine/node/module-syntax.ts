// Telling an ES module from a CommonJS file by its text, where neither its name nor a package.json does.

import { JsSyntaxError } from '../ignition/index.ts';
import type { Isolate } from '../isolate/index.ts';

/** Complaints about a CommonJS source that only a module's syntax gets. */
const moduleSyntax =
  /^(?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import.meta' outside a module)$/;

/** Complaints that a module's text would not get: it may declare the wrapper's names, and await. */
const onlyInCommonJs =
  /^(?:Identifier '(?:__filename|__dirname|module|exports|require)' has already been declared|await is only valid in async functions and the top level bodies of modules|Unexpected reserved word|missing \) after argument list|Unexpected identifier '.*')$/;

/** Whether a source that failed as CommonJS with `error` is an ES module. */
export const isModuleSource = (isolate: Isolate, source: string, error: JsSyntaxError): boolean => {
  if (moduleSyntax.test(error.message)) return true;
  if (!onlyInCommonJs.test(error.message)) return false;
  try {
    isolate.scripts.check(source, { isModule: true });
    return true;
  } catch (other) {
    if (other instanceof JsSyntaxError) return false;
    throw other;
  }
};
