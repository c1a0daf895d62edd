// Handlers of contexts, globals, dynamic scope lookups and modules.

import { getSlot, isFeedbackVector, setSlot } from '../../feedback/index.ts';
import { elementAt, type Tagged } from '../../heap/index.ts';
import {
  Cell,
  Context,
  contextLength,
  FixedArray,
  globalDictionaryFindCell,
  HeapObject,
  JSFunction,
  JSObject,
  PropertyCell,
  Root,
  root,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  scriptContextTableLookup,
  type TaggedField,
} from '../../objects/index.ts';
import {
  lookupSlot as findLookupSlot,
  getGlobalProperty,
  getProperty,
  hasInterceptedGlobal,
  loadFoundSlot,
  loadLookupSlot,
  NativeContextSlot,
  setGlobalProperty,
  storeLookupSlot,
  storeLookupSlotHoisting,
  throwReferenceError,
  throwTypeError,
  toObject,
} from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

type Handler = (t: Interpreter) => Next;

const walk = (t: Interpreter, context: Tagged, depth: number): Tagged => {
  for (; depth > 0; depth--) context = t.heap.get(context, Context.Previous);
  return context;
};

const slotField = (slot: number): TaggedField => elementAt(Context.Slots, slot);

export const LdaContextSlot: Handler = (t) => {
  t.acc = t.heap.get(walk(t, t.reg(t.ops[0]!), t.ops[2]!), slotField(t.ops[1]!));
  return Next.Continue;
};
export const LdaCurrentContextSlot: Handler = (t) => {
  t.acc = t.heap.get(t.context, slotField(t.ops[0]!));
  return Next.Continue;
};
export const StaContextSlot: Handler = (t) => {
  t.heap.set(walk(t, t.reg(t.ops[0]!), t.ops[2]!), slotField(t.ops[1]!), t.acc);
  return Next.Continue;
};
export const StaCurrentContextSlot: Handler = (t) => {
  t.heap.set(t.context, slotField(t.ops[0]!), t.acc);
  return Next.Continue;
};
export const PushContext: Handler = (t) => {
  t.setReg(t.ops[0]!, t.context);
  t.setReg(-1, t.acc);
  return Next.Continue;
};
export const PopContext: Handler = (t) => {
  t.setReg(-1, t.reg(t.ops[0]!));
  return Next.Continue;
};

// --- globals -----------------------------------------------------------------------------------------------------------------

const scriptSlotShift = 13; // Smi word: context index in bits 1–12, slot above

const loadGlobal = (t: Interpreter, name: Tagged, slot: number, insideTypeof: boolean): Tagged => {
  const rt = t.rt;
  const heap = t.heap;
  const vector = t.vector;
  const hasVector = slot >= 0 && isFeedbackVector(heap, vector);
  const table = root(heap, Root.ScriptContextTable);
  if (hasVector) {
    const known = getSlot(heap, vector, slot);
    if ((known & 1) === 0) {
      // [length, contexts …]
      const context = heap.getElement(table, FixedArray.Elements, (known >> 1) & 0xfff);
      const value = heap.get(context, slotField(known >> scriptSlotShift));
      if (value !== StaticRoot.TheHole) return value;
    }
  }
  const found = scriptContextTableLookup(heap, table, name);
  if (found !== undefined) {
    const value = heap.get(found.context, slotField(found.slot));
    if (value === StaticRoot.TheHole) throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    if (hasVector && found.contextIndex + 1 < 0x1000)
      setSlot(heap, vector, slot, ((found.contextIndex + 1) << 1) | (found.slot << scriptSlotShift));
    return value;
  }
  if (hasInterceptedGlobal(rt)) return getGlobalProperty(rt, name, insideTypeof);
  const global = rt.intrinsic(NativeContextSlot.GlobalObject);
  const cell = globalDictionaryFindCell(heap, heap.get(global, JSObject.PropertiesOrHash), name);
  if (cell !== 0 && heap.get(cell, PropertyCell.Value) !== StaticRoot.TheHole) {
    const value = heap.get(cell, PropertyCell.Value);
    const isAccessor =
      (value & 1) !== 0 &&
      (heap.get(value, HeapObject.Map) === StaticRoot.AccessorPairMap ||
        heap.get(value, HeapObject.Map) === StaticRoot.AccessorInfoMap);
    if (!isAccessor) {
      if (hasVector) setSlot(heap, vector, slot, cell | 2);
      return value;
    }
    return getProperty(rt, global, name);
  }
  return getGlobalProperty(rt, name, insideTypeof);
};

export const LdaGlobal: Handler = (t) => {
  t.acc = loadGlobal(t, t.constant(t.ops[0]!), t.ops[1]!, false);
  return Next.Continue;
};
export const LdaGlobalInsideTypeof: Handler = (t) => {
  t.acc = loadGlobal(t, t.constant(t.ops[0]!), t.ops[1]!, true);
  return Next.Continue;
};

const isStrict = (t: Interpreter): boolean =>
  (t.heap.getI32(t.heap.get(t.closure, JSFunction.SharedFunctionInfo), SharedFunctionInfo.Flags) &
    SharedFunctionFlags.Strict) !==
  0;

/** Assigns to the let, const or class that a script has declared; whether one has. */
const storeScriptVariable = (t: Interpreter, name: Tagged, value: Tagged): boolean => {
  const { rt, heap } = t;
  const found = scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name);
  if (found === undefined) return false;
  if (heap.get(found.context, slotField(found.slot)) === StaticRoot.TheHole)
    throwReferenceError(rt, 'AccessedUninitializedVariable', name);
  if (found.mode === 2) throwTypeError(rt, 'ConstAssign', name);
  heap.set(found.context, slotField(found.slot), value);
  return true;
};

/** The feedback of a store: the name's property cell, if it has one now. */
const recordGlobalStore = (t: Interpreter, name: Tagged, slot: number): void => {
  const { rt, heap, vector } = t;
  if (slot < 0 || !isFeedbackVector(heap, vector) || hasInterceptedGlobal(rt)) return;
  const dictionary = heap.get(rt.intrinsic(NativeContextSlot.GlobalObject), JSObject.PropertiesOrHash);
  const cell = globalDictionaryFindCell(heap, dictionary, name);
  if (cell !== 0) setSlot(heap, vector, slot, cell | 2);
};

export const StaGlobal: Handler = (t) => {
  if (storeScriptVariable(t, t.constant(t.ops[0]!), t.acc)) return Next.Continue;
  setGlobalProperty(t.rt, t.constant(t.ops[0]!), t.acc, isStrict(t));
  recordGlobalStore(t, t.constant(t.ops[0]!), t.ops[1]!);
  return Next.Continue;
};

// --- dynamic lookups (with, sloppy eval) -------------------------------------------------------------------------------------------

export const lookupSlot =
  (insideTypeof: boolean): Handler =>
  (t) => {
    t.acc = loadLookupSlot(t.rt, t.context, t.constant(t.ops[0]!), insideTypeof);
    return Next.Continue;
  };

export const StaLookupSlot: Handler = (t) => {
  const scope = t.heap.openHandles();
  const value = t.heap.handle(t.acc);
  const name = t.constant(t.ops[0]!);
  if ((t.ops[1]! & 2) !== 0) storeLookupSlotHoisting(t.rt, t.context, name, t.acc);
  else storeLookupSlot(t.rt, t.context, name, t.acc, (t.ops[1]! & 1) !== 0);
  t.acc = t.heap.deref(value);
  t.heap.closeHandles(scope);
  return Next.Continue;
};

/** LoadLookupSlotForCall: (value, receiver) of a call through a dynamic name. */
export const loadLookupForCall = (t: Interpreter, name: Tagged, out: number): void => {
  const { heap } = t;
  const scope = heap.openHandles();
  const n = heap.handle(name);
  const found = findLookupSlot(t.rt, t.context, name);
  const receiver = heap.handle(found.kind === 'object' ? found.holder : StaticRoot.Undefined);
  const value = loadFoundSlot(t.rt, found, heap.deref(n), false);
  t.setReg(out, value);
  t.setReg(out - 1, heap.deref(receiver));
  heap.closeHandles(scope);
};

// --- making contexts -----------------------------------------------------------------------------------------------------------------

const makeContext = (t: Interpreter, map: Tagged, info: Tagged, slots: number): Tagged =>
  t.rt.factory.newContext(map, slots, info, t.context);

export const CreateFunctionContext: Handler = (t) => {
  const info = t.constant(t.ops[0]!);
  t.acc = makeContext(t, StaticRoot.FunctionContextMap, info, Math.max(contextLength(t.heap, info), 2 + t.ops[1]!));
  return Next.Continue;
};
export const CreateEvalContext: Handler = (t) => {
  const info = t.constant(t.ops[0]!);
  t.acc = makeContext(t, StaticRoot.EvalContextMap, info, Math.max(contextLength(t.heap, info), 2 + t.ops[1]!));
  return Next.Continue;
};
export const CreateBlockContext: Handler = (t) => {
  const info = t.constant(t.ops[0]!);
  t.acc = makeContext(t, StaticRoot.BlockContextMap, info, contextLength(t.heap, info));
  return Next.Continue;
};
export const CreateCatchContext: Handler = (t) => {
  const context = makeContext(t, StaticRoot.CatchContextMap, t.constant(t.ops[1]!), 3);
  t.heap.set(context, Context.Extension, t.reg(t.ops[0]!));
  t.acc = context;
  return Next.Continue;
};
export const CreateWithContext: Handler = (t) => {
  const object = toObject(t.rt, t.reg(t.ops[0]!));
  const context = makeContext(t, StaticRoot.WithContextMap, t.constant(t.ops[1]!), 3);
  t.heap.set(context, Context.Extension, object);
  t.acc = context;
  return Next.Continue;
};

// --- modules ---------------------------------------------------------------------------------------------------------------------------

/** A module context's slot 2 holds a FixedArray of cells: exports at index − 1, imports (negative indices) after them. */
const moduleCell = (t: Interpreter, index: number, depth: number): Tagged => {
  const module = t.heap.get(walk(t, t.context, depth), Context.Extension);
  const exports = t.heap.get(module, FixedArray.Elements);
  const imports = t.heap.getElement(module, FixedArray.Elements, 1);
  return index > 0
    ? t.heap.getElement(exports, FixedArray.Elements, index - 1)
    : t.heap.getElement(imports, FixedArray.Elements, -index - 1);
};
export const LdaModuleVariable: Handler = (t) => {
  t.acc = t.heap.get(moduleCell(t, t.ops[0]!, t.ops[1]!), Cell.Value);
  return Next.Continue;
};
export const StaModuleVariable: Handler = (t) => {
  t.heap.set(moduleCell(t, t.ops[0]!, t.ops[1]!), Cell.Value, t.acc);
  return Next.Continue;
};
