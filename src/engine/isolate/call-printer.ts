// Source text for error messages, as V8's CallPrinter renders it: "a.b.c is not a function", "u is not iterable",
// "Cannot destructure property 'x' of 'u'". The node is found by its V8 position in the script's syntax tree.

import { type ast, parseProgram } from '../parser/index.ts';
import type { CallSite, ErrorHint } from '../runtime/index.ts';

const nothing = '(intermediate value)';

/** A source's functions, outermost first, each before those in it. */
type SyntaxTree = readonly ast.FunctionLiteral[];

/** Syntax trees of the sources that raised errors lately. A cache. */
const trees = new Map<string, SyntaxTree>();

const treeOf = (source: string): SyntaxTree => {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'];
  let tree: ast.FunctionLiteral | undefined;
  for (const options of [{ wrapper }, {}, { isModule: true }]) {
    try {
      tree = parseProgram(source, { allowNatives: true, isNative: () => true, ...options });
      break;
    } catch {
      // another kind of source
    }
  }
  if (trees.size > 8) trees.clear();
  const functions: ast.FunctionLiteral[] = [];
  search(tree, (node) => {
    if (node.kind === 'FunctionLiteral') functions.push(node);
    return false;
  });
  trees.set(source, functions);
  return functions;
};

type Node = ast.Expression | ast.Statement;

/** Fields that do not lead to the node's own parts. */
const skipped = new Set([
  'scope',
  'variable',
  'homeObject',
  'staticHomeObject',
  'privateName',
  'computedNameVariable',
  'module',
  'literal',
  'target',
]);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';

/** Functions that a node's scope declares: they hang from the scope. */
const declaredFunctions = (node: Node): readonly ast.FunctionLiteral[] =>
  ((node as { scope?: { declarations?: readonly ast.Declaration[] } }).scope?.declarations ?? []).flatMap(
    (declaration) => (declaration.kind === 'FunctionDeclaration' ? [declaration.function] : []),
  );

/** The node's own parts, in source order. */
const partsOf = (node: Node): readonly Node[] => {
  const parts: Node[] = [...declaredFunctions(node)];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (isNode(value)) parts.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const key of Object.keys(value)) if (!skipped.has(key)) collect((value as Record<string, unknown>)[key]);
  };
  for (const key of Object.keys(node)) {
    // the target of an assignment is a part, that of a jump is not
    if (skipped.has(key) && !(key === 'target' && /Assignment$/.test(node.kind))) continue;
    collect((node as unknown as Record<string, unknown>)[key]);
  }
  return parts;
};

/** Depth-first search in source order. */
const search = (node: Node | undefined, visit: (node: Node) => boolean): boolean =>
  node !== undefined && (visit(node) || partsOf(node).some((part) => search(part, visit)));

const propertyName = ({ key, isComputedName, propertyKind }: ast.ObjectLiteralProperty): string | undefined =>
  key.kind === 'Literal' && !isComputedName && propertyKind !== 'spread' && 'value' in key.literal
    ? String(key.literal.value)
    : undefined;

const regexpFlags = ['g', 'i', 'm', 'y', 'u', 's', '', 'd', 'v'];

/**
 * One walk in source order. Nothing is printed until the node at the position is met; from there on every part prints itself, or
 * as an intermediate value when it has no text; behind that node nothing is printed any more. What else stands at the same
 * position (the call that a loop walks) tells what may have failed.
 */
class CallPrinter {
  text = '';
  /** How often something was printed, the nameless included. */
  private prints = 0;
  private isFound = false;
  private isDone = false;
  isDestructuring = false;
  property: string | undefined;
  private isCallError = false;
  private isIteratorError = false;
  private isAsyncIteratorError = false;
  private readonly position: number;
  private readonly isErrorInSpread: boolean;
  private readonly isInAsync: boolean;

  constructor(position: number, isErrorInSpread: boolean, isInAsync: boolean) {
    this.position = position;
    this.isErrorInSpread = isErrorInSpread;
    this.isInAsync = isInAsync;
  }

  get hint(): ErrorHint {
    if (this.isIteratorError) return this.isCallError ? 'callOrIterable' : 'iterable';
    if (this.isAsyncIteratorError) return this.isCallError ? 'callOrAsyncIterable' : 'asyncIterable';
    return 'none';
  }

  /** Walks into `node`; once found, `print` asks for its text, without which it is an intermediate value. */
  find(node: Node | undefined, print = false): void {
    if (node === undefined) return;
    if (!this.isFound) {
      this.visit(node);
      return;
    }
    if (print) {
      const before = this.prints;
      this.visit(node);
      if (this.prints !== before) return;
    }
    this.print(nothing);
  }

  private print(text: string): void {
    if (!this.isFound || this.isDone) return;
    this.prints++;
    this.text += text;
  }

  /** Everything below `walk` is the place's text, unless an outer node already is the place. */
  private place(isHere: boolean, walk: () => void): void {
    const begins = isHere && !this.isFound;
    if (begins) this.isFound = true;
    walk();
    if (!begins) return;
    this.isDone = true;
    this.isFound = false;
  }

  private findAll(nodes: readonly Node[]): void {
    for (const node of nodes) this.find(node);
  }

  private list(nodes: readonly Node[], separator: string): void {
    nodes.forEach((node, i) => {
      if (i > 0) this.print(separator);
      this.find(node, true);
    });
  }

  private visitFunction(literal: ast.FunctionLiteral): void {
    // What is compiled when it is called has no body here.
    if (literal.shouldEagerCompile) this.findAll(literal.body);
  }

  private visitProperty({ object, key, isOptionalLink }: ast.Property): void {
    this.find(object, true);
    if (key.kind === 'Literal' && key.literal.type === 'string')
      this.print(`${isOptionalLink ? '?.' : '.'}${key.literal.value}`);
    else {
      this.print(isOptionalLink ? '?.[' : '[');
      this.find(key, true);
      this.print(']');
    }
  }

  private visitCall(node: ast.Call | ast.CallNew): void {
    const isHere = node.position === this.position;
    const last = node.arguments.at(-1);
    if (isHere && this.isErrorInSpread && last?.kind === 'Spread') {
      this.place(true, () => this.find(last.expression, true));
      return;
    }
    if (isHere) this.isCallError = true;
    const begins = isHere && !this.isFound;
    this.place(isHere, () => {
      if (node.kind === 'Call') {
        this.find(node.expression, true);
        if (!begins && !this.isIteratorError) this.print('(...)');
      } else this.find(node.expression, begins || this.isIteratorError);
      if (!this.isFound) this.findAll(node.arguments);
    });
  }

  private visitArray({ values }: ast.ArrayLiteral): void {
    const spread = values.find(
      (value): value is ast.Spread => value.kind === 'Spread' && value.expression.position === this.position,
    );
    if (spread !== undefined && !this.isFound && !this.isDone) {
      for (const value of values.slice(0, values.indexOf(spread))) this.find(value);
      this.isIteratorError = true;
      this.place(true, () => this.find(spread.expression, true));
      return;
    }
    this.print('[');
    this.list(values, ',');
    this.print(']');
  }

  private visitAssignment({ target, value }: ast.Assignment | ast.CompoundAssignment): void {
    if (this.isFound) {
      this.find(target, true);
      return;
    }
    if (target.kind === 'ObjectLiteral') {
      const isHere = ({ value: bound }: ast.ObjectLiteralProperty): boolean => bound.position === this.position;
      const property = target.position === this.position ? undefined : target.properties.find(isHere);
      if (property !== undefined || target.position === this.position) {
        if (!this.isDone) {
          this.isDestructuring = true;
          this.property = property === undefined ? undefined : propertyName(property);
        }
        this.place(true, () => this.find(value, true));
        return;
      }
    }
    this.find(target);
    const isHere = target.kind === 'ArrayLiteral' && value.position === this.position;
    if (isHere && !this.isDone) this.isIteratorError = true;
    this.place(isHere, () => this.find(value, isHere));
  }

  private visitForOf(node: ast.ForOfStatement): void {
    this.find(node.each);
    const isHere = node.subject.position === this.position;
    if (isHere) {
      this.isAsyncIteratorError = node.isAsync;
      this.isIteratorError = !node.isAsync;
    }
    this.place(isHere, () => this.find(node.subject, true));
    this.find(node.body);
  }

  private visitYieldStar({ expression }: ast.YieldStar): void {
    if (!this.isFound && expression.position === this.position) {
      if (this.isInAsync) this.isAsyncIteratorError = true;
      else this.isIteratorError = true;
      this.isFound = true;
      this.print('yield* ');
    }
    this.find(expression);
  }

  private printLiteral({ literal }: ast.Literal): void {
    switch (literal.type) {
      case 'string':
      case 'consString':
        this.print(`"${literal.value}"`);
        break;
      case 'smi':
      case 'number':
        this.print(String(literal.value));
        break;
      case 'null':
      case 'true':
      case 'false':
      case 'undefined':
        this.print(literal.type);
    }
  }

  private visit(node: Node): void {
    switch (node.kind) {
      case 'FunctionLiteral':
        return this.visitFunction(node);
      case 'ForOfStatement':
        return this.visitForOf(node);
      case 'ClassLiteral':
        // Names are not walked: a call in a computed one has no text.
        this.find(node.extends);
        for (const { value } of [...node.publicMembers, ...node.privateMembers]) this.find(value);
        return;
      case 'InitializeClassMembersStatement':
        for (const { value } of node.fields) this.find(value);
        return;
      case 'InitializeClassStaticElementsStatement':
        for (const element of node.elements)
          this.find(element.propertyKind === 'staticBlock' ? element.block : element.value);
        return;
      case 'VariableProxy':
        return this.print(node.name);
      case 'ThisExpression':
        return this.print('this');
      case 'SuperCallReference':
        return this.print('super');
      case 'SuperPropertyReference':
      case 'GetTemplateObject':
      case 'ImportMeta':
        return;
      case 'Literal':
        return this.printLiteral(node);
      case 'RegExpLiteral':
        return this.print(`/${node.pattern}/${regexpFlags.filter((_, bit) => (node.flags >> bit) & 1).join('')}`);
      case 'Property':
        return this.visitProperty(node);
      case 'Call':
      case 'CallNew':
        return this.visitCall(node);
      case 'Assignment':
      case 'CompoundAssignment':
        return this.visitAssignment(node);
      case 'YieldStar':
        return this.visitYieldStar(node);
      case 'ArrayLiteral':
        return this.visitArray(node);
      case 'ObjectLiteral':
        this.print('{');
        for (const { value } of node.properties) this.find(value);
        return this.print('}');
      case 'TemplateLiteral':
        return this.list(node.substitutions, '');
      case 'ImportCall':
        this.print(node.isSourcePhase ? 'import.source(' : 'import(');
        this.list(node.options === undefined ? [node.specifier] : [node.specifier, node.options], ', ');
        return this.print(')');
      case 'UnaryOperation':
        this.print(`(${node.op}${/^[a-z]/.test(node.op) ? ' ' : ''}`);
        this.find(node.expression, true);
        return this.print(')');
      case 'CountOperation':
        this.print(node.isPrefix ? `(${node.op}` : '(');
        this.find(node.expression, true);
        return this.print(node.isPrefix ? ')' : `${node.op})`);
      case 'BinaryOperation':
      case 'CompareOperation':
        this.print('(');
        this.list([node.left, node.right], ` ${node.op} `);
        return this.print(')');
      case 'NaryOperation':
        this.print('(');
        this.list([node.first, ...node.subsequent.map((part) => part.expression)], ` ${node.op} `);
        return this.print(')');
      case 'Spread':
        this.print('(...');
        this.find(node.expression, true);
        return this.print(')');
      case 'CallRuntime':
        if (!this.isFound) this.findAll(node.arguments);
        return;
      default:
        this.findAll(partsOf(node));
    }
  }
}

/** The function that runs: what V8 parses again for a message. Made-up ones, as of class fields, stand in the innermost around `position`. */
const functionAt = (
  functions: SyntaxTree,
  { offset: position, start: from, end: to }: CodeRange,
): ast.FunctionLiteral | undefined =>
  functions.find(({ start, end }, i) => i > 0 && start === from && end === to) ??
  functions.findLast(({ start, end, syntaxKind }, i) => {
    if (i === 0) return true;
    // at a function's very start stands the function as an operand, except the one that wraps a whole file
    return position < end && (syntaxKind === 'wrapped' ? position >= start : position > start);
  });

/** A position, and the function that runs there. */
export interface CodeRange {
  readonly offset: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The place of a failing call, construction or iteration.
 * @param isErrorInSpread the last argument's iteration is what failed
 */
export const printCallSite = (source: string, location: CodeRange, isErrorInSpread = false): CallSite => {
  const literal = functionAt(treeOf(source), location);
  const isInAsync = literal !== undefined && /^async/.test(literal.functionKind);
  const printer = new CallPrinter(location.offset, isErrorInSpread, isInAsync);
  for (const statement of literal?.body ?? []) printer.find(statement);
  return printer;
};

/** Source of the class whose constructor spans `start` to `end` (Function.prototype.toString). */
export const classSource = (source: string, start: number, end: number): string | undefined => {
  let text: string | undefined;
  search(treeOf(source)[0], (node) => {
    if (node.kind !== 'ClassLiteral' || node.constructor_.start !== start || node.constructor_.end !== end)
      return false;
    text = source.slice(node.start, node.end);
    return true;
  });
  return text;
};
