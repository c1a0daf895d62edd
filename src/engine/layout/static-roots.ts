// Static roots are objects at addresses that are known when the engine is compiled (V8: static-roots.h): host code compares with
// them as literals, machine code embeds them. `Factory` creates them in exactly this order and asserts it.
//
//   oddballs     32 bytes each
//   Maps         40 bytes each, in the order of the numbers that rows of heap types give to theirs
//   singletons   64 bytes each

import { enumOf, type Names } from './enums.ts';
import type { MapNames } from './heap-type.ts';
import { type HeapTypeDescription, heapTypeTable } from './heap-types.ts';
import type { InstanceType } from './instance-type.ts';
import { MapObject, Oddball } from './primitives.ts';
import type * as rows from './rows.ts';

const oddballs = [
  'Undefined',
  'Null',
  'True',
  'False',
  'TheHole',
  'Uninitialized',
  'ArgumentsMarker',
  'OptimizedOut',
  'StaleRegister',
  'Exception',
  'TerminationException',
  'SelfReferenceMarker',
] as const;

const singletons = [
  'EmptyFixedArray',
  'EmptyByteArray',
  'EmptyDescriptorArray',
  'EmptyPropertyArray',
  'EmptyString',
  'NanValue',
  'HoleNanValue',
  'InfinityValue',
  'MinusInfinityValue',
  'MinusZeroValue',
  'EmptyScopeInfo',
  'EmptyFeedbackMetadata',
  'EmptyWeakArrayList',
  'EmptyFixedDoubleArray',
  'MegamorphicSymbol',
  'UninitializedSymbol',
] as const;

/** Tagged addresses of the first of each kind. */
const firstOddball = 0x0020_0001;
const firstMap = 0x0020_1001;
const firstSingleton = 0x0020_3001;
/** Bytes that each singleton may take. */
export const singletonSize = 64;

interface StaticMap {
  readonly name: string;
  readonly place: number;
  readonly type: InstanceType;
  /** Instance size in bytes; 0: variable. */
  readonly size: number;
}

/** The static Maps of all rows, by place. */
export function staticMapsOf(table: readonly HeapTypeDescription[]): readonly StaticMap[] {
  const maps = table
    .flatMap(({ maps, instanceTypes, size, rest }) =>
      Object.entries(maps).map(([name, place]) => {
        const type = instanceTypes[name.replace(/Map$/, '')] ?? Object.values(instanceTypes)[0]!;
        return { name, place, type, size: rest === undefined ? size : 0 };
      }),
    )
    .sort((a, b) => a.place - b.place);
  for (const [i, { name, place }] of maps.entries())
    if (place !== i)
      throw new Error(`layout: ${name} stands at place ${place} of the static Maps; ${i} is free or taken twice`);
  return maps;
}

const maps = staticMapsOf(heapTypeTable);

/** Static roots: compressed tagged words. */
export type StaticRoot = number;
export type StaticRootName = (typeof oddballs)[number] | MapNames<typeof rows> | (typeof singletons)[number];

function* members(): Iterable<readonly [StaticRootName, number]> {
  for (const [i, name] of oddballs.entries()) yield [name, firstOddball + i * Oddball.Size];
  for (const { name, place } of maps) yield [name as StaticRootName, firstMap + place * MapObject.Size];
  for (const [i, name] of singletons.entries()) yield [name, firstSingleton + i * singletonSize];
}

export const StaticRoot: Names<StaticRootName, number> = enumOf(members());

/** [map, instance type, instance size in bytes (0: variable)], in address order. */
export const staticMaps: readonly (readonly [map: StaticRoot, type: InstanceType, size: number])[] = maps.map(
  ({ name, type, size }) => [StaticRoot[name as StaticRootName], type, size],
);
