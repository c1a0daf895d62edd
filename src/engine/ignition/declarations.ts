// Declarations at scope entry: holes for lexical bindings that someone may read too early, closures for functions.

import { Bytecode, CLOSURE_INDEX, type Constant, type GlobalDeclaration } from '../bytecode/index.ts';
import type { ast, Variable } from '../parser/index.ts';
import type { BytecodeGenerator } from './generator.ts';
import { assignVariable } from './variables.ts';

export function visitDeclarations(g: BytecodeGenerator, declarations: readonly ast.Declaration[]): void {
  for (const declaration of declarations) {
    const saved = g.regs.next;
    if (declaration.kind === 'VariableDeclaration') variableDeclaration(g, declaration.variable);
    else functionDeclaration(g, declaration.variable, declaration.function);
    g.regs.release(saved);
  }
}

function variableDeclaration(g: BytecodeGenerator, variable: Variable): void {
  if (!variable.isUsed) return;
  switch (variable.location) {
    case 'local':
    case 'parameter':
      if (variable.bindingNeedsInit) {
        g.b.emit(Bytecode.LdaTheHole);
        g.b.storeRegister(variable.location === 'local' ? variable.index : -10 - variable.index);
      }
      return;
    case 'context':
      // A script context is made with holes in it.
      if (variable.bindingNeedsInit && !variable.scope.isScriptScope) {
        g.b.emit(Bytecode.LdaTheHole);
        assignVariable(g, variable, 'init', false);
        g.holeChecked.delete(variable);
      }
      return;
    case 'lookup': {
      const args = g.regs.newList(1);
      g.b.loadString(variable.name);
      g.b.storeRegister(args.first);
      g.runtime('DeclareEvalVar', args);
      return;
    }
    case 'module':
      if (variable.isExport && variable.bindingNeedsInit) {
        g.b.emit(Bytecode.LdaTheHole);
        assignVariable(g, variable, 'init', false);
        g.holeChecked.delete(variable);
      }
      return;
    default:
  }
}

function functionDeclaration(g: BytecodeGenerator, variable: Variable, literal: ast.FunctionLiteral): void {
  if (!variable.isUsed) return;
  switch (variable.location) {
    case 'local':
    case 'parameter':
    case 'context':
    case 'module':
      g.createClosure(literal);
      assignVariable(g, variable, 'init', false);
      return;
    case 'lookup': {
      const args = g.regs.newList(2);
      g.b.loadString(variable.name);
      g.b.storeRegister(args.at(0));
      g.createClosure(literal);
      g.b.storeRegister(args.at(1));
      g.runtime('DeclareEvalFunction', args);
      return;
    }
    default:
  }
}

/** A module's own declarations, then its exports' cells in one call, then its namespace objects. */
export function visitModuleDeclarations(g: BytecodeGenerator, declarations: readonly ast.Declaration[]): void {
  const b = g.b;
  const elements: Constant[] = [];
  for (const declaration of declarations) {
    const { variable } = declaration;
    if (!variable.isUsed) continue;
    if (variable.location !== 'module') {
      visitDeclarations(g, [declaration]);
      continue;
    }
    if (declaration.kind === 'FunctionDeclaration') {
      elements.push({ kind: 'function', value: g.functions.of(declaration.function) });
      const slot = { kind: 'smi' as const, value: -1 };
      elements.push(slot);
      g.atEnd.push(() => {
        slot.value = g.newClosureSlot();
      });
    } else if (!variable.bindingNeedsInit) continue;
    elements.push({ kind: 'smi', value: variable.index });
  }
  if (elements.length > 0) {
    const index = b.constants.insertDeferred();
    b.constants.setDeferred(index, { kind: 'fixedArray', elements });
    const args = g.regs.newList(2);
    b.emit(Bytecode.LdaConstant, index);
    b.storeRegister(args.at(0));
    b.moveRegister(CLOSURE_INDEX, args.at(1));
    g.runtime('DeclareModuleExports', args);
    g.regs.release(args.first);
  }
  for (const { request, variable } of g.literal.module?.namespaceImports ?? []) {
    const args = g.regs.newList(1);
    b.loadSmi(request);
    b.storeRegister(args.first);
    g.runtime('GetModuleNamespace', args);
    assignVariable(g, variable, 'init', false);
    g.regs.release(args.first);
  }
}

export function visitGlobalDeclarations(g: BytecodeGenerator, declarations: readonly ast.Declaration[]): void {
  const seen = new Set<unknown>();
  const globals: GlobalDeclaration[] = [];
  const b = g.b;
  const entries = declarations.filter((d) => d.variable.isGlobalObjectProperty);
  const index = entries.length > 0 ? b.constants.insertDeferred() : -1;
  for (const declaration of entries) {
    const { variable } = declaration;
    if (declaration.kind === 'VariableDeclaration') {
      if (seen.has(variable)) continue;
      if (declarations.some((d) => d.kind === 'FunctionDeclaration' && d.variable === variable)) continue;
      globals.push({ kind: 'var', name: variable.name });
    } else {
      const value = g.functions.of(declaration.function);
      const slot = { feedbackSlot: -1 };
      globals.push(Object.assign(slot, { kind: 'function' as const, name: variable.name, value }));
      // Global functions' slots come after those of the code.
      g.atEnd.push(() => {
        slot.feedbackSlot = g.newClosureSlot();
      });
    }
    seen.add(variable);
  }
  if (index >= 0) {
    b.constants.setDeferred(index, { kind: 'globalDeclarations', declarations: globals });
    const args = g.regs.newList(2);
    b.emit(Bytecode.LdaConstant, index);
    b.storeRegister(args.at(0));
    b.moveRegister(CLOSURE_INDEX, args.at(1));
    g.runtime('DeclareGlobals', args);
    g.regs.release(args.first);
  }
  visitDeclarations(
    g,
    declarations.filter((d) => !d.variable.isGlobalObjectProperty),
  );
}
