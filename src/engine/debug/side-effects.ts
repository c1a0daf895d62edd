// Code that runs for a hover or a condition changes nothing that was there before it, as with V8's throwOnSideEffect: it runs bytecode by
// bytecode, and a column of each of three tables says what may be written (bytecodes, runtime functions, builtins).
//
// Invariant: while a check is on nothing is collected, so what the evaluation made lies between the ends that the spaces had at its
// beginning and those that they have now. Only that may be changed.

import { BYTECODES, Bytecode, type OperandScale, readSigned, readUnsigned } from '../bytecode/index.ts';
import { type Address, IsolateData, isSmi, type RegisterOperand, type Tagged } from '../heap/index.ts';
import { Context, InstanceType, instanceTypeOf, JSTypedArray } from '../objects/index.ts';
import { type RegisteredBuiltin, Writes } from '../runtime/index.ts';
import type { Functions } from './functions.ts';
import type { DebugTarget } from './target.ts';

/** V8's words. No handler of the program catches it: the evaluation is over. */
export class SideEffect extends Error {
  constructor() {
    super('EvalError: Possible side-effect in debug-evaluate');
  }
}

/** Bytes of objects that an evaluation may make, which is not collected meanwhile. */
const mostBytes = 64 << 20;

const prefixes: ReadonlyMap<number, OperandScale> = new Map([
  [Bytecode.Wide, 2],
  [Bytecode.ExtraWide, 4],
]);

export class SideEffects {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private youngFrom: Address = 0;
  private oldFrom = 0;
  private isOn = false;
  /** By builtin id: those that are replaced while a check is on. */
  private readonly checked: (RegisteredBuiltin | undefined)[] = [];
  private readonly usual: RegisteredBuiltin[] = [];

  constructor(target: DebugTarget, functions: Functions) {
    this.target = target;
    this.functions = functions;
  }

  /** Runs code that throws a `SideEffect` before it changes something that is there now. */
  check(body: () => Tagged): Tagged {
    const { target } = this;
    const { heap } = target;
    this.youngFrom = heap.readIsolateWord(IsolateData.NewSpaceTop);
    this.oldFrom = heap.oldSpace.now();
    const { realm } = target.rt;
    const lastMatch = realm.lastRegExpMatch;
    this.isOn = true;
    this.replaceBuiltins();
    try {
      return target.withoutCollection(() => target.inBytecode(body));
    } finally {
      this.isOn = false;
      for (const builtin of this.usual) target.rt.builtins[builtin.id] = builtin;
      realm.lastRegExpMatch = lastMatch;
    }
  }

  private replaceBuiltins(): void {
    const { builtins } = this.target.rt;
    for (let id = this.checked.length; id < builtins.length; id++) {
      const builtin = builtins[id];
      this.checked.push(undefined);
      if (builtin === undefined || builtin.writes === Writes.Nothing) continue;
      this.usual.push(builtin);
      this.checked[id] = this.withCheck(builtin);
    }
    for (const { id } of this.usual) builtins[id] = this.checked[id];
  }

  private withCheck(builtin: RegisteredBuiltin): RegisteredBuiltin {
    return {
      ...builtin,
      fn: (rt, args) => {
        if (builtin.writes !== Writes.First) throw new SideEffect();
        this.mustBeTemporary(args.receiver);
        return builtin.fn(rt, args);
      },
    };
  }

  /** Before every bytecode of the evaluation. */
  beforeBytecode(): void {
    if (!this.isOn) return;
    const { heap, interpreter } = this.target;
    let at: Address = interpreter.pc;
    const first = this.functions.replaced.get(at) ?? heap.u8[at]!;
    const scale = prefixes.get(first) ?? 1;
    if (scale !== 1) at++;
    const bytecode = scale === 1 ? first : heap.u8[at]!;
    switch (BYTECODES[bytecode]!.writes) {
      case 'nothing':
        return;
      case 'object':
        return this.mustBeTemporary(interpreter.reg(this.register(at + 1, scale)));
      case 'context':
        return this.mustBeTemporary(this.contextOf(bytecode, at, scale));
      case 'as called':
        return this.beforeRuntimeFunction(bytecode, at, scale);
      case 'anything':
        throw new SideEffect();
    }
  }

  private register(at: Address, scale: OperandScale): RegisterOperand {
    return readSigned(this.target.heap.u8, at, scale);
  }

  /** What a store to a context slot stores to: [register, slot, depth], or the current one's slot. */
  private contextOf(bytecode: Bytecode, at: Address, scale: OperandScale): Tagged {
    const { heap, interpreter } = this.target;
    if (bytecode === Bytecode.StaCurrentContextSlot || bytecode === Bytecode.StaCurrentScriptContextSlot)
      return interpreter.context;
    let context = interpreter.reg(this.register(at + 1, scale));
    for (let depth = readUnsigned(heap.u8, at + 1 + 2 * scale, scale); depth > 0; depth--)
      context = heap.get(context, Context.Previous);
    return context;
  }

  private beforeRuntimeFunction(bytecode: Bytecode, at: Address, scale: OperandScale): void {
    const { heap, interpreter } = this.target;
    const isIntrinsic = bytecode === Bytecode.InvokeIntrinsic;
    const size = isIntrinsic ? 1 : 2;
    const id = readUnsigned(heap.u8, at + 1, size);
    const { runtimeFunctions } = interpreter;
    const writes = isIntrinsic ? runtimeFunctions.writesOfIntrinsic(id) : runtimeFunctions.writesOf(id);
    if (writes === Writes.Anything) throw new SideEffect();
    if (writes === Writes.First) this.mustBeTemporary(interpreter.reg(this.register(at + 1 + size, scale)));
  }

  /** What is about to be changed: an object, a context. */
  private mustBeTemporary(word: Tagged): void {
    const { heap } = this.target;
    if (!this.isTemporary(word)) throw new SideEffect();
    // An array of another one's bytes
    const type = instanceTypeOf(heap, word);
    if (type === InstanceType.JSTypedArray || type === InstanceType.JSDataView)
      this.mustBeTemporary(heap.get(word, JSTypedArray.Buffer));
  }

  private isTemporary(word: Tagged): boolean {
    const { heap } = this.target;
    const youngTop = heap.readIsolateWord(IsolateData.NewSpaceTop);
    if (youngTop - this.youngFrom + heap.oldSpace.bytesSince(this.oldFrom) > mostBytes)
      throw new Error(`The evaluation made more than ${mostBytes >> 20} MB of objects, and was stopped.`);
    return (
      !isSmi(word) && ((word > this.youngFrom && word < youngTop) || heap.oldSpace.isSince(this.oldFrom, word - 1))
    );
  }
}
