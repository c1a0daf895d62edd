// The engine's bundles: one program in several files, so that a start reads what it needs and no more.
//
//   src/engine/index.ts            → engine.cjs      with everything that it shares with the others
//   src/engine/debug/index.ts      → debugger.cjs    loaded by the debugger's thread and by `bailout report`
//   src/engine/turbofan/index.ts   → turbofan.cjs    loaded by the first compilation
//
// esbuild splits the program into ES modules that know no circles. Those that engine.cjs needs become functions in it, one after the
// other, each called once; what they export is `exports.parts$`, where the other bundles find it. Bindings are copied: nothing that is
// exported is assigned later (module-level state that changes is not allowed anyway).
//
// Outside of TurboFan its index is a facade: a property of it is read from `require('./turbofan.cjs')` when it is used. Only what the start
// needs is the module's own.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Node, type Program, parse } from 'acorn';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const engineEntry = 'src/engine/index.ts';
const debuggerEntry = 'src/engine/debug/index.ts';
const turbofanEntry = 'src/engine/turbofan/index.ts';

/** Bundle by entry: engine.cjs first, which the others take their parts from. */
const names: Readonly<Record<string, string>> = {
  [engineEntry]: 'engine',
  [debuggerEntry]: 'debugger',
  [turbofanEntry]: 'turbofan',
};

/** Files by entry. */
export const engineBundles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(names).map(([entry, name]) => [entry, `dist/${name}.cjs`]),
);

/** Modules of TurboFan that a start needs, by what its index exports from them. */
const early = /\/stubs\.ts$/;

// --- the facade ------------------------------------------------------------------------------------------------------------

interface Exported {
  readonly name: string;
  readonly from: string;
}

/** Values that an index re-exports. */
function exportsOf(index: string): Exported[] {
  const { code } = esbuild.transformSync(readFileSync(index, 'utf8'), { loader: 'ts' });
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module' }).body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || node.source == null)
      throw new Error(`${index}: expected 'export { … } from', found ${node.type}`);
    const from = path.resolve(path.dirname(index), String(node.source.value));
    return node.specifiers.map(({ exported }) => ({ name: propertyOf(exported), from }));
  });
}

export const turbofanLazily: esbuild.Plugin = {
  name: 'turbofan-lazily',
  setup(build) {
    const index = path.join(root, turbofanEntry);
    const namespace = 'turbofan';
    const all = exportsOf(index);
    const late = all.filter(({ from }) => !early.test(from)).map(({ name }) => name);
    const facade = [
      ...all.filter(({ from }) => early.test(from)).map(({ name, from }) => `export { ${name} } from '${from}';`),
      `export { ${late.join(', ')} } from 'turbofan/late';`,
    ];
    const getters = late.map((name) => `  get ${name}() { return turbofan().${name}; },`);
    const properties = [
      `let loaded;\nconst turbofan = () => (loaded ??= require('./${names[turbofanEntry]}.cjs'));`,
      `module.exports = {\n${getters.join('\n')}\n};`,
    ];
    build.onResolve({ filter: /turbofan\/index\.ts$/ }, ({ kind, path: name, resolveDir }) =>
      kind !== 'entry-point' && path.resolve(resolveDir, name) === index ? { path: 'facade', namespace } : undefined,
    );
    build.onResolve({ filter: /^turbofan\/late$/ }, () => ({ path: 'late', namespace }));
    build.onResolve({ filter: /^\.\/turbofan\.cjs$/, namespace }, ({ path: name }) => ({ path: name, external: true }));
    build.onLoad({ filter: /^facade$/, namespace }, () => ({ contents: facade.join('\n'), resolveDir: root }));
    build.onLoad({ filter: /^late$/, namespace }, () => ({ contents: properties.join('\n'), resolveDir: root }));
  },
};

// --- from ES modules to functions --------------------------------------------------------------------------------------------

/** How an imported or exported name stands in an object. */
const propertyOf = (name: { readonly type: string; readonly name?: string; readonly value?: unknown }): string =>
  name.type === 'Identifier' ? name.name! : JSON.stringify(name.value);

interface Part {
  /** The module as statements: imports are variables. */
  readonly body: string;
  /** Its exports, as an object literal. */
  readonly exports: string;
}

/** What stands for an import or export: as many lines as it had, for the source map. */
const inPlace = (text: string, node: Node, replacement: string): string =>
  replacement + '\n'.repeat(text.slice(node.start, node.end).split('\n').length - 1);

/** @param moduleOf the expression that has the exports of an imported module */
export function partOf(text: string, moduleOf: (source: string) => string): Part {
  const { body }: Program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  const exports: string[] = [];
  let result = '';
  let at = 0;
  for (const node of body) {
    let replacement: string;
    if (node.type === 'ImportDeclaration') {
      const value = moduleOf(String(node.source.value));
      const named = node.specifiers.flatMap((specifier) =>
        specifier.type === 'ImportSpecifier' ? `${propertyOf(specifier.imported)}:${specifier.local.name}` : [],
      );
      const whole = node.specifiers.flatMap((specifier) =>
        specifier.type === 'ImportSpecifier' ? [] : `${specifier.local.name}=${value}`,
      );
      const variables = [...whole, ...(named.length > 0 ? [`{${named}}=${value}`] : [])];
      replacement = variables.length > 0 ? `var ${variables};` : `${value};`;
    } else if (node.type === 'ExportNamedDeclaration' && node.source == null && node.declaration == null) {
      for (const { exported, local } of node.specifiers) exports.push(`${propertyOf(exported)}:${propertyOf(local)}`);
      replacement = '';
    } else if (/^(Import|Export)/.test(node.type)) {
      throw new Error(`a bundle has a statement that is not expected: ${text.slice(node.start, node.start + 80)}`);
    } else continue;
    result += text.slice(at, node.start) + inPlace(text, node, replacement);
    at = node.end;
  }
  return { body: result + text.slice(at), exports: `{${exports}}` };
}

interface Output {
  readonly text: string;
  readonly map: string | undefined;
  /** Relative specifiers of its imports → paths of outputs. */
  readonly imports: readonly string[];
}

/** A bundle's text, with the maps of its parts at their lines. */
class Assembly {
  private text = '';
  private line = 0;
  private readonly sections: unknown[] = [];

  add(text: string, map?: string): void {
    if (map !== undefined) this.sections.push({ offset: { line: this.line, column: 0 }, map: JSON.parse(map) });
    this.text += `${text}\n`;
    this.line += text.split('\n').length;
  }

  finish(file: string): Built {
    return { file, text: this.text, map: JSON.stringify({ version: 3, sections: this.sections }) };
  }
}

export interface Built {
  /** `engine.cjs` */
  readonly file: string;
  readonly text: string;
  /** An index map, empty where esbuild made none. */
  readonly map: string;
}

const base = (file: string): string => path.basename(file);

/** Outputs that one needs, itself the last, each after what it imports. */
function inOrder(outputs: ReadonlyMap<string, Output>, start: string, done = new Set<string>()): Set<string> {
  if (done.has(start)) return done;
  for (const name of outputs.get(start)!.imports) inOrder(outputs, name, done);
  return done.add(start);
}

/** engine.cjs and the bundles that share parts with it. */
function assemble(outputs: ReadonlyMap<string, Output>): Built[] {
  const entries = Object.values(names).map((name) => `${name}.js`);
  const [engine, ...others] = entries as [string, ...string[]];
  const parts = new Map([...inOrder(outputs, engine)].slice(0, -1).map((name, i) => [name, `parts$[${i}]`]));
  const moduleOf = (own: string) => (source: string) => {
    if (!source.startsWith('./')) return `require(${JSON.stringify(source)})`;
    const part = parts.get(base(source));
    if (part !== undefined) return `${own}${part}`;
    const index = entries.indexOf(base(source));
    if (index < 0) throw new Error(`${source} is in no bundle: it is shared by some that are not the engine`);
    return `require('./${entries[index]!.replace(/js$/, 'cjs')}')`;
  };
  const main = new Assembly();
  main.add('var parts$=exports.parts$=[];');
  for (const name of parts.keys()) {
    const { text, map } = outputs.get(name)!;
    const { body, exports } = partOf(text, moduleOf(''));
    main.add('parts$.push((function(){');
    main.add(body, map);
    main.add(`return${exports}})());`);
  }
  const whole = (assembly: Assembly, name: string, own: string): Built => {
    const { text, map } = outputs.get(name)!;
    const { body, exports } = partOf(text, moduleOf(own));
    assembly.add(body, map);
    assembly.add(`Object.assign(exports,${exports});`);
    return assembly.finish(name.replace(/js$/, 'cjs'));
  };
  return [whole(main, engine, ''), ...others.map((name) => whole(new Assembly(), name, "require('./engine.cjs')."))];
}

export interface EngineBuild {
  readonly built: readonly Built[];
  readonly inputs: readonly string[];
}

/** @param common options of every bundle that is loaded through the code cache */
export async function buildEngine(common: esbuild.BuildOptions): Promise<EngineBuild> {
  const { outputFiles, metafile } = await esbuild.build({
    ...common,
    entryPoints: Object.entries(names).map(([entry, out]) => ({ in: entry, out })),
    outdir: 'dist',
    outfile: undefined,
    splitting: true,
    format: 'esm',
    chunkNames: '[hash]',
    sourcemap: common.sourcemap === false ? false : 'external',
    metafile: true,
    write: false,
    plugins: [turbofanLazily, ...(common.plugins ?? [])],
  });
  const texts = new Map(outputFiles.map(({ path: file, text }) => [base(file), text]));
  const outputs = new Map<string, Output>();
  for (const [file, { imports }] of Object.entries(metafile.outputs)) {
    if (file.endsWith('.map')) continue;
    const name = base(file);
    outputs.set(name, {
      text: texts.get(name)!,
      map: texts.get(`${name}.map`),
      imports: imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map((i) => base(i.path)),
    });
  }
  return { built: assemble(outputs), inputs: Object.keys(metafile.inputs) };
}
