// CompiledFunction → heap: SharedFunctionInfo, BytecodeArray, constant pool, ScopeInfo, FeedbackMetadata. Nested function
// literals become SharedFunctionInfos without bytecode; they are compiled at their first call.

import {
  type CompiledFunction,
  type Constant,
  type ContextLocal,
  encodeHandlerTable,
  encodeSourcePositions,
  type FunctionKind,
  type FunctionRef,
  type ScopeInfoData,
} from '../bytecode/index.ts';
import { elementAt, Space, type Tagged } from '../heap/index.ts';
import {
  ArrayBoilerplateDescription,
  BytecodeArray,
  boilerplateNullPrototype,
  ElementsKind,
  type Factory,
  FeedbackMetadata,
  FixedArray,
  FixedDoubleArray,
  feedbackSlotSize,
  functionKinds,
  HeapObject,
  ObjectBoilerplateDescription,
  type RootSymbolName,
  rootSymbol,
  ScopeInfo,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StackLocal,
  StaticRoot,
  type TaggedField,
  toHostString,
} from '../objects/index.ts';

const kindFlags: Readonly<Record<FunctionKind, number>> = {
  normal: SharedFunctionFlags.Constructible,
  arrow: SharedFunctionFlags.Arrow,
  method: SharedFunctionFlags.Method,
  getter: SharedFunctionFlags.Method,
  setter: SharedFunctionFlags.Method,
  classConstructor: SharedFunctionFlags.ClassConstructor | SharedFunctionFlags.Constructible,
  derivedConstructor:
    SharedFunctionFlags.ClassConstructor | SharedFunctionFlags.DerivedConstructor | SharedFunctionFlags.Constructible,
  defaultConstructor: SharedFunctionFlags.ClassConstructor | SharedFunctionFlags.Constructible,
  defaultDerivedConstructor:
    SharedFunctionFlags.ClassConstructor | SharedFunctionFlags.DerivedConstructor | SharedFunctionFlags.Constructible,
  classMembersInitializer: SharedFunctionFlags.Method,
  classStaticInitializer: SharedFunctionFlags.Method,
  generator: SharedFunctionFlags.Generator,
  asyncFunction: SharedFunctionFlags.Async,
  asyncArrow: SharedFunctionFlags.Async | SharedFunctionFlags.Arrow,
  asyncGenerator: SharedFunctionFlags.Async | SharedFunctionFlags.Generator,
  script: SharedFunctionFlags.IsTopLevel,
  module: SharedFunctionFlags.IsTopLevel | SharedFunctionFlags.Async,
  eval: SharedFunctionFlags.IsTopLevel,
};

/** A SharedFunctionInfo that is not compiled yet. */
export const newSharedFunctionInfoFor = (factory: Factory, ref: FunctionRef, script: Tagged): Tagged => {
  const { heap } = factory;
  const sfi = factory.newSharedFunctionInfo(factory.internalize(ref.name), StaticRoot.Undefined, script);
  if (ref.inferredName) heap.set(sfi, SharedFunctionInfo.InferredName, factory.internalize(ref.inferredName));
  let flags = functionKinds.indexOf(ref.kind) | kindFlags[ref.kind];
  if (ref.languageMode === 'strict') flags |= SharedFunctionFlags.Strict;
  if (ref.requiresInstanceMembersInitializer) flags |= SharedFunctionFlags.RequiresInstanceMembersInitializer;
  if (ref.classScopeHasPrivateBrand) flags |= SharedFunctionFlags.ClassScopeHasPrivateBrand;
  heap.setI32(sfi, SharedFunctionInfo.Flags, flags);
  heap.setI32(sfi, SharedFunctionInfo.Length, ref.length);
  heap.setI32(sfi, SharedFunctionInfo.FormalParameterCount, ref.parameterCount);
  heap.setI32(sfi, SharedFunctionInfo.FunctionLiteralId, ref.functionLiteralId);
  heap.setI32(sfi, SharedFunctionInfo.StartPosition, ref.start);
  heap.setI32(sfi, SharedFunctionInfo.EndPosition, ref.end);
  heap.setI32(sfi, SharedFunctionInfo.FunctionTokenPosition, ref.functionTokenPosition);
  heap.setI32(sfi, SharedFunctionInfo.ExpectedProperties, ref.expectedPropertyCount);
  return sfi;
};

const scopeTypes = ['function', 'block', 'script', 'eval', 'module', 'catch', 'class', 'with'] as const;
const modes = ['var', 'let', 'const', 'using'] as const;

const privateKinds = [undefined, 'method', 'setter', 'getter', 'accessors'] as const;

/** The word beside a context local's name (see ScopeInfo.Locals). */
const localWord = (l: ContextLocal): number =>
  modes.indexOf(l.mode) |
  (l.needsInitialization ? 1 << 2 : 0) |
  (l.maybeAssigned ? 1 << 3 : 0) |
  (privateKinds.indexOf(l.privateKind) << 4) |
  (l.isStatic ? 1 << 7 : 0) |
  (l.isSloppyFunctionName ? 1 << 8 : 0) |
  ((1 + (l.parameter ?? -1)) << 9);

const localOf = (factory: Factory, name: Tagged, traits: number): ContextLocal => ({
  name: toHostString(factory.heap, name),
  mode: modes[traits & 3]!,
  needsInitialization: (traits & (1 << 2)) !== 0,
  maybeAssigned: (traits & (1 << 3)) !== 0,
  privateKind: privateKinds[(traits >> 4) & 7],
  isStatic: (traits & (1 << 7)) !== 0,
  isSloppyFunctionName: (traits & (1 << 8)) !== 0,
  parameter: (traits >> 9) - 1,
});

/** What a ScopeInfo in the heap says, for code that is compiled inside its scope (direct eval). */
export const scopeInfoData = (factory: Factory, info: Tagged): ScopeInfoData => {
  const { heap } = factory;
  const word = (field: TaggedField): number => heap.get(info, field) >> 1;
  const flags = word(ScopeInfo.Flags);
  const outer = heap.get(info, ScopeInfo.Outer);
  const contextLocals: ContextLocal[] = [];
  for (let i = 0; i < word(ScopeInfo.ContextLocalCount); i++) {
    contextLocals.push(
      localOf(factory, heap.getElement(info, ScopeInfo.Locals, 2 * i), word(elementAt(ScopeInfo.Locals, 2 * i + 1))),
    );
  }
  const moduleLocals: (ContextLocal & { cellIndex: number })[] = [];
  const list = heap.get(info, ScopeInfo.StackLocals);
  for (let i = 0; i < heap.get(list, FixedArray.Length) >> 1; i += StackLocal.Length) {
    const at = (k: StackLocal): Tagged => heap.getElement(list, FixedArray.Elements, i + k);
    if (at(StackLocal.Kind) >> 1 === 2)
      moduleLocals.push({
        ...localOf(factory, at(StackLocal.Name), at(StackLocal.Start) >> 1),
        cellIndex: at(StackLocal.Index) >> 1,
      });
  }
  const data: ScopeInfoData = {
    scopeType: scopeTypes[flags & 15]!,
    functionName: toHostString(heap, heap.get(info, ScopeInfo.FunctionName)),
    functionKind: functionKinds[(flags >> 8) & 31],
    isMethod: (flags & (1 << 13)) !== 0,
    isStatic: (flags & (1 << 14)) !== 0,
    languageMode: (flags & (1 << 4)) !== 0 ? 'strict' : 'sloppy',
    contextLocals,
    moduleLocals,
    hasExtension: (flags & (1 << 5)) !== 0,
    outer: outer === StaticRoot.TheHole ? undefined : scopeInfoData(factory, outer),
    start: word(ScopeInfo.StartPosition),
    end: word(ScopeInfo.EndPosition),
    stackLocals: [],
  };
  factory.madeFor.set(data, info);
  return data;
};

export const newScopeInfo = (factory: Factory, data: ScopeInfoData): Tagged => {
  const known = factory.madeFor; // inner and outer functions share them
  const old = known.get(data);
  if (old !== undefined) return old;
  const { heap } = factory;
  const outer = data.outer === undefined ? StaticRoot.TheHole : newScopeInfo(factory, data.outer);
  const stack: Tagged[] = [];
  for (const l of data.stackLocals) {
    stack.push(
      factory.internalize(l.name),
      (l.kind === 'register' ? 0 : 1) << 1,
      l.index << 1,
      modes.indexOf(l.mode) << 1,
      (l.start ?? -1) << 1,
      (l.end ?? -1) << 1,
      (l.initialized ?? -1) << 1,
    );
  }
  for (const l of data.moduleLocals ?? [])
    stack.push(factory.internalize(l.name), 2 << 1, l.cellIndex << 1, 0, localWord(l) << 1, 0, 0);
  const name = factory.internalize(data.functionName);
  const stackLocals = factory.newFixedArrayFrom(stack, Space.Old);
  const count = data.contextLocals.length;
  const o = heap.allocate(ScopeInfo.Locals + 8 * count, Space.Old);
  heap.init(o, HeapObject.Map, StaticRoot.ScopeInfoMap);
  const flags =
    scopeTypes.indexOf(data.scopeType) |
    (data.languageMode === 'strict' ? 1 << 4 : 0) |
    (data.hasExtension ? 1 << 5 : 0) |
    (data.outer !== undefined ? 1 << 6 : 0) |
    (data.functionName !== '' ? 1 << 7 : 0) |
    (functionKinds.indexOf(data.functionKind ?? 'normal') << 8) |
    (data.isMethod ? 1 << 13 : 0) |
    (data.isStatic ? 1 << 14 : 0);
  heap.init(o, ScopeInfo.Flags, flags << 1);
  heap.init(o, ScopeInfo.ContextLocalCount, count << 1);
  heap.init(o, ScopeInfo.FunctionName, name);
  heap.init(o, ScopeInfo.Outer, outer);
  heap.init(o, ScopeInfo.StartPosition, data.start << 1);
  heap.init(o, ScopeInfo.EndPosition, data.end << 1);
  heap.init(o, ScopeInfo.StackLocals, stackLocals);
  data.contextLocals.forEach((l, i) => {
    heap.initElement(o, ScopeInfo.Locals, 2 * i, factory.internalize(l.name));
    heap.initElement(o, ScopeInfo.Locals, 2 * i + 1, localWord(l) << 1);
  });
  known.set(data, o);
  return o;
};

const oddballs: Readonly<Record<Extract<Constant, { kind: 'oddball' }>['value'], StaticRoot>> = {
  undefined: StaticRoot.Undefined,
  null: StaticRoot.Null,
  true: StaticRoot.True,
  false: StaticRoot.False,
  the_hole: StaticRoot.TheHole,
  uninitialized: StaticRoot.Uninitialized,
};

type Resolve = (ref: FunctionRef) => Tagged;

/** One constant pool entry. Everything in it is immovable. */
export const newConstant = (
  factory: Factory,
  c: Constant,
  resolve: Resolve,
  pool: readonly Constant[] = [],
): Tagged => {
  const { heap } = factory;
  switch (c.kind) {
    case 'number': {
      const o = factory.newNumber(c.value);
      return (o & 1) === 0 ? o : factory.newHeapNumber(c.value, Space.Old);
    }
    case 'smi':
      return c.value << 1;
    case 'string':
      return factory.internalize(c.value);
    case 'consString':
      return factory.newString(c.value, Space.Old);
    case 'bigint':
      return factory.newBigInt(c.value);
    case 'oddball':
      return oddballs[c.value];
    case 'symbol':
      return rootSymbol(heap, c.value as RootSymbolName);
    case 'function':
      return resolve(c.value);
    case 'scopeInfo':
      return newScopeInfo(factory, c.value);
    case 'objectBoilerplate': {
      const n = c.properties.length;
      const o = factory.newArrayLike(StaticRoot.ObjectBoilerplateDescriptionMap, 2 + 2 * n, 0, Space.Old);
      heap.init(
        o,
        ObjectBoilerplateDescription.Flags,
        (c.flags | (c.nullPrototype ? boilerplateNullPrototype : 0)) << 1,
      );
      heap.init(o, ObjectBoilerplateDescription.BackingStoreSize, n << 1);
      c.properties.forEach((p, i) => {
        const key =
          typeof p.key === 'string'
            ? factory.internalize(p.key)
            : newConstant(factory, { kind: 'number', value: p.key }, resolve);
        heap.setElement(o, ObjectBoilerplateDescription.Entries, 2 * i, key);
        const value = p.value === undefined ? StaticRoot.Uninitialized : newConstant(factory, p.value, resolve, pool);
        heap.setElement(o, ObjectBoilerplateDescription.Entries, 2 * i + 1, value);
      });
      return o;
    }
    case 'arrayBoilerplate': {
      let elements: Tagged;
      if (c.elementsKind === ElementsKind.PackedDouble || c.elementsKind === ElementsKind.HoleyDouble) {
        elements = factory.newFixedDoubleArray(c.elements.length, Space.Old);
        c.elements.forEach((e, i) => {
          if (e.kind === 'number' || e.kind === 'smi')
            heap.setF64Element(elements, FixedDoubleArray.Elements, i, e.value);
        });
      } else elements = fixedArrayOf(factory, c.elements, resolve, pool);
      const o = factory.newStruct(StaticRoot.ArrayBoilerplateDescriptionMap, Space.Old, c.elementsKind << 1, elements);
      const isTagged = heap.get(elements, HeapObject.Map) === StaticRoot.FixedArrayMap;
      if (c.isCopyOnWrite && isTagged && elements !== StaticRoot.EmptyFixedArray) {
        heap.init(
          heap.get(o, ArrayBoilerplateDescription.ConstantElements),
          HeapObject.Map,
          StaticRoot.CowFixedArrayMap,
        );
      }
      return o;
    }
    case 'classBoilerplate': {
      const kinds = ['method', 'getter', 'setter'];
      const words: Tagged[] = [];
      for (const m of c.members) {
        const key =
          m.key === undefined
            ? StaticRoot.TheHole
            : typeof m.key === 'string'
              ? factory.internalize(m.key)
              : newConstant(factory, { kind: 'number', value: m.key }, resolve);
        words.push(kinds.indexOf(m.kind) << 1, key, m.keyIndex << 1, m.valueIndex << 1, (m.isStatic ? 1 : 0) << 1);
      }
      return factory.newStruct(
        StaticRoot.ClassBoilerplateMap,
        Space.Old,
        c.argumentCount << 1,
        factory.newFixedArrayFrom(words, Space.Old),
      );
    }
    case 'templateObject': {
      const raw = factory.newFixedArrayFrom(
        c.raw.map((s) => factory.internalize(s)),
        Space.Old,
      );
      const cooked = factory.newFixedArrayFrom(
        c.cooked.map((s) => (s === undefined ? StaticRoot.Undefined : factory.internalize(s))),
        Space.Old,
      );
      return factory.newStruct(StaticRoot.TemplateObjectDescriptionMap, Space.Old, raw, cooked);
    }
    case 'globalDeclarations': {
      // As V8: a name for a var; a SharedFunctionInfo and its feedback slot for a function.
      const words: Tagged[] = [];
      for (const d of c.declarations) {
        if (d.kind === 'var') words.push(factory.internalize(d.name));
        else words.push(newConstant(factory, { kind: 'function', value: d.value }, resolve, pool), d.feedbackSlot << 1);
      }
      return factory.newFixedArrayFrom(words, Space.Old);
    }
    case 'fixedArray':
      return fixedArrayOf(factory, c.elements, resolve, pool);
  }
};

const fixedArrayOf = (
  factory: Factory,
  elements: readonly Constant[],
  resolve: Resolve,
  pool: readonly Constant[],
): Tagged =>
  factory.newFixedArrayFrom(
    elements.map((e) => newConstant(factory, e, resolve, pool)),
    Space.Old,
  );

export const newFeedbackMetadata = (factory: Factory, compiled: CompiledFunction): Tagged => {
  const { heap } = factory;
  let entries = 0;
  for (const kind of compiled.feedbackSlots) entries += feedbackSlotSize[kind];
  const o = heap.allocate(FeedbackMetadata.Kinds + entries, Space.Old);
  heap.init(o, HeapObject.Map, StaticRoot.FeedbackMetadataMap);
  heap.setI32(o, FeedbackMetadata.SlotCount, entries);
  heap.setI32(o, FeedbackMetadata.ClosureSlotCount, compiled.closureSlotCount);
  let at = 0;
  for (const kind of compiled.feedbackSlots) {
    heap.setU8Element(o, FeedbackMetadata.Kinds, at++, kind);
    if (feedbackSlotSize[kind] === 2) heap.setU8Element(o, FeedbackMetadata.Kinds, at++, 0);
  }
  return o;
};

/** Gives `sfi` its bytecode, constants, ScopeInfo and feedback metadata. `resolve` gives the SFI of a nested function literal (make it with newSharedFunctionInfoFor, once per ref). */
export const installBytecode = (factory: Factory, sfi: Tagged, compiled: CompiledFunction, resolve: Resolve): void => {
  const { heap } = factory;
  const constants = factory.newFixedArrayFrom(
    compiled.constants.map((c) => newConstant(factory, c, resolve, compiled.constants)),
    Space.Old,
  );
  const handlers = factory.newByteArrayFrom(encodeHandlerTable(compiled.handlerTable), Space.Old);
  const positions = factory.newByteArrayFrom(encodeSourcePositions(compiled.sourcePositions), Space.Old);
  const n = compiled.bytes.length;
  const o = heap.allocate(BytecodeArray.Bytes + n, Space.Old);
  heap.i32.fill(0, (o - 1) >> 2, (o - 1 + BytecodeArray.Bytes) >> 2);
  heap.init(o, HeapObject.Map, StaticRoot.BytecodeArrayMap);
  heap.init(o, BytecodeArray.Length, n << 1);
  heap.init(o, BytecodeArray.ConstantPool, constants);
  heap.init(o, BytecodeArray.HandlerTable, handlers);
  heap.init(o, BytecodeArray.SourcePositionTable, positions);
  heap.setI32(o, BytecodeArray.FrameSize, 8 * compiled.registerCount);
  heap.setI32(o, BytecodeArray.ParameterCount, compiled.parameterCount);
  heap.setI32(o, BytecodeArray.IncomingNewTargetOrGeneratorRegister, compiled.incomingNewTargetOrGeneratorRegister);
  heap.setI32(o, BytecodeArray.MaxStack, 8 * compiled.registerCount);
  heap.u8.set(compiled.bytes, o - 1 + BytecodeArray.Bytes);
  const scopeInfo = newScopeInfo(factory, compiled.scopeInfo);
  heap.set(sfi, SharedFunctionInfo.ScopeInfo, scopeInfo);
  heap.set(sfi, SharedFunctionInfo.OuterScopeInfo, heap.get(scopeInfo, ScopeInfo.Outer));
  heap.set(sfi, SharedFunctionInfo.FeedbackMetadata, newFeedbackMetadata(factory, compiled));
  heap.set(sfi, SharedFunctionInfo.FunctionData, o);
};
