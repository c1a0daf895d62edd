// All of src/engine as one program for the compiler's API: what `npm run check` asks of types is asked of this.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'classic-typescript';

export const root = path.resolve(import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)), '..');

const testFile = /\.test\.ts$|\/test-[^/]*$/;

/** A file of the engine, tests and what they share left out. */
export const isOfEngine = (fileName: string): boolean => /\/src\/engine\//.test(fileName) && !testFile.test(fileName);

export function engineProgram(): ts.Program {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames.filter(isOfEngine), { ...options, types: ['node'], lib: ['lib.es2023.d.ts'] });
}
