// Each rule of the allocation verifier, broken once: a small loop is allocated, then one thing is changed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gpr } from '../../x64/index.ts';
import { type MachineType, MachineTypes } from '../graph/machine-type.ts';
import { VerificationError } from '../graph/verifier.ts';
import { type AllocationRecord, recordOperands, verifyAllocation } from './allocation-verifier.ts';
import { type Definition, Instruction, InstructionBlock, Location, type Use, VirtualRegister } from './instruction.ts';
import { allocateRegisters } from './register-allocator.ts';

interface Loop {
  readonly blocks: InstructionBlock[];
  readonly record: AllocationRecord;
  readonly slotCount: number;
  readonly at: Readonly<Record<'start' | 'one' | 'enter' | 'call' | 'add' | 'branch' | 'again' | 'exit', Instruction>>;
  readonly vregs: Readonly<Record<'object' | 'kept' | 'number' | 'phi' | 'result' | 'sum', VirtualRegister>>;
}

/**
 * ```
 *   B0  start   object = home −2        B1  phi = [number, sum]           B2  again  jump B1
 *       kept    kept = f(object)            call   result = call(phi; object, kept late)
 *       one     number = g(object)          add    sum = same(result), kept, number      B3  exit  return sum, object
 *       enter   jump B1                     branch sum → B2, B3
 * ```
 * `object` and `kept` are tagged, the others are not.
 */
function allocatedLoop(): Loop {
  let ids = 0;
  const value = (type: MachineType, home?: number): VirtualRegister => new VirtualRegister(ids++, type, home);
  const object = value(MachineTypes.AnyTagged, -2);
  const kept = value(MachineTypes.AnyTagged);
  const [number, phi, result, sum] = [0, 1, 2, 3].map(() => value(MachineTypes.Int32)) as [
    VirtualRegister,
    VirtualRegister,
    VirtualRegister,
    VirtualRegister,
  ];
  const blocks = [0, 1, 2, 3].map((id) => new InstructionBlock(id));
  const [b0, b1, b2, b3] = blocks as [InstructionBlock, InstructionBlock, InstructionBlock, InstructionBlock];
  const edge = (from: InstructionBlock, to: InstructionBlock): void => {
    from.successors.push(to);
    to.predecessors.push(from);
  };
  edge(b0, b1);
  edge(b1, b2);
  edge(b1, b3);
  edge(b2, b1);
  b1.isLoopHeader = true;
  b1.loopDepth = 1;
  b2.loopDepth = 1;
  b1.phis.push({ vreg: phi, inputs: [number, sum] });
  const add = (block: InstructionBlock, name: string, uses: Use[], definitions: Definition[] = []): Instruction => {
    const instruction = new Instruction(name);
    instruction.uses = uses;
    instruction.definitions = definitions;
    block.instructions.push(instruction);
    return instruction;
  };
  const register = (vreg: VirtualRegister): Use => ({ vreg, policy: 'register' });
  const output = (vreg: VirtualRegister): Definition => ({ vreg, policy: 'register' });
  const rax = Location.gprs[Gpr.rax]!;
  const start = add(b0, 'Start', [], [{ vreg: object, policy: 'home' }]);
  add(b0, 'Kept', [register(object)], [output(kept)]);
  const one = add(b0, 'One', [register(object)], [output(number)]);
  const enter = add(b0, 'Jump', []);
  const late = (vreg: VirtualRegister): Use => ({ vreg, policy: 'any', late: true });
  const call = add(
    b1,
    'Call',
    [{ vreg: phi, policy: 'any' }, late(object), late(kept)],
    [{ vreg: result, policy: 'fixed', fixed: rax }],
  );
  call.isCall = true;
  const same = add(
    b1,
    'Add',
    [register(result), register(kept), register(number)],
    [{ vreg: sum, policy: 'same', same: 0 }],
  );
  const branch = add(b1, 'Branch', [{ vreg: sum, policy: 'any' }]);
  const again = add(b2, 'Jump', []);
  const exit = add(b3, 'Return', [{ vreg: sum, policy: 'fixed', fixed: rax }, register(object)]);
  const record = recordOperands(blocks);
  const { slotCount } = allocateRegisters(blocks, ids, 0);
  return {
    blocks,
    record,
    slotCount,
    at: { start, one, enter, call, add: same, branch, again, exit },
    vregs: { object, kept, number, phi, result, sum },
  };
}

const verify = ({ record, blocks, slotCount }: Loop): void => verifyAllocation(record, blocks, slotCount);

/** Changes an allocated loop, which must break `rule`. */
const breaks = (rule: string, change: (loop: Loop) => void): void => {
  const loop = allocatedLoop();
  change(loop);
  assert.throws(
    () => verify(loop),
    (e: unknown) => {
      assert.ok(e instanceof VerificationError, String(e));
      assert.equal(e.rule, rule, e.message);
      return true;
    },
  );
};

test('what the allocator did is right', () => verify(allocatedLoop()));

test('A1: a slot that is never written', () => {
  breaks('A1', ({ blocks, vregs }) => {
    for (const { instructions } of blocks)
      for (const instruction of instructions)
        for (const moves of [instruction.gap, instruction.after])
          for (let i = moves.length - 1; i >= 0; i--) if (moves[i]!.to === vregs.kept) moves.splice(i, 1);
  });
});

test('A1: two live values in one slot', () => {
  breaks('A1', ({ vregs }) => {
    assert.equal(vregs.kept.location!.kind, 'slot');
    assert.equal(vregs.number.location!.kind, 'slot');
    vregs.number.location = vregs.kept.location;
  });
});

test('A1: a value of the round before', () => {
  // what was `sum` a round ago is in the phi's place
  breaks('A1', ({ at, vregs }) => {
    at.branch.uses[0]!.vreg = vregs.phi;
  });
});

test('A1: a call destroys a register that is read after it', () => {
  breaks('A1', ({ at, vregs }) => {
    const inRegister = new VirtualRegister(vregs.number.id, vregs.number.type);
    inRegister.location = Location.gprs[Gpr.rbx]!;
    at.one.definitions[0]!.vreg = inRegister;
    at.one.after.length = 0;
    at.add.uses[2]!.vreg = inRegister;
    at.enter.gap.length = 0;
    at.enter.gap.push({ from: inRegister, to: vregs.phi });
  });
});

test('A2: a register operand in a slot', () => {
  breaks('A2', ({ at, vregs }) => {
    at.add.uses[1]!.vreg = vregs.kept;
  });
});

test('A2: an output in the other bank', () => {
  breaks('A2', ({ at }) => {
    at.one.definitions[0]!.vreg.location = Location.xmms[1]!;
  });
});

test('A3: a late use in a register that the call destroys', () => {
  breaks('A3', ({ at, vregs }) => {
    const copy = new VirtualRegister(vregs.object.id, vregs.object.type);
    copy.location = Location.gprs[Gpr.rbx]!;
    at.call.gap.push({ from: Location.slot(-2), to: copy });
    at.call.uses[1]!.vreg = copy;
  });
});

test("A4: an output that takes over an input's register while another input is read there", () => {
  breaks('A4', ({ at }) => {
    const output = at.add.definitions[0]!.vreg;
    at.add.uses[1]!.vreg.location = output.location;
    at.add.gap.splice(0, at.add.gap.length, ...at.add.gap.filter(({ to }) => to !== output));
  });
});

test('A5: a phi without its move on one edge', () => {
  breaks('A5', ({ at }) => {
    at.again.gap.length = 0;
    at.enter.gap.length = 0;
  });
});

test('A5: a phi behind a branch', () => {
  breaks('A5', ({ blocks, at, vregs }) => {
    const [, header, again] = blocks as [InstructionBlock, InstructionBlock, InstructionBlock];
    header.successors[0] = header;
    header.predecessors[1] = header;
    again.predecessors.length = 0;
    at.branch.gap.push({ from: vregs.sum, to: vregs.phi });
  });
});

test('A6: a tagged slot that the safepoint forgets', () => {
  breaks('A6', ({ at, vregs }) => {
    assert.ok(at.call.liveTagged.includes(vregs.kept));
    at.call.liveTagged = [];
  });
});

test('A6: a safepoint that names a slot of a number', () => {
  breaks('A6', ({ at, vregs }) => {
    at.call.liveTagged.push(vregs.number);
  });
});

test('A7: the scratch register', () => {
  breaks('A7', ({ at }) => {
    at.one.definitions[0]!.vreg.location = Location.gprs[Gpr.r10]!;
  });
});

test('A7: a slot beyond the frame', () => {
  breaks('A7', (loop) => {
    loop.vregs.kept.location = Location.slot(loop.slotCount);
  });
});

test('A8: two moves to one place', () => {
  breaks('A8', ({ at }) => {
    at.again.gap.push(at.again.gap[0]!);
  });
});

test('A8: two registers saved in one slot', () => {
  breaks('A8', ({ at, vregs }) => {
    at.call.savesRegisters = true;
    const saved = [Gpr.rbx, Gpr.rcx].map((register, i) => {
      const vreg = new VirtualRegister(100 + i, vregs.number.type);
      vreg.location = Location.gprs[register]!;
      vreg.saveSlot = vregs.number.location!.index;
      return vreg;
    });
    at.call.saved = saved;
  });
});
