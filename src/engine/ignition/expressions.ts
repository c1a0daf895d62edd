// Expressions that have no file of their own: literals, variables, conditionals, templates, functions, imports.

import { Bytecode } from '../bytecode/index.ts';
import { FeedbackSlotKind, ImportPhase } from '../objects/index.ts';
import type { ast } from '../parser/index.ts';
import { Labels } from './bytecode-array-builder.ts';
import { ConditionalBuilder } from './control.ts';
import type { BytecodeGenerator } from './generator.ts';
import { toBooleanIsFalse, toBooleanIsTrue } from './known-values.ts';
import { loadVariable } from './variables.ts';
import type { ExpressionVisitors } from './visitors.ts';

export const expressionVisitors = {
  Literal: visitLiteral,
  VariableProxy: visitVariable,
  ThisExpression: visitThis,
  Conditional: visitConditional,
  ConditionalChain: visitConditionalChain,
  Throw: visitThrow,
  RegExpLiteral: visitRegExp,
  TemplateLiteral: visitTemplate,
  GetTemplateObject: visitTemplateObject,
  ImportCall: visitImportCall,
  ImportMeta: (g) => g.intrinsic('GetImportMetaObject', g.noArguments()),
  FunctionLiteral: (g, literal) => g.createClosure(literal),
} satisfies Partial<ExpressionVisitors>;

// ---- Literals, variables, functions ----

function visitLiteral(g: BytecodeGenerator, expression: ast.Literal): void {
  if (g.result?.kind !== 'effect') loadLiteral(g, expression.literal);
}

function visitVariable(g: BytecodeGenerator, proxy: ast.VariableProxy): void {
  g.b.setExpressionPosition(proxy.position);
  loadVariable(g, proxy.variable!, proxy.needsHoleCheck);
}

function visitThis(g: BytecodeGenerator): void {
  const variable = g.scope.getReceiverScope().receiver!;
  loadVariable(g, variable, variable.needsInit);
}

function visitRegExp(g: BytecodeGenerator, { pattern, flags }: ast.RegExpLiteral): void {
  const constant = g.b.string(pattern);
  g.b.emit(Bytecode.CreateRegExpLiteral, constant, g.addSlot(FeedbackSlotKind.Literal), flags);
}

function loadLiteral(g: BytecodeGenerator, literal: ast.LiteralValue): void {
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

// ---- Throw, import ----

function visitThrow(g: BytecodeGenerator, expression: ast.Throw): void {
  g.value(expression.exception);
  g.b.setExpressionPosition(expression.position);
  g.b.emit(Bytecode.Throw);
}

function visitImportCall(g: BytecodeGenerator, expression: ast.ImportCall): void {
  const b = g.b;
  const args = g.regs.newList(expression.options ? 4 : 3);
  b.moveRegister(-5, args.at(0));
  g.into(expression.specifier, args.at(1));
  b.loadSmi(expression.isSourcePhase ? ImportPhase.Source : ImportPhase.Evaluation);
  b.storeRegister(args.at(2));
  if (expression.options) g.into(expression.options, args.at(3));
  b.setExpressionPosition(expression.position);
  g.runtime('DynamicImportCall', args);
}

// ---- Conditional, template ----

function visitConditional(g: BytecodeGenerator, expression: ast.Conditional): void {
  const conditional = new ConditionalBuilder(g.b);
  if (toBooleanIsTrue(expression.condition)) {
    conditional.then();
    g.value(expression.then);
  } else if (toBooleanIsFalse(expression.condition)) {
    conditional.else();
    g.value(expression.else);
  } else {
    g.test(expression.condition, conditional.thenLabels, conditional.elseLabels, 'then');
    g.mergeBranches(
      () => {
        conditional.then();
        g.value(expression.then);
        conditional.jumpToEnd();
      },
      () => {
        conditional.else();
        g.value(expression.else);
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
  for (const { condition, then } of chain.entries) {
    if (toBooleanIsTrue(condition)) {
      g.value(then);
      decided = true;
      break;
    }
    if (toBooleanIsFalse(condition)) continue;
    const thenLabels = new Labels();
    const elseLabels = new Labels();
    g.test(condition, thenLabels, elseLabels, 'then');
    g.inHoleCheckScope(() => {
      thenLabels.bind(b);
      g.value(then);
      b.jump(Bytecode.Jump, end.next());
    });
    elseLabels.bind(b);
  }
  if (!decided) {
    g.inHoleCheckScope(() => g.value(chain.else));
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

function visitTemplateObject(g: BytecodeGenerator, { cooked, raw, position }: ast.GetTemplateObject): void {
  const b = g.b;
  b.setExpressionPosition(position);
  const index = b.constants.insertDeferred();
  b.constants.setDeferred(index, { kind: 'templateObject', cooked, raw });
  b.emit(Bytecode.GetTemplateObject, index, g.addSlot(FeedbackSlotKind.Literal));
}
