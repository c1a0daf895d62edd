import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Assembler, type RoundingMode } from './assembler.ts';
import { CpuState } from './cpu.ts';
import { Emulator, ExitReason } from './emulator.ts';
import { imm, Label, mem } from './operands.ts';
import { Cond, Gpr, type Xmm } from './registers.ts';
import { Translator } from './translator.ts';

const CODE = 0x10000;
const DATA = 0x40000;
const HI = 0x22;
const { rax, rcx, rdx, rbx, rsi, rdi, r8, r10 } = Gpr;
const [x0, x1, x2] = [0, 1, 2] as Xmm[];

let seed = 1;
const random = (): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) | 0;
  return seed ^ (seed >>> 13);
};
const INTERESTING = [0, 1, -1, 0x7fffffff, -0x80000000, 0x80, 0xff, 0x7f, 0x8000, 31, 32];
const word = (): number => (random() & 1 ? INTERESTING[(random() >>> 1) % INTERESTING.length]! : random());
const DOUBLES = [0, -0, 1.5, -2.5, Number.NaN, Infinity, -Infinity, 2147483648, -2147483649, 9.3e18, 1e-310, 0.5, -0.5];
const double = (): number => (random() & 1 ? DOUBLES[(random() >>> 1) % DOUBLES.length]! : random() * 1.37);

function machine(code: Uint8Array): { memory: WebAssembly.Memory; emulator: Emulator; bytes: Uint8Array } {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 16, shared: true });
  const buffer = memory.buffer as unknown as SharedArrayBuffer;
  const emulator = new Emulator({
    memory: buffer,
    cpuBase: 4096,
    cageHi: HI,
    codeStart: CODE,
    codeEnd: CODE + 0x10000,
  });
  const bytes = new Uint8Array(buffer);
  bytes.set(code, CODE);
  return { memory, emulator, bytes };
}

/** Runs the code both ways on random states and compares registers, low lanes, memory, rip and retired. */
function compare(name: string, emit: (a: Assembler) => void, rounds = 20, allowRefusal = false): void {
  const a = new Assembler({ cageHi: HI });
  emit(a);
  a.int3();
  const code = a.bytes(CODE);
  const one = machine(code);
  const two = machine(code);
  const translator = new Translator(two.emulator.code, 4096, two.memory);
  const translation = translator.translate(CODE, CODE + code.length, [CODE]);
  if (translation === undefined && allowRefusal) return;
  assert.ok(translation, `${name}: ${translator.reason}`);
  for (let round = 0; round < rounds; round++) {
    for (const { emulator } of [one]) {
      const { cpu } = emulator;
      cpu.reset();
      for (let w = 0; w < 32; w++) cpu.words[w] = word();
      for (let x = 0; x < 16; x++) cpu.setXmmF64(x, double());
      cpu.set(Gpr.rsp, DATA + 0x1000, HI);
      cpu.set(Gpr.rbp, DATA + 0x800, HI);
      cpu.set(rbx, DATA, HI);
      cpu.set(r8, random() & 15, 0);
      cpu.setRip(CODE, HI);
      const view = new Int32Array(one.bytes.buffer, DATA, 0x800);
      for (let n = 0; n < 0x800; n++) view[n] = word();
      new Float64Array(one.bytes.buffer, DATA + 0x100, 1)[0] = double();
    }
    two.bytes.set(one.bytes);
    assert.equal(one.emulator.run(10000), ExitReason.Int3, name);
    for (let runs = 0; two.emulator.code.ops[two.emulator.code.resolve(two.emulator.cpu.rip)] !== 177; runs++) {
      const block = translation.entries.get(two.emulator.cpu.rip);
      assert.ok(block !== undefined && runs < 1000, `${name}: no entry at 0x${two.emulator.cpu.rip.toString(16)}`);
      translation.run(block, 3);
    }
    const [left, right] = [one.emulator.cpu, two.emulator.cpu];
    for (let r = 0; r < 16; r++) assert.equal(right.big(r), left.big(r), `${name}: ${Gpr[r]}, round ${round}`);
    for (let x = 0; x < 16; x++)
      for (let lane = 0; lane < 2; lane++) {
        if (Number.isNaN(left.xmmF64(x)) && Number.isNaN(right.xmmF64(x))) continue;
        assert.equal(right.xmmWord(x, lane), left.xmmWord(x, lane), `${name}: xmm${x}, round ${round}`);
      }
    assert.equal(right.rip, left.rip, `${name}: rip`);
    assert.equal(right.retired, left.retired, `${name}: retired`);
    for (let at = DATA; at < DATA + 0x2000; at += 4) {
      const [l, r] = [
        new DataView(one.bytes.buffer).getInt32(at, true),
        new DataView(two.bytes.buffer).getInt32(at, true),
      ];
      assert.equal(r, l, `${name}: memory at 0x${at.toString(16)}, round ${round}`);
    }
  }
}

const describe = (arg: unknown): string => (typeof arg === 'object' ? JSON.stringify(arg) : String(arg));
type Emit = (a: Assembler) => void;
const m = mem(rbx, 0x40);
const mi = mem(rbx, r8, 4, -4);
const call = (a: Assembler, name: string, ...args: unknown[]): void =>
  (a as unknown as Record<string, (...args: unknown[]) => void>)[name]!(...args);

test('R4: every integer form does the same in WebAssembly as in the emulator', () => {
  const forms: [string, Emit][] = [];
  const add = (name: string, ...args: unknown[]): void => {
    forms.push([`${name} ${args.map(describe).join(', ')}`, (a) => call(a, name, ...args)]);
  };
  for (const op of ['add', 'sub', 'and', 'or', 'xor', 'cmp'])
    for (const size of ['l', 'q']) {
      add(op + size, rax, rcx);
      add(op + size, rax, imm(-7));
      add(op + size, rax, m);
      add(op + size, rax, mi);
    }
  for (const size of ['l', 'q']) {
    add(`test${size}`, rax, rcx);
    add(`test${size}`, rax, imm(255));
    add(`mov${size}`, rax, rcx);
    add(`mov${size}`, rax, m);
    add(`mov${size}`, m, rcx);
    add(`mov${size}`, m, imm(-3));
    add(`mov${size}`, rax, imm(-3));
    add(`lea${size}`, rax, mem(rcx, rdx, 8, -12));
    for (const op of ['shl', 'shr', 'sar']) {
      add(op + size, rax, imm(5));
      add(`${op}x${size}`, rax, rdx, rcx);
    }
    add(`imul${size}`, rax, rcx);
  }
  add('imull', rax, rcx, imm(77));
  add('movzxbl', rax, rcx);
  add('movzxbl', rax, m);
  add('movzxwl', rax, m);
  add('movsxbl', rax, m);
  add('movsxwl', rax, m);
  add('movsxlq', rax, rcx);
  add('movsxlq', rax, m);
  add('movb', m, rcx);
  add('movw', m, rcx);
  add('lzcntl', rax, rcx);
  add('movabsq', rax, 0x1234_5678_9abc_def0n);
  add('cdq');
  add('pushq', rcx);
  add('popq', rcx);
  add('popq', m);
  add('decl', m);
  add('andb', m, imm(0x5a));
  add('cmpl', m, imm(5));
  add('cmpl', m, rcx);
  add('cmpq', m, rcx);
  add('testb', m, imm(1));
  add('testb', rax, imm(1));
  add('testl', m, imm(17));
  add('addl', m, imm(17));
  for (const [name, emit] of forms) {
    if (!(name.split(' ')[0]! in Assembler.prototype)) continue;
    compare(name, emit);
    // Each condition on its flags. Flags the translator does not know make it refuse.
    for (let cc = 0; cc < 16; cc++) {
      const flagged: Emit = (a) => {
        const taken = new Label();
        emit(a);
        a.setcc(cc, rsi);
        a.j(cc, taken);
        a.movl(rdi, imm(99));
        a.bind(taken);
        a.movl(rdx, imm(1));
      };
      compare(`${name}; ${Cond[cc]}`, flagged, 6, true);
    }
  }
});

test('R4: division, pushed flags, minimum of doubles', () => {
  compare('idiv', (a) => {
    a.movl(rcx, imm(7));
    a.cdq();
    a.idivl(rcx);
  });
  compare('div', (a) => {
    a.movl(rcx, imm(7));
    a.xorl(rdx, rdx);
    a.divl(rcx);
  });
  for (let cc = 0; cc < 16; cc++)
    compare(
      `stress ${Cond[cc]}`,
      (a) => {
        const pass = new Label();
        const exit = new Label();
        a.cmpl(rax, rcx);
        a.pushfq();
        a.decl(m);
        a.j(Cond.not_equal, pass);
        a.movl(m, imm(3));
        a.popfq();
        a.jmp(exit);
        a.bind(pass);
        a.popfq();
        a.bind(exit);
        a.setcc(cc, rsi);
      },
      20,
      true,
    );
});

test('R4: every double form does the same', () => {
  for (const op of ['vaddsd', 'vsubsd', 'vmulsd', 'vdivsd', 'vandpd', 'vorpd', 'vxorpd', 'vsqrtsd', 'vcvtsd2ss'])
    compare(op, (a) => call(a, op, x0, x1, x2));
  compare('vxorpd same', (a) => a.vxorpd(x0, x1, x1));
  compare('vaddsd m', (a) => a.vaddsd(x0, x1, mem(rbx, 0x100)));
  for (const mode of [0, 1, 2, 3]) compare(`vroundsd ${mode}`, (a) => a.vroundsd(x0, x1, x2, mode as RoundingMode));
  compare('float32', (a) => {
    a.vcvtsd2ss(x0, x1, x1);
    a.vmovss(m, x0);
    a.vmovss(x2, m);
    a.vcvtss2sd(x1, x2, x2);
  });
  compare('moves', (a) => {
    a.vmovsd(m, x1);
    a.vmovsd(x0, m);
    a.vmovapd(x2, x0);
    a.vmovq(x1, rax);
    a.vmovq_from(rdx, x2);
  });
  compare('conversions', (a) => {
    a.vcvtlsi2sd(x0, x1, rax);
    a.vcvtqsi2sd(x1, x2, rcx);
    a.vcvttsd2si(rdx, x2);
    a.vcvttsd2siq(r10, x2);
  });
  for (let cc = 0; cc < 16; cc++)
    compare(`vucomisd ${Cond[cc]}`, (a) => {
      a.vucomisd(x0, x1);
      a.setcc(cc, rsi);
    });
});

test('R4: loops, forward jumps, and running out of fuel', () => {
  compare('nested loops', (a) => {
    const outer = new Label();
    const inner = new Label();
    const odd = new Label();
    const next = new Label();
    a.movl(rcx, imm(9));
    a.xorl(rax, rax);
    a.bind(outer);
    a.movl(rdx, imm(5));
    a.bind(inner);
    a.testl(rdx, imm(1));
    a.j(Cond.not_equal, odd);
    a.addl(rax, rdx);
    a.jmp(next);
    a.bind(odd);
    a.subl(rax, rcx);
    a.bind(next);
    a.subl(rdx, imm(1));
    a.j(Cond.not_equal, inner);
    a.subl(rcx, imm(1));
    a.j(Cond.greater, outer);
  });
});

test('R4: calls push their return address and returns pop it', () => {
  const a = new Assembler({ cageHi: HI });
  const callee = new Label();
  a.movl(rax, imm(5));
  a.call(callee);
  a.addl(rax, imm(1));
  a.int3();
  a.bind(callee);
  a.addl(rax, rax);
  a.ret();
  const code = a.bytes(CODE);
  const { memory, emulator } = machine(code);
  const translator = new Translator(emulator.code, 4096, memory);
  const translation = translator.translate(CODE, CODE + code.length, [CODE, CODE + callee.pos]);
  assert.ok(translation);
  emulator.cpu.reset();
  emulator.cpu.set(Gpr.rsp, DATA, HI);
  emulator.cpu.setRip(CODE, HI);
  let runs = 0;
  for (let block: number | undefined; (block = translation.entries.get(emulator.cpu.rip)) !== undefined; runs++) {
    translation.run(block, 100);
    if (runs > 10) break;
  }
  assert.equal(runs, 3);
  assert.equal(emulator.cpu.lo(rax), 11);
  assert.equal(emulator.cpu.lo(Gpr.rsp), DATA);
  assert.equal(emulator.cpu.retired, 5);
  assert.equal(emulator.cpu.words[CpuState.Rip / 4 + 1], HI);
});
