// A line of a listing or of source as pieces with a colour. It need not be right: it helps to read.

import type { ColumnKind } from '../picture/index.ts';

export type TokenClass = 'word' | 'register' | 'number' | 'string' | 'comment' | 'mnemonic' | 'plain';

export interface Token {
  readonly text: string;
  readonly class: TokenClass;
}

const words =
  'async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|false|finally|for|function|if|import|in|instanceof|let|new|null|of|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|yield|interface|type|enum';

const patterns: Readonly<Record<ColumnKind, RegExp>> = {
  source: new RegExp(
    `(?<comment>//.*|/\\*.*?\\*/)|(?<string>"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|\`(?:\\\\.|[^\`\\\\])*\`)|(?<word>(?<![\\w$.])(?:${words})(?![\\w$]))|(?<number>(?<![\\w$])\\d[\\w.]*)`,
    'g',
  ),
  bytecode: /(?<mnemonic>^[A-Z]\w*(?:\.\w+)?)|(?<register><\w+>|\b[ra]\d+\b)|(?<number>[[#]?-?\b\d+\]?)/g,
  code: /(?<mnemonic>^[a-z]\w*)|(?<register>\b(?:r[a-ds][ix]|r[bs]p|r\d+|xmm\d+)\b)|(?<number>\b(?:0x)?[0-9a-f]+\b)/g,
};

export function tokensOf(kind: ColumnKind, text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(patterns[kind])) {
    if (match.index > at) tokens.push({ text: text.slice(at, match.index), class: 'plain' });
    const found = Object.entries(match.groups!).find(([, piece]) => piece !== undefined)!;
    tokens.push({ text: match[0], class: found[0] as TokenClass });
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push({ text: text.slice(at), class: 'plain' });
  return tokens;
}
