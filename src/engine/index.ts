// The engine's whole public face: what the adapter, the language server and the command line may use.

export * from './debug/index.ts';
