// What a number counts (layout/units.ts) goes along with it. The compiler sees units where they are declared; this follows them through
// arithmetic and inferred locals. Reported is
//
//   a + b, a - b, a < b …   of different units: an address and a word index, a register and a slot
//   i32[a], u8[w]           the memory's words at an address, its bytes at a word index
//   f(a), x = a, return a   where another unit is declared
//
// Rules of arithmetic: a shift by two, or a four, makes word indices of addresses and back; a tag taken off makes an address; a number
// without a unit leaves the other's; a difference has none.

import path from 'node:path';
import ts from 'classic-typescript';
import { engineProgram, isOfEngine, root } from './engine-program.ts';

/** Enums of offsets, by what they are added to. */
const offsetUnits: Readonly<Record<string, string>> = {
  FrameOffset: 'address',
  BuiltinExitFrame: 'address',
  ExitFrame: 'address',
  ConstructFrame: 'address',
  FrameWord: 'word index',
  BuiltinExitFrameWord: 'word index',
  ExitFrameWord: 'word index',
  ConstructFrameWord: 'word index',
  Region: 'address',
};

const comparisons = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** What may index a view of the memory. */
const indexUnits: readonly (readonly [view: RegExp, unit: string])[] = [
  [/\bi32$/, 'word index'],
  [/\bu8$/, 'address'],
];

const bare = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) ? bare(node.expression) : node;

const isNumber = (node: ts.Expression, text: string): boolean => bare(node).getText() === text;

export class Units {
  private readonly checker: ts.TypeChecker;
  private readonly known = new Map<ts.Node, string | undefined>();
  readonly problems: string[] = [];

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
  }

  checkFile(file: ts.SourceFile): void {
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node)) this.checkBinary(node);
      else if (ts.isElementAccessExpression(node)) this.checkIndex(node);
      if (ts.isExpression(node) && isGiven(node)) this.checkGiven(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }

  private report(node: ts.Node, text: string): void {
    const file = node.getSourceFile();
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const name = path.relative(path.join(root, 'src/engine'), file.fileName).replaceAll('\\', '/');
    this.problems.push(`${name}:${line}: ${node.getText().split('\n')[0]}: ${text}`);
  }

  private checkBinary(node: ts.BinaryExpression): void {
    const { kind } = node.operatorToken;
    const isSum = kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.MinusToken;
    if (!isSum && !comparisons.has(kind)) return;
    const left = this.unitOf(node.left);
    const right = this.unitOf(node.right);
    if (left === undefined || right === undefined || left === right) return;
    // a pointer is looked for in a region with its tag
    if (!isSum && [left, right].every((unit) => unit === 'tagged' || unit === 'address')) return;
    this.report(node, `${left} and ${right}`);
  }

  private checkIndex(node: ts.ElementAccessExpression): void {
    const wanted = indexUnits.find(([view]) => view.test(node.expression.getText()))?.[1];
    const unit = wanted === undefined ? undefined : this.unitOf(node.argumentExpression);
    if (unit !== undefined && unit !== wanted) this.report(node, `${unit} where a ${wanted} is wanted`);
  }

  /** An expression that goes where a type is declared. What has its unit from its own type is the compiler's to check. */
  private checkGiven(node: ts.Expression): void {
    if (this.flavorOf(this.checker.getTypeAtLocation(node)) !== undefined) return;
    const type = this.checker.getContextualType(node);
    const wanted = type === undefined ? undefined : this.flavorOf(type);
    const unit = wanted === undefined ? undefined : this.unitOf(node);
    if (unit !== undefined && unit !== wanted) this.report(node, `${unit} where a ${wanted} is wanted`);
  }

  private flavorOf(type: ts.Type): string | undefined {
    if (type.isUnion()) {
      const units = new Set(type.types.map((part) => this.flavorOf(part)));
      units.delete(undefined);
      return units.size === 1 ? [...units][0] : undefined;
    }
    const flavor = type.isIntersection() ? type.getProperty('flavor') : undefined;
    if (flavor === undefined) return undefined;
    const of = this.checker.getTypeOfSymbol(flavor);
    const literal = (of.isUnion() ? of.types : [of]).find((part) => part.isStringLiteral());
    return literal?.isStringLiteral() ? literal.value : undefined;
  }

  unitOf(expression: ts.Expression): string | undefined {
    const node = bare(expression);
    if (this.known.has(node)) return this.known.get(node);
    this.known.set(node, undefined);
    const unit = this.flavorOf(this.checker.getTypeAtLocation(node)) ?? this.inferred(node);
    this.known.set(node, unit);
    return unit;
  }

  private inferred(node: ts.Expression): string | undefined {
    if (ts.isBinaryExpression(node)) return this.ofBinary(node);
    if (ts.isConditionalExpression(node)) {
      const whenTrue = this.unitOf(node.whenTrue);
      return whenTrue === this.unitOf(node.whenFalse) ? whenTrue : undefined;
    }
    if (ts.isPropertyAccessExpression(node)) return this.ofOffset(node);
    return ts.isIdentifier(node) ? this.ofLocal(node) : undefined;
  }

  /** A member of an enum of offsets. */
  private ofOffset({ expression }: ts.PropertyAccessExpression): string | undefined {
    const name = ts.isIdentifier(expression) ? expression.text : '';
    return Object.hasOwn(offsetUnits, name) ? offsetUnits[name] : undefined;
  }

  /** A const without a type is what it was made of. */
  private ofLocal(node: ts.Identifier): string | undefined {
    const declaration = this.checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
    const isInferred = declaration.type === undefined && declaration.initializer !== undefined;
    const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return isInferred && isConst ? this.unitOf(declaration.initializer!) : undefined;
  }

  private ofBinary({ left, right, operatorToken: { kind } }: ts.BinaryExpression): string | undefined {
    const a = this.unitOf(left);
    switch (kind) {
      case ts.SyntaxKind.PlusToken: {
        const b = this.unitOf(right);
        return a === undefined || b === undefined || a === b ? (a ?? b) : undefined;
      }
      case ts.SyntaxKind.MinusToken:
        if (a === 'tagged') return isNumber(right, '1') ? 'address' : undefined;
        return this.unitOf(right) === undefined ? a : undefined;
      case ts.SyntaxKind.GreaterThanGreaterThanToken:
      case ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken:
        if (isNumber(right, '0')) return a;
        return a === 'address' && isNumber(right, '2') ? 'word index' : undefined;
      case ts.SyntaxKind.LessThanLessThanToken:
        return a === 'word index' && isNumber(right, '2') ? 'address' : undefined;
      case ts.SyntaxKind.AsteriskToken:
        return a === 'word index' && isNumber(right, '4') ? 'address' : undefined;
      case ts.SyntaxKind.SlashToken:
        return a === 'address' && isNumber(right, '4') ? 'word index' : undefined;
      default:
        return undefined;
    }
  }
}

/** Whether an expression is handed over as it is: an argument, what is assigned or returned, a property. */
const isGiven = (node: ts.Expression): boolean => {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.arguments?.includes(node) === true;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent))
    return parent.initializer === node;
  return ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
};

export function unitsIn(program: ts.Program, isOurs: (fileName: string) => boolean): string[] {
  const units = new Units(program);
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) units.checkFile(file);
  return units.problems;
}

export const checkUnits = (program: ts.Program): string[] => unitsIn(program, isOfEngine);

if (process.argv[1] !== undefined && import.meta.url.endsWith(path.basename(process.argv[1]))) {
  const problems = checkUnits(engineProgram());
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'units: ok' : `units: ${problems.length} problem(s)`);
  process.exit(problems.length === 0 ? 0 : 1);
}
