// One bailout as data: what stood where in the optimized frame, what the translation says about it, which slots of which
// interpreter frames it becomes. No drawing, no engine; the panel, the trees of the debugger, `bailout report` and tests read it.
//
//   OptimizedFrame            FrameStateNode …            OutputFrame …
//     MachinePlace ──read──▶   Chip ───────────write──▶    FrameSlot
//        rbx                    a0 shape                    [top + 96] stack parameter
//     MachinePlace ──read──▶   Chip of a CapturedObject ◀──hold── Chip (captured, or a duplicate)
//
// Ids are strings that name their end of a curve; they are the same in every picture of one bailout, so that a picture of an
// earlier moment and one of a later moment can be laid over each other. Every text is cut to a length; none is markup.

import type { DeoptimizerPhase } from './phases.ts';

/** A document that a place refers to: a file, or a text that the session has by `id`. */
export interface PlaceSource {
  readonly kind: 'script' | 'bytecode' | 'code';
  /** 0 for a file. */
  readonly id: number;
  readonly path?: string;
  readonly name: string;
}

/** 1-based. */
export interface Place {
  readonly source: PlaceSource;
  readonly line: number;
  readonly column: number;
}

/** A line of source, a bytecode or an instruction, and where it stands. */
export interface Quoted {
  readonly text: string;
  readonly place?: Place;
}

/** How a machine holds a value, for colours: `tagged` words, integers, doubles, single bits, constants of the code, objects that do
 *  not exist. */
export type ValueClass = 'tagged' | 'integer' | 'double' | 'bit' | 'literal' | 'object' | 'none';

/** A register, a slot of the optimized frame, or a literal of the code. */
export interface MachinePlace {
  readonly id: string;
  readonly kind: 'register' | 'double register' | 'stack' | 'literal' | 'constant';
  /** `rbx`, `[fp - 48]`, `literal 3`. */
  readonly name: string;
  readonly address?: string;
  /** Its bits, hexadecimal; of a double register the number. */
  readonly bits: string;
  /** What they are: the value as it is read, else as far as they tell. */
  readonly meaning: string;
  readonly class: ValueClass;
  /** What the frame's layout says: `return address`, `caller's fp`. */
  readonly role?: string;
  /** Chips that read it; nothing reads a dead place. */
  readonly readBy: readonly string[];
  readonly isCompared?: boolean;
}

export interface OptimizedFrame {
  readonly function: string;
  readonly optimizationId: number;
  readonly pc: string;
  /** General registers, then those of doubles. */
  readonly registers: readonly MachinePlace[];
  /** From the highest address down. */
  readonly stack: readonly MachinePlace[];
  readonly literals: readonly MachinePlace[];
}

/** One value of a FrameState. */
export interface Chip {
  readonly id: string;
  /** `a0 shape`: the bytecode register, and the variable that lives there. */
  readonly name: string;
  readonly variable?: string;
  readonly kind: 'value' | 'captured' | 'duplicated' | 'optimizedOut';
  /** Id of the MachinePlace it is read from. */
  readonly place?: string;
  /** `rbx`, `[fp - 48]`, `captured object #0`. */
  readonly where: string;
  /** `tagged`, `int32`, `float64`; empty for what is no value. */
  readonly representation: string;
  readonly class: ValueClass;
  /** What the machine holds, in the representation. */
  readonly machine: string;
  /** What the interpreter gets. */
  readonly rebuilt: string;
  /** What it takes to get there: `int32 0x4a1 → Smi 1185`; undefined for a word that is taken as it is. */
  readonly conversion?: string;
  /** It needs an allocation: its slot is filled after all frames are written. */
  readonly waits: boolean;
  /** Captured and duplicated: number of the CapturedObject. */
  readonly object?: number;
}

/** An object that escape analysis removed. */
export interface CapturedObject {
  readonly id: string;
  readonly index: number;
  /** `{x: Smi, y: Double}`, `arguments elements`. */
  readonly what: string;
  readonly fields: readonly Chip[];
  /** The object that was made of it, once it was. */
  readonly rebuilt?: string;
  /** Where that stands. */
  readonly address?: string;
}

/** One frame that is to be, outermost first. */
export interface FrameStateNode {
  readonly id: string;
  readonly function: string;
  /** `interpreted`, or what stands between two interpreted frames. */
  readonly kind: string;
  /** `area @ 12`. */
  readonly title: string;
  readonly bytecodeOffset: number;
  readonly source?: Quoted;
  readonly bytecode?: Quoted;
  readonly chips: readonly Chip[];
}

export interface FrameSlot {
  readonly id: string;
  /** Bytes from the frame's top. */
  readonly offset: number;
  readonly address: string;
  /** V8's name. */
  readonly name: string;
  /** Bytecode register and variable: `r0 sum`; undefined for what only the machine reads. */
  readonly label?: string;
  /** The chip whose value it is, or the register of a call's result; undefined for what the Deoptimizer makes itself. */
  readonly origin?: string;
  /** `rbx, tagged`. */
  readonly source?: string;
  /** What stands there; undefined until it is written. */
  readonly value?: string;
  /** Written, but as a marker: the value needs an allocation. */
  readonly waits: boolean;
}

export interface OutputFrame {
  readonly id: string;
  readonly function: string;
  readonly kind: string;
  readonly title: string;
  readonly size: number;
  /** From the highest address down: the order of writing. */
  readonly slots: readonly FrameSlot[];
}

/** `read`: place → chip. `hold`: chip → captured object. `write`: chip (of a call's result: register) → slot. */
export interface Curve {
  readonly id: string;
  readonly kind: 'read' | 'hold' | 'write';
  readonly from: string;
  readonly to: string;
  readonly class: ValueClass;
  readonly conversion?: string;
}

/** One thing that the Deoptimizer does: a phase; a slot inside `translate frame`; what is made inside `materialize objects`. */
export interface Step {
  readonly phase: DeoptimizerPhase;
  /** The frame that is translated. */
  readonly frame?: number;
  /** Id of the slot that is written; once objects are materialized, of the one that gets what it waited for. */
  readonly slot?: string;
  /** Id of the CapturedObject that is made. */
  readonly object?: string;
  /** One of several things that its phase consists of. */
  readonly isPart?: true;
  /** What it has done; before it is done, what it will do. */
  readonly text: string;
}

export interface FrameTranslation {
  /** The bailout's number in its session, from 1. */
  readonly number: number;
  readonly kind: 'eager' | 'lazy';
  readonly reason: string;
  readonly explanation: string;
  readonly exitIndex: number;
  readonly input: OptimizedFrame;
  readonly frames: readonly FrameStateNode[];
  readonly objects: readonly CapturedObject[];
  readonly outputs: readonly OutputFrame[];
  readonly curves: readonly Curve[];
  readonly steps: readonly Step[];
  /** Index of the step that was done last. */
  readonly now: number;
  readonly source?: Quoted;
  /** Of the innermost frame. */
  readonly bytecode?: Quoted;
  /** The compare before the guard's jump, if there is one, then the jump. */
  readonly code: readonly Quoted[];
}
