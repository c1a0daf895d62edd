// The flags of regular expressions.

/** V8's JSRegExp flag bits, as CreateRegExpLiteral encodes them. */
export enum RegExpFlag {
  Global = 1,
  IgnoreCase = 2,
  Multiline = 4,
  Sticky = 8,
  Unicode = 16,
  DotAll = 32,
  HasIndices = 128,
  UnicodeSets = 256,
}

/** Letter, bit and property name, in the order of the `flags` string. */
export const regExpFlagTable = [
  ['d', RegExpFlag.HasIndices, 'hasIndices'],
  ['g', RegExpFlag.Global, 'global'],
  ['i', RegExpFlag.IgnoreCase, 'ignoreCase'],
  ['m', RegExpFlag.Multiline, 'multiline'],
  ['s', RegExpFlag.DotAll, 'dotAll'],
  ['u', RegExpFlag.Unicode, 'unicode'],
  ['v', RegExpFlag.UnicodeSets, 'unicodeSets'],
  ['y', RegExpFlag.Sticky, 'sticky'],
] as const;

/** The `flags` string of flag bits. */
export const regExpFlagsText = (bits: number): string => {
  let text = '';
  for (const [letter, bit] of regExpFlagTable) if ((bits & bit) !== 0) text += letter;
  return text;
};
