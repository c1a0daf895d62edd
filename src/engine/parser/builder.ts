// Functions, classes and whole programs: the last layer of the AST builder and its entry points.

import {
  type Block,
  type ClassLiteral,
  type ClassLiteralProperty,
  type ClassStaticBlock,
  type Expression,
  type FunctionKindName,
  type FunctionLiteral,
  kNoPosition,
  type Statement,
  type VariableProxy,
} from './ast.ts';
import { type FunctionState, isGeneratorKind, isResumableKind } from './builder-base.ts';
import { StatementBuilder } from './builder-statements.ts';
import { rewriteCompletion } from './completion.ts';
import { type EsNode, EsSyntaxError, tokenAt } from './es-tree.ts';
import { boundNames, emptyStatement, ModuleDescriptor, nameOf } from './module-builder.ts';
import { NameInferrer } from './name-inferrer.ts';
import {
  allocateScopes,
  bindProxy,
  ClassScope,
  DeclarationScope,
  isLexicalMode,
  resolveScopes,
  type Scope,
  type Variable,
  type VariableMode,
} from './scopes.ts';

interface FunctionShape {
  readonly node: EsNode;
  readonly kind: FunctionKindName;
  readonly name: string;
  readonly syntaxKind: FunctionLiteral['syntaxKind'];
  readonly start: number;
  readonly functionTokenPosition: number;
}

interface ClassInfo {
  instanceScope: DeclarationScope | undefined;
  staticScope: DeclarationScope | undefined;
  instanceState: FunctionState | undefined;
  staticState: FunctionState | undefined;
  readonly instanceFields: ClassLiteralProperty[];
  readonly staticElements: (ClassLiteralProperty | ClassStaticBlock)[];
  readonly publicMembers: ClassLiteralProperty[];
  readonly privateMembers: ClassLiteralProperty[];
  constructor_: FunctionLiteral | undefined;
  requiresBrand: boolean;
  hasStaticComputedNames: boolean;
  hasStaticPrivateMethods: boolean;
  computedFieldCount: number;
}

export class AstBuilder extends StatementBuilder {
  private newState(scope: DeclarationScope, kind: FunctionKindName): FunctionState {
    return {
      scope,
      kind,
      suspendCount: 0,
      loopDepth: 0,
      expectedPropertyCount: 0,
      containsFunctionOrEval: false,
      targets: [],
    };
  }

  private inFunction<T>(scope: DeclarationScope, state: FunctionState, body: () => T): T {
    const saved = this.state;
    if (saved !== undefined) saved.containsFunctionOrEval = true;
    this.state = state;
    const result = this.inScope(scope, body);
    this.state = saved;
    return result;
  }

  // ---- Functions ----

  functionExpression(node: EsNode): FunctionLiteral {
    const literal = this.functionLiteral({
      node,
      kind: functionKind(node),
      name: node.id?.name ?? '',
      syntaxKind: node.id ? 'named' : 'anonymous',
      start: this.parameterStart(node),
      functionTokenPosition: node.start,
    });
    literal.isAnonymousExpression = !node.id;
    if (!node.id) this.names.add(literal);
    return literal;
  }

  arrowFunction(node: EsNode): FunctionLiteral {
    const literal = this.functionLiteral({
      node,
      kind: node.async ? 'asyncArrow' : 'arrow',
      name: '',
      syntaxKind: 'anonymous',
      start: node.start,
      functionTokenPosition: kNoPosition,
    });
    literal.isAnonymousExpression = true;
    this.names.add(literal);
    return literal;
  }

  methodFunction(node: EsNode, kind: 'method' | 'get' | 'set', isStatic: boolean, start: number): FunctionLiteral {
    const functionKindName: FunctionKindName =
      kind === 'get'
        ? 'getter'
        : kind === 'set'
          ? 'setter'
          : node.generator || node.async
            ? functionKind(node)
            : 'method';
    return this.functionLiteral(
      {
        node,
        kind: functionKindName,
        name: '',
        syntaxKind: 'accessorOrMethod',
        start: node.start,
        functionTokenPosition: start,
      },
      isStatic,
    );
  }

  functionDeclaration(node: EsNode): Statement {
    const name: string = node.id?.name ?? 'default';
    const scope = this.scope;
    const isPlain = !node.async && !node.generator;
    const isSloppyBlock = !scope.isStrict && !scope.isDeclarationScope && isPlain;
    const literal = this.functionLiteral({
      node,
      kind: functionKind(node),
      name: node.id?.name ?? 'default',
      syntaxKind: 'declaration',
      start: this.parameterStart(node),
      functionTokenPosition: node.start,
    });
    const mode = !scope.isDeclarationScope || scope.isModuleScope ? 'let' : 'var';
    const target: Scope = scope;
    let variable = target.lookupLocal(name);
    if (scope.isEvalScope && !scope.isStrict) {
      variable = this.declareEvalVariable(scope, name, node.start);
      scope.declarations.pop();
    } else if (variable === undefined || variable.isDynamic) {
      variable = target.declareLocal(name, mode, isSloppyBlock ? 'sloppyBlockFunction' : 'normal', false);
    } else variable.setMaybeAssigned();
    target.declarations.push({ kind: 'FunctionDeclaration', variable, position: node.start, function: literal });
    if (isSloppyBlock) {
      const statement: Statement = {
        kind: 'SloppyBlockFunctionStatement',
        statement: { kind: 'EmptyStatement', position: kNoPosition },
        name,
        scope,
        variable,
        position: node.end,
      };
      scope.getDeclarationScope().sloppyBlockFunctions.push({ name, position: node.start, scope, variable, statement });
      this.sloppyInits.set(statement, this.state.loopDepth > 0);
      return statement;
    }
    return { kind: 'EmptyStatement', position: kNoPosition };
  }
  private readonly sloppyInits = new WeakMap<Statement, boolean>();

  private parameterStart(node: EsNode): number {
    const from = node.id ? node.id.end : node.start;
    return this.source.indexOf('(', from) < 0 ? node.start : this.openParenthesis(node, from);
  }
  private openParenthesis(node: EsNode, from: number): number {
    let position = node.id ? this.nextToken(from) : from;
    while (this.source[position] !== '(') position = this.nextToken(position + 1);
    return position;
  }

  /** Whether V8 passes over the braces of an arrow function in this scope: none around it waits for what it captures. */
  private skipsBodiesIn(scope: Scope): boolean {
    let at: Scope | undefined = scope;
    while (at !== undefined && (at.type === 'catch' || at.type === 'with')) at = at.outer;
    return at === undefined || at.isScriptScope || (at.type === 'eval' && !at.isStrict);
  }

  private functionLiteral(shape: FunctionShape, isStatic = false): FunctionLiteral {
    const { node, kind } = shape;
    const functionLiteralId = this.nextLiteralId++;
    const scope = new DeclarationScope(this.scope, 'function', kind);
    scope.isStatic = isStatic;
    scope.isMethod = shape.syntaxKind === 'accessorOrMethod';
    scope.start = shape.start;
    scope.end = node.end;
    const state = this.newState(scope, kind);
    const savedNames = this.names;
    const savedScope = this.scope;
    this.names = new NameInferrer(1, scope.isArrow ? savedNames : undefined);
    this.names.pushEnclosing(shape.name);
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      if (this.hasUseStrict(node)) scope.languageMode = 'strict';
      const params = this.parameters(node, scope);
      if (node.body.type === 'BlockStatement' && this.skipsBodiesIn(savedScope)) this.names.detach();
      const body: Statement[] = [];
      if (isResumableKind(kind)) {
        scope.needsGeneratorObject();
        if (kind === 'generator' || kind === 'asyncGenerator') state.suspendCount++;
      }
      if (params.isSimple) {
        if (isGeneratorKind(kind)) body.push(this.initialYield(scope.start));
        body.push(...this.functionStatements(node));
        this.hoistSloppyBlockFunctions(scope);
      } else {
        body.push(params.initialization!);
        const inner = new DeclarationScope(scope, 'block', kind);
        inner.isVarBlock = true;
        inner.start = node.body.start;
        inner.end = node.body.end;
        const statements = this.inScope(inner, () => this.functionStatements(node));
        if (isGeneratorKind(kind)) statements.unshift(this.initialYield(inner.start));
        this.inScope(inner, () => this.hoistSloppyBlockFunctions(inner));
        if (inner.finalizeBlockScope() === undefined) body.push(...statements);
        else {
          const block = this.block(statements, true, inner);
          this.inScope(inner, () => this.insertShadowingInitializers(block, inner, scope));
          body.push(block);
        }
      }
      if (scope.isDerivedConstructor) scope.receiver!.isUsed = true;
      if (!scope.isArrow) scope.declareArguments();
      if (shape.syntaxKind === 'named' && scope.lookupLocal(shape.name) === undefined)
        scope.declareFunctionVar(shape.name);
      return {
        kind: 'FunctionLiteral',
        name: shape.name,
        scope,
        body,
        functionKind: kind,
        syntaxKind: shape.syntaxKind,
        parameterCount: scope.params.length,
        functionLength: params.length,
        functionTokenPosition: shape.functionTokenPosition,
        functionLiteralId,
        start: shape.start,
        end: node.end,
        hasBraces: node.body.type === 'BlockStatement',
        suspendCount: state.suspendCount,
        requiresInstanceMembersInitializer: false,
        classScopeHasPrivateBrand: false,
        hasStaticPrivateMethodsOrAccessors: false,
        isAnonymousExpression: false,
        shouldEagerCompile: false,
        expectedPropertyCount: state.expectedPropertyCount,
        inferredName: '',
        position: shape.functionTokenPosition === kNoPosition ? shape.start : shape.functionTokenPosition,
      };
    });
    this.names = savedNames;
    return literal;
  }

  private initialYield(position: number): Statement {
    return this.expressionStatement({ kind: 'Yield', isInitial: true, expression: undefined, position }, kNoPosition);
  }

  private hasUseStrict(node: EsNode): boolean {
    if (node.body.type !== 'BlockStatement') return false;
    for (const statement of node.body.body as EsNode[]) {
      if (statement.type !== 'ExpressionStatement' || statement.directive === undefined) return false;
      if (statement.directive === 'use strict') return true;
    }
    return false;
  }

  private functionStatements(node: EsNode): Statement[] {
    if (node.body.type !== 'BlockStatement') {
      const expression = this.expression(node.body);
      return [
        {
          kind: 'ReturnStatement',
          expression,
          endPosition: node.end,
          isAsyncReturn: node.async === true,
          isSynthetic: false,
          position: expression.position,
        },
      ];
    }
    return this.statements(node.body.body);
  }
  private parameters(
    node: EsNode,
    scope: DeclarationScope,
  ): { isSimple: boolean; length: number; initialization: Block | undefined } {
    const params = node.params as EsNode[];
    if (params.length > 65534)
      throw new EsSyntaxError('Too many parameters in function definition (only 65534 allowed)', node.start);
    const isSimple = params.every((p) => p.type === 'Identifier');
    scope.hasSimpleParameters = isSimple;
    let length = 0;
    let open = true;
    const patterns: { pattern: Expression; initializer: Expression | undefined; isRest: boolean }[] = [];
    for (const param of params) {
      const isRest = param.type === 'RestElement';
      if (isRest || param.type === 'AssignmentPattern') open = false;
      if (open) length++;
      const declared: Variable[] = [];
      const declare = (name: string, position: number): Variable => {
        const variable = this.declareVariable(name, 'var', 'parameter', false, position);
        declared.push(variable);
        return variable;
      };
      let initializer: Expression | undefined;
      let patternNode = param;
      if (param.type === 'AssignmentPattern') patternNode = param.left;
      else if (isRest) patternNode = param.argument;
      if (isSimple) {
        this.declareParameterName(param, declare);
        patterns.push({ pattern: undefined as never, initializer, isRest });
      } else {
        this.names.enter();
        const pattern = this.pattern(patternNode, declare);
        if (param.type === 'AssignmentPattern') {
          initializer = this.expression(param.right);
          this.nameFunction(initializer, pattern);
        }
        this.names.leave();
        patterns.push({ pattern, initializer, isRest });
      }
      for (const variable of declared) variable.initializerPosition = param.end;
    }
    if (isSimple) {
      for (const param of params) scope.declareParameter(param.name, 'var', false);
      scope.declarations.length = 0;
      return { isSimple, length, initialization: undefined };
    }
    for (const variable of scope.variables.values()) {
      if (variable.kind === 'parameter') {
        variable.mode = 'let';
        variable.needsInit = true;
      }
    }
    const temps = patterns.map((p) => scope.declareParameter('', 'temporary', p.isRest));
    const statements: Statement[] = [];
    for (let i = 0; i < patterns.length; i++) {
      const { pattern, initializer } = patterns[i]!;
      let value: Expression = this.boundProxy(temps[i]!);
      if (initializer !== undefined) {
        const condition: Expression = {
          kind: 'CompareOperation',
          op: '===',
          left: this.boundProxy(temps[i]!),
          right: this.undefinedLiteral(),
          position: kNoPosition,
        };
        value = { kind: 'Conditional', condition, then: initializer, else: value, position: kNoPosition };
      }
      statements.push(...this.initializations([{ pattern, initializer: value, valuePosition: kNoPosition }]));
    }
    return { isSimple, length, initialization: this.block(statements, true) };
  }
  private declareParameterName(param: EsNode, declare: (name: string, position: number) => unknown): void {
    declare(param.name, param.start);
  }

  /** Annex B: a block's function also becomes a var of the function, assigned where the block declares it. */
  private hoistSloppyBlockFunctions(scope: DeclarationScope): void {
    if (scope.sloppyBlockFunctions.length === 0) return;
    const parameterScope = scope.isVarBlock ? (scope.outer as DeclarationScope) : scope;
    for (const { name, scope: at, variable, position, statement } of scope.sloppyBlockFunctions) {
      const clash = parameterScope.lookupLocal(name);
      if (clash !== undefined && clash.kind === 'parameter') continue;
      let conflict = false;
      // An eval's var goes past the eval, so it must not cross a let there either.
      const last = scope.isEvalScope ? scope.getNonEvalDeclarationScope() : scope;
      for (let s: Scope = at.outer!; ; s = s.outer!) {
        const found = s.lookupLocal(name);
        if (found !== undefined && isLexicalMode(found.mode) && !s.isScriptScope) conflict = true;
        if (s === last) break;
      }
      if (conflict) continue;
      if (scope.isEvalScope && !scope.isStrict) {
        this.declareEvalVariable(scope, name, position);
        const target = this.inScope(scope, () => this.proxy(name, position));
        target.isAssigned = true;
        const assignment = this.assignment('=', target, this.boundProxy(variable, position), kNoPosition);
        assignment.lookupHoistingMode = 'legacySloppy';
        statement.statement = this.expressionStatement(assignment, (statement as Statement).position);
        continue;
      }
      let target = scope.lookupLocal(name);
      if (target === undefined) {
        target = scope.declareLocal(name, 'var', 'normal', false);
        scope.declarations.push({ kind: 'VariableDeclaration', variable: target, position, isNested: false });
      }
      if (target.mode === 'var') {
        const source = this.boundProxy(variable, position);
        const proxy = this.boundProxy(target, position);
        const loop = this.sloppyInits.get(statement as Statement) === true;
        if (loop) target.setMaybeAssigned();
        const assignment = this.assignment(loop ? '=' : 'init', proxy, source, kNoPosition);
        assignment.lookupHoistingMode = 'legacySloppy';
        statement.statement = this.expressionStatement(assignment, (statement as Statement).position);
      }
    }
  }

  private insertShadowingInitializers(block: Block, inner: DeclarationScope, outer: DeclarationScope): void {
    const statements: Statement[] = [];
    for (const declaration of inner.declarations) {
      if (declaration.kind !== 'VariableDeclaration' || declaration.variable.mode !== 'var') continue;
      const name = declaration.variable.name;
      const parameter = outer.lookupLocal(name);
      if (parameter === undefined || (name === 'arguments' && parameter.kind !== 'parameter')) continue;
      if (statements.some((s) => (s as { name?: string }).name === name)) continue;
      const value = this.boundProxy(parameter);
      const target = this.boundProxy(declaration.variable);
      target.isAssigned = true;
      declaration.variable.setMaybeAssigned();
      const statement = this.expressionStatement(this.assignment('=', target, value, kNoPosition), kNoPosition);
      statements.push(Object.assign(statement, { name }));
    }
    block.statements.unshift(...statements);
  }

  // ---- Classes ----

  classLiteral(node: EsNode): ClassLiteral {
    const name: string = node.id?.name ?? '';
    const scope = new ClassScope(this.scope, name === '');
    scope.start = node.start;
    scope.end = node.end;
    const saved = this.classScope;
    this.classScope = scope;
    const result = this.inScope(scope, () => this.classBody(node, name, scope));
    this.classScope = saved;
    return result;
  }

  private classBody(node: EsNode, name: string, scope: ClassScope): ClassLiteral {
    const info: ClassInfo = {
      instanceScope: undefined,
      staticScope: undefined,
      instanceState: undefined,
      staticState: undefined,
      instanceFields: [],
      staticElements: [],
      publicMembers: [],
      privateMembers: [],
      constructor_: undefined,
      requiresBrand: false,
      hasStaticComputedNames: false,
      hasStaticPrivateMethods: false,
      computedFieldCount: 0,
    };
    let heritage: Expression | undefined;
    if (node.superClass) {
      const own = this.classScope;
      heritage = this.expression(node.superClass);
      this.classScope = own;
    }
    for (const member of node.body.body as EsNode[]) {
      this.names.enter();
      if (member.key && !member.computed)
        this.names.pushLiteral(
          (member.key.type === 'PrivateIdentifier' ? '#' : '') + (member.key.name ?? String(member.key.value)),
        );
      if (member.type === 'StaticBlock') this.staticBlock(member, info);
      else if (member.type === 'PropertyDefinition') this.classField(member, scope, info);
      else this.classMethod(member, node, name, scope, info);
      this.names.infer();
      this.names.leave();
    }
    if (info.requiresBrand) scope.declareBrand();
    let homeObject: Variable | undefined;
    let staticHomeObject: Variable | undefined;
    if (scope.needsHomeObject) {
      homeObject = scope.declareLocal('.home_object', 'const', 'normal', false);
      staticHomeObject = scope.declareLocal('.static_home_object', 'const', 'normal', false);
      for (const variable of [homeObject, staticHomeObject]) {
        variable.forcedContext = true;
        variable.isUsed = true;
      }
    }
    this.resolvePrivateNames(scope);
    if (name !== '' || scope.shouldSaveClassVariable) {
      const variable = scope.declareClassVariable(name);
      variable.initializerPosition = node.end;
      scope.declarations.push({ kind: 'VariableDeclaration', variable, position: node.start, isNested: false });
      if (scope.shouldSaveClassVariable) {
        variable.isUsed = true;
        variable.forcedContext = true;
      }
    }
    const constructor_ = info.constructor_ ?? this.defaultConstructor(name, heritage !== undefined, node);
    if (name === '') this.names.add(constructor_);
    constructor_.requiresInstanceMembersInitializer = info.instanceScope !== undefined;
    constructor_.classScopeHasPrivateBrand = info.requiresBrand;
    constructor_.hasStaticPrivateMethodsOrAccessors = info.hasStaticPrivateMethods;
    return {
      kind: 'ClassLiteral',
      scope,
      extends: heritage,
      constructor_,
      publicMembers: info.publicMembers,
      privateMembers: info.privateMembers,
      staticInitializer:
        info.staticScope &&
        this.initializerFunction(name, 'classStaticInitializer', info.staticScope, info.staticState!, node, [
          { kind: 'InitializeClassStaticElementsStatement', elements: info.staticElements, position: kNoPosition },
        ]),
      instanceInitializer:
        info.instanceScope &&
        this.initializerFunction(name, 'classMembersInitializer', info.instanceScope, info.instanceState!, node, [
          { kind: 'InitializeClassMembersStatement', fields: info.instanceFields, position: kNoPosition },
        ]),
      start: node.start,
      end: node.end,
      name,
      hasStaticComputedNames: info.hasStaticComputedNames,
      isAnonymous: name === '',
      homeObject,
      staticHomeObject,
      position: node.start,
    };
  }

  private ensureInitializer(info: ClassInfo, isStatic: boolean, position: number): DeclarationScope {
    const existing = isStatic ? info.staticScope : info.instanceScope;
    if (existing !== undefined) return existing;
    const kind: FunctionKindName = isStatic ? 'classStaticInitializer' : 'classMembersInitializer';
    const scope = new DeclarationScope(this.scope, 'function', kind);
    scope.languageMode = 'strict';
    scope.start = position;
    const state = this.newState(scope, kind);
    if (isStatic) {
      scope.isStatic = true;
      info.staticScope = scope;
      info.staticState = state;
    } else {
      info.instanceScope = scope;
      info.instanceState = state;
    }
    return scope;
  }

  private initializerFunction(
    name: string,
    kind: FunctionKindName,
    scope: DeclarationScope,
    state: FunctionState,
    _node: EsNode,
    body: Statement[],
  ): FunctionLiteral {
    const literal = this.syntheticFunction(name, kind, scope, state, scope.start, scope.end, body);
    literal.hasBraces = false;
    return literal;
  }

  private syntheticFunction(
    name: string,
    kind: FunctionKindName,
    scope: DeclarationScope,
    state: FunctionState,
    start: number,
    end: number,
    body: Statement[],
  ): FunctionLiteral {
    return {
      kind: 'FunctionLiteral',
      name,
      scope,
      body,
      functionKind: kind,
      syntaxKind: 'accessorOrMethod',
      parameterCount: 0,
      functionLength: 0,
      functionTokenPosition: kNoPosition,
      functionLiteralId: this.nextLiteralId++,
      start,
      end,
      hasBraces: true,
      suspendCount: state.suspendCount,
      requiresInstanceMembersInitializer: false,
      classScopeHasPrivateBrand: false,
      hasStaticPrivateMethodsOrAccessors: false,
      isAnonymousExpression: false,
      shouldEagerCompile: false,
      expectedPropertyCount: state.expectedPropertyCount,
      inferredName: '',
      position: start,
    };
  }

  private defaultConstructor(name: string, isDerived: boolean, node: EsNode): FunctionLiteral {
    const kind: FunctionKindName = isDerived ? 'defaultDerivedConstructor' : 'defaultConstructor';
    const scope = new DeclarationScope(this.scope, 'function', kind);
    scope.languageMode = 'strict';
    scope.start = node.start;
    scope.end = node.start;
    const state = this.newState(scope, kind);
    const body: Statement[] = [];
    this.inFunction(scope, state, () => {
      if (!isDerived) return;
      const reference = this.superCallReference(node.start);
      body.push({
        kind: 'ReturnStatement',
        expression: { kind: 'SuperCallForwardArgs', reference, position: node.start },
        endPosition: kNoPosition,
        isAsyncReturn: false,
        isSynthetic: false,
        position: node.start,
      });
    });
    const literal = this.syntheticFunction(name, kind, scope, state, node.start, node.start, body);
    literal.syntaxKind = 'anonymous';
    return literal;
  }

  private staticBlock(node: EsNode, info: ClassInfo): void {
    const scope = this.ensureInitializer(info, true, node.start);
    this.inFunction(scope, info.staticState!, () => {
      const varScope = new DeclarationScope(scope, 'block', 'classStaticInitializer');
      varScope.isVarBlock = true;
      const open = this.nextToken(node.start + 6);
      const block = this.blockStatement({ ...node, start: open } as EsNode, [], varScope);
      scope.end = node.end;
      info.staticElements.push({ propertyKind: 'staticBlock', block });
    });
  }

  private memberKey(member: EsNode): Expression {
    if (member.key.type === 'PrivateIdentifier') {
      return this.literal({ type: 'string', value: '#' + member.key.name }, member.key.start);
    }
    // Keys use the object literal's rules.
    return (this as unknown as { propertyKey(key: EsNode, computed: boolean): Expression }).propertyKey(
      member.key,
      member.computed,
    );
  }

  /** End of a field's last token before its semicolon. */
  private memberEnd(member: EsNode): number {
    const last = this.lastTokenStart(member.end);
    return this.source[last] === ';' ? this.tokens.ends[tokenAt(this.tokens, last) - 1]! : member.end;
  }

  private classField(member: EsNode, scope: ClassScope, info: ClassInfo): void {
    const key = this.memberKey(member);
    const isPrivate = member.key.type === 'PrivateIdentifier';
    const initializerScope = this.ensureInitializer(info, member.static, member.start);
    const state = member.static ? info.staticState! : info.instanceState!;
    initializerScope.end = this.memberEnd(member);
    let value: Expression = this.undefinedLiteral();
    if (member.value) {
      value = this.inFunction(initializerScope, state, () => this.expression(member.value));
      this.nameFromKey(value, key, '');
    }
    const property: ClassLiteralProperty = {
      propertyKind: 'field',
      key,
      value,
      isStatic: member.static,
      isComputedName: member.computed,
      isPrivate,
    };
    if (member.computed && member.static) info.hasStaticComputedNames = true;
    if (isPrivate) {
      this.declarePrivateMember(scope, property, 'field', info);
      (member.static ? info.staticElements : info.instanceFields).push(property);
      info.privateMembers.push(property);
      return;
    }
    (member.static ? info.staticElements : info.instanceFields).push(property);
    if (member.computed) {
      info.computedFieldCount++;
      const variable = scope.declareLocal(`.class-field-${info.computedFieldCount}`, 'const', 'normal', true);
      scope.declarations.push({ kind: 'VariableDeclaration', variable, position: kNoPosition, isNested: false });
      variable.forcedContext = true;
      variable.isUsed = true;
      property.computedNameVariable = variable;
      info.publicMembers.push(property);
    }
  }

  private classMethod(member: EsNode, node: EsNode, name: string, scope: ClassScope, info: ClassInfo): void {
    if (member.kind === 'constructor') {
      const kind: FunctionKindName = node.superClass ? 'derivedConstructor' : 'classConstructor';
      info.constructor_ = this.functionLiteral({
        node: member.value,
        kind,
        name,
        syntaxKind: 'accessorOrMethod',
        start: member.value.start,
        functionTokenPosition: kNoPosition,
      });
      return;
    }
    const key = this.memberKey(member);
    const isPrivate = member.key.type === 'PrivateIdentifier';
    const nameStart = member.static ? this.nextToken(member.start + 6) : member.start;
    const value = this.methodFunction(member.value, member.kind, member.static, nameStart);
    const prefix = member.kind === 'method' ? '' : `${member.kind} `;
    if (!member.computed) this.nameFromKey(value, key, prefix);
    const propertyKind = member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : 'method';
    const property: ClassLiteralProperty = {
      propertyKind,
      key,
      value,
      isStatic: member.static,
      isComputedName: member.computed,
      isPrivate,
    };
    if (member.computed && member.static) info.hasStaticComputedNames = true;
    if (isPrivate) {
      info.requiresBrand ||= !member.static;
      info.hasStaticPrivateMethods ||= member.static;
      this.declarePrivateMember(scope, property, propertyKind, info);
      info.privateMembers.push(property);
    } else info.publicMembers.push(property);
  }

  private declarePrivateMember(
    scope: ClassScope,
    property: ClassLiteralProperty,
    kind: ClassLiteralProperty['propertyKind'],
    _info: ClassInfo,
  ): void {
    const name = (property.key as { literal: { value: string } }).literal.value;
    const mode: VariableMode =
      kind === 'field'
        ? 'const'
        : kind === 'getter'
          ? 'privateGetterOnly'
          : kind === 'setter'
            ? 'privateSetterOnly'
            : 'privateMethod';
    let variable = scope.privateNames.get(name);
    if (variable === undefined) {
      variable = scope.declareLocal(name, mode, 'normal', true);
      scope.variables.delete(name);
      scope.privateNames.set(name, variable);
      variable.forcedContext = true;
      variable.isUsed = true;
      variable.isStatic = property.isStatic;
    } else if (mode !== variable.mode) variable.mode = 'privateGetterAndSetter';
    variable.initializerPosition = property.value.position;
    property.privateName = variable;
  }

  protected resolvePrivateName(proxy: VariableProxy): void {
    if (this.classScope === undefined) {
      this.outerPrivateName(proxy);
      return;
    }
    this.classScope.unresolvedPrivateNames.push({ proxy, scope: this.scope });
  }
  /** A private name of code around an eval. */
  private outerPrivateName(proxy: VariableProxy): void {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.outer) {
      const variable = scope instanceof ClassScope ? scope.privateNames.get(proxy.name) : undefined;
      if (variable === undefined) continue;
      bindProxy(proxy, variable);
      return;
    }
    throw new EsSyntaxError(`Private field '${proxy.name}' must be declared in an enclosing class`, proxy.position);
  }

  private resolvePrivateNames(scope: ClassScope): void {
    for (const { proxy, scope: at } of scope.unresolvedPrivateNames) {
      const variable = scope.privateNames.get(proxy.name);
      if (variable === undefined) {
        let outer: Scope | undefined = scope.outer;
        while (outer !== undefined && outer.type !== 'class') outer = outer.outer;
        if (outer === undefined) this.outerPrivateName(proxy);
        else (outer as ClassScope).unresolvedPrivateNames.push({ proxy, scope: at });
        continue;
      }
      bindProxy(proxy, variable);
      if (variable.isStatic && variable.mode !== 'const') scope.shouldSaveClassVariable = true;
    }
    scope.unresolvedPrivateNames = [];
  }

  // ---- Programs ----

  /** A file as the body of a function with the given parameters (CommonJS): a script that returns that function. */
  buildWrapped(program: EsNode, parameters: readonly string[]): FunctionLiteral {
    const script = new DeclarationScope(undefined, 'script', 'script');
    script.start = 0;
    script.end = this.source.length;
    this.scope = script;
    this.nextLiteralId++; // the script's
    const id = this.nextLiteralId++;
    const scope = new DeclarationScope(script, 'function', 'normal');
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    if (this.hasUseStrict(node)) scope.languageMode = 'strict';
    const state = this.newState(scope, 'normal');
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      for (const name of parameters) this.declareVariable(name, 'var', 'parameter', false, 0);
      for (const name of parameters) scope.declareParameter(name, 'var', false);
      scope.declarations.length = 0;
      const body = this.statements(program.body);
      this.hoistSloppyBlockFunctions(scope);
      scope.declareArguments();
      return {
        ...this.syntheticFunction('', 'normal', scope, state, 0, this.source.length, body),
        syntaxKind: 'wrapped',
        functionLiteralId: id,
        parameterCount: parameters.length,
        functionLength: parameters.length,
        hasBraces: true,
        expectedPropertyCount: state.expectedPropertyCount,
      };
    });
    resolveScopes(script);
    allocateScopes(script);
    const body: Statement[] = [
      {
        kind: 'ReturnStatement',
        expression: literal,
        endPosition: kNoPosition,
        isAsyncReturn: false,
        isSynthetic: true,
        position: kNoPosition,
      },
    ];
    const outer = this.syntheticFunction('', 'script', script, this.newState(script, 'script'), 0, script.end, body);
    outer.hasBraces = false;
    return outer;
  }

  buildScript(program: EsNode, strict: boolean, isModule: boolean): FunctionLiteral {
    const type = isModule ? 'module' : 'script';
    const outer = isModule ? new DeclarationScope(undefined, 'script', 'script') : undefined;
    const scope = new DeclarationScope(outer, type, type);
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    if (strict || isModule || this.hasUseStrict(node)) scope.languageMode = 'strict';
    const state = this.newState(scope, type);
    const id = this.nextLiteralId++;
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      if (isModule) {
        this.module = new ModuleDescriptor();
        scope.needsGeneratorObject();
        state.suspendCount++;
      }
      const body = this.statements(program.body);
      if (isModule) body.unshift(this.initialYield(0));
      this.hoistSloppyBlockFunctions(scope);
      this.module?.assignCells((name) => scope.lookupLocal(name));
      if (!isModule) rewriteCompletion(body, scope);
      return {
        ...this.syntheticFunction('', type, scope, state, 0, this.source.length, body),
        functionLiteralId: id,
        hasBraces: false,
        expectedPropertyCount: state.expectedPropertyCount,
        suspendCount: state.suspendCount,
        module: this.module,
      };
    });
    resolveScopes(outer ?? scope);
    allocateScopes(outer ?? scope);
    return literal;
  }

  // ---- Modules ----

  private module: ModuleDescriptor | undefined;

  moduleItem(node: EsNode): Statement {
    const module = this.module;
    if (module === undefined) throw new Error(`Unsupported statement ${node.type}`);
    switch (node.type) {
      case 'ImportDeclaration': {
        const request = module.request(node);
        for (const specifier of node.specifiers as EsNode[]) {
          const localName: string = specifier.local.name;
          const isNamespace = specifier.type === 'ImportNamespaceSpecifier';
          const variable = this.scope.declareLocal(localName, 'const', 'normal', !isNamespace);
          if (isNamespace) {
            variable.isUsed = true;
            module.namespaceImports.push({ localName, request, variable });
          } else {
            variable.initializerPosition = specifier.start;
            const importName = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
            const { start, end } = specifier.imported ?? specifier;
            module.imports.push({ localName, importName, request, variable, position: start, end });
          }
        }
        return emptyStatement;
      }
      case 'ExportNamedDeclaration': {
        if (node.declaration) {
          const statement = this.statement(node.declaration);
          for (const name of boundNames(node.declaration)) module.exports.push({ exportName: name, localName: name });
          return statement;
        }
        const request = node.source ? module.request(node) : -1;
        for (const specifier of node.specifiers as EsNode[]) {
          const exportName = nameOf(specifier.exported);
          const name = nameOf(specifier.local);
          const { start: position, end } = specifier;
          if (request >= 0) module.indirectExports.push({ exportName, importName: name, request, position, end });
          else module.exports.push({ exportName, localName: name });
        }
        return emptyStatement;
      }
      case 'ExportAllDeclaration': {
        const request = module.request(node);
        if (node.exported) module.namespaceExports.push({ exportName: nameOf(node.exported), request });
        else module.starExports.push(request);
        return emptyStatement;
      }
      case 'ExportDefaultDeclaration':
        return this.exportDefault(node, module);
      default:
        throw new Error(`Unsupported statement ${node.type}`);
    }
  }

  private exportDefault(node: EsNode, module: ModuleDescriptor): Statement {
    const { declaration } = node;
    const isFunction = declaration.type === 'FunctionDeclaration';
    if ((isFunction || declaration.type === 'ClassDeclaration') && declaration.id) {
      module.exports.push({ exportName: 'default', localName: declaration.id.name });
      return this.statement(declaration);
    }
    module.exports.push({ exportName: 'default', localName: '.default' });
    if (isFunction) {
      const literal = this.functionExpression(declaration);
      literal.name = 'default';
      literal.isAnonymousExpression = false;
      const variable = this.scope.declareLocal('.default', 'let', 'normal', false);
      this.scope.declarations.push({ kind: 'FunctionDeclaration', variable, position: node.start, function: literal });
      return emptyStatement;
    }
    const value =
      declaration.type === 'ClassDeclaration' ? this.classLiteral(declaration) : this.expression(declaration);
    this.setFunctionName(value, 'default');
    const variable = this.declareVariable('.default', 'const', 'normal', true, node.start);
    variable.initializerPosition = node.end;
    const assignment = this.assignment('init', this.boundProxy(variable, declaration.start), value, kNoPosition);
    return this.ignoreCompletion(this.expressionStatement(assignment, kNoPosition));
  }

  // ---- Eval ----

  /** Code of an eval, inside the scopes that `outer` rebuilds. */
  buildEval(program: EsNode, outer: Scope, strict: boolean): FunctionLiteral {
    const scope = new DeclarationScope(outer, 'eval', 'eval');
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    scope.languageMode = strict || this.hasUseStrict(node) ? 'strict' : 'sloppy';
    const state = this.newState(scope, 'eval');
    const id = this.nextLiteralId++;
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      const body = this.statements(program.body);
      this.hoistSloppyBlockFunctions(scope);
      rewriteCompletion(body, scope);
      return {
        ...this.syntheticFunction('', 'eval', scope, state, 0, this.source.length, body),
        functionLiteralId: id,
        hasBraces: false,
      };
    });
    this.checkConflictingEvalDeclarations(scope);
    resolveScopes(scope);
    allocateScopes(scope);
    return literal;
  }

  /** A sloppy eval's var must not cross a let on its way to the scope that it is declared in. */
  private checkConflictingEvalDeclarations(scope: DeclarationScope): void {
    if (scope.isStrict) return;
    const end = scope.getNonEvalDeclarationScope().outer;
    for (const { variable, position } of scope.declarations) {
      if (isLexicalMode(variable.mode)) continue;
      for (let s: Scope | undefined = scope.outer; s !== undefined && s !== end; s = s.outer) {
        if (s.isWithScope || s.isCatchScope || s.isScriptScope) continue;
        const found = s.lookupLocal(variable.name);
        if (found !== undefined && isLexicalMode(found.mode))
          throw new EsSyntaxError(`Identifier '${variable.name}' has already been declared`, position);
      }
    }
  }
}

function functionKind(node: EsNode): FunctionKindName {
  if (node.async) return node.generator ? 'asyncGenerator' : 'asyncFunction';
  return node.generator ? 'generator' : 'normal';
}
