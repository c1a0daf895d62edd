// A picture at one of its steps: what is written by then, which curves are drawn, where each phase stands; and the way of one value
// through the whole picture. Pure: the panel plays pictures with it, live ones up to `now`.

import type { Curve, FrameSlot, FrameTranslation, Quoted, Step } from './model.ts';
import { type PhaseRow, phases } from './phases.ts';

export type SlotState = 'empty' | 'written' | 'waits' | 'filled';

/** `planned`: known, but not read yet. `fresh`: drawn by the step itself. */
export type CurveState = 'planned' | 'drawn' | 'waits' | 'fresh';

export interface Moment {
  readonly at: number;
  readonly isRead: boolean;
  readonly slots: ReadonlyMap<string, SlotState>;
  readonly curves: ReadonlyMap<string, CurveState>;
  /** Captured objects that have been made. */
  readonly made: ReadonlySet<string>;
  /** The slot that the step writes or fills, and the object that it makes. */
  readonly fresh: string | undefined;
  readonly freshObject: string | undefined;
}

export function momentAt({ steps, curves, outputs }: FrameTranslation, at: number): Moment {
  const stepOf = (phase: PhaseRow['phase']): number => steps.findIndex((step) => step.phase === phase);
  const isRead = at >= stepOf('read input frame');
  const done = steps.slice(0, at + 1);
  const inPhase = (phase: PhaseRow['phase']): Step[] => done.filter((step) => step.phase === phase);
  const { slot: fresh, object: freshObject } = steps[at] ?? {};
  const written = new Set(inPhase('translate frame').flatMap(({ slot }) => slot ?? []));
  const filled = new Set(inPhase('materialize objects').flatMap(({ slot }) => slot ?? []));
  const made = new Set(done.flatMap(({ object }) => object ?? []));
  const slots = new Map<string, SlotState>();
  for (const { slots: list } of outputs) {
    for (const { id, waits } of list)
      slots.set(id, !written.has(id) ? 'empty' : !waits ? 'written' : filled.has(id) ? 'filled' : 'waits');
  }
  const stateOf = ({ kind, to }: Curve): CurveState => {
    if (kind === 'hold' && to === freshObject) return 'fresh';
    if (kind !== 'write') return isRead ? 'drawn' : 'planned';
    if (to === fresh) return 'fresh';
    const slot = slots.get(to);
    return slot === undefined || slot === 'empty' ? 'planned' : slot === 'waits' ? 'waits' : 'drawn';
  };
  return {
    at,
    isRead,
    slots,
    made,
    fresh,
    freshObject,
    curves: new Map(curves.map((curve) => [curve.id, stateOf(curve)])),
  };
}

export interface PhaseState extends PhaseRow {
  readonly state: 'done' | 'now' | 'ahead';
  /** Steps of the phase; frames of `translate`. */
  readonly first: number;
  readonly last: number;
  /** `2 / 3` while frames are translated, or objects materialized. */
  readonly progress?: string;
}

export function phaseStates({ steps, outputs }: FrameTranslation, at: number): PhaseState[] {
  return phases.map((row): PhaseState => {
    const first = steps.findIndex((step) => step.phase === row.phase);
    const last = steps.findLastIndex((step) => step.phase === row.phase);
    const state = at > last ? 'done' : at < first ? 'ahead' : 'now';
    const step = steps[at];
    const progress =
      state !== 'now' || step === undefined
        ? undefined
        : step.frame !== undefined
          ? `${step.frame + 1} / ${outputs.length}`
          : step.isPart
            ? `${at - first + 1} / ${last - first}`
            : undefined;
    return { ...row, state, first, last, progress };
  });
}

/** Step that a step over goes to: the next phase, or frame. @param by 1 or −1 */
export function nextPhase({ steps }: FrameTranslation, at: number, by: 1 | -1): number {
  for (let i = at + by; i >= 0 && i < steps.length; i += by) if (!steps[i]!.isPart) return i;
  return by > 0 ? steps.length - 1 : 0;
}

/** What stands in a slot at a step. @param conversion of its chip */
export function slotText(slot: FrameSlot, state: SlotState, conversion: string | undefined): string {
  if (state === 'empty') return '';
  if (state === 'waits') return conversion === undefined ? 'waits' : `waits: ${conversion.replace(/^.*→ /, '')}`;
  return slot.value ?? '';
}

interface Graph {
  readonly out: ReadonlyMap<string, readonly string[]>;
  readonly into: ReadonlyMap<string, readonly string[]>;
  readonly curveBetween: ReadonlyMap<string, string>;
}

/** Values flow from places to slots: a field into its object, an object into the chips that hold it. */
function graphOf({ curves, objects }: FrameTranslation): Graph {
  const out = new Map<string, string[]>();
  const into = new Map<string, string[]>();
  const curveBetween = new Map<string, string>();
  const edge = (from: string, to: string, curve?: string): void => {
    out.set(from, [...(out.get(from) ?? []), to]);
    into.set(to, [...(into.get(to) ?? []), from]);
    if (curve !== undefined) curveBetween.set(`${from}|${to}`, curve);
  };
  for (const { id, kind, from, to } of curves) {
    if (kind === 'hold') edge(to, from, id);
    else edge(from, to, id);
  }
  for (const { id, fields } of objects) for (const field of fields) edge(field.id, id);
  return { out, into, curveBetween };
}

/** Ids of everything on a value's way, curves included: where it comes from, and what becomes of it. */
export function pathsOf(translation: FrameTranslation): (id: string) => ReadonlySet<string> {
  const { out, into, curveBetween } = graphOf(translation);
  return (id) => {
    const lit = new Set([id]);
    const follow = (next: ReadonlyMap<string, readonly string[]>, isForward: boolean): void => {
      const seen = new Set([id]);
      const waiting = [id];
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        for (const other of next.get(at) ?? []) {
          const curve = curveBetween.get(isForward ? `${at}|${other}` : `${other}|${at}`);
          if (curve !== undefined) lit.add(curve);
          lit.add(other);
          if (!seen.has(other)) waiting.push(other);
          seen.add(other);
        }
      }
    };
    follow(out, true);
    follow(into, false);
    return lit;
  };
}

export interface Belongs {
  readonly source?: Quoted;
  readonly bytecode?: Quoted;
  readonly code: readonly Quoted[];
}

/** Source, bytecode and machine code that something in the picture belongs to. @param lit its path */
export function belongsTo(translation: FrameTranslation, id: string | undefined, lit: ReadonlySet<string>): Belongs {
  const { code, frames } = translation;
  const whole = { source: translation.source, bytecode: translation.bytecode, code };
  if (id === undefined) return whole;
  const frame =
    frames.find((node, i) => node.chips.some((chip) => chip.id === id) || id.startsWith(`s${i}.`)) ??
    frames.findLast((node) => node.chips.some((chip) => lit.has(chip.id)));
  return frame === undefined ? whole : { source: frame.source, bytecode: frame.bytecode, code };
}
