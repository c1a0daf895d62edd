// No bare offsets: what stands where in a heap object is known to src/engine/layout alone. The types refuse `heap.get(object, 12)`;
// this finds what they cannot see.
//
//   heap.i32[(object - 1 + 8) >> 2]     a number beside the tag: use addressOf(object, FixedArray.Elements)
//   (offset as TaggedField)             a field made of a number: use elementAt, fieldAtWord

/** Who may: they are what everyone else uses. */
const owners = /^src\/engine\/(layout|heap)\//;
/** What knows no objects. */
const strangers = /^src\/(?!engine\/)|^src\/engine\/(x64|wasm|node|parser|bytecode)\/|\.test\.ts$/;

const rules: readonly (readonly [RegExp, string])[] = [
  [
    /\w - 1 \+ \d+\b(?! \*)|\w \+ \d+ - 1\) >> [123]\]/,
    'a number as an offset in an object; use addressOf(object, Type.Field)',
  ],
  [/\bas (Tagged)?Field\b/, 'a field made of a number; use a field of src/engine/layout, elementAt or fieldAtWord'],
];

/** Every bare offset, as one line each. `files` maps a path from the root to its text. */
export function checkOffsets(files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  for (const [file, text] of files) {
    if (owners.test(file) || strangers.test(file)) continue;
    for (const [i, line] of text.split('\n').entries())
      for (const [pattern, problem] of rules)
        if (pattern.test(line) && !/^\s*(\/\/|\*)/.test(line)) problems.push(`${file}:${i + 1}: ${problem}`);
  }
  return problems;
}
