// The curves of a picture, from place to chip to slot, and the steps in which the Deoptimizer draws them.

import {
  type CapturedObject,
  type Curve,
  type FrameStateNode,
  type OutputFrame,
  phases,
  type Step,
} from '../../picture/index.ts';
import { type BailoutMoment, objectId, slotId } from './bailout-moment.ts';

const curve = (kind: Curve['kind'], from: string, to: string, group: Curve['class'], conversion?: string): Curve => ({
  id: `${from}>${to}`,
  kind,
  from,
  to,
  class: group,
  conversion,
});

export function curvesOf(
  nodes: readonly FrameStateNode[],
  objects: readonly CapturedObject[],
  outputs: readonly OutputFrame[],
): Curve[] {
  const curves: Curve[] = [];
  const chips = [...nodes.flatMap((node) => node.chips), ...objects.flatMap((object) => object.fields)];
  const byId = new Map(chips.map((chip) => [chip.id, chip]));
  for (const chip of chips) {
    if (chip.place !== undefined) curves.push(curve('read', chip.place, chip.id, chip.class));
    if (chip.object !== undefined) curves.push(curve('hold', chip.id, objectId(chip.object), chip.class));
  }
  for (const { slots } of outputs) {
    for (const slot of slots) {
      if (slot.origin === undefined) continue;
      const chip = byId.get(slot.origin);
      if (chip === undefined) curves.push(curve('write', slot.origin, slot.id, 'tagged'));
      else if (chip.kind !== 'optimizedOut') curves.push(curve('write', chip.id, slot.id, chip.class, chip.conversion));
    }
  }
  return curves;
}

/** Everything the Deoptimizer does for this exit, in order, the future included. @param made what is materialized */
export function stepsOf(
  outputs: readonly OutputFrame[],
  curves: readonly Curve[],
  made: readonly Step[],
  moment: BailoutMoment,
): Step[] {
  const conversions = new Map(curves.map(({ to, conversion }) => [to, conversion]));
  const steps: Step[] = [];
  for (const { phase } of phases) {
    if (phase === 'materialize objects') steps.push(...made);
    if (phase !== 'translate frame') {
      steps.push({ phase, text: moment.phaseText(phase, -1) });
      continue;
    }
    outputs.forEach(({ slots, title }, frame) => {
      for (const slot of slots) {
        const name = slot.label === undefined ? slot.name : `${slot.label} (${slot.name})`;
        const from = slot.source === undefined ? '' : ` gets ${slot.source}`;
        const form = conversions.get(slot.id);
        const late = slot.waits ? ', once objects are materialized' : '';
        const text = `${title}: [top + ${slot.offset}] ${name}${from}${form === undefined ? '' : `: ${form}`}${late}.`;
        steps.push({ phase, frame, slot: slot.id, isPart: true, text });
      }
      steps.push({ phase, frame, text: moment.phaseText(phase, frame) });
    });
  }
  return steps;
}

export function nowOf(steps: readonly Step[], { phase, slot, made, deoptimization }: BailoutMoment): number {
  if (made !== undefined)
    return steps.findIndex((step) => step.phase === phase) + deoptimization!.materialized.indexOf(made);
  if (slot !== undefined)
    return steps.findIndex((step) => step.phase === phase && step.slot === slotId(slot.frame, slot.offset));
  const frame = phase === 'translate frame' ? deoptimization!.currentFrame : undefined;
  return steps.findIndex((step) => step.phase === phase && step.frame === frame && !step.isPart);
}
