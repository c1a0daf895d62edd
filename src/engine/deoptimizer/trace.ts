// The "reading …" half of --trace-deopt-verbose: every frame and value of a translated state, as the reference prints it.

import { cageHi, type Heap, isSmi, type SlotIndex, smiValue, type Tagged } from '../heap/index.ts';
import { brief } from '../objects/index.ts';
import { GPR64_NAMES, XMM_NAMES } from '../x64/index.ts';
import { hex12 } from './frame-writer.ts';
import type { TranslatedFrame, TranslatedState, TranslatedValue } from './translated-state.ts';
import { TranslationOpcode } from './translation-opcode.ts';

export function traceInputs(heap: Heap, state: TranslatedState, write: (text: string) => void): void {
  for (const frame of state.frames) {
    write(frameHeader(heap, frame));
    frame.values.forEach((value, i) => {
      write(`    ${String(i).padStart(3)}: ${describeValue(heap, value)}\n`);
      traceChildren(heap, value, 1, write);
    });
  }
}

function traceChildren(heap: Heap, value: TranslatedValue, depth: number, write: (text: string) => void): void {
  if (value.opcode === TranslationOpcode.ArgumentsElements) return;
  for (const child of value.children) {
    write(`         ${'  '.repeat(depth)}${describeValue(heap, child)}\n`);
    traceChildren(heap, child, depth + 1, write);
  }
}

function frameHeader(heap: Heap, frame: TranslatedFrame): string {
  const name = /<SharedFunctionInfo ?(.*)>$/.exec(brief(heap, frame.sharedFunctionInfo))?.[1] ?? '';
  switch (frame.kind) {
    case 'interpreted':
      return `  reading input frame ${name} => bytecode_offset=${frame.bytecodeOffset}, args=${frame.parameterCount}, height=${frame.height}, retval=${frame.returnOffset}(#${frame.returnCount}); inputs:\n`;
    case 'inlinedExtraArguments':
      return `  reading inlined arguments frame ${name} => height=${frame.height}, parameter_count=${frame.parameterCount}; inputs:\n`;
    case 'constructInvokeStub':
      return `  reading construct invoke stub frame ${name}, inputs:\n`;
    case 'javaScriptBuiltinContinuation':
      return `  reading ${frame.info.title} ${name} => bytecode_offset=${frame.bytecodeOffset}, height=${frame.height}; inputs:\n`;
    default:
      return `  reading ${frame.info.title} ${name} => height = ${frame.height}; inputs:\n`;
  }
}

/** One input value as V8 traces it: machine value, where it was, what it is. */
export function describeValue(heap: Heap, value: TranslatedValue): string {
  if (value.kind === 'optimizedOut') return '(optimized out)';
  if (value.kind === 'duplicated') return `duplicated object #${value.objectIndex}`;
  if (value.opcode === TranslationOpcode.ArgumentsElements)
    return `arguments elements object #${value.objectIndex} (type = ${value.index}, length = ${value.children.length - 2})`;
  if (value.kind === 'captured') return `captured object #${value.objectIndex} (length = ${value.children.length})`;
  if (value.opcode === TranslationOpcode.ArgumentsLength) return `arguments length field (length = ${value.lo})`;
  if (value.source === 'literal') {
    return `${hex12(value.lo, cageHi)} ; (literal ${String(value.index).padStart(2)}) ${short(heap, value.lo)}`;
  }
  const isTagged = value.representation === 'tagged' || value.representation === 'compressed';
  const where =
    value.source === 'register'
      ? GPR64_NAMES[value.index]
      : value.source === 'xmm'
        ? XMM_NAMES[value.index]
        : slotName(value.index);
  if (isTagged) {
    const gap = value.source === 'stack' ? '  ' : ' ';
    return `${hex12(value.lo, cageHi)} ;${value.source === 'stack' ? ' ' : ''} ${where}${gap}${short(heap, value.lo)}`;
  }
  const number = rawNumber(value);
  const type =
    value.representation === 'float64' ? 'double' : value.representation === 'bit' ? 'bool' : value.representation;
  if (value.source === 'xmm') return `${number} ; ${where}`;
  return value.source === 'stack' ? `${number} ; (${type}) ${where} ` : `${number} ; ${where} (${type})`;
}

function rawNumber(value: TranslatedValue): string {
  switch (value.representation) {
    case 'uint32':
      return String(value.lo >>> 0);
    case 'int64':
    case 'bigint64':
      return String((BigInt(value.hi) << 32n) | BigInt(value.lo >>> 0));
    case 'uint64':
    case 'biguint64':
      return String((BigInt(value.hi >>> 0) << 32n) | BigInt(value.lo >>> 0));
    case 'float32':
    case 'float64':
    case 'holeyFloat64':
      return value.double.toExponential(6).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'bit':
      return String(value.lo & 1);
    default:
      return String(value.lo);
  }
}

/** `[fp -  16]`: where V8's slot index i stands. */
function slotName(index: SlotIndex): string {
  const offset = 8 - 8 * index;
  return `[fp ${offset < 0 ? '-' : '+'} ${String(Math.abs(offset)).padStart(3)}]`;
}

function short(heap: Heap, word: Tagged): string {
  return isSmi(word) ? String(smiValue(word)) : brief(heap, word);
}
