// `npm run check`: no mutable state at module level in src/engine (scripts/module-state.ts), and no hook that is assigned after
// construction (scripts/hooks.ts), but for what is listed.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'classic-typescript';
import { checkHooks, HookRule } from './hooks.ts';
import { knownHooks } from './hooks-list.ts';
import { checkShared, ModuleStateRule } from './module-state.ts';
import { sharedState } from './module-state-list.ts';

const ts: typeof TypeScript = createRequire(import.meta.url)('classic-typescript');
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent({ ...config, include: ['src/engine'] }, ts.sys, root);
const names = ts.sys.readDirectory(path.join(root, 'src/engine'), ['.ts'], ['**/*.test.ts', '**/test-*.ts']);
const program = ts.createProgram(names, { ...options, types: ['node'], lib: ['lib.es2023.d.ts'] });
const nameOf = (fileName: string): string | undefined => {
  const name = path.relative(root, fileName).split(path.sep).join('/');
  return name.startsWith('src/engine/') && !/\.test\.ts$|\/test-[^/]*$/.test(name) ? name : undefined;
};
const shared = checkShared(new ModuleStateRule(ts, program, nameOf).run(), sharedState);
const hooks = checkHooks(new HookRule(ts, program, nameOf).run(), knownHooks);
const problems = [...shared, ...hooks];
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'module state, hooks: ok' : `module state, hooks: ${problems.length} problem(s)`);
process.exit(problems.length === 0 ? 0 : 1);
