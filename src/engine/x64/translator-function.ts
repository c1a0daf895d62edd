/**
 * The body of a translation: first each block's code by itself (`piece`), then data flow of registers, then the blocks in their
 * structure with the transfers between them.
 */
import { Wasm } from '../wasm/index.ts';
import { type CodeMap, Meta } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';
import type { Block, BlockGraph } from './translator-blocks.ts';
import { emitCondition, emitFusedCondition } from './translator-conditions.ts';
import { Emitter, L, Reg } from './translator-emitter.ts';
import { kindAfter, liveAfterSteps, liveBefore } from './translator-flags.ts';
import { emitStep } from './translator-integer.ts';
import { CODE_ALIGNMENT_BITS, type Linkage } from './translator-linkage.ts';
import { flowOfRegisters, type RegisterFlow, type RegisterUse } from './translator-registers.ts';
import { Control, control, Refused, type Step } from './translator-steps.ts';
import { Edge, type Item, type Loop, Structure } from './translator-structure.ts';

/** Fuel of a run that another run calls. */
const calleeFuel = 1 << 14;

/** A block's code up to its control transfer; a conditional jump's condition is on the stack then. */
interface Piece extends RegisterUse {
  readonly bytes: readonly number[];
  readonly ends: Control;
  /** Address of a direct call, −1 of an indirect one. */
  readonly callee: number;
  /** Nothing of the block is executed here: its first instruction has no translation. */
  readonly isEmpty: boolean;
}

/** Types and functions of a linked module, by index. */
enum Index {
  HostFunction = 0,
  RunType = 1,
}

type LabelKey = Item | Loop | number | 'top' | 'end' | 'if';

export class FunctionBuilder {
  private readonly code: CodeMap;
  private readonly linkage: Linkage | undefined;
  private readonly graph: BlockGraph;
  private readonly root: Block;
  private readonly structure: Structure;
  private readonly e: Emitter;
  private readonly pieces = new Map<Block, Piece>();
  private registers: RegisterFlow = { dirty: new Map(), live: new Map() };
  /** Numbers of the blocks where execution arrives from outside or by a dispatch edge. */
  private readonly numbers = new Map<Block, number>();
  /** The item that a forward edge to a block leads to. */
  private readonly targets = new Map<Block, Item>();
  private readonly labelled = new Set<Item>();
  /** A dispatch edge exists: the whole code is in a loop. */
  private dispatches = false;
  /** Constructs around what is being emitted, innermost last; a number is a set of dirty registers. */
  private readonly labels: LabelKey[] = [];

  constructor(code: CodeMap, cpuBase: number, linkage: Linkage | undefined, graph: BlockGraph, root: number) {
    this.code = code;
    this.linkage = linkage;
    this.graph = graph;
    this.root = graph.at(root)!;
    this.structure = new Structure(graph, this.root);
    this.e = new Emitter(code, cpuBase);
  }

  build(): { readonly body: readonly number[]; readonly entries: Map<number, number> } {
    const { e, structure, pieces, numbers } = this;
    for (const block of structure.order) pieces.set(block, this.piece(block));
    this.registers = flowOfRegisters(this.graph, structure.order, pieces);
    this.findArrivals();
    this.findLabels();

    const entries = new Map<number, number>();
    let live = 0;
    for (const [block, number] of numbers) {
      if (block.liveIn) continue;
      live |= this.registers.live.get(block)!;
      if (!pieces.get(block)!.isEmpty) entries.set(block.start, number);
    }
    const tails = [...new Set(structure.order.filter((b) => pieces.get(b)!.exits).map((b) => this.dirty(b)))];
    e.begin();
    const { w } = e;
    e.load(live);
    this.open('end');
    for (const tail of tails) this.open(tail);
    if (this.dispatches) this.openLoop('top');
    this.scope(undefined);
    if (this.dispatches) this.close();
    w.op(Wasm.Unreachable);
    for (let i = tails.length - 1; i >= 0; i--) {
      this.close();
      e.save(tails[i]!);
      e.saveRip();
      if (i > 0) w.br(this.depth('end'));
    }
    this.close();
    e.finish();
    return { body: w.bytes, entries };
  }

  private dirty(block: Block): number {
    return this.registers.dirty.get(block)!;
  }

  // --- what a block executes -------------------------------------------------------------------------------------------

  private piece(block: Block): Piece {
    const { e, code } = this;
    e.begin();
    const live = liveAfterSteps(code, this.graph, block);
    let kind = block.inKind;
    let fused: Step | undefined;
    const last = block.steps.length - 1;
    for (let n = 0; n <= last; n++) {
      const step = block.steps[n]!;
      const ends = control(step);
      if (ends === Control.None) {
        if (n === last - 1 && live[n] === true && live[last] === false && canFuse(step, block.steps[last]!))
          fused = step;
        else {
          const { reads, writes } = e;
          const before = e.w.bytes.length;
          if (!emitStep(e, step, kind, live[n]!)) {
            // No translation: the emulator executes it, if nobody waits for flags.
            e.w.bytes.length = before;
            e.reads = reads;
            e.writes = writes;
            if (liveBefore(code, step, live[n]!)) throw new Refused(unknownFlags(step));
            return this.leavingAt(step, n);
          }
        }
        kind = kindAfter(code, step, kind);
        continue;
      }
      if (ends === Control.Stop) return this.leavingAt(step, n);
      this.retire(n + 1);
      if (ends === Control.Branch) {
        const cc = step.op - MicroOp.Jo;
        if (fused === undefined || !emitFusedCondition(e, fused, cc)) {
          if (fused !== undefined) emitStep(e, fused, kind, true);
          emitCondition(e, kind, cc);
        }
      } else this.transfer(step, ends);
      return this.finish(block, ends, step);
    }
    this.retire(block.steps.length);
    return this.finish(block, Control.None, undefined);
  }

  private finish(block: Block, ends: Control, step: Step | undefined): Piece {
    const { bytes } = this.e.w;
    const { reads, writes } = this.e;
    const callee = step !== undefined && step.op === MicroOp.Call ? this.code.ops[step.at + 6]! : -1;
    return { bytes, ends, callee, reads, writes, exits: this.mayLeave(block, ends), isEmpty: false };
  }

  /** The block's code up to step `n`, which is not executed here. */
  private leavingAt(step: Step, n: number): Piece {
    const { e } = this;
    this.retire(n);
    this.setRip(step.address);
    const { reads, writes } = e;
    return { bytes: e.w.bytes, ends: Control.Stop, callee: -1, reads, writes, exits: true, isEmpty: n === 0 };
  }

  private mayLeave(block: Block, ends: Control): boolean {
    if (ends !== Control.None && ends !== Control.Branch && ends !== Control.Jump) return true;
    for (const address of [block.target, block.falls]) {
      if (address < 0) continue;
      const to = this.graph.at(address);
      if (to === undefined) return true;
      if (!to.liveIn && this.structure.edge(block, to) !== Edge.Forward) return true;
    }
    return false;
  }

  private retire(count: number): void {
    if (count === 0) return;
    const { w } = this.e;
    w.get(L.Retired);
    w.i64(BigInt(count));
    w.op(Wasm.I64Add);
    w.set(L.Retired);
  }

  private setRip(address: number): void {
    this.e.w.i64(this.e.codeAddress(address));
    this.e.w.set(L.Rip);
  }

  /** Calls, indirect jumps and returns up to the new rip. */
  private transfer({ op, at, meta }: Step, ends: Control): void {
    const { e } = this;
    const { w } = e;
    const { ops } = this.code;
    if (ends === Control.Jump) return;
    if (ends === Control.Return) {
      e.getRegister(Reg.Rsp);
      w.op(Wasm.I32WrapI64);
      w.access(Wasm.I64Load, 0);
      w.set(L.Rip);
      e.getRegister(Reg.Rsp);
      w.i64(BigInt(8 + ops[at + 7]!));
      w.op(Wasm.I64Add);
      e.setRegister(Reg.Rsp);
      return;
    }
    if (op === MicroOp.Call) w.i64(e.codeAddress(ops[at + 6]!));
    else e.operand(Meta.kind0(meta), ops[at + 1]!, 8, at);
    w.set(L.Rip);
    if (ends === Control.Call) e.pushValue(() => w.i64(e.codeAddress(ops[at + 2]!)));
  }

  // --- arrivals and labels ---------------------------------------------------------------------------------------------

  private arrive(block: Block | undefined): void {
    if (block !== undefined && !this.numbers.has(block)) this.numbers.set(block, this.numbers.size);
  }

  private findArrivals(): void {
    const { graph, structure } = this;
    this.arrive(this.root);
    for (const block of structure.order) {
      this.arrive(graph.at(block.returns));
      this.arrive(graph.at(block.handler));
      for (const to of graph.flow(block)) {
        const edge = structure.edge(block, to);
        if (edge === Edge.Dispatch && to !== graph.at(block.handler)) this.dispatches = true;
        if (edge !== Edge.Forward) this.arrive(to);
      }
    }
  }

  private findLabels(): void {
    const { graph, structure } = this;
    for (const scope of structure.scopes) {
      for (const item of structure.itemsOf(scope)) if (item.block !== scope?.header) this.targets.set(item.block, item);
    }
    for (const block of structure.order) {
      for (const address of [block.target, block.falls, block.returns]) {
        const to = graph.at(address);
        if (to === undefined || structure.edge(block, to) !== Edge.Forward) continue;
        const isJump = address === block.target && block.falls < 0;
        if (structure.isNext(block, to) && (address !== block.target || isJump)) continue;
        this.labelled.add(this.targets.get(to)!);
      }
    }
    for (const scope of structure.scopes) {
      const inside = this.arrivalsIn(scope);
      if (inside.length === 0) continue;
      const items = structure.itemsOf(scope);
      this.labelled.add(items[0]!);
      for (const block of inside) this.labelled.add(this.itemIn(scope, block));
    }
  }

  private itemIn(scope: Loop | undefined, block: Block): Item {
    const at = this.structure.itemAround(block, scope);
    return at === scope?.header ? this.structure.itemsOf(scope)[0]! : this.targets.get(at)!;
  }

  /** Arrivals somewhere in the scope, but not at its beginning. */
  private arrivalsIn(scope: Loop | undefined): Block[] {
    const first = this.structure.itemsOf(scope)[0]!;
    return [...this.numbers.keys()].filter(
      (block) => this.structure.contains(scope, block) && (block !== first.block || first.loop !== undefined),
    );
  }

  // --- structured code ---------------------------------------------------------------------------------------------------

  private open(key: LabelKey): void {
    this.e.w.block();
    this.labels.push(key);
  }
  private openLoop(key: LabelKey): void {
    this.e.w.loop();
    this.labels.push(key);
  }
  private close(): void {
    this.e.w.op(Wasm.End);
    this.labels.pop();
  }
  private depth(key: LabelKey): number {
    const index = this.labels.lastIndexOf(key);
    if (index < 0) throw new Error('translator: a branch out of its construct');
    return this.labels.length - 1 - index;
  }

  private scope(loop: Loop | undefined): void {
    const items = this.structure.itemsOf(loop);
    if (loop !== undefined) this.openLoop(loop);
    for (let i = items.length - 1; i >= 0; i--) if (this.labelled.has(items[i]!)) this.open(items[i]!);
    const inside = this.arrivalsIn(loop);
    if (inside.length > 0) this.dispatch(loop, inside, items[0]!);
    for (const item of items) {
      if (this.labelled.has(item)) this.close();
      if (item.loop !== undefined) this.scope(item.loop);
      else this.block(item.block);
    }
    if (loop !== undefined) this.close();
  }

  /** Goes to the item of this scope that the block with the number in the Pc local is in. */
  private dispatch(scope: Loop | undefined, inside: readonly Block[], first: Item): void {
    const { w } = this.e;
    if (inside.length <= 2) {
      for (const block of inside) {
        w.get(L.Pc);
        w.i32(this.numbers.get(block)!);
        w.op(Wasm.I32Eq);
        w.brIf(this.depth(this.itemIn(scope, block)));
      }
      return;
    }
    const size = Math.max(...inside.map((block) => this.numbers.get(block)!)) + 1;
    const depths = new Array<number>(size).fill(this.depth(first));
    for (const block of inside) depths[this.numbers.get(block)!] = this.depth(this.itemIn(scope, block));
    w.get(L.Pc);
    w.op(Wasm.BrTable);
    w.unsigned(size);
    for (const depth of depths) w.unsigned(depth);
    w.unsigned(this.depth(first));
  }

  private block(block: Block): void {
    const { w } = this.e;
    const piece = this.pieces.get(block)!;
    // Arrived: the tables of loops around lead to their headers again.
    if (this.numbers.has(block) && (this.dispatches || this.structure.scopeOf(block) !== undefined)) {
      w.i32(-1);
      w.set(L.Pc);
    }
    for (const byte of piece.bytes) w.bytes.push(byte);
    switch (piece.ends) {
      case Control.None:
        this.go(block, block.falls);
        break;
      case Control.Jump:
        this.go(block, block.target);
        break;
      case Control.Branch: {
        const target = this.graph.at(block.target);
        if (target !== undefined && this.structure.edge(block, target) === Edge.Forward)
          w.brIf(this.depth(this.targets.get(target)!));
        else {
          w.if();
          this.labels.push('if');
          this.go(block, block.target, true);
          this.close();
        }
        this.go(block, block.falls);
        break;
      }
      case Control.Call:
        this.call(block, piece);
        break;
      default:
        w.br(this.depth(this.dirty(block)));
    }
  }

  /** Unconditional transfer to `address`. */
  private go(from: Block, address: number, nested = false): void {
    const { w } = this.e;
    const to = this.graph.at(address);
    if (to === undefined) {
      this.setRip(address);
      w.br(this.depth(this.dirty(from)));
      return;
    }
    const edge = this.structure.edge(from, to);
    if (edge === Edge.Forward) {
      if (nested || !this.structure.isNext(from, to)) w.br(this.depth(this.targets.get(to)!));
      return;
    }
    if (edge === Edge.Dispatch) {
      w.i32(this.numbers.get(to)!);
      w.set(L.Pc);
    }
    const back = this.depth(edge === Edge.Back ? this.structure.loopOf(to)! : 'top');
    if (to.liveIn) {
      w.br(back);
      return;
    }
    w.get(L.Fuel);
    w.i32(1);
    w.op(Wasm.I32Sub);
    w.tee(L.Fuel);
    w.brIf(back);
    this.setRip(address);
    w.br(this.depth(this.dirty(from)));
  }

  /** A call: of a host function or of translated code as a WebAssembly call, anything else by leaving. */
  private call(block: Block, { callee }: Piece): void {
    const { e, linkage } = this;
    const { w } = e;
    const back = this.graph.at(block.returns);
    const isHost = linkage?.isHost(callee) ?? false;
    const op = block.steps[block.steps.length - 1]!.op;
    // Calls through memory are the rare ones: deopt exits.
    if (linkage === undefined || back === undefined || back.liveIn || (!isHost && op === MicroOp.CallM)) {
      w.br(this.depth(this.dirty(block)));
      return;
    }
    e.save(this.dirty(block));
    e.saveRip();
    if (isHost) {
      w.i32(callee);
      w.op(Wasm.Call, Index.HostFunction);
    } else {
      w.get(L.Rip);
      w.op(Wasm.I32WrapI64);
      w.i32(linkage.codeStart);
      w.op(Wasm.I32Sub);
      w.i32(CODE_ALIGNMENT_BITS);
      w.op(Wasm.I32RotR);
      w.tee(L.T32);
      w.op(Wasm.Saturating, TABLE_SIZE, 0);
      w.op(Wasm.I32GeU);
      w.get(L.Depth);
      w.op(Wasm.I32Eqz, Wasm.I32Or);
      w.brIf(this.depth('end'));
      w.i32(0);
      w.i32(calleeFuel);
      w.get(L.Depth);
      w.i32(1);
      w.op(Wasm.I32Sub);
      w.get(L.T32);
      w.op(Wasm.CallIndirect, Index.RunType, 0);
    }
    w.i32(back.start);
    w.op(Wasm.I32Ne);
    w.brIf(this.depth('end'));
    e.load(this.registers.live.get(back)!);
    this.go(block, block.returns);
  }
}

/** Second byte after 0xfc: the size of a table. */
const TABLE_SIZE = 0x10;

/** Whether the jump may compare itself instead of reading flags of `setter`. */
function canFuse(setter: Step, jump: Step): boolean {
  const slow = Meta.slow(setter.meta);
  return control(jump) === Control.Branch && (slow === SlowOp.Cmp || slow === SlowOp.Test);
}

const unknownFlags = ({ op, meta, address }: Step): string =>
  `flags live at ${MicroOp[op]} ${SlowOp[Meta.slow(meta)]} at 0x${address.toString(16)}`;
