// Statements → bytecode.

import { Bytecode, type BytecodeJumpTable } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast, Scope } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import {
  BreakableControl,
  buildTryCatch,
  buildTryFinally,
  ConditionalBuilder,
  iterationBody,
  LoopBuilder,
} from './control.ts';
import { visitDeclarations } from './declarations.ts';
import { disposing } from './disposal.ts';
import type { BytecodeGenerator } from './generator.ts';
import { literalValue, toBooleanIsFalse, toBooleanIsTrue } from './known-values.ts';
import { typeofLiterals } from './operators.ts';
import type { StatementVisitors } from './visitors.ts';

export const statementVisitors = {
  Block: visitBlock,
  ExpressionStatement: visitExpressionStatement,
  EmptyStatement: () => {},
  SloppyBlockFunctionStatement: (g, { statement }) => g.visitStatement(statement),
  IfStatement: visitIf,
  WhileStatement: visitWhile,
  DoWhileStatement: visitDoWhile,
  ForStatement: visitFor,
  ContinueStatement: visitContinue,
  BreakStatement: visitBreak,
  ReturnStatement: visitReturn,
  WithStatement: visitWith,
  SwitchStatement: visitSwitch,
  TryCatchStatement: visitTryCatch,
  TryFinallyStatement: visitTryFinally,
  DebuggerStatement: visitDebugger,
} satisfies Partial<StatementVisitors>;

function visitExpressionStatement(g: BytecodeGenerator, statement: ast.ExpressionStatement): void {
  g.b.setStatementPosition(statement.position);
  g.effect(statement.expression);
}

function visitDebugger(g: BytecodeGenerator, statement: ast.DebuggerStatement): void {
  g.b.setStatementPosition(statement.position);
  g.b.emit(Bytecode.Debugger);
}

// ---- Jumps ----

function visitContinue(g: BytecodeGenerator, statement: ast.ContinueStatement): void {
  g.b.setStatementPosition(statement.position);
  g.control!.perform('continue', statement.target, -1);
}

function visitBreak(g: BytecodeGenerator, statement: ast.BreakStatement): void {
  g.b.setStatementPosition(statement.position);
  g.control!.perform('break', statement.target, -1);
}

function visitReturn(g: BytecodeGenerator, statement: ast.ReturnStatement): void {
  g.b.setStatementPosition(statement.position);
  if (statement.expression === undefined) g.b.emit(Bytecode.LdaUndefined);
  else g.value(statement.expression);
  g.control!.perform(
    statement.isAsyncReturn ? 'asyncReturn' : 'return',
    undefined,
    g.returnEndPosition(statement.endPosition),
  );
}

// ---- Loops ----

function visitWhile(g: BytecodeGenerator, statement: ast.WhileStatement): void {
  if (toBooleanIsFalse(statement.condition)) return;
  const loop = new LoopBuilder(g, statement.position);
  loop.scope(() => {
    if (!toBooleanIsTrue(statement.condition)) loopTest(g, statement.condition, loop);
    g.inHoleCheckScope(() => iterationBody(g, statement, loop));
  });
  loop.finish();
}

function visitDoWhile(g: BytecodeGenerator, statement: ast.DoWhileStatement): void {
  const loop = new LoopBuilder(g, statement.position);
  // it runs at least once, but not to its end: break and continue leave it before
  if (toBooleanIsFalse(statement.condition)) g.inHoleCheckScope(() => iterationBody(g, statement, loop));
  else {
    loop.scope(() => {
      g.inHoleCheckScope(() => iterationBody(g, statement, loop));
      if (toBooleanIsTrue(statement.condition)) return;
      // a break leaves the condition out
      if (loop.breakLabels.isEmpty) loopTest(g, statement.condition, loop);
      else g.inHoleCheckScope(() => loopTest(g, statement.condition, loop));
    });
  }
  loop.finish();
}

function visitFor(g: BytecodeGenerator, statement: ast.ForStatement): void {
  if (statement.init !== undefined) g.visitStatement(statement.init);
  const { condition, next } = statement;
  if (condition !== undefined && toBooleanIsFalse(condition)) return;
  const loop = new LoopBuilder(g, statement.position);
  loop.scope(() => {
    if (condition !== undefined && !toBooleanIsTrue(condition)) loopTest(g, condition, loop);
    g.inHoleCheckScope(() => {
      iterationBody(g, statement, loop);
      if (next !== undefined) {
        g.b.setStatementPosition(next.position);
        g.visitStatement(next);
      }
    });
  });
  loop.finish();
}

function loopTest(g: BytecodeGenerator, condition: ast.Expression, loop: LoopBuilder): void {
  g.b.setStatementPosition(condition.position);
  const body = new Labels();
  g.test(condition, body, loop.breakLabels, 'then');
  body.bind(g.b);
}

// ---- Blocks, conditions ----

function visitBlock(g: BytecodeGenerator, block: ast.Block): void {
  g.inScope(block.scope, () => {
    if (block.scope?.needsContext) {
      g.newBlockContext(block.scope);
      g.withContext(block.scope, () => disposing(g, block.scope, () => blockBody(g, block)));
    } else disposing(g, block.scope, () => blockBody(g, block));
  });
}

function blockBody(g: BytecodeGenerator, block: ast.Block): void {
  const body = (): void => {
    if (block.scope !== undefined) visitDeclarations(g, block.scope.declarations);
    g.visitStatements(block.statements);
  };
  if (block.isBreakable) {
    const labels = new Labels();
    g.inControl(new BreakableControl(g, block, labels), () => g.inHoleCheckScope(body));
    labels.bind(g.b);
  } else body();
}

function visitIf(g: BytecodeGenerator, statement: ast.IfStatement): void {
  const hasElse = statement.else.kind !== 'EmptyStatement';
  g.b.setStatementPosition(statement.position);
  const conditional = new ConditionalBuilder(g.b);
  if (toBooleanIsTrue(statement.condition)) {
    conditional.then();
    g.visitStatement(statement.then);
  } else if (toBooleanIsFalse(statement.condition)) {
    if (hasElse) {
      conditional.else();
      g.visitStatement(statement.else);
    }
  } else {
    g.test(statement.condition, conditional.thenLabels, conditional.elseLabels, 'then');
    g.mergeBranches(
      () => {
        conditional.then();
        g.visitStatement(statement.then);
      },
      () => {
        if (!hasElse) return;
        conditional.jumpToEnd();
        conditional.else();
        g.visitStatement(statement.else);
      },
    );
  }
  conditional.finish();
}

function visitWith(g: BytecodeGenerator, statement: ast.WithStatement): void {
  g.b.setStatementPosition(statement.position);
  g.value(statement.expression);
  const saved = g.regs.next;
  const object = g.regs.newRegister();
  g.b.emit(Bytecode.ToObject, object);
  g.b.emit(Bytecode.CreateWithContext, object, g.scopeInfo(statement.scope));
  g.regs.release(saved);
  g.inScope(statement.scope, () => g.withContext(statement.scope, () => g.visitStatement(statement.statement)));
}

// ---- Switch ----

interface SwitchInfo {
  covered: ReadonlyMap<number, number>; // clause index → Smi value
  values: ReadonlySet<number>;
  min: number;
  max: number;
}

/** Whether the cases are dense enough Smis for a jump table: at least six, at most three times sparser. */
function jumpTableShape(statement: ast.SwitchStatement): SwitchInfo | undefined {
  const covered = new Map<number, number>();
  const values = new Set<number>();
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  statement.cases.forEach((clause, i) => {
    const value = clause.label && literalValue(clause.label);
    if (value?.type === 'smi' && !values.has(value.value)) {
      values.add(value.value);
      covered.set(i, value.value);
      min = Math.min(min, value.value);
      max = Math.max(max, value.value);
    }
  });
  if (covered.size < 6 || max - min + 1 > 3 * statement.cases.length) return undefined;
  return { covered, values, min, max };
}

const smiMinimum = -0x40000000;
const smiMaximum = 0x3fffffff;

/** Jumps through a table if the accumulator is a Smi of its range (or a number equal to one). */
function switchTable(g: BytecodeGenerator, shape: SwitchInfo, reload: boolean): BytecodeJumpTable {
  const b = g.b;
  const fallThrough = new Labels();
  const saved = g.regs.next;
  const scratch = g.regs.newRegister();
  const tag = g.regs.newRegister();
  b.storeRegister(tag);
  b.emit(Bytecode.TestTypeOf, typeofLiterals.indexOf('number'));
  b.jump(Bytecode.JumpIfFalse, fallThrough.next());
  for (const [limit, test] of [
    [smiMinimum, Bytecode.TestGreaterThanOrEqual],
    [smiMaximum, Bytecode.TestLessThanOrEqual],
  ] as const) {
    b.loadRegister(tag);
    b.loadSmi(limit);
    b.storeRegister(scratch);
    b.emit(test, tag, g.addSlot(FeedbackSlotKind.CompareOp));
    b.jump(Bytecode.JumpIfFalse, fallThrough.next());
  }
  b.loadRegister(tag);
  b.emit(Bytecode.BitwiseOrSmi, 0, g.addSlot(FeedbackSlotKind.BinaryOp));
  b.storeRegister(scratch);
  b.emit(Bytecode.TestEqualStrict, tag, g.addSlot(FeedbackSlotKind.CompareOp));
  b.jump(Bytecode.JumpIfFalse, fallThrough.next());
  b.loadRegister(scratch);
  const table = b.allocateJumpTable(shape.max - shape.min + 1, shape.min);
  b.switchOnSmi(table);
  fallThrough.bind(b);
  for (let value = shape.min; value <= shape.max; value++) if (!shape.values.has(value)) b.bindCase(table, value);
  if (reload) b.loadRegister(tag);
  g.regs.release(saved);
  return table;
}

function visitSwitch(g: BytecodeGenerator, statement: ast.SwitchStatement): void {
  const b = g.b;
  const clauses = statement.cases;
  const shape = jumpTableShape(statement);
  const covered: ReadonlyMap<number, number> = shape?.covered ?? new Map();
  // V8 counts the default clause among what is compared.
  const compares = clauses.length > covered.size;
  const labels = clauses.map(() => new Labels());
  const breakLabels = new Labels();
  let table: BytecodeJumpTable | undefined;
  g.inControl(new BreakableControl(g, statement, breakLabels), () => {
    b.setStatementPosition(statement.position);
    g.value(statement.tag);
    if (shape !== undefined) table = switchTable(g, shape, compares);
    if (compares) {
      const saved = g.regs.next;
      const tag = g.regs.newRegister();
      const slot = g.addSlot(FeedbackSlotKind.CompareOp);
      b.storeRegister(tag);
      let isFirst = true;
      clauses.forEach(({ label }, i) => {
        if (label === undefined || covered.has(i)) return;
        // only the first label is evaluated for sure
        if (isFirst) g.value(label);
        else g.inHoleCheckScope(() => g.value(label));
        isFirst = false;
        b.emit(Bytecode.TestEqualStrict, tag, slot);
        b.jump(Bytecode.JumpIfTrue, labels[i]!.next());
      });
      g.regs.release(saved);
    }
    const otherwise = clauses.findIndex((clause) => clause.label === undefined);
    b.jump(Bytecode.Jump, (otherwise >= 0 ? labels[otherwise]! : breakLabels).next());
    clauses.forEach((clause, i) => {
      g.inHoleCheckScope(() => {
        labels[i]!.bind(b);
        const value = covered.get(i);
        if (value !== undefined) b.bindCase(table!, value);
        g.visitStatements(clause.statements);
      });
    });
  });
  breakLabels.bind(b);
}

// ---- Try ----

function newCatchContext(g: BytecodeGenerator, scope: Scope): void {
  g.inValueScope(() => {
    const exception = g.regs.newRegister();
    g.b.storeRegister(exception);
    g.b.emit(Bytecode.CreateCatchContext, exception, g.scopeInfo(scope));
  });
}

function visitTryCatch(g: BytecodeGenerator, statement: ast.TryCatchStatement): void {
  const b = g.b;
  const outerPrediction = g.catchPrediction;
  g.catchPrediction = 'caught';
  buildTryCatch(
    g,
    () => {
      visitBlock(g, statement.tryBlock);
      g.catchPrediction = outerPrediction;
    },
    (context) => {
      const scope = statement.scope;
      if (scope !== undefined) {
        newCatchContext(g, scope);
        b.storeRegister(context);
      }
      b.emit(Bytecode.LdaTheHole);
      b.emit(Bytecode.SetPendingMessage);
      b.loadRegister(context);
      if (scope === undefined) visitBlock(g, statement.catchBlock);
      else g.inScope(scope, () => g.withContext(scope, () => visitBlock(g, statement.catchBlock)));
    },
    'caught',
  );
}

function visitTryFinally(g: BytecodeGenerator, statement: ast.TryFinallyStatement): void {
  buildTryFinally(
    g,
    () => visitBlock(g, statement.tryBlock),
    () => visitBlock(g, statement.finallyBlock),
    g.catchPrediction,
  );
}
