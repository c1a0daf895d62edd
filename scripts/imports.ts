// The imports of a file, by its text.

const importPattern =
  /(?:^|\n)\s*(?:import|export)(\s+type)?\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** What a file imports; `typeOnly` when the bundler drops it. */
export function importsOf(text: string): { readonly specifier: string; readonly typeOnly: boolean }[] {
  return [...text.matchAll(importPattern)].map((match) => ({
    specifier: match[2] ?? match[3]!,
    typeOnly: match[1] !== undefined,
  }));
}
