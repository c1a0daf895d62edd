/**
 * Disassembly text as V8's `--print-opt-code` writes it, instructions as data for the debugger, and `explain` for
 * hovers. Instruction facts are iced-x86's; the spelling is V8's: 64-bit register names at every width, the operand
 * size as a suffix (`movl`, `REX.W movq`), hexadecimal immediates, `jna 0x… <+0x1fe>`.
 *
 * ```
 * 0x7fa60c002a70    30  483979ff             REX.W cmpq [rcx-0x1],rdi
 * address       offset  bytes                text                        (annotation)    ;; comment
 * ```
 */
import {
  Decoder,
  DecoderOptions,
  FlowControl,
  Instruction,
  InstructionInfoFactory,
  MemorySizeExt,
  Mnemonic,
  OpAccess,
  OpKind,
  Register,
  RflagsBits,
} from 'iced-x86';
import { CONDITION_NAMES, GPR64_NAMES } from './registers.ts';

export interface DisassembledInstruction {
  /** Full 64-bit address. */
  address: bigint;
  /** Offset from the start of the disassembled range. */
  offset: number;
  length: number;
  /** Hexadecimal, without spaces. */
  bytes: string;
  /** V8-style text, annotations in parentheses included. */
  text: string;
  /** Direct jump or call target, as a cage offset. */
  target?: number;
  /** Displacement from r13, when an operand is addressed from the root register. */
  rootOffset?: number;
  /** 64-bit immediate of a `movq r64, imm64`. */
  constant?: bigint;
  isBranch: boolean;
  isCall: boolean;
  comment?: string;
}

/** What the caller knows about addresses; every hook may return undefined. */
export interface DisassemblyHooks {
  /** Name of a direct call or jump target outside the range, e.g. a builtin. */
  nameOfTarget?(target: number): string | undefined;
  /** Meaning of `[r13 + offset]`, e.g. `root (heap_number_map)`. */
  nameOfRootOffset?(offset: number): string | undefined;
  /** Text after `;;`, e.g. an object or a deopt reason. */
  comment?(instruction: DisassembledInstruction): string | undefined;
}

const mnemonicName = (mnemonic: Mnemonic): string => Mnemonic[mnemonic]!.toLowerCase();
const ICED_CC = ['o', 'no', 'b', 'ae', 'e', 'ne', 'be', 'a', 's', 'ns', 'p', 'np', 'l', 'ge', 'le', 'g'];
const CONDITION_OF = new Map(ICED_CC.map((suffix, cc) => [suffix, CONDITION_NAMES[cc]!]));

/** Full-width names for every general register that iced knows, XMM names for the rest. */
const REGISTER_NAMES: string[] = [];
for (const [name, value] of Object.entries(Register)) {
  if (typeof value === 'number') REGISTER_NAMES[value as number] = name.toLowerCase();
}
const LEGACY = ['ax', 'cx', 'dx', 'bx', 'sp', 'bp', 'si', 'di'];
const WIDE_NAMES = REGISTER_NAMES.map((name) => {
  let index = -1;
  const legacy = /^[er]?(ax|cx|dx|bx|sp|bp|si|di)$/.exec(name) ?? /^(a|c|d|b|sp|bp|si|di)l$/.exec(name);
  if (legacy) index = LEGACY.findIndex((base) => base === legacy[1] || base === `${legacy[1]}x`);
  const numbered = /^r(\d+)[dwl]?$/.exec(name);
  if (numbered) index = Number(numbered[1]);
  return index >= 0 ? GPR64_NAMES[index]! : name;
});

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** Integer mnemonics that V8 prints with an operand size suffix. */
const SIZED = new Set(
  ['add', 'or', 'adc', 'sbb', 'and', 'sub', 'xor', 'cmp', 'test', 'mov', 'lea', 'not', 'neg', 'inc', 'dec'].concat(
    ['imul', 'mul', 'div', 'idiv', 'shl', 'shr', 'sar', 'rol', 'ror', 'bt', 'bsr', 'bsf', 'lzcnt', 'tzcnt', 'popcnt'],
    ['xchg', 'cmpxchg', 'shlx', 'shrx', 'sarx'],
  ),
);
const SHIFTS = new Set(['shl', 'shr', 'sar', 'rol', 'ror']);
const SUFFIX: Record<number, string> = { 1: 'b', 2: 'w', 4: 'l', 8: 'q' };

function registerSize(register: number): number {
  const name = REGISTER_NAMES[register]!;
  if (/^(r\d+|r[a-z]{2})$/.test(name)) return 8;
  if (/^(e[a-z]{2}|r\d+d)$/.test(name)) return 4;
  if (/^(r\d+w|[a-d]x|sp|bp|si|di)$/.test(name)) return 2;
  return /^xmm/.test(name) ? 16 : 1;
}

function operandSize(instruction: Instruction, n: number): number {
  if (n >= instruction.opCount) return 0;
  const kind = instruction.opKind(n);
  if (kind === OpKind.Register) return registerSize(instruction.opRegister(n));
  if (kind === OpKind.Memory) return MemorySizeExt.size(instruction.memorySize);
  return 0;
}

function mnemonicText(instruction: Instruction): string {
  const name = mnemonicName(instruction.mnemonic);
  const size = operandSize(instruction, 0);
  if (instruction.isJccShortOrNear) return `j${CONDITION_OF.get(name.slice(1)) ?? name.slice(1)}`;
  if (/^set/.test(name)) return `set${CONDITION_OF.get(name.slice(3)) ?? name.slice(3)}l`;
  if (/^cmov/.test(name)) return `cmov${CONDITION_OF.get(name.slice(4)) ?? name.slice(4)}${SUFFIX[size] ?? ''}`;
  if (SIZED.has(name)) {
    const suffix = SUFFIX[size] ?? SUFFIX[operandSize(instruction, 1)] ?? '';
    return (instruction.hasLockPrefix ? 'lock ' : '') + name + suffix;
  }
  switch (name) {
    case 'movzx':
    case 'movsx':
    case 'movsxd': {
      const from = SUFFIX[operandSize(instruction, 1)] ?? '';
      return `${name.slice(0, 5)}${from}${SUFFIX[size] ?? ''}`;
    }
    case 'cvtsi2sd':
    case 'cvtsi2ss':
    case 'vcvtsi2sd':
    case 'vcvtsi2ss': {
      const from = operandSize(instruction, instruction.opCount - 1) === 8 ? 'q' : 'l';
      return name.replace('cvtsi', `cvt${from}si`);
    }
    case 'cvttsd2si':
    case 'vcvttsd2si':
      return size === 8 ? `${name}q` : name;
    case 'ret':
      return instruction.opCount === 0 ? 'retl' : 'ret';
    case 'int3':
      return 'int3l';
    case 'leave':
      return 'leavel';
    case 'cdq':
      return 'cdql';
    case 'cqo':
      return 'cdqq';
    default:
      return name;
  }
}

function memoryText(instruction: Instruction): string {
  if (instruction.isIpRelMemoryOperand) {
    const relative = instruction.ipRelMemoryAddress - instruction.nextIP;
    return `[rip+${hex(BigInt.asUintN(32, relative))}]`;
  }
  const base = instruction.memoryBase;
  const index = instruction.memoryIndex;
  const parts: string[] = [];
  if (base !== Register.None) parts.push(WIDE_NAMES[base]!);
  if (index !== Register.None) parts.push(`${WIDE_NAMES[index]}*${instruction.memoryIndexScale}`);
  const disp = BigInt.asIntN(64, instruction.memoryDisplacement);
  let text = parts.join('+');
  if (parts.length === 0) text = hex(BigInt.asUintN(64, disp));
  else if (instruction.memoryDisplSize > 0) text += disp < 0n ? `-${hex(-disp)}` : `+${hex(disp)}`;
  return `[${text}]`;
}

function operandText(instruction: Instruction, n: number): string {
  const kind = instruction.opKind(n);
  if (kind === OpKind.Register) return WIDE_NAMES[instruction.opRegister(n)]!;
  if (kind === OpKind.Memory) return memoryText(instruction);
  if (kind === OpKind.NearBranch64) return hex(instruction.nearBranchTarget);
  const size = operandSize(instruction, 0) || 4;
  return hex(BigInt.asUintN(Math.min(size, 8) * 8, instruction.immediate(n)));
}

function instructionText(
  instruction: Instruction,
  bytes: Uint8Array,
  codeStart: bigint,
  hooks: DisassemblyHooks,
  end: bigint,
): string {
  if (instruction.isInvalid) return `(bad) ${Buffer.from(bytes).toString('hex')}`;
  const name = mnemonicName(instruction.mnemonic);
  let text = hasRexW(bytes) ? 'REX.W ' : '';
  text += mnemonicText(instruction);
  if (name === 'nop') return text;
  const count = instruction.opCount;
  for (let n = 0; n < count; n++) {
    if (n === 0) text += ' ';
    else if (n === 1 && SHIFTS.has(name)) {
      text += instruction.opKind(1) === OpKind.Register ? ', cl' : `, ${instruction.immediate(1)}`;
      continue;
    } else text += ',';
    text += operandText(instruction, n);
    if (
      instruction.opKind(n) === OpKind.Memory &&
      instruction.memoryBase === Register.R13 &&
      instruction.memoryIndex === Register.None
    ) {
      const meaning = hooks.nameOfRootOffset?.(Number(BigInt.asIntN(32, instruction.memoryDisplacement)));
      if (meaning !== undefined) text += ` (${meaning})`;
    }
  }
  if (count > 0 && instruction.op0Kind === OpKind.NearBranch64) {
    const target = instruction.nearBranchTarget;
    if (target >= codeStart && target < end) text += `  <+${hex(target - codeStart)}>`;
    else {
      const meaning = hooks.nameOfTarget?.(Number(target & 0xffffffffn));
      if (meaning !== undefined) text += `  (${meaning})`;
    }
  }
  return text;
}

/** A REX prefix with W, behind legacy prefixes. */
function hasRexW(bytes: Uint8Array): boolean {
  let at = 0;
  while ([0x66, 0xf2, 0xf3, 0xf0].includes(bytes[at]!)) at++;
  return (bytes[at]! & 0xf8) === 0x48;
}

/**
 * Disassembles machine code.
 * @param bytes the code (instructions only: no jump tables behind them)
 * @param address full 64-bit address of the first byte
 */
export function disassemble(
  bytes: Uint8Array,
  address: bigint,
  hooks: DisassemblyHooks = {},
): DisassembledInstruction[] {
  const copy = bytes.slice();
  const decoder = new Decoder(64, copy, DecoderOptions.None);
  decoder.ip = address;
  const instruction = new Instruction();
  const lines: DisassembledInstruction[] = [];
  const end = address + BigInt(copy.length);
  try {
    while (decoder.canDecode) {
      const offset = decoder.position;
      decoder.decodeOut(instruction);
      const length = Math.max(instruction.length, 1);
      const own = copy.subarray(offset, offset + length);
      const line: DisassembledInstruction = {
        address: address + BigInt(offset),
        offset,
        length,
        bytes: Buffer.from(own).toString('hex'),
        text: instructionText(instruction, own, address, hooks, end),
        isBranch: instruction.flowControl !== FlowControl.Next,
        isCall: instruction.flowControl === FlowControl.Call || instruction.flowControl === FlowControl.IndirectCall,
      };
      if (instruction.opCount > 0 && instruction.op0Kind === OpKind.NearBranch64) {
        line.target = Number(instruction.nearBranchTarget & 0xffffffffn);
      }
      if (instruction.memoryBase === Register.R13) {
        line.rootOffset = Number(BigInt.asIntN(32, instruction.memoryDisplacement));
      }
      if (instruction.opCount > 1 && instruction.op1Kind === OpKind.Immediate64)
        line.constant = instruction.immediate64;
      const comment = hooks.comment?.(line);
      if (comment !== undefined) line.comment = comment;
      lines.push(line);
    }
  } finally {
    instruction.free();
    decoder.free();
  }
  return lines;
}

/** One line of a listing: address, offset, bytes, text, comment. */
export function disassemblyLine(line: DisassembledInstruction): string {
  const start = `0x${line.address.toString(16)} ${line.offset.toString(16).padStart(5)}  ${line.bytes.padEnd(20)} ${line.text}`;
  return line.comment === undefined ? start : `${start}    ;; ${line.comment}`;
}

export interface InstructionExplanation {
  text: string;
  /** Lower-case full-width register names. */
  reads: string[];
  writes: string[];
  flagsRead: string[];
  flagsWritten: string[];
  flagsUndefined: string[];
  /** `read`, `write` or both, with V8-style operand and size in bytes. */
  memory: { operand: string; access: 'read' | 'write' | 'read-write'; size: number }[];
  length: number;
}

const FLAG_NAMES: [number, string][] = [
  [RflagsBits.CF, 'CF'],
  [RflagsBits.PF, 'PF'],
  [RflagsBits.ZF, 'ZF'],
  [RflagsBits.SF, 'SF'],
  [RflagsBits.OF, 'OF'],
];
const flagNames = (bits: number): string[] => FLAG_NAMES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);

const READING: readonly number[] = [OpAccess.Read, OpAccess.CondRead, OpAccess.ReadWrite, OpAccess.ReadCondWrite];
const WRITING: readonly number[] = [OpAccess.Write, OpAccess.CondWrite, OpAccess.ReadWrite, OpAccess.ReadCondWrite];

/** What the first instruction of `bytes` reads and writes, for hovers. */
export function explainInstruction(
  bytes: Uint8Array,
  address: bigint,
  hooks: DisassemblyHooks = {},
): InstructionExplanation {
  const copy = bytes.slice(0, 15);
  const decoder = new Decoder(64, copy, DecoderOptions.None);
  decoder.ip = address;
  const instruction = decoder.decode();
  const factory = new InstructionInfoFactory();
  const info = factory.info(instruction);
  try {
    const own = copy.subarray(0, Math.max(instruction.length, 1));
    const reads = new Set<string>();
    const writes = new Set<string>();
    for (const used of info.usedRegisters()) {
      const name = WIDE_NAMES[used.register]!.replace(/^[yz]mm/, 'xmm');
      if (READING.includes(used.access)) reads.add(name);
      if (WRITING.includes(used.access)) writes.add(name);
      used.free();
    }
    const memory: InstructionExplanation['memory'] = [];
    for (const used of info.usedMemory()) {
      const read = READING.includes(used.access);
      const write = WRITING.includes(used.access);
      const explicit = used.base !== Register.RSP || instruction.memoryBase === Register.RSP;
      if (read || write) {
        memory.push({
          operand: explicit ? memoryText(instruction) : '[rsp]',
          access: read && write ? 'read-write' : read ? 'read' : 'write',
          size: MemorySizeExt.size(used.memorySize),
        });
      }
      used.free();
    }
    return {
      text: instructionText(instruction, own, address, hooks, address),
      reads: [...reads],
      writes: [...writes],
      flagsRead: flagNames(instruction.rflagsRead),
      flagsWritten: flagNames(instruction.rflagsModified & ~instruction.rflagsUndefined),
      flagsUndefined: flagNames(instruction.rflagsUndefined),
      memory,
      length: own.length,
    };
  } finally {
    info.free();
    factory.free();
    instruction.free();
    decoder.free();
  }
}
