// d8's `Realm`: several global objects in one isolate, by index. The first is the shell's own.
//
// Invariant: an index names the same realm until that is disposed of; then nothing, and it is not given again.
//
// A realm has a security token of its own, unless it was made to be seen: other realms get `no access` for anything they do with its
// global object. Its other objects are as open as any.

import { newRealm } from '../builtins/index.ts';
import type { Immovable, Tagged } from '../heap/index.ts';
import { JsSyntaxError } from '../ignition/index.ts';
import { defineHostGlobal, type HostFunction, hostFunction, type Isolate } from '../isolate/index.ts';
import { HeapObject, MapObject, mapConstructor, StaticRoot } from '../objects/index.ts';
import {
  type Arguments,
  addOrReplace,
  defineOnOrdinary,
  isJSFunction,
  isJSReceiver,
  isString,
  NativeContextSlot,
  newErrorObject,
  newPlainObject,
  type Runtime,
  toHost,
  toNumberValue,
} from '../runtime/index.ts';
import { installFlagGlobals } from './flag-globals.ts';

/** In the place of a realm that was disposed of. */
const noRealm = 0 as Immovable;

export class D8Realms {
  private readonly isolate: Isolate;
  private readonly installGlobals: () => void;
  /** Native contexts by index; 0: it was disposed of. */
  private readonly contexts: Immovable[];
  /** The realm that the shell's next script runs in. */
  private next = 0;
  private current = 0;
  /** A handle for the shell's life: Realm.shared. */
  private readonly sharedValue: number;

  /** @param installGlobals defines the shell's globals in the current realm */
  constructor(isolate: Isolate, installGlobals: () => void) {
    this.isolate = isolate;
    this.installGlobals = installGlobals;
    this.contexts = [isolate.rt.nativeContext];
    this.sharedValue = isolate.rt.heap.handle(StaticRoot.Undefined);
  }

  /** Runs in the realm that Realm.switch named. */
  run<T>(action: () => T): T {
    return this.within(this.next, action);
  }

  /** Defines `Realm` in the current realm. */
  install(): void {
    const { isolate } = this;
    const { rt } = isolate;
    const realm = newPlainObject(rt);
    for (const [name, fn] of Object.entries(this.functions))
      addOrReplace(rt, realm, rt.factory.internalize(name), hostFunction(isolate, name, fn), 0);
    const shared = {
      get: hostFunction(isolate, 'shared', this.getShared),
      set: hostFunction(isolate, 'shared', this.setShared),
    };
    defineOnOrdinary(rt, realm, rt.factory.internalize('shared'), { ...shared, enumerable: true, configurable: true });
    defineHostGlobal(isolate, 'Realm', realm);
  }

  private readonly functions: Readonly<Record<string, HostFunction>> = {
    current: () => this.current << 1,
    owner: (rt, args) => this.owner(rt, args),
    global: (rt, args) => rt.realms.intrinsicOf(this.at(rt, args, 0), NativeContextSlot.GlobalProxy),
    create: () => this.create(),
    createAllowCrossRealmAccess: (rt) => this.create(rt.intrinsic(NativeContextSlot.SecurityToken)),
    navigate: (rt, args) => this.navigate(rt, args),
    detachGlobal: (rt, args) => {
      rt.realms.detachGlobal(this.contexts[this.disposable(rt, args)]!);
      return StaticRoot.Undefined;
    },
    dispose: (rt, args) => {
      this.contexts[this.disposable(rt, args)] = noRealm;
      return StaticRoot.Undefined;
    },
    switch: (rt, args) => {
      this.next = this.contexts.indexOf(this.at(rt, args, 0));
      return StaticRoot.Undefined;
    },
    eval: (rt, args) => this.evaluate(rt, args),
  };
  private readonly getShared: HostFunction = (rt) => rt.heap.deref(this.sharedValue);
  private readonly setShared: HostFunction = (rt, args) => {
    rt.heap.setHandle(this.sharedValue, args.at(0));
    return StaticRoot.Undefined;
  };

  private fail(rt: Runtime, message: string): never {
    return rt.throw(newErrorObject(rt, 'Error', message));
  }

  private at(rt: Runtime, args: Arguments, i: number): Immovable {
    const index = args.length > i ? toNumberValue(rt, args.at(i)) : Number.NaN;
    const context = this.contexts[index];
    if (context === undefined || context === noRealm) this.fail(rt, 'Invalid realm index');
    return context;
  }

  /** Index of a realm that may be left: not the first, not one in use. */
  private disposable(rt: Runtime, args: Arguments): number {
    const index = this.contexts.indexOf(this.at(rt, args, 0));
    if (index === 0 || index === this.current || index === this.next) this.fail(rt, 'Invalid realm index');
    return index;
  }

  private create(token?: Tagged, index = this.contexts.length, proxy?: Tagged): Tagged {
    const { isolate } = this;
    const { rt } = isolate;
    const context = newRealm(rt, proxy);
    this.contexts[index] = context;
    rt.realms.within(context, () => {
      if (token !== undefined) rt.setIntrinsic(NativeContextSlot.SecurityToken, token);
      if (isolate.flags !== undefined) installFlagGlobals(isolate, isolate.flags);
      this.installGlobals();
    });
    return index << 1;
  }

  /** Another realm, with a token of its own, in the place of one; it takes over the global proxy, unless that was detached. */
  private navigate(rt: Runtime, args: Arguments): Tagged {
    const index = this.disposable(rt, args);
    const proxy = rt.realms.intrinsicOf(this.contexts[index]!, NativeContextSlot.GlobalProxy);
    return this.create(undefined, index, rt.realms.isDetached(proxy) ? undefined : proxy);
  }

  private evaluate(rt: Runtime, args: Arguments): Tagged {
    const index = this.contexts.indexOf(this.at(rt, args, 0));
    if (args.length < 2 || !isString(rt, args.at(1))) this.fail(rt, 'Invalid argument');
    const source = toHost(rt, args.at(1));
    try {
      return this.within(index, () => this.isolate.runScript(source, '(d8)'));
    } catch (error) {
      if (error instanceof JsSyntaxError) this.isolate.throwSyntaxError(error, source);
      throw error;
    }
  }

  private within<T>(index: number, action: () => T): T {
    const outer = this.current;
    this.current = index;
    try {
      return this.isolate.rt.realms.within(this.contexts[index]!, action);
    } finally {
      this.current = outer;
    }
  }

  private owner(rt: Runtime, args: Arguments): Tagged {
    if (!isJSReceiver(rt, args.at(0))) this.fail(rt, 'Invalid argument');
    if (rt.realms.isDetached(args.at(0))) return StaticRoot.Undefined;
    const index = this.contexts.indexOf(creationContext(rt, args.at(0)));
    return index < 0 ? StaticRoot.Undefined : index << 1;
  }
}

/** The native context that an object was made in: its constructor's, or the one whose Object.prototype it inherits from. */
const creationContext = (rt: Runtime, object: Tagged): Immovable => {
  const { heap, realms } = rt;
  const owns = (candidate: Tagged, slot: NativeContextSlot): Immovable | undefined =>
    realms.all.findLast((context) => realms.intrinsicOf(context, slot) === candidate);
  const ofProxy = owns(object, NativeContextSlot.GlobalProxy);
  if (ofProxy !== undefined) return ofProxy;
  if (isJSFunction(rt, object)) return realms.ofFunction(object);
  const constructor = mapConstructor(heap, heap.get(object, HeapObject.Map));
  if ((constructor & 1) !== 0 && isJSFunction(rt, constructor)) return realms.ofFunction(constructor);
  for (let at = object; at !== StaticRoot.Null; at = heap.get(heap.get(at, HeapObject.Map), MapObject.Prototype)) {
    const context = owns(at, NativeContextSlot.ObjectPrototype);
    if (context !== undefined) return context;
  }
  return rt.nativeContext;
};
