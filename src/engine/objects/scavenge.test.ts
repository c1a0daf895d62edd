import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldAtWord, Space, scavenge, type Tagged, zapWord } from '../heap/index.ts';
import {
  Cell,
  Code,
  DescriptorArray,
  FixedArray,
  HeapObject,
  JSObject,
  MapObject,
  PropertyCell,
  StaticRoot,
} from '../layout/index.ts';
import { addDataProperty } from './js-objects.ts';
import { numberValue } from './numbers.ts';
import { fastPropertyAt } from './object-fields.ts';
import { root, setRoot } from './root-slots.ts';
import { Root } from './roots.ts';
import { toHostString } from './strings.ts';
import { newTestHeap } from './test-heap.ts';
import { verifyHeap } from './verify.ts';

const noRoots = (): void => undefined;

/** A deterministic random number below n. */
const randomFrom = (seed: number): ((n: number) => number) => {
  return (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
};

// Seen to fail: Scavenger.collect without visitRemembered; visitRemembered forgetting every slot.
test('R29 (young generation): random graphs survive scavenges and promotion exactly, through remembered slots', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const t = newTestHeap(64);
    const { heap, factory } = t;
    const random = randomFrom(seed);
    interface Node {
      id: number;
      edges: (Node | null)[];
    }
    const roots: (Node | null)[] = [];
    const scope = heap.openHandles();
    const handles: number[] = [];
    for (let i = 0; i < 20; i++) {
      roots.push(null);
      handles.push(heap.handle(StaticRoot.Undefined));
    }
    let ids = 0;
    // A node is a FixedArray [id, edges …]; some are born in old space.
    const newNode = (): [Node, Tagged] => {
      const edges = 1 + random(4);
      const space = random(8) === 0 ? Space.Old : Space.Young;
      const o = factory.newFixedArray(1 + edges, StaticRoot.Undefined, space);
      const node: Node = { id: ids++, edges: new Array<null>(edges).fill(null) };
      heap.init(o, FixedArray.Elements, node.id << 1);
      return [node, o];
    };
    const compare = (): void => {
      const seen = new Map<Node, Tagged>();
      const work: [Node, Tagged][] = [];
      roots.forEach((n, i) => {
        const w = heap.deref(handles[i]!);
        if (n === null) assert.equal(w, StaticRoot.Undefined);
        else work.push([n, w]);
      });
      for (let pair = work.pop(); pair !== undefined; pair = work.pop()) {
        const [node, word] = pair;
        const known = seen.get(node);
        if (known !== undefined) {
          assert.equal(word, known, 'identity');
          continue;
        }
        seen.set(node, word);
        assert.equal(heap.get(word, HeapObject.Map), StaticRoot.FixedArrayMap);
        assert.equal(heap.get(word, FixedArray.Elements) >> 1, node.id);
        node.edges.forEach((e, i) => {
          const w = heap.getElement(word, FixedArray.Elements, i + 1);
          if (e === null) assert.equal(w, StaticRoot.Undefined);
          else work.push([e, w]);
        });
      }
    };
    /** Random walk to a node. */
    const pick = (): [Node, Tagged] | undefined => {
      const i = random(roots.length);
      let node = roots[i]!;
      if (node === null) return undefined;
      let word = heap.deref(handles[i]!);
      for (let steps = random(12); steps > 0; steps--) {
        const e = random(node.edges.length);
        const next: Node | null = node.edges[e]!;
        if (next === null) break;
        word = heap.getElement(word, FixedArray.Elements, e + 1);
        node = next;
      }
      return [node, word];
    };
    for (let step = 0; step < 6000; step++) {
      const op = random(10);
      if (op === 0) {
        const i = random(roots.length);
        roots[i] = null;
        heap.setHandle(handles[i]!, StaticRoot.Undefined);
      } else if (op < 4) {
        const [node, word] = newNode();
        const i = random(roots.length);
        roots[i] = node;
        heap.setHandle(handles[i]!, word);
      } else {
        const from = pick();
        const to = op < 8 ? newNode() : pick();
        if (from !== undefined && to !== undefined) {
          const e = random(from[0].edges.length);
          from[0].edges[e] = to[0];
          heap.setElement(from[1], FixedArray.Elements, e + 1, to[1]);
        }
      }
      if (step % 400 === 399) {
        scavenge(heap, noRoots, { zap: true });
        verifyHeap(heap);
        compare();
      }
    }
    heap.closeHandles(scope);
  }
});

test('young generation: an object is copied once, promoted at its second survival, and its old place is zapped', () => {
  const { heap, factory } = newTestHeap();
  const a = factory.newHeapNumber(1.25);
  const h = heap.handle(a);
  const twice = heap.handle(a);
  let result = scavenge(heap, noRoots, { zap: true });
  assert.equal(result.copiedBytes, 16);
  assert.equal(heap.deref(h), heap.deref(twice));
  assert.ok(heap.isYoung(heap.deref(h)));
  assert.equal(heap.i32[(a - 1) >> 2], zapWord);
  result = scavenge(heap, noRoots, { zap: true });
  assert.equal(result.promotedBytes, 16);
  assert.ok(!heap.isYoung(heap.deref(h)));
  assert.equal(numberValue(heap, heap.deref(h)), 1.25);
  verifyHeap(heap);
});

test('young generation: weak references to dead young objects are cleared, to live ones updated', () => {
  const { heap, factory } = newTestHeap();
  const list = factory.newFixedArray(3, 0, Space.Old);
  const h = heap.handle(factory.newHeapNumber(5));
  heap.set(list, FixedArray.Elements, heap.deref(h) | 2);
  heap.setElement(list, FixedArray.Elements, 1, factory.newHeapNumber(6) | 2);
  setRoot(heap, Root.User0, list);
  const result = scavenge(heap, noRoots);
  assert.equal(result.weakCleared, 1);
  assert.equal(heap.get(list, FixedArray.Elements), heap.deref(h) | 2);
  assert.equal(heap.getElement(list, FixedArray.Elements, 1), 3);
  scavenge(heap, noRoots);
  assert.equal(heap.get(root(heap, Root.User0), FixedArray.Elements), heap.deref(h) | 2);
  verifyHeap(heap);
});

test('young generation: objects with fields, boxes and strings come through; semispace overflow promotes', () => {
  const t = newTestHeap(64);
  const { heap, factory } = t;
  const handles: number[] = [];
  for (let i = 0; i < 1500; i++) {
    const o = factory.newJSObject(t.objectMap(2));
    const h = heap.handle(o);
    handles.push(h);
    addDataProperty(heap, factory, heap.deref(h), factory.internalize('a'), factory.newString(`string number ${i}`));
    addDataProperty(heap, factory, heap.deref(h), factory.internalize('b'), factory.newHeapNumber(i + 0.5));
    addDataProperty(heap, factory, heap.deref(h), factory.internalize('c'), heap.deref(handles[i >> 1]!));
    if (i % 300 === 0) scavenge(heap, noRoots, { zap: true });
  }
  scavenge(heap, noRoots, { zap: true });
  verifyHeap(heap);
  for (let i = 0; i < handles.length; i++) {
    const o = heap.deref(handles[i]!);
    assert.equal(toHostString(heap, fastPropertyAt(heap, factory, o, 0)), `string number ${i}`);
    assert.equal(numberValue(heap, fastPropertyAt(heap, factory, o, 1)), i + 0.5);
    assert.equal(fastPropertyAt(heap, factory, o, 2), heap.deref(handles[i >> 1]!));
  }
  scavenge(heap, noRoots, { zap: true, promoteAll: true });
  for (const h of handles) assert.ok(!heap.isYoung(heap.deref(h)));
  verifyHeap(heap);
});

test('the verifier names the broken rule', () => {
  const broken = (rule: number, damage: (t: ReturnType<typeof newTestHeap>) => void): void => {
    const t = newTestHeap();
    verifyHeap(t.heap);
    damage(t);
    assert.throws(() => verifyHeap(t.heap), new RegExp(`rule ${rule}:`));
  };
  broken(1, ({ heap, factory }) => heap.init(factory.newFixedArray(4), HeapObject.Map, 0));
  broken(1, ({ heap, factory }) => heap.init(factory.newFixedArray(4), FixedArray.Length, 1 << 29));
  broken(2, ({ heap, factory, objectMap }) => {
    factory.newJSObject(objectMap(1));
    heap.setU8(objectMap(1), MapObject.VisitorId, 0);
  });
  broken(3, ({ heap, factory }) => heap.init(factory.newFixedArray(4), FixedArray.Elements, zapWord));
  broken(3, ({ heap, factory }) => {
    const a = factory.newFixedArray(4);
    heap.init(a, FixedArray.Elements, a + 8);
  });
  broken(4, ({ heap }) => heap.init(StaticRoot.Undefined, HeapObject.Map, StaticRoot.NullMap));
  broken(5, (t) => {
    const o = t.factory.newJSObject(t.objectMap(2));
    addDataProperty(t.heap, t.factory, o, t.factory.internalize('x'), 0);
    t.heap.init(t.heap.get(t.heap.get(o, HeapObject.Map), MapObject.InstanceDescriptors), DescriptorArray.Entries, 0);
  });
  broken(9, ({ heap, factory }) =>
    heap.set(factory.newCodeAt(1, 0, 0), Code.SafepointTable, StaticRoot.EmptyFixedArray),
  );
  broken(9, ({ heap, factory }) => {
    const cell = factory.newPropertyCell(StaticRoot.EmptyString, 0, 0);
    heap.init(cell, PropertyCell.Details, StaticRoot.Undefined);
  });
  broken(9, ({ heap, factory, objectMap }) => heap.init(factory.newCell(0), Cell.Value, objectMap(1) | 2));
  broken(6, ({ heap, factory }) => {
    const old = factory.newFixedArray(1, 0, Space.Old);
    scavenge(heap, noRoots);
    heap.init(old, FixedArray.Elements, factory.newHeapNumber(1));
  });
  broken(7, (t) => {
    const o = t.factory.newJSObject(t.objectMap(2));
    addDataProperty(t.heap, t.factory, o, t.factory.internalize('x'), 0);
    t.heap.init(o, fieldAtWord(JSObject.HeaderSize / 4), t.factory.newHeapNumber(1));
  });
});
