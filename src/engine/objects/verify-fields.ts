// What the rows of heap types say about fields, as rules for the heap verifier: a Smi stands in a Smi field, a weak reference in
// none but a weak one, and where a row names what a field holds, nothing else stands there. A JSObject's fields may be undefined:
// they are until its constructor, which may throw, has set them.

import type { Heap, Tagged } from '../heap/index.ts';
import {
  type FieldRow,
  HeapObject,
  type HeapTypeDescription,
  heapTypes,
  InstanceType,
  MapObject,
  StaticRoot,
  type StaticRootName,
} from '../layout/index.ts';
import { brief } from './printing.ts';

interface FieldRule {
  readonly name: string;
  readonly offset: number;
  readonly mayBeSmi: boolean;
  readonly mayBeWeak: boolean;
  /** undefined: any object. */
  readonly types: ReadonlySet<number> | undefined;
  readonly roots: ReadonlySet<Tagged>;
  readonly holds: readonly string[];
}

/** Rules by instance type. */
export type FieldRules = ReadonlyMap<number, readonly FieldRule[]>;

/** Instance types of a heap type and of those below it. */
function typesBelow(name: string, table: readonly HeapTypeDescription[]): number[] {
  const type = table.find((candidate) => candidate.name === name);
  if (type === undefined)
    throw new Error(`layout: a field holds ${name}, which is no heap type, no static root and not Smi`);
  const children = table.filter(({ parent }) => parent === name);
  return [...Object.values(type.instanceTypes), ...children.flatMap((child) => typesBelow(child.name, table))];
}

const isRoot = (name: string): name is StaticRootName => name in StaticRoot;

function ruleOf(
  { name, offset, kind, holds }: FieldRow,
  isReceiver: boolean,
  table: readonly HeapTypeDescription[],
): FieldRule {
  const types = holds.filter((held) => held !== 'Smi' && !isRoot(held));
  return {
    name,
    offset,
    mayBeSmi: kind === 'smi' || holds.length === 0 || holds.includes('Smi'),
    mayBeWeak: kind === 'weak',
    types: kind !== 'smi' && holds.length === 0 ? undefined : new Set(types.flatMap((held) => typesBelow(held, table))),
    roots: new Set(
      [...holds.filter(isRoot), ...(isReceiver ? ['Undefined' as const] : [])].map((held) => StaticRoot[held]),
    ),
    holds: kind === 'smi' ? ['Smi'] : holds,
  };
}

/** The rules of all rows. */
export function fieldRules(): FieldRules {
  const table = heapTypes();
  const isTagged = ({ kind }: FieldRow): boolean => kind === 'tagged' || kind === 'smi' || kind === 'weak';
  return new Map(
    table.flatMap(({ instanceTypes, fields, first, isReceiver }) => {
      const rules = [...fields, ...first].filter(isTagged).map((field) => ruleOf(field, isReceiver, table));
      return Object.values(instanceTypes).map((type) => [type, rules] as const);
    }),
  );
}

const isAllowed = (heap: Heap, word: Tagged, rule: FieldRule): boolean => {
  if ((word & 1) === 0) return rule.mayBeSmi;
  if ((word & 2) !== 0 && !rule.mayBeWeak) return false;
  if (word === 3 || rule.types === undefined) return true;
  const object = word & ~2;
  return (
    rule.roots.has(object) || rule.types.has(heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType))
  );
};

/** The first field of `object`, `size` bytes long, that holds what its row does not allow, in words; '' if there is none. */
export const wrongField = (heap: Heap, object: Tagged, size: number, rules: FieldRules): string => {
  const type = heap.getU16(heap.get(object, HeapObject.Map), MapObject.InstanceType);
  for (const rule of rules.get(type) ?? []) {
    if (rule.offset + 4 > size) return '';
    const word = heap.i32[(object - 1 + rule.offset) >> 2]!;
    if (!isAllowed(heap, word, rule)) {
      const wanted = rule.holds.length === 0 ? 'no weak reference' : rule.holds.join(' or ');
      return `${InstanceType[type]}.${rule.name} of ${brief(heap, object)} holds ${brief(heap, word)}, not ${wanted}`;
    }
  }
  return '';
};
