// npm run reasons-table: docs/deoptimize-reasons.md, every DeoptimizeReason with the program of the corpus that raises it, or why
// none does. Programs are found in what was recorded of the reference; parity says that they do the same here.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeoptimizeReason, deoptimizeReasonTable } from '../src/engine/deoptimizer/index.ts';
import { parseRecordedBailouts } from './parity-trace.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CORPUS = join(ROOT, 'test/corpus/bailout');
export const REASONS_PAGE = join(ROOT, 'docs/deoptimize-reasons.md');

const maglev = "Maglev's own: TurboFan has no such guard";
const nobody = 'nothing in V8 13.6 raises it';
const folded = (reason: string): string => `the bytecode has no feedback of that kind: TurboFan says “${reason}”`;

/** What no program of the corpus raises, and why. */
const WITHOUT_PROGRAM: Readonly<Record<string, string>> = {
  ArrayLengthChanged:
    'guards the length of an array literal that is spread where it stands: nothing can change it before',
  ConstTrackingLet:
    'guards a `let` of a script with `--const-tracking-let`, which is off; a script context’s slot raises “wrong value”',
  CouldNotGrowElements:
    'an index far behind the end is “out of bounds” first; it takes an allocation of elements that fails, which ends the program',
  DeprecatedMap: maglev,
  Float16NotYetSupported:
    'no machine instruction for Float16: asked for by Turboshaft on processors without them, with the flag for Float16Array',
  GreaterThanMaxFastElementArray: maglev,
  InsufficientTypeFeedbackForArrayLiteral: 'a literal without feedback is created by the builtin, without a guard',
  InsufficientTypeFeedbackForGenericGlobalAccess: 'a global access without feedback stays generic, without a guard',
  InsufficientTypeFeedbackForInstanceOf: folded('Insufficient type feedback for compare operation'),
  InsufficientTypeFeedbackForObjectLiteral: 'a literal without feedback is created by the builtin, without a guard',
  InsufficientTypeFeedbackForTypeOf: folded('Insufficient type feedback for unary operation'),
  KeyedAccessChanged: nobody,
  NaN: maglev,
  NoCache: nobody,
  NotAStringWrapper: maglev,
  NotAdditiveSafeInteger: 'guards feedback that only `--additive-safe-int-feedback` collects, which is off',
  NotInt32: maglev,
  NotUint32: maglev,
  OSREarlyExit: 'Maglev’s own: TurboFan compiles the outer loops around the one that it enters',
  PrepareForOnStackReplacement: maglev,
  StoreToConstant:
    'a store that an inline cache has seen made the field mutable; where the cache knows only the initializing store, “wrong map” comes first',
  StringTooLarge: maglev,
  SuspendGeneratorIsDead: maglev,
  UnexpectedContextExtension: 'Maglev’s own: TurboFan depends on empty context extensions, or takes the slow path',
  UnoptimizedCatch: 'Maglev’s own: TurboFan compiles every catch block',
  WrongConstructor: 'Maglev’s own: TurboFan says “wrong call target”',
  WrongEnumIndices: 'an object whose keys have no indices has another map: “wrong map” comes first',
  WrongInstanceType: 'guards receivers of embedders’ accessors and methods, which no program makes',
  WrongMapDynamic: maglev,
};

interface Row {
  readonly name: string;
  readonly message: string;
  /** The corpus programs that raise it, here and in the reference. */
  readonly programs: readonly string[];
  /** One that raises it in the reference only. */
  readonly elsewhere: string | undefined;
  readonly why: string | undefined;
}

/** Programs by V8's message, in order. */
function programsByReason(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of readdirSync(CORPUS).sort()) {
    if (!file.endsWith('.expected')) continue;
    for (const { key } of parseRecordedBailouts(readFileSync(join(CORPUS, file), 'utf8'))) {
      const reason = key.split(' | ')[2]!;
      const programs = found.get(reason) ?? [];
      if (programs.length === 0) found.set(reason, programs);
      const name = file.replace('.expected', '');
      if (programs.at(-1) !== name) programs.push(name);
    }
  }
  return found;
}

export function reasonRows(): Row[] {
  const programs = programsByReason();
  const { bailout: different = {} } = JSON.parse(readFileSync(join(CORPUS, '../differences.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  return Object.entries(deoptimizeReasonTable).map(([reason, { message }]) => {
    const name = DeoptimizeReason[Number(reason)]!;
    const all = programs.get(message) ?? [];
    const same = all.filter((program) => !(program in different));
    const elsewhere = same.length === 0 ? all[0] : undefined;
    return { name, message, programs: same, elsewhere, why: WITHOUT_PROGRAM[name] };
  });
}

/** What is wrong with the table: a reason with neither, or with both. */
export const reasonProblems = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ name, programs, elsewhere, why }) => {
    if (programs.length === 0 && elsewhere === undefined && why === undefined)
      return [`${name}: no program raises it, and nothing says why`];
    if (programs.length > 0 && why !== undefined) return [`${name}: ${programs[0]} raises it, against “${why}”`];
    return [];
  });

const programLink = (name: string): string => `[${name}](../test/corpus/bailout/${name}.js)`;

function cell({ programs, elsewhere, why }: Row): string {
  const [first, ...others] = programs;
  if (elsewhere !== undefined) return `${programLink(elsewhere)}, in the reference only as yet`;
  if (first === undefined) return why ?? '?';
  return others.length === 0 ? programLink(first) : `${programLink(first)} and ${others.length} more`;
}

export function reasonsPage(rows: readonly Row[]): string {
  const raised = rows.filter(({ programs }) => programs.length > 0).length;
  return `# Deoptimize reasons

Every \`DeoptimizeReason\` of V8 13.6, with a program of the corpus that raises it, here and in the reference, or why TurboFan
raises it for no program: ${raised} of ${rows.length} are raised. \`npm run reasons-table\` writes this page.

| reason | V8's words | raised by, or why not |
|---|---|---|
${rows.map((row) => `| ${row.name} | ${row.message} | ${cell(row)} |`).join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = reasonRows();
  writeFileSync(REASONS_PAGE, reasonsPage(rows));
  for (const problem of reasonProblems(rows)) console.error(problem);
  process.exitCode = reasonProblems(rows).length > 0 ? 1 : 0;
}
