// TurboFan's runtime stubs: what optimized code calls for operations that it does not specialize. One row a stub; calling
// convention of runtime functions (arguments on the stack, GC-safe). Ids follow RuntimeFunction's.

import { argumentsElements } from '../deoptimizer/index.ts';
import {
  arrayLiteral,
  cloneBySite,
  defineInLiteral,
  defineKeyedOwn,
  defineNamedOwn,
  getSlot,
  isFeedbackVector,
  loadKeyed,
  loadNamed,
  objectLiteral,
  setSlot,
  storeKeyed,
  storeNamed,
} from '../feedback/index.ts';
import { FrameOffset } from '../frames/index.ts';
import { elementAt, IsolateData, smi, type Tagged } from '../heap/index.ts';
import {
  AllocationSite,
  arrayIndexOf,
  arrayLength,
  BytecodeArray,
  bigintValue,
  Context,
  charCodeAt,
  cloneFastArray,
  codePointAt,
  contextLength,
  ElementsKind,
  ensureWritableElements,
  FeedbackCell,
  FixedArray,
  FixedDoubleArray,
  fieldByEnumIndex,
  findInternalizedString,
  globalDictionaryFindCell,
  growElements,
  HeapObject,
  InstanceType,
  isDoubleHole,
  isViewOutOfBounds,
  JSObject,
  JSTypedArray,
  MapObject,
  mapElementsKind,
  newElementsCapacity,
  noInterruptBudget,
  numberValue,
  ownEnumKeys,
  PropertyCell,
  RegExpBoilerplateDescription,
  Root,
  root,
  SharedFunctionInfo,
  StaticRoot,
  scriptContextTableLookup,
  toHostString,
  transitionElements,
  typedElementSize,
  viewByteLength,
} from '../objects/index.ts';
import * as ops from '../runtime/index.ts';
import { BigIntWidth } from './graph/parameters.ts';

type Impl = ops.RuntimeFunctionImpl;
const bool = ops.toOddball;

const newContext = (rt: ops.Runtime, map: Tagged, info: Tagged, slots: number, previous: Tagged): Tagged =>
  rt.factory.newContext(map, slots, info, previous);

const loadGlobal = (rt: ops.Runtime, name: Tagged, insideTypeof: boolean): Tagged => {
  const { heap } = rt;
  const found = scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name);
  if (found !== undefined) {
    const value = heap.getElement(found.context, Context.Slots, found.slot);
    if (value === StaticRoot.TheHole) ops.throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    return value;
  }
  if (ops.hasInterceptedGlobal(rt)) return ops.getGlobalProperty(rt, name, insideTypeof);
  const global = rt.intrinsic(ops.NativeContextSlot.GlobalObject);
  const cell = globalDictionaryFindCell(heap, heap.get(global, JSObject.PropertiesOrHash), name);
  if (cell !== 0 && heap.get(cell, PropertyCell.Value) !== StaticRoot.TheHole) {
    const value = heap.get(cell, PropertyCell.Value);
    const map = (value & 1) === 0 ? 0 : heap.get(value, HeapObject.Map);
    if (map !== StaticRoot.AccessorPairMap && map !== StaticRoot.AccessorInfoMap) return value;
    return ops.getProperty(rt, global, name);
  }
  return ops.getGlobalProperty(rt, name, insideTypeof);
};

const storeGlobal = (rt: ops.Runtime, name: Tagged, value: Tagged, strict: boolean): void => {
  const { heap } = rt;
  const found = scriptContextTableLookup(heap, root(heap, Root.ScriptContextTable), name);
  if (found !== undefined) {
    const slot = elementAt(Context.Slots, found.slot);
    if (heap.get(found.context, slot) === StaticRoot.TheHole)
      ops.throwReferenceError(rt, 'AccessedUninitializedVariable', name);
    if (found.mode === 2) ops.throwTypeError(rt, 'ConstAssign', name);
    heap.set(found.context, slot, value);
    return;
  }
  ops.setGlobalProperty(rt, name, value, strict);
};

/** Letters of V8's JSRegExp flag bits, lowest first. */
const regExpFlags = 'gimyusldv';

const newArguments = (rt: ops.Runtime, a: ops.RuntimeArguments, count: number, at: (i: number) => Tagged): Tagged => {
  switch (a.at(0) >> 1) {
    case 0:
      return ops.newSloppyArguments(rt, a.at(2), a.at(3), count, at);
    case 1:
      return ops.newStrictArguments(rt, count, at);
    default:
      return ops.newRestArray(rt, count, a.at(1) >> 1, at);
  }
};

const spread = (rt: ops.Runtime, a: ops.RuntimeArguments, call: (args: Tagged[]) => Tagged): Tagged => {
  const list = a.at(a.length - 1);
  const before = a.length - 3;
  if (ops.isFastIterableArray(rt, list) && before + arrayLength(rt.heap, list) > ops.maxArguments)
    ops.throwRangeError(rt, 'StackOverflow');
  const words = ops.iterableToList(rt, list, 'spread');
  const args: Tagged[] = [];
  for (let i = 2; i < a.length - 1; i++) args.push(a.at(i));
  for (const word of words) args.push(word);
  return call(args);
};

/** Of a DataView's element: kind, view, offset; −1 where there is none. */
const addressInView = (rt: ops.Runtime, a: ops.RuntimeArguments): number => {
  const { heap } = rt;
  const [view, offset] = [a.at(1), a.at(2) >> 1];
  const data = ops.bufferData(rt, heap.get(view, JSTypedArray.Buffer));
  if (data < 0 || isViewOutOfBounds(heap, view)) return -1;
  if (offset + typedElementSize(a.at(0) >> 1) > viewByteLength(heap, view)) return -1;
  return data + (heap.get(view, JSTypedArray.ByteOffset) >> 1) + offset;
};

/** The first element that is the value; to `sameValueZero` a hole is undefined, and NaN is NaN. */
const indexInElements = (rt: ops.Runtime, a: ops.RuntimeArguments, equal: typeof ops.strictEquals): number => {
  const { heap } = rt;
  const [elements, value] = [a.at(0), a.at(1)];
  const isInclusion = equal === ops.sameValueZero;
  const isDouble = a.at(4) !== 0;
  const number = isDouble && ops.isNumber(rt, value) ? numberValue(heap, value) : undefined;
  for (let i = a.at(3) >> 1; i < a.at(2) >> 1; i++) {
    if (isDouble && !isDoubleHole(heap, elements, i)) {
      if (number === undefined) continue;
      const element = heap.getF64Element(elements, FixedDoubleArray.Elements, i);
      if (element === number || (isInclusion && Number.isNaN(element) && Number.isNaN(number))) return i;
      continue;
    }
    const element = isDouble ? StaticRoot.TheHole : heap.getElement(elements, FixedArray.Elements, i);
    if (element === StaticRoot.TheHole) {
      if (isInclusion && value === StaticRoot.Undefined) return i;
    } else if (equal(rt, element, value)) return i;
  }
  return -1;
};

/** An operation on one or two BigInts, whose last argument says how wide the result may be. */
const bigint = (
  rt: ops.Runtime,
  a: ops.RuntimeArguments,
  run: (rt: ops.Runtime, left: Tagged, right: Tagged) => Tagged,
): Tagged => {
  const width: BigIntWidth = a.at(a.length - 1) >> 1;
  try {
    const result = run(rt, a.at(0), a.at(1));
    if (width === BigIntWidth.Any) return result;
    const value = bigintValue(rt.heap, result);
    const low = BigInt.asIntN(64, value);
    if (low === value) return result;
    return width === BigIntWidth.Modulo64 ? rt.factory.newBigInt(low) : smi(1);
  } catch (error) {
    if (error !== ops.jsException) throw error;
    rt.takeException();
    return 0;
  }
};

/** The one quotient of 64 bits that overflows; V8 asks before the remainder, too. */
const isMinimumByMinusOne = (rt: ops.Runtime, a: ops.RuntimeArguments): boolean =>
  a.at(2) >> 1 === BigIntWidth.Signed64 &&
  bigintValue(rt.heap, a.at(1)) === -1n &&
  bigintValue(rt.heap, a.at(0)) === -(2n ** 63n);

/** What was passed to the optimized function that calls the stub, without the receiver. */
const callerArguments = ({ heap }: ops.Runtime): { readonly count: number; readonly at: (i: number) => Tagged } => {
  const fp = heap.i32[heap.readIsolateWord(IsolateData.CEntryFp) >> 2]!;
  return {
    count: heap.i32[(fp + FrameOffset.ArgumentCount) >> 2]! - 1,
    at: (i) => heap.i32[(fp + FrameOffset.FirstArgument + 8 * i) >> 2]!,
  };
};

export const turbofanStubs = {
  // operators
  TurbofanAdd: (rt, a) => ops.add(rt, a.at(0), a.at(1)),
  TurbofanSubtract: (rt, a) => ops.subtract(rt, a.at(0), a.at(1)),
  TurbofanMultiply: (rt, a) => ops.multiply(rt, a.at(0), a.at(1)),
  TurbofanDivide: (rt, a) => ops.divide(rt, a.at(0), a.at(1)),
  TurbofanModulus: (rt, a) => ops.modulus(rt, a.at(0), a.at(1)),
  TurbofanExponentiate: (rt, a) => ops.exponentiate(rt, a.at(0), a.at(1)),
  TurbofanBitwiseOr: (rt, a) => ops.bitwiseOr(rt, a.at(0), a.at(1)),
  TurbofanBitwiseXor: (rt, a) => ops.bitwiseXor(rt, a.at(0), a.at(1)),
  TurbofanBitwiseAnd: (rt, a) => ops.bitwiseAnd(rt, a.at(0), a.at(1)),
  TurbofanShiftLeft: (rt, a) => ops.shiftLeft(rt, a.at(0), a.at(1)),
  TurbofanShiftRight: (rt, a) => ops.shiftRight(rt, a.at(0), a.at(1)),
  TurbofanShiftRightLogical: (rt, a) => ops.shiftRightLogical(rt, a.at(0), a.at(1)),
  TurbofanIncrement: (rt, a) => ops.unary(rt, '++', a.at(0)),
  TurbofanDecrement: (rt, a) => ops.unary(rt, '--', a.at(0)),
  TurbofanNegate: (rt, a) => ops.unary(rt, '-', a.at(0)),
  TurbofanBitwiseNot: (rt, a) => ops.unary(rt, '~', a.at(0)),
  TurbofanEqual: (rt, a) => bool(ops.looselyEquals(rt, a.at(0), a.at(1))),
  TurbofanStrictEqual: (rt, a) => bool(ops.strictEquals(rt, a.at(0), a.at(1))),
  TurbofanLessThan: (rt, a) => bool(ops.lessThan(rt, a.at(0), a.at(1))),
  TurbofanGreaterThan: (rt, a) => bool(ops.greaterThan(rt, a.at(0), a.at(1))),
  TurbofanLessThanOrEqual: (rt, a) => bool(ops.lessThanOrEqual(rt, a.at(0), a.at(1))),
  TurbofanGreaterThanOrEqual: (rt, a) => bool(ops.greaterThanOrEqual(rt, a.at(0), a.at(1))),
  TurbofanInstanceOf: (rt, a) => bool(ops.instanceOf(rt, a.at(0), a.at(1))),
  TurbofanHasProperty: (rt, a) => {
    if (!ops.isJSReceiver(rt, a.at(1)))
      ops.throwTypeError(
        rt,
        'InvalidInOperatorUse',
        ops.renderForMessage(rt, a.at(0)),
        ops.renderForMessage(rt, a.at(1)),
      );
    const key = ops.toPropertyKey(rt, a.at(0));
    return bool(ops.hasProperty(rt, a.at(1), key));
  },
  TurbofanToNumber: (rt, a) => ops.toNumber(rt, a.at(0)),
  TurbofanToNumeric: (rt, a) => ops.toNumeric(rt, a.at(0)),
  TurbofanToString: (rt, a) => ops.toString(rt, a.at(0)),
  TurbofanToName: (rt, a) => ops.toPropertyKey(rt, a.at(0)),
  TurbofanToObject: (rt, a) => ops.toObject(rt, a.at(0)),
  TurbofanTypeOf: (rt, a) => ops.typeOf(rt, a.at(0)),
  TurbofanSameValue: (rt, a) => bool(ops.sameValue(rt, a.at(0), a.at(1))),

  // BigInts: the operands, and the width; Smi 0 where the result would be too big or a division is by 0, Smi 1 where it overflows
  TurbofanBigIntAdd: (rt, a) => bigint(rt, a, ops.add),
  TurbofanBigIntSubtract: (rt, a) => bigint(rt, a, ops.subtract),
  TurbofanBigIntMultiply: (rt, a) => bigint(rt, a, ops.multiply),
  TurbofanBigIntDivide: (rt, a) => (isMinimumByMinusOne(rt, a) ? smi(1) : bigint(rt, a, ops.divide)),
  TurbofanBigIntModulus: (rt, a) => (isMinimumByMinusOne(rt, a) ? smi(1) : bigint(rt, a, ops.modulus)),
  TurbofanBigIntBitwiseAnd: (rt, a) => bigint(rt, a, ops.bitwiseAnd),
  TurbofanBigIntBitwiseOr: (rt, a) => bigint(rt, a, ops.bitwiseOr),
  TurbofanBigIntBitwiseXor: (rt, a) => bigint(rt, a, ops.bitwiseXor),
  TurbofanBigIntShiftLeft: (rt, a) => bigint(rt, a, ops.shiftLeft),
  TurbofanBigIntShiftRight: (rt, a) => bigint(rt, a, ops.shiftRight),
  TurbofanBigIntNegate: (rt, a) => bigint(rt, a, (r, value) => ops.unary(r, '-', value)),
  TurbofanBigIntAsIntN: (rt, a) => rt.factory.newBigInt(BigInt.asIntN(a.at(1) >> 1, bigintValue(rt.heap, a.at(0)))),
  TurbofanBigIntAsUintN: (rt, a) => rt.factory.newBigInt(BigInt.asUintN(a.at(1) >> 1, bigintValue(rt.heap, a.at(0)))),

  // strings
  TurbofanStringConcat: (rt, a) => ops.concatStrings(rt, a.at(0), a.at(1)),
  TurbofanStringEqual: (rt, a) => bool(ops.strictEquals(rt, a.at(0), a.at(1))),
  TurbofanStringLessThan: (rt, a) => bool(ops.lessThan(rt, a.at(0), a.at(1))),
  TurbofanStringLessThanOrEqual: (rt, a) => bool(ops.lessThanOrEqual(rt, a.at(0), a.at(1))),
  /** Smi 0: there is no internalized string with this text. */
  TurbofanFindInternalizedString: (rt, a) => findInternalizedString(rt.heap, a.at(0)),
  /** −1: the text is no int32 that could be an index. What is beyond the largest Smi is out of bounds like that one. */
  TurbofanStringToArrayIndex: (rt, a) => {
    const index = arrayIndexOf(rt.heap, a.at(0));
    return smi(index > 0x7fff_ffff ? -1 : Math.min(index, 0x3fff_ffff));
  },
  TurbofanStringCharCodeAt: (rt, a) => smi(charCodeAt(rt.heap, a.at(0), a.at(1) >> 1)),
  TurbofanStringFromCodePoint: (rt, a) => rt.factory.internalize(String.fromCodePoint(a.at(0) >> 1)),
  TurbofanStringCodePointAt: (rt, a) => smi(codePointAt(rt.heap, a.at(0), a.at(1) >> 1)),
  TurbofanStringSubstring: (rt, a) => rt.factory.newSubString(a.at(0), a.at(1) >> 1, a.at(2) >> 1),
  TurbofanStringIndexOf: (rt, a) =>
    smi(toHostString(rt.heap, a.at(0)).indexOf(toHostString(rt.heap, a.at(1)), a.at(2) >> 1)),
  TurbofanStringMatchesAt: (rt, a) => {
    const position = a.at(2) >> 1;
    return bool(position >= 0 && toHostString(rt.heap, a.at(0)).startsWith(toHostString(rt.heap, a.at(1)), position));
  },
  TurbofanStringFromCharCode: (rt, a) => rt.factory.internalize(String.fromCharCode(a.at(0) >> 1)),

  // properties: object, name, vector, slot
  TurbofanLoadNamed: (rt, a) => loadNamed(rt, a.at(2), a.at(3) >> 1, a.at(0), a.at(1)),
  TurbofanStoreNamed: (rt, a) => {
    storeNamed(rt, a.at(3), a.at(4) >> 1, a.at(0), a.at(1), a.at(2), a.at(5) !== 0);
    return a.at(2);
  },
  TurbofanDefineNamedOwn: (rt, a) => {
    defineNamedOwn(rt, a.at(3), a.at(4) >> 1, a.at(0), a.at(1), a.at(2));
    return a.at(2);
  },
  TurbofanLoadKeyed: (rt, a) => loadKeyed(rt, a.at(2), a.at(3) >> 1, a.at(0), a.at(1)),
  TurbofanStoreKeyed: (rt, a) => {
    storeKeyed(rt, a.at(3), a.at(4) >> 1, a.at(0), a.at(1), a.at(2), a.at(5) !== 0);
    return a.at(2);
  },
  TurbofanStoreInArrayLiteral: (rt, a) => {
    const key = ops.toPropertyKey(rt, a.at(1));
    ops.createDataPropertyOrThrow(rt, a.at(0), key, a.at(2));
    return a.at(2);
  },
  TurbofanDelete: (rt, a) => {
    const key = ops.toPropertyKey(rt, a.at(1));
    return bool(ops.deleteProperty(rt, ops.toObject(rt, a.at(0)), key, a.at(2) !== 0));
  },
  TurbofanLoadGlobal: (rt, a) => loadGlobal(rt, a.at(0), a.at(1) !== 0),
  TurbofanStoreGlobal: (rt, a) => {
    storeGlobal(rt, a.at(0), a.at(1), a.at(2) !== 0);
    return a.at(1);
  },

  // contexts and closures; the last argument is the current context
  TurbofanCreateFunctionContext: (rt, a) =>
    newContext(
      rt,
      StaticRoot.FunctionContextMap,
      a.at(0),
      Math.max(contextLength(rt.heap, a.at(0)), 2 + (a.at(1) >> 1)),
      a.at(2),
    ),
  TurbofanCreateBlockContext: (rt, a) => {
    return newContext(rt, StaticRoot.BlockContextMap, a.at(0), contextLength(rt.heap, a.at(0)), a.at(1));
  },
  TurbofanCreateCatchContext: (rt, a) => {
    const context = newContext(rt, StaticRoot.CatchContextMap, a.at(0), 3, a.at(2));
    rt.heap.setElement(context, Context.Slots, 2, a.at(1));
    return context;
  },
  /** The object is one: the bytecode before made it one. */
  TurbofanCreateWithContext: (rt, a) => {
    const context = newContext(rt, StaticRoot.WithContextMap, a.at(0), 3, a.at(2));
    rt.heap.set(context, Context.Extension, a.at(1));
    return context;
  },
  TurbofanCreateClosure: (rt, a) => {
    const { heap } = rt;
    const cell = a.at(1);
    const data = heap.get(a.at(0), SharedFunctionInfo.FunctionData);
    if (
      heap.getI32(cell, FeedbackCell.InterruptBudget) === noInterruptBudget &&
      (data & 1) !== 0 &&
      heap.get(data, HeapObject.Map) === StaticRoot.BytecodeArrayMap
    )
      heap.setI32(cell, FeedbackCell.InterruptBudget, 8 * (heap.get(data, BytecodeArray.Length) >> 1));
    return ops.newClosure(rt, a.at(0), a.at(2), cell);
  },

  // literals: description, vector, slot
  /** Description, vector, slot, flags. */
  TurbofanCreateObjectLiteral: (rt, a) => objectLiteral(rt, a.at(1), a.at(2) >> 1, a.at(0), a.at(3) >> 1),
  TurbofanCreateArrayLiteral: (rt, a) => arrayLiteral(rt, a.at(1), a.at(2) >> 1, a.at(0), a.at(3) >> 1),
  TurbofanCreateEmptyObjectLiteral: (rt) => rt.factory.newJSObject(ops.objectLiteralMap(rt, 4)),
  TurbofanCreateEmptyArrayLiteral: (rt, a) => {
    const site = isFeedbackVector(rt.heap, a.at(0)) ? getSlot(rt.heap, a.at(0), a.at(1) >> 1) : 0;
    return ops.newEmptyArray(
      rt,
      (site & 1) === 0 ? ElementsKind.PackedSmi : rt.heap.get(site, AllocationSite.TransitionInfoOrBoilerplate) >> 1,
    );
  },
  TurbofanCreateArray: (rt, a) => rt.factory.newJSArray(ElementsKind.HoleySmi, a.at(0) >> 1, a.at(0) >> 1),
  /** Allocation site or Smi 0, then the arguments of `new Array`. */
  TurbofanNewArray: (rt, a) => {
    const site = a.at(0);
    const args = Array.from({ length: a.length - 1 }, (_, i) => a.at(i + 1));
    return ops.newArray(rt, args, site);
  },
  /** length, 1 for doubles: a store of holes. */
  TurbofanNewElements: (rt, a) => {
    const length = a.at(0) >> 1;
    return a.at(1) === 2
      ? rt.factory.newFixedDoubleArray(length)
      : rt.factory.newFixedArray(length, StaticRoot.TheHole);
  },
  /** array, index, value: what map does with each result. */
  TurbofanTransitionAndStoreElement: (rt, a) => {
    ops.createDataProperty(rt, a.at(0), a.at(1), a.at(2), true);
    return StaticRoot.Undefined;
  },
  TurbofanThrowCalledNonCallable: (rt, a) =>
    ops.throwTypeError(rt, 'CalledNonCallable', ops.defaultCallSite(rt, a.at(0))),
  TurbofanCreateArrayFromIterable: (rt, a) => ops.createArrayFromIterable(rt, a.at(0)),
  /** The implicit receiver of a base constructor: target, new target. */
  TurbofanCreate: (rt, a) => ops.ordinaryCreateFromConstructor(rt, a.at(0), a.at(1)),
  /** Both results as a list: whether it is an instance, and the instance or constructor; a Smi where a getter might run. */
  TurbofanFindNonDefaultConstructor: (rt, a) => {
    const type = ops.instanceTypeOf(rt, a.at(1));
    if (type < InstanceType.FirstJSFunction || type > InstanceType.LastJSFunction) return 0;
    const constructor = ops.nonDefaultConstructorOf(rt, a.at(0));
    const isInstance = ops.isDefaultBaseConstructor(rt, constructor);
    const value = isInstance ? rt.factory.newJSObject(ops.getDerivedMap(rt, constructor, a.at(1))) : constructor;
    return rt.factory.newFixedArrayFrom([bool(isInstance), value]);
  },
  TurbofanGetSuperConstructor: (rt, a) => rt.heap.get(rt.heap.get(a.at(0), HeapObject.Map), MapObject.Prototype),

  // for-in
  TurbofanForInEnumerate: (rt, a) => ops.forInEnumerate(rt, a.at(0)),
  /** The keys as a FixedArray that has no others: its length is how many there are. */
  TurbofanForInArray: (rt, a) =>
    rt.heap.get(a.at(0), HeapObject.Map) === StaticRoot.MetaMap ? ownEnumKeys(rt.heap, rt.factory, a.at(0)) : a.at(0),
  TurbofanForInNext: (rt, a) => {
    // receiver, cache array, cache type, index
    const key = rt.heap.getElement(a.at(1), FixedArray.Elements, a.at(3) >> 1);
    return rt.heap.get(a.at(0), HeapObject.Map) === a.at(2) ? key : ops.forInFilter(rt, a.at(0), key);
  },

  TurbofanLoadFieldByIndex: (rt, a) => fieldByEnumIndex(rt.heap, rt.factory, a.at(0), a.at(1) >> 1),

  // elements
  TurbofanGrowFastElements: (rt, a) => {
    const object = a.at(0);
    const index = a.at(1) >> 1;
    const length = rt.heap.get(rt.heap.get(object, JSObject.Elements), FixedArray.Length) >> 1;
    if (index > length + 1024 || index > 32 * 1024 * 1024) return 0;
    growElements(rt.heap, rt.factory, object, newElementsCapacity(index + 1));
    return rt.heap.get(object, JSObject.Elements);
  },
  TurbofanCopyFastElements: (rt, a) => {
    ensureWritableElements(rt.heap, rt.factory, a.at(0));
    return rt.heap.get(a.at(0), JSObject.Elements);
  },
  /** elements, value, length, from, whether they are doubles */
  TurbofanArrayIndexOf: (rt, a) => smi(indexInElements(rt, a, ops.strictEquals)),
  TurbofanArrayIncludes: (rt, a) => bool(indexInElements(rt, a, ops.sameValueZero) >= 0),
  /** kind, view, offset in the length that the view had, little-endian?; the hole: its buffer is detached, or shorter */
  TurbofanLoadDataViewElement: (rt, a) => {
    const address = addressInView(rt, a);
    return address < 0 ? StaticRoot.TheHole : ops.readElement(rt, a.at(0) >> 1, address, a.at(3) === StaticRoot.True);
  },
  /** … value */
  TurbofanStoreDataViewElement: (rt, a) => {
    const address = addressInView(rt, a);
    if (address < 0) return StaticRoot.TheHole;
    const value = ops.isNumber(rt, a.at(4)) ? numberValue(rt.heap, a.at(4)) : bigintValue(rt.heap, a.at(4));
    ops.writeElement(rt, a.at(0) >> 1, address, value, a.at(3) === StaticRoot.True);
    return StaticRoot.Undefined;
  },
  TurbofanCloneFastJSArray: (rt, a) => cloneFastArray(rt.heap, rt.factory, a.at(0)),
  /** object, map with the wanted elements kind */
  TurbofanTransitionElements: (rt, a) => {
    transitionElements(rt.heap, rt.factory, a.at(0), mapElementsKind(rt.heap, a.at(1)));
    return a.at(0);
  },
  /** Reflect.apply and Reflect.construct of non-final spreads: target, receiver or list, list or new target. */
  TurbofanReflectApply: (rt, a) => {
    const list = ops.createListFromArrayLike(rt, a.at(2));
    return rt.hooks.call(a.at(0), a.at(1), list);
  },
  TurbofanReflectConstruct: (rt, a) => {
    const list = ops.createListFromArrayLike(rt, a.at(1));
    return rt.construct(a.at(0), list, a.length > 2 ? a.at(2) : a.at(0));
  },
  TurbofanGetIterator: (rt, a) => {
    const value = a.at(0);
    if (ops.isUndefinedOrNull(value)) ops.throwLoadFromNullOrUndefined(rt, value, rt.symbols.iterator_symbol);
    const method = loadNamed(rt, a.at(1), a.at(2) >> 1, value, rt.symbols.iterator_symbol);
    if (!ops.isCallable(rt, method)) ops.throwNotIterable(rt, a.at(0));
    const iterator = rt.call(method, a.at(0));
    if (!ops.isJSReceiver(rt, iterator)) ops.throwTypeError(rt, 'SymbolIteratorInvalid');
    return iterator;
  },

  /** Arguments of the calling frame: type (0 mapped, 1 unmapped, 2 rest), formal parameters, closure, context. */
  TurbofanCreateArguments: (rt, a) => {
    const { count, at } = callerArguments(rt);
    return newArguments(rt, a, count, at);
  },

  /** Their elements alone: type, formal parameters. */
  TurbofanNewArgumentsElements: (rt, a) => {
    const { count, at } = callerArguments(rt);
    return rt.factory.newFixedArrayFrom(argumentsElements(a.at(0) >> 1, a.at(1) >> 1, count, at));
  },

  // classes, literals, spread
  TurbofanLoadFromSuper: (rt, a) => ops.loadFromSuper(rt, a.at(0), a.at(1), a.at(2)),
  TurbofanThrowIfNotSuperConstructor: (rt, a) => {
    if (!ops.isConstructor(rt, a.at(0))) ops.throwNotSuperConstructor(rt, a.at(0), a.at(1));
    return a.at(0);
  },
  /** Object, key, value, flags, vector, slot. */
  TurbofanDefineKeyedOwnInLiteral: (rt, a) => {
    const key = ops.toPropertyKey(rt, a.at(1));
    if ((a.at(3) & 2) !== 0) ops.setFunctionName(rt, a.at(2), key, '');
    defineInLiteral(rt, a.at(4), a.at(5) >> 1, a.at(0), a.at(1), key, a.at(2));
    return a.at(2);
  },
  TurbofanDefineKeyedOwn: (rt, a) => {
    a.put(1, ops.toPropertyKey(rt, a.at(1)));
    if ((a.at(3) & 2) !== 0) ops.setFunctionName(rt, a.at(2), a.at(1), '');
    defineKeyedOwn(rt, a.at(4), a.at(5) >> 1, a.at(0), a.at(1), a.at(2));
    return a.at(2);
  },
  /** Source, vector, slot. */
  TurbofanCloneObject: (rt, a) => cloneBySite(rt, a.at(1), a.at(2) >> 1, a.at(0)),
  TurbofanCreateRegExp: (rt, a) => {
    const source =
      rt.heap.get(a.at(0), HeapObject.Map) === StaticRoot.RegExpBoilerplateDescriptionMap
        ? rt.heap.get(a.at(0), RegExpBoilerplateDescription.Source)
        : a.at(0);
    const bits = a.at(1) >> 1;
    const flags = [...regExpFlags].filter((_letter, i) => (bits & (1 << i)) !== 0).join('');
    a.put(0, source);
    const text = rt.factory.internalize(flags.replace('l', ''));
    return rt.construct(rt.intrinsic(ops.NativeContextSlot.RegExpFunction), [a.at(0), text]);
  },
  TurbofanGetTemplateObject: (rt, a) => {
    const known = getSlot(rt.heap, a.at(1), a.at(2) >> 1);
    if ((known & 1) !== 0) return known;
    const object =
      rt.heap.get(a.at(0), HeapObject.Map) !== StaticRoot.TemplateObjectDescriptionMap
        ? a.at(0)
        : ops.newTemplateObject(rt, a.at(0));
    setSlot(rt.heap, a.at(1), a.at(2) >> 1, object);
    return object;
  },
  /** target, receiver, arguments …, spread */
  TurbofanCallWithSpread: (rt, a) => spread(rt, a, (args) => rt.hooks.call(a.at(0), a.at(1), args)),
  /** With all arguments of the calling frame: target, new target. */
  TurbofanConstructForwardAllArgs: (rt, a) => {
    const { count, at } = callerArguments(rt);
    return rt.construct(
      a.at(0),
      Array.from({ length: count }, (_, i) => at(i)),
      a.at(1),
    );
  },
  /** target, new target, arguments …, spread */
  TurbofanConstructWithSpread: (rt, a) => spread(rt, a, (args) => rt.construct(a.at(0), args, a.at(1))),
} satisfies Record<string, Impl>;

export type TurbofanStub = keyof typeof turbofanStubs;

/** First id beyond V8's runtime functions. */
export const turbofanStubBase = 4096;

const names = Object.keys(turbofanStubs);
export const turbofanStubId = (name: string): number | undefined => {
  const i = names.indexOf(name);
  return i < 0 ? undefined : turbofanStubBase + i;
};

/** [id, implementation] of every stub, for the CEntry dispatcher. */
export const turbofanStubEntries = (): (readonly [number, Impl])[] =>
  names.map((name, i) => [turbofanStubBase + i, turbofanStubs[name as TurbofanStub] as Impl] as const);
