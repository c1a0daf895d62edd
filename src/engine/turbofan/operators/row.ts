// A row of the operator table: everything that is known of an IR operator (V8: common-operator, js-operator,
// simplified-operator, machine-operator, and each phase's own switch).
//
//   counts, properties   what the graph and its verifier ask
//   machineType          representation of the result where the operator alone tells it
//   typing               the type of the result, for the typer
//   lowering             uses of the inputs and representation of the output, for simplified lowering
//   takes                representations of the value inputs once they are chosen, for the verifier
//   linearization        the machine operators that it becomes, for effect/control linearization
//   call                 the runtime call that it becomes, for generic lowering
//
// P is what the operator carries besides its inputs (graph/parameters.ts). A part that is absent is the phase's default.
//
// `takes` is a letter per value input; a word of one letter goes for all:
//   w word32        i int32, by its type     u uint32, by its type    b bit        q word64
//   d float64       f float32                t tagged                 p tagged, no Smi         s Smi
//   a address (tagged or word64)             o offset (word32 or word64)               ? the operator's own (the verifier knows)
//
// Invariant: families of operators import each other downwards only (machine ← common ← … ← the table), and no phase by value:
// what a part needs of its phase it gets as its first argument.

import type { HeapBroker } from '../broker/heap-broker.ts';
import { type MachineType, MachineTypes } from '../graph/machine-type.ts';
import type { Node } from '../graph/node.ts';
import type { Type } from '../graph/types.ts';
import type { GraphAssembler } from '../phases/graph-assembler.ts';
import type { CallLowering } from '../phases/js-generic-lowering.ts';
import type { RepresentationSelector } from '../phases/simplified-lowering.ts';
import type { UseTruncation } from './use-info.ts';

type Category = 'common' | 'js' | 'simplified' | 'machine';

/** Type of a node in this run, or in this phase. */
export type TypeOf = (node: Node) => Type;

/** A shape of `lowering` that takes the same in every node says so. */
export interface Lowering<P> {
  (selector: RepresentationSelector, node: Node, truncation: UseTruncation, parameter: P): void;
  readonly takes?: string;
}

/** What an operator does in the phases. */
export interface Parts<P> {
  readonly machineType?: MachineType;
  /** What the value inputs are, once representations are chosen; `lowering`'s where that has one shape. */
  readonly takes?: string;
  /** The result's type from those of the inputs alone: simplified lowering asks again, with what its checks guarantee. */
  readonly operationTyping?: (node: Node, type: TypeOf) => Type;
  readonly typing?: (node: Node, type: TypeOf, parameter: P, broker: HeapBroker) => Type;
  /** Called in each of simplified lowering's phases; `selector.lower` in the last, which replaces the operator. */
  readonly lowering?: Lowering<P>;
  /** The value that replaces the node; noValue if it had none. */
  readonly linearization?: (assembler: GraphAssembler, node: Node, parameter: P) => Node;
  readonly call?: (lowering: CallLowering, node: Node, parameter: P) => void;
}

export interface OperatorRow<P = unknown> extends Parts<P> {
  readonly category: Category;
  /** −1: varies with the node's parameter; given to `operator()`. */
  readonly valueIn: number;
  readonly contextIn: number;
  readonly frameStateIn: number;
  readonly effectIn: number;
  readonly controlIn: number;
  readonly valueOut: number;
  readonly effectOut: number;
  readonly controlOut: number;
  /** No effect, no control dependence, no deopt: may be shared, moved, dropped. */
  readonly pure: boolean;
  /** Never throws a JavaScript exception. */
  readonly noThrow: boolean;
  /** Does not write memory that others see. */
  readonly noWrite: boolean;
  /** Writes, but no map of an object that was there before; a field's store, unless the field is the map. */
  readonly keepsMaps: boolean;
  /** Writes nothing that load elimination remembers. */
  readonly quiet: boolean;
  /** May leave by an eager bailout: takes the frame state of the checkpoint before it. */
  readonly canDeopt: boolean;
  readonly commutative: boolean;
  /** Two with the same inputs are still two. */
  readonly apart: boolean;
  /** A second one with the same inputs finds what the first found. */
  readonly redundant: boolean;
  /** Typed from nothing up in every run: a loop through it must not see the last run's type. */
  readonly typedAnew: boolean;
  /** May remain in the machine-level graph. */
  readonly machine: boolean;
  readonly doc: string;
}

/**
 * Counts: 'v2 x1 f1 e1 c1 > v1 e1 c2', n = variable (`vn`).
 * Flags: p pure, t noThrow, r noWrite (reads only), q quiet, d canDeopt, c commutative, a apart, k redundant when
 * repeated, g typed anew, m stays at machine level, s keeps maps.
 */
export function row<P = undefined>(
  category: Category,
  counts: string,
  flags: string,
  doc: string,
  parts: Parts<P> = {},
): OperatorRow<P> {
  const ins: Record<string, number> = { v: 0, x: 0, f: 0, e: 0, c: 0 };
  const outs: Record<string, number> = { v: 0, e: 0, c: 0 };
  let side = ins;
  for (const word of counts.split(' ')) {
    if (word === '>') side = outs;
    else if (word !== '') side[word[0]!] = word[1] === 'n' ? -1 : Number(word.slice(1));
  }
  const pure = flags.includes('p');
  return Object.freeze({
    category,
    valueIn: ins.v!,
    contextIn: ins.x!,
    frameStateIn: ins.f!,
    effectIn: ins.e!,
    controlIn: ins.c!,
    valueOut: outs.v!,
    effectOut: outs.e!,
    controlOut: outs.c!,
    pure,
    noThrow: pure || flags.includes('t') || flags.includes('d'),
    noWrite: pure || flags.includes('r') || flags.includes('d'),
    keepsMaps: flags.includes('s'),
    quiet: flags.includes('q'),
    canDeopt: flags.includes('d'),
    commutative: flags.includes('c'),
    apart: flags.includes('a'),
    redundant: flags.includes('k'),
    typedAnew: flags.includes('g'),
    machine: category === 'machine' || flags.includes('m'),
    doc,
    machineType: undefined,
    operationTyping: undefined,
    typing: undefined,
    lowering: undefined,
    linearization: undefined,
    call: undefined,
    ...parts,
    takes: parts.takes ?? parts.lowering?.takes,
  });
}

const tagged = { machineType: MachineTypes.AnyTagged };

/** A pure simplified operator; the result is tagged where it does not say otherwise. */
export const pure = <P = undefined>(values: number, doc: string, parts: Parts<P> = {}, flags = ''): OperatorRow<P> =>
  row('simplified', `v${values} > v1`, `p${flags}`, doc, { ...tagged, ...parts });

/** A simplified operator that passes its value on, or bails out. */
export const check = <P = undefined>(values: number, doc: string, parts: Parts<P> = {}): OperatorRow<P> =>
  row('simplified', `v${values} e1 c1 > v1 e1`, 'dk', doc, { ...tagged, ...parts });

/** A simplified operator that bails out, or does nothing. */
export const guard = <P = undefined>(values: number, doc: string, parts: Parts<P> = {}): OperatorRow<P> =>
  row('simplified', `v${values} e1 c1 > e1`, 'dk', doc, parts);

/** A simplified operator with an effect. */
export const effectful = <P = undefined>(
  values: number,
  results: 0 | 1,
  flags: string,
  doc: string,
  parts: Parts<P> = {},
): OperatorRow<P> =>
  row('simplified', `v${values} e1 c1 > v${results} e1`, flags, doc, results === 0 ? parts : { ...tagged, ...parts });

/** A JavaScript operator that may run JavaScript: values, context, frame state after, effect, control. */
export const js = <P = undefined>(
  values: number | 'n',
  doc: string,
  parts: Parts<P> = {},
  flags = '',
): OperatorRow<P> => row('js', `v${values} x1 f1 e1 c1 > v1 e1 c1`, flags, doc, { ...tagged, ...parts });

/** A JavaScript operator that cannot throw or run JavaScript, but has an effect. */
export const jsQuiet = <P = undefined>(
  values: number | 'n',
  doc: string,
  parts: Parts<P> = {},
  flags = 't',
): OperatorRow<P> => row('js', `v${values} x1 e1 c1 > v1 e1 c1`, flags, doc, { ...tagged, ...parts });
