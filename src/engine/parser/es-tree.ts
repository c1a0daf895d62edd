// ESTree through acorn, with a plugin for V8's `%Name(arguments)` and with every token's start kept: V8's node positions
// (operators, parentheses, last tokens) are token positions that ESTree does not record.

import * as acorn from 'acorn';

/** An ESTree node, untyped on purpose: this is the one place where acorn's shapes are read (see builder*.ts). */
export interface EsNode {
  type: string;
  start: number;
  end: number;
  // biome-ignore lint/suspicious/noExplicitAny: ESTree fields vary per type; the AST built from it is fully typed.
  [field: string]: any;
}

export interface TokenTable {
  readonly starts: number[];
  readonly ends: number[];
  /** 0 other, 1 identifier-like (V8: IsCallable), 2 closing parenthesis */
  readonly kinds: number[];
}

export interface EsParse {
  readonly program: EsNode;
  readonly tokens: TokenTable;
}

export interface EsParseOptions {
  readonly module?: boolean;
  readonly allowNatives?: boolean;
  readonly isNative?: (name: string) => boolean;
  /** Extra permissions: a function body wrapper, or eval code inside functions. */
  readonly allowReturn?: boolean;
  readonly allowNewTarget?: boolean;
  /** `super.x` and `super()` outside of the source's own methods: an eval inside one. */
  readonly allowSuperProperty?: boolean;
  readonly allowSuperCall?: boolean;
  /** `arguments` is an error: an eval inside a class field's initializer. */
  readonly forbidArguments?: boolean;
  readonly strict?: boolean;
  /** Private names may belong to a class around the source. */
  readonly privateNames?: boolean;
  /** Code of an eval: `return` and `using` stand in no function of its own. */
  readonly isEval?: boolean;
}

/** Where acorn stopped, before the message is turned into V8's. */
export class EsSyntaxError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

type TokenType = object;

/** acorn's types of the words that it has types for, most of which are reserved. */
const keywords: ReadonlyMap<string, TokenType> = new Map(
  Object.entries((acorn as unknown as { readonly keywordTypes: Readonly<Record<string, TokenType>> }).keywordTypes),
);

const backslash = 0x5c;

/** ASCII characters that go on with a name: letters, digits, `$`, `_`. */
const continuesName = Uint8Array.from({ length: 128 }, (_, c) => (/[\w$]/.test(String.fromCharCode(c)) ? 1 : 0));

/** Takes down where tokens stand, and reads words: by far most of a text is names. */
// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function tokensPlugin(base: any): any {
  const { name, parenR } = acorn.tokTypes;
  return class extends base {
    next(escapesAllowed?: boolean): void {
      const { starts, ends, kinds } = this.settings.tokens as TokenTable;
      const { type, start, end } = this;
      starts.push(start);
      ends.push(end);
      kinds.push(this.isIdentifierToken(type, start, end) ? 1 : type === parenR ? 2 : 0);
      super.next(escapesAllowed);
    }
    /** Reserved words are no identifiers for V8 even where they name a property; acorn calls those names. */
    isIdentifierToken(type: TokenType, start: number, end: number): boolean {
      if (type !== name) return (type as { readonly keyword?: string }).keyword === 'super';
      const { value } = this;
      const isEscaped = value.length !== end - start;
      return isEscaped || value === 'super' || !(value === 'enum' || keywords.has(value));
    }
    readWord(): unknown {
      const { input, pos } = this;
      let end = pos;
      for (let c = input.charCodeAt(end); c < 128 && continuesName[c] === 1; c = input.charCodeAt(++end));
      const stop = input.charCodeAt(end);
      if (end === pos || stop === backslash || stop >= 128) return super.readWord();
      this.containsEsc = false;
      this.pos = end;
      const word = input.slice(pos, end);
      return this.finishToken(keywords.get(word) ?? name, word);
    }
  };
}

// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function nativesPlugin(base: any): any {
  return class extends base {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    parseExprAtom(...args: any[]): EsNode {
      const types = acorn.tokTypes;
      const { allowNatives, isNative } = this.settings as EsParseOptions;
      if (this.type === types.modulo && allowNatives) {
        const node: EsNode = this.startNode();
        this.next();
        const name: EsNode = this.parseIdent(true);
        if (isNative?.(name.name) === false)
          throw new EsSyntaxError(`'${name.name}' is not a native function`, node.start);
        this.expect(types.parenL);
        node.arguments = this.parseExprList(types.parenR, true, false);
        node.name = name.name;
        return this.finishNode(node, 'NativeCall');
      }
      return super.parseExprAtom(...args);
    }
  };
}

/** Where eval code stands decides what its own top level (and arrow functions there) may say. */
// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function evalPlugin(base: any): any {
  return class extends base {
    private get isOutermost(): boolean {
      return this.currentThisScope() === this.scopeStack[0];
    }
    get allowNewDotTarget(): boolean {
      return this.settings.allowNewTarget === true || super.allowNewDotTarget;
    }
    get allowSuper(): boolean {
      return (this.settings.allowSuperProperty === true && this.isOutermost) || super.allowSuper;
    }
    get allowDirectSuper(): boolean {
      return (this.settings.allowSuperCall === true && this.isOutermost) || super.allowDirectSuper;
    }
    get allowUsing(): boolean {
      // A wrapped source is a function's body, which acorn takes for a script's top level.
      return super.allowUsing || (this.settings.allowReturn === true && this.currentScope() === this.scopeStack[0]);
    }
    checkUnreserved(ref: { start: number; end: number; name: string }): void {
      if (this.settings.forbidArguments === true && ref.name === 'arguments' && this.isOutermost)
        throw new EsSyntaxError(
          "'arguments' is not allowed in class field initializer or static initialization block",
          ref.start,
        );
      super.checkUnreserved(ref);
    }
  };
}

/** Long chains of operators take a loop; what overflows the host's stack is the host's RangeError, not a SyntaxError. */
// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function stackPlugin(base: any): any {
  const types = acorn.tokTypes as unknown as Record<string, acorn.TokenType>;
  return class extends base {
    catchStackOverflow<T>(parse: () => T): T {
      return parse();
    }
    /** Where the alternate of a conditional begins: what it tests, if it is one itself, is left to the loop around it. */
    alternateAt = -1;
    parseMaybeConditional(forInit: unknown, errors: unknown): EsNode {
      const isAlternate = this.alternateAt === this.start;
      this.alternateAt = -1;
      let { start, startLoc } = this;
      const expression: EsNode = this.parseExprOps(forInit, errors);
      if (this.checkExpressionErrors(errors) || isAlternate || this.type !== types.question) return expression;
      const chain: EsNode[] = [];
      for (let test = expression; ; ) {
        const node = this.startNodeAt(start, startLoc);
        node.test = test;
        const outer = chain.at(-1);
        if (outer !== undefined) outer.alternate = node;
        chain.push(node);
        this.next();
        node.consequent = this.parseMaybeAssign();
        this.expect(types.colon);
        ({ start, startLoc } = this);
        this.alternateAt = start;
        test = this.parseMaybeAssign(forInit);
        this.alternateAt = -1;
        if (this.type === types.question) continue;
        node.alternate = test;
        for (let i = chain.length - 1; i >= 0; i--) this.finishNode(chain[i], 'ConditionalExpression');
        return chain[0]!;
      }
    }
    parseExprOp(left: EsNode, startPosition: number, startLocation: unknown, least: number, forInit: unknown): EsNode {
      for (;;) {
        const { type } = this;
        const precedence = type.binop;
        if (precedence === null || precedence <= least || (forInit && type === types._in)) return left;
        const isLogical = type === types.logicalOR || type === types.logicalAND;
        const isCoalesce = type === types.coalesce;
        const operator = this.value;
        this.next();
        const { start, startLoc } = this;
        // ?? binds as && does, so that a mixture of the two is seen below
        const inner = isCoalesce ? (types.logicalAND as unknown as { binop: number }).binop : precedence;
        const right = this.parseExprOp(
          this.parseMaybeUnary(null, false, false, forInit),
          start,
          startLoc,
          inner,
          forInit,
        );
        left = this.buildBinary(startPosition, startLocation, left, right, operator, isLogical || isCoalesce);
        const next = this.type;
        if (isLogical ? next === types.coalesce : isCoalesce && (next === types.logicalOR || next === types.logicalAND))
          this.raiseRecoverable(
            this.start,
            'Logical expressions and coalesce expressions cannot be mixed. Wrap either by parentheses',
          );
      }
    }
  };
}

/** Assigning to a call is an error when it happens, as the web has it; in patterns and with logical assignment it is an early one. */
// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function callTargetPlugin(base: any): any {
  const isCall = (node: EsNode): boolean => node.type === 'CallExpression';
  const isLogical = (operator: unknown): boolean => operator === '&&=' || operator === '||=' || operator === '??=';
  return class extends base {
    // An assignment's own target comes with what may be wrong in it as a pattern; a target inside a pattern comes without.
    toAssignable(node: EsNode, isBinding: boolean, errors: unknown): EsNode {
      if (node && isCall(node) && !isBinding && errors) return node;
      return super.toAssignable(node, isBinding, errors);
    }
    checkLValSimple(node: EsNode, bindingType?: number, clashes?: unknown): void {
      const isTarget = bindingType === undefined || bindingType === 0;
      if (isTarget && isCall(node) && !(this.type.isAssign && isLogical(this.value))) return;
      super.checkLValSimple(node, bindingType, clashes);
    }
  };
}

/** `import.source(specifier)`: an ImportExpression of that phase. */
// biome-ignore lint/suspicious/noExplicitAny: acorn's plugin interface is untyped.
function importSourcePlugin(base: any): any {
  const types = acorn.tokTypes;
  const call = /\s*(?:\/\*[\s\S]*?\*\/\s*)*source\b/y;
  return class extends base {
    parseImportMeta(node: EsNode): EsNode {
      call.lastIndex = this.end;
      if (!call.test(this.input)) return super.parseImportMeta(node);
      this.next();
      this.next();
      this.expect(types.parenL);
      const { start, end } = node;
      Object.assign(node, { type: 'ImportExpression', start, end, meta: undefined, phase: 'source', options: null });
      node.source = this.parseMaybeAssign();
      this.expect(types.parenR);
      return this.finishNode(node, 'ImportExpression');
    }
    parseExprImport(forNew: boolean): EsNode {
      const node: EsNode = super.parseExprImport(forNew);
      if (forNew && node.type === 'ImportExpression') this.unexpected(node.start);
      return node;
    }
  };
}

interface EsParser {
  /** Where the source stands. Set before it parses. */
  settings: EsParseOptions & { readonly tokens: TokenTable };
  strict: boolean;
  parse(): EsNode;
}

/** One class for all sources: evals are many and short, and a class of its own would make each slow. */
const EsParser = acorn.Parser.extend(
  ...([tokensPlugin, evalPlugin, stackPlugin, callTargetPlugin, importSourcePlugin, nativesPlugin] as never[]),
) as unknown as new (
  options: acorn.Options,
  input: string,
) => EsParser;

export function parseEs(source: string, options: EsParseOptions): EsParse {
  const tokens: TokenTable = { starts: [], ends: [], kinds: [] };
  const acornOptions: acorn.Options & Record<string, unknown> = {
    ecmaVersion: 'latest',
    sourceType: options.module ? 'module' : 'script',
    allowReturnOutsideFunction: options.allowReturn ?? false,
    allowHashBang: true,
    allowAwaitOutsideFunction: options.module ?? false,
    checkPrivateFields: !(options.privateNames ?? false),
  };
  const parser = new EsParser(acornOptions, source);
  parser.settings = { ...options, tokens };
  if (options.strict) parser.strict = true;
  try {
    return { program: parser.parse(), tokens };
  } catch (error) {
    if (error instanceof EsSyntaxError) throw error;
    if (error instanceof SyntaxError && 'pos' in error) {
      throw new EsSyntaxError(error.message.replace(/ \(\d+:\d+\)$/, ''), (error as { pos: number }).pos);
    }
    throw error;
  }
}

/** Index of the first token whose start is ≥ `position`. */
export function tokenAt(tokens: TokenTable, position: number): number {
  let low = 0;
  let high = tokens.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.starts[middle]! < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
