// Names and numbers, both ways, as TypeScript's own enums.

/** `E.Name` is its number, `E[number]` the last name that was given to it. */
export type Names<N extends string, V extends number> = { readonly [name in N]: V } & {
  readonly [number: number]: string;
};

export function enumOf<N extends string, V extends number>(members: Iterable<readonly [N, number]>): Names<N, V> {
  const result: Record<string | number, string | number> = {};
  for (const [name, number] of members) {
    result[name] = number;
    result[number] = name;
  }
  return Object.freeze(result) as Names<N, V>;
}
