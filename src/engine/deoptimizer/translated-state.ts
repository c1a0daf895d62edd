// TranslatedState → TranslatedFrame → TranslatedValue (V8: translated-state.h): one translation, read against one stopped
// optimized frame. The same walk serves the Deoptimizer and inspection in the debugger.
//
// Invariant: reading allocates nothing in the heap and changes nothing. Only `TranslatedState.valueOf` of a value that has
// no tagged form yet (a double, a word64, a captured object) allocates, once: the value then keeps its object.

import {
  type BuiltinContinuation,
  continuationAt,
  continuationOffset,
  FrameOffset,
  slotOffset,
} from '../frames/index.ts';
import { type Address, fitsSmi, type Heap, smi, smiMax, smiMin, type Tagged } from '../heap/index.ts';
import { type Factory, FixedArray, MapObject, SharedFunctionInfo, StaticRoot } from '../objects/index.ts';
import { argumentsElements, type CreateArgumentsType } from './frame-translation-builder.ts';
import { FrameTranslationReader } from './frame-translation-reader.ts';
import { isRawNumberType, Materializer } from './materializer.ts';
import {
  type FrameInfo,
  type FrameKind,
  TranslationOpcode,
  translationOpcodes,
  type ValueRepresentation,
  type ValueSource,
} from './translation-opcode.ts';

/** Where the machine state of an optimized frame can be read: offsets into linear memory. */
export interface FrameInput {
  /** The frame pointer's value. */
  readonly fp: Address;
  /** Where the slot that fp points to can be read now: fp itself on the live stack, or its copy in a FrameDescription. */
  readonly slotsAt: Address;
  /** Register 0 of the 16 saved general registers; 0 where they are not known (a caller's frame). */
  readonly gpr: Address;
  /** Bytes from one general register to the next: 8, or −8 where they were pushed. */
  readonly gprStride?: number;
  /** First saved XMM register; 0 where they are not known. */
  readonly xmm: Address;
  /** Bytes from one XMM register to the next. */
  readonly xmmStride: number;
}

export type ValueKind = 'value' | 'captured' | 'duplicated' | 'optimizedOut';

const none: readonly TranslatedValue[] = [];

/** One value of a frame, as the machine holds it and as the interpreter wants it. */
export class TranslatedValue {
  readonly kind: ValueKind;
  readonly opcode: TranslationOpcode;
  readonly source: ValueSource;
  readonly representation: ValueRepresentation;
  /** Register code, slot index or literal index. */
  readonly index: number;
  /** Raw machine words: the low half holds int32, bit and tagged values. */
  readonly lo: number;
  readonly hi: number;
  /** For float64, float32. */
  readonly double: number;
  /** Captured objects: their fields, map first. */
  readonly children: readonly TranslatedValue[];
  /** Captured and duplicated: the object's number. */
  readonly objectIndex: number;
  /** The tagged word once it exists; before, `hasTagged` is false. */
  tagged: Tagged = 0;
  hasTagged = false;

  constructor(
    kind: ValueKind,
    opcode: TranslationOpcode,
    source: ValueSource,
    representation: ValueRepresentation,
    index: number,
    lo: number,
    hi: number,
    double: number,
    objectIndex: number,
    children: readonly TranslatedValue[] = none,
  ) {
    this.kind = kind;
    this.opcode = opcode;
    this.source = source;
    this.representation = representation;
    this.index = index;
    this.lo = lo;
    this.hi = hi;
    this.double = double;
    this.objectIndex = objectIndex;
    this.children = children;
  }
}

/** One frame to be: values are function, parameters with receiver, context, registers, accumulator (interpreted frames). */
export class TranslatedFrame {
  /** The kind's row. */
  readonly info: FrameInfo;
  /** Of a continuation: what V8 has in its place. */
  readonly bytecodeOffset: number;
  readonly sharedFunctionInfo: Tagged;
  readonly bytecodeArray: Tagged;
  readonly height: number;
  readonly returnOffset: number;
  readonly returnCount: number;
  /** Parameters of the function, receiver included. */
  readonly parameterCount: number;
  readonly values: TranslatedValue[] = [];

  constructor(
    info: FrameInfo,
    bytecodeOffset: number,
    sharedFunctionInfo: Tagged,
    bytecodeArray: Tagged,
    height: number,
    returnOffset: number,
    returnCount: number,
    parameterCount: number,
  ) {
    this.info = info;
    this.bytecodeOffset = bytecodeOffset;
    this.sharedFunctionInfo = sharedFunctionInfo;
    this.bytecodeArray = bytecodeArray;
    this.height = height;
    this.returnOffset = returnOffset;
    this.returnCount = returnCount;
    this.parameterCount = parameterCount;
  }

  get kind(): FrameKind {
    return this.info.kind;
  }
  /** Of a continuation. */
  get builtin(): BuiltinContinuation {
    return continuationAt(this.bytecodeOffset);
  }
  get function(): TranslatedValue {
    return this.values[0]!;
  }
  parameter(i: number): TranslatedValue {
    return this.values[1 + i]!;
  }
  get context(): TranslatedValue {
    return this.values[1 + this.parameterCount]!;
  }
  register(i: number): TranslatedValue {
    return this.values[2 + this.parameterCount + i]!;
  }
  get accumulator(): TranslatedValue {
    return this.values[2 + this.parameterCount + this.height]!;
  }
}

export class TranslatedState {
  readonly frames: TranslatedFrame[] = [];
  /** Captured objects (and arguments elements) in the order of their numbers. */
  readonly objects: TranslatedValue[] = [];
  private readonly heap: Heap;
  private readonly materializer: Materializer;
  private readonly literals: Tagged;
  /** The call site at which this bailout forbids speculation. */
  readonly feedback: { readonly vector: Tagged; readonly slot: number } | undefined;
  private readonly input: FrameInput;
  /** Parameters of the outermost function, which is the frame's, without the receiver. */
  private formal = 0;

  /**
   * Reads a whole translation.
   * @param stream offset of the frame translation's first byte in linear memory, `length` its bytes, `index` the translation
   * @param literals the literal array (a FixedArray)
   */
  constructor(
    heap: Heap,
    factory: Factory,
    stream: number,
    length: number,
    index: number,
    literals: Tagged,
    input: FrameInput,
  ) {
    this.heap = heap;
    this.literals = literals;
    this.input = input;
    this.materializer = new Materializer(heap, factory);
    const reader = new FrameTranslationReader(heap.u8, stream, stream + length, index);
    reader.next();
    const count = reader.operand(0);
    if (reader.peek() === TranslationOpcode.UpdateFeedback) {
      reader.next();
      this.feedback = { vector: this.literal(reader.operand(0)), slot: reader.operand(1) };
    }
    for (let i = 0; i < count; i++) this.readFrame(reader);
  }

  /** Frames of JavaScript functions, outermost first. */
  get jsFrames(): TranslatedFrame[] {
    return this.frames.filter((frame) => frame.kind === 'interpreted');
  }

  /**
   * The tagged value, exactly as the interpreter would hold it (R13). Allocates HeapNumbers, BigInts and captured objects
   * at first need; later calls return the same object.
   */
  valueOf(value: TranslatedValue): Tagged {
    if (value.kind === 'duplicated') return this.valueOf(this.original(value));
    if (!value.hasTagged) {
      if (value.kind === 'captured') this.materializer.materialize(this, value);
      else value.tagged = this.materializer.box(value);
      value.hasTagged = true;
    }
    return value.tagged;
  }

  /** The value itself; of a duplicate, the object that it is the same as. */
  original(value: TranslatedValue): TranslatedValue {
    return value.kind === 'duplicated' ? this.original(this.objects[value.objectIndex]!) : value;
  }

  /** Whether `valueOf` needs no allocation. */
  isSimple(value: TranslatedValue): boolean {
    return value.hasTagged || this.fitsWord(value);
  }

  /** Whether it has a tagged form as the machine holds it, or one that takes no allocation: such values are written to output frames at
   *  once, the others afterwards, also where somebody has looked and their object is there. */
  fitsWord(value: TranslatedValue): boolean {
    if (value.kind === 'captured' || value.kind === 'duplicated') return false;
    switch (value.representation) {
      case 'tagged':
      case 'compressed':
      case 'bit':
        return true;
      case 'int32':
        return value.lo >= smiMin && value.lo <= smiMax;
      case 'uint32':
        return value.lo >= 0 && value.lo <= smiMax;
      case 'int64':
        return value.hi === value.lo >> 31 && value.lo >= smiMin && value.lo <= smiMax;
      case 'uint64':
        return value.hi === 0 && value.lo >= 0 && value.lo <= smiMax;
      case 'float32':
      case 'float64':
        return fitsSmi(value.double);
      case 'holeyFloat64':
        return fitsSmi(value.double) || isHoleNan(value);
      default:
        return false;
    }
  }

  /** @param map the first field of a captured object */
  holdsRawNumbers(map: TranslatedValue): boolean {
    return isRawNumberType(this.heap.getU16(this.valueOf(map), MapObject.InstanceType));
  }

  private readFrame(reader: FrameTranslationReader): void {
    const opcode = reader.next();
    const { operands } = reader;
    const { frame: info, at } = translationOpcodes[opcode];
    if (info === undefined || at === undefined) throw new Error(`${translationOpcodes[opcode].name} begins no frame`);
    const shared = this.literal(operands[at.function!]!);
    const functionParameters = info.kind === 'interpreted' ? this.parameterCountOf(shared) : 0;
    const height = at.height === undefined ? 0 : operands[at.height]!;
    const frame = new TranslatedFrame(
      info,
      at.bytecodeOffset === undefined
        ? at.builtin === undefined
          ? -1
          : continuationOffset(operands[at.builtin]!)
        : operands[at.bytecodeOffset]!,
      shared,
      at.bytecodeArray === undefined ? 0 : this.literal(operands[at.bytecodeArray]!),
      height,
      at.returnOffset === undefined ? 0 : operands[at.returnOffset]!,
      at.returnCount === undefined ? 0 : operands[at.returnCount]!,
      at.parameterCount === undefined ? functionParameters : operands[at.parameterCount]!,
    );
    const count = info.values(height, functionParameters);
    if (this.frames.length === 0) this.formal = this.parameterCountOf(shared) - 1;
    for (let i = 0; i < count; i++) frame.values.push(this.readValue(reader));
    this.frames.push(frame);
  }

  private parameterCountOf(shared: Tagged): number {
    return this.heap.getI32(shared, SharedFunctionInfo.FormalParameterCount) + 1;
  }

  private literal(index: number): Tagged {
    return this.heap.getElement(this.literals, FixedArray.Elements, index);
  }

  private readValue(reader: FrameTranslationReader): TranslatedValue {
    const opcode = reader.next();
    const info = translationOpcodes[opcode];
    const index = info.operands.length > 0 ? reader.operand(0) : 0;
    switch (opcode) {
      case TranslationOpcode.CapturedObject: {
        const fields: TranslatedValue[] = [];
        const value = this.newObject(opcode, index, fields);
        for (let i = 0; i < index; i++) fields.push(this.readValue(reader));
        return value;
      }
      case TranslationOpcode.DuplicatedObject:
        return new TranslatedValue('duplicated', opcode, 'none', 'tagged', index, 0, 0, 0, index);
      case TranslationOpcode.ArgumentsElements:
        return this.readArgumentsElements(index);
      case TranslationOpcode.ArgumentsLength:
        return new TranslatedValue('value', opcode, 'none', 'int32', 0, this.argumentCount(), 0, 0, -1);
      case TranslationOpcode.OptimizedOut:
        return new TranslatedValue('optimizedOut', opcode, 'none', 'tagged', 0, StaticRoot.OptimizedOut, 0, 0, -1);
      default:
        return this.readMachineValue(opcode, info.source!, info.representation!, index);
    }
  }

  private newObject(opcode: TranslationOpcode, index: number, fields: readonly TranslatedValue[]): TranslatedValue {
    const at = this.objects.length;
    const object = new TranslatedValue('captured', opcode, 'none', 'tagged', index, 0, 0, 0, at, fields);
    this.objects.push(object);
    return object;
  }

  /** Read at once, as the others: the frames that a bailout writes stand where the arguments were. */
  private readArgumentsElements(type: CreateArgumentsType): TranslatedValue {
    const words = argumentsElements(type, this.formal, this.argumentCount(), (i) => this.argument(i));
    const fields = [StaticRoot.FixedArrayMap, smi(words.length), ...words].map(
      (word) => new TranslatedValue('value', TranslationOpcode.Literal, 'none', 'tagged', 0, word, 0, 0, -1),
    );
    const value = this.newObject(TranslationOpcode.ArgumentsElements, type, fields);
    if (words.length === 0) {
      value.tagged = StaticRoot.EmptyFixedArray;
      value.hasTagged = true;
    }
    return value;
  }

  /** Actual arguments of the optimized frame, without the receiver. */
  argumentCount(): number {
    return this.heap.i32[(this.input.slotsAt + FrameOffset.ArgumentCount) >> 2]! - 1;
  }

  /** Argument i of the optimized frame (0 is the first after the receiver). Those beyond the formal ones are in no copy of the frame. */
  argument(i: number): Tagged {
    const { slotsAt, fp } = this.input;
    return this.heap.i32[((i < this.formal ? slotsAt : fp) + FrameOffset.FirstArgument + 8 * i) >> 2]!;
  }

  private readMachineValue(
    opcode: TranslationOpcode,
    source: ValueSource,
    representation: ValueRepresentation,
    index: number,
  ): TranslatedValue {
    const { heap, input } = this;
    let address = 0;
    if (source === 'literal') {
      return new TranslatedValue('value', opcode, source, representation, index, this.literal(index), 0, 0, -1);
    }
    if (source === 'stack') address = input.slotsAt + slotOffset(index);
    else if (source === 'register') address = input.gpr === 0 ? 0 : input.gpr + (input.gprStride ?? 8) * index;
    else address = input.xmm === 0 ? 0 : input.xmm + input.xmmStride * index;
    if (address === 0)
      throw new Error(
        `a register value (${translationOpcodes[opcode].name} ${index}) in a frame whose registers are gone`,
      );
    const lo = heap.i32[address >> 2]!;
    const hi = heap.i32[(address >> 2) + 1]!;
    let double = 0;
    if (representation === 'float32') {
      double = new Float32Array(Int32Array.of(lo).buffer)[0]!;
    } else if (representation === 'float64' || representation === 'holeyFloat64') {
      double = heap.f64[address >> 3]!;
    }
    return new TranslatedValue('value', opcode, source, representation, index, lo, hi, double, -1);
  }
}

/** The hole in a double: the NaN with V8's pattern. */
export function isHoleNan(value: TranslatedValue): boolean {
  return (value.hi | 0) === (0xfff7ffff | 0);
}
