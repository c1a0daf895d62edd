// Functions: parameters, bodies, and what sloppy block functions hoist.

import {
  type Block,
  type Expression,
  type FunctionKindName,
  type FunctionLiteral,
  kNoPosition,
  type Statement,
} from './ast.ts';
import { type FunctionState, isGeneratorKind, isResumableKind } from './builder-base.ts';
import { StatementBuilder } from './builder-statements.ts';
import { type EsNode, EsSyntaxError } from './es-tree.ts';
import { NameInferrer } from './name-inferrer.ts';
import { DeclarationScope, isLexicalMode, type Scope, type Variable } from './scopes.ts';

interface FunctionShape {
  readonly node: EsNode;
  readonly kind: FunctionKindName;
  readonly name: string;
  readonly syntaxKind: FunctionLiteral['syntaxKind'];
  readonly start: number;
  readonly functionTokenPosition: number;
}

function functionKind(node: EsNode): FunctionKindName {
  if (node.async) return node.generator ? 'asyncGenerator' : 'asyncFunction';
  return node.generator ? 'generator' : 'normal';
}

export abstract class FunctionBuilder extends StatementBuilder {
  protected newState(scope: DeclarationScope, kind: FunctionKindName): FunctionState {
    return {
      scope,
      kind,
      suspendCount: 0,
      loopDepth: 0,
      expectedPropertyCount: 0,
      containsFunctionOrEval: false,
      targets: [],
    };
  }

  protected inFunction<T>(scope: DeclarationScope, state: FunctionState, body: () => T): T {
    const saved = this.state;
    if (saved !== undefined) saved.containsFunctionOrEval = true;
    this.state = state;
    const result = this.inScope(scope, body);
    this.state = saved;
    return result;
  }

  functionExpression(node: EsNode): FunctionLiteral {
    const literal = this.functionLiteral({
      node,
      kind: functionKind(node),
      name: node.id?.name ?? '',
      syntaxKind: node.id ? 'named' : 'anonymous',
      start: this.parameterStart(node),
      functionTokenPosition: node.start,
    });
    literal.isAnonymousExpression = !node.id;
    if (!node.id) this.names.add(literal);
    return literal;
  }

  arrowFunction(node: EsNode): FunctionLiteral {
    const literal = this.functionLiteral({
      node,
      kind: node.async ? 'asyncArrow' : 'arrow',
      name: '',
      syntaxKind: 'anonymous',
      start: node.start,
      functionTokenPosition: kNoPosition,
    });
    literal.isAnonymousExpression = true;
    this.names.add(literal);
    return literal;
  }

  methodFunction(node: EsNode, kind: 'method' | 'get' | 'set', isStatic: boolean, start: number): FunctionLiteral {
    const functionKindName: FunctionKindName =
      kind === 'get'
        ? 'getter'
        : kind === 'set'
          ? 'setter'
          : node.generator || node.async
            ? functionKind(node)
            : 'method';
    return this.functionLiteral(
      {
        node,
        kind: functionKindName,
        name: '',
        syntaxKind: 'accessorOrMethod',
        start: node.start,
        functionTokenPosition: start,
      },
      isStatic,
    );
  }

  functionDeclaration(node: EsNode): Statement {
    const name: string = node.id?.name ?? 'default';
    const scope = this.scope;
    const isPlain = !node.async && !node.generator;
    const isSloppyBlock = !scope.isStrict && !scope.isDeclarationScope && isPlain;
    const literal = this.functionLiteral({
      node,
      kind: functionKind(node),
      name: node.id?.name ?? 'default',
      syntaxKind: 'declaration',
      start: this.parameterStart(node),
      functionTokenPosition: node.start,
    });
    const mode = !scope.isDeclarationScope || scope.isModuleScope ? 'let' : 'var';
    const target: Scope = scope;
    let variable = target.lookupLocal(name);
    if (scope.isEvalScope && !scope.isStrict) {
      variable = this.declareEvalVariable(scope, name, node.start);
      scope.declarations.pop();
    } else if (variable === undefined || variable.isDynamic) {
      variable = target.declareLocal(name, mode, isSloppyBlock ? 'sloppyBlockFunction' : 'normal', false);
    } else variable.setMaybeAssigned();
    target.declarations.push({ kind: 'FunctionDeclaration', variable, position: node.start, function: literal });
    if (isSloppyBlock) {
      const statement: Statement = {
        kind: 'SloppyBlockFunctionStatement',
        statement: { kind: 'EmptyStatement', position: kNoPosition },
        name,
        scope,
        variable,
        position: node.end,
      };
      scope.getDeclarationScope().sloppyBlockFunctions.push({ name, position: node.start, scope, variable, statement });
      this.sloppyInits.set(statement, this.state.loopDepth > 0);
      return statement;
    }
    return { kind: 'EmptyStatement', position: kNoPosition };
  }
  private readonly sloppyInits = new WeakMap<Statement, boolean>();

  private parameterStart(node: EsNode): number {
    const from = node.id ? node.id.end : node.start;
    return this.source.indexOf('(', from) < 0 ? node.start : this.openParenthesis(node, from);
  }
  private openParenthesis(node: EsNode, from: number): number {
    let position = node.id ? this.nextToken(from) : from;
    while (this.source[position] !== '(') position = this.nextToken(position + 1);
    return position;
  }

  /** Whether V8 passes over the braces of an arrow function in this scope: none around it waits for what it captures. */
  private skipsBodiesIn(scope: Scope): boolean {
    let at: Scope | undefined = scope;
    while (at !== undefined && (at.type === 'catch' || at.type === 'with')) at = at.outer;
    return at === undefined || at.isScriptScope || (at.type === 'eval' && !at.isStrict);
  }

  protected functionLiteral(shape: FunctionShape, isStatic = false): FunctionLiteral {
    const { node, kind } = shape;
    const functionLiteralId = this.nextLiteralId++;
    const scope = new DeclarationScope(this.scope, 'function', kind);
    scope.isStatic = isStatic;
    scope.isMethod = shape.syntaxKind === 'accessorOrMethod';
    scope.start = shape.start;
    scope.end = node.end;
    const state = this.newState(scope, kind);
    const savedNames = this.names;
    const savedScope = this.scope;
    this.names = new NameInferrer(1, scope.isArrow ? savedNames : undefined);
    this.names.pushEnclosing(shape.name);
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      if (this.hasUseStrict(node)) scope.languageMode = 'strict';
      const params = this.parameters(node, scope);
      if (node.body.type === 'BlockStatement' && this.skipsBodiesIn(savedScope)) this.names.detach();
      const body: Statement[] = [];
      if (isResumableKind(kind)) {
        scope.needsGeneratorObject();
        if (kind === 'generator' || kind === 'asyncGenerator') state.suspendCount++;
      }
      if (params.isSimple) {
        if (isGeneratorKind(kind)) body.push(this.initialYield(scope.start));
        body.push(...this.functionStatements(node));
        this.hoistSloppyBlockFunctions(scope);
      } else {
        body.push(params.initialization!);
        const inner = new DeclarationScope(scope, 'block', kind);
        inner.isVarBlock = true;
        inner.start = node.body.start;
        inner.end = node.body.end;
        const statements = this.inScope(inner, () => this.functionStatements(node));
        if (isGeneratorKind(kind)) statements.unshift(this.initialYield(inner.start));
        this.inScope(inner, () => this.hoistSloppyBlockFunctions(inner));
        if (inner.finalizeBlockScope() === undefined) body.push(...statements);
        else {
          const block = this.block(statements, true, inner);
          this.inScope(inner, () => this.insertShadowingInitializers(block, inner, scope));
          body.push(block);
        }
      }
      if (scope.isDerivedConstructor) scope.receiver!.isUsed = true;
      if (!scope.isArrow) scope.declareArguments();
      if (shape.syntaxKind === 'named' && scope.lookupLocal(shape.name) === undefined)
        scope.declareFunctionVar(shape.name);
      return {
        kind: 'FunctionLiteral',
        name: shape.name,
        scope,
        body,
        functionKind: kind,
        syntaxKind: shape.syntaxKind,
        parameterCount: scope.params.length,
        functionLength: params.length,
        functionTokenPosition: shape.functionTokenPosition,
        functionLiteralId,
        start: shape.start,
        end: node.end,
        hasBraces: node.body.type === 'BlockStatement',
        suspendCount: state.suspendCount,
        requiresInstanceMembersInitializer: false,
        classScopeHasPrivateBrand: false,
        hasStaticPrivateMethodsOrAccessors: false,
        isAnonymousExpression: false,
        shouldEagerCompile: false,
        expectedPropertyCount: state.expectedPropertyCount,
        inferredName: '',
        position: shape.functionTokenPosition === kNoPosition ? shape.start : shape.functionTokenPosition,
      };
    });
    this.names = savedNames;
    return literal;
  }

  protected initialYield(position: number): Statement {
    return this.expressionStatement({ kind: 'Yield', isInitial: true, expression: undefined, position }, kNoPosition);
  }

  protected hasUseStrict(node: EsNode): boolean {
    if (node.body.type !== 'BlockStatement') return false;
    for (const statement of node.body.body as EsNode[]) {
      if (statement.type !== 'ExpressionStatement' || statement.directive === undefined) return false;
      if (statement.directive === 'use strict') return true;
    }
    return false;
  }

  private functionStatements(node: EsNode): Statement[] {
    if (node.body.type !== 'BlockStatement') {
      const expression = this.expression(node.body);
      return [
        {
          kind: 'ReturnStatement',
          expression,
          endPosition: node.end,
          isAsyncReturn: node.async === true,
          isSynthetic: false,
          position: expression.position,
        },
      ];
    }
    return this.statements(node.body.body);
  }
  private parameters(
    node: EsNode,
    scope: DeclarationScope,
  ): { isSimple: boolean; length: number; initialization: Block | undefined } {
    const params = node.params as EsNode[];
    if (params.length > 65534)
      throw new EsSyntaxError('Too many parameters in function definition (only 65534 allowed)', node.start);
    const isSimple = params.every((p) => p.type === 'Identifier');
    scope.hasSimpleParameters = isSimple;
    let length = 0;
    let open = true;
    const patterns: { pattern: Expression; initializer: Expression | undefined; isRest: boolean }[] = [];
    for (const param of params) {
      const isRest = param.type === 'RestElement';
      if (isRest || param.type === 'AssignmentPattern') open = false;
      if (open) length++;
      const declared: Variable[] = [];
      const declare = (name: string, position: number): Variable => {
        const variable = this.declareVariable(name, 'var', 'parameter', false, position);
        declared.push(variable);
        return variable;
      };
      let initializer: Expression | undefined;
      let patternNode = param;
      if (param.type === 'AssignmentPattern') patternNode = param.left;
      else if (isRest) patternNode = param.argument;
      if (isSimple) {
        this.declareParameterName(param, declare);
        patterns.push({ pattern: undefined as never, initializer, isRest });
      } else {
        this.names.enter();
        const pattern = this.pattern(patternNode, declare);
        if (param.type === 'AssignmentPattern') {
          initializer = this.expression(param.right);
          this.nameFunction(initializer, pattern);
        }
        this.names.leave();
        patterns.push({ pattern, initializer, isRest });
      }
      for (const variable of declared) variable.initializerPosition = param.end;
    }
    if (isSimple) {
      for (const param of params) scope.declareParameter(param.name, 'var', false);
      scope.declarations.length = 0;
      return { isSimple, length, initialization: undefined };
    }
    for (const variable of scope.variables.values()) {
      if (variable.kind === 'parameter') {
        variable.mode = 'let';
        variable.needsInit = true;
      }
    }
    const temps = patterns.map((p) => scope.declareParameter('', 'temporary', p.isRest));
    const statements: Statement[] = [];
    for (let i = 0; i < patterns.length; i++) {
      const { pattern, initializer } = patterns[i]!;
      let value: Expression = this.boundProxy(temps[i]!);
      if (initializer !== undefined) {
        const condition: Expression = {
          kind: 'CompareOperation',
          op: '===',
          left: this.boundProxy(temps[i]!),
          right: this.undefinedLiteral(),
          position: kNoPosition,
        };
        value = { kind: 'Conditional', condition, consequent: initializer, alternate: value, position: kNoPosition };
      }
      statements.push(...this.initializations([{ pattern, initializer: value, valuePosition: kNoPosition }]));
    }
    return { isSimple, length, initialization: this.block(statements, true) };
  }
  private declareParameterName(param: EsNode, declare: (name: string, position: number) => unknown): void {
    declare(param.name, param.start);
  }

  /** Annex B: a block's function also becomes a var of the function, assigned where the block declares it. */
  protected hoistSloppyBlockFunctions(scope: DeclarationScope): void {
    if (scope.sloppyBlockFunctions.length === 0) return;
    const parameterScope = scope.isVarBlock ? (scope.outer as DeclarationScope) : scope;
    for (const { name, scope: at, variable, position, statement } of scope.sloppyBlockFunctions) {
      const clash = parameterScope.lookupLocal(name);
      if (clash !== undefined && clash.kind === 'parameter') continue;
      let conflict = false;
      // An eval's var goes past the eval, so it must not cross a let there either.
      const last = scope.isEvalScope ? scope.getNonEvalDeclarationScope() : scope;
      for (let s: Scope = at.outer!; ; s = s.outer!) {
        const found = s.lookupLocal(name);
        if (found !== undefined && isLexicalMode(found.mode) && !s.isScriptScope) conflict = true;
        if (s === last) break;
      }
      if (conflict) continue;
      if (scope.isEvalScope && !scope.isStrict) {
        this.declareEvalVariable(scope, name, position);
        const target = this.inScope(scope, () => this.proxy(name, position));
        target.isAssigned = true;
        const assignment = this.assignment('=', target, this.boundProxy(variable, position), kNoPosition);
        assignment.lookupHoistingMode = 'legacySloppy';
        statement.statement = this.expressionStatement(assignment, (statement as Statement).position);
        continue;
      }
      let target = scope.lookupLocal(name);
      if (target === undefined) {
        target = scope.declareLocal(name, 'var', 'normal', false);
        scope.declarations.push({ kind: 'VariableDeclaration', variable: target, position, isNested: false });
      }
      if (target.mode === 'var') {
        const source = this.boundProxy(variable, position);
        const proxy = this.boundProxy(target, position);
        const loop = this.sloppyInits.get(statement as Statement) === true;
        if (loop) target.setMaybeAssigned();
        const assignment = this.assignment(loop ? '=' : 'init', proxy, source, kNoPosition);
        assignment.lookupHoistingMode = 'legacySloppy';
        statement.statement = this.expressionStatement(assignment, (statement as Statement).position);
      }
    }
  }

  private insertShadowingInitializers(block: Block, inner: DeclarationScope, outer: DeclarationScope): void {
    const statements: Statement[] = [];
    for (const declaration of inner.declarations) {
      if (declaration.kind !== 'VariableDeclaration' || declaration.variable.mode !== 'var') continue;
      const name = declaration.variable.name;
      const parameter = outer.lookupLocal(name);
      if (parameter === undefined || (name === 'arguments' && parameter.kind !== 'parameter')) continue;
      if (statements.some((s) => (s as { name?: string }).name === name)) continue;
      const value = this.boundProxy(parameter);
      const target = this.boundProxy(declaration.variable);
      target.isAssigned = true;
      declaration.variable.setMaybeAssigned();
      const statement = this.expressionStatement(this.assignment('=', target, value, kNoPosition), kNoPosition);
      statements.push(Object.assign(statement, { name }));
    }
    block.statements.unshift(...statements);
  }
}
