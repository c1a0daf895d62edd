// What the generator talks to: one method per kind of bytecode. Keeps the pending source position, asks the register
// optimizer before every bytecode, translates registers, and hands the result to the bytecode writer.

import {
  BYTECODES,
  Bytecode,
  BytecodeJumpTable,
  BytecodeLabel,
  type BytecodeLoopHeader,
  BytecodeWriter,
  type Constant,
  ConstantPoolBuilder,
  ControlFlow,
  type HandlerEntry,
  isRegister,
  OperandType,
  type PositionInfo,
} from '../bytecode/index.ts';
import { RegisterAllocator, type RegisterList } from './register-allocator.ts';
import { RegisterOptimizer, type TransferWriter } from './register-optimizer.ts';

/** Jump targets of one control construct; any number of forward jumps. */
export class Labels {
  private readonly labels: BytecodeLabel[] = [];
  isBound = false;
  next(): BytecodeLabel {
    const label = new BytecodeLabel();
    this.labels.push(label);
    return label;
  }
  get isEmpty(): boolean {
    return this.labels.length === 0;
  }
  bind(builder: BytecodeArrayBuilder): void {
    this.isBound = true;
    for (const label of this.labels) builder.bind(label);
  }
}

/** Bytecodes that cannot be seen from outside: an expression position waits for a later one. */
function isWithoutSideEffects(bytecode: Bytecode): boolean {
  const row = BYTECODES[bytecode]!;
  if (row.isPureLoad || row.isShortStar) return true;
  switch (bytecode) {
    case Bytecode.Star:
    case Bytecode.Mov:
    case Bytecode.PushContext:
    case Bytecode.PopContext:
    case Bytecode.TestUndetectable:
    case Bytecode.TestNull:
    case Bytecode.TestUndefined:
    case Bytecode.TestTypeOf:
    case Bytecode.TestReferenceEqual:
    case Bytecode.SwitchOnSmiNoFeedback:
    case Bytecode.SwitchOnGeneratorState:
      return true;
    case Bytecode.JumpIfToBooleanTrue:
    case Bytecode.JumpIfToBooleanFalse:
    case Bytecode.JumpLoop:
      return false;
    default:
      return row.controlFlow === ControlFlow.Branch || row.controlFlow === ControlFlow.Jump;
  }
}

export class BytecodeArrayBuilder implements TransferWriter {
  readonly constants = new ConstantPoolBuilder();
  readonly writer = new BytecodeWriter(this.constants);
  readonly optimizer: RegisterOptimizer;
  readonly registers: RegisterAllocator;
  private latest: PositionInfo | undefined;
  private deferred: PositionInfo | undefined;

  constructor(parameterCount: number, localCount: number) {
    this.optimizer = new RegisterOptimizer(this, localCount, parameterCount);
    this.registers = new RegisterAllocator(localCount, this.optimizer);
  }

  // ---- Source positions ----

  /** The stack check's position; also that of the first bytecode that can be seen. */
  setFunctionStart(position: number): void {
    this.writer.setFunctionEntryPosition(position);
    this.latest = { position, isStatement: false };
  }
  setStatementPosition(position: number): void {
    if (position >= 0) this.latest = { position, isStatement: true };
  }
  setExpressionPosition(position: number): void {
    if (position >= 0 && !this.latest?.isStatement) this.latest = { position, isStatement: false };
  }
  /** Takes the pending position away if it is not before `from`, to give it back later. */
  popPosition(from: number): PositionInfo | undefined {
    const latest = this.latest;
    if (latest === undefined || latest.position < from) return undefined;
    this.latest = undefined;
    return latest;
  }
  pushPosition(info: PositionInfo | undefined): void {
    if (info !== undefined) this.latest = info;
  }
  private takePosition(bytecode: Bytecode): PositionInfo | undefined {
    const latest = this.latest;
    if (latest === undefined) return undefined;
    if (latest.isStatement || !isWithoutSideEffects(bytecode)) {
      this.latest = undefined;
      return latest;
    }
    return undefined;
  }
  private defer(info: PositionInfo | undefined): void {
    if (info !== undefined) this.deferred = info;
  }
  private withDeferred(info: PositionInfo | undefined): PositionInfo | undefined {
    const deferred = this.deferred;
    if (deferred === undefined) return info;
    this.deferred = undefined;
    if (info === undefined) return deferred;
    if (deferred.isStatement && !info.isStatement) return { position: info.position, isStatement: true };
    return info;
  }

  // ---- Transfers ----

  writeLdar(register: number): void {
    this.writer.emit(Bytecode.Ldar, [register], this.withDeferred(undefined));
  }
  writeStar(register: number): void {
    this.writer.emitStar(register, this.withDeferred(undefined));
  }
  writeMov(from: number, to: number): void {
    this.writer.emit(Bytecode.Mov, [from, to], this.withDeferred(undefined));
  }

  loadRegister(register: number): void {
    this.defer(this.takePosition(Bytecode.Ldar));
    this.optimizer.ldar(register);
  }
  storeRegister(register: number): void {
    this.defer(this.takePosition(Bytecode.Star));
    this.optimizer.star(register);
  }
  moveRegister(from: number, to: number): void {
    this.defer(this.takePosition(Bytecode.Mov));
    this.optimizer.mov(from, to);
  }

  // ---- Bytecodes ----

  private prepare(bytecode: Bytecode): void {
    const row = BYTECODES[bytecode]!;
    if (
      row.controlFlow === ControlFlow.Jump ||
      row.controlFlow === ControlFlow.Branch ||
      row.controlFlow === ControlFlow.Loop ||
      row.controlFlow === ControlFlow.Switch ||
      bytecode === Bytecode.Debugger ||
      bytecode === Bytecode.SuspendGenerator ||
      bytecode === Bytecode.ResumeGenerator
    ) {
      this.optimizer.flush();
    }
    if (row.readsAccumulator) this.optimizer.prepareAccumulatorRead();
    if (row.writesAccumulator || row.clobbersAccumulator) this.optimizer.prepareAccumulatorWrite();
  }

  /** Register operands through the optimizer; a list is its first register and a count. */
  private translate(bytecode: Bytecode, operands: readonly (number | RegisterList)[]): number[] {
    const types = BYTECODES[bytecode]!.operands;
    const result: number[] = [];
    let at = 0;
    for (const operand of operands) {
      const type = types[at]!;
      if (typeof operand !== 'number') {
        let list = operand;
        if (type === OperandType.RegList) list = this.optimizer.inputList(operand);
        else if (type === OperandType.RegPair) {
          this.optimizer.inputList(operand);
          result.push(operand.first);
          at++;
          continue;
        } else {
          this.optimizer.prepareOutputList(operand.first, operand.count);
          if (type === OperandType.RegOutPair || type === OperandType.RegOutTriple) {
            result.push(operand.first);
            at++;
            continue;
          }
        }
        result.push(list.count === 0 ? 0 : list.first, list.count);
        at += 2;
        continue;
      }
      if (!isRegister(type)) result.push(operand);
      else if (type === OperandType.Reg) result.push(this.optimizer.input(operand));
      else if (type === OperandType.RegInOut) {
        const register = this.optimizer.input(operand);
        if (register !== operand) this.writeMovBefore(register, operand);
        this.optimizer.prepareOutput(operand);
        result.push(operand);
      } else {
        this.optimizer.prepareOutput(operand);
        result.push(operand);
      }
      at++;
    }
    return result;
  }
  private writeMovBefore(from: number, to: number): void {
    this.writer.emit(Bytecode.Mov, [from, to]);
  }

  emit(bytecode: Bytecode, ...operands: (number | RegisterList)[]): void {
    this.prepare(bytecode);
    const info = this.takePosition(bytecode);
    const raw = this.translate(bytecode, operands);
    this.writer.emit(bytecode, raw, this.withDeferred(info));
  }

  /** Of `list` the first is the receiver. */
  callProperty(callee: number, list: RegisterList, slot: number): void {
    switch (list.count) {
      case 1:
        return this.emit(Bytecode.CallProperty0, callee, list.at(0), slot);
      case 2:
        return this.emit(Bytecode.CallProperty1, callee, list.at(0), list.at(1), slot);
      case 3:
        return this.emit(Bytecode.CallProperty2, callee, list.at(0), list.at(1), list.at(2), slot);
      default:
        return this.emit(Bytecode.CallProperty, callee, list, slot);
    }
  }
  /** `list` is the arguments alone. */
  callUndefinedReceiver(callee: number, list: RegisterList, slot: number): void {
    switch (list.count) {
      case 0:
        return this.emit(Bytecode.CallUndefinedReceiver0, callee, slot);
      case 1:
        return this.emit(Bytecode.CallUndefinedReceiver1, callee, list.at(0), slot);
      case 2:
        return this.emit(Bytecode.CallUndefinedReceiver2, callee, list.at(0), list.at(1), slot);
      default:
        return this.emit(Bytecode.CallUndefinedReceiver, callee, list, slot);
    }
  }

  jump(bytecode: Bytecode, label: BytecodeLabel, ...operands: number[]): void {
    this.prepare(bytecode);
    const info = this.takePosition(bytecode);
    const raw = operands.map((register) => this.optimizer.input(register));
    this.writer.emitJump(bytecode, label, raw, this.withDeferred(info));
  }

  jumpLoop(header: BytecodeLoopHeader, depth: number, slot: number, position: number): void {
    if (position >= 0) this.latest = { position, isStatement: false };
    this.prepare(Bytecode.JumpLoop);
    const info = this.takePosition(Bytecode.JumpLoop);
    this.writer.emitJumpLoop(header, depth, slot, this.withDeferred(info));
  }

  switchOnSmi(table: BytecodeJumpTable): void {
    this.prepare(Bytecode.SwitchOnSmiNoFeedback);
    const info = this.takePosition(Bytecode.SwitchOnSmiNoFeedback);
    const operands = [table.constantIndex, table.size, table.caseBase];
    this.writer.emitSwitch(Bytecode.SwitchOnSmiNoFeedback, table, operands, this.withDeferred(info));
  }
  switchOnGenerator(register: number, table: BytecodeJumpTable): void {
    this.prepare(Bytecode.SwitchOnGeneratorState);
    const info = this.takePosition(Bytecode.SwitchOnGeneratorState);
    const operands = [this.optimizer.input(register), table.constantIndex, table.size];
    this.writer.emitSwitch(Bytecode.SwitchOnGeneratorState, table, operands, this.withDeferred(info));
  }
  suspendGenerator(generator: number, registers: RegisterList, id: number): void {
    this.prepare(Bytecode.SuspendGenerator);
    const info = this.takePosition(Bytecode.SuspendGenerator);
    const input = this.optimizer.input(generator);
    this.writer.emit(Bytecode.SuspendGenerator, [input, registers.first, registers.count, id], this.withDeferred(info));
  }
  resumeGenerator(generator: number, registers: RegisterList): void {
    this.prepare(Bytecode.ResumeGenerator);
    const info = this.takePosition(Bytecode.ResumeGenerator);
    const input = this.optimizer.input(generator);
    this.writer.emit(Bytecode.ResumeGenerator, [input, registers.first, registers.count], this.withDeferred(info));
  }

  // ---- Labels ----

  bind(label: BytecodeLabel): void {
    // A label that nothing jumps to does not bring dead code back to life.
    if (!label.hasJump) return;
    this.optimizer.flush();
    this.writer.bind(label);
  }
  bindLoopHeader(header: BytecodeLoopHeader): void {
    this.optimizer.flush();
    this.writer.bindLoopHeader(header);
  }
  bindCase(table: BytecodeJumpTable, value: number): void {
    this.optimizer.flush();
    this.writer.bindJumpTableEntry(table, value);
  }
  allocateJumpTable(size: number, base: number): BytecodeJumpTable {
    return new BytecodeJumpTable(this.constants.insertJumpTable(size), size, base);
  }

  // ---- Handlers ----

  newHandler(): number {
    return this.writer.newHandler();
  }
  markTryBegin(handler: number, context: number): void {
    this.optimizer.flush();
    this.writer.markTryBegin(handler, context);
  }
  markTryEnd(handler: number): void {
    this.writer.markTryEnd(handler);
  }
  markHandler(handler: number, prediction: HandlerEntry['prediction']): void {
    this.optimizer.flush();
    this.writer.markHandler(handler, prediction);
  }

  get isDead(): boolean {
    return !this.writer.isReachable;
  }

  // ---- Loads of constants ----

  loadSmi(value: number): void {
    if (value === 0) this.emit(Bytecode.LdaZero);
    else this.emit(Bytecode.LdaSmi, value);
  }
  loadConstant(constant: Constant, key?: unknown): void {
    const index = key === undefined ? this.constants.insert(constant) : this.constants.insert(constant, key);
    this.emit(Bytecode.LdaConstant, index);
  }
  loadString(value: string): void {
    this.loadConstant({ kind: 'string', value });
  }
  string(value: string): number {
    return this.constants.insert({ kind: 'string', value });
  }
}
