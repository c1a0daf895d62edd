// Feedback of a program's functions as parity compares it. A program is run with some lines added at its end, which print what
// %GetFeedback says of each function that the program declares at its top level, methods of classes included: nothing that the
// program does before is changed, and no closure holds its variables.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type EsNode, parseEs } from '../src/engine/parser/es-tree.ts';

/** A program of the corpus whose feedback is compared. */
export interface FeedbackProgram {
  /** `folder/name`. */
  readonly name: string;
  readonly source: string;
  /** Where what the reference said is recorded. */
  readonly recorded: string;
  /** V8 flags of its own. */
  readonly flags: readonly string[];
}

/** Folders of programs, and where what is recorded of them stands. */
const FOLDERS = [
  ['test/corpus/bailout', 'test/corpus/bailout'],
  ['examples', 'test/corpus/examples'],
  ['bench/kernels', 'test/corpus/kernels'],
] as const;

export const feedbackPrograms = (root: string): FeedbackProgram[] =>
  FOLDERS.flatMap(([folder, records]) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.js'))
      .sort()
      .map((file) => {
        const source = readFileSync(join(root, folder, file), 'utf8');
        return {
          name: `${basename(folder)}/${basename(file, '.js')}`,
          source,
          recorded: join(root, records, file.replace(/js$/, 'feedback')),
          flags: /^\/\/ Flags: (.*)$/m.exec(source)?.[1]?.split(' ') ?? [],
        };
      }),
  );

/** Writes the program that prints its feedback, and says where. */
export const writeFeedbackProgram = (folder: string, { name, source }: FeedbackProgram): string => {
  const file = join(folder, `${name.replace('/', '-')}.cjs`);
  writeFileSync(file, feedbackProgram(source));
  return file;
};

/** What is recorded of a program. */
export const recordedFeedback = ({ recorded }: FeedbackProgram): FunctionFeedback[] =>
  existsSync(recorded) ? parseRecordedFeedback(readFileSync(recorded, 'utf8')) : [];

/** The feedback of one function: a line a slot, handlers indented below it. */
export interface FunctionFeedback {
  readonly name: string;
  readonly text: string;
}

/** A class's members by name, as expressions that run nothing of the program's. */
const memberExpressions = (name: string, body: readonly EsNode[]): [string, string][] =>
  body.flatMap((member): [string, string][] => {
    const { key } = member;
    if (member.type !== 'MethodDefinition' || key.type !== 'Identifier' || member.computed === true) return [];
    if (member.kind === 'constructor') return [];
    const home = member.static === true ? name : `${name}.prototype`;
    const property = key.name as string;
    const shown = `${member.static === true ? `${name}.` : `${name}#`}${property}`;
    return member.kind === 'method'
      ? [[shown, `${home}.${property}`]]
      : [[`${member.kind} ${shown}`, `Object.getOwnPropertyDescriptor(${home}, '${property}')?.${member.kind}`]];
  });

const isFunction = (node: EsNode | null): boolean =>
  node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';

const declared = (statement: EsNode): [string, string][] => {
  const name = statement.id?.name as string;
  switch (statement.type) {
    case 'FunctionDeclaration':
      return [[name, name]];
    case 'ClassDeclaration':
      return [[name, name], ...memberExpressions(name, statement.body.body)];
    case 'VariableDeclaration':
      return (statement.declarations as EsNode[])
        .filter(({ id, init }) => id.type === 'Identifier' && isFunction(init))
        .map(({ id }) => [id.name, id.name]);
    default:
      return [];
  }
};

const MARK = 'feedback of ';

/** The program, with what prints its functions' feedback at its end. */
export const feedbackProgram = (source: string): string => {
  const { program } = parseEs(source, { allowNatives: true, isNative: () => true, allowReturn: true });
  const functions = (program.body as EsNode[]).flatMap(declared);
  const list = functions.map(([name, expression]) => `['${name}', ${expression}]`).join(', ');
  return `${source}
;{ const functions = [${list}];
for (let i = 0; i < functions.length; i++) if (typeof functions[i][1] === 'function') {
  %EnsureFeedbackVectorForFunction(functions[i][1]);
  console.log('${MARK}' + functions[i][0] + JSON.stringify(%GetFeedback(functions[i][1])));
} }
`;
};

/** Addresses, sizes of objects and the counts of V8's own lists out: pointers are of 8 bytes there, of 4 here. */
export const normaliseFeedback = (text: string): string =>
  text
    .replace(/0x[0-9a-f]+ (?=<)/g, '')
    .replace(/0x[0-9a-f]+/g, '0x…')
    .replace(/<Map\[\d+\]/g, '<Map')
    .replace(/<NativeContext\[\d+\]>/g, '<NativeContext>');

const slotText = ([kind, text]: readonly [string, string]): string => {
  const [state, ...handlers] = text.split('\n').map((line) => line.trim());
  return [`  ${kind} ${state}`.trimEnd(), ...handlers.filter((line) => line !== '').map((line) => `    ${line}`)].join(
    '\n',
  );
};

/** What the added lines printed; the program's own output is passed over. */
export const parseFeedback = (output: string): FunctionFeedback[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith(MARK))
    .map((line) => {
      const begin = line.indexOf('[');
      const slots = JSON.parse(line.slice(begin)) as ([string, string] | null)[];
      const text = slots
        .filter((slot) => slot !== null)
        .map(slotText)
        .join('\n');
      return { name: line.slice(MARK.length, begin), text: normaliseFeedback(text) };
    });

/** As it is recorded; functions without a slot are left out. */
export const formatFeedback = (functions: readonly FunctionFeedback[]): string =>
  functions
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `${name}\n${text}\n`)
    .join('');

/** Reads `formatFeedback`'s output back. */
export const parseRecordedFeedback = (text: string): FunctionFeedback[] =>
  text
    .split(/\n(?! |$)/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const end = block.indexOf('\n');
      return { name: block.slice(0, end), text: block.slice(end + 1).trimEnd() };
    });

/** How many slots of a function are alike. */
export const slotsOf = (text: string): string[] => text.split(/\n(?! {4})/);
