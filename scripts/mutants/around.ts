// Mutants of what a script is made of and where it runs, and of the checks.

import type { Mutant } from './mutant.ts';

export const surroundingMutants: readonly Mutant[] = [
  {
    id: 'source-map-columns',
    rows: ['R22'],
    file: 'src/engine/source-maps/source-map.ts',
    search: 'traceSegment(this.map, line - 1, column - 1)',
    replacement: 'traceSegment(this.map, line - 1, column)',
    tests: ['src/engine/source-maps/source-maps.test.ts'],
  },
  {
    id: 'types-as-values',
    rows: ['R22'],
    file: 'src/engine/node/typescript/type-imports.ts',
    search: "if (node.type !== 'ImportDeclaration') collectNames(node, used);",
    replacement: 'collectNames(node, used);',
    tests: ['src/engine/node/typescript/transform.test.ts'],
  },
  {
    id: 'units-of-shifts',
    rows: [],
    file: 'scripts/units.ts',
    search: "return a === 'address' && isNumber(right, '2') ? 'word index' : undefined;",
    replacement: 'return undefined;',
    tests: ['scripts/units.test.ts'],
  },
];
