// What every layer may use.

export * from './flags.ts';
export type { FlagRow } from './flags-data.ts';
