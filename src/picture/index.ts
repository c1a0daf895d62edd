export type {
  CapturedObject,
  Chip,
  Curve,
  FrameSlot,
  FrameStateNode,
  FrameTranslation,
  MachinePlace,
  OptimizedFrame,
  OutputFrame,
  Place,
  PlaceSource,
  Quoted,
  Step,
  ValueClass,
} from './model.ts';
export { breakablePhases, type DeoptimizerPhase, type PhaseRow, phases } from './phases.ts';
