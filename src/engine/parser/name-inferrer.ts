// Names for anonymous functions, as listings and stack traces show them (`A.foo` for `A.prototype.foo = function …`).
// While expressions are parsed, the names met are stacked; an assignment joins the stack to a name for the functions
// seen since the last one. Names are dropped where the assignment expression that pushed them ends.

import type { FunctionLiteral } from './ast.ts';

interface Name {
  readonly kind: 'enclosing' | 'literal' | 'variable';
  readonly text: string;
}

export class NameInferrer {
  private names: Name[] = [];
  private functions: FunctionLiteral[] = [];

  /** `depth` is 1 inside a function, which V8 parses on its own within one more scope of names. */
  constructor(private depth = 0) {}

  enter(): number {
    this.depth++;
    return this.names.length;
  }
  leave(mark: number): void {
    this.names.length = mark;
    if (--this.depth === 0) this.functions = [];
  }
  pushEnclosing(text: string): void {
    // Only constructors, which start with a capital letter.
    if (/^\p{Lu}/u.test(text)) this.names.push({ kind: 'enclosing', text });
  }
  pushLiteral(text: string): void {
    if (text !== 'prototype') this.names.push({ kind: 'literal', text });
  }
  pushVariable(text: string): void {
    this.names.push({ kind: 'variable', text });
  }
  add(literal: FunctionLiteral): void {
    this.functions.push(literal);
  }
  removeLast(): void {
    this.functions.pop();
  }
  infer(): void {
    if (this.functions.length === 0) return;
    const { names } = this;
    const parts: string[] = [];
    for (let i = 0; i < names.length; i++) {
      // Of consecutive variables the last counts.
      if (names[i]!.kind === 'variable' && names[i + 1]?.kind === 'variable') continue;
      parts.push(names[i]!.text);
    }
    for (const literal of this.functions) literal.inferredName = parts.join('.');
    this.functions = [];
  }
}
