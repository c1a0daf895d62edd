// Tokens as V8's scanner makes them: where each begins and ends, and what is wrong with one that is none.

/** Types of words that are identifiers unless their place forbids it; the order is of no meaning. */
const contextual = new Set(['get', 'set', 'using', 'of', 'accessor', 'async']);
const futureStrict = new Set(['implements', 'interface', 'package', 'private', 'protected', 'public']);
const strictReserved = new Set(['yield', 'let', 'static']);
const keywords = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if import in instanceof new null return super switch this throw true try typeof var void while with await'
  ).split(' '),
);

const punctuators =
  '>>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *= /= %= &= |= ^= << >> ** { } ( ) [ ] ; , < > + - * / % & | ^ ! ~ ? : = .'.split(
    ' ',
  );

export interface Token {
  /**
   * A punctuator or keyword as written; 'identifier', 'private', 'number', 'string', 'template' (a span up to `${`), 'tail',
   * 'end', 'illegal', 'future' (a word reserved in strict code), 'escaped' (a keyword), 'escaped-strict'.
   */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly isAfterNewline: boolean;
  /** A word's letters, a string's value. */
  readonly value: string;
  readonly hasEscape: boolean;
  readonly error?: ScanError | undefined;
  /** What is wrong with an escape of a template, which a tag may take. */
  readonly escapeError?: ScanError | undefined;
}

export interface ScanError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const isIdentifierStart = (c: string): boolean => /^[\p{ID_Start}$_]$/u.test(c);
const isIdentifierPart = (c: string): boolean => /^[\p{ID_Continue}$_\u200c\u200d]$/u.test(c);
const isNewline = (c: string | undefined): boolean => c === '\n' || c === '\r' || c === '\u2028' || c === '\u2029';
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';

class BadEscape extends Error {
  constructor(readonly error: ScanError) {
    super(error.message);
  }
}

export class Scanner {
  /** The last octal number or escape: an error where the code turns out to be strict. */
  octal: ScanError | undefined;
  private readonly source: string;
  private readonly isModule: boolean;
  private at = 0;

  constructor(source: string, isModule: boolean) {
    this.source = source;
    this.isModule = isModule;
    if (source.startsWith('#!')) this.skipLine();
  }

  private skipLine(): void {
    while (this.at < this.source.length && !isNewline(this.source[this.at])) this.at++;
  }

  private character(at = this.at): string {
    const code = this.source.codePointAt(at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** The token at or after a place. */
  scan(from: number): Token {
    this.at = Math.max(from, this.at > 0 && from === 0 ? this.at : from);
    const { source } = this;
    const before = this.at;
    const skipped = this.skipBlanks(before);
    if ('type' in skipped) return skipped;
    const { isAfterNewline } = skipped;
    const start = this.at;
    const make = (type: string, value = '', more: Partial<Token> = {}): Token => ({
      type,
      start,
      end: this.at,
      isAfterNewline,
      value,
      hasEscape: false,
      ...more,
    });
    if (start >= source.length) return make('end');
    const c = this.character();
    if (c === '"' || c === "'") return this.string(c, make);
    if (c === '`') {
      this.at++;
      return this.template(make);
    }
    if (isDigit(c) || (c === '.' && isDigit(source[start + 1]))) return this.number(make);
    if (c === '#' && (isIdentifierStart(this.character(start + 1)) || source[start + 1] === '\\')) {
      this.at++;
      const word = this.word(make);
      return { ...word, type: word.type === 'illegal' ? 'illegal' : 'private', value: `#${word.value}` };
    }
    if (c === '\\' || isIdentifierStart(c)) return this.word(make);
    const punctuator = punctuators.find((text) => source.startsWith(text, start));
    if (punctuator !== undefined && !(punctuator === '?.' && isDigit(source[start + 2]))) {
      this.at += punctuator.length;
      return make(punctuator);
    }
    if (c === '?') {
      this.at++;
      return make('?');
    }
    if (c.charCodeAt(0) > 127) {
      const token = make('illegal');
      this.at += c.length;
      return token;
    }
    this.at++;
    return make('illegal');
  }

  /** Blanks and comments; an unfinished comment is a token of its own. */
  private skipBlanks(before: number): { readonly isAfterNewline: boolean } | Token {
    const { source } = this;
    let isAfterNewline = before === 0;
    for (;;) {
      const c = source[this.at];
      const start = this.at;
      if (c === undefined) return { isAfterNewline };
      if (isNewline(c)) {
        isAfterNewline = true;
        this.at++;
      } else if (/^[\s\ufeff]$/.test(c)) this.at++;
      else if (source.startsWith('//', start)) this.skipLine();
      else if (source.startsWith('/*', start)) {
        const end = source.indexOf('*/', start + 2);
        if (end < 0) {
          this.at = source.length;
          return {
            type: 'illegal',
            start,
            end: this.at,
            isAfterNewline,
            value: '',
            hasEscape: false,
          };
        }
        if (/[\n\r\u2028\u2029]/.test(source.slice(start, end))) isAfterNewline = true;
        this.at = end + 2;
      } else if (source.startsWith('<!--', start) || (isAfterNewline && source.startsWith('-->', start))) {
        if (this.isModule) {
          this.at += source.startsWith('<', start) ? 4 : 3;
          const error = { message: 'HTML comments are not allowed in modules', start: this.at - 1, end: this.at };
          return { type: 'illegal', start, end: this.at, isAfterNewline, value: '', hasEscape: false, error };
        }
        this.skipLine();
      } else return { isAfterNewline };
    }
  }

  private word(make: (type: string, value?: string, more?: Partial<Token>) => Token): Token {
    const { source } = this;
    let value = '';
    let hasEscape = false;
    for (;;) {
      if (source[this.at] === '\\') {
        hasEscape = true;
        const escapeStart = this.at;
        this.at++;
        if (source[this.at] !== 'u') return make('illegal');
        this.at++;
        try {
          const c = String.fromCodePoint(this.unicodeEscape(escapeStart));
          if (!(value === '' ? isIdentifierStart(c) : isIdentifierPart(c))) return make('illegal');
          value += c;
        } catch (error) {
          if (!(error instanceof BadEscape)) throw error;
          return make('illegal', '', { error: error.error });
        }
        continue;
      }
      const c = this.character();
      if (c === '' || !(value === '' ? isIdentifierStart(c) : isIdentifierPart(c))) break;
      value += c;
      this.at += c.length;
    }
    if (hasEscape) {
      if (strictReserved.has(value) || futureStrict.has(value)) return make('escaped-strict', value, { hasEscape });
      if (keywords.has(value)) return make('escaped', value, { hasEscape });
    }
    if (futureStrict.has(value)) return make('future', value);
    const isWord = keywords.has(value) || strictReserved.has(value) || contextual.has(value);
    return make(isWord ? value : 'identifier', value, { hasEscape });
  }

  /** The code point of what follows `\u`, whose backslash is at `begin`. */
  private unicodeEscape(begin: number): number {
    const { source } = this;
    if (source[this.at] === '{') {
      this.at++;
      let code = 0;
      const first = this.at;
      for (; /^[0-9a-fA-F]$/.test(source[this.at] ?? ''); this.at++) {
        code = code * 16 + Number.parseInt(source[this.at]!, 16);
        if (code > 0x10ffff) {
          this.at++;
          throw new BadEscape({ message: 'Undefined Unicode code-point', start: begin, end: this.at });
        }
      }
      if (this.at === first || source[this.at] !== '}')
        throw new BadEscape({ message: 'Invalid Unicode escape sequence', start: this.at, end: this.at + 1 });
      this.at++;
      return code;
    }
    const digits = /^[0-9a-fA-F]{0,4}/.exec(source.slice(this.at, this.at + 4))![0];
    if (digits.length < 4)
      throw new BadEscape({ message: 'Invalid Unicode escape sequence', start: begin, end: begin + 6 });
    this.at += 4;
    return Number.parseInt(digits, 16);
  }

  /** What an escape stands for, read after its backslash. */
  private escape(inTemplate: boolean): string {
    const { source } = this;
    const c = this.character();
    const start = this.at - 1;
    this.at += c.length;
    if (c === 'u') return String.fromCodePoint(this.unicodeEscape(start));
    if (c === 'x') {
      const digits = /^[0-9a-fA-F]{0,2}/.exec(source.slice(this.at, this.at + 2))![0];
      if (digits.length < 2)
        throw new BadEscape({ message: 'Invalid hexadecimal escape sequence', start, end: start + 4 });
      this.at += 2;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (c === '\r' && source[this.at] === '\n') this.at++;
    if (isNewline(c)) return '';
    if (c === '8' || c === '9') {
      const what = { message: '\\8 and \\9 are not allowed in ', start, end: this.at - 1 };
      if (inTemplate) throw new BadEscape({ ...what, message: `${what.message}template strings.` });
      this.octal = { ...what, message: `${what.message}strict mode.` };
      return c;
    }
    if (c >= '0' && c <= '7') {
      const digits = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(source.slice(this.at - 1, this.at + 2))![0];
      if (c === '0' && digits.length === 1 && !/^[89]$/.test(source[this.at] ?? '')) return '\0';
      if (inTemplate) {
        const message = 'Octal escape sequences are not allowed in template strings.';
        throw new BadEscape({ message, start: this.at - 1, end: this.at });
      }
      this.at += digits.length - 1;
      const message = 'Octal escape sequences are not allowed in strict mode.';
      this.octal = { message, start: this.at - digits.length, end: this.at - 1 };
      return String.fromCharCode(Number.parseInt(digits, 8));
    }
    const single: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };
    return single[c] ?? c;
  }

  private string(quote: string, make: (type: string, value?: string, more?: Partial<Token>) => Token): Token {
    const { source } = this;
    this.at++;
    let value = '';
    let hasEscape = false;
    for (;;) {
      const c = source[this.at];
      if (c === undefined || c === '\n' || c === '\r') return make('illegal');
      this.at++;
      if (c === quote) return make('string', value, { hasEscape });
      if (c === '\\') {
        hasEscape = true;
        if (this.at >= source.length) return make('illegal');
        try {
          value += this.escape(false);
        } catch (error) {
          if (!(error instanceof BadEscape)) throw error;
          return make('illegal', '', { error: error.error });
        }
      } else value += c;
    }
  }

  /** A template's text up to `${` or its end; the place is behind the back quote or brace before it. */
  private template(make: (type: string, value?: string, more?: Partial<Token>) => Token): Token {
    const { source } = this;
    let escapeError: ScanError | undefined;
    for (;;) {
      const c = source[this.at];
      if (c === undefined) return make('illegal', '', { error: this.endOfInput() });
      this.at++;
      if (c === '`') return make('tail', '', { escapeError });
      if (c === '$' && source[this.at] === '{') {
        this.at++;
        return make('template', '', { escapeError });
      }
      if (c !== '\\') continue;
      try {
        this.escape(true);
      } catch (error) {
        if (!(error instanceof BadEscape)) throw error;
        escapeError ??= error.error;
      }
    }
  }

  private endOfInput(): ScanError {
    return { message: 'Unexpected end of input', start: this.source.length, end: this.source.length };
  }

  /** The rest of a template after the brace at `from`. */
  continueTemplate(from: number): Token {
    this.at = from + 1;
    return this.template((type, value = '', more = {}) => ({
      type,
      start: from,
      end: this.at,
      isAfterNewline: false,
      value,
      hasEscape: false,
      ...more,
    }));
  }

  private number(make: (type: string, value?: string, more?: Partial<Token>) => Token): Token {
    const { source } = this;
    const start = this.at;
    const illegal = (error?: ScanError): Token => make('illegal', '', { error });
    const finish = (mayBeBigInt: boolean): Token => {
      if (source[this.at] === 'n' && mayBeBigInt) this.at++;
      // no identifier or digit directly after a number
      if (isDigit(source[this.at]) || isIdentifierStart(this.character()) || source[this.at] === '\\') return illegal();
      return make('number');
    };
    const prefix = /^0[xXoObB]/.exec(source.slice(start, start + 2));
    if (prefix !== null) {
      this.at += 2;
      const digit = /x/i.test(prefix[0]) ? /^[0-9a-fA-F]$/ : /o/i.test(prefix[0]) ? /^[0-7]$/ : /^[01]$/;
      if (!digit.test(source[this.at] ?? '')) return illegal();
      const bad = this.digits(digit);
      return bad === undefined ? finish(true) : illegal(bad);
    }
    if (source[start] === '0' && isDigit(source[start + 1])) {
      while (isDigit(source[this.at])) this.at++;
      const text = source.slice(start, this.at);
      const isOctal = !/[89]/.test(text);
      const message = isOctal
        ? 'Octal literals are not allowed in strict mode.'
        : 'Decimals with leading zeros are not allowed in strict mode.';
      this.octal = { message, start, end: this.at };
      if (isOctal) return source[this.at] === 'n' ? illegal() : finish(false);
      if (source[this.at] === '_') return illegal({ message: zeroSeparator, start: this.at, end: this.at + 1 });
    } else if (source[start] === '0' && source[start + 1] === '_') {
      this.at++;
      return illegal({ message: zeroSeparator, start: this.at, end: this.at + 1 });
    } else if (source[start] !== '.') {
      const bad = this.digits(/^[0-9]$/);
      if (bad !== undefined) return illegal(bad);
      if (source[this.at] === 'n') return finish(true);
    }
    if (source[this.at] === '.') {
      this.at++;
      if (source[this.at] === '_') return illegal();
      const bad = isDigit(source[this.at]) ? this.digits(/^[0-9]$/) : undefined;
      if (bad !== undefined) return illegal(bad);
    }
    if (/^[eE]$/.test(source[this.at] ?? '')) {
      this.at++;
      if (/^[+-]$/.test(source[this.at] ?? '')) this.at++;
      if (!isDigit(source[this.at])) return illegal();
      const bad = this.digits(/^[0-9]$/);
      if (bad !== undefined) return illegal(bad);
    }
    return finish(false);
  }

  /** Digits with separators. */
  private digits(digit: RegExp): ScanError | undefined {
    const { source } = this;
    let isAfterSeparator = false;
    while (digit.test(source[this.at] ?? '') || source[this.at] === '_') {
      const isSeparator = source[this.at] === '_';
      this.at++;
      if (isSeparator && source[this.at] === '_') {
        const message = 'Only one underscore is allowed as numeric separator';
        return { message, start: this.at, end: this.at + 1 };
      }
      isAfterSeparator = isSeparator;
    }
    if (!isAfterSeparator) return undefined;
    const message = 'Numeric separators are not allowed at the end of numeric literals';
    return { message, start: this.at, end: this.at + 1 };
  }

  /** The end of a regular expression's body and of its flags; undefined without an end. */
  regularExpression(start: number): { readonly bodyEnd: number; readonly end: number } | undefined {
    const { source } = this;
    let inClass = false;
    let at = start + 1;
    for (; inClass || source[at] !== '/'; at++) {
      if (at >= source.length || isNewline(source[at])) return undefined;
      if (source[at] === '\\') {
        at++;
        if (at >= source.length || isNewline(source[at])) return undefined;
      } else if (source[at] === '[') inClass = true;
      else if (source[at] === ']') inClass = false;
    }
    const bodyEnd = at++;
    while (at < source.length && isIdentifierPart(this.character(at))) at++;
    return { bodyEnd, end: at };
  }
}

const zeroSeparator = 'Numeric separator can not be used after leading 0.';

/** Words that name something in sloppy code at least. */
export const isAnyIdentifier = ({ type }: Token): boolean =>
  type === 'identifier' ||
  type === 'future' ||
  type === 'await' ||
  type === 'escaped-strict' ||
  contextual.has(type) ||
  strictReserved.has(type);

export const isStrictReserved = ({ type }: Token): boolean =>
  type === 'future' || type === 'escaped-strict' || strictReserved.has(type);

/** Names in every code. */
export const isPlainIdentifier = ({ type }: Token): boolean => type === 'identifier' || contextual.has(type);

/** Names after a dot. */
export const isPropertyName = (token: Token): boolean =>
  isAnyIdentifier(token) || keywords.has(token.type) || token.type === 'escaped';
