// Part of the build: writes dist/startup-snapshot.bin and dist/library-code.bin with the engine that was built. Their build id is the engine's.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildIdOf, installCodeCache } from '../src/cli/code-cache.ts';

const engine = path.resolve('dist/engine.cjs');
installCodeCache();
const { createNodeLibraryCode, createStartupSnapshot } = createRequire(engine)(
  engine,
) as typeof import('../src/engine/index.ts');
writeFileSync('dist/startup-snapshot.bin', createStartupSnapshot(buildIdOf(engine)));
writeFileSync('dist/library-code.bin', createNodeLibraryCode(buildIdOf(engine)));
