// Functions: names, parameters, bodies, and what only a body's directives decide.

import {
  Diagnosis,
  type Expression,
  type ExpressionScope,
  type FunctionState,
  type Place,
  strictEvalArguments,
} from './base.ts';
import { DiagnosisLiterals, type MethodFlags } from './literals.ts';
import { isAnyIdentifier, isStrictReserved, type Token } from './scanner.ts';

interface Shape {
  readonly kind: FunctionState['kind'];
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

export abstract class DiagnosisFunctions extends DiagnosisLiterals {
  /** Runs `parse` as the code of a function. */
  private inFunction<T>(shape: Shape, parse: (state: FunctionState) => T): T {
    const { state, scope, expressions, acceptsIn, arrowHead } = this;
    const inner: FunctionState = {
      ...shape,
      isStrict: state.isStrict,
      hasSimpleParameters: true,
      scope: scope.inner(),
      targets: [],
    };
    this.functions.push(inner);
    this.state = inner;
    this.scope = inner.scope;
    this.acceptsIn = true;
    this.arrowHead = undefined;
    const result = parse(inner);
    this.functions.pop();
    this.state = state;
    this.scope = scope;
    this.expressions = expressions;
    this.acceptsIn = acceptsIn;
    this.arrowHead = arrowHead;
    return result;
  }

  protected classCode(kind: 'initializer' | 'static', parse: () => void): void {
    this.inFunction({ kind, isAsync: false, isGenerator: false }, (state) => {
      this.expressions = undefined;
      parse();
      state.scope.checkHoisted();
    });
  }

  protected method(flags: MethodFlags): void {
    this.functionLiteral(flags, undefined);
  }

  protected functionExpression(): Expression {
    const { start } = this.advance();
    const isGenerator = this.check('*');
    this.named({ kind: 'normal', isAsync: false, isGenerator });
    return this.other(start);
  }

  protected asyncFunctionExpression(): Expression {
    const { start } = this.token;
    this.advance();
    const isGenerator = this.check('*');
    this.named({ kind: 'normal', isAsync: true, isGenerator });
    return this.other(start);
  }

  /** A function expression behind its keywords. */
  private named(shape: Shape): void {
    let name: Token | undefined;
    if (isAnyIdentifier(this.next)) {
      name = this.advance();
      if (!this.isValidIdentifier(name, { ...shape, isStrict: this.state.isStrict })) this.unexpected(name);
    }
    this.functionLiteral(shape, name);
  }

  /** A declaration behind `function`; it begins at `start`. The name that it declares. */
  protected hoistable(start: number, isAsync: boolean, isDefaultExport = false): Token | undefined {
    const isGenerator = this.check('*');
    let name: Token | undefined;
    const keyword = this.token;
    if (this.is('(')) {
      if (!isDefaultExport) this.failAt(keyword, 'Function statements require a function name');
    } else {
      name = this.advance();
      if (!this.isValidIdentifier(name, this.state)) this.unexpected(name);
    }
    this.functionLiteral({ kind: 'normal', isAsync, isGenerator }, name);
    if (name !== undefined) this.declareFunction(name, start, isAsync || isGenerator);
    return name;
  }

  private declareFunction(name: Token, start: number, isResumable: boolean): void {
    const isOwnLevel = this.scope === this.state.scope;
    if (isOwnLevel && this.state.kind !== 'module') this.scope.declareVar(name.value, start, 'function');
    else {
      const isSloppy = !isOwnLevel && !this.state.isStrict && !isResumable;
      this.scope.declareLexical(name.value, start, start + 1, isSloppy ? 'sloppy-function' : 'let');
    }
  }

  /** From the parameters' parenthesis to the body's end. */
  protected functionLiteral(shape: Shape, name: Token | undefined): void {
    const start = this.next.start;
    let isStrict = false;
    this.inFunction(shape, (state) => {
      this.expect('(');
      this.inScope('parameters', (scope) => {
        const count = this.parameters(scope);
        this.expect(')');
        this.checkArity(shape.kind, count, { start, end: this.token.end });
        this.expect('{');
        this.body(state, scope, shape.kind !== 'normal');
      });
      isStrict = state.isStrict;
    });
    if (!isStrict) return;
    if (name !== undefined) {
      if (this.isEvalOrArguments(name.value)) this.failAt(name, strictEvalArguments);
      if (isStrictReserved(name)) this.failAt(name, 'Unexpected strict mode reserved word');
    }
    this.checkOctal(start, this.token.end);
  }

  private checkArity(kind: string, count: { readonly arity: number; readonly hasRest: boolean }, place: Place): void {
    if (kind === 'getter' && count.arity !== 0) this.failAt(place, 'Getter must not have any formal parameters.');
    if (kind !== 'setter') return;
    if (count.arity !== 1) this.failAt(place, 'Setter must have exactly one formal parameter.');
    if (count.hasRest) this.failAt(place, 'Setter function argument must not be a rest parameter');
  }

  private parameters(scope: ExpressionScope): { readonly arity: number; readonly hasRest: boolean } {
    let arity = 0;
    while (!this.is(')')) {
      const isRest = this.check('...');
      arity++;
      const { start } = this.next;
      const pattern = this.bindingPattern();
      if (pattern.kind === 'identifier') this.parameterName(pattern.name!, start, this.token.end);
      else scope.hasSimpleParameters = false;
      if (this.check('=')) {
        if (isRest) this.failAt(this.token, 'Rest parameter may not have a default initializer');
        scope.hasSimpleParameters = false;
        this.withIn(true, () => this.assignment());
      }
      if (isRest) {
        scope.hasSimpleParameters = false;
        if (this.is(',')) this.failAt(this.next, 'Rest parameter must be last formal parameter');
        return { arity, hasRest: true };
      }
      if (!this.check(',')) break;
    }
    return { arity, hasRest: false };
  }

  /** Statements up to the brace, then what they decide about the parameters. */
  private body(state: FunctionState, scope: ExpressionScope, noDuplicates: boolean): void {
    state.hasSimpleParameters = scope.hasSimpleParameters;
    const duplicate = this.declareParameters(state, scope);
    this.expressions = undefined;
    const outer = this.scope;
    if (!scope.hasSimpleParameters) this.scope = outer.block();
    const bodyStart = this.next.start;
    this.statementList('}', state);
    this.expect('}');
    if (duplicate !== undefined && (noDuplicates || state.isStrict || !scope.hasSimpleParameters))
      this.failAt(duplicate, 'Duplicate parameter name not allowed in this context');
    if (state.isStrict && scope.strictParameter !== undefined)
      this.failAt(scope.strictParameter, scope.strictParameter.message);
    if (this.scope !== outer) outer.checkInner(this.scope, this.lexicalPlaces(bodyStart, scope));
    state.scope.checkHoisted();
    this.scope = outer;
  }

  /** Where a body declares a name that is a parameter's. */
  private lexicalPlaces(start: number, scope: ExpressionScope): { readonly name: string; readonly start: number }[] {
    const end = this.token.end;
    const text = this.source.slice(start, end);
    return scope.names.flatMap(({ name }) => {
      const match = new RegExp(`\\b(?:let|const|class)\\s+(${name.replaceAll('$', '\\$')})\\b`).exec(text);
      return match === null ? [] : [{ name, start: start + match.index + match[0].length - match[1]!.length }];
    });
  }

  private declareParameters(state: FunctionState, scope: ExpressionScope): Place | undefined {
    let duplicate: Place | undefined;
    for (const { name, start } of scope.names)
      if (!state.scope.declareParameter(name)) duplicate ??= { start, end: start + name.length };
    return duplicate;
  }

  // --- arrow functions ----------------------------------------------------------------------------------------------------

  protected arrowFunction(start: number, _head: Expression | undefined): Expression {
    const head = this.arrowHead!;
    this.arrowHead = undefined;
    const { scope } = head;
    if (scope.declaration !== undefined) this.failAt(scope.declaration, scope.declaration.message);
    if (scope.pattern !== undefined) this.failAt(scope.pattern, scope.pattern.message);
    const seen = new Set<string>();
    for (const { name, start: at } of scope.names) {
      if (seen.has(name)) this.fail('Duplicate parameter name not allowed in this context', at, at + name.length);
      seen.add(name);
    }
    if (this.next.isAfterNewline) this.unexpected(this.next);
    this.inFunction({ kind: 'arrow', isAsync: head.isAsync, isGenerator: false }, (state) => {
      this.advance();
      if (this.check('{')) this.body(state, scope, true);
      else {
        this.declareParameters(state, scope);
        this.expressions = undefined;
        this.assignment();
        if (state.isStrict && scope.strictParameter !== undefined)
          this.failAt(scope.strictParameter, scope.strictParameter.message);
      }
      if (state.isStrict) this.checkOctal(start, this.token.end);
    });
    return { kind: 'arrow', start };
  }

  /** Whether an error is one of ours. */
  protected isDiagnosis(error: unknown): error is Diagnosis {
    return error instanceof Diagnosis;
  }
}
