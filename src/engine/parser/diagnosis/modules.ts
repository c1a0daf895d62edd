// Modules: imports and exports.

import { type Place, strictEvalArguments } from './base.ts';
import { isAnyIdentifier, isPlainIdentifier, isPropertyName, type Token } from './scanner.ts';
import { DiagnosisStatements } from './statements.ts';

interface Export {
  readonly name: string;
  readonly local: string | undefined;
  readonly place: Place;
}

export class DiagnosisModules extends DiagnosisStatements {
  private readonly exports: Export[] = [];

  /** Parses everything; throws the first Diagnosis. */
  run(): void {
    const { options, state } = this;
    if (options.isModule) {
      while (!this.is('end')) this.moduleItem();
      this.validateExports();
    } else this.statementList('end', state);
    state.scope.checkHoisted();
    if (state.isStrict) this.checkOctal(0, this.token.end);
  }

  private moduleItem(): void {
    if (this.is('import') && this.ahead.type !== '(' && this.ahead.type !== '.') this.importDeclaration();
    else if (this.is('export')) this.exportDeclaration();
    else this.statementListItem();
  }

  private declareImport(token: Token): void {
    this.scope.declareLexical(token.value, token.start);
  }

  private nonRestricted(): Token {
    const name = this.advance();
    if (!this.isValidIdentifier(name, this.state)) this.unexpected(name);
    if (this.isEvalOrArguments(name.value)) this.failAt(name, strictEvalArguments);
    return name;
  }

  private importDeclaration(): void {
    this.advance();
    if (this.check('string')) {
      this.attributes();
      this.semicolon();
      return;
    }
    const hasDefault = !this.is('*') && !this.is('{');
    if (hasDefault) this.declareImport(this.nonRestricted());
    if (!hasDefault || this.check(',')) {
      if (this.check('*')) {
        this.expectWord('as');
        this.declareImport(this.nonRestricted());
      } else if (this.is('{')) this.namedImports();
      else this.unexpected(this.token);
    }
    this.from();
    this.semicolon();
  }

  private from(): void {
    this.expectWord('from');
    this.expect('string');
    this.attributes();
  }

  private namedImports(): void {
    this.advance();
    while (!this.is('}')) {
      let name = this.exportName();
      if (this.isWord('as')) {
        this.advance();
        name = this.advance();
        if (!isPropertyName(name)) this.unexpected(name);
      }
      if (!this.isValidIdentifier(name, this.state)) {
        if (isAnyIdentifier(name)) this.unexpected(name);
        this.failAt(name, 'Unexpected reserved word');
      }
      if (this.isEvalOrArguments(name.value)) this.failAt(name, strictEvalArguments);
      this.declareImport(name);
      if (this.is('}')) break;
      this.expect(',');
    }
    this.expect('}');
  }

  /** A name as modules give them to each other. */
  private exportName(): Token {
    const token = this.advance();
    if (token.type === 'string') {
      if (!(token.value as string & { isWellFormed(): boolean }).isWellFormed())
        this.failAt(token, 'Invalid module export name: contains unpaired surrogate');
    } else if (!isPropertyName(token)) this.unexpected(token);
    return token;
  }

  private attributes(): void {
    if (!this.check('with')) return;
    this.expect('{');
    const seen = new Set<string>();
    while (!this.is('}')) {
      const key = this.advance();
      if (key.type !== 'string' && !isPropertyName(key)) this.unexpected(key);
      this.expect(':');
      const value = this.expect('string');
      if (seen.has(key.value)) this.fail(`Import attribute has duplicate key '${key.value}'`, key.start, value.end);
      seen.add(key.value);
      if (this.is('}')) break;
      if (!this.check(',')) this.unexpected(this.advance());
    }
    this.expect('}');
  }

  // --- exports --------------------------------------------------------------------------------------------------------------

  private exportLocals(names: readonly string[], start: number): void {
    const place = { start, end: this.token.end };
    for (const name of names) this.exports.push({ name, local: undefined, place });
  }

  private exportDeclaration(): void {
    const keyword = this.advance();
    const { start } = this.next;
    switch (this.next.type) {
      case 'default':
        this.exportDefault();
        return;
      case '*':
        this.exportStar();
        return;
      case '{':
        this.exportClause();
        return;
      case 'function': {
        const name = this.hoistable(this.advance().start, false);
        this.exportLocals([name!.value], start);
        return;
      }
      case 'class':
        this.advance();
        this.exportLocals([this.classDeclaration()!], start);
        return;
      case 'var':
      case 'const':
      case 'let':
        this.exportLocals(this.variableStatement(this.next.type), start);
        return;
      case 'async':
        if (this.ahead.type === 'function' && !this.ahead.isAfterNewline) {
          this.exportLocals([this.asyncDeclaration()!], start);
          return;
        }
        this.advance();
        break;
      default:
    }
    this.unexpected(this.token.type === 'async' ? this.token : keyword);
  }

  private exportDefault(): void {
    const keyword = this.advance();
    const { start } = keyword;
    let name: string | undefined;
    if (this.check('function')) name = this.hoistable(this.token.start, false, true)?.value;
    else if (this.check('class')) name = this.classDeclaration(true);
    else if (this.is('async') && this.ahead.type === 'function' && !this.ahead.isAfterNewline)
      name = this.asyncDeclaration(true);
    else {
      this.withIn(true, () => this.assignment());
      if (this.hasDefault) this.fail("Identifier '.default' has already been declared", start, this.token.end);
      this.semicolon();
    }
    this.hasDefault = true;
    void name;
    this.exports.push({ name: 'default', local: undefined, place: { start, end: this.token.end } });
  }
  private hasDefault = false;

  private exportStar(): void {
    this.advance();
    if (this.isWord('as')) {
      this.advance();
      const { start } = this.next;
      const name = this.exportName();
      this.exports.push({ name: name.value, local: undefined, place: { start, end: name.end } });
    }
    this.from();
    this.semicolon();
  }

  private exportClause(): void {
    this.advance();
    let reserved: Token | undefined;
    let quoted: Token | undefined;
    const found: Export[] = [];
    while (!this.is('}')) {
      const local = this.exportName();
      if (local.type === 'string') quoted ??= local;
      else if (!isPlainIdentifier(local) && !this.isValidIdentifier(local, this.state)) reserved ??= local;
      let name = local;
      if (this.isWord('as')) {
        this.advance();
        name = this.exportName();
      }
      found.push({ name: name.value, local: local.value, place: { start: local.start, end: name.end } });
      if (this.is('}')) break;
      if (!this.check(',')) this.unexpected(this.advance());
    }
    this.expect('}');
    if (this.isWord('from')) {
      this.from();
      this.semicolon();
      this.exports.push(...found.map((entry) => ({ ...entry, local: undefined })));
      return;
    }
    if (reserved !== undefined) this.failAt(reserved, 'Unexpected reserved word');
    if (quoted !== undefined)
      this.failAt(quoted, "String literal module export names must be followed by a 'from' clause");
    this.semicolon();
    this.exports.push(...found);
  }

  private validateExports(): void {
    const names = new Set<string>();
    for (const { name, place } of this.exports) {
      if (names.has(name)) this.failAt(place, `Duplicate export of '${name}'`);
      names.add(name);
    }
    for (const { local, place } of this.exports)
      if (local !== undefined && !this.scope.has(local))
        this.failAt(place, `Export '${local}' is not defined in module`);
  }
}
