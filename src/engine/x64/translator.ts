/**
 * The translator: machine code reachable from some addresses → one WebAssembly function over the same memory.
 *
 * ```
 *   run(block, fuel):  registers → locals
 *     block exit
 *       loop                            back edges come here with the block's number
 *         block … block  br_table       one label per basic block, in address order
 *         code of block 0  end
 *         code of block 1  end          forward edges branch straight to the target's label
 *         …
 *     locals → registers, rip, retired
 * ```
 *
 * Registers are i64 locals, low XMM lanes f64 locals. Whatever leaves (calls, returns, jumps out, int3, an instruction
 * without translation) sets rip and goes to `exit`; whoever drives it finds out there what is next.
 *
 * Flags are never computed, only conditions: a flag setter leaves its operands in locals when somebody reads flags after
 * it, and the reader knows by data flow which kind of setter it was. Where two kinds meet, the code is refused.
 *
 * Invariant: at the exit the CPU block is what the emulator would have left, except for flags (dead at every exit and entry) and
 * upper XMM lanes. `fuel` bounds the back edges of one run. A fault traps and loses the state: fatal to the program.
 */

import { encodeModule, Saturating, ValueType, Wasm, WasmWriter } from '../wasm/index.ts';
import { CpuState } from './cpu.ts';
import { type CodeMap, Meta, OperandKind } from './decoder.ts';
import { SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';

/** Operands that a flag setter leaves behind. */
enum Flags {
  Unset,
  /** a − b in fa, fb */
  Sub32,
  Sub64,
  Add32,
  Add64,
  /** result in fa; CF and OF clear */
  Logic32,
  Logic64,
  /** result in fa; CF and OF unknown */
  Result32,
  Result64,
  /** 64-bit product in fa64 */
  Mul32,
  /** doubles in fx, fy */
  Compare,
  /** CF in fa32, the rest unknown */
  Bit,
  /** RFLAGS in fa32 */
  Packed,
  /** Set by something whose flags are not modelled, or differently on two ways. */
  Unknown,
}

const L = { Pc: 0, Fuel: 1, Fa32: 2, Fb32: 3, T32: 4, Fa64: 5, Fb64: 6, T64: 7, Rip: 8, Retired: 9 } as const;
const GPR = 10;
const FX = GPR + 16;
const FY = FX + 1;
const TF = FX + 2;
const XMM = FX + 3;
const LOCALS: readonly (readonly [number, ValueType])[] = [
  [3, ValueType.I32],
  [5 + 16, ValueType.I64],
  [3 + 16, ValueType.F64],
];
const ZERO = CpuState.Zero >> 2;
const XMM_WORD = CpuState.Xmm >> 2;
const RAX = 0;
const RCX = 2;
const RDX = 4;
const RSP = 8;
const RBP = 10;

export type TranslatedRun = (block: number, fuel: number) => number;

export interface Translation {
  readonly run: TranslatedRun;
  /** Block numbers by address where execution may enter. */
  readonly entries: ReadonlyMap<number, number>;
  readonly instructions: number;
  readonly bytes: number;
}

interface Step {
  readonly address: number;
  /** Index into the code map's `ops`. */
  readonly at: number;
  readonly op: MicroOp;
  readonly meta: number;
  readonly next: number;
}

interface Block {
  readonly start: number;
  readonly steps: Step[];
  number: number;
  /** Target of the last instruction's jump, or −1. */
  target: number;
  /** Where it falls through to, or −1. */
  falls: number;
  inKind: Flags;
  liveIn: boolean;
}

class Refused extends Error {}

export class Translator {
  /** Why the last `translate` gave nothing. */
  reason = '';
  private readonly code: CodeMap;
  private readonly cpuBase: number;
  private readonly memory: WebAssembly.Memory;
  private readonly pages: number;
  private readonly shared: boolean;
  private w = new WasmWriter();
  private readonly read = new Set<number>();
  private readonly written = new Set<number>();
  private blocks: Block[] = [];
  private byAddress = new Map<number, Block>();

  constructor(code: CodeMap, cpuBase: number, memory: WebAssembly.Memory) {
    this.code = code;
    this.cpuBase = cpuBase;
    this.memory = memory;
    this.pages = memory.buffer.byteLength >> 16;
    this.shared = !(memory.buffer instanceof ArrayBuffer);
  }

  /** Translates what is reachable from `roots` inside `[start, end)`; undefined if something there forbids it. */
  translate(start: number, end: number, roots: readonly number[]): Translation | undefined {
    try {
      this.find(start, end, roots);
      if (this.blocks.length > 2500) throw new Refused(`${this.blocks.length} basic blocks`);
      this.analyzeFlags();
      return this.generate();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.reason = error.message;
      return undefined;
    }
  }

  // --- basic blocks --------------------------------------------------------------------------------------------------

  private step(address: number): Step {
    const { code } = this;
    const at = code.resolve(address);
    if (at < 0) throw new Refused(`0x${address.toString(16)} is not code`);
    return {
      address,
      at,
      op: code.plain[at >> 3]! as MicroOp,
      meta: code.meta[at >> 3]!,
      next: code.rips[(at >> 3) + 1]!,
    };
  }

  private find(start: number, end: number, roots: readonly number[]): void {
    const inside = (address: number): boolean => address >= start && address < end;
    const leaders = new Set<number>(roots);
    const steps = new Map<number, Step>();
    const work = [...roots];
    while (work.length > 0) {
      let address = work.pop()!;
      while (inside(address) && !steps.has(address)) {
        const step = this.step(address);
        steps.set(address, step);
        if (steps.size > 20000) throw new Refused('more than 20000 instructions');
        const ends = control(step);
        const target = directTarget(this.code, step);
        if (target >= 0 && ends !== Control.Call && inside(target)) {
          leaders.add(target);
          work.push(target);
        }
        if (ends === Control.None) address = step.next;
        else if (ends === Control.Branch || ends === Control.Call) {
          leaders.add(step.next);
          address = step.next;
        } else break;
      }
    }
    this.blocks = [];
    this.byAddress = new Map();
    for (const leader of [...leaders].filter((a) => steps.has(a)).sort((a, b) => a - b)) {
      const block: Block = {
        start: leader,
        steps: [],
        number: this.blocks.length,
        target: -1,
        falls: -1,
        inKind: Flags.Unset,
        liveIn: false,
      };
      for (let address = leader; ; ) {
        const step = steps.get(address);
        if (step === undefined) {
          block.falls = address;
          break;
        }
        block.steps.push(step);
        const ends = control(step);
        if (ends === Control.Branch || ends === Control.Jump) block.target = directTarget(this.code, step);
        if (ends === Control.Branch) block.falls = step.next;
        if (ends !== Control.None) break;
        address = step.next;
        if (leaders.has(address)) {
          block.falls = address;
          break;
        }
      }
      this.blocks.push(block);
      this.byAddress.set(leader, block);
    }
  }

  private successors(block: Block): Block[] {
    const found: Block[] = [];
    const target = this.byAddress.get(block.target);
    const falls = this.byAddress.get(block.falls);
    if (target !== undefined) found.push(target);
    if (falls !== undefined) found.push(falls);
    return found;
  }

  // --- flags -----------------------------------------------------------------------------------------------------------

  private analyzeFlags(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = this.blocks.length - 1; i >= 0; i--) {
        const block = this.blocks[i]!;
        let live = this.successors(block).some((s) => s.liveIn);
        for (let n = block.steps.length - 1; n >= 0; n--) live = liveBefore(this.code, block.steps[n]!, live);
        if (live !== block.liveIn) {
          block.liveIn = live;
          changed = true;
        }
      }
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (const block of this.blocks) {
        let kind = block.inKind;
        for (const step of block.steps) kind = kindAfter(this.code, step, kind);
        for (const next of this.successors(block)) {
          if (!next.liveIn) continue;
          const merged =
            next.inKind === Flags.Unset || next.inKind === kind
              ? kind
              : kind === Flags.Unset
                ? next.inKind
                : Flags.Unknown;
          if (merged !== next.inKind) {
            next.inKind = merged;
            changed = true;
          }
        }
      }
    }
  }

  // --- code --------------------------------------------------------------------------------------------------------------

  private generate(): Translation {
    const { blocks } = this;
    this.unsupported.clear();
    this.read.clear();
    this.written.clear();
    this.w = new WasmWriter();
    const count = blocks.length;
    for (let i = 0; i < count; i++) {
      this.generateBlock(blocks[i]!);
      this.w.op(Wasm.End);
    }
    const inner = this.w.bytes;

    const w = new WasmWriter();
    this.w = w;
    for (const word of this.read) {
      w.i32(this.cpuBase + word * 4);
      w.access(word >= XMM_WORD ? Wasm.F64Load : Wasm.I64Load, 0);
      w.set(this.local(word));
    }
    w.block();
    w.loop();
    for (let i = 0; i < count; i++) w.block();
    w.get(L.Pc);
    w.op(Wasm.BrTable);
    w.unsigned(count - 1);
    for (let i = 0; i < count; i++) w.unsigned(i);
    // The first label's block ends here: block i's code follows the end of label i.
    w.op(Wasm.End);
    let bytes = w.bytes;
    // `inner` ends each code with the end of the next label; the last one closes the loop.
    bytes = bytes.concat(inner);
    const tail = new WasmWriter();
    tail.op(Wasm.End);
    for (const word of this.written) {
      tail.i32(this.cpuBase + word * 4);
      tail.get(this.local(word));
      tail.access(word >= XMM_WORD ? Wasm.F64Store : Wasm.I64Store, 0);
    }
    tail.i32(this.cpuBase);
    tail.get(L.Rip);
    tail.access(Wasm.I64Store, CpuState.Rip);
    tail.i32(this.cpuBase);
    tail.i32(this.cpuBase);
    tail.access(Wasm.I64Load, CpuState.RetiredLo);
    tail.get(L.Retired);
    tail.op(Wasm.I64Add);
    tail.access(Wasm.I64Store, CpuState.RetiredLo);
    tail.get(L.Rip);
    tail.op(Wasm.I32WrapI64);
    bytes = bytes.concat(tail.bytes);
    const locals = LOCALS.flatMap(([count, type]) => new Array<ValueType>(count).fill(type));
    const run = {
      parameters: [ValueType.I32, ValueType.I32],
      results: [ValueType.I32],
      locals,
      body: bytes,
      exported: 'f',
    };
    const binary = encodeModule([run], this.pages, this.shared);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { m: { m: this.memory } });
    const entries = new Map<number, number>();
    let instructions = 0;
    for (const block of blocks) {
      instructions += block.steps.length;
      if (!block.liveIn && this.progresses(block)) entries.set(block.start, block.number);
    }
    return { run: instance.exports.f as TranslatedRun, entries, instructions, bytes: binary.length };
  }

  /** Whether the block executes at least one instruction. */
  private progresses(block: Block): boolean {
    return !this.unsupported.has(block.steps[0]!.address);
  }

  private readonly unsupported = new Set<number>();

  private local(word: number): number {
    return word >= XMM_WORD ? XMM + ((word - XMM_WORD) >> 2) : GPR + (word >> 1);
  }
  /** Written registers are loaded too: not every way through writes them. */
  private getRegister(word: number): void {
    this.read.add(word);
    this.w.get(this.local(word));
  }
  private setRegister(word: number): void {
    this.read.add(word);
    this.written.add(word);
    this.w.set(this.local(word));
  }

  private generateBlock(block: Block): void {
    const { w } = this;
    const last = this.blocks.length - 1;
    /** Depth of the label of a later block, of the loop and of the exit, from the top level of this block's code. */
    const toLoop = last - block.number;
    const toExit = toLoop + 1;
    let kind = block.inKind;
    const live: boolean[] = [];
    let after = this.successors(block).some((s) => s.liveIn);
    for (let n = block.steps.length - 1; n >= 0; n--) {
      live[n] = after;
      after = liveBefore(this.code, block.steps[n]!, after);
    }
    const retire = (count: number): void => {
      if (count === 0) return;
      w.get(L.Retired);
      w.i64(BigInt(count));
      w.op(Wasm.I64Add);
      w.set(L.Retired);
    };
    const leave = (address: number, depth: number): void => {
      w.i64(this.codeAddress(address));
      w.set(L.Rip);
      w.br(depth);
    };
    /** Unconditional transfer to `address`; `nested` counts constructs around it. */
    const go = (address: number, nested: number): void => {
      const target = this.byAddress.get(address);
      if (target === undefined) {
        leave(address, toExit + nested);
        return;
      }
      if (target.number > block.number) {
        if (target.number > block.number + 1 || nested > 0) w.br(target.number - block.number - 1 + nested);
        return;
      }
      if (!target.liveIn) {
        w.get(L.Fuel);
        w.i32(1);
        w.op(Wasm.I32Sub);
        w.tee(L.Fuel);
        w.op(Wasm.I32Eqz);
        w.if();
        leave(address, toExit + nested + 1);
        w.op(Wasm.End);
      }
      w.i32(target.number);
      w.set(L.Pc);
      w.br(toLoop + nested);
    };

    for (let n = 0; n < block.steps.length; n++) {
      const step = block.steps[n]!;
      const { op, meta, at } = step;
      const ops = this.code.ops;
      switch (control(step)) {
        case Control.None: {
          const before = w.bytes.length;
          if (this.generateStep(step, kind, live[n]!)) break;
          // No translation: the emulator executes it, if nobody waits for flags.
          w.bytes.length = before;
          if (liveBefore(this.code, step, live[n]!)) {
            throw new Refused(
              `flags live at ${MicroOp[op]} ${SlowOp[Meta.slow(meta)]} at 0x${step.address.toString(16)}`,
            );
          }
          if (n === 0) this.unsupported.add(step.address);
          retire(n);
          leave(step.address, toExit);
          return;
        }
        case Control.Branch: {
          retire(n + 1);
          const cc = op - MicroOp.Jo;
          this.condition(kind, cc);
          const target = this.byAddress.get(block.target);
          if (target !== undefined && target.number > block.number) w.brIf(target.number - block.number - 1);
          else {
            w.if();
            go(block.target, 1);
            w.op(Wasm.End);
          }
          go(block.falls, 0);
          return;
        }
        case Control.Jump:
          retire(n + 1);
          go(block.target, 0);
          return;
        case Control.Call:
          retire(n + 1);
          if (op === MicroOp.Call) w.i64(this.codeAddress(ops[at + 6]!));
          else this.operand(Meta.kind0(meta), ops[at + 1]!, 8, at);
          w.set(L.Rip);
          this.pushValue(() => w.i64(this.codeAddress(ops[at + 2]!)));
          w.br(toExit);
          return;
        case Control.Indirect:
          retire(n + 1);
          this.operand(Meta.kind0(meta), ops[at + 1]!, 8, at);
          w.set(L.Rip);
          w.br(toExit);
          return;
        case Control.Return:
          retire(n + 1);
          this.getRegister(RSP);
          w.op(Wasm.I32WrapI64);
          w.access(Wasm.I64Load, 0);
          w.set(L.Rip);
          this.getRegister(RSP);
          w.i64(BigInt(8 + ops[at + 7]!));
          w.op(Wasm.I64Add);
          this.setRegister(RSP);
          w.br(toExit);
          return;
        case Control.Stop:
          if (n === 0) this.unsupported.add(step.address);
          retire(n);
          leave(step.address, toExit);
          return;
      }
      kind = kindAfter(this.code, step, kind);
    }
    retire(block.steps.length);
    go(block.falls, 0);
  }

  private codeAddress(low: number): bigint {
    return (BigInt(this.code.cageHi) << 32n) | BigInt(low >>> 0);
  }

  // --- operands ------------------------------------------------------------------------------------------------------------

  /** Pushes the 32-bit address; returns the constant offset for the access. */
  private address(at: number): number {
    const { w } = this;
    const { ops } = this.code;
    const base = ops[at + 3]!;
    const index = ops[at + 4]!;
    const displacement = ops[at + 6]!;
    if (base === ZERO && index === ZERO) {
      w.i32(displacement);
      return 0;
    }
    if (base !== ZERO) {
      this.getRegister(base);
      w.op(Wasm.I32WrapI64);
    }
    if (index !== ZERO) {
      this.getRegister(index);
      w.op(Wasm.I32WrapI64);
      if (ops[at + 5]! > 0) {
        w.i32(ops[at + 5]!);
        w.op(Wasm.I32Shl);
      }
      if (base !== ZERO) w.op(Wasm.I32Add);
    }
    // A constant offset does not wrap around, so only what stays below an object's size may be one.
    if (base !== ZERO && displacement >= 0 && displacement < 4096) return displacement;
    w.i32(displacement);
    w.op(Wasm.I32Add);
    return 0;
  }

  /** Pushes an operand: i64 for size 8, else i32 whose upper bits are garbage for sizes 1 and 2. */
  private operand(kind: OperandKind, word: number, size: number, at: number): void {
    const { w } = this;
    if (kind === OperandKind.Mem) {
      const offset = this.address(at);
      w.access(
        size === 8 ? Wasm.I64Load : size === 4 ? Wasm.I32Load : size === 2 ? Wasm.I32Load16U : Wasm.I32Load8U,
        offset,
      );
    } else if (kind === OperandKind.Imm) {
      const value = this.code.ops[at + 7]!;
      if (size === 8) w.i64(BigInt(value));
      else w.i32(value);
    } else {
      this.getRegister(word);
      if (size !== 8) w.op(Wasm.I32WrapI64);
    }
  }

  /** Pops the value into register or memory. */
  private store(kind: OperandKind, word: number, size: number, at: number): void {
    const { w } = this;
    if (kind === OperandKind.Mem) {
      const temporary = size === 8 ? L.T64 : L.T32;
      w.set(temporary);
      const offset = this.address(at);
      w.get(temporary);
      w.access(
        size === 8 ? Wasm.I64Store : size === 4 ? Wasm.I32Store : size === 2 ? Wasm.I32Store16 : Wasm.I32Store8,
        offset,
      );
      return;
    }
    if (size < 4) {
      const mask = size === 1 ? 0xff : 0xffff;
      w.i32(mask);
      w.op(Wasm.I32And, Wasm.I64ExtendI32U);
      this.getRegister(word);
      w.i64(BigInt(~mask));
      w.op(Wasm.I64And, Wasm.I64Or);
    } else if (size === 4) w.op(Wasm.I64ExtendI32U);
    this.setRegister(word);
  }

  private pushValue(value: () => void): void {
    const { w } = this;
    value();
    w.set(L.T64);
    this.getRegister(RSP);
    w.i64(8n);
    w.op(Wasm.I64Sub);
    this.setRegister(RSP);
    this.getRegister(RSP);
    w.op(Wasm.I32WrapI64);
    w.get(L.T64);
    w.access(Wasm.I64Store, 0);
  }

  // --- conditions ------------------------------------------------------------------------------------------------------------

  /** Pushes whether a condition holds, 0 or 1. */
  private condition(kind: Flags, cc: number): void {
    const { w } = this;
    const negate = (cc & 1) !== 0;
    const which = cc >> 1;
    const not = (): void => {
      if (negate) w.op(Wasm.I32Eqz);
    };
    const refuse = (): never => {
      throw new Refused(`condition ${cc} after ${Flags[kind]}`);
    };
    const is64 = kind === Flags.Sub64 || kind === Flags.Add64 || kind === Flags.Logic64 || kind === Flags.Result64;
    const a = is64 ? L.Fa64 : L.Fa32;
    const b = is64 ? L.Fb64 : L.Fb32;
    /** i64 opcode of an i32 one. */
    const wide = (op: Wasm): number => {
      if (!is64) return op;
      if (op >= Wasm.I32Eqz && op <= Wasm.I32GeU) return op + (Wasm.I64Eqz - Wasm.I32Eqz);
      return op + (Wasm.I64Add - Wasm.I32Add);
    };
    const zero = (): void => (is64 ? w.i64(0n) : w.i32(0));
    switch (kind) {
      case Flags.Sub32:
      case Flags.Sub64: {
        const compare: readonly (readonly [Wasm, Wasm] | undefined)[] = [
          undefined,
          [Wasm.I32LtU, Wasm.I32GeU],
          [Wasm.I32Eq, Wasm.I32Ne],
          [Wasm.I32LeU, Wasm.I32GtU],
          undefined,
          undefined,
          [Wasm.I32LtS, Wasm.I32GeS],
          [Wasm.I32LeS, Wasm.I32GtS],
        ];
        const pair = compare[which];
        if (pair !== undefined) {
          w.get(a);
          w.get(b);
          w.op(wide(pair[cc & 1]!));
          return;
        }
        if (which === 5) refuse();
        if (which === 0) {
          // (a ^ b) & (a ^ (a − b)) < 0
          w.get(a);
          w.get(b);
          w.op(wide(Wasm.I32Xor));
          w.get(a);
          w.get(a);
          w.get(b);
          w.op(wide(Wasm.I32Sub), wide(Wasm.I32Xor), wide(Wasm.I32And));
        } else {
          w.get(a);
          w.get(b);
          w.op(wide(Wasm.I32Sub));
        }
        zero();
        w.op(wide(Wasm.I32LtS));
        not();
        return;
      }
      case Flags.Add32:
      case Flags.Add64: {
        const sum = (): void => {
          w.get(a);
          w.get(b);
          w.op(wide(Wasm.I32Add));
        };
        const overflow = (): void => {
          w.get(a);
          sum();
          w.op(wide(Wasm.I32Xor));
          w.get(b);
          sum();
          w.op(wide(Wasm.I32Xor), wide(Wasm.I32And));
        };
        const carry = (): void => {
          sum();
          w.get(a);
          w.op(wide(Wasm.I32LtU));
        };
        const isZero = (): void => {
          sum();
          w.op(wide(Wasm.I32Eqz));
        };
        const less = (): void => {
          overflow();
          sum();
          w.op(wide(Wasm.I32Xor));
          zero();
          w.op(wide(Wasm.I32LtS));
        };
        switch (which) {
          case 0:
            overflow();
            zero();
            w.op(wide(Wasm.I32LtS));
            break;
          case 1:
            carry();
            break;
          case 2:
            isZero();
            break;
          case 3:
            carry();
            isZero();
            w.op(Wasm.I32Or);
            break;
          case 4:
            sum();
            zero();
            w.op(wide(Wasm.I32LtS));
            break;
          case 6:
            less();
            break;
          case 7:
            less();
            isZero();
            w.op(Wasm.I32Or);
            break;
          default:
            refuse();
        }
        not();
        return;
      }
      case Flags.Logic32:
      case Flags.Logic64:
      case Flags.Result32:
      case Flags.Result64:
        if ((kind === Flags.Result32 || kind === Flags.Result64) && which !== 2 && which !== 4) refuse();
        switch (which) {
          case 0:
          case 1:
            w.i32(0);
            break;
          case 2:
          case 3:
            w.get(a);
            w.op(wide(Wasm.I32Eqz));
            break;
          case 4:
          case 6:
            w.get(a);
            zero();
            w.op(wide(Wasm.I32LtS));
            break;
          case 7:
            w.get(a);
            zero();
            w.op(wide(Wasm.I32LeS));
            break;
          default:
            refuse();
        }
        not();
        return;
      case Flags.Mul32:
        if (which === 0 || which === 1) {
          w.get(L.Fa64);
          w.get(L.Fa64);
          w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32S, Wasm.I64Ne);
        } else if (which === 2) {
          w.get(L.Fa64);
          w.op(Wasm.I32WrapI64, Wasm.I32Eqz);
        } else if (which === 4) {
          w.get(L.Fa64);
          w.op(Wasm.I32WrapI64);
          w.i32(0);
          w.op(Wasm.I32LtS);
        } else refuse();
        not();
        return;
      case Flags.Compare: {
        const compare = (op: Wasm): void => {
          w.get(FX);
          w.get(FY);
          w.op(op);
        };
        switch (which) {
          case 0:
          case 4:
          case 6: // SF = OF = 0
            w.i32(0);
            break;
          case 1:
            compare(Wasm.F64Ge);
            w.op(Wasm.I32Eqz);
            break;
          case 2:
          case 7:
            compare(Wasm.F64Lt);
            compare(Wasm.F64Gt);
            w.op(Wasm.I32Or, Wasm.I32Eqz);
            break;
          case 3:
            compare(Wasm.F64Gt);
            w.op(Wasm.I32Eqz);
            break;
          case 5:
            w.get(FX);
            w.get(FX);
            w.op(Wasm.F64Ne);
            w.get(FY);
            w.get(FY);
            w.op(Wasm.F64Ne, Wasm.I32Or);
            break;
        }
        not();
        return;
      }
      case Flags.Bit:
        if (which !== 1) refuse();
        w.get(L.Fa32);
        not();
        return;
      case Flags.Packed: {
        const bits = [0x800, 1, 0x40, 0x41, 0x80, 4];
        if (which < 6) {
          w.get(L.Fa32);
          w.i32(bits[which]!);
          w.op(Wasm.I32And);
          if (!negate) w.op(Wasm.I32Eqz);
          w.op(Wasm.I32Eqz);
          return;
        }
        // SF ≠ OF
        w.get(L.Fa32);
        w.i32(7);
        w.op(Wasm.I32ShrU);
        w.get(L.Fa32);
        w.i32(11);
        w.op(Wasm.I32ShrU, Wasm.I32Xor);
        w.i32(1);
        w.op(Wasm.I32And);
        if (which === 7) {
          w.get(L.Fa32);
          w.i32(6);
          w.op(Wasm.I32ShrU);
          w.i32(1);
          w.op(Wasm.I32And, Wasm.I32Or);
        }
        not();
        return;
      }
      default:
        refuse();
    }
  }

  /** Pushes RFLAGS as i32. */
  private packed(kind: Flags): void {
    const { w } = this;
    if (kind === Flags.Packed) {
      w.get(L.Fa32);
      return;
    }
    w.i32(2);
    for (const [cc, shift] of [
      [2, 0],
      [4, 6],
      [8, 7],
      [0, 11],
    ] as const) {
      this.condition(kind, cc);
      if (shift > 0) {
        w.i32(shift);
        w.op(Wasm.I32Shl);
      }
      w.op(Wasm.I32Or);
    }
    const is64 = kind === Flags.Sub64 || kind === Flags.Add64 || kind === Flags.Logic64;
    if (kind === Flags.Compare) this.condition(kind, 10);
    else {
      w.get(is64 || kind === Flags.Mul32 ? L.Fa64 : L.Fa32);
      if (kind === Flags.Sub32 || kind === Flags.Sub64 || kind === Flags.Add32 || kind === Flags.Add64) {
        w.get(is64 ? L.Fb64 : L.Fb32);
        const add = kind === Flags.Add32 || kind === Flags.Add64;
        w.op(is64 ? (add ? Wasm.I64Add : Wasm.I64Sub) : add ? Wasm.I32Add : Wasm.I32Sub);
      }
      if (is64 || kind === Flags.Mul32) w.op(Wasm.I32WrapI64);
      w.i32(0xff);
      w.op(Wasm.I32And, Wasm.I32Popcnt);
      w.i32(1);
      w.op(Wasm.I32And, Wasm.I32Eqz);
    }
    w.i32(2);
    w.op(Wasm.I32Shl, Wasm.I32Or);
  }

  // --- instructions ------------------------------------------------------------------------------------------------------

  /** Emits one instruction that falls through; false if it has no translation. */
  private generateStep(step: Step, kind: Flags, live: boolean): boolean {
    const { w } = this;
    const { at, meta } = step;
    const { ops } = this.code;
    const slow = Meta.slow(meta);
    const k0 = Meta.kind0(meta);
    const k1 = Meta.kind1(meta);
    const a = ops[at + 1]!;
    const b = ops[at + 2]!;
    const imm = ops[at + 7]!;
    const size = Meta.size0(meta);
    if (step.op === MicroOp.Nop) return true;
    if (slow >= SlowOp.MovF64) return this.generateVector(step);
    const wide = size === 8;
    const op = (narrow: Wasm): void => w.op(wide ? narrow + (Wasm.I64Add - Wasm.I32Add) : narrow);
    const fa = wide ? L.Fa64 : L.Fa32;
    const fb = wide ? L.Fb64 : L.Fb32;
    /** Brings an 8- or 16-bit value to the top of the word, where 32-bit conditions hold for it. */
    const top = (): void => {
      if (size >= 4) return;
      w.i32(32 - 8 * size);
      w.op(Wasm.I32Shl);
    };
    switch (slow) {
      case SlowOp.None:
        return step.op === (MicroOp.Nop as MicroOp);
      case SlowOp.Mov:
        if (k0 === OperandKind.Gpr && k1 === OperandKind.Imm && size === 8) {
          w.i64((BigInt(imm) << 32n) | BigInt(ops[at + 6]! >>> 0));
          this.setRegister(a);
          return true;
        }
        if (k1 === OperandKind.Mem && size === 4) {
          const offset = this.address(at);
          w.access(Wasm.I64Load32U, offset);
          this.setRegister(a);
          return true;
        }
        if (k0 === OperandKind.Mem) {
          const offset = this.address(at);
          this.operand(k1, b, size, at);
          w.access(
            size === 8 ? Wasm.I64Store : size === 4 ? Wasm.I32Store : size === 2 ? Wasm.I32Store16 : Wasm.I32Store8,
            offset,
          );
          return true;
        }
        this.operand(k1, b, size, at);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Movzx: {
        if (size < 4) return false;
        const from = Meta.size1(meta);
        this.operand(k1, b, from, at);
        if (k1 !== OperandKind.Mem) {
          w.i32(from === 1 ? 0xff : 0xffff);
          w.op(Wasm.I32And);
        }
        w.op(Wasm.I64ExtendI32U);
        this.setRegister(a);
        return true;
      }
      case SlowOp.Movsx: {
        if (size < 4) return false;
        const from = Meta.size1(meta);
        this.operand(k1, b, from, at);
        if (from < 4) w.op(from === 1 ? Wasm.I32Extend8S : Wasm.I32Extend16S);
        w.op(wide ? Wasm.I64ExtendI32S : Wasm.I64ExtendI32U);
        this.setRegister(a);
        return true;
      }
      case SlowOp.Lea: {
        if (size < 4) return false;
        const base = ops[at + 3]!;
        const index = ops[at + 4]!;
        w.i64(BigInt(ops[at + 6]!));
        if (base !== ZERO) {
          this.getRegister(base);
          w.op(Wasm.I64Add);
        }
        if (index !== ZERO) {
          this.getRegister(index);
          w.i64(BigInt(ops[at + 5]!));
          w.op(Wasm.I64Shl, Wasm.I64Add);
        }
        if (!wide) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
        this.setRegister(a);
        return true;
      }
      case SlowOp.Add:
      case SlowOp.Sub:
        if (size < 4) return false;
        this.operand(k0, a, size, at);
        if (live) w.tee(fa);
        this.operand(k1, b, size, at);
        if (live) w.tee(fb);
        op(slow === SlowOp.Add ? Wasm.I32Add : Wasm.I32Sub);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Cmp:
        if (!live) return true;
        this.operand(k0, a, size, at);
        top();
        w.set(fa);
        this.operand(k1, b, size, at);
        top();
        w.set(fb);
        return true;
      case SlowOp.And:
      case SlowOp.Or:
      case SlowOp.Xor:
      case SlowOp.Test:
        if (slow === SlowOp.Test && !live) return true;
        this.operand(k0, a, size, at);
        if (
          k0 !== OperandKind.Gpr ||
          k1 !== OperandKind.Gpr ||
          a !== b ||
          (slow !== SlowOp.Test && slow !== SlowOp.And)
        ) {
          this.operand(k1, b, size, at);
          op(slow === SlowOp.Or ? Wasm.I32Or : slow === SlowOp.Xor ? Wasm.I32Xor : Wasm.I32And);
        }
        if (live) {
          if (size < 4) {
            w.tee(L.T32);
            top();
            w.set(fa);
            w.get(L.T32);
          } else w.tee(fa);
        }
        if (slow === SlowOp.Test) w.op(Wasm.Drop);
        else this.store(k0, a, size, at);
        return true;
      case SlowOp.Not:
        this.operand(k0, a, size, at);
        if (wide) w.i64(-1n);
        else w.i32(-1);
        op(Wasm.I32Xor);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Neg:
        if (size < 4) return false;
        if (live) {
          this.operand(k0, a, size, at);
          w.set(fb);
          if (wide) w.i64(0n);
          else w.i32(0);
          w.tee(fa);
          w.get(fb);
        } else {
          if (wide) w.i64(0n);
          else w.i32(0);
          this.operand(k0, a, size, at);
        }
        op(Wasm.I32Sub);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Inc:
      case SlowOp.Dec:
        if (size < 4) return false;
        this.operand(k0, a, size, at);
        if (wide) w.i64(1n);
        else w.i32(1);
        op(slow === SlowOp.Inc ? Wasm.I32Add : Wasm.I32Sub);
        if (live) w.tee(fa);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Imul:
      case SlowOp.Mul:
      case SlowOp.Idiv:
      case SlowOp.Div:
        return this.generateMultiplyDivide(step, live);
      case SlowOp.Cdq:
        this.getRegister(RAX);
        w.op(Wasm.I32WrapI64);
        w.i32(31);
        w.op(Wasm.I32ShrS, Wasm.I64ExtendI32U);
        this.setRegister(RDX);
        return true;
      case SlowOp.Cqo:
        this.getRegister(RAX);
        w.i64(63n);
        w.op(Wasm.I64ShrS);
        this.setRegister(RDX);
        return true;
      case SlowOp.Cdqe:
        this.getRegister(RAX);
        w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32S);
        this.setRegister(RAX);
        return true;
      case SlowOp.Shl:
      case SlowOp.Shr:
      case SlowOp.Sar:
        if (size < 4) return false;
        this.operand(k0, a, size, at);
        if (k1 === OperandKind.Imm) {
          if (wide) w.i64(BigInt(imm & 63));
          else w.i32(imm & 31);
        } else this.operand(OperandKind.Gpr, RCX, size, at);
        op(slow === SlowOp.Shl ? Wasm.I32Shl : slow === SlowOp.Shr ? Wasm.I32ShrU : Wasm.I32ShrS);
        if (live && kindAfter(this.code, step, kind) !== Flags.Unknown) w.tee(fa);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Shlx:
      case SlowOp.Shrx:
      case SlowOp.Sarx:
        this.operand(k1, b, size, at);
        this.operand(OperandKind.Gpr, k1 === OperandKind.Mem ? b : ops[at + 3]!, size, at);
        op(slow === SlowOp.Shlx ? Wasm.I32Shl : slow === SlowOp.Shrx ? Wasm.I32ShrU : Wasm.I32ShrS);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Bt:
        if (k0 !== OperandKind.Gpr || k1 !== OperandKind.Imm || size !== 4) return false;
        if (!live) return true;
        this.operand(k0, a, size, at);
        w.i32(imm & 31);
        w.op(Wasm.I32ShrU);
        w.i32(1);
        w.op(Wasm.I32And);
        w.set(L.Fa32);
        return true;
      case SlowOp.Lzcnt:
      case SlowOp.Tzcnt:
      case SlowOp.Popcnt:
        if (size !== 4) return false;
        this.operand(k1, b, size, at);
        w.op(slow === SlowOp.Lzcnt ? Wasm.I32Clz : slow === SlowOp.Tzcnt ? Wasm.I32Ctz : Wasm.I32Popcnt);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Set:
        this.condition(kind, Meta.cond(meta));
        this.store(k0, a, 1, at);
        return true;
      case SlowOp.Cmov:
        if (size < 4) return false;
        this.operand(k1, b, size, at);
        this.operand(k0, a, size, at);
        this.condition(kind, Meta.cond(meta));
        w.op(Wasm.Select);
        this.store(k0, a, size, at);
        return true;
      case SlowOp.Xchg:
        if (k0 !== OperandKind.Gpr || size < 4) return false;
        this.operand(k0, a, size, at);
        this.operand(k1, b, size, at);
        this.store(k0, a, size, at);
        this.store(k1, b, size, at);
        return true;
      case SlowOp.Push:
        if (size !== 8 && size !== 0) return false;
        this.pushValue(() => this.operand(k0, a, 8, at));
        return true;
      case SlowOp.Pop:
        if (size !== 8) return false;
        this.getRegister(RSP);
        w.op(Wasm.I32WrapI64);
        w.access(Wasm.I64Load, 0);
        this.getRegister(RSP);
        w.i64(8n);
        w.op(Wasm.I64Add);
        this.setRegister(RSP);
        // An address with rsp in it counts from the popped one, as on hardware.
        this.store(k0, a, 8, at);
        return true;
      case SlowOp.Pushf:
        this.packed(kind);
        w.set(L.T32);
        this.pushValue(() => {
          w.get(L.T32);
          w.op(Wasm.I64ExtendI32U);
        });
        return true;
      case SlowOp.Popf:
        this.getRegister(RSP);
        w.op(Wasm.I32WrapI64);
        w.access(Wasm.I32Load, 0);
        w.set(L.Fa32);
        this.getRegister(RSP);
        w.i64(8n);
        w.op(Wasm.I64Add);
        this.setRegister(RSP);
        return true;
      case SlowOp.Leave:
        this.getRegister(RBP);
        w.i64(8n);
        w.op(Wasm.I64Add);
        this.setRegister(RSP);
        this.getRegister(RBP);
        w.op(Wasm.I32WrapI64);
        w.access(Wasm.I64Load, 0);
        this.setRegister(RBP);
        return true;
      default:
        return false;
    }
  }

  private generateMultiplyDivide(step: Step, live: boolean): boolean {
    const { w } = this;
    const { at, meta } = step;
    const { ops } = this.code;
    const slow = Meta.slow(meta);
    const k0 = Meta.kind0(meta);
    const k1 = Meta.kind1(meta);
    const a = ops[at + 1]!;
    const size = Meta.size0(meta);
    if (slow === SlowOp.Imul && k1 !== OperandKind.None) {
      if (size < 4) return false;
      const first = Meta.kind2(meta) === OperandKind.Imm ? OperandKind.Imm : OperandKind.Gpr;
      this.operand(first, a, size, at);
      if (size === 4 && live) w.op(Wasm.I64ExtendI32S);
      this.operand(k1, ops[at + 2]!, size, at);
      if (size === 4 && live) {
        w.op(Wasm.I64ExtendI32S, Wasm.I64Mul);
        w.tee(L.Fa64);
        w.op(Wasm.I32WrapI64);
      } else w.op(size === 4 ? Wasm.I32Mul : Wasm.I64Mul);
      this.store(OperandKind.Gpr, a, size, at);
      return true;
    }
    if (size !== 4) return false;
    const signed = slow === SlowOp.Imul || slow === SlowOp.Idiv;
    const extend = signed ? Wasm.I64ExtendI32S : Wasm.I64ExtendI32U;
    const high = (): void => {
      w.i64(32n);
      w.op(Wasm.I64ShrU);
      this.setRegister(RDX);
    };
    if (slow === SlowOp.Imul || slow === SlowOp.Mul) {
      this.getRegister(RAX);
      w.op(Wasm.I32WrapI64, extend);
      this.operand(k0, a, 4, at);
      w.op(extend, Wasm.I64Mul);
      w.tee(L.T64);
      w.i64(0xffffffffn);
      w.op(Wasm.I64And);
      this.setRegister(RAX);
      w.get(L.T64);
      high();
      return true;
    }
    // edx:eax by the operand; what does not fit traps on hardware and never comes from the compiler.
    this.operand(k0, a, 4, at);
    w.op(extend);
    w.set(L.Fb64);
    this.getRegister(RDX);
    w.i64(32n);
    w.op(Wasm.I64Shl);
    this.getRegister(RAX);
    w.i64(0xffffffffn);
    w.op(Wasm.I64And, Wasm.I64Or);
    w.tee(L.T64);
    w.get(L.Fb64);
    w.op(signed ? Wasm.I64DivS : Wasm.I64DivU, Wasm.I32WrapI64, Wasm.I64ExtendI32U);
    this.setRegister(RAX);
    w.get(L.T64);
    w.get(L.Fb64);
    w.op(signed ? Wasm.I64RemS : Wasm.I64RemU, Wasm.I32WrapI64, Wasm.I64ExtendI32U);
    this.setRegister(RDX);
    return true;
  }

  // --- floating point ------------------------------------------------------------------------------------------------------

  /** Pushes a double from the low lane or memory. */
  private double(kind: OperandKind, word: number, at: number): void {
    if (kind === OperandKind.Mem) {
      const offset = this.address(at);
      this.w.access(Wasm.F64Load, offset);
    } else this.getRegister(word);
  }

  private generateVector(step: Step): boolean {
    const { w } = this;
    const { at, meta } = step;
    const { ops } = this.code;
    const slow = Meta.slow(meta);
    const k0 = Meta.kind0(meta);
    const k1 = Meta.kind1(meta);
    const k2 = Meta.kind2(meta);
    const a = ops[at + 1]!;
    const b = ops[at + 2]!;
    const three = k2 === OperandKind.Gpr || k2 === OperandKind.Xmm || k2 === OperandKind.Mem;
    const sourceKind = three ? k2 : k1;
    const source = three ? ops[at + 3]! : b;
    const { Mem, Xmm, Gpr, Imm } = OperandKind;
    switch (slow) {
      case SlowOp.MovF64:
        if (k0 === Mem) {
          const offset = this.address(at);
          this.getRegister(b);
          w.access(Wasm.F64Store, offset);
        } else {
          this.double(sourceKind, source, at);
          this.setRegister(a);
        }
        return true;
      case SlowOp.MovF32:
        if (k0 === Mem) {
          const offset = this.address(at);
          this.getRegister(b);
          w.op(Wasm.I64ReinterpretF64);
          w.access(Wasm.I64Store32, offset);
          return true;
        }
        if (sourceKind === Mem) {
          const offset = this.address(at);
          w.access(Wasm.I64Load32U, offset);
          w.op(Wasm.F64ReinterpretI64);
          this.setRegister(a);
          return true;
        }
        return false;
      case SlowOp.MovInt: {
        let size = k0 === Xmm ? Meta.size1(meta) : Meta.size0(meta);
        if (size === 16) size = 8;
        if (k0 === Mem) {
          const offset = this.address(at);
          this.getRegister(b);
          w.op(Wasm.I64ReinterpretF64);
          w.access(size === 8 ? Wasm.I64Store : Wasm.I64Store32, offset);
        } else if (k0 === Gpr) {
          this.getRegister(b);
          w.op(Wasm.I64ReinterpretF64);
          if (size === 4) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
          this.setRegister(a);
        } else {
          if (k1 === Mem) {
            const offset = this.address(at);
            w.access(size === 8 ? Wasm.I64Load : Wasm.I64Load32U, offset);
            w.op(Wasm.F64ReinterpretI64);
          } else {
            this.getRegister(b);
            if (k1 === Gpr) {
              if (size === 4) w.op(Wasm.I32WrapI64, Wasm.I64ExtendI32U);
              w.op(Wasm.F64ReinterpretI64);
            } else if (size === 4) return false;
          }
          this.setRegister(a);
        }
        return true;
      }
      case SlowOp.MovVector:
        if (k0 !== Xmm || k1 !== Xmm) return false;
        this.getRegister(b);
        this.setRegister(a);
        return true;
      case SlowOp.UcomisF64:
        this.getRegister(a);
        w.set(FX);
        this.double(k1, b, at);
        w.set(FY);
        return true;
      case SlowOp.CvtF64ToInt: {
        const size = Meta.size0(meta);
        this.double(k1, b, at);
        w.tee(TF);
        w.op(Wasm.Saturating, size === 8 ? Saturating.I64F64S : Saturating.I32F64S);
        if (size === 8) w.i64(-(1n << 63n));
        else w.i32(-0x80000000);
        w.get(TF);
        w.f64(size === 8 ? 2 ** 63 : 2 ** 31);
        w.op(Wasm.F64Lt, Wasm.Select);
        this.store(OperandKind.Gpr, a, size, at);
        return true;
      }
      case SlowOp.AddF64:
      case SlowOp.SubF64:
      case SlowOp.MulF64:
      case SlowOp.DivF64:
        this.getRegister(b);
        this.double(sourceKind, source, at);
        w.op(
          slow === SlowOp.AddF64
            ? Wasm.F64Add
            : slow === SlowOp.SubF64
              ? Wasm.F64Sub
              : slow === SlowOp.MulF64
                ? Wasm.F64Mul
                : Wasm.F64Div,
        );
        this.setRegister(a);
        return true;
      case SlowOp.MinF64:
      case SlowOp.MaxF64:
        this.double(sourceKind, source, at);
        w.set(TF);
        this.getRegister(b);
        w.get(TF);
        this.getRegister(b);
        w.get(TF);
        w.op(slow === SlowOp.MinF64 ? Wasm.F64Lt : Wasm.F64Gt, Wasm.Select);
        this.setRegister(a);
        return true;
      case SlowOp.SqrtF64:
        this.double(sourceKind, source, at);
        w.op(Wasm.F64Sqrt);
        this.setRegister(a);
        return true;
      case SlowOp.RoundF64:
        this.double(sourceKind, source, at);
        w.op([Wasm.F64Nearest, Wasm.F64Floor, Wasm.F64Ceil, Wasm.F64Trunc][ops[at + 7]! & 3]!);
        this.setRegister(a);
        return true;
      case SlowOp.CvtIntToF64: {
        const size = Meta.size1(meta);
        this.operand(sourceKind, source, size, at);
        w.op(size === 8 ? Wasm.F64ConvertI64S : Wasm.F64ConvertI32S);
        this.setRegister(a);
        return true;
      }
      case SlowOp.CvtF32ToF64:
        if (sourceKind === Mem) {
          const offset = this.address(at);
          w.access(Wasm.F32Load, offset);
        } else {
          this.getRegister(source);
          w.op(Wasm.I64ReinterpretF64, Wasm.I32WrapI64, Wasm.F32ReinterpretI32);
        }
        w.op(Wasm.F64PromoteF32);
        this.setRegister(a);
        return true;
      case SlowOp.CvtF64ToF32:
        this.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        w.i64(0xffffffffn << 32n);
        w.op(Wasm.I64And);
        this.double(sourceKind, source, at);
        w.op(Wasm.F32DemoteF64, Wasm.I32ReinterpretF32, Wasm.I64ExtendI32U, Wasm.I64Or, Wasm.F64ReinterpretI64);
        this.setRegister(a);
        return true;
      case SlowOp.XorVector:
      case SlowOp.AndVector:
      case SlowOp.AndnVector:
      case SlowOp.OrVector:
        if (slow === SlowOp.XorVector && sourceKind === Xmm && source === b) {
          w.f64(0);
          this.setRegister(a);
          return true;
        }
        this.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        if (slow === SlowOp.AndnVector) {
          w.i64(-1n);
          w.op(Wasm.I64Xor);
        }
        this.double(sourceKind, source, at);
        w.op(
          Wasm.I64ReinterpretF64,
          slow === SlowOp.XorVector ? Wasm.I64Xor : slow === SlowOp.OrVector ? Wasm.I64Or : Wasm.I64And,
          Wasm.F64ReinterpretI64,
        );
        this.setRegister(a);
        return true;
      case SlowOp.ShrQ:
      case SlowOp.ShlQ: {
        if (k2 !== Imm) return false;
        const count = ops[at + 7]! & 0xff;
        this.getRegister(b);
        w.op(Wasm.I64ReinterpretF64);
        if (count > 63) {
          w.i64(0n);
          w.op(Wasm.I64And);
        } else {
          w.i64(BigInt(count));
          w.op(slow === SlowOp.ShrQ ? Wasm.I64ShrU : Wasm.I64Shl);
        }
        w.op(Wasm.F64ReinterpretI64);
        this.setRegister(a);
        return true;
      }
      default:
        return false;
    }
  }
}

// --- facts of instructions ---------------------------------------------------------------------------------------------------

enum Control {
  None,
  /** Conditional jump. */
  Branch,
  Jump,
  Call,
  /** Jump through register or memory. */
  Indirect,
  Return,
  /** Does not execute: int3, ud2, illegal. */
  Stop,
}

function control({ op, meta }: Step): Control {
  if (op >= MicroOp.Jo && op <= MicroOp.Jg) return Control.Branch;
  switch (op) {
    case MicroOp.Jmp:
    case MicroOp.Goto:
      return op === MicroOp.Jmp ? Control.Jump : Control.Stop;
    case MicroOp.Call:
    case MicroOp.CallR:
    case MicroOp.CallM:
      return Control.Call;
    case MicroOp.JmpR:
    case MicroOp.JmpM:
      return Control.Indirect;
    case MicroOp.Ret:
      return Control.Return;
    case MicroOp.Int3:
    case MicroOp.Undefined:
    case MicroOp.Illegal:
    case MicroOp.Breakpoint:
      return Control.Stop;
    default: {
      const slow = Meta.slow(meta);
      return slow === SlowOp.Jmp || slow === SlowOp.Call ? Control.Stop : Control.None;
    }
  }
}

function directTarget(code: CodeMap, { op, at }: Step): number {
  return op === MicroOp.Jmp || op === MicroOp.Call || (op >= MicroOp.Jo && op <= MicroOp.Jg) ? code.ops[at + 6]! : -1;
}

/** What kind of flags stand after the instruction. */
function kindAfter(code: CodeMap, step: Step, before: Flags): Flags {
  if (control(step) !== Control.None) return before;
  const { meta, at } = step;
  const size = Meta.size0(meta);
  const wide = size === 8;
  switch (Meta.slow(meta)) {
    case SlowOp.Add:
      return size < 4 ? Flags.Unknown : wide ? Flags.Add64 : Flags.Add32;
    case SlowOp.Sub:
    case SlowOp.Neg:
      return size < 4 ? Flags.Unknown : wide ? Flags.Sub64 : Flags.Sub32;
    case SlowOp.Cmp:
      return wide ? Flags.Sub64 : Flags.Sub32;
    case SlowOp.And:
    case SlowOp.Or:
    case SlowOp.Xor:
    case SlowOp.Test:
      return wide ? Flags.Logic64 : Flags.Logic32;
    case SlowOp.Inc:
    case SlowOp.Dec:
      return size < 4 ? Flags.Unknown : wide ? Flags.Result64 : Flags.Result32;
    case SlowOp.Shl:
    case SlowOp.Shr:
    case SlowOp.Sar:
      if (Meta.kind1(meta) !== OperandKind.Imm || size < 4) return Flags.Unknown;
      if ((code.ops[at + 7]! & (wide ? 63 : 31)) === 0) return before;
      return wide ? Flags.Result64 : Flags.Result32;
    case SlowOp.Imul:
      return Meta.kind1(meta) !== OperandKind.None && size === 4 ? Flags.Mul32 : Flags.Unknown;
    case SlowOp.Bt:
      return Flags.Bit;
    case SlowOp.UcomisF64:
      return Flags.Compare;
    case SlowOp.Popf:
      return Flags.Packed;
    case SlowOp.Adc:
    case SlowOp.Sbb:
    case SlowOp.Mul:
    case SlowOp.Rol:
    case SlowOp.Ror:
    case SlowOp.Bsr:
    case SlowOp.Bsf:
    case SlowOp.Lzcnt:
    case SlowOp.Tzcnt:
    case SlowOp.Popcnt:
    case SlowOp.Cmpxchg:
      return Flags.Unknown;
    default:
      return before;
  }
}

/** Whether flags are needed before the instruction, given whether they are after it. */
function liveBefore(code: CodeMap, step: Step, after: boolean): boolean {
  const kind = control(step);
  if (kind === Control.Branch) return true;
  if (kind !== Control.None) return kind === Control.Jump ? after : false;
  switch (Meta.slow(step.meta)) {
    case SlowOp.Set:
    case SlowOp.Cmov:
    case SlowOp.Pushf:
    case SlowOp.Adc:
    case SlowOp.Sbb:
      return true;
    case SlowOp.Shl:
    case SlowOp.Shr:
    case SlowOp.Sar:
      // A count of zero leaves them.
      return after && kindAfter(code, step, Flags.Unset) === Flags.Unset;
    default:
      return kindAfter(code, step, Flags.Unset) === Flags.Unset ? after : false;
  }
}
