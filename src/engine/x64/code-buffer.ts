// Code while it is written: bytes, labels and what depends on where the code ends up.
//
// Code is position independent until `bytes(address)`: jumps between labels are relative, and what depends on the address (absolute
// targets, jump tables) is a relocation.

import type { Code } from 'iced-x86';
import { encodingOf, type Shape } from './encodings.ts';
import { type Label, LabelUse, type Mem } from './operands.ts';

/** A field whose value depends on where the code ends up. `target` is a cage offset, or a label of this code. */
export interface Relocation {
  at: number;
  kind: 'rel32' | 'abs64';
  target: number | Label;
}

export interface AssemblerOptions {
  /** High half of code addresses: the cage base. Needed for jump tables only. */
  cageHi?: number;
}

/** The recommended multi-byte nops, by length. */
const NOPS = [
  [],
  [0x90],
  [0x66, 0x90],
  [0x0f, 0x1f, 0x00],
  [0x0f, 0x1f, 0x40, 0x00],
  [0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
  [0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
].map((bytes) => Uint8Array.from(bytes));

export abstract class CodeBuffer {
  readonly relocations: Relocation[] = [];
  readonly #cageHi: number;
  #buffer = new Uint8Array(1024);
  #view = new DataView(this.#buffer.buffer);
  #pc = 0;
  #lockNext = false;
  #pending = 0;

  constructor(options: AssemblerOptions = {}) {
    this.#cageHi = options.cageHi ?? 0;
  }

  /** Bytes emitted so far: the offset of the next instruction. */
  get pcOffset(): number {
    return this.#pc;
  }

  /**
   * The finished code, for `address` (a cage offset). Without an address the code must not need relocation.
   */
  bytes(address?: number): Uint8Array {
    if (this.#pending > 0) throw new Error(`Assembler: ${this.#pending} label use(s) were never bound`);
    const code = this.#buffer.slice(0, this.#pc);
    if (this.relocations.length === 0) return code;
    if (address === undefined) throw new Error('Assembler: code has relocations; pass the address to bytes(address)');
    const view = new DataView(code.buffer);
    for (const { at, kind, target } of this.relocations) {
      const value = typeof target === 'number' ? target : address + target.pos;
      if (kind === 'rel32') {
        view.setInt32(at, (value - (address + at + 4)) | 0, true);
      } else {
        view.setInt32(at, value | 0, true);
        view.setInt32(at + 4, this.#cageHi, true);
      }
    }
    return code;
  }

  // Labels and data ------------------------------------------------------------------------------------------------

  bind(label: Label): void {
    if (label.isBound) throw new Error(`Assembler: label ${label.name} is already bound at ${label.pos}`);
    label.pos = this.#pc;
    for (const { at, kind } of label.uses) {
      this.#pending--;
      if (kind === LabelUse.Rel32) {
        this.#view.setInt32(at, this.#pc - (at + 4), true);
      } else {
        const distance = this.#pc - (at + 1);
        if (distance > 127) throw new RangeError(`Assembler: near jump to ${label.name} spans ${distance} bytes`);
        this.#view.setInt8(at, distance);
      }
    }
    label.uses.length = 0;
  }

  /** Rewrites a rel32 field to reach `target`; both are offsets in this code. */
  patchRel32(at: number, target: number): void {
    this.#view.setInt32(at, target - (at + 4), true);
  }

  db(value: number): void {
    this.#reserve(1);
    this.#view.setUint8(this.#pc, value);
    this.#pc += 1;
  }
  dd(value: number): void {
    this.#reserve(4);
    this.#view.setInt32(this.#pc, value | 0, true);
    this.#pc += 4;
  }
  /** A 64-bit constant, or the absolute address of a label (a jump table entry). */
  dq(value: bigint | Label): void {
    this.#reserve(8);
    if (typeof value === 'bigint') {
      this.#view.setBigUint64(this.#pc, BigInt.asUintN(64, value), true);
    } else {
      this.#view.setBigUint64(this.#pc, 0n, true);
      this.relocations.push({ at: this.#pc, kind: 'abs64', target: value });
    }
    this.#pc += 8;
  }

  /** Pads with nops up to a multiple of `alignment`. */
  align(alignment: number): void {
    this.nop((alignment - (this.#pc % alignment)) % alignment);
  }
  /** `count` bytes of nops, as few instructions as possible. */
  nop(count = 1): void {
    while (count > 0) {
      const length = Math.min(count, 9);
      this.append(NOPS[length]!);
      count -= length;
    }
  }

  // For instructions ----------------------------------------------------------------------------------------------

  /** A field at `at` that a label's position goes into. */
  protected use(label: Label, at: number, kind: LabelUse.Rel32 | LabelUse.Rel8): void {
    if (!label.isBound) {
      label.uses.push({ at, kind });
      this.#pending++;
    } else if (kind === LabelUse.Rel32) this.#view.setInt32(at, label.pos - (at + 4), true);
    else this.#view.setInt8(at, label.pos - (at + 1));
  }

  protected encode(code: Code, shape: Shape, a: number, b: number, c: number, m: Mem | null, i: number): void {
    const lock = this.#lockNext;
    this.#lockNext = false;
    this.append(encodingOf(code, shape, a, b, c, m, i, lock));
  }

  /** Rewrites the last 8 bytes. */
  protected patchLast(value: bigint): void {
    this.#view.setBigInt64(this.#pc - 8, BigInt.asIntN(64, value), true);
  }

  /** The next instruction gets the lock prefix. */
  protected lockNext(): void {
    this.#lockNext = true;
  }

  protected append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#pc);
    this.#pc += bytes.length;
  }

  #reserve(count: number): void {
    if (this.#pc + count <= this.#buffer.length) return;
    const grown = new Uint8Array(this.#buffer.length * 2);
    grown.set(this.#buffer);
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}
