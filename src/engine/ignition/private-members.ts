// Private methods, accessors and `#x in object`: brand checks, and the calls behind them. Private fields are properties like others.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast, ClassScope } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { RegisterList } from './register-allocator.ts';
import { loadVariable } from './variables.ts';

/** V8's MessageTemplate numbers that bytecode mentions. */
export const messages = {
  invalidInOperatorUse: 85,
  invalidPrivateBrandStatic: 323,
  invalidPrivateMethodWrite: 329,
  invalidPrivateGetterAccess: 330,
  invalidPrivateSetterAccess: 331,
};

export function isPrivateMethodOrAccessor(property: ast.Property): boolean {
  const key = property.key;
  return key.kind === 'VariableProxy' && key.isPrivateName === true && key.variable!.mode.startsWith('private');
}

function buildBrandCheck(g: BytecodeGenerator, property: ast.Property, object: number): void {
  const b = g.b;
  const variable = (property.key as ast.VariableProxy).variable!;
  const scope = variable.scope as ClassScope;
  b.setExpressionPosition(property.position);
  if (variable.isStatic) {
    g.inValueScope(() => loadVariable(g, scope.classVariable!, false));
    const ok = new Labels();
    b.emit(Bytecode.TestReferenceEqual, object);
    b.jump(Bytecode.JumpIfTrue, ok.next());
    throwTypeError(g, 'invalidPrivateBrandStatic', scope.classVariable!.name);
    ok.bind(b);
    return;
  }
  g.inValueScope(() => loadVariable(g, scope.brand!, false));
  b.setExpressionPosition(property.position);
  b.emit(Bytecode.GetKeyedProperty, object, g.addSlot(FeedbackSlotKind.LoadKeyed));
}

function throwTypeError(g: BytecodeGenerator, message: keyof typeof messages, name: string): void {
  const b = g.b;
  g.inRegisterScope(() => {
    const args = g.regs.newList(2);
    b.loadSmi(messages[message]);
    b.storeRegister(args.at(0));
    b.loadString(name);
    b.storeRegister(args.at(1));
    g.runtime('NewTypeError', args);
    b.emit(Bytecode.Throw);
  });
}

/** `key` is a register that holds the private name's value already. */
export function loadPrivateMember(g: BytecodeGenerator, property: ast.Property, object: number, key = -1): void {
  const b = g.b;
  const proxy = property.key as ast.VariableProxy;
  switch (proxy.variable!.mode) {
    case 'privateMethod':
      buildBrandCheck(g, property, object);
      g.value(proxy);
      return;
    case 'privateSetterOnly':
      buildBrandCheck(g, property, object);
      throwTypeError(g, 'invalidPrivateGetterAccess', proxy.name);
      return;
    default: {
      const pair = key >= 0 ? key : g.register(proxy);
      buildBrandCheck(g, property, object);
      g.inRegisterScope(() => {
        const getter = g.regs.newRegister();
        const args = g.regs.newList(1);
        g.runtime('LoadPrivateGetter', new RegisterList(pair, 1));
        b.storeRegister(getter);
        b.moveRegister(object, args.first);
        b.callProperty(getter, args, g.addSlot(FeedbackSlotKind.Call));
      });
    }
  }
}

export function buildPrivateSet(g: BytecodeGenerator, property: ast.Property, object: number, key: number): void {
  const b = g.b;
  const proxy = property.key as ast.VariableProxy;
  switch (proxy.variable!.mode) {
    case 'privateMethod':
      buildBrandCheck(g, property, object);
      throwTypeError(g, 'invalidPrivateMethodWrite', proxy.name);
      return;
    case 'privateGetterOnly':
      buildBrandCheck(g, property, object);
      throwTypeError(g, 'invalidPrivateSetterAccess', proxy.name);
      return;
    default: {
      const value = g.regs.newRegister();
      b.storeRegister(value);
      buildBrandCheck(g, property, object);
      g.inRegisterScope(() => {
        const setter = g.regs.newRegister();
        const args = g.regs.newList(2);
        g.runtime('LoadPrivateSetter', new RegisterList(key, 1));
        b.storeRegister(setter);
        b.moveRegister(object, args.at(0));
        b.moveRegister(value, args.at(1));
        b.callProperty(setter, args, g.addSlot(FeedbackSlotKind.Call));
      });
      if (g.result?.kind !== 'effect') b.loadRegister(value);
    }
  }
}

/** `#x in object` */
export function buildPrivateIn(g: BytecodeGenerator, expression: ast.CompareOperation): void {
  const b = g.b;
  const proxy = expression.left as ast.VariableProxy;
  const variable = proxy.variable!;
  const scope = variable.scope as ClassScope;
  if (variable.mode.startsWith('private')) {
    if (variable.isStatic) {
      const object = g.register(expression.right);
      const ok = new Labels();
      b.jump(Bytecode.JumpIfJSReceiver, ok.next());
      g.inRegisterScope(() => {
        const args = g.regs.newList(3);
        b.storeRegister(args.at(2));
        b.loadSmi(messages.invalidInOperatorUse);
        b.storeRegister(args.at(0));
        b.loadString(proxy.name);
        b.storeRegister(args.at(1));
        g.runtime('NewTypeError', args);
        b.emit(Bytecode.Throw);
      });
      ok.bind(b);
      loadVariable(g, scope.classVariable!, false);
      b.emit(Bytecode.TestReferenceEqual, object);
      return;
    }
    g.inValueScope(() => loadVariable(g, scope.brand!, false));
  } else g.value(proxy);
  const key = g.regs.newRegister();
  b.storeRegister(key);
  g.value(expression.right);
  if (!variable.mode.startsWith('private')) b.setExpressionPosition(expression.position);
  b.emit(Bytecode.TestIn, key, g.addSlot(FeedbackSlotKind.HasKeyed));
}
