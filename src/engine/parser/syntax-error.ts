// Acorn's complaints in V8's words: what a parser that follows V8's says of the text (`diagnosis`), and where that finds nothing
// wrong, acorn's words rewritten.

import { type DiagnosisOptions, diagnose } from './diagnosis/index.ts';
import type { EsParseOptions, EsSyntaxError } from './es-tree.ts';

/** A SyntaxError of the debuggee: message as V8 writes it (without "SyntaxError: "), and the source range. */
export class JsSyntaxError extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
    this.name = 'SyntaxError';
  }
}

const rewrites: readonly [RegExp, string | ((match: RegExpMatchArray) => string)][] = [
  [/^Identifier '(.*)' has already been declared$/, (m) => `Identifier '${m[1]}' has already been declared`],
  [/^Unterminated string constant$/, 'Invalid or unexpected token'],
  [/^Unterminated template$/, 'Unexpected end of input'],
  [/^Unterminated regular expression$/, 'Invalid regular expression: missing /'],
  [/^Unterminated comment$/, 'Invalid or unexpected token'],
  [/^Unexpected character '.*'$/, 'Invalid or unexpected token'],
  [/^Identifier directly after number$/, 'Invalid or unexpected token'],
  [/^Invalid number$/, 'Invalid or unexpected token'],
  [/^Expected number in radix \d+$/, 'Invalid or unexpected token'],
  [/^Assigning to rvalue$/, 'Invalid left-hand side in assignment'],
  [/^Assigning to .* in strict mode$/, 'Unexpected eval or arguments in strict mode'],
  [/^Binding .* in strict mode$/, 'Unexpected eval or arguments in strict mode'],
  [/^'return' outside of function$/, 'Illegal return statement'],
  [/^Unsyntactic break$/, 'Illegal break statement'],
  [/^Unsyntactic continue$/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^Label '(.*)' is already declared$/, (m) => `Label '${m[1]}' has already been declared`],
  [/^Argument name clash$/, 'Duplicate parameter name not allowed in this context'],
  [/^'with' in strict mode$/, 'Strict mode code may not include a with statement'],
  [/^Deleting local variable in strict mode$/, 'Delete of an unqualified identifier in strict mode.'],
  [/^Octal literal in strict mode$/, 'Octal escape sequences are not allowed in strict mode.'],
  [/^Redefinition of __proto__ property$/, 'Duplicate __proto__ fields are not allowed in object literals'],
  [/^Duplicate constructor in the same class$/, 'A class may only have one constructor'],
  [/^super\(\) call outside constructor of a subclass$/, "'super' keyword unexpected here"],
  [/^'super' keyword outside a method$/, "'super' keyword unexpected here"],
  [/^'new.target' can only be used in functions/, 'new.target expression is not allowed here'],
  [/^Illegal newline after throw$/, 'Illegal newline after throw'],
  [/^Missing catch or finally clause$/, 'Missing catch or finally after try'],
  [/^Invalid regular expression: (.*)$/, (m) => `Invalid regular expression: ${m[1]}`],
  [
    /^Private field '#(.*)' must be declared in an enclosing class$/,
    (m) => `Private field '#${m[1]}' must be declared in an enclosing class`,
  ],
  [/^'(.*)' is not a native function$/, (m) => `${m[1]} is not defined`],
  [
    /^Rest element must be last element$|^Comma is not permitted after the rest element$/,
    'Rest element must be last element',
  ],
  [/^Using declaration is not allowed in for-in loops$/, "Invalid 'using' in for-in loop"],
  [/^Cannot use 'import.meta' outside a module$/, "Cannot use 'import.meta' outside a module"],
  [/^'import' and 'export' may appear only with 'sourceType: module'$/, 'Cannot use import statement outside a module'],
  [/^Optional chaining cannot appear in left-hand side$/, 'Invalid left-hand side in assignment'],
  [/^Code point out of bounds$/, 'Undefined Unicode code-point'],
  [/^Invalid Unicode escape$|^Bad character escape sequence$/, 'Invalid Unicode escape sequence'],
  [/^getter should have no params$/, 'Getter must not have any formal parameters.'],
  [/^setter should have exactly one param$/, 'Setter must have exactly one formal parameter.'],
  [/^Setter cannot use rest params$/, 'Setter function argument must not be a rest parameter'],
  [/^(for-(?:of|in) loop variable declaration may not have an initializer)$/, (m) => `${m[1]}.`],
  [/^Cannot use 'await' as identifier inside an async function$/, 'Unexpected reserved word'],
  [/^The keyword '(?:enum|await)' is reserved$/, 'Unexpected reserved word'],
  [
    /^Can not use keyword 'await' outside an async function$/,
    'await is only valid in async functions and the top level bodies of modules',
  ],
  [/^The keyword '(.*)' is reserved$/, 'Unexpected strict mode reserved word'],
];

/** Where acorn's words do not tell V8's cases apart, the source does. */
function fromContext(message: string, source: string, position: number): string | undefined {
  const before = source.slice(Math.max(0, position - 300), position);
  const rest = source.slice(position, position + 100);
  if (message.startsWith('Unexpected token')) {
    if (/\bfunction\s*\*?\s*$/.test(before) && rest.startsWith('('))
      return 'Function statements require a function name';
    if (/(?:const|let|var)\s*(?:\{[^=;]*\}|\[[^=;]*\])\s*$/.test(before))
      return 'Missing initializer in destructuring declaration';
    if (rest.startsWith('**')) {
      return 'Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence';
    }
  }
  if (/^Unexpected/.test(message) && /\bawait\s+$/.test(before)) {
    return 'await is only valid in async functions and the top level bodies of modules';
  }
  if (message === 'Await using cannot appear outside of async function') {
    return /\bstatic\s*\{[^{}]*$/.test(before)
      ? 'Unexpected reserved word'
      : 'await is only valid in async functions and the top level bodies of modules';
  }
  if (message === 'Assigning to rvalue') {
    if (/^\S+?\s*(?:\+\+|--)/.test(rest)) return 'Invalid left-hand side expression in postfix operation';
    if (/(?:\+\+|--)\s*$/.test(before)) return 'Invalid left-hand side expression in prefix operation';
    if (/\bfor\s*(?:await\s*)?\(\s*$/.test(before)) return 'Invalid left-hand side in for-loop';
  }
  if (message === 'Invalid number' && /^0\d/.test(rest)) return 'Octal literals are not allowed in strict mode.';
  if (/^'import' and 'export'/.test(message) && rest.startsWith('export')) return "Unexpected token 'export'";
  if (/^Logical expressions and coalesce/.test(message)) return unexpectedToken(source, position);
  return undefined;
}

/** Where V8 does not take `using` for a declaration, the name after it is one word too many. */
const noUsing = /^Using declaration (?:cannot appear in the top level|is not allowed in single-statement positions)/;

/** Complaints whose place V8 sees elsewhere: the name that is declared. */
function atDeclaredName(message: string, source: string, position: number): JsSyntaxError | undefined {
  if (noUsing.test(message)) {
    const skipped = /^(?:await\s+)?using\s+/.exec(source.slice(position, position + 200))?.[0].length ?? 0;
    const at = position + skipped;
    return new JsSyntaxError(unexpectedToken(source, at), at, tokenEnd(source, at));
  }
  const missing = /^Missing initializer in (?:await )?using declaration/.exec(message)?.[0];
  if (missing === undefined) return undefined;
  const name = /[\p{ID_Continue}$_]*\s*$/u.exec(source.slice(Math.max(0, position - 200), position))![0];
  const start = position - name.length;
  return new JsSyntaxError(missing, start, tokenEnd(source, start));
}

/** Errors of syntax that the host may not know yet. */
const newerWords: Readonly<Record<string, string>> = {
  'Duplicate regular expression modifiers': 'Repeated flag in flag group',
  'Invalid regular expression modifiers': 'Invalid flag group',
};

/** The words of a regular expression's error: the host's, which are V8's; acorn's where the host takes it. */
const regExpWords = (pattern: string, flags: string, words: string): string => {
  const modifiers = newerWords[words];
  if (modifiers !== undefined) return modifiers;
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    const prefix = `Invalid regular expression: /${pattern}/`;
    const { message } = error as Error;
    if (message.startsWith(prefix)) return message.slice(message.indexOf(': ', prefix.length) + 2);
  }
  return words;
};

const diagnosisOptions = (error: EsSyntaxError, options: EsParseOptions): DiagnosisOptions => ({
  isModule: options.module === true,
  isEval: options.isEval === true,
  isFunctionBody: options.allowReturn === true,
  isStrict: options.strict === true,
  allowNewTarget: options.allowNewTarget === true,
  allowSuperProperty: options.allowSuperProperty === true,
  allowSuperCall: options.allowSuperCall === true,
  forbidArguments: options.forbidArguments === true,
  hasOuterPrivateNames: options.privateNames === true,
  allowNatives: options.allowNatives === true,
  regExpError(pattern, flags, place) {
    const words = /^Invalid regular expression: .*\/: (.*)$/s.exec(error.message)?.[1];
    const isHere = words !== undefined && error.position >= place.start && error.position < place.end;
    return isHere ? regExpWords(pattern, flags, words) : undefined;
  },
});

export function toJsSyntaxError(error: EsSyntaxError, source: string, options: EsParseOptions): JsSyntaxError {
  const found = / is not a native function$/.test(error.message)
    ? undefined
    : diagnose(source, diagnosisOptions(error, options));
  if (found !== undefined) return new JsSyntaxError(found.message, found.start, found.end);
  return rewritten(error, source);
}

function rewritten(error: EsSyntaxError, source: string): JsSyntaxError {
  const position = error.position;
  const declared = atDeclaredName(error.message, source, position);
  if (declared !== undefined) return declared;
  const special = fromContext(error.message, source, position);
  if (special !== undefined) return new JsSyntaxError(special, position, tokenEnd(source, position));
  for (const [pattern, replacement] of rewrites) {
    const match = error.message.match(pattern);
    if (match) {
      const text = typeof replacement === 'string' ? replacement : replacement(match);
      return new JsSyntaxError(text, position, tokenEnd(source, position));
    }
  }
  if (/^Unexpected keyword/.test(error.message)) {
    return new JsSyntaxError(unexpectedToken(source, position), position, tokenEnd(source, position));
  }
  if (error.message === 'Unexpected token') {
    const initializer = missingInitializer(source, position);
    if (initializer !== undefined) return initializer;
    return new JsSyntaxError(unexpectedToken(source, position), position, tokenEnd(source, position));
  }
  if (error.message === 'Complex binding patterns require an initialization value') {
    return new JsSyntaxError('Missing initializer in destructuring declaration', position, tokenEnd(source, position));
  }
  return new JsSyntaxError(error.message, position, tokenEnd(source, position));
}

function tokenEnd(source: string, position: number): number {
  const match = /^(?:[\p{ID_Continue}$_]+|.|$)/su.exec(source.slice(position, position + 200));
  return Math.min(source.length, position + Math.max(1, match?.[0].length ?? 1));
}

function unexpectedToken(source: string, position: number): string {
  if (position >= source.length) return 'Unexpected end of input';
  const rest = source.slice(position, position + 200);
  if (/^["']/.test(rest)) return 'Unexpected string';
  if (/^`/.test(rest)) return 'Unexpected template string';
  if (/^[0-9]/.test(rest)) return 'Unexpected number';
  const word = /^[\p{ID_Start}$_][\p{ID_Continue}$_]*/u.exec(rest);
  if (word) {
    const keywords =
      /^(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|let|static|yield|await|async|of|get|set)$/;
    if (/^(?:let|static|yield|implements|interface|package|private|protected|public)$/.test(word[0])) {
      return 'Unexpected strict mode reserved word';
    }
    return keywords.test(word[0]) ? `Unexpected token '${word[0]}'` : `Unexpected identifier '${word[0]}'`;
  }
  const punctuator =
    /^(?:>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()[\];,<>+\-*/%&|^!~?:=.])/.exec(
      rest,
    );
  if (punctuator) return `Unexpected token '${punctuator[0]}'`;
  return 'Invalid or unexpected token';
}

function missingInitializer(source: string, position: number): JsSyntaxError | undefined {
  const before = source.slice(Math.max(0, position - 300), position);
  const match = /\bconst\s+(?:[^;{}]*,\s*)?([\p{ID_Start}$_][\p{ID_Continue}$_]*)\s*$/u.exec(before);
  if (!match) return undefined;
  if (
    !/^\s*(?:[;,)}]|$)/.test(source.slice(position, position + 1)) &&
    !/\n/.test(before.slice(before.lastIndexOf(match[1]!)))
  )
    return undefined;
  const start = position - (before.length - before.lastIndexOf(match[1]!));
  return new JsSyntaxError('Missing initializer in const declaration', start, start + match[1]!.length);
}
