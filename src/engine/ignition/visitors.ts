// Who generates code for which node of the syntax tree. Each file of visitors exports the rows that are its own, and the generator
// composes them (`generator.ts`). A visitor reaches every other kind of node through the generator that it is given: expressions hold
// functions, functions statements, statements expressions.

import type { ast } from '../parser/index.ts';
import type { BytecodeGenerator } from './generator.ts';

/** What has no code of its own: whoever holds one looks into it. */
type Part = ast.Spread | ast.SuperPropertyReference | ast.SuperCallReference;

export type Visit<Node> = (g: BytecodeGenerator, node: Node) => void;

type Visitors<Node extends { readonly kind: string }> = {
  readonly [Kind in Node['kind']]: Visit<Extract<Node, { kind: Kind }>>;
};

export type ExpressionVisitors = Visitors<Exclude<ast.Expression, Part>>;
export type StatementVisitors = Visitors<ast.Statement>;
