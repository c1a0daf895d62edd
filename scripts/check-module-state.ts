// `npm run check`: no mutable state at module level in src/engine but what is listed (scripts/module-state.ts), and no hook that is
// assigned after construction (scripts/hooks.ts).

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'classic-typescript';
import { engineProgram, isOfEngine, root } from './engine-program.ts';
import { HookRule, hookProblems } from './hooks.ts';
import { checkShared, ModuleStateRule } from './module-state.ts';
import { sharedState } from './module-state-list.ts';

const nameOf = (fileName: string): string | undefined =>
  isOfEngine(fileName) ? path.relative(root, fileName).split(path.sep).join('/') : undefined;

/** Every problem of a program that has all of src/engine. */
export const checkModuleState = (program: ts.Program): string[] => [
  ...checkShared(new ModuleStateRule(ts, program, nameOf).run(), sharedState),
  ...hookProblems(new HookRule(ts, program, nameOf).run()),
];

function main(): number {
  const problems = checkModuleState(engineProgram());
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'module state, hooks: ok' : `module state, hooks: ${problems.length} problem(s)`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main());
