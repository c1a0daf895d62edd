// Every mutant: a table a layer, in the order of the story.

import { surroundingMutants } from './around.ts';
import { backendMutants } from './backend.ts';
import { debugMutants } from './debug.ts';
import { deoptimizerMutants } from './deoptimizer.ts';
import { entryCodeMutants } from './entry-code.ts';
import { heapMutants } from './heap.ts';
import { interpreterMutants } from './interpreter.ts';
import { isolateMutants } from './isolate.ts';
import type { Mutant } from './mutant.ts';
import { oldSpaceMutants } from './old-space.ts';
import { reductionMutants } from './reductions.ts';
import { turbofanMutants } from './turbofan.ts';

export type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [
  ...heapMutants,
  ...oldSpaceMutants,
  ...interpreterMutants,
  ...entryCodeMutants,
  ...turbofanMutants,
  ...reductionMutants,
  ...backendMutants,
  ...isolateMutants,
  ...deoptimizerMutants,
  ...debugMutants,
  ...surroundingMutants,
];
