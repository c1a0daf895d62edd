// Mutable state at module level: what isolates of one process would share without wanting to. `npm run check` allows in `src/engine`
// what stands in `shared` and nothing else; one that is gone must leave the list.
//
//   let seed = 1;                                          a variable
//   const graphs = new WeakMap<Runtime, ModuleGraph>();    a container that a function writes to, or hands on to be written to
//   const jobs: Job[] = []; jobs[Kind.Await] = …;          not reported: tables that modules fill while they are loaded, outside functions
//   const current = new Cursor();                          an instance with fields that change
//   const word = /\w+/g; … word.exec(text)                 a regular expression that remembers where it was
//   class Cursor { static last = 0; }                      a variable of another name
//
// Handing on is seen where the language has a type that promises not to write (Map, Set, Array), not for typed arrays.

import type TypeScript from 'classic-typescript';

type Api = typeof TypeScript;

export interface SharedState {
  /** `file name`. */
  readonly of: string;
  readonly why: string;
}

export interface Finding {
  readonly of: string;
  readonly what: string;
  readonly line: number;
}

const mutators = new Set(
  (
    'set add delete clear push pop shift unshift splice sort reverse fill copyWithin setInt8 setUint8 setInt16 setUint16 ' +
    'setInt32 setUint32 setFloat32 setFloat64 setBigInt64 setBigUint64 getOrInsert getOrInsertComputed'
  ).split(' '),
);
const containers = new Set(
  (
    'Map Set WeakMap WeakSet Array DataView ArrayBuffer SharedArrayBuffer Int8Array Uint8Array Uint8ClampedArray Int16Array ' +
    'Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array'
  ).split(' '),
);
/** Those that can be handed on with a type that promises not to write. */
const withReadonly = new Set(['Map', 'Set', 'Array']);

/** What one program keeps at module level, sorted. */
export class ModuleStateRule {
  private readonly ts: Api;
  private readonly checker: TypeScript.TypeChecker;
  private readonly files: readonly TypeScript.SourceFile[];
  private readonly nameOf: (file: TypeScript.SourceFile) => string;
  private readonly findings: Finding[] = [];
  /** Containers and regular expressions at module level: what is reported once somebody writes. */
  private readonly held = new Map<TypeScript.Symbol, TypeScript.VariableDeclaration>();
  /** What they are called where they are used: the checker is asked about these alone. */
  private readonly names = new Set<string>();
  private readonly reported = new Set<TypeScript.Symbol>();

  constructor(ts: Api, program: TypeScript.Program, nameOf: (fileName: string) => string | undefined) {
    this.ts = ts;
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter((file) => nameOf(file.fileName) !== undefined);
    this.nameOf = (file) => nameOf(file.fileName)!;
  }

  run(): Finding[] {
    for (const file of this.files) for (const statement of file.statements) this.declarations(file, statement);
    for (const file of this.files) for (const statement of file.statements) this.renamed(statement);
    for (const file of this.files) this.uses(file, file, false);
    return this.findings.sort((a, b) => (a.of < b.of ? -1 : 1));
  }

  private report(file: TypeScript.SourceFile, at: TypeScript.Node, name: string, what: string): void {
    const line = file.getLineAndCharacterOfPosition(at.getStart(file)).line + 1;
    this.findings.push({ of: `${this.nameOf(file)} ${name}`, what, line });
  }

  // --- declarations ----------------------------------------------------------------------------------------------------------

  private declarations(file: TypeScript.SourceFile, statement: TypeScript.Statement): void {
    const { ts } = this;
    if (ts.isClassDeclaration(statement)) this.staticFields(file, statement);
    if (!ts.isVariableStatement(statement)) return;
    const isAmbient = statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) === true;
    if (isAmbient) return;
    const isConstant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    for (const declaration of statement.declarationList.declarations) {
      if (!isConstant) this.report(file, declaration, declaration.name.getText(file), 'a variable');
      else if (ts.isIdentifier(declaration.name)) this.constant(file, declaration, declaration.name);
    }
  }

  private staticFields(file: TypeScript.SourceFile, declaration: TypeScript.ClassDeclaration): void {
    const { ts } = this;
    for (const member of declaration.members) {
      if (!ts.isPropertyDeclaration(member)) continue;
      const flags = ts.getCombinedModifierFlags(member);
      if ((flags & ts.ModifierFlags.Static) !== 0 && (flags & ts.ModifierFlags.Readonly) === 0)
        this.report(
          file,
          member,
          `${declaration.name?.text}.${member.name.getText(file)}`,
          'a static field that changes',
        );
    }
  }

  private constant(
    file: TypeScript.SourceFile,
    declaration: TypeScript.VariableDeclaration,
    name: TypeScript.Identifier,
  ): void {
    const { ts, checker } = this;
    let value = declaration.initializer;
    while (value !== undefined && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)))
      value = value.expression;
    if (value === undefined || ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return;
    const isInstance = ts.isNewExpression(value) && !containers.has(value.expression.getText(file));
    if (isInstance && this.hasState(checker.getTypeAtLocation(value)))
      this.report(file, declaration, name.text, 'an instance with fields that change');
    else if (this.mayChange(value)) {
      this.held.set(checker.getSymbolAtLocation(name)!, declaration);
      this.names.add(name.text);
    }
  }

  private mayChange(value: TypeScript.Expression): boolean {
    const { ts } = this;
    return (
      ts.isNewExpression(value) ||
      ts.isCallExpression(value) ||
      ts.isPropertyAccessExpression(value) ||
      ts.isArrayLiteralExpression(value) ||
      ts.isObjectLiteralExpression(value) ||
      ts.isRegularExpressionLiteral(value)
    );
  }

  /** `import { names as known }`, `export { names as known }`. */
  private renamed(statement: TypeScript.Statement): void {
    const { ts } = this;
    let named: TypeScript.NamedImportBindings | TypeScript.NamedExportBindings | undefined;
    if (ts.isImportDeclaration(statement)) named = statement.importClause?.namedBindings;
    else if (ts.isExportDeclaration(statement)) named = statement.exportClause;
    if (named === undefined || ts.isNamespaceImport(named) || ts.isNamespaceExport(named)) return;
    for (const { name, propertyName } of named.elements)
      if (propertyName !== undefined && this.names.has(propertyName.text)) this.names.add(name.text);
  }

  /** Whether a class of ours has fields that are assigned to. */
  private hasState(type: TypeScript.Type): boolean {
    const { ts } = this;
    return type.getProperties().some((property) =>
      property.declarations?.some((declaration) => {
        if (!ts.isPropertyDeclaration(declaration) || declaration.getSourceFile().isDeclarationFile) return false;
        return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) === 0;
      }),
    );
  }

  // --- uses ------------------------------------------------------------------------------------------------------------------

  private uses(file: TypeScript.SourceFile, node: TypeScript.Node, isInFunction: boolean): void {
    const { ts } = this;
    if (ts.isIdentifier(node)) {
      if (this.names.has(node.text)) this.use(file, node, isInFunction);
    } else if (ts.isPropertyAccessExpression(node)) this.uses(file, node.expression, isInFunction);
    else if (!ts.isTypeNode(node)) {
      const isBody = isInFunction || ts.isFunctionLike(node) || ts.isPropertyDeclaration(node);
      node.forEachChild((child) => this.uses(file, child, isBody));
    }
  }

  private use(file: TypeScript.SourceFile, node: TypeScript.Identifier, isInFunction: boolean): void {
    const { ts, checker } = this;
    let symbol = checker.getSymbolAtLocation(node);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) symbol = checker.getAliasedSymbol(symbol);
    const declaration = symbol === undefined ? undefined : this.held.get(symbol);
    if (declaration === undefined || declaration.name === node || this.reported.has(symbol!)) return;
    const home = declaration.getSourceFile();
    if (!isInFunction) return; // while modules are loaded
    const what = this.writes(node);
    if (what === undefined) return;
    this.reported.add(symbol!);
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    this.report(home, declaration, symbol!.name, `${what} in ${this.nameOf(file)}:${line}`);
  }

  /** What the place of a reference does to what it refers to, when it changes it. */
  private writes(reference: TypeScript.Identifier): string | undefined {
    const { ts, checker } = this;
    let node: TypeScript.Expression = reference;
    for (;;) {
      const parent = node.parent;
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
        const call = parent.parent;
        if (ts.isCallExpression(call) && call.expression === parent) {
          const method = parent.name.text;
          if (mutators.has(method) && this.isContainer(node)) return `${method}()`;
          return (method === 'exec' || method === 'test') && this.isStateful(reference) ? `${method}()` : undefined;
        }
        node = parent;
      } else if (
        (ts.isElementAccessExpression(parent) && parent.expression === node) ||
        ts.isNonNullExpression(parent) ||
        ts.isParenthesizedExpression(parent) ||
        ts.isAsExpression(parent)
      )
        node = parent;
      else break;
    }
    const { parent } = node;
    if (node !== reference && this.isTarget(node)) return 'written';
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.includes(node)) {
      const wanted = checker.getContextualType(node);
      if (wanted !== undefined && withReadonly.has(wanted.symbol?.name)) return `handed on as ${wanted.symbol.name}`;
    }
    return undefined;
  }

  private isTarget(node: TypeScript.Expression): boolean {
    const { ts } = this;
    const { parent } = node;
    if (ts.isDeleteExpression(parent)) return true;
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
      return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
    if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
    const { kind } = parent.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }

  private isContainer(node: TypeScript.Expression): boolean {
    const name = this.checker.getTypeAtLocation(node).symbol?.name;
    return name !== undefined && containers.has(name.replace(/^Readonly/, ''));
  }

  private isStateful(reference: TypeScript.Identifier): boolean {
    const symbol = this.checker.getSymbolAtLocation(reference)!;
    const { ts, checker } = this;
    const original = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
    const value = this.held.get(original)!.initializer!;
    return ts.isRegularExpressionLiteral(value) && /\/[a-z]*[gy][a-z]*$/.test(value.text);
  }
}

/** Every broken rule, as one line each. */
export function checkShared(findings: readonly Finding[], allowed: readonly SharedState[]): string[] {
  const known = new Set(allowed.map(({ of }) => of));
  const found = new Set(findings.map(({ of }) => of));
  return [
    ...findings
      .filter(({ of }) => !known.has(of))
      .map(({ of, what, line }) => {
        const [file, name] = of.split(' ');
        return `${file}:${line}: mutable state at module level: ${name} (${what}); make it part of the Isolate, or list it in scripts/module-state-list.ts`;
      }),
    ...allowed
      .filter(({ of }) => !found.has(of))
      .map(({ of }) => `scripts/module-state-list.ts: no such state any more: ${of}`),
  ];
}
