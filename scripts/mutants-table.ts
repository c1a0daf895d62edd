// The mutants: hand-made breakages, each of one mechanism, and the tests that must notice. What must be true is in the rows that
// the tests name (R1 …); not built yet, so without a mutant: R28 (the parallel scavenger), R30 (concurrent marking, evacuation).
//
// `search` must stand exactly once in `file`. Tests are as few as possible; `pattern` narrows them by name.

export interface Mutant {
  readonly id: string;
  readonly rows: readonly string[];
  readonly file: string;
  readonly search: string;
  readonly replacement: string;
  readonly tests: readonly string[];
  readonly pattern?: string;
}

const linearizer = 'src/engine/turbofan/effect-control-linearizer.ts';
const deoptimizer = 'src/engine/deoptimizer/deoptimizer.ts';
const entry = 'src/engine/deoptimizer/deoptimization-entry.ts';
const materializer = 'src/engine/deoptimizer/materializer.ts';
const manager = 'src/engine/isolate/deoptimization.ts';
const dispatcher = 'src/engine/isolate/dispatcher.ts';
const broker = 'src/engine/turbofan/heap-broker.ts';
const settles = ['test/engine/settles.test.ts'];
const assumptions = ['test/engine/assumptions.test.ts'];

/** A dependency that is never registered. */
const dependency = (id: string, group: string): Mutant => ({
  id,
  rows: ['R26'],
  file: broker,
  search: `DependencyGroup.${group},`,
  replacement: '0,',
  tests: assumptions,
  pattern: 'R26',
});

export const mutants: readonly Mutant[] = [
  // --- A. The guard
  {
    id: 'check-maps-without-exit',
    rows: ['R1'],
    file: linearizer,
    search: 'this.deoptUnless(DeoptimizeReason.WrongMap, p.feedback, same);\n          return;',
    replacement: 'return;',
    tests: ['test/engine/guard.test.ts'],
    pattern: 'R1|WrongMap',
  },
  {
    id: 'check-smi-missing',
    rows: ['R2'],
    file: linearizer,
    search:
      "case 'CheckedTaggedSignedToInt32':\n        this.deoptUnless(DeoptimizeReason.NotASmi, node.parameter<CheckNumericParameters>().feedback, this.isSmi(v));",
    replacement: "case 'CheckedTaggedSignedToInt32':",
    tests: ['test/engine/guard.test.ts'],
    pattern: 'NotASmi',
  },
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
    id: 'guard-stop-behind-its-jump',
    rows: ['R4'],
    file: 'src/engine/debug/guards.ts',
    search: 'cpu.setRip(view.start + jump, cpu.ripHi);',
    replacement: '',
    tests: ['src/engine/debug/bailout.test.ts'],
    pattern: 'R4: stops',
  },
  // --- B. The dispatch
  {
    id: 'entry-saves-a-wrong-register',
    rows: ['R5'],
    file: entry,
    search: 'for (let code = 0; code < registerCount; code++) masm.pushq(code as Gpr);',
    replacement: 'for (let code = 0; code < registerCount; code++) masm.pushq((code === 9 ? 8 : code) as Gpr);',
    tests: ['test/engine/dispatch.test.ts'],
    pattern: 'R5',
  },
  {
    id: 'exit-index-always-0',
    rows: ['R6'],
    file: deoptimizer,
    search: 'const index = offset / deoptExitSize;',
    replacement: 'const index = 0 * offset;',
    tests: ['test/engine/dispatch.test.ts'],
    pattern: 'R6',
  },
  {
    id: 'marked-frames-not-redirected',
    rows: ['R7', 'R25'],
    file: deoptimizer,
    search: 'if (exit >= 0) heap.i32[frame.pcAddress >> 2] = start + exit;',
    replacement: 'if (exit < 0) heap.i32[frame.pcAddress >> 2] = start + exit;',
    tests: ['test/engine/dispatch.test.ts'],
    pattern: 'R7',
  },
  {
    id: 'soft-bailout-missing',
    rows: ['R7'],
    file: 'src/engine/turbofan/bytecode-graph-builder.ts',
    search: 'if (!this.broker.isInsufficient(source)) return false;',
    replacement: 'if (this.broker.isInsufficient(source) || reason > 0) return false;',
    tests: ['test/engine/dispatch.test.ts'],
    pattern: 'soft',
  },
  // --- C. The metadata
  {
    id: 'every-exit-has-the-first-translation',
    rows: ['R8', 'R10'],
    file: 'src/engine/turbofan/backend/index.ts',
    search: 'entries.push(bailoutId, translation, exit.returnPc, exit.state.nodeId);',
    replacement: 'entries.push(bailoutId, 0 * translation, exit.returnPc, exit.state.nodeId);',
    tests: ['test/engine/translation.test.ts'],
    pattern: 'R8',
  },
  {
    id: 'lazy-result-one-register-off',
    rows: ['R18'],
    file: 'src/engine/turbofan/backend/translation-writer.ts',
    search: "lazy && info.combine.kind === 'PokeAt' ? info.combine.offset : 0,",
    replacement: "lazy && info.combine.kind === 'PokeAt' ? info.combine.offset + 1 : 0,",
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
    id: 'translation-reader-without-sign',
    rows: ['R10'],
    file: 'src/engine/deoptimizer/frame-translation-reader.ts',
    search: 'return (bits >>> 1) ^ -(bits & 1);',
    replacement: 'return bits >>> 1;',
    tests: ['src/engine/deoptimizer/translation.test.ts'],
    pattern: 'R10',
  },
  {
    id: 'verifier-without-fidelity',
    rows: ['R11'],
    file: 'src/engine/turbofan/verifier.ts',
    search: 'if (type === undefined || translationRepresentation(type) === undefined)',
    replacement: 'if (type === undefined)',
    tests: ['src/engine/turbofan/verifier.test.ts'],
    pattern: 'R11',
  },
  // --- D. Translation
  {
    id: 'stack-slot-one-too-low',
    rows: ['R12', 'R20'],
    file: 'src/engine/deoptimizer/translated-state.ts',
    search: "if (source === 'stack') address = input.slotsAt + 8 - 8 * index;",
    replacement: "if (source === 'stack') address = input.slotsAt - 8 * index;",
    tests: ['src/engine/deoptimizer/translation.test.ts'],
  },
  {
    id: 'uint32-as-int32',
    rows: ['R13'],
    file: materializer,
    search: 'return factory.newNumber(value.lo >>> 0);',
    replacement: 'return factory.newNumber(value.lo);',
    tests: ['src/engine/deoptimizer/translation.test.ts'],
  },
  {
    id: 'minus-zero-lost',
    rows: ['R13'],
    file: materializer,
    search: "      case 'float32':\n      case 'float64':\n        return factory.newNumber(value.double);",
    replacement: "      case 'float32':\n      case 'float64':\n        return factory.newNumber(value.double + 0);",
    tests: ['src/engine/deoptimizer/translation.test.ts'],
  },
  {
    id: 'int32-past-31-bits-as-smi',
    rows: ['R13'],
    file: materializer,
    search: '        return factory.newNumber(value.lo);\n',
    replacement: '        return value.lo << 1;\n',
    tests: ['src/engine/deoptimizer/translation.test.ts'],
  },
  {
    id: 'translating-allocates',
    rows: ['R14'],
    file: deoptimizer,
    search: "const enterAtNext = !isTopmost || deoptimization.kind === 'lazy';",
    replacement:
      "this.host.factory.newHeapNumber(1.5);\n    const enterAtNext = !isTopmost || deoptimization.kind === 'lazy';",
    tests: ['test/engine/translation.test.ts'],
    pattern: 'R14',
  },
  {
    id: 'extra-arguments-dropped',
    rows: ['R15'],
    file: deoptimizer,
    search: 'const extra = Math.max(0, frame.height - formal);',
    replacement: 'const extra = 0 * frame.height * formal;',
    tests: ['test/engine/output-frames.test.ts'],
    pattern: 'R15',
  },
  {
    id: 'inlined-constructor-returns-receiver',
    rows: ['R15'],
    file: 'src/engine/turbofan/js-inlining.ts',
    search: "return this.graph.newNode('Select', undefined, [isObject, value, receiver]);",
    replacement: "return this.graph.newNode('Select', undefined, [isObject, receiver, receiver]);",
    tests: assumptions,
    pattern: 'R15',
  },
  {
    id: 'stack-trace-without-inlined-functions',
    rows: ['R15', 'R21'],
    file: 'src/engine/isolate/machine.ts',
    search: 'if (exit < 0) return [];',
    replacement: 'if (exit > -2) return [];',
    tests: ['test/engine/optimized-callers.test.ts'],
    pattern: 'R15',
  },
  // --- E. The output frames
  {
    id: 'frame-starts-one-slot-high',
    rows: ['R16', 'R19'],
    file: 'src/engine/deoptimizer/frame-writer.ts',
    search: 'this.topOffset = frame.frameSize;',
    replacement: 'this.topOffset = frame.frameSize + 8;',
    tests: ['test/engine/output-frames.test.ts'],
    pattern: 'R16|R19',
  },
  {
    id: 'callers-repeat-their-call',
    rows: ['R17'],
    file: deoptimizer,
    search: "const enterAtNext = !isTopmost || deoptimization.kind === 'lazy';",
    replacement: "const enterAtNext = deoptimization.kind === 'lazy';",
    tests: ['test/engine/output-frames.test.ts'],
    pattern: 'R17',
  },
  {
    id: 'lazy-result-from-rdx',
    rows: ['R18'],
    file: deoptimizer,
    search: 'index === 0 ? Gpr.rax : Gpr.rdx',
    replacement: 'index === 0 ? Gpr.rdx : Gpr.rax',
    tests: ['test/engine/output-frames.test.ts'],
    pattern: 'R18',
  },
  // --- F. Materialization
  {
    id: 'captured-object-without-fields',
    rows: ['R20'],
    file: materializer,
    search: 'for (let i = 1; i < words; i++) heap.set(object, 4 * i, state.valueOf(children[i]!));',
    replacement: 'for (let i = 1; i < words - 1; i++) heap.set(object, 4 * i, state.valueOf(children[i]!));',
    tests: ['src/engine/deoptimizer/materializer.test.ts'],
  },
  {
    id: 'duplicates-made-anew',
    rows: ['R20', 'R21'],
    file: 'src/engine/deoptimizer/translated-state.ts',
    search: '      else value.tagged = this.materializer.box(value);\n      value.hasTagged = true;',
    replacement:
      "      else value.tagged = this.materializer.box(value);\n      value.hasTagged = value.kind !== 'captured';",
    tests: ['src/engine/deoptimizer/materializer.test.ts'],
  },
  // --- G. Resumption
  {
    id: 'resumption-skips-a-bytecode',
    rows: ['R22', 'R17'],
    file: dispatcher,
    search: 't.acc = readCpu(i32, CpuWord.Rax);\n      this.interpret();',
    replacement: 't.acc = readCpu(i32, CpuWord.Rax);\n      t.advance();\n      this.interpret();',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R22',
  },
  {
    id: 'handler-of-a-redirected-address',
    rows: ['R22'],
    file: 'src/engine/isolate/machine.ts',
    search: 'const offset = safepointPc(heap, code, pc);',
    replacement: 'const offset = pc - heap.getI32(code, Code.InstructionStart);',
    tests: assumptions,
    pattern: 'R22',
  },
  {
    id: 'osr-offset-lost',
    rows: ['R23'],
    file: 'src/engine/isolate/machine.ts',
    search: 'compile: (request) => this.compile(request.fn, request.osrOffset, request.optimizationId),',
    replacement: 'compile: (request) => this.compile(request.fn, -1, request.optimizationId),',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R23',
  },
  {
    id: 'osr-cache-without-its-offset',
    rows: ['R23'],
    file: 'src/engine/isolate/tiering.ts',
    search: 'heap.getI32(cached & ~2, Code.OsrOffset) === offset) return cached & ~2;',
    replacement: 'heap.getI32(cached & ~2, Code.OsrOffset) === offset + 1) return cached & ~2;',
    tests: assumptions,
    pattern: 'R23',
  },
  // --- H. The aftermath
  {
    id: 'closure-not-unlinked',
    rows: ['R24'],
    file: manager,
    search: 'if (osrOffset < 0) {\n      this.unlink(closure);',
    replacement: 'if (osrOffset < 0) {',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R24',
  },
  {
    id: 'other-activations-go-on',
    rows: ['R25'],
    file: manager,
    search: 'this.leaveMarkedCode(this.cpu.lo(Gpr.rbp));',
    replacement: 'this.leaveMarkedCode(0 * this.cpu.lo(Gpr.rbp));',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R25',
  },
  {
    id: 'marked-code-stays-on-its-list',
    rows: ['R25'],
    file: manager,
    search: 'if (isWeak(entry) && strong(entry) === code) heap.init(list',
    replacement: 'if (isWeak(entry) && strong(entry) === 0 * code) heap.init(list',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R25',
  },
  {
    id: 'dependencies-not-registered',
    rows: ['R26'],
    file: 'src/engine/isolate/machine.ts',
    search: 'registerDependencies(rt, result.code, result.dependencies);',
    replacement: 'registerDependencies(rt, result.code, []);',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R26',
  },
  dependency('dependency-transition', 'Transition'),
  dependency('dependency-field-constness', 'FieldConst'),
  dependency('dependency-field-type', 'FieldType'),
  dependency('dependency-field-representation', 'FieldRepresentation'),
  dependency('dependency-initial-map', 'InitialMapChanged'),
  {
    ...dependency('dependency-stable-map', 'PrototypeCheck'),
    search: 'MapObject.DependentCode, DependencyGroup.PrototypeCheck, () =>',
    replacement: 'MapObject.DependentCode, 0, () =>',
  },
  {
    ...dependency('dependency-property-cell', 'PropertyCellChanged'),
    search:
      "'PropertyCell',\n      cell,\n      PropertyCell.DependentCode,\n      DependencyGroup.PropertyCellChanged,",
    replacement: "'PropertyCell',\n      cell,\n      PropertyCell.DependentCode,\n      0,",
  },
  {
    ...dependency('dependency-protector', 'PropertyCellChanged'),
    search: `DependencyGroup.PropertyCellChanged,
      () => this.heap.get(cell, PropertyCell.Value) === 2,`,
    replacement: `0,
      () => this.heap.get(cell, PropertyCell.Value) === 2,`,
  },
  {
    id: 'all-dependents-of-a-holder',
    rows: ['R26'],
    file: 'src/engine/objects/dependent-code.ts',
    search: 'if (matching === 0) continue;',
    replacement: 'if (matching < 0) continue;',
    tests: ['src/engine/objects/maps.test.ts', 'test/engine/aftermath.test.ts'],
  },
  {
    id: 'feedback-does-not-widen',
    rows: ['R27'],
    file: 'src/engine/feedback/vector.ts',
    search: 'if (first === StaticRoot.MegamorphicSymbol) return;\n    if (name !== 0) {',
    replacement: 'if (first !== StaticRoot.UninitializedSymbol && name === 0) return;\n    if (name !== 0) {',
    tests: ['test/engine/aftermath.test.ts'],
    pattern: 'R27',
  },
  {
    id: 'feedback-change-budget',
    rows: ['R27'],
    file: 'src/engine/isolate/tiering.ts',
    search: 'if (budget > heap.getI32(cell, FeedbackCell.InterruptBudget))',
    replacement: 'if (budget < 0)',
    tests: assumptions,
    pattern: 'R27',
  },
  // --- I. Orinoco
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
  {
    id: 'failing-call-without-a-frame',
    rows: ['R31'],
    file: dispatcher,
    search: 'if (this.frameSpaceLeft() < 0 || !(constructs || this.isPlainFunction(target))) {',
    replacement: 'if (this.frameSpaceLeft() < 0) {',
    tests: ['test/engine/optimized-callers.test.ts'],
    pattern: 'R31',
  },
  {
    id: 'construct-of-an-invalidated-class-is-a-call',
    rows: ['R24'],
    file: dispatcher,
    search: 'const constructs = newTarget !== StaticRoot.Undefined;',
    replacement: 'const constructs = newTarget === StaticRoot.TheHole;',
    tests: ['test/engine/optimized-callers.test.ts'],
    pattern: 'R24',
  },
  // --- J. Cost
  {
    id: 'bailout-costs-more-a-slot',
    rows: ['R32'],
    file: entry,
    search: 'masm.bind(inner);\n  masm.subq(Gpr.rcx, imm(8));',
    replacement:
      'masm.bind(inner);\n  for (let i = 0; i < 12; i++) masm.movq(Gpr.r8, Gpr.rcx);\n  masm.subq(Gpr.rcx, imm(8));',
    tests: ['test/engine/cost.test.ts'],
    pattern: 'R32',
  },

  // --- feedback that widens, code that settles
  {
    id: 'element-load-always-covered',
    rows: ['R27'],
    file: 'src/engine/feedback/element-ic.ts',
    search: 'if (handler !== -1 && coversLoad(rt, receiver, index, handler)) return;',
    replacement: 'if (handler !== -1) return;',
    tests: settles,
  },
  {
    id: 'stores-do-not-transition',
    rows: ['R27'],
    file: 'src/engine/turbofan/js-element-access.ts',
    search: 'const target = isStableMap(heap, map) ? 0 : findElementsKindTransitionedMap(heap, map, maps);',
    replacement: 'const target: number = isStableMap(heap, map) ? 0 : findElementsKindTransitionedMap(heap, map, []);',
    tests: settles,
  },
  {
    id: 'speculation-goes-on',
    rows: ['R27'],
    file: 'src/engine/isolate/deoptimization.ts',
    search: 'disallowSpeculation: (vector, slot) => disallowSpeculation(heap, vector, slot),',
    replacement: 'disallowSpeculation: () => {},',
    tests: settles,
  },
  {
    id: 'osr-code-dropped-at-every-exit',
    rows: ['R23'],
    file: 'src/engine/isolate/osr-loops.ts',
    search: 'if (loop.depth === 0) return false;',
    replacement: 'if (loop.depth === 0) return true;',
    tests: settles,
  },
  {
    id: 'constant-fields-compare-as-numbers',
    rows: ['R27'],
    file: 'src/engine/turbofan/js-native-context-specialization.ts',
    search: "this.graph.newNode('SameValue', undefined, [current, checked])",
    replacement: "this.graph.newNode(numbers ? 'NumberEqual' : 'ReferenceEqual', undefined, [current, checked])",
    tests: settles,
  },
];
