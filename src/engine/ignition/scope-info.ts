// ScopeInfoData and ModuleData from the AST: what contexts and modules will be made of.

import type { ContextLocal, ModuleData, ScopeInfoData } from '../bytecode/index.ts';
import {
  type ast,
  type DeclarationScope,
  isUsingMode,
  type Scope,
  type Variable,
  type VariableMode,
} from '../parser/index.ts';

export function moduleData(literal: ast.FunctionLiteral): ModuleData {
  const module = literal.module!;
  const scope = literal.scope;
  return {
    requests: module.requests,
    imports: module.imports.map(({ localName, importName, request, variable, position, end }) => ({
      localName,
      importName,
      request,
      cellIndex: variable.index,
      isUsed: variable.isUsed,
      position,
      end,
    })),
    namespaceImports: module.namespaceImports.map(({ localName, request }) => ({ localName, request })),
    exports: module.exports.map(({ exportName, localName }) => ({
      exportName,
      localName,
      cellIndex: scope.lookupLocal(localName)?.index ?? 0,
    })),
    indirectExports: module.indirectExports,
    namespaceExports: module.namespaceExports,
    starExports: module.starExports,
    hasTopLevelAwait: literal.suspendCount > 1,
  };
}

const scopeInfos = new WeakMap<Scope, ScopeInfoData>();

/** Remembers what a scope was rebuilt from: code inside it shares that ScopeInfo. */
export const setScopeInfo = (scope: Scope, info: ScopeInfoData): void => void scopeInfos.set(scope, info);

const privateKinds: Readonly<Partial<Record<VariableMode, ContextLocal['privateKind']>>> = {
  privateMethod: 'method',
  privateSetterOnly: 'setter',
  privateGetterOnly: 'getter',
  privateGetterAndSetter: 'accessors',
};

/** `this` where it is the receiver that was passed: a derived constructor's is a variable. */
const isReceiver = (variable: Variable): boolean => variable.isThis && variable.location === 'parameter';

const modeOf = ({ mode }: Variable): ContextLocal['mode'] =>
  mode === 'let' || mode === 'const' ? mode : isUsingMode(mode) ? 'using' : 'var';

function contextLocal(
  variable: Variable,
  mode: ContextLocal['mode'],
  scope: DeclarationScope | undefined,
): ContextLocal {
  const privateKind = privateKinds[variable.mode];
  const parameter = scope === undefined ? -1 : scope.params.lastIndexOf(variable);
  return {
    name: variable.name,
    mode,
    needsInitialization: variable.needsInit,
    ...(variable.maybeAssigned ? { maybeAssigned: true } : {}),
    ...(privateKind === undefined ? {} : { privateKind }),
    ...(variable.isStatic ? { isStatic: true } : {}),
    ...(variable.kind === 'sloppyFunctionName' ? { isSloppyFunctionName: true } : {}),
    ...(parameter < 0 ? {} : { parameter }),
  };
}

function functionTraits(scope: DeclarationScope): Pick<ScopeInfoData, 'functionKind' | 'isMethod' | 'isStatic'> {
  const { functionKind } = scope;
  return {
    functionKind,
    ...(scope.isMethod ? { isMethod: true } : {}),
    ...(scope.isStatic ? { isStatic: true } : {}),
  };
}

/** Parameters that the function never names: they have their arguments all the same. */
const unusedParameters = ({ params }: DeclarationScope): ScopeInfoData['stackLocals'] =>
  params.flatMap((variable, index) =>
    variable.isUnallocated && variable.name !== '' && params.lastIndexOf(variable) === index
      ? [{ name: variable.name, kind: 'parameter' as const, index, mode: 'var' as const }]
      : [],
  );

export function scopeInfoOf(scope: Scope, functionName = ''): ScopeInfoData {
  const existing = scopeInfos.get(scope);
  if (existing !== undefined) return existing;
  const contextLocals: ContextLocal[] = [];
  const stackLocals: ScopeInfoData['stackLocals'][number][] = [];
  const visit = (from: Scope, stackOnly: boolean): void => {
    const variables = new Set([...from.locals, ...from.variables.values()]);
    const declaration = from.isDeclarationScope ? (from as DeclarationScope) : undefined;
    if (declaration?.receiver !== undefined) variables.add(declaration.receiver);
    for (const variable of variables) {
      const mode = modeOf(variable);
      if (variable.isContextSlot && !stackOnly) {
        contextLocals[variable.index - from.headerLength] = contextLocal(variable, mode, declaration);
      } else if (variable.isStackAllocated && variable.name !== '' && !isReceiver(variable)) {
        stackLocals.push({
          name: variable.name,
          kind: variable.location === 'local' ? 'register' : 'parameter',
          index: variable.index,
          mode,
          ...(from === scope ? {} : { start: from.start, end: from.end }),
          ...(mode === 'var' || variable.initializerPosition < 0 ? {} : { initialized: variable.initializerPosition }),
        });
      }
    }
    for (const inner of from.inner) {
      if (inner.isFunctionScope || inner.needsContext) continue;
      visit(inner, true);
    }
  };
  visit(scope, false);
  if (scope.isFunctionScope) stackLocals.unshift(...unusedParameters(scope as DeclarationScope));
  const moduleLocals = [...new Set(scope.isModuleScope ? scope.variables.values() : [])].flatMap((variable) =>
    variable.location === 'module'
      ? [{ ...contextLocal(variable, modeOf(variable), undefined), cellIndex: variable.index }]
      : [],
  );
  let outer: Scope | undefined = scope.outer;
  while (outer !== undefined && !outer.needsContext) outer = outer.outer;
  const info: ScopeInfoData = {
    scopeType: scope.type === 'shadowRealm' ? 'script' : scope.type,
    functionName,
    ...(scope.isDeclarationScope ? functionTraits(scope as DeclarationScope) : {}),
    languageMode: scope.languageMode,
    contextLocals,
    ...(moduleLocals.length > 0 ? { moduleLocals } : {}),
    hasExtension: scope.hasContextExtensionSlot,
    outer: outer === undefined ? undefined : scopeInfoOf(outer),
    start: scope.start,
    end: scope.end,
    stackLocals,
  };
  scopeInfos.set(scope, info);
  return info;
}
