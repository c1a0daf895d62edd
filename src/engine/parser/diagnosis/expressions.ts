// Expressions: operators, assignments, arrow functions' heads, members and calls.

import {
  Accumulation,
  badTarget,
  DiagnosisBase,
  type Expression,
  escapedKeyword,
  strictEvalArguments,
} from './base.ts';
import { isAnyIdentifier, isPlainIdentifier, isPropertyName, type Token } from './scanner.ts';

const precedences: Readonly<Record<string, number>> = {
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  '==': 9,
  '!=': 9,
  '===': 9,
  '!==': 9,
  '<': 10,
  '>': 10,
  '<=': 10,
  '>=': 10,
  instanceof: 10,
  in: 10,
  '<<': 11,
  '>>': 11,
  '>>>': 11,
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};
const assignments = new Set('= += -= *= /= %= **= <<= >>= >>>= &= |= ^= &&= ||= ??='.split(' '));
const unary = new Set('! ~ delete typeof void + -'.split(' '));
const continuations = new Set(['template', 'tail', '.', '[', '?.', '(']);
const endsYield = new Set(['end', ';', '}', ']', ')', ':', ',', 'in']);

const isReference = (expression: Expression, isStrict: boolean): boolean =>
  expression.kind === 'property' ||
  expression.kind === 'private' ||
  (expression.kind === 'identifier' && !(isStrict && /^(?:eval|arguments)$/.test(expression.name!)));

export abstract class DiagnosisExpressions extends DiagnosisBase {
  protected abstract arrayLiteral(): Expression;
  protected abstract objectLiteral(): Expression;
  protected abstract functionExpression(): Expression;
  protected abstract asyncFunctionExpression(): Expression;
  protected abstract classExpression(): Expression;
  protected abstract arrowFunction(start: number, single: Expression | undefined): Expression;

  protected other(start: number): Expression {
    return { kind: 'other', start };
  }

  protected isReference(expression: Expression): boolean {
    return isReference(expression, this.state.isStrict);
  }

  /** An expression on its own. */
  protected expression(acceptsIn = true): Expression {
    return this.inScope('expression', (scope) =>
      this.withIn(acceptsIn, () => {
        const expression = this.expressionCover();
        this.validateExpression(scope);
        return expression;
      }),
    );
  }

  /** An assignment expression on its own. */
  protected assignment(): Expression {
    return this.inScope('expression', (scope) => {
      const expression = this.assignmentCover();
      this.validateExpression(scope);
      return expression;
    });
  }

  /** Expressions with commas, which may turn out to be parameters. */
  protected expressionCover(): Expression {
    const { start } = this.next;
    const accumulation = new Accumulation(this.expressions);
    let count = 0;
    let expression: Expression;
    for (;;) {
      if (this.is('...')) {
        const rest = this.arrowRest(accumulation);
        accumulation.end();
        return rest;
      }
      const at = this.next.start;
      expression = this.assignmentCover();
      count++;
      this.arrowParameter(accumulation, at, expression);
      if (!this.check(',')) break;
      if (this.is(')') && this.ahead.type === '=>') break;
    }
    accumulation.end();
    return count === 1 ? expression : { kind: 'other', start };
  }

  private arrowRest(accumulation: Accumulation): Expression {
    const ellipsis = this.advance();
    const { start } = this.next;
    const pattern = this.bindingPattern();
    this.arrowParameter(accumulation, start, pattern);
    this.recordNonSimple();
    if (this.is('=')) this.failAt(this.token, 'Rest parameter may not have a default initializer');
    if (this.is(',')) this.failAt(this.token, 'Rest parameter must be last formal parameter');
    if (!this.is(')') || this.ahead.type !== '=>') this.unexpected(ellipsis);
    return this.other(start);
  }

  protected arrowParameter(accumulation: Accumulation, start: number, expression: Expression): void {
    accumulation.next();
    const { kind } = expression;
    if (expression.isParenthesized || !(kind === 'identifier' || kind === 'pattern' || kind === 'assignment'))
      this.recordDeclaration(start, this.token.end, badTarget);
    else if (kind === 'identifier') this.parameterName(expression.name!, start, this.token.end);
    else this.recordNonSimple();
  }

  protected parameterName(name: string, start: number, end: number): void {
    if (this.isEvalOrArguments(name)) this.recordStrictParameter({ start, end }, strictEvalArguments);
  }

  /** An identifier, or an array's or object's pattern. */
  protected bindingPattern(): Expression {
    const { start } = this.next;
    if (isAnyIdentifier(this.next)) {
      const name = this.identifier(this.advance());
      if (this.state.isStrict && this.isEvalOrArguments(name)) this.failAt(this.token, strictEvalArguments);
      this.note(name, start);
      return { kind: 'identifier', start, name };
    }
    if (this.is('[')) return this.arrayLiteral();
    if (this.is('{')) return this.objectLiteral();
    return this.unexpected(this.advance());
  }

  /** A name in an expression or pattern: a declared one, where it stands in a declaration. */
  protected note(name: string, start: number): void {
    const scope = this.expressions;
    if (scope === undefined) return;
    if (scope.kind === 'lexical' && name === 'let')
      this.fail('let is disallowed as a lexically bound name', start, start + 3);
    if (scope.isDeclaration || scope.isArrowHead) scope.names.push({ name, start });
    if (scope.kind === 'lexical') this.scope.declareLexical(name, start);
    else if (scope.kind === 'var') this.scope.declareVar(name, start);
  }

  // --- assignments --------------------------------------------------------------------------------------------------------

  protected assignmentCover(): Expression {
    const { start } = this.next;
    if (this.is('yield') && this.state.isGenerator) return this.yieldExpression();
    const namesBefore = this.expressions?.names.length ?? 0;
    const expression = this.conditional();
    const op = this.next.type;
    if (op === '=>') {
      if (
        this.arrowHead === undefined ||
        !(expression.kind === 'identifier' || expression.isParenthesized || expression.kind === 'empty')
      )
        this.fail('Malformed arrow function parameter list', expression.position ?? expression.start, this.token.start);
      if (this.expressions !== undefined) this.expressions.names.length = namesBefore;
      return this.arrowFunction(start, expression);
    }
    if (!assignments.has(op)) return expression;
    const end = this.token.end;
    if (this.isReference(expression)) {
      if (expression.kind === 'identifier') {
        if (expression.isParenthesized) this.recordDeclaration(start, end, badTarget);
      } else {
        this.recordDeclaration(start, end, 'Illegal property in declaration context');
        this.validateExpression(this.expressions);
        if (this.expressions !== undefined) this.expressions.pattern = undefined;
      }
    } else if (expression.kind === 'pattern' && op === '=') {
      if (expression.isParenthesized) {
        if (this.expressions?.isDeclaration) this.fail(badTarget, start, end);
        this.fail('Invalid left-hand side in assignment', start, end);
      }
      this.validatePattern(this.expressions, expression, end);
    } else {
      const isLogical = op === '&&=' || op === '||=' || op === '??=';
      this.invalidReference(expression, start, end, 'Invalid left-hand side in assignment', isLogical);
    }
    this.advance();
    this.assignment();
    if (op !== '=') this.recordPattern(start, this.token.end, badTarget);
    return { kind: op === '=' ? 'assignment' : 'other', start };
  }

  /** What cannot be assigned to: an error now, or at run time where that is how the web has it. */
  protected invalidReference(
    expression: Expression,
    start: number,
    end: number,
    message: string,
    isEarly: boolean,
  ): void {
    if (expression.kind === 'identifier') this.fail(strictEvalArguments, start, end);
    if (expression.kind === 'call' && !isEarly) this.recordPattern(start, end, badTarget);
    else this.fail(message, start, end);
  }

  private yieldExpression(): Expression {
    const { start } = this.next;
    this.recordParameterInitializer(this.next, 'Yield expression not allowed in formal parameter');
    this.advance();
    if (!this.next.isAfterNewline) {
      if (this.check('*')) this.assignmentCover();
      else if (!endsYield.has(this.next.type)) this.assignmentCover();
    }
    return this.other(start);
  }

  // --- operators ----------------------------------------------------------------------------------------------------------

  private conditional(): Expression {
    const { start } = this.next;
    const expression = this.logical();
    if (!this.is('?')) return expression;
    this.advance();
    this.withIn(true, () => this.assignment());
    this.expect(':');
    this.assignment();
    return this.other(start);
  }

  private precedence(): number {
    const { type } = this.next;
    return type === 'in' && !this.acceptsIn ? 0 : (precedences[type] ?? 0);
  }

  private logical(): Expression {
    const { start } = this.next;
    let expression = this.binary(6);
    if (this.is('&&') || this.is('||')) expression = this.continueBinary(start, 4, this.precedence());
    else
      while (this.check('??')) {
        this.binary(6);
        expression = this.other(start);
      }
    return expression;
  }

  private binary(least: number): Expression {
    const { start } = this.next;
    if (this.is('private')) {
      const name = this.next;
      const x = this.propertyName(this.token.start);
      const precedence = this.precedence();
      if (!this.is('in') || precedence < least) this.unexpected(name);
      this.continueBinary(start, least, precedence);
      return { ...x, kind: 'other' };
    }
    const expression = this.unary();
    const precedence = this.precedence();
    return precedence >= least ? this.continueBinary(start, least, precedence) : expression;
  }

  private continueBinary(start: number, least: number, first: number): Expression {
    let position = start;
    for (let precedence = first; precedence >= least; precedence--)
      while (this.precedence() === precedence) {
        const op = this.advance();
        position = op.start;
        this.binary(op.type === '**' ? precedence : precedence + 1);
      }
    return { kind: 'other', start, position };
  }

  private unary(): Expression {
    const op = this.next;
    const { start } = op;
    const exponent =
      'Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence';
    if (unary.has(op.type)) {
      this.advance();
      const operand = this.unary();
      if (op.type === 'delete') {
        if (operand.kind === 'identifier' && this.state.isStrict)
          this.failAt(this.token, 'Delete of an unqualified identifier in strict mode.');
        if (operand.kind === 'private') this.failAt(this.token, 'Private fields can not be deleted');
      }
      if (this.is('**')) this.fail(exponent, start, this.next.end);
      return this.other(start);
    }
    if (op.type === '++' || op.type === '--') {
      this.advance();
      const at = this.next.start;
      const operand = this.unary();
      if (!this.isReference(operand))
        this.invalidReference(
          operand,
          at,
          this.token.end,
          'Invalid left-hand side expression in prefix operation',
          false,
        );
      return this.other(start);
    }
    if (op.type === 'await' && this.state.isAsync) {
      this.recordParameterInitializer(op, 'Illegal await-expression in formal parameters of async function');
      this.advance();
      this.unary();
      if (this.is('**')) this.fail(exponent, start, this.next.end);
      return this.other(start);
    }
    const expression = this.leftHandSide();
    if (!(this.is('++') || this.is('--')) || this.next.isAfterNewline) return expression;
    if (!this.isReference(expression))
      this.invalidReference(
        expression,
        start,
        this.token.end,
        'Invalid left-hand side expression in postfix operation',
        false,
      );
    this.advance();
    return this.other(start);
  }

  // --- members and calls --------------------------------------------------------------------------------------------------

  protected leftHandSide(): Expression {
    const { start } = this.next;
    const first = this.member();
    if (!continuations.has(this.next.type)) return first;
    let result = first;
    const { token } = this;
    if (
      this.is('(') &&
      first.kind === 'identifier' &&
      !first.isParenthesized &&
      token.type === 'async' &&
      !this.next.isAfterNewline &&
      !token.hasEscape
    ) {
      const isArrow = this.inScope('async-arrow', (scope) => {
        this.arguments(true);
        if (this.is('=>')) {
          this.arrowHead = { scope, isAsync: true };
          return true;
        }
        this.validateExpression(scope);
        return false;
      });
      if (isArrow) return { kind: 'empty', start };
      result = { kind: 'call', start, position: first.start };
      if (!continuations.has(this.next.type)) return result;
    }
    let isChain = false;
    do {
      let isOptional = false;
      if (this.check('?.')) {
        isChain = true;
        if (this.is('.') || this.is('?.')) this.unexpected(this.advance());
        if (!continuations.has(this.next.type)) {
          this.propertyName(this.token.start);
          result = { kind: 'optional', start };
          continue;
        }
        isOptional = true;
      }
      result = this.memberStep(result, start, isChain, isOptional) ?? this.call(result);
    } while (continuations.has(this.next.type));
    return isChain ? { ...result, kind: 'optional' } : result;
  }

  private call(callee: Expression): Expression {
    // of a name, where it stands; of anything else, the parenthesis
    const position = isPropertyName(this.token) ? this.token.start : this.next.start;
    this.arguments(false);
    return { kind: 'call', start: callee.start, position };
  }

  /** `.x`, `[x]`, a template; undefined before a call. */
  private memberStep(object: Expression, start: number, isChain: boolean, isOptional: boolean): Expression | undefined {
    if (this.is('[')) {
      this.advance();
      this.withIn(true, () => this.expressionScoped());
      this.expect(']');
      return { kind: isChain ? 'optional' : 'property', start };
    }
    if (this.is('.') && !isOptional) {
      this.advance();
      const isPrivate = this.is('private');
      this.propertyName(this.token.start);
      return { kind: isChain ? 'optional' : isPrivate ? 'private' : 'property', start };
    }
    if (this.is('(')) return undefined;
    if (isChain) this.failAt(this.next, 'Invalid tagged template on optional chain');
    this.template(true);
    return { kind: 'other', start: object.start };
  }

  private expressionScoped(): void {
    this.inScope('expression', (scope) => {
      this.expressionCover();
      this.validateExpression(scope);
    });
  }

  /** A name behind a dot that stands at `dot`. */
  private propertyName(dot: number): Expression {
    const token = this.advance();
    if (token.type === 'private') {
      if (this.privateNames !== undefined) this.privateNames.ask(token.value, dot);
      else if (!this.options.hasOuterPrivateNames) {
        const message = `Private field '${token.value}' must be declared in an enclosing class`;
        this.fail(message, dot, dot + 1);
      }
    } else if (!isPropertyName(token)) this.unexpected(token);
    return { kind: 'property', start: token.start };
  }

  protected arguments(maybeArrow: boolean): void {
    this.advance();
    const accumulation = new Accumulation(this.expressions);
    while (!this.is(')')) {
      const { start } = this.next;
      const isSpread = this.check('...');
      const at = this.next.start;
      const argument = this.withIn(true, () => (maybeArrow ? this.assignmentCover() : this.assignment()));
      if (maybeArrow) {
        this.arrowParameter(accumulation, at, argument);
        if (isSpread) {
          this.recordNonSimple();
          if (argument.kind === 'assignment')
            this.recordDeclaration(start, this.token.end, 'Rest parameter may not have a default initializer');
          if (this.is(','))
            this.recordDeclaration(this.next.start, this.next.end, 'Rest parameter must be last formal parameter');
        }
      }
      if (!this.check(',')) break;
    }
    if (maybeArrow) accumulation.end();
    const { token } = this;
    if (!this.check(')')) this.failAt(token, 'missing ) after argument list');
  }

  private member(): Expression {
    const { start } = this.next;
    let result = this.is('new') ? this.newExpression() : this.primary();
    while (this.is('[') || this.is('.') || this.is('template') || this.is('tail'))
      result = this.memberStep(result, start, false, false)!;
    return result;
  }

  private newExpression(): Expression {
    const { start } = this.advance();
    let result: Expression;
    if (this.is('import')) {
      result = this.importExpression();
      // a call, not import.meta
      if (this.token.type === ')') this.failAt(this.token, 'Cannot use new with import');
    } else if (this.is('.')) {
      this.advance();
      this.expectWord('target', 'new.target', start);
      const kind = this.receiverKind;
      if (!this.options.allowNewTarget && (kind === 'script' || kind === 'module' || kind === 'eval'))
        this.failAt(this.token, 'new.target expression is not allowed here');
      return this.other(start);
    } else {
      result = this.member();
      if (result.kind === 'super-call') this.failAt(this.token, "'super' keyword unexpected here");
    }
    if (this.is('(')) {
      this.arguments(false);
      return this.other(start);
    }
    if (this.is('?.')) this.failAt(this.next, 'Invalid optional chain from new expression');
    return this.other(start);
  }

  private superExpression(): Expression {
    const token = this.advance();
    const kind = this.receiverKind;
    const isOutermost = this.functions.every((fn) => fn.kind === 'arrow');
    const hasProperty =
      /^(?:method|getter|setter|base|derived|initializer|static)$/.test(kind) ||
      (isOutermost && this.options.allowSuperProperty);
    if (hasProperty) {
      if (this.is('.') && this.ahead.type === 'private') {
        this.advance();
        this.failAt(this.advance(), 'Unexpected private field');
      }
      if (this.is('.') || this.is('[')) return { kind: 'other', start: token.start };
    }
    const hasCall = kind === 'derived' || (isOutermost && this.options.allowSuperCall);
    if (this.is('(') && hasCall) return { kind: 'super-call', start: token.start };
    return this.failAt(token, "'super' keyword unexpected here");
  }

  private importExpression(): Expression {
    const token = this.advance();
    const { start } = token;
    const isSourcePhase = this.is('.') && this.ahead.value === 'source' && !this.ahead.hasEscape;
    if (isSourcePhase) {
      this.advance();
      this.advance();
    } else if (this.check('.')) {
      this.expectWord('meta', 'import.meta', start);
      if (!this.options.isModule) this.fail("Cannot use 'import.meta' outside a module", start, this.token.end);
      return this.other(start);
    }
    if (!this.is('(')) {
      if (!this.options.isModule) this.failAt(token, 'Cannot use import statement outside a module');
      this.unexpected(this.advance());
    }
    this.advance();
    if (this.is(')')) this.failAt(this.token, 'import() requires a specifier');
    this.withIn(true, () => {
      this.assignmentCover();
      if (!isSourcePhase && this.check(',') && !this.is(')')) {
        this.assignmentCover();
        this.check(',');
      }
    });
    this.expect(')');
    return { kind: 'other', start };
  }

  // --- primary expressions ------------------------------------------------------------------------------------------------

  private primary(): Expression {
    const token = this.next;
    const { start } = token;
    if (isAnyIdentifier(token)) return this.identifierExpression();
    switch (token.type) {
      case 'number':
      case 'null':
      case 'true':
      case 'false':
      case 'this':
        this.advance();
        return this.other(start);
      case 'string':
        this.advance();
        return { kind: 'string', start };
      case 'new':
        return this.newExpression();
      case '/':
      case '/=':
        return this.regularExpression();
      case 'function':
        return this.functionExpression();
      case 'class':
        return this.classExpression();
      case 'super':
        return this.superExpression();
      case 'import':
        return this.importExpression();
      case '[':
        return this.arrayLiteral();
      case '{':
        return this.objectLiteral();
      case '(':
        return this.parenthesized();
      case 'template':
      case 'tail':
        this.template(false);
        return this.other(start);
      case '%':
        if (this.options.allowNatives) return this.native();
        break;
      default:
    }
    return this.unexpected(this.advance());
  }

  private native(): Expression {
    const { start } = this.advance();
    this.advance();
    this.arguments(false);
    return this.other(start);
  }

  private identifierExpression(): Expression {
    let token: Token = this.advance();
    let isAsync = false;
    if (token.type === 'async' && !this.next.isAfterNewline && !token.hasEscape) {
      if (this.is('function')) return this.asyncFunctionExpression();
      if (isAnyIdentifier(this.next) && this.ahead.type === '=>') {
        token = this.advance();
        isAsync = true;
      }
    }
    const { start } = token;
    if (this.is('=>')) {
      this.inScope(isAsync ? 'async-arrow' : 'arrow', (scope) => {
        const name = this.identifier(token);
        this.parameterName(name, start, token.end);
        scope.names.push({ name, start });
        this.arrowHead = { scope, isAsync };
      });
      return { kind: 'identifier', start, name: token.value };
    }
    const name = this.identifier(token);
    this.note(name, start);
    return { kind: 'identifier', start, name };
  }

  private parenthesized(): Expression {
    const { start } = this.advance();
    if (this.is(')')) {
      const close = this.advance();
      if (!this.is('=>')) this.unexpected(close);
      this.inScope('arrow', (scope) => {
        this.arrowHead = { scope, isAsync: false };
      });
      return { kind: 'empty', start };
    }
    return this.inScope('arrow', (scope) => {
      const inner = this.withIn(true, () => this.expressionCover());
      this.expect(')');
      if (this.is('=>')) this.arrowHead = { scope, isAsync: false };
      else this.validateExpression(scope);
      return { ...inner, start, isParenthesized: true };
    });
  }

  private regularExpression(): Expression {
    const { start } = this.next;
    const place = this.scanner.regularExpression(start);
    if (place === undefined) this.fail('Invalid regular expression: missing /', start, start + 1);
    const { bodyEnd, end } = place;
    this.replaceNext({ ...this.next, type: 'regexp', end });
    const flags = this.source.slice(bodyEnd + 1, end);
    const isValid = /^[dgimsuvy]*$/.test(flags) && new Set(flags).size === flags.length;
    if (!isValid) this.fail('Invalid regular expression flags', start, start + 1);
    this.advance();
    if (/u/.test(flags) && /v/.test(flags)) this.fail('Invalid regular expression flags', start, end);
    const pattern = this.source.slice(start + 1, bodyEnd);
    const error = this.options.regExpError(pattern, flags, { start, end });
    if (error !== undefined) this.fail(`Invalid regular expression: /${pattern}/${flags}: ${error}`, start, end);
    return this.other(start);
  }

  private template(isTagged: boolean): void {
    const checkEscapes = ({ escapeError }: Token): void => {
      if (escapeError !== undefined && !isTagged) this.failAt(escapeError, escapeError.message);
    };
    let token = this.advance();
    checkEscapes(token);
    while (token.type === 'template') {
      const { start } = this.next;
      this.withIn(true, () => this.expressionScoped());
      if (!this.is('}')) this.fail('Missing } in template expression', start, this.next.start);
      this.replaceNext(this.scanner.continueTemplate(this.next.start));
      token = this.advance();
      if (token.type === 'illegal') this.unexpected(token);
      checkEscapes(token);
    }
  }

  protected noEscape(token: Token): void {
    if (token.hasEscape) this.failAt(token, escapedKeyword);
  }

  protected isPlainName(token: Token): boolean {
    return isPlainIdentifier(token);
  }
}
