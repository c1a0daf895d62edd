import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Assembler } from './assembler.ts';
import { Emulator, ExitReason } from './emulator.ts';
import { imm, Label, mem } from './operands.ts';
import { Cond, Gpr, RFLAGS_MODELLED, Rflag } from './registers.ts';

const CODE = 0x10000;
const DATA = 0x40000;
const HI = 0x22;

function machine(emit: (a: Assembler) => void): { emulator: Emulator; bytes: Uint8Array; code: Uint8Array } {
  const memory = new SharedArrayBuffer(1 << 20);
  const emulator = new Emulator({ memory, cpuBase: 4096, cageHi: HI, codeStart: CODE, codeEnd: CODE + 0x10000 });
  const a = new Assembler({ cageHi: HI });
  emit(a);
  const code = a.bytes(CODE);
  const bytes = new Uint8Array(memory);
  bytes.set(code, CODE);
  emulator.cpu.reset();
  emulator.cpu.set(Gpr.rsp, DATA + 0x1000, HI);
  emulator.cpu.set(Gpr.rbx, DATA, HI);
  emulator.cpu.setRip(CODE, HI);
  return { emulator, bytes, code };
}

/** Counts rax up to 10, then int3. */
function counting(): ReturnType<typeof machine> & { loop: Label; increment: Label } {
  const loop = new Label();
  const increment = new Label();
  const made = machine((a) => {
    a.xorl(Gpr.rax, Gpr.rax);
    a.bind(loop);
    a.bind(increment);
    a.addl(Gpr.rax, imm(1));
    a.cmpl(Gpr.rax, imm(10));
    a.j(Cond.less, loop);
    a.int3();
  });
  return { ...made, loop, increment };
}

test('budget: every instruction counts once and a run can be cut anywhere', () => {
  const whole = counting().emulator;
  assert.equal(whole.run(1000), ExitReason.Int3);
  assert.equal(whole.cpu.retired, 31);
  for (let cut = 0; cut <= 31; cut++) {
    const { emulator } = counting();
    assert.equal(emulator.run(cut), ExitReason.Budget);
    assert.equal(emulator.cpu.retired, cut);
    assert.equal(emulator.run(1000), ExitReason.Int3);
    assert.equal(emulator.cpu.retired, 31);
    assert.equal(emulator.cpu.lo(Gpr.rax), 10);
  }
});

// Seen to fail: the Breakpoint micro-op without `budget++`, so that the instruction it stopped at was retired.
test('R4: a breakpoint stops before its instruction and is passed with resume', () => {
  const { emulator, increment } = counting();
  emulator.setBreakpoint(CODE + increment.pos);
  const seen: number[] = [];
  let reason = emulator.run(1000);
  while (reason === ExitReason.Breakpoint) {
    assert.equal(emulator.cpu.rip, CODE + increment.pos);
    seen.push(emulator.cpu.lo(Gpr.rax));
    assert.equal(emulator.run(1000), ExitReason.Breakpoint, 'without resume it stays');
    reason = emulator.run(1000, true);
  }
  assert.equal(reason, ExitReason.Int3);
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(emulator.cpu.retired, 31);
});

// Seen to fail: CodeMap.setBreakpoint without `arm` for decoded code; clearBreakpoint without putting the plain micro-op back.
test('R4: breakpoints set in running code and cleared again cost nothing afterwards', () => {
  const { emulator, increment } = counting();
  emulator.run(4);
  emulator.setBreakpoint(CODE + increment.pos);
  assert.equal(emulator.run(1000, true), ExitReason.Breakpoint);
  emulator.clearBreakpoint(CODE + increment.pos);
  assert.equal(emulator.run(1000), ExitReason.Int3);
  assert.equal(emulator.cpu.retired, 31);
});

// Seen to fail: CodeMap.arm without `unfuseBefore`: the fused pair ran over the breakpoint.
test('R4: a guard is a compare and a jump: a breakpoint on the jump stops between the two', () => {
  const { emulator } = counting();
  const jump = CODE + 2 + 3 + 3;
  emulator.run(1000);
  emulator.cpu.retired = 0;
  emulator.cpu.setRip(CODE, HI);
  emulator.setBreakpoint(jump);
  assert.equal(emulator.run(1000), ExitReason.Breakpoint);
  assert.equal(emulator.cpu.rip, jump);
  assert.equal(emulator.cpu.retired, 3);
  assert.equal(emulator.cpu.lo(Gpr.rax), 1);
  assert.ok(emulator.cpu.flag(Rflag.SF), '1 < 10: the flags of the compare are there');
  emulator.clearBreakpoint(jump);
  assert.equal(emulator.run(1000), ExitReason.Int3);
  assert.equal(emulator.cpu.retired, 31);
});

// Seen to fail: fusedJump without its look at the budget: one step retired compare and jump.
test('R5: single steps visit every instruction, breakpoints included', () => {
  const { emulator, increment } = counting();
  emulator.setBreakpoint(CODE + increment.pos);
  const offsets: number[] = [];
  for (let n = 0; n < 5; n++) {
    offsets.push(emulator.cpu.rip - CODE);
    assert.equal(emulator.step(), ExitReason.Budget);
  }
  assert.deepEqual(offsets, [0, 2, 5, 8, 2]);
});

test('exits: int3, ud2, illegal, fault, divide error, leaving code', () => {
  const exit = (emit: (a: Assembler) => void): [ExitReason, number, Emulator] => {
    const { emulator } = machine(emit);
    const reason = emulator.run(100);
    return [reason, emulator.cpu.rip - CODE, emulator];
  };
  assert.deepEqual(exit((a) => a.int3()).slice(0, 2), [ExitReason.Int3, 0]);
  assert.deepEqual(exit((a) => a.ud2()).slice(0, 2), [ExitReason.Undefined, 0]);
  const [reason, rip, emulator] = exit((a) => {
    a.nop();
    a.db(0x0f);
    a.db(0xa2); // cpuid
  });
  assert.deepEqual([reason, rip], [ExitReason.Illegal, 1]);
  assert.match(emulator.describeExit(reason), /illegal instruction at 0x10001: not in the instruction table/);
  const [fault, , faulting] = exit((a) => {
    a.movl(Gpr.rcx, imm(0x7ffffff0));
    a.movq(Gpr.rax, mem(Gpr.rcx, 8));
  });
  assert.equal(fault, ExitReason.MemoryFault);
  assert.equal(faulting.faultAddress, 0x7ffffff8);
  assert.equal(faulting.cpu.retired, 1);
  const divide = exit((a) => {
    a.xorl(Gpr.rcx, Gpr.rcx);
    a.idivl(Gpr.rcx);
  });
  assert.equal(divide[0], ExitReason.DivideError);
  const [left, , gone] = exit((a) => a.jmpAddress(0x90000));
  assert.equal(left, ExitReason.LeftCode);
  assert.equal(gone.cpu.rip, 0x90000);
});

// Seen to fail: the loop's indirect jumps, and Emulator.run, each without the compare of rip's upper half.
test('R17: a return into another address space leaves with both halves of rip', () => {
  const { emulator } = machine((a) => {
    a.movabsq(Gpr.rax, 0x1234_5678_0001_0000n);
    a.pushq(Gpr.rax);
    a.ret();
  });
  assert.equal(emulator.run(100), ExitReason.LeftCode);
  assert.equal(emulator.cpu.rip, CODE);
  assert.equal(emulator.cpu.ripHi, 0x12345678);
});

test('calls outside code leave with the return address on the stack, and code goes on after it', () => {
  const after = new Label();
  const { emulator, bytes } = machine((a) => {
    a.callAddress(0x90000);
    a.bind(after);
    a.movl(Gpr.rcx, imm(7));
    a.int3();
  });
  for (let n = 0; n < 3; n++) {
    emulator.cpu.setRip(CODE, HI);
    assert.equal(emulator.run(100), ExitReason.LeftCode);
    assert.equal(emulator.cpu.rip, 0x90000);
    const stack = new DataView(bytes.buffer, emulator.cpu.lo(Gpr.rsp));
    assert.equal(stack.getUint32(0, true), CODE + after.pos);
    assert.equal(stack.getUint32(4, true), HI);
    emulator.cpu.setRip(CODE + after.pos, HI);
    assert.equal(emulator.run(100), ExitReason.Int3);
    assert.equal(emulator.cpu.lo(Gpr.rcx), 7);
  }
});

test('invalidate: rewritten code is decoded anew, also behind jumps that were wired to it', () => {
  const target = new Label();
  const { emulator, bytes } = machine((a) => {
    a.jmp(target);
    a.nop(16);
    a.bind(target);
    a.movl(Gpr.rax, imm(1));
    a.int3();
  });
  assert.equal(emulator.run(100), ExitReason.Int3);
  const patch = new Assembler();
  patch.nop();
  patch.movl(Gpr.rax, imm(2));
  patch.ud2();
  bytes.set(patch.bytes(), CODE + target.pos);
  emulator.invalidate(CODE + target.pos, CODE + target.pos + 8);
  emulator.cpu.setRip(CODE, HI);
  assert.equal(emulator.run(100), ExitReason.Undefined);
  assert.equal(emulator.cpu.lo(Gpr.rax), 2);
});

test('invalidate: thousands of rewrites do not accumulate', () => {
  const { emulator, bytes } = machine((a) => {
    a.movl(Gpr.rax, imm(1));
    a.int3();
  });
  for (let n = 0; n < 20000; n++) {
    bytes[CODE + 1] = n & 0xff;
    emulator.invalidate(CODE, CODE + 6);
    emulator.cpu.setRip(CODE, HI);
    assert.equal(emulator.run(10), ExitReason.Int3);
    assert.equal(emulator.cpu.lo(Gpr.rax), n & 0xff);
  }
  assert.ok(emulator.code.size < 20000);
});

test('jump tables behind the code are not decoded as code', () => {
  const table = new Label();
  const cases = [new Label(), new Label(), new Label()];
  const { emulator } = machine((a) => {
    a.leaq(Gpr.r10, table);
    a.jmp(mem(Gpr.r10, Gpr.rcx, 8));
    cases.forEach((label, n) => {
      a.bind(label);
      a.movl(Gpr.rax, imm(100 + n));
      a.ret();
    });
    a.bind(table);
    for (const label of cases) a.dq(label);
  });
  for (let n = 0; n < 3; n++) {
    emulator.cpu.setRip(CODE, HI);
    emulator.cpu.set(Gpr.rcx, n, 0);
    assert.equal(emulator.run(100), ExitReason.LeftCode);
    assert.equal(emulator.cpu.lo(Gpr.rax), 100 + n);
  }
});

// Seen to fail: `cf = 0` in the 64-bit addition; fq of a 64-bit result without its shift, so that bit 31 was the sign.
test('R1: 64- and 32-bit arithmetic against a BigInt reference, flags included', () => {
  const edges = [0n, 1n, 2n, 0x7fn, 0x80n, 0xffn, 0x7fffffffn, 0x80000000n, 0xffffffffn, 1n << 32n, 1n << 63n].flatMap(
    (x) => [x, BigInt.asUintN(64, -x), BigInt.asUintN(64, x - 1n)],
  );
  type Operation = 'add' | 'sub' | 'cmp' | 'and' | 'or' | 'xor' | 'adc' | 'sbb';
  const reference = (op: Operation, bits: number, x: bigint, y: bigint, carry: bigint): [bigint, number] => {
    const a = BigInt.asUintN(bits, x);
    const b = BigInt.asUintN(bits, y);
    const c = op === 'adc' || op === 'sbb' ? carry : 0n;
    const plus = op === 'add' || op === 'adc';
    const logic = op === 'and' || op === 'or' || op === 'xor';
    const exact = logic ? (op === 'and' ? a & b : op === 'or' ? a | b : a ^ b) : plus ? a + b + c : a - b - c;
    const result = BigInt.asUintN(bits, exact);
    const sa = BigInt.asIntN(bits, a);
    const sb = BigInt.asIntN(bits, b);
    const signed = plus ? sa + sb + c : sa - sb - c;
    let ones = 0;
    for (let bit = 0; bit < 8; bit++) ones += Number((result >> BigInt(bit)) & 1n);
    let flags = 0;
    if (!logic && (exact < 0n || exact >> BigInt(bits) !== 0n)) flags |= Rflag.CF;
    if (!logic && BigInt.asIntN(bits, signed) !== signed) flags |= Rflag.OF;
    if (result === 0n) flags |= Rflag.ZF;
    if (BigInt.asIntN(bits, result) < 0n) flags |= Rflag.SF;
    if (ones % 2 === 0) flags |= Rflag.PF;
    return [result, flags];
  };
  for (const op of ['add', 'sub', 'cmp', 'and', 'or', 'xor', 'adc', 'sbb'] as Operation[]) {
    for (const [suffix, bits] of [
      ['l', 32],
      ['q', 64],
    ] as const) {
      const { emulator } = machine((a) => {
        a[`${op}${suffix}`](Gpr.rax, Gpr.rcx);
        a.int3();
      });
      for (const x of edges) {
        for (const y of edges) {
          const carry = (x ^ y) & 1n;
          emulator.cpu.setBig(Gpr.rax, x);
          emulator.cpu.setBig(Gpr.rcx, y);
          emulator.cpu.flags = Number(carry) | Rflag.Reserved1;
          emulator.cpu.setRip(CODE, HI);
          emulator.run(10);
          const [result, flags] = reference(op, bits, x, y, carry);
          const where = `${op}${suffix} ${x.toString(16)}, ${y.toString(16)}`;
          assert.equal(emulator.cpu.big(Gpr.rax), op === 'cmp' ? x : result, where);
          assert.equal(emulator.cpu.flags & RFLAGS_MODELLED, flags, `flags of ${where}`);
        }
      }
    }
  }
});
