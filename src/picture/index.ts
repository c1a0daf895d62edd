export { breakablePhases, type DeoptimizerPhase, type PhaseRow, phases } from './phases.ts';
