// Scopes of a frame: what each kind of frame has to show, in the order in which people look.

import { FrameOffset, registerOffset } from '../frames/index.ts';
import { isReadOnlyOrOld, smiValue, type Tagged } from '../heap/index.ts';
import { BytecodeArray, ScopeInfo, StaticRoot } from '../objects/index.ts';
import { NativeContextSlot } from '../runtime/index.ts';
import { addressText } from './addresses.ts';
import type { Bailouts } from './bailouts.ts';
import type { Binding, BindingScope, Bindings } from './bindings.ts';
import type { CollectionRecord, Collections, Move } from './collections.ts';
import type { CurrentStop } from './current-stop.ts';
import type { Evaluator } from './evaluate.ts';
import type { FeedbackView } from './feedback-view.ts';
import type { FrameStateView } from './frame-state-view.ts';
import type { Functions } from './functions.ts';
import type { GuardView } from './guard-view.ts';
import type { ObjectTable } from './object-table.ts';
import { preview } from './preview.ts';
import { ownProperties } from './properties.ts';
import type { Location, Scope, Value, Variable } from './protocol.ts';
import { primitiveText } from './pure-evaluator.ts';
import type { References, VariableNode } from './references.ts';
import type { RegisterScopes } from './registers.ts';
import type { Sources } from './sources.ts';
import type { FrameView, Stack } from './stack.ts';
import type { DebugTarget } from './target.ts';
import type { Values } from './values.ts';

export interface ScopeParts {
  readonly target: DebugTarget;
  readonly references: References;
  readonly objects: ObjectTable;
  readonly values: Values;
  readonly functions: Functions;
  readonly sources: Sources;
  readonly stack: Stack;
  readonly bindings: Bindings;
  readonly registers: RegisterScopes;
  readonly frameStates: FrameStateView;
  readonly guardView: GuardView;
  readonly feedback: FeedbackView;
  readonly evaluator: Evaluator;
  readonly bailouts: Bailouts;
  readonly stop: CurrentStop;
  readonly collections: Collections;
}

type AddScope = (kind: Scope['kind'], name: string, node: VariableNode, more?: Partial<Scope>) => void;

export class Scopes {
  private readonly parts: ScopeParts;

  constructor(parts: ScopeParts) {
    this.parts = parts;
  }

  of(frame: FrameView): Scope[] {
    const { references, registers, frameStates, bailouts } = this.parts;
    const scopes: Scope[] = [];
    const add: AddScope = (kind, name, node, more = {}) => {
      scopes.push({ kind, name, ref: references.add(node), expensive: false, ...more });
    };
    if (frame.output !== undefined) {
      const { deoptimization, index } = frame.output;
      add('outputFrame', 'Output Frame', {
        named: () => frameStates.outputSlots(deoptimization, index, bailouts.newestSlot, bailouts.isWritten),
      });
      if (frame.translated !== undefined) this.bindingScopes(frame, add);
      return scopes;
    }
    if (frame.deoptimizer !== undefined) {
      const { deoptimizer } = frame;
      const index = bailouts.newestSlot?.frame ?? deoptimizer.currentFrame;
      if (index >= 0)
        add('outputFrame', 'Output Frame', {
          named: () => frameStates.outputSlots(deoptimizer, index, bailouts.newestSlot, bailouts.isWritten),
        });
      if (deoptimizer.state !== undefined) {
        const { state } = deoptimizer;
        add('translation', 'Translation', { named: () => frameStates.translation(state, deoptimizer.outputs.length) });
        add('frameState', 'FrameState', { named: () => frameStates.tree(state) });
      }
      if (deoptimizer.materialized.length > 0)
        add('materialized', 'Materialized', { named: () => frameStates.materialized(deoptimizer) });
      add('registers', 'x64 Registers', registers.general());
      add('xmm', 'XMM Registers', registers.xmm());
      return scopes;
    }
    this.bindingScopes(frame, add);
    this.collectionScope(frame, add);
    this.guardScope(frame, add);
    // What the stop is about comes right after the function's own variables.
    if (scopes.at(-1)?.kind === 'guard') scopes.splice(1, 0, scopes.pop()!);
    if (frame.translated !== undefined) {
      const { state } = frame.translated;
      add('frameState', 'FrameState', { named: () => frameStates.tree(state) });
    }
    if (frame.machine?.isTop === true && this.parts.stop.isInMachine) {
      add('registers', 'x64 Registers', registers.general());
      add('xmm', 'XMM Registers', registers.xmm());
    }
    if (frame.interpreted !== undefined) add('bytecodeRegisters', 'Bytecode Registers', this.bytecodeRegisters(frame));
    else if (frame.translated !== undefined)
      add('bytecodeRegisters', 'Bytecode Registers', this.translatedRegisters(frame));
    const vector = this.vectorOf(frame);
    if (vector !== 0) add('feedback', 'Feedback', { named: () => this.parts.feedback.slots(vector) });
    return scopes;
  }

  /** At a stop for collections: what they did, and what they moved. */
  private collectionScope(frame: FrameView, add: AddScope): void {
    const { stop, collections } = this.parts;
    if (frame !== stop.frames[0]) return;
    const text = stop.at?.what.text ?? '';
    const records = [...collections.latest.values()].filter((record) => text.includes(record.text));
    if (records.length === 0) return;
    add('collection', 'Garbage Collection', { named: () => records.flatMap((record) => this.collectionLines(record)) });
  }

  private collectionLines({ kind, text, moves, moved, at }: CollectionRecord): Variable[] {
    const { values, references, target } = this.parts;
    const what = values.text(kind, text);
    if (moves.length === 0) return [what];
    const holds = at === target.heap.collections;
    const line = ({ from, to, bytes }: Move): Variable => {
      const how = isReadOnlyOrOld(to) ? 'promoted' : 'copied';
      const object = holds ? `: ${preview(target.rt, (to as number) + 1)}` : '';
      const memory = addressText(to);
      return values.text(`${addressText(from)} → ${memory}`, `${how}, ${bytes} bytes${object}`, { memory });
    };
    const list = {
      named: () => [],
      indexed: (start: number, count: number) => moves.slice(start, start + count).map(line),
      indexedCount: moves.length,
    };
    const first = moves.length < moved ? `the first ${moves.length} of ${moved} objects` : `${moved} objects`;
    return [what, { ...values.text('moved', first), ref: references.add(list), indexedCount: moves.length }];
  }

  private guardScope(frame: FrameView, add: AddScope): void {
    const { stop, guardView } = this.parts;
    const guard = stop.at?.guard;
    if (guard === undefined || frame.machine?.isTop !== true) return;
    // of its code, with what is inlined
    const frames = (): FrameView[] => stop.frames.filter(({ machine }) => machine?.isTop === true);
    add('guard', 'Guard', { named: () => guardView.lines(guard, frames()) });
  }

  private bindingScopes(frame: FrameView, add: AddScope): void {
    // A person looks at the function's own variables first, whatever block hides some of them.
    const scopes = [...this.parts.bindings.of(frame).entries()].sort(
      ([, a], [, b]) => Number(b.kind === 'locals') - Number(a.kind === 'locals'),
    );
    for (const [i, scope] of scopes) {
      if (scope.kind === 'uncaptured' || (scope.bindings.length === 0 && scope.kind !== 'locals')) continue;
      add(scope.kind, scope.name, this.bindingNode(frame, i, scope), { location: this.scopeLocation(frame, scope) });
    }
    const { rt } = this.parts.target;
    add(
      'global',
      'Global',
      {
        named: () =>
          ownProperties(rt, rt.intrinsic(NativeContextSlot.GlobalObject)).map((p) =>
            p.value === undefined
              ? this.parts.values.text(p.name, '(...)')
              : this.parts.values.variable(p.name, p.value),
          ),
        set: (name, text) =>
          this.parts.values.value(
            this.parts.evaluator.assign(rt.intrinsic(NativeContextSlot.GlobalProxy), name, text, frame),
          ),
      },
      { expensive: true },
    );
  }

  private scopeLocation(frame: FrameView, scope: BindingScope): Location | undefined {
    const { heap } = this.parts.target;
    if (scope.kind === 'script' || scope.scopeInfo === StaticRoot.EmptyScopeInfo) return undefined;
    const start = smiValue(heap.get(scope.scopeInfo, ScopeInfo.StartPosition));
    const end = smiValue(heap.get(scope.scopeInfo, ScopeInfo.EndPosition));
    const from = this.parts.sources.locationOf(frame.sfi, start);
    const to = this.parts.sources.locationOf(frame.sfi, end);
    return from === undefined || to === undefined ? undefined : { ...from, endLine: to.line, endColumn: to.column };
  }

  // --- variables --------------------------------------------------------------------------------------------------------

  private bindingNode(frame: FrameView, index: number, scope: BindingScope): VariableNode {
    const { bindings, evaluator, objects, values } = this.parts;
    return {
      // a private name is no variable
      named: () =>
        scope.bindings.filter(({ name }) => !name.startsWith('#')).map((binding) => this.bindingLine(binding)),
      set: (name, text): Value => {
        const wanted = scope.bindings.find((binding) => binding.name === name);
        if (wanted === undefined) throw new Error(`There is no variable '${name}' in this scope.`);
        if (wanted.isConst) throw new Error(`'${name}' is a constant.`);
        if (wanted.write === undefined)
          throw new Error(
            `'${name}' lives in a register of optimized code and cannot be changed before that code is left.`,
          );
        const key = objects.keep(evaluator.wordOf(text, frame));
        // Frames and contexts are read again: the evaluation may have collected.
        bindings
          .of(frame)
          [index]?.bindings.find((binding) => binding.name === name)
          ?.write?.(objects.at(key));
        return values.value(objects.at(key));
      },
    };
  }

  private bindingLine(binding: Binding): Variable {
    const { values } = this.parts;
    const { name } = binding;
    const readOnly = binding.isConst || binding.write === undefined ? true : undefined;
    if (binding.number !== undefined)
      return {
        name,
        value: primitiveText(binding.number),
        type: typeof binding.number === 'bigint' ? 'BigInt' : 'Number',
        ref: 0,
        evaluateName: name,
        readOnly,
      };
    if (binding.missing !== undefined) return values.text(name, `<${binding.missing}>`);
    if (binding.make !== undefined) return this.unmadeLine(binding, binding.make);
    if (binding.text !== undefined || binding.word === undefined)
      return values.text(name, binding.text ?? '<not available>');
    if (binding.word === StaticRoot.TheHole) return values.text(name, '<uninitialized>');
    return values.variable(name, binding.word, { evaluateName: name, readOnly });
  }

  /** An object that is made when somebody opens it. */
  private unmadeLine({ name, text }: Binding, make: () => Tagged): Variable {
    const { values, references } = this.parts;
    const ref = references.add({ named: () => references.children(values.value(make()).ref, 0, 0, undefined) });
    return { name, value: text ?? '', type: 'not allocated yet', ref, evaluateName: name, readOnly: true };
  }

  // --- the register file -------------------------------------------------------------------------------------------------------

  private bytecodeRegisters(frame: FrameView): VariableNode {
    const { target, values, bindings, functions, evaluator } = this.parts;
    const { heap } = target;
    const { fp, bytecodes, offset, isTop } = frame.interpreted!;
    const word = (at: number): Tagged => heap.i32[(fp + at) >> 2]!;
    const locals = bindings.localsAt(frame.sfi, bytecodes, offset);
    const named = (prefix: string, i: number, isParameter: boolean): string => {
      const local = locals.findLast((l) => l.isParameter === isParameter && l.index === i);
      return local === undefined ? `${prefix}${i}` : `${prefix}${i} (${local.name})`;
    };
    const parameters = heap.getI32(bytecodes, BytecodeArray.ParameterCount) - 1;
    const registers = heap.getI32(bytecodes, BytecodeArray.FrameSize) >> 3;
    return {
      named: () => {
        const lines: Variable[] = [];
        if (isTop) lines.push(values.variable('accumulator', this.parts.stop.accumulator, { readOnly: true }));
        lines.push(
          values.variable('<closure>', word(FrameOffset.Function), { readOnly: true }),
          values.variable('<context>', word(FrameOffset.Context), { readOnly: true }),
          values.text('argc', String(word(FrameOffset.ArgumentCount))),
          values.text('bytecode offset', String(offset), { memory: undefined }),
          values.variable('<this>', word(FrameOffset.Receiver), { readOnly: true }),
        );
        for (let i = 0; i < parameters; i++)
          lines.push(values.variable(named('a', i, true), word(FrameOffset.FirstArgument + 8 * i)));
        for (let i = 0; i < registers; i++) lines.push(values.variable(named('r', i, false), word(registerOffset(i))));
        return lines;
      },
      set: (name, text) => {
        const match = /^([ar])(\d+)/.exec(name);
        if (match === null) throw new Error(`'${name}' of ${functions.nameOf(frame.sfi)} cannot be changed.`);
        const value = evaluator.wordOf(text, frame);
        const index = Number(match[2]);
        heap.i32[(fp + (match[1] === 'a' ? FrameOffset.FirstArgument + 8 * index : registerOffset(index))) >> 2] =
          value;
        return values.value(value);
      },
    };
  }

  private translatedRegisters(frame: FrameView): VariableNode {
    const { frameStates } = this.parts;
    const { state, frame: translated } = frame.translated!;
    return {
      named: () => {
        const names = frameStates.valueNames(translated);
        return translated.values.map((value, i) => frameStates.valueLine(state, names[i] ?? `value ${i}`, value));
      },
    };
  }

  private vectorOf(frame: FrameView): Tagged {
    const { heap } = this.parts.target;
    const { feedback } = this.parts;
    if (frame.interpreted !== undefined)
      return feedback.vectorOf(heap.i32[(frame.interpreted.fp + FrameOffset.Function) >> 2]!);
    if (frame.translated === undefined) return 0;
    const closure = frame.translated.frame.function;
    if (closure.kind !== 'value' || !frame.translated.state.isSimple(closure)) return 0;
    const word = frame.translated.state.valueOf(closure);
    return (word & 3) === 1 && word !== StaticRoot.OptimizedOut ? feedback.vectorOf(word) : 0;
  }
}
