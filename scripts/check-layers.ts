// The layers: which folder may import which. Exactly this table; an entry that nobody uses fails too, so the table stays
// the truth. Imports across folders go through the other folder's index.ts.
//
// `npm run check` runs it. `--allow-unused` is for the time before a folder has landed.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkOffsets } from './bare-offsets.ts';
import { checkLengths } from './file-lengths.ts';
import { checkCircles } from './import-circles.ts';
import { importsOf } from './imports.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** In the order of the story; docs/architecture.md shows the same list. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  'src/picture': [],
  'src/panel': ['picture'],
  'src/engine/base': [],
  'src/engine/sealed': [],
  'src/engine/source-maps': [],
  'src/engine/wasm': [],
  'src/engine/x64': ['wasm'],
  'src/engine/layout': [],
  'src/engine/heap': ['layout'],
  'src/engine/objects': ['layout', 'heap'],
  'src/engine/frames': ['heap', 'objects'],
  'src/engine/parser': [],
  'src/engine/bytecode': ['objects'],
  'src/engine/ignition': ['parser', 'bytecode', 'objects'],
  'src/engine/runtime': ['heap', 'objects', 'frames'],
  'src/engine/inspect': ['heap', 'objects', 'runtime'],
  'src/engine/builtins': ['heap', 'objects', 'runtime', 'inspect'],
  'src/engine/feedback': ['heap', 'objects', 'runtime'],
  'src/engine/interpreter': ['wasm', 'x64', 'heap', 'objects', 'frames', 'bytecode', 'runtime', 'feedback'],
  'src/engine/deoptimizer': ['heap', 'objects', 'frames', 'x64'],
  'src/engine/turbofan': ['heap', 'objects', 'frames', 'bytecode', 'feedback', 'x64', 'runtime', 'deoptimizer'],
  'src/engine/isolate': [
    'base',
    'sealed',
    'source-maps',
    'x64',
    'heap',
    'objects',
    'frames',
    'parser',
    'bytecode',
    'ignition',
    'runtime',
    'inspect',
    'builtins',
    'feedback',
    'interpreter',
    'deoptimizer',
    'turbofan',
  ],
  'src/engine/listings': ['base', 'bytecode', 'heap', 'objects', 'isolate'],
  'src/engine/shell': ['base', 'bytecode', 'heap', 'objects', 'ignition', 'runtime', 'builtins', 'isolate', 'listings'],
  'src/engine/node': [
    'base',
    'sealed',
    'source-maps',
    'heap',
    'objects',
    'ignition',
    'runtime',
    'inspect',
    'builtins',
    'isolate',
    'shell',
  ],
  'src/engine/debug': [
    'picture',
    'base',
    'source-maps',
    'x64',
    'heap',
    'objects',
    'frames',
    'bytecode',
    'ignition',
    'runtime',
    'builtins',
    'feedback',
    'interpreter',
    'deoptimizer',
    'isolate',
    'shell',
    'node',
  ],
  'src/engine': ['base', 'bytecode', 'x64', 'isolate', 'shell', 'node'],
  'src/adapter': ['debug', 'picture'],
  'src/language': ['engine'],
  'src/cli': ['engine', 'debug', 'adapter', 'sealed'],
  'src/extension': ['type adapter', 'type panel', 'picture'], // types of messages only: the adapter is another process
};

/** `base` → `src/engine/base`, `engine` → `src/engine`. */
const folderOf = (name: string): string =>
  name === 'engine' || `src/${name}` in layers ? `src/${name}` : `src/engine/${name}`;

/** The layer a file belongs to: the longest folder of the table that holds it. */
export function layerOf(file: string): string | undefined {
  let best: string | undefined;
  for (const folder of Object.keys(layers)) {
    if (file.startsWith(`${folder}/`) && folder.length > (best?.length ?? 0)) best = folder;
  }
  return best;
}

/** Every broken rule, as one line each. `files` maps a path from the root to its text. */
export function check(files: ReadonlyMap<string, string>, allowUnused: boolean): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const [file, text] of files) {
    if (file.endsWith('.test.ts')) continue;
    const from = layerOf(file);
    if (from === undefined) {
      problems.push(`${file}: belongs to no layer; add its folder to scripts/check-layers.ts and docs/architecture.md`);
      continue;
    }
    for (const { specifier, typeOnly } of importsOf(text)) {
      if (!specifier.startsWith('.')) {
        if (specifier === 'vscode' && from !== 'src/extension')
          problems.push(`${file}: only src/extension may import 'vscode'`);
        continue;
      }
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
      const to = layerOf(target);
      if (to === from) continue;
      if (to === undefined) {
        problems.push(`${file}: imports ${specifier}, which is outside every layer`);
        continue;
      }
      const allowed = layers[from]!.find((name) => folderOf(name.replace(/^type /, '')) === to);
      if (allowed === undefined) problems.push(`${file}: ${from} may not import ${to}`);
      else if (allowed.startsWith('type ') && !typeOnly)
        problems.push(`${file}: ${from} may import only types from ${to}`);
      else if (target !== `${to}/index.ts`) problems.push(`${file}: imports ${target} past ${to}/index.ts`);
      used.add(`${from} ${to}`);
    }
  }
  if (!allowUnused) {
    for (const [from, names] of Object.entries(layers)) {
      for (const name of names) {
        if (!used.has(`${from} ${folderOf(name.replace(/^type /, ''))}`))
          problems.push(`scripts/check-layers.ts: ${from} → ${name} is allowed but not used`);
      }
    }
  }
  return problems;
}

function read(folder: string, into: Map<string, string>, names = /\.tsx?$/): Map<string, string> {
  if (!existsSync(path.join(root, folder))) return into;
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) read(file, into, names);
    else if (names.test(entry.name)) into.set(file, readFileSync(path.join(root, file), 'utf8'));
  }
  return into;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = read('src', new Map());
  const problems = [
    ...check(files, process.argv.includes('--allow-unused')),
    ...checkCircles(files),
    ...checkOffsets(files),
    ...checkLengths(read('src', new Map(), /\.(tsx?|js|css)$/)),
  ];
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'layers: ok' : `layers: ${problems.length} problem(s)`);
  process.exit(problems.length === 0 ? 0 : 1);
}
