// `//# sourceURL=…` and `//# sourceMappingURL=…`, as V8's scanner reads them: one word after the `=`, without quotes; the last one counts.

export interface MagicComments {
  /** What stack traces call the script. */
  readonly sourceUrl?: string;
  readonly sourceMappingUrl?: string;
}

const none: MagicComments = {};

const comment = (name: string): RegExp =>
  new RegExp(`//[#@][ \\t]${name}=[ \\t]*([^\\s'"]*)[ \\t]*(?=$|[\\r\\n\\u2028\\u2029])`, 'g');

const last = (source: string, name: string): string | undefined => {
  if (!source.includes(`${name}=`)) return undefined;
  let found: string | undefined;
  for (const match of source.matchAll(comment(name))) found = match[1];
  return found === '' ? undefined : found;
};

export const magicComments = (source: string): MagicComments => {
  const sourceUrl = last(source, 'sourceURL');
  const sourceMappingUrl = last(source, 'sourceMappingURL');
  if (sourceUrl === undefined && sourceMappingUrl === undefined) return none;
  return {
    ...(sourceUrl === undefined ? {} : { sourceUrl }),
    ...(sourceMappingUrl === undefined ? {} : { sourceMappingUrl }),
  };
};
