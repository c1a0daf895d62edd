// Verifier of register allocation (V8: register-allocator-verifier.cc). It forgets how the allocator decided and executes the
// allocated instructions symbolically: every location holds a set of values, every use must find its own. Rules; each error names
// its rule and the instruction:
//
//   A1  on every path to a use, its location holds the value that it read before allocation: a slot is written before it is read,
//       no other live value was put in its place, no call or clobber destroyed it, it is not an older round's of a loop
//   A2  a location satisfies the operand's policy: a register of the value's bank, the fixed register, the home slot
//   A3  a late use still finds its value after the outputs and clobbers of its instruction; so does a bailout behind a result
//   A4  what is written while inputs are still read (temporaries, an output that takes over an input's register) is nobody else's
//   A5  a phi's location holds its input at the end of every predecessor, which has no other successor
//   A6  at a call, every slot with a tagged value that is read later is in the safepoint, and every slot in it holds a tagged value
//   A7  locations are allocatable registers, spill slots of the frame, or homes of parameters: nothing reserved
//   A8  parallel moves, and the saves around a call, write distinct places
//
// Invariant of the walk: a value that is not in the set of a location is not known to be there on every path.

import type { MachineType } from '../graph/machine-type.ts';
import { isTagged } from '../graph/machine-type.ts';
import { VerificationError } from '../graph/verifier.ts';
import {
  type ConstantValue,
  type Definition,
  type Instruction,
  type InstructionBlock,
  Location,
  type Move,
  type MoveOperand,
  type StateOperand,
  type Use,
  VirtualRegister,
} from './instruction.ts';
import { allocatableGprs, allocatableXmms, fixedSlotCount } from './register-allocator.ts';

/** What instructions asked for before allocation, which rewrites operands when it spills. */
export interface AllocationRecord {
  readonly uses: ReadonlyMap<Instruction, readonly Use[]>;
  readonly definitions: ReadonlyMap<Instruction, readonly Definition[]>;
}

/** Takes down the operands of all instructions, before allocation. */
export function recordOperands(blocks: readonly InstructionBlock[]): AllocationRecord {
  const uses = new Map<Instruction, readonly Use[]>();
  const definitions = new Map<Instruction, readonly Definition[]>();
  for (const { instructions } of blocks)
    for (const instruction of instructions) {
      uses.set(
        instruction,
        instruction.uses.map((use) => ({ ...use })),
      );
      definitions.set(
        instruction,
        instruction.definitions.map((definition) => ({ ...definition })),
      );
    }
  return { uses, definitions };
}

/** Throws a `VerificationError` if the allocated `blocks` do not do what `record` asked for. @param slotCount of the frame */
export function verifyAllocation(
  record: AllocationRecord,
  blocks: readonly InstructionBlock[],
  slotCount: number,
): void {
  new AllocationVerifier(record, blocks, slotCount).run();
}

/** A value: the id of its virtual register before allocation, or a constant's text. */
type Value = number | string;
/** Values by place; a place that is absent holds nothing that is known. */
type State = Map<string, ReadonlySet<Value>>;

const placeOf = (location: Location): string => `${location.kind}${location.index}`;
const constantText = (constant: ConstantValue): string =>
  `${constant.kind} ${Object.is(constant.value, -0) ? '-0' : constant.value}`;
const isTaggedConstant = (value: Value): boolean => typeof value === 'string' && value.startsWith('tagged ');

const registers = [
  ...allocatableGprs.map((index) => placeOf(Location.gprs[index]!)),
  ...allocatableXmms.map((index) => placeOf(Location.xmms[index]!)),
];
const allocatable = new Set(registers);

class AllocationVerifier {
  private readonly record: AllocationRecord;
  private readonly blocks: readonly InstructionBlock[];
  private readonly slotCount: number;
  private readonly types = new Map<number, MachineType>();
  /** State at the start of each block, as far as it is known. */
  private readonly entry = new Map<InstructionBlock, State>();
  /** Slots that are read after each call before they are written. */
  private readonly liveSlots = new Map<Instruction, ReadonlySet<string>>();

  constructor(record: AllocationRecord, blocks: readonly InstructionBlock[], slotCount: number) {
    this.record = record;
    this.blocks = blocks;
    this.slotCount = slotCount;
  }

  run(): void {
    for (const definitions of this.record.definitions.values())
      for (const { vreg } of definitions) this.types.set(vreg.id, vreg.type);
    for (const { phis } of this.blocks) for (const { vreg } of phis) this.types.set(vreg.id, vreg.type);
    this.findLiveSlots();
    // Forwards until nothing changes; then once more, where every use must find its value.
    this.entry.set(this.blocks[0]!, new Map());
    for (let changed = true; changed; ) {
      changed = false;
      for (const block of this.blocks) if (this.flow(block, false)) changed = true;
    }
    for (const block of this.blocks) this.flow(block, true);
  }

  /** Executes a block and merges what it leaves into its successors. @returns whether one of them knows less now */
  private flow(block: InstructionBlock, check: boolean): boolean {
    const before = this.entry.get(block);
    if (before === undefined) return false;
    const state: State = new Map(before);
    let changed = false;
    const handler = block.successors.find((successor) => successor.isHandler);
    // The call that the block ends with; those before it are in no try block.
    const throwing = block.instructions.findLast(({ isCall }) => isCall);
    for (const instruction of block.instructions) {
      this.moves(instruction, instruction.gap, state);
      this.execute(instruction, state, check);
      // An exception leaves the call before its result is there.
      if (instruction === throwing && handler !== undefined && this.leave(block, handler, state)) changed = true;
      this.define(instruction, state, check);
      this.moves(instruction, instruction.after, state);
    }
    for (const successor of block.successors) {
      if (check) this.checkPhis(block, successor, state);
      if (successor !== handler && this.leave(block, successor, state)) changed = true;
    }
    return changed;
  }

  /** The edge to `successor`: its phis are what their inputs are here. */
  private leave(block: InstructionBlock, successor: InstructionBlock, state: State): boolean {
    const at = successor.predecessors.indexOf(block);
    const fresh = new Set<Value>(successor.phis.map(({ vreg }) => vreg.id));
    const incoming: State = new Map();
    for (const [place, values] of state) {
      const renamed = new Set([...values].filter((value) => !fresh.has(value)));
      for (const { vreg, inputs } of successor.phis) if (values.has(valueOf(inputs[at]!))) renamed.add(vreg.id);
      if (renamed.size > 0) incoming.set(place, renamed);
    }
    const known = this.entry.get(successor);
    if (known === undefined) {
      this.entry.set(successor, incoming);
      return true;
    }
    let changed = false;
    for (const [place, values] of known) {
      const others = incoming.get(place);
      const both = new Set([...values].filter((value) => others?.has(value) === true));
      if (both.size === values.size) continue;
      changed = true;
      if (both.size === 0) known.delete(place);
      else known.set(place, both);
    }
    return changed;
  }

  private checkPhis(block: InstructionBlock, successor: InstructionBlock, state: State): void {
    const at = successor.predecessors.indexOf(block);
    const last = block.instructions[block.instructions.length - 1]!;
    for (const { vreg, inputs } of successor.phis) {
      if (vreg.location === undefined) continue; // nobody reads it
      if (block.successors.length > 1) fail('A5', last, `a phi of B${successor.id} takes its input on one of two ways`);
      const input = valueOf(inputs[at]!);
      if (state.get(placeOf(vreg.location))?.has(input) !== true)
        fail('A5', last, `the input ${input} of ${vreg} is not in ${placeOf(vreg.location)}`);
    }
  }

  // --- one instruction ----------------------------------------------------------------------------------------------------

  /** All sources are read before any destination is written. */
  private moves(instruction: Instruction, moves: readonly Move[], state: State): void {
    const written = new Map<string, ReadonlySet<Value>>();
    for (const { from, to } of moves) {
      const target = locationOf(to);
      if (target === undefined) continue; // the value is never used
      const source = locationOf(from);
      const place = placeOf(target);
      if (written.has(place)) fail('A8', instruction, `two moves write ${place}`);
      this.checkPlace(instruction, target);
      if (source !== undefined) written.set(place, state.get(placeOf(source)) ?? new Set());
      else if (!(from instanceof VirtualRegister)) written.set(place, new Set([constantText(from as ConstantValue)]));
      else fail('A7', instruction, `${from} is moved, but is nowhere`);
    }
    for (const [place, values] of written) state.set(place, values);
  }

  /** Reads the inputs and destroys what the instruction destroys. */
  private execute(instruction: Instruction, state: State, check: boolean): void {
    const uses = this.record.uses.get(instruction)!;
    const places = uses.map((use, i) => this.usePlace(instruction, use, i));
    const early = [
      ...instruction.temps.map(({ vreg }) => placeOf(vreg.location!)),
      ...this.record.definitions
        .get(instruction)!
        .flatMap((d, i) => (d.policy === 'same' ? [placeOf(instruction.definitions[i]!.vreg.location!)] : [])),
    ];
    if (check) this.checkEarly(instruction, early, uses, places);
    if (check)
      uses.forEach((use, i) => {
        this.checkUse(instruction, use, i, places[i]!);
        if (state.get(places[i]!)?.has(use.vreg.id) !== true)
          fail('A1', instruction, `${places[i]} does not hold ${use.vreg} for use ${i}`);
      });
    if (check && instruction.isCall) this.checkSafepoint(instruction, state);
    this.destroy(instruction, state);
    for (const place of early.slice(0, instruction.temps.length)) state.delete(place);
    if (!check) return;
    const inState = readBehindResult(instruction);
    uses.forEach((use, i) => {
      const place = places[i]!;
      const overwritten = instruction.definitions.some(
        (d) => (d.policy === 'fixed' ? placeOf(d.fixed!) : d.vreg.location && placeOf(d.vreg.location)) === place,
      );
      // The home of a spilled result is written after the instruction.
      if (
        (use.late === true || inState.has(instruction.uses[i]!)) &&
        (overwritten || state.get(place)?.has(use.vreg.id) !== true)
      )
        fail('A3', instruction, `${place} no longer holds ${use.vreg} after it, for use ${i}`);
    });
  }

  /** Where the instruction reads an operand. */
  private usePlace(instruction: Instruction, use: Use, index: number): string {
    if (use.policy === 'fixed') return placeOf(use.fixed!);
    const same = instruction.definitions.find((d) => d.policy === 'same' && d.same === index);
    const { location } = same?.vreg ?? instruction.uses[index]!.vreg;
    if (location === undefined) return fail('A7', instruction, `${use.vreg} has no location`);
    return placeOf(location);
  }

  private checkUse(instruction: Instruction, use: Use, index: number, place: string): void {
    const bank = use.vreg.isFloat ? 'xmm' : 'gpr';
    const isSlot = place.startsWith('slot');
    if (!isSlot && !place.startsWith(bank)) fail('A2', instruction, `use ${index} of ${use.vreg} is in ${place}`);
    if (isSlot && use.policy === 'register') fail('A2', instruction, `use ${index} of ${use.vreg} is in ${place}`);
    if (use.policy !== 'fixed') this.checkPlace(instruction, instruction.uses[index]!.vreg.location!);
  }

  private checkEarly(
    instruction: Instruction,
    early: readonly string[],
    uses: readonly Use[],
    places: readonly string[],
  ): void {
    early.forEach((place, n) => {
      if (early.indexOf(place) !== n) fail('A4', instruction, `${place} is written twice`);
      const isTemp = n < instruction.temps.length;
      const owner = isTemp
        ? -1
        : instruction.definitions.filter((d) => d.policy === 'same')[n - instruction.temps.length]!.same!;
      places.forEach((other, i) => {
        if (other !== place || i === owner || (owner >= 0 && uses[owner]!.vreg === uses[i]!.vreg)) return;
        fail('A4', instruction, `${place} is written while use ${i} (${uses[i]!.vreg}) is read there`);
      });
    });
    for (const { vreg } of instruction.definitions)
      if (vreg.location !== undefined && early.indexOf(placeOf(vreg.location)) in instruction.temps)
        fail('A4', instruction, `${placeOf(vreg.location)} is a temporary and an output`);
  }

  private destroy(instruction: Instruction, state: State): void {
    for (const location of instruction.clobbers) state.delete(placeOf(location));
    if (!instruction.isCall) return;
    const saved = new Set<string>();
    const slots = new Set<number>();
    if (instruction.savesRegisters)
      for (const vreg of instruction.saved) {
        const place = placeOf(vreg.location!);
        if (slots.has(vreg.saveSlot)) fail('A8', instruction, `two registers are saved in slot${vreg.saveSlot}`);
        slots.add(vreg.saveSlot);
        this.checkPlace(instruction, Location.slot(vreg.saveSlot));
        saved.add(place);
        state.set(`slot${vreg.saveSlot}`, state.get(place) ?? new Set());
      }
    for (const place of registers) if (!saved.has(place)) state.delete(place);
  }

  private define(instruction: Instruction, state: State, check: boolean): void {
    this.record.definitions.get(instruction)!.forEach((definition, i) => {
      const { vreg, policy } = definition;
      for (const [place, values] of state) {
        if (!values.has(vreg.id)) continue;
        const rest = new Set(values);
        rest.delete(vreg.id);
        state.set(place, rest);
      }
      const location = policy === 'fixed' ? definition.fixed : instruction.definitions[i]!.vreg.location;
      if (location === undefined) return;
      if (check) this.checkDefinition(instruction, definition, location);
      // a home is not written: it may be the home of several nodes
      const others = policy === 'home' && location.kind === 'slot' ? (state.get(placeOf(location)) ?? []) : [];
      state.set(placeOf(location), new Set([...others, vreg.id]));
    });
  }

  private checkDefinition(instruction: Instruction, { vreg, policy }: Definition, location: Location): void {
    this.checkPlace(instruction, location);
    const isRegister = location.kind === (vreg.isFloat ? 'xmm' : 'gpr');
    const isHome = policy === 'home' && location.kind === 'slot' && location.index === vreg.home;
    if (!isRegister && !isHome) fail('A2', instruction, `the output ${vreg} is in ${placeOf(location)}`);
  }

  private checkPlace(instruction: Instruction, location: Location): void {
    const { kind, index } = location;
    const isOfFrame = kind === 'slot' ? index < this.slotCount : allocatable.has(placeOf(location));
    // Below the spill slots: arguments, the fixed part, the interpreter's registers of an OSR frame.
    if (!isOfFrame || (kind === 'slot' && (index === 0 || index === 1)))
      fail('A7', instruction, `${placeOf(location)} is not for values`);
  }

  // --- safepoints -------------------------------------------------------------------------------------------------------------

  private checkSafepoint(instruction: Instruction, state: State): void {
    const listed = new Set(instruction.liveTagged.map((vreg) => placeOf(vreg.location!)));
    for (const place of listed)
      if (![...(state.get(place) ?? [])].some((value) => this.isTaggedValue(value)))
        fail('A6', instruction, `${place} is in the safepoint, but holds no tagged value on every path`);
    for (const place of this.liveSlots.get(instruction)!) {
      if (listed.has(place) || Number(place.slice(4)) < fixedSlotCount) continue;
      if ([...(state.get(place) ?? [])].some((value) => this.isTaggedValue(value)))
        fail('A6', instruction, `${place} holds a tagged value that is read later, and is not in the safepoint`);
    }
    for (const vreg of instruction.saved) {
      const values = [...(state.get(placeOf(vreg.location!)) ?? [])];
      if (vreg.isTagged && !values.some((value) => this.isTaggedValue(value)))
        fail(
          'A6',
          instruction,
          `slot${vreg.saveSlot} is in the safepoint, but ${placeOf(vreg.location!)} is not tagged`,
        );
      if (!vreg.isTagged && values.some((value) => this.isTaggedValue(value)))
        fail('A6', instruction, `slot${vreg.saveSlot} gets a tagged value, and is not in the safepoint`);
    }
  }

  private isTaggedValue(value: Value): boolean {
    if (typeof value === 'string') return isTaggedConstant(value);
    const type = this.types.get(value);
    return type !== undefined && isTagged(type.rep);
  }

  /** Backwards: which slots are read later, at each call. */
  private findLiveSlots(): void {
    const liveIn = new Map<InstructionBlock, Set<string>>();
    for (let changed = true; changed; ) {
      changed = false;
      for (let b = this.blocks.length - 1; b >= 0; b--) {
        const block = this.blocks[b]!;
        const live = new Set<string>();
        for (const successor of block.successors) for (const slot of liveIn.get(successor) ?? []) live.add(slot);
        for (let i = block.instructions.length - 1; i >= 0; i--) this.slotsBefore(block.instructions[i]!, live);
        if (live.size === liveIn.get(block)?.size) continue;
        liveIn.set(block, live);
        changed = true;
      }
    }
  }

  /** Turns the slots that are live after an instruction into those before it. */
  private slotsBefore(instruction: Instruction, live: Set<string>): void {
    const read = (location: Location | undefined): void => {
      if (location?.kind === 'slot') live.add(placeOf(location));
    };
    const moved = (moves: readonly Move[]): void => {
      for (const { to } of moves) {
        const target = locationOf(to);
        if (target !== undefined) live.delete(placeOf(target));
      }
      for (const { from, to } of moves) if (locationOf(to) !== undefined) read(locationOf(from));
    };
    moved(instruction.after);
    if (instruction.isCall) this.liveSlots.set(instruction, new Set(live));
    for (const { vreg } of instruction.definitions)
      if (vreg.location !== undefined) live.delete(placeOf(vreg.location));
    for (const { vreg, policy } of instruction.uses) if (policy !== 'fixed') read(vreg.location);
    moved(instruction.gap);
  }
}

const locationOf = (operand: MoveOperand): Location | undefined =>
  operand instanceof VirtualRegister ? operand.location : operand instanceof Location ? operand : undefined;

const valueOf = (operand: MoveOperand): Value =>
  operand instanceof VirtualRegister
    ? operand.id
    : operand instanceof Location
      ? placeOf(operand)
      : constantText(operand);

const fail = (rule: string, instruction: Instruction, what: string): never => {
  throw new VerificationError(rule, instruction, what);
};

/** Of an instruction whose exit is behind its result, the values that a bailout reads. */
function readBehindResult({ deopt, definitions }: Instruction): ReadonlySet<Use> {
  const uses = new Set<Use>();
  const note = (value: StateOperand): void => {
    if (value.kind === 'vreg') uses.add(value.use);
    else if (value.kind === 'captured') value.fields.forEach(note);
  };
  if (deopt?.kind === 'eager' && definitions.length > 0) for (const frame of deopt.frames) frame.values.forEach(note);
  return uses;
}
