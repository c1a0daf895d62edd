/**
 * Deterministic machine states and instruction sequences on which the emulator is compared with a real CPU.
 *
 * `hardware.expected` holds what an x64 processor made of them (recorded by scripts/record-x64-hardware.ts); the test
 * needs no such processor. Flags that the manual leaves undefined are masked.
 */
import { crc32 } from 'node:zlib';
import { Assembler } from './assembler.ts';
import { CpuState } from './cpu.ts';
import { Emulator, ExitReason } from './emulator.ts';
import { imm, Label, mem } from './operands.ts';
import { RFLAGS_MODELLED as ALLF, Gpr as G, Xmm as X } from './registers.ts';

/** Where things are, in the emulator and in the recording process alike. */
export const CAGE_HI = 0x10;
export const DATA = 0x200000;
export const DATA_SIZE = 96;
const CODE = 0x10000;
const CPU = 4096;
export const CASES_PER_INSTRUCTION = 6;

export interface HardwareSubject {
  name: string;
  emit(a: Assembler): void;
  /** Flags to compare. */
  mask: number;
}

export interface HardwareCase {
  code: Uint8Array;
  /** CPU block: registers, XMM registers, rip, flags. */
  input: Uint8Array;
  data: Uint8Array;
  mask: number;
  /** CRC-32 of registers, XMM registers, masked flags and data afterwards. */
  outcome: number;
}

// The table is dynamic on purpose: it walks the assembler's methods by name.
// biome-ignore lint/suspicious/noExplicitAny: see above.
type Loose = any;
const edge = [0, 1, -1, 0x7fffffff, -0x80000000, 0x80, 0xff, 0x7f, 0x8000, 0x7fff, 31, 32, 33, 63, 64];
// biome-ignore format: a list.
const dbl = [0, -0, 1, -1, 1.5, -2.5, 0.5, 2.5, 3.5, 1e10, -1e10, 2147483647, 2147483648, -2147483648, -2147483649, 1e19, -9.3e18, 2 ** 53 + 2, NaN, Infinity, -Infinity, Number.MIN_VALUE, 1.1, 4294967295.5, -0.3, 1e300];

/** The states' numbers: the same ones each time. */
class Numbers {
  private seed = 12345;
  readonly rnd = (): number => {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) | 0;
    return this.seed >>> 0;
  };
  readonly word = (): number => {
    const { rnd } = this;
    return rnd() % 3 === 0 ? rnd() | 0 : rnd() % 2 ? edge[rnd() % edge.length]! : rnd() % 64;
  };
  readonly double = (): number => dbl[this.rnd() % dbl.length]!;
}

export function hardwareSubjects(): HardwareSubject[] {
  const ins: HardwareSubject[] = [];
  const add = (name: string, emit: (a: Loose) => void, mask: number = ALLF): void => {
    ins.push({ name, emit, mask });
  };

  const M = mem(G.rbx, 8),
    Mi = mem(G.rbx, G.rsi, 4, 16),
    U = mem(G.rbx, 3);
  for (const op of ['add', 'or', 'adc', 'sbb', 'and', 'sub', 'xor', 'cmp'])
    for (const s of ['b', 'w', 'l', 'q']) {
      for (const [d, x] of [
        [G.rax, G.rcx],
        [G.r8, G.r15],
        [G.rdi, M],
        [G.rax, Mi],
        [G.r9, U],
        [M, G.rdx],
        [U, G.r10],
        [Mi, G.rcx],
        [G.rcx, imm(1)],
        [G.r12, imm(-100)],
        [M, imm(5)],
        [G.rdx, imm(s === 'b' ? -1 : s === 'w' ? 12345 : 123456789)],
        [M, imm(s === 'b' ? -1 : s === 'w' ? -12345 : -123456789)],
        [U, imm(1)],
      ] as Loose)
        add(op + s, (a) => a[op + s](d, x));
    }
  for (const s of ['b', 'w', 'l', 'q'])
    for (const [d, x] of [
      [G.rax, G.rcx],
      [M, G.rdi],
      [G.r9, imm(1)],
      [M, imm(3)],
      [G.rsi, imm(-1)],
      [U, G.rcx],
    ] as Loose)
      add(`test${s}`, (a) => a[`test${s}`](d, x));
  for (const s of ['b', 'w', 'l', 'q'])
    for (const d of [G.rcx, G.r9, M, U])
      for (const op of ['inc', 'dec', 'neg', 'not']) add(op + s, (a) => a[op + s](d));
  for (const s of ['l', 'q']) {
    const w = s === 'l' ? 32 : 64;
    for (const op of ['shl', 'shr', 'sar', 'rol', 'ror']) {
      for (const d of [G.rdx, G.r9, M, U]) {
        for (const c of [1, 2, 7, 31, 32, 33, 63])
          if (c < w) add(op + s + c, (a) => a[op + s](d, imm(c)), c === 1 ? ALLF : ALLF & ~0x800);
        add(`${op + s}cl`, (a) => a[`${op + s}_cl`](d), ALLF & ~0x800);
      }
    }
    for (const op of ['shlx', 'shrx', 'sarx']) {
      add(op + s, (a) => a[op + s](G.rdi, G.rdx, G.r9));
      add(`${op + s}m`, (a) => a[op + s](G.rdi, M, G.r9));
      add(`${op + s}u`, (a) => a[op + s](G.rdi, U, G.rcx));
    }
    for (const op of ['lzcnt', 'tzcnt', 'popcnt', 'bsr', 'bsf'])
      for (const x of [G.rcx, M])
        add(op + s, (a) => a[op + s](G.rdi, x), op === 'popcnt' ? ALLF : /cnt/.test(op) ? 0x41 : 0x40);
    for (const x of [G.rcx, G.r9]) {
      add(`bt${s}`, (a) => a[`bt${s}`](G.rdx, x), 1);
    }
    add(`bt${s}i`, (a) => a[`bt${s}`](G.rdx, imm(17)), 1);
    add(`bt${s}im`, (a) => a[`bt${s}`](M, imm(9)), 1);
    add(`imul${s}`, (a) => a[`imul${s}`](G.rdx, G.rcx), 0x801);
    add(`imul${s}`, (a) => a[`imul${s}`](G.rdx, M), 0x801);
    add(`imul${s}`, (a) => a[`imul${s}`](G.rdx, U), 0x801);
    add(`imul${s}i`, (a) => a[`imul${s}`](G.rdx, G.rcx, imm(77)), 0x801);
    add(`imul${s}i`, (a) => a[`imul${s}`](G.rdx, M, imm(-12345678)), 0x801);
    add(`mul${s}`, (a) => a[`mul${s}`](G.rcx), 0x801);
    add(`mul${s}m`, (a) => a[`mul${s}`](M), 0x801);
    add(
      `div${s}0`,
      (a) => {
        a.movl(G.rdx, imm(0));
        a.orl(G.r9, imm(1));
        a[`div${s}`](G.r9);
      },
      0,
    );
    add(
      `idiv${s}0`,
      (a) => {
        a[s === 'l' ? 'cdq' : 'cqo']();
        a.movq(G.r9, imm(1234567));
        a[`idiv${s}`](G.r9);
      },
      0,
    );
    add(
      `idiv${s}1`,
      (a) => {
        a[s === 'l' ? 'cdq' : 'cqo']();
        a.movq(G.r9, imm(-7));
        a[`idiv${s}`](G.r9);
      },
      0,
    );
    add(
      `idivwide${s}`,
      (a) => {
        a.movq(G.rdx, imm(3));
        a.movq(G.r9, imm(1000000007));
        a[`idiv${s}`](G.r9);
      },
      0,
    );
    add(
      `divwide${s}`,
      (a) => {
        a.movq(G.rdx, imm(3));
        a.movq(G.r9, imm(1000000007));
        a[`div${s}`](G.r9);
      },
      0,
    );
    add(`xchg${s}`, (a) => a[`xchg${s}`](G.rcx, G.rdx));
    add(`xchgm${s}`, (a) => a[`xchg${s}`](M, G.rdx));
    add(`cmpxchg${s}`, (a) => a[`cmpxchg${s}`](M, G.rdx));
    add(`cmpxchge${s}`, (a) => {
      a[`mov${s}`](G.rax, M);
      a[`cmpxchg${s}`](M, G.rdx);
    });
    add(`lockcmpxchg${s}`, (a) => a[`lock_cmpxchg${s}`](M, G.rdx));
    add(`cmpxchgr${s}`, (a) => a[`cmpxchg${s}`](G.rcx, G.rdx));
    for (let c = 0; c < 16; c++) {
      add(`cmov${s}${c}`, (a) => a[`cmov${s}`](c, G.rdi, G.rcx));
      add(`cmov${s}${c}`, (a) => a[`cmov${s}`](c, G.rdi, M));
    }
    add(`lea${s}`, (a) => a[`lea${s}`](G.rdi, mem(G.rcx, -5)));
    add(`lea${s}`, (a) => a[`lea${s}`](G.rdi, mem(G.rcx, G.rdx, 8, -5)));
    add(`lea${s}`, (a) => a[`lea${s}`](G.rdi, mem(-1, G.rdx, 4, 1 << 30)));
    add(`lea${s}`, (a) => a[`lea${s}`](G.rcx, mem(G.rcx, G.rdx, 2, 0x7fffffff)));
    add(`lea${s}`, (a) => a[`lea${s}`](G.rcx, mem(G.rcx, G.rcx, 1, 0)));
  }
  for (let c = 0; c < 16; c++) {
    add(`set${c}`, (a) => a.setcc(c, G.rdi));
    add(`setm${c}`, (a) => a.setcc(c, M));
    add(`j${c}`, (a) => {
      const l = new Label();
      a.movl(G.rax, imm(1));
      a.j(c, l, 'near');
      a.movl(G.rax, imm(2));
      a.bind(l);
    });
  }
  for (const n of ['movzxbl', 'movzxwl', 'movzxbq', 'movzxwq', 'movsxbl', 'movsxwl', 'movsxbq', 'movsxwq', 'movsxlq'])
    for (const x of [G.rcx, M, U]) add(n, (a) => a[n](G.rdi, x));
  for (const s of ['b', 'l', 'q'])
    for (const [d, x] of [
      [G.rcx, G.rdx],
      [G.rdi, M],
      [G.rdi, U],
      [M, G.rdi],
      [U, G.rdi],
      [M, imm(-3)],
      [G.rdi, imm(-3)],
    ] as Loose)
      add(`mov${s}`, (a) => a[`mov${s}`](d, x));
  add('movw', (a) => a.movw(M, G.rdi));
  add('movwi', (a) => a.movw(M, imm(-2)));
  add('movabs', (a) => a.movabsq(G.rdi, 0x123456789abcdef0n));
  add('cdq', (a) => a.cdq());
  add('cqo', (a) => a.cqo());
  add('push/pop', (a) => {
    a.pushq(G.rcx);
    a.pushq(imm(-5));
    a.pushq(M);
    a.popq(G.rdi);
    a.popq(M);
    a.popq(G.rdx);
  });
  add('pushrsp', (a) => {
    a.pushq(G.rsp);
    a.popq(G.rdi);
  });
  add('poprsp', (a) => {
    a.movq(G.rcx, G.rsp);
    a.pushq(G.rcx);
    a.popq(G.rsp);
  });
  add('pushfq', (a) => {
    a.pushfq();
    a.popq(G.rdi);
    a.andl(G.rdi, imm(0x8c5));
  });
  add('popfq', (a) => {
    a.andl(G.rcx, imm(0x8c5));
    a.pushq(G.rcx);
    a.popfq();
  });
  add('frame', (a) => {
    a.pushq(G.rbp);
    a.movq(G.rbp, G.rsp);
    a.subq(G.rsp, imm(32));
    a.movq(mem(G.rbp, -8), G.rcx);
    a.leave();
  });
  add('popmrsp', (a) => {
    a.pushq(G.rcx);
    a.pushq(G.rdx);
    a.popq(mem(G.rsp, 0));
    a.popq(G.rdi);
  });
  add('call/ret', (a) => {
    const f = new Label(),
      e = new Label();
    a.pushq(imm(1));
    a.call(f);
    a.jmp(e);
    a.bind(f);
    a.movl(G.rax, imm(7));
    a.ret(8);
    a.bind(e);
  });
  add('callreg', (a) => {
    const f = new Label(),
      e = new Label();
    a.leaq(G.r11, f);
    a.call(G.r11);
    a.jmp(e);
    a.bind(f);
    a.movl(G.rax, imm(7));
    a.ret();
    a.bind(e);
    a.movl(G.r11, imm(0));
  });
  add('jmpreg', (a) => {
    const f = new Label();
    a.leaq(G.r11, f);
    a.jmp(G.r11);
    a.int3();
    a.bind(f);
    a.movl(G.r11, imm(0));
  });
  // fp. f registers: xmm0-7 random doubles
  const XM = mem(G.rbx, 32),
    XU = mem(G.rbx, 41);
  for (const p of ['sd', 'ss'])
    for (const n of ['add', 'sub', 'mul', 'div', 'min', 'max'])
      for (const y of [X.xmm3, XM, XU]) {
        add(`v${n}${p}`, (a) => a[`v${n}${p}`](X.xmm1, X.xmm2, y));
        add(n + p, (a) => a[n + p](X.xmm1, y));
        add(`v${n}${p}=`, (a) => a[`v${n}${p}`](X.xmm3, X.xmm2, y));
      }
  for (const y of [X.xmm3, XM, XU]) {
    add('vsqrtsd', (a) => a.vsqrtsd(X.xmm1, X.xmm2, y));
    add('sqrtsd', (a) => a.sqrtsd(X.xmm1, y));
    add('vcvtss2sd', (a) => a.vcvtss2sd(X.xmm1, X.xmm2, y));
    add('cvtss2sd', (a) => a.cvtss2sd(X.xmm1, y));
    add('vcvtsd2ss', (a) => a.vcvtsd2ss(X.xmm1, X.xmm2, y));
    add('cvtsd2ss', (a) => a.cvtsd2ss(X.xmm1, y));
    add('vucomisd', (a) => a.vucomisd(X.xmm1, y));
    add('ucomisd', (a) => a.ucomisd(X.xmm1, y));
    for (const q of ['', 'q']) {
      add(`vcvttsd2si${q}`, (a) => a[`vcvttsd2si${q}`](G.rdi, y));
      add(`cvttsd2si${q}`, (a) => a[`cvttsd2si${q}`](G.rdi, y));
    }
    add('vmovsd', (a) => (typeof y === 'number' ? a.vmovsd(X.xmm1, X.xmm2, y) : a.vmovsd(X.xmm1, y)));
    add('movsd', (a) => a.movsd(X.xmm1, y));
    add('vmovss', (a) => (typeof y === 'number' ? a.vmovss(X.xmm1, X.xmm2, y) : a.vmovss(X.xmm1, y)));
    add('movss', (a) => a.movss(X.xmm1, y));
    if (typeof y !== 'number') {
      add('st', (a) => a.vmovsd(y, X.xmm2));
      add('st', (a) => a.movsd(y, X.xmm2));
      add('st', (a) => a.vmovss(y, X.xmm2));
      add('st', (a) => a.movss(y, X.xmm2));
      add('stu', (a) => a.vmovups(y, X.xmm2));
      add('ldu', (a) => a.vmovdqu(X.xmm3, y));
      add('ldu', (a) => a.movups(X.xmm3, y));
    }
    for (const n of ['xor', 'and', 'andn', 'or']) {
      add(`v${n}`, (a) => a[`v${n}pd`](X.xmm1, X.xmm2, y));
      if (y === X.xmm3) add(n, (a) => a[`${n}pd`](X.xmm1, y));
      add(`v${n}=`, (a) => a[`v${n}pd`](X.xmm2, X.xmm2, y));
    }
    add('vpcmpeqd', (a) => a.vpcmpeqd(X.xmm1, X.xmm2, y));
  }
  add('pcmpeqd', (a) => a.pcmpeqd(X.xmm1, X.xmm1));
  for (const n of ['psrlq', 'psllq'])
    for (const c of [1, 31, 33, 63, 64, 52]) {
      add(`v${n}`, (a) => a[`v${n}`](X.xmm1, X.xmm2, imm(c)));
      add(n, (a) => a[n](X.xmm1, imm(c)));
    }
  add('vmovapd', (a) => a.vmovapd(X.xmm1, X.xmm9));
  for (const ic of ['d', 'q'])
    for (const d of [G.rcx, M, U]) {
      add(`vmov${ic}`, (a) => a[`vmov${ic}`](X.xmm1, d));
      add(`mov${ic}`, (a) => a[`mov${ic}_to`](X.xmm1, d));
      add(`vmovf${ic}`, (a) => a[`vmov${ic}_from`](d, X.xmm2));
      add(`movf${ic}`, (a) => a[`mov${ic}_from`](d, X.xmm2));
    }
  for (const s of ['l', 'q'])
    for (const d of [G.rcx, M, U])
      for (const p of ['sd', 'ss']) {
        if (s === 'q' && p === 'ss') continue;
        add(`vcvt${s}si2${p}`, (a) => a[`vcvt${s}si2${p}`](X.xmm1, X.xmm2, d));
        add(`cvt${s}si2${p}`, (a) => a[`cvt${s}si2${p}`](X.xmm1, d));
      }
  for (let md = 0; md < 4; md++) {
    add(`vroundsd${md}`, (a) => a.vroundsd(X.xmm1, X.xmm2, X.xmm3, md));
    add(`roundsd${md}`, (a) => a.roundsd(X.xmm1, X.xmm3, md));
  }
  add('movmsk', (a) => a.vmovmskpd(G.rdi, X.xmm3));

  return ins;
}

/** Runs every subject on generated states. `wrap` lets the recorder put its own prologue around the code. */
export function* hardwareCases(): Generator<{ subject: HardwareSubject; cases: HardwareCase[] }> {
  const { rnd, word, double } = new Numbers();
  const memory = new SharedArrayBuffer(4 << 20);
  const emulator = new Emulator({ memory, cpuBase: CPU, cageHi: CAGE_HI, codeStart: CODE, codeEnd: CODE + 0x10000 });
  const bytes = new Uint8Array(memory);
  const view = new DataView(memory);
  const { cpu } = emulator;
  for (const subject of hardwareSubjects()) {
    const a = new Assembler();
    subject.emit(a);
    const code = a.bytes();
    bytes.set(code, CODE);
    bytes[CODE + code.length] = 0xcc;
    emulator.invalidate(CODE, CODE + 4096);
    const single = subject.name.includes('ss');
    const cases: HardwareCase[] = [];
    for (let n = 0; n < CASES_PER_INSTRUCTION; n++) {
      cpu.reset();
      for (let reg = 0; reg < 16; reg++) cpu.set(reg, word(), word());
      for (let reg = 0; reg < 16; reg++) {
        cpu.setXmmF64(reg, double());
        cpu.setXmmWord(reg, 2, rnd());
        cpu.setXmmWord(reg, 3, rnd());
        if (single) view.setFloat32(CPU + CpuState.Xmm + reg * 16, double(), true);
      }
      cpu.set(G.rbx, DATA, CAGE_HI);
      cpu.set(G.rsi, rnd() % 3, 0);
      cpu.set(G.rsp, DATA + 0x800, CAGE_HI);
      bytes.fill(0, DATA, DATA + 4096);
      for (let i = 0; i < 16; i++) view.setInt32(DATA + i * 4, word(), true);
      if (rnd() % 4) {
        view.setFloat64(DATA + 32, double(), true);
        if (rnd() % 2) view.setFloat64(DATA + 41, double(), true);
        if (single) view.setFloat32(DATA + 32, double(), true);
      }
      cpu.flags = (rnd() & ALLF) | 2;
      cpu.setRip(CODE, CAGE_HI);
      const input = bytes.slice(CPU, CPU + CpuState.Rflags + 8);
      const data = bytes.slice(DATA, DATA + DATA_SIZE);
      const reason = emulator.run(1000);
      if (reason !== ExitReason.Int3 || cpu.rip !== CODE + code.length) {
        throw new Error(`${subject.name}: ${emulator.describeExit(reason)}`);
      }
      cases.push({
        code,
        input,
        data,
        mask: subject.mask,
        outcome: outcome(bytes.slice(CPU, CPU + 384), cpu.flags & subject.mask, bytes.slice(DATA, DATA + DATA_SIZE)),
      });
    }
    yield { subject, cases };
  }
}

function outcome(registers: Uint8Array, flags: number, data: Uint8Array): number {
  return crc32(data, crc32(Uint8Array.of(flags, flags >> 8), crc32(registers)));
}
