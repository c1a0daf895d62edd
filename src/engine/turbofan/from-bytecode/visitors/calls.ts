// Calls, constructs and runtime functions.

import { Bytecode, IntrinsicId, NativeContextIndex, runtimeFunctionName } from '../../../bytecode/index.ts';
import { DeoptimizeReason } from '../../../deoptimizer/index.ts';
import { ElementsKind, FeedbackVector } from '../../../objects/index.ts';
import { elementAccess } from '../../broker/access-builder.ts';
import type { Node } from '../../graph/node.ts';
import {
  type CallParameters,
  type ConvertReceiverMode,
  type FeedbackSource,
  ignoreOutput,
} from '../../graph/parameters.ts';
import type { BytecodeGraphBuilder } from '../bytecode-graph-builder.ts';
import { visitGeneratorIntrinsic } from './generators.ts';
import type { Visitors } from './visitor.ts';

export const callsVisitors: Visitors = {
  [Bytecode.CallAnyReceiver]: (b, a) => {
    const [receiver, ...args] = b.registerList(1, a.unsigned(2));
    call(b, b.register(0), receiver!, args, a.unsigned(3), 'any');
  },
  [Bytecode.CallProperty]: (b, a) => {
    const [receiver, ...args] = b.registerList(1, a.unsigned(2));
    call(b, b.register(0), receiver!, args, a.unsigned(3), 'notNullOrUndefined');
  },
  [Bytecode.CallProperty0]: (b, a) => {
    call(b, b.register(0), b.register(1), [], a.unsigned(2), 'notNullOrUndefined');
  },
  [Bytecode.CallProperty1]: (b, a) => {
    call(b, b.register(0), b.register(1), [b.register(2)], a.unsigned(3), 'notNullOrUndefined');
  },
  [Bytecode.CallProperty2]: (b, a) => {
    call(b, b.register(0), b.register(1), [b.register(2), b.register(3)], a.unsigned(4), 'notNullOrUndefined');
  },
  [Bytecode.CallUndefinedReceiver]: (b, a) => {
    call(b, b.register(0), b.undefinedNode, b.registerList(1, a.unsigned(2)), a.unsigned(3), 'nullOrUndefined');
  },
  [Bytecode.CallUndefinedReceiver0]: (b, a) => {
    call(b, b.register(0), b.undefinedNode, [], a.unsigned(1), 'nullOrUndefined');
  },
  [Bytecode.CallUndefinedReceiver1]: (b, a) => {
    call(b, b.register(0), b.undefinedNode, [b.register(1)], a.unsigned(2), 'nullOrUndefined');
  },
  [Bytecode.CallUndefinedReceiver2]: (b, a) => {
    call(b, b.register(0), b.undefinedNode, [b.register(1), b.register(2)], a.unsigned(3), 'nullOrUndefined');
  },
  [Bytecode.CallWithSpread]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForCall)) return;
    b.accumulator = b.node('JSCallWithSpread', { feedback: source }, [
      b.register(0),
      ...b.registerList(1, a.unsigned(2)),
    ]);
  },
  [Bytecode.CallRuntime]: (b, a) => {
    b.checkpoint();
    callRuntime(b, a.unsigned(0), b.registerList(1, a.unsigned(2)));
  },
  [Bytecode.InvokeIntrinsic]: (b, a) => {
    b.checkpoint();
    const name = IntrinsicId[a.unsigned(0)]!;
    const args = b.registerList(1, a.unsigned(2));
    if (!visitGeneratorIntrinsic(b, name, args)) b.accumulator = b.runtime(`_${name}`, args);
  },
  [Bytecode.CallJSRuntime]: (b, a) => {
    b.checkpoint();
    const name =
      a.unsigned(0) === NativeContextIndex.reflect_apply ? 'TurbofanReflectApply' : 'TurbofanReflectConstruct';
    b.accumulator = b.runtime(name, b.registerList(1, a.unsigned(2)));
  },
  [Bytecode.Construct]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForConstruct)) return;
    const args = b.registerList(1, a.unsigned(2));
    b.accumulator = b.node(
      'JSConstruct',
      { arity: 2 + args.length, feedback: source, frequency: callFrequency(b, source) },
      [b.register(0), b.accumulator, ...args],
    );
  },
  [Bytecode.ConstructForwardAllArgs]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(1));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForConstruct)) return;
    b.accumulator = b.node(
      'JSConstructForwardAllArgs',
      { arity: 2, feedback: source, frequency: callFrequency(b, source) },
      [b.register(0), b.accumulator],
    );
  },
  [Bytecode.ConstructWithSpread]: (b, a) => {
    b.checkpoint();
    const source = b.feedback(a.unsigned(3));
    if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForConstruct)) return;
    b.accumulator = b.node('JSConstructWithSpread', { feedback: source }, [
      b.register(0),
      b.accumulator,
      ...b.registerList(1, a.unsigned(2)),
    ]);
  },
  [Bytecode.GetSuperConstructor]: (b, a) => {
    const node = b.node('JSGetSuperConstructor', undefined, [b.accumulator], b.combineFor(a.register(0)));
    b.bind(a.register(0), node);
  },
  [Bytecode.FindNonDefaultConstructorOrConstruct]: (b, a) => {
    b.checkpoint();
    const first = a.register(2);
    const inputs = [b.register(0), b.register(1)];
    // Left lazily, an instance was made: the first result says so, and the second is still to come.
    b.bind(first, b.boolean(true));
    const both = b.node('FindNonDefaultConstructor', undefined, inputs, b.combineFor(first + 1));
    [0, 1].forEach((index) => {
      b.bind(first + index, b.node('LoadElement', elementAccess(ElementsKind.Packed), [both, b.graph.number(index)]));
    });
  },
  [Bytecode.GetIterator]: (b, a) => {
    b.checkpoint();
    const load = b.feedback(a.unsigned(1));
    if (b.deoptIfInsufficient(load, DeoptimizeReason.InsufficientTypeFeedbackForGenericNamedAccess)) return;
    b.accumulator = b.node('JSGetIterator', { load, call: b.feedback(a.unsigned(2)) }, [b.register(0)]);
  },
};

function call(
  b: BytecodeGraphBuilder,
  target: Node,
  receiver: Node,
  args: readonly Node[],
  slot: number,
  convertMode: ConvertReceiverMode,
): void {
  b.checkpoint();
  const source = b.feedback(slot);
  if (b.deoptIfInsufficient(source, DeoptimizeReason.InsufficientTypeFeedbackForCall)) return;
  const parameter: CallParameters = {
    arity: 2 + args.length,
    feedback: source,
    convertMode,
    frequency: callFrequency(b, source),
  };
  b.accumulator = b.node('JSCall', parameter, [target, receiver, ...args]);
}

/** Calls of the site per invocation of the outermost function (V8: ComputeCallFrequency). */
function callFrequency(b: BytecodeGraphBuilder, source: FeedbackSource): number {
  const invocations = b.broker.heap.getI32(b.request.feedbackVector, FeedbackVector.InvocationCount);
  const count = b.broker.callFeedback(source).count;
  return invocations <= 0 ? b.request.frequency : (count / invocations) * b.request.frequency;
}

function callRuntime(b: BytecodeGraphBuilder, id: number, args: readonly Node[]): void {
  const name = runtimeFunctionName(id);
  if (name === 'DeoptimizeNow') {
    b.buildDeopt(DeoptimizeReason.DeoptimizeNow, b.frameStateAfter(ignoreOutput));
    return;
  }
  b.accumulator = b.runtime(name, args);
  if (/^(Throw(?!.*IfStrict$)|ReThrow|Abort)/.test(name)) {
    const env = b.e;
    b.exit(b.graph.newNode('Throw', undefined, [env.effect, env.control]));
  }
}
