// Builds the picture of a bailout (picture/model.ts) from the engine: from a guard that is about to fail, from the Deoptimizer while
// it runs, or when it is done. What is not there yet is planned: the translation is read ahead, and output frames have their layout
// before they are written.
//
// Invariant: nothing in the heap is allocated or changed.

import {
  type CapturedObject,
  type Chip,
  type FrameSlot,
  type FrameStateNode,
  type FrameTranslation,
  type MachinePlace,
  type OutputFrame,
  phases,
  type Quoted,
  type Step,
} from '../../picture/index.ts';
import { listBytecodes } from '../bytecode/index.ts';
import {
  isObject,
  materializations,
  type OutputSlot,
  outputLayout,
  type TranslatedFrame,
  type TranslatedState,
  type TranslatedValue,
  type WaitingSlot,
} from '../deoptimizer/index.ts';
import { FrameOffset } from '../frames/index.ts';
import type { Tagged } from '../heap/index.ts';
import type { CodeView } from '../isolate/index.ts';
import { Code } from '../objects/index.ts';
import { GPR64_NAMES, XMM_NAMES } from '../x64/index.ts';
import { addressText, hex64 } from './addresses.ts';
import { type BailoutMoment, chipId, frameId, objectId, slotId } from './bailout-moment.ts';
import { capturedWhat, chipOf, cut, fieldNames, slotText, sourceText } from './chips.ts';
import { type FrameNames, nameText, type ValueName } from './frame-names.ts';
import type { Functions } from './functions.ts';
import type { Listings } from './listings.ts';
import { Places } from './machine-places.ts';
import type { MaterializationTexts } from './materialization-texts.ts';
import { curvesOf, nowOf, stepsOf } from './picture-steps.ts';
import { numberText, preview } from './preview.ts';
import type { RegisterScopes } from './registers.ts';
import type { Sources } from './sources.ts';
import type { DebugTarget } from './target.ts';

const roles: ReadonlyMap<number, string> = new Map([
  [FrameOffset.Receiver, 'receiver'],
  [FrameOffset.ReturnPc, 'return address'],
  [FrameOffset.CallerFp, "caller's fp"],
  [FrameOffset.Context, 'context'],
  [FrameOffset.Function, 'function'],
  [FrameOffset.ArgumentCount, 'argument count'],
]);

export class FrameTranslations {
  private readonly target: DebugTarget;
  private readonly functions: Functions;
  private readonly sources: Sources;
  private readonly listings: Listings;
  private readonly names: FrameNames;
  private readonly madeTexts: MaterializationTexts;
  private readonly registers: RegisterScopes;
  private readonly bytecodeTexts = new Map<Tagged, ReadonlyMap<number, string>>();

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    listings: Listings,
    names: FrameNames,
    madeTexts: MaterializationTexts,
    registers: RegisterScopes,
  ) {
    this.target = target;
    this.functions = functions;
    this.sources = sources;
    this.listings = listings;
    this.names = names;
    this.madeTexts = madeTexts;
    this.registers = registers;
  }

  of(moment: BailoutMoment): FrameTranslation {
    const { report, state, view } = moment;
    const builder = new Places();
    const nodes = state.frames.map((frame, i) => this.frameNode(state, frame, i, builder));
    const objects = state.objects.map((object, i) => this.capturedObject(state, object, i, builder));
    const layouts = state.frames.map((_, i) => outputLayout(state, i, report.kind).flat());
    const outputs = this.outputFrames(moment, nodes, layouts, builder);
    const curves = curvesOf(nodes, objects, outputs);
    const made = this.materializationSteps(moment, layouts);
    const steps = stepsOf(outputs, curves, made, moment);
    const innermost = nodes.at(-1);
    return {
      number: report.number,
      kind: report.kind,
      reason: report.reason,
      explanation: report.explanation,
      exitIndex: report.exitIndex,
      input: {
        function: report.function,
        optimizationId: report.optimizationId,
        pc: report.pc,
        registers: this.registerPlaces(moment, builder),
        stack: this.stackPlaces(moment, builder),
        literals: builder.constants.map((place) => ({ ...place, readBy: builder.readersOf(place.id) })),
      },
      frames: nodes,
      objects,
      outputs,
      curves,
      steps,
      now: nowOf(steps, moment),
      source: innermost?.source,
      bytecode: innermost?.bytecode,
      code: this.guardCode(view, report.exitIndex),
    };
  }

  // --- the translation ------------------------------------------------------------------------------------------------------

  private frameNode(state: TranslatedState, frame: TranslatedFrame, index: number, places: Places): FrameStateNode {
    const names = this.names.ofValues(frame);
    const sfi = frame.sharedFunctionInfo;
    const name = this.functions.nameOf(sfi);
    const isInterpreted = frame.kind === 'interpreted';
    return {
      id: frameId(index),
      function: cut(name),
      kind: frame.kind,
      title: cut(isInterpreted ? `${name} @ ${frame.bytecodeOffset}` : `${name} (${frame.kind})`),
      bytecodeOffset: frame.bytecodeOffset,
      source: this.sourceOf(
        sfi,
        isInterpreted ? this.functions.positionAt(frame.bytecodeArray, frame.bytecodeOffset) : -1,
      ),
      bytecode: isInterpreted ? this.bytecodeAt(sfi, frame.bytecodeOffset) : undefined,
      chips: frame.values.map((value, i) =>
        this.chip(state, value, chipId(index, i), names[i] ?? { register: `value ${i}` }, places),
      ),
    };
  }

  private chip(state: TranslatedState, value: TranslatedValue, id: string, name: ValueName, places: Places): Chip {
    return chipOf(this.target.rt, state, value, id, name, places.read(this.target, value, id));
  }

  private capturedObject(
    state: TranslatedState,
    object: TranslatedValue,
    index: number,
    places: Places,
  ): CapturedObject {
    const { rt } = this.target;
    const names = fieldNames(rt, state, object);
    return {
      id: objectId(index),
      index,
      what: cut(capturedWhat(rt, state, object)),
      fields: object.children.map((child, i) =>
        this.chip(state, child, `${objectId(index)}.w${i}`, { register: names[i]! }, places),
      ),
      rebuilt: object.hasTagged ? cut(preview(rt, object.tagged)) : undefined,
      address: object.hasTagged ? addressText(object.tagged - 1) : undefined,
    };
  }

  private sourceOf(sfi: Tagged, position: number): Quoted | undefined {
    const record = this.functions.scriptOf(sfi);
    const at = position >= 0 ? position : undefined;
    const place = at === undefined ? this.sources.declarationOf(sfi) : this.sources.locationOf(sfi, at);
    if (record === undefined || place === undefined) return undefined;
    return { text: at === undefined ? '' : cut(this.sources.lineAt(record, at).trim()), place };
  }

  private bytecodeAt(sfi: Tagged, offset: number): Quoted | undefined {
    let texts = this.bytecodeTexts.get(sfi);
    if (texts === undefined) {
      const lines = listBytecodes(this.functions.listingSource(sfi));
      texts = new Map(
        lines.map((line) => {
          const [, at, text] = /@ +(\d+) : (?:[0-9a-f]{2} )+ *(.*)$/.exec(line) ?? [];
          return [Number(at), text ?? ''];
        }),
      );
      this.bytecodeTexts.set(sfi, texts);
    }
    const at = Math.max(0, offset);
    const text = texts.get(at);
    if (text === undefined) return undefined;
    return { text: cut(`${at}: ${text}`), place: this.listings.bytecodeLocation(sfi, at) };
  }

  /** The guard's compare and jump; of a lazy exit, the call that was in progress. */
  private guardCode(view: CodeView, exit: number): Quoted[] {
    const { instructions } = view;
    const isLazy = view.isLazyExit(exit);
    const at = isLazy ? view.returnPcOf(exit) : (view.guards.get(exit)?.at(-1) ?? view.exitOffset(exit));
    const last = isLazy ? Math.max(0, view.indexAt(at) - 1) : view.indexAt(at);
    const before = instructions[last - 1];
    const first =
      !isLazy && before !== undefined && /^(REX\.W )?(v?ucomis|cmp|test)/.test(before.text) ? last - 1 : last;
    return instructions.slice(first, last + 1).map((line) => ({
      text: cut(`+0x${line.offset.toString(16)}  ${line.text}`),
      place: this.listings.codeLocation(view, line.offset),
    }));
  }

  // --- the optimized frame ----------------------------------------------------------------------------------------------------

  private registerPlaces({ view, input, report }: BailoutMoment, places: Places): MachinePlace[] {
    const { i32, f64 } = this.target.heap;
    const jump = report.kind === 'lazy' ? undefined : view.guards.get(report.exitIndex)?.at(-1);
    const compared = jump === undefined ? '' : (view.instructions[view.indexAt(jump) - 1]?.text ?? '');
    const isCompared = (name: string): boolean =>
      name !== 'r13' && name !== 'r14' && new RegExp(`\\b${name}\\b`).test(compared);
    const general = GPR64_NAMES.map((name, i): MachinePlace => {
      const at = (input.gpr + (input.gprStride ?? 8) * i) >> 2;
      const [lo, hi] = [i32[at]!, i32[at + 1]!];
      return places.place({
        id: name,
        kind: 'register',
        name,
        bits: hex64(lo, hi),
        meaning: cut(this.registers.meaning(lo, hi)),
        isCompared: isCompared(name) || undefined,
      });
    });
    const doubles = XMM_NAMES.map((name, i): MachinePlace => {
      const text = numberText(f64[(input.xmm + input.xmmStride * i) >> 3]!);
      const isUsed = isCompared(name) || undefined;
      return places.place({ id: name, kind: 'double register', name, bits: text, meaning: text, isCompared: isUsed });
    });
    return [...general, ...doubles];
  }

  private stackPlaces({ view, input, sp }: BailoutMoment, places: Places): MachinePlace[] {
    const { heap } = this.target;
    const parameters = heap.getI32(view.code, Code.ParameterCount);
    const stack: MachinePlace[] = [];
    for (let offset = FrameOffset.Receiver + 8 * (parameters - 1); offset >= sp - input.fp; offset -= 8) {
      const at = (input.slotsAt + offset) >> 2;
      const [lo, hi] = [heap.i32[at]!, heap.i32[at + 1]!];
      const role = roles.get(offset) ?? (offset > FrameOffset.Receiver ? `argument ${(offset - 24) / 8}` : undefined);
      const isAddress = offset === FrameOffset.ReturnPc || offset === FrameOffset.CallerFp;
      const name = offset === 0 ? '[fp]' : `[fp ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}]`;
      const meaning = isAddress
        ? addressText(lo)
        : offset === FrameOffset.ArgumentCount
          ? String(lo)
          : cut(this.registers.meaning(lo, hi));
      stack.push(
        places.place({
          id: `fp${offset}`,
          kind: 'stack',
          name,
          address: addressText(input.fp + offset),
          bits: hex64(lo, hi),
          meaning,
          role,
        }),
      );
    }
    return stack;
  }

  // --- what is materialized -----------------------------------------------------------------------------------------------------

  private materializationSteps({ state, report, deoptimization }: BailoutMoment, layouts: Layouts): Step[] {
    const done = deoptimization?.materialized ?? [];
    return [...materializations(state, waitingSlots(state, layouts))].map((item, i): Step => {
      const { value, holder, waiting } = item;
      return {
        phase: 'materialize objects',
        slot: holder === undefined ? slotId(waiting.frame, waiting.offset) : undefined,
        isPart: true,
        object: isObject(item) && value.kind === 'captured' ? objectId(value.objectIndex) : undefined,
        text: this.madeTexts.sentence(state, report.kind, item, done[i]?.word),
      };
    });
  }

  // --- output frames ----------------------------------------------------------------------------------------------------------

  private outputFrames(
    { state, input, view, deoptimization, phase }: BailoutMoment,
    nodes: readonly FrameStateNode[],
    layouts: Layouts,
    places: Places,
  ): OutputFrame[] {
    const isOnStack = phases.findIndex((row) => row.phase === phase) >= firstOnStack;
    let top = input.fp + FrameOffset.Receiver + 8 * this.target.heap.getI32(view.code, Code.ParameterCount);
    const written = new Map(deoptimization?.slots.map((slot) => [slotId(slot.frame, slot.offset), slot]));
    return state.frames.map((frame, index): OutputFrame => {
      const layout = layouts[index]!;
      const node = nodes[index]!;
      const names = this.names.ofValues(frame);
      const size = 8 * layout.length;
      top -= size;
      const slots = layout.map((planned, i): FrameSlot => {
        const offset = size - 8 - 8 * i;
        const id = slotId(index, offset);
        const name = this.names.ofSlot(frame, planned, names);
        const chip = chipFor(planned, frame, node);
        const result = planned.content === 'result' ? places.result(planned.index, id) : undefined;
        const slot = written.get(id);
        return {
          id,
          offset,
          address: addressText(top + offset),
          name: planned.name,
          label: name === undefined ? undefined : cut(nameText(name)),
          origin: chip?.id ?? result,
          source: chip === undefined ? result : sourceText(chip),
          value: slot === undefined ? undefined : slotText(this.target, slot, isOnStack),
          waits: planned.content === 'feedback vector' || chip?.waits === true,
        };
      });
      return { id: `out${index}`, function: node.function, kind: frame.kind, title: node.title, size, slots };
    });
  }
}

const firstOnStack = phases.findIndex(({ phase }) => phase === 'materialize objects');

/** Slots of each frame, from its highest address down. */
type Layouts = readonly (readonly OutputSlot[])[];

/** What the Deoptimizer will leave for later. */
function* waitingSlots(state: TranslatedState, layouts: Layouts): Iterable<WaitingSlot> {
  for (const [frame, layout] of layouts.entries()) {
    for (const [i, slot] of layout.entries()) {
      const place = { frame, offset: 8 * (layout.length - 1 - i), address: 0 };
      if (slot.content === 'feedback vector') yield { ...place, value: slot.closure, isFeedbackVector: true };
      else if (slot.content === 'value' && !state.fitsWord(slot.value))
        yield { ...place, value: slot.value, isFeedbackVector: false };
    }
  }
}

/** The chip that a slot's value is, or comes of. */
function chipFor(slot: OutputSlot, frame: TranslatedFrame, node: FrameStateNode): Chip | undefined {
  if (slot.content !== 'value') return undefined;
  return node.chips[frame.values.indexOf(slot.value)];
}
