// Ignition's front: source text → CompiledFunction.

import { type FunctionRef, intrinsicByName, runtimeFunctionByName, type ScopeInfoData } from '../bytecode/index.ts';
import { parseEval, parseProgram } from '../parser/index.ts';
import { rebuildScope } from './eval-scope.ts';
import { FunctionRefs } from './function-ref.ts';

export { JsSyntaxError } from '../parser/index.ts';

export interface CompileOptions {
  readonly name?: string;
  readonly allowNatives?: boolean;
  /** Natives beyond V8's runtime functions and intrinsics. */
  readonly isNative?: (name: string) => boolean;
  readonly strict?: boolean;
  readonly isModule?: boolean;
  /** Parameters of the function whose body the source is (CommonJS). */
  readonly wrapper?: readonly string[];
  /** With `wrapper`: the script that returns the wrapped function, not the function. */
  readonly wholeScript?: boolean;
}

/** The parameters Node gives a CommonJS module. */
export const commonJsWrapper: readonly string[] = ['exports', 'require', 'module', '__filename', '__dirname'];

function isKnownNative(name: string): boolean {
  return intrinsicByName(name) !== undefined || runtimeFunctionByName(name.replace(/^_/, '')) !== undefined;
}

/** Compiles the code of a direct eval; `outer` describes the context it runs in, `strict` the calling code. */
export function compileEval(
  source: string,
  outer: ScopeInfoData | undefined,
  options: CompileOptions = {},
): FunctionRef {
  const literal = parseEval(source, rebuildScope(outer), {
    allowNatives: options.allowNatives,
    isNative: (name) => isKnownNative(name) || options.isNative?.(name) === true,
    strict: options.strict,
  });
  return new FunctionRefs().of(literal);
}

/** Parses a source text and analyses its scopes; the script and its functions compile when asked. Throws JsSyntaxError. */
export function compileScript(source: string, options: CompileOptions = {}): FunctionRef {
  const literal = parseProgram(source, {
    allowNatives: options.allowNatives,
    isNative: (name) => isKnownNative(name) || options.isNative?.(name) === true,
    strict: options.strict,
    isModule: options.isModule,
    wrapper: options.wrapper,
  });
  const ref = new FunctionRefs().of(literal);
  if (options.wrapper === undefined || options.wholeScript) return ref;
  for (const constant of ref.compile().constants) if (constant.kind === 'function') return constant.value;
  throw new Error('a wrapper script returns its function');
}
