// CloneObject: `{...source}`.

import { feedbackMap, isFeedbackVector, recordHandler } from '../../feedback/index.ts';
import type { Tagged } from '../../heap/index.ts';
import { HeapObject, StaticRoot } from '../../objects/index.ts';
import { copyDataProperties, objectLiteralMap } from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

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
  const slot = t.ops[2]!;
  const map = heap.handle(feedbackMap(heap, source));
  copyDataProperties(t.rt, object, source, []);
  t.acc = heap.deref(handle);
  if (isFeedbackVector(heap, t.vector))
    recordHandler(t.rt, t.vector, slot, heap.deref(map), heap.get(t.acc, HeapObject.Map) | 2);
  heap.closeHandles(scope);
  return Next.Continue;
};
