// npm run raw-words [-- --record] [-- --why NAME]
//
// A raw tagged word lives no longer than the next call that may collect: objects move, handles follow, words do not. This reads the
// types of src/engine, infers which functions may collect (call-graph.ts), and follows every local `Tagged` (flow.ts).
//
// known.json holds how many uses each file still has that it cannot clear. Many are right for a reason that the types do not show (a
// key that is a name already, a receiver that is no proxy); none may be added, and a file that has fewer must say so: `--record`.
// `--why NAME` says by which calls a function may collect.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'classic-typescript';
import { CallGraph } from './call-graph.ts';
import { type Finding, RawWords } from './flow.ts';
import { type FunctionNode, nameOf } from './function-nodes.ts';

const here = import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const knownFile = path.join(here, 'known.json');

/** Folders that know no heap: what is called there collects only by what it is given. */
const below = /\/src\/engine\/(base|sealed|source-maps|wasm|x64|parser)\//;

/** What moves objects. */
const isSeed = (node: FunctionNode): boolean =>
  node.name?.getText() === 'scavenge' && /heap\/scavenger\.ts$/.test(node.getSourceFile().fileName);

export interface Result {
  readonly graph: CallGraph;
  /** By file, in the order of the text. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** Every use of a raw word that a collection may have outdated, in the program's files that `isOurs`. */
export function rawWordsIn(program: ts.Program, isOurs: (fileName: string) => boolean): Result {
  const files = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName));
  const graph = new CallGraph(program, files, isSeed);
  const words = new RawWords(graph);
  for (const file of files) words.checkFile(file);
  return { graph, findings: byFile(words.findings.values()) };
}

function byFile(findings: Iterable<Finding>): Map<string, Finding[]> {
  const result = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { fileName } = finding.node.getSourceFile();
    const list = result.get(fileName);
    if (list === undefined) result.set(fileName, [finding]);
    else list.push(finding);
  }
  return result;
}

export const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;

const describe = (file: string, { node, name, call, why }: Finding): string =>
  `${file}:${lineOf(node)}: ${name} is raw after ${call} (${why})`;

function engine(): Result {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const names = fileNames.filter((name) => /\/src\/engine\//.test(name) && !/\.test\.ts$|\/test-[^/]*$/.test(name));
  const program = ts.createProgram(names, { ...options, types: ['node'] });
  return rawWordsIn(program, (name) => /\/src\/engine\//.test(name) && !below.test(name));
}

/** The chain of calls by which functions of that name may collect. */
function explain({ collecting }: CallGraph, name: string): void {
  const byName = new Map([...collecting].map(([node, why]) => [nameOf(node), why]));
  for (const start of byName.keys()) {
    if (!start.startsWith(`${name} `) && !start.includes(`.${name} `)) continue;
    const chain: string[] = [];
    for (let at: string | undefined = start; at !== undefined && !chain.includes(at); at = byName.get(at))
      chain.push(at);
    console.log(chain.join('\n  → '));
  }
}

function main(args: readonly string[]): number {
  const { graph, findings } = engine();
  const asked = args.indexOf('--why');
  if (asked >= 0) {
    explain(graph, args[asked + 1] ?? '');
    return 0;
  }
  const counts = Object.fromEntries(
    [...findings].map(([file, list]) => [path.relative(root, file).replaceAll('\\', '/'), list.length]).sort(),
  ) as Record<string, number>;
  if (args.includes('--record')) writeFileSync(knownFile, `${JSON.stringify(counts, null, 2)}\n`);
  const known: Record<string, number> = JSON.parse(readFileSync(knownFile, 'utf8'));
  const problems = [...graph.brokenMarks()].map(
    ([node, why]) => `${nameOf(node)}: says @neverCollects, but calls ${why}`,
  );
  for (const [file, list] of findings) {
    const name = path.relative(root, file).replaceAll('\\', '/');
    const allowed = known[name] ?? 0;
    if (list.length > allowed) {
      problems.push(
        ...list.map((finding) => describe(name, finding)),
        `${name}: ${list.length} raw words, ${allowed} known`,
      );
    } else if (list.length < allowed) problems.push(`${name}: ${list.length} raw words, ${allowed} known: --record`);
  }
  for (const name of Object.keys(known))
    if (!(name in counts)) problems.push(`${name}: no raw words any more: --record`);
  for (const problem of problems) console.error(problem);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  console.log(problems.length === 0 ? `raw words: ok (${total} known)` : `raw words: ${problems.length} problem(s)`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv.slice(2)));
