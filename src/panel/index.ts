export type { FromPanel, ToPanel } from './messages.ts';
