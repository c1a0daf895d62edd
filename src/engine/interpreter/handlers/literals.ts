// Handlers that make objects: literals from boilerplates, closures, arguments objects, template objects.

import {
  arrayLiteral,
  closureFeedbackCell,
  getSlot,
  isFeedbackVector,
  objectLiteral,
  setSlot,
} from '../../feedback/index.ts';
import { FrameWord } from '../../frames/index.ts';
import { fieldAtWord, type Tagged } from '../../heap/index.ts';
import {
  BytecodeArray,
  ElementsKind,
  FeedbackCell,
  HeapObject,
  JSFunction,
  noInterruptBudget,
  RegExpBoilerplateDescription,
  SharedFunctionInfo,
  StaticRoot,
  siteElementsKind,
} from '../../objects/index.ts';
import {
  createArrayFromIterable,
  newClosure,
  newEmptyArray,
  newRestArray,
  newSloppyArguments,
  newStrictArguments,
  newTemplateObject,
  objectLiteralMap,
} from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

type Handler = (t: Interpreter) => Next;

export const CreateObjectLiteral: Handler = (t) => {
  t.acc = objectLiteral(t.rt, t.vector, t.ops[1]!, t.constant(t.ops[0]!), t.ops[2]!);
  return Next.Continue;
};
export const CreateArrayLiteral: Handler = (t) => {
  t.acc = arrayLiteral(t.rt, t.vector, t.ops[1]!, t.constant(t.ops[0]!), t.ops[2]!);
  return Next.Continue;
};
export const CreateEmptyObjectLiteral: Handler = (t) => {
  t.acc = t.rt.factory.newJSObject(objectLiteralMap(t.rt, 4));
  return Next.Continue;
};
export const CreateEmptyArrayLiteral: Handler = (t) => {
  const heap = t.heap;
  const vector = t.vector;
  if (!isFeedbackVector(heap, vector)) {
    t.acc = newEmptyArray(t.rt);
    return Next.Continue;
  }
  let site = getSlot(heap, vector, t.ops[0]!);
  if ((site & 1) === 0) {
    site = t.rt.factory.newAllocationSite(ElementsKind.PackedSmi << 1);
    setSlot(heap, vector, t.ops[0]!, site);
  }
  t.acc = newEmptyArray(t.rt, siteElementsKind(heap, site), site);
  return Next.Continue;
};
export const CreateArrayFromIterable: Handler = (t) => {
  t.acc = createArrayFromIterable(t.rt, t.acc);
  return Next.Continue;
};
export const GetTemplateObject: Handler = (t) => {
  const heap = t.heap;
  const vector = t.vector;
  if (!isFeedbackVector(heap, vector)) {
    // without feedback the constant itself is replaced, so that the object is made once
    const word = t.cp + t.ops[0]!;
    const constant = t.constant(t.ops[0]!);
    if (heap.get(constant, HeapObject.Map) !== StaticRoot.TemplateObjectDescriptionMap) t.acc = constant;
    else {
      t.acc = newTemplateObject(t.rt, constant);
      const pool = heap.get(heap.i32[t.fp + FrameWord.BytecodeArray]!, BytecodeArray.ConstantPool);
      heap.set(pool, fieldAtWord(word - ((pool - 1) >> 2)), t.acc);
    }
    return Next.Continue;
  }
  const known = getSlot(heap, vector, t.ops[1]!);
  if ((known & 1) !== 0) t.acc = known;
  else {
    const constant = t.constant(t.ops[0]!);
    t.acc =
      heap.get(constant, HeapObject.Map) !== StaticRoot.TemplateObjectDescriptionMap
        ? constant
        : newTemplateObject(t.rt, constant);
    setSlot(heap, vector, t.ops[1]!, t.acc);
  }
  return Next.Continue;
};
export const CreateRegExpLiteral: Handler = (t) => {
  const constant = t.constant(t.ops[0]!);
  const source =
    t.heap.get(constant, HeapObject.Map) === StaticRoot.RegExpBoilerplateDescriptionMap
      ? t.heap.get(constant, RegExpBoilerplateDescription.Source)
      : constant;
  t.acc = t.hooks.newRegExp(source, t.ops[2]!);
  return Next.Continue;
};

// --- closures ----------------------------------------------------------------------------------------------------------------------

/** CreateClosure's bookkeeping of a feedback cell: the first interrupt budget (newClosure counts closures). */
export const noteClosure = (t: Interpreter, sfi: Tagged, cell: Tagged): void => {
  const heap = t.heap;
  const data = heap.get(sfi, SharedFunctionInfo.FunctionData);
  if (
    heap.getI32(cell, FeedbackCell.InterruptBudget) === noInterruptBudget &&
    (data & 1) !== 0 &&
    heap.get(data, HeapObject.Map) === StaticRoot.BytecodeArrayMap
  ) {
    heap.setI32(cell, FeedbackCell.InterruptBudget, t.hooks.initialBudget(heap.get(data, BytecodeArray.Length) >> 1));
  }
};

export const CreateClosure: Handler = (t) => {
  const sfi = t.constant(t.ops[0]!);
  const cell = closureFeedbackCell(t.rt, t.closure, t.ops[1]!);
  noteClosure(t, sfi, cell);
  t.acc = newClosure(t.rt, sfi, t.context, cell);
  return Next.Continue;
};

// --- arguments ---------------------------------------------------------------------------------------------------------------------

const argumentCount = (t: Interpreter): number => t.heap.i32[t.fp + FrameWord.ArgumentCount]! - 1;
const argumentAt =
  (t: Interpreter) =>
  (i: number): Tagged =>
    t.heap.i32[t.fp + FrameWord.FirstArgument + 2 * i]!;

export const CreateMappedArguments: Handler = (t) => {
  t.acc = newSloppyArguments(t.rt, t.closure, t.context, argumentCount(t), argumentAt(t));
  return Next.Continue;
};
export const CreateUnmappedArguments: Handler = (t) => {
  t.acc = newStrictArguments(t.rt, argumentCount(t), argumentAt(t));
  return Next.Continue;
};
export const CreateRestParameter: Handler = (t) => {
  const formal = t.heap.getI32(
    t.heap.get(t.closure, JSFunction.SharedFunctionInfo),
    SharedFunctionInfo.FormalParameterCount,
  );
  t.acc = newRestArray(t.rt, argumentCount(t), formal, argumentAt(t));
  return Next.Continue;
};
