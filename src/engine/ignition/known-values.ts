// What is known of an expression before it runs: literals, their truth, names of properties.

import { type ast, literalTruth } from '../parser/index.ts';

export function literalValue(expression: ast.Expression): ast.LiteralValue | undefined {
  return expression.kind === 'Literal' ? expression.literal : undefined;
}

export function smiLiteral(expression: ast.Expression): number | undefined {
  const literal = literalValue(expression);
  return literal?.type === 'smi' ? literal.value : undefined;
}

export function isUndefinedLiteral(expression: ast.Expression): boolean {
  if (literalValue(expression)?.type === 'undefined') return true;
  return (
    expression.kind === 'VariableProxy' &&
    expression.name === 'undefined' &&
    expression.variable?.location === 'unallocated'
  );
}

export function isNullLiteral(expression: ast.Expression): boolean {
  return literalValue(expression)?.type === 'null';
}

export function toBooleanIsTrue(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === true;
}

export function toBooleanIsFalse(expression: ast.Expression): boolean {
  const literal = literalValue(expression);
  return literal !== undefined && literalTruth(literal) === false;
}

/** The name of a property access by name; undefined where the key must be evaluated. */
export function propertyName(property: ast.Property): string | undefined {
  const key = property.key;
  if (key.kind !== 'Literal' || key.literal.type !== 'string') return undefined;
  const name = key.literal.value;
  if (/^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 4294967295) return undefined;
  return name;
}
