// Functions as the debugger sees them: names, bytecode as it was before breakpoints, source positions, scripts.

import {
  Bytecode,
  BytecodeArrayAccessor,
  type BytecodeSource,
  decodeHandlerTable,
  decodeSourcePositions,
  type HandlerEntry,
  isShortStar,
  OperandType,
  type SourcePosition,
  sourcePositionAt,
} from '../bytecode/index.ts';
import { type Address, type Heap, isSmi, type RegisterIndex, smiValue, type Tagged } from '../heap/index.ts';
import { hasNoFrame } from '../isolate/index.ts';
import {
  ByteArray,
  BytecodeArray,
  brief,
  bytecodeArrayOf,
  FixedArray,
  isNative,
  JSFunction,
  SharedFunctionFlags,
  SharedFunctionInfo,
  shortPrint,
  toHostString,
} from '../objects/index.ts';
import { addressText } from './addresses.ts';
import { copiesOf, type Holder } from './register-copies.ts';
import type { DebugTarget, ScriptRecord } from './target.ts';

/** Name of the scripts that the debugger compiles for itself. */
export const internalScript = 'bailout:evaluation';

/** One place where execution can stop in a function's bytecode. */
export interface BreakLocation {
  readonly offset: number;
  /** Position in the script. */
  readonly position: number;
}

/** Registers that the bytecode under an accessor reads or writes by name. */
export function registersOf(accessor: BytecodeArrayAccessor): RegisterIndex[] {
  if (accessor.bytecode === Bytecode.Star || isShortStar(accessor.bytecode)) return [accessor.starTarget];
  return Array.from({ length: accessor.operandCount }, (_, i) => i).flatMap((i): RegisterIndex[] => {
    const type = accessor.operandType(i);
    if (type === OperandType.RegList)
      return Array.from({ length: accessor.unsigned(i + 1) }, (_, n) => accessor.register(i) + n);
    return registerOperands.has(type) ? [accessor.register(i)] : [];
  });
}

const registerOperands: ReadonlySet<OperandType> = new Set([OperandType.Reg, OperandType.RegOut]);

/** Bytecodes at which execution can stop, whether or not a statement begins there. */
const stoppingBytecodes: ReadonlySet<Bytecode> = new Set([
  Bytecode.Return,
  Bytecode.CallAnyReceiver,
  Bytecode.CallProperty,
  Bytecode.CallProperty0,
  Bytecode.CallProperty1,
  Bytecode.CallProperty2,
  Bytecode.CallUndefinedReceiver,
  Bytecode.CallUndefinedReceiver0,
  Bytecode.CallUndefinedReceiver1,
  Bytecode.CallUndefinedReceiver2,
  Bytecode.CallWithSpread,
  Bytecode.CallJSRuntime,
  Bytecode.Construct,
  Bytecode.ConstructWithSpread,
  Bytecode.ConstructForwardAllArgs,
]);

export class Functions {
  private readonly target: DebugTarget;
  private readonly heap: Heap;
  private readonly positionCache = new Map<Tagged, readonly SourcePosition[]>();
  private readonly breakLocationCache = new Map<Tagged, readonly BreakLocation[]>();
  private readonly placeCache = new Map<Tagged, readonly SourcePosition[]>();
  /** Bytes that breakpoints replaced: by address. */
  readonly replaced = new Map<Address, number>();
  /** Every function that has bytecode. They live in old space and stay where they are. */
  readonly known = new Set<Tagged>();

  constructor(target: DebugTarget) {
    this.target = target;
    this.heap = target.heap;
  }

  sfiOf(fn: Tagged): Tagged {
    return this.heap.get(fn, JSFunction.SharedFunctionInfo);
  }

  /** As the Call Stack shows it: `area`, `(anonymous)`, `(script)`. */
  nameOf(sfi: Tagged): string {
    const name = this.heap.get(sfi, SharedFunctionInfo.Name);
    const text = isSmi(name) ? '' : toHostString(this.heap, name);
    if (text !== '') return text;
    return this.flags(sfi) & SharedFunctionFlags.IsTopLevel || this.isWrapper(sfi) ? '(script)' : '(anonymous)';
  }

  /** A script's top-level code: the whole text, possibly as a wrapper function. */
  private isWrapper(sfi: Tagged): boolean {
    return (
      this.target.scripts.some((record) => record.sfi === sfi) ||
      this.heap.getI32(sfi, SharedFunctionInfo.FunctionLiteralId) === 0
    );
  }

  flags(sfi: Tagged): number {
    return this.heap.getI32(sfi, SharedFunctionInfo.Flags);
  }

  /**
   * Code of the standard library that happens to be written in JavaScript. To a program its functions are builtins: nobody stops in their
   * optimized code, or is told of it. Nothing of a program's is inlined into it.
   */
  isNative(sfi: Tagged): boolean {
    if (isNative(this.heap, sfi)) return true;
    const record = this.scriptOf(sfi);
    return record === undefined || record.name === internalScript;
  }

  /** Code of Node's own modules, and what the host does for it: nobody asks for that between frames of the program. */
  isAroundPrograms(sfi: Tagged): boolean {
    if (sfi === 0 || !isNative(this.heap, sfi)) return false;
    if (hasNoFrame(this.target.rt, sfi)) return true;
    return this.scriptOf(sfi)?.name.startsWith('node:') === true;
  }

  scriptOf(sfi: Tagged): ScriptRecord | undefined {
    const script = this.heap.get(sfi, SharedFunctionInfo.Script);
    return this.target.scripts.find((record) => record.script === script);
  }

  bytecodes(sfi: Tagged): Tagged {
    return bytecodeArrayOf(this.heap, sfi);
  }

  /** Address of bytecode 0. */
  bytecodeStart(bytecodes: Tagged): Address {
    return bytecodes + BytecodeArray.Bytes - 1;
  }

  length(bytecodes: Tagged): number {
    return smiValue(this.heap.get(bytecodes, BytecodeArray.Length));
  }

  /** The bytes without breakpoints. */
  bytes(bytecodes: Tagged): Uint8Array {
    const start = this.bytecodeStart(bytecodes);
    const copy = this.heap.u8.slice(start, start + this.length(bytecodes));
    for (const [address, byte] of this.replaced) {
      if (address >= start && address < start + copy.length) copy[address - start] = byte;
    }
    return copy;
  }

  accessor(bytecodes: Tagged): BytecodeArrayAccessor {
    return new BytecodeArrayAccessor(this.bytes(bytecodes), this.jumpConstants(bytecodes));
  }

  private jumpConstants(bytecodes: Tagged) {
    const pool = this.heap.get(bytecodes, BytecodeArray.ConstantPool);
    return {
      smiAt: (index: number): number | undefined => {
        const word = this.heap.getElement(pool, FixedArray.Elements, index);
        return isSmi(word) ? smiValue(word) : undefined;
      },
    };
  }

  /** Offset of the bytecode after the one at `offset`. */
  nextOffset(bytecodes: Tagged, offset: number): number {
    const accessor = this.accessor(bytecodes);
    accessor.setOffset(offset);
    return accessor.nextOffset;
  }

  /** Position of the last bytecode before `offset` that names a register; −1 if none does. */
  lastUse(bytecodes: Tagged, register: RegisterIndex, offset: number): number {
    const accessor = this.accessor(bytecodes);
    let last = -1;
    for (; !accessor.done && accessor.currentOffset < offset; accessor.advance())
      if (registersOf(accessor).includes(register)) last = accessor.currentOffset;
    return last < 0 ? -1 : this.positionAt(bytecodes, last);
  }

  /** Registers, and the accumulator, that hold what `register` does before the bytecode at `offset`. */
  copiesOf(bytecodes: Tagged, register: RegisterIndex, offset: number): Holder[] {
    return copiesOf(this.accessor(bytecodes), this.handlers(bytecodes), register, offset);
  }

  positions(bytecodes: Tagged): readonly SourcePosition[] {
    let positions = this.positionCache.get(bytecodes);
    if (positions === undefined) {
      positions = decodeSourcePositions(this.byteArray(this.heap.get(bytecodes, BytecodeArray.SourcePositionTable)));
      this.positionCache.set(bytecodes, positions);
    }
    return positions;
  }

  /** Positions where a person looks: V8 gives optional chains the script's start, wherever they stand. */
  private placesOf(bytecodes: Tagged): readonly SourcePosition[] {
    let places = this.placeCache.get(bytecodes);
    if (places === undefined) {
      places = this.positions(bytecodes);
      if (places[0]?.position !== 0) places = places.filter(({ position }) => position > 0);
      this.placeCache.set(bytecodes, places);
    }
    return places;
  }

  /** Script offset of the bytecode at `offset`. */
  positionAt(bytecodes: Tagged, offset: number): number {
    return sourcePositionAt(this.placesOf(bytecodes), Math.max(offset, 0));
  }

  /** Offset of the first bytecode from `from` on with a position; `from` if there is none. */
  offsetOf(bytecodes: Tagged, position: number, from: number): number {
    return (
      this.positions(bytecodes).find((entry) => entry.offset >= from && entry.position === position)?.offset ?? from
    );
  }

  handlers(bytecodes: Tagged): HandlerEntry[] {
    return decodeHandlerTable(this.byteArray(this.heap.get(bytecodes, BytecodeArray.HandlerTable)));
  }

  private byteArray(array: Tagged): Uint8Array {
    const start = array + ByteArray.Bytes - 1;
    return this.heap.u8.slice(start, start + smiValue(this.heap.get(array, ByteArray.Length)));
  }

  /** Statements, in bytecode order. */
  statements(bytecodes: Tagged): BreakLocation[] {
    return this.placesOf(bytecodes)
      .filter((entry) => entry.isStatement && entry.offset >= 0)
      .map(({ offset, position }) => ({ offset, position }));
  }

  /** Where a breakpoint can be, as in V8: statements, calls and returns, in bytecode order. */
  breakLocations(bytecodes: Tagged): readonly BreakLocation[] {
    let locations = this.breakLocationCache.get(bytecodes);
    if (locations === undefined) {
      const accessor = this.accessor(bytecodes);
      locations = this.placesOf(bytecodes)
        .filter(({ offset, isStatement }) => {
          if (offset < 0) return false;
          accessor.setOffset(offset);
          return isStatement || stoppingBytecodes.has(accessor.bytecode);
        })
        .map(({ offset, position }) => ({ offset, position }));
      this.breakLocationCache.set(bytecodes, locations);
    }
    return locations;
  }

  /** Where what a breakpoint at a bytecode covers may end: before the next place for one, or only before the next statement. */
  endsOf(bytecodes: Tagged, offset: number): number[] {
    const next = (list: readonly BreakLocation[]): number =>
      list.find((location) => location.offset > offset)?.offset ?? this.length(bytecodes);
    const end = next(this.breakLocations(bytecodes));
    return this.statementAt(bytecodes, offset) < 0 ? [end] : [end, next(this.statements(bytecodes))];
  }

  isBreakLocation(bytecodes: Tagged, offset: number): boolean {
    return this.breakLocations(bytecodes).some((location) => location.offset === offset);
  }

  /** Whether a statement begins at the bytecode at `offset`; its position, or −1. */
  statementAt(bytecodes: Tagged, offset: number): number {
    for (const entry of this.placesOf(bytecodes)) {
      if (entry.offset > offset) break;
      if (entry.offset === offset && entry.isStatement) return entry.position;
    }
    return -1;
  }

  /** Every function of a script, compiled on demand where it overlaps [start, end): outer ones first. */
  functionsOf(record: ScriptRecord, start = 0, end = Number.POSITIVE_INFINITY): Tagged[] {
    const found: Tagged[] = [];
    const visit = (sfi: Tagged): void => {
      try {
        this.target.compile(sfi);
      } catch {
        return; // its syntax error shows when it is called
      }
      const bytecodes = this.bytecodes(sfi);
      if (bytecodes === 0) return;
      found.push(sfi);
      this.known.add(sfi);
      for (const inner of this.innerFunctions(bytecodes)) {
        const from = this.heap.getI32(inner, SharedFunctionInfo.StartPosition);
        const to = this.heap.getI32(inner, SharedFunctionInfo.EndPosition);
        if (from < end && to >= start && !found.includes(inner)) visit(inner);
      }
    };
    visit(record.sfi);
    return found;
  }

  /** The function whose bytecode is at an address. */
  atAddress(address: Address): { readonly sfi: Tagged; readonly offset: number } | undefined {
    for (const sfi of this.known) {
      const bytecodes = this.bytecodes(sfi);
      if (bytecodes === 0) continue;
      const offset = address - this.bytecodeStart(bytecodes);
      if (offset >= 0 && offset < this.length(bytecodes)) return { sfi, offset };
    }
    return undefined;
  }

  named(name: string): Tagged[] {
    return [...this.known].filter((sfi) => !this.isNative(sfi) && this.nameOf(sfi) === name);
  }

  /** SharedFunctionInfos in the constant pool. */
  innerFunctions(bytecodes: Tagged): Tagged[] {
    const pool = this.heap.get(bytecodes, BytecodeArray.ConstantPool);
    const inner: Tagged[] = [];
    for (const word of this.words(pool)) {
      if (isSmi(word)) continue;
      const text = shortPrint(this.heap, word);
      if (text.startsWith('<SharedFunctionInfo')) inner.push(word);
      else if (text.startsWith('<FixedArray')) {
        for (const nested of this.words(word))
          if (!isSmi(nested) && shortPrint(this.heap, nested).startsWith('<SharedFunctionInfo')) inner.push(nested);
      }
    }
    return inner;
  }

  private words(array: Tagged): Tagged[] {
    const count = smiValue(this.heap.get(array, FixedArray.Length));
    return Array.from({ length: count }, (_, i) => this.heap.getElement(array, FixedArray.Elements, i));
  }

  /** The function as a bytecode listing's source. */
  listingSource(sfi: Tagged): BytecodeSource {
    const { heap } = this;
    const bytecodes = this.bytecodes(sfi);
    const name = heap.get(sfi, SharedFunctionInfo.Name);
    return {
      ...this.jumpConstants(bytecodes),
      name: isSmi(name) ? '' : toHostString(heap, name),
      bytes: this.bytes(bytecodes),
      registerCount: heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 3,
      parameterCount: heap.getI32(bytecodes, BytecodeArray.ParameterCount),
      constants: this.words(heap.get(bytecodes, BytecodeArray.ConstantPool)).map((word) =>
        isSmi(word) ? String(smiValue(word)) : brief(heap, word),
      ),
      handlerTable: this.handlers(bytecodes),
      sourcePositions: this.positions(bytecodes),
      sourcePositionTableSize: smiValue(
        heap.get(heap.get(bytecodes, BytecodeArray.SourcePositionTable), ByteArray.Length),
      ),
      address: Number(BigInt(addressText(this.bytecodeStart(bytecodes)))),
      sharedFunctionInfo: brief(heap, sfi),
    };
  }
}
