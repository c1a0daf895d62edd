// An assembler for WebAssembly with expressions, structured control and labels, for code that people write and read.
//
//   const sum = f.local(I32);
//   f.emit([set(sum, add(load(base, 8), 2)), when(ltS(sum, limit), [branch(again)])])
//
// Everything is `Code`: a tree whose leaves are bytes and marks, in postfix order. An expression leaves one value, a statement
// none. A number where a value is expected is an i32 constant. Labels are resolved when the tree is walked: `block` puts its
// label at its end, `loop` at its start.
//
// Invariant: a branch stands inside the block or loop of its label; anything else throws while assembling.

import { Saturating, ValueType, Wasm, type WasmFunction, WasmWriter } from './encoder.ts';

/** Where branches go. */
export class Label {
  readonly name: string;
  /** Nesting depth of its construct while that is being assembled, else −1. */
  depth = -1;
  constructor(name: string) {
    this.name = name;
  }
}

/** What is known only when the nesting is: the start or end of a construct, or a branch. */
interface Mark {
  readonly kind: 'open' | 'close' | 'branch' | 'table';
  readonly op: Wasm;
  readonly labels: readonly (Label | undefined)[];
}

export type Code = number | Mark | readonly Code[];

/** A local variable; its use as a value reads it. */
export class Local {
  readonly index: number;
  readonly type: ValueType;
  readonly get: Code;
  constructor(index: number, type: ValueType) {
    this.index = index;
    this.type = type;
    this.get = [Wasm.LocalGet, unsigned(index)];
  }
}

/** A value: an expression, a local, or an i32 constant. */
export type Value = Code | Local;

/** LEB128; most are one byte, which is its own code. */
const unsigned = (value: number): Code => {
  if (value < 128) return value;
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
};

const value = (v: Value): Code => (typeof v === 'number' ? i32(v) : v instanceof Local ? v.get : v);

// --- constants and locals -------------------------------------------------------------------------------------------------

export const i32 = (n: number): Code => {
  const bytes: number[] = [Wasm.I32Const];
  let rest = n | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
};
export const i64 = (n: bigint): Code => {
  const writer = new WasmWriter();
  writer.i64(n);
  return [writer.bytes];
};
export const f64 = (n: number): Code => {
  const writer = new WasmWriter();
  writer.f64(n);
  return [writer.bytes];
};

export const set = (local: Local, v: Value): Code => [value(v), Wasm.LocalSet, unsigned(local.index)];
/** `local = local + n`. */
export const increase = (local: Local, n: Value): Code => set(local, add(local, n));

// --- memory: `offset` is a byte offset added to the address, not negative unless folded into the address -----------------------

const access = (op: Wasm, offset: number): Code => [op, 0, unsigned(offset)];
/** An address with what a negative offset subtracts. */
const at = (address: Value, offset: number): Code => (offset < 0 ? add(address, offset) : value(address));
const loader =
  (op: Wasm) =>
  (address: Value, offset = 0): Code => [at(address, offset), access(op, Math.max(0, offset))];
const storer =
  (op: Wasm) =>
  (address: Value, offset: number, v: Value): Code => [at(address, offset), value(v), access(op, Math.max(0, offset))];

export const load = loader(Wasm.I32Load);
export const load8U = loader(Wasm.I32Load8U);
export const load8S = loader(Wasm.I32Load8S);
export const load16U = loader(Wasm.I32Load16U);
export const load16S = loader(Wasm.I32Load16S);
export const load64 = loader(Wasm.I64Load);
export const loadF64 = loader(Wasm.F64Load);
export const store = storer(Wasm.I32Store);
export const store8 = storer(Wasm.I32Store8);
export const store64 = storer(Wasm.I64Store);
export const storeF64 = storer(Wasm.F64Store);

// --- operators --------------------------------------------------------------------------------------------------------------

const binary =
  (op: Wasm) =>
  (a: Value, b: Value): Code => [value(a), value(b), op];
const unary =
  (op: Wasm) =>
  (a: Value): Code => [value(a), op];

export const add = binary(Wasm.I32Add);
export const sub = binary(Wasm.I32Sub);
export const mul = binary(Wasm.I32Mul);
export const and = binary(Wasm.I32And);
export const or = binary(Wasm.I32Or);
export const xor = binary(Wasm.I32Xor);
export const shl = binary(Wasm.I32Shl);
export const shrS = binary(Wasm.I32ShrS);
export const shrU = binary(Wasm.I32ShrU);
export const remS = binary(Wasm.I32RemS);
export const eq = binary(Wasm.I32Eq);
export const ne = binary(Wasm.I32Ne);
export const ltS = binary(Wasm.I32LtS);
export const ltU = binary(Wasm.I32LtU);
export const gtS = binary(Wasm.I32GtS);
export const gtU = binary(Wasm.I32GtU);
export const leS = binary(Wasm.I32LeS);
export const geS = binary(Wasm.I32GeS);
export const geU = binary(Wasm.I32GeU);
export const eqz = unary(Wasm.I32Eqz);
export const extend64S = unary(Wasm.I64ExtendI32S);
export const wrap64 = unary(Wasm.I32WrapI64);
export const mul64 = binary(Wasm.I64Mul);
export const eq64 = binary(Wasm.I64Eq);
export const fadd = binary(Wasm.F64Add);
export const fsub = binary(Wasm.F64Sub);
export const fmul = binary(Wasm.F64Mul);
export const fdiv = binary(Wasm.F64Div);
export const feq = binary(Wasm.F64Eq);
export const fne = binary(Wasm.F64Ne);
export const flt = binary(Wasm.F64Lt);
export const fgt = binary(Wasm.F64Gt);
export const fle = binary(Wasm.F64Le);
export const fge = binary(Wasm.F64Ge);
export const fmin = binary(Wasm.F64Min);
export const fmax = binary(Wasm.F64Max);
export const fsqrt = unary(Wasm.F64Sqrt);
export const ffloor = unary(Wasm.F64Floor);
export const fceil = unary(Wasm.F64Ceil);
export const ftrunc = unary(Wasm.F64Trunc);
export const fabs = unary(Wasm.F64Abs);
export const toF64S = unary(Wasm.F64ConvertI32S);
export const toF64U = unary(Wasm.F64ConvertI32U);
export const bitsOfF64 = unary(Wasm.I64ReinterpretF64);
/** Truncates toward zero; saturates outside of the int32 range. */
export const truncateI32 = (v: Value): Code => [value(v), Wasm.Saturating, Saturating.I32F64S];
export const truncateI64 = (v: Value): Code => [value(v), Wasm.Saturating, Saturating.I64F64S];
/** `condition ? whenTrue : whenFalse`, both evaluated. */
export const select = (condition: Value, whenTrue: Value, whenFalse: Value): Code => [
  value(whenTrue),
  value(whenFalse),
  value(condition),
  Wasm.Select,
];

// --- control ------------------------------------------------------------------------------------------------------------------

const mark = (kind: Mark['kind'], op: Wasm, ...labels: (Label | undefined)[]): Mark => ({ kind, op, labels });
const end = mark('close', Wasm.End);

/** Branches to `label` go behind `body`. */
export const block = (label: Label, body: Code): Code => [mark('open', Wasm.Block, label), body, end];
/** Branches to `label` go to the start of `body`; falling out of `body` leaves the loop. */
export const loop = (label: Label, body: Code): Code => [mark('open', Wasm.Loop, label), body, end];
export const when = (condition: Value, then: Code, otherwise?: Code): Code =>
  otherwise === undefined
    ? [value(condition), mark('open', Wasm.If, undefined), then, end]
    : [value(condition), mark('open', Wasm.If, undefined), then, Wasm.Else, otherwise, end];
export const branch = (label: Label): Code => mark('branch', Wasm.Br, label);
export const branchIf = (label: Label, condition: Value): Code => [value(condition), mark('branch', Wasm.BrIf, label)];
/** To `labels[index]`; to the last one when there is none. */
export const branchTable = (index: Value, labels: readonly Label[]): Code => [
  value(index),
  { kind: 'table', op: Wasm.BrTable, labels },
];
/** A call of the module's function `index`. */
export const call = (index: number, ...args: readonly Value[]): Code => [args.map(value), Wasm.Call, unsigned(index)];
export const returns = (v: Value): Code => [value(v), Wasm.Return];
export const unreachable: Code = Wasm.Unreachable;

/** A function being assembled. Locals are given back at the end of `scope`, and reused. */
export class FunctionAssembler {
  private readonly parameters: ValueType[];
  private readonly types: ValueType[];
  private inUse: boolean[];

  constructor(parameters: readonly ValueType[]) {
    this.parameters = [...parameters];
    this.types = [...parameters];
    this.inUse = parameters.map(() => true);
  }

  parameter(index: number): Local {
    return new Local(index, this.parameters[index]!);
  }

  /** A free local; its value is undefined until it is set. */
  local(type: ValueType = ValueType.I32): Local {
    let index = this.types.findIndex((t, i) => t === type && !this.inUse[i]);
    if (index < 0) index = this.types.push(type) - 1;
    this.inUse[index] = true;
    return new Local(index, type);
  }

  /** Runs `make`; the locals that it took are free again afterwards. */
  scope(make: () => Code): Code {
    const before = [...this.inUse];
    const code = make();
    this.inUse = this.types.map((_, i) => before[i] ?? false);
    return code;
  }

  /** The finished function. @throws when a branch stands outside of its label's construct */
  finish(code: Code, results: readonly ValueType[], exported?: string): WasmFunction {
    return {
      parameters: this.parameters,
      results,
      locals: this.types.slice(this.parameters.length),
      body: resolve(code),
      ...(exported === undefined ? {} : { exported }),
    };
  }
}

const emptyBlockType = 0x40;

/** Bytes of a tree, with labels as relative depths. */
function resolve(code: Code): Uint8Array {
  let bytes = new Uint8Array(1 << 14);
  let size = 0;
  let depth = 0;
  const open: (Label | undefined)[] = [];
  const put = (byte: number): void => {
    if (size === bytes.length) {
      const grown = new Uint8Array(2 * size);
      grown.set(bytes);
      bytes = grown;
    }
    bytes[size++] = byte;
  };
  const putDepth = (label: Label): void => {
    if (label.depth < 0) throw new Error(`a branch to '${label.name}' stands outside of it`);
    let rest = depth - 1 - label.depth;
    for (; rest > 127; rest >>>= 7) put((rest & 127) | 128);
    put(rest);
  };
  const putMark = ({ kind, op, labels }: Mark): void => {
    put(op);
    if (kind === 'open') {
      put(emptyBlockType);
      const label = labels[0];
      open.push(label);
      if (label !== undefined) label.depth = depth;
      depth++;
    } else if (kind === 'close') {
      const label = open.pop();
      if (label !== undefined) label.depth = -1;
      depth--;
    } else {
      if (kind === 'table') walk(unsigned(labels.length - 1));
      for (const label of labels) putDepth(label!);
    }
  };
  const walk = (part: Code): void => {
    if (typeof part === 'number') put(part);
    else if ('kind' in part) putMark(part);
    else for (let i = 0; i < part.length; i++) walk(part[i]!);
  };
  walk(code);
  return bytes.subarray(0, size);
}
