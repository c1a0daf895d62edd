// The abstract syntax tree that Ignition compiles: V8's shapes (proxies, properties, n-ary operations, initializing
// assignments, desugared loops), not ESTree's, because bytecode parity is decided by them. Positions are UTF-16
// offsets and mean what V8's node positions mean (a call's is its callee's last identifier, an operation's its operator).

import type { ModuleDescriptor } from './module-builder.ts';
import type { ClassScope, DeclarationScope, Scope, Variable } from './scopes.ts';

export type FunctionKindName =
  | 'normal'
  | 'arrow'
  | 'method'
  | 'getter'
  | 'setter'
  | 'classConstructor'
  | 'derivedConstructor'
  | 'defaultConstructor'
  | 'defaultDerivedConstructor'
  | 'classMembersInitializer'
  | 'classStaticInitializer'
  | 'generator'
  | 'asyncFunction'
  | 'asyncArrow'
  | 'asyncGenerator'
  | 'script'
  | 'module'
  | 'eval';

export const kNoPosition = -1;

interface Base {
  position: number;
}

// ---- Expressions ----

export type LiteralValue =
  | { type: 'smi'; value: number }
  | { type: 'number'; value: number }
  | { type: 'string'; value: string }
  /** Two string literals that the parser joined: neither a name nor internalized. */
  | { type: 'consString'; value: string }
  | { type: 'bigint'; value: bigint }
  | { type: 'symbol'; value: string }
  | { type: 'undefined' | 'null' | 'true' | 'false' | 'theHole' };

export interface Literal extends Base {
  kind: 'Literal';
  literal: LiteralValue;
}
export interface VariableProxy extends Base {
  kind: 'VariableProxy';
  name: string;
  variable: Variable | undefined;
  isAssigned: boolean;
  needsHoleCheck: boolean;
  isPrivateName?: boolean;
  /** `removed` proxies were re-scoped or are declarations only; they are not resolved. */
  isHomeObject?: boolean;
}
export interface ThisExpression extends Base {
  kind: 'ThisExpression';
}
export interface Property extends Base {
  kind: 'Property';
  object: Expression;
  key: Expression;
  isOptionalLink: boolean;
}
export interface SuperPropertyReference extends Base {
  kind: 'SuperPropertyReference';
  homeObject: VariableProxy;
}
export interface SuperCallReference extends Base {
  kind: 'SuperCallReference';
  newTarget: VariableProxy;
  thisFunction: VariableProxy;
}
export interface Call extends Base {
  kind: 'Call';
  expression: Expression;
  arguments: Expression[];
  hasSpread: boolean;
  isOptionalLink: boolean;
  isPossiblyEval: boolean;
  evalScopeInfoIndex: number;
  isTaggedTemplate?: boolean;
}
export interface CallNew extends Base {
  kind: 'CallNew';
  expression: Expression;
  arguments: Expression[];
  hasSpread: boolean;
}
export interface CallRuntime extends Base {
  kind: 'CallRuntime';
  name: string;
  arguments: Expression[];
}
export interface SuperCallForwardArgs extends Base {
  kind: 'SuperCallForwardArgs';
  reference: SuperCallReference;
}
export interface UnaryOperation extends Base {
  kind: 'UnaryOperation';
  op: '!' | '~' | '-' | '+' | 'typeof' | 'void' | 'delete';
  expression: Expression;
}
export interface CountOperation extends Base {
  kind: 'CountOperation';
  op: '++' | '--';
  isPrefix: boolean;
  expression: Expression;
}
export type BinaryOp =
  | ','
  | '||'
  | '&&'
  | '??'
  | '|'
  | '^'
  | '&'
  | '<<'
  | '>>'
  | '>>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**';
export interface BinaryOperation extends Base {
  kind: 'BinaryOperation';
  op: BinaryOp;
  left: Expression;
  right: Expression;
}
export interface NaryOperation extends Base {
  kind: 'NaryOperation';
  op: BinaryOp;
  first: Expression;
  subsequent: { expression: Expression; position: number }[];
}
export type CompareOp = '==' | '!=' | '===' | '!==' | '<' | '>' | '<=' | '>=' | 'instanceof' | 'in';
export interface CompareOperation extends Base {
  kind: 'CompareOperation';
  op: CompareOp;
  left: Expression;
  right: Expression;
}
export interface Spread extends Base {
  kind: 'Spread';
  expression: Expression;
  expressionPosition: number;
}
export interface Conditional extends Base {
  kind: 'Conditional';
  condition: Expression;
  consequent: Expression;
  alternate: Expression;
}
export interface ConditionalChain extends Base {
  kind: 'ConditionalChain';
  entries: { condition: Expression; conditionPosition: number; consequent: Expression }[];
  alternate: Expression;
}
export interface Assignment extends Base {
  kind: 'Assignment';
  op: '=' | 'init';
  target: Expression;
  value: Expression;
  lookupHoistingMode?: 'normal' | 'legacySloppy';
}
export interface CompoundAssignment extends Base {
  kind: 'CompoundAssignment';
  op: BinaryOp;
  target: Expression;
  value: Expression;
  /** Position of the implied binary operation. */
  binaryPosition: number;
}
export interface Yield extends Base {
  kind: 'Yield';
  /** The suspension right after a generator's creation. */
  isInitial?: boolean;
  expression: Expression | undefined;
}
export interface YieldStar extends Base {
  kind: 'YieldStar';
  expression: Expression;
}
export interface Await extends Base {
  kind: 'Await';
  expression: Expression;
}
export interface Throw extends Base {
  kind: 'Throw';
  exception: Expression;
}
export interface OptionalChain extends Base {
  kind: 'OptionalChain';
  expression: Expression;
}
export interface ObjectLiteralProperty {
  propertyKind: 'constant' | 'computed' | 'materialized' | 'getter' | 'setter' | 'spread' | 'prototype';
  key: Expression;
  value: Expression;
  isComputedName: boolean;
  emitStore: boolean;
}
export interface ObjectLiteral extends Base {
  kind: 'ObjectLiteral';
  properties: ObjectLiteralProperty[];
  boilerplatePropertyCount: number;
  hasRestProperty: boolean;
  homeObject: Variable | undefined;
  fastElements?: boolean;
}
export interface ArrayLiteral extends Base {
  kind: 'ArrayLiteral';
  values: Expression[];
  firstSpreadIndex: number;
}
export interface RegExpLiteral extends Base {
  kind: 'RegExpLiteral';
  pattern: string;
  flags: number;
}
export interface TemplateLiteral extends Base {
  kind: 'TemplateLiteral';
  strings: string[];
  substitutions: Expression[];
}
export interface GetTemplateObject extends Base {
  kind: 'GetTemplateObject';
  cooked: (string | undefined)[];
  raw: string[];
}
export interface ImportCall extends Base {
  kind: 'ImportCall';
  specifier: Expression;
  options: Expression | undefined;
  /** `import.source(specifier)` */
  isSourcePhase: boolean;
}
export interface ImportMeta extends Base {
  kind: 'ImportMeta';
}
export interface NewTargetProxy extends Base {
  kind: 'VariableProxy';
}
export interface EmptyParentheses extends Base {
  kind: 'EmptyParentheses';
}
export interface FunctionLiteral extends Base {
  kind: 'FunctionLiteral';
  name: string;
  scope: DeclarationScope;
  body: Statement[];
  functionKind: FunctionKindName;
  syntaxKind: 'declaration' | 'named' | 'anonymous' | 'accessorOrMethod' | 'wrapped';
  parameterCount: number;
  functionLength: number;
  functionTokenPosition: number;
  functionLiteralId: number;
  start: number;
  end: number;
  hasBraces: boolean;
  suspendCount: number;
  requiresInstanceMembersInitializer: boolean;
  classScopeHasPrivateBrand: boolean;
  hasStaticPrivateMethodsOrAccessors: boolean;
  isAnonymousExpression: boolean;
  shouldEagerCompile: boolean;
  /** Assigned to a property: its closures are allocated old. */
  pretenure?: boolean;
  expectedPropertyCount: number;
  /** The source text's own name for anonymous functions ends as `inferred`. */
  inferredName: string;
  module?: ModuleDescriptor;
}
export interface ClassLiteralProperty {
  propertyKind: 'method' | 'getter' | 'setter' | 'field' | 'autoAccessor';
  key: Expression;
  value: Expression;
  isStatic: boolean;
  isComputedName: boolean;
  isPrivate: boolean;
  privateName?: Variable;
  computedNameVariable?: Variable;
}
export interface ClassStaticBlock {
  propertyKind: 'staticBlock';
  block: Block;
}
export interface ClassLiteral extends Base {
  kind: 'ClassLiteral';
  scope: ClassScope;
  extends: Expression | undefined;
  constructor_: FunctionLiteral;
  publicMembers: ClassLiteralProperty[];
  privateMembers: ClassLiteralProperty[];
  staticInitializer: FunctionLiteral | undefined;
  instanceInitializer: FunctionLiteral | undefined;
  start: number;
  end: number;
  name: string;
  hasStaticComputedNames: boolean;
  isAnonymous: boolean;
  homeObject: Variable | undefined;
  staticHomeObject: Variable | undefined;
}

export type Expression =
  | Literal
  | VariableProxy
  | ThisExpression
  | Property
  | SuperPropertyReference
  | SuperCallReference
  | Call
  | CallNew
  | CallRuntime
  | SuperCallForwardArgs
  | UnaryOperation
  | CountOperation
  | BinaryOperation
  | NaryOperation
  | CompareOperation
  | Spread
  | Conditional
  | ConditionalChain
  | Assignment
  | CompoundAssignment
  | Yield
  | YieldStar
  | Await
  | Throw
  | OptionalChain
  | ObjectLiteral
  | ArrayLiteral
  | RegExpLiteral
  | TemplateLiteral
  | GetTemplateObject
  | ImportCall
  | ImportMeta
  | FunctionLiteral
  | ClassLiteral;

// ---- Statements ----

export interface Block extends Base {
  kind: 'Block';
  statements: Statement[];
  scope: Scope | undefined;
  ignoreCompletionValue: boolean;
  isBreakable: boolean;
}
export interface ExpressionStatement extends Base {
  kind: 'ExpressionStatement';
  expression: Expression;
}
export interface EmptyStatement extends Base {
  kind: 'EmptyStatement';
}
export interface SloppyBlockFunctionStatement extends Base {
  kind: 'SloppyBlockFunctionStatement';
  statement: Statement;
  name: string;
  scope: Scope;
  variable: Variable;
}
export interface IfStatement extends Base {
  kind: 'IfStatement';
  condition: Expression;
  consequent: Statement;
  alternate: Statement;
}
export interface IterationBase extends Base {
  body: Statement;
}
export interface DoWhileStatement extends IterationBase {
  kind: 'DoWhileStatement';
  condition: Expression;
}
export interface WhileStatement extends IterationBase {
  kind: 'WhileStatement';
  condition: Expression;
}
export interface ForStatement extends IterationBase {
  kind: 'ForStatement';
  init: Statement | undefined;
  condition: Expression | undefined;
  next: Statement | undefined;
}
export interface ForInStatement extends IterationBase {
  kind: 'ForInStatement';
  each: Expression;
  subject: Expression;
}
export interface ForOfStatement extends IterationBase {
  kind: 'ForOfStatement';
  each: Expression;
  subject: Expression;
  isAsync: boolean;
}
export type BreakableStatement =
  | DoWhileStatement
  | WhileStatement
  | ForStatement
  | ForInStatement
  | ForOfStatement
  | SwitchStatement
  | Block;
export interface ContinueStatement extends Base {
  kind: 'ContinueStatement';
  target: BreakableStatement;
}
export interface BreakStatement extends Base {
  kind: 'BreakStatement';
  target: BreakableStatement;
}
export interface ReturnStatement extends Base {
  kind: 'ReturnStatement';
  expression: Expression | undefined;
  endPosition: number;
  isAsyncReturn: boolean;
  isSynthetic: boolean;
}
export interface WithStatement extends Base {
  kind: 'WithStatement';
  scope: Scope;
  expression: Expression;
  statement: Statement;
}
export interface CaseClause {
  label: Expression | undefined;
  statements: Statement[];
}
export interface SwitchStatement extends Base {
  kind: 'SwitchStatement';
  tag: Expression;
  cases: CaseClause[];
}
export interface TryCatchStatement extends Base {
  kind: 'TryCatchStatement';
  tryBlock: Block;
  catchBlock: Block;
  scope: Scope | undefined;
  catchPrediction: 'caught' | 'uncaught' | 'asyncAwait';
}
export interface TryFinallyStatement extends Base {
  kind: 'TryFinallyStatement';
  tryBlock: Block;
  finallyBlock: Block;
}
export interface DebuggerStatement extends Base {
  kind: 'DebuggerStatement';
}
export interface InitializeClassMembersStatement extends Base {
  kind: 'InitializeClassMembersStatement';
  fields: ClassLiteralProperty[];
}
export interface InitializeClassStaticElementsStatement extends Base {
  kind: 'InitializeClassStaticElementsStatement';
  elements: (ClassLiteralProperty | ClassStaticBlock)[];
}

export type Statement =
  | Block
  | ExpressionStatement
  | EmptyStatement
  | SloppyBlockFunctionStatement
  | IfStatement
  | DoWhileStatement
  | WhileStatement
  | ForStatement
  | ForInStatement
  | ForOfStatement
  | ContinueStatement
  | BreakStatement
  | ReturnStatement
  | WithStatement
  | SwitchStatement
  | TryCatchStatement
  | TryFinallyStatement
  | DebuggerStatement
  | InitializeClassMembersStatement
  | InitializeClassStaticElementsStatement;

// ---- Declarations (kept by the scope that declares them, in source order) ----

export type Declaration =
  | { kind: 'VariableDeclaration'; variable: Variable; position: number; isNested: boolean }
  | { kind: 'FunctionDeclaration'; variable: Variable; position: number; function: FunctionLiteral };
