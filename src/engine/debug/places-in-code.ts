// Where optimized code stops for a breakpoint in a bytecode: at anchors, which are the instructions that have a FrameState, because the
// function's variables are known there.
//
//   guard    the jump to an eager exit: resumes at the exit's bytecode offset
//   call     a call with a lazy exit: stands on the exit's bytecode
//
// The region of a breakpoint are the bytecodes from its own up to the next place for one, or to the next statement. Of the anchors in it those are stops to which
// one comes from elsewhere: one stop each time the region is entered. A variable that is read for the last time between the breakpoint
// and the anchor is gone at the anchor.

import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';

interface Anchor {
  /** Of the instruction, in the list. */
  readonly index: number;
  readonly sfi: Tagged;
  readonly bytecodeOffset: number;
}

const leaves = /^(REX\.W )?(jmp|ret|int3)/;

/** Offsets in the code at which a breakpoint on the bytecodes `[start, end)` stops; none where the code has no anchor there. */
export function placesInCode(view: CodeView, sfi: Tagged, start: number, end: number): number[] {
  const anchors = anchorsOf(view);
  const mine = anchors.filter(
    (anchor) => anchor.sfi === sfi && anchor.bytecodeOffset >= start && anchor.bytecodeOffset < end,
  );
  const inside = new Set(mine.map(({ index }) => index));
  const others = new Set(anchors.map(({ index }) => index).filter((index) => !inside.has(index)));
  const before = inside.size === 0 ? new Map() : predecessors(view);
  return [...inside]
    .filter((index) => isEntered(index, inside, others, before))
    .map((index) => view.instructions[index]!.offset);
}

function anchorsOf(view: CodeView): Anchor[] {
  const anchors: Anchor[] = [];
  for (let exit = 0; exit < view.exitCount; exit++) {
    if (!view.resumesInBytecode(exit)) continue;
    const at = view.isLazyExit(exit) ? [view.returnPcOf(exit) - 1] : (view.guards.get(exit) ?? []);
    for (const offset of at) anchors.push(anchorAt(view, exit, offset));
  }
  return anchors;
}

function anchorAt(view: CodeView, exit: number, offset: number): Anchor {
  const { sfi } = view.levelsOfExit(exit)[0]!;
  return { index: view.indexAt(offset), sfi, bytecodeOffset: view.bytecodeOffsetOf(exit) };
}

/** By instruction, those that go on with it. */
function predecessors(view: CodeView): ReadonlyMap<number, readonly number[]> {
  const before = new Map<number, number[]>();
  for (const [i, { text, target, isCall }] of view.instructions.entries()) {
    if (!leaves.test(text)) noteFollower(before, i, i + 1);
    if (target === undefined || isCall || !view.contains(target)) continue;
    noteFollower(before, i, view.indexAt(target - view.start));
  }
  return before;
}

function noteFollower(before: Map<number, number[]>, from: number, to: number): void {
  const list = before.get(to);
  if (list === undefined) before.set(to, [from]);
  else list.push(from);
}

/** Whether one comes to an anchor from outside of the region. */
function isEntered(
  index: number,
  inside: ReadonlySet<number>,
  others: ReadonlySet<number>,
  before: ReadonlyMap<number, readonly number[]>,
): boolean {
  const seen = new Set<number>();
  const work = [index];
  while (work.length > 0) {
    const from = before.get(work.pop()!);
    if (from === undefined) return true;
    for (const i of from) {
      if (others.has(i)) return true;
      if (inside.has(i) || seen.has(i)) continue;
      seen.add(i);
      work.push(i);
    }
  }
  return false;
}
