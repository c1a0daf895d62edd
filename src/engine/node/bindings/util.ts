// What util needs of the engine: kinds of values, what is inside promises and proxies, inspecting.

import {
  cloneKind,
  cloneSharedBuffer,
  enqueueCallback,
  isAnyArrayBuffer,
  isPromise,
  PromiseStatus,
  promiseResult,
  promiseStatus,
} from '../../builtins/index.ts';
import type { Tagged } from '../../heap/index.ts';
import {
  consoleTable,
  format,
  type InspectCaller,
  type InspectOptions,
  inPasses,
  inspect,
  modeOfCompactTrue,
  textWidth,
} from '../../inspect/index.ts';
import {
  InstanceType,
  isLengthTracking,
  isSharedBuffer,
  isViewOutOfBounds,
  JSPrimitiveWrapper,
  JSProxy,
  StaticRoot,
  toHostString,
  instanceTypeOf as typeOfObject,
} from '../../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  dataPropertyOnChain,
  detachArrayBuffer,
  functionToString,
  hasInstanceType,
  isCallable,
  isJSReceiver,
  isNumber,
  isString,
  isSymbol,
  newPlainObject,
  primitiveToNumber,
  type Runtime,
  renderForMessage,
  toBoolean,
  typedArrayKind,
} from '../../runtime/index.ts';
import {
  type BindingContext,
  elementsAt,
  type Family,
  newFlag,
  newNumber,
  newText,
  numberAt,
  textAt,
  textsAt,
} from './binding.ts';

const kindNames: Readonly<Partial<Record<InstanceType, string>>> = {
  [InstanceType.JSProxy]: 'Proxy',
  [InstanceType.JSArgumentsObject]: 'Arguments',
  [InstanceType.JSArray]: 'Array',
  [InstanceType.JSArrayBuffer]: 'ArrayBuffer',
  [InstanceType.JSTypedArray]: 'TypedArray',
  [InstanceType.JSDataView]: 'DataView',
  [InstanceType.JSDate]: 'Date',
  [InstanceType.JSError]: 'Error',
  [InstanceType.JSGeneratorObject]: 'Generator',
  [InstanceType.JSAsyncGeneratorObject]: 'Generator',
  [InstanceType.JSMap]: 'Map',
  [InstanceType.JSMapIterator]: 'MapIterator',
  [InstanceType.JSModuleNamespace]: 'Module',
  [InstanceType.JSPromise]: 'Promise',
  [InstanceType.JSRegExp]: 'RegExp',
  [InstanceType.JSSet]: 'Set',
  [InstanceType.JSSetIterator]: 'SetIterator',
  [InstanceType.JSWeakMap]: 'WeakMap',
  [InstanceType.JSWeakSet]: 'WeakSet',
  [InstanceType.JSPrimitiveWrapper]: 'Primitive',
};

const inspectOptions = (rt: Runtime, word: Tagged): InspectOptions => {
  const read = (name: string): Tagged =>
    isJSReceiver(rt, word) ? dataPropertyOnChain(rt, word, rt.factory.internalize(name)) : StaticRoot.Undefined;
  const number = (name: string): number | undefined => {
    const value = read(name);
    if (value === StaticRoot.Null) return Number.POSITIVE_INFINITY;
    return isNumber(rt, value) ? primitiveToNumber(rt, value) : undefined;
  };
  const flag = (name: string): boolean => toBoolean(rt, read(name));
  const compact = read('compact');
  const styles = read('colorTable');
  let colors: Record<string, readonly [number, number]> | undefined;
  if (isString(rt, styles)) {
    try {
      colors = JSON.parse(toHostString(rt.heap, styles)) as Record<string, readonly [number, number]>;
    } catch {
      // no table: no colours
    }
  }
  return {
    depth: number('depth'),
    showHidden: flag('showHidden'),
    breakLength: number('breakLength'),
    compact: compact === StaticRoot.True ? modeOfCompactTrue : compact === StaticRoot.False ? 0 : number('compact'),
    sorted: flag('sorted'),
    maxArrayLength: number('maxArrayLength'),
    maxStringLength: number('maxStringLength'),
    showProxy: flag('showProxy'),
    numericSeparator: flag('numericSeparator'),
    colors,
  };
};

/** The program's functions are called by the library's `call(kind, object, depth, options)`. */
const callerOf =
  (rt: Runtime, args: Arguments, at: number): InspectCaller =>
  (kind, object, depth) =>
    rt.call(
      args.at(at),
      StaticRoot.Undefined,
      kind << 1,
      object,
      depth === Number.POSITIVE_INFINITY ? StaticRoot.Null : rt.factory.newNumber(depth),
      args.at(at - 1),
    );

const isWrapperOf = (rt: Runtime, word: Tagged, test: (value: Tagged) => boolean): boolean =>
  hasInstanceType(rt, word, InstanceType.JSPrimitiveWrapper) && test(rt.heap.get(word, JSPrimitiveWrapper.Value));

export const util: Family = ({ isolate, consoleRoutes }: BindingContext) => {
  return {
    /** inspect(value, options, call): options as util resolved them; `call` makes custom calls, undefined: none. */
    inspect: (rt, args) => {
      const options = inspectOptions(rt, args.at(1));
      if (!isCallable(rt, args.at(2))) return newText(rt, inspect(rt, args.at(0), options.depth, options));
      return newText(
        rt,
        inPasses(rt, [args.at(0)], callerOf(rt, args, 2), (words, calls) =>
          inspect(rt, words[0]!, options.depth, { ...options, calls }),
        ),
      );
    },
    /** format(list, options, call) */
    format: (rt, args) => {
      const options = inspectOptions(rt, args.at(1));
      const words = elementsAt(rt, args, 0);
      return newText(
        rt,
        inPasses(rt, words, callerOf(rt, args, 2), (current, calls) => format(rt, current, { ...options, calls })),
      );
    },
    /** The kind of an object by its layout: 'Map', 'Promise' …; '' for ordinary ones. */
    kind: (rt, args) =>
      isJSReceiver(rt, args.at(0))
        ? rt.factory.internalize(kindNames[typeOfObject(rt.heap, args.at(0)) as InstanceType] ?? '')
        : StaticRoot.EmptyString,
    /** 'string', 'number', 'boolean', 'bigint', 'symbol' of a wrapper object; '' for others. */
    wrapped: (rt, args) => {
      const word = args.at(0);
      const kinds: readonly [string, (value: Tagged) => boolean][] = [
        ['string', (value) => isString(rt, value)],
        ['number', (value) => isNumber(rt, value)],
        ['boolean', (value) => value === StaticRoot.True || value === StaticRoot.False],
        ['symbol', (value) => isSymbol(rt, value)],
        ['bigint', () => true],
      ];
      return rt.factory.internalize(kinds.find(([, test]) => isWrapperOf(rt, word, test))?.[0] ?? '');
    },
    cloneKind: (rt, args) =>
      isJSReceiver(rt, args.at(0)) ? rt.factory.internalize(cloneKind(rt, args.at(0))) : StaticRoot.EmptyString,
    isAnyArrayBuffer: (rt, args) => newFlag(hasInstanceType(rt, args.at(0), InstanceType.JSArrayBuffer)),
    elementsKind: (rt, args) =>
      hasInstanceType(rt, args.at(0), InstanceType.JSTypedArray)
        ? newNumber(rt, typedArrayKind(rt, args.at(0)))
        : newNumber(rt, -1),
    /** [state, result]: 0 pending, 1 fulfilled, 2 rejected. */
    promiseDetails: (rt, args) => {
      const promise = args.at(0);
      if (!isPromise(rt, promise)) return StaticRoot.Undefined;
      const status = promiseStatus(rt, promise);
      const result = status === PromiseStatus.Pending ? StaticRoot.Undefined : promiseResult(rt, promise);
      return rt.factory.newJSArrayFrom([status << 1, result]);
    },
    /** [target, handler] of a proxy. */
    proxyDetails: (rt, args) => {
      const proxy = args.at(0);
      if (!hasInstanceType(rt, proxy, InstanceType.JSProxy)) return StaticRoot.Undefined;
      return rt.factory.newJSArrayFrom([rt.heap.get(proxy, JSProxy.Target), rt.heap.get(proxy, JSProxy.Handler)]);
    },
    detach: (rt, args) => {
      if (isAnyArrayBuffer(rt, args.at(0))) detachArrayBuffer(rt, args.at(0));
      return StaticRoot.Undefined;
    },
    cloneShared: (rt, args) => {
      if (!isAnyArrayBuffer(rt, args.at(0)) || !isSharedBuffer(rt.heap, args.at(0))) return StaticRoot.Undefined;
      return cloneSharedBuffer(rt, args.at(0));
    },
    isShared: (rt, args) => newFlag(isAnyArrayBuffer(rt, args.at(0)) && isSharedBuffer(rt.heap, args.at(0))),
    isOutOfBounds: (rt, args) =>
      newFlag(
        (hasInstanceType(rt, args.at(0), InstanceType.JSTypedArray) ||
          hasInstanceType(rt, args.at(0), InstanceType.JSDataView)) &&
          isViewOutOfBounds(rt.heap, args.at(0)),
      ),
    isLengthTracking: (rt, args) =>
      newFlag(
        (hasInstanceType(rt, args.at(0), InstanceType.JSTypedArray) ||
          hasInstanceType(rt, args.at(0), InstanceType.JSDataView)) &&
          isLengthTracking(rt.heap, args.at(0)),
      ),
    messageText: (rt, args) => newText(rt, renderForMessage(rt, args.at(0))),
    functionText: (rt, args) =>
      isCallable(rt, args.at(0)) ? newText(rt, functionToString(rt, args.at(0))) : StaticRoot.EmptyString,
    stringWidth: (rt, args) => newNumber(rt, textWidth(textAt(rt, args, 0))),
    /** Frames of the stack below the library's own: [functionName, scriptName, line, column] each. */
    callSites: (rt, args) => {
      const frames = rt.hooks
        .captureStack(numberAt(rt, args, 0) || 8, StaticRoot.Undefined)
        .filter((frame) => !frame.isBuiltin);
      const { factory } = rt;
      const rows = frames.map((frame) => {
        const row = newPlainObject(rt);
        const set = (name: string, value: Tagged): void => addOrReplace(rt, row, factory.internalize(name), value, 0);
        set('functionName', newText(rt, ''));
        set('scriptId', newText(rt, '0'));
        set('scriptName', newText(rt, frame.scriptName));
        set('lineNumber', newNumber(rt, frame.line));
        set('columnNumber', newNumber(rt, frame.column));
        set('column', newNumber(rt, frame.column));
        return row;
      });
      return factory.newJSArrayFrom(rows);
    },
    enqueueMicrotask: (rt, args) => {
      if (isCallable(rt, args.at(0))) enqueueCallback(rt, args.at(0));
      return StaticRoot.Undefined;
    },
    /** console.table's text; undefined for what has none. */
    table: (rt, args) => {
      const columns = args.at(1) === StaticRoot.Undefined ? undefined : textsAt(rt, args, 1);
      const text = consoleTable(rt, args.at(0), columns);
      return text === undefined ? StaticRoot.Undefined : newText(rt, text);
    },
    /** Console output goes to a program's own write(): routeConsole(fd, stream, original). */
    routeConsole: (rt, args) => {
      const stream = numberAt(rt, args, 0) === 2 ? 'stderr' : 'stdout';
      consoleRoutes.route(stream, args.at(1), args.at(2));
      return StaticRoot.Undefined;
    },
    runMicrotasks: () => {
      isolate.runMicrotasks();
      return StaticRoot.Undefined;
    },
  };
};
