/**
 * The decoder: machine code bytes → predecoded micro-ops, once, with iced-x86.
 *
 * Code is decoded lazily from the addresses that execution reaches. A run is decoded linearly; it ends at an
 * instruction that never falls through and that no forward branch seen so far jumps past, so a whole compiled function
 * is usually one run and jump tables behind it are never read as code. `pages`/`slots` map every code address to the
 * index of its micro-op, or −1.
 *
 * Invariant: `slots` is −1 for every address that was not decoded or was invalidated since; every micro-op of an
 * invalidated address has become a `Goto` without a target, so that jumps already wired to it look the address up anew.
 */
import { DecoderOptions, Decoder as IcedDecoder, Instruction, MemorySizeExt, OpKind, Register } from 'iced-x86';
import { CpuState } from './cpu.ts';
import { type InstructionRow, instructionRow, SlowOp } from './instructions.ts';
import { MicroOp } from './micro-op.ts';

const STRIDE = 8;
const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
const WINDOW = 2048;
/** A run longer than this goes on lazily. */
const MAX_RUN = 1 << 16;
const ZERO = CpuState.Zero >> 2;
const XMM0 = CpuState.Xmm >> 2;

/** Kinds of an operand in the `meta` word: what the slow path must know beside the micro-op. */
export enum OperandKind {
  None = 0,
  Gpr = 1,
  Xmm = 2,
  Mem = 3,
  Imm = 4,
}

/**
 * The meta word: `slowOp:8 | size0:5 | size1:5 | kind0:3 | kind1:3 | kind2:3 | cond:4`, sizes in bytes.
 */
export const Meta = {
  encode: (slow: SlowOp, size0: number, size1: number, k0: number, k1: number, k2: number, cond: number): number =>
    slow | (size0 << 8) | (size1 << 13) | (k0 << 18) | (k1 << 21) | (k2 << 24) | (cond << 27),
  slow: (meta: number): SlowOp => meta & 0xff,
  size0: (meta: number): number => (meta >> 8) & 31,
  size1: (meta: number): number => (meta >> 13) & 31,
  kind0: (meta: number): OperandKind => (meta >> 18) & 7,
  kind1: (meta: number): OperandKind => (meta >> 21) & 7,
  kind2: (meta: number): OperandKind => (meta >> 24) & 7,
  cond: (meta: number): number => (meta >>> 27) & 15,
};

interface RegisterFacts {
  kind: OperandKind;
  word: number;
  size: number;
}

/** Facts of iced's registers that the machine has; AH…BH and the rest are absent. */
const REGISTERS: ReadonlyMap<number, RegisterFacts> = (() => {
  const facts = new Map<number, RegisterFacts>();
  const order = ['AX', 'CX', 'DX', 'BX', 'SP', 'BP', 'SI', 'DI'];
  for (let n = 0; n < 16; n++) {
    const legacy = n < 8 ? order[n]! : '';
    const names: [string, number][] =
      n < 8
        ? [
            [`R${legacy}`, 8],
            [`E${legacy}`, 4],
            [legacy, 2],
            [n < 4 ? `${legacy[0]}L` : `${legacy}L`, 1],
          ]
        : [
            [`R${n}`, 8],
            [`R${n}D`, 4],
            [`R${n}W`, 2],
            [`R${n}L`, 1],
          ];
    for (const [name, size] of names) {
      facts.set(Register[name as keyof typeof Register], { kind: OperandKind.Gpr, word: n * 2, size });
    }
    facts.set(Register.XMM0 + n, { kind: OperandKind.Xmm, word: XMM0 + n * 4, size: 16 });
  }
  return facts;
})();

const SHAPE_LETTER = ['', 'R', 'X', 'M', 'I'];

/** Size in bytes that names a sized micro-op: of the general register or memory that carries the integer. */
function namingSize(row: InstructionRow, kinds: OperandKind[], sizes: number[]): number {
  if (row.micro === 'Movd')
    return kinds[0] === OperandKind.Xmm ? (kinds[1] === OperandKind.Xmm ? 8 : sizes[1]!) : sizes[0]!;
  return sizes[0]!;
}

export class CodeMap {
  /** Micro-ops, eight words each. Re-created when it grows: hoist it anew after every decode. */
  ops = new Int32Array(4096 * STRIDE);
  /** The micro-op without fusion or breakpoint, by micro-op number. */
  plain = new Int32Array(4096);
  meta = new Int32Array(4096);
  /** Address (cage offset) of each micro-op. */
  rips = new Int32Array(4096);
  /** Per page of code: first entry in `slots`, or −1. */
  readonly pages: Int32Array;
  slots = new Int32Array(PAGE_SIZE * 4);

  #count = 0;
  #slotCount = 0;
  #stale = 0;
  #runStart = 0;
  readonly #bytes: Uint8Array;
  readonly #breakpoints = new Set<number>();
  #instruction: Instruction | null = null;

  /** @param first where code begins, on the first page */
  constructor(
    memory: SharedArrayBuffer | ArrayBuffer,
    readonly codeStart: number,
    readonly codeEnd: number,
    readonly cageHi: number,
    readonly first = codeStart,
  ) {
    if (codeStart % PAGE_SIZE !== 0) throw new RangeError(`code region must start on a 4 KiB page, got ${codeStart}`);
    this.#bytes = new Uint8Array(memory);
    this.pages = new Int32Array(((codeEnd - codeStart) >> PAGE_BITS) + 1).fill(-1);
  }

  /** Number of decoded instructions, stale ones included. */
  get size(): number {
    return this.#count;
  }

  contains(address: number): boolean {
    return address >= this.first && address < this.codeEnd;
  }

  /** Index into `ops` of the instruction at `address`, or −1. */
  lookup(address: number): number {
    if (!this.contains(address)) return -1;
    const offset = address - this.codeStart;
    const page = this.pages[offset >> PAGE_BITS]!;
    return page < 0 ? -1 : this.slots[page + (offset & (PAGE_SIZE - 1))]!;
  }

  /** Index of the instruction at `address`, decoding it if needed; −1 outside the code region. */
  resolve(address: number): number {
    if (!this.contains(address)) return -1;
    const index = this.lookup(address);
    return index >= 0 ? index : this.#decodeRun(address);
  }

  /** Forgets what was decoded from `[start, end)`; call after writing code there. */
  invalidate(start: number, end: number): void {
    // An instruction that starts before the range may reach into it.
    for (let address = Math.max(start - 14, this.codeStart); address < Math.min(end, this.codeEnd); address++) {
      const offset = address - this.codeStart;
      const page = this.pages[offset >> PAGE_BITS]!;
      if (page < 0) {
        address += PAGE_SIZE - 1 - (offset & (PAGE_SIZE - 1));
        continue;
      }
      const slot = page + (offset & (PAGE_SIZE - 1));
      const index = this.slots[slot]!;
      if (index < 0) continue;
      this.slots[slot] = -1;
      this.#unfuseBefore(index);
      this.ops[index] = MicroOp.Goto;
      this.plain[index >> 3] = MicroOp.Goto;
      this.ops[index + 6] = address;
      this.ops[index + 7] = -1;
      this.#stale++;
    }
    if (this.#stale > 4096 && this.#stale * 2 > this.#count) this.flush();
  }

  /** Forgets everything. Never called while the loop runs. */
  flush(): void {
    this.pages.fill(-1);
    this.#slotCount = 0;
    this.#count = 0;
    this.#stale = 0;
  }

  setBreakpoint(address: number): void {
    this.#breakpoints.add(address);
    const index = this.lookup(address);
    if (index >= 0) this.#arm(index);
  }

  clearBreakpoint(address: number): void {
    this.#breakpoints.delete(address);
    const index = this.lookup(address);
    if (index >= 0) this.ops[index] = this.plain[index >> 3]!;
  }

  hasBreakpoint(address: number): boolean {
    return this.#breakpoints.has(address);
  }

  get breakpoints(): ReadonlySet<number> {
    return this.#breakpoints;
  }

  #arm(index: number): void {
    this.#unfuseBefore(index);
    this.ops[index] = MicroOp.Breakpoint;
  }

  /** A fused pair must not run over an instruction that is to stop. */
  #unfuseBefore(index: number): void {
    const previous = index - STRIDE;
    if (previous >= 0 && this.ops[previous] !== MicroOp.Breakpoint) this.ops[previous] = this.plain[previous >> 3]!;
  }

  // Decoding -------------------------------------------------------------------------------------------------------

  #decodeRun(start: number): number {
    const first = this.#count * STRIDE;
    this.#runStart = first;
    let address = start;
    let furthest = start;
    for (;;) {
      const limit = Math.min(address + WINDOW, this.codeEnd);
      // A copy: iced's glue does not take bytes of a SharedArrayBuffer.
      const decoder = new IcedDecoder(64, this.#bytes.slice(address, limit), DecoderOptions.None);
      decoder.ip = BigInt(address);
      this.#instruction ??= new Instruction();
      const instruction = this.#instruction;
      try {
        while (decoder.canDecode) {
          decoder.decodeOut(instruction);
          if (instruction.isInvalid && limit < this.codeEnd && limit - address < 15) break;
          const length = Math.max(instruction.length, 1);
          const falls = this.#emit(instruction, address, address + length);
          if (instruction.isJccShortOrNear) {
            const target = Number(BigInt.asUintN(32, instruction.nearBranchTarget));
            if (target > furthest && target < this.codeEnd && target - start < 1 << 20) furthest = target;
          }
          address += length;
          if (!falls && address > furthest) return first;
          const known = this.lookup(address);
          if (known >= 0) {
            if (falls) this.#emitGoto(address, known);
            return first;
          }
          if (address - start > MAX_RUN || this.#isEmpty(address)) {
            this.#emitGoto(address, -1);
            return first;
          }
          if (limit < this.codeEnd && limit - address < 15) break;
        }
        if (address >= this.codeEnd) {
          this.#emitGoto(address, -1);
          return first;
        }
      } finally {
        decoder.free();
      }
    }
  }

  /** Unwritten code space: eight zero bytes. What falls through to it is looked up when execution gets there. */
  #isEmpty(address: number): boolean {
    for (let at = address; at < address + 8; at++) if (this.#bytes[at] !== 0) return false;
    return true;
  }

  #next(): number {
    if ((this.#count + 1) * STRIDE > this.ops.length) {
      const grow = (array: Int32Array): Int32Array<ArrayBuffer> => {
        const larger = new Int32Array(array.length * 2);
        larger.set(array);
        return larger;
      };
      this.ops = grow(this.ops);
      this.plain = grow(this.plain);
      this.meta = grow(this.meta);
      this.rips = grow(this.rips);
    }
    return this.#count++ * STRIDE;
  }

  #emitGoto(address: number, target: number): void {
    const at = this.#next();
    this.ops[at] = this.plain[at >> 3] = MicroOp.Goto;
    this.ops[at + 6] = address;
    this.ops[at + 7] = target;
    this.rips[at >> 3] = address;
  }

  #bind(address: number, index: number): void {
    const offset = address - this.codeStart;
    let page = this.pages[offset >> PAGE_BITS]!;
    if (page < 0) {
      page = this.#slotCount;
      this.#slotCount += PAGE_SIZE;
      if (this.#slotCount > this.slots.length) {
        const larger = new Int32Array(this.slots.length * 2);
        larger.set(this.slots);
        this.slots = larger;
      }
      this.slots.fill(-1, page, page + PAGE_SIZE);
      this.pages[offset >> PAGE_BITS] = page;
    }
    this.slots[page + (offset & (PAGE_SIZE - 1))] = index;
  }

  /** Decodes one instruction into the next micro-op. Returns whether execution can fall through it. */
  #emit(instruction: Instruction, address: number, next: number): boolean {
    const at = this.#next();
    const ops = this.ops;
    ops.fill(0, at, at + STRIDE);
    this.rips[at >> 3] = address;
    this.meta[at >> 3] = 0;
    this.#bind(address, at);
    const op = this.#translate(instruction, at, next);
    ops[at] = op;
    this.plain[at >> 3] = op;
    if (this.#breakpoints.has(address)) this.#arm(at);
    else if (op >= MicroOp.Jo && op <= MicroOp.Jg) this.#fuse(at, op);
    return !(
      op === MicroOp.Jmp ||
      op === MicroOp.JmpR ||
      op === MicroOp.JmpM ||
      op === MicroOp.Ret ||
      op === MicroOp.Undefined ||
      op === MicroOp.Int3 ||
      op === MicroOp.Illegal
    );
  }

  /** Joins a compare with the conditional jump at `at`, when it stands right before it in the same run. */
  #fuse(at: number, jump: MicroOp): void {
    const previous = at - STRIDE;
    if (previous < this.#runStart || this.ops[previous] !== this.plain[previous >> 3]) return;
    const fused = FUSED.get(this.ops[previous]! * 1024 + jump);
    if (fused !== undefined) this.ops[previous] = fused;
  }

  #translate(instruction: Instruction, at: number, next: number): MicroOp {
    const row = instruction.isInvalid ? undefined : instructionRow(instruction.mnemonic);
    if (row === undefined) return MicroOp.Illegal;
    const ops = this.ops;
    ops[at + 3] = ops[at + 4] = ZERO;

    const kinds: OperandKind[] = [];
    const sizes: number[] = [];
    let shape = '';
    const count = instruction.opCount;
    const shift = row.destructive === true && !(count > 2 && row.micro !== 'Roundsd') ? 1 : 0;
    if (row.naming === 'branch' && instruction.op0Kind === OpKind.NearBranch64) {
      const target = Number(BigInt.asUintN(32, instruction.nearBranchTarget));
      ops[at + 2] = next;
      ops[at + 6] = target;
      ops[at + 7] = this.lookup(target);
      return MicroOp[row.micro as keyof typeof MicroOp] ?? MicroOp.Illegal;
    }
    for (let n = 0; n < count; n++) {
      const kind = instruction.opKind(n);
      if (kind === OpKind.Register) {
        const facts = REGISTERS.get(instruction.opRegister(n));
        if (facts === undefined) return MicroOp.Illegal;
        kinds.push(facts.kind);
        sizes.push(facts.size);
        // Third register operand: +3, unless memory needs it; then the memory was operand 1 and +2 is free.
        const place = n + (n > 0 ? shift : 0);
        if (place < 2) ops[at + 1 + place] = facts.word;
        else if (kinds.includes(OperandKind.Mem)) ops[at + 2] = facts.word;
        else ops[at + 3] = facts.word;
      } else if (kind === OpKind.Memory) {
        if (!this.#memory(instruction, at)) return MicroOp.Illegal;
        kinds.push(OperandKind.Mem);
        sizes.push(MemorySizeExt.size(instruction.memorySize));
      } else if (kind === OpKind.NearBranch64) {
        return MicroOp.Illegal;
      } else {
        const value = instruction.immediate(n);
        kinds.push(OperandKind.Imm);
        sizes.push(0);
        if (kind === OpKind.Immediate64) {
          ops[at + 6] = Number(BigInt.asIntN(32, value));
          ops[at + 7] = Number(BigInt.asIntN(32, value >> 32n));
        } else ops[at + 7] = Number(BigInt.asIntN(32, value));
      }
    }
    if (shift === 1) {
      // op dst, src  →  op dst, dst, src
      ops[at + 2] = ops[at + 1]!;
      kinds.splice(1, 0, kinds[0]!);
      sizes.splice(1, 0, sizes[0]!);
    }
    if (row.cond !== undefined) ops[at + 7] = row.cond;
    for (const kind of kinds) shape += SHAPE_LETTER[kind];
    if (row.slow === SlowOp.Ret) shape = '';

    const size0 = sizes[0] ?? 0;
    const size1 = sizes[1] ?? 0;
    const intSize = row.slow === SlowOp.CvtIntToF64 || row.slow === SlowOp.CvtIntToF32 ? sizes[2]! : size1;
    this.meta[at >> 3] = Meta.encode(
      row.slow,
      size0,
      intSize,
      kinds[0] ?? 0,
      kinds[1] ?? 0,
      kinds[2] ?? 0,
      row.cond ?? 0,
    );

    let name: string;
    switch (row.naming) {
      case 'none':
        name = row.micro;
        break;
      case 'plain':
      case 'branch':
        if (row.naming === 'branch') ops[at + 2] = next; // the return address; CallR keeps its register in +1
        name = row.micro + shape;
        break;
      case 'vex':
        name = row.slow === SlowOp.CvtIntToF64 ? `${row.micro}${intSize * 8}${shape}` : row.micro + shape;
        break;
      case 'extend':
        if (size0 < 4) return MicroOp.Slow;
        name = row.micro === 'Movzx' ? `Movzx${size1 * 8}${shape}` : `Movsx${size1 * 8}To${size0 * 8}${shape}`;
        break;
      case 'sized':
        name = `${row.micro}${namingSize(row, kinds, sizes) * 8}${shape}`;
        break;
    }
    if (row.slow === SlowOp.Ret) return MicroOp.Ret;
    return this.#special(row, instruction, at, name);
  }

  #special(row: InstructionRow, instruction: Instruction, at: number, name: string): MicroOp {
    const ops = this.ops;
    switch (row.slow) {
      case SlowOp.Mov:
        // mov r64, imm32 sign-extends: keep both halves.
        if (name === 'Mov64RI' && instruction.op1Kind !== OpKind.Immediate64) {
          ops[at + 6] = ops[at + 7]!;
          ops[at + 7] = ops[at + 6]! >> 31;
        }
        break;
      case SlowOp.Lea:
        if (instruction.isIpRelMemoryOperand && name === 'Lea64RM') {
          ops[at + 7] = this.cageHi;
          this.meta[at >> 3] = Meta.encode(SlowOp.Mov, 8, 8, OperandKind.Gpr, OperandKind.Imm, 0, 0);
          return MicroOp.Mov64RI;
        }
        break;
      case SlowOp.Shl:
      case SlowOp.Shr:
      case SlowOp.Sar: {
        const mask = name.includes('64') ? 63 : 31;
        if (name.endsWith('I')) {
          ops[at + 7] = ops[at + 7]! & mask;
          if (ops[at + 7] === 0) return MicroOp.Slow;
        }
        break;
      }
      default:
        break;
    }
    const renamed = RENAMED[name] ?? name;
    return MicroOp[renamed as keyof typeof MicroOp] ?? MicroOp.Slow;
  }

  #memory(instruction: Instruction, at: number): boolean {
    const ops = this.ops;
    if (instruction.memorySegment === Register.FS || instruction.memorySegment === Register.GS) return false;
    if (instruction.isIpRelMemoryOperand) {
      ops[at + 3] = ops[at + 4] = ZERO;
      ops[at + 6] = Number(BigInt.asIntN(32, instruction.ipRelMemoryAddress));
      return true;
    }
    const base = instruction.memoryBase;
    const index = instruction.memoryIndex;
    const baseFacts = base === Register.None ? undefined : REGISTERS.get(base);
    const indexFacts = index === Register.None ? undefined : REGISTERS.get(index);
    if (base !== Register.None && baseFacts === undefined) return false;
    if (index !== Register.None && indexFacts === undefined) return false;
    ops[at + 3] = baseFacts?.word ?? ZERO;
    ops[at + 4] = indexFacts?.word ?? ZERO;
    ops[at + 5] = 31 - Math.clz32(instruction.memoryIndexScale);
    ops[at + 6] = Number(BigInt.asIntN(32, instruction.memoryDisplacement));
    return true;
  }
}

/** Fused pairs by `first * 1024 + jump`; their names say what they join. */
const FUSED: ReadonlyMap<number, MicroOp> = new Map(
  Object.entries(MicroOp).flatMap(([name, fused]) => {
    const [first, jump] = name.split('_') as (keyof typeof MicroOp)[];
    if (jump === undefined || typeof fused === 'string') return [];
    return [[MicroOp[first!] * 1024 + MicroOp[jump], fused] as [number, MicroOp]];
  }),
);

/** Names that compose differently from the case that executes them. */
const RENAMED: Record<string, string> = {
  Push16I: 'Push64I',
  Push0I: 'Push64I',
  Movd32XM: 'MovssXM',
  Movd32MX: 'MovssMX',
  Movd64XM: 'MovsdXM',
  Movd64MX: 'MovsdMX',
  Movd128XM: 'MovsdXM',
};
