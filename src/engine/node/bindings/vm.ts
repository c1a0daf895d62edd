// Scripts and functions of texts, in the one realm there is.

import { JsSyntaxError } from '../../ignition/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import { type Family, flagAt, textAt, textsAt } from './binding.ts';

export const scripts: Family = ({ isolate }) => ({
  /** runScript(source, name, onlyParse): the script's value. */
  runScript: (rt, args) => {
    const [source, name] = [textAt(rt, args, 0), textAt(rt, args, 1)];
    try {
      if (!flagAt(args, 2)) return isolate.runScript(source, name);
      isolate.scripts.load(source, name);
      return StaticRoot.Undefined;
    } catch (error) {
      if (error instanceof JsSyntaxError) isolate.throwSyntaxError(error, source, name);
      throw error;
    }
  },
  /** compileFunction(source, name, parameters) */
  compileFunction: (rt, args) => {
    const wrapper = textsAt(rt, args, 2);
    try {
      return isolate.closureOf(textAt(rt, args, 0), textAt(rt, args, 1), { wrapper });
    } catch (error) {
      if (error instanceof JsSyntaxError) isolate.throwSyntaxError(error);
      throw error;
    }
  },
});
