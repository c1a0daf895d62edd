// Types out of a text, and whether stacks show originals.

import { StaticRoot } from '../../objects/index.ts';
import { stripTypes, TypeScriptSyntaxError } from '../typescript/transform.ts';
import { type Family, flagAt, newCopy, textAt } from './binding.ts';

export const typeScript: Family = ({ isolate }) => ({
  /** mapsStacks(enabled?): whether stack traces go through source maps. */
  mapsStacks: (_rt, args) => {
    const { sourceMaps } = isolate.scripts;
    if (args.at(0) !== StaticRoot.Undefined) sourceMaps.mapsStacks = flagAt(args, 0);
    return sourceMaps.mapsStacks ? StaticRoot.True : StaticRoot.False;
  },
  /** strip(code, mode, sourceMap, sourceUrl): { text } or { problem: { code, message } } */
  strip: (rt, args) => {
    const options = {
      transforms: textAt(rt, args, 1) === 'transform',
      sourceMap: flagAt(args, 2),
      name: textAt(rt, args, 3),
    };
    try {
      return newCopy(rt, { text: stripTypes(textAt(rt, args, 0), options) });
    } catch (error) {
      if (!(error instanceof TypeScriptSyntaxError)) throw error;
      return newCopy(rt, { problem: { code: error.code, message: error.message } });
    }
  },
});
