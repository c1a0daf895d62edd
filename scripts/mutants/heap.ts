// Mutants of objects, their collection and the frames on the stack.

import type { Mutant } from './mutant.ts';

export const heapMutants: readonly Mutant[] = [
  {
    id: 'all-dependents-of-a-holder',
    rows: ['R26'],
    file: 'src/engine/objects/dependent-code.ts',
    search: 'if (matching === 0) continue;',
    replacement: 'if (matching < 0) continue;',
    tests: ['src/engine/objects/maps.test.ts', 'test/engine/aftermath.test.ts'],
  },
  {
    id: 'write-barrier-missing',
    rows: ['R29'],
    file: 'src/engine/heap/heap.ts',
    search: 'object >= Region.NewSpaceEnd\n    ) {\n      this.rememberSlot(slot);',
    replacement: 'object >= Region.NewSpaceEnd\n    ) {',
    tests: ['src/engine/objects/scavenge.test.ts'],
  },
  {
    id: 'register-0-is-no-root',
    rows: ['R31'],
    file: 'src/engine/frames/visit-roots.ts',
    search: 'for (let i = 0; i < registers; i++) visit(fp + registerOffset(i));',
    replacement: 'for (let i = 1; i < registers; i++) visit(fp + registerOffset(i));',
    tests: ['src/engine/isolate/isolate.test.ts'],
  },
  {
    id: 'call-record-is-no-root',
    rows: ['R31'],
    file: 'src/engine/frames/visit-roots.ts',
    search: '  visitCallRecord(heap, visit);\n',
    replacement: '',
    tests: ['src/engine/isolate/machine.test.ts'],
    pattern: 'a callee that is compiled at its call',
  },
  {
    id: 'slack-is-never-given-back',
    rows: ['R26'],
    file: 'src/engine/objects/slack-tracking.ts',
    search: 'if (count === 1) completeSlackTracking(heap, initialMap);',
    replacement: '',
    tests: ['src/engine/objects/slack-tracking.test.ts'],
  },
  {
    id: 'slack-of-the-initial-map-alone',
    rows: ['R26'],
    file: 'src/engine/objects/slack-tracking.ts',
    search: '    slack = Math.min(slack, mapUnusedPropertyFields(heap, map));',
    replacement: '',
    tests: ['src/engine/objects/slack-tracking.test.ts'],
  },
  {
    id: 'dictionary-maps-are-not-shared',
    rows: ['R1'],
    file: 'src/engine/objects/map-copies.ts',
    search: '  heap.setElement(cache, FixedArray.Elements, place, copy | 2);\n',
    replacement: '',
    tests: ['src/engine/objects/slack-tracking.test.ts'],
  },
];
