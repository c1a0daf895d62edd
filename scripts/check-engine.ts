// What `npm run check` asks of the engine's types, on one program: module state, hooks, units and raw words. Each has a command of its own.

import { checkModuleState } from './check-module-state.ts';
import { engineProgram } from './engine-program.ts';
import { checkRawWords } from './raw-words/raw-words.ts';
import { checkUnits } from './units.ts';

const program = engineProgram();
let failed = false;
for (const [name, check] of [
  ['module state, hooks', checkModuleState],
  ['units', checkUnits],
  ['raw words', checkRawWords],
] as const) {
  const problems = check(program);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? `${name}: ok` : `${name}: ${problems.length} problem(s)`);
  failed ||= problems.length > 0;
}
process.exit(failed ? 1 : 0);
