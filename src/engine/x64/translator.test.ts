import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Assembler, type RoundingMode } from './assembler.ts';
import { type Cpu, CpuState } from './cpu.ts';
import { Emulator, ExitReason } from './emulator.ts';
import { imm, Label, mem } from './operands.ts';
import { Cond, Gpr, type Xmm } from './registers.ts';
import { Translator } from './translator.ts';
import { Linkage } from './translator-linkage.ts';

const CODE = 0x10000;
const DATA = 0x40000;
const HI = 0x22;
const { rax, rcx, rdx, rbx, rsi, rdi, r8, r10 } = Gpr;
const [x0, x1, x2] = [0, 1, 2] as readonly [Xmm, Xmm, Xmm];

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

/** Runs the code both ways on random states and compares registers, low lanes, memory, rip and retired; how many runs it took. */
function compare(name: string, emit: (a: Assembler) => void, rounds = 20, allowRefusal = false): number {
  const a = new Assembler({ cageHi: HI });
  emit(a);
  a.int3();
  const code = a.bytes(CODE);
  const one = machine(code);
  const two = machine(code);
  const translator = new Translator(two.emulator.code, 4096, two.memory);
  const translation = translator.translate(CODE, CODE + code.length, CODE);
  if (translation === undefined && allowRefusal) return 0;
  assert.ok(translation, `${name}: ${translator.reason}`);
  let total = 0;
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
      translation.run(block, 3, 0);
      total++;
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
  return total;
}

const describe = (arg: unknown): string => (typeof arg === 'object' ? JSON.stringify(arg) : String(arg));
type Emit = (a: Assembler) => void;
const m = mem(rbx, 0x40);
const mi = mem(rbx, r8, 4, -4);
const call = (a: Assembler, name: string, ...args: unknown[]): void =>
  (a as unknown as Record<string, (...args: unknown[]) => void>)[name]!(...args);

// Seen to fail: movzx of a byte with the mask of a word.
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

// Seen to fail: packed RFLAGS with SF and OF swapped.
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

// Seen to fail: roundings down and up swapped.
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

// Seen to fail: back edges that never look at the fuel.
test('R4: loops, forward jumps, and running out of fuel', () => {
  // 9 outer and 45 inner turns, three back edges a run.
  const runs = compare('nested loops', (a) => {
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
  assert.ok(runs >= 20 * 12, `${runs} runs`);
});

// Seen to fail: a call pushing 0; a return leaving rsp where it was.
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
  const translation = translator.translate(CODE, CODE + code.length, CODE);
  const called = translator.translate(CODE, CODE + code.length, CODE + callee.pos);
  assert.ok(translation && called);
  emulator.cpu.reset();
  emulator.cpu.set(Gpr.rsp, DATA, HI);
  emulator.cpu.setRip(CODE, HI);
  let runs = 0;
  for (; runs < 10; runs++) {
    const { rip } = emulator.cpu;
    const at = translation.entries.has(rip) ? translation : called;
    const block = at.entries.get(rip);
    if (block === undefined) break;
    at.run(block, 100, 0);
  }
  assert.equal(runs, 3);
  assert.equal(emulator.cpu.lo(rax), 11);
  assert.equal(emulator.cpu.lo(Gpr.rsp), DATA);
  assert.equal(emulator.cpu.retired, 5);
  assert.equal(emulator.cpu.words[CpuState.Rip / 4 + 1], HI);
});

/** Caller at CODE, callee at CODE + 64, a host function at HOST, with translations of both linked. */
const HOST = 0x5_0020;
function linked(emit: (a: Assembler) => void, callee: (a: Assembler) => void, host: (cpu: Cpu) => number) {
  const bytes = (at: number, code: (a: Assembler) => void): Uint8Array => {
    const a = new Assembler({ cageHi: HI });
    code(a);
    return a.bytes(at);
  };
  const first = bytes(CODE, emit);
  assert.ok(first.length <= 64);
  const second = bytes(CODE + 64, callee);
  const { memory, emulator } = machine(first);
  new Uint8Array(memory.buffer).set(second, CODE + 64);
  const { cpu } = emulator;
  const called: number[] = [];
  const linkage = new Linkage(memory, CODE, {
    start: HOST,
    end: HOST + 0x100,
    call: (address) => {
      called.push(address);
      return host(cpu);
    },
  });
  const translator = new Translator(emulator.code, 4096, memory, linkage);
  const caller = translator.translate(CODE, CODE + 64, CODE);
  const other = translator.translate(CODE + 64, CODE + 64 + second.length, CODE + 64);
  assert.ok(caller && other, translator.reason);
  linkage.install(CODE, caller.run);
  linkage.install(CODE + 64, other.run);
  cpu.reset();
  cpu.set(Gpr.rsp, DATA, HI);
  cpu.setRip(CODE, HI);
  return { cpu, caller, other, linkage, called, words: new Int32Array(memory.buffer) };
}

const callCallee = (a: Assembler): void => {
  a.movl(rax, imm(5));
  a.movl(rbx, imm(9));
  a.movabsq(r10, (BigInt(HI) << 32n) | BigInt(CODE + 64));
  a.call(r10);
  a.addl(rax, imm(1));
  a.int3();
};
const double_ = (a: Assembler): void => {
  a.addl(rax, rax);
  a.movl(rcx, imm(3));
  a.ret();
};

// Seen to fail: the depth not looked at before the call; registers not loaded again behind it.
test('R4: translations call each other without leaving, as deep as they may', () => {
  const direct = linked(callCallee, double_, () => 0);
  assert.equal(direct.caller.run(0, 10, 1), direct.cpu.rip);
  assert.deepEqual([direct.cpu.lo(rax), direct.cpu.lo(rbx), direct.cpu.lo(rcx)], [11, 9, 3]);
  assert.equal(direct.cpu.retired, 8);
  assert.equal(direct.cpu.lo(Gpr.rsp), DATA);

  const shallow = linked(callCallee, double_, () => 0);
  assert.equal(shallow.caller.run(0, 10, 0), CODE + 64);
  assert.deepEqual([shallow.cpu.lo(rax), shallow.cpu.retired], [5, 4]);

  const removed = linked(callCallee, double_, () => 0);
  removed.linkage.remove(CODE + 64, CODE + 128);
  removed.caller.run(0, 10, 1);
  assert.equal(removed.cpu.rip, CODE + 64);
});

// Seen to fail: the rip that comes back from a callee not compared with the return address.
test('R25: a caller whose return address was redirected leaves with what its callee left', () => {
  const { cpu, caller } = linked(
    callCallee,
    (a) => {
      a.movl(rax, imm(77));
      a.movl(mem(Gpr.rsp, 0), imm(CODE + 4));
      a.ret();
    },
    () => 0,
  );
  assert.equal(caller.run(0, 10, 1), CODE + 4);
  assert.deepEqual([cpu.lo(rax), cpu.lo(rbx), cpu.lo(Gpr.rsp), cpu.retired], [77, 9, DATA, 7]);
});

// Seen to fail: registers not loaded again behind the call.
test('R4: host functions see the registers, and what they change is seen', () => {
  const callHost = (a: Assembler): void => {
    const again = new Label();
    a.movl(rbx, imm(3));
    a.bind(again);
    a.movl(rax, rbx);
    a.callAddress(HOST + 0x20);
    a.addl(rcx, rax);
    a.subl(rbx, imm(1));
    a.j(Cond.not_equal, again);
    a.int3();
  };
  const host = (goOn: boolean) => (cpu: Cpu) => {
    const rsp = cpu.lo(Gpr.rsp);
    cpu.set(rax, cpu.lo(rax) * 10, 0);
    cpu.setRip(cpu.lo(rdx), HI);
    cpu.set(Gpr.rsp, rsp + 8, HI);
    return goOn ? cpu.rip : 0;
  };
  for (const goOn of [true, false]) {
    const run = linked(callHost, double_, host(goOn));
    const returns = [...run.caller.entries.keys()].find((address) => address > CODE + 8)!;
    run.cpu.set(rdx, returns, HI);
    run.caller.run(0, 10, 0);
    assert.equal(run.called[0], HOST + 0x20);
    assert.equal(run.called.length, goOn ? 3 : 1);
    assert.equal(run.cpu.lo(rcx), goOn ? 60 : 0);
    assert.equal(run.cpu.rip, goOn ? run.cpu.rip : returns);
    assert.equal(run.cpu.retired, goOn ? 16 : 3);
  }
});

// Seen to fail: a host function's rip not compared with the return address.
test('R4: a run may begin at every entry, in loops too', () => {
  const emit = (a: Assembler): void => {
    const outer = new Label();
    const inner = new Label();
    a.movl(rcx, imm(4));
    a.bind(outer);
    a.movl(rdx, imm(3));
    a.bind(inner);
    a.callAddress(HOST);
    a.addl(rax, rdx);
    a.subl(rdx, imm(1));
    a.j(Cond.not_equal, inner);
    a.callAddress(HOST + 0x20);
    a.addl(rbx, rax);
    a.subl(rcx, imm(1));
    a.j(Cond.not_equal, outer);
    a.int3();
  };
  const run = linked(emit, double_, () => 0);
  // The host never lets a run go on: each call ends one, and the next one begins behind the call.
  const { cpu, caller, words } = run;
  for (let runs = 0; runs < 100; runs++) {
    const block = caller.entries.get(cpu.rip);
    if (block === undefined) break;
    caller.run(block, 10, 0);
    if (cpu.rip < HOST || cpu.rip > HOST + 0x40) break;
    const rsp = cpu.lo(Gpr.rsp);
    cpu.setRip(words[rsp >> 2]!, HI);
    cpu.set(Gpr.rsp, rsp + 8, HI);
  }
  assert.equal(run.called.length, 16);
  assert.deepEqual([cpu.lo(rax), cpu.lo(rbx), cpu.lo(rcx)], [24, 6 + 12 + 18 + 24, 0]);
  assert.equal(cpu.retired, 1 + 4 * (1 + 3 * 4 + 4));
});
