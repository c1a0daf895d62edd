// Runtime functions by id, for CallRuntime, CallRuntimeForPair and the CEntry stub of machine code: V8's names bound to the
// runtime's operations. Those that read the current interpreted frame's context say so.

import { RuntimeFunction } from '../bytecode/index.ts';
import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import * as ops from '../runtime/index.ts';

type Runtime = ops.Runtime;
type Arguments = ops.RuntimeArguments;
type Impl = ops.RuntimeFunctionImpl;

const text = (rt: Runtime, args: Arguments, i: number): string => ops.renderForMessage(rt, args.at(i));
const bool = ops.toOddball;

/** The context in which the runtime function was called; set by the caller (interpreter or CEntry). */
export const callContext = { context: StaticRoot.Undefined as Tagged, closure: StaticRoot.Undefined as Tagged };

export const runtimeFunctions: Partial<Record<RuntimeFunction, Impl>> = {
  // classes and super
  [RuntimeFunction.DefineClass]: (rt, args) => ops.defineClass(rt, (i) => args.at(i)),
  [RuntimeFunction.LoadFromSuper]: (rt, args) => ops.loadFromSuper(rt, args.at(0), args.at(1), args.at(2)),
  [RuntimeFunction.LoadKeyedFromSuper]: (rt, args) => {
    const key = ops.toPropertyKey(rt, args.at(2));
    return ops.loadFromSuper(rt, args.at(0), args.at(1), key);
  },
  [RuntimeFunction.StoreToSuper]: (rt, args) => {
    ops.storeToSuper(rt, args.at(0), args.at(1), args.at(2), args.at(3));
    return args.at(3);
  },
  [RuntimeFunction.StoreKeyedToSuper]: (rt, args) => {
    const key = ops.toPropertyKey(rt, args.at(2));
    ops.storeToSuper(rt, args.at(0), args.at(1), key, args.at(3));
    return args.at(3);
  },
  [RuntimeFunction.ThrowConstructorNonCallableError]: (rt, args) => ops.throwConstructorNonCallable(rt, args.at(0)),
  [RuntimeFunction.ThrowNotSuperConstructor]: (rt, args) => ops.throwNotSuperConstructor(rt, args.at(0), args.at(1)),
  [RuntimeFunction.ThrowSuperAlreadyCalledError]: (rt) => ops.throwReferenceError(rt, 'SuperAlreadyCalled'),
  [RuntimeFunction.ThrowSuperNotCalled]: (rt) => ops.throwReferenceError(rt, 'SuperNotCalled'),
  [RuntimeFunction.ThrowStaticPrototypeError]: (rt) => rt.throw(ops.newErrorObject(rt, 'TypeError', "Classes may not have a static property named 'prototype'")),
  [RuntimeFunction.ThrowUnsupportedSuperError]: (rt) => ops.throwReferenceError(rt, 'UnsupportedSuper'),

  // private names
  [RuntimeFunction.CreatePrivateNameSymbol]: (rt, args) => rt.factory.newSymbol(args.at(0), 1 | 16),
  [RuntimeFunction.CreatePrivateBrandSymbol]: (rt, args) => rt.factory.newSymbol(args.at(0), 1 | 16 | 32),
  [RuntimeFunction.CreatePrivateAccessors]: (rt, args) => rt.factory.newAccessorPair(args.at(0), args.at(1)),
  [RuntimeFunction.AddPrivateBrand]: (rt, args) => {
    ops.createDataPropertyOrThrow(rt, args.at(0), args.at(1), args.at(2));
    return args.at(0);
  },
  [RuntimeFunction.LoadPrivateGetter]: (rt, args) => rt.heap.get(args.at(0), 4),
  [RuntimeFunction.LoadPrivateSetter]: (rt, args) => rt.heap.get(args.at(0), 8),
  [RuntimeFunction.GetPrivateMember]: (rt, args) => ops.getPrivateMember(rt, args.at(0), args.at(1)),
  [RuntimeFunction.SetPrivateMember]: (rt, args) => {
    ops.setPrivateMember(rt, args.at(0), args.at(1), args.at(2));
    return args.at(2);
  },

  // scopes
  [RuntimeFunction.DeclareGlobals]: (rt, args) => {
    ops.declareGlobals(rt, args.at(0), args.at(1));
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.DeclareEvalVar]: (rt, args) => {
    ops.declareEval(rt, callContext.context, args.at(0), StaticRoot.Undefined, false);
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.DeclareEvalFunction]: (rt, args) => {
    ops.declareEval(rt, callContext.context, args.at(0), args.at(1), true);
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.DeleteLookupSlot]: (rt, args) => bool(ops.deleteLookupSlot(rt, callContext.context, args.at(0))),
  [RuntimeFunction.LoadLookupSlot]: (rt, args) => ops.loadLookupSlot(rt, callContext.context, args.at(0), false),
  [RuntimeFunction.LoadLookupSlotInsideTypeof]: (rt, args) => ops.loadLookupSlot(rt, callContext.context, args.at(0), true),
  [RuntimeFunction.StoreLookupSlot_Sloppy]: (rt, args) => {
    ops.storeLookupSlot(rt, callContext.context, args.at(0), args.at(1), false);
    return args.at(1);
  },
  [RuntimeFunction.StoreLookupSlot_Strict]: (rt, args) => {
    ops.storeLookupSlot(rt, callContext.context, args.at(0), args.at(1), true);
    return args.at(1);
  },
  [RuntimeFunction.StoreLookupSlot_SloppyHoisting]: (rt, args) => {
    ops.storeLookupSlot(rt, callContext.context, args.at(0), args.at(1), false);
    return args.at(1);
  },

  // properties
  [RuntimeFunction.GetProperty]: (rt, args) => ops.getKeyed(rt, args.at(0), args.at(1)),
  [RuntimeFunction.SetKeyedProperty]: (rt, args) => {
    ops.setKeyed(rt, args.at(0), args.at(1), args.at(2), true);
    return args.at(2);
  },
  [RuntimeFunction.SetNamedProperty]: (rt, args) => {
    ops.setProperty(rt, args.at(0), args.at(1), args.at(2), true);
    return args.at(2);
  },
  [RuntimeFunction.HasProperty]: (rt, args) => bool(ops.hasProperty(rt, args.at(0), ops.toPropertyKey(rt, args.at(1)))),
  [RuntimeFunction.DeleteProperty]: (rt, args) => bool(ops.deleteProperty(rt, args.at(0), ops.toPropertyKey(rt, args.at(1)), (args.at(2) >> 1) === 1)),
  [RuntimeFunction.DefineGetterPropertyUnchecked]: (rt, args) => {
    const enumerable = ((args.at(3) >> 1) & 2) === 0;
    ops.defineOwnProperty(rt, args.at(0), ops.toPropertyKey(rt, args.at(1)), { get: args.at(2), enumerable, configurable: true }, true);
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.DefineSetterPropertyUnchecked]: (rt, args) => {
    const enumerable = ((args.at(3) >> 1) & 2) === 0;
    ops.defineOwnProperty(rt, args.at(0), ops.toPropertyKey(rt, args.at(1)), { set: args.at(2), enumerable, configurable: true }, true);
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.DefineAccessorPropertyUnchecked]: (rt, args) => {
    const descriptor: ops.PropertyDescriptor = { enumerable: ((args.at(4) >> 1) & 2) === 0, configurable: true };
    if (args.at(2) !== StaticRoot.Null) descriptor.get = args.at(2);
    if (args.at(3) !== StaticRoot.Null) descriptor.set = args.at(3);
    ops.defineOwnProperty(rt, args.at(0), ops.toPropertyKey(rt, args.at(1)), descriptor, true);
    return StaticRoot.Undefined;
  },
  [RuntimeFunction.InternalSetPrototype]: (rt, args) => {
    if (ops.isJSReceiver(rt, args.at(1)) || args.at(1) === StaticRoot.Null) ops.setPrototypeOf(rt, args.at(0), args.at(1), true);
    return args.at(0);
  },
  [RuntimeFunction.SetFunctionName]: (rt, args) => {
    ops.setFunctionName(rt, args.at(0), args.at(1), '');
    return args.at(0);
  },
  [RuntimeFunction.CopyDataProperties]: (rt, args) => {
    ops.copyDataProperties(rt, args.at(0), args.at(1), []);
    return args.at(0);
  },

  // throws
  [RuntimeFunction.ThrowConstAssignError]: (rt) => ops.throwTypeError(rt, 'ConstAssign'),
  [RuntimeFunction.ThrowIteratorError]: (rt, args) => ops.throwTypeError(rt, 'NotIterable', text(rt, args, 0)),
  [RuntimeFunction.ThrowIteratorResultNotAnObject]: (rt, args) => ops.throwTypeError(rt, 'IteratorResultNotAnObject', text(rt, args, 0)),
  [RuntimeFunction.ThrowSymbolIteratorInvalid]: (rt) => ops.throwTypeError(rt, 'SymbolIteratorInvalid'),
  [RuntimeFunction.ThrowSymbolAsyncIteratorInvalid]: (rt) => ops.throwTypeError(rt, 'SymbolAsyncIteratorInvalid'),
  [RuntimeFunction.ThrowThrowMethodMissing]: (rt) => ops.throwTypeError(rt, 'ThrowMethodMissing'),
  [RuntimeFunction.ThrowPatternAssignmentNonCoercible]: (rt, args) => ops.throwTypeError(rt, 'NonCoercible', text(rt, args, 0)),
  [RuntimeFunction.ThrowAccessedUninitializedVariable]: (rt, args) => ops.throwReferenceError(rt, 'AccessedUninitializedVariable', text(rt, args, 0)),
  [RuntimeFunction.ThrowReferenceError]: (rt, args) => ops.throwReferenceError(rt, 'NotDefined', text(rt, args, 0)),
  [RuntimeFunction.ThrowCalledNonCallable]: (rt, args) => ops.throwTypeError(rt, 'CalledNonCallable', text(rt, args, 0)),
  [RuntimeFunction.NewTypeError]: (rt, args) => newErrorByTemplate(rt, 'TypeError', args),
  [RuntimeFunction.NewReferenceError]: (rt, args) => newErrorByTemplate(rt, 'ReferenceError', args),
  [RuntimeFunction.ThrowTypeError]: (rt, args) => rt.throw(newErrorByTemplate(rt, 'TypeError', args)),
  [RuntimeFunction.ThrowRangeError]: (rt, args) => rt.throw(newErrorByTemplate(rt, 'RangeError', args)),
  [RuntimeFunction.Throw]: (rt, args) => rt.throw(args.at(0)),
  [RuntimeFunction.ReThrow]: (rt, args) => rt.throw(args.at(0)),
  [RuntimeFunction.ThrowStackOverflow]: (rt) => ops.throwRangeError(rt, 'StackOverflow'),
  [RuntimeFunction.TheHole]: () => StaticRoot.TheHole,

  // operators, as machine code calls them
  [RuntimeFunction.Add]: (rt, args) => ops.add(rt, args.at(0), args.at(1)),
  [RuntimeFunction.ToNumber]: (rt, args) => ops.toNumber(rt, args.at(0)),
  [RuntimeFunction.ToNumeric]: (rt, args) => ops.toNumeric(rt, args.at(0)),
  [RuntimeFunction.ToObject]: (rt, args) => ops.toObject(rt, args.at(0)),
  [RuntimeFunction.ToString]: (rt, args) => ops.toString(rt, args.at(0)),
  [RuntimeFunction.ToName]: (rt, args) => ops.toPropertyKey(rt, args.at(0)),
  [RuntimeFunction.Typeof]: (rt, args) => ops.typeOf(rt, args.at(0)),
  [RuntimeFunction.StringAdd]: (rt, args) => ops.concatStrings(rt, args.at(0), args.at(1)),
};

/** Message templates that bytecode names by V8's MessageTemplate number. */
const templates: Readonly<Record<number, ops.MessageTemplate>> = {};

const newErrorByTemplate = (rt: Runtime, type: ops.ErrorType, args: Arguments): Tagged =>
  ops.newError(rt, type, templates[args.at(0) >> 1] ?? 'CalledNonCallable', ...Array.from({ length: args.length - 1 }, (_, i) => text(rt, args, i + 1)));

/** Adds implementations (natives of --allow-natives-syntax, async functions, …) by V8's name. */
export const registerRuntimeFunctions = (functions: Readonly<Record<string, Impl>>): void => {
  for (const [name, impl] of Object.entries(functions)) {
    const id = (RuntimeFunction as unknown as Record<string, RuntimeFunction | undefined>)[name];
    if (id !== undefined) runtimeFunctions[id] = impl;
    intrinsicImplementations.set(name, impl);
  }
};
export const intrinsicImplementations = new Map<string, Impl>();
