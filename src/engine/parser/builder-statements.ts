// ESTree statements → AST statements: declarations, blocks, try, switch.

import { type Block, type Expression, kNoPosition, type Statement, type SwitchStatement } from './ast.ts';
import type { PendingBinding } from './builder-base.ts';
import { declarationMode, LoopBuilder } from './builder-loops.ts';
import type { EsNode } from './es-tree.ts';
import { isLexicalMode, Scope, type Variable } from './scopes.ts';

export abstract class StatementBuilder extends LoopBuilder {
  abstract functionDeclaration(node: EsNode): Statement;
  abstract moduleItem(node: EsNode): Statement;

  statements(nodes: EsNode[]): Statement[] {
    const result: Statement[] = [];
    for (const node of nodes) {
      const statement = this.statement(node);
      if (statement.kind !== 'EmptyStatement') result.push(statement);
    }
    return result;
  }

  statement(node: EsNode, labels: string[] = [], ownLabels: string[] = []): Statement {
    switch (node.type) {
      case 'BlockStatement':
        return this.blockStatement(node, labels);
      case 'EmptyStatement':
        return { kind: 'EmptyStatement', position: kNoPosition };
      case 'ExpressionStatement':
        return this.expressionStatement(this.expression(node.expression), node.start);
      case 'IfStatement':
        return {
          kind: 'IfStatement',
          condition: this.expression(node.test),
          consequent: this.scopedStatement(node.consequent, labels),
          alternate: node.alternate
            ? this.scopedStatement(node.alternate, labels)
            : { kind: 'EmptyStatement', position: kNoPosition },
          position: node.start,
        };
      case 'WhileStatement': {
        const loop: Statement = {
          kind: 'WhileStatement',
          condition: undefined as never,
          body: undefined as never,
          position: node.start,
        };
        this.withTarget(loop, labels, ownLabels, () => {
          this.inLoop(() => {
            loop.condition = this.expression(node.test);
            loop.body = this.statement(node.body);
          });
        });
        return loop;
      }
      case 'DoWhileStatement': {
        const loop: Statement = {
          kind: 'DoWhileStatement',
          condition: undefined as never,
          body: undefined as never,
          position: node.start,
        };
        this.withTarget(loop, labels, ownLabels, () => {
          this.inLoop(() => {
            loop.body = this.statement(node.body);
          });
          loop.condition = this.expression(node.test);
        });
        return loop;
      }
      case 'ForStatement':
        return this.forStatement(node, labels, ownLabels);
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.forEach(node, labels, ownLabels);
      case 'ContinueStatement':
        return { kind: 'ContinueStatement', target: this.continueTarget(node.label?.name), position: node.start };
      case 'BreakStatement': {
        const label: string | undefined = node.label?.name;
        if (label !== undefined && labels.includes(label)) return { kind: 'EmptyStatement', position: kNoPosition };
        return this.wrapLabelled(labels, () => ({
          kind: 'BreakStatement',
          target: this.breakTarget(label),
          position: node.start,
        }));
      }
      case 'ReturnStatement':
        return this.wrapLabelled(labels, () => this.returnStatement(node));
      case 'ThrowStatement':
        return this.wrapLabelled(labels, () =>
          this.expressionStatement(
            { kind: 'Throw', exception: this.expression(node.argument), position: node.start },
            node.start,
          ),
        );
      case 'TryStatement':
        return this.wrapLabelled(labels, () => this.tryStatement(node));
      case 'SwitchStatement':
        return this.switchStatement(node, labels);
      case 'LabeledStatement': {
        const label: string = node.label.name;
        const body: EsNode = node.body;
        if (body.type === 'FunctionDeclaration') return this.functionDeclaration(body);
        return this.statement(body, [...labels, label], [...ownLabels, label]);
      }
      case 'WithStatement': {
        const expression = this.expression(node.object);
        const scope = new Scope(this.scope, 'with');
        scope.start = node.body.start;
        scope.end = node.end;
        const statement = this.inScope(scope, () => this.statement(node.body, labels));
        return { kind: 'WithStatement', scope, expression, statement, position: node.start };
      }
      case 'DebuggerStatement':
        return { kind: 'DebuggerStatement', position: node.start };
      case 'VariableDeclaration': {
        const bindings = this.declarations(node, false);
        return this.bindingStatements(bindings);
      }
      case 'FunctionDeclaration':
        return this.functionDeclaration(node);
      case 'ClassDeclaration':
        return this.classDeclaration(node);
      default:
        return this.moduleItem(node);
    }
  }

  private wrapLabelled(labels: string[], make: () => Statement): Statement {
    if (labels.length === 0) return make();
    const block = this.block([], false);
    block.isBreakable = true;
    this.withTarget(block, labels, [], () => block.statements.push(make()), false);
    return block;
  }

  // ---- Blocks ----

  blockStatement(node: EsNode, labels: string[] = [], scope: Scope = this.newBlockScope()): Block {
    const block = this.block([], false);
    block.isBreakable = labels.length > 0;
    scope.start = node.start;
    this.inScope(scope, () => {
      this.withTarget(block, labels, [], () => block.statements.push(...this.statements(node.body)), false);
    });
    scope.end = node.end;
    block.scope = scope.finalizeBlockScope();
    return block;
  }

  /** A lone function declaration as a branch gets a block of its own in sloppy mode. */
  private scopedStatement(node: EsNode, labels: string[]): Statement {
    if (this.scope.isStrict || node.type !== 'FunctionDeclaration') return this.statement(node, labels);
    const scope = this.newBlockScope();
    scope.start = node.start;
    const block = this.block([], false);
    this.inScope(scope, () => {
      const statement = this.functionDeclaration(node);
      block.statements.push(statement);
    });
    scope.end = node.end;
    block.scope = scope.finalizeBlockScope();
    return block;
  }

  // ---- Declarations ----

  protected declarations(node: EsNode, isForEach: boolean, declared: Variable[] = []): PendingBinding[] {
    const mode = declarationMode(node);
    const bindings: PendingBinding[] = [];
    for (const declarator of node.declarations as EsNode[]) {
      const own: Variable[] = [];
      this.names.enter();
      let pattern: Expression | undefined;
      const declare = this.declareBinding(mode, own);
      if (declarator.id.type === 'Identifier' && !declarator.init && mode === 'var' && !isForEach) {
        declare(declarator.id.name, declarator.id.start);
      } else pattern = this.pattern(declarator.id, declare);
      let initializer: Expression | undefined;
      let valuePosition = kNoPosition;
      if (declarator.init) {
        valuePosition = declarator.init.start;
        valuePosition = this.nextToken(this.equalsEnd(declarator));
        initializer = this.expression(declarator.init);
        if (initializer.kind === 'Call' || initializer.kind === 'CallNew') this.names.removeLast();
        else this.names.infer();
        if (pattern?.kind === 'VariableProxy') this.nameFunction(initializer, pattern);
      } else if (mode === 'let' && !isForEach) {
        initializer = this.undefinedLiteral(this.lastTokenStart(declarator.end));
      }
      for (const variable of own) {
        if (variable.initializerPosition < 0 || isLexicalMode(mode))
          variable.initializerPosition = this.declaratorEnd(declarator);
      }
      this.names.leave();
      declared.push(...own);
      if (pattern !== undefined) bindings.push({ pattern, initializer, valuePosition });
    }
    return bindings;
  }
  private declaratorEnd(declarator: EsNode): number {
    return declarator.end;
  }
  private equalsEnd(declarator: EsNode): number {
    return this.nextToken(declarator.id.end) + 1;
  }

  protected bindingStatements(bindings: PendingBinding[]): Statement {
    const statements = this.initializations(bindings);
    if (statements.length === 0) return { kind: 'EmptyStatement', position: kNoPosition };
    return this.block(statements, true);
  }
  protected initializations(bindings: PendingBinding[]): Statement[] {
    const statements: Statement[] = [];
    for (const { pattern, initializer, valuePosition } of bindings) {
      if (initializer === undefined) continue;
      const position = valuePosition === kNoPosition ? initializer.position : valuePosition;
      statements.push(this.expressionStatement(this.assignment('init', pattern, initializer, position), position));
    }
    return statements;
  }

  private classDeclaration(node: EsNode): Statement {
    const name: string | undefined = node.id?.name;
    const value = this.classLiteral(node);
    if (name === undefined) return this.expressionStatement(value, node.start);
    return this.declareClass(name, value, node.start, node.end);
  }
  protected declareClass(name: string, value: Expression, start: number, end: number): Statement {
    const variable = this.declareVariable(name, 'let', 'normal', true, start);
    variable.initializerPosition = end;
    const proxy = this.boundProxy(variable, start);
    return this.ignoreCompletion(this.expressionStatement(this.assignment('init', proxy, value, start), kNoPosition));
  }

  // ---- Returns ----

  private returnStatement(node: EsNode): Statement {
    const kind = this.state.kind;
    let expression: Expression | undefined;
    if (node.argument) expression = this.expression(node.argument);
    if (kind === 'asyncGenerator') {
      expression = {
        kind: 'Await',
        expression: expression ?? this.undefinedLiteral(node.start),
        position: kNoPosition,
      };
      this.state.suspendCount++;
    }
    const isAsync = kind === 'asyncFunction' || kind === 'asyncArrow' || kind === 'asyncGenerator';
    return {
      kind: 'ReturnStatement',
      expression,
      endPosition: this.returnEnd(node),
      isAsyncReturn: isAsync,
      isSynthetic: false,
      position: node.start,
    };
  }
  private returnEnd(node: EsNode): number {
    return node.end;
  }

  // ---- Switch ----

  private switchStatement(node: EsNode, labels: string[]): Statement {
    const tag = this.expression(node.discriminant);
    const statement: SwitchStatement = { kind: 'SwitchStatement', tag, cases: [], position: node.start };
    const scope = this.newBlockScope();
    scope.start = node.start;
    scope.end = node.end;
    scope.isNonlinear = true;
    this.inScope(scope, () => {
      this.withTarget(statement, labels, [], () => {
        for (const clause of node.cases as EsNode[]) {
          statement.cases.push({
            label: clause.test ? this.expression(clause.test) : undefined,
            statements: this.statements(clause.consequent),
          });
        }
      });
    });
    if (scope.finalizeBlockScope() === undefined) return statement;
    const tagVariable = this.scope.newTemporary('.switch_tag');
    const assign = this.assignment('=', this.boundAssigned(tagVariable), tag, tag.position);
    statement.tag = this.boundProxy(tagVariable);
    const cases = this.block([statement], false, scope);
    return this.block([this.ignoreCompletion(this.expressionStatement(assign, kNoPosition)), cases], false);
  }

  // ---- Try ----

  private tryStatement(node: EsNode): Statement {
    let tryBlock = this.blockStatement(node.block);
    const handler: EsNode | null = node.handler;
    let catchScope: Scope | undefined;
    let catchBlock: Block | undefined;
    if (handler) {
      if (handler.param) {
        const scope = new Scope(this.scope, 'catch');
        catchScope = scope;
        scope.start = handler.start;
        scope.end = handler.end;
        catchBlock = this.inScope(scope, () => this.catchClause(handler, scope));
      } else catchBlock = this.blockStatement(handler.body);
    }
    const finallyBlock = node.finalizer ? this.blockStatement(node.finalizer) : undefined;
    if (catchBlock !== undefined) {
      const statement: Statement = {
        kind: 'TryCatchStatement',
        tryBlock,
        catchBlock,
        scope: catchScope,
        catchPrediction: 'caught',
        position: finallyBlock ? kNoPosition : node.start,
      };
      if (finallyBlock === undefined) return statement;
      tryBlock = this.block([statement], false);
    }
    return { kind: 'TryFinallyStatement', tryBlock, finallyBlock: finallyBlock!, position: node.start };
  }

  private catchClause(handler: EsNode, scope: Scope): Block {
    const block = this.block([], false);
    const variableScope = this.newBlockScope();
    variableScope.start = handler.param.start;
    variableScope.end = handler.end;
    this.inScope(variableScope, () => {
      if (handler.param.type === 'Identifier') {
        scope.declareLocal(handler.param.name, 'var', 'normal', false);
      } else {
        const variable = scope.declareLocal('.catch', 'var', 'normal', false);
        const names: Variable[] = [];
        const pattern = this.pattern(handler.param, this.declareBinding('let', names));
        for (const name of names) name.initializerPosition = handler.param.end;
        const statements = this.initializations([
          { pattern, initializer: this.boundProxy(variable), valuePosition: kNoPosition },
        ]);
        block.statements.push(this.block(statements, true));
      }
      block.statements.push(this.blockStatement(handler.body));
    });
    block.scope = variableScope.finalizeBlockScope();
    return block;
  }
}
