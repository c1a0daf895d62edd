// Hooks that are assigned after construction, each by the property's declaration.

import type { KnownHook } from './hooks.ts';

const hook = (file: string, name: string, why: string): KnownHook => ({ of: `src/engine/${file} ${name}`, why });

const attached = 'the debugger attaches to a program that is prepared already, and connects its parts';

export const knownHooks: readonly KnownHook[] = [
  hook('source-maps/source-maps.ts', 'SourceMaps.onProblem', attached),
  hook('isolate/isolate.ts', 'Isolate.debug', attached),
  hook('debug/scopes.ts', 'Scopes.accumulator', attached),
  hook('debug/evaluate.ts', 'Evaluator.inMachineCode', attached),
  hook('debug/evaluate.ts', 'Evaluator.onRun', attached),
  hook('debug/evaluate.ts', 'Evaluator.register', attached),
  hook('debug/values.ts', 'Values.actions', attached),
];
