// Unary, binary and logical operators, and delete.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator, Fallthrough } from './generator.ts';
import {
  isNullLiteral,
  isUndefinedLiteral,
  literalValue,
  smiLiteral,
  toBooleanIsFalse,
  toBooleanIsTrue,
} from './known-values.ts';
import { binaryBytecode, binarySmiBytecode } from './operators.ts';
import { loadVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const operationVisitors = {
  UnaryOperation: visitUnary,
  BinaryOperation: visitBinary,
  NaryOperation: visitNary,
} satisfies Partial<ExpressionVisitors>;

// ---- Unary ----

export function typeofOperand(g: BytecodeGenerator, expression: ast.Expression): void {
  if (expression.kind === 'VariableProxy') {
    g.inValueScope(() => loadVariable(g, expression.variable!, expression.needsHoleCheck, true));
  } else g.value(expression);
}

function visitUnary(g: BytecodeGenerator, expression: ast.UnaryOperation): void {
  const b = g.b;
  switch (expression.op) {
    case '!':
      return visitNot(g, expression);
    case 'typeof':
      typeofOperand(g, expression.expression);
      b.emit(Bytecode.TypeOf, g.addSlot(FeedbackSlotKind.TypeOf));
      g.setInternalizedString();
      return;
    case 'void':
      g.effect(expression.expression);
      b.emit(Bytecode.LdaUndefined);
      return;
    case 'delete':
      return visitDelete(g, expression);
    default:
      g.value(expression.expression);
      b.setExpressionPosition(expression.position);
      b.emit(
        expression.op === '+' ? Bytecode.ToNumber : expression.op === '-' ? Bytecode.Negate : Bytecode.BitwiseNot,
        g.addSlot(FeedbackSlotKind.BinaryOp),
      );
  }
}

function visitNot(g: BytecodeGenerator, expression: ast.UnaryOperation): void {
  const result = g.result!;
  if (result.kind === 'effect') {
    g.effect(expression.expression);
  } else if (result.kind === 'test') {
    [result.thenLabels, result.elseLabels] = [result.elseLabels, result.thenLabels];
    if (result.fallthrough === 'then') result.fallthrough = 'else';
    else if (result.fallthrough === 'else') result.fallthrough = 'then';
    g.inSameTestScope(expression.expression);
  } else {
    const inner = expression.expression;
    if (inner.kind === 'UnaryOperation' && inner.op === '!') {
      if (g.value(inner.expression) !== 'boolean') g.b.emit(Bytecode.ToBoolean);
    } else {
      const hint = g.value(inner);
      g.b.emit(hint === 'boolean' ? Bytecode.LogicalNot : Bytecode.ToBooleanLogicalNot);
    }
    g.setBoolean();
  }
}

function visitDelete(g: BytecodeGenerator, unary: ast.UnaryOperation): void {
  const b = g.b;
  const expression = unary.expression;
  const op = g.isStrict ? Bytecode.DeletePropertyStrict : Bytecode.DeletePropertySloppy;
  if (expression.kind === 'Property') {
    if (expression.object.kind === 'SuperPropertyReference') {
      g.effect({ kind: 'ThisExpression', position: -1 });
      g.runtime('ThrowUnsupportedSuperError');
      return;
    }
    const object = g.register(expression.object);
    g.value(expression.key);
    b.emit(op, object);
  } else if (expression.kind === 'OptionalChain' && expression.expression.kind === 'Property') {
    const property = expression.expression;
    optionalChainDelete(g, property, op);
  } else if (expression.kind === 'VariableProxy') {
    const variable = expression.variable!;
    if (variable.location === 'unallocated' || variable.location === 'lookup') {
      const name = g.regs.newRegister();
      b.loadString(variable.name);
      b.storeRegister(name);
      g.runtime('DeleteLookupSlot', Object.assign(g.noArguments(), { first: name, count: 1 }));
    } else b.emit(variable.isThis ? Bytecode.LdaTrue : Bytecode.LdaFalse);
  } else {
    g.effect(expression);
    b.emit(Bytecode.LdaTrue);
  }
}

function optionalChainDelete(g: BytecodeGenerator, property: ast.Property, op: Bytecode): void {
  const b = g.b;
  const done = new Labels();
  const nullLabels = new Labels();
  const outer = g.optionalChainNull;
  g.optionalChainNull = nullLabels;
  g.value(property.object);
  if (property.isOptionalLink) b.jump(Bytecode.JumpIfUndefinedOrNull, nullLabels.next());
  const object = g.regs.newRegister();
  b.storeRegister(object);
  g.value(property.key);
  b.emit(op, object);
  b.jump(Bytecode.Jump, done.next());
  nullLabels.bind(b);
  b.emit(Bytecode.LdaTrue);
  done.bind(b);
  g.optionalChainNull = outer;
}

// ---- Binary ----

const commutative = new Set(['*', '&', '|', '^']);

function visitBinary(g: BytecodeGenerator, expression: ast.BinaryOperation): void {
  const b = g.b;
  const { op, left, right } = expression;
  switch (op) {
    case ',':
      g.effect(left);
      b.setStatementPosition(right.position);
      g.visitExpression(right);
      return;
    case '||':
    case '&&':
      return visitLogical(g, op, [left, right]);
    case '??':
      return visitNullish(g, [left, right]);
    default: {
      const slot = g.addSlot(FeedbackSlotKind.BinaryOp);
      const rightSmi = smiLiteral(right);
      const leftSmi = commutative.has(op) ? smiLiteral(left) : undefined;
      if (rightSmi !== undefined || leftSmi !== undefined) {
        g.value(rightSmi !== undefined ? left : right);
        b.setExpressionPosition(expression.position);
        b.emit(binarySmiBytecode(op), rightSmi ?? leftSmi!, slot);
      } else {
        const register = g.register(left);
        g.value(right);
        b.setExpressionPosition(expression.position);
        b.emit(binaryBytecode(op), register, slot);
      }
    }
  }
}

function visitNary(g: BytecodeGenerator, expression: ast.NaryOperation): void {
  const b = g.b;
  const { op, first, subsequent } = expression;
  const all = [first, ...subsequent.map((s) => s.expression)];
  switch (op) {
    case ',':
      g.effect(first);
      subsequent.forEach((entry, i) => {
        b.setStatementPosition(entry.expression.position);
        if (i < subsequent.length - 1) g.effect(entry.expression);
        else g.visitExpression(entry.expression);
      });
      return;
    case '||':
    case '&&':
      return visitLogical(g, op, all);
    case '??':
      return visitNullish(g, all);
    default: {
      g.value(first);
      for (const { expression: operand, position } of subsequent) {
        const saved = g.regs.next;
        const smi = smiLiteral(operand);
        if (smi !== undefined) {
          b.setExpressionPosition(position);
          b.emit(binarySmiBytecode(op), smi, g.addSlot(FeedbackSlotKind.BinaryOp));
        } else {
          const left = g.regs.newRegister();
          b.storeRegister(left);
          g.value(operand);
          b.setExpressionPosition(position);
          b.emit(binaryBytecode(op), left, g.addSlot(FeedbackSlotKind.BinaryOp));
        }
        g.regs.release(saved);
      }
    }
  }
}

function visitLogical(g: BytecodeGenerator, op: '||' | '&&', operands: ast.Expression[]): void {
  const b = g.b;
  const isOr = op === '||';
  const result = g.result!;
  const decides = isOr ? toBooleanIsTrue : toBooleanIsFalse;
  const passes = isOr ? toBooleanIsFalse : toBooleanIsTrue;
  const last = operands[operands.length - 1]!;
  if (result.kind === 'test') {
    const { thenLabels, elseLabels, fallthrough } = result;
    if (decides(operands[0]!)) b.jump(Bytecode.Jump, (isOr ? thenLabels! : elseLabels!).next());
    else if (operands.length === 2 && passes(operands[0]!) && passes(last)) {
      b.jump(Bytecode.Jump, (isOr ? elseLabels! : thenLabels!).next());
    } else {
      logicalTest(g, isOr, operands, thenLabels!, elseLabels!, fallthrough!);
    }
    result.consumed = true;
    return;
  }
  const end = new Labels();
  const outerChecked = g.holeChecked;
  for (let i = 0; i < operands.length - 1; i++) {
    const operand = operands[i]!;
    if (decides(operand)) {
      g.value(operand);
      end.bind(b);
      g.holeChecked = i === 0 ? g.holeChecked : outerChecked;
      return;
    }
    if (!passes(operand)) {
      const hint = g.value(operand);
      const boolean = hint === 'boolean';
      b.jump(
        isOr
          ? boolean
            ? Bytecode.JumpIfTrue
            : Bytecode.JumpIfToBooleanTrue
          : boolean
            ? Bytecode.JumpIfFalse
            : Bytecode.JumpIfToBooleanFalse,
        end.next(),
      );
    }
    if (i === 0) g.holeChecked = new Set(g.holeChecked);
  }
  const known = g.holeChecked;
  g.inHoleCheckScope(() => void g.value(last));
  g.holeChecked = operands.length > 2 ? outerChecked : known;
  end.bind(b);
}

function logicalTest(
  g: BytecodeGenerator,
  isOr: boolean,
  operands: ast.Expression[],
  thenLabels: Labels,
  elseLabels: Labels,
  fallthrough: Fallthrough,
): void {
  const b = g.b;
  const result = g.result!;
  const testOperand = (operand: ast.Expression, isFirst: boolean): void => {
    const next = new Labels();
    if (isFirst && operands.length === 2) {
      if (isOr) {
        result.fallthrough = 'else';
        result.elseLabels = next;
      } else {
        result.fallthrough = 'then';
        result.thenLabels = next;
      }
      g.inSameTestScope(operand);
    } else if (isOr) g.test(operand, thenLabels, next, 'else');
    else g.test(operand, next, elseLabels, 'then');
    next.bind(b);
  };
  testOperand(operands[0]!, true);
  g.inHoleCheckScope(() => {
    for (let i = 1; i < operands.length - 1; i++) testOperand(operands[i]!, false);
    g.test(operands[operands.length - 1]!, thenLabels, elseLabels, fallthrough);
  });
}

function isLiteralButNotNil(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literal.type !== 'undefined' && literal.type !== 'null';
}

function visitNullish(g: BytecodeGenerator, operands: ast.Expression[]): void {
  const b = g.b;
  const result = g.result!;
  const last = operands[operands.length - 1]!;
  if (result.kind === 'test') {
    const { thenLabels, elseLabels, fallthrough } = result;
    if (isLiteralButNotNil(operands[0]!) && toBooleanIsTrue(operands[0]!)) b.jump(Bytecode.Jump, thenLabels!.next());
    else {
      const testOperand = (operand: ast.Expression): void => {
        const next = new Labels();
        const hint = g.value(operand);
        if (hint !== 'boolean') b.jump(Bytecode.JumpIfUndefinedOrNull, next.next());
        g.buildTest(hint, thenLabels!, elseLabels!, 'none');
        next.bind(b);
      };
      testOperand(operands[0]!);
      g.inHoleCheckScope(() => {
        for (let i = 1; i < operands.length - 1; i++) testOperand(operands[i]!);
        g.test(last, thenLabels!, elseLabels!, fallthrough!);
      });
    }
    result.consumed = true;
    return;
  }
  const end = new Labels();
  for (let i = 0; i < operands.length - 1; i++) {
    const operand = operands[i]!;
    if (isLiteralButNotNil(operand)) {
      g.value(operand);
      end.bind(b);
      return;
    }
    if (!isNullLiteral(operand) && !isUndefinedLiteral(operand)) {
      g.value(operand);
      const nil = new Labels();
      b.jump(Bytecode.JumpIfUndefinedOrNull, nil.next());
      b.jump(Bytecode.Jump, end.next());
      nil.bind(b);
    }
    if (i === 0) g.holeChecked = new Set(g.holeChecked);
  }
  g.inHoleCheckScope(() => void g.value(last));
  end.bind(b);
}
