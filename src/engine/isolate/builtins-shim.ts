import type { Runtime } from '../runtime/index.ts';
export const installBuiltins = (_rt: Runtime): void => {};
