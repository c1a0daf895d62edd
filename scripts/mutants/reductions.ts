// Mutants of what optimized code makes of calls, and of objects that it never makes.

import type { Mutant } from './mutant.ts';

const phases = 'src/engine/turbofan/phases';
const reductions: readonly string[] = ['test/engine/reductions.test.ts'];

/** A breakage of a reduction, which answers then differ by. */
const wrongAnswer = (id: string, file: string, search: string, replacement: string, pattern: string): Mutant => ({
  id,
  rows: ['R13'],
  file: `${phases}/${file}`,
  search,
  replacement,
  tests: reductions,
  pattern,
});

export const reductionMutants: readonly Mutant[] = [
  // calls
  wrongAnswer(
    'known-targets-unguarded',
    'js-call-reducer.ts',
    "this.putBefore(node, this.graph.newNode('CheckIf', parameter, [same, node.effect, node.control]));",
    'void [parameter, same];',
    'another one is called',
  ),
  wrongAnswer(
    'call-keeps-its-receiver',
    'js-call-reducer.ts',
    'const hasReceiver = p.arity > 2;',
    'const hasReceiver = p.arity > 3;',
    'first argument is the receiver',
  ),
  wrongAnswer(
    'call-takes-every-receiver-for-undefined',
    'js-call-reducer.ts',
    "const convertMode = hasReceiver ? 'any' : 'nullOrUndefined';",
    "const convertMode = 'nullOrUndefined';",
    'first argument is the receiver',
  ),
  // arrays
  wrongAnswer(
    'pop-leaves-the-length',
    'builtin-calls-arrays.ts',
    'access.storeField(jsArrayLength(kind), receiver, last, at);',
    '',
    'pop:',
  ),
  wrongAnswer(
    'pop-leaves-the-element',
    'builtin-calls-arrays.ts',
    'graph.heapConstant(StaticRoot.TheHole),\n            element,',
    'element,\n            element,',
    'pop:',
  ),
  wrongAnswer(
    'pop-writes-what-literals-share',
    'builtin-calls-arrays.ts',
    'if (!isDoubleElementsKind(kind)) {\n        elements =',
    'if (kind < 0) {\n        elements =',
    'pop:',
  ),
  wrongAnswer(
    'pop-answers-holes',
    'builtin-calls-arrays.ts',
    "return isHoleyElementsKind(kind) ? call.pure('ConvertTaggedHoleToUndefined', value) : value;",
    'return value;',
    'pop:',
  ),
  wrongAnswer(
    'positions-do-not-count-from-the-end',
    'builtin-calls-arrays.ts',
    "call.pure('NumberAdd', length, position),",
    'position,',
    'any position',
  ),
  wrongAnswer(
    'search-begins-at-the-start',
    'builtin-calls-arrays.ts',
    'if (call.count > 1) {\n      from =',
    'if (call.count > 2) {\n      from =',
    'any position',
  ),
  wrongAnswer(
    'slice-of-a-part-is-the-whole',
    'builtin-calls-arrays.ts',
    "if (!Object.is(start.parameterOf('NumberConstant'), 0)) return undefined;",
    '',
    'slice:',
  ),
  // DataViews
  wrongAnswer(
    'data-views-are-one-byte-longer',
    'builtin-calls-data-views.ts',
    "graph.newNode('NumberSubtract', undefined, [length, graph.number(size - 1)]),",
    "graph.newNode('NumberSubtract', undefined, [length, graph.number(size - 2)]),",
    'outside leaves by its bounds',
  ),
  wrongAnswer(
    'data-views-have-one-byte-order',
    'builtin-calls-data-views.ts',
    'const inputs = place(call, kind, 1);',
    'const inputs = place(call, kind, 3);',
    'at any offset',
  ),
  wrongAnswer(
    'data-views-store-in-one-byte-order',
    'builtin-calls-data-views.ts',
    'const inputs = place(call, kind, 2);',
    'const inputs = place(call, kind, 3);',
    'at any offset',
  ),
  {
    id: 'data-views-that-shrank-are-read',
    rows: ['R2'],
    file: 'src/engine/turbofan/operators/data-view.ts',
    search:
      "a.deoptIf(DeoptimizeReason.ArrayBufferWasDetached, feedback, a.m('TaggedEqual', result, a.root(StaticRoot.TheHole)));",
    replacement: 'void feedback;',
    tests: reductions,
    pattern: 'became too short',
  },
  // arguments of the frame
  wrongAnswer(
    'rest-begins-at-the-first-argument',
    'escape-analysis-reducer.ts',
    "const skipped = type === 'rest' ? formal : 0;",
    'const skipped = 0 * formal;',
    'however many are passed',
  ),
  wrongAnswer(
    'elements-of-mapped-arguments-are-read-from-the-frame',
    'escape-analysis-reducer.ts',
    'isState(user) || (',
    'true || (',
    'however many are passed',
  ),
  wrongAnswer(
    'parameters-that-were-not-passed-are-mapped',
    'js-create-lowering.ts',
    "graph.newNode('NumberLessThan', undefined, [graph.number(index), length]);",
    "graph.newNode('NumberLessThan', undefined, [graph.number(index - 9), length]);",
    'however many are passed',
  ),
  {
    id: 'rest-length-below-nothing',
    rows: ['R13'],
    file: 'src/engine/turbofan/operators/arguments.ts',
    search: "const isNone = a.m('Int32LessThan', rest, a.i32(0));",
    replacement: "const isNone = a.m('Int32LessThan', rest, a.i32(-9));",
    tests: reductions,
    pattern: 'however many are passed',
  },
  {
    id: 'arguments-that-are-only-read-are-made',
    rows: ['R20'],
    file: `${phases}/escape-analysis-reducer.ts`,
    search: "if (node.opcode === 'NewArgumentsElements') this.captureArguments(node);",
    replacement: "if (node.opcode === 'NewArgumentsElements') continue;",
    tests: reductions,
    pattern: 'R20',
  },
  {
    id: 'arguments-beyond-the-formal-ones-are-in-the-copy',
    rows: ['R20'],
    file: 'src/engine/deoptimizer/translated-state.ts',
    search: '(i < this.formal ? slotsAt : fp)',
    replacement: 'slotsAt',
    tests: reductions,
    pattern: 'R20',
  },
  {
    id: 'arguments-elements-have-no-number',
    rows: ['R20'],
    file: 'src/engine/turbofan/backend/translation-writer.ts',
    search: "case 'argumentsElements':\n        this.objectCount++;",
    replacement: "case 'argumentsElements':",
    tests: reductions,
    pattern: 'R20',
  },
  // escape analysis
  {
    id: 'fields-are-what-one-way-stored',
    rows: ['R20'],
    file: `${phases}/escape-analysis.ts`,
    search: 'if (known.every((value) => value === first)) return first;',
    replacement: 'if (known.length > 0) return first;',
    tests: reductions,
    pattern: 'fields are what was stored last',
  },
  {
    id: 'stored-objects-do-not-escape',
    rows: ['R20'],
    file: `${phases}/escape-analysis.ts`,
    search: 'this.escape(into);\n      this.escape(value);',
    replacement: 'this.escape(into);',
    tests: reductions,
    pattern: 'fields are what was stored last',
  },
  {
    id: 'two-elements-are-one',
    rows: ['R20'],
    file: `${phases}/escape-analysis.ts`,
    search: "const select = this.graph.newNode('Select', undefined, [isFirst, first!, second]);",
    replacement: "const select = this.graph.newNode('Select', undefined, [isFirst, first!, first!]);",
    tests: reductions,
    pattern: 'fields are what was stored last',
  },
];
