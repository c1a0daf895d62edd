// What src/engine keeps at module level and changes: caches that hold nothing of any isolate, so that it does not matter whose
// question filled them, and tables that are complete before the first isolate is made.

import type { SharedState } from './module-state.ts';

const cache = (file: string, name: string, why: string): SharedState => ({ of: `src/engine/${file} ${name}`, why });

export const sharedState: readonly SharedState[] = [
  cache(
    'builtins/regexp-exec.ts',
    'hostCache',
    'host regular expressions by source and flags; each use sets lastIndex first',
  ),
  cache('bytecode/runtime-ids.ts', 'libraryIds', 'ids of library functions, given while modules are loaded'),
  cache('bytecode/runtime-ids.ts', 'libraryNames', 'ids of library functions, given while modules are loaded'),
  cache('ignition/scope-info.ts', 'scopeInfos', 'the description that a scope was rebuilt from, by the scope'),
  cache('ignition/literals.ts', 'shapes', 'shape of an object or array literal, by its syntax tree'),
  cache('interpreter/loop.ts', 'modules', 'compiled WebAssembly modules of the loop, by memory size'),
  cache('interpreter/loop.ts', 'presets', 'the loop as the startup snapshot has it, by memory size'),
  cache('isolate/call-printer.ts', 'trees', 'syntax trees by source text'),
  cache(
    'isolate/startup-snapshot.ts',
    'shipped',
    'the file beside the bundle, read once; of sources, made with the third isolate',
  ),
  cache('isolate/startup-snapshot.ts', 'asked', 'how many isolates of sources were made before there was a snapshot'),
  cache(
    'runtime/runtime.ts',
    'declaredBuiltins',
    'builtin ids, given while modules are loaded; the first runtime freezes it',
  ),
  cache('x64/encodings.ts', 'encoder', "iced-x86's encoder, loaded with the first instruction"),
  cache('x64/encodings.ts', 'encodings', 'encoded instructions by their operands'),
  cache('x64/emulator.ts', 'loop', "the emulator's loop, compiled once"),
  cache('x64/instructions.ts', 'instructions', "the instruction table by iced-x86's numbers, made with its first use"),
];
