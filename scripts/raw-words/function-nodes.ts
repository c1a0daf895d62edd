// Functions in syntax trees: which nodes are some, what they are called, what they return.

import ts from 'classic-typescript';

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

export const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  (ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)) &&
  node.body !== undefined;

/** What a call runs: a function, or the initializers of a class's fields. */
export type Callee = FunctionNode | ts.ClassLikeDeclaration;

/** The function node around a node. */
export const enclosingFunction = (node: ts.Node): FunctionNode | undefined => {
  for (let at = node.parent; at !== undefined; at = at.parent) if (isFunctionNode(at)) return at;
  return undefined;
};

export const isConstant = (declaration: ts.VariableDeclaration): boolean =>
  (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;

/** What a function returns, as expressions. */
export function returnedBy(node: FunctionNode): ts.Expression[] {
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [node.body];
  const result: ts.Expression[] = [];
  const visit = (at: ts.Node): void => {
    if (isFunctionNode(at)) return;
    if (ts.isReturnStatement(at) && at.expression !== undefined) result.push(at.expression);
    ts.forEachChild(at, visit);
  };
  if (node.body !== undefined) ts.forEachChild(node.body, visit);
  return result;
}

/** `Isolate.collect`, `store (heap.ts:12)`. */
export function nameOf(node: Callee): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  const place = `${file.fileName.split('/').slice(-2).join('/')}:${line + 1}`;
  const parent = node.parent;
  const name =
    node.name?.getText() ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
      ? parent.name.getText()
      : ts.isConstructorDeclaration(node)
        ? 'constructor'
        : '=>');
  const owner = ts.isClassLike(parent) ? `${parent.name?.text ?? ''}.` : '';
  return `${owner}${name} (${place})`;
}

/** An expression without parentheses, `as`, `satisfies` and `!`. */
export function plain(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isTypeAssertionExpression(at)
  )
    at = at.expression;
  return at;
}

/** Every function written in a node. */
export function functionsIn(node: ts.Node, into: Set<Callee>): void {
  if (isFunctionNode(node)) into.add(node);
  ts.forEachChild(node, (child) => functionsIn(child, into));
}

/** Whether what a call throws is caught in the same function. */
export const isCaught = (call: ts.Node, within: ts.Node): boolean => {
  for (let at: ts.Node = call; at !== within; at = at.parent)
    if (
      ts.isBlock(at) &&
      ts.isTryStatement(at.parent) &&
      at.parent.tryBlock === at &&
      at.parent.catchClause !== undefined
    )
      return true;
  return false;
};
