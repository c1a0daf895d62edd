// Variables that a frame can see, scope by scope: registers and arguments by the ScopeInfo's stack locals, then the context
// chain. The same list serves the Locals, Closure and Script scopes and the evaluation of expressions.

import { parameterToRegister } from '../bytecode/index.ts';
import type { TranslatedFrame, TranslatedState, TranslatedValue } from '../deoptimizer/index.ts';
import { FrameOffset, registerOffset } from '../frames/index.ts';
import { elementAt, type Heap, isSmi, smiValue, type Tagged } from '../heap/index.ts';
import {
  BytecodeArray,
  Context,
  FixedArray,
  HeapObject,
  InstanceType,
  instanceTypeOf,
  JSGeneratorObject,
  Root,
  root,
  ScopeInfo,
  SharedFunctionFlags,
  SharedFunctionInfo,
  StackLocal,
  StaticRoot,
  scriptContextAt,
  scriptContextTableLength,
  toHostString,
} from '../objects/index.ts';
import { capturedText } from './chips.ts';
import type { Enclosing, EnclosingFunction } from './enclosing.ts';
import type { Functions } from './functions.ts';
import type { Materialized } from './materialized.ts';
import type { ObjectTable } from './object-table.ts';
import type { Sources } from './sources.ts';
import type { FrameView, Stack } from './stack.ts';
import type { DebugTarget } from './target.ts';
import { numberOf, wordOf } from './translated-text.ts';

export interface Binding {
  readonly name: string;
  /** Undefined: the value has no tagged form yet (`number`), or none at all (`text` says why). */
  readonly word: Tagged | undefined;
  readonly number: number | bigint | undefined;
  readonly text: string | undefined;
  /** Makes the object that the optimized code does without. */
  readonly make?: () => Tagged;
  /** Why there is no value: `not captured by …`. */
  readonly missing?: string;
  /** It is missing because optimized code has no use for it. */
  readonly isOptimizedOut?: true;
  readonly isConst: boolean;
  /** Writes the variable; undefined: it cannot be changed. */
  readonly write: ((word: Tagged) => void) | undefined;
}

export interface BindingScope {
  readonly kind: 'locals' | 'block' | 'closure' | 'uncaptured' | 'script';
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** The scope's ScopeInfo. */
  readonly scopeInfo: Tagged;
}

interface NamedSlot {
  readonly name: string;
  readonly isParameter: boolean;
  readonly index: number;
  readonly isConst: boolean;
  /** Where the block begins that declares it; −1: the function does. */
  readonly scopeStart: number;
  readonly scopeEnd: number;
  readonly isInBlock: boolean;
  /** Where its dead zone ends. */
  readonly initialized: number;
  /** Its declaration has not run: what the slot holds is no value of it. */
  readonly isInDeadZone: boolean;
}

/** Variables in contexts: of the blocks around the frame's position, of its function, and of what is around that. */
interface FrameContexts {
  readonly blocks: readonly BindingScope[];
  readonly ownContext: readonly Binding[];
  readonly closures: readonly BindingScope[];
}

enum ScopeType {
  Function = 0,
  Block = 1,
  Script = 2,
  Catch = 5,
  With = 7,
}

/** `const`, and after it `using`: not to be assigned. */
const constMode = 2;

export class Bindings {
  private readonly target: DebugTarget;
  private readonly heap: Heap;
  private readonly functions: Functions;
  private readonly stack: Stack;
  private readonly sources: Sources;
  private readonly enclosing: Enclosing;
  private readonly objects: ObjectTable;
  private readonly materialized: Materialized;

  constructor(
    target: DebugTarget,
    functions: Functions,
    sources: Sources,
    stack: Stack,
    enclosing: Enclosing,
    materialized: Materialized,
    objects: ObjectTable,
  ) {
    this.objects = objects;
    this.materialized = materialized;
    this.sources = sources;
    this.enclosing = enclosing;
    this.target = target;
    this.heap = target.heap;
    this.functions = functions;
    this.stack = stack;
  }

  /** Scopes of a frame, innermost first; the last one is the script scope of the realm. */
  of(frame: FrameView): BindingScope[] {
    const scopes: BindingScope[] = [];
    if (frame.sfi !== 0 && (frame.interpreted ?? frame.suspended ?? frame.translated) !== undefined) {
      const own = this.scopeInfoOf(frame.sfi);
      const context = this.stack.contextOf(frame);
      const { blocks, ownContext, closures } = this.contexts(context, frame, own);
      const locals = this.stackLocals(frame, own).filter(
        (local) => !blocks.some((block) => local.isInBlock && block.bindings.some(({ name }) => name === local.name)),
      );
      const variables = hiding(locals, ownContext);
      const receiver = variables.some(({ name }) => name === 'this') ? [] : this.receiver(frame);
      const bindings = [...receiver, ...variables];
      const ownScope = { kind: 'locals', name: 'Locals', bindings, scopeInfo: own } as const;
      scopes.push(...blocks, ownScope, ...this.nested(closures, this.uncaptured(frame)));
    }
    scopes.push(...this.scriptScopes());
    return scopes;
  }

  /** Context of a frame, 0 if it is not known. */
  contextOf(frame: FrameView): Tagged {
    return this.stack.contextOf(frame);
  }

  private scopeInfoOf(sfi: Tagged): Tagged {
    return this.heap.get(sfi, SharedFunctionInfo.ScopeInfo);
  }

  // --- what closures did not capture ----------------------------------------------------------------------------------

  /** Variables of the functions around, each with where its scope begins. */
  private uncaptured(frame: FrameView): { readonly start: number; readonly scope: BindingScope }[] {
    const found: { start: number; scope: BindingScope }[] = [];
    let needsThis = this.isArrow(frame.sfi);
    for (const outer of this.enclosing.of(frame)) {
      const scopeInfo = this.scopeInfoOf(outer.sfi);
      const add = (start: number, binding: Binding): void => {
        found.push({ start, scope: { kind: 'uncaptured', name: '', bindings: [binding], scopeInfo } });
      };
      for (const local of this.locals(scopeInfo, outer.position))
        add(local.scopeStart < 0 ? outer.start : local.scopeStart, this.uncapturedLocal(outer, local));
      if (needsThis && !outer.isArrow) {
        needsThis = false;
        const receiver = this.receiverAround(outer);
        if (receiver !== undefined) add(outer.start, receiver);
      }
    }
    return found;
  }

  private isArrow(sfi: Tagged): boolean {
    return (this.functions.flags(sfi) & SharedFunctionFlags.Arrow) !== 0;
  }

  private uncapturedLocal({ frame, notCaptured, why }: EnclosingFunction, local: NamedSlot): Binding {
    if (frame === undefined) return { ...plain(local.name, undefined), missing: `${notCaptured}, and ${why}` };
    const position = this.positionOf(frame);
    // Its register may be another variable's by now.
    if (local.scopeStart >= 0 && (position < local.scopeStart || position >= local.scopeEnd))
      return { ...plain(local.name, undefined), missing: `${notCaptured}, and its block is not the one that runs` };
    if (position >= 0 && position < local.initialized) return plain(local.name, StaticRoot.TheHole);
    return this.localOf(frame, local);
  }

  private receiverAround({ sfi, frame, notCaptured, why }: EnclosingFunction): Binding | undefined {
    if (frame !== undefined) return this.receiver(frame)[0];
    if ((this.functions.flags(sfi) & SharedFunctionFlags.IsTopLevel) !== 0) return undefined;
    return { ...plain('this', undefined), missing: `${notCaptured}, and ${why}` };
  }

  /** Closure scopes with variables that stand in no context put where their scopes are. */
  private nested(
    closures: readonly BindingScope[],
    uncaptured: readonly { readonly start: number; readonly scope: BindingScope }[],
  ): BindingScope[] {
    const left = [...closures];
    const scopes: BindingScope[] = [];
    const isInside = (closure: BindingScope, start: number): boolean =>
      smiValue(this.heap.get(closure.scopeInfo, ScopeInfo.StartPosition)) >= start;
    for (const { start, scope } of [...uncaptured].sort((a, b) => b.start - a.start)) {
      while (left.length > 0 && isInside(left[0]!, start)) scopes.push(left.shift()!);
      scopes.push(scope);
    }
    return [...scopes, ...left];
  }

  // --- registers and arguments ----------------------------------------------------------------------------------------

  private receiver(frame: FrameView): Binding[] {
    if ((this.functions.flags(frame.sfi) & SharedFunctionFlags.Arrow) !== 0) return [];
    if (frame.interpreted !== undefined) {
      const word = this.heap.i32[(frame.interpreted.fp + FrameOffset.Receiver) >> 2]!;
      return word === StaticRoot.TheHole ? [] : [{ ...plain('this', word), write: undefined }];
    }
    if (frame.suspended !== undefined) {
      const word = this.heap.get(frame.suspended.generator, JSGeneratorObject.Receiver);
      return [{ ...plain('this', word), write: undefined }];
    }
    const { state, frame: translated } = frame.translated!;
    const value = translated.parameter(0);
    return [{ ...plain('this', wordOf(state, value)), ...this.unmade(state, value) }];
  }

  /** Position in the script that a frame stands at. */
  private positionOf({ interpreted, suspended, translated }: FrameView): number {
    const own = interpreted ?? suspended;
    if (own !== undefined) return this.functions.positionAt(own.bytecodes, own.offset);
    const { bytecodeArray, bytecodeOffset } = translated!.frame;
    return this.functions.positionAt(bytecodeArray, bytecodeOffset);
  }

  private stackLocals(frame: FrameView, scopeInfo: Tagged): (Binding & { readonly isInBlock: boolean })[] {
    const position = this.positionOf(frame);
    const found = new Map<string, Binding & { readonly isInBlock: boolean }>();
    for (const local of this.locals(scopeInfo, position)) {
      const binding = local.isInDeadZone ? plain(local.name, StaticRoot.TheHole) : this.localOf(frame, local);
      found.delete(local.name);
      found.set(local.name, { ...binding, isInBlock: local.isInBlock }); // an inner one hides an outer one of the same name
    }
    return [...found.values()];
  }

  private localOf(frame: FrameView, local: NamedSlot): Binding {
    if (frame.interpreted !== undefined) return this.interpretedLocal(frame, local);
    return frame.suspended === undefined
      ? this.translatedLocal(frame, local)
      : this.suspendedLocal(frame.suspended, local);
  }

  /** Parameters, and behind them registers, as a generator keeps them. */
  private suspendedLocal({ generator, bytecodes }: NonNullable<FrameView['suspended']>, local: NamedSlot): Binding {
    const { heap } = this;
    const key = this.objects.keep(generator);
    const parameters = heap.getI32(bytecodes, BytecodeArray.ParameterCount) - 1;
    const index = local.isParameter ? local.index : parameters + local.index;
    const saved = (): Tagged => heap.get(this.objects.at(key), JSGeneratorObject.ParametersAndRegisters);
    return {
      ...plain(local.name, heap.getElement(saved(), FixedArray.Elements, index)),
      isConst: local.isConst,
      write: (word) => heap.setElement(saved(), FixedArray.Elements, index, word),
    };
  }

  private interpretedLocal(frame: FrameView, local: NamedSlot): Binding {
    const { fp } = frame.interpreted!;
    const at =
      (fp + (local.isParameter ? FrameOffset.FirstArgument + 8 * local.index : registerOffset(local.index))) >> 2;
    return {
      ...plain(local.name, this.heap.i32[at]!),
      isConst: local.isConst,
      write: (word) => {
        this.heap.i32[at] = word;
      },
    };
  }

  private translatedLocal(frame: FrameView, local: NamedSlot): Binding {
    const { state, frame: translated } = frame.translated!;
    const own = local.isParameter ? translated.parameter(1 + local.index) : translated.register(local.index);
    const value = own?.kind === 'optimizedOut' ? (this.copyOf(translated, local) ?? own) : own;
    if (value === undefined) return { ...plain(local.name, undefined), text: '<unknown>' };
    if (value.kind === 'optimizedOut')
      return { ...plain(local.name, undefined), missing: this.whenGone(frame, local), isOptimizedOut: true };
    return {
      ...plain(local.name, wordOf(state, value)),
      ...this.unmade(state, value),
      isConst: local.isConst,
    };
  }

  /** The value of a dead register in another one, or in the accumulator, that has the same. */
  private copyOf(frame: TranslatedFrame, { isParameter, index }: NamedSlot): TranslatedValue | undefined {
    const { bytecodeArray, bytecodeOffset } = frame;
    const register = isParameter ? parameterToRegister(index + 1) : index;
    return this.functions
      .copiesOf(bytecodeArray, register, bytecodeOffset)
      .flatMap((holder) => (holder === 'accumulator' ? frame.accumulator : holder >= 0 ? frame.register(holder) : []))
      .find((value) => value.kind !== 'optimizedOut');
  }

  /** `optimized out after line 7`: nothing reads it later. */
  private whenGone(frame: FrameView, { isParameter, index }: NamedSlot): string {
    const { bytecodeArray, bytecodeOffset, parameterCount } = frame.translated!.frame;
    if (frame.pending?.includes(isParameter ? 2 + index : 2 + parameterCount + index) === true)
      return 'optimized out here: the code computes it later';
    const register = isParameter ? parameterToRegister(index + 1) : index;
    const position = this.functions.lastUse(bytecodeArray, register, bytecodeOffset);
    const line = position < 0 ? undefined : this.sources.locationOf(frame.sfi, position)?.line;
    return line === undefined ? 'optimized out' : `optimized out after line ${line}`;
  }

  /** What a value is that has no word yet: a number, or an object that can be made. */
  private unmade(state: TranslatedState, value: TranslatedValue): Partial<Binding> {
    if (wordOf(state, value) !== undefined) return {};
    if (value.kind === 'value') return { number: numberOf(value) };
    return {
      text: capturedText(this.target.rt, state, value),
      make: () => this.materialized.object(state, value),
    };
  }

  /** Named stack slots of a function that are in scope at a bytecode: an inner one after the one that it hides. */
  localsAt(sfi: Tagged, bytecodes: Tagged, offset: number): NamedSlot[] {
    return this.locals(this.scopeInfoOf(sfi), this.functions.positionAt(bytecodes, offset));
  }

  private locals(scopeInfo: Tagged, position: number): NamedSlot[] {
    const { heap } = this;
    if (
      scopeInfo === StaticRoot.EmptyScopeInfo ||
      isSmi(scopeInfo) ||
      heap.get(scopeInfo, HeapObject.Map) !== StaticRoot.ScopeInfoMap
    )
      return [];
    const list = heap.get(scopeInfo, ScopeInfo.StackLocals);
    const count = smiValue(heap.get(list, FixedArray.Length));
    const locals: NamedSlot[] = [];
    for (let i = 0; i < count; i += StackLocal.Length) {
      const at = (field: StackLocal): Tagged => heap.getElement(list, FixedArray.Elements, i + field);
      const number = (field: StackLocal): number => smiValue(at(field));
      if (number(StackLocal.Kind) === 2) continue; // a module's cell
      const name = toHostString(heap, at(StackLocal.Name));
      const start = number(StackLocal.Start);
      if (name === '' || name.startsWith('.')) continue;
      if (start >= 0 && (position < start || position >= number(StackLocal.End))) continue;
      locals.push({
        name,
        isParameter: number(StackLocal.Kind) === 1,
        index: number(StackLocal.Index),
        isConst: number(StackLocal.Mode) >= constMode,
        scopeStart: start,
        scopeEnd: number(StackLocal.End),
        initialized: number(StackLocal.Initialized),
        isInBlock: start >= 0,
        isInDeadZone: position >= 0 && position < number(StackLocal.Initialized),
      });
    }
    return locals;
  }

  // --- contexts -----------------------------------------------------------------------------------------------------------

  private contexts(innermost: Tagged, frame: FrameView, own: Tagged): FrameContexts {
    const { heap } = this;
    const { sfi } = frame;
    const blocks: BindingScope[] = [];
    const closures: BindingScope[] = [];
    let ownContext: readonly Binding[] = [];
    const start = heap.getI32(sfi, SharedFunctionInfo.StartPosition);
    const end = heap.getI32(sfi, SharedFunctionInfo.EndPosition);
    let inside = true;
    for (
      let context = innermost, n = 0;
      !isSmi(context) && isContext(heap, context) && n < 1000;
      context = heap.get(context, Context.Previous), n++
    ) {
      const type = instanceTypeOf(heap, context);
      if (type === InstanceType.NativeContext || type === InstanceType.ScriptContext) break;
      const scopeInfo = heap.get(context, Context.ScopeInfo);
      if (isSmi(scopeInfo) || heap.get(scopeInfo, HeapObject.Map) !== StaticRoot.ScopeInfoMap) continue;
      const bindings = this.contextLocals(context, scopeInfo);
      const scopeType = (smiValue(heap.get(scopeInfo, ScopeInfo.Flags)) & 15) as ScopeType;
      if (scopeInfo === own) {
        // The function's own context: its variables are locals.
        ownContext = bindings;
        inside = false;
        continue;
      }
      const from = smiValue(heap.get(scopeInfo, ScopeInfo.StartPosition));
      const isBlock =
        scopeType !== ScopeType.Function &&
        inside &&
        from >= start &&
        smiValue(heap.get(scopeInfo, ScopeInfo.EndPosition)) <= end;
      if (isBlock) {
        const both = hiding(this.stackLocals(frame, scopeInfo), bindings);
        blocks.push({ kind: 'block', name: blockNames[scopeType] ?? 'Block', bindings: both, scopeInfo });
      } else {
        inside = false;
        const name = toHostString(heap, heap.get(scopeInfo, ScopeInfo.FunctionName));
        closures.push({ kind: 'closure', name: name === '' ? 'Closure' : `Closure (${name})`, bindings, scopeInfo });
      }
    }
    return { blocks, ownContext, closures };
  }

  private contextLocals(context: Tagged, scopeInfo: Tagged): Binding[] {
    const { heap } = this;
    const count = smiValue(heap.get(scopeInfo, ScopeInfo.ContextLocalCount));
    const first = (smiValue(heap.get(scopeInfo, ScopeInfo.Flags)) & (1 << 5)) !== 0 ? 3 : 2;
    const bindings: Binding[] = [];
    for (let i = 0; i < count; i++) {
      const name = toHostString(heap, heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i));
      if (name === '' || name.startsWith('.')) continue;
      const at = elementAt(Context.Slots, first + i);
      bindings.push({
        ...plain(name, heap.get(context, at)),
        isConst: (smiValue(heap.getElement(scopeInfo, ScopeInfo.Locals, 2 * i + 1)) & 3) >= constMode,
        write: (word) => heap.set(context, at, word),
      });
    }
    return bindings;
  }

  /** Top-level `let`, `const` and classes of scripts. */
  private scriptScopes(): BindingScope[] {
    const { heap } = this;
    const table = root(heap, Root.ScriptContextTable);
    if (isSmi(table) || table === StaticRoot.Undefined) return [];
    const bindings: Binding[] = [];
    let scopeInfo: Tagged = StaticRoot.EmptyScopeInfo;
    for (let i = 0; i < scriptContextTableLength(heap, table); i++) {
      const context = scriptContextAt(heap, table, i);
      scopeInfo = heap.get(context, Context.ScopeInfo);
      // the first one binds `this`
      bindings.push(...this.contextLocals(context, scopeInfo).filter(({ name }) => name !== 'this'));
    }
    return bindings.length === 0 ? [] : [{ kind: 'script', name: 'Script', bindings, scopeInfo }];
  }
}

const blockNames: Readonly<Record<number, string>> = {
  [ScopeType.Block]: 'Block',
  [ScopeType.Catch]: 'Catch',
  [ScopeType.With]: 'With',
};

/** A context's variables without those that a block in it hides, after the block's. */
const hiding = (stack: readonly Binding[], context: readonly Binding[]): Binding[] => [
  ...stack,
  ...context.filter(({ name }) => !stack.some((local) => local.name === name)),
];

const plain = (name: string, word: Tagged | undefined): Binding => ({
  name,
  word,
  number: undefined,
  text: undefined,
  isConst: false,
  write: undefined,
});

const isContext = (heap: Heap, word: Tagged): boolean => {
  const type = instanceTypeOf(heap, word);
  return type >= InstanceType.FunctionContext && type <= InstanceType.NativeContext;
};
