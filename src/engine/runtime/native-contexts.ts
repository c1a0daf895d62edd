// Several realms in one runtime. One native context is current: the one of the function that runs. What is asked of the realm
// without saying which (`rt.intrinsic`, the roots below) is the current one's.
//
//   interpreted frame ─▶ function of another realm    a nested run: its end is the way back
//   host function called by JavaScript                 enters its own realm, and leaves it
//   machine code                                       has none: what it calls of the host enters the callee's or its context's
//   a frame that goes on (return, handler, bailout)    enters its own
//
// As long as there is one realm nobody asks: `hasRealms` is false.

import { type Immovable, IsolateData, type RootVisitor, type Tagged } from '../heap/index.ts';
import {
  Context,
  FixedArray,
  HeapObject,
  InstanceType,
  JSBoundFunction,
  JSFunction,
  JSProxy,
  MapObject,
  Root,
  root,
  StaticRoot,
  setRoot,
} from '../objects/index.ts';
import { NativeContextSlot } from './native-context.ts';
import type { Runtime } from './runtime.ts';

/** What the host keeps of one realm. */
export class RealmState {
  /** What RegExp.$1 and its like are taken from; a function finds it first. */
  lastRegExpMatch: RegExpMatchArray | (() => RegExpMatchArray) | undefined;
  /** What was assigned to RegExp.input, as long as `of` is the last match. */
  regExpInput: { readonly text: string; readonly of: RegExpMatchArray | undefined } | undefined;
}

/** Somebody is asked about the current realm's global object before that is (proxy.ts). */
export const hasInterceptedGlobal = (rt: Runtime): boolean =>
  rt.intrinsic(NativeContextSlot.SandboxObject) !== StaticRoot.Undefined;

/** The JSGlobalObject that a global proxy stands for; null when it was detached. */
const globalBehind = ({ heap }: Runtime, globalProxy: Tagged): Tagged => {
  const target = heap.get(heap.get(globalProxy, HeapObject.Map), MapObject.Prototype);
  if (target === StaticRoot.Null) return target;
  const type = heap.u16[(heap.get(target, HeapObject.Map) + MapObject.InstanceType - 1) >> 1]!;
  return type === InstanceType.JSProxy ? heap.get(target, JSProxy.Target) : target;
};

export class NativeContexts {
  /** The first is the isolate's own: what belongs to no realm (microtasks, modules, waiters) stands in its slots. */
  readonly all: Immovable[] = [];
  private readonly states = new Map<Tagged, RealmState>();
  private readonly rt: Runtime;

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** A native context was made, and is the current one from now on. */
  add(context: Immovable): void {
    this.all.push(context);
    this.states.set(context, new RealmState());
    this.rt.realm = this.states.get(context)!;
    this.rt.hasRealms = this.all.length > 1;
  }

  /** Realms live as long as the isolate. */
  visitRoots(visitor: RootVisitor): void {
    for (const context of this.all) visitor.forward(context);
  }

  /** The native context that a context is of. */
  of(context: Tagged): Immovable {
    const { i32 } = this.rt.heap;
    while (i32[(context - 1) >> 2] !== StaticRoot.NativeContextMap)
      context = i32[(context + Context.Previous - 1) >> 2]!;
    return context as Immovable;
  }

  ofFunction(fn: Tagged): Immovable {
    return this.of(this.rt.heap.get(fn, JSFunction.Context));
  }

  /** Makes a native context the current one. */
  enter(context: Immovable): void {
    const { rt } = this;
    const { heap } = rt;
    if (context === rt.nativeContext) return;
    rt.setIntrinsic(NativeContextSlot.ScriptContextTable, root(heap, Root.ScriptContextTable));
    rt.nativeContext = context;
    rt.realm = this.states.get(context)!;
    heap.isolateWord(IsolateData.NativeContext, context);
    setRoot(heap, Root.ScriptContextTable, rt.intrinsic(NativeContextSlot.ScriptContextTable));
    setRoot(heap, Root.InterpreterEntryTrampolineCode, rt.intrinsic(NativeContextSlot.InterpreterTrampolineCode));
    const arrayMaps = rt.intrinsic(NativeContextSlot.ArrayMaps);
    for (let kind = 0; kind <= Root.LastArrayMap - Root.FirstArrayMap; kind++)
      setRoot(heap, Root.FirstArrayMap + kind, heap.getElement(arrayMaps, FixedArray.Elements, kind));
    rt.hooks.realmEntered?.();
  }

  /** Runs with another native context as the current one. */
  within<T>(context: Immovable, action: () => T): T {
    const outer = this.rt.nativeContext;
    this.enter(context);
    try {
      return action();
    } finally {
      this.enter(outer);
    }
  }

  /** MayAccess: whether the current realm may look behind a global proxy. It may behind its own, and one of the same security token. */
  mayAccess(globalProxy: Tagged): boolean {
    const { rt } = this;
    const global = globalBehind(rt, globalProxy);
    if (global === rt.intrinsic(NativeContextSlot.GlobalObject)) return true;
    const token = rt.intrinsic(NativeContextSlot.SecurityToken);
    for (const context of this.all)
      if (this.intrinsicOf(context, NativeContextSlot.GlobalObject) === global)
        return this.intrinsicOf(context, NativeContextSlot.SecurityToken) === token;
    return false;
  }

  /** Takes a realm's global proxy from it: nobody may look behind it any longer. */
  detachGlobal(context: Immovable): void {
    const { heap } = this.rt;
    const proxy = this.intrinsicOf(context, NativeContextSlot.GlobalProxy);
    // a realm that came after it may have it now
    if (globalBehind(this.rt, proxy) === this.intrinsicOf(context, NativeContextSlot.GlobalObject))
      heap.set(heap.get(proxy, HeapObject.Map), MapObject.Prototype, StaticRoot.Null);
  }

  /** Whether an object is a global proxy that was taken from its realm. */
  isDetached(object: Tagged): boolean {
    const { heap } = this.rt;
    const map = heap.get(object, HeapObject.Map);
    return (
      heap.u16[(map + MapObject.InstanceType - 1) >> 1] === InstanceType.JSGlobalProxy &&
      globalBehind(this.rt, object) === StaticRoot.Null
    );
  }

  /** GetFunctionRealm; 0 for a proxy that was revoked. */
  functionRealm(object: Tagged): Immovable {
    const { heap } = this.rt;
    for (;;) {
      const type = heap.u16[(heap.get(object, HeapObject.Map) + MapObject.InstanceType - 1) >> 1]!;
      if (type === InstanceType.JSBoundFunction) object = heap.get(object, JSBoundFunction.BoundTarget);
      else if (type === InstanceType.JSProxy) {
        if (heap.get(object, JSProxy.Handler) === StaticRoot.Null) return 0 as Immovable;
        object = heap.get(object, JSProxy.Target);
      } else if (type >= InstanceType.FirstJSFunction && type <= InstanceType.LastJSFunction)
        return this.ofFunction(object);
      else return this.rt.nativeContext;
    }
  }

  /** Value of a slot in another native context. */
  intrinsicOf(context: Tagged, slot: NativeContextSlot): Tagged {
    return this.rt.heap.getElement(context, Context.Slots, slot);
  }

  /** Value of a slot in a function's own realm. */
  intrinsicFor(fn: Tagged, slot: NativeContextSlot): Tagged {
    return this.intrinsicOf(this.rt.hasRealms ? this.ofFunction(fn) : this.rt.nativeContext, slot);
  }

  /** Slot in which the native context of `object`'s realm has it; −1 if it is none of the library's own. */
  slotOf(context: Tagged, object: Tagged): number {
    for (let slot: number = NativeContextSlot.ObjectFunction; slot < NativeContextSlot.Count; slot++)
      if (this.intrinsicOf(context, slot) === object) return slot;
    return -1;
  }

  /** Whether `object` stands in that slot of any realm. */
  isInAny(object: Tagged, slot: NativeContextSlot): boolean {
    return this.all.some((context) => this.intrinsicOf(context, slot) === object);
  }
}
