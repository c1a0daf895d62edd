// The rule about bare offsets, broken by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOffsets } from './bare-offsets.ts';

const problems = (line: string, file = 'src/engine/runtime/a.ts'): string[] =>
  checkOffsets(new Map([[file, `const first = 1;\n${line}\n`]]));

test('a number beside the tag is a bare offset', () => {
  assert.match(
    problems('heap.u8.copyWithin(to - 1 + 8, from - 1 + 8, end);')[0]!,
    /^src\/engine\/runtime\/a\.ts:2: a number as/,
  );
  assert.equal(problems('return heap.i32[(value + 8 - 1) >> 2];').length, 1);
  assert.deepEqual(problems('return heap.i32[(object + JSObject.Elements - 1) >> 2];'), []);
  assert.deepEqual(problems('const base = array - 1 + FixedArray.Elements;'), []);
});

test('a number is not made a field', () => {
  assert.match(problems('heap.get(object, 12 as TaggedField);')[0]!, /a field made of a number/);
  assert.match(problems("heap.getI32(object, at as Field<'i32'>);")[0]!, /a field made of a number/);
});

test('the owners of the layout, and what knows no objects, may', () => {
  for (const folder of ['layout', 'heap', 'x64', 'wasm'])
    assert.deepEqual(problems('f(a - 1 + 8, b as TaggedField)', `src/engine/${folder}/a.ts`), []);
  assert.deepEqual(problems('// at object - 1 + 8'), []);
});
