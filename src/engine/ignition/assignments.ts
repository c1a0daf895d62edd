// Assignments: targets are prepared (their objects and keys evaluated) before the value is, and stored to afterwards.

import { Bytecode, IntrinsicId } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import { type ast, isUsingMode } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { buildTryFinally } from './control.ts';
import { addDisposable } from './disposal.ts';
import type { BytecodeGenerator } from './generator.ts';
import {
  buildFillArray,
  buildFinalizeIteration,
  buildIteratorNext,
  buildIteratorRecord,
  type IteratorRecord,
} from './iterators.ts';
import { literalValue, propertyName, smiLiteral } from './known-values.ts';
import { binaryBytecode, binarySmiBytecode } from './operators.ts';
import { buildPrivateSet, isPrivateMethodOrAccessor, loadPrivateMember } from './private-members.ts';
import { loadNamedProperty } from './properties.ts';
import type { RegisterList } from './register-allocator.ts';
import { assignVariable, loadVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const assignmentVisitors = {
  Assignment: visitAssignment,
  CompoundAssignment: visitCompoundAssignment,
  CountOperation: visitCount,
} satisfies Partial<ExpressionVisitors>;

export type Lhs =
  | { kind: 'target'; expression: ast.Expression }
  | { kind: 'named'; objectExpression: ast.Expression; object: number; name: string }
  | { kind: 'keyed'; object: number; key: number }
  | { kind: 'private'; property: ast.Property; object: number; key: number }
  | { kind: 'namedSuper'; args: RegisterList }
  | { kind: 'keyedSuper'; args: RegisterList };

export function prepareAssignmentLhs(g: BytecodeGenerator, target: ast.Expression, keepAccumulator = false): Lhs {
  const b = g.b;
  if (target.kind !== 'Property') return { kind: 'target', expression: target };
  const name = propertyName(target);
  const preserving = <T>(body: () => T): T => {
    if (!keepAccumulator) return body();
    const saved = g.regs.newRegister();
    b.storeRegister(saved);
    const result = body();
    b.loadRegister(saved);
    return result;
  };
  if (target.object.kind === 'SuperPropertyReference') {
    const reference = target.object;
    return preserving((): Lhs => {
      const args = g.regs.newList(4);
      g.loadThis();
      b.storeRegister(args.at(0));
      loadVariable(g, reference.homeObject.variable!, false);
      b.storeRegister(args.at(1));
      if (name !== undefined) {
        b.loadString(name);
        b.storeRegister(args.at(2));
        return { kind: 'namedSuper', args };
      }
      g.into(target.key, args.at(2));
      return { kind: 'keyedSuper', args };
    });
  }
  return preserving((): Lhs => {
    const object = g.register(target.object);
    if (isPrivateMethodOrAccessor(target)) {
      return { kind: 'private', property: target, object, key: g.register(target.key) };
    }
    if (name !== undefined) return { kind: 'named', objectExpression: target.object, object, name };
    return { kind: 'keyed', object, key: g.register(target.key) };
  });
}

/** Runs a store that clobbers the accumulator, keeping the value if somebody wants it. */
function keepingValue(g: BytecodeGenerator, store: () => void): void {
  if (g.result?.kind === 'effect') {
    store();
    return;
  }
  const value = g.regs.newRegister();
  g.b.storeRegister(value);
  store();
  g.b.loadRegister(value);
}

export function buildAssignment(g: BytecodeGenerator, lhs: Lhs, op: '=' | 'init', legacySloppy = false): void {
  const b = g.b;
  switch (lhs.kind) {
    case 'target': {
      const target = lhs.expression;
      if (target.kind === 'ObjectLiteral') destructureObject(g, target, op);
      else if (target.kind === 'ArrayLiteral') destructureArray(g, target, op);
      else if (target.kind === 'VariableProxy') {
        const { mode } = target.variable!;
        if (op === 'init' && isUsingMode(mode)) addDisposable(g, mode === 'awaitUsing');
        assignVariable(g, target.variable!, op, target.needsHoleCheck, legacySloppy);
      } else if (target.kind === 'Call') {
        g.effect(target);
      } else throw new Error(`Cannot assign to ${target.kind}`);
      return;
    }
    case 'named':
      keepingValue(g, () => {
        const slot = storeSlot(g, lhs.objectExpression, lhs.name);
        b.emit(Bytecode.SetNamedProperty, lhs.object, b.string(lhs.name), slot);
      });
      return;
    case 'keyed': {
      const slot = g.addSlot(g.isStrict ? FeedbackSlotKind.SetKeyedStrict : FeedbackSlotKind.SetKeyedSloppy);
      keepingValue(g, () => b.emit(Bytecode.SetKeyedProperty, lhs.object, lhs.key, slot));
      return;
    }
    case 'private':
      buildPrivateSet(g, lhs.property, lhs.object, lhs.key);
      return;
    case 'namedSuper':
      b.storeRegister(lhs.args.at(3));
      g.runtime('StoreToSuper', lhs.args);
      return;
    case 'keyedSuper':
      b.storeRegister(lhs.args.at(3));
      g.runtime('StoreKeyedToSuper', lhs.args);
  }
}

export function storeSlot(g: BytecodeGenerator, objectExpression: ast.Expression, name: string): number {
  const kind = g.isStrict ? FeedbackSlotKind.SetNamedStrict : FeedbackSlotKind.SetNamedSloppy;
  if (objectExpression.kind !== 'VariableProxy') return g.addSlot(kind);
  return g.cachedSlot(kind, `${objectExpression.variable!.index}.${name}`);
}

function visitAssignment(g: BytecodeGenerator, expression: ast.Assignment): void {
  const lhs = prepareAssignmentLhs(g, expression.target);
  g.value(expression.value);
  g.b.setExpressionPosition(expression.position);
  buildAssignment(g, lhs, expression.op, expression.lookupHoistingMode === 'legacySloppy');
}

function visitCompoundAssignment(g: BytecodeGenerator, expression: ast.CompoundAssignment): void {
  const b = g.b;
  const lhs = prepareAssignmentLhs(g, expression.target);
  switch (lhs.kind) {
    case 'target': {
      const proxy = expression.target as ast.VariableProxy;
      loadVariable(g, proxy.variable!, proxy.needsHoleCheck);
      break;
    }
    case 'named':
      loadNamedProperty(g, lhs.objectExpression, lhs.object, lhs.name);
      break;
    case 'keyed': {
      const slot = g.addSlot(FeedbackSlotKind.LoadKeyed);
      b.loadRegister(lhs.key);
      b.emit(Bytecode.GetKeyedProperty, lhs.object, slot);
      break;
    }
    case 'private':
      loadPrivateMember(g, lhs.property, lhs.object, lhs.key);
      break;
    case 'namedSuper':
      g.runtime('LoadFromSuper', lhs.args.truncate(3));
      break;
    case 'keyedSuper':
      g.runtime('LoadKeyedFromSuper', lhs.args.truncate(3));
      break;
  }
  const end = new Labels();
  const { op, value } = expression;
  const slot = g.addSlot(FeedbackSlotKind.BinaryOp);
  if (op === '??' || op === '||' || op === '&&') {
    if (op === '??') {
      const nullish = new Labels();
      b.jump(Bytecode.JumpIfUndefinedOrNull, nullish.next());
      b.jump(Bytecode.Jump, end.next());
      nullish.bind(b);
    } else b.jump(op === '||' ? Bytecode.JumpIfToBooleanTrue : Bytecode.JumpIfToBooleanFalse, end.next());
    g.inHoleCheckScope(() => {
      g.value(value);
      b.setExpressionPosition(expression.position);
      buildAssignment(g, lhs, '=');
    });
  } else {
    const smi = smiLiteral(value);
    if (smi !== undefined) b.emit(binarySmiBytecode(op), smi, slot);
    else {
      const left = g.regs.newRegister();
      b.storeRegister(left);
      g.value(value);
      b.emit(binaryBytecode(op), left, slot);
    }
    b.setExpressionPosition(expression.position);
    buildAssignment(g, lhs, '=');
  }
  end.bind(b);
}

function visitCount(g: BytecodeGenerator, expression: ast.CountOperation): void {
  const b = g.b;
  const isPostfix = !expression.isPrefix && g.result?.kind !== 'effect';
  const target = expression.expression;
  const lhs = prepareCountLhs(g, target);
  const slot = g.addSlot(FeedbackSlotKind.BinaryOp);
  let old = -1;
  if (isPostfix) {
    old = g.regs.newRegister();
    b.emit(Bytecode.ToNumeric, slot);
    b.storeRegister(old);
  }
  b.emit(expression.op === '++' ? Bytecode.Inc : Bytecode.Dec, slot);
  b.setExpressionPosition(expression.position);
  if (lhs.kind === 'keyed' || lhs.kind === 'named' || lhs.kind === 'private') {
    const outer = g.result;
    if (isPostfix) g.result = { kind: 'effect', hint: 'unknown' };
    g.result = outer;
  }
  buildAssignment(g, lhs, '=');
  if (isPostfix) b.loadRegister(old);
}

function prepareCountLhs(g: BytecodeGenerator, target: ast.Expression): Lhs {
  const b = g.b;
  if (
    target.kind === 'Property' &&
    target.object.kind !== 'SuperPropertyReference' &&
    !isPrivateMethodOrAccessor(target)
  ) {
    const name = propertyName(target);
    const object = g.register(target.object);
    if (name !== undefined) {
      loadNamedProperty(g, target.object, object, name);
      return { kind: 'named', objectExpression: target.object, object, name };
    }
    const key = g.regs.newRegister();
    g.value(target.key);
    b.storeRegister(key);
    b.emit(Bytecode.GetKeyedProperty, object, g.addSlot(FeedbackSlotKind.LoadKeyed));
    return { kind: 'keyed', object, key };
  }
  const lhs = prepareAssignmentLhs(g, target);
  if (lhs.kind === 'target') {
    const proxy = target as ast.VariableProxy;
    loadVariable(g, proxy.variable!, proxy.needsHoleCheck);
  } else if (lhs.kind === 'private') loadPrivateMember(g, lhs.property, lhs.object, lhs.key);
  else if (lhs.kind === 'namedSuper') g.runtime('LoadFromSuper', lhs.args.truncate(3));
  else if (lhs.kind === 'keyedSuper') g.runtime('LoadKeyedFromSuper', lhs.args.truncate(3));
  return lhs;
}

// ---- Destructuring ----

function splitDefault(target: ast.Expression): { target: ast.Expression; value: ast.Expression | undefined } {
  if (target.kind === 'Assignment') return { target: target.target, value: target.value };
  return { target, value: undefined };
}
function isPattern(target: ast.Expression): boolean {
  return target.kind === 'ObjectLiteral' || target.kind === 'ArrayLiteral';
}

function destructureObject(g: BytecodeGenerator, pattern: ast.ObjectLiteral, op: '=' | 'init'): void {
  const b = g.b;
  const saved = g.regs.next;
  const properties = pattern.properties;
  let value: number;
  let rest: RegisterList | undefined;
  if (pattern.hasRestProperty) {
    rest = g.regs.newList(properties.length);
    value = rest.first;
  } else value = g.regs.newRegister();
  b.storeRegister(value);
  const first = properties[0];
  if (first === undefined || (first.isComputedName && first.propertyKind !== 'spread')) {
    const bad = new Labels();
    const good = new Labels();
    b.jump(Bytecode.JumpIfUndefinedOrNull, bad.next());
    b.jump(Bytecode.Jump, good.next());
    bad.bind(b);
    b.setExpressionPosition(pattern.position);
    g.runtime('ThrowPatternAssignmentNonCoercible', Object.assign(g.noArguments(), { first: value, count: 1 }));
    good.bind(b);
  }
  properties.forEach((property, i) => {
    const inner = g.regs.next;
    const { target, value: defaultValue } = splitDefault(property.value);
    b.setExpressionPosition(target.position);
    let key = -1;
    let name: string | undefined;
    if (property.propertyKind !== 'spread') {
      const literal = literalValue(property.key);
      if (!property.isComputedName && literal?.type === 'string') name = literal.value;
      if (rest !== undefined || name === undefined) {
        if (rest !== undefined) key = rest.at(i + 1);
        else key = g.regs.newRegister();
        if (name !== undefined) b.loadString(name);
        else {
          g.value(property.key);
          b.emit(Bytecode.ToName);
        }
        b.storeRegister(key);
      }
    }
    const lhs = prepareAssignmentLhs(g, target);
    if (property.propertyKind === 'spread') {
      b.emit(Bytecode.InvokeIntrinsic, IntrinsicId.CopyDataPropertiesWithExcludedPropertiesOnStack, rest!);
    } else if (name !== undefined) {
      b.emit(Bytecode.GetNamedProperty, value, b.string(name), g.addSlot(FeedbackSlotKind.LoadProperty));
    } else {
      b.loadRegister(key);
      b.emit(Bytecode.GetKeyedProperty, value, g.addSlot(FeedbackSlotKind.LoadKeyed));
    }
    if (defaultValue !== undefined) {
      const defined = new Labels();
      b.jump(Bytecode.JumpIfNotUndefined, defined.next());
      g.inHoleCheckScope(() => g.value(defaultValue));
      defined.bind(b);
    }
    buildAssignment(g, lhs, op);
    g.regs.release(inner);
  });
  if (g.result?.kind !== 'effect') b.loadRegister(value);
  g.regs.release(saved);
}

function destructureArray(g: BytecodeGenerator, pattern: ast.ArrayLiteral, op: '=' | 'init'): void {
  const b = g.b;
  const saved = g.regs.next;
  const value = g.regs.newRegister();
  b.storeRegister(value);
  const iterator = buildIteratorRecord(g, false);
  const done = g.regs.newRegister();
  b.emit(Bytecode.LdaFalse);
  b.storeRegister(done);
  buildTryFinally(
    g,
    () => destructureElements(g, pattern, op, iterator, done),
    (token) => buildFinalizeIteration(g, iterator, done, token),
    'uncaught',
  );
  if (g.result?.kind !== 'effect') b.loadRegister(value);
  g.regs.release(saved);
}

function destructureElements(
  g: BytecodeGenerator,
  pattern: ast.ArrayLiteral,
  op: '=' | 'init',
  iterator: IteratorRecord,
  done: number,
): void {
  const b = g.b;
  const nextResult = g.regs.newRegister();
  const valueSlot = g.addSlot(FeedbackSlotKind.LoadProperty);
  const doneSlot = g.addSlot(FeedbackSlotKind.LoadProperty);
  for (const element of pattern.values) {
    if (element.kind === 'Spread') {
      destructureRest(g, element, op, iterator, done, nextResult, valueSlot);
      break;
    }
    const { target, value: defaultValue } = splitDefault(element);
    const isHole = target.kind === 'Literal';
    b.setExpressionPosition(target.position);
    const lhs = prepareAssignmentLhs(g, target);
    const isDone = new Labels();
    b.loadRegister(done);
    b.jump(Bytecode.JumpIfToBooleanTrue, isDone.next());
    b.emit(Bytecode.LdaTrue);
    b.storeRegister(done);
    buildIteratorNext(g, iterator, nextResult);
    b.emit(Bytecode.GetNamedProperty, nextResult, b.string('done'), doneSlot);
    b.jump(Bytecode.JumpIfToBooleanTrue, isDone.next());
    if (isHole) {
      b.emit(Bytecode.LdaFalse);
      b.storeRegister(done);
      isDone.bind(b);
      continue;
    }
    b.emit(Bytecode.GetNamedProperty, nextResult, b.string('value'), valueSlot);
    b.storeRegister(nextResult);
    b.emit(Bytecode.LdaFalse);
    b.storeRegister(done);
    b.loadRegister(nextResult);
    const assign = new Labels();
    if (defaultValue !== undefined) {
      b.jump(Bytecode.JumpIfNotUndefined, assign.next());
      isDone.bind(b);
      g.inHoleCheckScope(() => g.value(defaultValue));
    } else {
      b.jump(Bytecode.Jump, assign.next());
      isDone.bind(b);
      b.emit(Bytecode.LdaUndefined);
    }
    assign.bind(b);
    buildAssignment(g, lhs, op);
  }
}

function destructureRest(
  g: BytecodeGenerator,
  spread: ast.Spread,
  op: '=' | 'init',
  iterator: IteratorRecord,
  done: number,
  nextResult: number,
  valueSlot: number,
): void {
  const b = g.b;
  const saved = g.regs.next;
  const target = spread.expression;
  if (!isPattern(target)) b.setExpressionPosition(spread.position);
  const lhs = prepareAssignmentLhs(g, target);
  const array = g.regs.newRegister();
  b.emit(Bytecode.CreateEmptyArrayLiteral, g.addSlot(FeedbackSlotKind.Literal));
  b.storeRegister(array);
  const isDone = new Labels();
  b.loadRegister(done);
  b.jump(Bytecode.JumpIfToBooleanTrue, isDone.next());
  const index = g.regs.newRegister();
  b.loadSmi(0);
  b.storeRegister(index);
  b.emit(Bytecode.LdaTrue);
  b.storeRegister(done);
  const element = g.addSlot(FeedbackSlotKind.StoreInArrayLiteral);
  const indexSlot = g.addSlot(FeedbackSlotKind.BinaryOp);
  buildFillArray(g, iterator, array, index, nextResult, {
    value: valueSlot,
    index: indexSlot,
    element,
  });
  isDone.bind(b);
  b.loadRegister(array);
  buildAssignment(g, lhs, op);
  g.regs.release(saved);
}
