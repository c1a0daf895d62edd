// Which maps an object is known to have at a place, in graphs of a few nodes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StaticRoot } from '../../objects/index.ts';
import { Fields } from '../broker/access-builder.ts';
import type { HeapBroker } from '../broker/heap-broker.ts';
import { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { inferMaps } from './map-inference.ts';

/** Of a heap in which every constructor makes instances of one map. */
const broker = { instanceMap: () => 0x301 } as unknown as HeapBroker;

/** The effect chain after a check of parameter 0 and whatever `then` appends; what is known of parameter `asked`. */
function known(asked: 0 | 1, then: (graph: Graph, effect: Node, objects: readonly Node[]) => Node) {
  const graph = new Graph();
  const objects = [0, 1].map((i) => graph.newNode('Parameter', i, [graph.start]));
  const maps = { maps: [0x101], tryMigrate: false, feedback: undefined };
  const check = graph.newNode('CheckMaps', maps, [objects[0]!, graph.start, graph.start]);
  return inferMaps(broker, objects[asked]!, then(graph, check, objects));
}

const store =
  (field: 'map' | 'elements') =>
  (graph: Graph, effect: Node, objects: readonly Node[]): Node =>
    graph.newNode('StoreField', Fields[field], [objects[1]!, objects[1]!, effect, graph.start]);

// Seen to fail: the check of any object taken; stores of every field doubted, or of none.
test('the guard of the same object counts, as long as nothing may have changed maps', () => {
  const reliable = { maps: [0x101], isReliable: true };
  assert.deepEqual(
    known(0, (_, effect) => effect),
    reliable,
  );
  assert.equal(
    known(1, (_, effect) => effect),
    undefined,
  );
  assert.deepEqual(known(0, store('elements')), reliable);
  assert.deepEqual(known(0, store('map')), { ...reliable, isReliable: false });
  const behindCheck = known(0, (graph, effect, objects) => {
    const object = graph.newNode('CheckHeapObject', undefined, [objects[1]!, effect, graph.start]);
    return store('elements')(graph, object, objects);
  });
  assert.deepEqual(behindCheck, reliable);
});

// Seen to fail: the map of a store or an allocation not taken; a loop's entry taken for certain; the search going on before the allocation.
test('what was made here has its initial map, and the one that was stored last; around a loop that is a guess', () => {
  const graph = new Graph();
  const fn = graph.heapConstant(StaticRoot.Undefined);
  const made = graph.newNode('JSCreate', undefined, [fn, fn, fn, graph.start, graph.start, graph.start]);
  assert.deepEqual(inferMaps(broker, made, made), { maps: [0x301], isReliable: true });
  const map = graph.heapConstant(StaticRoot.HeapNumberMap);
  const stored = graph.newNode('StoreField', Fields.map, [made, map, made, graph.start]);
  assert.deepEqual(inferMaps(broker, made, stored), { maps: [StaticRoot.HeapNumberMap], isReliable: true });
  const loop = graph.newNode('Loop', undefined, [graph.start, graph.start], { controlIn: 2 });
  const phi = graph.newNode('EffectPhi', undefined, [stored, stored, loop], { effectIn: 2 });
  assert.deepEqual(inferMaps(broker, made, phi), { maps: [StaticRoot.HeapNumberMap], isReliable: false });
  const merge = graph.newNode('Merge', undefined, [graph.start, graph.start], { controlIn: 2 });
  assert.equal(
    inferMaps(broker, made, graph.newNode('EffectPhi', undefined, [stored, stored, merge], { effectIn: 2 })),
    undefined,
  );
  const unknown = { instanceMap: () => 0 } as unknown as HeapBroker;
  const checked = { maps: [0x101], tryMigrate: false, feedback: undefined };
  const check = graph.newNode('CheckMaps', checked, [made, graph.start, graph.start]);
  made.replaceInput(made.effectIndex, check);
  assert.equal(inferMaps(unknown, made, made), undefined);
});
