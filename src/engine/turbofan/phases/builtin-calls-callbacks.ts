// Methods of arrays that call back (V8: IteratingArrayBuiltinReducerAssembler): a loop in the caller's code, in which the callback can
// be inlined. What leaves in the middle goes on in a continuation of the method (frames/builtin-continuations.ts):
//
//   loop, k      Checkpoint: eager continuation at k
//                CheckMaps: the callback may have changed the array
//                element k, unless there is a hole
//                JSCall: lazy continuation, which gets the callback's result
//                k + 1

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { BuiltinContinuation, continuationOffset } from '../../frames/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { type ElementsKind, isDoubleElementsKind, isHoleyElementsKind, Root, StaticRoot } from '../../objects/index.ts';
import { elementAccess, Fields, jsArrayLength } from '../broker/access-builder.ts';
import { StateValuesCache } from '../graph/frame-states.ts';
import type { Node } from '../graph/node.ts';
import { BranchHint, type FrameStateInfo, FrameStateType, ignoreOutput } from '../graph/parameters.ts';
import { Types } from '../graph/types.ts';
import { operator } from '../operators/operators.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { iterableElementsKind } from './builtin-calls-iterators.ts';
import { inferMaps } from './map-inference.ts';
import type { Chain } from './property-access-builder.ts';

type Reduction = (call: BuiltinCall) => Node | undefined;
type Mode = 'eager' | 'lazy';

/** The reference makes map's result in optimized code as long as its length is below (V8: JSArray::kInitialMaxFastElementArray). */
const maxFastLength = 16376;

/** The method in the caller's code, as far as all of them are alike. */
class CallbackLoop {
  readonly call: BuiltinCall;
  readonly kind: ElementsKind;
  readonly callback: Node;
  readonly length: Node;
  private readonly maps: readonly Tagged[];
  /** The maps need no guard in the loop: that no array leaves them is assumed. */
  private readonly isStable: boolean;
  private readonly states: StateValuesCache;

  private constructor(call: BuiltinCall, maps: readonly Tagged[], kind: ElementsKind, isStable: boolean) {
    this.call = call;
    this.maps = maps;
    this.kind = kind;
    this.isStable = isStable;
    this.callback = call.argument(0);
    this.states = new StateValuesCache(call.graph);
    this.length = call.access.loadField(jsArrayLength(kind), call.receiver, call.at);
  }

  static begin(call: BuiltinCall, makesArray: boolean): CallbackLoop | undefined {
    const { broker, receiver, feedback } = call;
    if (feedback === undefined) return undefined;
    const inference = inferMaps(broker, receiver, call.node.effect);
    const kind = inference === undefined ? undefined : iterableElementsKind(broker, inference.maps);
    if (inference === undefined || kind === undefined) return undefined;
    const shared = broker.sharedOf(call.node.value(0).parameterOf('HeapConstant'));
    if (!broker.canEmbed(shared)) return undefined;
    if (makesArray && !broker.dependOnProtector(Root.ArraySpeciesProtector)) return undefined;
    if (!broker.dependOnProtector(Root.NoElementsProtector)) return undefined;
    return new CallbackLoop(call, inference.maps, kind, call.relyOn(inference) === 'stable');
  }

  get undefined(): Node {
    return this.call.graph.heapConstant(StaticRoot.Undefined);
  }
  get thisArg(): Node {
    return this.call.argument(1);
  }

  // --- frame states ----------------------------------------------------------------------------------------------------

  /** The continuation's frame; `args` follow the receiver. */
  state(builtin: BuiltinContinuation, args: readonly Node[], mode: Mode): Node {
    const { graph, broker, node, receiver } = this.call;
    const target = node.value(0);
    const count = 1 + args.length + (mode === 'lazy' ? 1 : 0);
    const parameters = [receiver, ...args, target, this.undefined, graph.number(count)];
    const info: FrameStateInfo = {
      type: FrameStateType.JavaScriptBuiltinContinuation,
      bailoutId: continuationOffset(builtin),
      combine: ignoreOutput,
      parameterCount: parameters.length,
      localCount: 0,
      sharedInfo: broker.sharedOf(target.parameterOf('HeapConstant')),
      bytecodeArray: 0,
      builtin,
    };
    return graph.newNode('FrameState', info, [
      this.states.get(parameters),
      this.states.get([]),
      this.states.get([]),
      graph.heapConstant(broker.rt.nativeContext),
      target,
      node.frameState,
    ]);
  }

  checkpoint(state: Node, c: Chain): void {
    c.effect = this.call.graph.newNode('Checkpoint', undefined, [state, c.effect, c.control]);
  }

  // --- parts of the loop -----------------------------------------------------------------------------------------------

  /** What is no function throws, before anything else happens. */
  throwUnlessCallable(state: Node): void {
    const { graph, at, node } = this.call;
    const { callback } = this;
    if (isCallable(this.call, callback)) return;
    const callable = this.call.pure('ObjectIsCallable', callback);
    const branch = graph.newNode('Branch', { hint: BranchHint.True }, [callable, at.control]);
    const otherwise = graph.newNode('IfFalse', undefined, [branch]);
    const thrown = graph.newNode(
      'JSCallRuntime',
      { name: 'TurbofanThrowCalledNonCallable' },
      [callback, node.context, state, at.effect, otherwise],
      { valueIn: 1 },
    );
    this.call.throwing.push(thrown);
    graph.mergeToEnd(graph.newNode('Throw', undefined, [thrown, thrown]));
    at.control = graph.newNode('IfTrue', undefined, [branch]);
  }

  /**
   * Goes round while `test`, which may do something first, holds; `body` gives what the variables are then.
   * @param variables where they begin
   */
  loop(
    variables: readonly Node[],
    test: (variables: readonly Node[], at: Chain) => Node,
    body: (variables: readonly Node[], at: Chain) => readonly Node[],
  ): readonly Node[] {
    const { graph, at } = this.call;
    const loop = graph.newNode('Loop', undefined, [at.control], { controlIn: 1 });
    const effect = graph.effectPhi([at.effect], loop);
    graph.mergeToEnd(graph.newNode('Terminate', undefined, [effect, loop]));
    const phis = variables.map((value) => graph.phi([value], loop));
    const header: Chain = { effect, control: loop };
    const condition = test(phis, header);
    const branch = graph.newNode('Branch', { hint: BranchHint.None }, [condition, header.control]);
    const inside: Chain = { effect: header.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
    const values = body(phis, inside);
    loop.appendInput(inside.control);
    loop.op = operator('Loop', undefined, { controlIn: 2 });
    effect.insertInput(1, inside.effect);
    effect.op = operator('EffectPhi', undefined, { effectIn: 2 });
    phis.forEach((phi, i) => {
      phi.insertInput(1, values[i]!);
      phi.op = operator('Phi', phi.parameterOf('Phi'), { valueIn: 2 });
    });
    at.effect = header.effect;
    at.control = graph.newNode('IfFalse', undefined, [branch]);
    this.call.made.push(loop, ...phis, effect);
    return phis;
  }

  /**
   * The index, that is one, and what is there. The array is still what it was.
   * @param holes what a hole is: itself, or undefined
   */
  load(k: Node, c: Chain, holes: 'holes' | 'undefined' = 'holes'): { readonly k: Node; readonly element: Node } {
    const { access, graph, receiver, feedback } = this.call;
    if (!this.isStable) access.checkMaps(receiver, this.maps, c, feedback);
    const length = access.loadField(jsArrayLength(this.kind), receiver, c);
    const index = graph.newNode('CheckBounds', { feedback, convert: false }, [k, length, c.effect, c.control]);
    c.effect = index;
    const elements = access.loadField(Fields.elements, receiver, c);
    if (holes === 'undefined') return { k: index, element: access.loadElement(this.kind, elements, index, c, true) };
    const row = elementAccess(this.kind);
    const element = graph.newNode('LoadElement', row, [elements, index, c.effect, c.control]);
    element.type = row.type;
    c.effect = element;
    return { k: index, element };
  }

  /** Where an element is there, `then`; the values of both ways meet. */
  unlessHole(
    element: Node,
    c: Chain,
    otherwise: readonly Node[],
    then: (element: Node, at: Chain) => readonly Node[],
  ): readonly Node[] {
    const { graph } = this.call;
    if (!isHoleyElementsKind(this.kind)) return then(element, c);
    const branch = graph.newNode('Branch', { hint: BranchHint.None }, [this.isHole(element), c.control]);
    const hole = graph.newNode('IfTrue', undefined, [branch]);
    const before = c.effect;
    c.control = graph.newNode('IfFalse', undefined, [branch]);
    const values = then(this.present(element, c), c);
    c.control = graph.merge([hole, c.control]);
    c.effect = graph.effectPhi([before, c.effect], c.control);
    return values.map((value, i) => (value === otherwise[i] ? value : graph.phi([otherwise[i]!, value], c.control)));
  }

  isHole(element: Node): Node {
    return isDoubleElementsKind(this.kind)
      ? this.call.pure('NumberIsFloat64Hole', element)
      : this.call.pure('ReferenceEqual', element, this.call.graph.heapConstant(StaticRoot.TheHole));
  }

  /** An element that is no hole, here. */
  present(element: Node, c: Chain): Node {
    const type = isDoubleElementsKind(this.kind) ? Types.Number : Types.NonInternal;
    const present = this.call.graph.newNode('TypeGuard', type, [element, c.effect, c.control]);
    c.effect = present;
    return present;
  }

  callBack(receiver: Node, args: readonly Node[], state: Node, c: Chain): Node {
    const { graph, node } = this.call;
    const inputs = [this.callback, receiver, ...args];
    const { frequency } = node.parameterOf('JSCall');
    const parameter = { arity: inputs.length, feedback: undefined, convertMode: 'any' as const, frequency };
    const called = graph.newNode('JSCall', parameter, [...inputs, node.context, state, c.effect, c.control], {
      valueIn: inputs.length,
    });
    c.effect = called;
    c.control = called;
    this.call.throwing.push(called);
    this.call.made.push(called);
    return called;
  }

  // --- ways out --------------------------------------------------------------------------------------------------------

  private readonly exits: { readonly at: Chain; readonly value: Node }[] = [];

  /** Leaves the loop with `value` where `condition` is as wanted. */
  exitIf(condition: Node, wanted: boolean, value: Node, c: Chain): void {
    const { graph } = this.call;
    const branch = graph.newNode('Branch', { hint: BranchHint.None }, [condition, c.control]);
    const [out, on] = wanted ? (['IfTrue', 'IfFalse'] as const) : (['IfFalse', 'IfTrue'] as const);
    this.exits.push({ at: { effect: c.effect, control: graph.newNode(out, undefined, [branch]) }, value });
    c.control = graph.newNode(on, undefined, [branch]);
  }

  /** The method's result: `value` after the whole loop. */
  end(value: Node): Node {
    const { graph, at } = this.call;
    if (this.exits.length === 0) return value;
    const all = [...this.exits, { at: { ...at }, value }];
    at.control = graph.merge(all.map((exit) => exit.at.control));
    at.effect = graph.effectPhi(
      all.map((exit) => exit.at.effect),
      at.control,
    );
    return graph.phi(
      all.map((exit) => exit.value),
      at.control,
    );
  }

  /** Up from 0. */
  forEachIndex(
    variables: readonly Node[],
    body: (k: Node, variables: readonly Node[], at: Chain) => readonly Node[],
  ): readonly Node[] {
    const { graph } = this.call;
    const [, ...ends] = this.loop(
      [graph.number(0), ...variables],
      ([k]) => graph.newNode('NumberLessThan', undefined, [k!, this.length]),
      ([k, ...others], at) => {
        const values = body(k!, others, at);
        return [this.plus(k!, 1), ...values];
      },
    );
    return ends;
  }

  plus(k: Node, n: number): Node {
    return this.call.graph.newNode(n > 0 ? 'NumberAdd' : 'NumberSubtract', undefined, [
      k,
      this.call.graph.number(Math.abs(n)),
    ]);
  }

  truth(value: Node): Node {
    return this.call.pure('ToBoolean', value);
  }
}

/** What only a function can be, or what is one. */
function isCallable({ broker }: BuiltinCall, node: Node): boolean {
  if (node.opcode === 'HeapConstant') return broker.isJSFunction(node.parameterOf('HeapConstant'));
  return node.opcode === 'JSCreateClosure' || node.opcode === 'CheckClosure';
}

const C = BuiltinContinuation;

function forEach(call: BuiltinCall): Node | undefined {
  const it = CallbackLoop.begin(call, false);
  if (it === undefined) return undefined;
  const lazy = (k: Node): Node =>
    it.state(C.ArrayForEachLoopLazyDeoptContinuation, [it.callback, it.thisArg, k, it.length], 'lazy');
  it.throwUnlessCallable(lazy(call.graph.number(0)));
  it.forEachIndex([], (start, _, at) => {
    it.checkpoint(
      it.state(C.ArrayForEachLoopEagerDeoptContinuation, [it.callback, it.thisArg, start, it.length], 'eager'),
      at,
    );
    const { k, element } = it.load(start, at);
    return it.unlessHole(element, at, [], (value, place) => {
      it.callBack(it.thisArg, [value, k, call.receiver], lazy(it.plus(k, 1)), place);
      return [];
    });
  });
  return it.end(it.undefined);
}

function map(call: BuiltinCall): Node | undefined {
  const it = CallbackLoop.begin(call, true);
  if (it === undefined) return undefined;
  const { graph, at, access } = call;
  const small = access.checkBounds(it.length, graph.number(maxFastLength), at, call.feedback);
  const result = graph.newNode('JSCreateArray', undefined, [small, call.node.context, at.effect, at.control]);
  at.effect = result;
  at.control = result;
  const args = (k: Node): Node[] => [it.callback, it.thisArg, result, k, it.length];
  it.throwUnlessCallable(it.state(C.ArrayMapLoopLazyDeoptContinuation, args(graph.number(0)), 'lazy'));
  it.forEachIndex([], (start, _, c) => {
    it.checkpoint(it.state(C.ArrayMapLoopEagerDeoptContinuation, args(start), 'eager'), c);
    const { k, element } = it.load(start, c);
    return it.unlessHole(element, c, [], (value, place) => {
      const state = it.state(C.ArrayMapLoopLazyDeoptContinuation, args(k), 'lazy');
      const mapped = it.callBack(it.thisArg, [value, k, call.receiver], state, place);
      const inputs = [result, k, mapped, call.node.context, place.effect, place.control];
      const store = graph.newNode('JSTransitionAndStoreElement', undefined, inputs);
      place.effect = store;
      place.control = store;
      return [];
    });
  });
  return it.end(result);
}

function filter(call: BuiltinCall): Node | undefined {
  const it = CallbackLoop.begin(call, true);
  if (it === undefined) return undefined;
  const { graph, at } = call;
  // A hole is not visited: the result has none.
  const kind = (it.kind & ~1) as ElementsKind;
  const result = graph.newNode('JSCreateEmptyArray', kind, [at.effect, at.control]);
  at.effect = result;
  const zero = graph.number(0);
  const eager = (k: Node, to: Node): Node =>
    it.state(C.ArrayFilterLoopEagerDeoptContinuation, [it.callback, it.thisArg, result, k, it.length, to], 'eager');
  const after = (k: Node, value: Node, to: Node): Node[] => [it.callback, it.thisArg, result, k, it.length, value, to];
  const lazy = C.ArrayFilterLoopLazyDeoptContinuation;
  it.throwUnlessCallable(it.state(lazy, after(zero, zero, zero), 'lazy'));
  it.forEachIndex([zero], (start, [to], c) => {
    it.checkpoint(eager(start, to!), c);
    const { k, element } = it.load(start, c);
    return it.unlessHole(element, c, [to!], (value, place) => {
      const state = it.state(lazy, after(k, value, to!), 'lazy');
      const wanted = it.callBack(it.thisArg, [value, k, call.receiver], state, place);
      // Growing the result may fail, with the callback's answer known.
      it.checkpoint(it.state(lazy, [...after(k, value, to!), wanted], 'eager'), place);
      const branch = graph.newNode('Branch', { hint: BranchHint.None }, [it.truth(wanted), place.control]);
      const taken: Chain = { effect: place.effect, control: graph.newNode('IfTrue', undefined, [branch]) };
      const next = append(it, result, kind, to!, value, taken);
      place.control = graph.merge([graph.newNode('IfFalse', undefined, [branch]), taken.control]);
      place.effect = graph.effectPhi([place.effect, taken.effect], place.control);
      return [graph.phi([to!, next], place.control)];
    });
  });
  return it.end(result);
}

/** Puts a value at the end of filter's result; the new end. */
function append(it: CallbackLoop, result: Node, kind: ElementsKind, to: Node, value: Node, c: Chain): Node {
  const { call } = it;
  const { graph, access } = call;
  const index = graph.newNode('TypeGuard', Types.FixedArrayLength, [to, c.effect, c.control]);
  index.type = Types.FixedArrayLength;
  c.effect = index;
  const elements = access.loadField(Fields.elements, result, c);
  const capacity = access.loadField(Fields.fixedArrayLength, elements, c);
  const mode = isDoubleElementsKind(kind) ? 'double' : 'smiOrObject';
  const grown = graph.newNode('MaybeGrowFastElements', { mode, feedback: undefined }, [
    result,
    elements,
    index,
    capacity,
    c.effect,
    c.control,
  ]);
  c.effect = grown;
  const next = it.plus(index, 1);
  next.type = Types.UnsignedSmall;
  access.storeField(jsArrayLength(kind), result, next, c);
  const stored = isDoubleElementsKind(kind) ? call.pure('NumberSilenceNaN', value) : value;
  c.effect = graph.newNode('StoreElement', elementAccess(kind), [grown, index, stored, c.effect, c.control]);
  return next;
}

const finder =
  (
    eager: BuiltinContinuation,
    lazy: BuiltinContinuation,
    afterCallback: BuiltinContinuation,
    isFind: boolean,
  ): Reduction =>
  (call) => {
    const it = CallbackLoop.begin(call, false);
    if (it === undefined) return undefined;
    const { graph } = call;
    const args = (k: Node): Node[] => [it.callback, it.thisArg, k, it.length];
    it.throwUnlessCallable(it.state(lazy, args(graph.number(0)), 'lazy'));
    it.forEachIndex([], (start, _, c) => {
      it.checkpoint(it.state(eager, args(start), 'eager'), c);
      const { k, element } = it.load(start, c, 'undefined');
      const found = isFind ? element : k;
      const state = it.state(afterCallback, [...args(it.plus(k, 1)), found], 'lazy');
      const answer = it.callBack(it.thisArg, [element, k, call.receiver], state, c);
      it.exitIf(it.truth(answer), true, found, c);
      return [];
    });
    return it.end(isFind ? it.undefined : graph.number(-1));
  };

const quantifier =
  (eager: BuiltinContinuation, lazy: BuiltinContinuation, ends: boolean): Reduction =>
  (call) => {
    const it = CallbackLoop.begin(call, false);
    if (it === undefined) return undefined;
    const { graph } = call;
    const args = (k: Node): Node[] => [it.callback, it.thisArg, k, it.length];
    const result = (value: boolean): Node => graph.heapConstant(value ? StaticRoot.True : StaticRoot.False);
    it.throwUnlessCallable(it.state(lazy, args(graph.number(0)), 'lazy'));
    it.forEachIndex([], (start, _, c) => {
      it.checkpoint(it.state(eager, args(start), 'eager'), c);
      const { k, element } = it.load(start, c);
      return it.unlessHole(element, c, [], (value, place) => {
        const answer = it.callBack(it.thisArg, [value, k, call.receiver], it.state(lazy, args(k), 'lazy'), place);
        it.exitIf(it.truth(answer), ends, result(ends), place);
        return [];
      });
    });
    return it.end(result(!ends));
  };

interface ReduceContinuations {
  readonly preLoop: BuiltinContinuation;
  readonly eager: BuiltinContinuation;
  readonly lazy: BuiltinContinuation;
}

const reducer =
  (isForward: boolean, continuations: ReduceContinuations): Reduction =>
  (call) => {
    const it = CallbackLoop.begin(call, false);
    if (it === undefined) return undefined;
    const { graph } = call;
    const step = isForward ? 1 : -1;
    const start = isForward ? graph.number(0) : it.plus(it.length, -1);
    const goesOn = ([k]: readonly Node[]): Node =>
      isForward
        ? graph.newNode('NumberLessThan', undefined, [k!, it.length])
        : graph.newNode('NumberLessThanOrEqual', undefined, [graph.number(0), k!]);
    const lazy = (k: Node): Node => it.state(continuations.lazy, [it.callback, k, it.length], 'lazy');
    it.throwUnlessCallable(lazy(start));
    const first =
      call.count > 1
        ? { k: start, value: call.argument(1) }
        : firstElement(it, start, step, goesOn, continuations.preLoop);
    const [, result] = it.loop([first.k, first.value], goesOn, ([k0, accumulator], c) => {
      it.checkpoint(it.state(continuations.eager, [it.callback, k0!, it.length, accumulator!], 'eager'), c);
      const { k, element } = it.load(k0!, c);
      const next = it.plus(k, step);
      const [value] = it.unlessHole(element, c, [accumulator!], (present, place) => [
        it.callBack(it.undefined, [accumulator!, present, k, call.receiver], lazy(next), place),
      ]);
      return [next, value!];
    });
    return it.end(result!);
  };

/** Where a reduction without an initial value begins: after the first element; leaves where there is none. */
function firstElement(
  it: CallbackLoop,
  start: Node,
  step: number,
  goesOn: (variables: readonly Node[]) => Node,
  preLoop: BuiltinContinuation,
): { readonly k: Node; readonly value: Node } {
  const { at, access, feedback } = it.call;
  const look = (k: Node, c: Chain): ReturnType<CallbackLoop['load']> => {
    it.checkpoint(it.state(preLoop, [it.callback, it.length], 'eager'), c);
    access.checkIf(goesOn([k]), DeoptimizeReason.NoInitialElement, c, feedback);
    return it.load(k, c);
  };
  if (!isHoleyElementsKind(it.kind)) {
    const { k, element } = look(start, at);
    return { k: it.plus(k, step), value: element };
  }
  let found: ReturnType<typeof look> | undefined;
  it.loop(
    [start],
    ([k], c) => {
      found = look(k!, c);
      return it.isHole(found.element);
    },
    () => [it.plus(found!.k, step)],
  );
  return { k: it.plus(found!.k, step), value: it.present(found!.element, at) };
}

export const callbackReductions: Readonly<Record<string, Reduction>> = {
  'Array.prototype.forEach': forEach,
  'Array.prototype.map': map,
  'Array.prototype.filter': filter,
  'Array.prototype.find': finder(
    C.ArrayFindLoopEagerDeoptContinuation,
    C.ArrayFindLoopLazyDeoptContinuation,
    C.ArrayFindLoopAfterCallbackLazyDeoptContinuation,
    true,
  ),
  'Array.prototype.findIndex': finder(
    C.ArrayFindIndexLoopEagerDeoptContinuation,
    C.ArrayFindIndexLoopLazyDeoptContinuation,
    C.ArrayFindIndexLoopAfterCallbackLazyDeoptContinuation,
    false,
  ),
  'Array.prototype.some': quantifier(C.ArraySomeLoopEagerDeoptContinuation, C.ArraySomeLoopLazyDeoptContinuation, true),
  'Array.prototype.every': quantifier(
    C.ArrayEveryLoopEagerDeoptContinuation,
    C.ArrayEveryLoopLazyDeoptContinuation,
    false,
  ),
  'Array.prototype.reduce': reducer(true, {
    preLoop: C.ArrayReducePreLoopEagerDeoptContinuation,
    eager: C.ArrayReduceLoopEagerDeoptContinuation,
    lazy: C.ArrayReduceLoopLazyDeoptContinuation,
  }),
  'Array.prototype.reduceRight': reducer(false, {
    preLoop: C.ArrayReduceRightPreLoopEagerDeoptContinuation,
    eager: C.ArrayReduceRightLoopEagerDeoptContinuation,
    lazy: C.ArrayReduceRightLoopLazyDeoptContinuation,
  }),
};
