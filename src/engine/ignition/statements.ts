// Statements → bytecode.

import { Bytecode, type BytecodeJumpTable, CONTEXT_INDEX, type HandlerEntry } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { initializeClassMembers, initializeClassStaticElements } from './classes.ts';
import {
  BreakableControl,
  ConditionalBuilder,
  DeferredCommands,
  IterationControl,
  LoopBuilder,
  TryCatchControl,
  TryFinallyControl,
} from './control.ts';
import { visitDeclarations } from './declarations.ts';
import { disposing } from './disposal.ts';
import { literalValue, toBooleanIsFalse, toBooleanIsTrue } from './expressions.ts';
import type { BytecodeGenerator } from './generator.ts';
import { visitForIn, visitForOf } from './iteration.ts';
import { typeofLiterals } from './operators.ts';

export function visitStatement(g: BytecodeGenerator, statement: ast.Statement): void {
  const b = g.b;
  switch (statement.kind) {
    case 'Block':
      return visitBlock(g, statement);
    case 'ExpressionStatement':
      b.setStatementPosition(statement.position);
      g.effect(statement.expression);
      return;
    case 'EmptyStatement':
      return;
    case 'SloppyBlockFunctionStatement':
      return visitStatement(g, statement.statement);
    case 'IfStatement':
      return visitIf(g, statement);
    case 'WhileStatement': {
      if (toBooleanIsFalse(statement.condition)) return;
      const loop = new LoopBuilder(g, statement.position);
      loop.scope(() => {
        if (!toBooleanIsTrue(statement.condition)) loopTest(g, statement.condition, loop);
        g.inHoleCheckScope(() => iterationBody(g, statement, loop));
      });
      loop.finish();
      return;
    }
    case 'DoWhileStatement': {
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
      return;
    }
    case 'ForStatement': {
      if (statement.init !== undefined) visitStatement(g, statement.init);
      const { condition, next } = statement;
      if (condition !== undefined && toBooleanIsFalse(condition)) return;
      const loop = new LoopBuilder(g, statement.position);
      loop.scope(() => {
        if (condition !== undefined && !toBooleanIsTrue(condition)) loopTest(g, condition, loop);
        g.inHoleCheckScope(() => {
          iterationBody(g, statement, loop);
          if (next !== undefined) {
            b.setStatementPosition(next.position);
            visitStatement(g, next);
          }
        });
      });
      loop.finish();
      return;
    }
    case 'ForInStatement':
      return visitForIn(g, statement);
    case 'ForOfStatement':
      return visitForOf(g, statement);
    case 'ContinueStatement':
      b.setStatementPosition(statement.position);
      g.control!.perform('continue', statement.target, -1);
      return;
    case 'BreakStatement':
      b.setStatementPosition(statement.position);
      g.control!.perform('break', statement.target, -1);
      return;
    case 'ReturnStatement':
      b.setStatementPosition(statement.position);
      if (statement.expression === undefined) b.emit(Bytecode.LdaUndefined);
      else g.value(statement.expression);
      g.control!.perform(
        statement.isAsyncReturn ? 'asyncReturn' : 'return',
        undefined,
        g.returnEndPosition(statement.endPosition),
      );
      return;
    case 'WithStatement':
      return visitWith(g, statement);
    case 'SwitchStatement':
      return visitSwitch(g, statement);
    case 'TryCatchStatement': {
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
      return;
    }
    case 'TryFinallyStatement': {
      buildTryFinally(
        g,
        () => visitBlock(g, statement.tryBlock),
        () => visitBlock(g, statement.finallyBlock),
        g.catchPrediction,
      );
      return;
    }
    case 'DebuggerStatement':
      b.setStatementPosition(statement.position);
      b.emit(Bytecode.Debugger);
      return;
    case 'InitializeClassMembersStatement':
      return initializeClassMembers(g, statement);
    case 'InitializeClassStaticElementsStatement':
      return initializeClassStaticElements(g, statement);
  }
}

export function loopTest(g: BytecodeGenerator, condition: ast.Expression, loop: LoopBuilder): void {
  g.b.setStatementPosition(condition.position);
  const body = new Labels();
  g.test(condition, body, loop.breakLabels, 'then');
  body.bind(g.b);
}

export function iterationBody(
  g: BytecodeGenerator,
  statement: ast.BreakableStatement & { body: ast.Statement },
  loop: LoopBuilder,
): void {
  g.inControl(new IterationControl(g, statement, loop), () => visitStatement(g, statement.body));
  loop.bindContinueTarget();
}

export function visitBlock(g: BytecodeGenerator, block: ast.Block): void {
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
  const hasElse = statement.alternate.kind !== 'EmptyStatement';
  g.b.setStatementPosition(statement.position);
  const conditional = new ConditionalBuilder(g.b);
  if (toBooleanIsTrue(statement.condition)) {
    conditional.consequent();
    visitStatement(g, statement.consequent);
  } else if (toBooleanIsFalse(statement.condition)) {
    if (hasElse) {
      conditional.alternate();
      visitStatement(g, statement.alternate);
    }
  } else {
    g.test(statement.condition, conditional.thenLabels, conditional.elseLabels, 'then');
    g.mergeBranches(
      () => {
        conditional.consequent();
        visitStatement(g, statement.consequent);
      },
      () => {
        if (!hasElse) return;
        conditional.jumpToEnd();
        conditional.alternate();
        visitStatement(g, statement.alternate);
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
  g.inScope(statement.scope, () => g.withContext(statement.scope, () => visitStatement(g, statement.statement)));
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

export function newCatchContext(g: BytecodeGenerator, scope: import('../parser/index.ts').Scope): void {
  g.inValueScope(() => {
    const exception = g.regs.newRegister();
    g.b.storeRegister(exception);
    g.b.emit(Bytecode.CreateCatchContext, exception, g.scopeInfo(scope));
  });
}

export function buildTryCatch(
  g: BytecodeGenerator,
  tryBody: () => void,
  catchBody: (context: number) => void,
  prediction: HandlerEntry['prediction'],
): void {
  const b = g.b;
  const handler = b.newHandler();
  const exit = new Labels();
  const context = g.regs.newRegister();
  b.moveRegister(CONTEXT_INDEX, context);
  b.markTryBegin(handler, context);
  g.inHoleCheckScope(() => g.inControl(new TryCatchControl(g), tryBody));
  b.markTryEnd(handler);
  b.jump(Bytecode.Jump, exit.next());
  b.markHandler(handler, prediction);
  g.inHoleCheckScope(() => catchBody(context));
  exit.bind(b);
}

export function buildTryFinally(
  g: BytecodeGenerator,
  tryBody: () => void,
  finallyBody: (token: number, result: number, message: number) => void,
  prediction: HandlerEntry['prediction'],
): void {
  const b = g.b;
  const token = g.regs.newRegister();
  const result = g.regs.newRegister();
  const message = g.regs.newRegister();
  b.emit(Bytecode.LdaTheHole);
  b.storeRegister(message);
  const commands = new DeferredCommands(g, token, result, message);
  const handler = b.newHandler();
  const finalization = new Labels();
  const context = g.regs.newRegister();
  b.moveRegister(CONTEXT_INDEX, context);
  b.markTryBegin(handler, context);
  g.inHoleCheckScope(() => g.inControl(new TryFinallyControl(g, commands, finalization), tryBody));
  b.markTryEnd(handler);
  if (!b.isDead) {
    commands.recordFallThroughPath();
    b.jump(Bytecode.Jump, finalization.next());
  }
  b.markHandler(handler, prediction);
  commands.recordHandlerReThrowPath();
  finalization.bind(b);
  finallyBody(token, result, message);
  if (!b.isDead) commands.apply();
}
