// Hooks: what others call must be there when its owner is constructed. `npm run check` finds in `src/engine` what is put in later:
//
//   isolate.onCollect = () => {};            a property of function type, assigned outside a constructor of its own class
//   isolate.debug = { pause: () => … };      one whose interface has functions only
//   table.entries[3] = () => {};             an element of a property
//   Object.assign(rt.hooks, { call });       all at once
//
// Not found: what an object keeps for itself (`this.last = fn` in its own class), locals, and tables that modules fill while they are
// loaded. Who comes later registers: `observe`, `watch`, `attach`.

import type TypeScript from 'classic-typescript';

type Api = typeof TypeScript;

export interface HookFinding {
  readonly of: string;
  /** `file:line` of the assignment. */
  readonly at: string;
}

export class HookRule {
  private readonly ts: Api;
  private readonly checker: TypeScript.TypeChecker;
  private readonly program: TypeScript.Program;
  private readonly nameOf: (fileName: string) => string | undefined;
  private readonly findings: HookFinding[] = [];

  constructor(ts: Api, program: TypeScript.Program, nameOf: (fileName: string) => string | undefined) {
    this.ts = ts;
    this.program = program;
    this.checker = program.getTypeChecker();
    this.nameOf = nameOf;
  }

  run(): HookFinding[] {
    for (const file of this.program.getSourceFiles())
      if (this.nameOf(file.fileName) !== undefined) this.visit(file, file);
    return this.findings;
  }

  private visit(file: TypeScript.SourceFile, node: TypeScript.Node): void {
    const { ts } = this;
    if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) this.assigned(file, node.left);
    else if (ts.isCallExpression(node) && node.expression.getText(file) === 'Object.assign') {
      const target = node.arguments[0];
      if (target !== undefined && ts.isPropertyAccessExpression(target)) this.assigned(file, target);
    }
    node.forEachChild((child) => this.visit(file, child));
  }

  private assigned(file: TypeScript.SourceFile, left: TypeScript.Expression): void {
    const { ts, checker } = this;
    const isElement = ts.isElementAccessExpression(left);
    const property = isElement ? left.expression : left;
    if (!ts.isPropertyAccessExpression(property)) return;
    if (property.expression.kind === ts.SyntaxKind.ThisKeyword) return;
    const symbol = checker.getSymbolAtLocation(property.name);
    const declaration = symbol?.declarations?.[0];
    const home = declaration === undefined ? undefined : this.nameOf(declaration.getSourceFile().fileName);
    if (declaration === undefined || home === undefined) return;
    if (!this.isHook(isElement ? checker.getTypeAtLocation(left) : checker.getTypeOfSymbol(symbol!))) return;
    const owner = declaration.parent as TypeScript.Node & { readonly name?: TypeScript.Node };
    const ownerName = owner.name?.getText() ?? this.holderOf(declaration);
    const line = file.getLineAndCharacterOfPosition(left.getStart(file)).line + 1;
    this.findings.push({
      of: `${home} ${ownerName}.${property.name.text}`,
      at: `${this.nameOf(file.fileName)!}:${line}`,
    });
  }

  /** The constant whose literal a property is declared in. */
  private holderOf(declaration: TypeScript.Node): string {
    let node: TypeScript.Node = declaration;
    while (node.parent !== undefined && !this.ts.isVariableDeclaration(node)) node = node.parent;
    return this.ts.isVariableDeclaration(node) ? node.name.getText() : '?';
  }

  /** A function, or an interface of ours that has nothing else. */
  private isHook(type: TypeScript.Type): boolean {
    const { ts, checker } = this;
    const present = checker.getNonNullableType(type);
    const parts = present.isUnion() ? present.types : [present];
    if (parts.length === 0) return false;
    return parts.every((part) => {
      if (part.getCallSignatures().length > 0) return true;
      const declaration = part.symbol?.declarations?.[0];
      if (declaration === undefined || !ts.isInterfaceDeclaration(declaration)) return false;
      if (this.nameOf(declaration.getSourceFile().fileName) === undefined) return false;
      const members = part.getProperties();
      return members.length > 0 && members.every((member) => this.isFunction(checker.getTypeOfSymbol(member)));
    });
  }

  private isFunction(type: TypeScript.Type): boolean {
    const present = this.checker.getNonNullableType(type);
    const parts = present.isUnion() ? present.types : [present];
    return parts.every((part) => part.getCallSignatures().length > 0);
  }
}

const isAssignment = (ts: Api, kind: TypeScript.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.QuestionQuestionEqualsToken;

/** Findings, as one line each. */
export const hookProblems = (findings: readonly HookFinding[]): string[] =>
  findings.map(({ of, at }) => `${at}: a hook is assigned after construction: ${of}`);
