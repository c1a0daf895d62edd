// What can stand behind a declaration: who overrides a method, implements a member, is assigned to a field, is put into a list.
//
//   a method, a member of an interface → what overrides it, is a member of a literal of its type, is assigned to it; and every member
//                                        of that name of a class or literal that fits the interface: types are structural
//   a list                             → its literal, what is pushed to it and stored in it; unknown when it is given away as a
//                                        list that others may write

import ts from 'classic-typescript';
import { isConstant, isFunctionNode, plain } from './function-nodes.ts';

/** Methods of arrays that leave the array as it is, and keep nothing of it but elements. */
const readers =
  /^(at|entries|every|filter|find|findIndex|findLast|flatMap|forEach|includes|indexOf|join|keys|length|map|pop|reduce|shift|slice|some|toReversed|toSorted|values)$/;

/** Methods that values without a type are asked for. */
const libraryMethods =
  /^(at|concat|endsWith|entries|every|filter|find|flatMap|forEach|includes|indexOf|join|keys|map|pop|push|replace|slice|some|split|startsWith|toString|values)$/;

export class Declarations {
  private readonly checker: ts.TypeChecker;
  private readonly implementations = new Map<ts.Node, Set<ts.Node>>();
  /** Members of classes and literals, by their names. */
  private readonly members = new Map<string, Set<ts.ClassElement | ts.ObjectLiteralElementLike>>();
  private readonly shapes = new Map<ts.Node, readonly ts.Node[]>();
  /** Elements that lists are given after they were made, by the list's declaration. */
  private readonly added = new Map<ts.Node, ts.Expression[]>();
  private readonly identifiers = new Map<string, ts.Identifier[]>();
  private readonly assigned = new Set<string>();
  private readonly taken = new Map<ts.Node, boolean>();
  private readonly keptApart = new Map<ts.Node, boolean>();

  constructor(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
    this.checker = checker;
    for (const file of files) this.note(file);
  }

  /** What is known to stand behind a declaration, by inheritance, by its type and by assignment. */
  behind(declaration: ts.Node): ReadonlySet<ts.Node> | undefined {
    return this.implementations.get(declaration);
  }

  isFunctionTyped(node: ts.Expression): boolean {
    const bare = plain(node);
    if (ts.isLiteralExpression(bare) || ts.isBinaryExpression(bare) || ts.isPrefixUnaryExpression(bare)) {
      if (!ts.isBinaryExpression(bare) || bare.operatorToken.kind < ts.SyntaxKind.BarBarToken) return false;
    }
    const type = this.checker.getTypeAtLocation(node);
    return (type.isUnion() ? type.types : [type]).some(
      (part) => part.getCallSignatures().length > 0 || part.getConstructSignatures().length > 0,
    );
  }

  /** Whether a function may stand for another one's declaration, as far as their parameters tell without type arguments. */
  private parametersFit(member: ts.Node, declaration: ts.Node): boolean {
    const { checker } = this;
    const [given] = checker.getTypeAtLocation(member).getNonNullableType().getCallSignatures();
    const [wanted] = checker.getTypeAtLocation(declaration).getNonNullableType().getCallSignatures();
    if (given === undefined || wanted === undefined) return true;
    return given.getParameters().every((parameter, i) => {
      const other = wanted.getParameters()[i];
      if (other === undefined) return true;
      const [a, b] = [checker.getTypeOfSymbol(parameter), checker.getTypeOfSymbol(other)];
      if (this.isOpen(a) || this.isOpen(b)) return true;
      return checker.isTypeAssignableTo(a, b) || checker.isTypeAssignableTo(b, a);
    });
  }

  /** Whether a type says something of type parameters. */
  private isOpen(type: ts.Type): boolean {
    if ((type.flags & ts.TypeFlags.Instantiable) !== 0) return true;
    if (type.isUnionOrIntersection()) return type.types.some((part) => this.isOpen(part));
    const given = type.aliasTypeArguments ?? this.checker.getTypeArguments(type as ts.TypeReference);
    return given.some((part) => this.isOpen(part));
  }

  private holdsFunction(member: ts.ClassElement | ts.ObjectLiteralElementLike): boolean {
    if (isFunctionNode(member)) return true;
    const value = ts.isShorthandPropertyAssignment(member)
      ? member.name
      : ts.isPropertyAssignment(member) || ts.isPropertyDeclaration(member)
        ? (member.initializer ?? member.name)
        : undefined;
    return value === undefined || ts.isComputedPropertyName(value) || this.isFunctionTyped(value as ts.Expression);
  }

  /** Whether a function is used as a value, so that others than its callers by name may call it. */
  isTaken(
    node: ts.FunctionDeclaration | ts.MethodDeclaration | ts.ConstructorDeclaration | ts.VariableDeclaration,
  ): boolean {
    const name = ts.isConstructorDeclaration(node) ? node.parent.name : node.name;
    if (name === undefined || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return true;
    const known = this.taken.get(name);
    if (known !== undefined) return known;
    const symbol = this.symbolOf(name);
    const result = (this.identifiers.get(name.text) ?? []).some(
      (each) =>
        each !== name && !isCalledOrNamed(each) && (ts.isMethodDeclaration(node) || this.symbolOf(each) === symbol),
    );
    this.taken.set(name, result);
    return result;
  }

  /** A method of the library's arrays and strings by its name alone, where nothing of ours is called so. */
  isLibraryName(name: string): boolean {
    return (
      libraryMethods.test(name) &&
      !this.assigned.has(name) &&
      ![...(this.members.get(name) ?? [])].some((each) => this.holdsFunction(each))
    );
  }

  symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  /** Members that fit a member of an interface or of a type that is written out. */
  fitting(declaration: ts.Node): readonly ts.Node[] {
    const known = this.shapes.get(declaration);
    if (known !== undefined) return known;
    const result: ts.Node[] = [];
    this.shapes.set(declaration, result);
    if (!ts.isMethodSignature(declaration) && !ts.isPropertySignature(declaration)) return result;
    const { parent } = declaration;
    const isGeneric = ts.isInterfaceDeclaration(parent) && parent.typeParameters !== undefined;
    const type = this.checker.getTypeAtLocation(parent);
    for (const member of this.members.get(declaration.name.getText()) ?? []) {
      if (!this.holdsFunction(member)) continue;
      const candidate = this.checker.getTypeAtLocation(member.parent);
      const fits = isGeneric
        ? hasMembersOf(type, candidate) && this.parametersFit(member, declaration)
        : this.checker.isTypeAssignableTo(candidate, type);
      if (fits) result.push(member);
    }
    return result;
  }

  /** What is stored in a list or a table after it was made. */
  addedTo(declaration: ts.Declaration): readonly ts.Expression[] {
    return this.added.get(declaration) ?? [];
  }

  /** The elements of a list, as expressions; undefined when not all of them are known. */
  elements(expression: ts.Expression, seen = new Set<ts.Node>()): readonly ts.Expression[] | undefined {
    const list = plain(expression);
    if (ts.isArrayLiteralExpression(list)) return this.flat(list.elements, seen);
    if (ts.isCallExpression(list) && ts.isPropertyAccessExpression(list.expression)) {
      const { name, expression: from } = list.expression;
      return /^(filter|slice|toReversed|toSorted|values)$/.test(name.text) ? this.elements(from, seen) : undefined;
    }
    const name = ts.isPropertyAccessExpression(list) ? list.name : ts.isIdentifier(list) ? list : undefined;
    const declaration = name === undefined ? undefined : this.symbolOf(name)?.valueDeclaration;
    if (declaration === undefined || seen.has(declaration)) return declaration === undefined ? undefined : [];
    seen.add(declaration);
    return this.elementsOf(declaration, seen);
  }

  private flat(nodes: readonly ts.Expression[], seen: Set<ts.Node>): readonly ts.Expression[] | undefined {
    const result: ts.Expression[] = [];
    for (const node of nodes) {
      const part = ts.isSpreadElement(node) ? this.elements(node.expression, seen) : [node];
      if (part === undefined) return undefined;
      result.push(...part);
    }
    return result;
  }

  private elementsOf(declaration: ts.Declaration, seen: Set<ts.Node>): readonly ts.Expression[] | undefined {
    if (!ts.isVariableDeclaration(declaration) && !ts.isPropertyDeclaration(declaration)) return undefined;
    const { initializer } = declaration;
    const isFinal = ts.isVariableDeclaration(declaration)
      ? isConstant(declaration)
      : (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
    if (initializer === undefined || !isFinal) return undefined;
    const first = this.elements(initializer, seen);
    if (first === undefined || this.isReadonly(declaration)) return first;
    return this.isKeptApart(declaration) ? [...first, ...this.addedTo(declaration)] : undefined;
  }

  private isReadonly(declaration: ts.Declaration): boolean {
    return this.checker.getTypeAtLocation(declaration).symbol?.name === 'ReadonlyArray';
  }

  /** Whether nobody else gets hold of the list that a declaration names. */
  private isKeptApart(declaration: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
    const known = this.keptApart.get(declaration);
    if (known !== undefined) return known;
    const name = declaration.name.getText();
    const result = (this.identifiers.get(name) ?? []).every(
      (each) => each === declaration.name || this.symbolOf(each)?.valueDeclaration !== declaration || isListUse(each),
    );
    this.keptApart.set(declaration, result);
    return result;
  }

  // ---- What the text says ----

  private link(from: ts.Node | undefined, to: ts.Node): void {
    if (from === undefined || from === to) return;
    const known = this.implementations.get(from);
    if (known === undefined) this.implementations.set(from, new Set([to]));
    else known.add(to);
  }

  private linkMember(type: ts.Type, name: string, to: ts.Node): void {
    for (const part of type.isUnionOrIntersection() ? type.types : [type])
      for (const declaration of part.getProperty(name)?.declarations ?? []) this.link(declaration, to);
  }

  private note(node: ts.Node): void {
    if (ts.isIdentifier(node)) push(this.identifiers, node.text, node);
    else if (ts.isClassLike(node)) this.noteClass(node);
    else if (ts.isObjectLiteralExpression(node)) this.noteLiteral(node);
    else if (ts.isBinaryExpression(node)) this.noteAssignment(node);
    else if (ts.isCallExpression(node)) this.noteAdding(node);
    else if (ts.isPropertyDeclaration(node) && node.initializer !== undefined && this.isFunctionTyped(node.initializer))
      this.link(node, node.initializer);
    ts.forEachChild(node, (child) => this.note(child));
  }

  private noteClass(node: ts.ClassLikeDeclaration): void {
    for (const member of node.members) this.noteMember(member);
    for (const clause of node.heritageClauses ?? [])
      for (const base of clause.types) {
        const type = this.checker.getTypeAtLocation(base);
        for (const member of node.members)
          if (member.name !== undefined) this.linkMember(type, member.name.getText(), member);
      }
  }

  private noteMember(member: ts.ClassElement | ts.ObjectLiteralElementLike): void {
    const name = member.name?.getText();
    if (name === undefined) return;
    const known = this.members.get(name);
    if (known === undefined) this.members.set(name, new Set([member]));
    else known.add(member);
  }

  private noteLiteral(node: ts.ObjectLiteralExpression): void {
    const type = this.checker.getContextualType(node);
    for (const member of node.properties) {
      this.noteMember(member);
      if (type === undefined) continue;
      if (member.name !== undefined) this.linkMember(type, member.name.getText(), member);
      else if (ts.isSpreadAssignment(member)) this.noteSpread(type, member.expression);
    }
  }

  /** A member keeps what stands behind it in the object that it is copied from. */
  private noteSpread(type: ts.Type, from: ts.Expression): void {
    for (const member of this.checker.getTypeAtLocation(from).getProperties())
      for (const declaration of member.declarations ?? []) this.linkMember(type, member.name, declaration);
  }

  private noteAssignment(node: ts.BinaryExpression): void {
    const { left, operatorToken, right } = node;
    if (operatorToken.kind < ts.SyntaxKind.FirstAssignment || operatorToken.kind > ts.SyntaxKind.LastAssignment) return;
    if (ts.isElementAccessExpression(left)) return this.noteElements(left.expression, [right]);
    const name = ts.isPropertyAccessExpression(left) ? left.name : ts.isIdentifier(left) ? left : undefined;
    if (name === undefined || !this.isFunctionTyped(right)) return;
    this.assigned.add(name.text);
    for (const declaration of this.symbolOf(name)?.declarations ?? []) this.link(declaration, right);
  }

  private noteAdding(node: ts.CallExpression): void {
    if (!ts.isPropertyAccessExpression(node.expression) || !/^(push|unshift)$/.test(node.expression.name.text)) return;
    this.noteElements(node.expression.expression, node.arguments);
  }

  private noteElements(list: ts.Expression, elements: readonly ts.Expression[]): void {
    const bare = plain(list);
    const name = ts.isPropertyAccessExpression(bare) ? bare.name : ts.isIdentifier(bare) ? bare : undefined;
    const declaration = name === undefined ? undefined : this.symbolOf(name)?.valueDeclaration;
    if (declaration === undefined) return;
    for (const element of elements) push(this.added, declaration, element);
  }
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
};

/** Whether a list's name stands where only its elements are read, or where one is added. */
const isListUse = (name: ts.Identifier): boolean => {
  let node: ts.Node = name;
  if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) node = node.parent;
  const { parent } = node;
  if (ts.isForOfStatement(parent) || ts.isSpreadElement(parent) || ts.isElementAccessExpression(parent)) return true;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return false;
  return readers.test(parent.name.text) || /^(push|unshift)$/.test(parent.name.text);
};

/** Whether a name stands where it is called, constructed, declared, imported, or names a type. */
const isCalledOrNamed = (name: ts.Identifier): boolean => {
  let node: ts.Node = name;
  if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) node = node.parent;
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node; // a static member
  return (
    ts.isTypeNode(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isHeritageClause(parent.parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) ||
    ((ts.isMethodSignature(parent) || ts.isMethodDeclaration(parent)) && parent.name === node)
  );
};

/** Whether a type has what another one demands, whatever its type parameters stand for. */
const hasMembersOf = (demanded: ts.Type, type: ts.Type): boolean =>
  demanded
    .getProperties()
    .every(({ flags, name }) => (flags & ts.SymbolFlags.Optional) !== 0 || type.getProperty(name) !== undefined);
