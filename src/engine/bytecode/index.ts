// Ignition's bytecodes: one table, and everything computed from it.

export * from './bytecode-writer.ts';
export * from './bytecodes.ts';
export * from './compiled-function.ts';
export { ConstantPoolBuilder } from './constant-pool-builder.ts';
export * from './registers.ts';
