// A frame as stack traces name it (V8: CallSiteInfo).
//
//     at f (file)             a function that is called without a receiver
//     at Type.f [as g] (file) a method; no type before what is no identifier (`get x`, `[Symbol.iterator]`, `ops.<computed>`)
//     at new F (file)         a construction
//     at async f (file)       what waits for the frames above it
//     at file                 nobody has a name for it
//
// Nothing here runs JavaScript.

import type { Tagged } from '../heap/index.ts';
import {
  AccessorPair,
  functionKinds,
  HeapObject,
  InstanceType,
  JSFunction,
  lookupOwn,
  MapObject,
  mapConstructor,
  ownPropertyNames,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import type { StackTraceFrame } from './hooks.ts';
import { NativeContextSlot } from './native-context.ts';
import { className, getDataProperty } from './rendering.ts';
import type { Runtime } from './runtime.ts';
import { instanceTypeOf, isJSFunction, isJSReceiver, isString } from './values.ts';

/** SharedFunctionInfo::DebugName: the name, or what the parser inferred. */
export const sharedDebugName = (rt: Runtime, sfi: Tagged): string => {
  const { heap } = rt;
  const kind = functionKinds[heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.KindMask];
  if (kind === 'classMembersInitializer') return '<instance_members_initializer>';
  if (kind === 'classStaticInitializer') return '<static_initializer>';
  const name = heap.get(sfi, SharedFunctionInfo.Name);
  const text = isString(rt, name) ? toHostString(heap, name) : '';
  return text === '' ? toHostString(heap, heap.get(sfi, SharedFunctionInfo.InferredName)) : text;
};

/** JSFunction::GetDebugName: an own `name` that is a string of the program's, or the shared one. */
export const debugName = (rt: Runtime, fn: Tagged): string => {
  const { heap } = rt;
  if (!isJSFunction(rt, fn)) return '';
  const own = lookupOwn(heap, rt.factory, fn, rt.names.name);
  if (own.found && (own.details & 2) === 0 && isString(rt, own.value)) return toHostString(heap, own.value);
  return sharedDebugName(rt, heap.get(fn, JSFunction.SharedFunctionInfo));
};

/** JSReceiver::GetConstructorName. */
export const constructorName = (rt: Runtime, object: Tagged): string => {
  const { heap } = rt;
  const map = heap.get(object, HeapObject.Map);
  const prototype = heap.get(map, MapObject.Prototype);
  const maker = mapConstructor(heap, map);
  if (isJSFunction(rt, maker)) {
    // a derived class's objects have a map of the base's constructor
    const initial = heap.get(maker, JSFunction.PrototypeOrInitialMap);
    const isOwn =
      (initial & 1) === 0 ||
      heap.get(initial, HeapObject.Map) !== StaticRoot.MetaMap ||
      heap.get(initial, MapObject.Prototype) === prototype;
    const name = isOwn ? sharedDebugName(rt, heap.get(maker, JSFunction.SharedFunctionInfo)) : '';
    if (name !== '' && name !== 'Object') return name;
  }
  const tag = getDataProperty(rt, object, rt.symbols.to_string_tag_symbol);
  if (isString(rt, tag)) return toHostString(heap, tag);
  const constructor =
    prototype === StaticRoot.Null ? StaticRoot.Undefined : getDataProperty(rt, prototype, rt.names.constructor);
  if (isJSFunction(rt, constructor)) {
    const name = sharedDebugName(rt, heap.get(constructor, JSFunction.SharedFunctionInfo));
    if (name !== '' && name !== 'Object') return name;
  }
  return className(rt, object);
};

/** What a frame's receiver is called; undefined where it has none. */
export const typeName = (rt: Runtime, receiver: Tagged): string | undefined => {
  if (receiver === StaticRoot.Undefined || receiver === StaticRoot.Null || receiver === StaticRoot.TheHole)
    return undefined;
  const primitive = primitiveName(rt, receiver);
  if (primitive !== undefined) return primitive;
  if (instanceTypeOf(rt, receiver) === InstanceType.JSProxy) return 'Proxy';
  if (isJSFunction(rt, receiver)) {
    const name = debugName(rt, receiver);
    if (name !== '') return name;
  }
  return constructorName(rt, receiver);
};

const primitiveConstructors: readonly (readonly [(type: InstanceType) => boolean, string])[] = [
  [(type) => type < InstanceType.FirstNonstring, 'String'],
  [(type) => type === InstanceType.HeapNumber, 'Number'],
  [(type) => type === InstanceType.BigInt, 'BigInt'],
  [(type) => type === InstanceType.Symbol, 'Symbol'],
  [(type) => type === InstanceType.Oddball, 'Boolean'],
];

const primitiveName = (rt: Runtime, value: Tagged): string | undefined => {
  if ((value & 1) === 0) return 'Number';
  if (isJSReceiver(rt, value)) return undefined;
  const type = instanceTypeOf(rt, value);
  return primitiveConstructors.find(([fits]) => fits(type))?.[1] ?? 'Object';
};

/** The property of the receiver's chain that the function stands in; undefined when none or several. */
export const methodName = (rt: Runtime, receiver: Tagged, fn: Tagged): string | undefined => {
  const { heap, factory } = rt;
  if (!isJSFunction(rt, fn)) return undefined;
  const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
  const shared = heap.get(sfi, SharedFunctionInfo.Name);
  const full = isString(rt, shared) ? toHostString(heap, shared) : '';
  const name = full.startsWith('get ') || full.startsWith('set ') ? full.slice(4) : full;
  const start = primitiveName(rt, receiver) === undefined ? receiver : wrapperPrototype(rt, receiver);
  const holds = (value: Tagged): boolean => {
    if (value === fn) return true;
    if ((value & 1) === 0 || heap.get(value, HeapObject.Map) !== StaticRoot.AccessorPairMap) return false;
    return heap.get(value, AccessorPair.Getter) === fn || heap.get(value, AccessorPair.Setter) === fn;
  };
  const chain: Tagged[] = [];
  for (
    let o = start;
    o !== StaticRoot.Null && isJSReceiver(rt, o);
    o = heap.get(heap.get(o, HeapObject.Map), MapObject.Prototype)
  ) {
    if (instanceTypeOf(rt, o) === InstanceType.JSProxy) break;
    chain.push(o);
  }
  if (name !== '') {
    const key = factory.internalize(name);
    for (const o of chain) {
      const own = lookupOwn(heap, factory, o, key);
      if (!own.found) continue;
      if (holds(own.value)) return name;
      break;
    }
  }
  for (const o of chain) {
    const found = ownPropertyNames(heap, o).filter((key) => {
      if (!isString(rt, key)) return false;
      const own = lookupOwn(heap, factory, o, key);
      return own.found && holds(own.value);
    });
    if (found.length > 1) return undefined;
    if (found.length === 1) return toHostString(heap, found[0]!);
  }
  return undefined;
};

/** Where a primitive's methods stand. */
const wrapperPrototype = (rt: Runtime, value: Tagged): Tagged => {
  const type = (value & 1) === 0 ? InstanceType.HeapNumber : instanceTypeOf(rt, value);
  const slot =
    type < InstanceType.FirstNonstring
      ? NativeContextSlot.StringFunction
      : type === InstanceType.HeapNumber
        ? NativeContextSlot.NumberFunction
        : undefined;
  const constructor = slot === undefined ? StaticRoot.Undefined : rt.intrinsic(slot);
  if (!isJSFunction(rt, constructor)) return StaticRoot.Null;
  const map = rt.heap.get(constructor, JSFunction.PrototypeOrInitialMap);
  return (map & 1) !== 0 && rt.heap.get(map, HeapObject.Map) === StaticRoot.MetaMap
    ? rt.heap.get(map, MapObject.Prototype)
    : StaticRoot.Null;
};

/** Stacks are captured where the host's own may be about to end, too: a regular expression is compiled for foreign letters only. */
const isIdentifier = (name: string): boolean => {
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    if (c > 127) return /^[\p{ID_Start}$_][\p{ID_Continue}$_]*$/u.test(name);
    const isLetter = (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 36 || c === 95;
    if (!isLetter && !(i > 0 && c >= 48 && c <= 57)) return false;
  }
  return true;
};

const endsWithMethod = (name: string, method: string): boolean => {
  if (name === method) return true;
  const before = name[name.length - method.length - 1];
  return name.endsWith(method) && (before === '.' || before === ' ');
};

/** Whether the frame is one of a method: it has a receiver of its own. */
export const isMethodCall = (rt: Runtime, { receiver, isConstructor, isTopLevel }: StackTraceFrame): boolean =>
  !isTopLevel && !isConstructor && typeName(rt, receiver) !== undefined && !isGlobal(rt, receiver);

const isGlobal = (rt: Runtime, value: Tagged): boolean =>
  value === rt.intrinsic(NativeContextSlot.GlobalProxy) || value === rt.intrinsic(NativeContextSlot.GlobalObject);

/** What the frame's function is called. Code of an eval has no name but this. */
export const frameFunctionName = (rt: Runtime, frame: StackTraceFrame): string => {
  const name = debugName(rt, frame.function);
  return frame.isEvalCode ? 'eval' : name;
};

/** `file:line:column`, or what stands for it. */
const frameLocation = (frame: StackTraceFrame): string => {
  const { scriptName, line, column } = frame;
  if (line === 0) return frame.isBuiltin ? '<anonymous>' : scriptName || '<anonymous>';
  const origin = scriptName === '' && frame.evalOrigin !== '' ? `${frame.evalOrigin}, ` : '';
  return `${origin}${scriptName === '' ? '<anonymous>' : scriptName}:${line}:${column}`;
};

/** One line of a stack trace, without "    at ". */
export const formatFrame = (rt: Runtime, frame: StackTraceFrame): string => {
  if (frame.combinator !== undefined) return `async Promise.${frame.combinator.name} (index ${frame.combinator.index})`;
  const location = frameLocation(frame);
  const name = frameFunctionName(rt, frame);
  const prefix = frame.isAsync ? 'async ' : '';
  if (isMethodCall(rt, frame)) return `${prefix}${methodCall(rt, frame, name)} (${location})`;
  if (frame.isConstructor) return `${prefix}new ${name === '' ? '<anonymous>' : name} (${location})`;
  // Node writes the frames of mapped places itself, and never without a name
  const shown = name === '' && frame.isMapped ? '<anonymous>' : name;
  return shown === '' ? `${prefix}${location}` : `${prefix}${shown} (${location})`;
};

const methodCall = (rt: Runtime, frame: StackTraceFrame, name: string): string => {
  const type = typeName(rt, frame.receiver)!;
  const method = methodName(rt, frame.receiver, frame.function);
  if (name === '') return `${type}.${method ?? '<anonymous>'}`;
  const qualified = isIdentifier(name) && !name.startsWith(type) ? `${type}.${name}` : name;
  return method === undefined || endsWithMethod(name, method) ? qualified : `${qualified} [as ${method}]`;
};
