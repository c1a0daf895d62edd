// What arrays of the library's functions are made of, whatever kinds met at the same places before. Recorded from the reference.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from './program.ts';

// Seen to fail: a library function's store site with transitions among the maps that it knows.
test('an array of filter has the kind of its own elements, not of those that others had', () => {
  const program = new Program(`
    const K = (a) => (%HasSmiElements(a) ? 'Smi' : %HasDoubleElements(a) ? 'Double' : 'Object') + (%HasHoleyElements(a) ? ' holey' : '');
    const holey = new Array(3);
    for (let i = 0; i < 3; i++) holey[i] = i + 0.5;
    const kinds = [[1.5, 2], holey, ['a', {}], [1, , 3], [1, 2]];
    for (let round = 0; round < 3; round++)
      console.log(kinds.map((a) => K(a.filter(() => true))).join(), kinds.map((a) => K(a.map((x) => x))).join());`);
  const line = 'Double,Double holey,Object,Smi holey,Smi Double,Double,Object,Smi holey,Smi\n';
  assert.equal(program.run(), line.repeat(3));
});
