// Why tests fail, as a table: the first row that matches a failure names its cause. What no row matches is listed by its message.

export interface Failure {
  readonly name: string;
  readonly why: string;
}

export interface Cause {
  readonly text: string;
  readonly name?: RegExp;
  readonly why?: RegExp;
}

export const causes: readonly Cause[] = [
  { text: 'the host: an exception of the engine itself', why: /^engine: |^process ended/ },
  { text: 'does not end in time', why: /^timeout/ },
  {
    text: 'modifiers of regular expressions, `(?i:…)`: patterns are the host’s, and Node 20 has none',
    name: /regexp-modifiers/,
  },
  {
    text: 'groups of one name in a regular expression, twice: the host’s, as above',
    why: /Duplicate capture group name/,
  },
  { text: '`import source x from …` in modules', name: /source-phase-import|import-source/ },
  { text: 'a name that is an index, exported by a module', name: /export-expname-binding-index/ },
  { text: 'there is one thread: `$262.agent` is missing', why: /^not run: .*agent/ },
];

export const causeOf = ({ name, why }: Failure): string | undefined =>
  causes.find((cause) => (cause.name?.test(name) ?? true) && (cause.why?.test(why) ?? true))?.text;
