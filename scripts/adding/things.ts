// What docs/adding.md says, as edits: for each thing one example of it, its steps (a file, where, what), and a test that shows that
// the thing is there. `npm run adding` applies them.

export interface Step {
  readonly file: string;
  /** A text that stands in the file once. */
  readonly at: string;
  /** What takes its place. */
  readonly put: string;
}

export interface Thing {
  readonly name: string;
  /** As docs/adding.md counts: files of the product. */
  readonly files: number;
  /** Without any one of these the proof fails, or the types do. */
  readonly steps: readonly Step[];
  /** A test file for the folder it stands in: passes when the thing is there. */
  readonly proof: { readonly file: string; readonly text: string };
}

const testHeader = `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n`;

/** What a program prints, from source. */
const printed = (program: string, ...flags: readonly string[]): string => `${testHeader}
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
test('the program prints what it must', () => {
  writeFileSync('proof.js', ${JSON.stringify(program)});
  const args = ['--import', 'tsx', 'src/cli/main.ts', 'run', ...${JSON.stringify(flags)}, 'proof.js'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(stdout, 'added\\n', stderr);
});
`;

export const things: readonly Thing[] = [
  {
    name: 'an IR operator',
    files: 1,
    steps: [
      {
        file: 'src/engine/turbofan/operators/number.ts',
        at: "  NumberSilenceNaN: unary('quiet NaN', typing.silenceNaN, lowerSilenceNaN),",
        put: `  NumberSilenceNaN: unary('quiet NaN', typing.silenceNaN, lowerSilenceNaN),
  NumberWidth: unary('bits that a number needs', () => range(0, 32), lowerClz32),`,
      },
    ],
    proof: {
      file: 'src/engine/turbofan/graph/proof.test.ts',
      text: `${testHeader}
import { Graph } from './graph.ts';
import { verifyGraph } from './verifier.ts';
test('a node of the operator', () => {
  const graph = new Graph();
  const node = graph.newNode('NumberWidth', undefined, [graph.number(3)]);
  const end = graph.newNode('Return', undefined, [node, graph.start, graph.start], { valueIn: 1 });
  graph.mergeToEnd(end);
  verifyGraph(graph);
  assert.equal(node.opcode, 'NumberWidth');
});
`,
    },
  },
  {
    name: 'a machine operator',
    files: 2,
    steps: [
      {
        file: 'src/engine/turbofan/operators/machine.ts',
        at: "  Word32Clz: mach('w', T.Int32, 'leading zeros'),",
        put: "  Word32Clz: mach('w', T.Int32, 'leading zeros'),\n  Word32Popcnt: mach('w', T.Int32, 'bits set'),",
      },
      {
        file: 'src/engine/turbofan/backend/select-arithmetic.ts',
        at: '  Word32Clz: unary((g, dst, src) => g.masm.lzcntl(dst, src)),',
        put: `  Word32Clz: unary((g, dst, src) => g.masm.lzcntl(dst, src)),
  Word32Popcnt: unary((g, dst, src) => g.masm.popcntl(dst, src)),`,
      },
    ],
    proof: {
      file: 'src/engine/turbofan/backend/proof.test.ts',
      text: `${testHeader}
import { Heap } from '../../heap/index.ts';
import { Factory, StaticRoot } from '../../objects/index.ts';
import { Graph } from '../graph/graph.ts';
import { generateCode } from './index.ts';
test('code is made for the operator', () => {
  const factory = new Factory(new Heap({ memoryMiB: 128 }));
  const graph = new Graph();
  const word = graph.newNode('BitcastTaggedToWord32', undefined, [graph.newNode('Parameter', 1, [graph.start])]);
  const bits = graph.newNode('Word32Popcnt', undefined, [word]);
  const tagged = graph.newNode('BitcastWord32ToTaggedSigned', undefined, [
    graph.newNode('Word32Shl', undefined, [bits, graph.int32(1)]),
  ]);
  graph.mergeToEnd(graph.newNode('Return', undefined, [tagged, graph.start, graph.start], { valueIn: 1 }));
  const sharedInfo = factory.newSharedFunctionInfo(factory.internalize('f'), StaticRoot.Undefined, StaticRoot.Undefined);
  const info = {
    closure: StaticRoot.Null,
    sharedInfo,
    bytecodeArray: StaticRoot.EmptyByteArray,
    osrOffset: -1,
    optimizationId: 0,
    parameterCount: 2,
    inlinedFunctions: [],
    inliningPositions: [],
    dependencies: [],
  };
  assert.notEqual(generateCode({ graph, info } as never, factory, () => 0, { verify: true }), 0);
});
`,
    },
  },
  {
    name: 'a bytecode',
    files: 4,
    steps: [
      {
        file: 'src/engine/bytecode/bytecodes.ts',
        at: '  Illegal = 207,\n}\n\n/** Number of bytecodes. */\nexport const BYTECODE_COUNT = 208;',
        put: '  Illegal = 207,\n  Added = 208,\n}\n\n/** Number of bytecodes. */\nexport const BYTECODE_COUNT = 209;',
      },
      {
        file: 'src/engine/bytecode/bytecodes.ts',
        at: "  Illegal: row('-', [], 'E', 'never generated'),",
        put: "  Illegal: row('-', [], 'E', 'never generated'),\n  Added: row('W', [], '', 'acc = true'),",
      },
      {
        file: 'src/engine/interpreter/handlers/operations.ts',
        at: 'export const ToName = (t: Interpreter): Next => {',
        put: `export const Added = (t: Interpreter): Next => {
  t.acc = StaticRoot.True;
  return Next.Continue;
};
export const ToName = (t: Interpreter): Next => {`,
      },
      {
        file: 'src/engine/ignition/calls.ts',
        at: '  const list = g.regs.newGrowableList();\n  pushArguments(g, call.arguments, list);\n  const intrinsic',
        put: `  if (call.name === 'MaxSmi') {
    b.emit(Bytecode.Added);
    return;
  }
  const list = g.regs.newGrowableList();
  pushArguments(g, call.arguments, list);
  const intrinsic`,
      },
      {
        file: 'src/engine/turbofan/from-bytecode/visitors/operations.ts',
        at: '  [Bytecode.Inc]: (b, a) => {',
        put: `  [Bytecode.Added]: (b) => {
    b.accumulator = b.graph.heapConstant(StaticRoot.True);
  },
  [Bytecode.Inc]: (b, a) => {`,
      },
    ],
    proof: {
      file: 'proof.test.ts',
      text: printed(
        `function f() { return %MaxSmi(); }
%PrepareFunctionForOptimization(f); f(); %OptimizeFunctionOnNextCall(f); f();
if (f() === true && (%GetOptimizationStatus(f) & 16) !== 0) console.log('added');`,
        '--allow-natives-syntax',
      ),
    },
  },
  {
    name: 'an x64 instruction',
    files: 3,
    steps: [
      {
        file: 'src/engine/x64/instructions.ts',
        at: '  Popcnt,\n',
        put: '  Popcnt,\n  Blsr,\n',
      },
      {
        file: 'src/engine/x64/instructions.ts',
        at: "  Popcnt:  row('Popcnt', SlowOp.Popcnt),",
        put: "  Popcnt:  row('Popcnt', SlowOp.Popcnt),\n  Blsr:    row('Blsr', SlowOp.Blsr),",
      },
      {
        file: 'src/engine/x64/assembler-integer.ts',
        at: '  popcntl(dst: Gpr, src: Dst): void {',
        put: `  blsrl(dst: Gpr, src: Dst): void {
    this.load(Code.VEX_Blsr_r32_rm32, 32, 32, dst, src);
  }
  popcntl(dst: Gpr, src: Dst): void {`,
      },
      {
        file: 'src/engine/x64/slow.ts',
        at: '      case SlowOp.Bsr:\n      case SlowOp.Bsf:\n',
        put: `      case SlowOp.Blsr: {
        const value = this.#read(k1, b, size, 0);
        this.#setRegister(a, size, value & (value - 1n));
        return Flow.Next;
      }
      case SlowOp.Bsr:
      case SlowOp.Bsf:
`,
      },
    ],
    proof: {
      file: 'src/engine/x64/proof.test.ts',
      text: `${testHeader}
import { Assembler } from './assembler.ts';
import { Emulator, ExitReason } from './emulator.ts';
import { imm } from './operands.ts';
import { Gpr } from './registers.ts';
test('the lowest bit goes', () => {
  const memory = new SharedArrayBuffer(1 << 20);
  const emulator = new Emulator({ memory, cpuBase: 4096, cageHi: 0x22, codeStart: 0x10000, codeEnd: 0x20000 });
  const a = new Assembler({ cageHi: 0x22 });
  a.movl(Gpr.rcx, imm(12));
  a.blsrl(Gpr.rax, Gpr.rcx);
  a.int3();
  new Uint8Array(memory).set(a.bytes(0x10000), 0x10000);
  emulator.cpu.reset();
  emulator.cpu.setRip(0x10000, 0x22);
  assert.equal(emulator.run(100), ExitReason.Int3);
  assert.equal(emulator.cpu.lo(Gpr.rax), 8);
});
`,
    },
  },
  {
    name: 'a deoptimization reason',
    files: 1,
    steps: [
      {
        file: 'src/engine/deoptimizer/deoptimize-reason.ts',
        at: '  ArrayLengthChanged,\n',
        put: '  ArrayLengthChanged,\n  ArrayMoved,\n',
      },
      {
        file: 'src/engine/deoptimizer/deoptimize-reason.ts',
        at: '  [DeoptimizeReason.ArrayLengthChanged]: row(',
        put: `  [DeoptimizeReason.ArrayMoved]: row('array moved', 'The array stays where it is.'),
  [DeoptimizeReason.ArrayLengthChanged]: row(`,
      },
    ],
    proof: {
      file: 'src/engine/deoptimizer/proof.test.ts',
      text: `${testHeader}
import { DeoptimizeReason, deoptimizeReasons } from './index.ts';
test('its message', () => {
  assert.equal(deoptimizeReasons[DeoptimizeReason.ArrayMoved], 'array moved');
});
`,
    },
  },
  {
    name: 'a kind of translated frame',
    files: 4,
    steps: [
      {
        file: 'src/engine/deoptimizer/translation-opcode.ts',
        at: '  OptimizedOut,\n}',
        put: '  OptimizedOut,\n  AddedFrame,\n}',
      },
      {
        file: 'src/engine/deoptimizer/translation-opcode.ts',
        at: "  | 'constructInvokeStub'\n",
        put: "  | 'constructInvokeStub'\n  | 'added'\n",
      },
      {
        file: 'src/engine/deoptimizer/translation-opcode.ts',
        at: '  [TranslationOpcode.InlinedExtraArguments]: frame(',
        put: `  [TranslationOpcode.AddedFrame]: frame(
    'ADDED_FRAME',
    { kind: 'added', title: 'added frame', values: () => 1, names: ['function'] },
    'function',
  ),
  [TranslationOpcode.InlinedExtraArguments]: frame(`,
      },
      {
        file: 'src/engine/deoptimizer/output-layout.ts',
        at: '  constructInvokeStub,\n  javaScriptBuiltinContinuation,\n};',
        put: `  constructInvokeStub,
  javaScriptBuiltinContinuation,
  added: { resume: 'no frame', describe: () => 'added frame', parts: () => [[]] },
};`,
      },
      {
        file: 'src/engine/turbofan/graph/parameters.ts',
        at: '  JavaScriptBuiltinContinuation = 5,\n',
        put: '  JavaScriptBuiltinContinuation = 5,\n  Added = 7,\n',
      },
      {
        file: 'src/engine/turbofan/graph/parameters.ts',
        at: '  [FrameStateType.ConstructInvokeStub]: [FrameStateInput.Parameters, FrameStateInput.Context],\n',
        put: `  [FrameStateType.Added]: [FrameStateInput.Function],
  [FrameStateType.ConstructInvokeStub]: [FrameStateInput.Parameters, FrameStateInput.Context],
`,
      },
      {
        file: 'src/engine/turbofan/backend/translation-writer.ts',
        at: '      case FrameStateType.ConstructInvokeStub:\n',
        put: `      case FrameStateType.Added:
        builder.frame(TranslationOpcode.AddedFrame, shared);
        break;
      case FrameStateType.ConstructInvokeStub:
`,
      },
    ],
    proof: {
      file: 'src/engine/deoptimizer/proof.test.ts',
      text: `${testHeader}
import { FrameStateType } from '../turbofan/graph/parameters.ts';
import { FrameTranslationBuilder } from './frame-translation-builder.ts';
import { printTranslation, verifyTranslation } from './frame-translation-reader.ts';
import { outputKind } from './output-layout.ts';
import type { TranslatedFrame } from './translated-state.ts';
import { TranslationOpcode } from './translation-opcode.ts';
test('it is written, read, verified, and has an output frame', () => {
  assert.equal(FrameStateType[FrameStateType.Added], 'Added');
  const builder = new FrameTranslationBuilder();
  builder.begin(1, 0);
  builder.frame(TranslationOpcode.AddedFrame, 2);
  builder.storeOptimizedOut();
  const index = builder.finish();
  const bytes = builder.toBytes();
  verifyTranslation(bytes, 0, bytes.length, index, 3, () => 1);
  assert.match(printTranslation(bytes, 0, bytes.length, index).toString(), /ADDED_FRAME/);
  assert.equal(outputKind({ kind: 'added' } as TranslatedFrame).resume, 'no frame');
});
`,
    },
  },
  {
    name: 'a builtin',
    files: 1,
    steps: [
      {
        file: 'src/engine/builtins/array.ts',
        at: "  ['at', ArrayPrototypeAt, 1, Writes.Nothing],",
        put: "  ['added', (rt) => rt.factory.newString('added'), 0],\n  ['at', ArrayPrototypeAt, 1, Writes.Nothing],",
      },
    ],
    proof: { file: 'proof.test.ts', text: printed('console.log([].added());') },
  },
  {
    name: 'a heap type',
    files: 2,
    steps: [
      {
        file: 'src/engine/layout/cells.ts',
        at: 'export const PropertyCell = heapType({',
        put: `export const AddedCell = heapType({
  parent: HeapObject,
  instanceTypes: { AddedCell: 0xc1 },
  maps: { AddedCellMap: 70 },
  fields: { Value: tagged(), Number: smi },
});

export const PropertyCell = heapType({`,
      },
      {
        file: 'src/engine/objects/factory.ts',
        at: '  newCell(value: Tagged, space: Space = Space.Old): Tagged {',
        put: `  newAddedCell(value: Tagged): Tagged {
    const o = this.heap.allocate(AddedCell.Size, Space.Old);
    this.heap.init(o, HeapObject.Map, StaticRoot.AddedCellMap);
    this.heap.set(o, AddedCell.Value, value);
    this.heap.init(o, AddedCell.Number, 1 << 1);
    return o;
  }

  newCell(value: Tagged, space: Space = Space.Old): Tagged {`,
      },
      {
        file: 'src/engine/objects/factory.ts',
        at: '  AccessorInfo,\n',
        put: '  AccessorInfo,\n  AddedCell,\n',
      },
    ],
    proof: {
      file: 'src/engine/objects/proof.test.ts',
      text: `${testHeader}
import { Heap } from '../heap/index.ts';
import { Factory, StaticRoot, verifyHeap } from './index.ts';
import { AddedCell, HeapObject } from '../layout/index.ts';
test('an object of the type is made, and the heap is whole', () => {
  const heap = new Heap({ memoryMiB: 128 });
  const factory = new Factory(heap);
  const cell = factory.newAddedCell(factory.newString('x'));
  assert.equal(heap.get(cell, HeapObject.Map), StaticRoot.AddedCellMap);
  assert.equal(heap.get(cell, AddedCell.Number), 2);
  verifyHeap(heap);
});
`,
    },
  },
  {
    name: 'a V8 flag',
    files: 2,
    steps: [
      {
        file: 'src/engine/base/flags.ts',
        at: "  'isolate/machine.ts': 'emulator',",
        put: "  'isolate/machine.ts': 'emulator trace-elements-transitions',",
      },
      {
        file: 'src/engine/isolate/machine.ts',
        at: "    this.mode = (isolate.flags?.get('emulator')",
        put: "    if (isolate.flags?.bool('trace-elements-transitions') === true) isolate.host.write('stdout', 'added\\n');\n    this.mode = (isolate.flags?.get('emulator')",
      },
    ],
    proof: {
      file: 'proof.test.ts',
      text: printed('', '--trace-elements-transitions').replace(
        'stderr);\n',
        "stderr);\n  assert.equal(stderr, '', 'it is not warned of');\n",
      ),
    },
  },
  {
    name: 'a request of the debug adapter',
    files: 4,
    steps: [
      {
        file: 'src/adapter/arguments.ts',
        at: "  'bailout/timeline': object({}),",
        put: "  'bailout/timeline': object({}),\n  'bailout/added': object({ text: string }),",
      },
      {
        file: 'src/adapter/session.ts',
        at: "      'bailout/timeline': () =>",
        put: "      'bailout/added': (args) => this.#send('added', args),\n      'bailout/timeline': () =>",
      },
      {
        file: 'src/engine/debug/protocol.ts',
        at: '  loadedSources: Command<None, readonly SourceRef[]>;',
        put: '  loadedSources: Command<None, readonly SourceRef[]>;\n  added: Command<{ readonly text: string }, { readonly text: string }>;',
      },
      {
        file: 'src/engine/debug/debug-engine.ts',
        at: "  loadedSources(_args: Args<'loadedSources'> = none)",
        put: `  added({ text }: Args<'added'>): Result<'added'> {
    return { text: text.toUpperCase() };
  }

  loadedSources(_args: Args<'loadedSources'> = none)`,
      },
      {
        file: 'test/adapter/fake-engine.ts',
        at: '  loadedSources: () => [file, bytecode, code],',
        put: '  loadedSources: () => [file, bytecode, code],\n  added: ({ text }) => ({ text }),',
      },
    ],
    proof: {
      file: 'src/adapter/proof.test.ts',
      text: `${testHeader}
import { requestArguments } from './arguments.ts';
test('its arguments are read', () => {
  assert.ok('bailout/added' in requestArguments);
});
`,
    },
  },
];
