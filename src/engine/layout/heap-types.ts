// The table of heap types: every row with its name, for what goes through all of them.

import { type FieldRow, type HeapTypeRow, type RestRow, row } from './heap-type.ts';
import * as rows from './rows.ts';

/** A heap type as plain data. Fields include those of parents; what stands in a parent's rest is a field, too. */
export interface HeapTypeDescription {
  readonly name: string;
  readonly parent: string;
  readonly instanceTypes: Readonly<Record<string, number>>;
  readonly maps: Readonly<Record<string, number>>;
  readonly fields: readonly FieldRow[];
  /** Names of the first elements of the rest. */
  readonly first: readonly FieldRow[];
  readonly rest: RestRow | undefined;
  readonly size: number;
  /** Instances have in-object properties behind their fields. */
  readonly isReceiver: boolean;
}

const isHeapType = (value: unknown): value is { readonly [row]: HeapTypeRow } =>
  typeof value === 'object' && value !== null && row in value;

const named = Object.entries(rows).flatMap(([name, value]) => (isHeapType(value) ? [[name, value[row]] as const] : []));
const nameOf = new Map<HeapTypeRow | undefined, string>(named.map(([name, type]) => [type, name]));

const isBelow = (type: HeapTypeRow | undefined, parent: HeapTypeRow): boolean =>
  type !== undefined && (type === parent || isBelow(type.parent, parent));

export const heapTypeTable: readonly HeapTypeDescription[] = named.map(([name, type]) => ({
  name,
  parent: nameOf.get(type.parent) ?? '',
  instanceTypes: type.instanceTypes,
  maps: type.maps,
  fields: type.fields,
  first: type.first,
  rest: type.rest,
  size: type.size,
  isReceiver: isBelow(type, rows.JSReceiver[row]),
}));

/** The table: made when something first asks. In bundles it stands in this function's body. */
export const heapTypes = (): readonly HeapTypeDescription[] => heapTypeTable;
