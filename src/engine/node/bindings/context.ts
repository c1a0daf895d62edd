// The value that goes along with promise jobs: AsyncLocalStorage keeps its frames in it.

import { StaticRoot } from '../../objects/index.ts';
import { NativeContextSlot } from '../../runtime/index.ts';
import type { Family } from './binding.ts';

export const context: Family = () => ({
  getContext: (rt) => rt.shared(NativeContextSlot.ContinuationData),
  setContext: (rt, args) => {
    rt.setShared(NativeContextSlot.ContinuationData, args.at(0));
    return StaticRoot.Undefined;
  },
});
