// The libraries that make JavaScript of TypeScript, loaded when the first such file is met. In bundles this file is another one:
// scripts/typescript-lazily.ts.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export type Swc = typeof import('@swc/wasm-typescript');
export type TypeScript = typeof import('classic-typescript');

/** What Node itself strips types with. */
export const loadSwc = (): Swc => require('@swc/wasm-typescript');

export const loadTypeScript = (): TypeScript => require('classic-typescript');
