// Part of the build: writes dist/startup-snapshot.bin and dist/node-library.code with the engine that was built. Its build id is the engine's.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildIdOf, installCodeCache } from '../src/cli/code-cache.ts';

const engine = path.resolve('dist/engine.cjs');
installCodeCache();
const { createLibraryCode, createStartupSnapshot } = createRequire(engine)(
  engine,
) as typeof import('../src/engine/index.ts');
writeFileSync('dist/startup-snapshot.bin', createStartupSnapshot(buildIdOf(engine)));
writeFileSync('dist/node-library.code', createLibraryCode(buildIdOf(engine)));
