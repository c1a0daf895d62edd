// JSReceivers. Their Maps are made by realms and programs; in-object properties follow the fields.

import { bits, f64, heapType, padding, smi, tagged } from './heap-type.ts';
import { HeapObject } from './primitives.ts';

export const JSReceiver = heapType({
  parent: HeapObject,
  fields: { PropertiesOrHash: tagged('PropertyArray', 'FixedArray', 'Smi') }, // Smi: hash; or a dictionary, or empty_fixed_array
});

export const JSProxy = heapType({
  parent: JSReceiver,
  instanceTypes: { JSProxy: 0x400 },
  fields: { Elements: tagged(), Target: tagged('JSReceiver', 'Null'), Handler: tagged('JSReceiver', 'Null') },
});

export const JSObject = heapType({
  parent: JSReceiver,
  instanceTypes: {
    JSGlobalProxy: 0x401,
    JSGlobalObject: 0x402,
    JSObject: 0x421,
    JSIteratorPrototype: 0x42b,
    JSError: 0x42c,
    JSRawJSON: 0x43f, // what JSON.rawJSON makes
  },
  fields: { Elements: tagged() },
  ends: { HeaderSize: 'Elements' },
});

export const JSPrimitiveWrapper = heapType({
  parent: JSObject,
  instanceTypes: { JSPrimitiveWrapper: 0x403 },
  fields: { Value: tagged() },
});

/** In-object properties of sloppy and strict arguments objects stand right after the header. */
export const JSArgumentsObject = heapType({
  parent: JSObject,
  instanceTypes: { JSArgumentsObject: 0x422 },
  fields: { Length: tagged(), Callee: tagged() },
  ends: { StrictSize: 'Length', SloppySize: 'Callee' },
});

export const JSArray = heapType({
  parent: JSObject,
  instanceTypes: { JSArray: 0x423 },
  fields: { Length: tagged('Smi', 'HeapNumber') },
});

/** What RegExp.prototype.exec returns: in-object properties of a JSArray. */
export const JSRegExpResult = heapType({
  parent: JSArray,
  fields: { Index: tagged(), Input: tagged(), Groups: tagged() },
});

export const JSArrayIterator = heapType({
  parent: JSObject,
  instanceTypes: { JSArrayIterator: 0x424 },
  fields: { IteratedObject: tagged(), NextIndex: tagged(), Kind: smi }, // Kind: 0 keys, 1 values, 2 entries
});

export const JSStringIterator = heapType({
  parent: JSObject,
  instanceTypes: { JSStringIterator: 0x425 },
  fields: { String: tagged('StringObject'), Index: smi },
});

/** JSMap and JSSet; the weak ones have an EphemeronHashTable. */
export const JSCollection = heapType({
  parent: JSObject,
  instanceTypes: { JSMap: 0x42f, JSSet: 0x430, JSWeakMap: 0x431, JSWeakSet: 0x432 },
  fields: { Table: tagged() },
});

export const JSCollectionIterator = heapType({
  parent: JSObject,
  instanceTypes: { JSMapIterator: 0x426, JSSetIterator: 0x427 },
  fields: { Table: tagged(), Index: smi, Kind: smi }, // Kind: 0 keys, 1 values, 2 entries
});

export const JSGeneratorObject = heapType({
  parent: JSObject,
  instanceTypes: { JSGeneratorObject: 0x428, JSAsyncFunctionObject: 0x429, JSAsyncGeneratorObject: 0x42a },
  fields: {
    Function: tagged('JSFunction'),
    Context: tagged('Context'),
    Receiver: tagged(),
    InputOrDebugPos: tagged(),
    ResumeMode: smi, // 0 next, 1 return, 2 throw
    Continuation: smi, // a suspend id, or one of GeneratorState
    ParametersAndRegisters: tagged('FixedArray'),
    AwaitPromiseOrQueue: tagged(),
  },
});

export const JSDate = heapType({
  parent: JSObject,
  instanceTypes: { JSDate: 0x42d },
  fields: { Value: f64 },
});

export const JSRegExp = heapType({
  parent: JSObject,
  instanceTypes: { JSRegExp: 0x42e },
  fields: { Source: tagged(), Flags: tagged(), LastIndex: tagged() },
});

export const JSPromise = heapType({
  parent: JSObject,
  instanceTypes: { JSPromise: 0x434 },
  fields: { ReactionsOrResult: tagged(), Flags: smi }, // Flags: bits 0–1 status, bit 2 has handler
});

/** What a generator's continuation is while it is not suspended. */
export enum GeneratorState {
  Executing = -2,
  Closed = -1,
}

export enum JSArrayBufferFlags {
  IsShared = 1,
}

/** See objects/typed-arrays.ts. */
export const JSArrayBuffer = heapType({
  parent: JSObject,
  instanceTypes: { JSArrayBuffer: 0x435 },
  fields: {
    ByteLength: smi,
    BackingStore: tagged('ByteArray', 'Undefined', 'JSArrayBuffer'), // undefined once detached; in a clone of a shared buffer, the one that has the bytes
    MaxByteLength: tagged('Smi', 'HeapNumber', 'Undefined'), // undefined: the length is fixed
    Flags: bits(smi, JSArrayBufferFlags),
  },
});

/** Also a DataView, whose length is in bytes. */
export const JSTypedArray = heapType({
  parent: JSObject,
  instanceTypes: { JSTypedArray: 0x436, JSDataView: 0x437 },
  fields: { Buffer: tagged(), ByteOffset: smi, Length: smi }, // Length −1: up to the end of the buffer
});

export const JSModuleNamespace = heapType({
  parent: JSObject,
  instanceTypes: { JSModuleNamespace: 0x438 },
  fields: { Module: tagged() },
});

export const JSWeakRef = heapType({
  parent: JSObject,
  instanceTypes: { JSWeakRef: 0x433 },
  fields: { Target: tagged() }, // weak to a collection that marks, which makes it undefined
});

export const JSFinalizationRegistry = heapType({
  parent: JSObject,
  instanceTypes: { JSFinalizationRegistry: 0x43a },
  fields: {
    Cleanup: tagged(),
    Cells: tagged('FixedArray'), // [count Smi] (RegistryCell)*
    NextDirty: tagged('JSFinalizationRegistry', 'Undefined', 'Smi'), // the next of those whose cleanup is to run; 0: this one is none
  },
});

/** Words of one registration. Target and token are weak to a collection that marks. */
export enum RegistryCell {
  Target, // the_hole: it died, and the cleanup is to be called
  Holdings,
  Token, // undefined: none, or it died
  Length,
}

export const JSRegExpStringIterator = heapType({
  parent: JSObject,
  instanceTypes: { JSRegExpStringIterator: 0x439 },
  fields: { Matcher: tagged(), String: tagged(), Flags: smi }, // Flags: bit 0 global, bit 1 full unicode, bit 2 done
});

/** Helpers and wrappers: the generator or `next`, and the iterator below. */
export const JSIteratorHelper = heapType({
  parent: JSObject,
  instanceTypes: { JSIteratorHelper: 0x43b },
  fields: { Source: tagged(), Iterator: tagged(), Kind: smi }, // Kind: 0 a helper, 1 a wrapper
});

export const JSAsyncFromSyncIterator = heapType({
  parent: JSObject,
  instanceTypes: { JSAsyncFromSyncIterator: 0x43c },
  fields: { SyncIterator: tagged(), Next: tagged() },
});

/** A DisposableStack, and what `using` keeps its values on. */
export const JSDisposableStack = heapType({
  parent: JSObject,
  instanceTypes: { JSDisposableStack: 0x43d, JSAsyncDisposableStack: 0x43e },
  fields: { Entries: tagged(), Length: tagged(), State: tagged(), Error: tagged(), Padding: padding(4) },
});

export const JSIteratorResult = heapType({
  parent: JSObject,
  fields: { Value: tagged(), Done: tagged() },
});

export const JSBoundFunction = heapType({
  parent: JSObject,
  instanceTypes: { JSBoundFunction: 0x500 },
  fields: { BoundTarget: tagged('JSReceiver'), BoundThis: tagged(), BoundArguments: tagged('FixedArray') },
});

export const JSFunction = heapType({
  parent: JSObject,
  instanceTypes: { JSFunction: 0x501, JSClassConstructor: 0x502 },
  fields: {
    SharedFunctionInfo: tagged('SharedFunctionInfo'),
    Context: tagged('Context'),
    FeedbackCell: tagged('FeedbackCell'),
    Code: tagged('Code', 'Smi', 'Undefined'), // optimized, or the builtin's / interpreter trampoline's Code
    PrototypeOrInitialMap: tagged(), // the_hole, prototype object or initial Map; absent without a prototype slot
  },
  ends: { SizeWithoutPrototype: 'Code', SizeWithPrototype: 'PrototypeOrInitialMap' },
});
