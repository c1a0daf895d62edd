// What a call can reach: functions, from the compiler's types.
//
//   call f(…), new C(…), o.getter     → the functions that it can reach, over
//     an alias, a method             → its declaration, and what stands behind it (declarations.ts)
//     a list's element t[i](…)       → every function in the list, or the table
//     a parameter p(…)               → the parameter: who calls decides (call-graph.ts)
//     a factory f(…)(…)              → what the factory returns, and what it was given
//     a function of the library      → its function arguments
//   anything else                    → unknown
//
// Invariant: a function that a call can reach is in its reach, or the reach is unknown.

import ts from 'classic-typescript';
import { Declarations } from './declarations.ts';
import { type Callee, functionsIn, isConstant, isFunctionNode, plain, returnedBy } from './function-nodes.ts';

/** What one call can reach. */
export interface Reach {
  readonly functions: Set<Callee>;
  /** Parameters that it calls. */
  readonly parameters: Set<ts.Symbol>;
  /** Why it is not known; undefined when all of it is. */
  unknown: string | undefined;
}

export type CallLike = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression | ts.PropertyAccessExpression;

const nothing = (): Reach => ({ functions: new Set(), parameters: new Set(), unknown: undefined });

const textOf = (node: ts.Node): string => node.getText().slice(0, 60).replace(/\s+/g, ' ');

/** The call of a library's function that a function is given to. */
const givenTo = (node: ts.Node): ts.CallExpression | undefined => {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments[0] === node ? parent : undefined;
};

export class Callees {
  readonly checker: ts.TypeChecker;
  readonly declarations: Declarations;
  private readonly files: ReadonlySet<ts.SourceFile>;
  private readonly reaches = new Map<ts.Node, Reach>();

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.checker = checker;
    this.files = new Set(files);
    this.declarations = new Declarations(checker, files);
  }

  /** A call, or a property access that runs a getter. */
  isCallLike(node: ts.Node): node is CallLike {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) return true;
    if (!ts.isPropertyAccessExpression(node)) return false;
    const symbol = this.checker.getSymbolAtLocation(node.name);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Accessor) !== 0;
  }

  isLibrary(declaration: ts.Node | undefined): boolean {
    return declaration !== undefined && !this.files.has(declaration.getSourceFile());
  }

  reach(call: CallLike): Reach {
    return this.known(call, (result) => {
      if (ts.isPropertyAccessExpression(call)) this.byName(call.name, result);
      else if (ts.isNewExpression(call)) this.byConstructor(call.expression, result);
      else this.byExpression(ts.isCallExpression(call) ? call.expression : call.tag, result);
    });
  }

  /** What calling an argument can reach. */
  argument(argument: ts.Expression): Reach {
    return this.known(argument, (result) => {
      if (!ts.isSpreadElement(argument)) return this.byExpression(argument, result);
      const elements = this.declarations.elements(argument.expression);
      if (elements === undefined) functionsIn(argument, result.functions);
      for (const element of elements ?? []) this.byExpression(element, result);
    });
  }

  private known(node: ts.Node, fill: (result: Reach) => void): Reach {
    const known = this.reaches.get(node);
    if (known !== undefined) return known;
    const result = nothing();
    this.reaches.set(node, result);
    fill(result);
    return result;
  }

  // ---- Expressions ----

  /** What an expression that is called can be. */
  private byExpression(expression: ts.Expression, result: Reach, seen = new Set<ts.Node>()): void {
    const callee = plain(expression);
    if (seen.has(callee)) return;
    seen.add(callee);
    if (isFunctionNode(callee)) result.functions.add(callee);
    else if (ts.isClassExpression(callee)) this.byClass(callee, result);
    else if (ts.isIdentifier(callee)) this.byName(callee, result, seen);
    else if (ts.isPropertyAccessExpression(callee)) this.byProperty(callee, result, seen);
    else if (ts.isElementAccessExpression(callee)) this.byTable(callee.expression, result, seen);
    else if (ts.isConditionalExpression(callee)) {
      this.byExpression(callee.whenTrue, result, seen);
      this.byExpression(callee.whenFalse, result, seen);
    } else if (ts.isBinaryExpression(callee)) {
      this.byExpression(callee.left, result, seen);
      this.byExpression(callee.right, result, seen);
    } else if (ts.isCallExpression(callee)) this.byFactory(callee, result, seen);
    else if (callee.kind === ts.SyntaxKind.SuperKeyword) this.byConstructor(callee, result);
    else if (!this.isNothing(callee)) result.unknown ??= textOf(callee);
  }

  private isNothing(node: ts.Node): boolean {
    const { flags } = this.checker.getTypeAtLocation(node);
    return (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.BooleanLike)) !== 0;
  }

  private byProperty(callee: ts.PropertyAccessExpression, result: Reach, seen: Set<ts.Node>): void {
    const { declarations } = this;
    // f.call(…), f.apply(…)
    if (/^(call|apply)$/.test(callee.name.text) && declarations.isFunctionTyped(callee.expression))
      this.byExpression(callee.expression, result, seen);
    else this.byName(callee.name, result, seen);
  }

  private byName(name: ts.Identifier | ts.MemberName, result: Reach, seen = new Set<ts.Node>()): void {
    if (name.text === 'undefined') return;
    const declarations = this.declarations.symbolOf(name)?.declarations ?? [];
    if (declarations.length === 0 && !this.declarations.isLibraryName(name.text)) result.unknown ??= name.getText();
    for (const declaration of declarations) this.byDeclaration(declaration, result, seen);
  }

  /** `new callee(…)`, `super(…)`. */
  private byConstructor(callee: ts.Expression, result: Reach): void {
    if (callee.kind === ts.SyntaxKind.SuperKeyword) {
      const declarations = this.checker.getTypeAtLocation(callee).symbol?.declarations ?? [];
      for (const declaration of declarations)
        if (ts.isClassLike(declaration)) this.byClass(declaration, result);
        else if (!this.isLibrary(declaration)) result.unknown ??= 'super';
    } else this.byExpression(callee, result);
  }

  private byClass(node: ts.ClassLikeDeclaration, result: Reach): void {
    for (let at: ts.Declaration | undefined = node; at !== undefined && ts.isClassLike(at); at = this.baseOf(at)) {
      if (this.isLibrary(at)) return;
      result.functions.add(at);
      for (const member of at.members)
        if (ts.isConstructorDeclaration(member) && member.body) result.functions.add(member);
    }
  }

  private baseOf(node: ts.ClassLikeDeclaration): ts.Declaration | undefined {
    const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
    return clause === undefined ? undefined : this.checker.getTypeAtLocation(clause.types[0]!).symbol?.valueDeclaration;
  }

  // ---- Declarations ----

  private byDeclaration(declaration: ts.Node, result: Reach, seen: Set<ts.Node>): void {
    if (ts.isExpression(declaration)) return this.byExpression(declaration, result, seen);
    if (seen.has(declaration)) return;
    seen.add(declaration);
    const behind = this.declarations.behind(declaration);
    for (const each of behind ?? []) this.byDeclaration(each, result, seen);
    const fitting = this.isLibrary(declaration) ? [] : this.declarations.fitting(declaration);
    for (const each of fitting) this.byDeclaration(each, result, seen);
    if (isFunctionNode(declaration)) result.functions.add(declaration);
    else if (ts.isClassLike(declaration)) this.byClass(declaration, result);
    else if (ts.isPropertyAssignment(declaration)) this.byExpression(declaration.initializer, result, seen);
    else if (ts.isShorthandPropertyAssignment(declaration)) this.byShorthand(declaration, result, seen);
    else if (ts.isVariableDeclaration(declaration)) this.byVariable(declaration, behind !== undefined, result, seen);
    else if (ts.isBindingElement(declaration)) this.byBinding(declaration, result, seen);
    else if (ts.isParameter(declaration)) this.byParameter(declaration, result, seen);
    else if (this.isLibrary(declaration)) return;
    else if (this.isSignature(declaration)) return;
    else if (behind === undefined && fitting.length === 0) result.unknown ??= textOf(declaration);
  }

  /** One of several declarations of a function, without its body. */
  private isSignature(node: ts.Node): boolean {
    if (!ts.isFunctionDeclaration(node) && !ts.isMethodDeclaration(node)) return false;
    const all = this.checker.getSymbolAtLocation(node.name!)?.declarations ?? [];
    return all.some(isFunctionNode);
  }

  private byShorthand(declaration: ts.ShorthandPropertyAssignment, result: Reach, seen: Set<ts.Node>): void {
    let symbol = this.checker.getShorthandAssignmentValueSymbol(declaration);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = this.checker.getAliasedSymbol(symbol);
    if (symbol?.declarations === undefined) result.unknown ??= declaration.getText();
    for (const each of symbol?.declarations ?? []) this.byDeclaration(each, result, seen);
  }

  private byVariable(node: ts.VariableDeclaration, isAssigned: boolean, result: Reach, seen: Set<ts.Node>): void {
    if (this.isLibrary(node)) return;
    const loop = node.parent.parent;
    if (ts.isForOfStatement(loop)) return this.byElements(loop.expression, result, seen);
    if (node.initializer !== undefined) this.byExpression(node.initializer, result, seen);
    else if (!isAssigned || isConstant(node)) result.unknown ??= textOf(node);
  }

  private byParameter(node: ts.ParameterDeclaration, result: Reach, seen: Set<ts.Node>): void {
    const call = givenTo(node.parent);
    if (
      node.parent.parameters[0] === node &&
      call !== undefined &&
      ts.isPropertyAccessExpression(call.expression) &&
      this.declarations.elements(call.expression.expression) !== undefined &&
      /^(every|filter|find|findIndex|findLast|flatMap|forEach|map|some)$/.test(call.expression.name.text)
    )
      return this.byElements(call.expression.expression, result, seen);
    const symbol = this.checker.getSymbolAtLocation(node.name);
    if (symbol !== undefined) result.parameters.add(symbol);
    else result.unknown ??= node.getText();
    if (node.initializer !== undefined) this.byExpression(node.initializer, result, seen);
  }

  /** `const { f } = o`, `const [f] = t`, and the same of a parameter or in a loop. */
  private byBinding(node: ts.BindingElement, result: Reach, seen: Set<ts.Node>): void {
    if (node.initializer !== undefined) this.byExpression(node.initializer, result, seen);
    if (ts.isArrayBindingPattern(node.parent)) return this.byTuple(node, node.parent, result, seen);
    const type = this.checker.getTypeAtLocation(node.parent);
    const name = (node.propertyName ?? node.name).getText();
    const members = (type.isUnion() ? type.types : [type]).map((part) => part.getProperty(name));
    for (const member of members) {
      if (member?.declarations === undefined) result.unknown ??= node.getText();
      for (const each of member?.declarations ?? []) this.byDeclaration(each, result, seen);
    }
  }

  private byTuple(node: ts.BindingElement, pattern: ts.ArrayBindingPattern, result: Reach, seen: Set<ts.Node>): void {
    const tuples = this.valuesOf(pattern.parent);
    const index = pattern.elements.indexOf(node);
    for (const each of tuples ?? []) {
      const tuple = plain(each);
      const value = ts.isArrayLiteralExpression(tuple) ? tuple.elements[index] : undefined;
      if (value !== undefined) this.byExpression(value, result, seen);
      else if (!ts.isArrayLiteralExpression(tuple)) result.unknown ??= textOf(each);
    }
    if (tuples === undefined) result.unknown ??= textOf(node);
  }

  /** What a pattern takes apart. */
  private valuesOf(holder: ts.Node): readonly ts.Expression[] | undefined {
    if (ts.isVariableDeclaration(holder)) {
      const loop = holder.parent.parent;
      if (ts.isForOfStatement(loop)) return this.declarations.elements(loop.expression);
      return holder.initializer === undefined ? undefined : [holder.initializer];
    }
    if (!ts.isParameter(holder) || holder.parent.parameters[0] !== holder) return undefined;
    const call = givenTo(holder.parent);
    return call === undefined || !ts.isPropertyAccessExpression(call.expression)
      ? undefined
      : this.declarations.elements(call.expression.expression);
  }

  // ---- Tables, factories ----

  private byElements(list: ts.Expression, result: Reach, seen: Set<ts.Node>): void {
    const rest = ts.isIdentifier(list) ? this.declarations.symbolOf(list) : undefined;
    const holder = rest?.valueDeclaration;
    if (holder !== undefined && ts.isParameter(holder) && holder.dotDotDotToken !== undefined)
      return void result.parameters.add(rest!);
    const elements = this.declarations.elements(list);
    if (elements === undefined) result.unknown ??= `${textOf(list)}[…]`;
    for (const element of elements ?? []) this.byExpression(element, result, seen);
  }

  /** Every function in a constant table. */
  private byTable(expression: ts.Expression, result: Reach, seen: Set<ts.Node>): void {
    const table = plain(expression);
    if (this.isOutsideTable(table)) return;
    const declaration = this.declarations.symbolOf(
      ts.isPropertyAccessExpression(table) ? table.name : table,
    )?.valueDeclaration;
    const initializer =
      declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration))
        ? declaration.initializer
        : undefined;
    if (initializer === undefined || !this.byLiteral(initializer, result, seen))
      return this.byElements(table, result, seen);
    for (const each of this.declarations.addedTo(declaration!)) this.byExpression(each, result, seen);
  }

  /** A member of a library's type, by a computed name. */
  private isOutsideTable(table: ts.Expression): boolean {
    const type = this.checker.getApparentType(this.checker.getTypeAtLocation(table)).symbol;
    return (
      type?.declarations?.every((each) => this.isLibrary(each)) === true &&
      !/^(Array|ReadonlyArray|Map|ReadonlyMap|Record|Partial|__type|Object)$/.test(type.name)
    );
  }

  private byLiteral(expression: ts.Expression, result: Reach, seen: Set<ts.Node>): boolean {
    const literal = plain(expression);
    if (!ts.isObjectLiteralExpression(literal)) return false;
    return literal.properties.every((property) => {
      if (ts.isSpreadAssignment(property)) return this.bySpread(property.expression, result, seen);
      this.byDeclaration(property, result, seen);
      return true;
    });
  }

  private bySpread(expression: ts.Expression, result: Reach, seen: Set<ts.Node>): boolean {
    const bare = plain(expression);
    if (ts.isCallExpression(bare)) return this.byMaker(bare, result, seen);
    const before = result.unknown;
    this.byTable(expression, result, seen);
    return result.unknown === before;
  }

  /** The function that a function returns. */
  private byFactory(call: ts.CallExpression, result: Reach, seen: Set<ts.Node>): void {
    const callee = plain(call.expression);
    if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'bind')
      return this.byExpression(callee.expression, result, seen);
    const reached = nothing();
    this.byExpression(callee, reached, new Set(seen));
    if (reached.unknown !== undefined || reached.parameters.size > 0) result.unknown ??= textOf(call);
    if (reached.functions.size === 0) return this.byLibrary(call, callee, result, seen);
    for (const factory of reached.functions) {
      if (ts.isClassLike(factory)) continue;
      for (const value of returnedBy(factory)) this.byExpression(value, result, seen);
    }
  }

  /** What a library's function returns: an element of a container, or something made of the functions that it is given. */
  private byLibrary(call: ts.CallExpression, callee: ts.Expression, result: Reach, seen: Set<ts.Node>): void {
    if (ts.isPropertyAccessExpression(callee) && /^(at|find|findLast|get|next|pop|shift)$/.test(callee.name.text))
      return this.byElements(callee.expression, result, seen);
    for (const argument of call.arguments)
      if (this.declarations.isFunctionTyped(argument)) this.byExpression(argument, result, seen);
  }

  /** A table that a function makes: of what it is given, and of functions in it. */
  private byMaker(call: ts.CallExpression, result: Reach, seen: Set<ts.Node>): boolean {
    const made = nothing();
    this.byExpression(call.expression, made, new Set(seen));
    if (made.unknown !== undefined || made.parameters.size > 0 || made.functions.size === 0) return false;
    for (const argument of call.arguments)
      if (this.declarations.isFunctionTyped(argument)) this.byExpression(argument, result, seen);
    for (const maker of made.functions) {
      functionsIn(maker, result.functions);
      result.functions.delete(maker);
      if (!this.namesOnlyItsOwn(maker)) return false;
    }
    return true;
  }

  /** Whether a function names nothing of its module but types, enums and what it declares. */
  private namesOnlyItsOwn(maker: ts.Node): boolean {
    let result = true;
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      const declaration = ts.isIdentifier(node) ? this.declarations.symbolOf(node)?.valueDeclaration : undefined;
      if (declaration !== undefined && !this.isLibrary(declaration) && !isWithin(declaration, maker))
        result &&=
          ts.isEnumDeclaration(declaration) || ts.isEnumMember(declaration) || ts.isPropertySignature(declaration);
      ts.forEachChild(node, visit);
    };
    ts.forEachChild(maker, visit);
    return result;
  }
}

const isWithin = (node: ts.Node, outer: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
};
