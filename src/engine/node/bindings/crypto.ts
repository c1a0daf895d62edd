// Cryptography of the host, as functions on copied bytes. An algorithm's state is never kept: a hash is computed of all its
// bytes when it is asked for.

import type { CipherGCM, DecipherGCM, Hmac } from 'node:crypto';
import { StaticRoot } from '../../objects/index.ts';
import type { Arguments, Runtime } from '../../runtime/index.ts';
import {
  bytesAt,
  bytesOf,
  type Family,
  flagAt,
  guarded,
  newBytes,
  newCopy,
  newFlag,
  newText,
  numberAt,
  textAt,
} from './binding.ts';
import { loadCrypto } from './host-modules.ts';

/** A copy: the host keeps nothing of the program's memory. */
const copyAt = (rt: Runtime, args: Arguments, i: number): Buffer => Buffer.from(bytesAt(rt, args, i));

const mostRandomBytes = 1 << 26;

export const cryptography: Family = () => ({
  hashes: (rt) => newCopy(rt, loadCrypto().getHashes()),
  ciphers: (rt) => newCopy(rt, loadCrypto().getCiphers()),
  curves: (rt) => newCopy(rt, loadCrypto().getCurves()),
  /** hash(algorithm, bytes, outputLength): undefined for an algorithm that there is not. */
  hash: (rt, args) => {
    const outputLength = numberAt(rt, args, 2);
    const algorithm = textAt(rt, args, 0);
    try {
      loadCrypto().createHash(algorithm);
    } catch {
      return StaticRoot.Undefined;
    }
    return newBytes(
      rt,
      guarded(rt, () =>
        loadCrypto()
          .createHash(algorithm, outputLength >= 0 ? { outputLength } : {})
          .update(bytesAt(rt, args, 1))
          .digest(),
      ),
    );
  },
  hmac: (rt, args) => {
    const algorithm = textAt(rt, args, 0);
    const key = copyAt(rt, args, 1);
    let hmac: Hmac;
    try {
      hmac = loadCrypto().createHmac(algorithm, key);
    } catch {
      return StaticRoot.Undefined;
    }
    return newBytes(rt, hmac.update(bytesAt(rt, args, 2)).digest());
  },
  random: (rt, args) =>
    newBytes(rt, loadCrypto().randomBytes(Math.max(0, Math.min(numberAt(rt, args, 0) | 0, mostRandomBytes)))),
  randomUUID: (rt) => newText(rt, loadCrypto().randomUUID()),
  timingSafeEqual: (rt, args) => {
    const a = bytesAt(rt, args, 0);
    const b = bytesOf(rt, args.at(1));
    return newFlag(b !== undefined && a.length === b.length && loadCrypto().timingSafeEqual(a, b));
  },
  pbkdf2: (rt, args) =>
    newBytes(
      rt,
      guarded(rt, () =>
        loadCrypto().pbkdf2Sync(
          copyAt(rt, args, 0),
          copyAt(rt, args, 1),
          numberAt(rt, args, 2),
          numberAt(rt, args, 3),
          textAt(rt, args, 4),
        ),
      ),
    ),
  scrypt: (rt, args) =>
    newBytes(
      rt,
      guarded(rt, () =>
        loadCrypto().scryptSync(copyAt(rt, args, 0), copyAt(rt, args, 1), numberAt(rt, args, 2), {
          N: numberAt(rt, args, 3),
          r: numberAt(rt, args, 4),
          p: numberAt(rt, args, 5),
          maxmem: numberAt(rt, args, 6),
        }),
      ),
    ),
  hkdf: (rt, args) =>
    newBytes(
      rt,
      new Uint8Array(
        guarded(rt, () =>
          loadCrypto().hkdfSync(
            textAt(rt, args, 0),
            copyAt(rt, args, 1),
            copyAt(rt, args, 2),
            copyAt(rt, args, 3),
            numberAt(rt, args, 4),
          ),
        ),
      ),
    ),
  /** What getCipherInfo says, undefined for what is none. */
  cipherInfo: (rt, args) => {
    const info = loadCrypto().getCipherInfo(textAt(rt, args, 0));
    return info === undefined ? StaticRoot.Undefined : newCopy(rt, { ...info });
  },
  /** cipher(algorithm, key, iv, bytes, encrypts, finish, autoPadding, tag, aad): [output so far, tag]. */
  cipher: (rt, args) => {
    const iv = bytesOf(rt, args.at(2));
    const [algorithm, key, input] = [textAt(rt, args, 0), copyAt(rt, args, 1), copyAt(rt, args, 3)];
    const vector = iv === undefined ? null : Buffer.from(iv);
    const tag = bytesOf(rt, args.at(7));
    const aad = bytesOf(rt, args.at(8));
    const [output, made] = guarded(rt, (): [Buffer, Buffer | undefined] => {
      const encrypts = flagAt(args, 4);
      const cipher = (encrypts ? loadCrypto().createCipheriv : loadCrypto().createDecipheriv)(
        algorithm,
        key,
        vector,
      ) as CipherGCM;
      cipher.setAutoPadding(flagAt(args, 6));
      if (aad !== undefined) cipher.setAAD(Buffer.from(aad));
      if (tag !== undefined) (cipher as unknown as DecipherGCM).setAuthTag(Buffer.from(tag));
      const start = cipher.update(input);
      if (!flagAt(args, 5)) return [start, undefined];
      const all = Buffer.concat([start, cipher.final()]);
      try {
        return [all, encrypts ? cipher.getAuthTag() : undefined];
      } catch {
        return [all, undefined];
      }
    });
    return newCopy(rt, [output, made]);
  },
  randomPrime: (rt, args) =>
    newBytes(rt, new Uint8Array(guarded(rt, () => loadCrypto().generatePrimeSync(numberAt(rt, args, 0) | 0)))),
  isPrime: (rt, args) => newFlag(loadCrypto().checkPrimeSync(copyAt(rt, args, 0))),
});
