// FixedArrays that the runtime uses as records: rows without instance types of their own.

import { FixedArray } from './arrays.ts';
import { elements, heapType, smi, tagged } from './heap-type.ts';

/** What the realm knows of a module. The first two are what the bytecode handlers read. */
export const ModuleRecord = heapType({
  parent: FixedArray,
  fields: {
    Exports: tagged(), // FixedArray of cells of the module's own exports
    Imports: tagged(), // FixedArray of cells of what it imports by name
    Id: smi,
    Code: tagged(), // SharedFunctionInfo; once linked the suspended generator object
    ExportTable: tagged(), // NameDictionary: every exported name, also those of other modules, to its cell; undefined until somebody asked
    Namespace: tagged(),
    Error: tagged(), // what evaluation threw; the_hole if nothing
    TopLevelCapability: tagged(), // promise of the evaluation that began here
    Meta: tagged(), // import.meta
    Requests: tagged(), // FixedArray of Smis: ids of the requested modules
  },
});

/** The microtask queue, and rejected promises that nobody handles yet: see builtins/microtasks.ts. */
export const MicrotaskQueue = heapType({
  parent: FixedArray,
  fields: { Head: smi, Count: smi, Rejections: tagged(), RejectionCount: smi },
  rest: { Ring: elements(tagged()) },
});

/** The requests of an async generator: a list of what `next`, `return` and `throw` asked for. */
export const AsyncGeneratorQueue = heapType({ parent: FixedArray, fields: { Awaiting: smi, First: tagged() } });
export const AsyncGeneratorRequest = heapType({
  parent: FixedArray,
  fields: { Next: tagged(), Mode: smi, Value: tagged(), Promise: tagged() },
});
