// Evaluation in a paused frame. First without side effects, on the host; where that is not enough and the client allows it,
// as a function compiled for the occasion: the frame's variables go in as `let`s and `const`s, and come back when assigned.
//
//   (function ($out, $0, $1) { let x = $0; const y = $1; try { return (expression); } finally { $out[0] = x; } })

import { parse } from 'acorn';
import { markPromiseHandled, PromiseStatus, promiseResult, promiseStatus, runMicrotasks } from '../builtins/index.ts';
import { elementAt, fitsSmi, IsolateData, isSmi, type Tagged } from '../heap/index.ts';
import { Termination } from '../isolate/index.ts';
import {
  FixedArray,
  HeapObject,
  hostPrefix,
  isString,
  JSArray,
  JSObject,
  mapPrototype,
  ownPropertyNames,
  StaticRoot,
  toHostString,
} from '../objects/index.ts';
import { describeException, jsException, NativeContextSlot, sameValue, setProperty } from '../runtime/index.ts';
import type { Binding, Bindings } from './bindings.ts';
import type { CurrentStop } from './current-stop.ts';
import { internalScript } from './functions.ts';
import type { ObjectTable } from './object-table.ts';
import { isReceiver, keyText } from './properties.ts';
import type { Completion, Value } from './protocol.ts';
import {
  type EsTree,
  missingError,
  NotPure,
  OptimizedOut,
  PureEvaluator,
  type PureValue,
  parseExpression,
  primitiveText,
} from './pure-evaluator.ts';
import type { RegisterScopes } from './registers.ts';
import { SideEffect, type SideEffects } from './side-effects.ts';
import type { FrameView } from './stack.ts';
import type { DebugTarget } from './target.ts';
import type { Values } from './values.ts';

/** Told how many milliseconds code may run that begins now, and 0 when it has ended. */
export type LimitRun = (milliseconds: number) => void;

/** What an evaluation may do: run what has no side effect, run what looks harmless (a watch), or change the program. */
export type Effects = 'none' | 'calls' | 'any';

const mostCompletions = 500;

/** Characters of a string that is copied. */
const longestCopy = 10_000_000;

/** How many variables the console keeps. */
const maxConsoleVariables = 256;

/** Milliseconds that code may run for the debugger: conditions, watches, getters; and what is typed in the console. */
const evaluationLimit = 2000;
const consoleLimit = 60_000;

/** The user asked to stop an evaluation that takes too long, or its time is over. */
export class EvaluationInterrupted extends Error {
  constructor(isTooLong = false) {
    super(isTooLong ? 'The evaluation took too long, and was stopped.' : 'The evaluation was interrupted.');
  }
}

/** What became of a condition, and why it is not simply true or false. */
export interface Condition {
  readonly is: boolean | 'unknown';
  readonly message?: string;
}

export class Evaluator {
  private readonly target: DebugTarget;
  private readonly bindings: Bindings;
  private readonly values: Values;
  private readonly objects: ObjectTable;
  /** Code of the debugger's own runs: no breakpoint, no step, no exception stops it. */
  running = false;
  /** How often code ran for the debugger: words that were read before may be stale. */
  runs = 0;
  private readonly registers: RegisterScopes;
  private readonly stop: CurrentStop;
  private readonly sideEffects: SideEffects;
  private readonly limitRun: LimitRun;
  private limit = evaluationLimit;

  /** What inputs of the console declared, and the JSArray of their values. */
  private readonly consoleNames: string[] = [];
  private readonly consoleValues: number;

  constructor(
    target: DebugTarget,
    bindings: Bindings,
    values: Values,
    objects: ObjectTable,
    registers: RegisterScopes,
    stop: CurrentStop,
    sideEffects: SideEffects,
    limitRun: LimitRun,
  ) {
    this.target = target;
    this.bindings = bindings;
    this.values = values;
    this.objects = objects;
    this.registers = registers;
    this.stop = stop;
    this.sideEffects = sideEffects;
    this.limitRun = limitRun;
    this.consoleValues = objects.keep(
      target.factory.newJSArrayFrom(new Array(maxConsoleVariables).fill(StaticRoot.Undefined)),
    );
  }

  /** `$rax`: a register of the machine, where the program's code is in it. */
  private register(name: string): Value | undefined {
    return this.stop.isInMachine ? this.registers.named(name) : undefined;
  }

  visible(frame: FrameView | undefined): Map<string, Binding> {
    const visible = new Map<string, Binding>();
    for (const scope of frame === undefined ? [] : this.bindings.of(frame)) {
      for (const binding of scope.bindings) if (!visible.has(binding.name)) visible.set(binding.name, binding);
    }
    for (const [i, name] of this.consoleNames.entries())
      if (!visible.has(name)) visible.set(name, this.consoleVariable(name, i));
    return visible;
  }

  // --- variables of the console ---------------------------------------------------------------------------------------

  private consoleVariable(name: string, index: number): Binding {
    const { heap } = this.target;
    const at = elementAt(FixedArray.Elements, index);
    const elements = (): Tagged => heap.get(this.objects.at(this.consoleValues), JSObject.Elements);
    const word = heap.get(elements(), at);
    const write = (value: Tagged): void => heap.set(elements(), at, value);
    return { name, word, number: undefined, text: undefined, isConst: false, write };
  }

  /** Statements that keep what an input declares. */
  private savesOf(node: EsTree): string {
    return declaredNames(node)
      .map((name) => {
        if (!this.consoleNames.includes(name)) {
          if (this.consoleNames.length === maxConsoleVariables)
            throw new Error(`The console keeps ${maxConsoleVariables} variables, and has them.`);
          this.consoleNames.push(name);
        }
        return ` $bailoutConsole[${this.consoleNames.indexOf(name)}] = ${name};`;
      })
      .join('');
  }

  /** Without side effects; throws NotPure where that is impossible. */
  pure(text: string, frame: FrameView | undefined): PureValue {
    return new PureEvaluator(this.target.rt, this.visible(frame)).evaluate(text);
  }

  evaluate(text: string, frame: FrameView | undefined, effects: Effects): Value {
    this.limit = effects === 'any' ? consoleLimit : evaluationLimit;
    try {
      return this.evaluateNow(text, frame, effects);
    } finally {
      this.limit = evaluationLimit;
    }
  }

  private evaluateNow(text: string, frame: FrameView | undefined, effects: Effects): Value {
    const name = text.trim();
    const register = name.startsWith('$') && !this.visible(frame).has(name) ? this.register(name) : undefined;
    if (register !== undefined) return register;
    try {
      return this.present(this.pure(text, frame));
    } catch (error) {
      if (error instanceof SyntaxError && effects === 'any') return this.values.value(this.run(text, frame));
      if (!(error instanceof NotPure)) throw readable(error);
      if (effects === 'calls' && contains(parseExpression(text), changes))
        throw new Error(`Not evaluated here: ${error.message}. The Debug Console runs it.`);
    }
    return this.values.value(this.run(text, frame, effects === 'none'));
  }

  /** What is copied is whole, as far as it can be sent. */
  whole(text: string, frame: FrameView | undefined): Value | undefined {
    const { heap } = this.target;
    const value = this.pure(text, frame);
    if ('word' in value && isString(heap, value.word))
      return { value: hostPrefix(heap, value.word, longestCopy), type: 'String', ref: 0 };
    if (!('primitive' in value) || typeof value.primitive !== 'string') return undefined;
    return { value: value.primitive.slice(0, longestCopy), type: 'String', ref: 0 };
  }

  present(value: PureValue): Value {
    if ('word' in value) return this.values.value(value.word);
    const { primitive } = value;
    const type =
      primitive === null
        ? 'null'
        : typeof primitive === 'number'
          ? fitsSmi(primitive)
            ? 'Smi'
            : 'HeapNumber'
          : capital(typeof primitive);
    return { value: primitiveText(primitive), type, ref: 0 };
  }

  /**
   * A condition. One that throws or has a side effect is false, as in V8; one that reads a value which optimized code does not have is
   * not known, and no reason to go on.
   */
  condition(text: string, frame: FrameView | undefined): Condition {
    try {
      return { is: this.truthOf(text, frame) };
    } catch (error) {
      const { message } = error as Error;
      return error instanceof OptimizedOut ? { is: 'unknown', message } : { is: false, message };
    }
  }

  private truthOf(text: string, frame: FrameView | undefined): boolean {
    try {
      const value = this.pure(text, frame);
      return 'word' in value || Boolean(value.primitive);
    } catch (error) {
      if (!(error instanceof NotPure)) throw readable(error);
    }
    const value = new PureEvaluator(this.target.rt, new Map()).fromWord(this.run(text, frame, true));
    return 'word' in value || Boolean(value.primitive);
  }

  /** Text of a value, for log messages: strings without quotes. */
  logText(text: string, frame: FrameView | undefined): string {
    try {
      const value = this.pure(text, frame);
      if ('primitive' in value) return String(value.primitive);
      return this.values.value(value.word).value;
    } catch (error) {
      if (!(error instanceof NotPure)) return `<${(error as Error).message}>`;
    }
    try {
      const value = new PureEvaluator(this.target.rt, new Map()).fromWord(this.run(text, frame));
      return 'primitive' in value ? String(value.primitive) : this.values.value(value.word).value;
    } catch (error) {
      return `<${(error as Error).message}>`;
    }
  }

  /** The word of an expression's value, by whatever means; for writing it somewhere. */
  wordOf(text: string, frame: FrameView | undefined): Tagged {
    return this.run(text, frame);
  }

  /**
   * Runs an expression or statements in the frame.
   * @param isChecked throws a `SideEffect` instead of changing anything
   */
  run(text: string, frame: FrameView | undefined, isChecked = false): Tagged {
    const { rt, factory, heap } = this.target;
    const tree = parseInput(text);
    const names = new Set<string>();
    const assigned = new Set<string>();
    collectNames(tree.node, names, assigned);
    const named = [...this.visible(frame)].filter(([name]) => name !== 'this' && names.has(name));
    const visible = named.filter(([, b]) => b.word !== StaticRoot.TheHole);
    // Declared where no code comes to: they stay in their dead zone.
    const dead = named.filter(([, b]) => b.word === StaticRoot.TheHole).map(([name]) => ` let ${name};`);
    for (const [name, binding] of visible) {
      if (assigned.has(name) && binding.write === undefined && !binding.isConst)
        throw new Error(`'${name}' cannot be changed here: its value lives in a register of optimized code.`);
      if (binding.missing !== undefined) throw missingError(name, binding);
      if (binding.word === undefined && binding.number === undefined && binding.make === undefined)
        throw new Error(`'${name}' is ${binding.text ?? 'not available'}.`);
    }
    const declarations = visible
      .map(([name, b], i) => `${b.isConst ? 'const' : 'let'} ${name} = $bailout${i};`)
      .join(' ');
    const written = visible.filter(([name, b]) => assigned.has(name) && !b.isConst);
    const back = written.map(([name], i) => `$bailout[${i}] = ${name};`).join(' ');
    const parameters = ['$bailout', '$bailoutConsole', ...visible.map((_, i) => `$bailout${i}`)].join(', ');
    const body = tree.body(this.savesOf(tree.node));
    const isAsync = contains(tree.node, awaiting, isFunctionNode);
    const source = `${isAsync ? 'async ' : ''}function (${parameters}) { ${declarations} try { ${body}\n } finally { ${back} }${dead.join('')} }`;
    const self = this.visible(frame).get('this');
    if (self?.missing !== undefined && contains(tree.node, (node) => node.type === 'ThisExpression'))
      throw missingError('this', self);
    const receiver = self?.word;
    const values = visible.map(([, b]) => this.objects.keep(this.wordOfBinding(b)));
    const call = (): Tagged => {
      const args = [
        this.objects.keep(factory.newJSArrayFrom(written.map(() => StaticRoot.Undefined))),
        this.consoleValues,
        ...values,
      ];
      const receiverKey = this.objects.keep(receiver ?? rt.intrinsic(NativeContextSlot.GlobalProxy));
      const fn = tree.hasPrivateNames
        ? this.closureIn(frame, source)
        : rt.hooks.compileScript(source, internalScript, 'function');
      const result = this.objects.keep(
        rt.call(fn, this.objects.at(receiverKey), ...args.map((key) => this.objects.at(key))),
      );
      if (isAsync) this.objects.set(result, this.settled(result));
      const out = this.objects.at(args[0]!);
      const length = heap.get(out, JSArray.Length) >> 1;
      // Locals may have moved: the bindings are read again, by name.
      const now = this.visible(frame);
      for (let i = 0; i < length && i < written.length; i++) {
        const value = heap.getElement(heap.get(out, JSObject.Elements), FixedArray.Elements, i);
        const before = this.objects.at(values[visible.indexOf(written[i]!)]!);
        if (!isChecked) now.get(written[i]![0])?.write?.(value);
        else if (!sameValue(rt, value, before)) throw new SideEffect();
      }
      return this.objects.at(result);
    };
    return this.guarded(isChecked ? () => this.sideEffects.check(call) : call);
  }

  private wordOfBinding({ make, number, word }: Binding): Tagged {
    const { factory } = this.target;
    if (make !== undefined) return make();
    if (number === undefined) return word!;
    return typeof number === 'bigint' ? factory.newBigInt(number) : factory.newNumber(number);
  }

  /** What an input that awaits came to, when the jobs that wait have run; still its promise when it waits for something else. */
  private settled(promise: number): Tagged {
    const { rt } = this.target;
    const slots = [NativeContextSlot.ContinuationData, NativeContextSlot.CurrentReaction] as const;
    const saved = slots.map((slot) => this.objects.keep(rt.shared(slot)));
    try {
      runMicrotasks(rt);
    } finally {
      for (const [i, slot] of slots.entries()) rt.setShared(slot, this.objects.at(saved[i]!));
    }
    const status = promiseStatus(rt, this.objects.at(promise));
    if (status === PromiseStatus.Pending) return this.objects.at(promise);
    const value = promiseResult(rt, this.objects.at(promise));
    if (status === PromiseStatus.Fulfilled) return value;
    markPromiseHandled(rt, this.objects.at(promise));
    return rt.throw(value);
  }

  /** A function inside the scopes of the frame, as a direct eval makes it: what only those name (`#secret`) is found. */
  private closureIn(frame: FrameView | undefined, source: string): Tagged {
    const { rt } = this.target;
    const context = frame === undefined ? 0 : this.bindings.contextOf(frame);
    const code = rt.hooks.compileEval(
      `(${source})\n//# sourceURL=${internalScript}`,
      context === 0 ? rt.nativeContext : context,
      true,
    );
    return rt.call(code, StaticRoot.Undefined);
  }

  /** Runs code of the program for the debugger: nothing stops it, its exceptions become the debugger's errors. */
  guarded(action: () => Tagged): Tagged {
    const { rt, heap } = this.target;
    this.runs++;
    const inMachine = this.stop.isInMachine;
    const cpu = inMachine ? this.target.cpu.words.slice() : undefined;
    const frame = heap.readIsolateWord(IsolateData.CEntryFp);
    const pending = rt.pendingException;
    const wasRunning = this.running;
    this.running = true;
    if (!wasRunning) this.limitRun(this.limit);
    try {
      // An optimized frame in the middle of its code cannot be walked: the evaluation stands on a stack of its own.
      if (inMachine) heap.isolateWord(IsolateData.CEntryFp, 0);
      rt.setPendingException(StaticRoot.TheHole);
      return inMachine ? this.target.withoutCollection(action) : action();
    } catch (error) {
      if (error !== jsException) throw error;
      throw new Error(describeException(rt, rt.takeException()).split('\n')[0]);
    } finally {
      this.running = wasRunning;
      if (!wasRunning) this.limitRun(0);
      if (cpu !== undefined) this.target.cpu.words.set(cpu);
      heap.isolateWord(IsolateData.CEntryFp, frame);
      rt.setPendingException(pending);
    }
  }

  /** What a method says that describes an object. Nothing moves meanwhile: it is asked in the middle of reading memory. */
  description(method: Tagged, receiver: Tagged): string | undefined {
    const { rt, heap } = this.target;
    try {
      const word = this.target.withoutCollection(() => this.guarded(() => rt.call(method, receiver)));
      return !isSmi(word) && isString(heap, word) ? toHostString(heap, word) : undefined;
    } catch (error) {
      if (error instanceof Termination) throw error;
      return undefined;
    }
  }

  /** `object[key] = expression`. */
  assign(object: Tagged, key: string, text: string, frame: FrameView | undefined): Tagged {
    const { rt, factory } = this.target;
    const target = this.objects.keep(object);
    const value = this.objects.keep(this.run(text, frame));
    this.guarded(() => {
      setProperty(
        rt,
        this.objects.at(target),
        /^\d+$/.test(key) ? Number(key) << 1 : factory.internalize(key),
        this.objects.at(value),
        true,
      );
      return StaticRoot.Undefined;
    });
    return this.objects.at(value);
  }

  // --- completions --------------------------------------------------------------------------------------------------------

  completions(text: string, frame: FrameView | undefined): Completion[] {
    const member = /([\w$.\]['"]*?)\.([\w$]*)$/.exec(text);
    if (member !== null && member[1] !== '') {
      try {
        const value = this.pure(member[1]!, frame);
        return 'word' in value ? this.propertyCompletions(value.word, member[2]!) : [];
      } catch {
        return [];
      }
    }
    const prefix = /[\w$]*$/.exec(text)![0];
    const found: Completion[] = [];
    for (const name of this.visible(frame).keys())
      if (name.startsWith(prefix) && !name.startsWith('#'))
        found.push({ label: name, kind: 'variable', replaces: prefix.length });
    const global = this.target.rt.intrinsic(NativeContextSlot.GlobalObject);
    if (prefix !== '') found.push(...this.propertyCompletions(global, prefix));
    return found;
  }

  private propertyCompletions(object: Tagged, prefix: string): Completion[] {
    const { heap } = this.target;
    const seen = new Map<string, Completion>();
    for (
      let o = object, n = 0;
      isReceiver(heap, o) && n < 20;
      o = mapPrototype(heap, heap.get(o, HeapObject.Map)), n++
    ) {
      for (const key of ownPropertyNames(heap, o)) {
        if (seen.size >= mostCompletions) return [...seen.values()];
        const label = keyText(heap, key);
        if (!label.startsWith(prefix) || seen.has(label) || !/^[A-Za-z_$][\w$]*$/.test(label)) continue;
        seen.set(label, { label, kind: 'property', replaces: prefix.length });
      }
    }
    return [...seen.values()];
  }
}

const capital = (text: string): string =>
  text === 'undefined' ? text : text === 'bigint' ? 'BigInt' : text[0]!.toUpperCase() + text.slice(1);

function readable(error: unknown): Error {
  if (error instanceof SyntaxError) return new Error(`SyntaxError: ${error.message.replace(/ \(\d+:\d+\)$/, '')}`);
  if (error instanceof ReferenceError || error instanceof TypeError || error instanceof RangeError)
    return new Error(`${error.name}: ${error.message}`);
  return error as Error;
}

interface Input {
  readonly node: EsTree;
  /** Text of a function's body; `saves` runs when all of the input has. */
  readonly body: (saves: string) => string;
  readonly hasPrivateNames: boolean;
}

/** Function body text for an expression, or for statements whose last expression is the result. */
function parseInput(text: string): Input {
  try {
    const node = parseExpression(text);
    if (isDeclaration(node)) throw new SyntaxError('a declaration');
    const body = (): string => `return (${text.trim().replace(/;$/, '')}\n);`;
    return { node, body, hasPrivateNames: contains(node, privateNames) };
  } catch (asExpression) {
    let program: EsTree;
    try {
      program = parse(text, {
        ecmaVersion: 'latest',
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
        checkPrivateFields: false,
        preserveParens: true,
      });
    } catch {
      throw readable(asExpression);
    }
    const hasPrivateNames = contains(program, privateNames);
    const last = program.body.at(-1);
    if (last?.type !== 'ExpressionStatement')
      return { node: program, body: (saves) => `${text}\n${saves}`, hasPrivateNames };
    const { start, end } = last.expression;
    return {
      node: program,
      body: (saves) =>
        `${text.slice(0, last.start)} const $bailoutResult = (${text.slice(start, end)}\n);${saves} return $bailoutResult;`,
      hasPrivateNames,
    };
  }
}

/** `function f() {}` and `class C {}` declare; in parentheses they do not. */
const isDeclaration = (node: EsTree): boolean =>
  (node.type === 'FunctionExpression' || node.type === 'ClassExpression') && node.id !== null;

const privateNames = (node: EsTree): boolean => node.type === 'PrivateIdentifier';
const changes = (node: EsTree): boolean =>
  node.type === 'AssignmentExpression' ||
  node.type === 'UpdateExpression' ||
  (node.type === 'UnaryExpression' && node.operator === 'delete');

const awaiting = (node: EsTree): boolean =>
  node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true);
const isFunctionNode = (node: EsTree): boolean => /Function/.test(node.type);

/** Whether a node of a tree is of a kind, nodes left out that `isOpaque` says have nothing to do with it. */
function contains(
  node: EsTree,
  isWanted: (node: EsTree) => boolean,
  isOpaque: (node: EsTree) => boolean = () => false,
): boolean {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some((child) => contains(child, isWanted, isOpaque));
  if (typeof node.type === 'string') {
    if (isWanted(node)) return true;
    if (isOpaque(node)) return false;
  }
  return Object.values(node).some((child) => typeof child === 'object' && contains(child, isWanted, isOpaque));
}

/** Variables, functions and classes that statements declare outermost. */
function declaredNames(node: EsTree): string[] {
  const names = new Set<string>();
  for (const statement of node.type === 'Program' ? node.body : []) {
    if (statement.type === 'VariableDeclaration')
      for (const { id } of statement.declarations) collectTargets(id, names);
    else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
      names.add(statement.id.name);
  }
  return [...names];
}

function collectNames(node: EsTree, names: Set<string>, assigned: Set<string>): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) collectNames(child, names, assigned);
    return;
  }
  if (node.type === 'Identifier') names.add(node.name);
  if (node.type === 'AssignmentExpression') collectTargets(node.left, assigned);
  if (node.type === 'UpdateExpression') collectTargets(node.argument, assigned);
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') collectTargets(node.left, assigned);
  for (const [key, child] of Object.entries(node)) {
    if (key === 'type' || key === 'start' || key === 'end') continue;
    if (key === 'property' && node.computed === false) continue;
    if (typeof child === 'object') collectNames(child, names, assigned);
  }
}

/** Variables that an assignment's left side writes. */
function collectTargets(node: EsTree, assigned: Set<string>): void {
  switch (node?.type) {
    case 'Identifier':
      assigned.add(node.name);
      break;
    case 'ParenthesizedExpression':
      collectTargets(node.expression, assigned);
      break;
    case 'AssignmentPattern':
      collectTargets(node.left, assigned);
      break;
    case 'RestElement':
      collectTargets(node.argument, assigned);
      break;
    case 'ArrayPattern':
      for (const element of node.elements) collectTargets(element, assigned);
      break;
    case 'ObjectPattern':
      for (const property of node.properties) collectTargets(property.value ?? property, assigned);
      break;
    default:
  }
}
