import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeclarationScope, JsSyntaxError, parseProgram, type Scope, type Variable } from './index.ts';

function functionScope(source: string): DeclarationScope {
  const program = parseProgram(source);
  for (const declaration of program.scope.declarations) {
    if (declaration.kind === 'FunctionDeclaration') return declaration.function.scope;
  }
  throw new Error('no function in the source');
}

function find(scope: Scope, name: string): Variable {
  const own = scope.lookupLocal(name);
  if (own?.isUsed) return own;
  for (const inner of scope.inner) {
    try {
      return find(inner, name);
    } catch {
      // not in this one
    }
  }
  throw new Error(`no variable ${name}`);
}

test('parser: captured variables live in the context, the others in registers and parameters', () => {
  const scope = functionScope('function f(a, b) { let c = a, d = b; return () => b + d; }');
  assert.equal(find(scope, 'a').location, 'parameter');
  assert.equal(find(scope, 'b').location, 'context');
  assert.equal(find(scope, 'c').location, 'local');
  assert.equal(find(scope, 'd').location, 'context');
});

test('parser: mapped arguments put every parameter in the context, last first', () => {
  const scope = functionScope('function f(a, b) { return arguments; }');
  assert.deepEqual([find(scope, 'a').index, find(scope, 'b').index], [3, 2]);
});

test('parser: a binding needs its hole only where it may be read too early', () => {
  assert.equal(find(functionScope('function f() { let x = 1; return x; }'), 'x').forceHoleInit, false);
  assert.equal(find(functionScope('function f() { x; let x = 1; }'), 'x').forceHoleInit, true);
});

test('parser: a direct eval makes the names around it dynamic', () => {
  const scope = functionScope('function f(c) { eval(c); return q; }');
  assert.equal(find(scope, 'q').mode, 'dynamicGlobal');
  assert.equal(find(scope, 'c').location, 'context');
});

test("parser: syntax errors in V8's words", () => {
  const cases: [string, string][] = [
    ['foo(', 'Unexpected end of input'],
    ['a b', "Unexpected identifier 'b'"],
    ['f(;', "Unexpected token ';'"],
    ['const x;', 'Missing initializer in const declaration'],
    ['let x; let x;', "Identifier 'x' has already been declared"],
    ["'abc", 'Invalid or unexpected token'],
    ['1 = 2', 'Invalid left-hand side in assignment'],
    ['break;', 'Illegal break statement'],
    ['return 1', 'Illegal return statement'],
    ['function () {}', 'Function statements require a function name'],
    ['{ using x; }', 'Missing initializer in using declaration'],
    ['async function f() { await using x; }', 'Missing initializer in await using declaration'],
    ['using x = null;', "Unexpected identifier 'x'"],
    ['if (1) using x = null;', "Unexpected identifier 'x'"],
    ['switch (1) { case 1: using x = null; }', "Unexpected identifier 'x'"],
    ['for (using x in {});', "Invalid 'using' in for-in loop"],
    [
      'function f() { await using x = 1; }',
      'await is only valid in async functions and the top level bodies of modules',
    ],
    ['class A { static { await using x = null; } }', 'Unexpected reserved word'],
    ['{ using x = null; using x = null; }', "Identifier 'x' has already been declared"],
  ];
  for (const [source, message] of cases) {
    assert.throws(
      () => parseProgram(source),
      (error) => error instanceof JsSyntaxError && error.message === message,
      `${source} should say: ${message}`,
    );
  }
});

test('parser: natives only where allowed, and only known ones', () => {
  assert.throws(() => parseProgram('%DebugPrint(1)'), JsSyntaxError);
  const isNative = (name: string): boolean => name === 'DebugPrint';
  parseProgram('%DebugPrint(1)', { allowNatives: true, isNative });
  assert.throws(() => parseProgram('%Nope()', { allowNatives: true, isNative }), /Nope/);
});

test('parser: a chain of conditionals is one node, however long', () => {
  const { body } = parseProgram(`x = ${'a ? 1 : '.repeat(50_000)}b = c ? 2 : 3;`);
  const statement = body[0]!;
  assert.ok(statement.kind === 'ExpressionStatement' && statement.expression.kind === 'Assignment');
  // the program's completion value is assigned first
  const { value } = statement.expression;
  assert.ok(value.kind === 'Assignment');
  const chain = value.value;
  assert.ok(chain.kind === 'ConditionalChain');
  assert.equal(chain.entries.length, 50_000);
  assert.equal(chain.alternate.kind, 'Assignment');
});
