// Feedback as text, in V8's words (%GetFeedback, %DebugPrint of a function, the debugger's scopes): a slot's kind, its state, and
// what an inline cache does for each map. Survives broken words.
//
//   LoadProperty  MONOMORPHIC
//      [weak] 0x… <Map[16](HOLEY_ELEMENTS)>: LoadHandler(Smi)(kind = kField, is in object = 1, is double = 0, field index = 3)

import { clearedWeak, type Heap, isSmi, isWeak, smiValue, strong, type Tagged } from '../heap/index.ts';
import {
  brief,
  ElementsKind,
  elementsKindNames,
  FeedbackSlotKind,
  FeedbackVector,
  FixedArray,
  feedbackSlotSize,
  HeapObject,
  isMap,
  nestedPrint,
  Representation,
  StaticRoot,
} from '../objects/index.ts';
import {
  DataHandler,
  DataHandlerBits,
  ElementHandlerBits,
  elementStoreMode,
  handlerOffsetShift,
  KeyedAccessStoreMode,
  LoadHandlerKind,
  LoadHandlerWord,
  loadKindOf,
  StoreHandlerKind,
  storeDescriptor,
  storeKindOf,
  storeOffset,
  storeRepresentation,
} from './handlers.ts';
import { BinaryOperationFeedback, CompareOperationFeedback, ForInFeedback, TypeOfFeedback } from './lattices.ts';
import { getSlot, inlineCacheState, isFixedArray, slotKind } from './vector.ts';

/** V8's name of a slot kind. */
export const slotKindName = (kind: FeedbackSlotKind): string =>
  FeedbackSlotKind[kind]!.replace(/^SetKeyed/, 'StoreKeyed');

const flag = (word: number, bit: number): string => ((word & bit) === 0 ? '0' : '1');

// --- handlers ----------------------------------------------------------------------------------------------------------------

const loadElementText = (handler: number): string =>
  [
    'kind = kElement',
    `allow out of bounds = ${flag(handler, ElementHandlerBits.AllowOutOfBounds)}`,
    `is JSArray = ${flag(handler, ElementHandlerBits.IsJSArray)}`,
    `alow reading holes = ${flag(handler, ElementHandlerBits.ConvertHole)}`,
    `elements kind = ${elementsKindNames[(handler >> handlerOffsetShift) as keyof typeof elementsKindNames]}`,
  ].join(', ');

const inObjectBit = LoadHandlerWord.FieldInObject ^ LoadHandlerWord.FieldOutOfObject;
const isDoubleBit = LoadHandlerWord.FieldInObject ^ LoadHandlerWord.FieldInObjectDouble;

/** What a load handler's Smi says, without parentheses. */
const loadKindText = (handler: number): string => {
  switch (loadKindOf(handler)) {
    case LoadHandlerKind.Element:
    case LoadHandlerKind.TypedElement:
      return loadElementText(handler);
    case LoadHandlerKind.IndexedString:
      return `kind = kIndexedString, allow out of bounds = ${flag(handler, ElementHandlerBits.AllowOutOfBounds)}`;
    case LoadHandlerKind.Field:
      return `kind = kField, is in object = ${flag(handler, inObjectBit)}, is double = ${flag(handler, isDoubleBit)}, field index = ${handler >> (handlerOffsetShift + 2)}`;
    case LoadHandlerKind.NativeDataProperty:
      return `kind = kNativeDataProperty, descriptor = ${handler >> handlerOffsetShift}`;
    case LoadHandlerKind.Accessor:
      return 'kind = kAccessorFromPrototype';
    default:
      return `kind = k${LoadHandlerKind[loadKindOf(handler)]}`;
  }
};

/** The words of a data handler. */
const dataHandler = (heap: Heap, handler: Tagged, index: DataHandler): Tagged =>
  heap.getElement(handler, FixedArray.Elements, index);

/** `name = word`, or nothing where the handler has no such word. */
const part = (heap: Heap, name: string, word: Tagged, isThere: boolean): string[] =>
  isThere ? [`${name} = ${nestedPrint(heap, word)}`] : [];

const dataHandlerText = (heap: Heap, handler: Tagged, kind: string, hasData: boolean): string => {
  const data2 = dataHandler(heap, handler, DataHandler.Data2);
  const inner = dataHandler(heap, handler, DataHandler.SmiHandler);
  return [
    `do access check on lookup start object = ${data2 === 0 ? 0 : 1}`,
    `lookup on lookup start object = ${flag(inner, DataHandlerBits.LooksUpReceiver)}`,
    kind,
    ...part(heap, 'data1', dataHandler(heap, handler, DataHandler.Data1), hasData),
    ...part(heap, 'data2', data2, data2 !== 0),
    `validity cell = ${nestedPrint(heap, dataHandler(heap, handler, DataHandler.ValidityCell))}`,
  ].join(', ');
};

const loadCodeNames: Partial<Record<LoadHandlerKind, string>> = {
  [LoadHandlerKind.StringLength]: 'LoadIC_StringLength',
  [LoadHandlerKind.FunctionPrototype]: 'LoadIC_FunctionPrototype',
};

/** The builtin that V8 has for a handler. */
const loadCodeName = (handler: number): string | undefined =>
  loadKindOf(handler) === LoadHandlerKind.Element && handler >> handlerOffsetShift >= ElementsKind.FastSloppyArguments
    ? 'KeyedLoadIC_SloppyArguments'
    : loadCodeNames[loadKindOf(handler)];

/** A load handler. */
export const loadHandlerText = (heap: Heap, handler: Tagged): string => {
  if (isSmi(handler)) {
    const code = loadCodeName(handler);
    return code === undefined ? `LoadHandler(Smi)(${loadKindText(handler)})` : `LoadHandler(Code)(${code})`;
  }
  if (!isFixedArray(heap, handler)) return `LoadHandler(<unexpected>)(${brief(heap, handler)})`;
  const kind = loadKindText(dataHandler(heap, handler, DataHandler.SmiHandler));
  return `LoadHandler(${dataHandlerText(heap, handler, kind, true)})`;
};

const storeModeNames: Readonly<Record<KeyedAccessStoreMode, string>> = {
  [KeyedAccessStoreMode.InBounds]: 'InBounds',
  [KeyedAccessStoreMode.GrowAndHandleCopyOnWrite]: 'GrowAndHandleCOW',
  [KeyedAccessStoreMode.IgnoreTypedArrayOutOfBounds]: 'IgnoreTypedArrayOOB',
  [KeyedAccessStoreMode.HandleCopyOnWrite]: 'HandleCOW',
};

const representationLetters: Readonly<Record<Representation, string>> = {
  [Representation.None]: 'v',
  [Representation.Smi]: 's',
  [Representation.Double]: 'd',
  [Representation.HeapObject]: 'h',
  [Representation.Tagged]: 't',
};

/** What a store handler's Smi says, without parentheses. */
const storeKindText = (handler: number): string => {
  const kind = storeKindOf(handler);
  switch (kind) {
    case StoreHandlerKind.Field:
    case StoreHandlerKind.ConstField:
      return [
        `kind = k${StoreHandlerKind[kind]}`,
        `descriptor = ${storeDescriptor(handler)}`,
        `is in object = ${flag(handler, inObjectBit)}`,
        `representation = ${representationLetters[storeRepresentation(handler) as Representation]}`,
        `field index = ${storeOffset(handler) >> 2}`,
      ].join(', ');
    case StoreHandlerKind.Slow:
      return `kind = kSlow, keyed access store mode = k${storeModeNames[elementStoreMode(handler)]}`;
    case StoreHandlerKind.NativeDataProperty:
      return `kind = kNativeDataProperty, descriptor = ${storeDescriptor(handler)}`;
    case StoreHandlerKind.Accessor:
      return 'kind = kAccessorFromPrototype';
    default:
      return `kind = k${StoreHandlerKind[kind]}`;
  }
};

/** V8's builtin that does what an element store handler says. */
const storeBuiltinText = (handler: number, isTransition: boolean): string => {
  const mode = elementStoreMode(handler);
  const suffix = mode === KeyedAccessStoreMode.InBounds ? 'InBounds' : `NoTransition${storeModeNames[mode]}`;
  return `builtin = <Code BUILTIN ${isTransition ? 'ElementsTransitionAndStore' : 'StoreFastElementIC'}_${suffix}>`;
};

/** A store handler. */
export const storeHandlerText = (heap: Heap, handler: Tagged): string => {
  if (isSmi(handler))
    return storeKindOf(handler) === StoreHandlerKind.Element
      ? `StoreHandler(${storeBuiltinText(handler, false)})`
      : `StoreHandler(Smi)(${storeKindText(handler)})`;
  if (isWeak(handler) && handler !== clearedWeak && isMap(heap, strong(handler)))
    return `StoreHandler(field transition to ${brief(heap, strong(handler))})`;
  if (!isFixedArray(heap, handler)) return `StoreHandler(<unexpected>)(${brief(heap, handler)})`;
  const inner = dataHandler(heap, handler, DataHandler.SmiHandler);
  const data = dataHandler(heap, handler, DataHandler.Data1);
  if (storeKindOf(inner) !== StoreHandlerKind.Element)
    return `StoreHandler(${dataHandlerText(heap, handler, storeKindText(inner), data !== 0)})`;
  const parts = [
    storeBuiltinText(inner, data !== 0),
    ...part(heap, 'data1', data, data !== 0),
    `validity cell = ${nestedPrint(heap, dataHandler(heap, handler, DataHandler.ValidityCell))}`,
  ];
  return `StoreHandler(${parts.join(', ')})`;
};

// --- slots -------------------------------------------------------------------------------------------------------------------

/** Names of a lattice's values that V8 tells apart, least general first. */
type Names = readonly (readonly [value: number, name: string])[];

const binaryNames: Names = [
  [BinaryOperationFeedback.None, 'None'],
  [BinaryOperationFeedback.SignedSmall, 'SignedSmall'],
  [BinaryOperationFeedback.SignedSmallInputs, 'SignedSmallInputs'],
  [BinaryOperationFeedback.AdditiveSafeInteger, 'AdditiveSafeInteger'],
  [BinaryOperationFeedback.Number, 'Number'],
  [BinaryOperationFeedback.NumberOrOddball, 'NumberOrOddball'],
  [BinaryOperationFeedback.String, 'String'],
  [BinaryOperationFeedback.StringOrStringWrapper, 'StringOrStringWrapper'],
  [BinaryOperationFeedback.BigInt64, 'BigInt64'],
  [BinaryOperationFeedback.BigInt, 'BigInt'],
];

const compareNames: Names = [
  [CompareOperationFeedback.None, 'None'],
  [CompareOperationFeedback.SignedSmall, 'SignedSmall'],
  [CompareOperationFeedback.Number, 'Number'],
  [CompareOperationFeedback.NumberOrBoolean, 'NumberOrBoolean'],
  [CompareOperationFeedback.NumberOrOddball, 'NumberOrOddball'],
  [CompareOperationFeedback.InternalizedString, 'InternalizedString'],
  [CompareOperationFeedback.String, 'String'],
  [CompareOperationFeedback.Symbol, 'Symbol'],
  [CompareOperationFeedback.BigInt64, 'BigInt64'],
  [CompareOperationFeedback.BigInt, 'BigInt'],
  [CompareOperationFeedback.Receiver, 'Receiver'],
  [CompareOperationFeedback.ReceiverOrNullOrUndefined, 'ReceiverOrNullOrUndefined'],
];

const forInNames: Names = [
  [ForInFeedback.None, 'None'],
  [ForInFeedback.EnumCacheKeysAndIndices, 'EnumCacheKeysAndIndices'],
  [ForInFeedback.EnumCacheKeys, 'EnumCacheKeys'],
];

/** The least general name that holds a value. */
const latticeName = (names: Names, value: number): string =>
  names.find(([known]) => (value & ~known) === 0)?.[1] ?? 'Any';

const typeOfState = (value: number): string => {
  if (value === TypeOfFeedback.None) return 'UNINITIALIZED';
  if (value === TypeOfFeedback.Any) return 'MEGAMORPHIC';
  return (value & (value - 1)) === 0 ? 'MONOMORPHIC' : 'POLYMORPHIC';
};

const callState = (heap: Heap, word: Tagged): string => {
  if (word === StaticRoot.UninitializedSymbol) return 'UNINITIALIZED';
  if (word === StaticRoot.MegamorphicSymbol) return 'GENERIC';
  return isWeak(word) && word !== clearedWeak && isFeedbackCell(heap, strong(word)) ? 'POLYMORPHIC' : 'MONOMORPHIC';
};

const isFeedbackCell = (heap: Heap, object: Tagged): boolean => {
  const map = heap.get(object, HeapObject.Map);
  return (
    map === StaticRoot.NoClosuresCellMap ||
    map === StaticRoot.OneClosureCellMap ||
    map === StaticRoot.ManyClosuresCellMap
  );
};

/** The state of an inline cache, a call or a `typeof`; the type of an operation. */
export const slotState = (heap: Heap, vector: Tagged, slot: number): string => {
  const kind = slotKind(heap, vector, slot);
  const word = getSlot(heap, vector, slot);
  switch (kind) {
    case FeedbackSlotKind.BinaryOp:
      return `BinaryOp:${latticeName(binaryNames, smiValue(word))}`;
    case FeedbackSlotKind.CompareOp:
      return `CompareOp:${latticeName(compareNames, smiValue(word))}`;
    case FeedbackSlotKind.ForIn:
      return `ForIn:${latticeName(forInNames, smiValue(word))}`;
    case FeedbackSlotKind.TypeOf:
      return typeOfState(smiValue(word));
    case FeedbackSlotKind.Call:
      return callState(heap, word);
    case FeedbackSlotKind.JumpLoop:
      return 'JumpLoop';
    case FeedbackSlotKind.Literal:
    case FeedbackSlotKind.Invalid:
      return '';
    default:
      return inlineCacheState(heap, vector, slot).toUpperCase();
  }
};

/** Kinds of which V8 prints the state alone. */
const withoutEntries: ReadonlySet<FeedbackSlotKind> = new Set([
  FeedbackSlotKind.BinaryOp,
  FeedbackSlotKind.CompareOp,
  FeedbackSlotKind.ForIn,
  FeedbackSlotKind.TypeOf,
  FeedbackSlotKind.Call,
  FeedbackSlotKind.JumpLoop,
  FeedbackSlotKind.Literal,
  FeedbackSlotKind.Invalid,
  FeedbackSlotKind.InstanceOf,
  FeedbackSlotKind.CloneObject,
  FeedbackSlotKind.HasKeyed,
  FeedbackSlotKind.StoreInArrayLiteral,
  FeedbackSlotKind.DefineKeyedOwnPropertyInLiteral,
]);

const isLoadKind = (kind: FeedbackSlotKind): boolean =>
  kind === FeedbackSlotKind.LoadProperty || kind === FeedbackSlotKind.LoadKeyed || isGlobalLoad(kind);
const isGlobalLoad = (kind: FeedbackSlotKind): boolean =>
  kind === FeedbackSlotKind.LoadGlobalInsideTypeof || kind === FeedbackSlotKind.LoadGlobalNotInsideTypeof;
const isGlobalKind = (kind: FeedbackSlotKind): boolean =>
  isGlobalLoad(kind) || kind === FeedbackSlotKind.StoreGlobalSloppy || kind === FeedbackSlotKind.StoreGlobalStrict;

/** A slot's feedback, as %GetFeedback gives it. */
export const feedbackText = (heap: Heap, vector: Tagged, slot: number): string => {
  const kind = slotKind(heap, vector, slot);
  const state = slotState(heap, vector, slot);
  if (withoutEntries.has(kind) || state === 'UNINITIALIZED' || state === 'MEGAMORPHIC') return state;
  const first = getSlot(heap, vector, slot);
  const second = getSlot(heap, vector, slot + 1);
  if (isGlobalKind(kind)) return `${state}\n   ${globalText(heap, first, second, isLoadKind(kind))}`;
  return state + (isLoadKind(kind) ? loadEntriesText : storeEntriesText)(heap, first, second);
};

const globalText = (heap: Heap, first: Tagged, second: Tagged, isLoad: boolean): string => {
  if (isSmi(first)) {
    const where = smiValue(first);
    return `${isLoad ? 'Load' : 'Store'}Handler(Lexical variable mode)(context ix = ${(where & 0xfff) - 1}, slot ix = ${where >> 12})`;
  }
  if (first === clearedWeak) return isLoad ? loadHandlerText(heap, second) : `${storeHandlerText(heap, second)}\n`;
  return brief(heap, first);
};

/** Pairs of a polymorphic list: map, handler. */
const pairs = (heap: Heap, list: Tagged): [Tagged, Tagged][] => {
  const length = smiValue(heap.get(list, FixedArray.Length));
  const found: [Tagged, Tagged][] = [];
  for (let i = 0; i < length; i += 2)
    found.push([heap.getElement(list, FixedArray.Elements, i), heap.getElement(list, FixedArray.Elements, i + 1)]);
  return found;
};

const loadEntriesText = (heap: Heap, first: Tagged, second: Tagged): string => {
  const byName = !isWeak(first) && !isFixedArray(heap, first);
  // Of one map under a name V8 prints what it takes for the handler: the map.
  if (byName && smiValue(heap.get(second, FixedArray.Length)) === 2)
    return `\n   ${brief(heap, first)}: LoadHandler(<unexpected>)(${brief(heap, strong(heap.getElement(second, FixedArray.Elements, 0)))})`;
  const list: [Tagged, Tagged][] = isWeak(first) ? [[first, second]] : pairs(heap, byName ? second : first);
  const lines = list.map(([map, handler]) => `\n   ${brief(heap, map)}: ${loadHandlerText(heap, handler)}`);
  return `${byName ? ` with name ${brief(heap, first)}` : ''}${lines.join('')}`;
};

const storeEntriesText = (heap: Heap, first: Tagged, second: Tagged): string => {
  if (isWeak(first))
    return first === clearedWeak
      ? `\n   ${brief(heap, first)}\n`
      : `\n   ${brief(heap, strong(first))}: ${storeHandlerText(heap, second)}\n`;
  const byName = !isFixedArray(heap, first);
  const lines = pairs(heap, byName ? second : first).map(
    ([map, handler]) => `\n   ${brief(heap, map)}: ${storeHandlerText(heap, handler)}\n`,
  );
  return `${byName ? ` with name ${brief(heap, first)}` : ''}${lines.join('')}`;
};

/** Kind and feedback of every slot. */
export const feedbackTexts = (heap: Heap, vector: Tagged): (readonly [kind: string, text: string])[] => {
  const found: (readonly [string, string])[] = [];
  const length = heap.getI32(vector, FeedbackVector.Length);
  for (let slot = 0; slot < length; ) {
    const kind = slotKind(heap, vector, slot);
    found.push([slotKindName(kind), feedbackText(heap, vector, slot)]);
    slot += feedbackSlotSize[kind];
  }
  return found;
};
