/** Making WebAssembly: module encoding, and an assembler with structured control and named labels. */
export * from './assembler.ts';
export { encodeModule, Saturating, ValueType, Wasm, type WasmFunction, WasmWriter } from './encoder.ts';
