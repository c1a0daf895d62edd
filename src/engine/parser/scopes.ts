// Scopes and variables: what V8's Scope analysis decides. Built while the AST is built, then resolved (every proxy finds
// its variable and whether its reads need a hole check) and allocated (parameter, register, context slot, lookup).
//
// Invariant: inner scopes are visited last-created first, because V8 links them that way; register and slot numbers
// follow from that order.

import type { Declaration, FunctionKindName, VariableProxy } from './ast.ts';

export type VariableMode =
  | 'let'
  | 'const'
  | 'using'
  | 'awaitUsing'
  | 'var'
  | 'temporary'
  | 'dynamic'
  | 'dynamicGlobal'
  | 'dynamicLocal'
  | 'privateMethod'
  | 'privateSetterOnly'
  | 'privateGetterOnly'
  | 'privateGetterAndSetter';
export type VariableKind = 'normal' | 'parameter' | 'this' | 'sloppyBlockFunction' | 'sloppyFunctionName';
export type VariableLocation = 'unallocated' | 'parameter' | 'local' | 'context' | 'lookup' | 'module';
export type ScopeType =
  | 'script'
  | 'function'
  | 'block'
  | 'eval'
  | 'module'
  | 'catch'
  | 'class'
  | 'with'
  | 'shadowRealm';

export function isLexicalMode(mode: VariableMode): boolean {
  return mode === 'let' || mode === 'const' || isUsingMode(mode);
}

/** Declared with `using` or `await using`: a constant whose value is disposed of at the end of its block. */
export function isUsingMode(mode: VariableMode): boolean {
  return mode === 'using' || mode === 'awaitUsing';
}

export class Variable {
  location: VariableLocation = 'unallocated';
  index = -1;
  isUsed = false;
  maybeAssigned = false;
  forcedContext = false;
  forceHoleInit = false;
  initializerPosition = -1;
  localIfNotShadowed: Variable | undefined;
  isStatic = false;
  /** Module cells: positive for exports, negative for imports. */
  isExport = false;
  needsInit: boolean;

  constructor(
    readonly scope: Scope,
    readonly name: string,
    public mode: VariableMode,
    public kind: VariableKind,
    needsInit: boolean,
  ) {
    this.needsInit = needsInit;
  }

  get isThis(): boolean {
    return this.kind === 'this';
  }
  get isUnallocated(): boolean {
    return this.location === 'unallocated';
  }
  get isStackAllocated(): boolean {
    return this.location === 'parameter' || this.location === 'local';
  }
  get isContextSlot(): boolean {
    return this.location === 'context';
  }
  get isDynamic(): boolean {
    return this.mode === 'dynamic' || this.mode === 'dynamicGlobal' || this.mode === 'dynamicLocal';
  }
  get isGlobalObjectProperty(): boolean {
    return (this.isDynamic || this.mode === 'var') && this.scope.isScriptScope;
  }
  get throwOnConstAssignment(): boolean {
    return true;
  }
  get bindingNeedsInit(): boolean {
    if (this.isStackAllocated) return this.forceHoleInit;
    return this.needsInit;
  }
  setMaybeAssigned(): void {
    if (this.mode === 'const' || isUsingMode(this.mode)) return;
    if (this.maybeAssigned) return;
    this.maybeAssigned = true;
    this.localIfNotShadowed?.setMaybeAssigned();
  }
  allocateTo(location: VariableLocation, index: number): void {
    this.location = location;
    this.index = index;
  }
}

/** V8's Context::MIN_CONTEXT_SLOTS and MIN_CONTEXT_EXTENDED_SLOTS. */
const minContextSlots = 2;

export interface UnresolvedProxy {
  proxy: VariableProxy;
}

export class Scope {
  readonly inner: Scope[] = []; // creation order; iterate backwards
  readonly variables = new Map<string, Variable>();
  readonly locals: Variable[] = [];
  readonly declarations: Declaration[] = [];
  unresolved: VariableProxy[] = [];
  start = -1;
  end = -1;
  languageMode: 'sloppy' | 'strict' = 'sloppy';
  callsEval = false;
  innerScopeCallsEval = false;
  callsSloppyEvalHere = false;
  isNonlinear = false;
  isHidden = false;
  isDeclarationScope = false;
  /** Declares with `using` or `await using`: what it declares is disposed of when it is left. */
  hasUsing = false;
  hasAwaitUsing = false;
  forceContext = false;
  /** Heap slots including the header; 0 when no context is needed. */
  heapSlots = 0;
  isRepl = false;

  constructor(
    public outer: Scope | undefined,
    readonly type: ScopeType,
  ) {
    if (outer !== undefined) {
      outer.inner.push(this);
      this.languageMode = outer.languageMode;
    }
  }

  get isStrict(): boolean {
    return this.languageMode === 'strict';
  }
  get isScriptScope(): boolean {
    return this.type === 'script';
  }
  get isFunctionScope(): boolean {
    return this.type === 'function';
  }
  get isCatchScope(): boolean {
    return this.type === 'catch';
  }
  get isBlockScope(): boolean {
    return this.type === 'block' || this.type === 'class';
  }
  get isWithScope(): boolean {
    return this.type === 'with';
  }
  get isEvalScope(): boolean {
    return this.type === 'eval';
  }
  get isModuleScope(): boolean {
    return this.type === 'module';
  }
  get needsContext(): boolean {
    return this.heapSlots > 0;
  }
  get headerLength(): number {
    return minContextSlots + (this.hasContextExtensionSlot ? 1 : 0);
  }
  get hasContextExtensionSlot(): boolean {
    return (
      this.isWithScope ||
      this.isScriptScope ||
      (this.isDeclarationScope && (this as unknown as DeclarationScope).sloppyEvalCanExtendVars) ||
      this.isModuleScope
    );
  }

  getDeclarationScope(): DeclarationScope {
    let scope: Scope = this;
    while (!scope.isDeclarationScope) scope = scope.outer!;
    return scope as DeclarationScope;
  }
  getNonEvalDeclarationScope(): DeclarationScope {
    let scope: Scope = this;
    while (!scope.isDeclarationScope || scope.isEvalScope) scope = scope.outer!;
    return scope as DeclarationScope;
  }
  getClosureScope(): DeclarationScope {
    let scope: Scope = this;
    while (!scope.isDeclarationScope || scope.type === 'block') scope = scope.outer!;
    return scope as DeclarationScope;
  }
  getReceiverScope(): DeclarationScope {
    let scope: Scope = this;
    while (!scope.isDeclarationScope || !(scope as DeclarationScope).hasThisDeclaration) scope = scope.outer!;
    return scope as DeclarationScope;
  }
  getHomeObjectScope(): Scope | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      if (scope.type === 'class') return scope;
      if (scope.isBlockScope && scope.isObjectLiteralScope) return scope;
    }
    return undefined;
  }
  isObjectLiteralScope = false;
  needsHomeObject = false;

  lookupLocal(name: string): Variable | undefined {
    return this.variables.get(name);
  }

  declareLocal(
    name: string,
    mode: VariableMode,
    kind: VariableKind = 'normal',
    needsInit = isLexicalMode(mode),
  ): Variable {
    const variable = new Variable(this, name, mode, kind, needsInit);
    this.variables.set(name, variable);
    this.locals.push(variable);
    // Another script may assign it.
    if (this.isScriptScope && mode === 'let') variable.maybeAssigned = true;
    return variable;
  }

  newTemporary(name = ''): Variable {
    const scope = this.getClosureScope();
    const variable = new Variable(scope, name, 'temporary', 'normal', false);
    scope.locals.push(variable);
    return variable;
  }

  recordEvalCall(): void {
    this.callsEval = true;
    if (!this.isStrict) this.getDeclarationScope().recordSloppyEval();
    // The eval's code might say `super`.
    const receiver = this.getReceiverScope();
    if (receiver.bindsSuper) {
      const home = receiver.getHomeObjectScope();
      if (home !== undefined) home.needsHomeObject = true;
    }
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.outer) {
      scope.innerScopeCallsEval = true;
    }
  }

  /** Drops a block scope that declares nothing, handing its inner scopes to the outer one. */
  finalizeBlockScope(): Scope | undefined {
    if (this.variables.size > 0 || this.forceContext) return this;
    if (this.isDeclarationScope && (this as unknown as DeclarationScope).callsSloppyEval) return this;
    const outer = this.outer!;
    const at = outer.inner.lastIndexOf(this);
    outer.inner.splice(at, 1);
    for (const scope of this.inner) {
      scope.outer = outer;
      outer.inner.push(scope);
    }
    outer.unresolved.push(...this.unresolved);
    this.unresolved = [];
    return undefined;
  }

  // ---- Allocation ----

  allocateStackSlot(variable: Variable): void {
    if (this.isBlockScope) this.outer!.getDeclarationScope().allocateStackSlot(variable);
    else variable.allocateTo('local', (this as unknown as DeclarationScope).stackSlots++);
  }
  allocateHeapSlot(variable: Variable): void {
    variable.allocateTo('context', this.heapSlots++);
  }
  mustAllocate(variable: Variable): boolean {
    if (variable.name !== '' && (this.innerScopeCallsEval || this.isCatchScope || this.isScriptScope)) {
      variable.isUsed = true;
      if (this.innerScopeCallsEval && !variable.isThis) variable.setMaybeAssigned();
    }
    return !variable.isGlobalObjectProperty && variable.isUsed;
  }
  mustAllocateInContext(variable: Variable): boolean {
    if (variable.mode === 'temporary') return false;
    if (this.isCatchScope) return true;
    if ((this.isScriptScope || this.isEvalScope) && isLexicalMode(variable.mode)) return true;
    return variable.forcedContext || this.innerScopeCallsEval;
  }
  allocateNonParameterLocal(variable: Variable): void {
    if (variable.isUnallocated && this.mustAllocate(variable)) {
      if (this.mustAllocateInContext(variable)) this.allocateHeapSlot(variable);
      else this.allocateStackSlot(variable);
    }
  }
}

export class DeclarationScope extends Scope {
  functionKind: FunctionKindName = 'normal';
  readonly params: Variable[] = [];
  hasSimpleParameters = true;
  hasThisDeclaration = false;
  receiver: Variable | undefined;
  arguments: Variable | undefined;
  hasArgumentsParameter = false;
  functionVar: Variable | undefined;
  newTargetVar: Variable | undefined;
  thisFunctionVar: Variable | undefined;
  generatorObjectVar: Variable | undefined;
  rest: Variable | undefined;
  callsSloppyEval = false;
  stackSlots = 0;
  isArrow = false;
  isVarBlock = false;
  /** Written as a method or accessor; static: of a class's constructor. */
  isMethod = false;
  isStatic = false;
  usesSuperProperty = false;
  /** Block functions that may be hoisted to vars (Annex B), in source order. */
  readonly sloppyBlockFunctions: {
    name: string;
    position: number;
    scope: Scope;
    variable: Variable;
    statement: { statement: import('./ast.ts').Statement };
  }[] = [];

  constructor(outer: Scope | undefined, type: ScopeType, kind: FunctionKindName = 'normal') {
    super(outer, type);
    this.isDeclarationScope = true;
    this.functionKind = kind;
    this.isArrow = kind === 'arrow' || kind === 'asyncArrow';
    if (type === 'function' && !this.isArrow) {
      this.declareThis();
      this.getNewTargetVar();
      const hasThisFunction = kind === 'method' || kind === 'getter' || kind === 'setter' || /onstructor$/.test(kind);
      if (hasThisFunction) this.getThisFunctionVar();
    }
    if (type === 'script' || type === 'module') this.declareThis();
  }

  get sloppyEvalCanExtendVars(): boolean {
    return this.callsSloppyEval && (this.isFunctionScope || this.type === 'block');
  }
  /** Whether `super.x` is legal in it. */
  get bindsSuper(): boolean {
    return this.isMethod || /^(?:getter|setter|method|class|derived|default)/.test(this.functionKind);
  }
  get isDerivedConstructor(): boolean {
    return this.functionKind === 'derivedConstructor' || this.functionKind === 'defaultDerivedConstructor';
  }

  declareThis(): void {
    this.hasThisDeclaration = true;
    const derived = this.isDerivedConstructor;
    this.receiver = new Variable(this, 'this', derived ? 'const' : 'var', 'this', derived);
  }

  recordSloppyEval(): void {
    // In a script it makes global variables, in an eval variables of the scope around that.
    if (!this.isScriptScope && !this.isEvalScope) this.callsSloppyEval = true;
  }

  declareParameter(name: string, mode: 'var' | 'temporary', isRest: boolean): Variable {
    let variable: Variable;
    if (mode === 'temporary') {
      variable = this.newTemporary(name);
      variable.kind = 'parameter';
    } else {
      const old = this.lookupLocal(name);
      variable = old ?? this.declareLocal(name, 'var', 'parameter');
    }
    if (isRest) this.rest = variable;
    else this.params.push(variable);
    if (name === 'arguments') this.hasArgumentsParameter = true;
    return variable;
  }

  /** Called at the end of a function's parsing; V8 does the same before anything resolves. */
  declareArguments(): void {
    const existing = this.lookupLocal('arguments');
    if (existing === undefined) {
      this.arguments = this.declareLocal('arguments', 'var');
    } else if (isLexicalMode(existing.mode)) {
      // A lexical `arguments` shadows the object.
    } else {
      this.arguments = existing;
    }
  }

  declareFunctionVar(name: string): void {
    this.functionVar = new Variable(this, name, 'const', this.isStrict ? 'normal' : 'sloppyFunctionName', false);
    if (this.callsSloppyEval && !this.isStrict) {
      this.functionVar.mode = 'const';
    }
    if (!this.variables.has(name)) this.variables.set(name, this.functionVar);
  }

  needsGeneratorObject(): Variable {
    if (this.generatorObjectVar === undefined) {
      this.generatorObjectVar = this.newTemporary('.generator_object');
      this.generatorObjectVar.isUsed = true;
    }
    return this.generatorObjectVar;
  }

  getNewTargetVar(): Variable {
    if (this.newTargetVar === undefined) {
      this.newTargetVar = new Variable(this, '.new.target', 'const', 'normal', false);
      this.variables.set('.new.target', this.newTargetVar);
      this.locals.push(this.newTargetVar);
    }
    return this.newTargetVar;
  }
  getThisFunctionVar(): Variable {
    if (this.thisFunctionVar === undefined) {
      this.thisFunctionVar = new Variable(this, '.this_function', 'const', 'normal', false);
      this.variables.set('.this_function', this.thisFunctionVar);
      this.locals.push(this.thisFunctionVar);
    }
    return this.thisFunctionVar;
  }

  get argumentsType(): 'mapped' | 'unmapped' {
    return !this.isStrict && this.hasSimpleParameters ? 'mapped' : 'unmapped';
  }

  private allocateParameter(variable: Variable, index: number): void {
    if (!this.mustAllocate(variable)) return;
    if (this.mustAllocateInContext(variable)) {
      if (variable.isUnallocated) this.allocateHeapSlot(variable);
    } else if (variable.isUnallocated) variable.allocateTo('parameter', index);
  }

  allocateParameterLocals(): void {
    let mapped = false;
    if (this.arguments !== undefined) {
      if (this.mustAllocate(this.arguments) && !this.hasArgumentsParameter) mapped = this.argumentsType === 'mapped';
      else this.arguments = undefined;
    }
    for (let i = this.params.length - 1; i >= 0; i--) {
      const variable = this.params[i]!;
      if (mapped) {
        variable.isUsed = true;
        variable.setMaybeAssigned();
        variable.forcedContext = true;
      }
      this.allocateParameter(variable, i);
    }
  }

  allocateReceiver(): void {
    if (this.hasThisDeclaration && this.receiver !== undefined) this.allocateParameter(this.receiver, -1);
  }

  allocateLocals(): void {
    if (this.functionVar !== undefined) {
      if (this.variables.get(this.functionVar.name) === this.functionVar && this.mustAllocate(this.functionVar)) {
        this.allocateNonParameterLocal(this.functionVar);
      } else this.functionVar = undefined;
    }
    if (this.rest !== undefined && !this.mustAllocate(this.rest)) this.rest = undefined;
    if (this.newTargetVar !== undefined && !this.mustAllocate(this.newTargetVar)) this.newTargetVar = undefined;
    if (this.thisFunctionVar !== undefined && !this.mustAllocate(this.thisFunctionVar))
      this.thisFunctionVar = undefined;
  }
}

export class ClassScope extends Scope {
  classVariable: Variable | undefined;
  brand: Variable | undefined;
  classVariableIndexed = false;
  isAnonymous = false;
  hasExplicitStaticPrivateMethodsAccess = false;
  hasPrivateMethods = false;
  shouldSaveClassVariable = false;
  readonly privateNames = new Map<string, Variable>();
  unresolvedPrivateNames: { proxy: VariableProxy; scope: Scope }[] = [];

  constructor(outer: Scope, isAnonymous: boolean) {
    super(outer, 'class');
    this.languageMode = 'strict';
    this.isAnonymous = isAnonymous;
  }

  declareClassVariable(name: string): Variable {
    this.classVariable = this.declareLocal(name === '' ? '.class' : name, 'const', 'normal', true);
    this.classVariable.maybeAssigned = true;
    return this.classVariable;
  }
  declareBrand(): Variable {
    if (this.brand === undefined) {
      this.brand = this.declareLocal('.brand', 'const', 'normal', false);
      this.brand.forcedContext = true;
      this.brand.isUsed = true;
    }
    return this.brand;
  }
}

// ---- Resolution ----

function lookup(proxy: VariableProxy, start: Scope): Variable {
  let force = false;
  let scope = start;
  for (;;) {
    const variable = scope.lookupLocal(proxy.name);
    if (variable !== undefined && !(scope.isEvalScope && variable.mode === 'dynamic')) {
      if (force && !variable.isDynamic) variable.forcedContext = true;
      return variable;
    }
    if (scope.outer === undefined) break;
    if (scope.isWithScope) return lookupDynamic(proxy, scope, 'dynamic', force);
    if (scope.isDeclarationScope && (scope as DeclarationScope).sloppyEvalCanExtendVars && !scope.isStrict) {
      return lookupDynamic(proxy, scope, 'sloppyEval', force);
    }
    force ||= scope.isFunctionScope;
    scope = scope.outer;
  }
  let global = scope.lookupLocal(proxy.name);
  if (global === undefined) {
    global = new Variable(scope, proxy.name, 'dynamicGlobal', 'normal', false);
    scope.variables.set(proxy.name, global);
  }
  return global;
}

function lookupDynamic(proxy: VariableProxy, scope: Scope, why: 'dynamic' | 'sloppyEval', force: boolean): Variable {
  const outerVariable = lookup(proxy, scope.outer!);
  if (!outerVariable.isDynamic || outerVariable.mode === 'dynamicLocal') {
    if (outerVariable.mode !== 'dynamicLocal') {
      outerVariable.isUsed = true;
      if (!outerVariable.isGlobalObjectProperty && (why === 'dynamic' || force || scope.isFunctionScope)) {
        outerVariable.forcedContext = true;
      }
      if (proxy.isAssigned) outerVariable.setMaybeAssigned();
    }
  }
  if (why === 'dynamic') {
    return nonLocal(scope, proxy.name, 'dynamic');
  }
  if (outerVariable.isGlobalObjectProperty || outerVariable.mode === 'dynamicGlobal') {
    if (outerVariable.scope.isScriptScope) return nonLocal(scope, proxy.name, 'dynamicGlobal');
  }
  if (outerVariable.isDynamic && outerVariable.mode !== 'dynamicLocal')
    return nonLocal(scope, proxy.name, outerVariable.mode);
  const variable = nonLocal(scope, proxy.name, 'dynamicLocal');
  variable.localIfNotShadowed = outerVariable.localIfNotShadowed ?? outerVariable;
  return variable;
}

function nonLocal(scope: Scope, name: string, mode: VariableMode): Variable {
  const variable = new Variable(scope, name, mode, 'normal', false);
  variable.allocateTo('lookup', -1);
  scope.variables.set(name, variable);
  return variable;
}

function updateNeedsHoleCheck(variable: Variable, proxy: VariableProxy, scope: Scope): void {
  if (variable.mode === 'dynamicLocal') {
    updateNeedsHoleCheck(variable.localIfNotShadowed!, proxy, scope);
    return;
  }
  if (!variable.needsInit) return;
  if (variable.location === 'module' && !variable.isExport) {
    proxy.needsHoleCheck = true;
    variable.forceHoleInit = true;
    return;
  }
  if (
    variable.scope.getClosureScope() !== scope.getClosureScope() ||
    variable.scope.isNonlinear ||
    variable.initializerPosition >= proxy.position
  ) {
    proxy.needsHoleCheck = true;
    variable.forceHoleInit = true;
  }
}

export function bindProxy(proxy: VariableProxy, variable: Variable): void {
  proxy.variable = variable;
  variable.isUsed = true;
  if (proxy.isAssigned) variable.setMaybeAssigned();
}

export function resolveScopes(root: Scope): void {
  const visit = (scope: Scope): void => {
    for (const proxy of scope.unresolved) {
      const variable = lookup(proxy, scope);
      updateNeedsHoleCheck(variable, proxy, scope);
      bindProxy(proxy, variable);
    }
    for (let i = scope.inner.length - 1; i >= 0; i--) visit(scope.inner[i]!);
  };
  visit(root);
}

export function allocateScopes(root: Scope): void {
  const visit = (scope: Scope): void => {
    scope.heapSlots = scope.headerLength;
    if (scope.isDeclarationScope) {
      const declaration = scope as DeclarationScope;
      declaration.allocateReceiver();
      if (scope.isFunctionScope) declaration.allocateParameterLocals();
    }
    for (const variable of scope.locals) scope.allocateNonParameterLocal(variable);
    if (scope.isDeclarationScope) (scope as DeclarationScope).allocateLocals();
    const mustHaveContext =
      scope.isWithScope ||
      scope.isModuleScope ||
      scope.forceContext ||
      (!scope.isFunctionScope && !scope.isScriptScope && scope.isStrict && scope.outer?.isStrict === false) ||
      (scope.isFunctionScope && (scope as DeclarationScope).sloppyEvalCanExtendVars) ||
      (scope.type === 'block' && scope.isDeclarationScope && (scope as DeclarationScope).sloppyEvalCanExtendVars);
    if (scope.heapSlots === scope.headerLength && !mustHaveContext) scope.heapSlots = 0;
    for (let i = scope.inner.length - 1; i >= 0; i--) visit(scope.inner[i]!);
  };
  visit(root);
}

/** How many contexts lie between a use in `from` and the scope `to` that holds the slot. */
export function contextChainLength(from: Scope, to: Scope): number {
  let n = 0;
  for (let scope: Scope = from; scope !== to; scope = scope.outer!) if (scope.needsContext) n++;
  return n;
}
