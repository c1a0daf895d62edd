// `npm run check`: no mutable state at module level in src/engine (scripts/module-state.ts), and no hook that is assigned after
// construction (scripts/hooks.ts), but for what is listed.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'classic-typescript';
import { engineProgram, isOfEngine, root } from './engine-program.ts';
import { checkHooks, HookRule } from './hooks.ts';
import { knownHooks } from './hooks-list.ts';
import { checkShared, ModuleStateRule } from './module-state.ts';
import { sharedState } from './module-state-list.ts';

const nameOf = (fileName: string): string | undefined =>
  isOfEngine(fileName) ? path.relative(root, fileName).split(path.sep).join('/') : undefined;

/** Every problem of a program that has all of src/engine. */
export const checkModuleState = (program: ts.Program): string[] => [
  ...checkShared(new ModuleStateRule(ts, program, nameOf).run(), sharedState),
  ...checkHooks(new HookRule(ts, program, nameOf).run(), knownHooks),
];

function main(): number {
  const problems = checkModuleState(engineProgram());
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'module state, hooks: ok' : `module state, hooks: ${problems.length} problem(s)`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main());
