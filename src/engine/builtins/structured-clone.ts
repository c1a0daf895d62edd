// Kinds of objects for whoever copies or compares them: structuredClone and assert, in Node's library.

import type { Tagged } from '../heap/index.ts';
import { InstanceType, instanceTypeOf, isSharedBuffer } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';

const kinds: Readonly<Partial<Record<InstanceType, string>>> = {
  [InstanceType.JSObject]: 'object',
  [InstanceType.JSArray]: 'array',
  [InstanceType.JSDate]: 'date',
  [InstanceType.JSRegExp]: 'regexp',
  [InstanceType.JSMap]: 'map',
  [InstanceType.JSSet]: 'set',
  [InstanceType.JSError]: 'error',
  [InstanceType.JSArrayBuffer]: 'buffer',
  [InstanceType.JSTypedArray]: 'view',
  [InstanceType.JSDataView]: 'view',
  [InstanceType.JSPrimitiveWrapper]: 'wrapper',
};

/** How an object is cloned and compared; '' when it cannot be. */
export const cloneKind = (rt: Runtime, object: Tagged): string => {
  const kind = kinds[instanceTypeOf(rt.heap, object) as InstanceType] ?? '';
  return kind === 'buffer' && isSharedBuffer(rt.heap, object) ? 'shared buffer' : kind;
};
