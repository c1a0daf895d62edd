export { keepUnchanged, layoutOf } from './layout.ts';
export {
  type Badge,
  type Box,
  badgeFont,
  type Column,
  type CurveLine,
  fitted,
  type Layout,
  type LayoutOptions,
  type Row,
  rowHeight,
  type Text,
} from './layout-parts.ts';
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
export {
  type Belongs,
  belongsTo,
  type CurveState,
  type Moment,
  momentAt,
  nextPhase,
  type PhaseState,
  pathsOf,
  phaseStates,
  type SlotState,
  slotText,
} from './playback.ts';
