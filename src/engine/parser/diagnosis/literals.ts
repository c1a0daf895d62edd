// Array and object literals, which may turn out to be patterns, and classes.

import { Accumulation, badTarget, type Expression, strictEvalArguments } from './base.ts';
import { DiagnosisExpressions } from './expressions.ts';
import { PrivateNames } from './names.ts';
import { isAnyIdentifier, isPropertyName, isStrictReserved, type Token } from './scanner.ts';

type PropertyKind =
  | 'none'
  | 'value'
  | 'shorthand'
  | 'shorthand-or-field'
  | 'assign'
  | 'method'
  | 'field'
  | 'getter'
  | 'setter'
  | 'spread';

interface Property {
  kind: PropertyKind;
  name: string | undefined;
  isComputed: boolean;
  isPrivate: boolean;
  isAsync: boolean;
  isGenerator: boolean;
  readonly isInClass: boolean;
  readonly accumulation: Accumulation | undefined;
  isStatic: boolean;
}

const kindFrom: Readonly<Record<string, PropertyKind>> = {
  ':': 'value',
  ',': 'shorthand',
  '}': 'shorthand-or-field',
  '=': 'assign',
  '(': 'method',
  '*': 'field',
  ';': 'field',
};

export interface MethodFlags {
  readonly kind: 'method' | 'getter' | 'setter' | 'base' | 'derived';
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

export abstract class DiagnosisLiterals extends DiagnosisExpressions {
  protected abstract method(flags: MethodFlags): void;
  protected abstract classCode(kind: 'initializer' | 'static', parse: () => void): void;

  protected arrayLiteral(): Expression {
    const { start } = this.advance();
    const accumulation = new Accumulation(this.expressions);
    while (!this.check(']')) {
      if (!this.is(',')) {
        const isSpread = this.check('...');
        const at = this.token.start;
        const element = this.withIn(true, () => this.subPattern(accumulation));
        if (isSpread) {
          if (element.kind === 'assignment') this.recordPattern(at, this.token.end, badTarget);
          if (this.is(',')) this.recordPattern(at, this.token.end, 'Rest element must be last element');
        }
      }
      if (!this.is(']')) this.expect(',');
    }
    accumulation.end();
    return { kind: 'pattern', start };
  }

  /** An element or property value, as what may be a pattern's target. */
  private subPattern(accumulation: Accumulation | undefined): Expression {
    accumulation?.next();
    const { start } = this.next;
    if (this.expressions?.isDeclaration) return this.bindingElement();
    const result = this.assignmentCover();
    const { end } = this.token;
    if (this.isReference(result)) {
      if (result.kind === 'identifier') {
        if (result.isParenthesized) this.recordDeclaration(start, end, badTarget);
        this.parameterName(result.name!, start, end);
      } else {
        this.recordDeclaration(start, end, 'Illegal property in declaration context');
        this.validateExpression(this.expressions);
      }
    } else if (result.isParenthesized || (result.kind !== 'pattern' && result.kind !== 'assignment'))
      this.recordPattern(start, end, badTarget);
    return result;
  }

  /** The same in a declaration, where initializers are expressions of their own. */
  private bindingElement(): Expression {
    const { start } = this.next;
    const before = this.expressions!.names.length;
    const result = this.assignmentCover();
    const { end } = this.token;
    if (this.isReference(result)) {
      if (result.kind === 'identifier') {
        if (result.isParenthesized) this.fail(badTarget, start, end);
        this.parameterName(result.name!, start, end);
      } else this.fail('Illegal property in declaration context', start, end);
    } else if (result.kind === 'identifier') this.fail(strictEvalArguments, start, end);
    else if (result.isParenthesized || (result.kind !== 'pattern' && result.kind !== 'assignment')) {
      this.expressions!.names.length = before;
      this.fail(badTarget, start, end);
    }
    return result;
  }

  protected objectLiteral(): Expression {
    const { start } = this.advance();
    const accumulation = new Accumulation(this.expressions);
    let hasProto = false;
    while (!this.check('}')) {
      hasProto = this.objectProperty(accumulation, hasProto);
      if (!this.is('}')) this.expect(',');
    }
    accumulation.end();
    return { kind: 'pattern', start };
  }

  private objectProperty(accumulation: Accumulation, hasProto: boolean): boolean {
    const name = this.next;
    const property = this.property(false, accumulation);
    const { kind } = property;
    let seen = hasProto;
    switch (kind) {
      case 'spread':
        return seen;
      case 'value':
        if (!property.isComputed && property.name === '__proto__') {
          if (hasProto) {
            const message = 'Duplicate __proto__ fields are not allowed in object literals';
            this.recordExpression(this.token.start, this.token.end, message);
          }
          seen = true;
        }
        this.advance();
        this.withIn(true, () => this.subPattern(accumulation));
        return seen;
      case 'assign':
      case 'shorthand':
      case 'shorthand-or-field': {
        this.identifier(this.wordOf(name));
        this.note(name.value, name.start);
        if (this.state.isStrict && this.isEvalOrArguments(name.value))
          this.recordPattern(name.start, name.end, strictEvalArguments);
        else this.parameterName(name.value, name.start, name.end);
        if (this.check('=')) {
          this.withIn(true, () => this.assignment());
          this.recordExpression(name.start, this.token.end, 'Invalid shorthand property initializer');
        }
        return seen;
      }
      case 'method':
      case 'getter':
      case 'setter':
        this.recordPattern(name.start, this.token.end, badTarget);
        this.method({ kind, isAsync: property.isAsync, isGenerator: property.isGenerator });
        return seen;
      default:
        return this.unexpected(this.advance());
    }
  }

  /** A shorthand property is a name; anything else is unexpected where it stands. */
  private wordOf(name: Token): Token {
    if (!isAnyIdentifier(name)) this.unexpected(name);
    return name;
  }

  private kindOf(property: Property, token: Token): boolean {
    const kind = kindFrom[token.type];
    if (kind !== undefined) property.kind = kind;
    return kind !== undefined;
  }

  /** A property up to where its kind is known. */
  private property(isInClass: boolean, accumulation: Accumulation | undefined): Property {
    const property: Property = {
      kind: 'none',
      name: undefined,
      isComputed: false,
      isPrivate: false,
      isAsync: false,
      isGenerator: false,
      isStatic: false,
      isInClass,
      accumulation,
    };
    if (this.check('async')) {
      if ((!this.is('*') && this.kindOf(property, this.next)) || this.next.isAfterNewline) {
        property.name = 'async';
        return property;
      }
      this.noEscape(this.token);
      property.isAsync = true;
      property.kind = 'method';
    }
    if (this.check('*')) {
      property.isGenerator = true;
      property.kind = 'method';
    }
    if (property.kind === 'none' && (this.is('get') || this.is('set'))) {
      const accessor = this.advance();
      if (this.kindOf(property, this.next)) {
        property.name = accessor.value;
        return property;
      }
      this.noEscape(accessor);
      property.kind = accessor.type === 'get' ? 'getter' : 'setter';
    }
    this.propertyKey(property);
    if (property.kind === 'none') this.kindOf(property, this.next);
    return property;
  }

  private propertyKey(property: Property): void {
    switch (this.next.type) {
      case 'private':
        property.isPrivate = true;
        property.name = this.advance().value;
        if (!property.isInClass) this.unexpected(this.token);
        return;
      case 'string':
        property.name = this.advance().value;
        return;
      case 'number':
        this.advance();
        return;
      case '[':
        property.isComputed = true;
        this.advance();
        this.withIn(true, () => this.assignment());
        this.expect(']');
        return;
      case '...':
        if (property.kind === 'none' && !property.isInClass) {
          this.spreadProperty(property);
          return;
        }
        break;
      default:
    }
    const token = this.advance();
    if (!isPropertyName(token)) this.unexpected(token);
    property.name = token.value;
  }

  private spreadProperty(property: Property): void {
    this.advance();
    const { start } = this.next;
    property.kind = 'spread';
    const expression = this.withIn(true, () => {
      if (!this.expressions?.isDeclaration) return this.subPattern(property.accumulation);
      const { start: at } = this.next;
      const result = this.assignmentCover();
      if (result.kind !== 'identifier' && result.kind !== 'property') {
        const message = '`...` must be followed by an identifier in declaration contexts';
        this.fail(message, at, this.token.end);
      }
      return result;
    });
    if (!this.isReference(expression)) {
      const { end } = this.token;
      this.recordDeclaration(start, end, '`...` must be followed by an identifier in declaration contexts');
      this.recordPattern(start, end, '`...` must be followed by an assignable reference in assignment contexts');
    }
    if (!this.is('}')) this.recordPattern(this.token.start, this.token.end, 'Rest element must be last element');
  }

  // --- classes --------------------------------------------------------------------------------------------------------------

  protected classExpression(): Expression {
    const { start } = this.advance();
    const name = isAnyIdentifier(this.next) ? this.advance() : undefined;
    if (name !== undefined) this.identifier(name);
    this.classLiteral(name);
    return this.other(start);
  }

  protected classLiteral(name: Token | undefined): void {
    if (name !== undefined) {
      if (isStrictReserved(name)) this.failAt(name, 'Unexpected strict mode reserved word');
      if (this.isEvalOrArguments(name.value)) this.failAt(name, strictEvalArguments);
    }
    const { isStrict } = this.state;
    this.state.isStrict = true;
    this.privateNames = new PrivateNames(
      this.privateNames,
      (message, start, end) => this.fail(message, start, end),
      this.options.hasOuterPrivateNames,
    );
    const hasHeritage = this.check('extends');
    if (hasHeritage)
      this.inScope('expression', (scope) => {
        this.leftHandSide();
        this.validateExpression(scope);
      });
    this.expect('{');
    const seen = { constructor: false };
    while (!this.is('}')) {
      if (this.check(';')) continue;
      if (this.is('static') && this.ahead.type === '{') this.staticBlock();
      else this.classProperty(hasHeritage, seen);
    }
    this.advance();
    this.privateNames.end();
    this.privateNames = this.privateNames.outer;
    this.state.isStrict = isStrict;
  }

  private staticBlock(): void {
    this.advance();
    this.classCode('static', () => {
      this.expect('{');
      while (!this.is('}')) this.statementListItem();
      this.advance();
    });
  }

  private classProperty(isDerived: boolean, seen: { constructor: boolean }): void {
    const first = this.next;
    let at = first;
    let property: Property;
    let isStatic = false;
    if (this.is('static')) {
      this.advance();
      at = this.next;
      if (this.is('(') || this.is('=') || this.is(';') || this.is('}')) {
        property = { ...this.emptyProperty(), name: 'static' };
        this.kindOf(property, this.next);
      } else {
        isStatic = true;
        property = this.property(true, undefined);
      }
    } else property = this.property(true, undefined);
    switch (property.kind) {
      case 'assign':
      case 'field':
      case 'shorthand-or-field':
      case 'none':
        this.classField(property, isStatic);
        return;
      case 'method':
      case 'getter':
      case 'setter':
        this.classMethod(property, isStatic, isDerived, seen);
        return;
      default:
        this.fail(this.unexpectedMessage(first.type === 'static' && !isStatic ? first : at), at.start, this.token.end);
    }
  }

  private unexpectedMessage(token: Token): string {
    try {
      return this.unexpected(token);
    } catch (error) {
      return (error as Error).message;
    }
  }

  private emptyProperty(): Property {
    return {
      kind: 'none',
      name: undefined,
      isComputed: false,
      isPrivate: false,
      isAsync: false,
      isGenerator: false,
      isStatic: false,
      isInClass: true,
      accumulation: undefined,
    };
  }

  private classField(property: Property, isStatic: boolean): void {
    const { name } = property;
    if (!property.isComputed) {
      if (isStatic && name === 'prototype')
        this.failAt(this.token, "Classes may not have a static property named 'prototype'");
      if (name === 'constructor' || name === '#constructor')
        this.failAt(this.token, "Classes may not have a field named 'constructor'");
    }
    this.classCode('initializer', () => {
      if (this.check('=')) this.withIn(true, () => this.assignment());
    });
    this.semicolon();
    if (property.isPrivate) this.privateNames!.declare(name!, 'field', this.token.start);
  }

  private classMethod(property: Property, isStatic: boolean, isDerived: boolean, seen: { constructor: boolean }): void {
    const { name, isAsync, isGenerator } = property;
    const kind = property.kind as 'method' | 'getter' | 'setter';
    let isConstructor = false;
    if (name === '#constructor') this.failAt(this.token, 'Class constructor may not be a private method');
    else if (!property.isComputed && isStatic) {
      if (name === 'prototype') this.failAt(this.token, "Classes may not have a static property named 'prototype'");
    } else if (!property.isComputed && name === 'constructor') {
      const what = isGenerator
        ? 'a generator'
        : isAsync
          ? 'an async method'
          : kind === 'method'
            ? undefined
            : 'an accessor';
      if (what !== undefined) this.failAt(this.token, `Class constructor may not be ${what}`);
      if (seen.constructor) this.failAt(this.token, 'A class may only have one constructor');
      seen.constructor = true;
      isConstructor = true;
    }
    this.method({ kind: isConstructor ? (isDerived ? 'derived' : 'base') : kind, isAsync, isGenerator });
    if (property.isPrivate) {
      const accessor = kind === 'getter' ? 'get' : kind === 'setter' ? 'set' : 'method';
      this.privateNames!.declare(name!, `${isStatic ? 'static ' : ''}${accessor}`, this.token.start);
    }
  }
}
