// Makes a program that shows a difference small, on its syntax tree: statements, members, arguments and elements go away in
// chunks, then compounds are replaced by what they hold and expressions by their operands, until nothing more can go.
//
// `%Natives` are renamed for the parser and back; the text between nodes is kept as it was written.

import { type Node, parse } from 'acorn';

/** Whether a candidate still shows the difference. */
export type Shows = (source: string) => Promise<boolean>;

const hideNatives = (source: string): string => source.replace(/%(?=[A-Z]\w*\()/g, '$');
const showNatives = (source: string): string => source.replace(/\$(?=[A-Z]\w*\()/g, '%');

type AnyNode = Node & Record<string, unknown>;

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const children = (node: AnyNode): AnyNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

function* walk(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const child of children(node)) yield* walk(child);
}

/** Outermost first. */
function breadthFirst(root: AnyNode): AnyNode[] {
  const nodes = [root];
  for (let at = 0; at < nodes.length; at++) nodes.push(...children(nodes[at]!));
  return nodes;
}

/** Lists whose members may go: the key that holds them, and what stands between them. */
const lists: Readonly<Record<string, readonly (readonly [key: string, separator: '' | ','])[]>> = {
  Program: [['body', '']],
  BlockStatement: [['body', '']],
  ClassBody: [['body', '']],
  SwitchStatement: [['cases', '']],
  SwitchCase: [['consequent', '']],
  ObjectExpression: [['properties', ',']],
  ArrayExpression: [['elements', ',']],
  CallExpression: [['arguments', ',']],
  NewExpression: [['arguments', ',']],
  VariableDeclaration: [['declarations', ',']],
  ObjectPattern: [['properties', ',']],
  ArrayPattern: [['elements', ',']],
  SequenceExpression: [['expressions', ',']],
  FunctionDeclaration: [['params', ',']],
  FunctionExpression: [['params', ',']],
  ArrowFunctionExpression: [['params', ',']],
};

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const apply = (source: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);

/** Removes members `from … to` of a list, with their separators. */
function removal(
  source: string,
  members: readonly (AnyNode | null)[],
  from: number,
  to: number,
  separator: string,
): Edit | undefined {
  const first = members[from];
  const last = members[to - 1];
  if (!first || !last) return undefined;
  if (separator === '') return { start: first.start, end: last.end, text: '' };
  const next = members[to];
  if (next) return { start: first.start, end: next.start, text: '' };
  const before = members[from - 1];
  if (before) return { start: before.end, end: last.end, text: '' };
  const comma = /^\s*,/.exec(source.slice(last.end))?.[0].length ?? 0;
  return { start: first.start, end: last.end + comma, text: '' };
}

/** Simpler texts for a node, the simplest first. */
function simpler(source: string, node: AnyNode): string[] {
  const text = (part: unknown): string => (isNode(part) ? source.slice(part.start, part.end) : '');
  const body = (part: unknown): string =>
    isNode(part) && part.type === 'BlockStatement' ? source.slice(part.start + 1, part.end - 1) : text(part);
  switch (node.type) {
    case 'IfStatement':
      return [body(node.consequent), body(node.alternate)].filter(Boolean);
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'LabeledStatement':
      return [body(node.body)];
    case 'TryStatement':
      return [
        body(node.block),
        ...(node.handler && node.finalizer
          ? [`try ${text(node.block)} ${text(node.handler)}`, `try ${text(node.block)} finally ${text(node.finalizer)}`]
          : []),
      ];
    case 'BlockStatement':
      return [body(node)];
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'UnaryExpression':
      return [text(node.argument)].filter(Boolean);
    case 'ClassDeclaration':
      return node.superClass ? [`class ${text(node.id)} ${text(node.body)}`] : [];
    case 'FunctionDeclaration':
      return source.startsWith('async', node.start) ? [source.slice(node.start + 6, node.end)] : [];
    case 'Literal':
      return typeof node.value === 'number' && ![0, 1].includes(node.value as number)
        ? ['1', '0']
        : typeof node.value === 'string' && (node.value as string).length > 1
          ? ["'a'"]
          : [];
    case 'Identifier':
    case 'BlockComment':
      return [];
  }
  if (!/Expression$|^TemplateLiteral$/.test(node.type)) return [];
  const operands = children(node)
    .filter((child) => /Expression$|^Literal$|^Identifier$|^TemplateLiteral$/.test(child.type))
    .map((child) => text(child))
    .sort((a, b) => a.length - b.length);
  return ['1', 'undefined', ...operands.map((operand) => (/^[\w.]+$/.test(operand) ? operand : `(${operand})`))];
}

export interface ReduceOptions {
  /** Stop after so many candidates. */
  readonly limit?: number;
  /** Stop at this time (milliseconds of the epoch). */
  readonly deadline?: number;
}

/** The smallest program found that `shows` accepts. */
export async function reduce(
  source: string,
  shows: Shows,
  { limit = 3000, deadline = Number.POSITIVE_INFINITY }: ReduceOptions = {},
): Promise<string> {
  let best = hideNatives(source);
  let tried = 0;
  const seen = new Set<string>();
  const tree = (text: string): AnyNode | undefined => {
    try {
      return parse(text, {
        ecmaVersion: 'latest',
        sourceType: 'script',
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: false,
      }) as unknown as AnyNode;
    } catch {
      return undefined;
    }
  };
  /** All lists of the best program, outermost first; parsed once for each. */
  let places: (readonly [members: (AnyNode | null)[], separator: '' | ','])[] = [];
  let placesOf = '';
  const listAt = (place: number): (typeof places)[number] | undefined => {
    if (placesOf !== best) {
      const root = tree(best);
      places =
        root === undefined
          ? []
          : breadthFirst(root).flatMap((node) =>
              (lists[node.type] ?? []).map(([key, separator]) => [node[key] as (AnyNode | null)[], separator] as const),
            );
      placesOf = best;
    }
    return places[place];
  };
  const membersAt = (place: number): (AnyNode | null)[] | undefined => listAt(place)?.[0];
  const separatorAt = (place: number): string => listAt(place)?.[1] ?? '';
  const accept = async (candidate: string): Promise<boolean> => {
    if (
      tried >= limit ||
      Date.now() > deadline ||
      candidate.length >= best.length ||
      seen.has(candidate) ||
      tree(candidate) === undefined
    )
      return false;
    seen.add(candidate);
    tried++;
    if (!(await shows(showNatives(candidate)))) return false;
    best = candidate;
    return true;
  };

  /** Removes chunks of every list, outermost lists first, large chunks first; what stands later goes first. */
  const removeChunks = async (): Promise<boolean> => {
    let changed = false;
    for (let place = 0; ; place++) {
      const members = membersAt(place);
      if (members === undefined) return changed;
      let size = 1;
      while (2 * size <= members.length) size *= 2;
      for (; size >= 1; size >>= 1) {
        let to = membersAt(place)?.length ?? 0;
        while (to > 0) {
          const now = membersAt(place);
          if (now === undefined) return changed;
          to = Math.min(to, now.length);
          const from = Math.max(0, to - size);
          const edit = removal(best, now, from, to, separatorAt(place));
          if (edit !== undefined && (await accept(apply(best, [edit])))) changed = true;
          to = from;
        }
      }
    }
  };

  const simplify = async (): Promise<boolean> => {
    let changed = false;
    for (let index = 0; tried < limit; index++) {
      const root = tree(best);
      if (root === undefined) return changed;
      const node = [...walk(root)][index];
      if (node === undefined) return changed;
      for (const text of simpler(best, node)) {
        if (await accept(best.slice(0, node.start) + text + best.slice(node.end))) {
          changed = true;
          index--;
          break;
        }
      }
    }
    return changed;
  };

  for (let round = 0; round < 8 && tried < limit; round++) {
    const removed = await removeChunks();
    const simplified = await simplify();
    if (!removed && !simplified) break;
  }
  return showNatives(best)
    .replace(/\n\s*\n+/g, '\n')
    .replace(/^\s*;\n/gm, '');
}
