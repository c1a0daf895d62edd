// Node of the sea of nodes: operator, inputs, uses.
//
// Inputs stand in the operator's order: values, context, frame state, effects, controls. `uses` lists (user, input index)
// pairs and is exactly the inverse of `inputs` (the verifier asserts it).

import type { Opcode, Operator, ParameterOf } from '../operators/operators.ts';
import type { WeakUse } from './debug-points.ts';
import { type MachineType, MachineTypes } from './machine-type.ts';
import type { Type } from './types.ts';

export interface Use {
  readonly user: Node;
  readonly index: number;
}

export class Node {
  readonly id: number;
  op: Operator;
  readonly inputs: Node[] = [];
  uses: Use[] = [];
  /** What a debugger's table means by this node: no uses. */
  weakUses: WeakUse[] | undefined = undefined;
  /** JS type; undefined until typed. */
  type: Type | undefined = undefined;
  /** Machine type of the result from simplified lowering on, where the operator alone does not tell. */
  machineType: MachineType | undefined = undefined;
  /** Source position and inlining id, −1 = unknown / not inlined. */
  position = -1;
  inliningId = -1;
  /** Bytecode offset that made it, −1 = none. */
  bytecodeOffset = -1;

  constructor(id: number, op: Operator) {
    this.id = id;
    this.op = op;
  }

  get opcode(): Opcode {
    return this.op.opcode;
  }

  /** What the operator carries, of a node that is known to be one of these. */
  parameterOf<O extends Opcode>(opcode: O, second?: O, third?: O, fourth?: O): ParameterOf<O> {
    const own = this.op.opcode;
    if (own !== opcode && own !== second && own !== third && own !== fourth)
      throw new Error(`${this} is no ${[opcode, second, third, fourth].filter(Boolean).join(' or ')}`);
    return this.op.parameter as ParameterOf<O>;
  }

  // --- inputs ----------------------------------------------------------------------------------------------------

  replaceInput(index: number, node: Node): void {
    const old = this.inputs[index];
    if (old === node) return;
    if (old !== undefined) old.removeUse(this, index);
    this.inputs[index] = node;
    node.uses.push({ user: this, index });
  }

  appendInput(node: Node): void {
    this.inputs.push(node);
    node.uses.push({ user: this, index: this.inputs.length - 1 });
  }

  insertInput(index: number, node: Node): void {
    const rest = this.inputs.slice(index);
    this.truncateInputs(index);
    this.appendInput(node);
    for (const input of rest) this.appendInput(input);
  }

  removeInput(index: number): void {
    const rest = this.inputs.slice(index + 1);
    this.truncateInputs(index);
    for (const input of rest) this.appendInput(input);
  }

  truncateInputs(count: number): void {
    while (this.inputs.length > count) {
      const index = this.inputs.length - 1;
      this.inputs[index]!.removeUse(this, index);
      this.inputs.pop();
    }
  }

  private removeUse(user: Node, index: number): void {
    const uses = this.uses;
    for (let i = uses.length - 1; i >= 0; i--) {
      const use = uses[i]!;
      if (use.user === user && use.index === index) {
        uses[i] = uses[uses.length - 1]!;
        uses.pop();
        return;
      }
    }
    throw new Error(`use of #${this.id} by #${user.id} input ${index} is not recorded`);
  }

  /** Makes this node dead: no inputs. */
  kill(): void {
    this.truncateInputs(0);
  }

  get isDead(): boolean {
    return this.inputs.length === 0 && this.uses.length === 0;
  }

  // --- inputs by kind ----------------------------------------------------------------------------------------------

  value(i: number): Node {
    return this.inputs[i]!;
  }
  get valueCount(): number {
    return this.op.valueIn;
  }
  get contextIndex(): number {
    return this.op.valueIn;
  }
  get frameStateIndex(): number {
    return this.op.valueIn + this.op.contextIn;
  }
  get effectIndex(): number {
    return this.op.valueIn + this.op.contextIn + this.op.frameStateIn;
  }
  get controlIndex(): number {
    return this.op.valueIn + this.op.contextIn + this.op.frameStateIn + this.op.effectIn;
  }
  get inputCount(): number {
    return this.controlIndex + this.op.controlIn;
  }
  get context(): Node {
    return this.inputs[this.contextIndex]!;
  }
  get frameState(): Node {
    return this.inputs[this.frameStateIndex]!;
  }
  get effect(): Node {
    return this.inputs[this.effectIndex]!;
  }
  get control(): Node {
    return this.inputs[this.controlIndex]!;
  }

  isEffectUse(index: number): boolean {
    return index >= this.effectIndex && index < this.controlIndex;
  }
  isControlUse(index: number): boolean {
    return index >= this.controlIndex;
  }
  isValueUse(index: number): boolean {
    return index < this.effectIndex;
  }

  // --- replacing ---------------------------------------------------------------------------------------------------

  /** Redirects every use to `node`. */
  replaceUses(node: Node): void {
    if (node === this) return;
    this.moveWeakUses(node, node, node);
    const uses = this.uses;
    this.uses = [];
    for (const use of uses) {
      use.user.inputs[use.index] = node;
      node.uses.push(use);
    }
  }

  /** Redirects value, effect and control uses separately; undefined leaves them. Exceptional uses are not touched here. */
  replaceUsesByKind(value: Node | undefined, effect: Node | undefined, control: Node | undefined): void {
    this.moveWeakUses(value, effect, control);
    for (const use of [...this.uses]) {
      const { user, index } = use;
      if (user.isControlUse(index)) {
        if (control !== undefined) user.replaceInput(index, control);
      } else if (user.isEffectUse(index)) {
        if (effect !== undefined) user.replaceInput(index, effect);
      } else if (value !== undefined) user.replaceInput(index, value);
    }
  }

  /** Weak uses go where uses of their kind go; undefined leaves them. */
  moveWeakUses(value: Node | undefined, effect: Node | undefined, control: Node | undefined): void {
    const weak = this.weakUses;
    if (weak === undefined) return;
    this.weakUses = undefined;
    for (const use of weak) {
      use.node = (use.kind === 'value' ? value : use.kind === 'effect' ? effect : control) ?? this;
      use.node.weakUses ??= [];
      use.node.weakUses.push(use);
    }
  }

  /** Survives a broken graph. */
  toString(): string {
    const inputs = this.inputs.map((n) => (n === undefined ? '?' : `#${n.id}`)).join(', ');
    return `#${this.id}:${this.op?.opcode ?? '?'}(${inputs})`;
  }
}

/** The machine type of a node's value: its own, else its operator's. */
export function machineTypeOf(node: Node): MachineType {
  return node.machineType ?? node.op.row.machineType ?? MachineTypes.None;
}
