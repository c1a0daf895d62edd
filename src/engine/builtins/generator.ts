// Iterator.prototype, generator functions and objects, async function constructors.

import {
  GeneratorState,
  InstanceType,
  JSGeneratorObject,
  lookupOwn,
  PropertyAttributes,
  StaticRoot,
} from '../objects/index.ts';
import {
  addOrReplace,
  type BuiltinFunction,
  createIterResult,
  declareBuiltin,
  deleteOrdinary,
  hasInstanceType,
  js,
  makeConstructor,
  NativeContextSlot,
  newInstanceMap,
  newPrototypeObject,
  type RegisteredBuiltin,
  ResumeMode,
  type Runtime,
  throwTypeError,
} from '../runtime/index.ts';
import { asyncGeneratorPrototype } from './async.ts';
import { createDynamicFunction } from './function.ts';
import { type BuiltinTable, builtinTable, installTable, installToStringTag } from './table.ts';

const { Undefined } = StaticRoot;
const executing = GeneratorState.Executing << 1;
const closed = GeneratorState.Closed << 1;

/** Generator.prototype.next, return and throw. A body that ran to its end leaves the generator executing: it is closed here. */
const generatorMethod =
  (name: string, mode: ResumeMode): BuiltinFunction =>
  (rt, args) => {
    const { heap } = rt;
    const generator = args.receiver;
    if (!hasInstanceType(rt, generator, InstanceType.JSGeneratorObject))
      throwTypeError(rt, 'IncompatibleMethodReceiver', `[Generator].prototype.${name}`, generator);
    const state = heap.get(generator, JSGeneratorObject.Continuation);
    if (state === executing) throwTypeError(rt, 'GeneratorRunning');
    if (state === closed) {
      if (mode === ResumeMode.Throw) rt.throw(args.at(0));
      return createIterResult(rt, mode === ResumeMode.Return ? args.at(0) : Undefined, true);
    }
    let finished = true;
    try {
      const result = rt.hooks.resumeGenerator(generator, args.at(0), mode);
      finished = heap.get(args.receiver, JSGeneratorObject.Continuation) === executing;
      return finished ? createIterResult(rt, result, true) : result;
    } finally {
      if (finished) heap.init(args.receiver, JSGeneratorObject.Continuation, closed);
    }
  };

const generatorPrototype = builtinTable('Generator.prototype', [
  ['next', generatorMethod('next', ResumeMode.Next), 1],
  ['return', generatorMethod('return', ResumeMode.Return), 1],
  ['throw', generatorMethod('throw', ResumeMode.Throw), 1],
]);

const self: BuiltinFunction = (_rt, args) => args.receiver;
const iteratorPrototype = builtinTable('%IteratorPrototype%', [
  ['@@iterator', self, 0],
  [
    '@@dispose',
    js`function dispose() {
    'use strict';
    const close = this.return;
    if (close === undefined || close === null) return;
    if (!%IsCallable(close)) %ThrowTypeError('PropertyNotFunction', close, 'return', this);
    %_Call(close, this);
  }`,
    0,
  ],
]);
const asyncIteratorPrototype = builtinTable('%AsyncIteratorPrototype%', [
  ['@@asyncIterator', self, 0],
  [
    '@@asyncDispose',
    js`function asyncDispose() {
    'use strict';
    return (async (iterator) => {
      const close = iterator.return;
      if (close === undefined || close === null) return;
      if (!%IsCallable(close)) %ThrowTypeError('PropertyNotFunction', close, 'return', iterator);
      await %_Call(close, iterator, undefined);
    })(this);
  }`,
    0,
  ],
]);

/** %IteratorPrototype% and %AsyncIteratorPrototype%, unless they are there. Everything iterable needs them, so they come first. */
export const bootstrapIteratorPrototypes = (rt: Runtime): void => {
  if (rt.intrinsic(NativeContextSlot.IteratorPrototype) === Undefined) {
    const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.ObjectPrototype));
    installTable(rt, prototype, iteratorPrototype);
    rt.setIntrinsic(NativeContextSlot.IteratorPrototype, prototype);
  }
  if (rt.intrinsic(NativeContextSlot.AsyncIteratorPrototype) === Undefined) {
    const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.ObjectPrototype));
    installTable(rt, prototype, asyncIteratorPrototype);
    rt.setIntrinsic(NativeContextSlot.AsyncIteratorPrototype, prototype);
  }
};

const readOnly = PropertyAttributes.ReadOnly | PropertyAttributes.DontEnum;

interface FunctionKindSpec {
  readonly name: string;
  readonly implementation: RegisteredBuiltin;
  readonly functionSlot: NativeContextSlot;
  readonly prototypeSlot: NativeContextSlot;
  readonly map: NativeContextSlot;
  /** Prototype of the objects that such functions return. */
  readonly objects?: {
    readonly slot: NativeContextSlot;
    readonly rows: BuiltinTable;
    readonly tag: string;
    readonly parent: NativeContextSlot;
  };
}

const makeFunctionKind = (rt: Runtime, spec: FunctionKindSpec): void => {
  const prototype = newPrototypeObject(rt, rt.intrinsic(NativeContextSlot.FunctionPrototype));
  makeConstructor(rt, {
    name: spec.name,
    implementation: spec.implementation,
    length: 1,
    functionSlot: spec.functionSlot,
    prototypeSlot: spec.prototypeSlot,
    prototype,
    map: rt.intrinsic(spec.map),
    parentFunction: rt.intrinsic(NativeContextSlot.FunctionFunction),
    isGlobal: false,
  });
  // V8's order.
  deleteOrdinary(rt, prototype, rt.names.constructor);
  if (spec.objects !== undefined) addOrReplace(rt, prototype, rt.names.prototype, StaticRoot.Undefined, readOnly);
  addOrReplace(rt, prototype, rt.names.constructor, rt.intrinsic(spec.functionSlot), readOnly);
  installToStringTag(rt, prototype, spec.name);
  if (spec.objects === undefined) return;
  const objects = newPrototypeObject(rt, rt.intrinsic(spec.objects.parent));
  addOrReplace(rt, objects, rt.names.constructor, prototype, readOnly);
  installTable(rt, objects, spec.objects.rows);
  installToStringTag(rt, objects, spec.objects.tag);
  addOrReplace(rt, prototype, rt.names.prototype, objects, readOnly);
  rt.setIntrinsic(spec.objects.slot, objects);
};

const GeneratorFunction = declareBuiltin('GeneratorFunction', createDynamicFunction('function*'));
const AsyncFunction = declareBuiltin('AsyncFunction', createDynamicFunction('async function'));
const AsyncGeneratorFunction = declareBuiltin('AsyncGeneratorFunction', createDynamicFunction('async function*'));

export const bootstrapGenerator = (rt: Runtime): void => {
  bootstrapIteratorPrototypes(rt);
  makeFunctionKind(rt, {
    name: 'GeneratorFunction',
    implementation: GeneratorFunction,
    functionSlot: NativeContextSlot.GeneratorFunctionFunction,
    prototypeSlot: NativeContextSlot.GeneratorFunctionPrototype,
    map: NativeContextSlot.GeneratorFunctionMap,
    objects: {
      slot: NativeContextSlot.GeneratorPrototype,
      rows: generatorPrototype,
      tag: 'Generator',
      parent: NativeContextSlot.IteratorPrototype,
    },
  });
  makeFunctionKind(rt, {
    name: 'AsyncFunction',
    implementation: AsyncFunction,
    functionSlot: NativeContextSlot.AsyncFunctionFunction,
    prototypeSlot: NativeContextSlot.AsyncFunctionPrototype,
    map: NativeContextSlot.AsyncFunctionMap,
  });
  makeFunctionKind(rt, {
    name: 'AsyncGeneratorFunction',
    implementation: AsyncGeneratorFunction,
    functionSlot: NativeContextSlot.AsyncGeneratorFunctionFunction,
    prototypeSlot: NativeContextSlot.AsyncGeneratorFunctionPrototype,
    map: NativeContextSlot.AsyncGeneratorFunctionMap,
    objects: {
      slot: NativeContextSlot.AsyncGeneratorPrototype,
      rows: asyncGeneratorPrototype,
      tag: 'AsyncGenerator',
      parent: NativeContextSlot.AsyncIteratorPrototype,
    },
  });
  const prototype = rt.intrinsic(NativeContextSlot.GeneratorPrototype);
  rt.setIntrinsic(NativeContextSlot.GeneratorNext, lookupOwn(rt.heap, rt.factory, prototype, rt.names.next).value);
  rt.setIntrinsic(
    NativeContextSlot.GeneratorObjectMap,
    newInstanceMap(rt, InstanceType.JSGeneratorObject, JSGeneratorObject.Size, prototype),
  );
};
