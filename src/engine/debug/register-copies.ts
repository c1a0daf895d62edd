// Which registers hold the same value at a bytecode: Ignition leaves a load out when the accumulator has the value already, so that a
// variable's register may be dead while the accumulator carries it to a return.
//
//   Mul r1 … ; Star r0 ; Return       at Return: r0 = accumulator
//
// Invariant: only what the code since the last place that others jump to copied counts; a value that was written anew has no copy.

import {
  BYTECODES,
  Bytecode,
  type BytecodeArrayAccessor,
  type HandlerEntry,
  isJump,
  isShortStar,
  isSwitch,
  writtenRegisters,
} from '../bytecode/index.ts';
import type { RegisterIndex } from '../heap/index.ts';

export type Holder = RegisterIndex | 'accumulator';

/** Others that hold what `register` does before the bytecode at `offset`. @param accessor at the first bytecode; moved */
export function copiesOf(
  accessor: BytecodeArrayAccessor,
  handlers: readonly HandlerEntry[],
  register: RegisterIndex,
  offset: number,
): Holder[] {
  const joins = joinsOf(accessor, handlers);
  /** Number of the value in each; what has none was not written since the last join. */
  const values = new Map<Holder, number>();
  let count = 0;
  const valueIn = (holder: Holder): number => {
    const value = values.get(holder);
    if (value !== undefined) return value;
    values.set(holder, ++count);
    return count;
  };
  for (accessor.setOffset(0); !accessor.done && accessor.currentOffset < offset; accessor.advance()) {
    if (joins.has(accessor.currentOffset)) values.clear();
    const { bytecode } = accessor;
    if (bytecode === Bytecode.Star || isShortStar(bytecode)) values.set(accessor.starTarget, valueIn('accumulator'));
    else if (bytecode === Bytecode.Ldar) values.set('accumulator', valueIn(accessor.register(0)));
    else if (bytecode === Bytecode.Mov) values.set(accessor.register(1), valueIn(accessor.register(0)));
    else {
      const row = BYTECODES[bytecode]!;
      if (row.writesAccumulator || row.clobbersAccumulator) values.set('accumulator', ++count);
      for (const written of writtenRegisters(accessor)) values.set(written, ++count);
    }
  }
  if (joins.has(offset)) return [];
  const value = values.get(register);
  return [...values].flatMap(([holder, other]) => (other === value && holder !== register ? [holder] : []));
}

/** Where control may come from elsewhere. */
function joinsOf(accessor: BytecodeArrayAccessor, handlers: readonly HandlerEntry[]): Set<number> {
  const joins = new Set(handlers.map(({ handler }) => handler));
  for (accessor.setOffset(0); !accessor.done; accessor.advance()) {
    const { bytecode } = accessor;
    if (isJump(bytecode)) joins.add(accessor.jumpTarget);
    else if (isSwitch(bytecode)) for (const { target } of accessor.jumpTableTargets()) joins.add(target);
  }
  return joins;
}
