// Each rule of the stack verifier, broken once, in code written by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cageHi, Region } from '../../heap/index.ts';
import { Assembler, Cond, Gpr, imm, Label, mem } from '../../x64/index.ts';
import { VerificationError } from '../graph/verifier.ts';
import { type StackFacts, verifyStack } from './stack-verifier.ts';

const { rax, rbp, rsp, rsi, rdi, r10, r13 } = Gpr;

/** A function with a frame of six slots around `body`, and one deoptimization exit. */
function assemble(body: (masm: Assembler, facts: { starts: number[]; safepoints: number[] }, exit: Label) => void): {
  bytes: Uint8Array;
  facts: StackFacts;
} {
  const masm = new Assembler({ cageHi });
  const found = { starts: [] as number[], safepoints: [] as number[] };
  const exit = new Label('exit');
  masm.pushq(rbp);
  masm.movq(rbp, rsp);
  masm.pushq(rsi);
  masm.pushq(rdi);
  masm.pushq(rax);
  masm.subq(rsp, imm(8));
  found.starts.push(masm.pcOffset);
  body(masm, found, exit);
  masm.movq(rsp, rbp);
  masm.popq(rbp);
  masm.ret(16);
  const exitStart = masm.pcOffset;
  masm.bind(exit);
  masm.call(mem(r13, 8));
  return { bytes: masm.bytes(Region.Code), facts: { slotCount: 6, isOsr: false, handlers: [], exitStart, ...found } };
}

const verify = ({ bytes, facts }: ReturnType<typeof assemble>): void => verifyStack(bytes, Region.Code, facts);

/** Two arguments are pushed and `eax` says how many. */
const call = (masm: Assembler, facts: { safepoints: number[] }, count: number): void => {
  masm.pushq(rdi);
  masm.pushq(rsi);
  masm.movl(rax, imm(count));
  masm.callAddress(Region.Builtins + 16 * 7);
  facts.safepoints.push(masm.pcOffset);
};

const breaks = (rule: string, body: Parameters<typeof assemble>[0]): void => {
  assert.throws(
    () => verify(assemble(body)),
    (e: unknown) => {
      assert.ok(e instanceof VerificationError, String(e));
      assert.equal(e.rule, rule, e.message);
      return true;
    },
  );
};

test('calls, branches and exits at the right heights', () => {
  verify(
    assemble((masm, facts, exit) => {
      const done = new Label('done');
      call(masm, facts, 2);
      facts.starts.push(masm.pcOffset);
      masm.j(Cond.equal, exit);
      masm.j(Cond.greater, done);
      // operands of a leaf function
      masm.subq(rsp, imm(16));
      masm.callAddress(Region.Builtins + 16 * 20);
      masm.addq(rsp, imm(16));
      masm.bind(done);
      // a known function, which also pops what was pushed for a missing argument
      masm.pushq(rdi);
      masm.pushq(rsi);
      masm.movl(rax, imm(1));
      masm.call(r10);
      facts.safepoints.push(masm.pcOffset);
      facts.starts.push(masm.pcOffset);
    }),
  );
});

test('S1: two heights at one instruction', () => {
  breaks('S1', (masm) => {
    const same = new Label('same');
    masm.j(Cond.equal, same);
    masm.pushq(rax);
    masm.bind(same);
    masm.nop(1);
  });
});

test('S2: what an instruction pushed is still there at the next', () => {
  breaks('S2', (masm, facts) => {
    masm.pushq(rax);
    facts.starts.push(masm.pcOffset);
  });
});

test('S3: fewer arguments than the callee pops', () => breaks('S3', (masm, facts) => call(masm, facts, 3)));

test('S3: a known function with fewer arguments than it is said to have', () => {
  breaks('S3', (masm, facts) => {
    masm.movl(rax, imm(1));
    masm.call(r10);
    facts.safepoints.push(masm.pcOffset);
  });
});

test('S4: a return out of a frame', () => breaks('S4', (masm) => masm.ret(16)));

test('S4: a jump to a builtin out of a frame', () =>
  breaks('S4', (masm) => masm.jmpAddress(Region.Builtins + 16 * 10)));

test('S4: rbp is popped from the wrong place', () => breaks('S4', (masm) => masm.popq(rbp)));

test('S5: an exit from between pushes', () => {
  breaks('S5', (masm, _facts, exit) => {
    masm.pushq(rax);
    masm.j(Cond.equal, exit);
    masm.popq(rax);
  });
});

test('S6: a path into the middle of an instruction', () => {
  const code = assemble((masm) => {
    const next = new Label('next');
    masm.j(Cond.equal, next, 'near');
    masm.bind(next);
    masm.nop(1);
  });
  const at = code.bytes.indexOf(0x74, code.facts.starts[0]!);
  code.bytes[at + 1]! += 2;
  assert.throws(
    () => verify(code),
    (e: unknown) => e instanceof VerificationError && e.rule === 'S6',
  );
});
