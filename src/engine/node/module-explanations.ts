// What Node adds to V8's messages about modules: names that a CommonJS file does not export, CommonJS names in a module.

import type { ModuleGraph } from '../builtins/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { Isolate } from '../isolate/index.ts';
import { PropertyAttributes, toHostString } from '../objects/index.ts';
import {
  addOrReplace,
  dataPropertyOnChain,
  errorStack,
  isErrorObject,
  isString,
  setErrorStack,
} from '../runtime/index.ts';

export const explainMissingExport = (
  isolate: Isolate,
  graph: ModuleGraph,
  importer: number,
  request: number,
  name: string,
): string => {
  const { scripts } = isolate;
  const data = graph.dataOf(importer)!;
  const { specifier } = data.requests[request]!;
  const entry = [...data.imports, ...data.indirectExports].find((e) => e.request === request && e.importName === name);
  const record = scripts.all.findLast(({ script }) => scripts.nameOf(script) === graph.fileOf(importer));
  let names: string | undefined;
  if (record !== undefined && entry !== undefined) {
    names = /{.*}/.exec(scripts.lineAt(record.script, entry.position))?.[0].replace(/\s+as\s+/g, ': ');
  }
  return (
    `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all ` +
    'module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n' +
    `import pkg from '${specifier}';\n${names === undefined ? '' : `const ${names} = pkg;\n`}`
  );
};

const advice: Readonly<Record<string, string>> = {
  require: 'replace require() with import',
  module: 'use export instead of module.exports/exports',
  exports: 'use export instead of module.exports/exports',
  __filename: 'use import.meta.filename instead',
  __dirname: 'use import.meta.dirname instead',
};

/** A ReferenceError of a CommonJS name in a module's code says what to do. Runs no JavaScript. */
export const explainEvaluationError = (
  isolate: Isolate,
  graph: ModuleGraph,
  id: number,
  error: Tagged,
  /** The package.json that makes a `.js` file a module. */
  moduleTypeFile: (url: string) => string | undefined,
): void => {
  const { rt } = isolate;
  if (!isErrorObject(rt, error)) return;
  const text = (name: Tagged): string => {
    const value = dataPropertyOnChain(rt, error, name);
    return value !== undefined && isString(rt, value) ? toHostString(rt.heap, value) : '';
  };
  const message = text(rt.names.message);
  const name = /^(\w+) is not defined$/.exec(message)?.[1] ?? '';
  if (text(rt.names.name) !== 'ReferenceError' || !Object.hasOwn(advice, name)) return;
  const stack = errorStack(rt, error);
  const set = (key: Tagged, value: string, attributes: number): void =>
    addOrReplace(rt, error, key, rt.factory.newString(value), attributes);
  let explained: string;
  if (graph.dataOf(id)?.hasTopLevelAwait) {
    explained =
      `Cannot determine intended module format because both '${name}' and top-level await are present. If the code is intended ` +
      `to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, ${advice[name]}.`;
    set(rt.factory.internalize('code'), 'ERR_AMBIGUOUS_MODULE_SYNTAX', 0);
  } else {
    explained = `${message} in ES module scope${name === 'require' ? ', you can use import instead' : ''}`;
    const file = moduleTypeFile(graph.fileOf(id));
    if (file !== undefined)
      explained +=
        "\nThis file is being treated as an ES module because it has a '.js' file extension and " +
        `'${file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
  }
  set(rt.names.message, explained, PropertyAttributes.DontEnum);
  if (stack !== undefined && isString(rt, stack))
    setErrorStack(rt, error, rt.factory.newString(toHostString(rt.heap, stack).replace(message, () => explained)));
};
