// Names for anonymous functions, as listings and stack traces show them (`A.foo` for `A.prototype.foo = function …`).
// While expressions are parsed, the names met are stacked; an assignment joins the stack to a name for the functions
// seen since the last one. Names are dropped where the assignment expression that pushed them ends.
//
// A function's body is parsed on its own when it is first called, with names of its own. But V8 parses most arrow functions
// together with what is around them, too: so a property in there names functions that wait outside. Such an inferrer repeats
// what it is told to the one around it, except which functions it is for.

interface Name {
  readonly kind: 'enclosing' | 'literal' | 'variable';
  readonly text: string;
}

export class NameInferrer {
  private names: Name[] = [];
  private readonly marks: number[] = [];
  private functions: { inferredName: string }[] = [];

  /** `depth` is 1 inside a function, which V8 parses on its own within one more scope of names. */
  constructor(
    private depth = 0,
    private around?: NameInferrer,
  ) {}

  /** From here on, what is met is met by this parse alone. */
  detach(): void {
    this.around = undefined;
  }

  enter(): void {
    this.around?.enter();
    this.depth++;
    this.marks.push(this.names.length);
  }
  leave(): void {
    this.around?.leave();
    this.names.length = this.marks.pop()!;
    if (--this.depth === 0) this.functions = [];
  }
  pushEnclosing(text: string): void {
    // Only constructors, which start with a capital letter.
    if (/^\p{Lu}/u.test(text)) this.push({ kind: 'enclosing', text });
  }
  pushLiteral(text: string): void {
    if (text !== 'prototype') this.push({ kind: 'literal', text });
  }
  pushVariable(text: string): void {
    this.push({ kind: 'variable', text });
  }
  private push(name: Name): void {
    this.around?.push(name);
    this.names.push(name);
  }
  add(literal: { inferredName: string }): void {
    this.around?.add({ inferredName: '' });
    this.functions.push(literal);
  }
  removeLast(): void {
    this.around?.removeLast();
    this.functions.pop();
  }
  infer(): void {
    this.around?.infer();
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
