// The text in a `data:` URL.

import { ModuleError } from './resolution/module-error.ts';

/** Throws ModuleError. */
export const dataUrlText = (url: URL): string => {
  const href = url.href.replace(/#.*$/s, '');
  const comma = href.indexOf(',');
  if (comma < 0)
    throw new ModuleError({
      kind: 'TypeError',
      code: 'ERR_INVALID_URL',
      message: 'Invalid URL',
      properties: { input: url.href },
    });
  const isBase64 = /;\s*base64\s*$/i.test(href.slice(0, comma));
  const bytes = percentDecoded(href.slice(comma + 1));
  return isBase64 ? Buffer.from(bytes.toString('latin1'), 'base64').toString('utf8') : bytes.toString('utf8');
};

/** Percent signs that are followed by no two digits stand for themselves. */
const percentDecoded = (text: string): Buffer => {
  const bytes: number[] = [];
  const source = Buffer.from(text);
  for (let i = 0; i < source.length; i++) {
    const digits = source.toString('latin1', i + 1, i + 3);
    if (source[i] === 0x25 && /^[0-9a-f]{2}$/i.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      i += 2;
    } else bytes.push(source[i]!);
  }
  return Buffer.from(bytes);
};
