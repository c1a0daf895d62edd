// BytecodeAnalysis (V8: bytecode-analysis.cc): loops, exception ranges and register liveness of one bytecode array.
//
// Liveness decides which registers a FrameState keeps: a dead one is optimized out, and traces show it, so the transfer
// functions are exactly V8's:
//   out(b) = ∪ in(successors) ∪ (in(handler) without accumulator, plus the handler's context register) if b has side effects
//   in(b)  = (out(b) − written) ∪ read
//
// Bit sets over registers r0 … rn−1 and, last, the accumulator.

import {
  BYTECODES,
  Bytecode,
  type BytecodeArrayAccessor,
  ControlFlow,
  type HandlerEntry,
  isRegisterInput,
  lookupHandler,
  OperandType,
  writtenRegisters,
} from '../../bytecode/index.ts';

export class Liveness {
  readonly bits: Uint32Array;
  readonly registerCount: number;

  constructor(registerCount: number) {
    this.registerCount = registerCount;
    this.bits = new Uint32Array((registerCount + 32) >> 5);
  }
  has(register: number): boolean {
    return register >= 0 && (this.bits[register >> 5]! & (1 << (register & 31))) !== 0;
  }
  get accumulator(): boolean {
    return this.has(this.registerCount);
  }
  add(register: number): void {
    if (register >= 0) this.bits[register >> 5]! |= 1 << (register & 31);
  }
  remove(register: number): void {
    if (register >= 0) this.bits[register >> 5]! &= ~(1 << (register & 31));
  }
  addAccumulator(): void {
    this.add(this.registerCount);
  }
  removeAccumulator(): void {
    this.remove(this.registerCount);
  }
  union(other: Liveness): void {
    for (let i = 0; i < this.bits.length; i++) this.bits[i]! |= other.bits[i]!;
  }
  copy(other: Liveness): void {
    this.bits.set(other.bits);
  }
  equals(other: Liveness): boolean {
    return this.bits.every((w, i) => w === other.bits[i]);
  }
  /** V8's listing form: one letter per register, L live, then the accumulator. */
  toString(): string {
    let s = '';
    for (let i = 0; i <= this.registerCount; i++) s += this.has(i) ? 'L' : '.';
    return s;
  }
}

export interface LoopInfo {
  /** Offset of the header, and of the JumpLoop. */
  readonly header: number;
  readonly end: number;
  readonly parent: LoopInfo | undefined;
  /** Registers and parameters (register indices) written in the loop. */
  readonly assigned: Set<number>;
  readonly innermost: boolean;
  /** Where a resumed generator jumps from the header on. */
  readonly resumeTargets: readonly ResumeTarget[];
}

/** A jump of a resumed generator: to the resume point itself, or to the header of a loop around it, which jumps further. */
export interface ResumeTarget {
  readonly suspendId: number;
  readonly target: number;
  readonly isLeaf: boolean;
}

const LOADS_WITHOUT_EFFECTS = new Set<Bytecode>([
  Bytecode.Ldar,
  Bytecode.LdaZero,
  Bytecode.LdaSmi,
  Bytecode.LdaNull,
  Bytecode.LdaTrue,
  Bytecode.LdaFalse,
  Bytecode.LdaUndefined,
  Bytecode.LdaTheHole,
  Bytecode.LdaConstant,
  Bytecode.LdaContextSlot,
  Bytecode.LdaScriptContextSlot,
  Bytecode.LdaCurrentContextSlot,
  Bytecode.LdaCurrentScriptContextSlot,
  Bytecode.LdaImmutableContextSlot,
  Bytecode.LdaImmutableCurrentContextSlot,
  Bytecode.Star,
  Bytecode.Mov,
  Bytecode.PopContext,
  Bytecode.PushContext,
  Bytecode.TestUndetectable,
  Bytecode.TestNull,
  Bytecode.TestUndefined,
  Bytecode.TestReferenceEqual,
  Bytecode.TestTypeOf,
]);

function isWithoutExternalSideEffects(bytecode: Bytecode): boolean {
  const row = BYTECODES[bytecode]!;
  if (LOADS_WITHOUT_EFFECTS.has(bytecode) || row.isShortStar) return true;
  if (row.controlFlow === ControlFlow.Switch) return true;
  const jump =
    row.controlFlow === ControlFlow.Jump ||
    row.controlFlow === ControlFlow.Branch ||
    row.controlFlow === ControlFlow.Loop;
  return jump && !row.name.startsWith('JumpIfToBoolean');
}

export class BytecodeAnalysis {
  readonly accessor: BytecodeArrayAccessor;
  readonly handlers: readonly HandlerEntry[];
  readonly registerCount: number;
  /** Offsets of all bytecodes. */
  readonly offsets: number[] = [];
  readonly loops: LoopInfo[] = [];
  private readonly loopAt = new Map<number, LoopInfo>();
  private readonly inLiveness = new Map<number, Liveness>();
  private readonly outLiveness = new Map<number, Liveness>();
  /** Offsets that a forward jump or handler reaches. */
  readonly forwardTargets = new Set<number>();
  /** Where a resumed generator jumps from its start. */
  readonly resumeTargets: ResumeTarget[] = [];

  /** Every register and the accumulator, where nobody asks what is read later. */
  private readonly all: Liveness | undefined;

  /** @param keepsAll everything counts as live */
  constructor(
    accessor: BytecodeArrayAccessor,
    handlers: readonly HandlerEntry[],
    registerCount: number,
    keepsAll = false,
  ) {
    this.all = keepsAll ? new Liveness(registerCount) : undefined;
    for (let i = 0; i <= registerCount; i++) this.all?.add(i);
    this.accessor = accessor;
    this.handlers = handlers;
    this.registerCount = registerCount;
    for (accessor.setOffset(0); !accessor.done; accessor.advance()) this.offsets.push(accessor.currentOffset);
    this.findLoops();
    this.computeLiveness();
  }

  in(offset: number): Liveness {
    return this.all ?? this.inLiveness.get(offset)!;
  }
  out(offset: number): Liveness {
    return this.all ?? this.outLiveness.get(offset)!;
  }
  loopHeaderAt(offset: number): LoopInfo | undefined {
    return this.loopAt.get(offset);
  }
  /** The innermost loop that contains the offset (a header belongs to its loop). */
  loopContaining(offset: number): LoopInfo | undefined {
    let best: LoopInfo | undefined;
    for (const loop of this.loops)
      if (offset >= loop.header && offset <= loop.end && (best === undefined || loop.header >= best.header))
        best = loop;
    return best;
  }
  handlerAt(offset: number): HandlerEntry | undefined {
    return lookupHandler(this.handlers, offset);
  }

  private findLoops(): void {
    const a = this.accessor;
    const open: {
      header: number;
      end: number;
      assigned: Set<number>;
      parent: LoopInfo | undefined;
      innermost: boolean;
      resumeTargets: ResumeTarget[];
    }[] = [];
    for (let i = this.offsets.length - 1; i >= 0; i--) {
      const offset = this.offsets[i]!;
      a.setOffset(offset);
      if (a.bytecode === Bytecode.JumpLoop) {
        const parent = open[open.length - 1];
        if (parent !== undefined) parent.innermost = false;
        const loop = {
          header: a.jumpTarget,
          end: offset,
          assigned: new Set<number>(),
          parent,
          innermost: true,
          resumeTargets: [],
        };
        open.push(loop);
        this.loops.push(loop);
        this.loopAt.set(loop.header, loop);
      }
      const current = open[open.length - 1];
      if (a.bytecode === Bytecode.SuspendGenerator) {
        const targets = current === undefined ? this.resumeTargets : current.resumeTargets;
        targets.push({ suspendId: a.unsigned(3), target: this.offsets[i + 1]!, isLeaf: true });
      }
      if (current !== undefined) {
        for (const r of writtenRegisters(a)) current.assigned.add(r);
        while (open.length > 0 && open[open.length - 1]!.header === offset) {
          const done = open.pop()!;
          const parent = open[open.length - 1];
          if (parent !== undefined) for (const r of done.assigned) parent.assigned.add(r);
          const outer = parent === undefined ? this.resumeTargets : parent.resumeTargets;
          for (const { suspendId } of done.resumeTargets) outer.push({ suspendId, target: done.header, isLeaf: false });
        }
      }
    }
    this.loops.reverse();
  }

  private computeLiveness(): void {
    for (const offset of this.offsets) {
      this.inLiveness.set(offset, new Liveness(this.registerCount));
      this.outLiveness.set(offset, new Liveness(this.registerCount));
    }
    const a = this.accessor;
    const next = new Liveness(this.registerCount);
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = this.offsets.length - 1; i >= 0; i--) {
        const offset = this.offsets[i]!;
        a.setOffset(offset);
        const row = BYTECODES[a.bytecode]!;
        const out = this.outLiveness.get(offset)!;
        const following = this.offsets[i + 1];
        switch (row.controlFlow) {
          case ControlFlow.Jump:
          case ControlFlow.Loop:
            out.union(this.inLiveness.get(a.jumpTarget)!);
            break;
          case ControlFlow.Branch:
            out.union(this.inLiveness.get(a.jumpTarget)!);
            out.union(this.inLiveness.get(following!)!);
            break;
          case ControlFlow.Switch:
            for (const t of a.jumpTableTargets()) out.union(this.inLiveness.get(t.target)!);
            out.union(this.inLiveness.get(following!)!);
            break;
          case ControlFlow.Exit:
            // A generator continues after its suspension.
            if (a.bytecode === Bytecode.SuspendGenerator && following !== undefined)
              out.union(this.inLiveness.get(following)!);
            break;
          default:
            if (following !== undefined) out.union(this.inLiveness.get(following)!);
        }
        if (row.controlFlow === ControlFlow.Jump || row.controlFlow === ControlFlow.Branch)
          this.forwardTargets.add(a.jumpTarget);
        if (row.controlFlow === ControlFlow.Switch)
          for (const t of a.jumpTableTargets()) this.forwardTargets.add(t.target);
        if (!isWithoutExternalSideEffects(a.bytecode)) {
          const handler = this.handlerAt(offset);
          if (handler !== undefined) {
            const accumulatorWasLive = out.accumulator;
            out.union(this.inLiveness.get(handler.handler)!);
            out.add(handler.data);
            if (!accumulatorWasLive) out.removeAccumulator();
          }
        }
        next.copy(out);
        transfer(a, next);
        const before = this.inLiveness.get(offset)!;
        if (!next.equals(before)) {
          before.copy(next);
          changed = true;
        }
      }
    }
    for (const h of this.handlers) this.forwardTargets.add(h.handler);
    for (const { resumeTargets } of [this, ...this.loops])
      for (const { target } of resumeTargets) this.forwardTargets.add(target);
  }
}

function transfer(a: BytecodeArrayAccessor, live: Liveness): void {
  const row = BYTECODES[a.bytecode]!;
  // What lives across a suspension is saved in the generator and restored from it: it is live at both.
  if (a.bytecode === Bytecode.SuspendGenerator || a.bytecode === Bytecode.ResumeGenerator) {
    live.add(a.register(0));
    if (a.bytecode === Bytecode.SuspendGenerator) live.addAccumulator();
    return;
  }
  if (row.writesAccumulator || row.clobbersAccumulator) live.removeAccumulator();
  for (const r of writtenRegisters(a)) live.remove(r);
  if (row.readsAccumulator) live.addAccumulator();
  row.operands.forEach((type, i) => {
    if (!isRegisterInput(type)) return;
    const r = a.register(i);
    let count = 1;
    if (type === OperandType.RegPair) count = 2;
    else if (type === OperandType.RegList) count = a.unsigned(i + 1);
    if (r < 0) return;
    for (let k = 0; k < count; k++) live.add(r + k);
  });
}
