// WebAssembly modules, byte by byte: what both generators of this engine emit (the interpreter's loop, translated x64 code).
//
//   (import "m" "m" (memory … shared))   (import "m" "t" (table funcref))   (import "m" NAME (func …)) …
//   (func (export "f") (param …) (result …) locals… body) …

/** Opcodes, as they stand in the bytes. */
export enum Wasm {
  Block = 0x02,
  Loop = 0x03,
  If = 0x04,
  Else = 0x05,
  End = 0x0b,
  Br = 0x0c,
  BrIf = 0x0d,
  BrTable = 0x0e,
  Return = 0x0f,
  Call = 0x10,
  CallIndirect = 0x11,
  Unreachable = 0x00,
  Drop = 0x1a,
  Select = 0x1b,
  LocalGet = 0x20,
  LocalSet = 0x21,
  LocalTee = 0x22,
  I32Load = 0x28,
  I64Load = 0x29,
  F32Load = 0x2a,
  F64Load = 0x2b,
  I32Load8S = 0x2c,
  I32Load8U = 0x2d,
  I32Load16S = 0x2e,
  I32Load16U = 0x2f,
  I64Load32U = 0x35,
  I32Store = 0x36,
  I64Store = 0x37,
  F64Store = 0x39,
  I32Store8 = 0x3a,
  I32Store16 = 0x3b,
  I64Store32 = 0x3e,
  I32Const = 0x41,
  I64Const = 0x42,
  F64Const = 0x44,
  I32Eqz = 0x45,
  I32Eq = 0x46,
  I32Ne = 0x47,
  I32LtS = 0x48,
  I32LtU = 0x49,
  I32GtS = 0x4a,
  I32GtU = 0x4b,
  I32LeS = 0x4c,
  I32LeU = 0x4d,
  I32GeS = 0x4e,
  I32GeU = 0x4f,
  I64Eqz = 0x50,
  I64Eq = 0x51,
  I64Ne = 0x52,
  I64LtS = 0x53,
  F64Eq = 0x61,
  F64Ne = 0x62,
  F64Lt = 0x63,
  F64Gt = 0x64,
  F64Le = 0x65,
  F64Ge = 0x66,
  I32Clz = 0x67,
  I32Ctz = 0x68,
  I32Popcnt = 0x69,
  I32Add = 0x6a,
  I32Sub = 0x6b,
  I32Mul = 0x6c,
  I32DivS = 0x6d,
  I32RemS = 0x6f,
  I32And = 0x71,
  I32Or = 0x72,
  I32Xor = 0x73,
  I32Shl = 0x74,
  I32ShrS = 0x75,
  I32ShrU = 0x76,
  I32RotR = 0x78,
  I64Clz = 0x79,
  I64Add = 0x7c,
  I64Sub = 0x7d,
  I64Mul = 0x7e,
  I64DivS = 0x7f,
  I64DivU = 0x80,
  I64RemS = 0x81,
  I64RemU = 0x82,
  I64And = 0x83,
  I64Or = 0x84,
  I64Xor = 0x85,
  I64Shl = 0x86,
  I64ShrS = 0x87,
  I64ShrU = 0x88,
  F64Abs = 0x99,
  F64Ceil = 0x9b,
  F64Floor = 0x9c,
  F64Trunc = 0x9d,
  F64Nearest = 0x9e,
  F64Sqrt = 0x9f,
  F64Add = 0xa0,
  F64Sub = 0xa1,
  F64Mul = 0xa2,
  F64Div = 0xa3,
  F64Min = 0xa4,
  F64Max = 0xa5,
  I32WrapI64 = 0xa7,
  I64ExtendI32S = 0xac,
  I64ExtendI32U = 0xad,
  F32DemoteF64 = 0xb6,
  F64ConvertI32S = 0xb7,
  F64ConvertI32U = 0xb8,
  F64ConvertI64S = 0xb9,
  F64PromoteF32 = 0xbb,
  I32ReinterpretF32 = 0xbc,
  I64ReinterpretF64 = 0xbd,
  F32ReinterpretI32 = 0xbe,
  F64ReinterpretI64 = 0xbf,
  I32Extend8S = 0xc0,
  I32Extend16S = 0xc1,
  Saturating = 0xfc,
}

/** Second byte after `Wasm.Saturating`. */
export enum Saturating {
  I32F64S = 2,
  I64F64S = 6,
}

export enum ValueType {
  I32 = 0x7f,
  I64 = 0x7e,
  F64 = 0x7c,
  FuncRef = 0x70,
}

const VOID = 0x40;

/** Bytes of a function body. */
export class WasmWriter {
  bytes: number[] = [];

  op(...ops: number[]): void {
    for (let i = 0; i < ops.length; i++) this.bytes.push(ops[i]!);
  }
  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest > 127) {
      this.bytes.push((rest & 127) | 128);
      rest >>>= 7;
    }
    this.bytes.push(rest);
  }
  signed(value: bigint): void {
    let rest = value;
    for (;;) {
      const low = Number(rest & 127n);
      rest >>= 7n;
      if ((rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0)) {
        this.bytes.push(low);
        return;
      }
      this.bytes.push(low | 128);
    }
  }
  i32(value: number): void {
    this.bytes.push(Wasm.I32Const);
    this.signed(BigInt(value | 0));
  }
  i64(value: bigint): void {
    this.bytes.push(Wasm.I64Const);
    this.signed(BigInt.asIntN(64, value));
  }
  f64(value: number): void {
    this.bytes.push(Wasm.F64Const, ...new Uint8Array(new Float64Array([value]).buffer));
  }
  get(local: number): void {
    this.bytes.push(Wasm.LocalGet);
    this.unsigned(local);
  }
  set(local: number): void {
    this.bytes.push(Wasm.LocalSet);
    this.unsigned(local);
  }
  tee(local: number): void {
    this.bytes.push(Wasm.LocalTee);
    this.unsigned(local);
  }
  block(): void {
    this.bytes.push(Wasm.Block, VOID);
  }
  loop(): void {
    this.bytes.push(Wasm.Loop, VOID);
  }
  if(): void {
    this.bytes.push(Wasm.If, VOID);
  }
  br(depth: number): void {
    this.bytes.push(Wasm.Br);
    this.unsigned(depth);
  }
  brIf(depth: number): void {
    this.bytes.push(Wasm.BrIf);
    this.unsigned(depth);
  }
  /** A load or store; alignment is only a hint, and x64 code keeps none. */
  access(op: Wasm, offset: number): void {
    this.bytes.push(op, 0);
    this.unsigned(offset);
  }
}

const leb = (value: number): number[] => {
  const writer = new WasmWriter();
  writer.unsigned(value);
  return writer.bytes;
};
const named = (name: string): number[] => [name.length, ...Buffer.from(name)];

/** A function of a module: parameters are the first locals. */
export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** Further locals. */
  readonly locals: readonly ValueType[];
  /** The body, without its final `end`. */
  readonly body: ArrayLike<number>;
  /** Name under which the module exports it. */
  readonly exported?: string;
}

/** What a module takes from outside beside the memory; functions get the first indices, in this order. */
export interface WasmImports {
  readonly functions: readonly (Pick<WasmFunction, 'parameters' | 'results'> & { readonly name: string })[];
  /** Imports the table of functions `m.t`. */
  readonly table: boolean;
}

/** Runs of equal types, as the code section lists locals. */
function localRuns(types: readonly ValueType[]): [number, ValueType][] {
  const runs: [number, ValueType][] = [];
  for (const type of types) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[1] === type) last[0]++;
    else runs.push([1, type]);
  }
  return runs;
}

/**
 * A module over the imported memory `m.m` of `pages` 64 KiB pages, initial and maximum; functions call each other by index.
 * Imported functions and own ones have one type each, numbered in the same order.
 */
export function encodeModule(
  functions: readonly WasmFunction[],
  pages: number,
  shared: boolean,
  imports: WasmImports = { functions: [], table: false },
): Uint8Array<ArrayBuffer> {
  /** A vector of entries: its count, then each. */
  const section = (id: number, entries: readonly ArrayLike<number>[]): ArrayLike<number>[] => {
    const count = leb(entries.length);
    const size = entries.reduce((sum, entry) => sum + entry.length, count.length);
    return [[id, ...leb(size), ...count], ...entries];
  };
  const limits = shared ? [3, ...leb(pages), ...leb(pages)] : [0, ...leb(pages)];
  const first = imports.functions.length;
  const types = [...imports.functions, ...functions].map((f) => [
    ...[0x60, ...leb(f.parameters.length), ...f.parameters],
    ...[...leb(f.results.length), ...f.results],
  ]);
  const exports = functions.flatMap(({ exported }, index) =>
    exported === undefined ? [] : [[...named(exported), 0, ...leb(first + index)]],
  );
  const imported = [
    [...named('m'), ...named('m'), 2, ...limits],
    ...imports.functions.map(({ name }, index) => [...named('m'), ...named(name), 0, ...leb(index)]),
  ];
  if (imports.table) imported.push([...named('m'), ...named('t'), 1, ValueType.FuncRef, 0, 0]);
  const bodies = functions.map(({ locals, body }) => {
    const runs = localRuns(locals);
    const head = [...leb(runs.length), ...runs.flatMap(([count, type]) => [...leb(count), type])];
    const size = leb(head.length + body.length + 1);
    const bytes = new Uint8Array(size.length + head.length + body.length + 1);
    bytes.set(size);
    bytes.set(head, size.length);
    bytes.set(body, size.length + head.length);
    bytes[bytes.length - 1] = Wasm.End;
    return bytes;
  });
  const parts = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imported),
    ...section(
      3,
      functions.map((_, index) => leb(first + index)),
    ),
    ...section(7, exports),
    ...section(10, bodies),
  ];
  const module = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    module.set(part, at);
    at += part.length;
  }
  return module;
}
