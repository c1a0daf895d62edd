// Verifier of the stack pointer in generated code. It reads the finished bytes and follows every path through them. Rules; each
// error names its rule and the offset of the machine instruction:
//
//   S1  all paths to an instruction agree about the height of the stack
//   S2  at the start of every instruction of the backend the height is the frame's: what one pushes it pops, or its callee does
//   S3  a call with a safepoint has pushed as many arguments as its callee pops: the count in eax; a known function also pops what
//       was pushed for its missing arguments
//   S4  a return or a jump out of the code happens without a frame, with the return address on top
//   S5  an exit is entered with the frame's height, from which the Deoptimizer computes the frame's slots
//   S6  control stays inside: no path runs out of the code or into the middle of an instruction
//
// Heights are bytes from rsp up to rbp once the frame stands, up to the return address before it does.

import { type StackStep, stackSteps } from '../../x64/index.ts';
import { VerificationError } from '../graph/verifier.ts';

/** What the verifier must know of generated code. */
export interface StackFacts {
  /** Slots of the frame, as Code.StackSlots counts them. */
  readonly slotCount: number;
  /** The code starts in a frame that stands: the interpreter's. */
  readonly isOsr: boolean;
  /** Offsets where instructions of the backend start. */
  readonly starts: readonly number[];
  /** Offsets of return addresses that have a safepoint. */
  readonly safepoints: readonly number[];
  /** Offsets of exception handlers. */
  readonly handlers: readonly number[];
  /** Offset of the first deoptimization exit. */
  readonly exitStart: number;
}

/** Throws a `VerificationError` if the code for `address` breaks a rule. */
export function verifyStack(bytes: Uint8Array, address: number, facts: StackFacts): void {
  new StackVerifier(stackSteps(bytes, address), facts).run();
}

/** Where rsp is: `height` bytes below rbp, or below the return address when there is no frame. */
interface Height {
  readonly hasFrame: boolean;
  readonly height: number;
  /** The constant in eax. */
  readonly eax: number | undefined;
  /** The number of arguments is computed: the return that follows is not followed. */
  readonly isReturning: boolean;
}

class StackVerifier {
  private readonly steps = new Map<number, StackStep>();
  private readonly facts: StackFacts;
  private readonly starts: ReadonlySet<number>;
  private readonly safepoints: ReadonlySet<number>;
  private readonly known = new Map<number, Height>();
  private readonly work: number[] = [];
  private readonly frameHeight: number;

  constructor(steps: readonly StackStep[], facts: StackFacts) {
    for (const step of steps) this.steps.set(step.offset, step);
    this.facts = facts;
    this.starts = new Set(facts.starts);
    this.safepoints = new Set(facts.safepoints);
    // The slots of the return address and the caller's fp are not below rbp.
    this.frameHeight = 8 * (facts.slotCount - 2);
  }

  run(): void {
    this.arrive(0, {
      hasFrame: this.facts.isOsr,
      height: this.facts.isOsr ? Number.NaN : 0,
      eax: undefined,
      isReturning: false,
    });
    const inFrame: Height = { hasFrame: true, height: this.frameHeight, eax: undefined, isReturning: false };
    for (const handler of this.facts.handlers) this.arrive(handler, inFrame);
    for (let offset = this.work.pop(); offset !== undefined; offset = this.work.pop()) this.follow(offset);
  }

  private arrive(offset: number, state: Height): void {
    if (!this.steps.has(offset)) fail('S6', offset, 'control arrives where no instruction starts');
    if (this.starts.has(offset) && !(state.hasFrame && state.height === this.frameHeight))
      fail('S2', offset, `the height is ${describe(state)}, the frame's is ${this.frameHeight}`);
    if (offset >= this.facts.exitStart && !(state.hasFrame && state.height === this.frameHeight))
      fail('S5', offset, `an exit is entered with height ${describe(state)}, the frame's is ${this.frameHeight}`);
    const known = this.known.get(offset);
    if (known === undefined) {
      this.known.set(offset, state);
      this.work.push(offset);
      return;
    }
    if (known.hasFrame !== state.hasFrame || !Object.is(known.height, state.height))
      fail('S1', offset, `one path arrives with height ${describe(known)}, another with ${describe(state)}`);
    if (known.eax === state.eax || known.eax === undefined) return;
    this.known.set(offset, { ...known, eax: undefined });
    this.work.push(offset);
  }

  private follow(offset: number): void {
    const step = this.steps.get(offset)!;
    if (offset >= this.facts.exitStart) return; // the Deoptimizer's
    const before = this.known.get(offset)!;
    const state = this.after(step, before);
    switch (step.flow) {
      case 'stop':
        return;
      case 'return':
        if (!before.isReturning && (before.hasFrame || before.height !== 0))
          fail('S4', offset, `a return with height ${describe(before)}`);
        return;
      case 'jump':
        if (step.target !== undefined && this.steps.has(step.target)) this.arrive(step.target, state);
        else if (before.hasFrame || before.height !== 0)
          fail('S4', offset, `a tail call with height ${describe(before)}`);
        return;
      case 'branch':
        this.arrive(step.target!, state);
        break;
      case 'call':
        this.arrive(
          step.next,
          this.safepoints.has(step.next) ? this.returned(step, before) : { ...before, eax: undefined },
        );
        return;
    }
    this.arrive(step.next, state);
  }

  /** The callee of a call with a safepoint pops its arguments. */
  private returned(step: StackStep, before: Height): Height {
    const pushed = (before.height - this.frameHeight) / 8;
    const { eax } = before;
    if (!before.hasFrame || eax === undefined) return fail('S3', step.offset, 'the number of arguments is not known');
    const isKnownFunction = step.target === undefined;
    if (isKnownFunction ? pushed < eax : pushed !== eax)
      fail('S3', step.offset, `${pushed} arguments are pushed, the callee pops ${eax}`);
    return { hasFrame: true, height: this.frameHeight, eax: undefined, isReturning: false };
  }

  private after(step: StackStep, state: Height): Height {
    const { change } = step;
    const eax = step.eax ?? state.eax;
    switch (change.kind) {
      case 'add':
        return { ...state, height: state.height - change.bytes, eax };
      case 'frame':
        if (!state.hasFrame) fail('S4', step.offset, 'the frame is gone already');
        return { ...state, height: -change.bytes, eax };
      case 'enter':
        return { ...state, hasFrame: true, height: 0, eax };
      case 'leave':
        if (!state.hasFrame || state.height !== 0)
          fail('S4', step.offset, `rbp is popped with height ${describe(state)}`);
        return { ...state, hasFrame: false, height: 0, eax };
      default:
        if (state.hasFrame) fail('S1', step.offset, 'rsp becomes what nobody can say');
        return { ...state, height: Number.NaN, eax, isReturning: true };
    }
  }
}

const describe = ({ hasFrame, height }: Height): string => (hasFrame ? `${height}` : `${height} without a frame`);

const fail = (rule: string, offset: number, what: string): never => {
  throw new VerificationError(rule, `+0x${offset.toString(16)}`, what);
};
