// Translated values as text: where a value is, what the machine holds, what the interpreter will get. Nothing here allocates
// in the heap: a stop in machine code may be in the middle of an allocation.

import { type TranslatedState, type TranslatedValue, TranslationOpcode } from '../deoptimizer/index.ts';
import type { Tagged } from '../heap/index.ts';
import { StaticRoot } from '../objects/index.ts';
import type { Runtime } from '../runtime/index.ts';
import { GPR64_NAMES, XMM_NAMES } from '../x64/index.ts';
import { hex64 } from './addresses.ts';
import { numberText, preview } from './preview.ts';

/** `rax`, `xmm1`, `[fp - 40]`, `literal 3`. */
export function locationOf(value: TranslatedValue): string {
  if (value.kind === 'optimizedOut') return 'optimized out';
  if (value.kind === 'captured') return `captured object #${value.objectIndex}`;
  if (value.kind === 'duplicated') return `duplicate of object #${value.objectIndex}`;
  switch (value.source) {
    case 'register':
      return GPR64_NAMES[value.index] ?? `register ${value.index}`;
    case 'xmm':
      return XMM_NAMES[value.index] ?? `xmm ${value.index}`;
    case 'stack': {
      const offset = 8 - 8 * value.index;
      return `[fp ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}]`;
    }
    case 'literal':
      return `literal ${value.index}`;
    default:
      return value.opcode === TranslationOpcode.ArgumentsLength ? 'arguments length' : 'constant';
  }
}

/** A number that has no tagged form yet; undefined for everything else. */
export function numberOf(value: TranslatedValue): number | bigint | undefined {
  if (value.kind !== 'value' || value.hasTagged) return undefined;
  switch (value.representation) {
    case 'int32':
      return value.lo;
    case 'uint32':
      return value.lo >>> 0;
    case 'int64':
      return value.hi * 0x1_0000_0000 + (value.lo >>> 0);
    case 'uint64':
      return (value.hi >>> 0) * 0x1_0000_0000 + (value.lo >>> 0);
    case 'bigint64':
      return (BigInt(value.hi) << 32n) | BigInt(value.lo >>> 0);
    case 'biguint64':
      return (BigInt(value.hi >>> 0) << 32n) | BigInt(value.lo >>> 0);
    case 'float32':
    case 'float64':
    case 'holeyFloat64':
      return value.double;
    default:
      return undefined;
  }
}

/** The tagged word where it takes no allocation; undefined otherwise. */
export function wordOf(state: TranslatedState, value: TranslatedValue): Tagged | undefined {
  if (value.kind === 'optimizedOut') return StaticRoot.OptimizedOut;
  if (value.source === 'literal') return value.lo;
  if (value.kind === 'duplicated') {
    const object = state.objects[value.objectIndex];
    return object?.hasTagged === true ? object.tagged : undefined;
  }
  return value.hasTagged || state.isSimple(value) ? state.valueOf(value) : undefined;
}

/** What the interpreter will get. */
export function rebuiltText(rt: Runtime, state: TranslatedState, value: TranslatedValue): string {
  if (value.kind === 'optimizedOut') return '<optimized out>';
  const word = wordOf(state, value);
  if (word !== undefined) return preview(rt, word);
  const number = numberOf(value);
  if (number !== undefined) return typeof number === 'bigint' ? `${number}n` : numberText(number);
  const captured = value.kind === 'duplicated' ? state.objects[value.objectIndex] : value;
  if (captured === undefined) return '<unknown>';
  if (captured.opcode === TranslationOpcode.ArgumentsElements) return 'arguments elements, not allocated yet';
  return `object of ${captured.children.length} words, not allocated yet`;
}

/** What the register or slot holds. */
export function machineText(value: TranslatedValue): string {
  switch (value.representation) {
    case 'float32':
    case 'float64':
    case 'holeyFloat64':
      return numberText(value.double);
    case 'bit':
      return (value.lo & 1) !== 0 ? '1' : '0';
    case 'int32':
      return `0x${(value.lo >>> 0).toString(16).padStart(8, '0')}`;
    default:
      return value.source === 'literal'
        ? `0x${(value.lo >>> 0).toString(16).padStart(8, '0')}`
        : hex64(value.lo, value.hi);
  }
}
