// CloneObject: `{...source}`.

import { cloneBySite } from '../../feedback/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

export const CloneObject = (t: Interpreter): Next => {
  t.acc = cloneBySite(t.rt, t.vector, t.ops[2]!, t.reg(t.ops[0]!));
  return Next.Continue;
};
