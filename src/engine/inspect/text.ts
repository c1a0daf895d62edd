// Texts that know no heap: quotes, numbers, widths.

/** Quotes as Node: single, unless only others avoid escapes. */
export const quote = (text: string): string => {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  const escaped = text.replace(
    /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (c) => {
      if (c === "'") return mark === "'" ? "\\'" : c;
      const code = c.charCodeAt(0);
      switch (c) {
        case '\b':
          return '\\b';
        case '\t':
          return '\\t';
        case '\n':
          return '\\n';
        case '\f':
          return '\\f';
        case '\r':
          return '\\r';
        case '\\':
          return '\\\\';
        case '\v':
          return '\\x0B';
        default:
          return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
      }
    },
  );
  return `${mark}${escaped}${mark}`;
};

export const formatNumber = (value: number, inGroups = false): string => {
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  if (!inGroups || !Number.isFinite(value) || text.includes('e')) return text;
  const [whole, fraction] = text.split('.') as [string, string | undefined];
  return fraction === undefined ? separated(whole) : `${separated(whole)}.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`;
};

export const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

/** East Asian wide characters and emoji: two columns of a terminal each. */
const wideCharacter =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const zeroWidthCharacter = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes on a terminal, as Node's getStringWidth. */
export const textWidth = (text: string): number => {
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  let columns = 0;
  for (const c of text.normalize('NFC')) columns += wideCharacter.test(c) ? 2 : zeroWidthCharacter.test(c) ? 0 : 1;
  return columns;
};

export const withoutColors = (text: string): string => text.replace(/\u001b\[\d\d?m/g, '');

export const moreItems = (n: number): string => `... ${n} more item${n > 1 ? 's' : ''}`;

/** Digits of a whole number in groups of three. */
export const separated = (digits: string): string => digits.replace(/(?<=\d)(?=(?:\d{3})+$)/g, '_');
