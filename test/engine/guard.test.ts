// Guards in machine code and the exits behind them, byte by byte and step by step.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeoptimizeReason } from '../../src/engine/deoptimizer/index.ts';
import { IsolateData, Region } from '../../src/engine/heap/index.ts';
import { Code, HeapObject, MapObject } from '../../src/engine/objects/index.ts';
import type { Gpr } from '../../src/engine/x64/index.ts';
import { type Listing, Program, shapes } from './program.ts';

/** The `cmpl [object-1], map` + jump pair of a CheckMaps with an exit in `listing`. */
function mapGuard(listing: Listing): { compare: number; jump: number; exit: number; map: number; text: string } {
  const { instructions, start, exitStart } = listing;
  for (let i = 1; i < instructions.length; i++) {
    const jump = instructions[i]!;
    const compare = instructions[i - 1]!;
    if (!jump.isBranch || jump.target === undefined || jump.target < exitStart) continue;
    // 81 /7 disp8 imm32, with or without REX.B: cmp dword [reg-1], imm32
    const bytes = Buffer.from(compare.bytes, 'hex');
    const opcode = (bytes[0]! & 0xf0) === 0x40 ? 1 : 0;
    if (bytes[opcode] !== 0x81 || (bytes[opcode + 1]! & 0xf8) !== 0x78 || bytes[opcode + 2] !== 0xff) continue;
    return {
      compare: start + compare.offset,
      jump: start + jump.offset,
      exit: jump.target,
      map: bytes.readInt32LE(opcode + 3),
      text: `${compare.text}; ${jump.text}`,
    };
  }
  throw new Error(`no map guard in\n${instructions.map((line) => `${line.bytes} ${line.text}`).join('\n')}`);
}

// Seen to fail: effect-control-linearizer's checkMaps without its `deoptUnless`.
test('R1: CheckMaps is a compare of the map word with the map in the code, and a jump that the emulated CPU takes', () => {
  const program = new Program(shapes);
  const passed: string[] = [];
  const isShape = (word: number): boolean => word > Region.Code && /\{|Object/.test(program.show(word));
  program.onCode = (listing) => {
    if (program.codes.length > 1) return;
    const guard = mapGuard(listing);
    assert.match(guard.text, /^cmpl \[r\w+-0x1\],0x[0-9a-f]+; j(nz|ne) /);
    assert.equal(
      program.heap.getU16(guard.map, MapObject.InstanceType) > 0x400,
      true,
      'the immediate is a map of objects',
    );
    const { cpu } = program.machine;
    program.breakAt(guard.compare, () => {
      const object = [...Array(16).keys()]
        .map((code) => cpu.lo(code as Gpr))
        .find((word) => (word & 1) === 1 && isShape(word));
      assert.ok(object !== undefined, 'the object is in a register');
      const holds = program.heap.get(object, HeapObject.Map) === guard.map;
      const before = cpu.words.slice(0, 96);
      const retired = cpu.retired;
      program.stepWhile(() => {
        if (cpu.rip === guard.compare || cpu.rip === guard.jump) return true;
        assert.equal(cpu.retired, retired + 2);
        assert.deepEqual(cpu.words.slice(0, 96), before, 'no register changed');
        assert.equal(cpu.rip === guard.exit, !holds);
        passed.push(holds ? 'holds' : 'fails');
        return false;
      });
    });
  };
  assert.equal(program.run(), '9\n10\n9 10\n');
  assert.deepEqual(passed.slice(0, 2), ['holds', 'fails']);
});

const guards: readonly [reason: keyof typeof DeoptimizeReason, body: string, good: string, bad: string][] = [
  ['WrongMap', 'return a.x;', '{ x: 1 }', '{ y: 1, x: 2 }'],
  ['NotASmi', 'return a + 1;', '1', '"s"'],
  ['Overflow', 'return a * 4096;', '5', '0x3fffff00'],
  ['Smi', 'return a.x;', '{ x: 1 }', '1'],
  ['OutOfBounds', 'return [1, 2, 3][a];', '1', '7'],
  ['MinusZero', 'return a * -1;', '3', '0'],
  ['DivisionByZero', 'return 12 % a;', '5', '0'],
  ['LostPrecision', 'return 6 / a;', '2', '4'],
  ['WrongCallTarget', 'return a(1);', 'f1', 'f2'],
  ['InsufficientTypeFeedbackForBinaryOperation', 'return a > 5 ? a + 1 : 0;', '1', '8'],
];

// Seen to fail (the WrongMap row): effect-control-linearizer's checkMaps without its `deoptUnless`.
for (const [reason, body, good, bad] of guards) {
  test(`R2: a guard of reason ${reason} is machine code with an exit of that reason`, () => {
    const program = new Program(`const f1 = (x) => x + 1, f2 = (x) => x + 2;
      const array = [1, 2, 3];
      function f(a) { ${body.replace('[1, 2, 3]', 'array')} }
      %PrepareFunctionForOptimization(f);
      f(${good}); f(${good});
      const expected = String(f(${bad}));
      %ClearFunctionFeedback(f);
      %PrepareFunctionForOptimization(f);
      f(${good}); f(${good});
      %OptimizeFunctionOnNextCall(f);
      f(${good});
      console.log(expected === String(f(${bad})));`);
    assert.equal(program.run(), 'true\n');
    assert.equal(program.codes.length, 1);
    const seen = program.bailouts.map((bailout) => DeoptimizeReason[bailout.reason]);
    assert.deepEqual(seen, [reason]);
    const [code] = program.codes as [number];
    const { exitStart, instructions } = program.listing(code);
    const exit = exitStart + 4 * program.bailouts[0]!.exitIndex;
    assert.ok(
      instructions.some((line) => line.isBranch && line.target === exit),
      'a jump leads to the exit',
    );
  });
}

// Seen to fail: backend/index.ts writing −1 for `state.inliningId` in DeoptExitInfo.
test('R3: exits are four bytes that call the entry through r13; each knows its id, reason, source and inlining position', () => {
  const program = new Program(
    `${shapes}
    function outer(shape) { return 1 + area(shape); }
    %PrepareFunctionForOptimization(area); %PrepareFunctionForOptimization(outer);
    outer(square); outer(square); %OptimizeFunctionOnNextCall(outer); outer(square);`,
  );
  program.run();
  assert.ok(program.codes.length >= 2);
  let inlined = 0;
  for (const code of program.codes) {
    const { heap } = program;
    const { exitStart } = program.listing(code);
    const eager = heap.getI32(code, Code.EagerDeoptCount);
    const count = eager + heap.getI32(code, Code.LazyDeoptCount);
    assert.ok(eager > 0);
    for (let exit = 0; exit < count; exit++) {
      const bytes = heap.u8.slice(exitStart + 4 * exit, exitStart + 4 * exit + 4);
      // call [r13 + disp8]; r13 points 0x80 into isolate data
      assert.deepEqual([...bytes.slice(0, 3)], [0x41, 0xff, 0x55]);
      const field = ((bytes[3]! << 24) >> 24) + 0x80;
      assert.equal(field, exit < eager ? IsolateData.DeoptimizationEntryEager : IsolateData.DeoptimizationEntryLazy);
      const [offset, inliningId, reason] = program.exitInfo(code, exit);
      if (exit >= eager) continue;
      assert.ok(reason in DeoptimizeReason, `exit ${exit}: reason ${reason}`);
      assert.ok(offset < program.source.length);
      if (inliningId >= 0) inlined++;
    }
  }
  assert.ok(inlined > 0, 'area, inlined into outer, has exits with an inlining position');
});
