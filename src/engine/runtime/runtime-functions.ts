// V8's runtime functions by name (Runtime_X without the prefix): what CallRuntime and InvokeIntrinsic bytecodes and
// %natives call. The interpreter orders them by the bytecode table's ids.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  addDataProperty,
  BytecodeArray,
  Context,
  charCodeAt,
  ElementsKind,
  enumLength,
  FixedArray,
  flatten,
  GeneratorState,
  HeapObject,
  InstanceType,
  isDictionaryMap,
  JSFunction,
  JSGeneratorObject,
  JSObject,
  numberValue,
  PropertyAttributes,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  SymbolFlags,
  stringLength,
  toHostString,
} from '../objects/index.ts';
import { createListFromArrayLike } from './array-likes.ts';
import * as classes from './classes.ts';
import * as contexts from './contexts.ts';
import * as conversions from './conversions.ts';
import { toPropertyKey } from './conversions.ts';
import {
  createDataProperty,
  createDataPropertyOrThrow,
  defineOwnProperty,
  fromPropertyDescriptor,
  getOwnProperty,
} from './define-property.ts';
import { ordinaryCreateFromConstructor } from './derived-maps.ts';
import { strictEquals } from './equality.ts';
import * as errors from './errors.ts';
import { throwReferenceError, throwTypeError } from './errors.ts';
import { forInEnumerate, forInFilter } from './for-in.ts';
import { newClosure } from './functions.ts';
import { getProperty, hasProperty } from './get-property.ts';
import { initialMapForConstructor, newPlainObject } from './initial-maps.ts';
import { createIterResult } from './iterators.ts';
import { getKeyed, setKeyed } from './keyed-access.ts';
import * as literals from './literals.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { type MessageTemplate, messageTemplates } from './messages.ts';
import * as modules from './modules.ts';
import { NativeContextSlot } from './native-context.ts';
import { nativeFunctions } from './natives.ts';
import {
  deleteProperty,
  enumerableOwnKeys,
  getPrototypeOf,
  ownPropertyKeys,
  setPrototypeOf,
} from './object-methods.ts';
import * as operators from './operators.ts';
import { keyToValue } from './ordinary-objects.ts';
import { dataDescriptor, isExotic } from './own-properties.ts';
import { isArray, toObject } from './primitive-conversions.ts';
import { defaultCallSite, renderForMessage } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { setProperty } from './set-property.ts';
import {
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isString,
  isSymbol,
  isUndefinedOrNull,
  mapOf,
  symbolDescriptiveString,
  toOddball,
  typeOf,
} from './values.ts';
import { type RuntimeFunctionRows, writingFirst, writingNothing } from './writes.ts';

const { Undefined } = StaticRoot;

/** CreateJSGeneratorObject. */
export const createGeneratorObject = (rt: Runtime, fn: Tagged, receiver: Tagged, context: Tagged): Tagged => {
  const heap = rt.heap;
  const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
  const flags = heap.getI32(sfi, SharedFunctionInfo.Flags);
  const bytecode = heap.get(sfi, SharedFunctionInfo.FunctionData);
  const registers =
    (heap.getI32(bytecode, BytecodeArray.FrameSize) >> 3) + heap.getI32(bytecode, BytecodeArray.ParameterCount) - 1;
  const parametersAndRegisters = rt.factory.newFixedArray(registers, Undefined);
  const map =
    (flags & SharedFunctionFlags.Generator) !== 0
      ? initialMapForConstructor(rt, fn)
      : rt.intrinsic(NativeContextSlot.AsyncFunctionObjectMap);
  const generator = rt.factory.newJSObject(map);
  heap.set(generator, JSGeneratorObject.Function, fn);
  heap.set(generator, JSGeneratorObject.Context, context);
  heap.set(generator, JSGeneratorObject.Receiver, receiver);
  heap.set(generator, JSGeneratorObject.ParametersAndRegisters, parametersAndRegisters);
  heap.init(generator, JSGeneratorObject.ResumeMode, 0);
  heap.init(generator, JSGeneratorObject.Continuation, GeneratorState.Executing << 1);
  return generator;
};

/** CopyDataProperties (§7.3.26): own enumerable properties of `source`, except `excluded` keys. May run JavaScript. */
export const copyDataProperties = (rt: Runtime, target: Tagged, source: Tagged, excluded: readonly Tagged[]): void => {
  if (isUndefinedOrNull(source)) return;
  const heap = rt.heap;
  const scope = heap.openHandles();
  try {
    const t = heap.handle(target);
    const s = heap.handle(toObject(rt, source));
    const skip = excluded.map((word) => heap.handle(toPropertyKey(rt, word)));
    const keys = ownPropertyKeys(rt, heap.deref(s)).map((key) => heap.handle(key));
    const it = new LookupIterator(rt);
    const isProxy = isExotic(rt, heap.deref(s));
    for (const key of keys) {
      if (skip.some((handle) => sameKey(rt, heap.deref(handle), heap.deref(key)))) continue;
      let value: Tagged;
      if (isProxy) {
        const desc = getOwnProperty(rt, heap.deref(s), heap.deref(key));
        if (!desc?.enumerable) continue;
        value = getProperty(rt, heap.deref(s), heap.deref(key));
      } else {
        it.start(heap.deref(s), heap.deref(key), true);
        if (!it.found || !it.isEnumerable) continue;
        value = it.state === LookupState.Data ? it.value : getProperty(rt, heap.deref(s), heap.deref(key));
      }
      createDataProperty(rt, heap.deref(t), heap.deref(key), value);
    }
  } finally {
    heap.closeHandles(scope);
  }
};

const sameKey = (rt: Runtime, a: Tagged, b: Tagged): boolean =>
  a === b || (!isSymbol(rt, a) && !isSymbol(rt, b) && renderForMessage(rt, a) === renderForMessage(rt, b));

const templateById: readonly MessageTemplate[] = Object.keys(messageTemplates) as MessageTemplate[];
/** Message ids of %ThrowTypeError(id, …) from bytecode: V8's MessageTemplate numbers are not modelled, names are (strings) or this order. */
const templateOf = (rt: Runtime, word: Tagged): MessageTemplate => {
  if (isString(rt, word)) {
    const name = toHostString(rt.heap, word);
    return name in messageTemplates ? (name as MessageTemplate) : 'Plain';
  }
  return v8MessageIds[word >> 1] ?? templateById[word >> 1] ?? 'Plain';
};
/** The few of V8's numbers that Ignition puts into bytecode. */
const v8MessageIds: Readonly<Record<number, MessageTemplate>> = {
  312: 'InvalidLhsInAssignment',
  315: 'InvalidLhsInFor',
  316: 'InvalidLhsInPostfixOp',
  317: 'InvalidLhsInPrefixOp',
  323: 'InvalidPrivateBrandStatic',
  329: 'InvalidPrivateMethodWrite',
  330: 'InvalidPrivateGetterAccess',
  331: 'InvalidPrivateSetterAccess',
};

/** `function` table: name → implementation. */
export const runtimeFunctions: RuntimeFunctionRows = {
  // --- scripts, contexts, closures
  DeclareGlobals: (rt, args) => {
    contexts.declareGlobals(rt, args.at(0), args.at(1));
    return Undefined;
  },
  NewScriptContext: (rt, args) => contexts.newScriptContext(rt, args.at(0)),
  ...writingNothing({
    NewFunctionContext: (rt, args) => {
      const scopeInfo = args.at(0);
      const slots = contexts.contextHeaderLength(rt, scopeInfo) + contexts.contextLocalCount(rt, scopeInfo);
      return rt.factory.newContext(StaticRoot.FunctionContextMap, slots, scopeInfo, rt.currentContext);
    },
    PushWithContext: (rt, args) => {
      const context = rt.factory.newContext(StaticRoot.WithContextMap, 3, args.at(1), rt.currentContext);
      rt.heap.set(context, Context.Extension, args.at(0));
      return context;
    },
    NewClosure: (rt, args) => newClosure(rt, args.at(0), rt.currentContext, args.at(1)),
    NewClosure_Tenured: (rt, args) => newClosure(rt, args.at(0), rt.currentContext, args.at(1)),
  }),
  DeclareEvalVar: (rt, args) => {
    contexts.declareEval(rt, rt.currentContext, args.at(0), Undefined, false);
    return Undefined;
  },
  DeclareEvalFunction: (rt, args) => {
    contexts.declareEval(rt, rt.currentContext, args.at(0), args.at(1), true);
    return Undefined;
  },
  // (callee, source, caller, language mode, position of the scope, position): what to call
  ResolvePossiblyDirectEval: (rt, args) => {
    const callee = args.at(0);
    if (callee !== rt.intrinsic(NativeContextSlot.Eval) || !isString(rt, args.at(1))) return callee;
    return rt.hooks.compileEval(
      toHostString(rt.heap, args.at(1)),
      rt.currentContext,
      args.at(3) >> 1 === 1,
      args.at(5) >> 1,
    );
  },
  DeclareModuleExports: (rt, args) => {
    modules.declareModuleExports(rt, args.at(0), args.at(1));
    return Undefined;
  },
  ...writingNothing({
    LoadLookupSlot: (rt, args) => contexts.loadLookupSlot(rt, rt.currentContext, args.at(0), false),
    LoadLookupSlotInsideTypeof: (rt, args) => contexts.loadLookupSlot(rt, rt.currentContext, args.at(0), true),
  }),
  StoreLookupSlot_Sloppy: (rt, args) => {
    contexts.storeLookupSlot(rt, rt.currentContext, args.at(0), args.at(1), false);
    return args.at(1);
  },
  StoreLookupSlot_Strict: (rt, args) => {
    contexts.storeLookupSlot(rt, rt.currentContext, args.at(0), args.at(1), true);
    return args.at(1);
  },
  StoreLookupSlot_SloppyHoisting: (rt, args) => {
    contexts.storeLookupSlotHoisting(rt, rt.currentContext, args.at(0), args.at(1));
    return args.at(1);
  },
  DeleteLookupSlot: (rt, args) => toOddball(contexts.deleteLookupSlot(rt, rt.currentContext, args.at(0))),
  ...writingNothing({
    // --- throwing
    Throw: (rt, args) => rt.throw(args.at(0)),
    ReThrow: (rt, args) => rt.rethrow(args.at(0)),
    ReThrowWithMessage: (rt, args) => rt.rethrow(args.at(0)),
    ThrowReferenceError: (rt, args) => throwReferenceError(rt, 'NotDefined', args.at(0)),
    ThrowAccessedUninitializedVariable: (rt, args) =>
      throwReferenceError(rt, 'AccessedUninitializedVariable', args.at(0)),
    ThrowConstAssignError: (rt) => throwTypeError(rt, 'ConstAssign'),
    ThrowUsingAssignError: (rt) => throwTypeError(rt, 'UsingAssign'),
    ThrowSuperNotCalled: (rt) => throwReferenceError(rt, 'SuperNotCalled'),
    ThrowSuperAlreadyCalledError: (rt) => throwReferenceError(rt, 'SuperAlreadyCalled'),
    ThrowUnsupportedSuperError: (rt) => throwReferenceError(rt, 'UnsupportedSuper'),
    ThrowNotSuperConstructor: (rt, args) => classes.throwNotSuperConstructor(rt, args.at(0), args.at(1)),
    ThrowStaticPrototypeError: (rt) => throwTypeError(rt, 'ClassStaticPrototype'),
    ThrowConstructorNonCallableError: (rt, args) => classes.throwConstructorNonCallable(rt, args.at(0)),
    ThrowCalledNonCallable: (rt, args) => errors.throwCalledNonCallable(rt, args.at(0)),
    ThrowConstructedNonConstructable: (rt, args) => errors.throwNotConstructor(rt, args.at(0)),
    ThrowConstructorReturnedNonObject: (rt) => throwTypeError(rt, 'DerivedConstructorReturnedNonObject'),
    ThrowApplyNonFunction: (rt, args) =>
      throwTypeError(rt, 'ApplyNonFunction', args.at(0), toHostString(rt.heap, typeOf(rt, args.at(0)))),
    ThrowIteratorError: (rt, args) => errors.throwNotIterable(rt, args.at(0)),
    ThrowSpreadArgError: (rt, args) => errors.throwSpreadArgument(rt, 'NotIterable', args.at(1)),
    ThrowIteratorResultNotAnObject: (rt, args) => throwTypeError(rt, 'IteratorResultNotAnObject', args.at(0)),
    ThrowSymbolIteratorInvalid: (rt) => throwTypeError(rt, 'SymbolIteratorInvalid'),
    ThrowSymbolAsyncIteratorInvalid: (rt) => throwTypeError(rt, 'SymbolAsyncIteratorInvalid'),
    ThrowThrowMethodMissing: (rt) => throwTypeError(rt, 'ThrowMethodMissing'),
    ThrowPatternAssignmentNonCoercible: (rt, args) => errors.throwLoadFromNullOrUndefined(rt, args.at(0), undefined),
    ThrowStackOverflow: (rt) => errors.throwRangeError(rt, 'StackOverflow'),
    ThrowInvalidStringLength: (rt) => errors.throwRangeError(rt, 'InvalidStringLength'),
    ThrowTypeError: (rt, args) => {
      const template = templateOf(rt, args.at(0));
      if (template === 'CalledNonCallable' || template === 'NotIterableNoSymbolLoad')
        throwTypeError(rt, template, defaultCallSite(rt, args.at(1)), 'Symbol(Symbol.iterator)');
      return rt.throw(errors.newError(rt, 'TypeError', template, ...messageArguments(args)));
    },
    ThrowRangeError: (rt, args) =>
      rt.throw(errors.newError(rt, 'RangeError', templateOf(rt, args.at(0)), ...messageArguments(args))),
    ThrowTypeErrorIfStrict: (rt, args) =>
      rt.throw(errors.newError(rt, 'TypeError', templateOf(rt, args.at(0)), ...messageArguments(args))),
    NewTypeError: (rt, args) => errors.newError(rt, 'TypeError', templateOf(rt, args.at(0)), ...messageArguments(args)),
    NewReferenceError: (rt, args) =>
      errors.newError(rt, 'ReferenceError', templateOf(rt, args.at(0)), ...messageArguments(args)),
    NewError: (rt, args) => errors.newError(rt, 'Error', templateOf(rt, args.at(0)), ...messageArguments(args)),

    // --- classes and super
    DefineClass: (rt, args) => classes.defineClass(rt, (i) => args.at(i)),
    LoadFromSuper: (rt, args) => classes.loadFromSuper(rt, args.at(0), args.at(1), args.at(2)),
    LoadKeyedFromSuper: (rt, args) => {
      args.put(2, toPropertyKey(rt, args.at(2)));
      return classes.loadFromSuper(rt, args.at(0), args.at(1), args.at(2));
    },
  }),
  ...writingFirst({
    StoreToSuper: (rt, args) => {
      classes.storeToSuper(rt, args.at(0), args.at(1), args.at(2), args.at(3));
      return args.at(3);
    },
    StoreKeyedToSuper: (rt, args) => {
      args.put(2, toPropertyKey(rt, args.at(2)));
      classes.storeToSuper(rt, args.at(0), args.at(1), args.at(2), args.at(3));
      return args.at(3);
    },
    SetFunctionName: (rt, args) => {
      classes.setFunctionName(rt, args.at(0), args.at(1), '');
      return args.at(0);
    },
  }),
  ...writingNothing({
    CreatePrivateNameSymbol: (rt, args) =>
      rt.factory.newSymbol(args.at(0), SymbolFlags.Private | SymbolFlags.PrivateName),
    CreatePrivateBrandSymbol: (rt, args) =>
      rt.factory.newSymbol(args.at(0), SymbolFlags.Private | SymbolFlags.PrivateName | SymbolFlags.PrivateBrand),
    CreatePrivateSymbol: (rt, args) =>
      rt.factory.newSymbol(args.length > 0 ? args.at(0) : Undefined, SymbolFlags.Private),
    CreatePrivateAccessors: (rt, args) => rt.factory.newAccessorPair(args.at(0), args.at(1)),
    LoadPrivateGetter: (rt, args) => rt.heap.get(args.at(0), AccessorPair.Getter),
    LoadPrivateSetter: (rt, args) => rt.heap.get(args.at(0), AccessorPair.Setter),
    GetPrivateMember: (rt, args) => classes.getPrivateMember(rt, args.at(0), args.at(1)),
  }),
  ...writingFirst({
    SetPrivateMember: (rt, args) => {
      classes.setPrivateMember(rt, args.at(0), args.at(1), args.at(2));
      return args.at(2);
    },
    AddPrivateBrand: (rt, args) => {
      const receiver = args.at(0);
      const brand = args.at(1);
      if (new LookupIterator(rt).startName(receiver, brand, true).found)
        throwTypeError(rt, 'InvalidPrivateBrandReinitialization', symbolDescriptiveString(rt, brand).slice(7, -1));
      const depth = args.at(3) >> 1;
      let context = args.at(2);
      for (let i = 0; i < depth; i++) context = rt.heap.get(context, Context.Previous);
      addDataProperty(rt.heap, rt.factory, receiver, brand, context, PropertyAttributes.Frozen);
      return receiver;
    },
  }),
  ...writingNothing({
    // --- objects
    CreateObjectLiteral: (rt, args) => literals.newObjectLiteral(rt, args.at(2), args.at(3) >> 1),
    CreateArrayLiteral: (rt, args) => literals.newArrayLiteral(rt, args.at(2)),
    CreateRegExpLiteral: (rt, args) => rt.hooks.newRegExp!(args.at(2), args.at(3)),
    GetTemplateObject: (rt, args) => literals.newTemplateObject(rt, args.at(0)),
  }),
  ...writingFirst({
    CopyDataProperties: (rt, args) => {
      copyDataProperties(rt, args.at(0), args.at(1), []);
      return args.at(0);
    },
  }),
  ...writingNothing({
    CopyDataPropertiesWithExcludedPropertiesOnStack: (rt, args) => {
      if (isUndefinedOrNull(args.at(0))) errors.throwLoadFromNullOrUndefined(rt, args.at(0), undefined);
      const excluded: Tagged[] = [];
      for (let i = 1; i < args.length; i++) excluded.push(args.at(i));
      const scope = rt.heap.openHandles();
      try {
        const target = rt.heap.handle(newPlainObject(rt));
        copyDataProperties(rt, rt.heap.deref(target), args.at(0), excluded);
        return rt.heap.deref(target);
      } finally {
        rt.heap.closeHandles(scope);
      }
    },
  }),
  ...writingFirst({
    DefineKeyedOwnPropertyInLiteral: (rt, args) => {
      defineKeyedOwnInLiteral(rt, args.at(0), args.at(1), args.at(2), args.at(3) >> 1);
      return args.at(2);
    },
    DefineGetterPropertyUnchecked: (rt, args) => {
      const attributes = args.at(3) >> 1;
      args.put(1, toPropertyKey(rt, args.at(1)));
      if ((rt.heap.get(args.at(2), HeapObject.Map) & 1) !== 0)
        classes.setFunctionName(rt, args.at(2), args.at(1), 'get');
      defineOwnProperty(
        rt,
        args.at(0),
        args.at(1),
        { get: args.at(2), enumerable: (attributes & 2) === 0, configurable: true },
        false,
      );
      return Undefined;
    },
    DefineSetterPropertyUnchecked: (rt, args) => {
      const attributes = args.at(3) >> 1;
      args.put(1, toPropertyKey(rt, args.at(1)));
      classes.setFunctionName(rt, args.at(2), args.at(1), 'set');
      defineOwnProperty(
        rt,
        args.at(0),
        args.at(1),
        { set: args.at(2), enumerable: (attributes & 2) === 0, configurable: true },
        false,
      );
      return Undefined;
    },
    DefineAccessorPropertyUnchecked: (rt, args) => {
      const attributes = args.at(4) >> 1;
      args.put(1, toPropertyKey(rt, args.at(1)));
      const getter = args.at(2);
      const setter = args.at(3);
      defineOwnProperty(
        rt,
        args.at(0),
        args.at(1),
        {
          ...(getter === StaticRoot.Null ? {} : { get: getter }),
          ...(setter === StaticRoot.Null ? {} : { set: setter }),
          enumerable: (attributes & 2) === 0,
          configurable: true,
        },
        false,
      );
      return Undefined;
    },
    DeleteProperty: (rt, args) => {
      const strict = args.length > 2 && args.at(2) >> 1 === 1;
      args.put(0, toObject(rt, args.at(0)));
      args.put(1, toPropertyKey(rt, args.at(1)));
      return toOddball(deleteProperty(rt, args.at(0), args.at(1), strict));
    },
  }),
  ...writingNothing({
    GetProperty: (rt, args) => getKeyed(rt, args.at(0), args.at(1)),
  }),
  ...writingFirst({
    SetKeyedProperty: (rt, args) => {
      setKeyed(rt, args.at(0), args.at(1), args.at(2), true);
      return args.at(2);
    },
    SetNamedProperty: (rt, args) => {
      setProperty(rt, args.at(0), args.at(1), args.at(2), true);
      return args.at(2);
    },
    SetOwnPropertyIgnoreAttributes: (rt, args) => {
      defineOwnProperty(rt, args.at(0), args.at(1), dataDescriptor(args.at(2), args.at(3) >> 1), true);
      return args.at(2);
    },
    DefineObjectOwnProperty: (rt, args) => {
      args.put(1, toPropertyKey(rt, args.at(1)));
      createDataPropertyOrThrow(rt, args.at(0), args.at(1), args.at(2));
      return args.at(2);
    },
  }),
  ...writingNothing({
    HasProperty: (rt, args) => {
      if (!isJSReceiver(rt, args.at(0))) throwTypeError(rt, 'InvalidInOperatorUse', args.at(1), args.at(0));
      args.put(1, toPropertyKey(rt, args.at(1)));
      return toOddball(hasProperty(rt, args.at(0), args.at(1)));
    },
    GetOwnPropertyDescriptorObject: (rt, args) =>
      fromPropertyDescriptor(rt, getOwnProperty(rt, args.at(0), args.at(1))),
  }),
  ...writingFirst({
    InternalSetPrototype: (rt, args) => {
      if (isJSReceiver(rt, args.at(1)) || args.at(1) === StaticRoot.Null)
        setPrototypeOf(rt, args.at(0), args.at(1), true);
      return args.at(0);
    },
  }),
  ...writingNothing({
    JSReceiverGetPrototypeOf: (rt, args) => getPrototypeOf(rt, args.at(0)),
    ObjectKeys: (rt, args) => objectKeys(rt, args.at(0)),
    CreateListFromArrayLike: (rt, args) => {
      const words = createListFromArrayLike(rt, args.at(0));
      return rt.factory.newFixedArrayFrom(words);
    },
    NewObject: (rt, args) => ordinaryCreateFromConstructor(rt, args.at(0), args.at(1)),
    ToFastProperties: (_rt, args) => args.at(0),
  }),
  TryMigrateInstance: (rt, args) => nativeFunctions.TryMigrateInstance!(rt, args),
  ...writingNothing({
    // --- arguments
    NewSloppyArguments: (rt, args) => rt.hooks.newArguments!('sloppy', args.at(0)),
    NewStrictArguments: (rt, args) => rt.hooks.newArguments!('strict', args.at(0)),
    NewRestParameter: (rt, args) => rt.hooks.newArguments!('rest', args.at(0)),

    // --- conversions and operators
    ToNumber: (rt, args) => conversions.toNumber(rt, args.at(0)),
    ToNumeric: (rt, args) => conversions.toNumeric(rt, args.at(0)),
    ToObject: (rt, args) => toObject(rt, args.at(0)),
    ToString: (rt, args) => conversions.toString(rt, args.at(0)),
    ToLength: (rt, args) => rt.factory.newNumber(conversions.toLength(rt, args.at(0))),
    ToName: (rt, args) => keyToValue(rt, toPropertyKey(rt, args.at(0))),
    Typeof: (rt, args) => typeOf(rt, args.at(0)),
    Add: (rt, args) => operators.add(rt, args.at(0), args.at(1)),
    Equal: (rt, args) => toOddball(operators.looselyEquals(rt, args.at(0), args.at(1))),
    LessThan: (rt, args) => toOddball(operators.lessThan(rt, args.at(0), args.at(1))),
    GreaterThan: (rt, args) => toOddball(operators.greaterThan(rt, args.at(0), args.at(1))),
    StringAdd: (rt, args) => operators.concatStrings(rt, args.at(0), args.at(1)),
    StringEqual: (rt, args) => toOddball(strictEquals(rt, args.at(0), args.at(1))),
    StringLessThan: (rt, args) => toOddball(operators.lessThan(rt, args.at(0), args.at(1))),
    StringGreaterThan: (rt, args) => toOddball(operators.greaterThan(rt, args.at(0), args.at(1))),
    StringLessThanOrEqual: (rt, args) => toOddball(operators.lessThanOrEqual(rt, args.at(0), args.at(1))),
    StringGreaterThanOrEqual: (rt, args) => toOddball(operators.greaterThanOrEqual(rt, args.at(0), args.at(1))),
    StringCharCodeAt: (rt, args) => {
      const index = numberValue(rt.heap, args.at(1));
      return index >= 0 && index < stringLength(rt.heap, args.at(0))
        ? charCodeAt(rt.heap, args.at(0), index) << 1
        : StaticRoot.NanValue;
    },
    StringSubstring: (rt, args) => rt.factory.newSubString(args.at(0), args.at(1) >> 1, args.at(2) >> 1),
    FlattenString: (rt, args) => flatten(rt.heap, args.at(0)),
    InternalizeString: (rt, args) => rt.factory.internalizeString(args.at(0)),
    SymbolDescriptiveString: (rt, args) => rt.factory.newString(symbolDescriptiveString(rt, args.at(0))),

    // --- for-in, generators, iteration
    ForInEnumerate: (rt, args) => forInEnumerate(rt, args.at(0)),
    ForInHasProperty: (rt, args) => toOddball(forInFilter(rt, args.at(0), args.at(1)) !== Undefined),
    CreateJSGeneratorObject: (rt, args) => createGeneratorObject(rt, args.at(0), args.at(1), rt.currentContext),
    CreateIterResultObject: (rt, args) => createIterResult(rt, args.at(0), args.at(1) === StaticRoot.True),
  }),
  ...writingFirst({
    GeneratorClose: (rt, args) => {
      rt.heap.init(args.at(0), JSGeneratorObject.Continuation, GeneratorState.Closed << 1);
      return Undefined;
    },
  }),
  ...writingNothing({
    GeneratorGetResumeMode: (rt, args) => rt.heap.get(args.at(0), JSGeneratorObject.ResumeMode),
    Call: (rt, args) => {
      const words: Tagged[] = [];
      for (let i = 2; i < args.length; i++) words.push(args.at(i));
      if (!isCallable(rt, args.at(0))) errors.throwCalledNonCallable(rt, args.at(0));
      return rt.hooks.call(args.at(0), args.at(1), words);
    },
    StringMaxLength: () => operators.maxStringLength << 1,
    MaxSmi: () => 0x3fffffff << 1,
    IsSmi: (_rt, args) => toOddball((args.at(0) & 1) === 0),
    ArrayIsArray: (rt, args) => toOddball(isArray(rt, args.at(0))),
    IsJSProxy: (rt, args) => toOddball(hasInstanceType(rt, args.at(0), InstanceType.JSProxy)),
    TheHole: () => StaticRoot.TheHole,
  }),
  ...nativeFunctions,
};

const messageArguments = (args: { length: number; at(i: number): Tagged }): Tagged[] => {
  const words: Tagged[] = [];
  for (let i = 1; i < args.length; i++) words.push(args.at(i));
  return words;
};

/** Array of keys; of the library's functions of names it is packed, of those that may give symbols too it is not. */
export const keysArray = (rt: Runtime, keys: readonly Tagged[], kind = ElementsKind.Packed): Tagged => {
  const scope = rt.heap.openHandles();
  const words = keys.map((key) => keyToValue(rt, key));
  rt.heap.closeHandles(scope);
  return rt.factory.newJSArrayFrom(words, kind);
};

/** Object.keys: a fast object's map knows from then on how many there are. May run JavaScript. */
export const objectKeys = (rt: Runtime, value: Tagged): Tagged => {
  const { heap } = rt;
  const object = toObject(rt, value);
  const map = mapOf(rt, object);
  if (
    !isDictionaryMap(heap, map) &&
    !isExotic(rt, object) &&
    heap.get(heap.get(object, JSObject.Elements), FixedArray.Length) === 0
  )
    enumLength(heap, map);
  return keysArray(rt, enumerableOwnKeys(rt, object));
};

/** DefineKeyedOwnPropertyInLiteral: flags bit 0 = DontEnum, bit 1 = set the function's name from the key. */
export const defineKeyedOwnInLiteral = (
  rt: Runtime,
  object: Tagged,
  name: Tagged,
  value: Tagged,
  flags: number,
): void => {
  const scope = rt.heap.openHandles();
  try {
    const o = rt.heap.handle(object);
    const v = rt.heap.handle(value);
    const key = toPropertyKey(rt, name);
    if ((flags & 1) !== 0) classes.setFunctionName(rt, rt.heap.deref(v), key, '');
    defineOwnProperty(rt, rt.heap.deref(o), key, dataDescriptor(rt.heap.deref(v), PropertyAttributes.None), true);
  } finally {
    rt.heap.closeHandles(scope);
  }
};
