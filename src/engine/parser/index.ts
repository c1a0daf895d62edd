// Source text → AST with resolved and allocated scopes.

import type { FunctionLiteral } from './ast.ts';
import { AstBuilder } from './builder.ts';
import { type EsParseOptions, EsSyntaxError, parseEs } from './es-tree.ts';
import type { Scope } from './scopes.ts';
import { toJsSyntaxError } from './syntax-error.ts';

export * as ast from './ast.ts';
export { isAsyncKind, isGeneratorKind, isResumableKind, isSmi } from './builder-base.ts';
export { literalTruth } from './builder-expressions.ts';
export {
  ClassScope,
  contextChainLength,
  DeclarationScope,
  isLexicalMode,
  isUsingMode,
  Scope,
  Variable,
  type VariableMode,
} from './scopes.ts';
export { JsSyntaxError } from './syntax-error.ts';

export interface ParseOptions {
  readonly allowNatives?: boolean;
  /** Whether `%name()` exists; an unknown one is a SyntaxError. */
  readonly isNative?: (name: string) => boolean;
  readonly strict?: boolean;
  readonly isModule?: boolean;
  /** Parameter names of a function whose body the source is (CommonJS: exports, require, module, …). */
  readonly wrapper?: readonly string[];
}

/** Parses a direct eval's code inside the scopes around the call. Throws JsSyntaxError. */
export function parseEval(source: string, outer: Scope, options: ParseOptions = {}): FunctionLiteral {
  const receiver = outer.getReceiverScope();
  const esOptions: EsParseOptions = {
    allowNatives: options.allowNatives,
    isNative: options.isNative,
    allowNewTarget: receiver.isFunctionScope,
    allowSuperProperty: receiver.isFunctionScope && receiver.bindsSuper,
    allowSuperCall: receiver.isFunctionScope && receiver.isDerivedConstructor,
    forbidArguments: /^class(?:Members|Static)Initializer$/.test(receiver.functionKind),
    privateNames: true,
    strict: options.strict,
    isEval: true,
  };
  try {
    const { program, tokens } = parseEs(source, esOptions);
    return new AstBuilder(source, tokens).buildEval(program, outer, options.strict === true);
  } catch (error) {
    if (error instanceof EsSyntaxError) throw toJsSyntaxError(error, source, esOptions);
    throw error;
  }
}

/** Parses a whole source text. Throws JsSyntaxError. */
export function parseProgram(source: string, options: ParseOptions = {}): FunctionLiteral {
  const esOptions: EsParseOptions = {
    module: options.isModule,
    allowNatives: options.allowNatives,
    isNative: options.isNative,
    allowReturn: options.wrapper !== undefined,
    allowNewTarget: options.wrapper !== undefined,
    strict: options.strict,
  };
  try {
    const { program, tokens } = parseEs(source, esOptions);
    const builder = new AstBuilder(source, tokens);
    if (options.wrapper !== undefined) return builder.buildWrapped(program, options.wrapper);
    return builder.buildScript(program, options.strict === true, options.isModule === true);
  } catch (error) {
    if (error instanceof EsSyntaxError) throw toJsSyntaxError(error, source, esOptions);
    throw error;
  }
}
