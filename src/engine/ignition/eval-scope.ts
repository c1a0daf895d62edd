// Scopes of code that is running, rebuilt from their ScopeInfo, so that a direct eval's code finds its variables.

import type { ContextLocal, ScopeInfoData } from '../bytecode/index.ts';
import { ClassScope, DeclarationScope, Scope, Variable, type VariableMode } from '../parser/index.ts';
import { setScopeInfo } from './scope-info.ts';

/** The scope of `info` inside its outer ones. A script's variables are found by name, as globals. */
export function rebuildScope(info: ScopeInfoData | undefined): Scope {
  if (info === undefined || info.scopeType === 'script') return new DeclarationScope(undefined, 'script', 'script');
  const scope = newScope(info, rebuildScope(info.outer));
  setScopeInfo(scope, info);
  scope.languageMode = info.languageMode;
  scope.start = info.start;
  scope.end = info.end;
  const header = info.hasExtension ? 3 : 2;
  info.contextLocals.forEach((local, i) => void declare(scope, local, header + i));
  for (const local of info.moduleLocals ?? []) {
    const variable = declare(scope, local, -1);
    variable.isExport = local.cellIndex > 0;
    variable.allocateTo('module', local.cellIndex);
  }
  scope.heapSlots = header + info.contextLocals.length;
  return scope;
}

const privateModes: Readonly<Record<NonNullable<ContextLocal['privateKind']>, VariableMode>> = {
  method: 'privateMethod',
  setter: 'privateSetterOnly',
  getter: 'privateGetterOnly',
  accessors: 'privateGetterAndSetter',
};

function declare(scope: Scope, local: ContextLocal, slot: number): Variable {
  const { name } = local;
  const mode = local.privateKind === undefined ? local.mode : privateModes[local.privateKind];
  const kind = name === 'this' ? 'this' : local.isSloppyFunctionName ? 'sloppyFunctionName' : 'normal';
  const variable = new Variable(scope, name, mode, kind, local.needsInitialization);
  variable.allocateTo('context', slot);
  variable.isUsed = true;
  variable.maybeAssigned = local.maybeAssigned === true;
  variable.isStatic = local.isStatic === true;
  if (scope instanceof DeclarationScope) {
    if (name === 'this') {
      scope.receiver = variable;
      return variable;
    }
    if (name === '.new.target') scope.newTargetVar = variable;
    if (name === '.this_function') scope.thisFunctionVar = variable;
  }
  if (scope instanceof ClassScope) {
    if (name === '.brand') scope.brand = variable;
    if (name.startsWith('#')) {
      scope.privateNames.set(name, variable);
      return variable;
    }
    if (name === '.class' || !name.startsWith('.')) scope.classVariable = variable;
  }
  scope.variables.set(name, variable);
  return variable;
}

function newScope(info: ScopeInfoData, outer: Scope): Scope {
  switch (info.scopeType) {
    case 'function':
    case 'eval':
    case 'module': {
      const scope = new DeclarationScope(outer, info.scopeType, info.functionKind ?? 'normal');
      // What is in the context comes from the ScopeInfo; nothing is in registers any more.
      scope.variables.clear();
      scope.locals.length = 0;
      scope.newTargetVar = undefined;
      scope.thisFunctionVar = undefined;
      scope.isMethod = info.isMethod === true;
      scope.isStatic = info.isStatic === true;
      scope.callsSloppyEval = info.hasExtension && info.scopeType === 'function';
      return scope;
    }
    case 'class':
      return new ClassScope(outer, false);
    case 'block': {
      if (!info.hasExtension) return new Scope(outer, 'block');
      // The body of a function with patterns or defaults: an eval in it extends this scope.
      const scope = new DeclarationScope(outer, 'block');
      scope.callsSloppyEval = true;
      return scope;
    }
    default:
      return new Scope(outer, info.scopeType);
  }
}
