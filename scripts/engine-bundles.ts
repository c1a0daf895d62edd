// The engine's bundles: one program in several files, so that a start reads what it needs and no more.
//
//   src/engine/index.ts            → engine.cjs      with everything that it shares with the others
//   src/engine/debug/index.ts      → debugger.cjs    loaded by the debugger's thread and by `bailout report`
//   src/engine/turbofan/index.ts   → turbofan.cjs    loaded by the first compilation
//   src/engine/parser/diagnosis/index.ts → diagnosis.cjs   loaded by the first text that does not parse
//
// esbuild splits the program into ES modules that know no circles. Those that engine.cjs needs become functions in it, one after the
// other, each called once; what they export is `exports.parts$`, where the other bundles find it. Bindings are copied: nothing that is
// exported is assigned later (module-level state that changes is not allowed anyway).
//
// Outside of TurboFan its index is a facade: a property of it is read from `require('./turbofan.cjs')` when it is used. Only what the start
// needs is the module's own. So it is with the diagnosis.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Expression, type Node, type Program, parse, type VariableDeclarator } from 'acorn';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const engineEntry = 'src/engine/index.ts';
const debuggerEntry = 'src/engine/debug/index.ts';
const turbofanEntry = 'src/engine/turbofan/index.ts';
const diagnosisEntry = 'src/engine/parser/diagnosis/index.ts';

/** Bundle by entry: engine.cjs first, which the others take their parts from. */
const names: Readonly<Record<string, string>> = {
  [engineEntry]: 'engine',
  [debuggerEntry]: 'debugger',
  [turbofanEntry]: 'turbofan',
  [diagnosisEntry]: 'diagnosis',
};

/** Files by entry. */
export const engineBundles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(names).map(([entry, name]) => [entry, `dist/${name}.cjs`]),
);

/** Entries that a facade stands for in the engine, and the modules of each that a start needs, by what its index exports from them. */
const facades: Readonly<Record<string, RegExp | undefined>> = {
  [turbofanEntry]: /\/stubs\.ts$/,
  [diagnosisEntry]: undefined,
};

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

/** The facade of one entry. */
function lazily(entry: string, early: RegExp | undefined): esbuild.Plugin {
  const name = names[entry]!;
  return {
    name: `${name}-lazily`,
    setup(build) {
      const index = path.join(root, entry);
      const all = exportsOf(index);
      const isEarly = ({ from }: Exported): boolean => early?.test(from) ?? false;
      const late = all.filter((exported) => !isEarly(exported)).map((exported) => exported.name);
      const facade = [
        ...all.filter(isEarly).map((exported) => `export { ${exported.name} } from '${exported.from}';`),
        `export { ${late.join(', ')} } from '${name}/late';`,
      ];
      const getters = late.map((exported) => `  get ${exported}() { return ${name}().${exported}; },`);
      const properties = [
        `let loaded;\nconst ${name} = () => (loaded ??= require('./${name}.cjs'));`,
        `module.exports = {\n${getters.join('\n')}\n};`,
      ];
      build.onResolve({ filter: new RegExp(`${path.basename(path.dirname(entry))}/index\\.ts$`) }, (args) =>
        args.kind !== 'entry-point' && path.resolve(args.resolveDir, args.path) === index
          ? { path: 'facade', namespace: name }
          : undefined,
      );
      build.onResolve({ filter: new RegExp(`^${name}/late$`) }, () => ({ path: 'late', namespace: name }));
      build.onResolve({ filter: /\.cjs$/, namespace: name }, ({ path: bundle }) => ({ path: bundle, external: true }));
      build.onLoad({ filter: /^facade$/, namespace: name }, () => ({ contents: facade.join('\n'), resolveDir: root }));
      build.onLoad({ filter: /^late$/, namespace: name }, () => ({
        contents: properties.join('\n'),
        resolveDir: root,
      }));
    },
  };
}

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

/** What stands for a piece of text: as many lines as it had, for the source map. */
const inPlace = (text: string, node: Node, replacement: string): string =>
  replacement + '\n'.repeat(text.slice(node.start, node.end).split('\n').length - 1);

// --- enums -------------------------------------------------------------------------------------------------------------------

/** A number or string as it stands in the text of a literal; undefined for anything else. */
function constantOf(node: Expression): number | string | undefined {
  if (node.type === 'Literal' && (typeof node.value === 'number' || typeof node.value === 'string')) return node.value;
  if (node.type !== 'UnaryExpression' || node.operator !== '-' || node.argument.type !== 'Literal') return undefined;
  return -Number(node.argument.value);
}

/**
 * The object literal for what esbuild makes of an enum: `(e=>(e[e.A=0]="A",e.B="b",e))(X||{})` is `{A:0,"0":"A",B:"b"}`. A start spends
 * milliseconds in those assignments; a literal comes out of the code cache. Undefined for everything else.
 */
function enumLiteral({ init }: VariableDeclarator): string | undefined {
  if (init?.type !== 'CallExpression' || init.arguments.length !== 1) return undefined;
  const [argument] = init.arguments;
  const { callee } = init;
  if (callee.type !== 'ArrowFunctionExpression' || callee.body.type !== 'SequenceExpression') return undefined;
  if (argument?.type !== 'LogicalExpression' || argument.right.type !== 'ObjectExpression') return undefined;
  const members = new Map<string, number | string>();
  for (const expression of callee.body.expressions.slice(0, -1)) {
    if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return undefined;
    const { property } = expression.left;
    // e[e.A = 0] = 'A' or e.A = 'a'
    const member = property.type === 'AssignmentExpression' ? property : expression;
    if (member.left.type !== 'MemberExpression') return undefined;
    const key = member.left.property;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    const value = constantOf(member.right);
    if (name === undefined || value === undefined) return undefined;
    members.set(name, value);
    if (member !== expression) members.set(String(value), name);
  }
  return JSON.stringify(Object.fromEntries(members)).replace(/"([A-Za-z_]\w*)":/g, '$1:');
}

/** A module's text with its enums as literals; lines and the columns behind an enum stay. */
export function withEnumLiterals(text: string): string {
  let result = '';
  let at = 0;
  for (const statement of parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const declarator of statement.declarations) {
      const literal = enumLiteral(declarator);
      if (literal === undefined) continue;
      const { start, end } = declarator.init!;
      const lines = text.slice(start, end).split('\n');
      const last = lines.length === 1 ? '' : '\n'.repeat(lines.length - 1) + ' '.repeat(lines.at(-1)!.length);
      result += text.slice(at, start) + (lines.length === 1 ? literal.padEnd(end - start) : literal + last);
      at = end;
    }
  }
  return result + text.slice(at);
}

// --- from ES modules to functions ----------------------------------------------------------------------------------------------

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
    plugins: [...Object.entries(facades).map(([entry, early]) => lazily(entry, early)), ...(common.plugins ?? [])],
  });
  const texts = new Map(
    outputFiles.map(({ path: file, text }) => [base(file), file.endsWith('.map') ? text : withEnumLiterals(text)]),
  );
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
