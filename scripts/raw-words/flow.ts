// Raw words across collections: which variables hold a word that a call since may have moved.
//
// The syntax tree is walked in the order of evaluation. The state is the set of stale variables: those that hold a tagged word
// from before a call that may collect. A use of a stale variable is a finding; so is an argument (an element, an operand) that
// was evaluated before a later one collects. Branches join by union; a loop's body is walked twice; what a `catch` sees is the
// union of all states in its `try`. A function given to a call is walked where the call is, as a loop's body.
//
// Invariant: walking only adds to `stale` at calls that `CallGraph.whyCollects`, and removes a variable only where it is assigned.

import ts from 'classic-typescript';
import type { CallGraph } from './call-graph.ts';
import { type FunctionNode, isFunctionNode, plain } from './function-nodes.ts';

export interface Finding {
  readonly node: ts.Node;
  readonly name: string;
  /** The call that may collect. */
  readonly call: string;
  /** What it calls: a name, or the text before its arguments. */
  readonly callee: string;
  readonly why: string;
}

interface Collection {
  readonly call: string;
  readonly callee: string;
  readonly why: string;
}

/** Variables that hold words from before a collection. */
type Stale = Map<ts.Symbol, Collection>;

const join = (a: Stale, b: Stale): Stale => new Map([...a, ...b]);

export class RawWords {
  readonly findings = new Map<ts.Node, Finding>();
  private readonly graph: CallGraph;
  private readonly checker: ts.TypeChecker;
  private readonly isRaw = new Map<ts.Type, boolean>();
  /** Variables with raw words that are in scope, by the function around them. */
  private live = new Set<ts.Symbol>();
  private stale: Stale = new Map();
  private collections = 0;
  private last: Collection | undefined;
  /** States at throws, for the `catch` around. */
  private thrown: Stale[] = [];
  private isDead = false;
  private readonly exits: {
    readonly labels: readonly string[];
    readonly isLoop: boolean;
    breaks: Stale[];
    continues: Stale[];
  }[] = [];
  /** Local functions that are being walked at a call of theirs. */
  private readonly inlined = new Set<ts.Node>();
  /** Words of the function that is walked, whose types do not say so. */
  private readRaw = new Set<ts.Symbol>();
  private readonly localFunctions = new Map<ts.Symbol, ts.ArrowFunction | ts.FunctionExpression>();

  constructor(graph: CallGraph) {
    this.graph = graph;
    this.checker = graph.checker;
  }

  checkFile(file: ts.SourceFile): void {
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node)) this.checkFunction(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }

  private checkFunction(node: FunctionNode): void {
    this.live = new Set();
    this.stale = new Map();
    this.isDead = false;
    this.localFunctions.clear();
    this.readRaw = this.wordsReadRaw(node);
    for (const parameter of node.parameters) this.declare(parameter.name);
    this.visit(node.body);
  }

  // ---- Words ----

  /** Locals without a word's type that are read from memory (`i32[…]`) and used as words: given to who takes one, or dereferenced. */
  private wordsReadRaw(node: FunctionNode): Set<ts.Symbol> {
    const read = new Set<ts.Symbol>();
    const used = new Set<ts.Symbol>();
    const visit = (at: ts.Node): void => {
      if (ts.isVariableDeclaration(at) && at.initializer !== undefined && isMemoryRead(at.initializer))
        this.addSymbol(at.name, read);
      else if (ts.isBinaryExpression(at) && isAssignment(at) && isMemoryRead(at.right)) this.addSymbol(at.left, read);
      else if (ts.isIdentifier(at) && this.isUsedAsWord(at)) this.addSymbol(at, used);
      ts.forEachChild(at, visit);
    };
    visit(node);
    return new Set([...read].filter((symbol) => used.has(symbol)));
  }

  private addSymbol(node: ts.Node, into: Set<ts.Symbol>): void {
    const symbol = ts.isIdentifier(node) ? this.checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined) into.add(symbol);
  }

  private isUsedAsWord(name: ts.Identifier): boolean {
    const { parent } = name;
    if (ts.isBinaryExpression(parent)) return parent.left === name && isDereference(parent);
    if (!ts.isCallExpression(parent) && !ts.isReturnStatement(parent) && !ts.isVariableDeclaration(parent))
      return false;
    const wanted = this.checker.getContextualType(name);
    return wanted !== undefined && this.holdsWords(wanted);
  }

  /** A word, a word or nothing, a list of words. */
  private holdsWords(type: ts.Type): boolean {
    const known = this.isRaw.get(type);
    if (known !== undefined) return known;
    this.isRaw.set(type, false); // while it is being found out
    const result =
      isFlavored(type) ||
      (type.isUnion() && type.types.some((part) => this.holdsWords(part))) ||
      (this.checker.isArrayLikeType(type) &&
        this.checker.getTypeArguments(type as ts.TypeReference).some((part) => this.holdsWords(part)));
    this.isRaw.set(type, result);
    return result;
  }

  private isWord(node: ts.Expression): boolean {
    const bare = plain(node);
    // Constants do not move.
    if (ts.isPropertyAccessExpression(bare) && /^(StaticRoot|Roots)$/.test(bare.expression.getText())) return false;
    return this.holdsWords(this.checker.getTypeAtLocation(node));
  }

  private declare(name: ts.BindingName): void {
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) this.declare(element.name);
      return;
    }
    const symbol = this.checker.getSymbolAtLocation(name);
    if (symbol === undefined) return;
    if (!this.readRaw.has(symbol) && !this.holdsWords(this.checker.getTypeAtLocation(name))) return;
    this.live.add(symbol);
    this.stale.delete(symbol);
  }

  private assign(name: ts.Identifier): void {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (symbol !== undefined) this.stale.delete(symbol);
  }

  private use(name: ts.Identifier): void {
    if (this.isDead || this.stale.size === 0) return;
    const parent = name.parent;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? this.checker.getShorthandAssignmentValueSymbol(parent)
      : this.checker.getSymbolAtLocation(name);
    const collection = symbol === undefined ? undefined : this.stale.get(symbol);
    if (collection !== undefined) this.report(name, name.text, collection);
  }

  private report(node: ts.Node, name: string, { call, callee, why }: Collection): void {
    if (!this.findings.has(node)) this.findings.set(node, { node, name, call, callee, why });
  }

  private collect(node: ts.Node, why: string): void {
    if (this.isDead) return;
    const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
    const callee = (ts.isCallExpression(node) ? node.expression : node).getText().replace(/\s+/g, ' ');
    this.last = { call: `line ${line + 1}: ${node.getText().slice(0, 50).replace(/\s+/g, ' ')}`, callee, why };
    this.collections++;
    for (const symbol of this.live) if (!this.stale.has(symbol)) this.stale.set(symbol, this.last);
  }

  // ---- Order ----

  /** Walks expressions one after the other; words that an earlier one left must survive the later ones. */
  private inOrder(nodes: readonly ts.Expression[]): void {
    const held: { readonly node: ts.Expression; readonly at: number }[] = [];
    for (const node of nodes) {
      this.visit(node);
      if (this.isWord(node) && !isLiteral(node)) held.push({ node, at: this.collections });
    }
    this.mustHold(held);
  }

  private mustHold(held: readonly { readonly node: ts.Expression; readonly at: number }[]): void {
    if (this.isDead) return;
    for (const { node, at } of held)
      if (at !== this.collections && this.last !== undefined) this.report(node, node.getText().slice(0, 40), this.last);
  }

  private branches(...each: (() => void)[]): void {
    const before = this.stale;
    const wasDead = this.isDead;
    let result: Stale | undefined;
    for (const branch of each) {
      this.stale = new Map(before);
      this.isDead = wasDead;
      branch();
      if (!this.isDead) result = result === undefined ? this.stale : join(result, this.stale);
    }
    this.isDead = result === undefined;
    this.stale = result ?? new Map();
  }

  private merge(states: readonly Stale[]): void {
    for (const state of states) {
      this.stale = this.isDead ? new Map(state) : join(this.stale, state);
      this.isDead = false;
    }
  }

  private loop(labels: readonly string[], body: () => void, isEndless = false): void {
    const exit = { labels, isLoop: true, breaks: [] as Stale[], continues: [] as Stale[] };
    this.exits.push(exit);
    const before = new Map(this.stale);
    const wasDead = this.isDead;
    for (let turn = 0; turn < 2; turn++) {
      body();
      this.merge(exit.continues.splice(0));
      if (turn === 0 && !this.isDead) this.stale = join(before, this.stale);
    }
    this.exits.pop();
    if (isEndless) {
      this.isDead = true;
      this.stale = new Map();
    } else this.merge(wasDead ? [] : [before]);
    this.merge(exit.breaks);
  }

  private leave(label: string | undefined, kind: 'breaks' | 'continues'): void {
    for (let i = this.exits.length; i-- > 0; ) {
      const exit = this.exits[i]!;
      if (label === undefined ? kind === 'continues' && !exit.isLoop : !exit.labels.includes(label)) continue;
      exit[kind].push(new Map(this.stale));
      break;
    }
    this.isDead = true;
  }

  private try(node: ts.TryStatement): void {
    const outer = this.thrown;
    this.thrown = [new Map(this.stale)];
    this.visit(node.tryBlock);
    const caught = this.thrown.reduce(join);
    this.thrown = outer;
    if (node.catchClause !== undefined) {
      const after = this.isDead ? undefined : this.stale;
      this.stale = caught;
      this.isDead = false;
      this.visit(node.catchClause.block);
      if (after !== undefined) this.merge([after]);
    } else this.thrown.push(caught);
    if (node.finallyBlock === undefined) return;
    const wasDead = this.isDead;
    const after = this.stale;
    this.stale = join(after, caught);
    this.isDead = false;
    const collected = this.collections;
    this.visit(node.finallyBlock);
    if (collected === this.collections) this.stale = after;
    this.isDead ||= wasDead;
  }

  /** A function that is called now: once, or `turns` 2: any number of times. */
  private callback(node: ts.ArrowFunction | ts.FunctionExpression, turns: number): void {
    if (this.inlined.has(node)) return;
    this.inlined.add(node);
    const exits = this.exits.splice(0);
    const { thrown } = this;
    const wasDead = this.isDead;
    for (let turn = 0; turn < turns; turn++) {
      const before = new Map(this.stale);
      for (const parameter of node.parameters) this.declare(parameter.name);
      this.exits.push({ labels: [], isLoop: false, breaks: [], continues: [] });
      this.visit(node.body);
      const returned = this.exits.pop()!.breaks;
      this.merge(returned);
      this.stale = join(before, this.stale);
      this.isDead = wasDead;
    }
    this.thrown = thrown;
    this.exits.push(...exits);
    this.inlined.delete(node);
  }

  // ---- The tree ----

  private visit(node: ts.Node | undefined, labels: readonly string[] = []): void {
    if (node === undefined || ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node)) return this.use(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return this.call(node);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return this.made(node);
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclaration(node)) return this.variable(node);
    if (ts.isBinaryExpression(node)) return this.binary(node);
    if (ts.isPropertyAccessExpression(node)) return this.property(node);
    if (ts.isConditionalExpression(node)) {
      this.visit(node.condition);
      return this.branches(
        () => this.visit(node.whenTrue),
        () => this.visit(node.whenFalse),
      );
    }
    if (ts.isArrayLiteralExpression(node)) return this.inOrder(node.elements);
    if (ts.isObjectLiteralExpression(node)) return this.object(node);
    if (ts.isShorthandPropertyAssignment(node)) return this.use(node.name);
    if (ts.isPropertyAssignment(node)) {
      if (ts.isComputedPropertyName(node.name)) this.visit(node.name.expression);
      return this.visit(node.initializer);
    }
    this.statement(node, labels);
  }

  private statement(node: ts.Node, labels: readonly string[]): void {
    if (ts.isIfStatement(node)) {
      this.visit(node.expression);
      return this.branches(
        () => this.visit(node.thenStatement),
        () => this.visit(node.elseStatement),
      );
    }
    if (ts.isForStatement(node)) {
      this.visit(node.initializer);
      return this.loop(
        labels,
        () => {
          this.visit(node.condition);
          this.visit(node.statement);
          this.visit(node.incrementor);
        },
        node.condition === undefined,
      );
    }
    if (ts.isWhileStatement(node) || ts.isDoStatement(node))
      return this.loop(
        labels,
        () => {
          if (ts.isWhileStatement(node)) this.visit(node.expression);
          this.visit(node.statement);
          if (ts.isDoStatement(node)) this.visit(node.expression);
        },
        node.expression.kind === ts.SyntaxKind.TrueKeyword,
      );
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      this.visit(node.expression);
      return this.loop(labels, () => {
        if (ts.isVariableDeclarationList(node.initializer))
          for (const { name } of node.initializer.declarations) this.declare(name);
        this.visit(node.statement);
      });
    }
    if (ts.isLabeledStatement(node)) return this.labeled(node, labels);
    if (ts.isSwitchStatement(node)) return this.switch(node, labels);
    if (ts.isTryStatement(node)) return this.try(node);
    if (ts.isReturnStatement(node)) {
      this.visit(node.expression);
      if (this.inlined.size > 0 && this.exits.length > 0) this.exits[0]!.breaks.push(new Map(this.stale));
      this.isDead = true;
      return;
    }
    if (ts.isThrowStatement(node)) {
      this.visit(node.expression);
      if (!this.isDead) this.thrown.push(new Map(this.stale));
      this.isDead = true;
      return;
    }
    if (ts.isBreakStatement(node)) return this.leave(node.label?.text, 'breaks');
    if (ts.isContinueStatement(node)) return this.leave(node.label?.text, 'continues');
    if (ts.isElementAccessExpression(node)) return this.inOrder([node.expression, node.argumentExpression]);
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private labeled(node: ts.LabeledStatement, labels: readonly string[]): void {
    const all = [...labels, node.label.text];
    const exit = { labels: all, isLoop: false, breaks: [] as Stale[], continues: [] as Stale[] };
    this.exits.push(exit);
    this.visit(node.statement, all);
    this.exits.pop();
    this.merge(exit.breaks);
  }

  private switch(node: ts.SwitchStatement, labels: readonly string[]): void {
    this.visit(node.expression);
    const exit = { labels, isLoop: false, breaks: [] as Stale[], continues: [] as Stale[] };
    this.exits.push(exit);
    const before = new Map(this.stale);
    const wasDead = this.isDead;
    let hasDefault = false;
    for (const clause of node.caseBlock.clauses) {
      if (ts.isDefaultClause(clause)) hasDefault = true;
      if (!wasDead) this.merge([before]);
      if (ts.isCaseClause(clause)) this.visit(clause.expression);
      for (const statement of clause.statements) this.visit(statement);
    }
    this.exits.pop();
    if (!hasDefault && !wasDead) this.merge([before]);
    this.merge(exit.breaks);
  }

  private variable(node: ts.VariableDeclaration): void {
    const { initializer, name } = node;
    if (initializer !== undefined) {
      if ((ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) && ts.isIdentifier(name)) {
        const symbol = this.checker.getSymbolAtLocation(name);
        if (symbol !== undefined) this.localFunctions.set(symbol, initializer);
        return;
      }
      this.visit(initializer);
    }
    this.declare(name);
  }

  private binary(node: ts.BinaryExpression): void {
    const { left, right, operatorToken } = node;
    const { kind } = operatorToken;
    if (
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken
    ) {
      this.visit(left);
      return this.branches(
        () => this.visit(right),
        () => undefined,
      );
    }
    if (kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(left)) {
      this.visit(right);
      return this.assign(left);
    }
    if (kind === ts.SyntaxKind.EqualsToken && ts.isArrayLiteralExpression(left)) {
      this.visit(right);
      for (const element of left.elements)
        if (ts.isIdentifier(element)) this.assign(element);
        else this.visit(element);
      return;
    }
    if (kind === ts.SyntaxKind.EqualsToken) {
      if (ts.isPropertyAccessExpression(left)) this.visit(left.expression);
      else if (ts.isElementAccessExpression(left)) this.inOrder([left.expression, left.argumentExpression]);
      return this.visit(right);
    }
    this.inOrder([left, right]);
    if (ts.isIdentifier(left) && kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
      this.assign(left);
  }

  private property(node: ts.PropertyAccessExpression): void {
    this.visit(node.expression);
    if (!this.graph.isCallLike(node)) return;
    const why = this.graph.whyCollects(node);
    if (why !== undefined) this.collect(node, why);
  }

  private object(node: ts.ObjectLiteralExpression): void {
    const held: { readonly node: ts.Expression; readonly at: number }[] = [];
    for (const member of node.properties) {
      this.visit(ts.isSpreadAssignment(member) ? member.expression : member);
      const value = ts.isPropertyAssignment(member)
        ? member.initializer
        : ts.isShorthandPropertyAssignment(member)
          ? member.name
          : undefined;
      if (value !== undefined && this.isWord(value) && !isLiteral(value))
        held.push({ node: value, at: this.collections });
    }
    this.mustHold(held);
  }

  private call(node: ts.CallExpression | ts.NewExpression): void {
    if (ts.isPropertyAccessExpression(node.expression)) this.visit(node.expression.expression);
    else if (!ts.isIdentifier(node.expression)) this.visit(node.expression);
    const given = node.arguments ?? [];
    this.inOrder(given.filter((argument) => !ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)));
    if (!this.isDead && this.thrown.length > 0) this.throws(node);
    const local = ts.isIdentifier(node.expression) ? this.localOf(node.expression) : undefined;
    const alone = local === undefined || this.inlined.has(local) ? this.graph.whyAlone(node) : undefined;
    if (alone !== undefined) this.collect(node, alone);
    const turns = this.graph.isOutside(node) ? 2 : 1;
    const called = new Set(this.graph.callbacks(node));
    for (const argument of called) this.given(node, argument, turns);
    for (const argument of given)
      if (!called.has(argument) && (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)))
        this.made(argument);
    if (local !== undefined) this.callback(local, 1);
    if (this.graph.isEndless(node)) this.isDead = true;
  }

  /** The state that a call leaves when it throws. */
  private throws(node: ts.CallExpression | ts.NewExpression): void {
    const { stale, collections, last } = this;
    this.stale = new Map(stale);
    const why = this.graph.whyThrows(node);
    if (why !== undefined) this.collect(node, why);
    this.thrown.push(this.stale);
    Object.assign(this, { stale, collections, last });
  }

  /** A function that a call is given, and calls. */
  private given(call: ts.Node, argument: ts.Expression, turns: number): void {
    const bare = plain(argument);
    if (ts.isArrowFunction(bare) || ts.isFunctionExpression(bare)) this.callback(bare, turns);
    else if (!ts.isIdentifier(bare) || !this.callLocal(bare, turns)) {
      const why = this.graph.whyArgument(argument);
      if (why !== undefined) this.collect(call, why);
    }
  }

  private localOf(name: ts.Identifier): ts.ArrowFunction | ts.FunctionExpression | undefined {
    const symbol = this.checker.getSymbolAtLocation(name);
    return symbol === undefined ? undefined : this.localFunctions.get(symbol);
  }

  private callLocal(name: ts.Identifier, turns: number): boolean {
    const local = this.localOf(name);
    if (local !== undefined) this.callback(local, turns);
    return local !== undefined;
  }

  /** A function that is made here and called later: what it has captured is raw then. */
  private made(node: ts.ArrowFunction | ts.FunctionExpression): void {
    const { collections, last } = this;
    const before = new Map(this.stale);
    this.callback(node, 1);
    Object.assign(this, { stale: before, collections, last });
  }
}

const isLiteral = (node: ts.Expression): boolean => {
  const bare = plain(node);
  return ts.isNumericLiteral(bare) || bare.kind === ts.SyntaxKind.NullKeyword;
};

/** A tagged word, and none that is immovable by its type. */
const isFlavored = (type: ts.Type): boolean =>
  type.isIntersection() && isTagged(type.getProperty('flavor')) && type.getProperty('isImmovable') === undefined;

/** Other numbers have flavors too (layout/units.ts). */
const isTagged = (flavor: ts.Symbol | undefined): boolean =>
  flavor?.valueDeclaration !== undefined && /'tagged'/.test(flavor.valueDeclaration.getText());

const isAssignment = (node: ts.BinaryExpression): boolean => node.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** `heap.i32[…]`. */
const isMemoryRead = (node: ts.Expression): boolean => {
  const bare = plain(node);
  return ts.isElementAccessExpression(bare) && /\bi32$/.test(bare.expression.getText());
};

/** `word - 1`: the address behind a tag. */
const isDereference = ({ operatorToken, right }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.MinusToken && right.getText() === '1';
