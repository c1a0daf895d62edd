// Reading properties: named, keyed, of super, optional.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { propertyName } from './known-values.ts';
import { isPrivateMethodOrAccessor, loadPrivateMember } from './private-members.ts';
import { loadVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const propertyVisitors = {
  Property: visitProperty,
  OptionalChain: visitOptionalChain,
} satisfies Partial<ExpressionVisitors>;

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

function visitOptionalChain(g: BytecodeGenerator, chain: ast.OptionalChain): void {
  optionalChain(g, () => g.visitExpression(chain.expression));
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
