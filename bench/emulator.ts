/**
 * How fast the emulator runs, and whether its loop allocates: million instructions per second, host bytes allocated.
 *
 *   npx esbuild bench/emulator.ts --bundle --platform=node --format=esm --packages=external --minify-syntax \
 *     --outfile=node_modules/.cache/bench-emulator.mjs
 *   node --expose-gc --trace-deopt node_modules/.cache/bench-emulator.mjs
 *
 * A line of `--trace-deopt` that names `loop` is a bug: see Emulator.#warmUp.
 */
import { Assembler, Cond, Emulator, Gpr, imm, Label, mem, Xmm } from '../src/engine/x64/index.ts';

const CODE = 0x10000;
const DATA = 0x100000;
const STACK = 0x200000;
const CAGE_HI = 0x7f;

type Program = (a: Assembler) => void;

/** Sums int32 elements of an array with bounds, Smi and overflow checks, as TurboFan compiles it. */
const arraySum: Program = (a) => {
  const loop = new Label('loop');
  const done = new Label('done');
  const deopt = new Label('deopt');
  a.movq(Gpr.r14, Gpr.rcx);
  a.xorl(Gpr.r9, Gpr.r9);
  a.xorl(Gpr.rax, Gpr.rax);
  a.bind(loop);
  a.cmpl(Gpr.r9, imm(1000));
  a.j(Cond.above_equal, done);
  a.movl(Gpr.rcx, mem(Gpr.rbx, Gpr.r9, 4, 7));
  a.testb(Gpr.rcx, imm(1));
  a.j(Cond.not_equal, deopt);
  a.sarl(Gpr.rcx, imm(1));
  a.addl(Gpr.rax, Gpr.rcx);
  a.j(Cond.overflow, deopt);
  a.addl(Gpr.r9, imm(1));
  a.cmpq(Gpr.rsp, mem(Gpr.r13, -0x60));
  a.j(Cond.below_equal, deopt);
  a.jmp(loop);
  a.bind(deopt);
  a.int3();
  a.bind(done);
  a.ret();
};

/** A call, a frame and a return per iteration. */
const calls: Program = (a) => {
  const loop = new Label('loop');
  const callee = new Label('callee');
  a.movl(Gpr.r9, imm(1000));
  a.bind(loop);
  a.pushq(Gpr.r9);
  a.call(callee);
  a.popq(Gpr.r9);
  a.subl(Gpr.r9, imm(1));
  a.j(Cond.not_equal, loop);
  a.ret();
  a.bind(callee);
  a.pushq(Gpr.rbp);
  a.movq(Gpr.rbp, Gpr.rsp);
  a.movq(Gpr.rax, mem(Gpr.rbp, 16));
  a.leaq(Gpr.rax, mem(Gpr.rax, Gpr.rax, 2, 3));
  a.leave();
  a.ret();
};

/** Double arithmetic over memory. */
const doubles: Program = (a) => {
  const loop = new Label('loop');
  a.movl(Gpr.r9, imm(1000));
  a.vxorpd(Xmm.xmm0, Xmm.xmm0, Xmm.xmm0);
  a.bind(loop);
  a.vcvtlsi2sd(Xmm.xmm1, Xmm.xmm15, Gpr.r9);
  a.vmulsd(Xmm.xmm2, Xmm.xmm1, mem(Gpr.rbx, 7));
  a.vaddsd(Xmm.xmm0, Xmm.xmm0, Xmm.xmm2);
  a.vmovsd(mem(Gpr.rbx, 15), Xmm.xmm0);
  a.vucomisd(Xmm.xmm0, Xmm.xmm1);
  a.subl(Gpr.r9, imm(1));
  a.j(Cond.not_equal, loop);
  a.ret();
};

function measure(name: string, program: Program, instructions: number): void {
  const memory = new SharedArrayBuffer(16 << 20);
  const born = performance.now();
  const emulator = new Emulator({ memory, cpuBase: 4096, cageHi: CAGE_HI, codeStart: CODE, codeEnd: CODE + 0x10000 });
  const construction = performance.now() - born;
  const { cpu } = emulator;
  cpu.reset();
  const a = new Assembler({ cageHi: CAGE_HI });
  // The program is called forever by a small driver.
  const entry = new Label('entry');
  const forever = new Label('forever');
  a.bind(forever);
  a.call(entry);
  a.jmp(forever);
  a.bind(entry);
  program(a);
  new Uint8Array(memory).set(a.bytes(CODE), CODE);
  const ints = new Int32Array(memory);
  for (let i = 0; i < 1100; i++) ints[(DATA >> 2) + i] = i * 2;
  cpu.set(Gpr.rbx, DATA + 1, CAGE_HI);
  cpu.set(Gpr.r13, DATA + 0x10000, CAGE_HI);
  cpu.set(Gpr.rsp, STACK, CAGE_HI);
  cpu.setRip(CODE, CAGE_HI);
  for (let warm = 0; warm < 20; warm++) emulator.run(1_000_000);

  (globalThis as { gc?: () => void }).gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  emulator.run(10_000_000);
  const heap = process.memoryUsage().heapUsed - heapBefore;

  const start = process.hrtime.bigint();
  const before = cpu.retired;
  for (let done = 0; done < instructions; done += 10_000_000) emulator.run(10_000_000);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const rate = (cpu.retired - before) / seconds / 1e6;
  console.log(
    `${name.padEnd(10)} ${rate.toFixed(0).padStart(5)} million instructions/s   ${heap} host bytes over 10 million   ${construction.toFixed(1)} ms to construct`,
  );
}

measure('array sum', arraySum, 200_000_000);
measure('calls', calls, 200_000_000);
measure('doubles', doubles, 200_000_000);
