// ESTree statements → AST statements: declarations, loops with V8's desugaring of lexical bindings, try, switch.

import {
  type Block,
  type BreakableStatement,
  type Expression,
  type ForStatement,
  kNoPosition,
  type Statement,
  type SwitchStatement,
} from './ast.ts';
import type { DeclarationMode, PendingBinding, Target } from './builder-base.ts';
import { ExpressionBuilder, InvalidReference } from './builder-expressions.ts';
import type { EsNode } from './es-tree.ts';
import { isLexicalMode, Scope, type Variable } from './scopes.ts';

const declarationMode = ({ kind }: EsNode): DeclarationMode => (kind === 'await using' ? 'awaitUsing' : kind);

export abstract class StatementBuilder extends ExpressionBuilder {
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
          then: this.scopedStatement(node.consequent, labels),
          else: node.alternate
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

  // ---- Targets ----

  protected withTarget(
    statement: BreakableStatement,
    labels: string[],
    ownLabels: string[],
    body: () => void,
    anonymous = true,
  ): void {
    this.state.targets.push({ statement, labels, ownLabels, anonymous });
    body();
    this.state.targets.pop();
  }
  private breakTarget(label: string | undefined): BreakableStatement {
    return this.findTarget((t) => (label === undefined ? t.anonymous : t.labels.includes(label))).statement;
  }
  private continueTarget(label: string | undefined): BreakableStatement {
    return this.findTarget((t) =>
      label === undefined
        ? t.anonymous && t.statement.kind !== 'SwitchStatement'
        : t.ownLabels.includes(label) && t.statement.kind !== 'Block',
    ).statement;
  }
  private findTarget(matches: (target: Target) => boolean): Target {
    const targets = this.state.targets;
    for (let i = targets.length - 1; i >= 0; i--) if (matches(targets[i]!)) return targets[i]!;
    throw new Error('Unresolved jump target: acorn should have rejected it');
  }
  protected inLoop(body: () => void): void {
    this.state.loopDepth++;
    body();
    this.state.loopDepth--;
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

  // ---- Loops ----

  private forStatement(node: EsNode, labels: string[], ownLabels: string[]): Statement {
    const init: EsNode | null = node.init;
    if (init && init.type === 'VariableDeclaration' && init.kind !== 'var') {
      return this.lexicalFor(node, init, labels, ownLabels);
    }
    let initStatement: Statement | undefined;
    if (init) {
      if (init.type === 'VariableDeclaration') {
        const statements = this.initializations(this.declarations(init, false));
        if (statements.length > 0) initStatement = this.block(statements, true);
      } else initStatement = this.expressionStatement(this.expression(init), init.start);
    }
    const loop = this.forLoop(node, labels, ownLabels);
    loop.init = initStatement;
    return loop;
  }

  /** Condition, update and body; V8 parses them in this order. */
  private forLoop(node: EsNode, labels: string[], ownLabels: string[]): ForStatement {
    const loop: ForStatement = {
      kind: 'ForStatement',
      init: undefined,
      condition: undefined,
      next: undefined,
      body: undefined as never,
      position: node.start,
    };
    this.withTarget(loop, labels, ownLabels, () => {
      this.inLoop(() => {
        if (node.test) loop.condition = this.expression(node.test);
        if (node.update) loop.next = this.updateStatement(node.update);
        loop.body = this.statement(node.body);
      });
    });
    return loop;
  }

  private updateStatement(node: EsNode): Statement {
    const expression = this.expression(node);
    return this.expressionStatement(expression, expression.position);
  }

  private lexicalFor(node: EsNode, init: EsNode, labels: string[], ownLabels: string[]): Statement {
    const scope = this.newBlockScope();
    scope.start = node.start;
    scope.end = node.end;
    const recorded = this.state.containsFunctionOrEval;
    this.state.containsFunctionOrEval = false;
    const names: Variable[] = [];
    const result = this.inScope(scope, (): Statement => {
      const bindings = this.declarations(init, false, names);
      const statements = this.initializations(bindings);
      const inner = this.newBlockScope();
      inner.start = node.start;
      inner.end = node.end;
      const loop = this.inScope(inner, () => this.forLoop(node, labels, ownLabels));
      if (this.state.containsFunctionOrEval)
        return this.desugarLexicalFor(node, init, loop, statements, names, scope, inner);
      inner.finalizeBlockScope();
      loop.init = statements.length > 0 ? this.block(statements, true) : undefined;
      const block = this.block([loop], false);
      block.scope = scope.finalizeBlockScope();
      return block;
    });
    this.state.containsFunctionOrEval ||= recorded;
    return result;
  }

  /** Fresh bindings per iteration, as a loop in a loop; see V8's comment in its parser for the shape. */
  private desugarLexicalFor(
    node: EsNode,
    init: EsNode,
    loop: ForStatement,
    initStatements: Statement[],
    names: Variable[],
    scope: Scope,
    inner: Scope,
  ): Statement {
    const mode = declarationMode(init);
    const smi = (value: number): Expression => this.literal({ type: 'smi', value });
    const statement = (expression: Expression): Statement => this.expressionStatement(expression, kNoPosition);
    const outerBlock = this.block([], false);
    if (initStatements.length > 0) outerBlock.statements.push(this.block(initStatements, true));
    const temps: Variable[] = [];
    for (const name of names) {
      const temp = this.scope.newTemporary('.for');
      const value = this.proxy(name.name, this.lastTokenStart(node.end));
      outerBlock.statements.push(statement(this.assignment('=', this.boundAssigned(temp), value, kNoPosition)));
      temps.push(temp);
    }
    let first: Variable | undefined;
    if (loop.next !== undefined) {
      first = this.scope.newTemporary('.for');
      outerBlock.statements.push(statement(this.assignment('=', this.boundAssigned(first), smi(1), kNoPosition)));
    }
    outerBlock.statements.push(this.ignoreCompletion(statement(this.undefinedLiteral())));
    const outerLoop: ForStatement = {
      kind: 'ForStatement',
      init: undefined,
      condition: undefined,
      next: undefined,
      body: undefined as never,
      position: kNoPosition,
    };
    outerBlock.statements.push(outerLoop);
    outerBlock.scope = scope;

    const innerBlock = this.block([], false);
    this.inScope(inner, () => {
      const innerVariables: Variable[] = [];
      for (let i = 0; i < names.length; i++) {
        const variable = this.declareVariable(names[i]!.name, mode, 'normal', true, init.start);
        innerVariables.push(variable);
        const target = this.boundProxy(variable, init.start);
        const assignment = this.assignment('init', target, this.boundProxy(temps[i]!), kNoPosition);
        variable.initializerPosition = this.lastTokenStart(init.end);
        innerBlock.statements.push(this.block([this.expressionStatement(assignment, kNoPosition)], true));
      }
      if (loop.next !== undefined) {
        const compare: Expression = {
          kind: 'CompareOperation',
          op: '==',
          left: this.boundProxy(first!),
          right: smi(1),
          position: kNoPosition,
        };
        const clear = statement(this.assignment('=', this.boundAssigned(first!), smi(0), kNoPosition));
        innerBlock.statements.push(
          this.ignoreCompletion({
            kind: 'IfStatement',
            condition: compare,
            then: clear,
            else: loop.next,
            position: kNoPosition,
          }),
        );
      }
      const flag = this.scope.newTemporary('.for');
      innerBlock.statements.push(
        this.ignoreCompletion(statement(this.assignment('=', this.boundAssigned(flag), smi(1), kNoPosition))),
      );
      if (loop.condition !== undefined) {
        const stop: Statement = { kind: 'BreakStatement', target: outerLoop, position: kNoPosition };
        innerBlock.statements.push(
          this.ignoreCompletion({
            kind: 'IfStatement',
            condition: loop.condition,
            then: { kind: 'EmptyStatement', position: kNoPosition },
            else: stop,
            position: loop.condition.position,
          }),
        );
      }
      const flagIsOne = (): Expression => ({
        kind: 'CompareOperation',
        op: '==',
        left: this.boundProxy(flag),
        right: smi(1),
        position: kNoPosition,
      });
      const condition = flagIsOne();
      let compound: Expression = this.assignment('=', this.boundAssigned(flag), smi(0), kNoPosition);
      for (let i = 0; i < names.length; i++) {
        const save = this.assignment(
          '=',
          this.boundAssigned(temps[i]!),
          this.boundProxy(innerVariables[i]!, this.lastTokenStart(node.end)),
          kNoPosition,
        );
        compound = { kind: 'BinaryOperation', op: ',', left: compound, right: save, position: kNoPosition };
      }
      const innerLoop = loop; // breaks and continues in the body point at it
      innerLoop.init = undefined;
      innerLoop.condition = condition;
      innerLoop.next = statement(compound);
      innerLoop.position = node.start;
      innerBlock.statements.push(innerLoop);
      innerBlock.statements.push({
        kind: 'IfStatement',
        condition: flagIsOne(),
        then: { kind: 'BreakStatement', target: outerLoop, position: kNoPosition },
        else: { kind: 'EmptyStatement', position: kNoPosition },
        position: kNoPosition,
      });
      innerBlock.scope = inner;
    });
    outerLoop.body = innerBlock;
    return outerBlock;
  }

  private boundAssigned(variable: Variable): Expression {
    const proxy = this.boundProxy(variable);
    this.markAssigned(proxy);
    return proxy;
  }
  protected ignoreCompletion(statement: Statement): Statement {
    return this.block([statement], true);
  }

  private forEach(node: EsNode, labels: string[], ownLabels: string[]): Statement {
    const isIn = node.type === 'ForInStatement';
    const isAsync: boolean = node.await === true;
    if (isAsync) this.state.suspendCount += 2;
    const left: EsNode = node.left;
    const make = (): Statement =>
      isIn
        ? {
            kind: 'ForInStatement',
            each: undefined as never,
            subject: undefined as never,
            body: undefined as never,
            position: node.start,
          }
        : {
            kind: 'ForOfStatement',
            each: undefined as never,
            subject: undefined as never,
            body: undefined as never,
            isAsync,
            position: node.start,
          };
    const loop = make() as Extract<Statement, { kind: 'ForInStatement' | 'ForOfStatement' }>;
    if (left.type !== 'VariableDeclaration') {
      loop.each =
        left.type === 'CallExpression'
          ? this.target(left, InvalidReference.ForLoop, left.start)
          : this.pattern(left, undefined);
      this.markAssigned(loop.each);
      loop.subject = this.expression(node.right);
      this.withTarget(loop, labels, ownLabels, () => this.inLoop(() => (loop.body = this.forEachBody(node))));
      return loop;
    }
    const lexical = left.kind !== 'var';
    if (!lexical) {
      const statement = this.forEachWithBindings(node, loop, this.scope, labels, ownLabels, []);
      return statement;
    }
    const outer = this.newBlockScope();
    outer.start = node.start;
    outer.end = node.end;
    return this.inScope(outer, () => {
      const inner = this.newBlockScope();
      const names: Variable[] = [];
      const result = this.forEachWithBindings(node, loop, inner, labels, ownLabels, names);
      // The names are in their temporal dead zone while the subject is evaluated.
      const init = this.block([], false);
      for (const name of names) {
        const tdz = this.declareVariable(name.name, 'let', 'normal', true, kNoPosition);
        tdz.initializerPosition = this.lastTokenStart(node.end);
        tdz.isUsed = true;
      }
      init.statements.push(result);
      init.scope = outer.finalizeBlockScope();
      return init;
    });
  }
  private forEachBody(node: EsNode): Statement {
    return this.statement(node.body);
  }

  private forEachWithBindings(
    node: EsNode,
    loop: Extract<Statement, { kind: 'ForInStatement' | 'ForOfStatement' }>,
    inner: Scope,
    labels: string[],
    ownLabels: string[],
    names: Variable[],
  ): Statement {
    const left: EsNode = node.left;
    const lexical = left.kind !== 'var';
    let initBlock: Block | undefined;
    const bindings = this.inScope(inner, () => this.declarations(left, true, names));
    const position = this.lastTokenStart(left.end);
    const binding = bindings[0]!;
    if (binding.initializer !== undefined && binding.pattern.kind === 'VariableProxy') {
      // for (var x = 1 in o): the legacy initializer runs first.
      const target = this.inScope(inner, () => this.proxy((binding.pattern as { name: string }).name, kNoPosition));
      const assignment = this.assignment('=', target, binding.initializer, kNoPosition);
      this.markAssigned(target);
      initBlock = this.block([this.expressionStatement(assignment, kNoPosition)], true);
    }
    loop.subject = this.expression(node.right);
    if (lexical) {
      inner.start = node.right.end;
      inner.end = node.end;
    }
    const bodyBlock = this.block([], false);
    this.withTarget(loop, labels, ownLabels, () => {
      this.inScope(inner, () => {
        this.inLoop(() => {
          const body = this.forEachBody(node);
          const temp = this.scope.newTemporary('.for');
          const initializer = this.boundProxy(temp, position);
          const statements = this.initializations([
            { pattern: binding.pattern, initializer, valuePosition: kNoPosition },
          ]);
          bodyBlock.statements.push(this.block(statements, true), body);
          loop.each = this.boundProxy(temp, position);
        });
        if (lexical) bodyBlock.scope = inner.finalizeBlockScope();
      });
    });
    loop.body = bodyBlock;
    if (initBlock !== undefined) {
      initBlock.statements.push(loop);
      return this.block(initBlock.statements, false);
    }
    return loop;
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
