// Stack traces: the emulated stack as frames with functions and positions, and what error messages need from it.

import { type AsyncActivation, asyncActivations, isRegExpUnmodified, suspendedAt } from '../builtins/index.ts';
import { BuiltinExitFrame, FrameOffset, FrameType, StackFrameIterator } from '../frames/index.ts';
import { type Address, IsolateData, type Tagged } from '../heap/index.ts';
import { constructReturn } from '../interpreter/index.ts';
import {
  HeapObject,
  InstanceType,
  isNative,
  JSFunction,
  JSGeneratorObject,
  MapObject,
  Script,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { debugName, type Runtime, type StackTraceFrame, sharedDebugName } from '../runtime/index.ts';
import type { CodeRange } from './call-printer.ts';
import type { Scripts } from './scripts.ts';

/** A function that an optimized frame is in: its own or an inlined one. */
export interface OptimizedActivation {
  readonly sfi: Tagged;
  readonly fn: Tagged;
  readonly receiver: Tagged;
  /** Bytecode offset of the call in progress. */
  readonly offset: number;
  readonly isConstructor: boolean;
}

/** Script.Id of what the standard library is written in. */
const libraryScript = -1 << 1;

/** They call what they are given in their own place: they have no frame in V8. */
const tailCalls = new Set([
  'Function.prototype.call',
  'Function.prototype.apply',
  'Reflect.apply',
  'Reflect.construct',
  // V8 enters these without a frame, or leaves them before they throw
  'Array',
  'Proxy',
]);

/** Whether a host function's activations are nobody's to see: a shell's own, or one that V8 leaves by a tail call. */
export const hasNoFrame = (rt: Runtime, sfi: Tagged): boolean => {
  const data = rt.heap.get(sfi, SharedFunctionInfo.FunctionData);
  return (data & 1) === 0 && (rt.isShellBuiltin(data >> 1) || tailCalls.has(rt.builtins[data >> 1]?.name ?? ''));
};

const combinatorFrame = (activation: Extract<AsyncActivation, { readonly combinator: string }>): StackTraceFrame => ({
  function: StaticRoot.Undefined,
  receiver: StaticRoot.Undefined,
  scriptName: '',
  line: 0,
  column: 0,
  isConstructor: false,
  isAsync: true,
  isBuiltin: true,
  isTopLevel: false,
  isEvalCode: false,
  evalOrigin: '',
  combinator: { name: activation.combinator, index: activation.index },
});

/** Where an optimized frame is, innermost activation first; empty where a call site has no translation. Collects nothing. */
export type OptimizedFrameReader = (code: Tagged, fp: Address, pc: Address) => readonly OptimizedActivation[];

/** A place in a script, and the range of the function it is in. */
export interface CodeLocation extends CodeRange {
  readonly script: Tagged;
  /** The language mode of the function. */
  readonly isStrict: boolean;
}

/** A function that waits for the running job, and the offset of the bytecode that it is suspended at. */
export interface AwaitingFunction {
  readonly generator: Tagged;
  readonly offset: number;
}

/** Who waits for the running job, innermost first, combinators left out. */
export const awaitingFunctions = (rt: Runtime, limit: number): AwaitingFunction[] =>
  asyncActivations(rt, limit).flatMap((activation) =>
    'generator' in activation
      ? [{ generator: activation.generator, offset: suspendedAt(rt, activation.generator) }]
      : [],
  );

export class StackTraces {
  private readonly rt: Runtime;
  private readonly scripts: Scripts;
  private readonly readOptimized: OptimizedFrameReader;

  constructor(rt: Runtime, scripts: Scripts, readOptimized: OptimizedFrameReader) {
    this.rt = rt;
    this.scripts = scripts;
    this.readOptimized = readOptimized;
  }

  /** An iterator at the innermost frame while host code runs. */
  iterator(): StackFrameIterator {
    return new StackFrameIterator(this.rt.heap, this.rt.heap.readIsolateWord(IsolateData.CEntryFp), 0);
  }

  capture(limit: number, skip: Tagged): StackTraceFrame[] {
    const frames: StackTraceFrame[] = [];
    const it = this.iterator();
    let skipping = skip !== StaticRoot.Undefined;
    const all: StackTraceFrame[] = [];
    for (; !it.done && (frames.length < limit || skipping); it.advance()) {
      for (const frame of this.framesAt(it)) {
        if (skipping) {
          all.push(frame);
          if (frame.function === skip) skipping = false;
          continue;
        }
        if (frames.length < limit) frames.push(frame);
      }
    }
    const result = skipping ? all.slice(0, limit) : frames;
    for (const activation of asyncActivations(this.rt, limit - result.length))
      result.push(
        ...('generator' in activation ? this.asyncFrame(activation.generator) : [combinatorFrame(activation)]),
      );
    return result;
  }

  /** The frame of a function that awaits, at its `await`. */
  private asyncFrame(generator: Tagged): StackTraceFrame[] {
    const { heap } = this.rt;
    const fn = heap.get(generator, JSGeneratorObject.Function);
    const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
    const position = this.scripts.offsetOf(
      heap.get(sfi, SharedFunctionInfo.FunctionData),
      suspendedAt(this.rt, generator),
    );
    const frame = this.frame(fn, heap.get(generator, JSGeneratorObject.Receiver), position, false);
    return this.visible({ ...frame, isAsync: true });
  }

  private framesAt(it: StackFrameIterator): StackTraceFrame[] {
    const { heap } = this.rt;
    if (it.type === FrameType.BuiltinExit) {
      const isConstructor = heap.i32[(it.fp + BuiltinExitFrame.NewTarget) >> 2] !== StaticRoot.Undefined;
      if (hasNoFrame(this.rt, heap.get(it.function, JSFunction.SharedFunctionInfo))) return [];
      return this.visible(this.frame(it.function, heap.i32[(it.fp + FrameOffset.Receiver) >> 2]!, -1, isConstructor));
    }
    if (it.type === FrameType.JavaScriptBuiltinContinuation)
      return this.visible(this.frame(it.function, heap.i32[(it.fp + FrameOffset.Receiver) >> 2]!, -1, false));
    if (it.type === FrameType.Interpreted) {
      const isConstructor = heap.i32[(it.fp + FrameOffset.ReturnPc) >> 2] === constructReturn;
      return this.visible(
        this.frame(
          it.function,
          heap.i32[(it.fp + FrameOffset.Receiver) >> 2]!,
          this.scripts.offsetOf(it.bytecodeArray, it.bytecodeOffset),
          isConstructor,
        ),
      );
    }
    if (it.type === FrameType.Turbofan) {
      const result: StackTraceFrame[] = [];
      for (const inlined of this.readOptimized(it.code, it.fp, it.pc)) {
        const data = heap.get(inlined.sfi, SharedFunctionInfo.FunctionData);
        result.push(
          ...this.visible(
            this.frame(
              inlined.fn,
              inlined.receiver,
              inlined.offset < 0 ? -1 : this.scripts.offsetOf(data, inlined.offset),
              inlined.isConstructor,
            ),
          ),
        );
      }
      return result;
    }
    return [];
  }

  /** The library's own helpers have no name; loaders are called `node:internal/modules/…`. Nobody sees either. */
  private visible(frame: StackTraceFrame): StackTraceFrame[] {
    const { heap } = this.rt;
    const sfi = heap.get(frame.function, JSFunction.SharedFunctionInfo);
    if (!isNative(heap, sfi)) return [frame];
    if (heap.get(sfi, SharedFunctionInfo.Name) === StaticRoot.EmptyString) return [];
    const script = heap.get(sfi, SharedFunctionInfo.Script);
    if (script === StaticRoot.Undefined) return this.isInlined(frame) ? [] : [frame];
    // a helper inside a library function has a place in that function's text
    if (heap.get(script, Script.Id) === libraryScript && heap.getI32(sfi, SharedFunctionInfo.StartPosition) > 0)
      return [];
    return this.scripts.nameOf(script).startsWith('node:internal/modules/') ? [] : [frame];
  }

  /** What V8's String methods do themselves for an unmodified RegExp; the generators that iterator helpers are made of. */
  private isInlined({ function: fn, receiver }: StackTraceFrame): boolean {
    const { rt } = this;
    const { heap } = rt;
    if ((receiver & 1) === 0) return false;
    const type = heap.getU16(heap.get(receiver, HeapObject.Map), MapObject.InstanceType);
    if (type === InstanceType.JSGeneratorObject) {
      const body = heap.get(heap.get(receiver, JSGeneratorObject.Function), JSFunction.SharedFunctionInfo);
      return isNative(heap, body);
    }
    return (
      type === InstanceType.JSRegExp && debugName(rt, fn).startsWith('[Symbol.') && isRegExpUnmodified(rt, receiver)
    );
  }

  private frame(fn: Tagged, receiver: Tagged, offset: number, isConstructor: boolean): StackTraceFrame {
    const { heap } = this.rt;
    const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
    const flags = heap.getI32(sfi, SharedFunctionInfo.Flags);
    const isBuiltin = (flags & SharedFunctionFlags.Native) !== 0;
    const script = heap.get(sfi, SharedFunctionInfo.Script);
    const evalOrigin = isBuiltin ? undefined : this.scripts.evalOriginOf(script);
    const position =
      offset >= 0 && (!isBuiltin || this.scripts.nameOf(script).startsWith('node:')) && script !== StaticRoot.Undefined
        ? this.scripts.positionAt(script, offset)
        : undefined;
    return {
      function: fn,
      receiver,
      scriptName: position?.scriptName ?? '',
      line: position?.line ?? 0,
      column: position?.column ?? 0,
      isConstructor,
      isAsync: false,
      isBuiltin,
      isTopLevel: (flags & SharedFunctionFlags.IsTopLevel) !== 0,
      ...(position?.isMapped ? { isMapped: true } : {}),
      isEvalCode: evalOrigin !== undefined && (this.isOutermost(sfi) || debugName(this.rt, fn) === ''),
      evalOrigin: evalOrigin ?? '',
    };
  }

  /** An eval's own code; the function that `new Function` made, at the beginning of its script. */
  private isOutermost(sfi: Tagged): boolean {
    const { heap } = this.rt;
    if ((heap.getI32(sfi, SharedFunctionInfo.Flags) & SharedFunctionFlags.IsTopLevel) !== 0) return true;
    const name = heap.get(sfi, SharedFunctionInfo.Name);
    return (
      heap.getI32(sfi, SharedFunctionInfo.FunctionTokenPosition) <= 2 &&
      toHostString(heap, name) === 'anonymous' &&
      heap.getI32(sfi, SharedFunctionInfo.FunctionTokenPosition) >= 0
    );
  }

  /** What stack traces say of code that is made now: where the innermost frame is (V8: FormatEvalOrigin). */
  evalOrigin(position?: number): string {
    const { rt } = this;
    for (const it = this.iterator(); !it.done; it.advance())
      for (const frame of this.framesAt(it)) {
        if (frame.isBuiltin) continue;
        const sfi = rt.heap.get(frame.function, JSFunction.SharedFunctionInfo);
        const name = sharedDebugName(rt, sfi) || '<anonymous>';
        if (frame.evalOrigin !== '') return `eval at ${name} (${frame.evalOrigin})`;
        const script = rt.heap.get(sfi, SharedFunctionInfo.Script);
        const { line, column } = position === undefined ? frame : this.scripts.positionAt(script, position);
        return `eval at ${name} (${frame.scriptName || 'unknown source'}:${line}:${column})`;
      }
    return '';
  }

  /** The innermost JavaScript frame is the standard library's. */
  get isInLibrary(): boolean {
    for (const it = this.iterator(); !it.done; it.advance()) {
      let sfi: Tagged;
      if (it.type === FrameType.Interpreted) sfi = this.rt.heap.get(it.function, JSFunction.SharedFunctionInfo);
      else if (it.type === FrameType.Turbofan) {
        const inlined = this.readOptimized(it.code, it.fp, it.pc)[0];
        if (inlined === undefined) continue;
        sfi = inlined.sfi;
      } else continue;
      return isNative(this.rt.heap, sfi);
    }
    return false;
  }

  /** Script and source offset of the innermost user frame. */
  currentLocation(): CodeLocation | undefined {
    const { heap } = this.rt;
    for (const it = this.iterator(); !it.done; it.advance()) {
      let fn: Tagged;
      let offset: number;
      if (it.type === FrameType.Interpreted) {
        fn = it.function;
        offset = this.scripts.offsetOf(it.bytecodeArray, it.bytecodeOffset);
      } else if (it.type === FrameType.Turbofan) {
        const inlined = this.readOptimized(it.code, it.fp, it.pc).find(({ sfi }) => !isNative(heap, sfi));
        if (inlined === undefined) continue;
        fn = inlined.fn;
        offset = this.scripts.offsetOf(heap.get(inlined.sfi, SharedFunctionInfo.FunctionData), inlined.offset);
      } else continue;
      const sfi = heap.get(fn, JSFunction.SharedFunctionInfo);
      const flags = heap.getI32(sfi, SharedFunctionInfo.Flags);
      if ((flags & SharedFunctionFlags.Native) !== 0) continue;
      return {
        script: heap.get(sfi, SharedFunctionInfo.Script),
        isStrict: (flags & SharedFunctionFlags.Strict) !== 0,
        offset,
        start: heap.getI32(sfi, SharedFunctionInfo.StartPosition),
        end: heap.getI32(sfi, SharedFunctionInfo.EndPosition),
      };
    }
    return undefined;
  }
}
