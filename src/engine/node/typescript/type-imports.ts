// Imports of names that a file uses as types only. Who writes them without `type` expects them to be gone, as the compiler does it
// (unless `verbatimModuleSyntax` says otherwise): at run time nothing exports them.

import { type ImportDeclaration, type ImportSpecifier, type Node, parse } from 'acorn';

const options = {
  ecmaVersion: 'latest',
  // of either kind
  sourceType: 'script',
  allowImportExportEverywhere: true,
  allowHashBang: true,
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
} as const;

/** A text without types: its statements; 'decorator' where a `@` is no JavaScript, undefined where something else is none. */
export const statementsOf = (text: string): readonly Node[] | 'decorator' | undefined => {
  try {
    return parse(text, options).body;
  } catch (error) {
    const { pos = -1 } = error as { pos?: number };
    return text[pos] === '@' ? 'decorator' : undefined;
  }
};

/** Erases imports that nothing uses, by spaces. */
export const withoutUnusedImports = (text: string, body: readonly Node[]): string => {
  const imports = body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  if (imports.every(({ specifiers }) => specifiers.length === 0)) return text;
  const used = new Set<string>();
  for (const node of body) if (node.type !== 'ImportDeclaration') collectNames(node, used);
  let result = text;
  const erase = (start: number, end: number): void => {
    result = result.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + result.slice(end);
  };
  for (const { start, end, specifiers } of imports) {
    const unused = specifiers.filter(({ local }) => !used.has(local.name));
    if (unused.length === 0) continue;
    if (unused.length === specifiers.length) erase(start, end);
    else for (const specifier of unused) eraseSpecifier(text, specifier as ImportSpecifier, erase);
  }
  return result;
};

/** A name between braces goes with the comma after it; a default import or a namespace beside others stays. */
const eraseSpecifier = (
  text: string,
  { type, start, end }: ImportSpecifier,
  erase: (start: number, end: number) => void,
): void => {
  if (type !== 'ImportSpecifier') return;
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  erase(start, end + comma);
};

/** Property names are no uses; shadowed names count as uses. */
const collectNames = (root: Node, into: Set<string>): void => {
  const pending: unknown[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (Array.isArray(node)) {
      pending.push(...node.filter((item) => item !== null && item !== undefined));
      continue;
    }
    const { type, name, computed } = node as { type?: string; name?: unknown; computed?: boolean };
    if (type === 'Identifier') into.add(name as string);
    const skipped =
      computed === false
        ? type === 'MemberExpression'
          ? 'property'
          : 'key'
        : type === 'ExportSpecifier'
          ? 'exported'
          : '';
    for (const [key, value] of Object.entries(node as object))
      if (key !== skipped && typeof value === 'object' && value !== null) pending.push(value);
  }
};
