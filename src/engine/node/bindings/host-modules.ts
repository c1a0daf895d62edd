// Modules of the host that take it milliseconds to load: loaded when a program first needs them.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export type HostCrypto = typeof import('node:crypto');
export type HostZlib = typeof import('node:zlib');

export const loadCrypto = (): HostCrypto => require('node:crypto');
export const loadZlib = (): HostZlib => require('node:zlib');
