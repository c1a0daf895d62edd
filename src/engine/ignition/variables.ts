// Loads and stores of variables, wherever the scope analysis put them.

import { Bytecode, FIRST_PARAMETER_INDEX, RECEIVER_INDEX } from '../bytecode/index.ts';
import { FeedbackSlotKind } from '../objects/index.ts';
import { type DeclarationScope, isUsingMode, type Scope, type Variable } from '../parser/index.ts';
import type { BytecodeGenerator } from './generator.ts';

export function registerOf(variable: Variable): number {
  if (variable.location === 'local') return variable.index;
  return variable.isThis ? RECEIVER_INDEX : FIRST_PARAMETER_INDEX - variable.index;
}

function needsHoleCheck(g: BytecodeGenerator, variable: Variable, required: boolean): boolean {
  return required && !g.holeChecked.has(variable);
}

export function throwIfHole(g: BytecodeGenerator, variable: Variable): void {
  if (variable.isThis) g.b.emit(Bytecode.ThrowSuperNotCalledIfHole);
  else g.b.emit(Bytecode.ThrowReferenceErrorIfHole, g.b.string(variable.name));
  g.holeChecked.add(variable);
}

/** Register and depth of the context that holds the variable, as seen from here. */
function contextOf(g: BytecodeGenerator, variable: Variable): { register: number; depth: number } {
  const depth = g.context!.chainDepth(variable.scope);
  const context = g.context!.previous(depth);
  if (context !== undefined) return { register: context.register, depth: 0 };
  return { register: g.context!.register, depth };
}

function loadContextSlot(g: BytecodeGenerator, variable: Variable, immutable: boolean): void {
  const { register, depth } = contextOf(g, variable);
  const script = variable.scope.isScriptScope && !immutable;
  const isCurrent = register === -6 && depth === 0;
  if (isCurrent) {
    g.b.emit(
      immutable
        ? Bytecode.LdaImmutableCurrentContextSlot
        : script
          ? Bytecode.LdaCurrentScriptContextSlot
          : Bytecode.LdaCurrentContextSlot,
      variable.index,
    );
  } else {
    g.b.emit(
      immutable ? Bytecode.LdaImmutableContextSlot : script ? Bytecode.LdaScriptContextSlot : Bytecode.LdaContextSlot,
      register,
      variable.index,
      depth,
    );
  }
}

function storeContextSlot(g: BytecodeGenerator, variable: Variable): void {
  const { register, depth } = contextOf(g, variable);
  const script = variable.scope.isScriptScope;
  if (register === -6 && depth === 0) {
    g.b.emit(script ? Bytecode.StaCurrentScriptContextSlot : Bytecode.StaCurrentContextSlot, variable.index);
  } else {
    g.b.emit(script ? Bytecode.StaScriptContextSlot : Bytecode.StaContextSlot, register, variable.index, depth);
  }
}

export function loadVariable(g: BytecodeGenerator, variable: Variable, holeCheck: boolean, insideTypeof = false): void {
  const b = g.b;
  switch (variable.location) {
    case 'local':
    case 'parameter':
      b.loadRegister(registerOf(variable));
      break;
    case 'unallocated': {
      if (variable.name === 'undefined') {
        b.emit(Bytecode.LdaUndefined);
        return;
      }
      const kind = insideTypeof ? FeedbackSlotKind.LoadGlobalInsideTypeof : FeedbackSlotKind.LoadGlobalNotInsideTypeof;
      const slot = g.cachedSlot(kind, g.variableKey(variable));
      b.emit(insideTypeof ? Bytecode.LdaGlobalInsideTypeof : Bytecode.LdaGlobal, b.string(variable.name), slot);
      return;
    }
    case 'context': {
      const immutable = !variable.maybeAssigned;
      if (immutable && b.optimizer.accumulatorHolds(variable)) return;
      loadContextSlot(g, variable, immutable);
      if (needsHoleCheck(g, variable, holeCheck)) throwIfHole(g, variable);
      if (immutable) b.optimizer.setAccumulatorHolds(variable);
      return;
    }
    case 'lookup': {
      loadLookup(g, variable, insideTypeof);
      return;
    }
    case 'module': {
      const depth = g.context!.chainDepth(variable.scope);
      b.emit(Bytecode.LdaModuleVariable, variable.index, depth);
      break;
    }
  }
  if (needsHoleCheck(g, variable, holeCheck)) throwIfHole(g, variable);
}

function loadLookup(g: BytecodeGenerator, variable: Variable, insideTypeof: boolean): void {
  const b = g.b;
  const name = b.string(variable.name);
  if (variable.mode === 'dynamicLocal') {
    const local = variable.localIfNotShadowed!;
    if (local.isContextSlot) {
      const depth = g.context!.chainDepth(local.scope);
      b.emit(
        insideTypeof ? Bytecode.LdaLookupContextSlotInsideTypeof : Bytecode.LdaLookupContextSlot,
        name,
        local.index,
        depth,
      );
      if (local.needsInit && !g.holeChecked.has(local)) throwIfHole(g, local);
      return;
    }
  }
  if (variable.mode === 'dynamicGlobal') {
    let depth = 0;
    let length = 0;
    for (let scope: Scope | undefined = g.scope; scope !== undefined; scope = scope.outer) {
      if (!scope.needsContext) continue;
      length++;
      if (scope.isDeclarationScope && (scope as DeclarationScope).callsSloppyEval) depth = length;
    }
    const kind = insideTypeof ? FeedbackSlotKind.LoadGlobalInsideTypeof : FeedbackSlotKind.LoadGlobalNotInsideTypeof;
    const slot = g.cachedSlot(kind, g.variableKey(variable));
    b.emit(insideTypeof ? Bytecode.LdaLookupGlobalSlotInsideTypeof : Bytecode.LdaLookupGlobalSlot, name, slot, depth);
    return;
  }
  b.emit(insideTypeof ? Bytecode.LdaLookupSlotInsideTypeof : Bytecode.LdaLookupSlot, name);
}

function isConstMode(variable: Variable): boolean {
  return variable.mode === 'const' || isUsingMode(variable.mode);
}

/** Stores the accumulator. `op` is 'init' for a declaration's own initialization. */
export function assignVariable(
  g: BytecodeGenerator,
  variable: Variable,
  op: '=' | 'init',
  holeCheck: boolean,
  legacySloppy = false,
): void {
  for (let scope = g.forIn; scope !== undefined; scope = scope.outer)
    if (scope.copy === variable) scope.copy = undefined;
    else if (scope.variables.includes(variable))
      scope.variables = scope.variables.filter((other) => other !== variable);
  store(g, variable, op, holeCheck, legacySloppy);
  if (op === 'init' && variable.needsInit && !variable.isThis) g.holeChecked.add(variable);
}

function store(
  g: BytecodeGenerator,
  variable: Variable,
  op: '=' | 'init',
  holeCheck: boolean,
  legacySloppy: boolean,
): void {
  const b = g.b;
  const check = op === 'init' ? variable.isThis && holeCheck : needsHoleCheck(g, variable, holeCheck);
  const stores = op === 'init' || !isConstMode(variable);
  const throwsOnConst = variable.kind !== 'sloppyFunctionName' || g.isStrict;
  // V8 tells them apart in registers only.
  const localError = isUsingMode(variable.mode) ? 'ThrowUsingAssignError' : 'ThrowConstAssignError';
  const checkHole = (load: () => void): void => {
    const saved = g.regs.next;
    const value = g.regs.newRegister();
    b.storeRegister(value);
    load();
    if (variable.isThis) {
      b.emit(Bytecode.ThrowSuperAlreadyCalledIfNotHole);
      g.holeChecked.add(variable);
    } else throwIfHole(g, variable);
    b.loadRegister(value);
    g.regs.release(saved);
  };
  switch (variable.location) {
    case 'local':
    case 'parameter': {
      const register = registerOf(variable);
      if (check) checkHole(() => b.loadRegister(register));
      if (stores) b.storeRegister(register);
      else if (throwsOnConst) g.runtime(localError);
      return;
    }
    case 'unallocated': {
      const kind = g.isStrict ? FeedbackSlotKind.StoreGlobalStrict : FeedbackSlotKind.StoreGlobalSloppy;
      const keep = g.result !== undefined && g.result.kind !== 'effect';
      const saved = g.regs.next;
      const value = keep ? g.regs.newRegister() : -1;
      if (keep) b.storeRegister(value);
      b.emit(Bytecode.StaGlobal, b.string(variable.name), g.cachedSlot(kind, g.variableKey(variable)));
      if (keep) b.loadRegister(value);
      g.regs.release(saved);
      return;
    }
    case 'context':
      if (check) checkHole(() => loadContextSlot(g, variable, false));
      if (stores) storeContextSlot(g, variable);
      else if (throwsOnConst) g.runtime('ThrowConstAssignError');
      return;
    case 'lookup': {
      const flags = (g.isStrict ? 1 : 0) | (legacySloppy ? 2 : 0);
      b.emit(Bytecode.StaLookupSlot, b.string(variable.name), flags);
      return;
    }
    case 'module': {
      if (isConstMode(variable) && op !== 'init') {
        g.runtime('ThrowConstAssignError');
        return;
      }
      const depth = g.context!.chainDepth(variable.scope);
      if (check) checkHole(() => b.emit(Bytecode.LdaModuleVariable, variable.index, depth));
      b.emit(Bytecode.StaModuleVariable, variable.index, depth);
    }
  }
}
