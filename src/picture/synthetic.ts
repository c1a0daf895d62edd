// A picture of any size, made by rule, for tests of playback and layout and for looking at: every value class, an object with a
// duplicate in each frame, some values optimized out.

import type { Chip, Curve, FrameSlot, FrameTranslation, MachinePlace, Step, ValueClass } from './model.ts';
import { phases } from './phases.ts';

const kinds: readonly (readonly [ValueClass, string, string | undefined])[] = [
  ['tagged', 'tagged', undefined],
  ['integer', 'int32', 'int32 0x2a → Smi 42'],
  ['double', 'float64', 'f64 0.5 → HeapNumber 0.5'],
  ['bit', 'bit', 'bit 1 → true'],
  ['literal', 'tagged', undefined],
  ['object', '', 'captured → object'],
];

/** Slots that wait, in the order of writing; an object is made with the first of its slots. */
function filled(outputs: FrameTranslation['outputs'], frames: FrameTranslation['frames']): Step[] {
  const made = new Set<number>();
  const chips = new Map(frames.flatMap((frame) => frame.chips.map((chip) => [chip.id, chip] as const)));
  return outputs
    .flatMap(({ slots }) => slots)
    .filter(({ waits }) => waits)
    .map(({ id, origin, name }): Step => {
      const object = chips.get(origin!)!.object;
      const isNew = object !== undefined && !made.has(object);
      if (isNew) made.add(object);
      return {
        phase: 'materialize objects',
        slot: id,
        object: isNew ? `o${object}` : undefined,
        isPart: true,
        text: `${name} is filled`,
      };
    });
}

export function synthetic(frameCount: number, valuesEach: number): FrameTranslation {
  const places: MachinePlace[] = [];
  const curves: Curve[] = [];
  const steps: Step[] = [];
  const objects: FrameTranslation['objects'][number][] = [];
  const frames = Array.from({ length: frameCount }, (_, f) => {
    const chips = Array.from({ length: valuesEach }, (__, v): Chip => {
      const [group, representation, conversion] = kinds[v % kinds.length]!;
      const isOut = v % 13 === 12;
      const isObject = group === 'object' && !isOut;
      const isFirst = isObject && objects.length === f;
      const id = `f${f}.v${v}`;
      const place = isOut || isObject ? undefined : `fp${-8 * (places.length + 4)}`;
      if (place !== undefined) {
        places.push({
          id: place,
          kind: 'stack',
          name: `[fp - ${8 * (places.length + 4)}]`,
          address: `0x1c2f00${(0x1ff000 - 8 * places.length).toString(16)}`,
          bits: '0x000000000000002a',
          meaning: `value ${v}`,
          class: group,
          readBy: [id],
        });
        curves.push({ id: `${place}>${id}`, kind: 'read', from: place, to: id, class: group });
      }
      if (isFirst) objects.push({ id: `o${f}`, index: f, what: '{x: Smi}', fields: [] });
      const object = isObject ? f : undefined;
      if (object !== undefined)
        curves.push({ id: `${id}>o${object}`, kind: 'hold', from: id, to: `o${object}`, class: 'object' });
      return {
        id,
        name: `r${v} local${v}`,
        variable: `local${v}`,
        kind: isOut ? 'optimizedOut' : isFirst ? 'captured' : isObject ? 'duplicated' : 'value',
        place,
        where: place ?? (isOut ? 'optimized out' : `object #${f}`),
        representation: isOut || isObject ? '' : representation,
        class: isOut ? 'none' : group,
        machine: '0x2a',
        rebuilt: '42',
        conversion: isOut ? undefined : conversion,
        waits: !isOut && (group === 'double' || group === 'object'),
        object,
      };
    });
    return { id: `f${f}`, function: `fn${f}`, kind: 'interpreted', title: `fn${f} @ ${f}`, bytecodeOffset: f, chips };
  });
  const outputs = frames.map(({ title, chips }, f) => {
    const size = 8 * chips.length;
    const slots = chips.map((chip, v): FrameSlot => {
      const offset = size - 8 - 8 * v;
      const id = `s${f}.${offset}`;
      if (chip.kind !== 'optimizedOut')
        curves.push({
          id: `${chip.id}>${id}`,
          kind: 'write',
          from: chip.id,
          to: id,
          class: chip.class,
          conversion: chip.conversion,
        });
      return {
        id,
        offset,
        address: `0x${offset.toString(16)}`,
        name: `stack parameter (input #${v})`,
        label: chip.name,
        origin: chip.id,
        source: chip.where,
        value: '42',
        waits: chip.waits,
      };
    });
    return { id: `out${f}`, function: `fn${f}`, kind: 'interpreted', title, size, slots };
  });
  for (const { phase, does } of phases) {
    if (phase === 'materialize objects') steps.push(...filled(outputs, frames));
    if (phase !== 'translate frame') steps.push({ phase, text: does });
    else
      outputs.forEach(({ slots }, frame) => {
        for (const slot of slots) steps.push({ phase, frame, slot: slot.id, isPart: true, text: slot.name });
        steps.push({ phase, frame, text: does });
      });
  }
  const register = (name: string): MachinePlace => ({
    id: name,
    kind: 'register',
    name,
    bits: '0x0000000000000000',
    meaning: '0',
    class: 'none',
    readBy: [],
  });
  return {
    number: 1,
    kind: 'eager',
    reason: 'wrong map',
    explanation: 'Another shape.',
    exitIndex: 0,
    input: {
      function: 'fn0',
      optimizationId: 0,
      pc: '0x1c2f00400000',
      registers: ['rax', 'rcx', 'rdx', 'rbx'].map(register),
      stack: places,
      literals: [],
    },
    frames,
    objects,
    outputs,
    curves,
    steps,
    now: steps.length - 1,
    code: [],
  };
}
