// Graph: owner of the nodes, with caches for constants.

import { type Counts, type Opcode, type Operator, operator, type ParameterOf } from '../operators/operators.ts';
import type { DebugPoints } from './debug-points.ts';
import { type MachineType, MachineTypes } from './machine-type.ts';
import { Node } from './node.ts';
import type { IsolateField, ProjectionParameters } from './parameters.ts';

export class Graph {
  readonly start: Node;
  readonly end: Node;
  private nextId = 0;
  private readonly constants = new Map<string, Node>();
  /** Stamped on new nodes. */
  currentPosition = -1;
  /** FrameStates keep what no later bytecode reads. */
  keepsDeadValues = false;
  /** Where bytecodes begin, for a debugger. */
  debugPoints: DebugPoints | undefined = undefined;
  currentInliningId = -1;
  currentBytecodeOffset = -1;

  constructor() {
    this.start = this.newNode('Start', undefined, []);
    this.end = this.newNodeWithOperator(operator('End', undefined, { controlIn: 0 }), []);
  }

  get nodeCount(): number {
    return this.nextId;
  }

  newNodeWithOperator(op: Operator, inputs: readonly Node[]): Node {
    const node = new Node(this.nextId++, op);
    for (const input of inputs) node.appendInput(input);
    node.position = this.currentPosition;
    node.inliningId = this.currentInliningId;
    node.bytecodeOffset = this.currentBytecodeOffset;
    return node;
  }

  newNode<O extends Opcode>(opcode: O, parameter: ParameterOf<O>, inputs: readonly Node[], counts?: Counts): Node {
    return this.newNodeWithOperator(operator(opcode, parameter, counts), inputs);
  }

  // --- constants -------------------------------------------------------------------------------------------------

  private constant<O extends Opcode>(key: string, opcode: O, parameter: ParameterOf<O>): Node {
    let node = this.constants.get(key);
    if (node === undefined) {
      const [p, i, b] = [this.currentPosition, this.currentInliningId, this.currentBytecodeOffset];
      this.currentPosition = this.currentInliningId = this.currentBytecodeOffset = -1;
      node = this.newNode(opcode, parameter, []);
      [this.currentPosition, this.currentInliningId, this.currentBytecodeOffset] = [p, i, b];
      this.constants.set(key, node);
    }
    return node;
  }

  int32(value: number): Node {
    return this.constant(`i${value | 0}`, 'Int32Constant', value | 0);
  }
  int64(value: bigint): Node {
    return this.constant(`l${value}`, 'Int64Constant', value);
  }
  float64(value: number): Node {
    return this.constant(`d${Object.is(value, -0) ? '-0' : value}`, 'Float64Constant', value);
  }
  number(value: number): Node {
    return this.constant(`n${Object.is(value, -0) ? '-0' : value}`, 'NumberConstant', value);
  }
  smi(value: number): Node {
    return this.constant(`s${value}`, 'SmiConstant', value);
  }
  heapConstant(word: number): Node {
    return this.constant(`h${word}`, 'HeapConstant', word);
  }
  external(name: IsolateField): Node {
    return this.constant(`x${name}`, 'ExternalConstant', name);
  }
  get dead(): Node {
    return this.constant('dead', 'Dead', undefined);
  }

  // --- common shapes ----------------------------------------------------------------------------------------------

  merge(controls: readonly Node[]): Node {
    return this.newNode('Merge', undefined, controls, { controlIn: controls.length });
  }
  phi(values: readonly Node[], control: Node, type: MachineType = MachineTypes.AnyTagged): Node {
    const node = this.newNode('Phi', type, [...values, control], { valueIn: values.length });
    node.machineType = type;
    return node;
  }
  effectPhi(effects: readonly Node[], control: Node): Node {
    return this.newNode('EffectPhi', undefined, [...effects, control], { effectIn: effects.length });
  }
  projection(index: number, value: Node, control: Node, type: MachineType = MachineTypes.AnyTagged): Node {
    const node = this.newNode('Projection', { index } satisfies ProjectionParameters, [value, control]);
    node.machineType = type;
    return node;
  }
  /** Adds a control node to End. */
  mergeToEnd(control: Node): void {
    this.end.appendInput(control);
    this.end.op = operator('End', undefined, { controlIn: this.end.inputs.length });
  }

  /** Nodes reachable from End through inputs, inputs before users where acyclic. */
  reachable(): Node[] {
    return this.walk(new Uint8Array(this.nodeCount));
  }

  /** @param seen by node id: set for what is reachable */
  private walk(seen: Uint8Array): Node[] {
    const order: Node[] = [];
    const nodes = [this.end];
    const next = [0];
    seen[this.end.id] = 1;
    while (nodes.length > 0) {
      const top = nodes.length - 1;
      const { inputs } = nodes[top]!;
      const i = next[top]!;
      if (i < inputs.length) {
        next[top] = i + 1;
        const input = inputs[i];
        if (input !== undefined && seen[input.id] === 0) {
          seen[input.id] = 1;
          nodes.push(input);
          next.push(0);
        }
      } else {
        order.push(nodes.pop()!);
        next.pop();
      }
    }
    return order;
  }

  /** Drops uses by unreachable nodes, so that use lists say only what matters. */
  trim(): void {
    const live = new Uint8Array(this.nodeCount);
    for (const node of this.walk(live)) {
      const dead = node.uses.filter(({ user }) => live[user.id] === 0);
      for (const { user } of dead) user.kill();
    }
  }
}
