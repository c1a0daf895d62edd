// Control flow while generating: context scopes, control scopes (who handles break, continue, return), loop and try builders.

import {
  Bytecode,
  type BytecodeJumpTable,
  BytecodeLabel,
  BytecodeLoopHeader,
  CONTEXT_INDEX,
  type HandlerEntry,
} from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import { type ast, contextChainLength, type Scope } from '../parser/index.ts';
import { type BytecodeArrayBuilder, Labels } from './bytecode-array-builder.ts';
import type { BytecodeGenerator } from './generator.ts';

// ---- Contexts ----

export class ContextScope {
  register = CONTEXT_INDEX;
  readonly depth: number;

  constructor(
    readonly scope: Scope,
    readonly outer: ContextScope | undefined,
  ) {
    this.depth = outer === undefined ? 0 : outer.depth + 1;
  }
  chainDepth(scope: Scope): number {
    return contextChainLength(this.scope, scope);
  }
  previous(depth: number): ContextScope | undefined {
    if (depth > this.depth) return undefined;
    let context: ContextScope = this;
    for (let i = depth; i > 0; i--) context = context.outer!;
    return context;
  }
}

// ---- Commands ----

export type Command = 'break' | 'continue' | 'return' | 'asyncReturn' | 'rethrow';

export function usesAccumulator(command: Command): boolean {
  return command !== 'break' && command !== 'continue';
}

export abstract class ControlScope {
  readonly outer: ControlScope | undefined;
  readonly context: ContextScope;

  constructor(protected readonly g: BytecodeGenerator) {
    this.outer = g.control;
    this.context = g.context!;
  }
  abstract execute(command: Command, statement: ast.BreakableStatement | undefined, position: number): boolean;

  perform(command: Command, statement: ast.BreakableStatement | undefined, position: number): void {
    for (let scope: ControlScope | undefined = this; scope !== undefined; scope = scope.outer) {
      if (scope.execute(command, statement, position)) return;
    }
    throw new Error(`No control scope handles ${command}`);
  }
  protected popContextToExpectedDepth(): void {
    if (this.g.context !== this.context) this.g.b.emit(Bytecode.PopContext, this.context.register);
  }
}

export class TopLevelControl extends ControlScope {
  execute(command: Command, _statement: unknown, position: number): boolean {
    if (command === 'return') this.g.buildReturn(position);
    else if (command === 'asyncReturn') this.g.buildAsyncReturn(position);
    else if (command === 'rethrow') this.g.b.emit(Bytecode.ReThrow);
    else throw new Error(`${command} at top level`);
    return true;
  }
}

/** In a derived constructor a return only leaves its value: undefined stands for `this`. */
export class DerivedConstructorControl extends ControlScope {
  constructor(
    g: BytecodeGenerator,
    private readonly result: number,
    private readonly check: Labels,
  ) {
    super(g);
  }
  execute(command: Command, _statement: unknown, position: number): boolean {
    if (command !== 'return') return false;
    this.popContextToExpectedDepth();
    this.g.b.setStatementPosition(position);
    this.g.b.storeRegister(this.result);
    this.g.b.jump(Bytecode.Jump, this.check.next());
    return true;
  }
}

export class BreakableControl extends ControlScope {
  constructor(
    g: BytecodeGenerator,
    private readonly statement: ast.BreakableStatement,
    private readonly breakLabels: Labels,
  ) {
    super(g);
  }
  execute(command: Command, statement: ast.BreakableStatement | undefined): boolean {
    if (statement !== this.statement || command !== 'break') return false;
    this.popContextToExpectedDepth();
    this.g.b.jump(Bytecode.Jump, this.breakLabels.next());
    return true;
  }
}

export class IterationControl extends ControlScope {
  constructor(
    g: BytecodeGenerator,
    private readonly statement: ast.BreakableStatement,
    private readonly loop: LoopBuilder,
  ) {
    super(g);
  }
  execute(command: Command, statement: ast.BreakableStatement | undefined): boolean {
    if (statement !== this.statement) return false;
    const labels =
      command === 'break' ? this.loop.breakLabels : command === 'continue' ? this.loop.continueLabels : undefined;
    if (labels === undefined) return false;
    this.popContextToExpectedDepth();
    this.g.b.jump(Bytecode.Jump, labels.next());
    return true;
  }
}

export class TryCatchControl extends ControlScope {
  execute(command: Command): boolean {
    if (command !== 'rethrow') return false;
    this.g.b.emit(Bytecode.ReThrow);
    return true;
  }
}

export class TryFinallyControl extends ControlScope {
  constructor(
    g: BytecodeGenerator,
    private readonly commands: DeferredCommands,
    private readonly finalization: Labels,
  ) {
    super(g);
  }
  execute(command: Command, statement: ast.BreakableStatement | undefined): boolean {
    this.popContextToExpectedDepth();
    this.commands.record(command, statement);
    this.g.b.jump(Bytecode.Jump, this.finalization.next());
    return true;
  }
}

const fallThroughToken = -1;

/** Control transfers through a finally block: remembered as tokens before it, dispatched after it. */
export class DeferredCommands {
  private readonly entries: { command: Command; statement: ast.BreakableStatement | undefined; token: number }[] = [];
  private returnToken = -1;
  private asyncReturnToken = -1;
  private rethrowToken = -1;
  private fallsThrough = false;

  constructor(
    private readonly g: BytecodeGenerator,
    readonly token: number,
    readonly result: number,
    readonly message: number,
  ) {
    // The exception path is always there, so it comes first.
    this.tokenFor('rethrow', undefined);
  }

  private newToken(command: Command, statement: ast.BreakableStatement | undefined): number {
    const token = this.entries.length;
    this.entries.push({ command, statement, token });
    return token;
  }
  private tokenFor(command: Command, statement: ast.BreakableStatement | undefined): number {
    switch (command) {
      case 'return':
        return this.returnToken < 0 ? (this.returnToken = this.newToken(command, undefined)) : this.returnToken;
      case 'asyncReturn':
        return this.asyncReturnToken < 0
          ? (this.asyncReturnToken = this.newToken(command, undefined))
          : this.asyncReturnToken;
      case 'rethrow':
        return this.rethrowToken < 0 ? (this.rethrowToken = this.newToken(command, undefined)) : this.rethrowToken;
      default:
        return this.newToken(command, statement);
    }
  }

  record(command: Command, statement: ast.BreakableStatement | undefined): void {
    const b = this.g.b;
    const token = this.tokenFor(command, statement);
    if (usesAccumulator(command)) b.storeRegister(this.result);
    b.loadSmi(token);
    b.storeRegister(this.token);
    if (!usesAccumulator(command)) b.storeRegister(this.result);
    if (command === 'rethrow') {
      // The message waits in its register while the finally block runs.
      b.emit(Bytecode.LdaTheHole);
      b.emit(Bytecode.SetPendingMessage);
      b.storeRegister(this.message);
    }
  }
  recordHandlerReThrowPath(): void {
    this.record('rethrow', undefined);
  }
  recordFallThroughPath(): void {
    this.fallsThrough = true;
    const b = this.g.b;
    b.loadSmi(fallThroughToken);
    b.storeRegister(this.token);
    b.storeRegister(this.result);
  }

  apply(): void {
    const { g } = this;
    const b = g.b;
    const fallThrough = new BytecodeLabel();
    const dispatch = (entry: (typeof this.entries)[number]): void => {
      if (entry.command === 'rethrow') {
        b.loadRegister(this.message);
        b.emit(Bytecode.SetPendingMessage);
      }
      if (usesAccumulator(entry.command)) b.loadRegister(this.result);
      g.control!.perform(entry.command, entry.statement, -1);
    };
    const [first, ...rest] = this.entries;
    if (rest.length === 0 && !this.fallsThrough) {
      dispatch(first!);
      return;
    }
    if (rest.length === 0 || (!this.fallsThrough && rest.length === 1)) {
      b.loadSmi(first!.token);
      b.emit(Bytecode.TestReferenceEqual, this.token);
      b.jump(Bytecode.JumpIfFalse, fallThrough);
      dispatch(first!);
      b.bind(fallThrough);
      if (!this.fallsThrough) for (const entry of rest) dispatch(entry);
      return;
    }
    // Without a fall-through path, one command needs no test: the exception's.
    const tested = this.fallsThrough ? this.entries : rest;
    const table = b.allocateJumpTable(tested.length, tested[0]!.token);
    b.loadRegister(this.token);
    b.switchOnSmi(table);
    if (this.fallsThrough) b.jump(Bytecode.Jump, fallThrough);
    else dispatch(first!);
    for (const entry of tested) {
      b.bindCase(table, entry.token);
      dispatch(entry);
    }
    b.bind(fallThrough);
  }
}

// ---- Loops ----

export class LoopBuilder {
  readonly breakLabels = new Labels();
  readonly continueLabels = new Labels();
  readonly endLabels = new Labels();
  readonly header = new BytecodeLoopHeader();

  constructor(
    private readonly g: BytecodeGenerator,
    private readonly position: number,
  ) {}

  private get b(): BytecodeArrayBuilder {
    return this.g.b;
  }
  bindContinueTarget(): void {
    this.continueLabels.bind(this.b);
  }
  /** Everything between header and back jump; leaves the loop's break target bound. */
  scope(body: () => void): void {
    const { g } = this;
    const parent = g.currentLoop;
    this.b.bindLoopHeader(this.header);
    g.loopDepth++;
    g.currentLoop = this;
    body();
    g.currentLoop = parent;
    g.loopDepth--;
    this.endLabels.bind(this.b);
    if (parent !== undefined && parent.header.offset === this.header.offset) {
      // Two loops must not share a header offset: leave the back jump to the parent.
      this.b.jump(Bytecode.Jump, parent.endLabels.next());
    } else {
      const slot = g.addSlot(FeedbackSlotKind.JumpLoop);
      this.b.jumpLoop(this.header, Math.min(g.loopDepth, 5), slot, this.position);
    }
  }
  finish(): void {
    this.breakLabels.bind(this.b);
  }
}

// ---- Conditions ----

export class ConditionalBuilder {
  readonly thenLabels = new Labels();
  readonly elseLabels = new Labels();
  readonly endLabels = new Labels();
  constructor(private readonly b: BytecodeArrayBuilder) {}
  then(): void {
    this.thenLabels.bind(this.b);
  }
  else(): void {
    this.elseLabels.bind(this.b);
  }
  jumpToEnd(): void {
    this.b.jump(Bytecode.Jump, this.endLabels.next());
  }
  finish(): void {
    if (!this.elseLabels.isBound) this.elseLabels.bind(this.b);
    this.endLabels.bind(this.b);
  }
}

export type { BytecodeJumpTable };

export function iterationBody(
  g: BytecodeGenerator,
  statement: ast.BreakableStatement & { body: ast.Statement },
  loop: LoopBuilder,
): void {
  g.inControl(new IterationControl(g, statement, loop), () => g.visitStatement(statement.body));
  loop.bindContinueTarget();
}

export function buildTryCatch(
  g: BytecodeGenerator,
  tryBody: () => void,
  catchBody: (context: number) => void,
  prediction: HandlerEntry['prediction'],
): void {
  const b = g.b;
  const handler = b.newHandler();
  const exit = new Labels();
  const context = g.regs.newRegister();
  b.moveRegister(CONTEXT_INDEX, context);
  b.markTryBegin(handler, context);
  g.inHoleCheckScope(() => g.inControl(new TryCatchControl(g), tryBody));
  b.markTryEnd(handler);
  b.jump(Bytecode.Jump, exit.next());
  b.markHandler(handler, prediction);
  g.inHoleCheckScope(() => catchBody(context));
  exit.bind(b);
}

export function buildTryFinally(
  g: BytecodeGenerator,
  tryBody: () => void,
  finallyBody: (token: number, result: number, message: number) => void,
  prediction: HandlerEntry['prediction'],
): void {
  const b = g.b;
  const token = g.regs.newRegister();
  const result = g.regs.newRegister();
  const message = g.regs.newRegister();
  b.emit(Bytecode.LdaTheHole);
  b.storeRegister(message);
  const commands = new DeferredCommands(g, token, result, message);
  const handler = b.newHandler();
  const finalization = new Labels();
  const context = g.regs.newRegister();
  b.moveRegister(CONTEXT_INDEX, context);
  b.markTryBegin(handler, context);
  g.inHoleCheckScope(() => g.inControl(new TryFinallyControl(g, commands, finalization), tryBody));
  b.markTryEnd(handler);
  if (!b.isDead) {
    commands.recordFallThroughPath();
    b.jump(Bytecode.Jump, finalization.next());
  }
  b.markHandler(handler, prediction);
  commands.recordHandlerReThrowPath();
  finalization.bind(b);
  finallyBody(token, result, message);
  if (!b.isDead) commands.apply();
}
