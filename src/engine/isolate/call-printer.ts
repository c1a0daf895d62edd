// Source text for error messages, as V8's CallPrinter renders it: "a.b.c is not a function", "u is not iterable",
// "Cannot destructure property 'x' of 'u'". The node is found by its V8 position in the script's syntax tree.

import { type ast, parseProgram } from '../parser/index.ts';

const nothing = '(intermediate value)';

/** Syntax trees of the sources that raised errors lately. A cache. */
const trees = new Map<string, ast.FunctionLiteral | undefined>();

const treeOf = (source: string): ast.FunctionLiteral | undefined => {
  if (trees.has(source)) return trees.get(source);
  const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'];
  let tree: ast.FunctionLiteral | undefined;
  for (const options of [{ wrapper }, {}, { isModule: true }]) {
    try {
      tree = parseProgram(source, { allowNatives: true, isNative: () => true, ...options });
      break;
    } catch {
      // another kind of source
    }
  }
  if (trees.size > 8) trees.clear();
  trees.set(source, tree);
  return tree;
};

type Node = ast.Expression | ast.Statement;

/** Fields that do not lead to the node's own parts. */
const skipped = new Set([
  'scope',
  'variable',
  'homeObject',
  'staticHomeObject',
  'privateName',
  'computedNameVariable',
  'module',
  'literal',
]);

/** Depth-first search in source order. */
const search = (value: unknown, visit: (node: Node) => boolean): boolean => {
  if (Array.isArray(value)) return value.some((item) => search(item, visit));
  if (typeof value !== 'object' || value === null) return false;
  const node = value as Record<string, unknown>;
  const kind = node.kind;
  if (kind === 'BreakStatement' || kind === 'ContinueStatement') return false;
  if (typeof kind === 'string' && visit(value as Node)) return true;
  // Function declarations hang from their scopes.
  const { declarations } = (node.scope ?? {}) as { declarations?: readonly { function?: ast.FunctionLiteral }[] };
  if (declarations?.some((declaration) => search(declaration.function, visit))) return true;
  for (const key of Object.keys(node)) if (!skipped.has(key) && search(node[key], visit)) return true;
  return false;
};

/** The expression's text, or what stands for one that prints nothing. */
const find = (expression: ast.Expression): string => print(expression) || nothing;

const regexpFlags = ['g', 'i', 'm', 'y', 'u', 's', '', 'd', 'v'];

const print = (e: ast.Expression): string => {
  switch (e.kind) {
    case 'VariableProxy':
      return e.name;
    case 'ThisExpression':
      return 'this';
    case 'Literal':
      switch (e.literal.type) {
        case 'string':
          return `"${e.literal.value}"`;
        case 'smi':
        case 'number':
          return String(e.literal.value);
        case 'null':
        case 'true':
        case 'false':
        case 'undefined':
          return e.literal.type;
        default:
          return '';
      }
    case 'Property': {
      const { key } = e;
      const object = find(e.object);
      if (key.kind === 'Literal' && key.literal.type === 'string')
        return `${object}${e.isOptionalLink ? '?.' : '.'}${key.literal.value}`;
      if (key.kind === 'VariableProxy' && key.isPrivateName)
        return `${object}${e.isOptionalLink ? '?.' : '.'}${key.name}`;
      return `${object}${e.isOptionalLink ? '?.[' : '['}${find(key)}]`;
    }
    case 'Call':
      return `${find(e.expression)}(...)`;
    case 'UnaryOperation':
      return `(${e.op}${/^[a-z]/.test(e.op) ? ' ' : ''}${find(e.expression)})`;
    case 'CountOperation':
      return e.isPrefix ? `(${e.op}${find(e.expression)})` : `(${find(e.expression)}${e.op})`;
    case 'BinaryOperation':
    case 'CompareOperation':
      return `(${find(e.left)} ${e.op} ${find(e.right)})`;
    case 'NaryOperation':
      return `(${[e.first, ...e.subsequent.map((part) => part.expression)].map(find).join(` ${e.op} `)})`;
    case 'Conditional':
      return nothing.repeat(3);
    case 'ConditionalChain':
      return nothing.repeat(2 * e.entries.length + 1);
    case 'Spread':
      return `(...${find(e.expression)})`;
    case 'ObjectLiteral':
      return `{${nothing.repeat(e.properties.length)}}`;
    case 'ArrayLiteral':
      return `[${e.values.map(find).join(',')}]`;
    case 'RegExpLiteral':
      return `/${e.pattern}/${regexpFlags.filter((_, bit) => (e.flags >> bit) & 1).join('')}`;
    case 'TemplateLiteral':
      return e.substitutions.map(find).join('');
    case 'OptionalChain':
      return find(e.expression);
    case 'Assignment':
    case 'CompoundAssignment':
      return print(e.target);
    default:
      return '';
  }
};

/** The callee of the call or `new` at this position; undefined when there is none. */
export const printCallee = (source: string, position: number): string | undefined => {
  let text: string | undefined;
  search(treeOf(source), (node) => {
    if ((node.kind !== 'Call' && node.kind !== 'CallNew') || node.position !== position) return false;
    text = find(node.expression);
    return true;
  });
  return text;
};

/** What a syntactic iteration walks: a for-of's subject, an array's spread, what an array pattern takes apart. */
const iterated = (node: Node): ast.Expression | undefined => {
  if (node.kind === 'ForOfStatement') return node.subject;
  if (node.kind === 'Spread') return node.expression;
  if (node.kind === 'Assignment' && node.target.kind === 'ArrayLiteral' && node.value.kind !== 'Property')
    return node.value;
  return undefined;
};

/** Whether the call at this position is there to be iterated: then either may be what failed, and the message names both. */
export const isIteratedCall = (source: string, position: number): boolean =>
  search(treeOf(source), (node) => {
    if (node.kind === 'Spread') return false;
    const spreads = node.kind === 'ArrayLiteral' ? node.values.filter((value) => value.kind === 'Spread') : [];
    return [iterated(node), ...spreads.map(({ expression }) => expression)].some(
      (iterable) => iterable?.kind === 'Call' && iterable.position === position,
    );
  });

/** What the failing iteration at this position iterates. */
export const printIterable = (source: string, position: number): string | undefined => {
  let text: string | undefined;
  search(treeOf(source), (node) => {
    const iterable = iterated(node);
    if (
      iterable === undefined &&
      (node.kind === 'Call' || node.kind === 'CallNew') &&
      node.hasSpread &&
      node.position === position
    ) {
      const last = node.arguments.at(-1);
      if (last?.kind !== 'Spread') return false;
      text = find(last.expression);
      return true;
    }
    if (node.kind === 'YieldStar' && node.expression.position === position) {
      text = `yield* ${nothing}`;
      return true;
    }
    if (iterable === undefined || iterable.position !== position) return false;
    text = find(iterable).replaceAll('(...)', '');
    return true;
  });
  return text;
};

export interface PrintedPattern {
  /** The property whose load failed; undefined when the whole pattern did. */
  readonly property: string | undefined;
  /** The destructured value; undefined when it has no text. */
  readonly source: string | undefined;
}

/** The object pattern whose value is null or undefined at this position. */
export const printPattern = (source: string, position: number): PrintedPattern | undefined => {
  let printed: PrintedPattern | undefined;
  search(treeOf(source), (node) => {
    if (node.kind !== 'Assignment' || node.target.kind !== 'ObjectLiteral') return false;
    const text = print(node.value);
    const value = text === '' ? undefined : text;
    for (const { key, value: target, isComputedName, propertyKind } of node.target.properties) {
      if (propertyKind === 'spread') {
        if (key.position !== position && target.position !== position) continue;
        printed = { property: undefined, source: value };
        return true;
      }
      const bound = target.kind === 'Assignment' ? target.target : target;
      if (key.position !== position && bound.position !== position) continue;
      const isName = !isComputedName && key.kind === 'Literal' && key.literal.type === 'string';
      printed = { property: isName ? (key.literal as { value: string }).value : undefined, source: value };
      return true;
    }
    if (node.value.position !== position && node.target.position !== position) return false;
    const first = node.target.properties[0];
    const name =
      first !== undefined &&
      !first.isComputedName &&
      first.propertyKind !== 'spread' &&
      first.key.kind === 'Literal' &&
      first.key.literal.type === 'string'
        ? first.key.literal.value
        : undefined;
    printed = { property: name, source: value };
    return true;
  });
  return printed;
};

/** Source of the class whose constructor spans `start` to `end` (Function.prototype.toString). */
export const classSource = (source: string, start: number, end: number): string | undefined => {
  let text: string | undefined;
  search(treeOf(source), (node) => {
    if (node.kind !== 'ClassLiteral' || node.constructor_.start !== start || node.constructor_.end !== end)
      return false;
    text = source.slice(node.start, node.end);
    return true;
  });
  return text;
};
