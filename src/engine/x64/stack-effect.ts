/**
 * What instructions do to the stack pointer, and where control goes after them: input of verifiers of generated code.
 *
 * ```
 *   push rax           rsp −8, next            call f      rsp unchanged once f is back, call
 *   sub rsp, 0x20      rsp −32, next           ret 0x18    return
 *   lea rsp,[rbp-0x8]  rsp = rbp − 8, next     jne l       branch
 * ```
 */
import { Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind, Register } from 'iced-x86';

export type StackChange =
  | { readonly kind: 'add'; readonly bytes: number }
  /** rsp = rbp + bytes */
  | { readonly kind: 'frame'; readonly bytes: number }
  /** rbp = rsp */
  | { readonly kind: 'enter' }
  /** rbp is popped. */
  | { readonly kind: 'leave' }
  /** Nobody can say. */
  | { readonly kind: 'unknown' };

export interface StackStep {
  /** Offset of the instruction, and of the one behind it. */
  readonly offset: number;
  readonly next: number;
  readonly change: StackChange;
  readonly flow: 'next' | 'branch' | 'jump' | 'call' | 'return' | 'stop';
  /** Offset where a direct branch, jump or call goes; may lie outside of the code. */
  readonly target: number | undefined;
  /** The value of a constant that is loaded into eax. */
  readonly eax: number | undefined;
}

/** The instructions of `bytes`, which are code for the cage offset `address`. */
export function stackSteps(bytes: Uint8Array, address: number): StackStep[] {
  const decoder = new Decoder(64, bytes, DecoderOptions.None);
  decoder.ip = BigInt(address);
  const instruction = new Instruction();
  const steps: StackStep[] = [];
  try {
    while (decoder.canDecode) {
      const offset = decoder.position;
      decoder.decodeOut(instruction);
      const flow = flowOf(instruction);
      const isNear = instruction.op0Kind === OpKind.NearBranch64;
      steps.push({
        offset,
        next: decoder.position,
        change: changeOf(instruction),
        flow,
        target: isNear ? Number(BigInt.asIntN(32, instruction.nearBranch64)) - address : undefined,
        eax: eaxOf(instruction),
      });
    }
  } finally {
    instruction.free();
    decoder.free();
  }
  return steps;
}

function flowOf(instruction: Instruction): StackStep['flow'] {
  switch (instruction.flowControl) {
    case FlowControl.Next:
      return 'next';
    case FlowControl.ConditionalBranch:
      return 'branch';
    case FlowControl.UnconditionalBranch:
    case FlowControl.IndirectBranch:
      return 'jump';
    case FlowControl.Call:
    case FlowControl.IndirectCall:
      return 'call';
    case FlowControl.Return:
      return 'return';
    default:
      return 'stop';
  }
}

const nothing: StackChange = { kind: 'add', bytes: 0 };

function changeOf(instruction: Instruction): StackChange {
  const { mnemonic } = instruction;
  if (mnemonic === Mnemonic.Call || mnemonic === Mnemonic.Ret) return nothing;
  const first =
    instruction.opCount > 0 && instruction.op0Kind === OpKind.Register ? instruction.op0Register : Register.None;
  const isPop = mnemonic === Mnemonic.Pop;
  if (isPop && first === Register.RBP) return { kind: 'leave' };
  if (isPop && first === Register.RSP) return { kind: 'unknown' };
  const implicit = instruction.stackPointerIncrement;
  if (implicit !== 0) return { kind: 'add', bytes: implicit };
  if (first === Register.RBP && mnemonic === Mnemonic.Mov)
    return instruction.op1Register === Register.RSP ? { kind: 'enter' } : { kind: 'unknown' };
  if (first !== Register.RSP || mnemonic === Mnemonic.Cmp || mnemonic === Mnemonic.Test) return nothing;
  switch (mnemonic) {
    case Mnemonic.Sub:
    case Mnemonic.Add: {
      if (instruction.op1Kind === OpKind.Register) return { kind: 'unknown' };
      const value = Number(BigInt.asIntN(64, instruction.immediate(1)));
      return { kind: 'add', bytes: mnemonic === Mnemonic.Add ? value : -value };
    }
    case Mnemonic.Mov:
      return instruction.op1Register === Register.RBP ? { kind: 'frame', bytes: 0 } : { kind: 'unknown' };
    case Mnemonic.Lea: {
      const displacement = Number(BigInt.asIntN(64, instruction.memoryDisplacement));
      if (instruction.memoryIndex !== Register.None) return { kind: 'unknown' };
      if (instruction.memoryBase === Register.RBP) return { kind: 'frame', bytes: displacement };
      return instruction.memoryBase === Register.RSP ? { kind: 'add', bytes: displacement } : { kind: 'unknown' };
    }
    default:
      return { kind: 'unknown' };
  }
}

function eaxOf(instruction: Instruction): number | undefined {
  const isLoad = instruction.mnemonic === Mnemonic.Mov && instruction.op0Register === Register.EAX;
  if (!isLoad || instruction.op1Kind === OpKind.Register || instruction.op1Kind === OpKind.Memory) return undefined;
  return Number(instruction.immediate(1));
}
