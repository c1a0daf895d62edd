// The texts of Node's library, JavaScript that runs inside the engine, and the code that the build compiled of them.
//
//   node-library.txt    {"buffer":[0,12345],…}\n   offsets and lengths, from the byte after the line end
//                       texts                      ASCII
//   node-library.code   {"buffer":[0,45678],…}\n   the same
//                       images                     each sealed (src/engine/sealed) with the build's id, under its module's name
//
// scripts/node-library.ts makes the texts, the engine that was built the code. Both are read when the first module is asked for.
// Code of another build, with damage, or not there: the texts are compiled.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { openSealed, sealedFile } from '../sealed/index.ts';

export interface LibraryTexts {
  readonly ids: readonly string[];
  has(id: string): boolean;
  /** The text of a module, a function body. */
  read(id: string): string;
  /** The image of its code, if there is one of this build. */
  code(id: string): Uint8Array | undefined;
}

type Index = Readonly<Record<string, readonly [offset: number, length: number]>>;

const buildId = process.env.BAILOUT_BUILD_ID; // a constant in bundles

/** Bundled, the files are beside the engine; unbundled, in the build's folder. */
const location = (name: string): URL =>
  new URL(buildId === undefined ? `../../../dist/${name}` : `./${name}`, import.meta.url);

const kindOf = (id: string): string => `code of node:${id}`;

/** A piece of a file; undefined where it has none. */
const readPiece = (file: URL, offset: number, length: number): Uint8Array | undefined => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = new Uint8Array(length);
    return readSync(descriptor, bytes, 0, length, offset) === length ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

/** Images by id. */
const openCode = (): ((id: string) => Uint8Array | undefined) => {
  if (buildId === undefined) return () => undefined;
  const file = location('node-library.code');
  const head = readPiece(file, 0, indexBytes);
  let index: Index = {};
  try {
    if (head !== undefined) index = JSON.parse(Buffer.from(head).toString('latin1').trimEnd()) as Index;
  } catch {
    // damage: none of it
  }
  return (id) => {
    const [offset, length] = (Object.hasOwn(index, id) ? index[id] : undefined) ?? [0, 0];
    if (!(length > 0 && length < mostBytes && offset >= 0)) return undefined;
    const bytes = readPiece(file, indexBytes + offset, length);
    return bytes === undefined ? undefined : openSealed(bytes, buildId, kindOf(id));
  };
};

const mostBytes = 1 << 26;

/** The index of the code stands in so many bytes, filled up with spaces. */
const indexBytes = 16384;

export const openLibraryTexts = (): LibraryTexts => {
  const file = readFileSync(location('node-library.txt'), 'latin1');
  const start = file.indexOf('\n') + 1;
  const index = JSON.parse(file.slice(0, start)) as Index;
  return {
    ids: Object.keys(index),
    has: (id) => Object.hasOwn(index, id),
    read: (id) => {
      const [offset, length] = index[id]!;
      return file.slice(start + offset, start + offset + length);
    },
    code: openCode(),
  };
};

/** The file of the code: `compile` gives the image of a text. */
export const libraryCode = (texts: LibraryTexts, id: string, compile: (source: string) => Uint8Array): Uint8Array => {
  const index: Record<string, [number, number]> = {};
  const images: Uint8Array[] = [];
  let at = 0;
  for (const name of texts.ids) {
    const image = sealedFile(id, kindOf(name), [compile(texts.read(name))]);
    index[name] = [at, image.length];
    at += image.length;
    images.push(image);
  }
  const head = JSON.stringify(index).padEnd(indexBytes, ' ');
  if (head.length !== indexBytes) throw new Error('the index of the library code is too long: raise indexBytes');
  return Buffer.concat([Buffer.from(head, 'latin1'), ...images]);
};
