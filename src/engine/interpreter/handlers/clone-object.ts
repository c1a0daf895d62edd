// CloneObject: `{...source}`.

import { feedbackMap, isFeedbackVector, recordHandler, recordMegamorphic } from '../../feedback/index.ts';
import { HeapObject } from '../../objects/index.ts';
import { cloneMode, cloneObject } from '../../runtime/index.ts';
import type { Interpreter } from '../interpreter.ts';
import { Next } from '../next.ts';

export const CloneObject = (t: Interpreter): Next => {
  const { heap, rt } = t;
  const source = t.reg(t.ops[0]!);
  const slot = t.ops[2]!;
  const learns = (source & 1) !== 0 && isFeedbackVector(heap, t.vector);
  if (!learns) {
    t.acc = cloneObject(rt, source);
    return Next.Continue;
  }
  const scope = heap.openHandles();
  const map = heap.handle(feedbackMap(heap, source));
  const mode = cloneMode(rt, source);
  t.acc = cloneObject(rt, source);
  if (mode === 'generic') recordMegamorphic(rt, t.vector, slot);
  else if (mode === 'empty') recordHandler(rt, t.vector, slot, heap.deref(map), 0);
  else if (mode !== 'unknown') recordHandler(rt, t.vector, slot, heap.deref(map), heap.get(t.acc, HeapObject.Map) | 2);
  heap.closeHandles(scope);
  return Next.Continue;
};
