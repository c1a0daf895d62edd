// Shared state of the AST builder: the current scope and function, token positions, node factories, declarations.

import {
  type Assignment,
  type Block,
  type BreakableStatement,
  type Expression,
  type ExpressionStatement,
  type FunctionKindName,
  type FunctionLiteral,
  kNoPosition,
  type Literal,
  type LiteralValue,
  type Statement,
  type VariableProxy,
} from './ast.ts';
import { type EsNode, type TokenTable, tokenAt } from './es-tree.ts';
import { NameInferrer } from './name-inferrer.ts';
import {
  bindProxy,
  type ClassScope,
  type DeclarationScope,
  isLexicalMode,
  isUsingMode,
  Scope,
  type Variable,
  type VariableKind,
} from './scopes.ts';

export interface FunctionState {
  readonly scope: DeclarationScope;
  readonly kind: FunctionKindName;
  suspendCount: number;
  loopDepth: number;
  expectedPropertyCount: number;
  containsFunctionOrEval: boolean;
  readonly targets: Target[];
}

export interface Target {
  readonly statement: BreakableStatement;
  readonly labels: readonly string[];
  readonly ownLabels: readonly string[];
  readonly anonymous: boolean;
}

/** One binding of a declaration list: `pattern = initializer`, not yet turned into a statement. */
export interface PendingBinding {
  pattern: Expression;
  initializer: Expression | undefined;
  valuePosition: number;
}

export function isAsyncKind(kind: FunctionKindName): boolean {
  return kind === 'asyncFunction' || kind === 'asyncArrow' || kind === 'asyncGenerator';
}
export function isGeneratorKind(kind: FunctionKindName): boolean {
  return kind === 'generator' || kind === 'asyncGenerator';
}
export function isResumableKind(kind: FunctionKindName): boolean {
  return isAsyncKind(kind) || isGeneratorKind(kind) || kind === 'module';
}

export function isSmi(value: number): boolean {
  return (value | 0) === value && value >= -0x40000000 && value <= 0x3fffffff && !Object.is(value, -0);
}

export type DeclarationMode = 'var' | 'let' | 'const' | 'using' | 'awaitUsing';

export abstract class BuilderBase {
  protected scope!: Scope;
  protected state!: FunctionState;
  protected nextLiteralId = 0;
  protected classScope: ClassScope | undefined;
  protected names = new NameInferrer(1);

  constructor(
    protected readonly source: string,
    protected readonly tokens: TokenTable,
  ) {}

  abstract expression(node: EsNode): Expression;
  abstract statement(node: EsNode, labels?: string[], ownLabels?: string[]): Statement;
  abstract pattern(node: EsNode, declare: DeclareFunction | undefined): Expression;

  // ---- Token positions ----

  /** Start of the token after `end`, skipping closing parentheses (an operator after a parenthesized operand). */
  protected tokenAfter(end: number): number {
    let i = tokenAt(this.tokens, end);
    while (this.tokens.kinds[i] === 2) i++;
    return this.tokens.starts[i] ?? this.source.length;
  }
  protected nextToken(end: number): number {
    return this.tokens.starts[tokenAt(this.tokens, end)] ?? this.source.length;
  }
  /** Start of the last token that ends at or before `end`. */
  protected lastTokenStart(end: number): number {
    return this.tokens.starts[tokenAt(this.tokens, end) - 1] ?? 0;
  }

  // ---- Nodes ----

  protected literal(literal: LiteralValue, position = kNoPosition): Literal {
    return { kind: 'Literal', literal, position };
  }
  protected numberLiteral(value: number, position: number): Literal {
    return this.literal(isSmi(value) ? { type: 'smi', value } : { type: 'number', value }, position);
  }
  protected undefinedLiteral(position = kNoPosition): Literal {
    return this.literal({ type: 'undefined' }, position);
  }

  /** A use of a name, to be resolved later. */
  protected proxy(name: string, position: number): VariableProxy {
    const proxy: VariableProxy = {
      kind: 'VariableProxy',
      name,
      variable: undefined,
      isAssigned: false,
      needsHoleCheck: false,
      position,
    };
    this.scope.unresolved.push(proxy);
    return proxy;
  }
  /** A use of a known variable. */
  protected boundProxy(variable: Variable, position = kNoPosition): VariableProxy {
    const proxy: VariableProxy = {
      kind: 'VariableProxy',
      name: variable.name,
      variable,
      isAssigned: false,
      needsHoleCheck: false,
      position,
    };
    bindProxy(proxy, variable);
    return proxy;
  }

  protected block(statements: Statement[], ignoreCompletionValue: boolean, scope?: Scope): Block {
    return { kind: 'Block', statements, scope, ignoreCompletionValue, isBreakable: false, position: kNoPosition };
  }
  protected expressionStatement(expression: Expression, position: number): ExpressionStatement {
    return { kind: 'ExpressionStatement', expression, position };
  }
  protected assignment(op: '=' | 'init', target: Expression, value: Expression, position: number): Assignment {
    return { kind: 'Assignment', op, target, value, position };
  }

  protected markAssigned(expression: Expression): void {
    if (expression.kind === 'VariableProxy') {
      expression.isAssigned = true;
      expression.variable?.setMaybeAssigned();
    }
  }

  // ---- Scopes ----

  protected inScope<T>(scope: Scope, body: () => T): T {
    const saved = this.scope;
    this.scope = scope;
    try {
      return body();
    } finally {
      this.scope = saved;
    }
  }

  protected newBlockScope(): Scope {
    return new Scope(this.scope, 'block');
  }

  // ---- Declarations ----

  protected declareVariable(
    name: string,
    mode: DeclarationMode,
    kind: VariableKind,
    needsInit: boolean,
    position: number,
  ): Variable {
    let target: Scope = this.scope;
    if (isUsingMode(mode)) target.hasUsing = true;
    if (mode === 'awaitUsing' && !target.hasAwaitUsing) {
      target.hasAwaitUsing = true;
      this.state.suspendCount++;
    }
    if (mode === 'var') target = target.getDeclarationScope();
    if (target.isEvalScope && !target.isStrict && mode === 'var')
      return this.declareEvalVariable(target, name, position);
    let variable = target.lookupLocal(name);
    if (variable === undefined || variable.isDynamic) {
      variable = target.declareLocal(name, mode, kind, needsInit);
    } else {
      variable.setMaybeAssigned();
    }
    target.declarations.push({ kind: 'VariableDeclaration', variable, position, isNested: target !== this.scope });
    return variable;
  }

  /** A var of sloppy eval code lands in the function around the eval, at run time. */
  protected declareEvalVariable(target: Scope, name: string, position: number): Variable {
    let variable = target.lookupLocal(name);
    if (variable === undefined) {
      variable = target.declareLocal(name, 'dynamic', 'normal', false);
      variable.allocateTo('lookup', -1);
      variable.isUsed = true;
    }
    target.declarations.push({ kind: 'VariableDeclaration', variable, position, isNested: target !== this.scope });
    return variable;
  }

  protected declareBinding(mode: DeclarationMode, declared: Variable[]): DeclareFunction {
    return (name, position) => {
      const variable = this.declareVariable(name, mode, 'normal', isLexicalMode(mode), position);
      if (mode === 'var' && this.state.loopDepth > 0) variable.setMaybeAssigned();
      declared.push(variable);
      return mode === 'var' && !this.scope.isDeclarationScope ? undefined : variable;
    };
  }

  // ---- Function names ----

  /** Gives an anonymous function or class the name of what it is assigned to. */
  protected nameFunction(value: Expression | undefined, target: Expression): void {
    if (target.kind === 'VariableProxy') this.setFunctionName(value, target.name);
  }
  protected setFunctionName(value: Expression | undefined, name: string, prefix = ''): void {
    if (value === undefined) return;
    if (value.kind === 'FunctionLiteral') {
      if (
        (value.isAnonymousExpression || value.syntaxKind === 'accessorOrMethod') &&
        value.name === '' &&
        !this.parenthesizedNames.has(value)
      )
        value.name = prefix + name;
      else if (prefix !== '') value.name = prefix + name;
    } else if (value.kind === 'ClassLiteral') {
      if (value.constructor_.name === '' && value.isAnonymous) value.constructor_.name = name;
    }
  }
  protected readonly parenthesizedNames = new WeakSet<FunctionLiteral>();
}

/** Declares a name and returns its variable; undefined where the proxy must be resolved like any other use. */
export type DeclareFunction = (name: string, position: number) => Variable | undefined;
