// npm run raw-words [-- --why NAME]
//
// A raw tagged word lives no longer than the next call that may collect: objects move, handles follow, words do not. This reads the
// types of src/engine, infers which functions may collect (call-graph.ts), and follows every local `Tagged` (flow.ts).
//
// What it reports is mended: the word is put into a handle or read anew, or the call is one of a function that runs no JavaScript for
// these arguments. exceptions.ts holds what is right for a reason that no type shows. `--why NAME` says by which calls a function may
// collect.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'classic-typescript';
import { engineProgram, isOfEngine, root } from '../engine-program.ts';
import { CallGraph } from './call-graph.ts';
import { type Exception, exceptions, maxExceptions } from './exceptions.ts';
import { type Finding, RawWords } from './flow.ts';
import { enclosingFunction, type FunctionNode, nameOf } from './function-nodes.ts';

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

const describe = ({ node, name, call, why }: Finding): string =>
  `${relative(node)}:${lineOf(node)}: ${name} is raw after ${call} (${why})`;

const relative = (node: ts.Node): string =>
  path.relative(path.join(root, 'src/engine'), node.getSourceFile().fileName).replaceAll('\\', '/');

/** As exceptions.ts names a finding. */
export function placeOf({ node, callee }: Finding): string {
  const around = enclosingFunction(node);
  const name = around === undefined ? '' : nameOf(around).replace(/ \(.*/, '');
  return `${relative(node)} ${name}: ${callee}`;
}

/** What is left of the findings, and what is wrong with the list of exceptions. */
export function judge(findings: Iterable<Finding>, allowed: readonly Exception[]): string[] {
  const known = new Set(allowed.map(({ of }) => of));
  const used = new Set<string>();
  const problems: string[] = [];
  for (const finding of findings) {
    const place = placeOf(finding);
    if (known.has(place)) used.add(place);
    else problems.push(describe(finding));
  }
  for (const { of } of allowed) if (!used.has(of)) problems.push(`${of}: an exception that nothing needs`);
  if (allowed.length > maxExceptions) problems.push(`${allowed.length} exceptions, at most ${maxExceptions}`);
  return problems;
}

/** Every problem of a program that has all of src/engine. */
export function checkRawWords(program: ts.Program): string[] {
  return judge(everyFinding(ofEngine(program)), exceptions);
}

const everyFinding = ({ findings }: Result): Finding[] => [...findings.values()].flat();

const ofEngine = (program: ts.Program): Result => rawWordsIn(program, (name) => isOfEngine(name) && !below.test(name));

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
  const asked = args.indexOf('--why');
  if (asked >= 0) {
    explain(ofEngine(engineProgram()).graph, args[asked + 1] ?? '');
    return 0;
  }
  const problems = checkRawWords(engineProgram());
  for (const problem of problems) console.error(problem);
  const listed = `${exceptions.length} exception${exceptions.length === 1 ? '' : 's'}`;
  console.log(problems.length === 0 ? `raw words: ok (${listed})` : `raw words: ${problems.length} problem(s)`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(main(process.argv.slice(2)));
