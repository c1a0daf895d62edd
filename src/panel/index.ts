export type { FromMachine, FromPanel, LineOfBreakpoint, ToMachine, ToPanel } from './messages.ts';
