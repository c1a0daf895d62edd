// Bytecodes that make objects: closures, contexts, literals from boilerplates. Everything is allocated in new space and
// written without barriers; when new space is full the handler takes over.

import {
  AllocationMemento,
  AllocationSite,
  Context,
  ElementsKind,
  FeedbackCell,
  FeedbackVector,
  FixedArray,
  HeapNumber,
  InstanceType,
  JSArray,
  JSFunction,
  JSObject,
  MapBits3,
  MapObject,
  noInterruptBudget,
  Root,
  rootAddress,
  ScopeInfo,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
} from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import {
  add,
  and,
  block,
  branch,
  branchIf,
  type Code,
  call,
  eq,
  eqz,
  geU,
  gtS,
  i32,
  increase,
  Label,
  type Local,
  load,
  load8U,
  loadF64,
  loop,
  ltU,
  ne,
  or,
  returns,
  select,
  set,
  shl,
  shrS,
  store,
  storeF64,
  sub,
  type Value,
  ValueType,
  type WasmFunction,
  when,
} from '../../wasm/index.ts';
import { noFeedback } from '../frame.ts';
import { HeapAssembler } from '../heap-assembler.ts';
import type { InterpreterAssembler } from '../interpreter-assembler.ts';
import { StateAddress } from '../state.ts';
import type { FastPath, FastPaths } from './table.ts';

const aligned = (size: Value): Code => and(add(size, 7), ~7);

/** Fills the words from `at` up to `end` with a constant; `at` moves. */
const fill = (at: Local, end: Local, word: number): Code => {
  const done = new Label('filled');
  const again = new Label('next word');
  return block(done, [loop(again, [branchIf(done, geU(at, end)), store(at, 0, word), increase(at, 4), branch(again)])]);
};

const nativeContextSlot = (slot: NativeContextSlot): Code =>
  load(load(0, StateAddress.NativeContext), Context.Slots - 1 + 4 * slot);

// --- closures ----------------------------------------------------------------------------------------------------------------

/** Map of a plain function's closures; generators, async functions and classes are the handler's. */
const closureMap = (a: InterpreterAssembler, flags: Local): Code => {
  const isStrict = and(flags, SharedFunctionFlags.Strict);
  const isConstructible = and(flags, SharedFunctionFlags.Constructible);
  return [
    a.slowIf(
      and(flags, SharedFunctionFlags.Generator | SharedFunctionFlags.Async | SharedFunctionFlags.ClassConstructor),
    ),
    select(
      isStrict,
      select(
        isConstructible,
        nativeContextSlot(NativeContextSlot.StrictFunctionMap),
        nativeContextSlot(NativeContextSlot.StrictFunctionWithoutPrototypeMap),
      ),
      select(
        isConstructible,
        nativeContextSlot(NativeContextSlot.SloppyFunctionMap),
        nativeContextSlot(NativeContextSlot.SloppyFunctionWithoutPrototypeMap),
      ),
    ),
  ];
};

/** From a feedback cell's third closure on: the first sets the cell up, the second shows that there are many. */
const createClosure: FastPath = (a) => {
  const cells = a.local();
  const cell = a.local();
  const shared = a.local();
  const flags = a.local();
  const map = a.local();
  const fn = a.local();
  const end = a.local();
  return [
    set(cells, a.field(a.field(a.closure, JSFunction.FeedbackCell), FeedbackCell.Value)),
    a.slowIf(ne(a.map(cells), StaticRoot.FeedbackVectorMap)),
    set(cells, a.field(cells, FeedbackVector.ClosureFeedbackCells)),
    set(cell, load(add(cells, shl(a.operand(1), 2)), FixedArray.Elements - 1)),
    a.slowIf(ne(a.map(cell), StaticRoot.ManyClosuresCellMap)),
    set(shared, a.constant(0)),
    when(
      eq(a.field(cell, FeedbackCell.InterruptBudget), noInterruptBudget),
      a.slowIf(ne(a.field(shared, SharedFunctionInfo.FunctionData), StaticRoot.Undefined)),
    ),
    set(flags, a.field(shared, SharedFunctionInfo.Flags)),
    set(map, closureMap(a, flags)),
    a.allocate(fn, i32(JSFunction.SizeWithPrototype)),
    store(fn, 0, map),
    store(fn, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray),
    store(fn, JSObject.Elements, StaticRoot.EmptyFixedArray),
    store(fn, JSFunction.SharedFunctionInfo, shared),
    store(fn, JSFunction.Context, a.context),
    store(fn, JSFunction.FeedbackCell, cell),
    store(fn, JSFunction.Code, load(0, StateAddress.Trampoline)),
    // the_hole where the map has a prototype slot, else the end of the object: its size is a multiple of 4 only
    set(end, add(fn, JSFunction.PrototypeOrInitialMap)),
    store(end, 0, StaticRoot.TheHole),
    a.result(add(fn, 1)),
  ];
};

// --- contexts ------------------------------------------------------------------------------------------------------------------

/** `acc = ` a context with `slots` slots: scope info, the current context, then `word`s. */
const createContext = (a: InterpreterAssembler, map: number, info: Local, slots: Local, word: number): Code => {
  const context = a.local();
  const at = a.local();
  const end = a.local();
  return [
    a.allocate(context, aligned(add(shl(slots, 2), Context.Slots))),
    store(context, 0, map),
    store(context, Context.Length, shl(slots, 1)),
    store(context, Context.ScopeInfo, info),
    store(context, Context.Previous, a.context),
    set(at, add(context, Context.Extension)),
    set(end, add(add(context, shl(slots, 2)), Context.Slots)),
    fill(at, end, word),
    a.result(add(context, 1)),
  ];
};

/** Slots of a scope's context: header and locals. */
const slotsOf = (a: InterpreterAssembler, info: Local): Code =>
  add(select(and(a.field(info, ScopeInfo.Flags), 1 << 6), 3, 2), shrS(a.field(info, ScopeInfo.ContextLocalCount), 1));

const createFunctionContext: FastPath = (a) => {
  const info = a.local();
  const slots = a.local();
  const least = a.local();
  return [
    set(info, a.constant(0)),
    set(slots, slotsOf(a, info)),
    set(least, add(a.operand(1), 2)),
    set(slots, select(gtS(least, slots), least, slots)),
    createContext(a, StaticRoot.FunctionContextMap, info, slots, StaticRoot.Undefined),
  ];
};

const createBlockContext: FastPath = (a) => {
  const info = a.local();
  const slots = a.local();
  return [
    set(info, a.constant(0)),
    set(slots, slotsOf(a, info)),
    createContext(a, StaticRoot.BlockContextMap, info, slots, StaticRoot.Undefined),
  ];
};

// --- literals --------------------------------------------------------------------------------------------------------------------

/** Index of `copyLiteral` in the loop's module. */
export const LITERAL_COPIER = 0;

/** A copy of the boilerplate of the site in a literal slot; the first runs make the site, in the handler. */
const createLiteral: FastPath = (a) => {
  const site = a.local();
  const copy = a.local();
  return [
    a.slowIf(eq(a.fv, noFeedback << 2)),
    set(site, load(a.slot(1))),
    a.slowIf(a.isSmi(site)),
    set(copy, call(LITERAL_COPIER, a.field(site, AllocationSite.TransitionInfoOrBoilerplate))),
    a.slowIf(eqz(copy)),
    a.result(copy),
  ];
};

/**
 * The function (boilerplate) → deep copy, or 0 where the runtime must: dictionaries, a property array, no space. Nested objects
 * and arrays are literals too; a HeapNumber may be the box of a double field, which is never shared.
 */
export function copyLiteral(): WasmFunction {
  const a = new HeapAssembler([ValueType.I32]);
  const object = a.f.parameter(0);
  const copy = a.local();
  const map = a.local();
  const size = a.local();
  const elements = a.local();
  const to = a.local();
  const offset = a.local();
  const start = a.local();
  const memento = a.local();
  /** What was allocated so far is no object yet: new space must stay walkable. */
  const fails = [a.setNewSpaceTop(start), returns(0)];

  const allocated = new Label('allocated');
  const fresh = (target: Local, bytes: Value): Code =>
    block(allocated, [block(a.slow, [a.allocate(target, bytes), branch(allocated)]), fails]);

  /** Copies the words of `from` at `offset` … `size` into `target` (an address), making copies of what is nested. */
  const copyWords = (from: Local, target: Local): Code => {
    const word = a.local();
    const type = a.local();
    const x = a.double();
    const box = a.local();
    const done = new Label('copied');
    const again = new Label('next word');
    return block(done, [
      loop(again, [
        branchIf(done, geU(offset, size)),
        set(word, load(sub(add(from, offset), 1))),
        when(and(and(word, 1), ne(word, StaticRoot.Undefined)), [
          set(type, a.instanceType(word)),
          when(
            eq(type, InstanceType.HeapNumber),
            [
              set(x, loadF64(word, HeapNumber.Value - 1)),
              fresh(box, i32(HeapNumber.Size)),
              store(box, 0, StaticRoot.HeapNumberMap),
              storeF64(box, HeapNumber.Value, x),
              set(word, add(box, 1)),
            ],
            when(or(eq(type, InstanceType.JSObject), eq(type, InstanceType.JSArray)), [
              set(word, call(LITERAL_COPIER, word)),
              when(eqz(word), fails),
            ]),
          ),
        ]),
        store(add(target, offset), 0, word),
        increase(offset, 4),
        branch(again),
      ]),
    ]);
  };

  const properties = a.local();
  const code = [
    set(start, a.newSpaceTop()),
    set(map, a.map(object)),
    when(and(a.field(map, MapObject.BitField3), MapBits3.IsDictionaryMap | MapBits3.IsDeprecated), fails),
    set(properties, a.field(object, JSObject.PropertiesOrHash)),
    when(
      and(ne(properties, StaticRoot.EmptyFixedArray), ne(properties, StaticRoot.EmptyPropertyArray)),
      when(and(properties, 1), fails, set(properties, StaticRoot.EmptyFixedArray)),
    ),
    set(size, shl(load8U(map, MapObject.InstanceSizeInWords - 1), 2)),
    // the boilerplate's memento goes with it
    set(memento, sub(add(object, aligned(size)), 1)),
    when(
      eq(load(memento), StaticRoot.AllocationMementoMap),
      [
        fresh(copy, add(aligned(size), AllocationMemento.Size)),
        set(offset, add(copy, aligned(size))),
        store(offset, 0, StaticRoot.AllocationMementoMap),
        store(offset, AllocationMemento.Site, load(memento, AllocationMemento.Site)),
      ],
      fresh(copy, aligned(size)),
    ),
    store(copy, 0, map),
    store(copy, JSObject.PropertiesOrHash, properties),
    set(elements, a.field(object, JSObject.Elements)),
    store(copy, JSObject.Elements, elements),
    // fields, which nothing has seen yet: a failure leaves an unreachable object
    set(offset, i32(JSObject.HeaderSize)),
    copyWords(object, copy),
    set(map, a.map(elements)),
    when(and(ne(map, StaticRoot.CowFixedArrayMap), ne(elements, StaticRoot.EmptyFixedArray)), [
      when(
        eq(map, StaticRoot.FixedArrayMap),
        [
          set(size, add(shl(a.field(elements, FixedArray.Length), 1), FixedArray.Elements)),
          fresh(to, aligned(size)),
          set(offset, i32(FixedArray.Elements)),
          store(to, FixedArray.Length, a.field(elements, FixedArray.Length)),
          copyWords(elements, to),
        ],
        [
          when(ne(map, StaticRoot.FixedDoubleArrayMap), fails),
          set(size, add(shl(a.field(elements, FixedArray.Length), 2), FixedArray.Elements)),
          fresh(to, size),
          set(offset, i32(FixedArray.Length)),
          copyPlainWords(elements, to, offset, size),
        ],
      ),
      store(to, 0, map),
      store(copy, JSObject.Elements, add(to, 1)),
    ]),
    returns(add(copy, 1)),
  ];
  return a.f.finish([code, 0], [ValueType.I32]);
}

/** Copies the words at `offset` … `size` as they are. */
const copyPlainWords = (from: Local, target: Local, offset: Local, size: Local): Code => {
  const done = new Label('copied');
  const again = new Label('next word');
  return block(done, [
    loop(again, [
      branchIf(done, geU(offset, size)),
      store(add(target, offset), 0, load(sub(add(from, offset), 1))),
      increase(offset, 4),
      branch(again),
    ]),
  ]);
};

/** `[]`: the site knows the elements kind. */
const createEmptyArrayLiteral: FastPath = (a) => {
  const site = a.local();
  const kind = a.local();
  const array = a.local();
  const map = a.local();
  return [
    a.slowIf(eq(a.fv, noFeedback << 2)),
    set(site, load(a.slot(0))),
    a.slowIf(a.isSmi(site)),
    set(kind, a.field(site, AllocationSite.TransitionInfoOrBoilerplate)),
    a.slowUnless(ltU(kind, (ElementsKind.HoleyDouble + 1) << 1)),
    // root slots are 8 bytes apart, Smis 2
    set(map, load(shl(kind, 2), rootAddress(Root.FirstArrayMap))),
    a.allocate(array, i32(JSArray.Size + AllocationMemento.Size)),
    store(array, JSArray.Size, StaticRoot.AllocationMementoMap),
    store(array, JSArray.Size + AllocationMemento.Site, site),
    store(array, 0, map),
    store(array, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray),
    store(array, JSObject.Elements, StaticRoot.EmptyFixedArray),
    store(array, JSArray.Length, 0),
    a.result(add(array, 1)),
  ];
};

/** `{}`: four fields to grow into. */
const createEmptyObjectLiteral: FastPath = (a) => {
  const map = a.local();
  const object = a.local();
  const at = a.local();
  const end = a.local();
  return [
    set(map, load(nativeContextSlot(NativeContextSlot.MapCache), FixedArray.Elements - 1 + 4 * 4)),
    a.slowIf(eq(map, StaticRoot.Undefined)),
    set(end, shl(load8U(map, MapObject.InstanceSizeInWords - 1), 2)),
    a.allocate(object, aligned(end)),
    store(object, 0, map),
    store(object, JSObject.PropertiesOrHash, StaticRoot.EmptyFixedArray),
    store(object, JSObject.Elements, StaticRoot.EmptyFixedArray),
    set(at, add(object, JSObject.HeaderSize)),
    set(end, add(object, end)),
    fill(at, end, StaticRoot.Undefined),
    a.result(add(object, 1)),
  ];
};

export const allocation: FastPaths = {
  CreateClosure: createClosure,
  CreateFunctionContext: createFunctionContext,
  CreateBlockContext: createBlockContext,
  CreateObjectLiteral: createLiteral,
  CreateArrayLiteral: createLiteral,
  CreateEmptyArrayLiteral: createEmptyArrayLiteral,
  CreateEmptyObjectLiteral: createEmptyObjectLiteral,
};
