// A script's completion value: expression statements that may be the last one evaluated are rewritten to assign
// `.result`, which the script returns. Statements are visited backwards; `isSet` says that whatever follows sets the result.

import type { Assignment, Block, Expression, Statement, VariableProxy } from './ast.ts';
import { bindProxy, type DeclarationScope, type Variable } from './scopes.ts';

class CompletionRewriter {
  isSet = false;
  resultAssigned = false;
  breakable = false;

  constructor(
    private readonly scope: DeclarationScope,
    private readonly result: Variable,
  ) {}

  proxy(variable: Variable = this.result): VariableProxy {
    const proxy: VariableProxy = {
      kind: 'VariableProxy',
      name: variable.name,
      variable,
      isAssigned: false,
      needsHoleCheck: false,
      position: -1,
    };
    bindProxy(proxy, variable);
    return proxy;
  }
  private assign(value: Expression, variable: Variable = this.result): Assignment {
    if (variable === this.result) this.resultAssigned = true;
    const target = this.proxy(variable);
    target.isAssigned = true;
    variable.setMaybeAssigned();
    return { kind: 'Assignment', op: '=', target, value, position: -1 };
  }
  private undefinedResult(): Statement {
    const value: Expression = { kind: 'Literal', literal: { type: 'undefined' }, position: -1 };
    return { kind: 'ExpressionStatement', expression: this.assign(value), position: -1 };
  }
  private assignUndefinedBefore(statement: Statement): Statement {
    const block: Block = {
      kind: 'Block',
      statements: [this.undefinedResult(), statement],
      scope: undefined,
      ignoreCompletionValue: false,
      isBreakable: false,
      position: -1,
    };
    return block;
  }

  process(statements: Statement[]): void {
    for (let i = statements.length - 1; i >= 0; i--) statements[i] = this.visit(statements[i]!);
  }
  private inBreakable(body: () => void, breakable = true): void {
    const saved = this.breakable;
    this.breakable ||= breakable;
    body();
    this.breakable = saved;
  }

  private visit(node: Statement): Statement {
    switch (node.kind) {
      case 'ExpressionStatement':
        if (!this.isSet) {
          node.expression = this.assign(node.expression);
          this.isSet = true;
        }
        return node;
      case 'Block':
        if (!node.ignoreCompletionValue) this.inBreakable(() => this.process(node.statements), node.isBreakable);
        return node;
      case 'IfStatement': {
        const after = this.isSet;
        node.consequent = this.visit(node.consequent);
        const inThen = this.isSet;
        this.isSet = after;
        node.alternate = this.visit(node.alternate);
        const both = inThen && this.isSet;
        this.isSet = true;
        return both ? node : this.assignUndefinedBefore(node);
      }
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement': {
        this.inBreakable(() => {
          node.body = this.visit(node.body);
        });
        this.isSet = true;
        return this.assignUndefinedBefore(node);
      }
      case 'TryCatchStatement': {
        const after = this.isSet;
        this.visit(node.tryBlock);
        const inTry = this.isSet;
        this.isSet = after;
        this.visit(node.catchBlock);
        const both = this.isSet && inTry;
        this.isSet = true;
        return both ? node : this.assignUndefinedBefore(node);
      }
      case 'TryFinallyStatement': {
        if (this.breakable) {
          this.isSet = true;
          this.visit(node.finallyBlock);
          if (this.isSet) this.backUp(node.finallyBlock);
          else node.finallyBlock.statements.unshift(this.undefinedResult()); // it ends abruptly, with no value of its own
          this.isSet = false;
        }
        this.visit(node.tryBlock);
        const set = this.isSet;
        this.isSet = true;
        return set ? node : this.assignUndefinedBefore(node);
      }
      case 'SwitchStatement': {
        this.inBreakable(() => {
          for (let i = node.cases.length - 1; i >= 0; i--) this.process(node.cases[i]!.statements);
        });
        const set = this.isSet;
        this.isSet = true;
        return set ? node : this.assignUndefinedBefore(node);
      }
      case 'ContinueStatement':
      case 'BreakStatement':
        this.isSet = false;
        return node;
      case 'WithStatement': {
        node.statement = this.visit(node.statement);
        const set = this.isSet;
        this.isSet = true;
        return set ? node : this.assignUndefinedBefore(node);
      }
      case 'SloppyBlockFunctionStatement':
        node.statement = this.visit(node.statement);
        return node;
      default:
        return node;
    }
  }

  private backUp(block: Block): void {
    const backup = this.scope.newTemporary('.result_backup');
    const save = this.assign(this.proxy(), backup);
    const restore = this.assign(this.proxy(backup));
    block.statements.unshift({ kind: 'ExpressionStatement', expression: save, position: -1 });
    block.statements.push({ kind: 'ExpressionStatement', expression: restore, position: -1 });
  }
}

/** Makes a script's (or eval's) statements leave and return their completion value. */
export function rewriteCompletion(body: Statement[], scope: DeclarationScope): void {
  if (body.length === 0) return;
  const result = scope.newTemporary('.result');
  const rewriter = new CompletionRewriter(scope, result);
  rewriter.process(body);
  if (!rewriter.resultAssigned) return;
  body.push({
    kind: 'ReturnStatement',
    expression: rewriter.proxy(),
    endPosition: -1,
    isAsyncReturn: false,
    isSynthetic: true,
    position: -1,
  });
}
