// Suspend points: where a generator or an async function leaves its frame and is resumed, and await, which is one.

import { Bytecode } from '../bytecode/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';
import { RegisterList } from './register-allocator.ts';

/** Resume modes, in V8's numbering. */
export const modeNext = 0;
export const modeReturn = 1;
export const modeThrow = 2;

export function isAsyncGenerator(g: BytecodeGenerator): boolean {
  return g.literal.functionKind === 'asyncGenerator';
}

export function buildSuspendPoint(g: BytecodeGenerator, position: number): void {
  const b = g.b;
  if (b.isDead) return;
  const id = g.suspendCount++;
  const registers = new RegisterList(0, g.regs.next);
  b.setExpressionPosition(position);
  b.suspendGenerator(g.generatorRegister(), registers, id);
  b.bindCase(g.generatorJumpTable!, id);
  b.resumeGenerator(g.generatorRegister(), registers);
}

export function resumeMode(g: BytecodeGenerator): void {
  g.intrinsic('GeneratorGetResumeMode', new RegisterList(g.generatorRegister(), 1));
}

export function buildAwait(g: BytecodeGenerator, position = -1): void {
  const b = g.b;
  const saved = g.regs.next;
  const args = g.regs.newList(2);
  b.moveRegister(g.generatorRegister(), args.at(0));
  b.storeRegister(args.at(1));
  g.intrinsic(isAsyncGenerator(g) ? 'AsyncGeneratorAwait' : 'AsyncFunctionAwait', args);
  g.regs.release(saved);
  buildSuspendPoint(g, position);
  const input = g.regs.newRegister();
  const mode = g.regs.newRegister();
  b.storeRegister(input);
  resumeMode(g);
  b.storeRegister(mode);
  const next = new Labels();
  b.loadSmi(modeNext);
  b.emit(Bytecode.TestReferenceEqual, mode);
  b.jump(Bytecode.JumpIfTrue, next.next());
  b.loadRegister(input);
  b.emit(Bytecode.ReThrow);
  next.bind(b);
  b.loadRegister(input);
}
