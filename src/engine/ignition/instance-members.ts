// What an instance gets when its constructor has made it: the brand of its class's private methods, and its fields.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ClassScope, Scope } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { loadVariable } from './variables.ts';

export function buildClassFieldInitialization(g: BytecodeGenerator, constructor: number, instance: number): void {
  const b = g.b;
  const saved = g.regs.next;
  const args = g.regs.newList(1);
  const initializer = g.regs.newRegister();
  const slot = g.addSlot(FeedbackSlotKind.LoadProperty);
  const done = new Labels();
  const symbol = b.constants.insert({ kind: 'symbol', value: 'class_fields_symbol' });
  b.emit(Bytecode.GetNamedProperty, constructor, symbol, slot);
  b.jump(Bytecode.JumpIfUndefined, done.next());
  b.storeRegister(initializer);
  b.moveRegister(instance, args.first);
  b.callProperty(initializer, args, g.addSlot(FeedbackSlotKind.Call));
  done.bind(b);
  g.regs.release(saved);
}

export function buildPrivateBrandInitialization(g: BytecodeGenerator, receiver: number): void {
  const b = g.b;
  let constructorScope = g.closureScope as Scope;
  while (constructorScope.outer !== undefined && constructorScope.outer.type !== 'class') {
    constructorScope = constructorScope.outer;
  }
  const classScope = constructorScope.outer as ClassScope;
  const brand = classScope.brand!;
  const depth = g.context!.chainDepth(classScope);
  const context = g.context!.previous(depth);
  loadVariable(g, brand, false);
  if (context !== undefined) {
    const register = g.regs.newRegister();
    const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwn);
    b.storeRegister(register);
    b.loadRegister(context.register);
    b.emit(Bytecode.DefineKeyedOwnProperty, receiver, register, 0, slot);
  } else {
    const args = g.regs.newList(4);
    b.storeRegister(args.at(1));
    b.moveRegister(receiver, args.at(0));
    b.moveRegister(g.context!.register, args.at(2));
    b.loadSmi(depth);
    b.storeRegister(args.at(3));
    g.runtime('AddPrivateBrand', args);
  }
}

/** After super() returned: brand and fields. */
export function buildInstanceInitialization(g: BytecodeGenerator, thisFunction: number, instance: number): void {
  const { literal } = g;
  if (literal.classScopeHasPrivateBrand) buildPrivateBrandInitialization(g, instance);
  const isDerived =
    literal.functionKind === 'derivedConstructor' || literal.functionKind === 'defaultDerivedConstructor';
  if (literal.requiresInstanceMembersInitializer || !isDerived) {
    buildClassFieldInitialization(g, thisFunction, instance);
  }
}
