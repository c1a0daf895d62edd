// Runs programs one after another in the reference V8, each in a context of its own. The reference binary runs this file.

import { format } from 'node:util';
import { compileFunction, createContext } from 'node:vm';

process.on('unhandledRejection', () => undefined);

process.on('message', ({ id, source }) => {
  let stdout = '';
  let failed = '';
  const log = (...values) => {
    stdout += `${format(...values)}\n`;
  };
  try {
    const context = createContext({ console: { log }, process: { on() {} } });
    const run = compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], {
      filename: 'program.js',
      parsingContext: context,
    });
    run.call({}, {}, undefined, {}, 'program.js', '.');
  } catch (error) {
    failed = String(error?.name ?? error);
  }
  // Microtasks first.
  setImmediate(() => process.send({ id, stdout, failed }));
});
