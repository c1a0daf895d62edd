// What the parts of the diagnosing parser share: tokens, messages, where the code stands, and what its names are.

import { NameScope, type PrivateNames } from './names.ts';
import { isAnyIdentifier, isPlainIdentifier, isStrictReserved, Scanner, type Token } from './scanner.ts';

/** The first error, in V8's words, with V8's place. */
export class Diagnosis extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

export type FunctionKind =
  | 'normal'
  | 'arrow'
  | 'method'
  | 'getter'
  | 'setter'
  | 'base'
  | 'derived'
  | 'initializer'
  | 'static';

/** The function, or outermost code, that is being parsed. */
export interface FunctionState {
  readonly kind: FunctionKind | 'script' | 'module' | 'eval';
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  isStrict: boolean;
  hasSimpleParameters: boolean;
  readonly scope: NameScope;
  /** Labels around, and what loops and switches are around. */
  readonly targets: Target[];
}

export interface Target {
  readonly labels: readonly string[];
  readonly kind: 'loop' | 'switch' | 'labelled';
}

/** What an expression is, as far as errors ask. */
export interface Expression {
  readonly kind:
    | 'identifier'
    | 'property'
    | 'optional'
    | 'private'
    | 'call'
    | 'super-call'
    | 'pattern'
    | 'assignment'
    | 'string'
    | 'empty'
    | 'arrow'
    | 'other';
  readonly start: number;
  readonly name?: string | undefined;
  readonly isParenthesized?: boolean | undefined;
  /** The names in a pattern, with their places. */
  readonly position?: number | undefined;
}

export type ScopeKind = 'expression' | 'arrow' | 'async-arrow' | 'parameters' | 'var' | 'lexical';

interface Complaint extends Place {
  readonly message: string;
}

/** What an expression may turn out to be, and the errors that it has then. */
export class ExpressionScope {
  pattern: Complaint | undefined;
  expression: Complaint | undefined;
  declaration: Complaint | undefined;
  strictParameter: Complaint | undefined;
  hasSimpleParameters = true;
  readonly names: { readonly name: string; readonly start: number }[] = [];
  constructor(
    readonly kind: ScopeKind,
    readonly parent: ExpressionScope | undefined,
  ) {}

  get isDeclaration(): boolean {
    return this.kind === 'parameters' || this.kind === 'var' || this.kind === 'lexical';
  }
  get isArrowHead(): boolean {
    return this.kind === 'arrow' || this.kind === 'async-arrow';
  }
}

/** Keeps the first errors of a list's elements, each of which begins without any. */
export class Accumulation {
  private pattern: Complaint | undefined;
  private expression: Complaint | undefined;
  constructor(private readonly scope: ExpressionScope | undefined) {}
  next(): void {
    const { scope } = this;
    if (scope === undefined || scope.isDeclaration) return;
    this.pattern ??= scope.pattern;
    this.expression ??= scope.expression;
    scope.pattern = undefined;
    scope.expression = undefined;
  }
  end(): void {
    const { scope } = this;
    if (scope === undefined || scope.isDeclaration) return;
    this.next();
    scope.pattern = this.pattern;
    scope.expression = this.expression;
  }
}

export interface DiagnosisOptions {
  readonly isModule: boolean;
  readonly isEval: boolean;
  /** The body of a function: `return` and `new.target` are allowed. */
  readonly isFunctionBody: boolean;
  readonly isStrict: boolean;
  readonly allowNewTarget: boolean;
  readonly allowSuperProperty: boolean;
  readonly allowSuperCall: boolean;
  readonly forbidArguments: boolean;
  readonly hasOuterPrivateNames: boolean;
  readonly allowNatives: boolean;
  /** What is wrong with a regular expression, if something is. */
  readonly regExpError: (source: string, flags: string, place: Place) => string | undefined;
}

export const awaitOutside = 'await is only valid in async functions and the top level bodies of modules';
export const badTarget = 'Invalid destructuring assignment target';
export const strictEvalArguments = 'Unexpected eval or arguments in strict mode';
export const escapedKeyword = 'Keyword must not contain escaped characters';

export abstract class DiagnosisBase {
  protected readonly scanner: Scanner;
  protected token: Token;
  protected next: Token;
  private afterNext: Token | undefined;
  protected state: FunctionState;
  protected scope: NameScope;
  protected expressions: ExpressionScope | undefined;
  protected acceptsIn = true;
  protected privateNames: PrivateNames | undefined;
  /** The parameters of the arrow function whose `=>` comes next. */
  protected arrowHead: { readonly scope: ExpressionScope; readonly isAsync: boolean } | undefined;

  constructor(
    protected readonly source: string,
    protected readonly options: DiagnosisOptions,
  ) {
    this.scanner = new Scanner(source, options.isModule);
    this.scope = new NameScope('function', undefined, (name, start, end) =>
      this.fail(`Identifier '${name}' has already been declared`, start, end),
    );
    this.state = {
      kind: options.isModule ? 'module' : options.isFunctionBody ? 'normal' : options.isEval ? 'eval' : 'script',
      isAsync: options.isModule,
      isGenerator: false,
      isStrict: options.isStrict || options.isModule,
      hasSimpleParameters: true,
      scope: this.scope,
      targets: [],
    };
    this.token = { type: 'start', start: 0, end: 0, isAfterNewline: true, value: '', hasEscape: false };
    this.next = this.scanner.scan(0);
  }

  // --- tokens -----------------------------------------------------------------------------------------------------------

  protected advance(): Token {
    this.token = this.next;
    this.next = this.afterNext ?? this.scanner.scan(this.next.end);
    this.afterNext = undefined;
    return this.token;
  }

  /** Takes another token in the place of the next one. */
  protected replaceNext(token: Token): void {
    this.next = token;
    this.afterNext = undefined;
  }

  protected get ahead(): Token {
    this.afterNext ??= this.scanner.scan(this.next.end);
    return this.afterNext;
  }

  protected is(type: string): boolean {
    return this.next.type === type;
  }

  protected check(type: string): boolean {
    if (!this.is(type)) return false;
    this.advance();
    return true;
  }

  protected expect(type: string): Token {
    const token = this.advance();
    if (token.type !== type) this.unexpected(token);
    return token;
  }

  protected isWord(word: string): boolean {
    return this.next.value === word && !this.next.hasEscape && isAnyIdentifier(this.next);
  }

  protected expectWord(word: string, fullName?: string, start = 0): void {
    const token = this.advance();
    if (token.value !== word || !isAnyIdentifier(token)) this.unexpected(token);
    if (!token.hasEscape) return;
    if (fullName !== undefined) this.fail(`'${fullName}' must not contain escaped characters`, start, token.end);
    this.unexpected(token, 'escaped');
  }

  /** A statement's end, which may be left out. */
  protected semicolon(): void {
    if (this.check(';')) return;
    if (this.next.isAfterNewline || this.is('}') || this.is('end')) return;
    if (this.token.type === 'await' && !this.state.isAsync) this.failAt(this.token, awaitOutside);
    this.unexpected(this.advance());
  }

  // --- messages ---------------------------------------------------------------------------------------------------------

  fail(message: string, start: number, end: number): never {
    throw new Diagnosis(message, start, end);
  }

  protected failAt(place: Place, message: string): never {
    return this.fail(message, place.start, place.end);
  }

  protected unexpected(token: Token, type = token.type): never {
    const { start, end } = token;
    const message = (): string => {
      if (type === 'end') return 'Unexpected end of input';
      if (type === 'number') return 'Unexpected number';
      if (type === 'string') return 'Unexpected string';
      if (type === 'private' || type === 'identifier') return `Unexpected identifier '${token.value}'`;
      if (type === 'await' || type === 'enum') return 'Unexpected reserved word';
      if (type === 'template' || type === 'tail') return 'Unexpected template string';
      if (type === 'escaped' || type === 'escaped-strict') return escapedKeyword;
      if (isStrictReserved(token))
        return this.state.isStrict ? 'Unexpected strict mode reserved word' : `Unexpected identifier '${token.value}'`;
      return `Unexpected token '${type}'`;
    };
    if (type === 'illegal') {
      const { error } = token;
      if (error !== undefined) this.failAt(error, error.message);
      this.fail('Invalid or unexpected token', start, end);
    }
    return this.fail(message(), start, end);
  }

  // --- names ------------------------------------------------------------------------------------------------------------

  /** A word as a name in this code; `token` has been taken. */
  protected identifier(token: Token): string {
    if (isPlainIdentifier(token)) {
      if (token.value === 'arguments' && this.bansArguments())
        this.failAt(token, "'arguments' is not allowed in class field initializer or static initialization block");
      return token.value;
    }
    if (!this.isValidIdentifier(token, this.state)) this.unexpected(token);
    if (token.type === 'await') this.recordAsyncArrow(token);
    else this.recordStrictParameter(token, 'Unexpected strict mode reserved word');
    return token.value;
  }

  protected recordAsyncArrow(place: Place): void {
    const message = "'await' is not a valid identifier name in an async function";
    for (let scope = this.expressions; scope !== undefined; scope = scope.parent)
      if (scope.kind === 'async-arrow') scope.declaration = { message, start: place.start, end: place.end };
  }

  protected isValidIdentifier(
    token: Token,
    state: {
      readonly isStrict: boolean;
      readonly isGenerator: boolean;
      readonly isAsync: boolean;
      readonly kind?: string;
    },
  ): boolean {
    if (isPlainIdentifier(token)) return true;
    if (token.type === 'await') return !state.isAsync && !this.options.isModule && state.kind !== 'static';
    if (token.type === 'yield') return !state.isGenerator && !state.isStrict;
    return isStrictReserved(token) && !state.isStrict;
  }

  private bansArguments(): boolean {
    return (
      this.receiverKind === 'initializer' ||
      this.receiverKind === 'static' ||
      (this.options.forbidArguments && this.functions.length === 0)
    );
  }

  /** Functions around, outermost first, the outermost code left out; arrow functions have no receiver of their own. */
  protected readonly functions: FunctionState[] = [];

  protected get receiverKind(): FunctionState['kind'] {
    for (let i = this.functions.length - 1; i >= 0; i--) {
      const { kind } = this.functions[i]!;
      if (kind !== 'arrow') return kind;
    }
    return this.outermostKind;
  }

  private get outermostKind(): FunctionState['kind'] {
    const { options } = this;
    return options.isModule ? 'module' : options.isFunctionBody ? 'normal' : options.isEval ? 'eval' : 'script';
  }

  protected isEvalOrArguments(name: string | undefined): boolean {
    return name === 'eval' || name === 'arguments';
  }

  // --- errors that depend on what an expression turns out to be -----------------------------------------------------------

  protected inScope<T>(kind: ScopeKind, parse: (scope: ExpressionScope) => T): T {
    const scope = new ExpressionScope(kind, this.expressions);
    this.expressions = scope;
    const result = parse(scope);
    this.expressions = scope.parent;
    return result;
  }

  protected recordPattern(start: number, end: number, message: string): void {
    const scope = this.expressions;
    if (scope === undefined) return;
    if (scope.isDeclaration) this.fail(message, start, end);
    scope.pattern ??= { message, start, end };
  }

  protected recordExpression(start: number, end: number, message: string): void {
    const scope = this.expressions;
    if (scope === undefined || scope.isDeclaration) return;
    scope.expression ??= { message, start, end };
  }

  protected recordDeclaration(start: number, end: number, message: string): void {
    const scope = this.expressions;
    if (scope === undefined || scope.kind === 'expression') return;
    if (scope.isDeclaration) this.fail(message, start, end);
    scope.declaration = { message, start, end };
  }

  protected recordStrictParameter(place: Place, message: string): void {
    const scope = this.expressions;
    if (scope === undefined || scope.kind === 'expression' || scope.kind === 'var' || scope.kind === 'lexical') return;
    scope.strictParameter ??= { message, start: place.start, end: place.end };
  }

  /** `yield` and `await` in what initializes a parameter. */
  protected recordParameterInitializer(place: Place, message: string): void {
    for (let scope = this.expressions; scope !== undefined; scope = scope.parent) {
      if (scope.kind === 'parameters') this.failAt(place, message);
      if (scope.isArrowHead) scope.declaration ??= { message, start: place.start, end: place.end };
    }
  }

  protected recordNonSimple(): void {
    if (this.expressions !== undefined) this.expressions.hasSimpleParameters = false;
  }

  protected validateExpression(scope: ExpressionScope | undefined): void {
    if (scope?.expression !== undefined) this.failAt(scope.expression, scope.expression.message);
  }

  protected validatePattern(scope: ExpressionScope | undefined, expression: Expression, end: number): void {
    if (scope?.pattern !== undefined) this.failAt(scope.pattern, scope.pattern.message);
    if (expression.isParenthesized === true) this.fail(badTarget, expression.start, end);
    if (scope !== undefined) scope.expression = undefined;
  }

  protected withIn<T>(acceptsIn: boolean, parse: () => T): T {
    const before = this.acceptsIn;
    this.acceptsIn = acceptsIn;
    const result = parse();
    this.acceptsIn = before;
    return result;
  }

  protected checkOctal(start: number, end: number): void {
    const { octal } = this.scanner;
    if (octal !== undefined && start <= octal.start && octal.end <= end) this.failAt(octal, octal.message);
  }

  // --- parsed by the other parts ------------------------------------------------------------------------------------------

  protected abstract statementList(end: string, state: FunctionState): void;
  protected abstract statementListItem(): void;
  protected abstract assignment(): Expression;
  protected abstract assignmentCover(): Expression;
}
