// The one link that would make errors.ts and native-accessors.ts import each other while both are being evaluated.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { Runtime } from './runtime.ts';

type NativeDataValue = (rt: Runtime, holder: Tagged, accessor: Tagged) => Tagged;

/** Value behind an AccessorInfo; undefined for a real accessor pair. native-accessors.ts installs it. */
export const nativeData: { value: NativeDataValue; namespaceEntry: NativeDataValue } = {
  value: () => StaticRoot.Undefined,
  /** Value of a module namespace object's property; modules.ts installs it. */
  namespaceEntry: () => StaticRoot.Undefined,
};
