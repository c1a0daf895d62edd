// URLs: the host's parser, as a function from texts to texts.

import { domainToASCII } from 'node:url';
import type { Tagged } from '../../heap/index.ts';
import { StaticRoot } from '../../objects/index.ts';
import type { Runtime } from '../../runtime/index.ts';
import { type Family, newCopy, newText, optionalText, textAt } from './binding.ts';

const settable = [
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

const partsOf = (
  rt: Runtime,
  { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash }: URL,
): Tagged => newCopy(rt, [href, origin, protocol, username, password, host, hostname, port, pathname, search, hash]);

const parsed = (input: string, base: string | undefined): URL | undefined => {
  try {
    return new URL(input, base);
  } catch {
    return undefined;
  }
};

export const url: Family = () => ({
  parse: (rt, args) => {
    const result = parsed(textAt(rt, args, 0), optionalText(rt, args, 1));
    return result === undefined ? StaticRoot.Undefined : partsOf(rt, result);
  },
  /** set(href, part, value): the parts then. */
  set: (rt, args) => {
    const result = parsed(textAt(rt, args, 0), undefined);
    const part = settable.find((name) => name === textAt(rt, args, 1));
    if (result === undefined || part === undefined) return StaticRoot.Undefined;
    result[part] = textAt(rt, args, 2);
    return partsOf(rt, result);
  },
  domainToASCII: (rt, args) => newText(rt, domainToASCII(textAt(rt, args, 0))),
  percentDecode: (rt, args) => {
    const bytes = Buffer.from(textAt(rt, args, 0));
    const decoded: number[] = [];
    for (let i = 0; i < bytes.length; i++) {
      const pair = bytes.toString('latin1', i + 1, i + 3);
      if (bytes[i] === 37 && /^[0-9a-fA-F]{2}$/.test(pair)) {
        decoded.push(Number.parseInt(pair, 16));
        i += 2;
      } else decoded.push(bytes[i]!);
    }
    return newText(rt, Buffer.from(decoded).toString());
  },
});
