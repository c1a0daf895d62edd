// Calls (CallDescriptor in parameters.ts). Arguments go to the stack, the callee pops them; every register is lost. In
// deferred blocks the live registers are saved around the call instead, so that the hot path keeps them.

import { DeoptimizeReason } from '../../deoptimizer/index.ts';
import { Code, JSFunction, StaticRoot } from '../../objects/index.ts';
import { BuiltinId } from '../../runtime/index.ts';
import { Gpr, Immediate, mem } from '../../x64/index.ts';
import type { Node } from '../graph/node.ts';
import { type CodeGenerator, taggedBits } from './code-generator.ts';
import type { InstructionBlock, Use } from './instruction.ts';
import type { InstructionSelector } from './instruction-selector.ts';
import { constantOf } from './operands.ts';

/** An argument: a use, or a constant's 64 bits. */
type Argument = { readonly use: Use } | { readonly bits: bigint };

export function selectCall(s: InstructionSelector, node: Node, handler: InstructionBlock | undefined): void {
  const descriptor = node.parameterOf('Call');
  const uses: Use[] = [];
  const argument = (value: Node): Argument => {
    const constant = constantOf(value);
    if (constant?.kind === 'tagged') return { bits: taggedBits(constant.value) };
    if (constant?.kind === 'int32') return { bits: BigInt(constant.value >>> 0) };
    const use: Use = { vreg: s.vreg(value), policy: 'any' };
    uses.push(use);
    return { use };
  };
  const fixed = (value: Node, register: Gpr): void => {
    uses.push(s.fixed(value, register));
  };
  const values = Array.from({ length: node.valueCount }, (_, i) => node.value(i));
  let pushed: Argument[];
  const isRuntime = descriptor.kind === 'Runtime';
  if (isRuntime) pushed = values.map(argument);
  else {
    const first = descriptor.kind === 'JSCall' ? 1 : 2;
    fixed(values[0]!, Gpr.rdi);
    if (descriptor.kind !== 'JSCall') fixed(values[1]!, Gpr.rdx);
    pushed = values.slice(first).map(argument).reverse();
    if (descriptor.kind === 'JSConstruct') pushed.push({ bits: taggedBits(StaticRoot.Undefined) });
  }
  if (node.op.contextIn > 0) fixed(node.context, Gpr.rsi);
  const isUsed = s.isUsed(node);
  const instruction = s.add(
    `Call${descriptor.kind}`,
    node,
    { uses, defs: isUsed ? [s.outputFixed(node, Gpr.rax)] : [] },
    (g, i) => {
      for (const a of pushed) push(g, a);
      const count = isRuntime ? pushed.length : descriptor.argumentCount;
      g.masm.movl(Gpr.rax, new Immediate(count));
      if (isRuntime) {
        g.masm.movl(Gpr.rbx, new Immediate(s.runtimeId(descriptor.runtime!)));
        g.callBuiltin(BuiltinId.CEntry);
      } else if (descriptor.kind === 'JSFunction') {
        // The closure's current code: InstructionStart is an offset in the cage.
        g.masm.movl(Gpr.r10, mem(Gpr.rdi, JSFunction.Code - 1));
        g.masm.movl(Gpr.r10, mem(Gpr.r14, Gpr.r10, 1, Code.InstructionStart - 1));
        g.masm.addq(Gpr.r10, Gpr.r14);
        g.masm.call(Gpr.r10);
      } else g.callBuiltin(descriptor.kind === 'JSCall' ? BuiltinId.Call : BuiltinId.Construct);
      g.recordCall(i, handler);
    },
  );
  instruction.isCall = true;
  instruction.savesRegisters = s.block.deferred && handler === undefined;
  if (descriptor.lazyDeopt) s.attachState(instruction, node, 'lazy', DeoptimizeReason.Unknown, true);
}

function push(g: CodeGenerator, argument: Argument): void {
  if ('use' in argument) {
    const vreg = argument.use.vreg;
    if (vreg.isFloat) throw new Error(`a double as a call argument: ${vreg}`);
    g.masm.pushq(g.operand(vreg));
  } else {
    g.masm.movabsq(Gpr.r10, argument.bits);
    g.masm.pushq(Gpr.r10);
  }
}
