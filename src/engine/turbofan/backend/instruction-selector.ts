// Instruction selection: the scheduled machine graph → LIR (V8: instruction-selector.cc).
//
// Blocks are walked backwards and so are their nodes: a node without effects becomes an instruction only if something
// selected before it (later in the program) asked for its value; what a rule folds into another instruction (constants,
// comparisons, loads, address arithmetic) is never asked for. Arithmetic rules are in select-arithmetic.ts, memory rules in
// select-memory.ts, calls in select-call.ts; comparisons in conditions.ts.

import type { DeoptimizeKind, DeoptimizeReason } from '../../deoptimizer/index.ts';
import { Cond, Gpr } from '../../x64/index.ts';
import { frameStateValues, OsrIndex, outerFrameState, ParameterIndex } from '../graph/frame-states.ts';
import { type MachineType, MachineTypes } from '../graph/machine-type.ts';
import { machineTypeOf, type Node } from '../graph/node.ts';
import type { BasicBlock, Schedule } from '../graph/scheduler.ts';
import { type Condition, conditionOf, emitConditionalJump } from './conditions.ts';
import {
  type Definition,
  type DeoptState,
  Instruction,
  InstructionBlock,
  Location,
  type MoveOperand,
  type StateFrame,
  type StateOperand,
  type Use,
  VirtualRegister,
} from './instruction.ts';
import { aliasOf, constantOf } from './operands.ts';
import { arithmeticRules, selectOverflow } from './select-arithmetic.ts';
import { selectCall } from './select-call.ts';
import { selectLoad, selectStore } from './select-memory.ts';

export type Rule = (selector: InstructionSelector, node: Node) => void;

/** Slot of OSR value i: the interpreter frame's register i (after bytecode array, offset and feedback vector). */
export const osrSlot = (register: number): number => 8 + register;

export class InstructionSelector {
  readonly schedule: Schedule;
  readonly runtimeId: (name: string) => number;
  vregCount = 0;
  /** Overflow operations that are emitted by the deopt or branch that tests them. */
  readonly fused = new Set<Node>();
  private readonly vregs = new Map<Node, VirtualRegister>();
  private readonly blocks = new Map<BasicBlock, InstructionBlock>();
  private chunk: Instruction[] = [];
  /** Per block, how many instructions each of its nodes became; kept only for a debugger's table. */
  readonly instructionCounts: Map<BasicBlock, number[]> | undefined;
  block: BasicBlock;

  constructor(schedule: Schedule, runtimeId: (name: string) => number, countsInstructions = false) {
    this.schedule = schedule;
    this.instructionCounts = countsInstructions ? new Map() : undefined;
    this.runtimeId = runtimeId;
    this.block = schedule.start;
  }

  select(): InstructionBlock[] {
    const order = this.schedule.order.filter((block) => block !== this.schedule.end);
    order.forEach((block, i) => {
      const lir = new InstructionBlock(i);
      lir.deferred = block.deferred;
      lir.loopDepth = block.loopDepth;
      lir.isLoopHeader = block.isLoopHeader;
      this.blocks.set(block, lir);
    });
    for (const block of order) {
      for (const successor of block.successors) {
        const to = this.blocks.get(successor);
        if (to === undefined) continue;
        this.blocks.get(block)!.successors.push(to);
      }
      for (const predecessor of block.predecessors) {
        const from = this.blocks.get(predecessor);
        if (from !== undefined) this.blocks.get(block)!.predecessors.push(from);
      }
    }
    // Back edges come after their header: what a loop phi reads is needed, whoever uses the phi.
    for (const block of order) if (block.isLoopHeader) this.requirePhiInputs(block, true);
    for (let i = order.length - 1; i >= 0; i--) this.selectBlock(order[i]!);
    this.selectEntry(order[0]!);
    for (const block of order) this.selectPhis(block);
    const lir = order.map((block) => this.blocks.get(block)!);
    // Deferred blocks last, otherwise in schedule order.
    return [...lir.filter((b) => !b.deferred), ...lir.filter((b) => b.deferred)];
  }

  lirBlock(block: BasicBlock): InstructionBlock {
    return this.blocks.get(block)!;
  }

  // --- what rules use ---------------------------------------------------------------------------------------------------

  newVreg(type: MachineType, home?: number): VirtualRegister {
    return new VirtualRegister(this.vregCount++, type, home);
  }

  /** The virtual register of a node's value; asking makes the node needed. */
  vreg(node: Node): VirtualRegister {
    node = aliasOf(node);
    let vreg = this.vregs.get(node);
    if (vreg === undefined) {
      vreg = this.newVreg(machineTypeOf(node), homeOf(node));
      this.vregs.set(node, vreg);
    }
    return vreg;
  }

  /** The virtual register of a node's value, if somebody needs it. */
  knownVreg(node: Node): VirtualRegister | undefined {
    return this.vregs.get(node);
  }

  isUsed(node: Node): boolean {
    return this.vregs.has(node);
  }

  /** A use in a register; a constant is loaded right before the instruction. */
  register(node: Node, late = false): Use {
    const constant = constantOf(node);
    if (constant === undefined) return { vreg: this.vreg(node), policy: 'register', late };
    const vreg = this.newVreg(machineTypeOf(node));
    this.add('Constant', node, { defs: [{ vreg, policy: 'register' }] }, (g, i) => {
      g.loadConstant(constant, i.definitions[0]!.vreg.location!);
    });
    return { vreg, policy: 'register', late };
  }

  /** A use in a register or stack slot. */
  any(node: Node, late = false): Use {
    return constantOf(node) === undefined ? { vreg: this.vreg(node), policy: 'any', late } : this.register(node, late);
  }

  fixed(node: Node, register: Gpr): Use {
    const use = this.register(node);
    return { vreg: use.vreg, policy: 'fixed', fixed: Location.gprs[register]! };
  }

  output(node: Node): Definition {
    return { vreg: this.vreg(node), policy: 'register' };
  }

  same(node: Node, use = 0): Definition {
    return { vreg: this.vreg(node), policy: 'same', same: use };
  }

  outputFixed(node: Node, register: Gpr): Definition {
    return { vreg: this.vreg(node), policy: 'fixed', fixed: Location.gprs[register]! };
  }

  add(
    name: string,
    node: Node | undefined,
    operands: { uses?: Use[]; defs?: Definition[]; clobbers?: Gpr[] },
    emit: Instruction['emit'],
  ): Instruction {
    const instruction = new Instruction(name, node, emit);
    instruction.uses = operands.uses ?? [];
    instruction.definitions = operands.defs ?? [];
    instruction.clobbers = (operands.clobbers ?? []).map((r) => Location.gprs[r]!);
    this.chunk.push(instruction);
    return instruction;
  }

  // --- blocks -----------------------------------------------------------------------------------------------------------

  private selectBlock(block: BasicBlock): void {
    this.block = block;
    const reversed: Instruction[] = [];
    const flush = (select: () => void): void => {
      this.chunk = [];
      select();
      for (let i = this.chunk.length - 1; i >= 0; i--) reversed.push(this.chunk[i]!);
    };
    flush(() => this.selectControl(block));
    const counts = this.instructionCounts && new Array<number>(block.nodes.length).fill(0);
    for (let i = block.nodes.length - 1; i >= 0; i--) {
      const node = block.nodes[i]!;
      if (node === block.controlInput) continue;
      flush(() => this.selectNode(node));
      if (counts !== undefined) counts[i] = this.chunk.length;
    }
    if (block.begin.opcode === 'IfException') {
      const handler = this.blocks.get(block)!;
      handler.isHandler = true;
      if (this.isUsed(block.begin)) {
        flush(() => this.add('Exception', block.begin, { defs: [this.outputFixed(block.begin, Gpr.rax)] }, () => {}));
        if (counts !== undefined) counts[0] = counts[0]! + 1;
      }
    }
    if (counts !== undefined) this.instructionCounts!.set(block, counts);
    this.requirePhiInputs(block, false);
    reversed.reverse();
    this.blocks.get(block)!.instructions.push(...reversed);
  }

  private selectNode(node: Node): void {
    switch (node.opcode) {
      case 'Phi':
      case 'EffectPhi':
      case 'Parameter':
      case 'OsrValue':
      case 'Projection':
      case 'IfException':
      case 'IfSuccess':
      case 'Int32Constant':
      case 'Int64Constant':
      case 'Float64Constant':
      case 'HeapConstant':
      case 'SmiConstant':
      case 'FrameState':
      case 'TypedStateValues':
      case 'TypedObjectState':
      case 'ObjectId':
      case 'ArgumentsElementsState':
      case 'ArgumentsLengthState':
      case 'Merge':
      case 'Loop':
      case 'Start':
      case 'IfTrue':
      case 'IfFalse':
      case 'Terminate':
      case 'End':
      case 'Dead':
        return;
      case 'DeoptimizeIf':
      case 'DeoptimizeUnless':
        this.selectDeoptimize(node);
        return;
      case 'Call':
        selectCall(this, node, undefined);
        return;
      case 'Store':
        selectStore(this, node);
        return;
      case 'Load':
        if (this.isUsed(node)) selectLoad(this, node);
        return;
      case 'Int32AddWithOverflow':
      case 'Int32SubWithOverflow':
      case 'Int32MulWithOverflow':
        if (!this.fused.has(node)) selectOverflow(this, node, undefined);
        return;
      default: {
        if (!this.isUsed(node)) return;
        const rule = arithmeticRules[node.opcode];
        if (rule !== undefined) {
          rule(this, node);
          return;
        }
        this.selectBit(node);
      }
    }
  }

  /** A comparison whose value is needed as 0 or 1. */
  private selectBit(node: Node): void {
    const condition = conditionOf(this, node);
    if (condition === undefined) throw new Error(`no selection rule for ${node}`);
    this.add(node.opcode, node, { uses: condition.uses, defs: [this.output(node)] }, (g, i) => {
      condition.emit(g);
      const dst = g.gpr(i.definitions[0]!.vreg);
      // setcc writes one byte; moves do not touch the flags.
      g.masm.setcc(condition.cond, dst);
      if (condition.ordered && condition.cond === Cond.equal) {
        g.masm.setcc(Cond.parity_odd, Gpr.r10);
        g.masm.andb(dst, Gpr.r10);
      } else if (condition.ordered) {
        // "not equal" holds where there is no order.
        g.masm.setcc(Cond.parity_even, Gpr.r10);
        g.masm.orb(dst, Gpr.r10);
      }
      g.masm.movzxbl(dst, dst);
    });
  }

  private selectControl(block: BasicBlock): void {
    const node = block.controlInput;
    switch (block.control) {
      case 'goto': {
        const target = this.lirBlock(block.successors[0]!);
        this.add('Jump', undefined, {}, (g) => g.emitJump(target));
        return;
      }
      case 'branch': {
        if (this.selectOverflowBranch(block, node!)) return;
        const condition = conditionOf(this, node!.value(0)) ?? this.bitCondition(node!.value(0));
        const ifTrue = this.lirBlock(block.successors.find((b) => b.begin.opcode === 'IfTrue')!);
        const ifFalse = this.lirBlock(block.successors.find((b) => b.begin.opcode === 'IfFalse')!);
        this.add('Branch', node, { uses: condition.uses }, (g) => {
          condition.emit(g);
          if (condition.ordered) {
            // Unordered is "not equal".
            const [same, other] = condition.cond === Cond.equal ? [ifTrue, ifFalse] : [ifFalse, ifTrue];
            g.masm.j(Cond.parity_even, g.labelOf(other));
            g.emitBranch(Cond.equal, same, other);
          } else g.emitBranch(condition.cond, ifTrue, ifFalse);
        });
        return;
      }
      case 'call': {
        const success = block.successors.find((b) => b.begin.opcode !== 'IfException');
        const handler = block.successors.find((b) => b.begin.opcode === 'IfException');
        // Reversed: the jump is emitted after the call.
        const call = (): void => selectCall(this, node!, handler && this.lirBlock(handler));
        call();
        if (success !== undefined) {
          const target = this.lirBlock(success);
          this.add('Jump', undefined, {}, (g) => g.emitJump(target));
        }
        return;
      }
      case 'return':
        this.add('Return', node, { uses: [this.fixed(node!.value(0), Gpr.rax)] }, (g) => g.emitReturn());
        return;
      case 'deoptimize': {
        const reason = node!.parameterOf('Deoptimize').reason;
        const instruction = this.add('Deoptimize', node, {}, (g, i) => g.masm.jmp(g.deoptLabel(i)));
        this.attachState(instruction, node!, 'eager', reason, false);
        return;
      }
      case 'throw':
      case 'none':
        this.add('Trap', node, {}, (g) => g.masm.int3());
        return;
    }
  }

  /** A branch on an operation's overflow: the operation right before it leaves the flag. */
  private selectOverflowBranch(block: BasicBlock, branch: Node): boolean {
    const tested = branch.value(0);
    if (tested.opcode !== 'Projection' || tested.parameterOf('Projection').index !== 1) return false;
    const operation = tested.value(0);
    if (!this.canFuseOverflow(operation, branch)) return false;
    this.fused.add(operation);
    const ifTrue = this.lirBlock(block.successors.find((b) => b.begin.opcode === 'IfTrue')!);
    const ifFalse = this.lirBlock(block.successors.find((b) => b.begin.opcode === 'IfFalse')!);
    selectOverflow(this, operation, undefined);
    this.add('BranchOverflow', branch, {}, (g) => g.emitBranch(Cond.overflow, ifTrue, ifFalse));
    return true;
  }

  bitCondition(node: Node): Condition {
    const use = this.register(node);
    return {
      uses: [use],
      cond: Cond.not_equal,
      ordered: false,
      emit: (g) => {
        const r = g.gpr(use.vreg);
        g.masm.testl(r, r);
      },
    };
  }

  private selectDeoptimize(node: Node): void {
    const reason = node.parameterOf('DeoptimizeIf', 'DeoptimizeUnless').reason;
    const wantsTrue = node.opcode === 'DeoptimizeIf';
    const tested = node.value(0);
    if (tested.opcode === 'Projection' && tested.parameterOf('Projection').index === 1) {
      const operation = tested.value(0);
      if (wantsTrue && this.canFuseOverflow(operation, node)) {
        this.fused.add(operation);
        const instruction = selectOverflow(this, operation, node);
        // The exit is behind the result: what a bailout reads must not be where that is written.
        const isBesideInputs = instruction.definitions.some(({ policy }) => policy === 'register');
        this.attachState(instruction, node, 'eager', reason, isBesideInputs);
        return;
      }
    }
    const condition = conditionOf(this, tested) ?? this.bitCondition(tested);
    const instruction = this.add(node.opcode, node, { uses: [...condition.uses] }, (g, i) => {
      condition.emit(g);
      const exit = g.deoptLabel(i);
      emitConditionalJump(g, condition, wantsTrue, exit);
      g.emitStressDeopt(exit);
    });
    this.attachState(instruction, node, 'eager', reason, false);
  }

  /** Whether nothing between the operation and its overflow check needs the result or the flags. */
  private canFuseOverflow(operation: Node, consumer: Node): boolean {
    const nodes = this.block.nodes;
    const at = nodes.indexOf(operation);
    const to = consumer === this.block.controlInput ? nodes.length : nodes.indexOf(consumer);
    if (at < 0 || to < at) return false;
    for (const use of operation.uses) {
      if (use.user.opcode !== 'Projection') return false;
      const index = use.user.parameterOf('Projection').index;
      for (const user of use.user.uses) {
        if (index === 1 && user.user !== consumer) return false;
        if (index === 0) {
          const position = nodes.indexOf(user.user);
          if (position >= 0 && position < to && user.user.opcode !== 'Phi') return false;
        }
      }
    }
    return true;
  }

  // --- entry and phis ---------------------------------------------------------------------------------------------------

  private selectEntry(first: BasicBlock): void {
    const defs: Definition[] = [];
    for (const [node, vreg] of this.vregs) {
      if (node.opcode === 'Parameter' && node.parameterOf('Parameter') === ParameterIndex.NewTarget) {
        defs.push({ vreg, policy: 'fixed', fixed: Location.gprs[Gpr.rdx]! });
      } else if (node.opcode === 'OsrValue' && node.parameterOf('OsrValue') === OsrIndex.Accumulator) {
        defs.push({ vreg, policy: 'fixed', fixed: Location.gprs[Gpr.rax]! });
      } else if (node.opcode === 'Parameter' || node.opcode === 'OsrValue') defs.push({ vreg, policy: 'home' });
    }
    const instruction = new Instruction('Start', undefined, (g, i) => {
      for (const d of i.definitions) {
        if (d.policy === 'home' && d.vreg.location !== undefined && d.vreg.location.kind !== 'slot') {
          g.move(Location.slot(d.vreg.home!), d.vreg.location);
        }
      }
    });
    instruction.definitions = defs;
    this.blocks.get(first)!.instructions.unshift(instruction);
    const counts = this.instructionCounts?.get(first);
    if (counts !== undefined) counts[0] = counts[0]! + 1;
  }

  private requirePhiInputs(block: BasicBlock, unused: boolean): void {
    for (const phi of phisOf(block)) {
      if (!unused && !this.isUsed(phi)) continue;
      for (let i = 0; i < phi.valueCount; i++) if (constantOf(phi.value(i)) === undefined) this.vreg(phi.value(i));
    }
  }

  private selectPhis(block: BasicBlock): void {
    const lir = this.blocks.get(block)!;
    for (const phi of phisOf(block)) {
      if (!this.isUsed(phi)) continue;
      const inputs: MoveOperand[] = [];
      for (let i = 0; i < block.predecessors.length; i++) {
        const input = phi.value(i);
        inputs.push(constantOf(input) ?? this.vreg(input));
      }
      lir.phis.push({ vreg: this.vreg(phi), inputs });
    }
  }

  // --- deopt states -----------------------------------------------------------------------------------------------------

  /** Adds the frame state's values as uses of `instruction`. */
  attachState(
    instruction: Instruction,
    node: Node,
    kind: DeoptimizeKind,
    reason: DeoptimizeReason,
    late: boolean,
  ): void {
    const frames: StateFrame[] = [];
    const seen = new Set<number>();
    let frameState: Node | undefined = node.frameState;
    while (frameState !== undefined) {
      frames.unshift({ node: frameState, values: [] });
      frameState = outerFrameState(frameState);
    }
    const complete = frames.map((frame) => ({
      node: frame.node,
      values: this.stateValues(frame.node, instruction, late, seen),
    }));
    instruction.deopt = {
      kind,
      reason,
      frames: complete,
      position: node.position,
      inliningId: node.inliningId,
      nodeId: node.id,
      feedback:
        kind === 'eager' ? node.parameterOf('Deoptimize', 'DeoptimizeIf', 'DeoptimizeUnless').feedback : undefined,
    } satisfies DeoptState;
  }

  private stateValues(frameState: Node, instruction: Instruction, late: boolean, seen: Set<number>): StateOperand[] {
    return frameStateValues(frameState).map((value) =>
      value === undefined
        ? { kind: 'optimizedOut' }
        : this.stateOperand(value.node, value.type, instruction, late, seen),
    );
  }

  private stateOperand(
    node: Node,
    type: MachineType,
    instruction: Instruction,
    late: boolean,
    seen: Set<number>,
  ): StateOperand {
    switch (node.opcode) {
      case 'TypedObjectState': {
        const { id, types } = node.parameterOf('TypedObjectState');
        if (seen.has(id)) return { kind: 'duplicate', id };
        seen.add(id);
        return {
          kind: 'captured',
          id,
          fields: node.inputs.map((field, i) =>
            this.stateOperand(field, types?.[i] ?? MachineTypes.AnyTagged, instruction, late, seen),
          ),
        };
      }
      case 'ObjectId':
        return { kind: 'duplicate', id: node.parameterOf('ObjectId') };
      case 'ArgumentsElementsState':
        return { kind: 'argumentsElements', type: node.parameterOf('ArgumentsElementsState') };
      case 'ArgumentsLengthState':
        return { kind: 'argumentsLength' };
      default: {
        const constant = constantOf(node);
        if (constant !== undefined) return { kind: 'constant', value: constant, type };
        const use: Use = { vreg: this.vreg(node), policy: 'any', late };
        instruction.uses.push(use);
        return { kind: 'vreg', use, type };
      }
    }
  }
}

/** The stack slot where a parameter or OSR value stands from the start. */
export function homeOf(node: Node): number | undefined {
  if (node.opcode === 'Parameter') {
    const index = node.parameterOf('Parameter');
    if (index >= 0) return -1 - index;
    if (index === ParameterIndex.Context) return 2;
    if (index === ParameterIndex.Closure) return 3;
    if (index === ParameterIndex.ArgumentCount) return 4;
  } else if (node.opcode === 'OsrValue') {
    const index = node.parameterOf('OsrValue');
    if (index >= 0) return osrSlot(index);
    if (index === OsrIndex.Context) return 2;
  }
  return undefined;
}

const phisOf = (block: BasicBlock): Node[] => block.nodes.filter((node) => node.opcode === 'Phi');
