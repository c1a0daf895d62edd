// The host's bindings, by the names that the library asks for.

import { builtinModuleNames } from '../public-modules.ts';
import { type Family, newCopy } from './binding.ts';
import { context } from './context.ts';
import { cryptography } from './crypto.ts';
import { fileSystem } from './fs.ts';
import { internationalization } from './intl.ts';
import { process } from './process.ts';
import { text } from './text.ts';
import { typeScript } from './typescript.ts';
import { url } from './url.ts';
import { util } from './util.ts';
import { scripts } from './vm.ts';
import { compression } from './zlib.ts';

const modules: Family = () => ({ names: (rt) => newCopy(rt, builtinModuleNames) });

export const bindings: Readonly<Record<string, Family>> = {
  context,
  crypto: cryptography,
  fs: fileSystem,
  intl: internationalization,
  modules,
  process,
  text,
  typescript: typeScript,
  url,
  util,
  vm: scripts,
  zlib: compression,
};
