// Object and array literals: a boilerplate for what is constant, code for the rest.

import { type BoilerplateProperty, Bytecode, type Constant, IntrinsicId } from '../bytecode/index.ts';
import { ElementsKind, FeedbackSlotKind } from '../objects/index.ts';
import type { ast, Scope } from '../parser/index.ts';
import type { BytecodeGenerator } from './generator.ts';
import { buildFillArray, buildIteratorRecord } from './iterators.ts';
import { literalValue } from './known-values.ts';
import { assignVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const literalVisitors = {
  ArrayLiteral: visitArrayLiteral,
  ObjectLiteral: visitObjectLiteral,
} satisfies Partial<ExpressionVisitors>;

const flagShallow = 1;
const flagNeedsInitialAllocationSite = 4;
const flagFastElements = 8;
const flagNullPrototype = 16;
const flagFastClone = 32;
const maximumClonedProperties = 6;

interface LiteralShape {
  isSimple: boolean;
  isShallow: boolean;
  needsAllocationSite: boolean;
  fastElements: boolean;
  nullPrototype: boolean;
  elementsKind: ElementsKind;
}

const shapes = new WeakMap<object, LiteralShape>();

function isNullPrototype(property: ast.ObjectLiteralProperty): boolean {
  return property.propertyKind === 'prototype' && literalValue(property.value)?.type === 'null';
}

function shapeOf(literal: ast.ObjectLiteral | ast.ArrayLiteral): LiteralShape {
  let shape = shapes.get(literal);
  if (shape === undefined) {
    shape =
      literal.kind === 'ObjectLiteral' ? objectShape(literal) : arrayShape(literal.values, literal.firstSpreadIndex);
    shapes.set(literal, shape);
  }
  return shape;
}

export function isCompileTimeValue(expression: ast.Expression): boolean {
  if (expression.kind === 'Literal') return true;
  if (expression.kind === 'ObjectLiteral' || expression.kind === 'ArrayLiteral') return shapeOf(expression).isSimple;
  return false;
}
function isMaterialized(expression: ast.Expression): boolean {
  return (
    expression.kind === 'ObjectLiteral' || expression.kind === 'ArrayLiteral' || expression.kind === 'RegExpLiteral'
  );
}

function objectShape(literal: ast.ObjectLiteral): LiteralShape {
  const shape: LiteralShape = {
    isSimple: true,
    isShallow: true,
    needsAllocationSite: false,
    fastElements: false,
    nullPrototype: false,
    elementsKind: ElementsKind.Packed,
  };
  let elements = 0;
  let maximum = 0;
  let count = 0;
  let seenPrototype = false;
  for (const property of literal.properties) {
    if (property.propertyKind === 'prototype') {
      seenPrototype = true;
      if (isNullPrototype(property)) {
        shape.nullPrototype = true;
        continue;
      }
      shape.isSimple = false;
      continue;
    }
    if (count === literal.boilerplatePropertyCount) {
      shape.isSimple = false;
      if (!seenPrototype) {
        shape.nullPrototype = literal.properties.slice(literal.properties.indexOf(property)).some(isNullPrototype);
      }
      break;
    }
    const value = property.value;
    if (isMaterialized(value)) {
      shape.isShallow = false;
      if (value.kind !== 'RegExpLiteral') {
        shape.needsAllocationSite ||= shapeOf(value as ast.ObjectLiteral | ast.ArrayLiteral).needsAllocationSite;
      }
    }
    shape.isSimple &&=
      isCompileTimeValue(value) && property.propertyKind !== 'getter' && property.propertyKind !== 'setter';
    const key = literalValue(property.key);
    if (key?.type === 'smi' || key?.type === 'number') {
      maximum = Math.max(maximum, key.value);
      elements++;
    }
    count++;
  }
  shape.fastElements = maximum <= 32 || 2 * elements >= maximum;
  return shape;
}

function arrayShape(values: readonly ast.Expression[], firstSpread: number): LiteralShape {
  const shape: LiteralShape = {
    isSimple: firstSpread < 0,
    isShallow: true,
    needsAllocationSite: true,
    fastElements: false,
    nullPrototype: false,
    elementsKind: ElementsKind.PackedSmi,
  };
  const length = firstSpread < 0 ? values.length : firstSpread;
  let holey = false;
  let kind: 'smi' | 'double' | 'tagged' = 'smi';
  for (let i = 0; i < length; i++) {
    const element = values[i]!;
    if (isMaterialized(element)) {
      shape.isShallow = false;
      if (element.kind !== 'RegExpLiteral') shapeOf(element as ast.ObjectLiteral | ast.ArrayLiteral);
    }
    if (!isCompileTimeValue(element)) {
      shape.isSimple = false;
      continue;
    }
    const literal = literalValue(element);
    if (literal === undefined) kind = 'tagged';
    else if (literal.type === 'theHole') holey = true;
    else if (literal.type === 'number') {
      if (kind === 'smi') kind = 'double';
    } else if (literal.type !== 'smi') kind = 'tagged';
  }
  shape.elementsKind =
    kind === 'smi'
      ? holey
        ? ElementsKind.HoleySmi
        : ElementsKind.PackedSmi
      : kind === 'double'
        ? holey
          ? ElementsKind.HoleyDouble
          : ElementsKind.PackedDouble
        : holey
          ? ElementsKind.Holey
          : ElementsKind.Packed;
  return shape;
}

function literalConstant(literal: ast.LiteralValue): Constant {
  switch (literal.type) {
    case 'smi':
      return { kind: 'smi', value: literal.value };
    case 'number':
      return { kind: 'number', value: literal.value };
    case 'string':
      return { kind: 'string', value: literal.value };
    case 'consString':
      return { kind: 'consString', value: literal.value };
    case 'bigint':
      return { kind: 'bigint', value: literal.value };
    case 'symbol':
      return { kind: 'symbol', value: literal.value };
    case 'theHole':
      return { kind: 'oddball', value: 'the_hole' };
    default:
      return { kind: 'oddball', value: literal.type };
  }
}

function boilerplateValue(expression: ast.Expression): Constant {
  if (expression.kind === 'Literal') return literalConstant(expression.literal);
  if (isCompileTimeValue(expression)) {
    if (expression.kind === 'ObjectLiteral') return objectBoilerplate(expression);
    if (expression.kind === 'ArrayLiteral') return arrayBoilerplate(expression.values, -1, shapeOf(expression));
  }
  return { kind: 'oddball', value: 'uninitialized' };
}

function objectFlags(literal: ast.ObjectLiteral): number {
  const shape = shapeOf(literal);
  return (
    (shape.isShallow ? flagShallow : 0) |
    (shape.needsAllocationSite ? flagNeedsInitialAllocationSite : 0) |
    (shape.fastElements ? flagFastElements : 0) |
    (shape.nullPrototype ? flagNullPrototype : 0)
  );
}

function objectBoilerplate(literal: ast.ObjectLiteral): Constant {
  const shape = shapeOf(literal);
  const properties: BoilerplateProperty[] = [];
  for (const property of literal.properties) {
    if (property.propertyKind === 'prototype') continue;
    if (properties.length === literal.boilerplatePropertyCount) break;
    const key = literalValue(property.key) as { value: string | number };
    const value = boilerplateValue(property.value);
    const isUninitialized = value.kind === 'oddball' && value.value === 'uninitialized';
    properties.push({ key: key.value, value: isUninitialized ? undefined : value });
  }
  return {
    kind: 'objectBoilerplate',
    properties,
    flags: objectFlags(literal),
    nullPrototype: shape.nullPrototype,
  };
}

function arrayBoilerplate(values: readonly ast.Expression[], firstSpread: number, shape: LiteralShape): Constant {
  const length = firstSpread < 0 ? values.length : firstSpread;
  const elements: Constant[] = [];
  for (let i = 0; i < length; i++) {
    const value = boilerplateValue(values[i]!);
    // What code fills in is a hole for double and Smi arrays' sake: V8 stores Smi zero there.
    elements.push(value.kind === 'oddball' && value.value === 'uninitialized' ? { kind: 'smi', value: 0 } : value);
  }
  const isCopyOnWrite = shape.isSimple && shape.isShallow;
  return { kind: 'arrayBoilerplate', elementsKind: shape.elementsKind, elements, isCopyOnWrite };
}

/** The last property of each name is the one that counts. */
function markStores(properties: readonly ast.ObjectLiteralProperty[]): void {
  const seen = new Map<string, ast.ObjectLiteralProperty[]>();
  for (let i = properties.length - 1; i >= 0; i--) {
    const property = properties[i]!;
    if (property.isComputedName || property.propertyKind === 'prototype') continue;
    const key = literalValue(property.key);
    if (key === undefined) continue;
    const name = `${'value' in key ? key.value : key.type}`;
    const later = seen.get(name);
    if (later === undefined) {
      seen.set(name, [property]);
      continue;
    }
    const isAccessor = property.propertyKind === 'getter' || property.propertyKind === 'setter';
    const last = later[later.length - 1]!;
    const lastAccessor = last.propertyKind === 'getter' || last.propertyKind === 'setter';
    if (isAccessor && lastAccessor && !later.some((p) => p.propertyKind === property.propertyKind)) {
      later.push(property);
      continue;
    }
    property.emitStore = false;
  }
}

function needsSetFunctionName(property: { isComputedName: boolean; value: ast.Expression }): boolean {
  if (!property.isComputedName) return false;
  const value = property.value;
  if (value.kind === 'FunctionLiteral') return value.isAnonymousExpression || value.syntaxKind === 'accessorOrMethod';
  return value.kind === 'ClassLiteral' && value.isAnonymous;
}

export { needsSetFunctionName };

export function loadPropertyKey(
  g: BytecodeGenerator,
  property: { key: ast.Expression; isComputedName: boolean },
  register: number,
): void {
  const literal = literalValue(property.key);
  if (literal?.type === 'string') {
    g.b.loadString(literal.value);
  } else {
    g.value(property.key);
    g.b.emit(Bytecode.ToName);
  }
  g.b.storeRegister(register);
}

/** A block context that is entered only around the closures that need it as their home. */
class MultipleEntryContext {
  private readonly outer: number;
  private readonly inner: number;
  private leave: (() => void) | undefined;

  constructor(
    private readonly g: BytecodeGenerator,
    private readonly scope: Scope | undefined,
  ) {
    this.inner = scope === undefined ? -1 : g.regs.newRegister();
    this.outer = scope === undefined ? -1 : g.regs.newRegister();
    if (scope === undefined) return;
    g.newBlockContext(scope);
    g.b.storeRegister(this.inner);
  }
  setEntered(entered: boolean): void {
    if (this.scope === undefined || entered === (this.leave !== undefined)) return;
    if (entered) {
      this.g.b.loadRegister(this.inner);
      this.leave = this.g.enterContext(this.scope, this.outer);
    } else {
      this.leave!();
      this.leave = undefined;
    }
  }
}

function isMethod(value: ast.Expression): boolean {
  return value.kind === 'FunctionLiteral' && value.syntaxKind === 'accessorOrMethod';
}

function visitObjectLiteral(g: BytecodeGenerator, literal: ast.ObjectLiteral): void {
  const b = g.b;
  const properties = literal.properties;
  markStores(properties);
  const shape = shapeOf(literal);
  if (properties.length === 0) {
    b.emit(Bytecode.CreateEmptyObjectLiteral);
    return;
  }
  const home = literal.homeObject;
  const context = new MultipleEntryContext(g, home?.scope);
  const fastClone =
    shape.fastElements && shape.isShallow && literal.boilerplatePropertyCount <= maximumClonedProperties;
  const flags = objectFlags(literal) | (fastClone ? flagFastClone : 0);
  const object = g.regs.newRegister();
  let at = 0;
  const clone = properties[0]!.propertyKind === 'spread';
  if (clone) {
    const saved = g.regs.next;
    const from = g.register(properties[0]!.value);
    const slot = g.addSlot(FeedbackSlotKind.CloneObject);
    b.emit(Bytecode.CloneObject, from, flags, slot);
    b.storeRegister(object);
    g.regs.release(saved);
    at = 1;
  } else if (literal.boilerplatePropertyCount === 0 && !shape.nullPrototype) {
    const index = b.constants.insert(
      { kind: 'objectBoilerplate', properties: [], flags: 0, nullPrototype: false },
      'empty object boilerplate',
    );
    b.emit(Bytecode.CreateObjectLiteral, index, g.addSlot(FeedbackSlotKind.Literal), flags);
    b.storeRegister(object);
  } else {
    const index = b.constants.insertDeferred();
    b.constants.setDeferred(index, objectBoilerplate(literal));
    b.emit(Bytecode.CreateObjectLiteral, index, g.addSlot(FeedbackSlotKind.Literal), flags);
    b.storeRegister(object);
  }
  const accessors = new Map<string, { key: ast.Expression; getter?: ast.Expression; setter?: ast.Expression }>();
  for (; at < properties.length; at++) {
    const property = properties[at]!;
    if (property.isComputedName) break;
    if (!clone && isBoilerplateValue(property)) continue;
    const saved = g.regs.next;
    context.setEntered(isMethod(property.value) && property.propertyKind === 'computed');
    staticProperty(g, object, property, accessors);
    g.regs.release(saved);
  }
  context.setEntered(true);
  for (const pair of accessors.values()) {
    const saved = g.regs.next;
    const args = g.regs.newList(5);
    b.moveRegister(object, args.at(0));
    g.into(pair.key, args.at(1));
    accessor(g, pair.getter, args.at(2));
    accessor(g, pair.setter, args.at(3));
    b.loadSmi(0);
    b.storeRegister(args.at(4));
    g.runtime('DefineAccessorPropertyUnchecked', args);
    g.regs.release(saved);
  }
  for (; at < properties.length; at++) {
    const property = properties[at]!;
    const saved = g.regs.next;
    const inScope = isMethod(property.value);
    if (property.isComputedName || !inScope) context.setEntered(false);
    dynamicProperty(g, object, property, () => context.setEntered(inScope));
    g.regs.release(saved);
  }
  if (home !== undefined) {
    context.setEntered(true);
    b.loadRegister(object);
    assignVariable(g, home, 'init', false);
  }
  context.setEntered(false);
  b.loadRegister(object);
}

function isBoilerplateValue(property: ast.ObjectLiteralProperty): boolean {
  return (
    (property.propertyKind === 'constant' || property.propertyKind === 'materialized') &&
    isCompileTimeValue(property.value)
  );
}

export function accessor(g: BytecodeGenerator, value: ast.Expression | undefined, register: number): void {
  if (value === undefined) {
    g.b.emit(Bytecode.LdaNull);
    g.b.storeRegister(register);
  } else g.into(value, register);
}

function setPrototype(g: BytecodeGenerator, object: number, property: ast.ObjectLiteralProperty): void {
  if (isNullPrototype(property)) return;
  const args = g.regs.newList(2);
  g.b.moveRegister(object, args.at(0));
  g.b.setExpressionPosition(property.value.position);
  g.into(property.value, args.at(1));
  g.runtime('InternalSetPrototype', args);
}

function staticProperty(
  g: BytecodeGenerator,
  object: number,
  property: ast.ObjectLiteralProperty,
  accessors: Map<string, { key: ast.Expression; getter?: ast.Expression; setter?: ast.Expression }>,
): void {
  const b = g.b;
  const key = literalValue(property.key)!;
  switch (property.propertyKind) {
    case 'prototype':
      setPrototype(g, object, property);
      return;
    case 'getter':
    case 'setter': {
      if (!property.emitStore) return;
      const name = `${(key as { value: unknown }).value}`;
      let pair = accessors.get(name);
      if (pair === undefined) {
        pair = { key: property.key };
        accessors.set(name, pair);
      }
      pair[property.propertyKind] = property.value;
      return;
    }
    default: {
      if (!property.emitStore) {
        g.effect(property.value);
        return;
      }
      let register = -1;
      if (key.type !== 'string') {
        register = g.regs.newRegister();
        b.setExpressionPosition(property.value.position);
        g.into(property.key, register);
      }
      b.setExpressionPosition(property.value.position);
      g.value(property.value);
      if (key.type === 'string') {
        const slot = g.addSlot(FeedbackSlotKind.DefineNamedOwn);
        b.emit(Bytecode.DefineNamedOwnProperty, object, b.string(key.value), slot);
      } else {
        const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwn);
        b.emit(Bytecode.DefineKeyedOwnProperty, object, register, 0, slot);
      }
    }
  }
}

function dynamicProperty(
  g: BytecodeGenerator,
  object: number,
  property: ast.ObjectLiteralProperty,
  afterKey: () => void,
): void {
  const b = g.b;
  switch (property.propertyKind) {
    case 'prototype':
      setPrototype(g, object, property);
      return;
    case 'getter':
    case 'setter': {
      const args = g.regs.newList(4);
      b.moveRegister(object, args.at(0));
      loadPropertyKey(g, property, args.at(1));
      afterKey();
      b.setExpressionPosition(property.value.position);
      g.into(property.value, args.at(2));
      b.loadSmi(0);
      b.storeRegister(args.at(3));
      g.runtime(
        property.propertyKind === 'getter' ? 'DefineGetterPropertyUnchecked' : 'DefineSetterPropertyUnchecked',
        args,
      );
      return;
    }
    case 'spread': {
      const args = g.regs.newList(2);
      b.moveRegister(object, args.at(0));
      b.setExpressionPosition(property.value.position);
      g.into(property.value, args.at(1));
      b.emit(Bytecode.InvokeIntrinsic, IntrinsicId.CopyDataProperties, args);
      return;
    }
    default: {
      const key = g.regs.newRegister();
      loadPropertyKey(g, property, key);
      afterKey();
      b.setExpressionPosition(property.value.position);
      g.value(property.value);
      const slot = g.addSlot(FeedbackSlotKind.DefineKeyedOwnPropertyInLiteral);
      const flags = needsSetFunctionName(property) ? 1 : 0;
      b.emit(Bytecode.DefineKeyedOwnPropertyInLiteral, object, key, flags, slot);
    }
  }
}

// ---- Arrays ----

function visitArrayLiteral(g: BytecodeGenerator, literal: ast.ArrayLiteral): void {
  buildCreateArray(g, literal.values, literal);
}

/** A feedback slot that is made when it is first needed. */
function slotOnce(g: BytecodeGenerator, kind: FeedbackSlotKind): () => number {
  let slot = -1;
  return () => {
    if (slot < 0) slot = g.addSlot(kind);
    return slot;
  };
}

export function buildCreateArray(
  g: BytecodeGenerator,
  values: readonly ast.Expression[],
  literal: ast.ArrayLiteral | undefined,
): void {
  const b = g.b;
  const saved = g.regs.next;
  const array = g.regs.newRegister();
  const index = g.regs.newRegister();
  const element = slotOnce(g, FeedbackSlotKind.StoreInArrayLiteral);
  let at = 0;
  const first = values[0];
  if (first !== undefined && first.kind === 'Spread') {
    g.value(first.expression);
    b.setExpressionPosition(first.expression.position);
    b.emit(Bytecode.CreateArrayFromIterable);
    b.storeRegister(array);
    at = 1;
    if (at < values.length) {
      b.emit(Bytecode.GetNamedProperty, array, b.string('length'), g.addSlot(FeedbackSlotKind.LoadProperty));
      b.storeRegister(index);
    }
  } else {
    const firstSpread = values.findIndex((v) => v.kind === 'Spread');
    const shape = literal !== undefined ? shapeOf(literal) : arrayShape(values, firstSpread);
    if (values.length === 0) b.emit(Bytecode.CreateEmptyArrayLiteral, g.addSlot(FeedbackSlotKind.Literal));
    else {
      const flags = (shape.isShallow ? flagShallow | flagFastClone : 0) | flagNeedsInitialAllocationSite;
      const entry = b.constants.insertDeferred();
      b.constants.setDeferred(entry, arrayBoilerplate(values, firstSpread, shape));
      b.emit(Bytecode.CreateArrayLiteral, entry, g.addSlot(FeedbackSlotKind.Literal), flags);
    }
    b.storeRegister(array);
    const end = firstSpread < 0 ? values.length : firstSpread;
    for (; at < end; at++) {
      const value = values[at]!;
      if (isCompileTimeValue(value)) continue;
      b.loadSmi(at);
      b.storeRegister(index);
      g.value(value);
      b.emit(Bytecode.StaInArrayLiteral, array, index, element());
    }
    if (at < values.length) {
      b.loadSmi(at);
      b.storeRegister(index);
    }
  }
  const indexSlot = slotOnce(g, FeedbackSlotKind.BinaryOp);
  const lengthSlot = slotOnce(g, FeedbackSlotKind.SetNamedStrict);
  for (; at < values.length; at++) {
    const value = values[at]!;
    if (value.kind === 'Spread') {
      const inner = g.regs.next;
      b.setExpressionPosition(value.expression.position);
      g.value(value.expression);
      b.setExpressionPosition(value.expression.position);
      const iterator = buildIteratorRecord(g, false);
      const item = g.regs.newRegister();
      const valueSlot = g.addSlot(FeedbackSlotKind.LoadProperty);
      g.addSlot(FeedbackSlotKind.LoadProperty); // V8 makes one it does not use
      const realIndex = indexSlot();
      const realElement = element();
      buildFillArray(g, iterator, array, index, item, {
        value: valueSlot,
        index: realIndex,
        element: realElement,
      });
      g.regs.release(inner);
    } else if (literalValue(value)?.type !== 'theHole') {
      g.value(value);
      b.emit(Bytecode.StaInArrayLiteral, array, index, element());
      b.loadRegister(index);
      if (at + 1 < values.length) {
        b.emit(Bytecode.Inc, indexSlot());
        b.storeRegister(index);
      }
    } else {
      b.loadRegister(index);
      b.emit(Bytecode.Inc, indexSlot());
      b.storeRegister(index);
      b.emit(Bytecode.SetNamedProperty, array, b.string('length'), lengthSlot());
    }
  }
  b.loadRegister(array);
  g.regs.release(saved);
}
