// The interpreter's loop, generated as one WebAssembly function over linear memory: a table jump on the opcode, one block per
// bytecode. It is V8's way too (Ignition's handlers come from an assembler), and here it is what makes bytecodes cost a few
// machine instructions each: WebAssembly has no tags to check, no views to bound and no host tiers to fall out of.
//
//   loop dispatch
//     block slow … block tails …
//       block Illegal … block Wide
//         br_table u8[pc]            bytecode b: behind the end of block b
//       …code of Wide… end           (no fast path: slow)
//     …tails…
//     slow: leave(Exit.Slow)
//
// Bytecodes with a fast path and those after a Wide prefix are generated from the same description (fast-paths/).

import { BYTECODE_COUNT, BYTECODE_SIZES, Bytecode } from '../bytecode/index.ts';
import type { Heap } from '../heap/index.ts';
import {
  block,
  branchTable,
  type Code,
  encodeModule,
  increase,
  Label,
  load8U,
  loop,
  ValueType,
} from '../wasm/index.ts';
import { arithmetic, arithmeticTails } from './fast-paths/arithmetic.ts';
import { calls, callTails } from './fast-paths/calls.ts';
import { comparisons } from './fast-paths/comparisons.ts';
import { control } from './fast-paths/control.ts';
import { loads } from './fast-paths/loads.ts';
import { properties } from './fast-paths/properties.ts';
import type { FastPaths, Tail } from './fast-paths/table.ts';
import { InterpreterAssembler } from './interpreter-assembler.ts';
import { bytecodeSizes, type Exit } from './state.ts';

const fastPaths: FastPaths = { ...loads, ...arithmetic, ...comparisons, ...control, ...properties, ...calls };
const tails: readonly Tail[] = [...arithmeticTails, ...callTails];

/** A block per bytecode that has a fast path, after a table jump on the byte at `opcode`. */
function dispatchOn(
  a: InterpreterAssembler,
  opcode: Code,
  scale: 0 | 1,
  others: Partial<Record<Bytecode, Code>>,
): Code {
  const labels = Array.from({ length: BYTECODE_COUNT }, (_, bytecode) => {
    const name = Bytecode[bytecode] as keyof typeof Bytecode;
    return fastPaths[name] !== undefined || others[bytecode as Bytecode] !== undefined ? new Label(name) : a.slow;
  });
  let code: Code = branchTable(opcode, [...labels, a.slow]);
  labels.forEach((label, bytecode) => {
    if (label === a.slow) return;
    a.begin(bytecode, scale);
    const path = fastPaths[label.name as keyof typeof Bytecode];
    const body = a.f.scope(() => others[bytecode as Bytecode] ?? path!(a));
    code = [block(label, code), body, a.goSlow()];
  });
  return code;
}

/** The module's bytes; it exports `run: () => Exit`. */
export function generateLoop(pages: number): Uint8Array<ArrayBuffer> {
  const a = new InterpreterAssembler();
  const wide = dispatchOn(a, load8U(a.pc, 1), 1, {});
  let code = dispatchOn(a, load8U(a.pc), 0, { [Bytecode.Wide]: wide });
  for (const tail of tails) code = [block(a.tail(tail.name), code), a.f.scope(() => tail.code(a)), a.goSlow()];
  const body = [
    a.restore(),
    loop(a.dispatch, [increase(a.counter, 1), block(a.slow, code), a.leave(0 satisfies Exit.Slow)]),
  ];
  return encodeModule([a.f.finish([body, 0], [ValueType.I32], 'run')], pages, true);
}

const modules = new Map<number, WebAssembly.Module>();

/** The loop over `heap`'s memory: runs from the state in isolate data until it must leave, and says why. */
export function instantiateLoop(heap: Heap): () => Exit {
  const pages = heap.size >> 16;
  let module = modules.get(pages);
  if (module === undefined) modules.set(pages, (module = new WebAssembly.Module(generateLoop(pages))));
  BYTECODE_SIZES[0]!.forEach((size, bytecode) => {
    heap.u8[bytecodeSizes + bytecode] = bytecode < Bytecode.Ldar ? 0 : size;
  });
  return new WebAssembly.Instance(module, { m: { m: heap.memory } }).exports.run as () => Exit;
}
