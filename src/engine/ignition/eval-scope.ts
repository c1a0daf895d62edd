// Scopes of code that is running, rebuilt from their ScopeInfo, so that a direct eval's code finds its variables.

import type { ScopeInfoData } from '../bytecode/index.ts';
import { ClassScope, DeclarationScope, Scope, Variable } from '../parser/index.ts';

export function rebuildScope(info: ScopeInfoData | undefined): Scope {
  if (info === undefined) return new DeclarationScope(undefined, 'script', 'script');
  const outer = info.outer === undefined && info.scopeType === 'script' ? undefined : rebuildScope(info.outer);
  const scope = newScope(info, outer);
  scope.languageMode = info.languageMode;
  scope.start = info.start;
  scope.end = info.end;
  if (info.hasExtension && scope.isDeclarationScope) (scope as DeclarationScope).callsSloppyEval = true;
  const header = info.hasExtension || scope.isScriptScope ? 3 : 2;
  info.contextLocals.forEach((local, i) => {
    const variable = new Variable(
      scope,
      local.name,
      local.mode,
      local.name === 'this' ? 'this' : 'normal',
      local.needsInitialization,
    );
    variable.allocateTo('context', header + i);
    variable.isUsed = true;
    // Nobody knows who else assigns it.
    variable.maybeAssigned = variable.mode !== 'const';
    if (scope.isDeclarationScope) {
      const declaration = scope as DeclarationScope;
      if (local.name === 'this') {
        declaration.receiver = variable;
        return;
      }
      if (local.name === '.new.target') declaration.newTargetVar = variable;
      if (local.name === '.this_function') declaration.thisFunctionVar = variable;
    }
    if (local.name.startsWith('#') && scope instanceof ClassScope) scope.privateNames.set(local.name, variable);
    else scope.variables.set(local.name, variable);
  });
  scope.heapSlots = header + info.contextLocals.length;
  return scope;
}

function newScope(info: ScopeInfoData, outer: Scope | undefined): Scope {
  switch (info.scopeType) {
    case 'function':
    case 'eval':
    case 'script':
    case 'module': {
      const scope = new DeclarationScope(outer, info.scopeType, info.functionKind ?? 'normal');
      // What is in the context comes from the ScopeInfo; nothing is in registers any more.
      scope.variables.clear();
      scope.locals.length = 0;
      scope.newTargetVar = undefined;
      scope.thisFunctionVar = undefined;
      return scope;
    }
    case 'class':
      return new ClassScope(outer!, false);
    default:
      return new Scope(outer, info.scopeType);
  }
}
