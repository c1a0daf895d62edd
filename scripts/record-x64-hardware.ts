/**
 * Records src/engine/x64/hardware.expected on an x64 Linux machine with python3: runs the emulator's test cases as
 * native code and stores a checksum of what the processor did.
 *
 *   node --import tsx scripts/record-x64-hardware.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAGE_HI, DATA, DATA_SIZE, hardwareCases } from '../src/engine/x64/hardware.ts';
import { Assembler, type Gpr, imm, Mem, type Xmm } from '../src/engine/x64/index.ts';

const INPUT = 0x20000000;
const OUTPUT = 0x20001000;
const SAVED = 0x20002800;
const STACK = SAVED + 0x400;
const FLAGS = 392;
const absolute = (address: number): Mem => new Mem(-1, -1, 1, address);

/** Loads the whole machine state, runs `code`, stores the whole state. */
function harness(code: Uint8Array): Uint8Array {
  const a = new Assembler();
  const saved: Gpr[] = [3, 5, 12, 13, 14, 15];
  for (const reg of saved) a.pushq(reg);
  a.movq(absolute(SAVED), 4 as Gpr);
  for (let i = 0; i < 16; i++) a.movups(i as Xmm, absolute(INPUT + 128 + 16 * i));
  a.movq(4 as Gpr, imm(STACK));
  a.pushq(absolute(INPUT + FLAGS));
  a.popfq();
  for (let i = 0; i < 16; i++) if (i !== 4) a.movq(i as Gpr, absolute(INPUT + 8 * i));
  a.movq(4 as Gpr, absolute(INPUT + 32));
  for (const byte of code) a.db(byte);
  for (let i = 0; i < 16; i++) a.movq(absolute(OUTPUT + 8 * i), i as Gpr);
  a.movq(4 as Gpr, imm(STACK));
  a.pushfq();
  a.popq(absolute(OUTPUT + FLAGS));
  for (let i = 0; i < 16; i++) a.movups(absolute(OUTPUT + 128 + 16 * i), i as Xmm);
  a.movq(4 as Gpr, absolute(SAVED));
  for (const reg of saved.reverse()) a.popq(reg);
  a.ret();
  return a.bytes();
}

const PYTHON = `
import ctypes, sys, zlib
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
data_at, data_size = int(sys.argv[1]), int(sys.argv[2])
for at, protection in ((0x20000000, 3), (data_at, 3), (0x30000000, 7)):
    assert libc.mmap(at, 0x10000, protection, 0x32, -1, 0) == at
run = ctypes.CFUNCTYPE(None)(0x30000000)
for line in sys.stdin:
    name, cases = line.split(' ', 1)
    sums = []
    for case in cases.split():
        code, state, data, mask = case.split(',')
        code, state, data = bytes.fromhex(code), bytes.fromhex(state), bytes.fromhex(data)
        ctypes.memmove(0x30000000, code, len(code))
        ctypes.memmove(0x20000000, state, len(state))
        ctypes.memset(data_at, 0, 4096)
        ctypes.memmove(data_at, data, len(data))
        run()
        out = ctypes.string_at(0x20001000, 400)
        flags = int.from_bytes(out[392:394], 'little') & int(mask)
        crc = zlib.crc32(flags.to_bytes(2, 'little'), zlib.crc32(out[:384]))
        sums.append('%x' % zlib.crc32(ctypes.string_at(data_at, data_size), crc))
    print(name, *sums)
`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
let input = '';
for (const { subject, cases } of hardwareCases()) {
  const native = hex(harness(cases[0]!.code));
  input += `${subject.name} ${cases.map((one) => `${native},${hex(one.input)},${hex(one.data)},${one.mask}`).join(' ')}\n`;
}
const directory = mkdtempSync(join(tmpdir(), 'x64-hardware-'));
try {
  writeFileSync(join(directory, 'run.py'), PYTHON);
  const address = String(CAGE_HI * 2 ** 32 + DATA);
  const expected = execFileSync('python3', [join(directory, 'run.py'), address, String(DATA_SIZE)], {
    input,
    maxBuffer: 1 << 28,
  });
  writeFileSync(new URL('../src/engine/x64/hardware.expected', import.meta.url), expected);
} finally {
  rmSync(directory, { recursive: true });
}
