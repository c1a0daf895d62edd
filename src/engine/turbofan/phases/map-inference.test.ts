// Which maps an object is known to have at a place, in graphs of a few nodes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fields } from '../broker/access-builder.ts';
import { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { inferMaps } from './map-inference.ts';

/** The effect chain after a check of parameter 0 and whatever `then` appends; what is known of parameter `asked`. */
function known(asked: 0 | 1, then: (graph: Graph, effect: Node, objects: readonly Node[]) => Node) {
  const graph = new Graph();
  const objects = [0, 1].map((i) => graph.newNode('Parameter', i, [graph.start]));
  const maps = { maps: [0x101], tryMigrate: false, feedback: undefined };
  const check = graph.newNode('CheckMaps', maps, [objects[0]!, graph.start, graph.start]);
  return inferMaps(objects[asked]!, then(graph, check, objects));
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
