// Ignition's bytecodes: one table, and everything computed from it.
export * from './bytecode-decoder.ts';
export * from './bytecode-printer.ts';
export * from './bytecode-validator.ts';
export * from './bytecode-writer.ts';
export * from './bytecodes.ts';
export * from './compiled-function.ts';
export { ConstantPoolBuilder } from './constant-pool-builder.ts';
export * from './handler-table.ts';
export * from './registers.ts';
export * from './runtime-ids.ts';
export * from './source-positions.ts';
