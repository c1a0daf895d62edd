export type { FromMachine, LineOfBreakpoint, ToMachine } from './machine-messages.ts';
export type { FromPanel, ToPanel } from './messages.ts';
