// The bytecode generator's state and skeleton: function prologue, scopes, contexts, registers, feedback slots, and the
// three ways to visit an expression (for effect, for its value, for a test). The visitors live in the sibling files, whose rows are
// composed here; none of them imports this one but for its type.

import {
  ACCUMULATOR_INDEX,
  Bytecode,
  type BytecodeJumpTable,
  CLOSURE_INDEX,
  CONTEXT_INDEX,
  type CompiledFunction,
  FIRST_PARAMETER_INDEX,
  type FunctionRef,
  type HandlerEntry,
  IntrinsicId,
  RECEIVER_INDEX,
  RuntimeFunction,
} from '../bytecode/index.ts';
import { type FeedbackSlotKind, feedbackSlotSize, type RegisterIndex } from '../objects/index.ts';
import { type ast, type DeclarationScope, isResumableKind, type Scope, type Variable } from '../parser/index.ts';
import { assignmentVisitors } from './assignments.ts';
import { BytecodeArrayBuilder, Labels } from './bytecode-array-builder.ts';
import { callVisitors } from './calls.ts';
import { classMemberVisitors, classVisitors } from './classes.ts';
import { comparisonVisitors } from './comparisons.ts';
import {
  ContextScope,
  type ControlScope,
  DerivedConstructorControl,
  type LoopBuilder,
  TopLevelControl,
} from './control.ts';
import { visitDeclarations, visitGlobalDeclarations, visitModuleDeclarations } from './declarations.ts';
import { disposing } from './disposal.ts';
import { expressionVisitors } from './expressions.ts';
import type { FunctionRefs } from './function-ref.ts';
import { buildAsyncBody, buildGeneratorPrologue, generatorVisitors, initializeGeneratorObject } from './generators.ts';
import { buildClassFieldInitialization, buildPrivateBrandInitialization } from './instance-members.ts';
import { iterationVisitors } from './iteration.ts';
import { literalVisitors } from './literals.ts';
import { operationVisitors } from './operations.ts';
import { propertyVisitors } from './properties.ts';
import type { RegisterAllocator, RegisterList } from './register-allocator.ts';
import { moduleData, scopeInfoOf } from './scope-info.ts';
import { statementVisitors } from './statements.ts';
import { assignVariable } from './variables.ts';
import type { ExpressionVisitors, StatementVisitors, Visit } from './visitors.ts';

export type TypeHint = 'unknown' | 'boolean' | 'string' | 'internalizedString' | 'any';
export type Fallthrough = 'then' | 'else' | 'none';

/** Where an expression's result goes. */
export interface ResultScope {
  kind: 'effect' | 'value' | 'test';
  hint: TypeHint;
  thenLabels?: Labels;
  elseLabels?: Labels;
  fallthrough?: Fallthrough;
  consumed?: boolean;
}

export interface ForInScope {
  readonly outer: ForInScope | undefined;
  readonly enumerator: number;
  readonly index: number;
  readonly cacheType: number;
  /** Those that hold the key, up to their next assignment. */
  variables: readonly Variable[];
  /** The declared one, until the loop's own has been copied to it. */
  copy: Variable | undefined;
}

const expressions: ExpressionVisitors = {
  ...expressionVisitors,
  ...assignmentVisitors,
  ...callVisitors,
  ...classVisitors,
  ...comparisonVisitors,
  ...generatorVisitors,
  ...literalVisitors,
  ...operationVisitors,
  ...propertyVisitors,
};

const statements: StatementVisitors = { ...statementVisitors, ...iterationVisitors, ...classMemberVisitors };

export class BytecodeGenerator {
  readonly regs: RegisterAllocator;
  readonly b: BytecodeArrayBuilder;
  readonly closureScope: DeclarationScope;
  scope: Scope;
  context: ContextScope | undefined;
  control: ControlScope | undefined;
  result: ResultScope | undefined;
  loopDepth = 0;
  currentLoop: LoopBuilder | undefined;
  forIn: ForInScope | undefined;
  catchPrediction: HandlerEntry['prediction'] = 'uncaught';
  /** The register of the stack that `using` declarations put their values on. */
  disposables = -1;
  optionalChainNull: Labels | undefined;
  incomingRegister = -1;
  generatorJumpTable: BytecodeJumpTable | undefined;
  suspendCount = 0;
  holeChecked = new Set<Variable>();
  readonly slots: FeedbackSlotKind[] = [];
  private nextSlot = 0;
  closureSlots = 0;
  /** Work for after the last bytecode. */
  readonly atEnd: (() => void)[] = [];
  private readonly slotCache = new Map<string, number>();
  private readonly variableIds = new Map<Variable, number>();

  constructor(
    readonly literal: ast.FunctionLiteral,
    readonly ref: FunctionRef,
    readonly functions: FunctionRefs,
  ) {
    this.closureScope = literal.scope;
    this.scope = literal.scope;
    this.b = new BytecodeArrayBuilder(literal.parameterCount + 1, literal.scope.stackSlots);
    this.regs = this.b.registers;
  }

  get isStrict(): boolean {
    return this.scope.isStrict;
  }

  // ---- Feedback ----

  addSlot(kind: FeedbackSlotKind): number {
    const slot = this.nextSlot;
    this.slots.push(kind);
    this.nextSlot += feedbackSlotSize[kind];
    return slot;
  }
  cachedSlot(kind: FeedbackSlotKind, key: string): number {
    const full = `${kind}:${key}`;
    let slot = this.slotCache.get(full);
    if (slot === undefined) {
      slot = this.addSlot(kind);
      this.slotCache.set(full, slot);
    }
    return slot;
  }
  variableKey(variable: Variable): string {
    let id = this.variableIds.get(variable);
    if (id === undefined) {
      id = this.variableIds.size;
      this.variableIds.set(variable, id);
    }
    return `v${id}`;
  }
  newClosureSlot(): number {
    return this.closureSlots++;
  }

  // ---- Entry ----

  generate(): CompiledFunction {
    const { literal, closureScope, b } = this;
    this.context = new ContextScope(closureScope, undefined);
    this.control = new TopLevelControl(this);
    const resumable = isResumableKind(literal.functionKind);
    if (resumable) {
      const variable = closureScope.generatorObjectVar!;
      this.incomingRegister = variable.location === 'local' ? variable.index : this.regs.newRegister();
    } else if (closureScope.newTargetVar !== undefined) {
      const variable = closureScope.newTargetVar;
      this.incomingRegister = variable.location === 'local' ? variable.index : this.regs.newRegister();
    }
    b.setFunctionStart(literal.start);
    if (resumable && literal.suspendCount > 0) buildGeneratorPrologue(this);
    // A script's or module's context is made by whoever runs it.
    if (closureScope.needsContext && !closureScope.isScriptScope && !closureScope.isModuleScope) {
      this.newLocalActivationContext();
      this.withContext(closureScope, () => {
        this.initializeActivationContext();
        this.body();
      });
    } else this.body();
    for (const work of this.atEnd) work();
    return {
      ref: this.ref,
      bytes: b.writer.bytes(),
      constants: b.constants.build(),
      registerCount: this.frameRegisters(),
      parameterCount: literal.parameterCount + 1,
      incomingNewTargetOrGeneratorRegister: this.incomingRegister,
      handlerTable: b.writer.handlers,
      sourcePositions: b.writer.positions,
      feedbackSlots: this.slots,
      closureSlotCount: this.closureSlots,
      scopeInfo: scopeInfoOf(closureScope, literal.name),
      ...(literal.module === undefined ? {} : { module: moduleData(literal) }),
    };
  }
  private frameRegisters(): number {
    return Math.max(this.b.optimizer.maximumRegister + 1, 0);
  }

  private body(): void {
    const { closureScope, literal, b } = this;
    if (closureScope.arguments !== undefined) {
      b.emit(
        closureScope.argumentsType === 'mapped' ? Bytecode.CreateMappedArguments : Bytecode.CreateUnmappedArguments,
      );
      assignVariable(this, closureScope.arguments, '=', false);
    }
    if (closureScope.rest !== undefined) {
      b.emit(Bytecode.CreateRestParameter);
      assignVariable(this, closureScope.rest, '=', false);
    }
    for (const variable of [closureScope.functionVar, closureScope.thisFunctionVar]) {
      if (variable === undefined) continue;
      b.loadRegister(CLOSURE_INDEX);
      assignVariable(this, variable, 'init', false);
    }
    const newTarget = closureScope.newTargetVar;
    if (newTarget !== undefined && newTarget.location !== 'local') {
      b.loadRegister(this.incomingRegister);
      assignVariable(this, newTarget, 'init', false);
    }
    const resumable = isResumableKind(literal.functionKind);
    if (resumable) initializeGeneratorObject(this);
    if (closureScope.isScriptScope) visitGlobalDeclarations(this, closureScope.declarations);
    else if (closureScope.isModuleScope) visitModuleDeclarations(this, closureScope.declarations);
    else visitDeclarations(this, closureScope.declarations);
    if (literal.functionKind === 'classConstructor' || literal.functionKind === 'defaultConstructor') {
      if (literal.classScopeHasPrivateBrand) buildPrivateBrandInitialization(this, RECEIVER_INDEX);
      if (literal.requiresInstanceMembersInitializer)
        buildClassFieldInitialization(this, CLOSURE_INDEX, RECEIVER_INDEX);
    }
    const isAsync =
      literal.functionKind === 'asyncFunction' ||
      literal.functionKind === 'asyncArrow' ||
      literal.functionKind === 'asyncGenerator';
    const isAsyncModule = literal.functionKind === 'module' && literal.suspendCount > 1;
    if (isAsync || isAsyncModule) {
      buildAsyncBody(this);
      return;
    }
    if (literal.functionKind === 'derivedConstructor') {
      this.derivedConstructorBody();
      return;
    }
    this.visitBody(literal.body);
    if (b.isDead) return;
    b.emit(Bytecode.LdaUndefined);
    this.buildReturn(this.returnPosition());
  }

  /** Returns an object as it is, `this` for undefined and at the end; `this` must be there by then. */
  private derivedConstructorBody(): void {
    const { b } = this;
    const result = this.regs.newRegister();
    const check = new Labels();
    this.inHoleCheckScope(() =>
      this.inControl(new DerivedConstructorControl(this, result, check), () => this.visitBody(this.literal.body)),
    );
    if (check.isEmpty) {
      if (b.isDead) return;
      this.loadThis();
      this.buildReturn(this.returnPosition());
      return;
    }
    const returnThis = new Labels();
    if (!b.isDead) b.jump(Bytecode.Jump, returnThis.next());
    check.bind(b);
    b.loadRegister(result);
    b.jump(Bytecode.JumpIfUndefined, returnThis.next());
    this.buildReturn(this.returnPosition());
    returnThis.bind(b);
    this.loadThis();
    this.buildReturn(this.returnPosition());
  }
  returnPosition(): number {
    const { literal } = this;
    return Math.max(literal.start, literal.end - (literal.hasBraces ? 1 : 0));
  }
  loadThis(): void {
    this.visitExpression({ kind: 'ThisExpression', position: -1 });
  }

  buildReturn(position: number): void {
    this.b.setStatementPosition(position);
    this.b.emit(Bytecode.Return);
  }
  buildAsyncReturn(position: number): void {
    const b = this.b;
    const saved = this.regs.next;
    const isGenerator = this.literal.functionKind === 'asyncGenerator';
    const args = this.regs.newList(isGenerator ? 3 : 2);
    b.moveRegister(this.generatorRegister(), args.at(0));
    b.storeRegister(args.at(1));
    if (isGenerator) {
      b.emit(Bytecode.LdaTrue);
      b.storeRegister(args.at(2));
    }
    this.intrinsic(isGenerator ? 'AsyncGeneratorResolve' : 'AsyncFunctionResolve', args);
    this.regs.release(saved);
    this.buildReturn(position);
  }
  /** Where a return statement's end is shown; the function's end where it has none. */
  returnEndPosition(position: number): number {
    return position >= 0 ? position : this.returnPosition();
  }

  generatorRegister(): RegisterIndex {
    return this.incomingRegister;
  }

  // ---- Scopes ----

  private newLocalActivationContext(): void {
    const scope = this.closureScope;
    const saved = this.regs.next;
    const info = this.scopeInfo(scope);
    const b = this.b;
    {
      const slots = scope.heapSlots - 2;
      b.emit(scope.isEvalScope ? Bytecode.CreateEvalContext : Bytecode.CreateFunctionContext, info, slots);
    }
    this.regs.release(saved);
  }

  private initializeActivationContext(): void {
    const scope = this.closureScope;
    const b = this.b;
    if (scope.hasThisDeclaration && scope.receiver?.isContextSlot) {
      b.loadRegister(RECEIVER_INDEX);
      assignVariable(this, scope.receiver, 'init', false);
    }
    // Copy parameters that live in the context.
    const count = scope.params.length;
    for (let i = 0; i < count; i++) {
      const variable = scope.params[i]!;
      if (!variable.isContextSlot) continue;
      b.loadRegister(FIRST_PARAMETER_INDEX - i);
      this.storeCurrentContextSlot(variable.index);
    }
  }
  private storeCurrentContextSlot(index: number): void {
    this.b.emit(Bytecode.StaCurrentContextSlot, index);
  }

  scopeInfo(scope: Scope): number {
    return this.b.constants.insert({ kind: 'scopeInfo', value: scopeInfoOf(scope) }, scope);
  }

  newBlockContext(scope: Scope): void {
    this.b.emit(Bytecode.CreateBlockContext, this.scopeInfo(scope));
  }

  /** Pushes the accumulator's context; the result pops it again. */
  enterContext(scope: Scope, outerRegister: RegisterIndex): () => void {
    const outer = this.context!;
    const outerScope = this.scope;
    outer.register = outerRegister;
    this.b.emit(Bytecode.PushContext, outerRegister);
    const context = new ContextScope(scope, outer);
    this.context = context;
    this.scope = scope;
    return () => {
      this.b.emit(Bytecode.PopContext, outer.register);
      outer.register = context.register;
      this.context = outer;
      this.scope = outerScope;
    };
  }
  /** Runs `body` with the accumulator's context pushed. */
  withContext(scope: Scope, body: () => void): void {
    const leave = this.enterContext(scope, this.regs.newRegister());
    body();
    leave();
  }

  inScope(scope: Scope | undefined, body: () => void): void {
    if (scope === undefined) {
      body();
      return;
    }
    const saved = this.scope;
    this.scope = scope;
    body();
    this.scope = saved;
  }

  inControl(control: ControlScope, body: () => void): void {
    const saved = this.control;
    this.control = control;
    body();
    this.control = saved;
  }

  inRegisterScope<T>(body: () => T): T {
    const saved = this.regs.next;
    const result = body();
    this.regs.release(saved);
    return result;
  }

  /** What is known to be initialized after `body` is forgotten again: it may not run. */
  inHoleCheckScope(body: () => void): void {
    const saved = this.holeChecked;
    this.holeChecked = new Set(saved);
    body();
    this.holeChecked = saved;
  }
  /** Branches of which one runs: what all of them checked is known afterwards. */
  mergeBranches(...branches: (() => void)[]): void {
    const before = this.holeChecked;
    let merged: Set<Variable> | undefined;
    for (const branch of branches) {
      this.holeChecked = new Set(before);
      branch();
      const after = this.holeChecked;
      merged = merged === undefined ? after : new Set([...merged].filter((v) => after.has(v)));
    }
    this.holeChecked = merged ?? before;
  }

  // ---- Visits ----

  /** The statements of a function's body, in its own scope. */
  visitBody(statements: readonly ast.Statement[]): void {
    disposing(this, this.closureScope, () => this.visitStatements(statements));
  }
  visitStatements(statements: readonly ast.Statement[]): void {
    for (const statement of statements) {
      const saved = this.regs.next;
      this.visitStatement(statement);
      this.regs.release(saved);
      if (this.b.isDead) break;
    }
  }
  visitStatement(statement: ast.Statement): void {
    (statements[statement.kind] as Visit<ast.Statement>)(this, statement);
  }
  visitExpression(expression: ast.Expression): void {
    const visit = expressions[expression.kind as keyof ExpressionVisitors] as Visit<ast.Expression> | undefined;
    if (visit === undefined) throw new Error(`Cannot generate code for ${expression.kind}`);
    visit(this, expression);
  }

  private inResult(scope: ResultScope, body: () => void): ResultScope {
    const saved = this.regs.next;
    const outer = this.result;
    this.result = scope;
    body();
    this.result = outer;
    this.regs.release(saved);
    return scope;
  }
  inValueScope(body: () => void): TypeHint {
    return this.inResult({ kind: 'value', hint: 'unknown' }, body).hint;
  }

  effect(expression: ast.Expression): void {
    this.inResult({ kind: 'effect', hint: 'unknown' }, () => this.visitExpression(expression));
  }
  value(expression: ast.Expression): TypeHint {
    return this.inResult({ kind: 'value', hint: 'unknown' }, () => this.visitExpression(expression)).hint;
  }
  valueOrTheHole(expression: ast.Expression | undefined): void {
    if (expression === undefined) this.b.emit(Bytecode.LdaTheHole);
    else this.value(expression);
  }
  register(expression: ast.Expression): number {
    this.value(expression);
    const register = this.regs.newRegister();
    this.b.storeRegister(register);
    return register;
  }
  into(expression: ast.Expression, register: number): void {
    this.inValueScope(() => this.visitExpression(expression));
    this.b.storeRegister(register);
  }
  pushInto(expression: ast.Expression, list: RegisterList): void {
    this.value(expression);
    const register = this.regs.grow(list);
    this.b.storeRegister(register);
  }
  arguments(expressions: readonly ast.Expression[], list: RegisterList): void {
    for (const expression of expressions) this.pushInto(expression, list);
  }

  test(expression: ast.Expression, thenLabels: Labels, elseLabels: Labels, fallthrough: Fallthrough): void {
    const scope: ResultScope = { kind: 'test', hint: 'unknown', thenLabels, elseLabels, fallthrough, consumed: false };
    this.inResult(scope, () => this.visitExpression(expression));
    if (!scope.consumed) this.buildTest(scope.hint, scope.thenLabels!, scope.elseLabels!, scope.fallthrough!);
  }
  /** Visits in the test scope that is already there (for expressions that only pass their operand's result on). */
  inSameTestScope(expression: ast.Expression): void {
    const scope = this.result!;
    const saved = this.regs.next;
    this.visitExpression(expression);
    this.regs.release(saved);
    if (!scope.consumed) {
      this.buildTest(scope.hint, scope.thenLabels!, scope.elseLabels!, scope.fallthrough!);
      scope.consumed = true;
    }
  }

  buildTest(hint: TypeHint, thenLabels: Labels, elseLabels: Labels, fallthrough: Fallthrough): void {
    const b = this.b;
    const boolean = hint === 'boolean';
    const jumpTrue = boolean ? Bytecode.JumpIfTrue : Bytecode.JumpIfToBooleanTrue;
    const jumpFalse = boolean ? Bytecode.JumpIfFalse : Bytecode.JumpIfToBooleanFalse;
    switch (fallthrough) {
      case 'then':
        b.jump(jumpFalse, elseLabels.next());
        break;
      case 'else':
        b.jump(jumpTrue, thenLabels.next());
        break;
      case 'none':
        b.jump(jumpTrue, thenLabels.next());
        b.jump(Bytecode.Jump, elseLabels.next());
        break;
    }
  }

  setBoolean(): void {
    if (this.result !== undefined) this.result.hint = 'boolean';
  }
  setString(): void {
    if (this.result !== undefined) this.result.hint = 'string';
  }
  setInternalizedString(): void {
    if (this.result !== undefined) this.result.hint = 'internalizedString';
  }

  // ---- Calls to the runtime ----

  runtime(name: keyof typeof RuntimeFunction, args?: RegisterList): void {
    this.b.emit(Bytecode.CallRuntime, RuntimeFunction[name], args ?? this.noArguments());
  }
  noArguments(): RegisterList {
    return this.regs.newGrowableList();
  }
  intrinsic(name: keyof typeof IntrinsicId, args: RegisterList): void {
    this.b.emit(Bytecode.InvokeIntrinsic, IntrinsicId[name], args);
  }

  createClosure(literal: ast.FunctionLiteral): void {
    const index = this.b.constants.insert({ kind: 'function', value: this.functions.of(literal) }, literal);
    const flags = literal.pretenure ? 1 : this.closureScope.isFunctionScope ? 2 : 0;
    this.b.emit(Bytecode.CreateClosure, index, this.newClosureSlot(), flags);
  }
}

export const accumulator = ACCUMULATOR_INDEX;
export const contextRegister = CONTEXT_INDEX;
