// JSGenericLowering (V8's name): what is left of JavaScript's operators becomes calls, with the frame state after the operation
// for a lazy bailout. An operator's row says which (its `call`).

import { BytecodeArray, JSFunction, SharedFunctionFlags, StaticRoot } from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import { Fields } from '../broker/access-builder.ts';
import { CompilationBailout, type HeapBroker } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import { MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { CallDescriptor, CallParameters, FeedbackSource } from '../graph/parameters.ts';
import { is, Types } from '../graph/types.ts';
import { operator } from '../operators/operators.ts';

/** Replaces every JavaScript operator by a Call. Runs after simplified lowering: all inputs are tagged. */
export class CallLowering {
  private readonly graph: Graph;
  private readonly broker: HeapBroker;

  constructor(graph: Graph, broker: HeapBroker) {
    this.graph = graph;
    this.broker = broker;
  }

  run(): void {
    for (const node of this.graph.reachable()) {
      const { category, call, linearization } = node.op.row;
      if (category !== 'js' || linearization !== undefined) continue; // the rest is the linearizer's
      if (call === undefined) throw new CompilationBailout(`${node.opcode} is not supported by the optimizer yet`);
      call(this, node, node.op.parameter);
    }
  }

  // --- arguments -------------------------------------------------------------------------------------------------------------

  values(node: Node): Node[] {
    return node.inputs.slice(0, node.op.valueIn);
  }
  smi(value: number): Node {
    return this.graph.smi(value);
  }
  flag(value: boolean): Node {
    return this.graph.smi(value ? 1 : 0);
  }
  /** A tagged word. */
  word(tagged: number): Node {
    return (tagged & 1) === 0 ? this.graph.smi(tagged >> 1) : this.embed(tagged);
  }
  /** Vector and slot. */
  feedback({ feedback }: { readonly feedback: FeedbackSource }): Node[] {
    return [this.embed(feedback.vector), this.graph.smi(feedback.slot)];
  }

  private embed(w: number): Node {
    if (!this.broker.canEmbed(w)) throw new CompilationBailout('an object in new space would stand in code');
    return this.graph.heapConstant(w);
  }

  /** Turns the node into a call of a runtime function, a stub or a library function with these arguments. */
  runtime(node: Node, name: string, args: readonly Node[]): void {
    const descriptor: CallDescriptor = {
      kind: 'Runtime',
      runtime: name,
      argumentCount: args.length,
      lazyDeopt: node.op.frameStateIn > 0,
      canThrow: !node.op.row.noThrow,
      noWrite: node.op.row.noWrite,
      name,
    };
    this.makeCall(node, descriptor, args);
  }

  private makeCall(node: Node, descriptor: CallDescriptor, args: readonly Node[]): void {
    const { op } = node;
    const context = op.contextIn > 0 ? node.context : this.graph.heapConstant(StaticRoot.Undefined);
    const rest = node.inputs.slice(node.frameStateIndex, node.inputCount);
    node.truncateInputs(0);
    for (const input of [...args, context, ...rest]) node.appendInput(input);
    node.op = operator('Call', descriptor, {
      valueIn: args.length,
      contextIn: 1,
      frameStateIn: op.frameStateIn,
      effectIn: 1,
      controlIn: 1,
      valueOut: 1,
      effectOut: 1,
      controlOut: 1,
    });
    node.machineType = MachineTypes.AnyTagged;
  }

  call(node: Node, { convertMode }: CallParameters): void {
    const target = node.value(0);
    const count = node.op.valueIn - 2;
    const args = node.inputs.slice(2, node.op.valueIn);
    let receiver = node.value(1);
    if (target.opcode === 'HeapConstant' && this.broker.isJSFunction(target.parameterOf('HeapConstant'))) {
      const fn = target.parameterOf('HeapConstant');
      const shared = this.broker.sharedOf(fn);
      const bytecode = this.broker.bytecodeOf(shared);
      const flags = this.broker.sharedFlags(shared);
      const sloppy = (flags & (SharedFunctionFlags.Strict | SharedFunctionFlags.Native)) === 0;
      const known = !sloppy || convertMode === 'nullOrUndefined' || is(receiver.type ?? Types.Any, Types.Receiver);
      if (bytecode !== 0 && (flags & SharedFunctionFlags.ClassConstructor) === 0 && known) {
        if (sloppy && convertMode === 'nullOrUndefined')
          receiver = this.graph.heapConstant(this.broker.rt.realms.intrinsicFor(fn, NativeContextSlot.GlobalProxy));
        const parameters = this.broker.heap.getI32(bytecode, BytecodeArray.ParameterCount) - 1;
        const padded = [...args];
        while (padded.length < parameters) padded.push(this.graph.heapConstant(StaticRoot.Undefined));
        const descriptor: CallDescriptor = {
          kind: 'JSFunction',
          argumentCount: count + 1,
          lazyDeopt: true,
          canThrow: true,
          name: this.broker.functionName(shared),
        };
        this.makeCall(node, descriptor, [target, this.graph.heapConstant(StaticRoot.Undefined), receiver, ...padded]);
        // The callee's own context.
        const context = this.broker.heap.get(fn, JSFunction.Context);
        if (this.broker.canEmbed(context)) node.replaceInput(node.contextIndex, this.graph.heapConstant(context));
        else {
          const load = this.graph.newNode('LoadField', Fields.functionContext, [target, node.effect, node.control]);
          load.machineType = MachineTypes.TaggedPointer;
          node.replaceInput(node.effectIndex, load);
          node.replaceInput(node.contextIndex, load);
        }
        return;
      }
    }
    const descriptor: CallDescriptor = {
      kind: 'JSCall',
      argumentCount: count + 1,
      lazyDeopt: true,
      canThrow: true,
      name: 'Call',
    };
    this.makeCall(node, descriptor, [target, receiver, ...args]);
  }

  construct(node: Node): void {
    const values = this.values(node);
    const descriptor: CallDescriptor = {
      kind: 'JSConstruct',
      argumentCount: values.length - 1,
      lazyDeopt: true,
      canThrow: true,
      name: 'Construct',
    };
    this.makeCall(node, descriptor, values);
  }

  forInPrepare(node: Node): void {
    const enumerator = node.value(0);
    const projections = node.uses.map((u) => u.user).filter((u) => u.opcode === 'Projection');
    this.runtime(node, 'TurbofanForInArray', [enumerator]);
    const length = this.graph.newNode('LoadField', Fields.fixedArrayLength, [node, node, node]);
    length.machineType = MachineTypes.TaggedSigned;
    for (const use of [...node.uses])
      if (use.user !== length && use.user.isEffectUse(use.index) && use.user.opcode !== 'IfException')
        use.user.replaceInput(use.index, length);
    for (const p of projections) {
      const { index } = p.parameterOf('Projection');
      p.replaceUses(index === 0 ? enumerator : index === 1 ? node : length);
      p.kill();
    }
  }
}
