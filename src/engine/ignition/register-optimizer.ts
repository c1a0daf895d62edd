// Elides register transfers. Registers known to hold the same value form an equivalence set (a ring); a transfer only
// joins the target to the source's set, and is written out when someone needs the register itself, or when the set
// loses its last register that really holds the value.
//
// Invariant: every equivalence set with an allocated member has a materialized member. Locals and parameters are
// observable (by the debugger and by exception handlers), so transfers to them are written at once.

import { ACCUMULATOR_INDEX, RECEIVER_INDEX } from '../bytecode/index.ts';
import type { RegisterIndex } from '../objects/index.ts';
import type { RegisterList, RegisterObserver } from './register-allocator.ts';

export interface TransferWriter {
  writeLdar(register: RegisterIndex): void;
  writeStar(register: RegisterIndex): void;
  writeMov(from: number, to: number): void;
}

class RegisterInfo {
  equivalenceId: number;
  materialized: boolean;
  allocated: boolean;
  needsFlush = false;
  hint: TypeHint = 'any';
  next: RegisterInfo = this;
  previous: RegisterInfo = this;

  constructor(
    readonly register: RegisterIndex,
    equivalenceId: number,
    materialized: boolean,
    allocated: boolean,
  ) {
    this.equivalenceId = equivalenceId;
    this.materialized = materialized;
    this.allocated = allocated;
  }

  unlink(): void {
    this.next.previous = this.previous;
    this.previous.next = this.next;
  }
  joinSetOf(info: RegisterInfo): void {
    this.unlink();
    this.next = info.next;
    this.previous = info;
    this.previous.next = this;
    this.next.previous = this;
    this.equivalenceId = info.equivalenceId;
    this.materialized = false;
    this.hint = info.hint;
  }
  moveToNewSet(id: number, materialized: boolean): void {
    this.unlink();
    this.next = this;
    this.previous = this;
    this.equivalenceId = id;
    this.materialized = materialized;
    this.hint = 'any';
  }
  materializedEquivalent(except?: RegisterInfo): RegisterInfo | undefined {
    let visitor: RegisterInfo = this;
    do {
      if (visitor.materialized && visitor !== except) return visitor;
      visitor = visitor.next;
    } while (visitor !== this);
    return undefined;
  }
  /** The allocated register to write before this one stops holding the set's value; none if another holds it. */
  equivalentToMaterialize(): RegisterInfo | undefined {
    let best: RegisterInfo | undefined;
    for (let visitor = this.next; visitor !== this; visitor = visitor.next) {
      if (visitor.materialized) return undefined;
      if (visitor.allocated && (best === undefined || visitor.register < best.register)) best = visitor;
    }
    return best;
  }
}

export type TypeHint = 'any' | 'boolean' | 'internalizedString' | 'string';

export class RegisterOptimizer implements RegisterObserver {
  private readonly infos: (RegisterInfo | undefined)[] = [];
  private readonly tableOffset: number;
  private readonly accumulator: RegisterInfo;
  private toFlush: RegisterInfo[] = [];
  private flushRequired = false;
  private lastId = 0;
  /** Highest register really used. */
  maximumRegister: RegisterIndex;

  constructor(
    private readonly writer: TransferWriter,
    private readonly temporaryBase: number,
    parameterCount: number,
  ) {
    this.maximumRegister = temporaryBase - 1;
    this.tableOffset = -RECEIVER_INDEX + parameterCount;
    for (let i = 0; i < this.tableOffset + temporaryBase; i++) {
      this.infos.push(new RegisterInfo(i - this.tableOffset, ++this.lastId, true, true));
    }
    this.accumulator = this.info(ACCUMULATOR_INDEX);
  }

  private info(register: RegisterIndex): RegisterInfo {
    const at = register + this.tableOffset;
    while (this.infos.length <= at) {
      this.infos.push(new RegisterInfo(this.infos.length - this.tableOffset, ++this.lastId, true, false));
    }
    return this.infos[at]!;
  }
  private isTemporary(register: RegisterIndex): boolean {
    return register >= this.temporaryBase;
  }
  private isObservable(register: RegisterIndex): boolean {
    return register !== ACCUMULATOR_INDEX && register < this.temporaryBase;
  }

  // ---- Register allocator ----

  registerAllocated(index: number): void {
    const info = this.info(index);
    info.allocated = true;
    if (!info.materialized) info.moveToNewSet(++this.lastId, true);
  }
  registersFreed(first: RegisterIndex, count: number): void {
    for (let i = 0; i < count; i++) this.info(first + i).allocated = false;
  }

  // ---- Transfers ----

  ldar(register: RegisterIndex): void {
    this.transfer(this.info(register), this.accumulator);
  }
  star(register: RegisterIndex): void {
    this.transfer(this.accumulator, this.info(register));
  }
  mov(from: number, to: number): void {
    this.transfer(this.info(from), this.info(to));
  }

  private transfer(input: RegisterInfo, output: RegisterInfo): void {
    const observable = this.isObservable(output.register);
    const sameSet = output.equivalenceId === input.equivalenceId;
    if (sameSet && (!observable || output.materialized)) return;
    if (output.materialized) this.createMaterializedEquivalent(output);
    if (!sameSet) {
      this.pushToFlush(output);
      output.joinSetOf(input);
      this.flushRequired = true;
    }
    if (observable) {
      output.materialized = false;
      this.write(input.materializedEquivalent()!, output);
    }
    if (this.isObservable(input.register)) {
      for (let visitor = input.next; visitor !== input; visitor = visitor.next) {
        if (this.isTemporary(visitor.register)) visitor.materialized = false;
      }
    }
  }

  private write(input: RegisterInfo, output: RegisterInfo): void {
    if (input === this.accumulator) this.writer.writeStar(output.register);
    else if (output === this.accumulator) this.writer.writeLdar(input.register);
    else this.writer.writeMov(input.register, output.register);
    if (output !== this.accumulator && output.register > this.maximumRegister) this.maximumRegister = output.register;
    output.materialized = true;
  }
  private createMaterializedEquivalent(info: RegisterInfo): void {
    const other = info.equivalentToMaterialize();
    if (other !== undefined) this.write(info, other);
  }
  private materialize(info: RegisterInfo): void {
    if (!info.materialized) this.write(info.materializedEquivalent()!, info);
  }
  private pushToFlush(info: RegisterInfo): void {
    if (info.needsFlush) return;
    info.needsFlush = true;
    this.toFlush.push(info);
  }

  // ---- Around bytecodes ----

  flush(): void {
    this.heldId = -1;
    if (!this.flushRequired) return;
    for (const info of this.toFlush) {
      if (!info.needsFlush) continue;
      info.needsFlush = false;
      const materialized = info.materialized ? info : info.materializedEquivalent();
      if (materialized !== undefined) {
        materialized.needsFlush = false;
        for (let equivalent = materialized.next; equivalent !== materialized; equivalent = materialized.next) {
          if (equivalent.allocated && !equivalent.materialized) this.write(materialized, equivalent);
          equivalent.moveToNewSet(++this.lastId, true);
          equivalent.needsFlush = false;
        }
      } else info.moveToNewSet(++this.lastId, false);
    }
    this.toFlush = [];
    this.flushRequired = false;
    this.heldId = -1;
  }

  prepareAccumulatorRead(): void {
    this.materialize(this.accumulator);
  }
  prepareAccumulatorWrite(): void {
    this.prepareOutput(ACCUMULATOR_INDEX);
  }
  prepareOutput(register: RegisterIndex): void {
    const info = this.info(register);
    if (info.materialized) this.createMaterializedEquivalent(info);
    info.moveToNewSet(++this.lastId, true);
    if (register > this.maximumRegister) this.maximumRegister = register;
  }
  prepareOutputList(first: RegisterIndex, count: number): void {
    for (let i = 0; i < count; i++) this.prepareOutput(first + i);
  }

  /** A register that holds the same value and may be read now. */
  input(register: RegisterIndex): RegisterIndex {
    const info = this.info(register);
    if (info.materialized) return register;
    const other = info.materializedEquivalent(this.accumulator);
    if (other !== undefined) return other.register;
    this.materialize(info);
    return register;
  }
  inputList(list: RegisterList): RegisterList {
    if (list.count === 1) return Object.assign(list.truncate(1), { first: this.input(list.first) });
    for (let i = 0; i < list.count; i++) this.materialize(this.info(list.first + i));
    return list;
  }

  // ---- Immutable context slots that the accumulator still holds ----

  private held: unknown;
  private heldId = -1;
  accumulatorHolds(variable: unknown): boolean {
    return this.held === variable && this.heldId === this.accumulator.equivalenceId;
  }
  setAccumulatorHolds(variable: unknown): void {
    this.held = variable;
    this.heldId = this.accumulator.equivalenceId;
  }

  // ---- Type hints ----

  setAccumulatorHint(hint: TypeHint): void {
    this.accumulator.hint = hint;
  }
  accumulatorHint(): TypeHint {
    return this.accumulator.hint;
  }
}
