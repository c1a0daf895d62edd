// Mutants of TurboFan's backend.

import { assumptions, type Mutant } from './mutant.ts';

export const backendMutants: readonly Mutant[] = [
  {
    id: 'exit-without-inlining-position',
    rows: ['R3'],
    file: 'src/engine/turbofan/backend/index.ts',
    search: '[state.position, state.inliningId, state.reason]',
    replacement: '[state.position, -1, state.reason]',
    tests: ['test/engine/guard.test.ts'],
    pattern: 'R3',
  },
  {
    id: 'every-exit-has-the-first-translation',
    rows: ['R8', 'R10'],
    file: 'src/engine/turbofan/backend/index.ts',
    search: 'entries.push(bytecodeOffsetOf(exit.state), translation, exit.returnPc, exit.state.nodeId);',
    replacement: 'entries.push(bytecodeOffsetOf(exit.state), 0 * translation, exit.returnPc, exit.state.nodeId);',
    tests: ['test/engine/translation.test.ts'],
    pattern: 'R8',
  },
  {
    id: 'lazy-result-one-register-off',
    rows: ['R18'],
    file: 'src/engine/turbofan/backend/translation-writer.ts',
    search: 'pokes ? combine.offset : 0,',
    replacement: 'pokes ? combine.offset + 1 : 0,',
    tests: ['test/engine/output-frames.test.ts'],
    pattern: 'R17, R18',
  },
  {
    id: 'outer-frame-states-dropped',
    rows: ['R9', 'R15'],
    file: 'src/engine/turbofan/backend/instruction-selector.ts',
    search: 'frames.unshift({ node: frameState, values: [] });\n      frameState = outerFrameState(frameState);',
    replacement: 'frames.unshift({ node: frameState, values: [] });\n      frameState = undefined;',
    tests: ['test/engine/translation.test.ts'],
    pattern: 'R9',
  },
  {
    id: 'deferred-call-saves-too-little',
    rows: ['R31'],
    file: 'src/engine/turbofan/backend/code-generator.ts',
    search: 'for (const vreg of instruction.saved) this.move(vreg.location!, Location.slot(vreg.saveSlot));',
    replacement:
      'for (const vreg of instruction.saved.slice(1)) this.move(vreg.location!, Location.slot(vreg.saveSlot));',
    tests: assumptions,
    pattern: 'R31',
  },
  {
    id: 'deferred-call-keeps-old-addresses',
    rows: ['R31'],
    file: 'src/engine/turbofan/backend/code-generator.ts',
    search: 'for (const vreg of instruction.saved) this.move(Location.slot(vreg.saveSlot), vreg.location!);',
    replacement:
      'for (const vreg of instruction.saved) if (!vreg.isTagged) this.move(Location.slot(vreg.saveSlot), vreg.location!);',
    tests: assumptions,
    pattern: 'R31',
  },
  {
    id: 'saved-register-is-no-root',
    rows: ['R31'],
    file: 'src/engine/turbofan/backend/code-generator.ts',
    search: 'for (const vreg of instruction.saved) if (vreg.isTagged) slots.push(vreg.saveSlot);',
    replacement: '',
    tests: assumptions,
    pattern: 'R31',
  },
];
