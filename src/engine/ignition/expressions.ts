// Expressions → bytecode: who visits which, literals, conditionals, templates. The other kinds have their own files.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind, ImportPhase } from '../objects/index.ts';
import { type ast, literalTruth } from '../parser/index.ts';
import { visitAssignment, visitCompoundAssignment, visitCount } from './assignments.ts';
import { Labels } from './bytecode-array-builder.ts';
import { visitCall, visitCallRuntime, visitNew, visitSuperCallForwardArgs } from './calls.ts';
import { visitClass } from './classes.ts';
import { visitCompare } from './comparisons.ts';
import { ConditionalBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { visitAwait, visitYield, visitYieldStar } from './generators.ts';
import { visitArrayLiteral, visitObjectLiteral } from './literals.ts';
import { visitBinary, visitNary, visitUnary } from './operations.ts';
import { optionalChain, visitProperty } from './properties.ts';
import { loadVariable } from './variables.ts';

export function literalValue(expression: ast.Expression): ast.LiteralValue | undefined {
  return expression.kind === 'Literal' ? expression.literal : undefined;
}

export function smiLiteral(expression: ast.Expression): number | undefined {
  const literal = literalValue(expression);
  return literal?.type === 'smi' ? literal.value : undefined;
}

export function isUndefinedLiteral(expression: ast.Expression): boolean {
  if (literalValue(expression)?.type === 'undefined') return true;
  return (
    expression.kind === 'VariableProxy' &&
    expression.name === 'undefined' &&
    expression.variable?.location === 'unallocated'
  );
}

export function isNullLiteral(expression: ast.Expression): boolean {
  return literalValue(expression)?.type === 'null';
}

export function toBooleanIsTrue(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === true;
}

export function toBooleanIsFalse(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === false;
}

export function visitExpression(g: BytecodeGenerator, expression: ast.Expression): void {
  const b = g.b;
  switch (expression.kind) {
    case 'Literal':
      if (g.result?.kind === 'effect') return;
      return loadLiteral(g, expression.literal);
    case 'VariableProxy':
      b.setExpressionPosition(expression.position);
      return loadVariable(g, expression.variable!, expression.needsHoleCheck);
    case 'ThisExpression': {
      const variable = g.scope.getReceiverScope().receiver!;
      return loadVariable(g, variable, variable.needsInit);
    }
    case 'Property':
      return visitProperty(g, expression);
    case 'Call':
      return visitCall(g, expression);
    case 'CallNew':
      return visitNew(g, expression);
    case 'CallRuntime':
      return visitCallRuntime(g, expression);
    case 'SuperCallForwardArgs':
      return visitSuperCallForwardArgs(g, expression);
    case 'UnaryOperation':
      return visitUnary(g, expression);
    case 'CountOperation':
      return visitCount(g, expression);
    case 'BinaryOperation':
      return visitBinary(g, expression);
    case 'NaryOperation':
      return visitNary(g, expression);
    case 'CompareOperation':
      return visitCompare(g, expression);
    case 'Conditional':
      return visitConditional(g, expression);
    case 'ConditionalChain':
      return visitConditionalChain(g, expression);
    case 'Assignment':
      return visitAssignment(g, expression);
    case 'CompoundAssignment':
      return visitCompoundAssignment(g, expression);
    case 'Yield':
      return visitYield(g, expression);
    case 'YieldStar':
      return visitYieldStar(g, expression);
    case 'Await':
      return visitAwait(g, expression);
    case 'Throw':
      g.value(expression.exception);
      b.setExpressionPosition(expression.position);
      b.emit(Bytecode.Throw);
      return;
    case 'OptionalChain':
      optionalChain(g, () => visitExpression(g, expression.expression));
      return;
    case 'ObjectLiteral':
      return visitObjectLiteral(g, expression);
    case 'ArrayLiteral':
      return visitArrayLiteral(g, expression);
    case 'RegExpLiteral': {
      const pattern = b.string(expression.pattern);
      b.emit(Bytecode.CreateRegExpLiteral, pattern, g.addSlot(FeedbackSlotKind.Literal), expression.flags);
      return;
    }
    case 'TemplateLiteral':
      return visitTemplate(g, expression);
    case 'GetTemplateObject': {
      const { cooked, raw } = expression;
      b.setExpressionPosition(expression.position);
      const index = b.constants.insertDeferred();
      b.constants.setDeferred(index, { kind: 'templateObject', cooked, raw });
      b.emit(Bytecode.GetTemplateObject, index, g.addSlot(FeedbackSlotKind.Literal));
      return;
    }
    case 'ImportCall': {
      const args = g.regs.newList(expression.options ? 4 : 3);
      b.moveRegister(-5, args.at(0));
      g.into(expression.specifier, args.at(1));
      b.loadSmi(expression.isSourcePhase ? ImportPhase.Source : ImportPhase.Evaluation);
      b.storeRegister(args.at(2));
      if (expression.options) g.into(expression.options, args.at(3));
      b.setExpressionPosition(expression.position);
      g.runtime('DynamicImportCall', args);
      return;
    }
    case 'ImportMeta':
      g.intrinsic('GetImportMetaObject', g.noArguments());
      return;
    case 'FunctionLiteral':
      return createClosure(g, expression);
    case 'ClassLiteral':
      return visitClass(g, expression);
    default:
      throw new Error(`Cannot generate code for ${expression.kind}`);
  }
}

export function loadLiteral(g: BytecodeGenerator, literal: ast.LiteralValue): void {
  const b = g.b;
  switch (literal.type) {
    case 'smi':
      b.loadSmi(literal.value);
      return;
    case 'number':
      b.loadConstant({ kind: 'number', value: literal.value });
      return;
    case 'string':
      b.loadString(literal.value);
      g.setInternalizedString();
      return;
    case 'consString':
      b.loadConstant({ kind: 'consString', value: literal.value });
      return;
    case 'bigint':
      b.loadConstant({ kind: 'bigint', value: literal.value });
      return;
    case 'symbol':
      b.loadConstant({ kind: 'symbol', value: literal.value });
      return;
    case 'undefined':
      b.emit(Bytecode.LdaUndefined);
      return;
    case 'null':
      b.emit(Bytecode.LdaNull);
      return;
    case 'true':
      b.emit(Bytecode.LdaTrue);
      g.setBoolean();
      return;
    case 'false':
      b.emit(Bytecode.LdaFalse);
      g.setBoolean();
      return;
    case 'theHole':
      b.emit(Bytecode.LdaTheHole);
  }
}

export function createClosure(g: BytecodeGenerator, literal: ast.FunctionLiteral): void {
  const index = g.functionConstant(literal);
  const slot = g.newClosureSlot();
  g.b.emit(Bytecode.CreateClosure, index, slot, literal.pretenure ? 1 : g.closureScope.isFunctionScope ? 2 : 0);
}

// ---- Conditional, template ----

function visitConditional(g: BytecodeGenerator, expression: ast.Conditional): void {
  const conditional = new ConditionalBuilder(g.b);
  if (toBooleanIsTrue(expression.condition)) {
    conditional.consequent();
    g.value(expression.consequent);
  } else if (toBooleanIsFalse(expression.condition)) {
    conditional.alternate();
    g.value(expression.alternate);
  } else {
    g.test(expression.condition, conditional.thenLabels, conditional.elseLabels, 'then');
    g.mergeBranches(
      () => {
        conditional.consequent();
        g.value(expression.consequent);
        conditional.jumpToEnd();
      },
      () => {
        conditional.alternate();
        g.value(expression.alternate);
      },
    );
  }
  conditional.finish();
}

function visitConditionalChain(g: BytecodeGenerator, chain: ast.ConditionalChain): void {
  const b = g.b;
  const end = new Labels();
  const before = g.holeChecked;
  let decided = false;
  for (const { condition, consequent } of chain.entries) {
    if (toBooleanIsTrue(condition)) {
      g.value(consequent);
      decided = true;
      break;
    }
    if (toBooleanIsFalse(condition)) continue;
    const thenLabels = new Labels();
    const elseLabels = new Labels();
    g.test(condition, thenLabels, elseLabels, 'then');
    g.inHoleCheckScope(() => {
      thenLabels.bind(b);
      g.value(consequent);
      b.jump(Bytecode.Jump, end.next());
    });
    elseLabels.bind(b);
  }
  if (!decided) {
    g.inHoleCheckScope(() => g.value(chain.alternate));
  }
  g.holeChecked = before;
  end.bind(b);
}

function visitTemplate(g: BytecodeGenerator, template: ast.TemplateLiteral): void {
  const b = g.b;
  const slot = g.addSlot(FeedbackSlotKind.BinaryOp);
  const lastPart = g.regs.newRegister();
  let valid = false;
  b.setExpressionPosition(template.position);
  template.substitutions.forEach((substitution, i) => {
    const part = template.strings[i]!;
    if (i !== 0) {
      b.storeRegister(lastPart);
      valid = true;
    }
    if (part !== '') {
      b.loadString(part);
      if (valid) b.emit(Bytecode.Add, lastPart, slot);
      b.storeRegister(lastPart);
      valid = true;
    }
    const hint = g.value(substitution);
    if (hint !== 'string' && hint !== 'internalizedString') b.emit(Bytecode.ToString);
    if (valid) b.emit(Bytecode.Add, lastPart, slot);
    valid = false;
  });
  const tail = template.strings[template.strings.length - 1]!;
  if (tail !== '') {
    b.storeRegister(lastPart);
    b.loadString(tail);
    b.emit(Bytecode.Add, lastPart, slot);
  }
}
