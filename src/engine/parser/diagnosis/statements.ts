// Statements, declarations and loops.

import { badTarget, type Expression, type FunctionState, type Place, type Target } from './base.ts';
import { DiagnosisFunctions } from './functions.ts';
import { isAnyIdentifier, isPlainIdentifier } from './scanner.ts';

type DeclarationKind = 'var' | 'let' | 'const' | 'using' | 'await using';

interface Declarations {
  readonly count: number;
  readonly place: Place;
  readonly firstInitializer: Place | undefined;
  readonly isPattern: boolean;
}

export abstract class DiagnosisStatements extends DiagnosisFunctions {
  protected statementList(end: string, state: FunctionState): void {
    while (this.is('string')) {
      const token = this.next;
      const text = this.source.slice(token.start + 1, token.end - 1);
      const isDirective = /^[;}]$/.test(this.ahead.type) || this.ahead.type === 'end' || this.ahead.isAfterNewline;
      this.statementListItem();
      if (!isDirective) break;
      if (text !== 'use strict') continue;
      state.isStrict = true;
      if (!state.hasSimpleParameters)
        this.failAt(token, "Illegal 'use strict' directive in function with non-simple parameter list");
      if (isAnyIdentifier(this.next) && this.next.type !== 'identifier') this.replaceNext(this.next);
    }
    while (!this.is(end)) this.statementListItem();
  }

  protected statementListItem(): void {
    switch (this.next.type) {
      case 'function':
        this.hoistable(this.advance().start, false);
        return;
      case 'class':
        this.advance();
        this.classDeclaration();
        return;
      case 'var':
      case 'const':
        this.variableStatement(this.next.type);
        return;
      case 'let':
        if (this.isNextLetKeyword()) {
          this.variableStatement('let');
          return;
        }
        break;
      case 'using':
        if (this.isNextUsing()) {
          this.variableStatement('using');
          return;
        }
        break;
      case 'await':
        if (this.state.isAsync && this.isAwaitUsing()) {
          this.variableStatement('await using');
          return;
        }
        break;
      case 'async':
        if (this.ahead.type === 'function' && !this.ahead.isAfterNewline) {
          this.asyncDeclaration();
          return;
        }
        break;
      default:
    }
    this.statement(true);
  }

  protected asyncDeclaration(isDefaultExport = false): string | undefined {
    const keyword = this.advance();
    this.noEscape(keyword);
    this.advance();
    return this.hoistable(keyword.start, true, isDefaultExport)?.value;
  }

  protected isNextLetKeyword(): boolean {
    const { ahead } = this;
    if (ahead.type === '{' || ahead.type === '[' || isPlainIdentifier(ahead)) return true;
    if (/^(?:let|static|yield|await)$/.test(ahead.type)) return true;
    return ahead.type === 'future' || ahead.type === 'escaped-strict' ? !this.state.isStrict : false;
  }

  private isNextUsing(): boolean {
    const { ahead } = this;
    const isOutermost = this.scope === this.state.scope && (this.state.kind === 'script' || this.state.kind === 'eval');
    return !isOutermost && isAnyIdentifier(ahead) && !ahead.isAfterNewline;
  }

  private isAwaitUsing(): boolean {
    if (this.ahead.type !== 'using' || this.ahead.isAfterNewline) return false;
    const behind = this.scanner.scan(this.ahead.end);
    return isAnyIdentifier(behind) && !behind.isAfterNewline;
  }

  /** A class behind its keyword; the name that it declares. */
  protected classDeclaration(isDefaultExport = false): string | undefined {
    const { start } = this.token;
    if (isDefaultExport && (this.is('extends') || this.is('{'))) {
      this.classLiteral(undefined);
      return undefined;
    }
    const name = this.advance();
    if (!this.isValidIdentifier(name, this.state)) this.unexpected(name);
    this.classLiteral(name);
    this.scope.declareLexical(name.value, start, this.token.end);
    return name.value;
  }

  protected variableStatement(kind: DeclarationKind): readonly string[] {
    const names: string[] = [];
    this.declarations(kind, false, names);
    this.semicolon();
    return names;
  }

  private declarations(kind: DeclarationKind, isInFor: boolean, names: string[] = []): Declarations {
    this.advance();
    if (kind === 'await using') this.advance();
    const { start } = this.next;
    let count = 0;
    let firstInitializer: Place | undefined;
    let isPattern = false;
    const what = kind === 'const' || kind.endsWith('using') ? kind : 'destructuring';
    do {
      const at = this.next.start;
      const isName = isAnyIdentifier(this.next);
      if (kind.endsWith('using') && !isName) this.unexpected(this.advance());
      this.inScope(kind === 'var' ? 'var' : 'lexical', (scope) => {
        this.bindingPattern();
        names.push(...scope.names.map(({ name }) => name));
      });
      isPattern ||= !isName;
      count++;
      const initializer = this.token.start;
      if (this.check('=')) {
        this.withIn(!isInFor, () => this.assignment());
        firstInitializer ??= { start: initializer, end: this.token.end };
      } else if (!isInFor || !(this.is('in') || this.isWord('of'))) {
        if (kind === 'const' || kind.endsWith('using') || !isName)
          this.fail(`Missing initializer in ${isName ? what : 'destructuring'} declaration`, at, this.token.end);
      }
    } while (this.check(','));
    return { count, place: { start, end: this.token.end }, firstInitializer, isPattern };
  }

  protected statement(mayBeLabelledFunction: boolean, labels: readonly string[] = []): void {
    switch (this.next.type) {
      case '{':
        this.labelled(labels, () => this.block());
        return;
      case ';':
        this.advance();
        return;
      case 'if':
        this.labelled(labels, () => this.ifStatement());
        return;
      case 'do':
      case 'while':
      case 'for':
        this.loop(labels);
        return;
      case 'continue':
      case 'break':
        this.jump();
        return;
      case 'return':
        this.returnStatement();
        return;
      case 'throw':
        this.advance();
        if (this.next.isAfterNewline) this.failAt(this.token, 'Illegal newline after throw');
        this.expression();
        this.semicolon();
        return;
      case 'try':
        this.labelled(labels, () => this.tryStatement());
        return;
      case 'with':
        this.advance();
        if (this.state.isStrict) this.failAt(this.token, 'Strict mode code may not include a with statement');
        this.condition();
        this.labelled(labels, () => this.statement(false));
        return;
      case 'switch':
        this.switchStatement(labels);
        return;
      case 'function':
        this.failAt(
          this.next,
          this.state.isStrict
            ? 'In strict mode code, functions can only be declared at top level or inside a block.'
            : 'In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement.',
        );
        break;
      case 'debugger':
        this.advance();
        this.semicolon();
        return;
      case 'var':
        this.variableStatement('var');
        return;
      default:
        this.expressionStatement(mayBeLabelledFunction, labels);
    }
  }

  private labelled(labels: readonly string[], parse: () => void): void {
    if (labels.length === 0) parse();
    else this.inTarget({ labels, kind: 'labelled' }, parse);
  }

  private inTarget(target: Target, parse: () => void): void {
    this.state.targets.push(target);
    parse();
    this.state.targets.pop();
  }

  private expressionStatement(mayBeLabelledFunction: boolean, labels: readonly string[]): void {
    const first = this.next;
    if (first.type === 'class') this.unexpected(this.advance());
    if (first.type === 'async' && this.ahead.type === 'function' && !this.ahead.isAfterNewline)
      this.failAt(first, 'Async functions can only be declared at the top level or inside a block.');
    if (first.type === 'let') {
      const { ahead } = this;
      const isDeclaration =
        ahead.type === '[' || ((ahead.type === '{' || ahead.type === 'identifier') && !ahead.isAfterNewline);
      if (isDeclaration) this.failAt(first, 'Lexical declaration cannot appear in a single-statement context');
    }
    const expression = this.expression();
    if (this.is(':') && isAnyIdentifier(first) && expression.kind === 'identifier' && !expression.isParenthesized) {
      const name = expression.name!;
      const isTaken = labels.includes(name) || this.state.targets.some((target) => target.labels.includes(name));
      if (isTaken) this.failAt(this.token, `Label '${name}' has already been declared`);
      this.advance();
      const inner = [...labels, name];
      if (this.is('function') && !this.state.isStrict && mayBeLabelledFunction) this.functionInStatement();
      else this.statement(mayBeLabelledFunction, inner);
      return;
    }
    this.semicolon();
  }

  private functionInStatement(): void {
    const { start } = this.advance();
    if (this.is('*')) {
      this.advance();
      this.failAt(this.token, 'Generators can only be declared at the top level or inside a block.');
    }
    this.hoistable(start, false);
  }

  private scopedStatement(): void {
    if (this.state.isStrict || !this.is('function')) {
      this.statement(false);
      return;
    }
    this.inBlock(() => this.functionInStatement());
  }

  protected inBlock(parse: () => void): void {
    const { scope } = this;
    this.scope = scope.block();
    parse();
    this.scope = scope;
  }

  private block(): void {
    this.expect('{');
    this.inBlock(() => {
      while (!this.is('}')) this.statementListItem();
    });
    this.advance();
  }

  private condition(): void {
    this.expect('(');
    this.expression();
    this.expect(')');
  }

  private ifStatement(): void {
    this.advance();
    this.condition();
    this.scopedStatement();
    if (this.check('else')) this.scopedStatement();
  }

  private returnStatement(): void {
    this.advance();
    const { kind } = this.state;
    if (kind === 'script' || kind === 'module' || kind === 'eval' || kind === 'static')
      this.failAt(this.token, 'Illegal return statement');
    if (!this.next.isAfterNewline && !this.is(';') && !this.is('}') && !this.is('end')) this.expression();
    this.semicolon();
  }

  private jump(): void {
    const keyword = this.advance().type;
    const hasLabel = !this.next.isAfterNewline && !this.is(';') && !this.is('}') && !this.is('end');
    const label = hasLabel ? this.identifier(this.advance()) : undefined;
    const { targets } = this.state;
    if (label === undefined) {
      const fits = targets.some(({ kind }) => kind === 'loop' || (kind === 'switch' && keyword === 'break'));
      if (!fits)
        this.failAt(
          this.token,
          keyword === 'break'
            ? 'Illegal break statement'
            : 'Illegal continue statement: no surrounding iteration statement',
        );
    } else {
      const target = targets.find(({ labels }) => labels.includes(label));
      if (target === undefined) this.failAt(this.token, `Undefined label '${label}'`);
      if (keyword === 'continue' && target.kind !== 'loop')
        this.failAt(this.token, `Illegal continue statement: '${label}' does not denote an iteration statement`);
    }
    this.semicolon();
  }

  private tryStatement(): void {
    this.advance();
    this.block();
    if (!this.is('catch') && !this.is('finally')) this.failAt(this.token, 'Missing catch or finally after try');
    if (this.check('catch')) this.catchClause();
    if (this.check('finally')) this.block();
  }

  private catchClause(): void {
    if (!this.check('(')) {
      this.block();
      return;
    }
    const { scope } = this;
    this.scope = scope.block('catch');
    const isSimple = isAnyIdentifier(this.next);
    const names = this.inScope('parameters', (inner) => {
      this.bindingPattern();
      return inner.names;
    });
    for (const { name, start } of names) {
      if (this.scope.has(name)) this.fail(`Identifier '${name}' has already been declared`, start, start + 1);
      this.scope.declareCatch(name, isSimple);
    }
    this.expect(')');
    this.expect('{');
    const outer = this.scope;
    this.scope = outer.block();
    const bodyStart = this.next.start;
    while (!this.is('}')) this.statementListItem();
    const text = this.source.slice(bodyStart, this.next.start);
    const places = names.flatMap(({ name }) => {
      const match = new RegExp(`\\b(?:let|const|class|function)\\s+(${name.replaceAll('$', '\\$')})\\b`).exec(text);
      return match === null ? [] : [{ name, start: bodyStart + match.index + match[0].length - match[1]!.length }];
    });
    outer.checkInner(this.scope, places);
    this.advance();
    this.scope = scope;
  }

  private switchStatement(labels: readonly string[]): void {
    this.advance();
    this.condition();
    this.expect('{');
    let hasDefault = false;
    this.inTarget({ labels, kind: 'switch' }, () =>
      this.inBlock(() => {
        while (!this.is('}')) {
          if (this.check('case')) this.expression();
          else {
            this.expect('default');
            if (hasDefault) this.failAt(this.token, 'More than one default clause in switch statement');
            hasDefault = true;
          }
          this.expect(':');
          while (!this.is('case') && !this.is('default') && !this.is('}')) this.statementListItem();
        }
      }),
    );
    this.advance();
  }

  // --- loops ----------------------------------------------------------------------------------------------------------------

  private loop(labels: readonly string[]): void {
    const body = (): void => this.inTarget({ labels, kind: 'loop' }, () => this.statement(false));
    const keyword = this.advance().type;
    if (keyword === 'while') {
      this.condition();
      body();
    } else if (keyword === 'do') {
      body();
      this.expect('while');
      this.condition();
      this.check(';');
    } else if (this.state.isAsync && this.is('await')) {
      this.advance();
      this.inBlock(() => this.forAwait(body));
    } else this.inBlock(() => this.forLoop(body));
  }

  private checkSingle(declarations: Declarations, kind: DeclarationKind, mode: string): void {
    if (declarations.count !== 1)
      this.failAt(declarations.place, `Invalid left-hand side in ${mode} loop: Must have a single binding.`);
    const { firstInitializer } = declarations;
    const isForbidden = this.state.isStrict || mode !== 'for-in' || kind !== 'var' || declarations.isPattern;
    if (firstInitializer !== undefined && isForbidden)
      this.failAt(firstInitializer, `${mode} loop variable declaration may not have an initializer.`);
    if (kind.endsWith('using') && mode === 'for-in') this.failAt(declarations.place, "Invalid 'using' in for-in loop");
  }

  private declarationKind(): DeclarationKind | undefined {
    const { type } = this.next;
    if (type === 'const' || type === 'var') return type;
    if (type === 'let') return this.isNextLetKeyword() ? 'let' : undefined;
    if (type === 'using') {
      const { ahead } = this;
      const isName = isAnyIdentifier(ahead) && !ahead.isAfterNewline && ahead.value !== 'of';
      return isName ? 'using' : undefined;
    }
    return type === 'await' && this.state.isAsync && this.isAwaitUsing() ? 'await using' : undefined;
  }

  private forLoop(body: () => void): void {
    this.expect('(');
    const kind = this.declarationKind();
    const first = this.next;
    if (kind !== undefined) {
      const declarations = this.declarations(kind, true);
      const mode = this.is('in') ? 'for-in' : this.isWord('of') ? 'for-of' : undefined;
      if (mode !== undefined) {
        this.advance();
        this.checkSingle(declarations, kind, mode);
        this.forEach(mode, body);
        return;
      }
    } else if (!this.is(';')) {
      const mode = this.forInitializer(first.type === 'let');
      if (mode !== undefined) {
        this.forEach(mode, body);
        return;
      }
    }
    this.expect(';');
    if (!this.is(';')) this.expression();
    this.expect(';');
    if (!this.is(')')) this.expression();
    this.expect(')');
    body();
  }

  private forInitializer(startsWithLet: boolean): string | undefined {
    const first = this.next;
    return this.inScope('expression', (scope) => {
      const expression = this.withIn(false, () => this.expressionCover());
      const isAsync = this.token.type === 'async' && !this.token.hasEscape;
      const { end } = this.token;
      const mode = this.is('in') ? 'for-in' : this.isWord('of') ? 'for-of' : undefined;
      if (mode === undefined) {
        this.validateExpression(scope);
        return undefined;
      }
      this.advance();
      if (mode === 'for-of' && (startsWithLet || isAsync)) {
        const what = startsWithLet ? 'let' : 'async';
        this.failAt(first, `The left-hand side of a for-of loop may not be '${what}'.`);
      }
      this.forTarget(expression, first.start, end);
      return mode;
    });
  }

  private forTarget(expression: Expression, start: number, end: number): void {
    const scope = this.expressions;
    if (expression.kind === 'pattern') this.validatePattern(scope, expression, end);
    else if (!this.isReference(expression))
      this.invalidReference(expression, start, end, 'Invalid left-hand side in for-loop', false);
    else this.validateExpression(scope);
  }

  private forEach(mode: string, body: () => void): void {
    if (mode === 'for-in') this.expression();
    else this.assignment();
    this.expect(')');
    body();
  }

  private forAwait(body: () => void): void {
    this.expect('(');
    const startsWithLet = this.is('let');
    const kind = this.declarationKind();
    if (kind !== undefined) this.checkSingle(this.declarations(kind, true), kind, 'for-await-of');
    else {
      if (startsWithLet) this.failAt(this.next, "The left-hand side of a for-of loop may not be 'let'.");
      const { start } = this.next;
      this.inScope('expression', () => this.forTarget(this.leftHandSide(), start, this.token.end));
    }
    this.expectWord('of');
    this.forEach('for-of', body);
  }

  /** What a pattern's target is called where it is none. */
  protected readonly badTarget = badTarget;
}
