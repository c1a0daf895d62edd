// The JavaScript of this layer: the build compiles it ahead (isolate/library-code.ts).

import { createLibraryCode, type LibraryScript } from '../isolate/index.ts';
import { commonJsSource } from './commonjs-source.ts';
import { assertSource } from './node-assert.ts';

export const commonJsScript: LibraryScript = { name: 'node:internal/modules/cjs/loader', source: commonJsSource };
export const assertScript: LibraryScript = { name: 'node:assert', source: assertSource };

export const libraryScripts: readonly LibraryScript[] = [commonJsScript, assertScript];

/** The compiled code of these scripts, as a file's bytes. */
export const createNodeLibraryCode = (buildId: string): Uint8Array => createLibraryCode(buildId, libraryScripts);
