// Classes: definition, fields, private names, brands, initializers.

import { Bytecode, type ClassMember, RECEIVER_INDEX, type RuntimeFunction } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast, ClassScope, Variable } from '../parser/index.ts';
import { propertyName } from './assignments.ts';
import { Labels } from './bytecode-array-builder.ts';
import { emitCall } from './calls.ts';
import { visitDeclarations } from './declarations.ts';
import { createClosure, literalValue } from './expressions.ts';
import type { BytecodeGenerator } from './generator.ts';
import { accessor, loadPropertyKey, needsSetFunctionName } from './literals.ts';
import { RegisterList } from './register-allocator.ts';
import { visitBlock } from './statements.ts';
import { assignVariable, loadVariable } from './variables.ts';

/** V8's MessageTemplate numbers that bytecode mentions. */
export const messages = {
  invalidInOperatorUse: 85,
  invalidPrivateBrandStatic: 323,
  invalidPrivateMethodWrite: 329,
  invalidPrivateGetterAccess: 330,
  invalidPrivateSetterAccess: 331,
};

export function visitClass(g: BytecodeGenerator, literal: ast.ClassLiteral, name = -1): void {
  g.inScope(literal.scope, () => {
    if (literal.scope.needsContext) {
      const position = g.b.popPosition(literal.scope.start);
      g.newBlockContext(literal.scope);
      g.withContext(literal.scope, () => {
        g.b.pushPosition(position);
        buildClass(g, literal, name);
      });
    } else buildClass(g, literal, name);
  });
}

function runtimeWith(g: BytecodeGenerator, name: keyof typeof RuntimeFunction, register: number): void {
  g.runtime(name, new RegisterList(register, 1));
}

function buildClass(g: BytecodeGenerator, literal: ast.ClassLiteral, name: number): void {
  const b = g.b;
  const boilerplate = b.constants.insertDeferred();
  visitDeclarations(g, literal.scope.declarations);
  const constructor = g.regs.newRegister();
  const { scope } = literal;
  if (scope.brand !== undefined) {
    const saved = g.regs.next;
    const brand = g.regs.newRegister();
    b.loadString(scope.classVariable?.name ?? 'anonymous');
    b.storeRegister(brand);
    runtimeWith(g, 'CreatePrivateBrandSymbol', brand);
    g.regs.release(saved);
    assignVariable(g, scope.brand, 'init', false);
  }
  const privateAccessors = new Map<Variable, { getter?: ast.Expression; setter?: ast.Expression }>();
  for (const member of literal.privateMembers) {
    const variable = member.privateName!;
    const saved = g.regs.next;
    if (member.propertyKind === 'field') {
      const register = g.regs.newRegister();
      // Twice, as in V8.
      g.into(member.key, register);
      b.loadString((literalValue(member.key) as { value: string }).value);
      b.storeRegister(register);
      runtimeWith(g, 'CreatePrivateNameSymbol', register);
      assignVariable(g, variable, 'init', false);
    } else if (member.propertyKind === 'method') {
      g.value(member.value);
      assignVariable(g, variable, 'init', false);
    } else {
      let pair = privateAccessors.get(variable);
      if (pair === undefined) {
        pair = {};
        privateAccessors.set(variable, pair);
      }
      pair[member.propertyKind === 'getter' ? 'getter' : 'setter'] = member.value;
    }
    g.regs.release(saved);
  }
  const saved = g.regs.next;
  const args = g.regs.newGrowableList();
  const boilerplateRegister = g.regs.grow(args);
  const constructorArgument = g.regs.grow(args);
  const superClass = g.regs.grow(args);
  g.valueOrTheHole(literal.extends);
  b.storeRegister(superClass);
  createClosure(g, literal.constructor_);
  b.storeRegister(constructor);
  b.moveRegister(constructor, constructorArgument);
  b.emit(Bytecode.LdaConstant, boilerplate);
  b.storeRegister(boilerplateRegister);
  const members: ClassMember[] = [];
  for (const member of literal.publicMembers) {
    let keyIndex = -1;
    if (member.isComputedName) {
      keyIndex = args.count;
      const key = g.regs.grow(args);
      b.setStatementPosition(member.key.position);
      loadPropertyKey(g, member, key);
      if (member.isStatic) {
        const done = new Labels();
        b.loadString('prototype');
        b.emit(Bytecode.TestEqualStrict, key, g.cachedSlot(FeedbackSlotKind.CompareOp, 'dummy'));
        b.jump(Bytecode.JumpIfFalse, done.next());
        g.runtime('ThrowStaticPrototypeError');
        done.bind(b);
      }
      if (member.propertyKind === 'field') {
        b.loadRegister(key);
        assignVariable(g, member.computedNameVariable!, 'init', false);
      }
    }
    if (member.propertyKind === 'field') continue;
    const valueIndex = args.count;
    const value = g.regs.grow(args);
    g.into(member.value, value);
    const key = member.isComputedName ? undefined : (literalValue(member.key) as { value: string | number }).value;
    const kind = member.propertyKind as ClassMember['kind'];
    members.push({ kind, isStatic: member.isStatic, key, keyIndex, valueIndex });
  }
  b.constants.setDeferred(boilerplate, { kind: 'classBoilerplate', members, argumentCount: args.count });
  g.runtime('DefineClass', args);
  g.regs.release(saved);
  if (literal.homeObject !== undefined) assignVariable(g, literal.homeObject, 'init', false);
  if (literal.staticHomeObject !== undefined) {
    b.loadRegister(constructor);
    assignVariable(g, literal.staticHomeObject, 'init', false);
  }
  if (scope.classVariable?.isUsed) {
    b.loadRegister(constructor);
    assignVariable(g, scope.classVariable, 'init', false);
  }
  for (const [variable, pair] of privateAccessors) {
    const inner = g.regs.next;
    const list = g.regs.newList(2);
    accessor(g, pair.getter, list.at(0));
    accessor(g, pair.setter, list.at(1));
    g.runtime('CreatePrivateAccessors', list);
    assignVariable(g, variable, 'init', false);
    g.regs.release(inner);
  }
  if (literal.instanceInitializer !== undefined) {
    g.value(literal.instanceInitializer);
    const slot = g.addSlot(FeedbackSlotKind.SetNamedStrict);
    const symbol = b.constants.insert({ kind: 'symbol', value: 'class_fields_symbol' });
    b.emit(Bytecode.SetNamedProperty, constructor, symbol, slot);
  }
  if (literal.staticInitializer !== undefined) {
    if (name >= 0) {
      const key = g.regs.newRegister();
      b.loadString('name');
      b.storeRegister(key);
      const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwnPropertyInLiteral);
      b.loadRegister(name);
      b.emit(Bytecode.DefineKeyedOwnPropertyInLiteral, constructor, key, 0, slot);
    }
    const list = g.regs.newList(1);
    const initializer = g.register(literal.staticInitializer);
    b.moveRegister(constructor, list.first);
    emitCall(g, initializer, list, true, false, g.addSlot(FeedbackSlotKind.Call));
  }
  b.loadRegister(constructor);
}

// ---- Instance initialization ----

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
  emitCall(g, initializer, args, true, false, g.addSlot(FeedbackSlotKind.Call));
  done.bind(b);
  g.regs.release(saved);
}

export function buildPrivateBrandInitialization(g: BytecodeGenerator, receiver: number): void {
  const b = g.b;
  let constructorScope = g.closureScope as import('../parser/index.ts').Scope;
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

function initializeMember(g: BytecodeGenerator, member: ast.ClassLiteralProperty): void {
  const b = g.b;
  const saved = g.regs.next;
  b.setExpressionPosition(member.key.position);
  const literal = literalValue(member.key);
  const isNamed =
    literal?.type === 'string' && !member.isComputedName && !member.isPrivate && !isIndexName(literal.value);
  let key = -1;
  if (!isNamed) {
    key = g.regs.newRegister();
    if (member.isComputedName) loadVariable(g, member.computedNameVariable!, false);
    else if (member.isPrivate) loadVariable(g, member.privateName!, false);
    else g.value(member.key);
    b.storeRegister(key);
  }
  b.setStatementPosition(member.value.position);
  g.value(member.value);
  if (isNamed) {
    const slot = g.addSlot(FeedbackSlotKind.DefineNamedOwn);
    b.emit(Bytecode.DefineNamedOwnProperty, RECEIVER_INDEX, b.string(literal.value), slot);
  } else {
    const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwn);
    const flags = needsSetFunctionName(member) ? 1 : 0;
    b.emit(Bytecode.DefineKeyedOwnProperty, RECEIVER_INDEX, key, flags, slot);
  }
  g.regs.release(saved);
}
function isIndexName(name: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 4294967295;
}

export function initializeClassMembers(g: BytecodeGenerator, statement: ast.InitializeClassMembersStatement): void {
  for (const field of statement.fields) initializeMember(g, field);
}

export function initializeClassStaticElements(
  g: BytecodeGenerator,
  statement: ast.InitializeClassStaticElementsStatement,
): void {
  for (const element of statement.elements) {
    if (element.propertyKind === 'staticBlock') visitBlock(g, element.block);
    else initializeMember(g, element);
  }
}

// ---- Private members ----

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
        runtimeWith(g, 'LoadPrivateGetter', pair);
        b.storeRegister(getter);
        b.moveRegister(object, args.first);
        emitCall(g, getter, args, true, false, g.addSlot(FeedbackSlotKind.Call));
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
        runtimeWith(g, 'LoadPrivateSetter', key);
        b.storeRegister(setter);
        b.moveRegister(object, args.at(0));
        b.moveRegister(value, args.at(1));
        emitCall(g, setter, args, true, false, g.addSlot(FeedbackSlotKind.Call));
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

void propertyName;
