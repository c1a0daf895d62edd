// Translated values as chips: the one place that says in words where a value is, how the machine holds it, and what it becomes.
// Nothing here allocates in the heap: a stop in machine code may be in the middle of an allocation.

import type { Chip, ValueClass } from '../../picture/index.ts';
import {
  type TranslatedState,
  type TranslatedValue,
  TranslationOpcode,
  type WrittenSlot,
} from '../deoptimizer/index.ts';
import { isSmi, type Tagged } from '../heap/index.ts';
import {
  descriptorDetails,
  descriptorKey,
  detailsFieldIndex,
  fieldLabel,
  heapTypeOf,
  InstanceType,
  isFieldDetails,
  isMap,
  mapDescriptors,
  mapInObjectStart,
  mapInstanceType,
  mapOwnDescriptors,
  StaticRoot,
} from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { hex64 } from './addresses.ts';
import { nameText, type ValueName } from './frame-names.ts';
import { describeMap, preview } from './preview.ts';
import { keyText } from './properties.ts';
import type { DebugTarget } from './target.ts';
import { locationOf, machineText, rebuiltText, wordOf } from './translated-text.ts';

/** Longer texts of values are cut: a picture is sent at every step. */
const longest = 160;

export const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const classes: Readonly<Record<string, ValueClass>> = {
  tagged: 'tagged',
  compressed: 'tagged',
  bit: 'bit',
  float32: 'double',
  float64: 'double',
  holeyFloat64: 'double',
};

export function classOf(value: TranslatedValue): ValueClass {
  if (value.kind === 'optimizedOut') return 'none';
  if (value.kind !== 'value') return 'object';
  return value.source === 'literal' ? 'literal' : (classes[value.representation] ?? 'integer');
}

const shortNames: Readonly<Record<string, string>> = { float64: 'f64', float32: 'f32', holeyFloat64: 'holey f64' };

/** `int32 0x4a1 → Smi 1185`; undefined where the word is taken as it is. */
function conversionOf(rt: Runtime, state: TranslatedState, value: TranslatedValue): string | undefined {
  if (value.kind === 'optimizedOut') return undefined;
  if (value.kind !== 'value') {
    const captured = state.objects[value.objectIndex];
    const what = captured?.opcode === TranslationOpcode.ArgumentsElements ? 'arguments' : 'captured';
    return value.kind === 'duplicated' ? `same object #${value.objectIndex}` : `${what} → object`;
  }
  const { representation } = value;
  if (classOf(value) === 'tagged' || value.source === 'literal') return undefined;
  const name = shortNames[representation] ?? representation;
  if (representation === 'bit') return `bit ${value.lo & 1} → ${rebuiltText(rt, state, value)}`;
  const word = wordOf(state, value);
  const boxed = representation.startsWith('big') ? 'BigInt' : 'HeapNumber';
  const type = word === undefined ? boxed : isSmi(word) ? 'Smi' : word === StaticRoot.TheHole ? '' : boxed;
  const rebuilt = rebuiltText(rt, state, value);
  // A double is the same digits on both sides, and they can be many.
  if (classOf(value) === 'double') return `${name} → ${type === 'Smi' ? `Smi ${rebuilt}` : type || rebuilt}`;
  const machine = machineText(value).replace(/^0x0+(?=[0-9a-f])/, '0x');
  return `${name} ${machine} → ${type === 'Smi' ? `Smi ${rebuilt}` : type}`;
}

/** @param id the chip's id @param place id of the place it is read from */
export function chipOf(
  rt: Runtime,
  state: TranslatedState,
  value: TranslatedValue,
  id: string,
  name: ValueName,
  place: string | undefined,
): Chip {
  const conversion = conversionOf(rt, state, value);
  return {
    id,
    name: nameText(name),
    variable: name.variable,
    kind: value.kind,
    place,
    where: locationOf(value),
    representation: value.kind === 'value' ? value.representation : '',
    class: classOf(value),
    machine: value.kind === 'value' ? machineText(value) : '',
    rebuilt: cut(rebuiltText(rt, state, value)),
    conversion: conversion === undefined ? undefined : cut(conversion),
    waits: value.kind !== 'optimizedOut' && !state.fitsWord(value),
    object: value.kind === 'captured' || value.kind === 'duplicated' ? value.objectIndex : undefined,
  };
}

/** The map of a captured object, where its translation says so. */
export function capturedMap(rt: Runtime, state: TranslatedState, object: TranslatedValue): Tagged | undefined {
  const [first] = object.children;
  const word = first === undefined ? undefined : wordOf(state, first);
  return word !== undefined && !isSmi(word) && isMap(rt.heap, word) ? word : undefined;
}

export function capturedWhat(rt: Runtime, state: TranslatedState, object: TranslatedValue): string {
  if (object.opcode === TranslationOpcode.ArgumentsElements) return 'arguments elements';
  const map = capturedMap(rt, state, object);
  return map === undefined ? `${object.children.length} words` : describeMap(rt, map);
}

/** Names of a captured object's words: `map`, `elements`, `x`. */
export function fieldNames(rt: Runtime, state: TranslatedState, object: TranslatedValue): string[] {
  const { heap } = rt;
  const names = object.children.map((_, i) => (i === 0 ? 'map' : `word ${i}`));
  const map = capturedMap(rt, state, object);
  if (map === undefined) return names;
  const type = mapInstanceType(heap, map);
  const row = heapTypeOf(type);
  const named = [...(row?.fields ?? []), ...(row?.first ?? [])];
  for (let i = 1; i < names.length; i++) {
    const field = named[i];
    if (field !== undefined) names[i] = fieldLabel(field.name);
    else if (row?.rest !== undefined) names[i] = String(i - row.fields.length);
  }
  if (type < InstanceType.FirstJSReceiver) return names;
  const start = mapInObjectStart(heap, map) / 4;
  const descriptors = mapDescriptors(heap, map);
  for (let i = 0, count = mapOwnDescriptors(heap, map); i < count; i++) {
    const details = descriptorDetails(heap, descriptors, i);
    const word = start + detailsFieldIndex(details);
    if (isFieldDetails(details) && word < names.length)
      names[word] = cut(keyText(heap, descriptorKey(heap, descriptors, i)));
  }
  return names;
}

/** A field's value, on one line; a double in a box of its own is the double. */
function fieldText(rt: Runtime, state: TranslatedState, value: TranslatedValue): string {
  if (value.kind === 'value') return rebuiltText(rt, state, value);
  const object = value.kind === 'duplicated' ? state.objects[value.objectIndex]! : value;
  if (object.hasTagged) return preview(rt, object.tagged, 0);
  const map = capturedMap(rt, state, object);
  const isBox = map !== undefined && mapInstanceType(rt.heap, map) === InstanceType.HeapNumber;
  return isBox ? rebuiltText(rt, state, object.children[1]!) : '{…}';
}

/** A captured object as `preview` shows one that is there: `{x: 1, y: 2}`. */
export function capturedText(rt: Runtime, state: TranslatedState, value: TranslatedValue): string {
  const object = value.kind === 'duplicated' ? state.objects[value.objectIndex]! : value;
  const map = capturedMap(rt, state, object);
  if (map === undefined || mapInstanceType(rt.heap, map) < InstanceType.FirstJSReceiver)
    return rebuiltText(rt, state, value);
  const names = fieldNames(rt, state, object);
  const own = Array.from({ length: mapOwnDescriptors(rt.heap, map) }, (_, i) =>
    cut(keyText(rt.heap, descriptorKey(rt.heap, mapDescriptors(rt.heap, map), i))),
  );
  const fields = own.flatMap((name) => {
    const child = object.children[names.lastIndexOf(name)];
    return child === undefined ? [] : [`${name}: ${fieldText(rt, state, child)}`];
  });
  const type = describeMap(rt, map).replace(/ ?\{.*$/, '');
  return cut(`${type === '' ? '' : `${type} `}{${fields.join(', ')}}`);
}

/** `rbx, tagged`. */
export const sourceText = ({ kind, where, representation }: Chip): string =>
  kind === 'value' ? `${where}, ${representation}` : where;

/** @param isOnStack the frames stand on the stack: what waited for an allocation is there */
export function slotText({ heap, rt }: DebugTarget, slot: WrittenSlot, isOnStack: boolean): string {
  const word = slot.isTagged && isOnStack ? heap.i32[slot.address >> 2]! : slot.lo;
  if (slot.isTagged) return cut(preview(rt, word));
  return slot.hi === 0 ? String(slot.lo) : hex64(slot.lo, slot.hi);
}
