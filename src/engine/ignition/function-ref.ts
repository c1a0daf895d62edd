// FunctionRef from the AST: what a closure's SharedFunctionInfo will be made of, and the bytecode when it is asked for.

import type { CompiledFunction, FunctionRef } from '../bytecode/index.ts';
import type { ast } from '../parser/index.ts';
import { BytecodeGenerator } from './generator.ts';

/** The functions of one syntax tree. Their generators ask for those inside them, which compile later, if at all. */
export class FunctionRefs {
  private readonly refs = new WeakMap<ast.FunctionLiteral, FunctionRef>();

  of(literal: ast.FunctionLiteral): FunctionRef {
    let ref = this.refs.get(literal);
    if (ref === undefined) this.refs.set(literal, (ref = this.make(literal)));
    return ref;
  }

  private make(literal: ast.FunctionLiteral): FunctionRef {
    let compiled: CompiledFunction | undefined;
    const ref: FunctionRef = {
      name: literal.name,
      inferredName: literal.inferredName,
      kind: literal.functionKind,
      functionLiteralId: literal.functionLiteralId,
      start: literal.start,
      end: literal.end,
      functionTokenPosition: literal.functionTokenPosition,
      parameterCount: literal.parameterCount,
      length: literal.functionLength,
      languageMode: literal.scope.languageMode,
      requiresInstanceMembersInitializer: literal.requiresInstanceMembersInitializer,
      classScopeHasPrivateBrand: literal.classScopeHasPrivateBrand,
      expectedPropertyCount: literal.expectedPropertyCount,
      compile: () => (compiled ??= new BytecodeGenerator(literal, ref, this).generate()),
    };
    return ref;
  }
}
