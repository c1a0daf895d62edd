// Loops: what break and continue leave, and V8's desugaring of lexical bindings, one for each turn.

import {
  type Block,
  type BreakableStatement,
  type Expression,
  type ForStatement,
  kNoPosition,
  type Statement,
} from './ast.ts';
import type { DeclarationMode, PendingBinding, Target } from './builder-base.ts';
import { ExpressionBuilder, InvalidReference } from './builder-expressions.ts';
import type { EsNode } from './es-tree.ts';
import type { Scope, Variable } from './scopes.ts';

export const declarationMode = ({ kind }: EsNode): DeclarationMode => (kind === 'await using' ? 'awaitUsing' : kind);

export abstract class LoopBuilder extends ExpressionBuilder {
  protected abstract initializations(bindings: PendingBinding[]): Statement[];
  protected abstract declarations(node: EsNode, isForEach: boolean, declared?: Variable[]): PendingBinding[];

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
  protected breakTarget(label: string | undefined): BreakableStatement {
    return this.findTarget((t) => (label === undefined ? t.anonymous : t.labels.includes(label))).statement;
  }
  protected continueTarget(label: string | undefined): BreakableStatement {
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

  // ---- Loops ----

  protected forStatement(node: EsNode, labels: string[], ownLabels: string[]): Statement {
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
            consequent: clear,
            alternate: loop.next,
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
            consequent: { kind: 'EmptyStatement', position: kNoPosition },
            alternate: stop,
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
        consequent: { kind: 'BreakStatement', target: outerLoop, position: kNoPosition },
        alternate: { kind: 'EmptyStatement', position: kNoPosition },
        position: kNoPosition,
      });
      innerBlock.scope = inner;
    });
    outerLoop.body = innerBlock;
    return outerBlock;
  }

  protected boundAssigned(variable: Variable): Expression {
    const proxy = this.boundProxy(variable);
    this.markAssigned(proxy);
    return proxy;
  }
  protected ignoreCompletion(statement: Statement): Statement {
    return this.block([statement], true);
  }

  protected forEach(node: EsNode, labels: string[], ownLabels: string[]): Statement {
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
}
