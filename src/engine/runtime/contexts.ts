// Contexts, script declarations, arguments objects.

import { elementAt, Space, type Tagged } from '../heap/index.ts';
import {
  Context,
  ElementsKind,
  FeedbackCell,
  FeedbackVector,
  FixedArray,
  HeapObject,
  isDontEnum,
  isExtensibleMap,
  isReadOnly,
  JSArgumentsObject,
  JSFunction,
  JSObject,
  PropertyAttributes,
  Root,
  root,
  rootSymbol,
  ScopeInfo,
  SharedFunctionInfo,
  StaticRoot,
  scriptContextTableAdd,
  scriptContextTableLookup,
  setRoot,
} from '../objects/index.ts';
import { getOwnProperty } from './define-property.ts';
import { throwReferenceError, throwSyntaxError, throwTypeError } from './errors.ts';
import { newClosure } from './functions.ts';
import { callGetter, getProperty, hasProperty } from './get-property.ts';
import { LookupIterator, LookupState } from './lookup-iterator.ts';
import { NativeContextSlot } from './native-context.ts';
import { hasInterceptedGlobal } from './native-contexts.ts';
import { deleteProperty } from './object-methods.ts';
import { addOrReplace, isExotic } from './own-properties.ts';
import type { Runtime } from './runtime.ts';
import { setProperty, setPropertyWithReceiver } from './set-property.ts';
import { isCallable, isJSReceiver, isString, toBoolean } from './values.ts';

/** Header slots of a context with this ScopeInfo (2, or 3 with an extension). */
export const contextHeaderLength = (rt: Runtime, scopeInfo: Tagged): number =>
  ((rt.heap.get(scopeInfo, ScopeInfo.Flags) >> 1) & (1 << 5)) !== 0 ? 3 : 2;

export const contextLocalCount = (rt: Runtime, scopeInfo: Tagged): number =>
  rt.heap.get(scopeInfo, ScopeInfo.ContextLocalCount) >> 1;

/** NewScriptContext: checks redeclarations, makes the context and enters it in the ScriptContextTable. */
export const newScriptContext = (rt: Runtime, scopeInfo: Tagged): Tagged => {
  const { heap, factory } = rt;
  const table = root(heap, Root.ScriptContextTable);
  const count = contextLocalCount(rt, scopeInfo);
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  const header = contextHeaderLength(rt, scopeInfo);
  for (let i = 0; i < count; i++) {
    const name = heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i);
    if (scriptContextTableLookup(heap, table, name) !== undefined) throwSyntaxError(rt, 'VarRedeclaration', name);
    const it = new LookupIterator(rt).startName(global, name, true);
    if (it.found && !it.isConfigurable) throwSyntaxError(rt, 'VarRedeclaration', name);
  }
  const context = factory.newContext(StaticRoot.ScriptContextMap, header + count, scopeInfo, rt.nativeContext);
  for (let i = 0; i < count; i++) heap.initElement(context, Context.Slots, header + i, StaticRoot.TheHole);
  if (header === 3) heap.init(context, Context.Extension, StaticRoot.Undefined);
  setRoot(heap, Root.ScriptContextTable, scriptContextTableAdd(factory, table, context));
  rt.setIntrinsic(NativeContextSlot.ScriptContextTable, root(heap, Root.ScriptContextTable));
  return context;
};

/** The first script context: it binds `this` for code that has none of its own, evals of scripts. */
export const installGlobalThisBinding = (rt: Runtime): void => {
  const { heap, factory } = rt;
  const info = heap.allocate(ScopeInfo.Locals + 8, Space.Old);
  heap.init(info, HeapObject.Map, StaticRoot.ScopeInfoMap);
  // a script scope, with the extension slot that script contexts have
  heap.init(info, ScopeInfo.Flags, (2 | (1 << 5)) << 1);
  heap.init(info, ScopeInfo.ContextLocalCount, 1 << 1);
  heap.init(info, ScopeInfo.FunctionName, StaticRoot.EmptyString);
  heap.init(info, ScopeInfo.Outer, StaticRoot.TheHole);
  heap.init(info, ScopeInfo.StartPosition, 0);
  heap.init(info, ScopeInfo.EndPosition, 0);
  heap.init(info, ScopeInfo.StackLocals, StaticRoot.EmptyFixedArray);
  heap.init(info, ScopeInfo.Locals, factory.internalize('this'));
  // a const
  heap.initElement(info, ScopeInfo.Locals, 1, 2 << 1);
  const context = newScriptContext(rt, info);
  heap.setElement(context, Context.Slots, 3, rt.intrinsic(NativeContextSlot.GlobalProxy));
};

/** DeclareGlobals: `declarations` is a FixedArray of names (var) and (SharedFunctionInfo, closure cell index) pairs. */
export const declareGlobals = (rt: Runtime, declarations: Tagged, closure: Tagged): void => {
  const heap = rt.heap;
  const scope = heap.openHandles();
  const list = heap.handle(declarations);
  const c = heap.handle(closure);
  const entry = (i: number): Tagged => heap.getElement(heap.deref(list), FixedArray.Elements, i);
  try {
    const length = heap.get(declarations, FixedArray.Length) >> 1;
    for (let i = 0; i < length; i++) {
      if (isString(rt, entry(i))) {
        declareGlobal(rt, entry(i), StaticRoot.Undefined, false, PropertyAttributes.DontDelete);
        continue;
      }
      const info = entry(i++);
      const cell = closureFeedbackCell(rt, heap.deref(c), entry(i) >> 1);
      const fn = newClosure(rt, info, rt.currentContext, cell);
      declareGlobal(rt, heap.get(info, SharedFunctionInfo.Name), fn, true, PropertyAttributes.DontDelete);
    }
  } finally {
    heap.closeHandles(scope);
  }
};

/** Cell `index` of the closure's ClosureFeedbackCellArray (in its feedback cell or vector). */
export const closureFeedbackCell = (rt: Runtime, closure: Tagged, index: number): Tagged => {
  const heap = rt.heap;
  let value = heap.get(heap.get(closure, JSFunction.FeedbackCell), FeedbackCell.Value);
  if (value === StaticRoot.Undefined) return root(heap, Root.ManyClosuresCell);
  if (heap.get(value, HeapObject.Map) === StaticRoot.FeedbackVectorMap)
    value = heap.get(value, FeedbackVector.ClosureFeedbackCells);
  return index < heap.get(value, FixedArray.Length) >> 1
    ? heap.getElement(value, FixedArray.Elements, index)
    : root(heap, Root.ManyClosuresCell);
};

const declareGlobal = (
  rt: Runtime,
  name: Tagged,
  value: Tagged,
  isFunction: boolean,
  attributes: PropertyAttributes,
): void => {
  if (isFunction && hasInterceptedGlobal(rt)) declareInterceptedFunction(rt, name, value, attributes);
  else declareOnGlobal(rt, name, value, isFunction, attributes);
};

/** Whoever intercepts the global object is told of functions when they are declared, of vars when they are assigned. */
const declareInterceptedFunction = (rt: Runtime, name: Tagged, value: Tagged, attributes: PropertyAttributes): void => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const n = heap.handle(name);
    const v = heap.handle(value);
    const existing = getOwnProperty(rt, rt.intrinsic(NativeContextSlot.GlobalProxy), name);
    if (existing?.configurable === false && !(existing.writable && existing.enumerable))
      throwSyntaxError(rt, 'VarRedeclaration', heap.deref(n));
    declareOnGlobal(rt, heap.deref(n), heap.deref(v), true, attributes);
    setInterceptedGlobal(rt, heap.deref(n), heap.deref(v), false);
  } finally {
    heap.closeHandles(scope);
  }
};

const declareOnGlobal = (
  rt: Runtime,
  name: Tagged,
  value: Tagged,
  isFunction: boolean,
  attributes: PropertyAttributes,
): void => {
  const heap = rt.heap;
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  if (scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name) !== undefined)
    throwSyntaxError(rt, 'VarRedeclaration', name);
  const it = new LookupIterator(rt).startName(global, name, true);
  if (it.found) {
    if (!isFunction) return;
    if (!it.isConfigurable && (it.state === LookupState.Accessor || isReadOnly(it.details) || isDontEnum(it.details)))
      throwTypeError(rt, 'RedefineDisallowed', name);
    if (it.isConfigurable) {
      addOrReplace(rt, global, name, value, attributes);
      return;
    }
    setProperty(rt, global, name, value, true);
    return;
  }
  if (!isExtensibleMap(heap, heap.get(global, HeapObject.Map))) throwTypeError(rt, 'DefineDisallowed', name);
  addOrReplace(rt, global, name, value, attributes);
};

// --- global loads and stores (slow paths of the ICs) ------------------------------------------------------------------------

/** A global variable's value; ReferenceError when there is none (not inside typeof). May run JavaScript (getters). */
export const loadGlobal = (rt: Runtime, name: Tagged, insideTypeof: boolean): Tagged => {
  const heap = rt.heap;
  const slot = scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name);
  if (slot !== undefined) {
    const value = heap.getElement(slot.context, Context.Slots, slot.slot);
    if (value === StaticRoot.TheHole) throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    return value;
  }
  return getGlobalProperty(rt, name, insideTypeof);
};

/** A property of the global object; ReferenceError when there is none (not inside typeof). May run JavaScript. */
export const getGlobalProperty = (rt: Runtime, name: Tagged, insideTypeof: boolean): Tagged => {
  if (hasInterceptedGlobal(rt)) return getInterceptedGlobal(rt, name, insideTypeof);
  const it = new LookupIterator(rt).startName(rt.intrinsic(NativeContextSlot.GlobalObject), name);
  switch (it.state) {
    case LookupState.Data:
      return it.value;
    case LookupState.Accessor:
      return callGetter(rt, it.value, it.holder, rt.intrinsic(NativeContextSlot.GlobalProxy));
    case LookupState.Proxy:
      return getGlobalBehindProxy(rt, name, insideTypeof);
    default:
      if (insideTypeof) return StaticRoot.Undefined;
      throwReferenceError(rt, 'NotDefined', name);
  }
};

/** The same when somebody is asked first. Plain data of the sandbox is read without asking. */
const getInterceptedGlobal = (rt: Runtime, name: Tagged, insideTypeof: boolean): Tagged => {
  const sandbox = rt.intrinsic(NativeContextSlot.SandboxObject);
  const it = new LookupIterator(rt).startName(sandbox, name);
  if (it.state === LookupState.Data)
    return it.value === sandbox ? rt.intrinsic(NativeContextSlot.GlobalProxy) : it.value;
  const own = new LookupIterator(rt).startName(rt.intrinsic(NativeContextSlot.GlobalObject), name);
  if (!it.found && own.state === LookupState.Data) return own.value;
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const n = heap.handle(name);
    const value = heap.handle(getProperty(rt, rt.intrinsic(NativeContextSlot.GlobalProxy), name));
    const isThere = heap.deref(value) !== StaticRoot.Undefined || insideTypeof;
    if (isThere || hasProperty(rt, rt.intrinsic(NativeContextSlot.GlobalProxy), heap.deref(n)))
      return heap.deref(value);
    throwReferenceError(rt, 'NotDefined', heap.deref(n));
  } finally {
    heap.closeHandles(scope);
  }
};

/** The same when a proxy stands on the global object's chain. */
const getGlobalBehindProxy = (rt: Runtime, name: Tagged, insideTypeof: boolean): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const kept = heap.handle(name);
    if (hasProperty(rt, rt.intrinsic(NativeContextSlot.GlobalObject), name))
      return getProperty(rt, rt.intrinsic(NativeContextSlot.GlobalObject), heap.deref(kept));
    if (insideTypeof) return StaticRoot.Undefined;
    throwReferenceError(rt, 'NotDefined', heap.deref(kept));
  } finally {
    heap.closeHandles(scope);
  }
};

/** Assignment to a global variable. May run JavaScript (setters). */
export const storeGlobal = (rt: Runtime, name: Tagged, value: Tagged, strict: boolean): void => {
  const heap = rt.heap;
  const slot = scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name);
  if (slot !== undefined) {
    const field = elementAt(Context.Slots, slot.slot);
    if (heap.get(slot.context, field) === StaticRoot.TheHole)
      throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    if (slot.mode === 2) throwTypeError(rt, 'ConstAssign');
    heap.set(slot.context, field, value);
    return;
  }
  setGlobalProperty(rt, name, value, strict);
};

/** Assignment to a property of the global object, in strict code to one that is there. May run JavaScript. */
export const setGlobalProperty = (rt: Runtime, name: Tagged, value: Tagged, strict: boolean): void => {
  if (hasInterceptedGlobal(rt)) {
    setInterceptedGlobal(rt, name, value, strict);
    return;
  }
  if (strict) {
    const it = new LookupIterator(rt).startName(rt.intrinsic(NativeContextSlot.GlobalObject), name);
    // a proxy counts as found, as in V8, whatever its `has` says
    if (!it.found) throwReferenceError(rt, 'NotDefined', name);
  }
  const proxy = rt.intrinsic(NativeContextSlot.GlobalProxy);
  // a realm whose global proxy was taken away still has its variables
  setProperty(rt, isExotic(rt, proxy) ? rt.intrinsic(NativeContextSlot.GlobalObject) : proxy, name, value, strict);
};

const isOwnWritable = (rt: Runtime, object: Tagged, name: Tagged): boolean => {
  const it = new LookupIterator(rt).startName(object, name, true);
  return it.state === LookupState.Data && !it.isReadOnly;
};

/** The same when somebody is asked first: the receiver of a variable's assignment is the global object itself. */
const setInterceptedGlobal = (rt: Runtime, name: Tagged, value: Tagged, strict: boolean): void => {
  const { heap } = rt;
  const sandbox = rt.intrinsic(NativeContextSlot.SandboxObject);
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  // plain data of both needs nobody's word
  if (isOwnWritable(rt, sandbox, name) && isOwnWritable(rt, global, name)) {
    addOrReplace(rt, sandbox, name, value, new LookupIterator(rt).startName(sandbox, name, true).attributes);
    addOrReplace(rt, global, name, value, new LookupIterator(rt).startName(global, name, true).attributes);
    return;
  }
  const scope = heap.openHandles();
  try {
    const n = heap.handle(name);
    const v = heap.handle(value);
    const proxy = rt.intrinsic(NativeContextSlot.GlobalProxy);
    // in V8 a function is assigned even when nothing has its name
    if (strict && !isCallable(rt, value) && !hasProperty(rt, proxy, name))
      throwReferenceError(rt, 'NotDefined', heap.deref(n));
    setPropertyWithReceiver(
      rt,
      rt.intrinsic(NativeContextSlot.GlobalProxy),
      heap.deref(n),
      heap.deref(v),
      rt.intrinsic(NativeContextSlot.GlobalObject),
      strict,
    );
  } finally {
    heap.closeHandles(scope);
  }
};

// --- lookup slots (with, sloppy eval) -----------------------------------------------------------------------------------------

export interface LookupSlot {
  readonly kind: 'object' | 'context' | 'global';
  readonly holder: Tagged;
  readonly slot: number;
  /** 0 var, 1 let, 2 const; the name of a sloppy function expression is a const that ignores assignments. */
  readonly mode: number;
  readonly isSloppyFunctionName: boolean;
}

const globalSlot: LookupSlot = {
  kind: 'global',
  holder: StaticRoot.Undefined,
  slot: 0,
  mode: 0,
  isSloppyFunctionName: false,
};

const objectSlot = (holder: Tagged): LookupSlot => ({ ...globalSlot, kind: 'object', holder });

/** A with statement's object hides names in its @@unscopables. May run JavaScript. */
const isUnscopable = (rt: Runtime, object: Tagged, name: number): boolean => {
  const list = getProperty(rt, object, rootSymbol(rt.heap, 'unscopables_symbol'));
  return isJSReceiver(rt, list) && toBoolean(rt, getProperty(rt, list, rt.heap.deref(name)));
};

/** The innermost context that vars are declared in, from `context` outwards. */
const declarationContext = (rt: Runtime, context: Tagged): Tagged => {
  const { heap } = rt;
  const isDeclaration = (c: Tagged): boolean => {
    const map = heap.get(c, HeapObject.Map);
    if (map === StaticRoot.WithContextMap || map === StaticRoot.CatchContextMap) return false;
    const flags = heap.get(heap.get(c, Context.ScopeInfo), ScopeInfo.Flags) >> 1;
    if (map === StaticRoot.EvalContextMap) return (flags & (1 << 4)) !== 0;
    // the body of a function with patterns or defaults
    if (map === StaticRoot.BlockContextMap) return (flags & (1 << 5)) !== 0;
    return true;
  };
  while (context !== rt.nativeContext && !isDeclaration(context)) context = heap.get(context, Context.Previous);
  return context;
};

const isGlobalContext = (rt: Runtime, context: Tagged): boolean =>
  context === rt.nativeContext || rt.heap.get(context, HeapObject.Map) === StaticRoot.ScriptContextMap;

/** Context::Lookup from `context` outwards. May run JavaScript (the object of a with statement). */
export const lookupSlot = (rt: Runtime, context: Tagged, name: Tagged): LookupSlot => {
  const { heap } = rt;
  const scope = heap.openHandles();
  const c = heap.handle(context);
  const n = heap.handle(name);
  try {
    for (;;) {
      if (isGlobalContext(rt, heap.deref(c)) || heap.deref(c) === StaticRoot.Undefined) return globalSlot;
      const found =
        heap.get(heap.deref(c), HeapObject.Map) === StaticRoot.WithContextMap
          ? lookupInWith(rt, heap.get(heap.deref(c), Context.Extension), n)
          : lookupInContext(rt, heap.deref(c), heap.deref(n));
      if (found !== undefined) return found;
      heap.setHandle(c, heap.get(heap.deref(c), Context.Previous));
    }
  } finally {
    heap.closeHandles(scope);
  }
};

/** A with statement's object, when it has the name. @param name a handle */
const lookupInWith = (rt: Runtime, object: Tagged, name: number): LookupSlot | undefined => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const o = heap.handle(object);
    if (!hasProperty(rt, object, heap.deref(name)) || isUnscopable(rt, heap.deref(o), name)) return undefined;
    return objectSlot(heap.deref(o));
  } finally {
    heap.closeHandles(scope);
  }
};

/** What one context binds the name to, which is no with statement's. Runs no JavaScript. */
const lookupInContext = (rt: Runtime, c: Tagged, name: Tagged): LookupSlot | undefined => {
  const { heap } = rt;
  const scopeInfo = heap.get(c, Context.ScopeInfo);
  const header = contextHeaderLength(rt, scopeInfo);
  if (header === 3) {
    // the variables of sloppy evals, without a prototype
    const extension = heap.get(c, Context.Extension);
    if (isJSReceiver(rt, extension) && new LookupIterator(rt).startName(extension, name, true).found)
      return objectSlot(extension);
  }
  const count = contextLocalCount(rt, scopeInfo);
  for (let i = 0; i < count; i++) {
    if (heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i) !== name) continue;
    const traits = heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i + 1) >> 1;
    return {
      kind: 'context',
      holder: c,
      slot: header + i,
      mode: traits & 3,
      isSloppyFunctionName: (traits & (1 << 8)) !== 0,
    };
  }
  return undefined;
};

/** The value of a dynamic name. May run JavaScript. */
export const loadLookupSlot = (rt: Runtime, context: Tagged, name: Tagged, insideTypeof: boolean): Tagged => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const n = heap.handle(name);
    return loadFoundSlot(rt, lookupSlot(rt, context, name), heap.deref(n), insideTypeof);
  } finally {
    heap.closeHandles(scope);
  }
};

/** The value of what a lookup found. May run JavaScript. */
export const loadFoundSlot = (rt: Runtime, found: LookupSlot, name: Tagged, insideTypeof: boolean): Tagged => {
  if (found.kind === 'object') return getProperty(rt, found.holder, name);
  if (found.kind === 'context') {
    const value = rt.heap.getElement(found.holder, Context.Slots, found.slot);
    if (value === StaticRoot.TheHole) throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    return value;
  }
  return loadGlobal(rt, name, insideTypeof);
};

export const storeLookupSlot = (rt: Runtime, context: Tagged, name: Tagged, value: Tagged, strict: boolean): void => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const v = heap.handle(value);
    const n = heap.handle(name);
    const found = lookupSlot(rt, context, name);
    storeFoundSlot(rt, found, heap.deref(n), heap.deref(v), strict);
  } finally {
    heap.closeHandles(scope);
  }
};

const storeFoundSlot = (rt: Runtime, found: LookupSlot, name: Tagged, value: Tagged, strict: boolean): void => {
  if (found.kind === 'object') {
    setProperty(rt, found.holder, name, value, strict);
    return;
  }
  if (found.kind === 'context') {
    const field = elementAt(Context.Slots, found.slot);
    if (rt.heap.get(found.holder, field) === StaticRoot.TheHole)
      throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    if (found.isSloppyFunctionName && !strict) return;
    if (found.mode === 2) throwTypeError(rt, 'ConstAssign');
    rt.heap.set(found.holder, field, value);
    return;
  }
  storeGlobal(rt, name, value, strict);
};

/** Annex B: a block's function goes to the var of the same name in the scope around the eval. */
export const storeLookupSlotHoisting = (rt: Runtime, context: Tagged, name: Tagged, value: Tagged): void => {
  const { heap } = rt;
  const c = declarationContext(rt, context);
  const found = isGlobalContext(rt, c) ? undefined : lookupInContext(rt, c, name);
  if (found?.kind === 'object') setProperty(rt, found.holder, name, value, false);
  else if (found?.kind === 'context') heap.setElement(c, Context.Slots, found.slot, value);
  else storeGlobal(rt, name, value, false);
};

export const deleteLookupSlot = (rt: Runtime, context: Tagged, name: Tagged): boolean => {
  const { heap } = rt;
  const scope = heap.openHandles();
  try {
    const n = heap.handle(name);
    const found = lookupSlot(rt, context, name);
    if (found.kind === 'context') return false;
    const global = hasInterceptedGlobal(rt) ? NativeContextSlot.GlobalProxy : NativeContextSlot.GlobalObject;
    const object = found.kind === 'object' ? found.holder : rt.intrinsic(global);
    return deleteProperty(rt, object, heap.deref(n), false);
  } finally {
    heap.closeHandles(scope);
  }
};

/** DeclareEvalVar / DeclareEvalFunction: a variable of sloppy eval code in the nearest variable context. */
export const declareEval = (rt: Runtime, context: Tagged, name: Tagged, value: Tagged, isFunction: boolean): void => {
  const heap = rt.heap;
  const c = declarationContext(rt, context);
  if (isGlobalContext(rt, c)) {
    declareGlobal(rt, name, value, isFunction, PropertyAttributes.None);
    return;
  }
  const found = lookupInContext(rt, c, name);
  if (found?.kind === 'context') {
    if (isFunction) heap.setElement(c, Context.Slots, found.slot, value);
    return;
  }
  let extension = heap.get(c, Context.Extension);
  if (extension === StaticRoot.Undefined || extension === StaticRoot.TheHole) {
    extension = rt.factory.newJSObject(rt.intrinsic(NativeContextSlot.NullPrototypeMap));
    heap.set(c, Context.Extension, extension);
  }
  if (isFunction || !new LookupIterator(rt).startName(extension, name, true).found)
    addOrReplace(rt, extension, name, value, PropertyAttributes.None);
};

// --- arguments objects --------------------------------------------------------------------------------------------------------

/** `arguments` of a strict function (or one with complex parameters): unmapped. `argument(i)` reads the frame. */
export const newStrictArguments = (rt: Runtime, count: number, argument: (i: number) => Tagged): Tagged => {
  const { heap, factory } = rt;
  const object = factory.newJSObject(rt.intrinsic(NativeContextSlot.StrictArgumentsMap));
  heap.set(object, JSArgumentsObject.Length, count << 1);
  fillElements(rt, object, count, 0, argument);
  return object;
};

/** A rest parameter's array: arguments from `start` on. */
export const newRestArray = (rt: Runtime, count: number, start: number, argument: (i: number) => Tagged): Tagged => {
  const words: Tagged[] = [];
  for (let i = start; i < count; i++) words.push(argument(i));
  return rt.factory.newJSArrayFrom(words, ElementsKind.Packed);
};

/**
 * Mapped `arguments` of a sloppy function: elements of parameters that live in the context are aliases.
 *   elements: SloppyArgumentsElements [length][context][arguments FixedArray][mapped entry: context slot Smi or the_hole]*
 */
export const newSloppyArguments = (
  rt: Runtime,
  callee: Tagged,
  context: Tagged,
  count: number,
  argument: (i: number) => Tagged,
): Tagged => {
  const { heap, factory } = rt;
  const sfi = heap.get(callee, JSFunction.SharedFunctionInfo);
  const formal = heap.getI32(sfi, SharedFunctionInfo.FormalParameterCount);
  const slots = mappedParameterSlots(rt, sfi, formal);
  const mapped = slots.some((slot) => slot >= 0);
  const object = factory.newJSObject(
    rt.intrinsic(mapped ? NativeContextSlot.FastAliasedArgumentsMap : NativeContextSlot.SloppyArgumentsMap),
  );
  heap.set(object, JSArgumentsObject.Length, count << 1);
  heap.set(object, JSArgumentsObject.Callee, callee);
  if (!mapped) {
    fillElements(rt, object, count, 0, argument);
    return object;
  }
  const values = factory.newFixedArray(count, StaticRoot.TheHole);
  for (let i = 0; i < count; i++) {
    const aliased = i < formal && slots[i]! >= 0;
    heap.setElement(values, FixedArray.Elements, i, aliased ? StaticRoot.TheHole : argument(i));
  }
  const n = Math.min(formal, count);
  const elements = factory.newArrayLike(StaticRoot.SloppyArgumentsElementsMap, 2 + n, StaticRoot.TheHole);
  heap.set(elements, FixedArray.Elements, context);
  heap.setElement(elements, FixedArray.Elements, 1, values);
  for (let i = 0; i < n; i++)
    if (slots[i]! >= 0) heap.initElement(elements, FixedArray.Elements, i + 2, slots[i]! << 1);
  heap.set(object, JSObject.Elements, elements);
  return object;
};

/** Context slot of each formal parameter that is context-allocated, −1 otherwise. The ScopeInfo knows. */
export const mappedParameterSlots = (rt: Runtime, sfi: Tagged, formal: number): number[] => {
  const heap = rt.heap;
  const scopeInfo = heap.get(sfi, SharedFunctionInfo.ScopeInfo);
  const id = heap.getI32(sfi, SharedFunctionInfo.UniqueId);
  const known = rt.mappedParameterSlots.get(id);
  if (known !== undefined) return known;
  const slots = new Array<number>(formal).fill(-1);
  rt.mappedParameterSlots.set(id, slots);
  if (formal === 0 || scopeInfo === StaticRoot.EmptyScopeInfo || contextLocalCount(rt, scopeInfo) === 0) return slots;
  const header = contextHeaderLength(rt, scopeInfo);
  const count = contextLocalCount(rt, scopeInfo);
  for (let k = 0; k < count; k++) {
    const parameter = (heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * k + 1) >> 10) - 1;
    if (parameter >= 0 && parameter < formal) slots[parameter] = header + k;
  }
  return slots;
};

const fillElements = (
  rt: Runtime,
  object: Tagged,
  count: number,
  start: number,
  argument: (i: number) => Tagged,
): void => {
  if (count <= start) return;
  const elements = rt.factory.newFixedArray(count - start, StaticRoot.Undefined);
  for (let i = start; i < count; i++) rt.heap.setElement(elements, FixedArray.Elements, i - start, argument(i));
  rt.heap.set(object, JSObject.Elements, elements);
};
