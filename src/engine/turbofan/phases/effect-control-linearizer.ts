// EffectControlLinearizer and MemoryOptimizer (V8's names): every remaining simplified operator becomes machine operators in
// its place of the schedule (its row's `linearization`); checks become DeoptimizeIf/Unless with the frame state of the checkpoint
// before them.
//
// Invariant: walking blocks in order, `at.effect` and `at.control` are the ends of the chain so far; a lowering adds to both.
// Afterwards each block has one linear effect chain and only `machine` operators remain.

import { CompilationBailout } from '../broker/heap-broker.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type BasicBlock, computeSchedule } from '../graph/scheduler.ts';
import { GraphAssembler, noValue } from './graph-assembler.ts';

interface BlockState {
  effect: Node;
  control: Node;
  frameState: Node | undefined;
}

export class EffectControlLinearizer {
  private readonly graph: Graph;
  /** The ends of the chain so far. */
  private readonly at: GraphAssembler;
  private readonly pendingEffectPhis: { phi: Node; block: BasicBlock }[] = [];

  constructor(graph: Graph) {
    this.graph = graph;
    this.at = new GraphAssembler(graph);
  }

  run(): void {
    const schedule = computeSchedule(this.graph);
    const exits = new Map<BasicBlock, BlockState>();
    for (const block of schedule.order) {
      this.enterBlock(block, exits);
      for (const node of block.nodes) {
        if (node === block.begin || node === block.controlInput) continue;
        if (node.opcode === 'EffectPhi' || node.opcode === 'Phi') continue;
        this.processNode(node);
      }
      if (block.controlInput !== undefined) this.processNode(block.controlInput);
      exits.set(block, { effect: this.at.effect, control: this.at.control, frameState: this.at.frameState });
    }
    // Joins take what their predecessors ended with.
    for (const block of schedule.order) {
      const begin = block.begin;
      if (begin.opcode === 'Merge' || begin.opcode === 'Loop') {
        block.predecessors.forEach((p, i) => {
          begin.replaceInput(i, exits.get(p)!.control);
        });
        for (const use of [...begin.uses]) {
          const user = use.user;
          if (user.opcode === 'EffectPhi' && user.isControlUse(use.index))
            block.predecessors.forEach((p, i) => void user.replaceInput(i, exits.get(p)!.effect));
          else if (user.opcode === 'Terminate') user.replaceInput(0, this.effectPhiOf(block) ?? user.inputs[0]!);
        }
      }
    }
    for (const { phi, block } of this.pendingEffectPhis)
      block.predecessors.forEach((p, i) => void phi.replaceInput(i, exits.get(p)!.effect));
    this.graph.trim();
  }

  private effectPhiOf(block: BasicBlock): Node | undefined {
    return (
      block.nodes.find((n) => n.opcode === 'EffectPhi') ?? this.pendingEffectPhis.find((p) => p.block === block)?.phi
    );
  }

  private enterBlock(block: BasicBlock, exits: Map<BasicBlock, BlockState>): void {
    const begin = block.begin;
    if (begin === this.graph.start) {
      this.at.effect = begin;
      this.at.control = begin;
      this.at.frameState = undefined;
      return;
    }
    const known = block.predecessors.map((p) => exits.get(p));
    if (block.predecessors.length === 1) {
      const from = known[0]!;
      this.at.effect = from.effect;
      this.at.frameState = from.frameState;
      this.at.control = begin;
      if (begin.opcode === 'IfException') this.at.effect = begin;
      // The success of a stack check that was lowered: control goes on behind it.
      if (begin.opcode === 'IfSuccess' && begin.inputs.length === 0) this.at.control = from.control;
      if (begin.opcode === 'Merge') {
        const phi = this.effectPhiOf(block);
        if (phi !== undefined) this.at.effect = phi;
      }
      return;
    }
    if (begin.opcode === 'End') return;
    this.at.control = begin;
    let phi = this.effectPhiOf(block);
    const first = known[0]?.effect;
    if (phi === undefined) {
      if (begin.opcode === 'Loop' || known.some((k) => k === undefined || k.effect !== first)) {
        phi = this.graph.effectPhi(
          block.predecessors.map((_p, i) => known[i]?.effect ?? this.graph.start),
          begin,
        );
        this.pendingEffectPhis.push({ phi, block });
      }
    }
    this.at.effect = phi ?? first!;
    const state = known[0]?.frameState;
    this.at.frameState =
      begin.opcode !== 'Loop' && known.every((k) => k !== undefined && k.frameState === state) ? state : undefined;
  }

  private processNode(node: Node): void {
    this.at.position = node.position;
    this.at.inliningId = node.inliningId;
    this.graph.currentPosition = node.position;
    this.graph.currentInliningId = node.inliningId;
    this.graph.currentBytecodeOffset = node.bytecodeOffset;
    switch (node.opcode) {
      case 'Terminate':
        return; // stays on its loop; joins give it the effect phi
      case 'Checkpoint':
        this.at.frameState = node.frameState;
        node.replaceUses(this.at.effect);
        node.kill();
        return;
      case 'BeginRegion':
      case 'LoopExitEffect':
        node.replaceUses(this.at.effect);
        node.kill();
        return;
      case 'FinishRegion': {
        this.at.inAllocationRegion = false;
        const value = node.value(0);
        node.replaceUsesByKind(value, this.at.effect, undefined);
        node.kill();
        return;
      }
      case 'Allocate':
        this.at.inAllocationRegion = true;
        break;
    }
    const { linearization } = node.op.row;
    if (linearization !== undefined) {
      const lowered = linearization(this.at, node, node.op.parameter);
      // Value uses get the new value; effect and control uses go on from here.
      node.replaceUsesByKind(lowered === noValue ? undefined : lowered, this.at.effect, this.at.control);
      node.kill();
      return;
    }
    const { op } = node;
    if (!op.row.machine) throw new CompilationBailout(`${node.opcode} is not lowered yet`);
    if (op.effectIn > 0) {
      node.replaceInput(node.effectIndex, this.at.effect);
      if (op.effectOut > 0) {
        this.at.effect = node;
        if (writes(node) && !this.at.inAllocationRegion) this.at.frameState = undefined;
      }
    }
    if (op.controlIn > 0) {
      node.replaceInput(node.controlIndex, this.at.control);
      if (op.controlOut > 0 && op.row.category !== 'common') this.at.control = node;
      else if (node.opcode === 'Call' || node.opcode === 'DeoptimizeIf' || node.opcode === 'DeoptimizeUnless')
        this.at.control = node;
    }
  }
}

/** Whether a bailout behind the node must not resume before it. */
const writes = (node: Node): boolean =>
  node.opcode === 'Call' ? node.parameterOf('Call').noWrite !== true : !node.op.row.noWrite;
