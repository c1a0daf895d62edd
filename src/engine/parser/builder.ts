// Whole programs, modules and evals: the last layer of the AST builder and its entry points.
//
//   BuilderBase ◁─ LiteralBuilder ◁─ ExpressionBuilder ◁─ LoopBuilder ◁─ StatementBuilder ◁─ FunctionBuilder ◁─ ClassBuilder ◁─ AstBuilder

import { type FunctionLiteral, kNoPosition, type Statement } from './ast.ts';
import { ClassBuilder } from './builder-classes.ts';
import { rewriteCompletion } from './completion.ts';
import { type EsNode, EsSyntaxError } from './es-tree.ts';
import { boundNames, emptyStatement, ModuleDescriptor, nameOf } from './module-builder.ts';
import { allocateScopes, DeclarationScope, isLexicalMode, resolveScopes, type Scope } from './scopes.ts';

export class AstBuilder extends ClassBuilder {
  // ---- Programs ----

  /** A file as the body of a function with the given parameters (CommonJS): a script that returns that function. */
  buildWrapped(program: EsNode, parameters: readonly string[]): FunctionLiteral {
    const script = new DeclarationScope(undefined, 'script', 'script');
    script.start = 0;
    script.end = this.source.length;
    this.scope = script;
    this.nextLiteralId++; // the script's
    const id = this.nextLiteralId++;
    const scope = new DeclarationScope(script, 'function', 'normal');
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    if (this.hasUseStrict(node)) scope.languageMode = 'strict';
    const state = this.newState(scope, 'normal');
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      for (const name of parameters) this.declareVariable(name, 'var', 'parameter', false, 0);
      for (const name of parameters) scope.declareParameter(name, 'var', false);
      scope.declarations.length = 0;
      const body = this.statements(program.body);
      this.hoistSloppyBlockFunctions(scope);
      scope.declareArguments();
      return {
        ...this.syntheticFunction('', 'normal', scope, state, 0, this.source.length, body),
        syntaxKind: 'wrapped',
        functionLiteralId: id,
        parameterCount: parameters.length,
        functionLength: parameters.length,
        hasBraces: true,
        expectedPropertyCount: state.expectedPropertyCount,
      };
    });
    resolveScopes(script);
    allocateScopes(script);
    const body: Statement[] = [
      {
        kind: 'ReturnStatement',
        expression: literal,
        endPosition: kNoPosition,
        isAsyncReturn: false,
        isSynthetic: true,
        position: kNoPosition,
      },
    ];
    const outer = this.syntheticFunction('', 'script', script, this.newState(script, 'script'), 0, script.end, body);
    outer.hasBraces = false;
    return outer;
  }

  buildScript(program: EsNode, strict: boolean, isModule: boolean): FunctionLiteral {
    const type = isModule ? 'module' : 'script';
    const outer = isModule ? new DeclarationScope(undefined, 'script', 'script') : undefined;
    const scope = new DeclarationScope(outer, type, type);
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    if (strict || isModule || this.hasUseStrict(node)) scope.languageMode = 'strict';
    const state = this.newState(scope, type);
    const id = this.nextLiteralId++;
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      if (isModule) {
        this.module = new ModuleDescriptor();
        scope.needsGeneratorObject();
        state.suspendCount++;
      }
      const body = this.statements(program.body);
      if (isModule) body.unshift(this.initialYield(0));
      this.hoistSloppyBlockFunctions(scope);
      this.module?.assignCells((name) => scope.lookupLocal(name));
      if (!isModule) rewriteCompletion(body, scope);
      return {
        ...this.syntheticFunction('', type, scope, state, 0, this.source.length, body),
        functionLiteralId: id,
        hasBraces: false,
        expectedPropertyCount: state.expectedPropertyCount,
        suspendCount: state.suspendCount,
        module: this.module,
      };
    });
    resolveScopes(outer ?? scope);
    allocateScopes(outer ?? scope);
    return literal;
  }

  // ---- Modules ----

  private module: ModuleDescriptor | undefined;

  moduleItem(node: EsNode): Statement {
    const module = this.module;
    if (module === undefined) throw new Error(`Unsupported statement ${node.type}`);
    switch (node.type) {
      case 'ImportDeclaration': {
        const request = module.request(node);
        for (const specifier of node.specifiers as EsNode[]) {
          const localName: string = specifier.local.name;
          const isNamespace = specifier.type === 'ImportNamespaceSpecifier';
          const variable = this.scope.declareLocal(localName, 'const', 'normal', !isNamespace);
          if (isNamespace) {
            variable.isUsed = true;
            module.namespaceImports.push({ localName, request, variable });
          } else {
            variable.initializerPosition = specifier.start;
            const importName = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
            const { start, end } = specifier.imported ?? specifier;
            module.imports.push({ localName, importName, request, variable, position: start, end });
          }
        }
        return emptyStatement;
      }
      case 'ExportNamedDeclaration': {
        if (node.declaration) {
          const statement = this.statement(node.declaration);
          for (const name of boundNames(node.declaration)) module.exports.push({ exportName: name, localName: name });
          return statement;
        }
        const request = node.source ? module.request(node) : -1;
        for (const specifier of node.specifiers as EsNode[]) {
          const exportName = nameOf(specifier.exported);
          const name = nameOf(specifier.local);
          const { start: position, end } = specifier;
          if (request >= 0) module.indirectExports.push({ exportName, importName: name, request, position, end });
          else module.exports.push({ exportName, localName: name });
        }
        return emptyStatement;
      }
      case 'ExportAllDeclaration': {
        const request = module.request(node);
        if (node.exported) module.namespaceExports.push({ exportName: nameOf(node.exported), request });
        else module.starExports.push(request);
        return emptyStatement;
      }
      case 'ExportDefaultDeclaration':
        return this.exportDefault(node, module);
      default:
        throw new Error(`Unsupported statement ${node.type}`);
    }
  }

  private exportDefault(node: EsNode, module: ModuleDescriptor): Statement {
    const { declaration } = node;
    const isFunction = declaration.type === 'FunctionDeclaration';
    if ((isFunction || declaration.type === 'ClassDeclaration') && declaration.id) {
      module.exports.push({ exportName: 'default', localName: declaration.id.name });
      return this.statement(declaration);
    }
    module.exports.push({ exportName: 'default', localName: '.default' });
    if (isFunction) {
      const literal = this.functionExpression(declaration);
      literal.name = 'default';
      literal.isAnonymousExpression = false;
      const variable = this.scope.declareLocal('.default', 'let', 'normal', false);
      this.scope.declarations.push({ kind: 'FunctionDeclaration', variable, position: node.start, function: literal });
      return emptyStatement;
    }
    const value =
      declaration.type === 'ClassDeclaration' ? this.classLiteral(declaration) : this.expression(declaration);
    this.setFunctionName(value, 'default');
    const variable = this.declareVariable('.default', 'const', 'normal', true, node.start);
    variable.initializerPosition = node.end;
    const assignment = this.assignment('init', this.boundProxy(variable, declaration.start), value, kNoPosition);
    return this.ignoreCompletion(this.expressionStatement(assignment, kNoPosition));
  }

  // ---- Eval ----

  /** Code of an eval, inside the scopes that `outer` rebuilds. */
  buildEval(program: EsNode, outer: Scope, strict: boolean): FunctionLiteral {
    const scope = new DeclarationScope(outer, 'eval', 'eval');
    scope.start = 0;
    scope.end = this.source.length;
    const node = {
      type: 'Program',
      start: 0,
      end: this.source.length,
      body: { type: 'BlockStatement', body: program.body },
    } as unknown as EsNode;
    scope.languageMode = strict || this.hasUseStrict(node) ? 'strict' : 'sloppy';
    const state = this.newState(scope, 'eval');
    const id = this.nextLiteralId++;
    const literal = this.inFunction(scope, state, (): FunctionLiteral => {
      const body = this.statements(program.body);
      this.hoistSloppyBlockFunctions(scope);
      rewriteCompletion(body, scope);
      return {
        ...this.syntheticFunction('', 'eval', scope, state, 0, this.source.length, body),
        functionLiteralId: id,
        hasBraces: false,
      };
    });
    this.checkConflictingEvalDeclarations(scope);
    resolveScopes(scope);
    allocateScopes(scope);
    return literal;
  }

  /** A sloppy eval's var must not cross a let on its way to the scope that it is declared in. */
  private checkConflictingEvalDeclarations(scope: DeclarationScope): void {
    if (scope.isStrict) return;
    const end = scope.getNonEvalDeclarationScope().outer;
    for (const { variable, position } of scope.declarations) {
      if (isLexicalMode(variable.mode)) continue;
      for (let s: Scope | undefined = scope.outer; s !== undefined && s !== end; s = s.outer) {
        if (s.isWithScope || s.isCatchScope || s.isScriptScope) continue;
        const found = s.lookupLocal(variable.name);
        if (found !== undefined && isLexicalMode(found.mode))
          throw new EsSyntaxError(`Identifier '${variable.name}' has already been declared`, position);
      }
    }
  }
}
