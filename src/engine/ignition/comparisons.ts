// Comparisons, with typeof and null and undefined apart.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import type { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { isNullLiteral, isUndefinedLiteral, literalValue } from './known-values.ts';
import { typeofOperand } from './operations.ts';
import { compareBytecodes, typeofLiterals } from './operators.ts';
import { buildPrivateIn } from './private-members.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const comparisonVisitors = {
  CompareOperation: visitCompare,
} satisfies Partial<ExpressionVisitors>;

function visitCompare(g: BytecodeGenerator, expression: ast.CompareOperation): void {
  compare(g, expression);
  g.setBoolean();
}

function matchTypeof(left: ast.Expression, right: ast.Expression): string | undefined {
  if (left.kind !== 'UnaryOperation' || left.op !== 'typeof') return undefined;
  const literal = literalValue(right);
  return literal?.type === 'string' ? literal.value : undefined;
}

function isVoidLiteral(expression: ast.Expression): boolean {
  return expression.kind === 'UnaryOperation' && expression.op === 'void' && expression.expression.kind === 'Literal';
}

function compare(g: BytecodeGenerator, expression: ast.CompareOperation): void {
  const b = g.b;
  const { op, left, right, position } = expression;
  const isEquality = op === '==' || op === '===';
  if (isEquality) {
    for (const [x, y] of [
      [left, right],
      [right, left],
    ] as const) {
      const name = matchTypeof(x, y);
      if (name === undefined) continue;
      typeofOperand(g, (x as ast.UnaryOperation).expression);
      b.setExpressionPosition(position);
      const flag = typeofLiterals.indexOf(name);
      if (flag < 0) b.emit(Bytecode.LdaFalse);
      else b.emit(Bytecode.TestTypeOf, flag);
      return;
    }
    if (op === '===') {
      for (const [x, y] of [
        [left, right],
        [right, left],
      ] as const) {
        const literal = literalValue(y);
        if (literal?.type !== 'true' && literal?.type !== 'false') continue;
        g.value(x);
        b.setExpressionPosition(position);
        const register = g.regs.newRegister();
        b.storeRegister(register);
        b.emit(literal.type === 'true' ? Bytecode.LdaTrue : Bytecode.LdaFalse);
        b.emit(Bytecode.TestReferenceEqual, register);
        return;
      }
    }
    for (const [x, y] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!isUndefinedLiteral(y) && !isVoidLiteral(y)) continue;
      g.value(x);
      b.setExpressionPosition(position);
      compareNil(g, op, 'undefined');
      return;
    }
    for (const [x, y] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!isNullLiteral(y)) continue;
      g.value(x);
      b.setExpressionPosition(position);
      compareNil(g, op, 'null');
      return;
    }
  }
  if (op === 'in' && left.kind === 'VariableProxy' && left.isPrivateName) {
    buildPrivateIn(g, expression);
    return;
  }
  const register = g.register(left);
  g.value(right);
  b.setExpressionPosition(position);
  const slot = g.addSlot(
    op === 'in'
      ? FeedbackSlotKind.HasKeyed
      : op === 'instanceof'
        ? FeedbackSlotKind.InstanceOf
        : FeedbackSlotKind.CompareOp,
  );
  b.emit(compareBytecodes[op]!, register, slot);
}

function compareNil(g: BytecodeGenerator, op: '==' | '===', nil: 'undefined' | 'null'): void {
  const b = g.b;
  const result = g.result!;
  const isUndefined = nil === 'undefined';
  const test = op === '==' ? Bytecode.TestUndetectable : isUndefined ? Bytecode.TestUndefined : Bytecode.TestNull;
  if (result.kind !== 'test') {
    b.emit(test);
    return;
  }
  const jumpIf = (labels: Labels): void => {
    if (op === '==') {
      b.emit(test);
      b.jump(Bytecode.JumpIfTrue, labels.next());
    } else b.jump(isUndefined ? Bytecode.JumpIfUndefined : Bytecode.JumpIfNull, labels.next());
  };
  const jumpIfNot = (labels: Labels): void => {
    if (op === '==') {
      b.emit(test);
      b.jump(Bytecode.JumpIfFalse, labels.next());
    } else b.jump(isUndefined ? Bytecode.JumpIfNotUndefined : Bytecode.JumpIfNotNull, labels.next());
  };
  switch (result.fallthrough) {
    case 'then':
      jumpIfNot(result.elseLabels!);
      break;
    case 'else':
      jumpIf(result.thenLabels!);
      break;
    default:
      jumpIf(result.thenLabels!);
      b.jump(Bytecode.Jump, result.elseLabels!.next());
  }
  result.consumed = true;
}
