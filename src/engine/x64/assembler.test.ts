import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Assembler } from './assembler.ts';
import { disassemble } from './disassembly.ts';
import { hardwareSubjects } from './hardware.ts';
import { imm, Label, mem } from './operands.ts';
import { Cond, Gpr, Xmm } from './registers.ts';

const texts = (a: Assembler, address = 0): string[] =>
  disassemble(a.bytes(address), BigInt(address)).map((line) => line.text);
const one = (emit: (a: Assembler) => void): string => {
  const a = new Assembler();
  emit(a);
  return texts(a).join('; ');
};

// Seen to fail: the table's cmpq with the codes of sub.
test('R1: what is assembled is what is decoded', () => {
  // biome-ignore format: one instruction, one line.
  const samples: [string, (a: Assembler) => void][] = [
    ['push rbp', (a) => a.pushq(Gpr.rbp)],
    ['REX.W movq rbp,rsp', (a) => a.movq(Gpr.rbp, Gpr.rsp)],
    ['movl r9,0x1', (a) => a.movl(Gpr.r9, imm(1))],
    ['REX.W movq rcx,0x1000000000', (a) => a.movabsq(Gpr.rcx, 0x1000000000n)],
    ['REX.W cmpq [rcx-0x1],rdi', (a) => a.cmpq(mem(Gpr.rcx, -1), Gpr.rdi)],
    ['cmpl [rcx-0x1],0x1234', (a) => a.cmpl(mem(Gpr.rcx, -1), imm(0x1234))],
    ['testb rcx,0x1', (a) => a.testb(Gpr.rcx, imm(1))],
    ['movzxwl r12,[r12+0xb]', (a) => a.movzxwl(Gpr.r12, mem(Gpr.r12, 0xb))],
    ['REX.W sarq rdi, 32', (a) => a.sarq(Gpr.rdi, imm(32))],
    ['sarl rdi, 1', (a) => a.sarl(Gpr.rdi, imm(1))],
    ['shll rax, cl', (a) => a.shll_cl(Gpr.rax)],
    ['REX.W leaq rsp,[rsp+rcx*8]', (a) => a.leaq(Gpr.rsp, mem(Gpr.rsp, Gpr.rcx, 8))],
    ['movl rax,[r13+0x0]', (a) => a.movl(Gpr.rax, mem(Gpr.r13))],
    ['call [r13-0x28]', (a) => a.call(mem(Gpr.r13, -0x28))],
    ['jmp [r15+rcx*8]', (a) => a.jmp(mem(Gpr.r15, Gpr.rcx, 8))],
    ['call rax', (a) => a.call(Gpr.rax)],
    ['ret 0x18', (a) => a.ret(24)],
    ['retl', (a) => a.ret()],
    ['setzl rdi', (a) => a.setcc(Cond.equal, Gpr.rdi)],
    ['REX.W cmovlq rax,rcx', (a) => a.cmovq(Cond.less, Gpr.rax, Gpr.rcx)],
    ['vmovsd xmm0,[r11+0x7]', (a) => a.vmovsd(Xmm.xmm0, mem(Gpr.r11, 7))],
    ['vcvtlsi2sd xmm1,xmm15,r9', (a) => a.vcvtlsi2sd(Xmm.xmm1, Xmm.xmm15, Gpr.r9)],
    ['vcvttsd2siq rcx,xmm1', (a) => a.vcvttsd2siq(Gpr.rcx, Xmm.xmm1)],
    ['vucomisd xmm0,xmm1', (a) => a.vucomisd(Xmm.xmm0, Xmm.xmm1)],
    ['lock cmpxchgl [rax],rcx', (a) => a.lock_cmpxchgl(mem(Gpr.rax), Gpr.rcx)],
    ['movsxbl rax,[rcx+r9*2-0x80]', (a) => a.movsxbl(Gpr.rax, mem(Gpr.rcx, Gpr.r9, 2, -128))],
  ];
  for (const [text, emit] of samples) assert.equal(one(emit), text);
});

// Seen to fail: mnemonicText giving `(bad)` for imul.
test('R1: every form of the hardware subjects decodes back without a bad instruction', () => {
  for (const subject of hardwareSubjects()) {
    const text = one((a) => subject.emit(a));
    assert.ok(!text.includes('(bad)'), `${subject.name}: ${text}`);
  }
});

test('labels: forward jumps are rel32, near ones rel8, backward ones as short as they reach', () => {
  const a = new Assembler();
  const back = new Label('back');
  const forward = new Label('forward');
  const near = new Label('near');
  a.bind(back);
  a.j(Cond.equal, forward);
  a.j(Cond.not_equal, near, 'near');
  a.jmp(back);
  a.bind(near);
  a.nop(200);
  a.jmp(back);
  a.bind(forward);
  a.call(back);
  const lines = disassemble(a.bytes(), 0n).filter((line) => line.isBranch);
  assert.deepEqual(
    lines.map((line) => [line.length, line.target]),
    [
      [6, forward.pos],
      [2, near.pos],
      [2, 0],
      [5, 0],
      [5, 0],
    ],
  );
});

test('labels: unbound uses, double binds and near jumps that do not reach are errors', () => {
  const a = new Assembler();
  const label = new Label('far away');
  a.jmp(label, 'near');
  assert.throws(() => a.bytes(), /never bound/);
  a.nop(200);
  assert.throws(() => a.bind(label), /near jump to far away spans 200 bytes/);
  const bound = new Label('twice');
  a.bind(bound);
  assert.throws(() => a.bind(bound), /already bound/);
});

test('relocations: calls to addresses, rip-relative lea and jump tables follow the code', () => {
  const a = new Assembler({ cageHi: 0x7f });
  const table = new Label('table');
  const target = new Label('target');
  a.leaq(Gpr.r10, table);
  a.callAddress(0x9000);
  a.bind(target);
  a.ret();
  a.align(8);
  a.bind(table);
  a.dq(target);
  assert.throws(() => a.bytes(), /pass the address/);
  const bytes = a.bytes(0x4000);
  const lines = disassemble(bytes.subarray(0, table.pos), 0x4000n);
  assert.equal(lines[1]!.target, 0x9000);
  assert.equal(
    new DataView(bytes.buffer).getBigUint64(table.pos, true),
    0x7f_0000_0000n + 0x4000n + BigInt(target.pos),
  );
  assert.equal(lines[0]!.text, `REX.W leaq r10,[rip+0x${(table.pos - 7).toString(16)}]`);
});

test('constants take the shortest encoding', () => {
  assert.equal(
    one((a) => a.moveConst(Gpr.rax, 0n)),
    'xorl rax,rax',
  );
  assert.equal(
    one((a) => a.moveConst(Gpr.rax, 0xffffffffn)),
    'movl rax,0xffffffff',
  );
  assert.equal(
    one((a) => a.moveConst(Gpr.rax, -1n)),
    'REX.W movq rax,0xffffffffffffffff',
  );
  assert.equal(
    one((a) => a.moveConst(Gpr.rax, 1n << 40n)),
    'REX.W movq rax,0x10000000000',
  );
});
