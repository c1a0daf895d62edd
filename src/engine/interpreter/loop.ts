// The interpreter's loop, generated as one WebAssembly function over linear memory: a table jump on the opcode, one block per
// bytecode. It is V8's way too (Ignition's handlers come from an assembler), and here it is what makes bytecodes cost a few
// machine instructions each: WebAssembly has no tags to check, no views to bound and no host tiers to fall out of.
//
//   loop dispatch
//     block slow
//       block tail …
//         block Star0 … block Wide
//           br_table u8[pc]          bytecode b: behind the end of block b; without a fast path: slow
//         …code of Wide… end …
//       …code of tails…
//     leave(Exit.Slow)
//
// Bytecodes and their Wide forms are generated from the same descriptions (fast-paths/).

import { BYTECODE_SIZES, BYTECODES, Bytecode, OperandType } from '../bytecode/index.ts';
import type { Heap } from '../heap/index.ts';
import {
  block,
  branchIf,
  branchTable,
  type Code,
  call,
  encodeModule,
  eq,
  increase,
  Label,
  load8U,
  loop,
  returns,
  set,
  unreachable,
  ValueType,
  type WasmFunction,
} from '../wasm/index.ts';
import { allocation, copyLiteral, LITERAL_COPIER } from './fast-paths/allocation.ts';
import { arithmetic, arithmeticTails } from './fast-paths/arithmetic.ts';
import { calls, callTails } from './fast-paths/calls.ts';
import { comparisons } from './fast-paths/comparisons.ts';
import { control } from './fast-paths/control.ts';
import { loads } from './fast-paths/loads.ts';
import { properties } from './fast-paths/properties.ts';
import type { FastPaths, Tail } from './fast-paths/table.ts';
import { InterpreterAssembler, type Scale } from './interpreter-assembler.ts';
import { bytecodeSizes, Exit } from './state.ts';

const fastPaths: FastPaths = {
  ...loads,
  ...arithmetic,
  ...comparisons,
  ...control,
  ...properties,
  ...calls,
  ...allocation,
};
const tails: readonly Tail[] = [...arithmeticTails, ...callTails];

/** Functions of the module, by index: the copier of literals, one per prefix, then the loop. */
const functionOf = { [Bytecode.Wide]: LITERAL_COPIER + 1, [Bytecode.ExtraWide]: LITERAL_COPIER + 2 };

/** After ExtraWide only what has an immediate: nothing else gets that wide in code that is hot. */
const isGenerated = (bytecode: Bytecode, scale: Scale): boolean =>
  fastPaths[Bytecode[bytecode] as keyof typeof Bytecode] !== undefined &&
  (scale < 2 || BYTECODES[bytecode]!.operands[0] === OperandType.Imm);

/** The whole dispatch at one operand scale: falls out at the end of `slow`'s block when the handler must run. */
function dispatchOn(a: InterpreterAssembler, scale: Scale, prefixes: Partial<Record<Bytecode, Code>> = {}): Code {
  const paths = new Map<Label, Code>();
  const labels = BYTECODES.map(({ bytecode, name }) => {
    const label = new Label(name);
    const path = fastPaths[name as keyof typeof Bytecode];
    a.begin(bytecode, scale);
    if (prefixes[bytecode] !== undefined) paths.set(label, prefixes[bytecode]);
    else if (path !== undefined && isGenerated(bytecode, scale))
      paths.set(
        label,
        a.f.scope(() => path(a)),
      );
    else return a.slow;
    return label;
  });
  let code: Code = branchTable(load8U(a.pc, scale === 0 ? 0 : 1), [...labels, a.slow]);
  for (const [label, path] of paths) code = [block(label, code), path, a.goSlow()];
  for (const tail of tails)
    if (a.goesTo(tail.name)) code = [block(a.tail(tail.name), code), a.f.scope(() => tail.code(a)), a.goSlow()];
  return block(a.slow, code);
}

/** Runs the one bytecode at pc, which has a prefix: its own function, so that the loop's stays small. */
function generatePrefixed(scale: Scale): WasmFunction {
  const a = new InterpreterAssembler();
  const code = [a.restore(), block(a.dispatch, [dispatchOn(a, scale), a.leave(Exit.Slow)]), a.leave(Exit.Continue)];
  return a.f.finish(code, [ValueType.I32]);
}

function generateRun(): WasmFunction {
  const a = new InterpreterAssembler();
  const exit = a.local();
  const prefixed = (index: number): Code => [
    a.save(),
    set(exit, call(index)),
    a.restore(),
    branchIf(a.dispatch, eq(exit, Exit.Continue)),
    returns(exit),
  ];
  const prefixes = {
    [Bytecode.Wide]: prefixed(functionOf[Bytecode.Wide]),
    [Bytecode.ExtraWide]: prefixed(functionOf[Bytecode.ExtraWide]),
  };
  const code = [
    a.restore(),
    loop(a.dispatch, [increase(a.counter, 1), dispatchOn(a, 0, prefixes), a.leave(Exit.Slow)]),
    unreachable,
  ];
  return a.f.finish(code, [ValueType.I32], 'run');
}

/** The module's bytes; it exports `run: () => Exit`. */
export const generateLoop = (pages: number): Uint8Array<ArrayBuffer> =>
  encodeModule([copyLiteral(), generatePrefixed(1), generatePrefixed(2), generateRun()], pages, true);

const modules = new Map<number, WebAssembly.Module>();
const presets = new Map<number, Uint8Array<ArrayBuffer>>();

/** What `generateLoop(pages)` makes, from a startup snapshot: generating takes longer than compiling. */
export const presetLoop = (pages: number, bytes: Uint8Array<ArrayBuffer>): void => {
  presets.set(pages, bytes);
};

/** The loop over `heap`'s memory: runs from the state in isolate data until it must leave, and says why. */
export function instantiateLoop(heap: Heap): () => Exit {
  const pages = heap.size >> 16;
  let module = modules.get(pages);
  if (module === undefined) {
    module = new WebAssembly.Module(presets.get(pages) ?? generateLoop(pages));
    modules.set(pages, module);
  }
  BYTECODE_SIZES[0]!.forEach((size, bytecode) => {
    heap.u8[bytecodeSizes + bytecode] = bytecode < Bytecode.Ldar ? 0 : size;
  });
  return new WebAssembly.Instance(module, { m: { m: heap.memory } }).exports.run as () => Exit;
}
