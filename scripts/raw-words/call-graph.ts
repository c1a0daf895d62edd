// Who may collect: a call graph of functions, from the compiler's types, and what follows from its seeds.
//
//   call f(…), new C(…), o.getter     → the functions that it can reach, over
//     an alias, a method             → its declaration, and every method that overrides it
//     a member of an interface       → what classes that implement it, literals that it is the type of, and assignments give it
//     a constant table t[i](…)       → every function in the table
//     a parameter p(…)               → the argument at each call of the function that has it
//     a function of the library      → its function arguments
//   anything else                    → unknown, which may collect
//
// Invariant: a call that can collect is never taken for one that cannot. `@neverCollects` in a comment is believed where the callee is
// not known, and verified on everything that is.

import ts from 'classic-typescript';

export type FunctionNode =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

export const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  (ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)) &&
  node.body !== undefined;

/** What one call can reach. */
export interface Reach {
  readonly functions: Set<FunctionNode>;
  /** Parameters that it calls, of functions around it. */
  readonly parameters: Set<ts.Symbol>;
  /** Why it is not known; undefined when all of it is. */
  unknown: string | undefined;
}

type CallLike = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression | ts.PropertyAccessExpression;

const neverCollectsTag = /@neverCollects\b/;

export const isMarked = (node: ts.Node): boolean => {
  const holder = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const text = holder.getSourceFile().text;
  return (ts.getLeadingCommentRanges(text, holder.getFullStart()) ?? []).some(({ pos, end }) =>
    neverCollectsTag.test(text.slice(pos, end)),
  );
};

/** The function node around a node. */
export const enclosingFunction = (node: ts.Node): FunctionNode | undefined => {
  for (let at = node.parent; at !== undefined; at = at.parent) if (isFunctionNode(at)) return at;
  return undefined;
};

export class CallGraph {
  readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];
  /** Declarations that override or implement a member, by the member's declaration. */
  private readonly implementations = new Map<ts.Declaration, Set<ts.Node>>();
  private readonly reaches = new Map<ts.Node, Reach>();
  private readonly callsOf = new Map<FunctionNode, CallLike[]>();
  /** Functions that may collect and then return, each with the call or seed that makes it so. */
  readonly collecting = new Map<FunctionNode, string>();
  /** Functions that may collect and then return or throw. */
  readonly throwing = new Map<FunctionNode, string>();
  private readonly classes: ts.ClassLikeDeclaration[] = [];
  /** Parameters that may be called, by their symbols. */
  private readonly calledParameters = new Set<ts.Symbol>();

  constructor(program: ts.Program, files: readonly ts.SourceFile[], isSeed: (node: FunctionNode) => boolean) {
    this.checker = program.getTypeChecker();
    this.files = files;
    for (const file of files) this.noteImplementations(file);
    const functions: FunctionNode[] = [];
    for (const file of files) this.collectCalls(file, undefined, functions);
    for (const node of functions)
      if (isSeed(node)) {
        this.collecting.set(node, 'moves objects');
        this.throwing.set(node, 'moves objects');
      }
    this.solve(functions);
  }

  /** Functions that say `@neverCollects` and may, each with the call that makes it so. */
  *brokenMarks(): Generator<[node: FunctionNode, why: string]> {
    for (const [node, calls] of this.callsOf) {
      if (!isMarked(node)) continue;
      const why = calls
        .map((call) => (isCaught(call, node) ? this.whyThrows(call) : this.whyCollects(call)))
        .find(Boolean);
      if (why !== undefined) yield [node, why];
    }
    for (const [member, implementations] of this.implementations) {
      if (!isMarked(member)) continue;
      for (const implementation of implementations)
        if (isFunctionNode(implementation) && this.collecting.has(implementation))
          yield [implementation, this.collecting.get(implementation)!];
    }
  }

  // ---- Declarations ----

  private link(from: ts.Declaration | undefined, to: ts.Node): void {
    if (from === undefined || from === to) return;
    const known = this.implementations.get(from);
    if (known === undefined) this.implementations.set(from, new Set([to]));
    else known.add(to);
  }

  private linkMember(type: ts.Type, name: string, to: ts.Node): void {
    for (const part of type.isUnionOrIntersection() ? type.types : [type]) {
      const member = part.getProperty(name);
      for (const declaration of member?.declarations ?? []) this.link(declaration, to);
    }
  }

  private noteImplementations(node: ts.Node): void {
    if (ts.isClassLike(node)) {
      this.classes.push(node);
      for (const clause of node.heritageClauses ?? [])
        for (const base of clause.types) {
          const type = this.checker.getTypeAtLocation(base);
          for (const member of node.members)
            if (member.name !== undefined) this.linkMember(type, member.name.getText(), member);
        }
    } else if (ts.isObjectLiteralExpression(node)) {
      const type = this.checker.getContextualType(node);
      if (type !== undefined)
        for (const member of node.properties)
          if (member.name !== undefined) this.linkMember(type, member.name.getText(), member);
    } else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left)
    ) {
      const symbol = this.checker.getSymbolAtLocation(node.left.name);
      const declaration = symbol?.declarations?.[0];
      if (declaration !== undefined && this.isFunctionTyped(node.right)) this.link(declaration, node.right);
    } else if (
      ts.isPropertyDeclaration(node) &&
      node.initializer !== undefined &&
      this.isFunctionTyped(node.initializer)
    )
      this.link(node, node.initializer);
    ts.forEachChild(node, (child) => this.noteImplementations(child));
  }

  private isFunctionTyped(node: ts.Expression): boolean {
    return this.checker.getTypeAtLocation(node).getCallSignatures().length > 0;
  }

  // ---- Calls ----

  private collectCalls(node: ts.Node, within: FunctionNode | undefined, functions: FunctionNode[]): void {
    let inner = within;
    if (isFunctionNode(node)) {
      inner = node;
      functions.push(node);
      this.callsOf.set(node, []);
    } else if (within !== undefined && this.isCallLike(node)) this.callsOf.get(within)!.push(node);
    ts.forEachChild(node, (child) => this.collectCalls(child, inner, functions));
  }

  /** A call, or a property access that runs a getter. */
  isCallLike(node: ts.Node): node is CallLike {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) return true;
    if (!ts.isPropertyAccessExpression(node)) return false;
    const symbol = this.checker.getSymbolAtLocation(node.name);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Accessor) !== 0;
  }

  reach(call: CallLike): Reach {
    const known = this.reaches.get(call);
    if (known !== undefined) return known;
    const result: Reach = { functions: new Set(), parameters: new Set(), unknown: undefined };
    this.reaches.set(call, result);
    if (ts.isPropertyAccessExpression(call))
      this.bySymbol(this.checker.getSymbolAtLocation(call.name), result, call.name);
    else if (ts.isNewExpression(call)) this.byConstructor(call, result);
    else this.byCallee(ts.isCallExpression(call) ? call.expression : call.tag, result);
    return result;
  }

  private byConstructor(call: ts.NewExpression, result: Reach): void {
    const type = this.checker.getTypeAtLocation(call);
    const declaration = type.symbol?.valueDeclaration;
    if (declaration === undefined || !ts.isClassLike(declaration)) {
      if (!this.isLibrary(declaration ?? type.symbol?.declarations?.[0]))
        result.unknown ??= `new ${call.expression.getText()}`;
      return;
    }
    for (let at: ts.Declaration | undefined = declaration; at !== undefined && ts.isClassLike(at); at = this.baseOf(at))
      for (const member of at.members)
        if (ts.isConstructorDeclaration(member) && member.body) result.functions.add(member);
  }

  private baseOf(node: ts.ClassLikeDeclaration): ts.Declaration | undefined {
    const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
    return clause === undefined ? undefined : this.checker.getTypeAtLocation(clause.types[0]!).symbol?.valueDeclaration;
  }

  /** What an expression that is called can be. */
  private byCallee(expression: ts.Expression, result: Reach): void {
    const callee = plain(expression);
    if (isFunctionNode(callee)) result.functions.add(callee);
    else if (ts.isIdentifier(callee)) this.bySymbol(this.checker.getSymbolAtLocation(callee), result, callee);
    else if (ts.isPropertyAccessExpression(callee)) {
      // f.call(…), f.apply(…)
      if (/^(call|apply)$/.test(callee.name.text) && this.isFunctionTyped(callee.expression))
        return this.byCallee(callee.expression, result);
      this.bySymbol(this.checker.getSymbolAtLocation(callee.name), result, callee.name);
    } else if (ts.isElementAccessExpression(callee)) this.byTable(callee.expression, result);
    else if (ts.isConditionalExpression(callee)) {
      this.byCallee(callee.whenTrue, result);
      this.byCallee(callee.whenFalse, result);
    } else if (ts.isBinaryExpression(callee)) {
      this.byCallee(callee.left, result);
      this.byCallee(callee.right, result);
    } else if (ts.isCallExpression(callee)) this.byFactory(callee, result);
    else if (callee.kind === ts.SyntaxKind.SuperKeyword) {
      const declaration = this.checker.getTypeAtLocation(callee).symbol?.valueDeclaration;
      if (declaration !== undefined && ts.isClassLike(declaration))
        for (const member of declaration.members)
          if (ts.isConstructorDeclaration(member) && member.body) result.functions.add(member);
    } else result.unknown ??= callee.getText().slice(0, 60);
  }

  private bySymbol(symbol: ts.Symbol | undefined, result: Reach, at: ts.Node): void {
    let target = symbol;
    if (target !== undefined && target.flags & ts.SymbolFlags.Alias) target = this.checker.getAliasedSymbol(target);
    const declarations = target?.declarations ?? [];
    if (declarations.length === 0) {
      result.unknown ??= at.getText();
      return;
    }
    for (const declaration of declarations) this.byDeclaration(declaration, result, new Set());
  }

  private byDeclaration(declaration: ts.Node, result: Reach, seen: Set<ts.Node>): void {
    if (seen.has(declaration)) return;
    seen.add(declaration);
    if (!isFunctionNode(declaration) && isMarked(declaration)) return;
    const further = this.implementations.get(declaration as ts.Declaration);
    for (const implementation of further ?? []) this.byDeclaration(implementation, result, seen);
    if (isFunctionNode(declaration)) result.functions.add(declaration);
    else if (ts.isPropertyAssignment(declaration)) this.byCallee(declaration.initializer, result);
    else if (ts.isShorthandPropertyAssignment(declaration))
      this.bySymbol(this.checker.getShorthandAssignmentValueSymbol(declaration), result, declaration);
    else if (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && isConstant(declaration))
      this.byCallee(declaration.initializer, result);
    else if (ts.isBindingElement(declaration)) this.byBinding(declaration, result, seen);
    else if (ts.isParameter(declaration)) {
      const symbol = this.checker.getSymbolAtLocation(declaration.name);
      if (symbol !== undefined) result.parameters.add(symbol);
      else result.unknown ??= declaration.getText();
    } else if (
      ts.isExpression(declaration as ts.Expression) &&
      !ts.isIdentifier(declaration as ts.Expression) &&
      further === undefined
    )
      this.byCallee(declaration as ts.Expression, result);
    else if (ts.isIdentifier(declaration as ts.Expression)) this.byCallee(declaration as ts.Expression, result);
    else if (this.isLibrary(declaration)) return;
    else if (
      (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) &&
      further === undefined &&
      hasBody(declaration, this.checker)
    )
      return;
    else if (further === undefined && this.byShape(declaration, result)) return;
    else if (further === undefined) result.unknown ??= declaration.getText().slice(0, 60).replace(/\s+/g, ' ');
  }

  /** A member of an interface that no class names: the classes that fit it. */
  private byShape(declaration: ts.Node, result: Reach): boolean {
    if (!ts.isMethodSignature(declaration) || !ts.isInterfaceDeclaration(declaration.parent)) return false;
    const type = this.checker.getTypeAtLocation(declaration.parent);
    const name = declaration.name.getText();
    let found = false;
    for (const candidate of this.classes) {
      const member = candidate.members.find((each) => each.name?.getText() === name);
      if (member === undefined || !isFunctionNode(member)) continue;
      if (!this.checker.isTypeAssignableTo(this.checker.getTypeAtLocation(candidate), type)) continue;
      result.functions.add(member);
      found = true;
    }
    return found;
  }

  /** `const { f } = o`, and a parameter's `{ f }`. */
  private byBinding(declaration: ts.BindingElement, result: Reach, seen: Set<ts.Node>): void {
    const type = this.checker.getTypeAtLocation(declaration.parent);
    const name = (declaration.propertyName ?? declaration.name).getText();
    const member = type.getProperty(name);
    if (member?.declarations === undefined) result.unknown ??= declaration.getText();
    else for (const each of member.declarations) this.byDeclaration(each, result, seen);
  }

  /** Every function in a constant table. */
  private byTable(expression: ts.Expression, result: Reach): void {
    const table = plain(expression);
    const symbol = this.checker.getSymbolAtLocation(ts.isPropertyAccessExpression(table) ? table.name : table);
    let target = symbol;
    if (target !== undefined && target.flags & ts.SymbolFlags.Alias) target = this.checker.getAliasedSymbol(target);
    const type = this.checker.getApparentType(this.checker.getTypeAtLocation(table)).symbol;
    if (
      type?.declarations?.every((each) => this.isLibrary(each)) &&
      !/^(Array|ReadonlyArray|Map|Record|Partial)$/.test(type.name)
    )
      return;
    const declaration = target?.valueDeclaration;
    const initializer =
      declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration))
        ? declaration.initializer
        : undefined;
    if (initializer === undefined || !this.byLiteral(initializer, result))
      result.unknown ??= `${table.getText().slice(0, 40)}[…]`;
  }

  private byLiteral(expression: ts.Expression, result: Reach): boolean {
    const literal = plain(expression);
    if (ts.isObjectLiteralExpression(literal)) {
      return literal.properties.every((property) => {
        if (ts.isSpreadAssignment(property)) return this.byTableValue(property.expression, result);
        this.byDeclaration(property, result, new Set());
        return true;
      });
    }
    if (ts.isArrayLiteralExpression(literal)) {
      for (const element of literal.elements) this.byCallee(element, result);
      return true;
    }
    return false;
  }

  private byTableValue(expression: ts.Expression, result: Reach): boolean {
    const before = result.unknown;
    this.byTable(expression, result);
    return result.unknown === before;
  }

  /** The function that a function returns. */
  private byFactory(call: ts.CallExpression, result: Reach): void {
    const reached: Reach = { functions: new Set(), parameters: new Set(), unknown: undefined };
    this.byCallee(call.expression, reached);
    if (reached.unknown !== undefined || reached.functions.size === 0) {
      result.unknown ??= call.getText().slice(0, 60).replace(/\s+/g, ' ');
      return;
    }
    for (const factory of reached.functions)
      for (const value of returnedBy(factory)) {
        this.byCallee(value, result);
        // What the factory was given may be called by what it makes.
        for (const argument of call.arguments) if (this.isFunctionTyped(argument)) this.byCallee(argument, result);
      }
  }

  private isLibrary(declaration: ts.Node | undefined): boolean {
    return declaration !== undefined && !this.files.includes(declaration.getSourceFile());
  }

  // ---- What follows ----

  /** Functions given as arguments, where the callee calls what it is given. */
  *callbacks(call: CallLike): Generator<ts.Expression> {
    if (ts.isPropertyAccessExpression(call) || ts.isTaggedTemplateExpression(call)) return;
    const { functions, unknown } = this.reach(call);
    const given = call.arguments ?? [];
    const isOutside = functions.size === 0 && unknown === undefined;
    for (const [index, argument] of given.entries()) {
      if (!ts.isSpreadElement(argument) && !this.isFunctionTyped(argument)) continue;
      if (isOutside || [...functions].some((callee) => this.callsParameter(callee, index))) yield argument;
    }
  }

  private callsParameter(callee: FunctionNode, index: number): boolean {
    const parameter = callee.parameters[index] ?? callee.parameters.at(-1);
    if (parameter === undefined) return false;
    const symbol = this.checker.getSymbolAtLocation(parameter.name);
    return symbol === undefined || this.calledParameters.has(symbol);
  }

  private argumentReach(argument: ts.Expression): Reach {
    const known = this.reaches.get(argument);
    if (known !== undefined) return known;
    const result: Reach = { functions: new Set(), parameters: new Set(), unknown: undefined };
    this.reaches.set(argument, result);
    if (ts.isSpreadElement(argument)) functionsIn(argument, result.functions);
    else this.byCallee(argument, result);
    return result;
  }

  /** Why a call may collect and return; undefined when it cannot. */
  whyCollects(call: CallLike): string | undefined {
    return this.isEndless(call) ? undefined : this.why(call, this.collecting);
  }

  /** Why what is called may collect, whatever it does with functions that it is given. */
  whyAlone(call: CallLike): string | undefined {
    return this.isEndless(call) ? undefined : this.whyReach(this.reach(call), this.collecting);
  }

  /** Why a function that is given to a call may collect. */
  whyArgument(argument: ts.Expression): string | undefined {
    return this.whyReach(this.argumentReach(argument), this.collecting);
  }

  /** Whether a call leaves the files that are looked at. */
  isOutside(call: CallLike): boolean {
    const { functions, unknown } = this.reach(call);
    return functions.size === 0 && unknown === undefined;
  }

  /** Why a call may collect, whether it returns or throws. */
  whyThrows(call: CallLike): string | undefined {
    return this.why(call, this.throwing);
  }

  /** Does not return. */
  isEndless(call: CallLike): boolean {
    const type = ts.isPropertyAccessExpression(call) ? undefined : this.checker.getTypeAtLocation(call);
    return type !== undefined && (type.flags & ts.TypeFlags.Never) !== 0;
  }

  private why(call: CallLike, among: ReadonlyMap<FunctionNode, string>): string | undefined {
    const reach = this.reach(call);
    const direct = this.whyReach(reach, among);
    if (direct !== undefined) return direct;
    for (const argument of this.callbacks(call)) {
      const why = this.whyReach(this.argumentReach(argument), among);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  private whyReach({ functions, unknown }: Reach, among: ReadonlyMap<FunctionNode, string>): string | undefined {
    if (unknown !== undefined) return `unknown callee: ${unknown}`;
    for (const callee of functions) if (among.has(callee)) return nameOf(callee);
    return undefined;
  }

  private solve(functions: readonly FunctionNode[]): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const node of functions) {
        for (const call of this.callsOf.get(node)!) {
          const { parameters } = this.reach(call);
          for (const symbol of parameters)
            if (!this.calledParameters.has(symbol)) {
              this.calledParameters.add(symbol);
              changed = true;
            }
          for (const argument of this.callbacks(call))
            for (const symbol of this.argumentReach(argument).parameters)
              if (!this.calledParameters.has(symbol)) {
                this.calledParameters.add(symbol);
                changed = true;
              }
          if (isMarked(node)) continue;
          if (!this.throwing.has(node)) {
            const why = this.whyThrows(call);
            if (why !== undefined) {
              this.throwing.set(node, why);
              changed = true;
            }
          }
          if (this.collecting.has(node)) continue;
          const why = isCaught(call, node) ? this.whyThrows(call) : this.whyCollects(call);
          if (why !== undefined) {
            this.collecting.set(node, why);
            changed = true;
          }
        }
      }
    }
  }
}

/** Whether what a call throws is caught in the same function. */
const isCaught = (call: ts.Node, within: ts.Node): boolean => {
  for (let at: ts.Node = call; at !== within; at = at.parent)
    if (
      ts.isBlock(at) &&
      ts.isTryStatement(at.parent) &&
      at.parent.tryBlock === at &&
      at.parent.catchClause !== undefined
    )
      return true;
  return false;
};

const isConstant = (declaration: ts.VariableDeclaration): boolean =>
  (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;

const hasBody = (declaration: ts.FunctionDeclaration | ts.MethodDeclaration, checker: ts.TypeChecker): boolean =>
  (checker.getSymbolAtLocation(declaration.name!)?.declarations ?? []).some((each) => isFunctionNode(each));

/** What a function returns, as expressions. */
function returnedBy(node: FunctionNode): ts.Expression[] {
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [node.body];
  const result: ts.Expression[] = [];
  const visit = (at: ts.Node): void => {
    if (isFunctionNode(at)) return;
    if (ts.isReturnStatement(at) && at.expression !== undefined) result.push(at.expression);
    ts.forEachChild(at, visit);
  };
  if (node.body !== undefined) ts.forEachChild(node.body, visit);
  return result;
}

/** `Isolate.collect`, `store (heap.ts:12)`. */
export function nameOf(node: FunctionNode): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  const place = `${file.fileName.split('/').slice(-2).join('/')}:${line + 1}`;
  const parent = node.parent;
  const name =
    node.name?.getText() ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
      ? parent.name.getText()
      : ts.isConstructorDeclaration(node)
        ? 'constructor'
        : '=>');
  const owner = ts.isClassLike(parent) ? `${parent.name?.text ?? ''}.` : '';
  return `${owner}${name} (${place})`;
}

/** An expression without parentheses, `as`, `satisfies` and `!`. */
export function plain(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isTypeAssertionExpression(at)
  )
    at = at.expression;
  return at;
}

/** Every function written in a node. */
function functionsIn(node: ts.Node, into: Set<FunctionNode>): void {
  if (isFunctionNode(node)) into.add(node);
  ts.forEachChild(node, (child) => functionsIn(child, into));
}
