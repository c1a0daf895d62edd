// TypeScript and JSX as JavaScript.
//
//   only types      → spaces in their place: every line and column stays (Node's own library, in Node's way)
//   enums, …        → transformed by the same library; the text carries its source map
//   decorators, JSX → transformed by the TypeScript compiler; the text carries its source map
//
// The last two are what Node does not do by itself, and what somebody who runs a TypeScript file expects.

import { pathToFileURL } from 'node:url';
import type { Options } from '@swc/wasm-typescript';
import type { CompilerOptions } from 'classic-typescript';
import { JsSyntaxError } from '../../ignition/index.ts';
import { dataText, magicComments, SourceMap } from '../../source-maps/index.ts';
import { ModuleError } from '../resolution/module-error.ts';
import type { TsConfigs, TsOptions } from '../resolution/tsconfig.ts';
import { loadSwc, loadTypeScript } from './libraries.ts';
import { statementsOf, withoutUnusedImports } from './type-imports.ts';

export interface JavaScriptText {
  readonly text: string;
  /** The text is another one and carries a source map. */
  readonly isTransformed: boolean;
}

/** A text that is not TypeScript, with the place as it stands above a report. */
export class TypeScriptSyntaxError extends ModuleError {
  constructor(code: string, message: string, place: string) {
    super({ kind: 'SyntaxError', code, message, place });
  }

  get report(): string {
    return `${this.parts.place}SyntaxError [${this.code}]: ${this.message}`;
  }
}

const swcOptions = {
  deprecatedTsModuleAsError: true,
  transform: { nativeClassProperties: true, noEmptyExport: true, importNotUsedAsValues: 'preserve' },
} satisfies Options;

const moduleSyntax = /^\s*(?:import|export)\b/m;

/** What swc throws is no Error. */
interface SwcProblem {
  readonly code: string;
  readonly message: string;
  readonly snippet?: string;
  readonly startLine: number;
}

const isProblem = (error: unknown): error is SwcProblem =>
  typeof error === 'object' && error !== null && typeof (error as SwcProblem).code === 'string' && 'message' in error;

const needsCompiler = (file: string): boolean => /\.[jt]sx$/.test(file);

export class TypeScriptTexts {
  private readonly configs: TsConfigs;
  private readonly known = new Map<string, { readonly source: string; readonly result: JavaScriptText }>();

  constructor(configs: TsConfigs) {
    this.configs = configs;
  }

  /** The JavaScript of a file's text. Throws TypeScriptSyntaxError. @param shown what a report calls the file */
  toJavaScript(file: string, source: string): JavaScriptText {
    if (!isTypeScript(file)) return { text: source, isTransformed: false };
    const known = this.known.get(file);
    if (known?.source === source) return known.result;
    const result = this.transform(file, source);
    this.known.set(file, { source, result });
    return result;
  }

  private transform(file: string, source: string): JavaScriptText {
    const config = this.configs.of(file)?.options;
    if (needsCompiler(file)) return compiled(file, source, config);
    if (isMeantAsCommonJs(source, config)) return compiled(file, source, config, true);
    const elides = config !== undefined && config.verbatimModuleSyntax !== true;
    const erased = withTypesErased(file, source);
    if (erased !== undefined) {
      const isParsed = (elides && /\bimport\b/.test(erased)) || erased.includes('@');
      const statements = isParsed ? statementsOf(erased) : undefined;
      if (statements === 'decorator') return compiled(file, source, config);
      const url = pathToFileURL(file).href;
      return {
        text: `${elides && statements !== undefined ? withoutUnusedImports(erased, statements) : erased}\n\n//# sourceURL=${url}`,
        isTransformed: false,
      };
    }
    const { code, map = '' } = swc(file, source, {
      ...swcOptions,
      mode: 'transform',
      sourceMap: true,
      transform: { ...swcOptions.transform, verbatimModuleSyntax: !elides },
    });
    if (code.includes('@') && statementsOf(code) === 'decorator') return compiled(file, source, config);
    return { text: code + inlineMap(map), isTransformed: true };
  }
}

/** A file with imports that needs what only a CommonJS file has, in a project that is compiled to CommonJS. */
const isMeantAsCommonJs = (source: string, config: TsOptions | undefined): boolean =>
  has(['commonjs'], config?.module) &&
  /\b(?:__dirname|__filename|require\s*\(|require\.|module\.)/.test(source) &&
  moduleSyntax.test(source);

/** An error in a text that was made of `source`, at its place there; as it is in a text whose places are the source's. */
export const inSource = (
  error: JsSyntaxError,
  { text, isTransformed }: JavaScriptText,
  source: string,
): JsSyntaxError => {
  const { sourceMappingUrl = '' } = isTransformed ? magicComments(text) : {};
  if (sourceMappingUrl === '') return error;
  const before = text.slice(0, error.start).split('\n');
  const map = new SourceMap(dataText(sourceMappingUrl), 'file:///');
  const original = map.original(before.length, before.at(-1)!.length + 1);
  const lines = source.split('\n').slice(0, (original?.line ?? 1) - 1);
  const start = lines.reduce((offset, line) => offset + line.length + 1, (original?.column ?? 1) - 1);
  return new JsSyntaxError(error.message, start, start + error.end - error.start);
};

/** By its name. */
export const isTypeScript = (file: string): boolean => /\.(?:[cm]?ts|[jt]sx)$/.test(file);

const inlineMap = (map: string): string =>
  `\n\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;

/** `module.stripTypeScriptTypes`. Throws TypeScriptSyntaxError. */
export const stripTypes = (
  source: string,
  { transforms, sourceMap, name }: { readonly transforms: boolean; readonly sourceMap: boolean; readonly name: string },
): string => {
  const { code, map } = swc(name, source, { ...swcOptions, mode: transforms ? 'transform' : 'strip-only', sourceMap });
  if (sourceMap && map !== undefined) return code + inlineMap(map);
  return name === '' ? code : `${code}\n\n//# sourceURL=${name}`;
};

/** undefined: there is more than types. */
const withTypesErased = (file: string, source: string): string | undefined => {
  try {
    return loadSwc().transformSync(source, { ...swcOptions, mode: 'strip-only', filename: file }).code;
  } catch (error) {
    if (!isProblem(error)) throw error;
    if (error.code === 'UnsupportedSyntax') return undefined;
    throw syntaxError(file, error);
  }
};

const swc = (file: string, source: string, options: Options): { readonly code: string; readonly map?: string } => {
  try {
    return loadSwc().transformSync(source, { ...options, filename: file });
  } catch (error) {
    throw isProblem(error) ? syntaxError(file, error) : error;
  }
};

const syntaxError = (file: string, { code, message, snippet = '', startLine }: SwcProblem): TypeScriptSyntaxError =>
  new TypeScriptSyntaxError(
    code === 'UnsupportedSyntax' ? 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' : 'ERR_INVALID_TYPESCRIPT_SYNTAX',
    message,
    `${pathToFileURL(file).href}:${startLine}\n${snippet.replace(/\n*$/, '\n')}\n`,
  );

// --- the compiler ------------------------------------------------------------------------------------------------------------

const compiled = (file: string, source: string, config: TsOptions = {}, asCommonJs = false): JavaScriptText => {
  const ts = loadTypeScript();
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      ...compilerOptions(file, source, config),
      ...(asCommonJs ? { module: ts.ModuleKind.CommonJS, esModuleInterop: config.esModuleInterop !== false } : {}),
    },
  });
  const [problem] = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (problem?.start !== undefined) {
    const before = source.slice(0, problem.start).split(/\r?\n/);
    const [line, column] = [before.length, before.at(-1)!.length];
    const text = source.split(/\r?\n/)[line - 1]!;
    const carets = '^'.repeat(Math.max(1, Math.min(problem.length ?? 1, text.length - column)));
    throw new TypeScriptSyntaxError(
      'ERR_INVALID_TYPESCRIPT_SYNTAX',
      ts.flattenDiagnosticMessageText(problem.messageText, '\n').replace(/\.$/, ''),
      `${pathToFileURL(file).href}:${line}\n${text}\n${text.slice(0, column).replace(/[^\t]/g, ' ')}${carets}\n\n`,
    );
  }
  return { text: outputText, isTransformed: true };
};

const has = (names: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && names.includes(value.toLowerCase());

/** Targets before class fields were in the language. */
const oldTargets = ['es3', 'es5', 'es6', ...Array.from({ length: 7 }, (_, i) => `es${2015 + i}`)];

const compilerOptions = (file: string, source: string, config: TsOptions): CompilerOptions => {
  const ts = loadTypeScript();
  const { experimentalDecorators, emitDecoratorMetadata, jsx, jsxFactory, jsxFragmentFactory, jsxImportSource } =
    config;
  const isModule = moduleSyntax.test(source);
  // the functions that JSX calls come by an import, in a file that has neither imports nor require() too
  const isCommonJs = !isModule && /\b(?:require|module|exports)\b/.test(source);
  // without a configuration: who names React, or a factory by a pragma, wants its functions called
  const isClassic =
    jsx === undefined ? /\bReact\b|@jsx\s/.test(source) : has(['react', 'react-native', 'preserve'], jsx);
  const addsImports = needsCompiler(file) && !isClassic;
  return {
    target: ts.ScriptTarget.ES2022,
    module: isCommonJs && addsImports ? ts.ModuleKind.CommonJS : ts.ModuleKind.Preserve,
    moduleDetection: addsImports ? ts.ModuleDetectionKind.Force : ts.ModuleDetectionKind.Legacy,
    inlineSourceMap: true,
    allowJs: true,
    verbatimModuleSyntax: config.verbatimModuleSyntax === true,
    useDefineForClassFields: config.useDefineForClassFields ?? !has(oldTargets, config.target),
    experimentalDecorators: experimentalDecorators === true,
    emitDecoratorMetadata: emitDecoratorMetadata === true,
    jsx: isClassic ? ts.JsxEmit.React : ts.JsxEmit.ReactJSX,
    ...(typeof jsxFactory === 'string' ? { jsxFactory } : {}),
    ...(typeof jsxFragmentFactory === 'string' ? { jsxFragmentFactory } : {}),
    ...(typeof jsxImportSource === 'string' ? { jsxImportSource } : {}),
  };
};
