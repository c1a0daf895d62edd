// CloneObject: `{...source}`.

import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import { copyDataProperties, objectLiteralMap } from '../runtime/index.ts';
import type { Interpreter } from './interpreter.ts';
import { Next } from './next.ts';

export const CloneObject = (t: Interpreter): Next => {
  const heap = t.heap;
  const source = t.reg(t.ops[0]!);
  const object: Tagged = t.rt.factory.newJSObject(objectLiteralMap(t.rt, 4));
  if (source === StaticRoot.Undefined || source === StaticRoot.Null) {
    t.acc = object;
    return Next.Continue;
  }
  const scope = heap.openHandles();
  const handle = heap.handle(object);
  copyDataProperties(t.rt, object, source, []);
  t.acc = heap.deref(handle);
  heap.closeHandles(scope);
  return Next.Continue;
};
