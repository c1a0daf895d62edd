// Compiled code of library scripts: what is written in JavaScript around the language (`node:…`) need not be parsed at each start.
//
//   length          of the index, in 8 bytes
//   index           sealed; JSON: script name → start and length
//   script …        each sealed, read when it is asked for: a line of JSON (StoredScript), then each function's code and each
//                   scope, JSON of its own, read when the function is compiled
//
// Invariant: a FunctionRef from here compiles to what the parser's compiles to, without source positions and the places of
// variables in frames: nobody steps through a library script or sees its frames. The file is of one build, and the sources are part
// of the build. Without it scripts are parsed.

import { readFileSync } from 'node:fs';
import type { CompiledFunction, Constant, FunctionRef, ScopeInfoData } from '../bytecode/index.ts';
import { compileScript } from '../ignition/index.ts';
import { openSealed, sealedFile } from '../sealed/index.ts';

export interface LibraryScript {
  readonly name: string;
  readonly source: string;
}

/** Looks up the compiled script of a name. */
export type LibraryCode = (name: string) => FunctionRef | undefined;

interface StoredScript {
  /** What closures' SharedFunctionInfos are made of; the first is the script's own. */
  readonly functions: readonly Omit<FunctionRef, 'compile'>[];
  /** Lengths in bytes of what follows the line. */
  readonly codes: readonly number[];
  readonly scopes: readonly number[];
}

const kind = 'library code';
const lengthBytes = 8;
const aligned = (length: number): number => (length + 7) & ~7;

// --- writing ----------------------------------------------------------------------------------------------------------------

class ScriptWriter {
  private readonly refs: FunctionRef[] = [];
  private readonly scopes: ScopeInfoData[] = [];

  write(top: FunctionRef): Buffer {
    this.refs.push(top);
    const codes: Buffer[] = [];
    for (let i = 0; i < this.refs.length; i++)
      codes.push(Buffer.from(JSON.stringify(this.code(this.refs[i]!.compile()))));
    const scopes: Buffer[] = [];
    for (let i = 0; i < this.scopes.length; i++) {
      const { outer, stackLocals: _, ...rest } = this.scopes[i]!;
      scopes.push(Buffer.from(JSON.stringify({ ...rest, outer: outer && this.scope(outer) })));
    }
    const stored: StoredScript = {
      functions: this.refs.map(({ compile, ...rest }) => rest),
      codes: codes.map((code) => code.length),
      scopes: scopes.map((scope) => scope.length),
    };
    return Buffer.concat([Buffer.from(`${JSON.stringify(stored)}\n`), ...codes, ...scopes]);
  }

  private scope(data: ScopeInfoData): number {
    const known = this.scopes.indexOf(data);
    return known >= 0 ? known : this.scopes.push(data) - 1;
  }

  private function(ref: FunctionRef): number {
    const known = this.refs.indexOf(ref);
    return known >= 0 ? known : this.refs.push(ref) - 1;
  }

  private code({ ref: _, bytes, constants, sourcePositions: __, scopeInfo, ...rest }: CompiledFunction): unknown {
    return {
      ...rest,
      bytes: Buffer.from(bytes).toString('base64'),
      constants: constants.map((constant) => this.constant(constant)),
      scopeInfo: this.scope(scopeInfo),
    };
  }

  private constant(constant: Constant): unknown {
    switch (constant.kind) {
      case 'number':
      case 'bigint':
        return { ...constant, value: Object.is(constant.value, -0) ? '-0' : String(constant.value) };
      case 'function':
        return { ...constant, value: this.function(constant.value) };
      case 'scopeInfo':
        return { ...constant, value: this.scope(constant.value) };
      case 'objectBoilerplate':
        return {
          ...constant,
          properties: constant.properties.map(({ key, value }) => ({ key, value: value && this.constant(value) })),
        };
      case 'arrayBoilerplate':
      case 'fixedArray':
        return { ...constant, elements: constant.elements.map((element) => this.constant(element)) };
      case 'globalDeclarations':
        return {
          ...constant,
          declarations: constant.declarations.map((d) =>
            d.kind === 'function' ? { ...d, value: this.function(d.value) } : d,
          ),
        };
      case 'templateObject':
        if (constant.cooked.includes(undefined))
          throw new Error('a template with an invalid escape in a library script');
        return constant;
      default:
        return constant;
    }
  }
}

/** The compiled code of scripts, as a file's bytes. */
export function createLibraryCode(buildId: string, scripts: readonly LibraryScript[]): Uint8Array {
  const stored = scripts.map(({ source }) => {
    const top = compileScript(source, { allowNatives: true, isNative: () => true });
    return sealedFile(buildId, kind, [new ScriptWriter().write(top)]);
  });
  let end = 0;
  const index: Record<string, readonly [start: number, length: number]> = {};
  scripts.forEach(({ name }, i) => {
    index[name] = [end, stored[i]!.length];
    end += aligned(stored[i]!.length);
  });
  const sealedIndex = sealedFile(buildId, kind, [Buffer.from(JSON.stringify(index))]);
  const first = lengthBytes + aligned(sealedIndex.length);
  const file = new Uint8Array(first + end);
  new DataView(file.buffer).setUint32(0, sealedIndex.length, true);
  file.set(sealedIndex, lengthBytes);
  scripts.forEach(({ name }, i) => {
    file.set(stored[i]!, first + index[name]![0]);
  });
  return file;
}

// --- reading -----------------------------------------------------------------------------------------------------------------

/** A constant as it is stored: functions and scopes are indices, numbers are text. */
type Stored = { readonly kind: Constant['kind']; readonly value: unknown } & Readonly<Record<string, unknown>>;

class ScriptReader {
  private readonly bytes: Buffer;
  private readonly refs: FunctionRef[];
  private readonly scopes: (ScopeInfoData | undefined)[] = [];
  /** Where each code and each scope begins; the last is the end. */
  private readonly starts: readonly number[];
  private readonly codeCount: number;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    const lineEnd = bytes.indexOf(10);
    const stored = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as StoredScript;
    let at = lineEnd + 1;
    this.starts = [at, ...[...stored.codes, ...stored.scopes].map((length) => (at += length))];
    this.codeCount = stored.codes.length;
    this.refs = stored.functions.map((fields, i) => {
      let compiled: CompiledFunction | undefined;
      return { ...fields, compile: () => (compiled ??= this.code(i)) };
    });
  }

  get top(): FunctionRef {
    return this.refs[0]!;
  }

  // biome-ignore lint/suspicious/noExplicitAny: its shape is ScriptWriter's
  private part(index: number): any {
    return JSON.parse(this.bytes.toString('utf8', this.starts[index], this.starts[index + 1]));
  }

  private scope(index: number): ScopeInfoData {
    let scope = this.scopes[index];
    if (scope === undefined) {
      const { outer, ...rest } = this.part(this.codeCount + index);
      scope = { ...rest, outer: outer === undefined ? undefined : this.scope(outer), stackLocals: [] } as ScopeInfoData;
      this.scopes[index] = scope;
    }
    return scope;
  }

  private code(index: number): CompiledFunction {
    const { bytes, constants, scopeInfo, ...rest } = this.part(index);
    return {
      ...rest,
      ref: this.refs[index]!,
      bytes: new Uint8Array(Buffer.from(bytes, 'base64')),
      constants: this.constants(constants),
      sourcePositions: [],
      scopeInfo: this.scope(scopeInfo),
    };
  }

  private constants(stored: unknown): Constant[] {
    return (stored as readonly Stored[]).map((constant) => this.constant(constant));
  }

  private constant(stored: Stored): Constant {
    const { kind, value } = stored;
    const changed = this.changed(kind, value, stored);
    return { ...stored, ...changed } as unknown as Constant;
  }

  private changed(kind: Stored['kind'], value: unknown, stored: Stored): object | undefined {
    switch (kind) {
      case 'number':
        return { value: Number(value) };
      case 'bigint':
        return { value: BigInt(value as string) };
      case 'function':
        return { value: this.refs[value as number] };
      case 'scopeInfo':
        return { value: this.scope(value as number) };
      case 'objectBoilerplate': {
        const properties = stored.properties as readonly { readonly key: string | number; readonly value?: Stored }[];
        return { properties: properties.map((p) => ({ key: p.key, value: p.value && this.constant(p.value) })) };
      }
      case 'arrayBoilerplate':
      case 'fixedArray':
        return { elements: this.constants(stored.elements) };
      case 'globalDeclarations': {
        const declarations = stored.declarations as readonly Stored[];
        return {
          declarations: declarations.map((d) =>
            (d.kind as string) === 'function' ? { ...d, value: this.refs[d.value as number] } : d,
          ),
        };
      }
      default:
        return undefined;
    }
  }
}

/** The code in a file's bytes; nothing when another build wrote it, or it is not as it was written. */
export function readLibraryCode(file: Uint8Array, buildId: string): LibraryCode {
  const none: LibraryCode = () => undefined;
  if (file.length < lengthBytes) return none;
  const indexLength = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const sealedIndex = openSealed(file.subarray(lengthBytes, lengthBytes + indexLength), buildId, kind);
  if (sealedIndex === undefined) return none;
  const index = JSON.parse(textOf(sealedIndex).toString()) as Readonly<Record<string, readonly [number, number]>>;
  const first = lengthBytes + aligned(indexLength);
  return (name) => {
    if (!Object.hasOwn(index, name)) return undefined;
    const [start, length] = index[name]!;
    const script = openSealed(file.subarray(first + start, first + start + length), buildId, kind);
    return script === undefined ? undefined : new ScriptReader(textOf(script)).top;
  };
}

const textOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** The code beside the engine's bundle, read when it is asked for first. Unbundled, the engine has none. */
export function shippedLibraryCode(): LibraryCode {
  let code: LibraryCode | undefined;
  return (name) => {
    code ??= readShipped();
    return code(name);
  };
}

const readShipped = (): LibraryCode => {
  const buildId = process.env.BAILOUT_BUILD_ID; // a constant in bundles
  if (buildId === undefined) return () => undefined;
  try {
    return readLibraryCode(readFileSync(new URL('./library-code.bin', import.meta.url)), buildId);
  } catch {
    return () => undefined; // not there: scripts are parsed
  }
};
