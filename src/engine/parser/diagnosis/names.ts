// Names that may be declared once: of scopes, and private ones of classes.

export type NameKind = 'let' | 'var' | 'parameter' | 'function' | 'sloppy-function' | 'catch';

type Report = (name: string, start: number, end: number) => never;

export class NameScope {
  private readonly declared = new Map<string, NameKind>();
  /** `var`s of this scope and of those inside it, whose function is farther out. */
  private readonly hoisted: { readonly name: string; readonly start: number; readonly through: NameScope[] }[] = [];

  constructor(
    readonly kind: 'function' | 'block' | 'catch',
    private readonly parent: NameScope | undefined,
    private readonly report: Report,
  ) {}

  block(kind: 'block' | 'catch' = 'block'): NameScope {
    return new NameScope(kind, this, this.report);
  }

  inner(): NameScope {
    return new NameScope('function', this, this.report);
  }

  has(name: string): boolean {
    return this.declared.has(name);
  }

  /** let, const, class, using, and functions of blocks. */
  declareLexical(name: string, start: number, end = start + 1, kind: NameKind = 'let'): void {
    const before = this.declared.get(name);
    if (before !== undefined && !(kind === 'sloppy-function' && before === 'sloppy-function'))
      this.report(name, start, end);
    this.declared.set(name, kind);
  }

  /** `var`, and functions of a function's own level. */
  declareVar(name: string, start: number, kind: 'var' | 'function' = 'var'): void {
    const through: NameScope[] = [];
    let scope: NameScope = this;
    for (; scope.kind !== 'function'; scope = scope.parent!) through.push(scope);
    const before = scope.declared.get(name);
    if (before === 'let') this.report(name, start, start + 1);
    if (before === undefined || before === 'var') scope.declared.set(name, kind);
    if (through.length > 0) scope.hoisted.push({ name, start, through });
  }

  declareParameter(name: string): boolean {
    if (this.declared.has(name)) return false;
    this.declared.set(name, 'parameter');
    return true;
  }

  declareCatch(name: string, isSimple: boolean): void {
    this.declared.set(name, isSimple ? 'catch' : 'let');
  }

  /** At a function's end: no `var` passes a name of a block. */
  checkHoisted(): void {
    for (const { name, start, through } of this.hoisted)
      for (const scope of through) {
        const kind = scope.declared.get(name);
        if (kind !== undefined && kind !== 'catch') this.report(name, start, start + 1);
      }
  }

  /** A name of `inner` that this scope has, too: parameters, a catch clause's. */
  checkInner(inner: NameScope, places: readonly { readonly name: string; readonly start: number }[]): void {
    for (const { name, start } of places)
      if (this.declared.has(name) && inner.declared.has(name)) this.report(name, start, start + 1);
  }
}

/** A class's private names, and those that its code asks for. */
export class PrivateNames {
  private readonly declared = new Map<string, string>();
  private readonly asked: { readonly name: string; readonly start: number }[] = [];
  constructor(
    readonly outer: PrivateNames | undefined,
    private readonly fail: (message: string, start: number, end: number) => never,
    private readonly isOutermostKnown: boolean,
  ) {}

  declare(name: string, kind: string, position: number): void {
    const before = this.declared.get(name);
    const isPair = before !== undefined && /^(?:static )?[gs]et$/.test(before) && kind === paired(before);
    if (before !== undefined && !isPair)
      this.fail(`Identifier '${name}' has already been declared`, position, position + 1);
    this.declared.set(name, isPair ? 'both' : kind);
  }

  ask(name: string, start: number): void {
    this.asked.push({ name, start });
  }

  /** What is not declared here is asked of the class around. */
  end(): void {
    for (const { name, start } of this.asked) {
      if (this.declared.has(name)) continue;
      if (this.outer !== undefined) this.outer.ask(name, start);
      else if (!this.isOutermostKnown)
        this.fail(`Private field '${name}' must be declared in an enclosing class`, start, start + 1);
    }
  }
}

const paired = (kind: string): string =>
  kind.endsWith('get') ? kind.replace(/get$/, 'set') : kind.replace(/set$/, 'get');
