// Expressions → bytecode: operators, tests, properties. Calls, literals, classes, assignments have their own files.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind, ImportPhase } from '../objects/index.ts';
import { type ast, literalTruth } from '../parser/index.ts';
import { propertyName, visitAssignment, visitCompoundAssignment, visitCount } from './assignments.ts';
import { Labels } from './bytecode-array-builder.ts';
import { visitCall, visitCallRuntime, visitNew, visitSuperCallForwardArgs } from './calls.ts';
import { buildPrivateIn, isPrivateMethodOrAccessor, loadPrivateMember, visitClass } from './classes.ts';
import { ConditionalBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { visitAwait, visitYield, visitYieldStar } from './generators.ts';
import { visitArrayLiteral, visitObjectLiteral } from './literals.ts';
import { binaryBytecode, binarySmiBytecode, compareBytecodes, typeofLiterals } from './operators.ts';
import { loadVariable } from './variables.ts';

export function literalValue(expression: ast.Expression): ast.LiteralValue | undefined {
  return expression.kind === 'Literal' ? expression.literal : undefined;
}
export function smiLiteral(expression: ast.Expression): number | undefined {
  const literal = literalValue(expression);
  return literal?.type === 'smi' ? literal.value : undefined;
}
export function isUndefinedLiteral(expression: ast.Expression): boolean {
  if (literalValue(expression)?.type === 'undefined') return true;
  return (
    expression.kind === 'VariableProxy' &&
    expression.name === 'undefined' &&
    expression.variable?.location === 'unallocated'
  );
}
export function isNullLiteral(expression: ast.Expression): boolean {
  return literalValue(expression)?.type === 'null';
}
export function toBooleanIsTrue(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === true;
}
export function toBooleanIsFalse(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === false;
}

export function visitExpression(g: BytecodeGenerator, expression: ast.Expression): void {
  const b = g.b;
  switch (expression.kind) {
    case 'Literal':
      if (g.result?.kind === 'effect') return;
      return loadLiteral(g, expression.literal);
    case 'VariableProxy':
      b.setExpressionPosition(expression.position);
      return loadVariable(g, expression.variable!, expression.needsHoleCheck);
    case 'ThisExpression': {
      const variable = g.scope.getReceiverScope().receiver!;
      return loadVariable(g, variable, variable.needsInit);
    }
    case 'Property':
      return visitProperty(g, expression);
    case 'Call':
      return visitCall(g, expression);
    case 'CallNew':
      return visitNew(g, expression);
    case 'CallRuntime':
      return visitCallRuntime(g, expression);
    case 'SuperCallForwardArgs':
      return visitSuperCallForwardArgs(g, expression);
    case 'UnaryOperation':
      return visitUnary(g, expression);
    case 'CountOperation':
      return visitCount(g, expression);
    case 'BinaryOperation':
      return visitBinary(g, expression);
    case 'NaryOperation':
      return visitNary(g, expression);
    case 'CompareOperation':
      return visitCompare(g, expression);
    case 'Conditional':
      return visitConditional(g, expression);
    case 'ConditionalChain':
      return visitConditionalChain(g, expression);
    case 'Assignment':
      return visitAssignment(g, expression);
    case 'CompoundAssignment':
      return visitCompoundAssignment(g, expression);
    case 'Yield':
      return visitYield(g, expression);
    case 'YieldStar':
      return visitYieldStar(g, expression);
    case 'Await':
      return visitAwait(g, expression);
    case 'Throw':
      g.value(expression.exception);
      b.setExpressionPosition(expression.position);
      b.emit(Bytecode.Throw);
      return;
    case 'OptionalChain':
      optionalChain(g, () => visitExpression(g, expression.expression));
      return;
    case 'ObjectLiteral':
      return visitObjectLiteral(g, expression);
    case 'ArrayLiteral':
      return visitArrayLiteral(g, expression);
    case 'RegExpLiteral': {
      const pattern = b.string(expression.pattern);
      b.emit(Bytecode.CreateRegExpLiteral, pattern, g.addSlot(FeedbackSlotKind.Literal), expression.flags);
      return;
    }
    case 'TemplateLiteral':
      return visitTemplate(g, expression);
    case 'GetTemplateObject': {
      const { cooked, raw } = expression;
      b.setExpressionPosition(expression.position);
      const index = b.constants.insertDeferred();
      b.constants.setDeferred(index, { kind: 'templateObject', cooked, raw });
      b.emit(Bytecode.GetTemplateObject, index, g.addSlot(FeedbackSlotKind.Literal));
      return;
    }
    case 'ImportCall': {
      const args = g.regs.newList(expression.options ? 4 : 3);
      b.moveRegister(-5, args.at(0));
      g.into(expression.specifier, args.at(1));
      b.loadSmi(expression.isSourcePhase ? ImportPhase.Source : ImportPhase.Evaluation);
      b.storeRegister(args.at(2));
      if (expression.options) g.into(expression.options, args.at(3));
      b.setExpressionPosition(expression.position);
      g.runtime('DynamicImportCall', args);
      return;
    }
    case 'ImportMeta':
      g.intrinsic('GetImportMetaObject', g.noArguments());
      return;
    case 'FunctionLiteral':
      return createClosure(g, expression);
    case 'ClassLiteral':
      return visitClass(g, expression);
    default:
      throw new Error(`Cannot generate code for ${expression.kind}`);
  }
}

export function loadLiteral(g: BytecodeGenerator, literal: ast.LiteralValue): void {
  const b = g.b;
  switch (literal.type) {
    case 'smi':
      b.loadSmi(literal.value);
      return;
    case 'number':
      b.loadConstant({ kind: 'number', value: literal.value });
      return;
    case 'string':
      b.loadString(literal.value);
      g.setInternalizedString();
      return;
    case 'consString':
      b.loadConstant({ kind: 'consString', value: literal.value });
      return;
    case 'bigint':
      b.loadConstant({ kind: 'bigint', value: literal.value });
      return;
    case 'symbol':
      b.loadConstant({ kind: 'symbol', value: literal.value });
      return;
    case 'undefined':
      b.emit(Bytecode.LdaUndefined);
      return;
    case 'null':
      b.emit(Bytecode.LdaNull);
      return;
    case 'true':
      b.emit(Bytecode.LdaTrue);
      g.setBoolean();
      return;
    case 'false':
      b.emit(Bytecode.LdaFalse);
      g.setBoolean();
      return;
    case 'theHole':
      b.emit(Bytecode.LdaTheHole);
  }
}

export function createClosure(g: BytecodeGenerator, literal: ast.FunctionLiteral): void {
  const index = g.functionConstant(literal);
  const slot = g.newClosureSlot();
  g.b.emit(Bytecode.CreateClosure, index, slot, literal.pretenure ? 1 : g.closureScope.isFunctionScope ? 2 : 0);
}

// ---- Properties ----

export function loadSlot(g: BytecodeGenerator, objectExpression: ast.Expression, name: string): number {
  if (objectExpression.kind !== 'VariableProxy') return g.addSlot(FeedbackSlotKind.LoadProperty);
  return g.cachedSlot(FeedbackSlotKind.LoadProperty, `${objectExpression.variable!.index}.${name}`);
}

export function loadNamedProperty(
  g: BytecodeGenerator,
  objectExpression: ast.Expression,
  object: number,
  name: string,
): void {
  const slot = loadSlot(g, objectExpression, name);
  g.b.emit(Bytecode.GetNamedProperty, object, g.b.string(name), slot);
}

function visitProperty(g: BytecodeGenerator, property: ast.Property): void {
  if (property.object.kind === 'SuperPropertyReference') loadSuperProperty(g, property, undefined);
  else {
    const object = g.register(property.object);
    loadProperty(g, object, property);
  }
}

export function loadProperty(g: BytecodeGenerator, object: number, property: ast.Property): void {
  const b = g.b;
  if (property.isOptionalLink) {
    b.loadRegister(object);
    b.jump(Bytecode.JumpIfUndefinedOrNull, g.optionalChainNull!.next());
  }
  if (isPrivateMethodOrAccessor(property)) {
    loadPrivateMember(g, property, object);
    return;
  }
  const name = propertyName(property);
  if (name !== undefined) {
    b.setExpressionPosition(property.position);
    loadNamedProperty(g, property.object, object, name);
    return;
  }
  g.value(property.key);
  b.setExpressionPosition(property.position);
  loadKeyed(g, object, property);
}

function loadKeyed(g: BytecodeGenerator, object: number, property: ast.Property): void {
  const b = g.b;
  const key = property.key;
  const slot = g.addSlot(FeedbackSlotKind.LoadKeyed);
  if (key.kind === 'VariableProxy' && key.variable!.isStackAllocated) {
    for (let scope = g.forIn; scope !== undefined; scope = scope.outer) {
      if (!scope.variables.includes(key.variable!)) continue;
      b.emit(Bytecode.GetEnumeratedKeyedProperty, object, scope.index, scope.cacheType, slot);
      return;
    }
  }
  b.emit(Bytecode.GetKeyedProperty, object, slot);
}

/** super.x; leaves the receiver in `receiverRegister` when given. */
export function loadSuperProperty(
  g: BytecodeGenerator,
  property: ast.Property,
  receiverRegister: number | undefined,
): void {
  const b = g.b;
  const reference = property.object as ast.SuperPropertyReference;
  const name = propertyName(property);
  const saved = g.regs.next;
  if (name !== undefined) {
    const receiver = g.regs.newRegister();
    g.loadThis();
    b.storeRegister(receiver);
    loadVariable(g, reference.homeObject.variable!, false);
    b.setExpressionPosition(property.position);
    const slot = g.cachedSlot(FeedbackSlotKind.LoadProperty, `super.${name}`);
    b.emit(Bytecode.GetNamedPropertyFromSuper, receiver, b.string(name), slot);
    if (receiverRegister !== undefined) b.moveRegister(receiver, receiverRegister);
    g.regs.release(saved);
    return;
  }
  const args = g.regs.newList(3);
  g.loadThis();
  b.storeRegister(args.at(0));
  loadVariable(g, reference.homeObject.variable!, false);
  b.storeRegister(args.at(1));
  g.into(property.key, args.at(2));
  b.setExpressionPosition(property.position);
  g.runtime('LoadKeyedFromSuper', args);
  if (receiverRegister !== undefined) b.moveRegister(args.at(0), receiverRegister);
  g.regs.release(saved);
}

export function optionalChain(g: BytecodeGenerator, body: () => void): void {
  const b = g.b;
  const done = new Labels();
  const nullLabels = new Labels();
  const outer = g.optionalChainNull;
  g.optionalChainNull = nullLabels;
  g.inHoleCheckScope(() => {
    const saved = g.regs.next;
    const outerResult = g.result;
    g.result = { kind: 'value', hint: 'unknown' };
    body();
    g.result = outerResult;
    g.regs.release(saved);
  });
  b.jump(Bytecode.Jump, done.next());
  nullLabels.bind(b);
  b.emit(Bytecode.LdaUndefined);
  done.bind(b);
  g.optionalChainNull = outer;
}

// ---- Unary ----

function typeofOperand(g: BytecodeGenerator, expression: ast.Expression): void {
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
      visitExpression(g, right);
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
        else visitExpression(g, entry.expression);
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
  fallthrough: import('./generator.ts').Fallthrough,
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
  const before = g.holeChecked;
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
  void before;
  g.inHoleCheckScope(() => void g.value(last));
  end.bind(b);
}

// ---- Comparison ----

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

// ---- Conditional, template ----

function visitConditional(g: BytecodeGenerator, expression: ast.Conditional): void {
  const conditional = new ConditionalBuilder(g.b);
  if (toBooleanIsTrue(expression.condition)) {
    conditional.then();
    g.value(expression.then);
  } else if (toBooleanIsFalse(expression.condition)) {
    conditional.else();
    g.value(expression.else);
  } else {
    g.test(expression.condition, conditional.thenLabels, conditional.elseLabels, 'then');
    g.mergeBranches(
      () => {
        conditional.then();
        g.value(expression.then);
        conditional.jumpToEnd();
      },
      () => {
        conditional.else();
        g.value(expression.else);
      },
    );
  }
  conditional.finish();
}

function visitConditionalChain(g: BytecodeGenerator, chain: ast.ConditionalChain): void {
  const b = g.b;
  const end = new Labels();
  const before = g.holeChecked;
  let decided = false;
  for (const { condition, then } of chain.entries) {
    if (toBooleanIsTrue(condition)) {
      g.value(then);
      decided = true;
      break;
    }
    if (toBooleanIsFalse(condition)) continue;
    const thenLabels = new Labels();
    const elseLabels = new Labels();
    g.test(condition, thenLabels, elseLabels, 'then');
    g.inHoleCheckScope(() => {
      thenLabels.bind(b);
      g.value(then);
      b.jump(Bytecode.Jump, end.next());
    });
    elseLabels.bind(b);
  }
  if (!decided) {
    g.inHoleCheckScope(() => g.value(chain.else));
  }
  g.holeChecked = before;
  end.bind(b);
}

function visitTemplate(g: BytecodeGenerator, template: ast.TemplateLiteral): void {
  const b = g.b;
  const slot = g.addSlot(FeedbackSlotKind.BinaryOp);
  const lastPart = g.regs.newRegister();
  let valid = false;
  b.setExpressionPosition(template.position);
  template.substitutions.forEach((substitution, i) => {
    const part = template.strings[i]!;
    if (i !== 0) {
      b.storeRegister(lastPart);
      valid = true;
    }
    if (part !== '') {
      b.loadString(part);
      if (valid) b.emit(Bytecode.Add, lastPart, slot);
      b.storeRegister(lastPart);
      valid = true;
    }
    const hint = g.value(substitution);
    if (hint !== 'string' && hint !== 'internalizedString') b.emit(Bytecode.ToString);
    if (valid) b.emit(Bytecode.Add, lastPart, slot);
    valid = false;
  });
  const tail = template.strings[template.strings.length - 1]!;
  if (tail !== '') {
    b.storeRegister(lastPart);
    b.loadString(tail);
    b.emit(Bytecode.Add, lastPart, slot);
  }
}
