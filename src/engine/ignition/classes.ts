// Classes: definition, fields, private names, brands, initializers.

import { Bytecode, type ClassMember, RECEIVER_INDEX } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import type { ast, Variable } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { visitDeclarations } from './declarations.ts';
import type { BytecodeGenerator } from './generator.ts';
import { literalValue } from './known-values.ts';
import { accessor, loadPropertyKey, needsSetFunctionName } from './literals.ts';
import { RegisterList } from './register-allocator.ts';
import { assignVariable, loadVariable } from './variables.ts';
import type { ExpressionVisitors, StatementVisitors } from './visitors.ts';

export const classVisitors = { ClassLiteral: visitClass } satisfies Partial<ExpressionVisitors>;

export const classMemberVisitors = {
  InitializeClassMembersStatement: initializeClassMembers,
  InitializeClassStaticElementsStatement: initializeClassStaticElements,
} satisfies Partial<StatementVisitors>;

function visitClass(g: BytecodeGenerator, literal: ast.ClassLiteral): void {
  g.inScope(literal.scope, () => {
    if (literal.scope.needsContext) {
      const position = g.b.popPosition(literal.scope.start);
      g.newBlockContext(literal.scope);
      g.withContext(literal.scope, () => {
        g.b.pushPosition(position);
        buildClass(g, literal);
      });
    } else buildClass(g, literal);
  });
}

function buildClass(g: BytecodeGenerator, literal: ast.ClassLiteral): void {
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
    g.runtime('CreatePrivateBrandSymbol', new RegisterList(brand, 1));
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
      g.runtime('CreatePrivateNameSymbol', new RegisterList(register, 1));
      assignVariable(g, variable, 'init', false);
    } else if (member.propertyKind === 'method') {
      g.value(member.value);
      assignVariable(g, variable, 'init', false);
    } else {
      let pair = privateAccessors.get(variable);
      if (pair === undefined) privateAccessors.set(variable, (pair = {}));
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
  g.createClosure(literal.constructor_);
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
    const list = g.regs.newList(1);
    const initializer = g.register(literal.staticInitializer);
    b.moveRegister(constructor, list.first);
    b.callProperty(initializer, list, g.addSlot(FeedbackSlotKind.Call));
  }
  b.loadRegister(constructor);
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

function initializeClassMembers(g: BytecodeGenerator, statement: ast.InitializeClassMembersStatement): void {
  for (const field of statement.fields) initializeMember(g, field);
}

function initializeClassStaticElements(
  g: BytecodeGenerator,
  statement: ast.InitializeClassStaticElementsStatement,
): void {
  for (const element of statement.elements) {
    if (element.propertyKind === 'staticBlock') g.visitStatement(element.block);
    else initializeMember(g, element);
  }
}
