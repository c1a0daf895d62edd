// Feedback: what the interpreter learns about a program, in V8's shapes.

export * from './element-ic.ts';
export * from './handlers.ts';
export * from './keys.ts';
export * from './lattices.ts';
export * from './literal-sites.ts';
export * from './load-ic.ts';
export * from './operation-feedback.ts';
export * from './printing.ts';
export * from './store-ic.ts';
export * from './vector.ts';
