// Which expression a position in a script belongs to. V8 gives operations a position inside them: of a property its name or bracket,
// of an operator the operator, of a call what is called.

import { type AnyNode, type Program, parse } from 'acorn';

export interface FoundExpression {
  readonly start: number;
  readonly end: number;
  /** `*` of a product. */
  readonly operator?: string;
}

/** A script's tree; undefined for what this parser does not take. */
export function treeOf(source: string): Program | undefined {
  // %Natives are functions here.
  const text = source.replace(/%(?=[A-Z]\w*\()/g, ' ');
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowImportExportEverywhere: true,
        allowSuperOutsideMethod: true,
      });
    } catch {}
  }
  return undefined;
}

/** The innermost expression of that position. @param isCall where a property and its call have one position, the call is meant */
export function expressionAt(
  tree: Program,
  source: string,
  position: number,
  isCall: boolean,
): FoundExpression | undefined {
  let best: AnyNode | undefined;
  const visit = (node: AnyNode): void => {
    if (position < node.start || position >= node.end) return;
    const isBetter = best === undefined || node.end - node.start < best.end - best.start;
    const isWanted = isCall ? node.type === 'CallExpression' || best?.type !== 'CallExpression' : isBetter;
    if (positionsOf(node, source).includes(position) && isWanted) best = node;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  if (best === undefined) return undefined;
  return {
    start: best.start,
    end: best.end,
    operator: 'operator' in best ? best.operator : undefined,
  };
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(
      (child): child is AnyNode => typeof child === 'object' && child !== null && typeof child.type === 'string',
    ),
  );
}

/** Where V8 says that an expression is. */
function positionsOf(node: AnyNode, source: string): number[] {
  const after = (end: number, text: string): number => source.indexOf(text, end);
  switch (node.type) {
    case 'MemberExpression':
      return node.computed
        ? [after(node.object.end, '['), node.property.start]
        : [node.property.start, after(node.object.end, '.')];
    case 'CallExpression':
      return node.callee.type === 'MemberExpression'
        ? positionsOf(node.callee, source)
        : [node.callee.start, node.start, after(node.callee.end, '(')];
    case 'BinaryExpression':
    case 'LogicalExpression':
      return [after(node.left.end, node.operator)];
    case 'AssignmentExpression':
      return [after(node.left.end, node.operator), node.start, node.right.start];
    case 'UpdateExpression':
      return node.prefix ? [node.start, node.argument.start] : [node.argument.end, node.start];
    case 'UnaryExpression':
    case 'NewExpression':
    case 'TemplateLiteral':
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'AwaitExpression':
      return [node.start];
    case 'ForOfStatement':
    case 'ForInStatement':
      return [];
    default:
      return [];
  }
}
