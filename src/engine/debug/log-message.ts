// Messages of logpoints: text with expressions in braces. An expression ends where JavaScript says that it does, so it may have
// braces, templates and strings of its own.

import { expressionEnd } from './pure-evaluator.ts';

/** A piece of text, or an expression's source. */
export type MessagePart = { readonly text: string } | { readonly expression: string };

export function messageParts(message: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let from = 0;
  for (let at = message.indexOf('{'); at >= 0; at = message.indexOf('{', at)) {
    const end = closingBrace(message, at);
    const expression = end < 0 ? '' : message.slice(at + 1, end);
    if (expression.trim() === '') {
      at++;
      continue;
    }
    if (at > from) parts.push({ text: message.slice(from, at) });
    parts.push({ expression });
    from = end + 1;
    at = from;
  }
  if (from < message.length) parts.push({ text: message.slice(from) });
  return parts;
}

/** The brace that ends what one at `open` begins: behind a whole expression, else the next one, for the error to be told. */
function closingBrace(message: string, open: number): number {
  const end = expressionEnd(message, open + 1);
  return end >= 0 && message[end] === '}' ? end : message.indexOf('}', open);
}
