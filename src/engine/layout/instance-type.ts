// Instance types in V8's order: strings first (shape and encoding in bits), then other primitives, then internal objects,
// then JSReceivers last, so that range checks classify. Their numbers stand in the rows of heap types.

import { enumOf, type Names } from './enums.ts';
import type { InstanceTypeNames } from './heap-type.ts';
import { type HeapTypeDescription, heapTypeTable } from './heap-types.ts';
import type * as rows from './rows.ts';

/** String instance types are bit sets below 0x80. */
export enum StringBits {
  ShapeMask = 0x7,
  Seq = 0,
  Cons = 1,
  External = 2,
  Sliced = 3,
  Thin = 5,
  OneByte = 8,
  NotInternalized = 0x20,
  /** Any of these: no string. */
  NotString = 0xff80,
}

/** Where ranges begin and end. */
const borders = {
  FirstNonstring: 0x80,
  FirstJSReceiver: 0x400,
  FirstJSFunctionOrBoundFunction: 0x500,
  FirstJSFunction: 0x501,
  LastJSFunction: 0x502,
} as const;

export type InstanceType = number;
type Name = keyof typeof borders | InstanceTypeNames<typeof rows>;

/** The instance types of all rows, with their numbers. */
export function* instanceTypesOf(table: readonly HeapTypeDescription[]): Iterable<readonly [string, number]> {
  const owners = new Map<number, string>();
  for (const { name, instanceTypes } of table) {
    for (const [type, number] of Object.entries(instanceTypes)) {
      if (owners.has(number))
        throw new Error(`layout: ${name} takes instance type ${number}, which is ${owners.get(number)}'s`);
      owners.set(number, name);
      yield [type, number];
    }
  }
}

export const InstanceType: Names<Name, number> = enumOf([
  ...Object.entries(borders),
  ...instanceTypesOf(heapTypeTable),
] as [Name, number][]);
