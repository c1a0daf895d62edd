// Classes: members, fields and their initializers, private names.

import {
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
import type { FunctionState } from './builder-base.ts';
import { FunctionBuilder } from './builder-functions.ts';
import { type EsNode, EsSyntaxError, tokenAt } from './es-tree.ts';
import { bindProxy, ClassScope, DeclarationScope, type Scope, type Variable, type VariableMode } from './scopes.ts';

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

export abstract class ClassBuilder extends FunctionBuilder {
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
    constructor_.expectedPropertyCount += info.instanceFields.length;
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

  protected syntheticFunction(
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
      return this.literal({ type: 'string', value: `#${member.key.name}` }, member.key.start);
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
}
