// for-of and for-in.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast, Variable } from '../parser/index.ts';
import { buildAssignment, prepareAssignmentLhs } from './assignments.ts';
import { Labels } from './bytecode-array-builder.ts';
import { buildTryFinally, IterationControl, iterationBody, LoopBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildFinalizeIteration, buildIteratorNext, buildIteratorRecord } from './iterators.ts';
import { isNullLiteral, isUndefinedLiteral } from './known-values.ts';
import type { StatementVisitors } from './visitors.ts';

export const iterationVisitors = {
  ForInStatement: visitForIn,
  ForOfStatement: visitForOf,
} satisfies Partial<StatementVisitors>;

function visitForOf(g: BytecodeGenerator, statement: ast.ForOfStatement): void {
  const b = g.b;
  const outerResult = g.result;
  g.result = { kind: 'effect', hint: 'unknown' };
  b.setStatementPosition(statement.subject.position);
  g.value(statement.subject);
  const iterator = buildIteratorRecord(g, statement.isAsync);
  const done = g.regs.newRegister();
  b.emit(Bytecode.LdaFalse);
  b.storeRegister(done);
  buildTryFinally(
    g,
    () => {
      const loop = new LoopBuilder(g, statement.position);
      loop.scope(() => {
        b.emit(Bytecode.LdaTrue);
        b.storeRegister(done);
        g.inHoleCheckScope(() => {
          g.inRegisterScope(() => {
            const nextResult = g.regs.newRegister();
            b.setStatementPosition(statement.each.position);
            buildIteratorNext(g, iterator, nextResult);
            b.emit(Bytecode.GetNamedProperty, nextResult, b.string('done'), g.addSlot(FeedbackSlotKind.LoadProperty));
            b.jump(Bytecode.JumpIfToBooleanTrue, loop.breakLabels.next());
            b.emit(Bytecode.GetNamedProperty, nextResult, b.string('value'), g.addSlot(FeedbackSlotKind.LoadProperty));
            b.storeRegister(nextResult);
            b.emit(Bytecode.LdaFalse);
            b.storeRegister(done);
            b.loadRegister(nextResult);
            const lhs = prepareAssignmentLhs(g, statement.each, true);
            buildAssignment(g, lhs, '=');
          });
          iterationBody(g, statement, loop);
        });
      });
      loop.finish();
    },
    (token) => buildFinalizeIteration(g, iterator, done, token),
    g.catchPrediction,
  );
  g.result = outerResult;
}

function visitForIn(g: BytecodeGenerator, statement: ast.ForInStatement): void {
  if (isNullLiteral(statement.subject) || isUndefinedLiteral(statement.subject)) return;
  const b = g.b;
  const undefinedLabel = new Labels();
  const slot = g.addSlot(FeedbackSlotKind.ForIn);
  b.setStatementPosition(statement.subject.position);
  g.value(statement.subject);
  b.jump(Bytecode.JumpIfUndefinedOrNull, undefinedLabel.next());
  const receiver = g.regs.newRegister();
  b.emit(Bytecode.ToObject, receiver);
  const triple = g.regs.newList(3);
  b.emit(Bytecode.ForInEnumerate, receiver);
  b.emit(Bytecode.ForInPrepare, triple, slot);
  const index = g.regs.newRegister();
  b.loadSmi(0);
  b.storeRegister(index);
  const loop = new LoopBuilder(g, statement.position);
  loop.scope(() => {
    g.inHoleCheckScope(() => {
      b.setStatementPosition(statement.each.position);
      b.jump(Bytecode.JumpIfForInDone, loop.breakLabels.next(), index, triple.at(2));
      b.emit(Bytecode.ForInNext, receiver, index, triple.truncate(2), slot);
      b.jump(Bytecode.JumpIfUndefined, loop.continueLabels.next());
      const outer = g.result;
      g.result = { kind: 'effect', hint: 'unknown' };
      g.inRegisterScope(() => {
        const lhs = prepareAssignmentLhs(g, statement.each, true);
        b.setExpressionPosition(statement.each.position);
        buildAssignment(g, lhs, '=');
      });
      g.result = outer;
      const outerForIn = g.forIn;
      const variables = keyVariables(statement);
      g.forIn = {
        outer: outerForIn,
        enumerator: receiver,
        index,
        cacheType: triple.at(0),
        variables,
        copy: variables[1],
      };
      g.inControl(new IterationControl(g, statement, loop), () => g.visitStatement(statement.body));
      loop.bindContinueTarget();
      b.emit(Bytecode.ForInStep, index);
      g.forIn = outerForIn;
    });
  });
  loop.finish();
  undefinedLabel.bind(b);
}

/** The variables that hold the key while the body runs: the loop's own, and the declared one it is copied to. */
function keyVariables(statement: ast.ForInStatement): Variable[] {
  const each = statement.each;
  if (each.kind !== 'VariableProxy') return [];
  const result = [each.variable!];
  const body = statement.body;
  const first = body.kind === 'Block' ? body.statements[0] : undefined;
  const copy = first?.kind === 'Block' ? first.statements[0] : undefined;
  if (copy?.kind === 'ExpressionStatement' && copy.expression.kind === 'Assignment') {
    const { target, value } = copy.expression;
    if (target.kind === 'VariableProxy' && value.kind === 'VariableProxy' && value.variable === each.variable) {
      result.push(target.variable!);
    }
  }
  return result;
}
